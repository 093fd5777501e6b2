"""Write the generated documents: rule book, fields, figures, lists, commands, schemas.

``python docs/generate.py`` after a change of the campaign, a form or a command;
tests/test_docs.py fails while a document is not what would be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click
from schemas import schemas

from tdkt_batch.campaign.definition import LEADERSHIP, Campaign
from tdkt_batch.campaign.figure import Basis, Figure, FigurePlace, Period
from tdkt_batch.campaign.form import Field, FieldKind, Form, FormSheet, Line
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.sheet_list import ListColumn, ListLayout, SheetList
from tdkt_batch.campaign.tree import CampaignValue, DateRange, Share
from tdkt_batch.cli.click_in_vietnamese import EXIT_STATUSES
from tdkt_batch.cli.commands import program
from tdkt_batch.office import settings
from tdkt_batch.rules.rulebook import RuleBookEntry, labelled, rule_book
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import office as settings_words
from tdkt_batch.wording.shared import READING_FAULTS, READING_NOTICES, REPAIRS

DOCS = Path(__file__).parent
NOTE = "<!-- Sinh ra bởi docs/generate.py: đừng sửa tay. -->"

KINDS = {
    FieldKind.COUNT: "số nguyên",
    FieldKind.DATE: "ngày/tháng/năm",
    FieldKind.MONTH: "tháng/năm",
    FieldKind.TEXT: "chữ",
    FieldKind.NOTE: "chữ, nhiều dòng",
    FieldKind.CHOICE: "chọn trong danh sách",
    FieldKind.MARK: "đánh dấu x",
    FieldKind.LACKING: "“đủ”, hoặc số thứ tự của nội dung thiếu",
}


def documents() -> dict[str, str]:
    """Return the generated documents by file name."""
    campaign = load_campaign()
    return {
        "can-cu-ra-soat.md": _text(rule_book_lines(campaign)),
        "o-bieu-mau.md": _text(field_list_lines(campaign)),
        "chi-tieu.md": _text(figure_lines(campaign)),
        "danh-sach.md": _text(sheet_list_lines(campaign)),
        "thiet-lap.md": _text(settings_lines()),
        "lenh.md": _text(command_lines()),
        **schemas(),
    }


def _text(lines: Iterable[str]) -> str:
    return "\n".join((NOTE, *lines)) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""


# --- rule book --------------------------------------------------------------------------------


def rule_book_lines(campaign: Campaign) -> Iterator[str]:
    """Yield the rule book: rules, what is no rule and why, limits, faults of reading."""
    book = rule_book(campaign)
    yield f"# Căn cứ rà soát: {campaign.name}"
    yield ""
    yield f"{campaign.document.citation} của {campaign.document.issuer}."
    yield "Quyết định ghi “của Ban” là tham số của đợt, không phải lời văn của Hướng dẫn."
    yield ""
    yield "## Các căn cứ"
    for entry in (e for e in book if e.scope):
        yield from entry_lines(entry, campaign)
    yield ""
    yield "## Nội dung không thành căn cứ, và vì sao"
    statements = (e for e in book if not e.scope)
    yield from table(
        ("Mã", "Mục", "Xử lý", "Trích", "Lý do"),
        ((s.id, s.clause, s.treatment, " … ".join(s.quotes), s.decision) for s in statements),
    )
    yield "## Giới hạn, tỷ lệ, mốc thời gian"
    yield from table(("Tên", "Giá trị", "Nguồn"), _values(campaign))
    yield "## Thời hạn báo cáo (của Ban)"
    yield from table(
        ("Cấp", "Ngày trong tháng", "Nơi nhận", "Văn bản", "Dời"), _deadlines(campaign)
    )
    yield "## Ngày nghỉ"
    yield ""
    yield "Không hạn trả lời nào rơi vào các ngày này, vào thứ Bảy hay Chủ nhật."
    yield from table(("Ngày nghỉ", "Ngày"), _holidays(campaign))
    yield "## Lỗi số liệu"
    said = campaign.words.said
    rows = (
        (code, *(without_places(said(one)) for one in sentences))
        for code, sentences in sorted(READING_FAULTS.items())
    )
    yield from table(("Mã", "Lỗi", "Cần làm"), rows)
    yield "## Lưu ý khi đọc biểu"
    yield ""
    yield "Biểu vẫn được đọc; đơn vị và Ban cần biết."
    notices = (
        (code, *(without_places(said(one)) for one in sentences))
        for code, sentences in sorted(READING_NOTICES.items())
    )
    yield from table(("Mã", "Nội dung", "Cần làm"), notices)
    yield "## Số liệu được hiểu lại"
    yield ""
    yield "Mỗi lần hiểu lại đều được ghi cùng nội dung đã gõ."
    yield from table(("Mã", "Cách hiểu"), sorted(REPAIRS.items()))


def without_places(sentence: str) -> str:
    """Return a sentence with its ``{places}`` left open."""
    return re.sub(r"\{\w+\}", "…", sentence)


def _deadlines(campaign: Campaign) -> Iterator[tuple[str, ...]]:
    board = [campaign.board_deadline] if campaign.board_deadline else []
    for one in (*campaign.deadlines, *board):
        moved = (
            f"{month.vietnamese}: {write_day(there.day)} ({there.letter})"
            for month, there in one.moved.items()
        )
        is_board = one.level == LEADERSHIP
        level = campaign.board.name if is_board else campaign.level(one.level).name
        yield level, str(one.day), campaign.recipients_of(one), one.letter, "; ".join(moved)


def _holidays(campaign: Campaign) -> Iterator[tuple[str, str]]:
    for one in campaign.holidays.of_campaign:
        span = f"{write_day(one.first)} – {write_day(one.last)}"
        yield one.name, f"{one.each_year} mỗi năm" if one.each_year else span


def entry_lines(entry: RuleBookEntry, campaign: Campaign) -> Iterator[str]:
    """Yield one rule as a heading and a list."""
    yield ""
    yield f"### {entry.id}. {entry.title}"
    yield ""
    for label, text in labelled(entry, campaign):
        yield f"- **{label}:** {text}"


def _values(campaign: Campaign) -> Iterator[tuple[str, str, str]]:
    for name, value in campaign.values.items():
        yield f"`{name}`", value_in_words(value), campaign.value_sources[name]


def value_in_words(value: CampaignValue) -> str:
    """Return a campaign value as people write it."""
    match value:
        case DateRange(start, end):
            return f"{write_day(start)} – {write_day(end)}"
        case Share(part, mode, tolerance):
            modes = {"at_least": "ít nhất", "exact": "đúng", "about": "khoảng"}
            spare = f", sai số {write_number(100 * tolerance, decimals=1)}%" if tolerance else ""
            return f"{modes[mode]} {write_number(100 * part, decimals=1)}%{spare}"
        case tuple():
            return ", ".join(value)
        case int():
            return str(value) if 1900 < value < 2100 else write_number(value)
        case str():
            return value
        case _:
            return write_day(value)


# --- field list -------------------------------------------------------------------------------


def field_list_lines(campaign: Campaign) -> Iterator[str]:
    """Yield every cell of every form, and the lists to choose from."""
    yield "# Các ô của biểu mẫu"
    yield ""
    yield "Tên ô là tên vùng (defined name) trong tệp Excel và là tên dùng trong căn cứ rà soát."
    for form in campaign.forms:
        yield from form_lines(form)
    yield "## Danh sách chọn"
    rows = ((f"`{one.id}`", "; ".join(one.values)) for one in campaign.lists.values())
    yield from table(("Danh sách", "Giá trị"), rows)


def form_lines(form: Form) -> Iterator[str]:
    """Yield one form: its sheets, its tables, what is computed from them."""
    yield ""
    yield f"## {form.number}: {form.title}"
    for sheet in form.sheets:
        yield ""
        yield f"### Trang {sheet.title}"
        if sheet.lines:
            yield from table(("STT", "Nội dung", "Tên ô", "Kiểu", "Hướng dẫn ghi"), _lines(sheet))
        for one in sheet.tables:
            yield ""
            yield f"#### Bảng {one.title} (`{one.id}`, tối đa {write_number(one.capacity)} dòng)"
            rows = (_column(one.id, column) for column in one.columns)
            yield from table(("Cột", "Tên", "Kiểu", "Hướng dẫn ghi"), rows)
    yield "### Số liệu tính từ biểu"
    rows = ((d.label, f"`{d.id}`", f"`{d.text}`") for d in form.derived)
    yield from table(("Nội dung", "Tên", "Cách tính"), rows)


HOW_PARTS_ARE_SAID = "do ô trên nói; biểu mẫu bản trước hỏi riêng"


def _lines(sheet: FormSheet) -> Iterator[tuple[str, ...]]:
    for line in sheet.lines:
        ids = ", ".join(f"`{field.id}`" for field in line.fields)
        label = f"**{line.label}**" if line.is_heading else line.label
        kind = kind_in_words(line.fields[0]) if line.fields else ""
        yield (
            line.number,
            label + _only(line),
            ids or (line.fact and f"`{line.fact}`"),
            kind,
            line.hint,
        )
        for part in (part for field in line.fields for part in field.parts):
            yield "", part.label, f"`{part.id}`", kind_in_words(part), HOW_PARTS_ARE_SAID


def _only(line: Line) -> str:
    return f" (chỉ {', '.join(line.unit_kinds)})" if line.unit_kinds else ""


def _column(table_id: str, column: Field) -> tuple[str, ...]:
    return column.label, f"`{table_id}.{column.id}`", kind_in_words(column), column.hint


def kind_in_words(field: Field) -> str:
    """Return what a cell takes."""
    words = KINDS[field.kind]
    if field.choices:
        words += f" `{field.choices.id}`"
    return f"{words}; bắt buộc" if field.required else words


# --- figures ----------------------------------------------------------------------------------

PLACES = {
    FigurePlace.COVERAGE: "dưới tên mọi trang, đầu báo cáo",
    FigurePlace.OVERVIEW: "Tổng hợp, trang ký",
    FigurePlace.DETAILS: "Tổng hợp, trang sau",
    FigurePlace.DISTRICTS: "Theo {superiors}",
    FigurePlace.UNITS: "Theo đơn vị",
    FigurePlace.COMPARISON: "So với kỳ trước",
    FigurePlace.REPORT: "báo cáo",
    FigurePlace.NAMED: "báo cáo, nêu tên đơn vị",
    FigurePlace.MONTHS: "báo cáo, qua các tháng",
    FigurePlace.CHART: "biểu đồ",
}
BASES = {Basis.PLAN: "kế hoạch", Basis.RESULT: "thực hiện", Basis.NEITHER: ""}


def figure_lines(campaign: Campaign) -> Iterator[str]:
    """Yield every figure by section: what it adds, which units count, where it stands."""
    yield "# Chỉ tiêu"
    yield ""
    yield "Con số cộng từ các đơn vị được định nghĩa một lần, trong `figures.toml` của đợt."
    yield "Đơn vị chưa rõ có được tính hay không thì không tính, và được nói là chưa rõ."
    for section in campaign.figures.sections:
        yield ""
        yield f"## {section.title}"
        figures = (one for one in campaign.figures.all if one.section == section.id)
        yield from table(
            ("Chỉ tiêu", "Mã", "ĐVT", "Cộng", "Đơn vị được tính", "Kỳ", "Tỷ lệ", "Có ở", "Yêu cầu"),
            (_figure_row(campaign, one) for one in figures),
        )


def _figure_row(campaign: Campaign, figure: Figure) -> tuple[str, ...]:
    parts = "; ".join(campaign.figures.figure(one).label for one in figure.parts)
    added = figure.written.get("of") or ", ".join((str(figure.counted), *figure.chosen))
    when = [f"`{text}`" for text in [figure.written.get("when")] if text]
    when += [f"thuộc diện {', '.join(figure.rules)}"] if figure.rules else []
    period = "đến nay" if figure.period is Period.TO_DATE else "trong tháng"
    period += ", cộng dồn" if figure.accumulates else ""
    share = ""
    if figure.share:
        share = f"{campaign.figures.figure(figure.share.of).label} ({figure.share.words})"
    return (
        figure.label + (f" (gồm: {parts})" if parts else ""),
        f"`{figure.id}`",
        figure.measure,
        f"`{added}`",
        "; ".join(when),
        ", ".join(filter(None, (BASES[figure.basis], period))),
        share,
        campaign.words.said("; ".join(PLACES[p] for p in FigurePlace if p in figure.places)),
        ", ".join(figure.requirements),
    )


# --- lists that become sheets -------------------------------------------------------------------

LAYOUTS = {
    ListLayout.ROWS: "mỗi dòng ghi tên đơn vị, phần cộng ở trên",
    ListLayout.BELOW_UNITS: "dòng xếp dưới đơn vị, phần cộng ở cuối",
    ListLayout.UNITS: "mỗi đơn vị một dòng, phần cộng ở cuối",
    ListLayout.COUNTED: "chỉ đếm, theo nhóm đơn vị",
}


def sheet_list_lines(campaign: Campaign) -> Iterator[str]:
    """Yield every list that becomes a sheet: which rows, which columns, how they add up."""
    yield "# Danh sách thành trang"
    yield ""
    yield "Danh sách được định nghĩa trong `lists.toml` của đợt."
    for one in campaign.sheet_lists:
        said = campaign.words.said
        yield ""
        yield f"## Trang {one.sheet}: {said(one.title)} (`{one.id}`)"
        yield ""
        if one.table:
            yield f"- **Dòng:** bảng `{one.table}`" + (f", khi `{one.when}`" if one.when else "")
        yield f"- **Cách xếp:** {LAYOUTS[one.layout]}"
        by = (f"{one.fields[id_].label} (`{id_}`)" for id_ in one.by)
        if one.by:
            yield f"- **Cộng theo:** {'; '.join(by)}"
        if one.columns:
            rows = (_list_column(one, column, said) for column in one.columns)
            yield from table(("Cột", "Lấy từ"), rows)


def settings_lines() -> Iterator[str]:
    """Yield what the office may set: each single value, each list with its columns."""
    yield "# Thiết lập của cơ quan"
    yield ""
    yield "Tệp `output/thiet-lap.xlsx`; cột *Nằm ở* là chỗ trong đợt mà thiết lập nằm đè lên."
    yield ""
    yield f"## Trang {settings_words.OFFICE_SHEET}"
    rows = (
        (settings_words.SETTING_GROUPS[one.group], one.asked.label, one.hint, f"`{one.place}`")
        for one in settings.SETTINGS
    )
    yield from table(("Nhóm", "Mục", "Hướng dẫn", "Nằm ở"), rows)
    for one in (*settings.LISTS, settings.UNITS):
        yield f"## Trang {one.sheet}"
        yield ""
        yield settings_words.SHEET_HINTS[one.sheet]
        yield from table(("Cột", "Hướng dẫn"), ((c.head, c.hint) for c in one.columns))


def _list_column(of: SheetList, column: ListColumn, said: Callable[[str], str]) -> tuple[str, ...]:
    head = f"{column.over}: {column.head}" if column.over else column.head
    source = f"chỉ tiêu `{column.figure}`" if column.figure else f"`{column.fact}`"
    source += f" trừ `{column.less}`" if column.less else ", tỷ lệ" if column.share else ""
    if column.column:
        source = f"cột `{of.table}.{column.column}`"
    source += "" if column.printed else ", không in"
    source += ", khi có ghi" if column.only_if_any else ""
    return said(head), source


# --- command reference ------------------------------------------------------------------------


def command_lines() -> Iterator[str]:
    """Yield the help page of the program and of each command."""
    yield "# Các lệnh"
    yield ""
    yield "```text"
    yield help_page(program, None)
    yield "```"
    context = click.Context(program, info_name="tdkt-batch")
    for name, command in program.commands.items():
        yield ""
        yield f"## {name}"
        yield ""
        yield "```text"
        yield help_page(command, context)
        yield "```"
    yield ""
    yield "## Mã kết thúc"
    rows = ((str(status), text) for status, text in EXIT_STATUSES.items())
    yield from table(("Mã", "Ý nghĩa"), rows)


def help_page(command: click.Command, parent: click.Context | None) -> str:
    """Return a help page, at the same width on every terminal."""
    name = "tdkt-batch" if parent is None else command.name
    context = click.Context(command, parent, info_name=name, terminal_width=88)
    return command.get_help(context)


if __name__ == "__main__":
    for file_name, content in documents().items():
        (DOCS / file_name).write_text(content, encoding="utf-8", newline="\n")
        print(DOCS / file_name)
