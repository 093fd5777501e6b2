"""The small tables below the overview's charts: what they draw, to be read and checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from tdkt_batch.campaign.definition import KindGroup
from tdkt_batch.campaign.tree import Share
from tdkt_batch.figures.statistics import line_of
from tdkt_batch.model import Finding, Life, Month, Severity
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    column_range,
    count_where,
    day_literal,
    literal,
    ratio,
    ratio_value,
    sum_where,
)
from tdkt_batch.sheets.page import FIRST_ROW
from tdkt_batch.summary import delegates, districts, findings, units
from tdkt_batch.summary.plan import DELEGATES, FINDINGS, OVERVIEW, UNITS, Plan, is_waived
from tdkt_batch.summary.sentences import lowered
from tdkt_batch.wording.shared import LIVES, SEVERITIES

MOST_RULES = 8
MOST_PLACES, MOST_SHARES = 25, 12
"""More bars than these cannot be read, lying and standing; the sheet of districts has all."""
_GRAVE = (Severity.VIOLATION, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Count(Formula):
    """A formula that yields a whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its heads, the label's and the figures', and its lines, a label first."""

    heads: tuple[str, ...]
    styles: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]


# --- progress against the calendar ------------------------------------------------------------


def progress(plan: Plan) -> Table:
    """Return month by month what is held, what was planned, what the guidance wants by then.

    Days of conferences come from each unit's latest report, so the first month of
    a ledger knows the months before it too.
    """
    return Table(
        ("Đến hết tháng", "Đã tổ chức (lũy kế)", "Theo kế hoạch (lũy kế)", "Phải xong theo HD",
         "Đơn vị báo cáo"),
        ("number", "number", "number", "number"),
        tuple(_of_month(plan, month) for month in _months(plan)),
    )  # fmt: skip


def _months(plan: Plan) -> Iterator[Month]:
    """Yield the months from the first window's opening to the last one's end, and the report's."""
    windows = [level.window for level in plan.campaign.levels]
    month = min(Month.of(min(w.start for w in windows)), plan.report.month)
    last = max(w.end for w in windows)
    while month.first_day <= max(last, plan.report.month.first_day):
        yield month
        month = Month.of(date(month.year + month.number // 12, month.number % 12 + 1, 1))


def _of_month(plan: Plan, month: Month) -> tuple[Cell, ...]:
    is_past = not plan.report.month < month
    held = _until(plan, "held_day", month) if is_past else None
    return (
        month.vietnamese,
        held,
        _until(plan, "planned_day", month),
        _due(plan, month),
        _reported(plan, month),
    )


def _until(plan: Plan, column: str, month: Month) -> Formula:
    days = plan.unit_range(UNITS, units.COLUMNS, column)
    text = count_where((days, f'"<="&{day_literal(month.last_day)}'))
    known = plan.statistics.units[column].dropna()
    return Formula(text, sum(day <= month.last_day for day in known))


def _due(plan: Plan, month: Month) -> Formula:
    """Return how many units' window has ended with the month."""
    rows = districts.layout_of(plan).groups
    done = [
        group.name
        for level in plan.campaign.levels
        for group in level.groups
        if level.window.end <= month.last_day and group.name in rows
    ]
    cells = [districts.cell_of(rows[name], "expected") for name in done]
    by_group = plan.statistics.by_group
    value = sum(int(line_of(by_group, name)["expected"]) for name in done)
    return Formula("+".join(cells) or "0", value)


def _reported(plan: Plan, month: Month) -> Cell:
    if month == plan.report.month:
        total = districts.layout_of(plan).total
        value = int(plan.statistics.overall["reported"])
        return Formula(districts.cell_of(total, "reported"), value)
    past = (one for one in plan.report.past if one.month == month)
    return next((one.month_figures.get("reported") for one in past), None)


# --- the share of the exemplary ---------------------------------------------------------------


def exemplary_group(plan: Plan) -> KindGroup | None:
    """Return the group of units, most in number, that have a superior: the communes."""
    subordinate = plan.statistics.units[plan.statistics.units["parent"] != ""]
    counts = Counter(subordinate["group"])
    groups = [g for level in plan.campaign.levels for g in level.groups if counts[g.name]]
    return max(groups, key=lambda group: counts[group.name], default=None)


def least_share(plan: Plan, group: KindGroup) -> float | None:
    """Return the share that the campaign asks of the exemplary at this group's level."""
    form = next((lv.form for lv in plan.campaign.levels if group in lv.groups), "")
    names = (one.share for one in plan.campaign.compositions if one.form == form)
    share = plan.campaign.values.get(next(names, ""))  # noqa: PD011 — no frame
    return float(share.part) if isinstance(share, Share) else None


def exemplary(plan: Plan, first: int) -> Table:
    """Return by district the exemplary among the delegates in force of its communes.

    ``first`` is the row that the first line will stand in.
    """
    group = exemplary_group(plan)
    least = least_share(plan, group) if group else None
    lines: list[tuple[Cell, ...]] = []
    for name, total, part in _lowest(list(_in_force(plan, group))) if group else ():
        row = first + len(lines) + 1
        share = Formula(ratio(f"D{row}", f"C{row}"), ratio_value(part.value, total.value))
        lines.append((name, total, part, share, least))
    return Table(
        ("Huyện, thành phố", "Tổng số đại biểu", "Điển hình tiên tiến", "Tỷ lệ", "Mức quy định"),
        ("number", "number", "percent", "percent"),
        tuple(lines),
    )


def _lowest(
    places: list[tuple[str, Count, Count]],
) -> list[tuple[str, Count, Count]]:
    """Return the places as registered; of many those with the lowest shares."""
    if len(places) <= MOST_SHARES:
        return places
    return sorted(places, key=lambda one: one[2].value / one[1].value)[:MOST_SHARES]


def _in_force(plan: Plan, group: KindGroup) -> Iterator[tuple[str, Count, Count]]:
    """Yield by superior unit all delegates and the exemplary, over units that gave both.

    Actual figures count where the conference was held, else the planned ones.
    """
    frame = plan.statistics.units
    mine = frame[(frame["group"] == group.name) & (frame["parent"] != "")]
    held = mine["stage"] == "held"
    total, part = (
        mine[f"actual_{role}"].where(held, mine[f"planned_{role}"])
        for role in ("total", "exemplary")
    )
    both = total.notna() & part.notna()
    sums = pd.DataFrame({"total": total[both], "exemplary": part[both]})
    by_parent = sums.groupby(mine["parent_name"][both], sort=False).sum()
    for name, line in by_parent.iterrows():
        if line["total"]:
            yield (
                str(name),
                _sum_in_force(plan, group, str(name), "total", int(line["total"])),
                _sum_in_force(plan, group, str(name), "exemplary", int(line["exemplary"])),
            )


def _sum_in_force(plan: Plan, group: KindGroup, parent: str, role: str, value: int) -> Count:
    columns = delegates.columns_of(plan.statistics)
    parents, kinds, stages = (
        plan.unit_range(UNITS, units.COLUMNS, one) for one in ("parent", "kind", "stage")
    )
    held = literal(plan.campaign.roles.stages["held"])
    texts = []
    for prefix, stage in (("actual", held), ("planned", f'"<>"&{held}')):
        cells = {
            one: plan.unit_range(DELEGATES, columns, f"{prefix}_{one}")
            for one in ("total", "exemplary")
        }
        given = [(cells[one], '">=0"') for one in cells]
        for kind in group.kinds:
            here = ((parents, literal(parent)), (kinds, literal(kind)), (stages, stage))
            texts.append(sum_where(cells[role], *here, *given))
    return Count("+".join(texts), value)


def exemplary_title(plan: Plan) -> str:
    """Return what the chart of the exemplary is called."""
    group = exemplary_group(plan)
    of = f" của {lowered(group.name)}" if group else ""
    places = len(list(_in_force(plan, group))) if group else 0
    lowest = f" ({MOST_SHARES} nơi thấp nhất)" if places > MOST_SHARES else ""
    return f"Tỷ lệ đại biểu điển hình tiên tiến{of} theo huyện, thành phố{lowest}"


# --- the rules most often broken --------------------------------------------------------------


def broken_rules(plan: Plan) -> Table:
    """Return the rules with the most findings that stand, by severity, the most first."""
    counts = Counter(
        (one.code, one.severity)
        for _, one in plan.noted
        if isinstance(one, Finding) and one.severity in _GRAVE and not is_waived(one)
    )
    totals = Counter[str]()
    for (code, _), count in counts.items():
        totals[code] += count
    most = sorted(totals, key=lambda code: (-totals[code], code))[:MOST_RULES]
    return Table(
        ("Căn cứ", *(SEVERITIES[one] for one in _GRAVE)),
        ("number",) * len(_GRAVE),
        tuple(_of_rule(plan, code, counts) for code in most),
    )


def _of_rule(plan: Plan, code: str, counts: Counter[tuple[str, Severity]]) -> tuple[Cell, ...]:
    last = FIRST_ROW + len(plan.noted) - 1
    rules, severities, lives = (
        column_range(FINDINGS, findings.COLUMNS.index_of(one), FIRST_ROW, last)
        for one in ("rule", "severity", "life")
    )
    waived = literal(LIVES[Life.WAIVED])
    cells = [
        Formula(
            count_where(
                (rules, literal(code)),
                (severities, literal(SEVERITIES[one])),
                (lives, f'"<>"&{waived}'),
            ),
            counts[code, one],
        )
        for one in _GRAVE
    ]
    figures = cells if plan.lists_all else [one.value for one in cells]
    return (f"{code}  {plan.title_of(code)}", *figures)


def range_in(column: str, first: int, last: int) -> str:
    """Return the range of a table's column on the overview, as a chart names it."""
    return f"='{OVERVIEW}'!${column}${first + 1}:${column}${last + 1}"
