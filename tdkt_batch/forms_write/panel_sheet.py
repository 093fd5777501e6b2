"""The sheet “Tự kiểm tra”: the panel's rows, the unit's explanations beside them."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.forms.layout import PANEL_HEAD_ROW
from tdkt_batch.forms_write.book import STATUS_OF_PANEL, Writing
from tdkt_batch.forms_write.helper_cells import Computed
from tdkt_batch.forms_write.official import colour_status
from tdkt_batch.forms_write.panel import FAIL, PASS, RESULT, SEVERITY, UNKNOWN, PanelRow
from tdkt_batch.forms_write.styles import HIGHEST, lines_of, merge, write_formula, write_raw
from tdkt_batch.model import Severity
from tdkt_batch.wording.forms import PANEL_COLUMNS
from tdkt_batch.wording.shared import SEVERITIES

WIDTHS = (5, 28, 13, 24, 25, 30, 15, 33, 25, 7)
LINE_HEIGHT = 15.5
LAST = len(PANEL_COLUMNS) - 1
NOTE = (
    "Kết quả tự tính lại khi số liệu thay đổi. Nội dung “Không đạt”: sửa số liệu theo cột Cần điều "
    "chỉnh, hoặc ghi lý do ở cột Giải trình; nền xanh lam chỉ là lưu ý. “Ban đối chiếu”: Ban kiểm "
    "tra sau khi nhận báo cáo."
)


def write_panel(writing: Writing, sheet: Worksheet) -> None:
    """Write the panel."""
    style = writing.styles.get
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    merge(sheet, (0, 0, 0, LAST), "TỰ KIỂM TRA BÁO CÁO", style("title"))
    merge(sheet, (1, 0, 1, LAST), writing.unit_name(), style("centre_bold"))
    row, _ = STATUS_OF_PANEL
    merge(sheet, (row, 0, row, LAST), writing.status, style("status"))
    colour_status(writing, sheet, row, LAST)
    merge(sheet, (3, 0, 3, LAST), NOTE, style("note"))
    for at, height in ((0, 22), (row, 32), (3, 34)):
        sheet.set_row(at, height)
    for column, head in enumerate(PANEL_COLUMNS):
        sheet.write_string(PANEL_HEAD_ROW, column, head, style("head"))
    sheet.set_row(PANEL_HEAD_ROW, 22)
    for number, panel_row in enumerate(writing.panel, start=1):
        _write_row(writing, sheet, number, panel_row)
    _colour_results(writing, sheet)
    _set_up(sheet)
    writing.protect(sheet)


def _write_row(writing: Writing, sheet: Worksheet, number: int, panel: PanelRow) -> None:
    row, style = PANEL_HEAD_ROW + number, writing.styles.get
    explanation = writing.filled.explanations.get(panel.rule)
    contents: tuple[tuple[Computed | str | int, str], ...] = (
        (number, "number"),
        (panel.title, "text"),
        (panel.result, "result"),
        (panel.given, "text"),
        (panel.expected, "text"),
        (panel.remedy, "text"),
        (panel.severity, "text_centre"),
        (panel.basis, "text"),
    )
    for column, (content, name) in enumerate(contents):
        if isinstance(content, Computed):
            write_formula(sheet, row, column, content, style(name))
        else:
            write_raw(sheet, row, column, content, style(name))
    note = style("input", num_format="@", text_wrap=True, align="left", indent=1)
    write_raw(sheet, row, LAST - 1, explanation, note)
    sheet.write_string(row, LAST, panel.rule, style("number"))
    room = ("", "", "", *panel.room, "", "", explanation or "")
    height = max(_height(contents), _height(tuple((text, "") for text in room)))
    sheet.set_row(row, min(height, HIGHEST))


def _height(contents: tuple[tuple[Computed | str | int, str], ...]) -> float:
    """Return a height that holds every text of the row, and two lines of what may come."""
    lines = 2
    for (content, _), width in zip(contents, WIDTHS, strict=False):
        text = content.value if isinstance(content, Computed) else content
        lines = max(lines, lines_of(str(text), width))
    return LINE_HEIGHT * lines + 3


def _colour_results(writing: Writing, sheet: Worksheet) -> None:
    first, last = PANEL_HEAD_ROW + 1, PANEL_HEAD_ROW + len(writing.panel)
    colours = (
        (FAIL, {"bg_color": "#F8D7DA", "font_color": "#7A0010", "bold": True}),
        (UNKNOWN, {"bg_color": "#FFF2CC", "font_color": "#5C4400", "italic": True}),
        (PASS, {"bg_color": "#E2F0D9", "font_color": "#1E4620"}),
    )
    notice = SEVERITIES[Severity.NOTICE]
    only_noted = (
        f'=AND({RESULT}{first + 1}="{FAIL}",LEFT({SEVERITY}{first + 1},{len(notice)})="{notice}")'
    )
    blue = writing.book.add_format({"bg_color": "#DDEBF7", "font_color": "#1F3864"})
    rule = {"type": "formula", "criteria": only_noted, "format": blue, "stop_if_true": True}
    sheet.conditional_format(first, 2, last, 2, rule)
    for word, properties in colours:
        sheet.conditional_format(
            first,
            2,
            last,
            2,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{word}"',
                "format": writing.book.add_format(properties),
            },
        )


def _set_up(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(PANEL_HEAD_ROW)
    sheet.freeze_panes(PANEL_HEAD_ROW + 1, 2)
    sheet.hide_gridlines(2)
    sheet.set_footer("&L&8&F&R&8Trang &P/&N")
