"""The small tables below the charts of “Tổng hợp”: what they draw, to be read and checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tdkt_batch.campaign.figure import Figure, FigurePlace
from tdkt_batch.campaign.tree import Share
from tdkt_batch.model import Finding, Life, Month, Severity
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    count_where,
    day_literal,
    literal,
    ratio,
    ratio_value,
    sum_where,
)
from tdkt_batch.summary import amounts, findings
from tdkt_batch.summary.amount_columns import DAY, planned_beside
from tdkt_batch.summary.plan import Plan, is_waived
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import LIVES

MOST_RULES = 8
MOST_SHARES = 12
"""More upright bars than these cannot be read."""
_GRAVE = (Severity.VIOLATION, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class CountFormula(Formula):
    """A formula that yields a whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class ChartTable:
    """A table: its heads, the label's and the figures', and its lines, a label first."""

    heads: tuple[str, ...]
    styles: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]
    title: str = ""


# --- progress against the calendar ------------------------------------------------------------


def progress(plan: Plan, figure: Figure) -> ChartTable:
    """Return month by month what is done, what was planned, what the guidance wants by then.

    From the first window's opening to the last one's end, and to the report's month.
    Days come from each unit's latest report, so the first month of a ledger knows the
    months before it too; what is done on a day that is not known is said in the title.
    """
    declared, share = plan.campaign.figures, figure.share
    planned = planned_beside(declared, figure)
    windows = [level.window for level in plan.campaign.levels]
    month = min(Month.of(min(w.start for w in windows)), plan.report.month)
    last = max(*(w.end for w in windows), plan.report.month.first_day)
    lines = []
    while month.first_day <= last:
        line: list[Cell] = [month.vietnamese]
        line.append(None if plan.report.month < month else _until(plan, figure.id, month.last_day))
        line += [_until(plan, planned.id, month.last_day)] if planned else []
        line += [_due(plan, share.of, month.last_day)] if share else []
        lines.append(tuple(line))
        month = Month.of(date(month.year + month.number // 12, month.number % 12 + 1, 1))
    amounts_by_unit = plan.figures.by_id[figure.id].by_unit.values()
    undated = sum(one.value or 0 for one in amounts_by_unit if one.day is None)
    title = say.PROGRESS_TITLE.format(label=figure.label, measure=figure.measure)
    title += say.WITHOUT_DAY.format(number=write_number(undated)) if undated else ""
    heads = [say.UNTIL_END_OF, figure.label]
    heads += [planned.label] if planned else []
    heads += [say.DUE] if share else []
    return ChartTable(tuple(heads), ("number",) * (len(heads) - 1), tuple(lines), title)


def _until(plan: Plan, id_: str, end: date) -> Formula:
    """Return what of a figure happened by a day, added up over “Số liệu”."""
    days = amounts.cells(plan, id_ + DAY), f'"<="&{day_literal(end)}'
    by_unit = plan.figures.by_id[id_].by_unit.values()
    value = sum(one.value or 0 for one in by_unit if one.day is not None and one.day <= end)
    return Formula(sum_where(amounts.cells(plan, id_), days), value)


def _due(plan: Plan, expected: str, end: date) -> Formula:
    """Return the ``expected`` of the groups of units whose window has ended by a day."""
    codes = plan.figures.units_by_group
    wanted = [
        amounts.total(plan, expected, codes[group.name], group.name)
        for level in plan.campaign.levels
        for group in level.groups
        if level.window.end <= end and group.name in codes
    ]
    text = "+".join(one.text for one in wanted) or "0"
    return Formula(text, sum(int(one.value) for one in wanted))


# --- shares -----------------------------------------------------------------------------------


def shares_drawn(plan: Plan) -> list[Figure]:
    """Return the figures whose share is drawn by district: those held against a share."""
    charted = plan.campaign.figures.standing_in(FigurePlace.CHART)
    return [one for one in charted if one.share is not None and one.share.least]


def shares(plan: Plan, figure: Figure, first: int) -> ChartTable:
    """Return a figure's share by superior unit, over the figures that make it up.

    Of many places it is those with the lowest shares, beside what the campaign asks.
    ``first`` is the row that the first line will stand in.
    """
    share, figures, styles = figure.share, plan.figures, ("number", "number", "percent", "percent")
    if share is None:
        return ChartTable((), styles, ())
    base = plan.campaign.figures.figure(share.of)
    places = []
    for code, codes in figures.units_by_parent.items():
        superior = plan.campaign.unit_by_code.get(code)
        here = amounts.cells(plan, "parent"), literal(superior.name if superior else code)
        divided = amounts.quotient(plan, figure.id, codes, here) or ()
        part, whole = (CountFormula(one.text, int(one.value)) for one in divided)
        if whole.value:
            places.append((superior.name if superior else code, whole, part))
    lowest = ""
    if len(places) > MOST_SHARES:
        places = sorted(places, key=lambda one: one[2].value / one[1].value)[:MOST_SHARES]
        lowest = say.LOWEST.format(number=MOST_SHARES)
    value = plan.campaign.values.get(share.least)
    least = float(value.part) if isinstance(value, Share) else None
    lines: list[tuple[Cell, ...]] = []
    for row, (name, whole, part) in enumerate(places, start=first + 1):
        quotient = Formula(ratio(f"D{row}", f"C{row}"), ratio_value(part.value, whole.value))
        lines.append((name, whole, part, quotient, least))
    heads = (say.SUPERIOR, base.label, figure.label, say.SHARE, say.LEAST)
    title = say.SHARES_TITLE.format(label=figure.label, lowest=lowest)
    return ChartTable(heads, styles, tuple(lines), title)


# --- the rules most often broken --------------------------------------------------------------


def broken_rules(plan: Plan) -> ChartTable:
    """Return the rules with the most findings that stand, by severity, the most first."""
    counts = Counter(
        (one.code, one.severity)
        for _, one in plan.noted
        if isinstance(one, Finding) and one.severity in _GRAVE and not is_waived(one)
    )
    totals = Counter[str]()
    for (code, _), count in counts.items():
        totals[code] += count
    rules, severities, lives = (findings.cells(plan, one) for one in ("rule", "severity", "life"))
    standing = lives, f'"<>"&{literal(LIVES[Life.WAIVED])}'
    lines, words = [], plan.campaign.words.severities
    for code in sorted(totals, key=lambda one: (-totals[one], one))[:MOST_RULES]:
        figures: list[Cell] = [counts[code, one] for one in _GRAVE]
        if plan.lists_all:
            of_rule = rules, literal(code)
            figures = [
                Formula(
                    count_where(of_rule, (severities, literal(words[one])), standing),
                    counts[code, one],
                )
                for one in _GRAVE
            ]
        lines.append((plan.title_of(code), *figures))
    heads = (say.BROKEN_RULES_HEAD, *(words[one] for one in _GRAVE))
    return ChartTable(heads, ("number",) * len(_GRAVE), tuple(lines), say.BROKEN_RULES_TITLE)
