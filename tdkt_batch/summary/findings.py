"""Sheet “Nội dung cần xem xét”: every finding in words, unit by unit, the gravest first.

A finding whose explanation the board accepted stays in sight, last in its unit
and in another style.
"""

from __future__ import annotations

from tdkt_batch.figures.unit_lines import MissingValue, Verdict
from tdkt_batch.model import Decision, Finding, OutcomeKind
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import Cell, column_range
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Noted, Plan, is_waived, rank
from tdkt_batch.vietnamese.writing import lowered, write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import DECISIONS, LIVES, OUTCOMES

COLUMNS = SheetColumns.headed(
    say.FINDINGS_HEADS,
    ("number", 4.5, "center top"), ("name", 17, "text top"),
    ("message", 36, "text top"), ("severity", 11, "center top"), ("life", 8.5, "center top"),
    ("given", 18, "text top"), ("expected", 18, "text top"), ("remedy", 28, "text top"),
    ("explanation", 13, "text top"), ("clause", 8, "center top"),
    ("answer", 18, "text top"), ("difference", 10, "text top"),
    ("month", 8, "center top"), ("since", 8, "center top"), ("months_open", 7, "number top"),
    ("common", 11, "mark top"), ("quote", 60, "plain top"),
    ("file", 30, "plain top"), ("sheet", 12, "plain top"), ("cell", 7, "plain top"),
    ("rule", 9, "plain top"), ("unit", 9, "plain top"), ("parent", 22, "plain top"),
    ("unit_number", 7, "center top"),
)  # fmt: skip
LAST_PRINTED = COLUMNS.index_of("clause")
"""What lies to the right is for looking up on the screen: months, the guidance's words, the file.

It does not wrap: no printed row is higher for it.
"""
MARK = "x"
"""Marks a fault that so many units share that the form or the guide is to be mended."""


def write(page: Page, plan: Plan, *, has_codes: bool = True) -> None:
    """Write the sheet; units, who know no rule by its code, are shown it without."""
    printed = LAST_PRINTED + 1
    columns = SheetColumns(one for one in COLUMNS if has_codes or one.id != "rule")
    page.open_table(plan.head, columns, say.FINDINGS_TITLE, say.FINDINGS_NOTE, printed=printed)
    most = overflow_files.MOST_ROWS
    last = FIRST_ROW + max(len(plan.noted[:most]), 1) - 1
    page.print_table(_asked(plan) if plan.noted else 1, printed)
    if not plan.noted:
        page.merge(FIRST_ROW, 0, LAST_PRINTED, say.NO_FINDINGS, "center")
        return
    for row, (report, noted) in enumerate(plan.noted[:most], start=FIRST_ROW):
        record = _record(plan, report, noted)
        record["number"] = plan.to_unit(report.unit.code, row - FIRST_ROW + 1)
        if is_waived(noted):
            page.row(row, columns, record, "waived")
        else:
            grade = "unknown" if isinstance(noted, MissingValue) else str(noted.severity)
            page.row(row, columns, record, looks={"severity": grade})
    page.filter(FIRST_ROW, last, columns)
    left_out = [
        _record(plan, report, noted) | {"number": number}
        for number, (report, noted) in enumerate(plan.noted[most:], start=most + 1)
    ]
    page.leave_out(columns, left_out, most, say.FINDINGS_LEFT_OUT)


def _asked(plan: Plan) -> int:
    """Return how many rows are of units of which more than a notice is said: they stand first."""
    notice = tuple(Verdict).index(Verdict.NOTICE)
    asked = {report.unit.code for report, noted in plan.noted if rank(noted) < notice}
    shown = plan.noted[: overflow_files.MOST_ROWS]
    return sum(report.unit.code in asked for report, _ in shown)


def cells(plan: Plan, id_: str) -> str:
    """Return a column's range over all findings, as formulas of other sheets name it."""
    last = FIRST_ROW + max(len(plan.noted), 1) - 1
    return column_range(say.FINDINGS, COLUMNS.index_of(id_), FIRST_ROW, last)


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
    return {
        "month": finding.month.vietnamese,
        "message": finding.message,
        "severity": plan.campaign.words.severities[finding.severity],
        "life": LIVES[finding.life],
        "since": (finding.since or finding.month).vietnamese,
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
        "cell": plan.to_file(report, finding.cell or say.WHOLE_FILE),
        "rule": finding.code,
    }


def answer(decision: Decision | None) -> str:
    """Return in words what the board decided of a finding, why, who and until when."""
    if decision is None:
        return ""
    reason = f": {decision.reason}" if decision.reason else ""
    signed = [decision.approver, decision.clause]
    if decision.until:
        signed.append(say.UNTIL_MONTH.format(month=decision.until.vietnamese))
    said = "; ".join(one for one in signed if one)
    return DECISIONS[decision.kind] + reason + (f" ({said})" if said else "")


def _of_missing(plan: Plan, report: UnitReport, value: MissingValue) -> dict[str, Cell]:
    """Return the row of a missing value; the rules that lack it may know its cell.

    What a silent unit owes has neither file nor cell.
    """
    given = report.submission.values.get(value.field) if report.submission else None
    lacking = (o for o in report.outcomes if value.field in o.missing and o.cell)
    place = next(lacking, None) if given is None else given
    sheet, cell = (place.sheet, place.cell) if place else ("", "")
    message, remedy = say.MISSING, say.MISSING_REMEDY
    if value.waiting:
        message, remedy = say.OWED_VALUE, say.OWED_VALUE_REMEDY
    said = {
        "label": value.label,
        "titles": "; ".join(lowered(plan.title_of(one)) for one in value.rules),
        "number": write_number(value.waiting or len(value.rules)),
    }
    return {
        "message": message.format(**said),
        "severity": OUTCOMES[OutcomeKind.UNKNOWN],
        "given": say.NOT_WRITTEN,
        "expected": value.label,
        "remedy": remedy.format(label=value.label),
        "sheet": sheet,
        "cell": plan.to_file(report, cell or say.WHOLE_FILE),
        "rule": ", ".join(value.rules),
    }
