"""Sheet “Theo đơn vị”: one row a unit, its verdict and key figures, with a link to its findings.

A unit without a report of the month shows its last one, in another style and with
the month that it is of. The totals stand apart: of the month, and to date.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tdkt_batch.figures.unit_figures import SEVERITIES, WAIVED, Verdict
from tdkt_batch.model import Life, Severity
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    column_range,
    count_where,
    day_literal,
    literal,
    ratio_value,
    sum_where,
)
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import findings
from tdkt_batch.summary.outline import subordinate
from tdkt_batch.summary.plan import FINDINGS, UNITS, Plan
from tdkt_batch.wording.shared import LIVES, UNIT_STATES
from tdkt_batch.wording.shared import SEVERITIES as SEVERITY_WORDS

_CONFERENCE, _DELEGATES, _FOUND = "Hội nghị", "Số đại biểu", "Nội dung cần xem xét"
COLUMNS = SheetColumns((
    SheetColumn("number", "STT", 4.5, "center"),
    SheetColumn("name", "Đơn vị", 27, "text"),
    SheetColumn("code", "Mã", 8, "code"),
    SheetColumn("kind", "Loại", 11.5, "text tiny"),
    SheetColumn("parent", "Trực thuộc", 16, "text tiny"),
    SheetColumn("state", "Gửi báo cáo", 9.5, "center"),
    SheetColumn("of_month", "Số liệu của tháng", 8, "month"),
    SheetColumn("stage", "Tình trạng", 14.5, "center", _CONFERENCE),
    SheetColumn("planned_day", "Ngày dự kiến", 10.5, "date", _CONFERENCE),
    SheetColumn("held_day", "Ngày tổ chức", 10.5, "date", _CONFERENCE),
    SheetColumn("overdue", "Quá thời gian", 6, "mark", _CONFERENCE),
    SheetColumn("past_plan", "Qua ngày dự kiến", 6, "mark", _CONFERENCE),
    SheetColumn("planned_total", "Kế hoạch", 7, "number", _DELEGATES),
    SheetColumn("actual_total", "Thực hiện", 7, "number", _DELEGATES),
    SheetColumn("share", "Tỷ lệ điển hình", 7.5, "percent", _DELEGATES),
    SheetColumn("violation", "Chưa đúng HD", 6.5, "number", _FOUND),
    SheetColumn("warning", "Cần giải trình", 6.5, "number", _FOUND),
    SheetColumn("notice", "Lưu ý", 5.5, "number", _FOUND),
    SheetColumn("unknown", "Chưa đủ số liệu", 6.5, "number", _FOUND),
    SheetColumn("reading", "Lỗi số liệu", 6, "number", _FOUND),
    SheetColumn("waived", "Chấp nhận GT", 7, "number", _FOUND),
    SheetColumn("verdict", "Kết luận", 20, "center"),
))  # fmt: skip
MARK = "x"
"""Marks a unit whose conference is overdue, or past its own planned day."""

VERDICTS = {
    Verdict.VIOLATION: SEVERITY_WORDS[Severity.VIOLATION],
    Verdict.READING: SEVERITY_WORDS[Severity.READING],
    Verdict.WARNING: SEVERITY_WORDS[Severity.WARNING],
    Verdict.ERROR: "Lỗi rà soát",
    Verdict.UNKNOWN: "Chưa đủ số liệu",
    Verdict.NOTICE: SEVERITY_WORDS[Severity.NOTICE],
    Verdict.WAIVED: LIVES[Life.WAIVED],
    Verdict.PASS: "Đạt",
}
_TO_DATE = ("planned_total", "actual_total")
_MARKED = ("overdue", "past_plan")
_OF_THE_MONTH = (*SEVERITIES, WAIVED, "unknown")
_CARRIED = (
    "of_month", "stage", "planned_day", "held_day", *_MARKED, "planned_total",
    "actual_total", "share",
)  # fmt: skip
"""What a unit's last report fills in when it has none of the month."""
NO_FIGURES = "–"
"""Stands for the month of the figures of a unit that never reported."""


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(
        plan.head,
        "BIỂU TỔNG HỢP THEO ĐƠN VỊ",
        "Chữ nghiêng, nền xám: số liệu của báo cáo gần nhất. Bấm STT: đến nội dung cần xem xét; "
        "bấm “Gửi báo cáo”: đến tệp",
    )
    page.table_head(COLUMNS)
    records = [
        _record(plan, number, report, plan.statistics.lines[report.unit.code])
        for number, report in enumerate(plan.report.units, start=1)
    ]
    for row, (report, record) in enumerate(
        zip(plan.report.units, records, strict=True), start=FIRST_ROW
    ):
        _write_unit(page, row, record, carried=report.latest.carried)
    _totals(page, plan)
    _highlight(page, plan)
    page.fold(FIRST_ROW + place for place in subordinate(plan.report.units))
    page.filter(FIRST_ROW, plan.last_unit_row, COLUMNS)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _write_unit(page: Page, row: int, record: Mapping[str, Cell], *, carried: bool) -> None:
    for index, column in enumerate(COLUMNS):
        look = ("carried",) if carried and column.id in _CARRIED else ()
        page.put(row, index, record.get(column.id), *column.style.split(), *look)


def _record(plan: Plan, number: int, report: UnitReport, row: Mapping[str, Any]) -> dict[str, Cell]:
    code = report.unit.code
    excel_row = FIRST_ROW + number - 1
    record: dict[str, Cell] = {
        "number": plan.to_findings(code, number),
        "name": report.unit.name,
        "code": code,
        "kind": report.unit.kind,
        "parent": str(row["parent_name"]),
        "state": plan.to_file(report, UNIT_STATES[report.state]),
        "of_month": row["of_month"] or NO_FIGURES,
        "stage": plan.campaign.roles.stages.get(str(row["stage"]), ""),
        "planned_day": row["planned_day"],
        "held_day": row["held_day"],
        "overdue": MARK if row["overdue"] else "",
        "past_plan": MARK if row["past_plan"] else "",
        "planned_total": row["planned_total"],
        "actual_total": row["actual_total"],
        "share": _share(row),
        "verdict": plan.to_findings(code, _verdict(report, row)),
    }
    if report.is_usable or report.outcomes or report.findings:
        record |= _found(plan, excel_row, row)
    return record


def _verdict(report: UnitReport, row: Mapping[str, Any]) -> str:
    return VERDICTS.get(Verdict(str(row["verdict"])), UNIT_STATES[report.state])


def _found(plan: Plan, excel_row: int, row: Mapping[str, Any]) -> dict[str, Cell]:
    """Return the unit's counts: of its findings by severity, of its rules not decided.

    The unit is told by its number: codes like 03386 and 3386 are one to COUNTIFS.
    """
    counts: dict[str, Cell] = {id_: int(row[id_]) for id_ in _OF_THE_MONTH}
    if not plan.noted or not plan.lists_all:
        return counts
    numbers, severities, lives = (
        _noted_range(plan, id_) for id_ in ("unit_number", "severity", "life")
    )
    own, waived = (numbers, f"$A{excel_row + 1}"), literal(LIVES[Life.WAIVED])
    for severity, words in SEVERITY_WORDS.items():
        text = count_where(own, (severities, literal(words)), (lives, f'"<>"&{waived}'))
        counts[severity] = Formula(text, int(row[severity]))
    counts[WAIVED] = Formula(count_where(own, (lives, waived)), int(row[WAIVED]))
    return counts


def _noted_range(plan: Plan, id_: str) -> str:
    last = FIRST_ROW + len(plan.noted) - 1
    return column_range(FINDINGS, findings.COLUMNS.index_of(id_), FIRST_ROW, last)


def _share(row: Mapping[str, Any]) -> Cell:
    """Return the share of the exemplary delegates in force; nothing where one is missing."""
    prefix = "actual" if row["stage"] == "held" else "planned"
    part, whole = row[f"{prefix}_exemplary"], row[f"{prefix}_total"]
    if not isinstance(part, int) or not isinstance(whole, int):
        return None
    return ratio_value(part, whole)


def _totals(page: Page, plan: Plan) -> None:
    """Write two totals: of the units that reported this month, and of all to date."""
    row = plan.last_unit_row + 1
    for offset, (name, total) in enumerate((("Trong tháng", _of_month), ("Đến nay", _to_date))):
        for index, column in enumerate(COLUMNS):
            value: Cell = name if column.id == "name" else total(plan, column.id)
            style = "center" if column.id == "of_month" else column.style
            page.put(row + offset, index, value, *style.split(), "total")


def _of_month(plan: Plan, id_: str) -> Cell:
    """Return a column's total over the units whose report is of the month."""
    cells, month = _own_range(plan, id_), of_this_month(plan, _own_range(plan, "of_month"))
    overall = plan.month.overall
    if id_ == "of_month":
        return Formula(count_where(month), int(overall["reported"]))
    if id_ in _TO_DATE:
        return Formula(sum_where(cells, month), int(overall[id_]))
    if id_ in _MARKED:
        return Formula(count_where((cells, literal(MARK)), month), int(overall[id_]))
    return Formula(f"SUM({cells})", int(overall[id_])) if id_ in _OF_THE_MONTH else None


def _to_date(plan: Plan, id_: str) -> Cell:
    cells, overall = _own_range(plan, id_), plan.to_date.overall
    if id_ == "of_month":
        return Formula(f"COUNT({cells})", int(overall["reported"]))
    if id_ in _TO_DATE:
        return Formula(f"SUM({cells})", int(overall[id_]))
    if id_ in _MARKED:
        return Formula(f"COUNTIF({cells},{literal(MARK)})", int(overall[id_]))
    return None


def of_this_month(plan: Plan, months: str) -> tuple[str, str]:
    """Return the condition that holds where a column of months has the report's own."""
    return months, day_literal(plan.report.month.first_day)


def _own_range(plan: Plan, id_: str) -> str:
    return plan.unit_range(UNITS, COLUMNS, id_).split("!")[1]


def _highlight(page: Page, plan: Plan) -> None:
    """Colour verdicts and counts; the word and the figure say the same without colour."""
    first, last = FIRST_ROW, plan.last_unit_row
    for grade, word in VERDICTS.items():
        if grade is not Verdict.PASS:
            index = COLUMNS.index_of("verdict")
            page.highlight((first, index, last), str(grade), "==", literal(word))
    for severity in ("violation", "warning"):
        page.highlight((first, COLUMNS.index_of(severity), last), severity, ">", 0)
