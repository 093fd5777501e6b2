"""Sheet “Theo đơn vị”: one row a unit, its verdict and key figures, with a link to its findings.

A unit without a report of the month shows its last one, in another style and with
the month that it is of. The totals stand apart: of the month, and to date.
"""

from __future__ import annotations

from dataclasses import replace

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace, Period
from tdkt_batch.campaign.roles import Role
from tdkt_batch.figures.figure_lines import given_by
from tdkt_batch.figures.month_figures import is_share
from tdkt_batch.figures.unit_lines import Verdict
from tdkt_batch.figures.unit_lines import verdict as verdict_on
from tdkt_batch.model import Life, OutcomeKind, Severity
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    count_where,
    day_literal,
    literal,
    ratio,
    ratio_value,
    sum_where,
    within_sheet,
)
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import amounts
from tdkt_batch.summary.amount_columns import is_grave, is_printed
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import capital
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import HINDRANCES, LIVES, OUTCOMES, UNIT_STATES

_FIRST = SheetColumns.headed(
    say.UNITS_HEADS,
    ("number", 4.5, "center"), ("name", 26, "text"), ("state", 9, "center"),
    ("of_month", 7, "month"),
    ("stage", 13.6, "center"), ("planned_day", 9.7, "date"), ("held_day", 9.7, "date"),
)  # fmt: skip
_VERDICT = SheetColumns.headed(say.UNITS_HEADS, ("verdict", 20.8, "center"))
"""The last column that is printed."""
_FOR_SCREEN = SheetColumns.headed(
    say.UNITS_HEADS, ("code", 8, "plain"), ("kind", 13, "plain"), ("parent", 24, "plain")
)
"""What units are filtered by; on paper they stand below their superior."""
_DAYS = ("planned_day", "held_day")
"""The last of the first columns, which stand where the campaign asks for days."""
_TOTALS = 3
"""How many rows below the units tell of all: two totals and for how many units they stand."""
MARK = "x"
"""Marks a unit that a figure counts."""
_SHARE = ":share"
"""Ends the id of the column of a figure's share."""

_FOUND = (Counted.FINDINGS, Counted.OUTCOMES)
"""What of a figure's kinds is counted one by one; none is a dash."""
_CARRIED = ("of_month", "stage", "planned_day", "held_day")
"""What a unit's last report fills in when it has none of the month, besides figures to date."""
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


def columns_of(plan: Plan) -> SheetColumns:
    """Return the columns: the unit, its figures and verdict, then what is for the screen only."""
    declared, said = plan.campaign.figures, plan.campaign.words.said
    asks_days = Role.DATE in plan.campaign.roles.figures
    first = [one for one in _FIRST if asks_days or one.id not in _DAYS]
    printed, others = [replace(one, over=said(one.over)) for one in first], list[SheetColumn]()
    for figure in declared.standing_in(FigurePlace.UNITS):
        over = declared.section(figure.section).head
        style = "center" if _is_mark(figure) else "number"
        if figure.counted in _FOUND:
            style = "number dashed"
        columns = printed if is_printed(figure) else others
        columns.append(SheetColumn(figure.id, figure.short, _width(figure), style, over))
        if figure.share is not None:
            columns.append(SheetColumn(figure.id + _SHARE, say.SHARE, 7, "percent", over))
    return SheetColumns([*printed, *_VERDICT, *others, *_FOR_SCREEN])


def _width(figure: Figure) -> float:
    """Return the width of a figure's column: what is counted one by one is never large."""
    return 6 if _is_mark(figure) or figure.counted in _FOUND else 7


def _is_mark(figure: Figure) -> bool:
    return figure.counted is Counted.UNITS


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; colours of verdicts and counts say nothing that no word or figure says."""
    columns = columns_of(plan)
    printed = columns.index_of("verdict") + 1
    page.open_table(plan.head, columns, say.UNITS_TITLE, say.UNITS_NOTE, printed=printed)
    carried = [*_CARRIED, *(one.id for one in _figures(plan) if one.period is Period.TO_DATE)]
    for row, report in enumerate(plan.report.units, start=FIRST_ROW):
        looks = dict.fromkeys(carried, "carried") if report.latest.carried else {}
        page.row(row, columns, _record(plan, columns, row, report), looks=looks)
    _totals(page, plan, columns)
    first, last = FIRST_ROW, plan.last_unit_row
    page.print_table(last + _TOTALS - FIRST_ROW + 1, printed)
    for grade, word in verdicts(plan.campaign).items():
        if grade is not Verdict.PASS:
            place = first, columns.index_of("verdict"), last
            page.highlight(place, str(grade), "==", literal(word))
    for figure in _figures(plan):
        if is_grave(figure):
            page.highlight((first, columns.index_of(figure.id), last), figure.chosen[0], ">", 0)
    page.fold(plan.folded_rows)
    page.filter(first, last, columns)


def _figures(plan: Plan) -> tuple[Figure, ...]:
    return plan.campaign.figures.standing_in(FigurePlace.UNITS)


def cells(plan: Plan, id_: str) -> str:
    """Return the range over all units of a column that is no figure's."""
    return plan.unit_range(say.UNITS, columns_of(plan), id_)


def of_this_month(plan: Plan, months: str) -> tuple[str, str]:
    """Return the condition that holds where a column of months has the report's own."""
    return months, day_literal(plan.report.month.first_day)


def _record(plan: Plan, columns: SheetColumns, row: int, report: UnitReport) -> dict[str, Cell]:
    code, line = report.unit.code, plan.lines[report.unit.code]
    verdict = verdicts(plan.campaign).get(verdict_on(report), UNIT_STATES[report.state])
    if report.hindrance is not None:
        sent, _ = HINDRANCES[report.hindrance]
        verdict = capital(sent)
    record: dict[str, Cell] = {
        "number": plan.to_findings(code, row - FIRST_ROW + 1),
        "name": report.unit.name,
        "code": code,
        "kind": report.unit.kind,
        "parent": report.unit.superior,
        "state": plan.to_file(report, UNIT_STATES[report.state]),
        "of_month": line.of_month or NO_FIGURES,
        "stage": plan.stage_of(code),
        "planned_day": line.planned_day,
        "held_day": line.held_day,
        "verdict": plan.to_findings(code, verdict),
    }
    for figure in _figures(plan):
        value = _known(plan, figure.id, code)
        if value is None:
            continue
        there = amounts.cell_of(plan, figure.id, row)
        if _is_mark(figure):
            record[figure.id] = Formula(f'IF({there}=1,"{MARK}","")', MARK)
            continue
        record[figure.id] = Formula(there, value)
        whole = _known(plan, figure.share.of, code) if figure.share else None
        if figure.share is not None and whole is not None and is_share(figure, value, whole):
            ids = figure.id, figure.share.of
            a, b = (f"{xl_col_to_name(columns.index_of(id_))}{row + 1}" for id_ in ids)
            record[figure.id + _SHARE] = Formula(ratio(a, b), ratio_value(value, whole))
    return record


def _known(plan: Plan, id_: str, code: str) -> int | None:
    return plan.figures.by_id[id_].known.get(code)


def _totals(page: Page, plan: Plan, columns: SheetColumns) -> None:
    """Write two totals: of the units that reported this month, and of all to date."""
    last = plan.last_unit_row
    months = within_sheet(cells(plan, "of_month"))
    in_month = of_this_month(plan, months)
    sent = [one.unit.code for one in plan.report.units if one.is_usable and one.submission]
    here = [one.unit.code for one in plan.report.units]
    told = [code for code in here if plan.lines[code].of_month]
    month: dict[str, Cell] = {"name": say.IN_MONTH}
    month["of_month"] = Formula(count_where(in_month), len(sent))
    to_date: dict[str, Cell] = {"name": say.TO_DATE}
    to_date["of_month"] = Formula(f"COUNT({months})", len(told))
    for figure in _figures(plan):
        own = within_sheet(plan.unit_range(say.UNITS, columns, figure.id))
        known, is_month = plan.figures.by_id[figure.id].known, figure.period is Period.MONTH
        marked = ((own, literal(MARK)),) if _is_mark(figure) else ()
        reported = () if is_month else (in_month,)
        conditions = (*marked, *reported)
        some = sum(known.get(code, 0) for code in (here if is_month else sent))
        text = count_where(*conditions) if marked else f"SUM({own})"
        if reported and not marked:
            text = sum_where(own, in_month)
        month[figure.id] = Formula(text, some)
        if not is_month:
            text = f"COUNTIF({own},{literal(MARK)})" if marked else f"SUM({own})"
            to_date[figure.id] = Formula(text, sum(known.get(code, 0) for code in here))
    styled = SheetColumns(replace(c, style="center") if c.id == "of_month" else c for c in columns)
    for row, record in enumerate((month, to_date), start=last + 1):
        page.row(row, styled, record, "total")
    to_date_figures = (one for one in _figures(plan) if one.period is Period.TO_DATE)
    if said := given_by(plan.figures, to_date_figures):
        end = columns.index_of("verdict")
        page.merge(last + _TOTALS, 1, end, capital(said), "prose", "italic")
