"""Sheet “Tiến độ”: how far, in time or not, where it is stuck, what is to be decided, on one page.

The weeks follow on the second. A level's pace comes from its units' own planned days. Each
unit is a mark that leads to its row; shape and colour say the same, so that it prints in
black and white.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace, Period
from tdkt_batch.campaign.roles import Role, Stage
from tdkt_batch.figures.figure_lines import coverage_line
from tdkt_batch.figures.progress import (
    LevelProgress,
    headline_figure,
    progress_by_level,
    standings,
)
from tdkt_batch.figures.progress_words import MARKS, by_place, by_tile_place, judgement
from tdkt_batch.figures.unit_lines import UnitLine
from tdkt_batch.model import Severity, Unit
from tdkt_batch.report import ConferenceState, Pace
from tdkt_batch.sheets.cells import Cell, Formula, Link, count_where, literal, reference, within
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary import amounts, overview_text, units
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.figures import STANDINGS, TILES_OF

TILES = 24
"""How many marks stand in one row."""
_LABEL, _TILE = 33, 2.6
_CARDS = ((0, 0), (1, 8), (9, 16), (17, 24))
"""The first and the last column of each of the large figures."""
_WEEKS = TILES // 2 - 2
"""How many weeks the calendar shows one by one, two columns each; before and after are one each."""
_FEWEST_WEEKS = 6
_MOST_ROWS = 60
"""So many rows of marks are shown; who comes after them is found in the sheet of units."""
_PAGE_WIDTH = (8.27 - 2 * 0.4) * 72
"""What an upright A4 page holds between its margins, in points."""


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; nothing where no figure says how far the conferences are."""
    headline = headline_figure(plan.campaign)
    if headline is None:
        return
    page.set_widths([_LABEL, *[_TILE] * TILES])
    title = say.FIRST_PAGE_TITLE.format(campaign=plan.campaign.name).upper()
    page.title_block(plan.head, title)
    levels = progress_by_level(plan.figures, plan.report, headline)
    row = 7
    for one in levels:
        look = ("lead", "bold") if one.pace in (Pace.SLOW, Pace.OVER) else ("lead",)
        page.prose(row, judgement(one), *look, size=12)
        row += 1
    row = _cards(page, plan, headline, levels, row + 1)
    row = _tiles(page, plan, row + 1)
    row = _decisions(page, plan, row + 1)
    end = _calendar(page, plan, row + 2)
    if end > row + 2:
        page.sheet.set_h_pagebreaks([row + 1])
        row = end
    page.sheet.print_area(0, 0, row, TILES)
    page.scale_to(_PAGE_WIDTH)
    page.sheet.center_horizontally()


# --- how far ----------------------------------------------------------------------------------


def _cards(
    page: Page, plan: Plan, headline: Figure, levels: Sequence[LevelProgress], row: int
) -> int:
    """Write the large figures, each with what it is below it; return the row after."""
    cards = [*_cards_of_levels(plan, headline, levels), *_cards_of_reports(plan)]
    for (first, last), (value, words, look) in zip(_CARDS, cards[: len(_CARDS)], strict=False):
        page.merge(row, first, last, value, "card", look)
        page.merge(row + 1, first, last, words, "card_words", look)
    page.height(row, 36)
    page.height(row + 1, 3 * LINE)
    return row + 2


_LOOKS: Mapping[Pace, str] = {
    Pace.SLOW: "violation",
    Pace.OVER: "violation",
    Pace.UNSURE: "warning",
}


def _cards_of_levels(
    plan: Plan, headline: Figure, levels: Sequence[LevelProgress]
) -> Iterator[tuple[Cell, str, str]]:
    """Yield how many of each level have held it, of one whose time is to come have planned it."""
    base = headline.share.of if headline.share else headline.id
    for one in levels[:2]:
        figure, words = headline.id, say.CARD_HELD
        if one.pace is Pace.NOT_BEGUN and headline.plan:
            figure, words = headline.plan, say.CARD_PLANNED
        groups = [g.name for g in one.level.groups if g.name in plan.figures.units_by_group]
        texts, values = [], []
        for id_ in (figure, base):
            totals = [
                amounts.total(plan, id_, plan.figures.units_by_group[name], name) for name in groups
            ]
            texts.append("+".join(total.text for total in totals))
            values.append(sum(int(total.value) for total in totals))
        said = words.format(level=one.level.name, end=write_day(one.level.window.end))
        yield _of_all(texts, values), said, _LOOKS.get(one.pace, "notice")


def _cards_of_reports(plan: Plan) -> Iterator[tuple[Cell, str, str]]:
    """Yield how many units reported, and what was found against the guidance."""
    line = coverage_line(plan.figures, Period.MONTH)
    if line is not None and line.figure.share is not None:
        totals = [amounts.total(plan, id_) for id_ in (line.figure.id, line.figure.share.of)]
        of_all = _of_all([one.text for one in totals], [int(one.value) for one in totals])
        yield of_all, line.figure.label, "notice"
    for figure in plan.campaign.figures.standing_in(FigurePlace.OVERVIEW):
        if figure.counted is Counted.FINDINGS and figure.chosen == (str(Severity.VIOLATION),):
            known = plan.figures.by_id[figure.id].known
            at = write_number(sum(value > 0 for value in known.values()))
            words = say.CARD_FOUND.format(label=figure.label, units=at)
            yield amounts.total(plan, figure.id), words, "notice"


def _of_all(texts: Sequence[str], values: Sequence[int]) -> Formula:
    part, whole = texts
    return Formula(f'({part})&"/"&({whole})', f"{values[0]}/{values[1]}")


# --- a mark a unit ------------------------------------------------------------------------------


def _tiles(page: Page, plan: Plan, row: int) -> int:
    """Write a mark for each unit, by superior, then by group; return the row after the legend."""
    page.merge(row, 0, TILES, page.said(say.TILES_TITLE), "section")
    row += 1
    standing, first = standings(plan.figures, plan.report), row
    for level in plan.campaign.levels:
        places = by_tile_place(plan.figures, plan.report, level)
        if places:
            page.merge(row, 0, TILES, level.name, "bold")
            row += 1
        for name, members in places.items():
            if row - first >= _MOST_ROWS:
                more = say.MORE_TILES.format(sheet=say.UNITS, place=name)
                page.merge(row, 0, TILES, more, "prose", "italic")
                row += 1
                break
            held = sum(standing[unit.code] is ConferenceState.HELD for unit in members)
            excused = sum(standing[unit.code] is ConferenceState.EXCUSED for unit in members)
            label = TILES_OF.format(name=name, held=held, number=len(members) - excused)
            for start in range(0, len(members), TILES):
                page.put(row, 0, "" if start else label, "prose")
                for column, unit in enumerate(members[start : start + TILES], start=1):
                    how = standing[unit.code]
                    target = reference(say.UNITS, plan.unit_rows[unit.code], 1)
                    tip = say.TILE_TIP.format(unit=unit.name, standing=STANDINGS[how])
                    page.put(row, column, Link(MARKS[how], target, tip), "tile", f"tile_{how}")
                row += 1
    # what the marks mean, and how many there are of each
    numbers = Counter(standing.values())
    shown = [one for one in ConferenceState if numbers[one]]
    for place, how in enumerate(shown):
        down, across = divmod(place, len(_LEGEND))
        mark, start, end = _LEGEND[across]
        page.put(row + down, mark, MARKS[how], "tile", f"tile_{how}")
        words = say.TILE_LEGEND.format(standing=STANDINGS[how], number=write_number(numbers[how]))
        page.merge(row + down, start, end, words)
    return row + -(-len(shown) // len(_LEGEND))


_LEGEND = ((1, 2, 8), (9, 10, 16), (17, 18, 24))
"""Of each column of the legend: where the mark stands, and from where to where its words."""


# --- the calendar -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """Days that one cell of the calendar counts, and what stands above them."""

    head: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def _rows_of(plan: Plan, members: Sequence[Unit]) -> list[tuple[tuple[str, str], ...]]:
    """Return the conditions that hold in a place's rows of the sheet of units, to be added up.

    LibreOffice finds no blank cell in a column that is blank throughout, so who has no
    superior is told by its kind alone where that tells it.
    """
    parents = units.cells(plan, "parent")
    if members[0].superior:
        return [((parents, literal(members[0].superior)),)]
    below = {one.unit.kind for one in plan.report.units if one.unit.superior}
    return [
        ((units.cells(plan, "kind"), literal(kind)), *[(parents, literal("="))] * (kind in below))
        for kind in dict.fromkeys(unit.kind for unit in members)
    ]


_DAYS = ((Stage.HELD, "held_day"), (Stage.PLANNED, "planned_day"))
"""Which day counts at a stage, by its column in the sheet of units."""


def _day(line: UnitLine, stage: Stage) -> date:
    """Return the day that counts for a unit at a stage; the first of all where it has none."""
    day = line.held_day if stage is Stage.HELD else line.planned_day
    return day if day is not None and line.stage is stage else date.min


def _spans(plan: Plan) -> list[_Span]:
    """Return the weeks up to the end of the running windows, and what lies before and after."""
    until = plan.report.received_until.date()
    windows = [level.window for level in plan.campaign.levels if level.window.start <= until]
    end = max([window.end for window in windows] or [until])
    end = max(end, until)
    monday = end - timedelta(days=end.weekday())
    days = [_day(one, stage) for one in plan.lines.values() for stage, _ in _DAYS]
    first_day = min((day for day in days if day > date.min), default=until)
    weeks_to_show = min(max((monday - first_day).days // 7 + 2, _FEWEST_WEEKS), _WEEKS)
    mondays = [monday - timedelta(weeks=number) for number in reversed(range(weeks_to_show))]
    first, after = mondays[0], monday + timedelta(days=7)
    weeks = [_Span(f"{d.day}/{d.month}", d, d + timedelta(days=6)) for d in mondays]
    before = _Span(say.BEFORE, date(1901, 1, 1), first - timedelta(days=1))
    return [before, *weeks, _Span(say.AFTER, after, date(2199, 12, 31))]


def _calendar(page: Page, plan: Plan, row: int) -> int:
    """Write how many conferences were held or are planned in each week, by superior, by group."""
    until = plan.report.received_until.date()
    begun = [level for level in plan.campaign.levels if level.window.start <= until]
    places = {
        name: units
        for level in begun
        for name, units in by_place(plan.figures, plan.report, level).items()
    }
    if Role.DATE not in plan.campaign.roles.figures or not 0 < len(places) <= _MOST_ROWS:
        return row
    page.merge(row, 0, TILES, page.said(say.CALENDAR_TITLE), "section")
    spans = _spans(plan)
    ends = {level.window.end for level in plan.campaign.levels}
    head = row + 1
    page.put(head, 0, page.said(say.CALENDAR_HEAD), "head")
    for number, span in enumerate(spans):
        marks = [say.CUT_OFF.format(day=until.day, month=until.month)] if until in span else []
        due = [day for day in sorted(ends) if day in span and span.head != say.AFTER]
        marks += [say.END_DAY.format(day=day.day, month=day.month) for day in due]
        look = ("head", "edge") if marks else ("head",)
        text = "\n".join((span.head, *marks))
        page.merge(head, 2 * number + 1, 2 * number + 2, text, *look)
    page.height(head, 3 * LINE)
    stages = units.cells(plan, "stage")
    of_days = [
        (stage, units.cells(plan, id_), literal(plan.campaign.roles.stages.get(stage, "")))
        for stage, id_ in _DAYS
    ]
    for down, (place, members) in enumerate(places.items(), start=head + 1):
        page.put(down, 0, place, "text")
        lines = [plan.lines[unit.code] for unit in members]
        here = _rows_of(plan, members)
        for number, span in enumerate(spans):
            texts, value = [], 0
            for stage, days, word in of_days:
                spanned = within(days, span.first, span.last)
                texts += [count_where(*where, (stages, word), *spanned) for where in here]
                value += sum(_day(one, stage) in span for one in lines)
            page.merge(
                down, 2 * number + 1, 2 * number + 2, Formula("+".join(texts), value), "week"
            )
    end = head + len(places)
    page.sheet.conditional_format(head + 1, 1, end, TILES, dict(_SHADES))
    page.merge(end + 1, 0, TILES, say.CALENDAR_NOTE, "prose", "italic")
    return end + 2


_SHADES = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#7FAEE0"}


# --- what is to be decided ----------------------------------------------------------------------


def _decisions(page: Page, plan: Plan, row: int) -> int:
    """Write what only leadership can decide, with boxes to tick on paper; return the last row."""
    page.merge(row, 0, TILES, say.DECISIONS_SECTION, "section")
    asked = overview_text.decisions(plan)
    lines = asked
    if asked != [say.NO_DECISIONS]:
        lines = [*(f"{text}   {say.BOXES}" for text in asked), say.BOXES_NOTE]
    for down, text in enumerate(lines, start=row + 1):
        page.prose(down, text, "prose")
    return row + len(lines)
