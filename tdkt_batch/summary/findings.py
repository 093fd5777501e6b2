"""Sheet “Nội dung cần xem xét”: every finding in words, unit by unit, the gravest first."""

from __future__ import annotations

from tdkt_batch.model import Finding, OutcomeKind
from tdkt_batch.report import UnitReport
from tdkt_batch.summary.cells import Cell
from tdkt_batch.summary.columns import Column, Columns
from tdkt_batch.summary.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Noted, Plan
from tdkt_batch.unit_figures import MissingValue
from tdkt_batch.wording import OUTCOMES, SEVERITIES

_TEXT, _WHERE = "text top", "Vị trí trong tệp"
COLUMNS = Columns((
    Column("number", "STT", 4.5, "center top"),
    Column("name", "Đơn vị", 20, _TEXT),
    Column("month", "Tháng", 7, "center top"),
    Column("message", "Nội dung", 36, _TEXT),
    Column("severity", "Mức độ", 12, "center top"),
    Column("given", "Đơn vị ghi", 16, _TEXT),
    Column("expected", "Yêu cầu", 16, _TEXT),
    Column("difference", "Chênh lệch", 10, _TEXT),
    Column("remedy", "Cách hoàn thiện", 28, _TEXT),
    Column("explanation", "Giải trình của đơn vị", 14, _TEXT),
    Column("clause", "Căn cứ", 8, "center top"),
    Column("quote", "Trích Hướng dẫn", 32, "text top small"),
    Column("file", "Tệp", 15, "code top", _WHERE),
    Column("sheet", "Trang", 8, "code top", _WHERE),
    Column("cell", "Ô", 5, "code top", _WHERE),
    Column("rule", "Mã căn cứ", 6.5, "code top"),
    Column("unit", "Mã đơn vị", 7.5, "code top"),
))  # fmt: skip
WHOLE_FILE = "tệp"
"""Stands in the column of cells for what concerns the whole file."""
NOTHING = "Không có nội dung nào cần xem xét."


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(
        plan.head,
        "BIỂU TỔNG HỢP NỘI DUNG CẦN XEM XÉT",
        "Bấm STT: đến dòng của đơn vị; bấm ô: đến tệp trong sổ tiếp nhận",
    )
    page.table_head(COLUMNS)
    page.repeat_and_freeze(2)
    page.fit_to_width()
    if not plan.noted:
        page.merge(FIRST_ROW, 0, len(COLUMNS) - 1, NOTHING, "center")
        return
    for row, (report, noted) in enumerate(plan.noted, start=FIRST_ROW):
        record = _record(plan, report, noted)
        record["number"] = plan.to_unit(report.unit.code, row - FIRST_ROW + 1)
        for index, column in enumerate(COLUMNS):
            graded = (_grade(noted),) if column.id == "severity" else ()
            page.put(row, index, record.get(column.id), *column.style.split(), *graded)
    page.filter(FIRST_ROW, FIRST_ROW + len(plan.noted) - 1, COLUMNS)


def _grade(noted: Noted) -> str:
    return "unknown" if isinstance(noted, MissingValue) else str(noted.severity)


def _record(plan: Plan, report: UnitReport, noted: Noted) -> dict[str, Cell]:
    record: dict[str, Cell] = {
        "name": report.unit.name,
        "month": plan.report.month.vietnamese,
        "file": plan.file_name(report),
        "unit": report.unit.code,
    }
    if isinstance(noted, MissingValue):
        return record | _of_missing(plan, report, noted)
    return record | _of_finding(plan, report, noted)


def _of_finding(plan: Plan, report: UnitReport, finding: Finding) -> dict[str, Cell]:
    explained = report.submission.explanations if report.submission else {}
    return {
        "month": finding.month.vietnamese,
        "message": finding.message,
        "severity": SEVERITIES[finding.severity],
        "given": finding.given,
        "expected": finding.expected,
        "difference": finding.difference,
        "remedy": finding.remedy,
        "explanation": explained.get(finding.code, ""),
        "clause": finding.clause,
        "quote": f"“{finding.quote}”" if finding.quote else "",
        "sheet": finding.sheet,
        "cell": plan.to_file(report, finding.cell or WHOLE_FILE),
        "rule": finding.code,
    }


def _of_missing(plan: Plan, report: UnitReport, value: MissingValue) -> dict[str, Cell]:
    rules = ", ".join(value.rules)
    sheet, cell = _place(report, value.field)
    return {
        "message": f"{OUTCOMES[OutcomeKind.UNKNOWN]}: thiếu {value.label} – ảnh hưởng {rules}",
        "severity": OUTCOMES[OutcomeKind.UNKNOWN],
        "given": "(chưa ghi)",
        "expected": value.label,
        "remedy": f"Ghi {value.label} rồi gửi lại biểu",
        "sheet": sheet,
        "cell": plan.to_file(report, cell or WHOLE_FILE),
        "rule": rules,
    }


def _place(report: UnitReport, field: str) -> tuple[str, str]:
    """Return sheet and cell of a missing value, from the rules that lack it."""
    value = report.submission.values.get(field) if report.submission else None
    if value is not None:
        return value.sheet, value.cell
    for outcome in report.outcomes:
        if field in outcome.missing and outcome.cell:
            return outcome.sheet, outcome.cell
    return "", ""
