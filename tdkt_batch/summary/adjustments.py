"""Sheet “Điều chỉnh”: what differs from the result that leadership signed, and why.

It stands only in a month that was issued and run again since.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.figure import Figure, FigurePlace
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.since_last_run import found_otherwise
from tdkt_batch.model import Finding
from tdkt_batch.report import EarlierResult, UnitReport, UnitState
from tdkt_batch.sheets.cells import Cell, Formula
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import HEAD_ROW, Page
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_moment, write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import DECISIONS, UNIT_STATES

COLUMNS = SheetColumns.headed(
    say.ADJUSTMENT_HEADS,
    ("number", 5, "center top"), ("name", 30, "text top"), ("what", 52, "text top"),
    ("then", 17, "text top"), ("now", 17, "text top"), ("difference", 10, "signed top"),
    ("why", 40, "text top small"),
)  # fmt: skip
_THEN, _NOW = COLUMNS.index_of("then"), COLUMNS.index_of("now")
_LAST = len(COLUMNS) - 1
_SHOWN = (FigurePlace.OVERVIEW, FigurePlace.DETAILS, FigurePlace.UNITS)
Record = dict[str, Cell]


def write(page: Page, plan: Plan) -> None:
    """Write the sheet: the province's figures that changed, then the units that changed them."""
    issued = plan.report.issued
    if issued is None:
        raise ValueError("nothing was issued that could be adjusted")
    page.set_widths(COLUMNS.widths)
    page.title_block(plan.head, say.ADJUSTMENTS_TITLE)
    page.fit_to_width()
    units = list(_units(plan, issued))
    changed = Counter(str(one["what"]) for one in units)
    totals = [one | _why_total(changed[str(one["what"])]) for one in _totals(plan, issued)]
    row = _part(page, HEAD_ROW, say.ADJUSTED_TOTALS_PART, totals, say.NO_ADJUSTED_TOTALS)
    page.sheet.set_h_pagebreaks([row + 1])
    _part(page, row + 1, say.ADJUSTED_UNITS_PART, units, say.NO_ADJUSTMENTS)


def _part(page: Page, row: int, title: str, records: list[Record], nothing: str) -> int:
    """Write a part from ``row`` on, a sentence where it is empty; return the row after it."""
    page.merge(row, 0, _LAST, title, "section")
    page.height(row, LINE + 6)
    row += 1
    if not records:
        page.merge(row, 0, _LAST, nothing, "prose")
        return row + 1
    for index, column in enumerate(COLUMNS):
        page.put(row, index, column.head, "head")
    page.height(row, LINE + 6)
    for number, record in enumerate(records, start=1):
        at = row + number
        figures = [record.get(one) for one in ("then", "now")]
        if any(isinstance(one, int) for one in figures):
            then, now = (one if isinstance(one, int) else 0 for one in figures)
            cells = f"{xl_col_to_name(_NOW)}{at + 1}-{xl_col_to_name(_THEN)}{at + 1}"
            record["difference"] = Formula(cells, now - then)
        page.row(at, COLUMNS, {"number": number} | record)
    return row + len(records) + 1


def _shown(figures: MonthFigures) -> list[Figure]:
    """Return the figures that leadership saw, in the order of their declaration.

    With each stand its plan and what its share is of.
    """
    declared = figures.campaign.figures.all
    shown = [one for one in declared if any(map(one.stands_in, _SHOWN))]
    beside = {one.plan for one in shown} | {one.share.of for one in shown if one.share}
    return [one for one in declared if one in shown or one.id in beside]


def _measured(figure: Figure) -> str:
    return say.MEASURED.format(label=figure.label, measure=figure.measure)


def _totals(plan: Plan, issued: EarlierResult) -> Iterator[Record]:
    for figure in _shown(plan.figures):
        then, now = issued.record.amounts.get(figure.id), plan.figures.total(figure.id).value
        if then is not None and sum(then.values()) != now:
            yield {"what": _measured(figure), "then": sum(then.values()), "now": now}


def _otherwise_by_unit(plan: Plan, issued: EarlierResult) -> Mapping[str, list[Record]]:
    """Return the units' figures that are not those of the issued result, by unit code."""
    otherwise: dict[str, list[Record]] = defaultdict(list)
    for figure in _shown(plan.figures):
        then, now = issued.record.amounts.get(figure.id), plan.figures.by_id[figure.id].known
        if then is None:
            continue
        for code in {**then, **now}:
            values = then.get(code), now.get(code)
            if (values[0] or 0) != (values[1] or 0):
                record: Record = {"what": _measured(figure), "then": values[0], "now": values[1]}
                otherwise[code].append(record)
    return otherwise


def _why_total(units: int) -> Record:
    """Return where a figure of the province changed: in so many units; one of files in none."""
    why = say.THROUGH_UNITS.format(number=write_number(units)) if units else None
    return {"name": say.PROVINCE, "why": why}


def _units(plan: Plan, issued: EarlierResult) -> Iterator[Record]:
    """Yield what changed, unit by unit in the report's order, then those that left."""
    units = {one.unit.code: one for one in plan.report.units}
    names = {unit.code: unit.name for unit in plan.campaign.units}
    left = [code for code in issued.record.states if code not in units]
    figures = _otherwise_by_unit(plan, issued)
    before = defaultdict(list)
    for finding in issued.record.findings:
        before[finding.unit].append(finding)
    for code in (*units, *left):
        unit, why = units.get(code), say.LEFT
        name: Cell = names.get(code, code)
        if unit is not None:
            why = _why(issued, unit, counts_otherwise=bool(figures.get(code)))
            name = plan.to_unit(code, unit.unit.name)
        changed = (
            *_state(issued.record.states.get(code), unit.state if unit else None),
            *figures.get(code, ()),
            *_findings(before[code], unit.findings if unit and unit.is_usable else ()),
        )
        for record in changed:
            yield {"name": name, **record, "why": why}


def _state(then: UnitState | None, now: UnitState | None) -> Iterator[Record]:
    if then is not now:
        states = [UNIT_STATES[one] if one is not None else None for one in (then, now)]
        yield {"what": say.STATE_OF_REPORT, "then": states[0], "now": states[1]}


def _findings(then: Iterable[Finding], now: Iterable[Finding]) -> Iterator[Record]:
    gone, found = found_otherwise(then, now)
    for sentence, findings in ((say.FOUND_NO_MORE, gone), (say.FOUND_NOW, found)):
        for one in findings:
            yield {"what": sentence.format(message=one.message)}


def _why(issued: EarlierResult, unit: UnitReport, *, counts_otherwise: bool) -> str:
    """Return why a unit stands, or its figures count, otherwise than in the issued result."""
    code = unit.unit.code
    if code not in issued.record.states:
        return say.JOINED
    reasons = []
    before = issued.files.get(code)
    now = unit.submission.source.sha256 if unit.is_usable and unit.submission else None
    if now != before:
        sentence = say.REPLACED_BY if before else say.CAME_SINCE
        if now is None or unit.received is None:
            sentence = say.COUNTED_NO_MORE
        moment = write_moment(unit.received) if unit.received else ""
        reasons.append(sentence.format(moment=moment))
    elif before is None and counts_otherwise and (told := unit.latest).carried and told.submission:
        month = told.submission.month.vietnamese
        reasons.append(say.COUNTED_BY_LAST.format(month=month))
    elif before is None and unit.state is not issued.record.states[code]:
        reasons.append(say.CAME_UNUSABLE)
    if decided := [DECISIONS[one.kind].lower() for one in issued.decided if one.unit == code]:
        reasons.append(say.DECIDED_BY_BOARD.format(decisions=", ".join(dict.fromkeys(decided))))
    return ". ".join(reasons) or say.JUDGED_OTHERWISE
