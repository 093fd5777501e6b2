"""Sheet “Theo đơn vị”: one row a unit, its verdict and key figures, with a link to its findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tdkt_batch.model import Severity
from tdkt_batch.report import UnitReport, UnitState
from tdkt_batch.summary import findings
from tdkt_batch.summary.cells import (
    Cell,
    Formula,
    column_range,
    literal,
    ratio_value,
    reference,
)
from tdkt_batch.summary.columns import Column, Columns
from tdkt_batch.summary.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import FINDINGS, UNITS, Plan
from tdkt_batch.unit_figures import Verdict
from tdkt_batch.wording import SEVERITIES, UNIT_STATES

_CONFERENCE, _DELEGATES, _FOUND = "Hội nghị", "Số đại biểu", "Nội dung cần xem xét"
COLUMNS = Columns((
    Column("number", "STT", 5, "center"),
    Column("name", "Đơn vị", 30, "text"),
    Column("code", "Mã", 9, "code"),
    Column("kind", "Loại", 14, "text small"),
    Column("parent", "Trực thuộc", 18, "text small"),
    Column("state", "Gửi báo cáo", 11, "center"),
    Column("stage", "Tình trạng", 16, "center", _CONFERENCE),
    Column("planned_day", "Ngày dự kiến", 11.5, "date", _CONFERENCE),
    Column("held_day", "Ngày tổ chức", 11.5, "date", _CONFERENCE),
    Column("overdue", "Quá thời gian", 7, "mark", _CONFERENCE),
    Column("past_plan", "Qua ngày dự kiến", 7.5, "mark", _CONFERENCE),
    Column("planned_total", "Kế hoạch", 7.5, "number", _DELEGATES),
    Column("actual_total", "Thực hiện", 7.5, "number", _DELEGATES),
    Column("share", "Tỷ lệ điển hình", 8, "percent", _DELEGATES),
    Column("violation", "Chưa đúng HD", 7.5, "number", _FOUND),
    Column("warning", "Cần giải trình", 7.5, "number", _FOUND),
    Column("notice", "Lưu ý", 6.5, "number", _FOUND),
    Column("unknown", "Chưa đủ số liệu", 7.5, "number", _FOUND),
    Column("reading", "Lỗi số liệu", 7.5, "number", _FOUND),
    Column("verdict", "Kết luận", 21, "center"),
))  # fmt: skip
MARK = "x"
"""Marks a unit whose conference is overdue, or past its own planned day."""

VERDICTS = {
    Verdict.VIOLATION: SEVERITIES[Severity.VIOLATION],
    Verdict.READING: SEVERITIES[Severity.READING],
    Verdict.WARNING: SEVERITIES[Severity.WARNING],
    Verdict.ERROR: "Lỗi rà soát",
    Verdict.UNKNOWN: "Chưa đủ số liệu",
    Verdict.NOTICE: SEVERITIES[Severity.NOTICE],
    Verdict.PASS: "Đạt",
}
SUMMED = (
    "planned_total", "actual_total", "violation", "warning", "notice", "unknown", "reading",
)  # fmt: skip


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(
        plan.head,
        "BIỂU TỔNG HỢP THEO ĐƠN VỊ",
        "Bấm STT hoặc kết luận: đến nội dung cần xem xét; bấm “Gửi báo cáo”: đến tệp",
    )
    page.table_head(COLUMNS)
    records = [
        _record(plan, number, report, plan.statistics.lines[report.unit.code])
        for number, report in enumerate(plan.report.units, start=1)
    ]
    page.rows(COLUMNS, records, FIRST_ROW)
    _totals(page, plan)
    _highlight(page, plan)
    page.filter(FIRST_ROW, plan.last_unit_row, COLUMNS)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _record(plan: Plan, number: int, report: UnitReport, row: Mapping[str, Any]) -> dict[str, Cell]:
    code = report.unit.code
    excel_row = FIRST_ROW + number - 1
    own_code = reference(UNITS, excel_row, COLUMNS.index_of("code"))
    record: dict[str, Cell] = {
        "number": plan.to_findings(code, number),
        "name": report.unit.name,
        "code": code,
        "kind": report.unit.kind,
        "parent": str(row["parent_name"]),
        "state": plan.to_file(report, UNIT_STATES[report.state]),
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
    usable = report.state in (UnitState.ON_TIME, UnitState.LATE)
    if usable or report.outcomes or report.findings:
        record |= _found(plan, own_code, row)
    return record


def _verdict(report: UnitReport, row: Mapping[str, Any]) -> str:
    return VERDICTS.get(Verdict(str(row["verdict"])), UNIT_STATES[report.state])


def _found(plan: Plan, own_code: str, row: Mapping[str, Any]) -> dict[str, Cell]:
    """Return the unit's counts: of its findings by severity, of its rules not decided."""
    counts: dict[str, Cell] = {}
    own = own_code.split("!")[1]
    for severity in Severity:
        value = int(row[str(severity)])
        counts[str(severity)] = value
        if plan.noted:
            last = FIRST_ROW + len(plan.noted) - 1
            codes = column_range(FINDINGS, findings.COLUMNS.index_of("unit"), FIRST_ROW, last)
            levels = column_range(FINDINGS, findings.COLUMNS.index_of("severity"), FIRST_ROW, last)
            both = f"--({codes}=${own}),--({levels}={literal(SEVERITIES[severity])})"
            counts[str(severity)] = Formula(f"SUMPRODUCT({both})", value)
    counts["unknown"] = int(row["unknown"])
    return counts


def _share(row: Mapping[str, Any]) -> Cell:
    """Return the share of the exemplary delegates in force; nothing where one is missing."""
    prefix = "actual" if row["stage"] == "held" else "planned"
    part, whole = row[f"{prefix}_exemplary"], row[f"{prefix}_total"]
    if not isinstance(part, int) or not isinstance(whole, int):
        return None
    return ratio_value(part, whole)


def _totals(page: Page, plan: Plan) -> None:
    row = plan.last_unit_row + 1
    overall = plan.statistics.overall
    for index, column in enumerate(COLUMNS):
        value: Cell = ""
        if column.id == "name":
            value = "Tổng cộng"
        elif column.id in SUMMED:
            cells = column_range(UNITS, index, FIRST_ROW, plan.last_unit_row)
            value = Formula(f"SUM({cells.split('!')[1]})", int(overall[column.id]))
        elif column.id in ("overdue", "past_plan"):
            cells = column_range(UNITS, index, FIRST_ROW, plan.last_unit_row)
            marks = f"COUNTIF({cells.split('!')[1]},{literal(MARK)})"
            value = Formula(marks, int(overall[column.id]))
        page.put(row, index, value, *column.style.split(), "total")


def _highlight(page: Page, plan: Plan) -> None:
    """Colour verdicts and counts; the word and the figure say the same without colour."""
    first, last = FIRST_ROW, plan.last_unit_row
    verdict = COLUMNS.index_of("verdict")
    for grade, word in VERDICTS.items():
        if grade is not Verdict.PASS:
            look = page.styles(str(grade))
            page.highlight(
                first,
                verdict,
                last,
                {"type": "cell", "criteria": "==", "value": literal(word), "format": look},
            )
    for severity in ("violation", "warning"):
        column = COLUMNS.index_of(severity)
        look = page.styles(severity)
        page.highlight(
            first, column, last, {"type": "cell", "criteria": ">", "value": 0, "format": look}
        )
