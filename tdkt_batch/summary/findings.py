"""Sheet “Nội dung cần xem xét”: every finding in words, unit by unit, the gravest first.

A finding whose explanation the board accepted stays in sight, last in its unit
and in another style.
"""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.figures.unit_figures import MissingValue
from tdkt_batch.model import Decision, Finding, OutcomeKind
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets import overflow
from tdkt_batch.sheets.cells import Cell
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import FINDINGS, Noted, Plan, is_waived
from tdkt_batch.wording.shared import DECISIONS, LIVES, OUTCOMES, SEVERITIES

_TEXT, _LIFE, _WHERE = "text top", "Theo dõi qua các tháng", "Vị trí trong tệp"
COLUMNS = SheetColumns((
    SheetColumn("number", "STT", 4.5, "center top"),
    SheetColumn("name", "Đơn vị", 19, _TEXT),
    SheetColumn("month", "Tháng", 7, "center top"),
    SheetColumn("message", "Nội dung", 36, _TEXT),
    SheetColumn("severity", "Mức độ", 12, "center top"),
    SheetColumn("life", "Vòng đời", 9.5, "center top", _LIFE),
    SheetColumn("since", "Từ tháng", 7, "center top", _LIFE),
    SheetColumn("months_open", "Số tháng", 6, "number top", _LIFE),
    SheetColumn("common", "Sai sót phổ biến", 6.5, "mark top", _LIFE),
    SheetColumn("given", "Đơn vị ghi", 15, _TEXT),
    SheetColumn("expected", "Yêu cầu", 15, _TEXT),
    SheetColumn("difference", "Chênh lệch", 9, _TEXT),
    SheetColumn("remedy", "Cách hoàn thiện", 26, _TEXT),
    SheetColumn("explanation", "Giải trình của đơn vị", 15, _TEXT),
    SheetColumn("answer", "Ý kiến của Ban", 15, _TEXT),
    SheetColumn("clause", "Căn cứ", 8, "center top"),
    SheetColumn("quote", "Trích Hướng dẫn", 32, "text top small"),
    SheetColumn("file", "Tệp", 15, "code top", _WHERE),
    SheetColumn("sheet", "Trang", 8, "code top", _WHERE),
    SheetColumn("cell", "Ô", 5, "code top", _WHERE),
    SheetColumn("rule", "Mã căn cứ", 6.5, "code top"),
    SheetColumn("unit", "Mã đơn vị", 7.5, "code top"),
    SheetColumn("parent", "Huyện, ngành", 17, "text top small"),
    SheetColumn("unit_number", "STT đơn vị", 7, "center top"),
))  # fmt: skip
LAST_PRINTED = COLUMNS.index_of("clause")
"""What lies to the right is for looking up on the screen: the guidance's words, the file."""
MARK = "x"
"""Marks a fault that so many units share that the form or the guide is to be mended."""
WHOLE_FILE = "tệp"
"""Stands in the column of cells for what concerns the whole file."""
NOTHING = "Không có nội dung nào cần xem xét."


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    widths = [column.width for column in COLUMNS]
    page.set_widths(widths[: LAST_PRINTED + 1])
    page.title_block(
        plan.head,
        "BIỂU TỔNG HỢP NỘI DUNG CẦN XEM XÉT",
        "Bấm STT: đến dòng của đơn vị; bấm ô: đến tệp trong sổ tiếp nhận",
    )
    page.set_widths(widths)
    page.table_head(COLUMNS)
    page.repeat_and_freeze(2)
    page.fit_to_width()
    shown = plan.noted[: overflow.MOST_ROWS]
    last = FIRST_ROW + max(len(shown), 1) - 1
    page.sheet.print_area(0, 0, last, LAST_PRINTED)
    if not plan.noted:
        page.merge(FIRST_ROW, 0, len(COLUMNS) - 1, NOTHING, "center")
        return
    for row, (report, noted) in enumerate(shown, start=FIRST_ROW):
        record = _record(plan, report, noted)
        record["number"] = plan.to_unit(report.unit.code, row - FIRST_ROW + 1)
        _write(page, row, record, noted)
    page.filter(FIRST_ROW, last, COLUMNS)
    _keep_the_rest(page, plan, len(shown))


def _keep_the_rest(page: Page, plan: Plan, shown: int) -> None:
    """Keep what does not fit into the sheet in a file that the title block names."""
    if plan.lists_all:
        return
    records = [
        _record(plan, report, noted) | {"number": number}
        for number, (report, noted) in enumerate(plan.noted[shown:], start=shown + 1)
    ]
    path = page.rest.keep(FINDINGS, COLUMNS, records)
    page.notice(overflow.notice(shown, len(plan.noted), "nội dung", path))


def _write(page: Page, row: int, record: Mapping[str, Cell], noted: Noted) -> None:
    waived = ("waived",) if is_waived(noted) else ()
    for index, column in enumerate(COLUMNS):
        graded = (_grade(noted),) if column.id == "severity" and not waived else ()
        page.put(row, index, record.get(column.id), *column.style.split(), *waived, *graded)


def _grade(noted: Noted) -> str:
    return "unknown" if isinstance(noted, MissingValue) else str(noted.severity)


def _record(plan: Plan, report: UnitReport, noted: Noted) -> dict[str, Cell]:
    record: dict[str, Cell] = {
        "name": report.unit.name,
        "month": plan.report.month.vietnamese,
        "file": plan.file_name(report),
        "unit": report.unit.code,
        "parent": plan.district_of(report),
        "unit_number": plan.unit_rows[report.unit.code] - FIRST_ROW + 1,
    }
    if isinstance(noted, MissingValue):
        return record | _of_missing(plan, report, noted)
    return record | _of_finding(plan, report, noted)


def _of_finding(plan: Plan, report: UnitReport, finding: Finding) -> dict[str, Cell]:
    explained = report.submission.explanations if report.submission else {}
    since = finding.since or finding.month
    return {
        "month": finding.month.vietnamese,
        "message": finding.message,
        "severity": SEVERITIES[finding.severity],
        "life": LIVES[finding.life],
        "since": since.vietnamese,
        "months_open": finding.months_open,
        "common": MARK if finding.code in plan.common else "",
        "given": finding.given,
        "expected": finding.expected,
        "difference": finding.difference,
        "remedy": finding.remedy,
        "explanation": finding.explanation or explained.get(finding.code, ""),
        "answer": answer(finding.decision),
        "clause": finding.clause,
        "quote": f"“{finding.quote}”" if finding.quote else "",
        "sheet": finding.sheet,
        "cell": plan.to_file(report, finding.cell or WHOLE_FILE),
        "rule": finding.code,
    }


def answer(decision: Decision | None) -> str:
    """Return in words what the board decided of a finding, why, who and until when."""
    if decision is None:
        return ""
    parts = [DECISIONS[decision.kind]]
    if decision.reason:
        parts.append(f": {decision.reason}")
    signed = [decision.approver, decision.clause]
    if decision.until:
        signed.append(f"đến tháng {decision.until.vietnamese}")
    said = "; ".join(one for one in signed if one)
    return "".join(parts) + (f" ({said})" if said else "")


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
