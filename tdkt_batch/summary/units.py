"""Sheet “Theo đơn vị”: one row a unit, its verdict and key figures, with a link to its findings.

A unit without a report of the month shows its last one, in another style and with
the month that it is of. The totals stand apart: of the month, and to date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.unit_figures import SEVERITIES, WAIVED, Verdict
from tdkt_batch.model import Life, OutcomeKind, Severity
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    count_where,
    day_literal,
    literal,
    ratio_value,
    sum_where,
    within_sheet,
)
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import findings
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import capital
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import HINDRANCES, LIVES, OUTCOMES, UNIT_STATES

COLUMNS = SheetColumns.headed(
    say.UNITS_HEADS,
    ("number", 4.5, "center"), ("name", 27, "text"), ("code", 8, "code"),
    ("kind", 11.5, "text tiny"), ("parent", 16, "text tiny"), ("state", 9.5, "center"),
    ("of_month", 8, "month"),
    ("stage", 14.5, "center"), ("planned_day", 10.5, "date"), ("held_day", 10.5, "date"),
    ("overdue", 6, "mark"), ("past_plan", 6, "mark"),
    ("planned_total", 7, "number"), ("actual_total", 7, "number"), ("share", 7.5, "percent"),
    ("violation", 6.5, "number"), ("warning", 6.5, "number"), ("notice", 5.5, "number"),
    ("arithmetic", 6, "number"), ("reading", 6, "number"), ("unknown", 6.5, "number"),
    ("waived", 7, "number"),
    ("verdict", 20, "center"),
)  # fmt: skip
MARK = "x"
"""Marks a unit whose conference is overdue, or past its own planned day."""

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


def verdicts(campaign: Campaign) -> dict[Verdict, str]:
    """Return what stands against a unit's report, in the campaign's words."""
    words = campaign.words.severities
    return {
        Verdict.VIOLATION: words[Severity.VIOLATION],
        Verdict.ARITHMETIC: words[Severity.ARITHMETIC],
        Verdict.READING: words[Severity.READING],
        Verdict.WARNING: words[Severity.WARNING],
        Verdict.ERROR: OUTCOMES[OutcomeKind.ERROR],
        Verdict.UNKNOWN: OUTCOMES[OutcomeKind.UNKNOWN],
        Verdict.NOTICE: words[Severity.NOTICE],
        Verdict.WAIVED: LIVES[Life.WAIVED],
        Verdict.PASS: OUTCOMES[OutcomeKind.PASS],
    }


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; colours of verdicts and counts say nothing that no word or figure says."""
    page.open_table(plan.head, COLUMNS, say.UNITS_TITLE, say.UNITS_NOTE)
    for row, report in enumerate(plan.report.units, start=FIRST_ROW):
        looks = dict.fromkeys(_CARRIED, "carried") if report.latest.carried else {}
        line = plan.statistics.lines[report.unit.code]
        page.row(row, COLUMNS, _record(plan, row, report, line), looks=looks)
    _totals(page, plan)
    first, last = FIRST_ROW, plan.last_unit_row
    for grade, word in verdicts(plan.campaign).items():
        if grade is not Verdict.PASS:
            place = first, COLUMNS.index_of("verdict"), last
            page.highlight(place, str(grade), "==", literal(word))
    for severity in ("violation", "warning"):
        page.highlight((first, COLUMNS.index_of(severity), last), severity, ">", 0)
    page.fold(plan.folded_rows)
    page.filter(first, last, COLUMNS)


def cells(plan: Plan, id_: str) -> str:
    """Return a column's range over all units, as formulas of other sheets name it."""
    return plan.unit_range(say.UNITS, COLUMNS, id_)


def of_this_month(plan: Plan, months: str) -> tuple[str, str]:
    """Return the condition that holds where a column of months has the report's own."""
    return months, day_literal(plan.report.month.first_day)


def _record(plan: Plan, row: int, report: UnitReport, line: Mapping[str, Any]) -> dict[str, Cell]:
    code = report.unit.code
    verdict = verdicts(plan.campaign).get(Verdict(str(line["verdict"])), UNIT_STATES[report.state])
    if report.hindrance is not None:
        sent, _ = HINDRANCES[report.hindrance]
        verdict = capital(sent)
    # the share of the exemplary delegates in force; nothing where one figure is missing
    prefix = "actual" if line["stage"] == "held" else "planned"
    part, whole = line[f"{prefix}_exemplary"], line[f"{prefix}_total"]
    is_known = isinstance(part, int) and isinstance(whole, int)
    record: dict[str, Cell] = {
        "number": plan.to_findings(code, row - FIRST_ROW + 1),
        "name": report.unit.name,
        "code": code,
        "kind": report.unit.kind,
        "parent": str(line["parent_name"]),
        "state": plan.to_file(report, UNIT_STATES[report.state]),
        "of_month": line["of_month"] or NO_FIGURES,
        "stage": plan.campaign.roles.stages.get(line["stage"], ""),
        "planned_day": line["planned_day"],
        "held_day": line["held_day"],
        **{one: MARK if line[one] else "" for one in _MARKED},
        **{one: line[one] for one in _TO_DATE},
        "share": ratio_value(part, whole) if is_known else None,
        "verdict": plan.to_findings(code, verdict),
    }
    if report.is_usable or report.outcomes or report.findings:
        record |= _counts(plan, row, line)
    return record


def _counts(plan: Plan, row: int, line: Mapping[str, Any]) -> dict[str, Cell]:
    """Return the unit's counts: of its findings by severity, of its rules not decided.

    The unit is told by its number: codes like 03386 and 3386 are one to COUNTIFS.
    """
    counts: dict[str, Cell] = {id_: int(line[id_]) for id_ in _OF_THE_MONTH}
    if not plan.noted or not plan.lists_all:
        return counts
    numbers, severities, lives = (
        findings.cells(plan, id_) for id_ in ("unit_number", "severity", "life")
    )
    own, waived = (numbers, f"$A{row + 1}"), literal(LIVES[Life.WAIVED])
    for severity, words in plan.campaign.words.severities.items():
        text = count_where(own, (severities, literal(words)), (lives, f'"<>"&{waived}'))
        counts[severity] = Formula(text, int(line[severity]))
    counts[WAIVED] = Formula(count_where(own, (lives, waived)), int(line[WAIVED]))
    return counts


def _totals(page: Page, plan: Plan) -> None:
    """Write two totals: of the units that reported this month, and of all to date."""
    ranges = {column.id: within_sheet(cells(plan, column.id)) for column in COLUMNS}
    in_month, mark = of_this_month(plan, ranges["of_month"]), literal(MARK)
    of_month = {
        "of_month": count_where(in_month),
        **{id_: sum_where(ranges[id_], in_month) for id_ in _TO_DATE},
        **{id_: count_where((ranges[id_], mark), in_month) for id_ in _MARKED},
        **{id_: f"SUM({ranges[id_]})" for id_ in _OF_THE_MONTH},
    }
    to_date = {
        "of_month": f"COUNT({ranges['of_month']})",
        **{id_: f"SUM({ranges[id_]})" for id_ in _TO_DATE},
        **{id_: f"COUNTIF({ranges[id_]},{mark})" for id_ in _MARKED},
    }
    columns = SheetColumns(replace(c, style="center") if c.id == "of_month" else c for c in COLUMNS)
    for row, (name, texts, figures) in enumerate(
        ((say.IN_MONTH, of_month, plan.month), (say.TO_DATE, to_date, plan.to_date)),
        start=plan.last_unit_row + 1,
    ):
        record: dict[str, Cell] = {"name": name}
        for id_, text in texts.items():
            column = "reported" if id_ == "of_month" else id_
            record[id_] = Formula(text, int(figures.overall[column]))
        page.row(row, columns, record, "total")
