"""The report's part II: conferences held, by group and district, month by month; delegates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tdkt_batch.campaign.definition import Level
from tdkt_batch.figures.statistics import line_of
from tdkt_batch.figures.unit_figures import DELEGATES, RESULTS
from tdkt_batch.letters.figures import (
    Block,
    Figures,
    Grid,
    Heading,
    Text,
    bodies,
    n,
    named,
)
from tdkt_batch.letters.news import LONGEST
from tdkt_batch.letters.tables import Column
from tdkt_batch.letters.words import lowered, office_day, one_line, shown
from tdkt_batch.vietnamese.writing import write_moment, write_percent

_STAGES = ("stage_held", "stage_planned", "stage_none", "stage_cancelled")
_WORDS: Mapping[str, str] = {
    "total": "Tổng số đại biểu",
    "exemplary": "Điển hình tiên tiến",
    "guests": "Khách mời, lãnh đạo",
    "others": "Thành phần khác",
    "women": "Nữ",
    "minorities": "Dân tộc thiểu số",
    "collectives": "Tập thể được biểu dương",
    "individuals": "Cá nhân được biểu dương",
    "households": "Hộ gia đình được biểu dương",
    "elected": "Đại biểu bầu dự đại hội cấp trên",
}
_MOST_MONTHS = 12
_NONE = "–"


def conferences(figures: Figures) -> Iterator[Block]:
    """Yield the part's blocks."""
    yield Heading(figures.texts.heading_conferences)
    yield Heading(figures.texts.heading_progress)
    yield Text(f"Đến {write_moment(figures.report.received_until)}{figures.provisional}:")
    for line in _progress(figures):
        yield Text(f"- {line}.")
    yield _by_group(figures)
    if len(figures.to_date.by_parent.index):
        yield _by_parent(figures)
    yield from _overdue(figures)
    yield from _cancelled(figures)
    if figures.report.past:
        yield _months(figures)
    yield Heading(figures.texts.heading_delegates)
    yield _delegates(figures)
    yield Heading(figures.texts.heading_results)
    yield _results(figures)


# --- progress -------------------------------------------------------------------------------


def _progress(figures: Figures) -> Iterator[str]:
    """Yield a sentence a group of units, without full stop: the answer first."""
    until = figures.report.received_until
    for level in figures.campaign.levels:
        for group in level.groups:
            if group.name not in figures.to_date.by_group.index:
                continue
            line = line_of(figures.to_date.by_group, group.name)
            if not bodies(line):
                continue
            if level.window.start <= until.date() or int(line["stage_held"]):
                yield _held(figures, group.name, line)
            else:
                yield _planned(level, group.name, line)


def progress_in_short(figures: Figures) -> str:
    """Return in one line how many of each group that has begun have held their conference."""
    said = [
        f"{n(line['stage_held'])}/{n(bodies(line))} {lowered(str(group))}"
        for group in figures.to_date.by_group.index
        for line in [line_of(figures.to_date.by_group, group)]
        if int(line["stage_held"])
    ]
    return f"đã tổ chức Hội nghị: {', '.join(said)}" if said else "chưa đơn vị nào tổ chức Hội nghị"


def _held(figures: Figures, group: str, line: Any) -> str:
    total, held = bodies(line), int(line["stage_held"])
    month = int(line_of(figures.month.by_group, group)["held_in_month"])
    answer = (
        f"{n(held)}/{n(total)} {lowered(group)} ({write_percent(held, total)}) đã tổ chức "
        f"Hội nghị, trong đó {n(month)} đơn vị tổ chức trong tháng"
    )
    return f"{answer}; còn {n(total - held)} đơn vị: {_rest(line)}" if total > held else answer


def _rest(line: Any) -> str:
    counts = (
        (int(line["stage_planned"]), "đã có kế hoạch"),
        (int(line["stage_none"]), "chưa có kế hoạch"),
        (int(line["stage_cancelled"]), "không tổ chức"),
        (_unclear(line), "chưa rõ"),
    )
    return ", ".join(f"{n(count)} {words}" for count, words in counts if count)


def _unclear(line: Any) -> int:
    return bodies(line) - sum(int(line[stage]) for stage in _STAGES)


def _planned(level: Level, group: str, line: Any) -> str:
    planned, total = int(line["stage_planned"]), bodies(line)
    window = f"{office_day(level.window.start)} đến {office_day(level.window.end)}"
    return (
        f"{group} (tổ chức từ {window}): {n(planned)}/{n(total)} đơn vị "
        f"({write_percent(planned, total)}) đã có kế hoạch"
    )


# --- tables ---------------------------------------------------------------------------------

_HEADS = ("Đã tổ chức", "Đã có kế hoạch", "Chưa có kế hoạch", "Không tổ chức", "Chưa rõ", "Quá hạn")


def _progress_grid(name: str, first: str, lines: list[tuple[str, Any]], total: Any) -> Grid:
    columns = (
        Column(first, 46), Column("Số đơn vị", 14, "right"),
        *(Column(head, 14.8, "right") for head in _HEADS),
        Column("Tỷ lệ đã tổ chức", 16.2, "right"),
    )  # fmt: skip
    rows = tuple(_progress_row(label, line) for label, line in [*lines, ("Tổng số", total)])
    return Grid(name, columns, rows, total=True)


def _progress_row(label: str, line: Any) -> tuple[str, ...]:
    stages = (n(line[stage]) for stage in _STAGES)
    share = write_percent(int(line["stage_held"]), bodies(line))
    return (label, n(bodies(line)), *stages, n(_unclear(line)), n(line["overdue"]), share)


def _by_group(figures: Figures) -> Grid:
    frame = figures.to_date.by_group
    lines = [(str(group), line_of(frame, group)) for group in frame.index]
    name = f"Tiến độ tổ chức Hội nghị theo loại đơn vị (đến nay{figures.provisional})"
    return _progress_grid(name, "Loại đơn vị", lines, figures.to_date.overall)


def _by_parent(figures: Figures) -> Grid:
    """Return the districts' own subordinate units; the last row adds up the districts."""
    frame = figures.to_date.by_parent
    names = {unit.code: one_line(unit.name) for unit in figures.campaign.units}
    lines = [(names.get(str(code), str(code)), line_of(frame, code)) for code in frame.index]
    name = f"Đơn vị trực thuộc huyện, thành phố, sở, ngành (đến nay{figures.provisional})"
    return _progress_grid(name, "Trực thuộc", lines, frame.sum())


def _overdue(figures: Figures) -> Iterator[Block]:
    for column, words in (
        ("overdue", "Quá thời gian quy định mà chưa tổ chức"),
        ("past_plan", "Đã qua ngày dự kiến mà chưa báo đã tổ chức"),
    ):
        lines = figures.to_date.lines
        units = [one.unit for one in figures.report.units if lines[one.unit.code][column]]
        if units:
            yield Text(f"{words} ({n(len(units))}): {named(figures, units)}.")
            return


def _cancelled(figures: Figures) -> Iterator[Block]:
    lines = figures.to_date.lines
    units = [one for one in figures.report.units if lines[one.unit.code]["stage"] == "cancelled"]
    if units:
        said = "; ".join(_with_reason(figures, one.unit.code) for one in units)
        yield Text(f"Báo không tổ chức Hội nghị ({n(len(units))}): {said}.")


def _with_reason(figures: Figures, code: str) -> str:
    line = figures.to_date.lines[code]
    reason = shown(str(line["reason"] or ""), LONGEST, figures.where)
    name = one_line(str(line["name"]))
    return f"{name} (lý do: {reason})" if reason else f"{name} (chưa ghi lý do)"


def _months(figures: Figures) -> Grid:
    """Return how coverage and conferences grew from month to month."""
    columns = (
        Column("Tháng", 25, "center"), Column("Đơn vị có báo cáo", 35, "right"),
        Column("Tỷ lệ", 25, "right"), Column("Tổ chức trong tháng", 40, "right"),
        Column("Lũy kế đã tổ chức", 40, "right"),
    )  # fmt: skip
    past = [
        (one.month, one.month_figures, one.figures_to_date)
        for one in figures.report.past[-(_MOST_MONTHS - 1) :]
    ]
    rows = [_month_row(str(m.vietnamese), month, to_date) for m, month, to_date in past]
    now = {str(k): int(v) for k, v in figures.month.overall.items()}
    to_date = {str(k): int(v) for k, v in figures.to_date.overall.items()}
    rows.append(_month_row(figures.report.month.vietnamese, now, to_date))
    return Grid("Tiến độ qua các tháng", columns, tuple(rows))


def _month_row(name: str, month: Mapping[str, int], to_date: Mapping[str, int]) -> tuple[str, ...]:
    reported, required = month.get("reported", 0), month.get("required", 0)
    return (
        name, f"{n(reported)}/{n(required)}", write_percent(reported, required),
        n(month.get("held_in_month", 0)), n(to_date.get("stage_held", 0)),
    )  # fmt: skip


def _delegates(figures: Figures) -> Grid:
    to_date, month, before = figures.to_date.overall, figures.month.overall, _before(figures)
    columns = (
        Column("Chỉ tiêu (người)", 48), Column("Kế hoạch", 22, "right"),
        Column("Thực hiện trong tháng", 24, "right"), Column("Lũy kế thực hiện", 24, "right"),
        Column("Tỷ lệ trong tổng số", 23, "right"), Column("Lũy kế đến tháng trước", 24, "right"),
    )  # fmt: skip
    rows = []
    for role in DELEGATES:
        part, whole = figures.to_date.share_of_total("actual", role)
        rows.append((
            _WORDS[role], n(to_date[f"planned_{role}"]), n(month[f"month_{role}"]),
            n(to_date[f"actual_{role}"]), "" if role == "total" else write_percent(part, whole),
            _known(before, f"actual_{role}"),
        ))  # fmt: skip
    name = f"Đại biểu dự Hội nghị (đến nay{figures.provisional})"
    return Grid(name, columns, tuple(rows))


def _results(figures: Figures) -> Grid:
    to_date, month, before = figures.to_date.overall, figures.month.overall, _before(figures)
    columns = (
        Column("Chỉ tiêu", 72), Column("Trong tháng", 31, "right"), Column("Lũy kế", 31, "right"),
        Column("Lũy kế đến tháng trước", 31, "right"),
    )  # fmt: skip
    rows = tuple(
        (_WORDS[role], n(month[f"month_{role}"]), n(to_date[role]), _known(before, role))
        for role in RESULTS
    )
    return Grid("Kết quả biểu dương, bầu đại biểu", columns, rows)


def _before(figures: Figures) -> Mapping[str, int]:
    previous = figures.report.previous
    return previous.figures_to_date if previous else {}


def _known(figures: Mapping[str, int], column: str) -> str:
    value = figures.get(column)
    return _NONE if value is None else n(value)
