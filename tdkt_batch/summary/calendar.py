"""The calendar behind “Tiến độ”: how many conferences each place held or plans in each week.

Weeks are cut after the cut-off and after each deadline, so that a line there parts what was
held from what is planned, and what comes in time from what comes too late.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tdkt_batch.campaign.roles import Role, Stage
from tdkt_batch.figures.progress import standings
from tdkt_batch.figures.progress_words import MARKS, by_tile_place
from tdkt_batch.figures.unit_lines import UnitLine
from tdkt_batch.model import Unit
from tdkt_batch.report import ConferenceState
from tdkt_batch.sheets.cells import Formula, count_where, literal, within
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary import units
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import summary as say

_MOST_ROWS = 60
_FEWEST_WEEKS = 6
_FIRST, _LAST = date(1901, 1, 1), date(2199, 12, 31)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Span:
    """Days that one cell of the calendar counts, and what stands above them."""

    head: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def calendar(page: Page, plan: Plan, row: int, columns: int) -> int:
    """Write the calendar in so many columns beside the names; return the row after it."""
    until = plan.report.received_until.date()
    begun = [level for level in plan.campaign.levels if level.window.start <= until]
    places = [
        (level, name, members)
        for level in begun
        for name, members in by_tile_place(plan.figures, plan.report, level).items()
    ]
    if Role.DATE not in plan.campaign.roles.figures or not 0 < len(places) <= _MOST_ROWS:
        return row
    page.merge(row, 0, columns, page.said(say.CALENDAR_TITLE), "section")
    ends = sorted({level.window.end for level in begun})
    spans = _spans(plan, ends, columns // 2)
    head = row + 1
    page.put(head, 0, page.said(say.CALENDAR_HEAD), "head")
    edges = []
    for number, span in enumerate(spans):
        marks = []
        if span.last == until:
            marks.append(say.CUT_OFF.format(day=until.day, month=until.month))
        marks += [say.END_DAY.format(day=d.day, month=d.month) for d in ends if d == span.last]
        edges.append(["edge"] if marks else [])
        page.merge(head, *_columns(number), "\n".join((span.head, *marks)), "head", *edges[-1])
    page.height(head, 3 * LINE)
    below = {one.unit.kind for one in plan.report.units if one.unit.superior}
    for down, (level, place, members) in enumerate(places, start=head + 1):
        page.put(down, 0, place, "text")
        lines, rows = [plan.lines[unit.code] for unit in members], _rows_of(plan, members, below)
        for number, span in enumerate(spans):
            late = ["late"] if span.first > level.window.end else []
            cell = _counted(plan, lines, rows, span)
            page.merge(down, *_columns(number), cell, "week", *late, *edges[number])
    end = head + len(places)
    page.sheet.conditional_format(head + 1, 1, end, columns, dict(_SHADES))
    # the tile of these shows what came last; their days are those of the report before
    standing = standings(plan.figures, plan.report)
    shown = (unit.code for _, _, members in places for unit in members)
    earlier = sum(
        standing[code] is ConferenceState.UNUSABLE and plan.lines[code].stage is not None
        for code in shown
    )
    note = say.CALENDAR_NOTE
    if earlier:
        mark = MARKS[ConferenceState.UNUSABLE]
        note += say.CALENDAR_OF_EARLIER.format(number=write_number(earlier), mark=mark)
    page.merge(end + 1, 0, columns, note, "prose", "italic")
    return end + 2


_SHADES = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#7FAEE0"}


def _columns(number: int) -> tuple[int, int]:
    """Return the first and the last column of a span's cells."""
    return 2 * number + 1, 2 * number + 2


def _spans(plan: Plan, ends: Sequence[date], most: int) -> list[_Span]:
    """Return the weeks up to the last end, cut where something ends, and what lies around them."""
    until = plan.report.received_until.date()
    end = max(*ends, until)
    days = [_day(one, stage) for one in plan.lines.values() for stage, _ in _DAYS]
    first_day = min((day for day in days if day > date.min), default=until)
    monday = end - timedelta(days=end.weekday())
    weeks = max((monday - first_day).days // 7 + 1, _FEWEST_WEEKS)
    cuts = {monday - timedelta(weeks=number) for number in range(weeks)}
    cuts |= {day + _DAY for day in (until, *ends)}
    shown = sorted(cuts)[-(most - 1) :]
    heads = [f"{day.day}/{day.month}" for day in shown[:-1]]
    after = say.AFTER_THE_END if end in ends else say.AFTER
    return [
        _Span(say.BEFORE, _FIRST, shown[0] - _DAY),
        *(
            _Span(head, first, following - _DAY)
            for head, (first, following) in zip(heads, pairwise(shown), strict=True)
        ),
        _Span(after, shown[-1], _LAST),
    ]


_DAYS = ((Stage.HELD, "held_day"), (Stage.PLANNED, "planned_day"))
"""Which day counts at a stage, by its column in the sheet of units."""


def _day(line: UnitLine, stage: Stage) -> date:
    """Return the day that counts for a unit at a stage; the first of all where it has none."""
    day = line.held_day if stage is Stage.HELD else line.planned_day
    return day if day is not None and line.stage is stage else date.min


_Conditions = tuple[tuple[str, str], ...]
"""What holds in some rows of the sheet of units: cells, and what they hold."""


def _counted(
    plan: Plan, lines: Sequence[UnitLine], rows: Sequence[_Conditions], span: _Span
) -> Formula:
    """Return how many of these units held their conference in a span, or plan it there."""
    stages, texts, value = units.cells(plan, "stage"), [], 0
    for stage, id_ in _DAYS:
        word = literal(plan.campaign.roles.stages.get(stage, ""))
        spanned = within(units.cells(plan, id_), span.first, span.last)
        texts += [count_where(*where, (stages, word), *spanned) for where in rows]
        value += sum(_day(one, stage) in span for one in lines)
    return Formula("+".join(texts), value)


def _rows_of(plan: Plan, members: Sequence[Unit], below: Collection[str]) -> list[_Conditions]:
    """Return the conditions that hold in a place's rows of the sheet of units, to be added up.

    Of the kinds ``below`` some units have a superior. LibreOffice finds no blank cell in a
    column that is blank throughout, so who has no superior is told by its kind alone where that
    tells it.
    """
    parents = units.cells(plan, "parent")
    superiors = dict.fromkeys(unit.superior for unit in members if unit.superior)
    alone = dict.fromkeys(unit.kind for unit in members if not unit.superior)
    return [
        *(((parents, literal(superior)),) for superior in superiors),
        *(
            (
                (units.cells(plan, "kind"), literal(kind)),
                *[(parents, literal("="))] * (kind in below),
            )
            for kind in alone
        ),
    ]
