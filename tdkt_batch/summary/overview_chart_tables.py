"""The small tables below the charts of “Tổng hợp”: what they draw, to be read and checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

import pandas as pd

from tdkt_batch.campaign.definition import KindGroup
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.campaign.tree import Share
from tdkt_batch.figures.statistics import line_of
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
from tdkt_batch.summary import delegates, districts, findings, units
from tdkt_batch.summary.plan import Plan, is_waived
from tdkt_batch.vietnamese.writing import lowered
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


def progress(plan: Plan) -> ChartTable:
    """Return month by month what is held, what was planned, what the guidance wants by then.

    From the first window's opening to the last one's end, and to the report's month.
    Days of conferences come from each unit's latest report, so the first month of
    a ledger knows the months before it too.
    """
    windows = [level.window for level in plan.campaign.levels]
    month = min(Month.of(min(w.start for w in windows)), plan.report.month)
    last = max(*(w.end for w in windows), plan.report.month.first_day)
    lines = []
    while month.first_day <= last:
        lines.append(_of_month(plan, month))
        month = Month.of(date(month.year + month.number // 12, month.number % 12 + 1, 1))
    return ChartTable(say.PROGRESS_HEADS, ("number",) * 4, tuple(lines), say.PROGRESS_TITLE)


def _of_month(plan: Plan, month: Month) -> tuple[Cell, ...]:
    """Return a month's line; due are the units whose window has ended with the month."""
    rows, end = districts.rows_of(plan), month.last_day

    def until(column: str) -> Formula:
        text = count_where((units.cells(plan, column), f'"<="&{day_literal(end)}'))
        known = plan.statistics.units[column].dropna()
        return Formula(text, sum(day <= end for day in known))

    done = [
        group.name
        for level in plan.campaign.levels
        for group in level.groups
        if level.window.end <= end and group.name in rows.groups
    ]
    cells = [districts.cell_of(rows.groups[name], "expected") for name in done]
    by_group = plan.statistics.by_group
    due = Formula(
        "+".join(cells) or "0", sum(int(line_of(by_group, name)["expected"]) for name in done)
    )
    past = (one for one in plan.report.past if one.month == month)
    reported: Cell = next((one.month_figures.get("reported") for one in past), None)
    if month == plan.report.month:
        cell = districts.cell_of(rows.total, "reported")
        reported = Formula(cell, int(plan.statistics.overall["reported"]))
    held = None if plan.report.month < month else until("held_day")
    return month.vietnamese, held, until("planned_day"), due, reported


# --- the share of the exemplary ---------------------------------------------------------------


def exemplary(plan: Plan, first: int) -> ChartTable:
    """Return by district the exemplary among the delegates in force of its communes.

    Communes are the group of units, most in number, that have a superior. Of many
    districts it is those with the lowest shares, beside what the campaign asks at the
    communes' level. ``first`` is the row that the first line will stand in.
    """
    styles = ("number", "number", "percent", "percent")
    below = plan.statistics.units[plan.statistics.units["parent"] != ""]
    counts = Counter(below["group"])
    groups = [g for level in plan.campaign.levels for g in level.groups if counts[g.name]]
    if not groups:
        return ChartTable(say.EXEMPLARY_HEADS, styles, ())
    group = max(groups, key=lambda one: counts[one.name])
    places, lowest = list(_in_force(plan, group)), ""
    if len(places) > MOST_SHARES:
        places = sorted(places, key=lambda one: one[2].value / one[1].value)[:MOST_SHARES]
        lowest = say.LOWEST.format(number=MOST_SHARES)
    form = next(level.form for level in plan.campaign.levels if group in level.groups)
    asked = (one.share for one in plan.campaign.compositions if one.form == form)
    value = plan.campaign.values.get(next(asked, ""))  # noqa: PD011 — no frame
    least = float(value.part) if isinstance(value, Share) else None
    lines: list[tuple[Cell, ...]] = []
    for row, (name, total, part) in enumerate(places, start=first + 1):
        share = Formula(ratio(f"D{row}", f"C{row}"), ratio_value(part.value, total.value))
        lines.append((name, total, part, share, least))
    of = say.OF_GROUP.format(group=lowered(group.name))
    title = plan.campaign.words.said(say.EXEMPLARY_TITLE).format(of=of, lowest=lowest)
    return ChartTable(say.EXEMPLARY_HEADS, styles, tuple(lines), title)


def _in_force(plan: Plan, group: KindGroup) -> Iterator[tuple[str, CountFormula, CountFormula]]:
    """Yield by superior unit all delegates and the exemplary, over units that gave both.

    Actual figures count where the conference was held, else the planned ones.
    """
    roles, frame = ("total", "exemplary"), plan.statistics.units
    mine = frame[(frame["group"] == group.name) & (frame["parent"] != "")]
    is_held = mine["stage"] == "held"
    total, part = (mine[f"actual_{r}"].where(is_held, mine[f"planned_{r}"]) for r in roles)
    both = total.notna() & part.notna()
    sums = pd.DataFrame({"total": total[both], "exemplary": part[both]})
    parents, kinds, stages = (units.cells(plan, one) for one in ("parent", "kind", "stage"))
    held = literal(plan.campaign.roles.stages[Stage.HELD])
    by_stage = {"actual": held, "planned": f'"<>"&{held}'}
    cells = {
        prefix: {one: delegates.cells(plan, f"{prefix}_{one}") for one in roles}
        for prefix in by_stage
    }
    by_parent = sums.groupby(mine["parent_name"][both], sort=False).sum()
    for name, line in by_parent.iterrows():
        texts: dict[str, list[str]] = {role: [] for role in roles}
        for (prefix, stage), kind in product(by_stage.items(), group.kinds):
            here = (parents, literal(str(name))), (kinds, literal(kind)), (stages, stage)
            given = [(one, '">=0"') for one in cells[prefix].values()]
            for role in roles:
                texts[role].append(sum_where(cells[prefix][role], *here, *given))
        if line["total"]:
            whole, some = (CountFormula("+".join(texts[r]), int(line[r])) for r in roles)
            yield str(name), whole, some


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
        lines.append((f"{code}  {plan.title_of(code)}", *figures))
    heads = (say.BROKEN_RULES_HEAD, *(words[one] for one in _GRAVE))
    return ChartTable(heads, ("number",) * len(_GRAVE), tuple(lines), say.BROKEN_RULES_TITLE)
