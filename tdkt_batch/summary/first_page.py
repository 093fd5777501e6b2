"""Sheet “Tiến độ”: how far, in time or not, where it is stuck, what is to be decided, on one page.

The weeks, and the names behind the counts, follow on the second. A level's pace comes from its
units' own planned days. Each unit is a mark that leads to its row; shape and colour say the
same, so that it prints in black and white.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace, Period
from tdkt_batch.figures.figure_lines import coverage_line
from tdkt_batch.figures.progress import (
    LevelProgress,
    headline_figure,
    progress_by_level,
    standings,
)
from tdkt_batch.figures.progress_words import (
    MARKS,
    by_tile_place,
    in_order_of_marks,
    judged,
    tile_label,
)
from tdkt_batch.model import Severity
from tdkt_batch.report import ConferenceState, Pace
from tdkt_batch.sheets.cells import Cell, Formula, Link, reference
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary import amounts, overview_text
from tdkt_batch.summary.calendar import calendar
from tdkt_batch.summary.names_behind import names_behind
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import lowered, write_day, write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.figures import STANDINGS

TILES = 24
"""How many marks stand in one row."""
_LABEL, _TILE = 33, 2.6
_CARDS = ((0, 0), (1, 8), (9, 16), (17, 24))
"""The first and the last column of each of the large figures."""
_GAP, _TILE_HEIGHT = 7.0, 14.0
_MOST_ROWS = 60
"""So many rows of marks are shown; who comes after them is found in the sheet of units."""
_PAGE_WIDTH = (8.27 - 2 * 0.4) * 72
_PAGE_HEIGHT = (11.69 - 0.45 - 0.6) * 72
"""What an upright A4 page holds between its margins, in points."""
_LEAST_SCALE = 0.835
"""So small the page may become for all that is asked to stand on it: nine points of eleven."""


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; nothing where no figure says how far the conferences are."""
    headline = headline_figure(plan.campaign)
    if headline is None:
        return
    page.set_widths([_LABEL, *[_TILE] * TILES])
    title = say.FIRST_PAGE_TITLE.format(campaign=plan.campaign.name).upper()
    page.title_block(plan.head, title)
    levels = progress_by_level(plan.figures, plan.report, headline)
    said, row = [(one, *judged(one)) for one in levels], 7
    for one, verdict, _ in said:
        look = ("lead", "bold") if one.pace in (Pace.SLOW, Pace.OVER) else ("lead",)
        page.prose(row, verdict, *look, size=12)
        row += 1
    row = _cards(page, plan, headline, levels, _gap(page, row))
    left = [(one.level.name, rest.strip()) for one, _, rest in said if rest]
    if left:
        row = _gap(page, row)
    for level, rest in left:
        words = say.OF_LEVEL.format(level=level, rest=rest) if left[1:] else rest
        page.prose(row, words, "lead", size=12)
        row += 1
    row = _tiles(page, plan, _gap(page, row))
    row = _decisions(page, plan, _gap(page, row))
    first = row + 2
    end = calendar(page, plan, first, TILES)
    end = names_behind(page, plan, levels, end + 1)
    scale = _PAGE_HEIGHT / page.height_of(first)
    if end > first + 1:
        row = end
        if scale >= _LEAST_SCALE:
            page.sheet.set_h_pagebreaks([first - 1])
    page.sheet.print_area(0, 0, row, TILES)
    page.scale_to(_PAGE_WIDTH, min(max(scale, _LEAST_SCALE), 1.0))
    page.sheet.center_horizontally()


def _gap(page: Page, row: int) -> int:
    """Leave a low row before the next part; return the row after it."""
    page.height(row, _GAP)
    return row + 1


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
            groups = [one.name for one in level.groups if plan.figures.units_by_group.get(one.name)]
            said = "; ".join([*groups[:1], *map(lowered, groups[1:])])
            end = write_day(level.window.end)
            page.merge(row, 0, TILES, say.TILES_LEVEL.format(groups=said, end=end), "bold")
            row += 1
        for name, members in places.items():
            if row - first >= _MOST_ROWS:
                more = say.MORE_TILES.format(sheet=say.UNITS, place=name)
                page.merge(row, 0, TILES, more, "prose", "italic")
                row += 1
                break
            label = tile_label(name, [standing[unit.code] for unit in members])
            told = in_order_of_marks(members, standing)
            for start in range(0, len(told), TILES):
                page.put(row, 0, "" if start else label, "prose")
                for column, unit in enumerate(told[start : start + TILES], start=1):
                    how = standing[unit.code]
                    target = reference(say.UNITS, plan.unit_rows[unit.code], 1)
                    tip = say.TILE_TIP.format(unit=unit.name, standing=STANDINGS[how])
                    page.put(row, column, Link(MARKS[how], target, tip), "tile", f"tile_{how}")
                page.height(row, _TILE_HEIGHT)
                row += 1
    return _legend(page, plan, standing, _gap(page, row))


def _legend(page: Page, plan: Plan, standing: Mapping[str, ConferenceState], row: int) -> int:
    """Write what the marks mean, how many there are of each, and whose report they rest on."""
    numbers = Counter(standing.values())
    shown = [one for one in ConferenceState if numbers[one]]
    for place, how in enumerate(shown):
        down, across = divmod(place, len(_LEGEND))
        mark, start, end = _LEGEND[across]
        page.put(row + down, mark, MARKS[how], "tile", f"tile_{how}")
        words = say.TILE_LEGEND.format(standing=STANDINGS[how], number=write_number(numbers[how]))
        page.merge(row + down, start, end, words)
    row += -(-len(shown) // len(_LEGEND))
    units_ = [one for one in plan.report.units if one.unit.code in standing]
    usable = sum(one.is_usable for one in units_)
    carried = sum(one.latest.carried for one in units_)
    excused = numbers[ConferenceState.EXCUSED]
    rest = len(units_) - usable - carried - excused
    # of these the mark says that the newer file could not be used
    marked = sum(
        one.latest.carried and standing[one.unit.code] is ConferenceState.UNUSABLE for one in units_
    )
    said = {"number": write_number(marked), "mark": MARKS[ConferenceState.UNUSABLE]}
    newer = say.WITH_MARK.format(**said) if marked else ""
    parts = [
        words.format(number=write_number(number), newer=newer)
        for words, number in (
            (say.WITH_REPORT, usable),
            (say.WITH_EARLIER, carried),
            (say.WITHOUT_REPORT, rest),
            (say.NOT_REQUIRED, excused),
        )
        if number
    ]
    number = write_number(len(units_))
    page.prose(row, say.TILES_ADD_UP.format(number=number, parts=", ".join(parts)), "prose")
    return row + 1


_LEGEND = ((1, 2, 8), (9, 10, 16), (17, 18, 24))
"""Of each column of the legend: where the mark stands, and from where to where its words."""


# --- what is to be decided ----------------------------------------------------------------------


def _decisions(page: Page, plan: Plan, row: int) -> int:
    """Write what only leadership can decide, with boxes to tick on paper; return the last row."""
    page.merge(row, 0, TILES, say.DECISIONS_SECTION, "section")
    asked = overview_text.decisions(plan, overview_text.ON_FIRST_PAGE)
    lines = asked
    if asked != [say.NO_DECISIONS]:
        lines = [*(f"{text}   {say.BOXES}" for text in asked), say.BOXES_NOTE]
    for down, text in enumerate(lines, start=row + 1):
        page.prose(down, text, "prose")
    return row + len(lines)
