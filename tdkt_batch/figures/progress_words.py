"""What the progress of conferences says in words and marks: the same in the book and the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from tdkt_batch.campaign.definition import Level
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.progress import LevelProgress, place_of
from tdkt_batch.model import Unit
from tdkt_batch.report import ConferenceState, MonthReport, Pace
from tdkt_batch.vietnamese.writing import write_day, write_number, write_percent
from tdkt_batch.wording import figures as say

_Place = tuple[str, int, int]
"""A place's name, how many conferences were held there, and of how many."""
_MOST_LEFT, _LOWEST, _MOST_TIED = 3, 2, 2
"""So many places are named in which most conferences are left, or the least share was held,
and so many more that stand as the last of them."""
_FEWEST = 3
"""A place with fewer units has its marks with the others of its group, and its share is no one's
lowest."""
MARKS: Mapping[ConferenceState, str] = {
    ConferenceState.HELD: "●",
    ConferenceState.PLANNED: "○",
    ConferenceState.PLANNED_LATE: "►",
    ConferenceState.PAST_ITS_DAY: "!",
    ConferenceState.NO_PLAN: "◊",
    ConferenceState.DOUBTFUL: "?",
    ConferenceState.UNUSABLE: "▲",
    ConferenceState.SILENT: "–",
    ConferenceState.CANCELLED: "×",
    ConferenceState.EXCUSED: "m",
}


def judgement(one: LevelProgress) -> str:
    """Return how far a level is, whether it will be in time, and where it is stuck."""
    return "".join(judged(one))


def judged(one: LevelProgress) -> tuple[str, str]:
    """Return the judgement in two: the verdict in one sentence, and what is left where."""
    # of whom nothing is known may be in time all the same
    is_unclear = one.unclear or one.open.get(ConferenceState.UNUSABLE)
    places = {
        "level": one.level.name,
        "held": write_number(one.held),
        "expected": write_number(one.expected),
        "share": write_percent(one.held, one.expected),
        "planned": write_number(one.planned),
        "left": write_number(one.expected - one.held - one.unclear),
        "unclear": write_number(one.unclear),
        "least": say.AT_LEAST if is_unclear else "",
        "due": write_number(one.due),
        "in_time": write_number(one.in_time),
        "forecast": write_percent(one.in_time, one.expected),
        "days": write_number(abs(one.days_left)),
        "start": write_day(one.level.window.start),
        "end": write_day(one.level.window.end),
    }
    is_behind = one.pace is Pace.SLOW and one.due > one.held
    said = (say.BEHIND if is_behind else say.PACES[one.pace]).format(**places)
    if one.pace in (Pace.NOT_BEGUN, Pace.DONE):
        return said, ""
    rest = ""
    left = [
        say.OPEN_OF.format(number=write_number(len(codes)), state=say.OPEN_STATES[state])
        for state, codes in one.open.items()
    ]
    if left:
        number = write_number(sum(map(len, one.open.values())))
        words = say.OPEN_AFTER if one.pace is Pace.OVER else say.OPEN
        rest = words.format(number=number, states=", ".join(left))
    return said, rest + _where_stuck(one)


def _where_stuck(one: LevelProgress) -> str:
    """Say which places have held the least share, and where most is left; nothing of few places."""
    places = [(name, held, of) for name, (held, of) in one.places.items() if held < of]
    if len(one.places) <= _MOST_LEFT:
        return ""
    large = [place for place in places if place[2] >= _FEWEST]
    by_share = _first(large, lambda place: Fraction(place[1], place[2]), _LOWEST)
    lowest = [say.LOWEST_IN.format(name=name, held=held, of=of) for name, held, of in by_share]
    left = [
        say.LEFT_IN.format(name=name, left=of - held)
        for name, held, of in _first(
            places, lambda place: Fraction(place[1] - place[2]), _MOST_LEFT
        )
    ]
    said = say.LOWEST.format(places=", ".join(lowest)) if lowest else ""
    return said + (say.MOST_LEFT.format(places=", ".join(left)) if left else "")


def _first(places: Sequence[_Place], key: Callable[[_Place], Fraction], most: int) -> list[_Place]:
    """Return the first places by a key, with all that stand as the last of them.

    Where these would be too many, those before them; so none is named beside its equal that
    is not.
    """
    ranked = sorted(places, key=key)
    if len(ranked) <= most:
        return ranked
    last = key(ranked[most - 1])
    tied = [place for place in ranked if key(place) <= last]
    return tied if len(tied) <= most + _MOST_TIED else [p for p in ranked if key(p) < last]


def in_order_of_marks(units: Sequence[Unit], standing: Mapping[str, ConferenceState]) -> list[Unit]:
    """Return a place's units as their marks stand in the legend."""
    order = tuple(ConferenceState)
    return sorted(units, key=lambda unit: order.index(standing[unit.code]))


def tile_label(name: str, states: Sequence[ConferenceState]) -> str:
    """Return a place's name, how many of it have held their conference, and of how many."""
    of = len(states) - states.count(ConferenceState.EXCUSED)
    return say.TILES_OF.format(name=name, held=states.count(ConferenceState.HELD), number=of)


def by_place(figures: MonthFigures, report: MonthReport, level: Level) -> dict[str, list[Unit]]:
    """Return a level's units by superior, then who has none by group, in the report's order."""
    own = [one.unit for one in report.units if one.unit.level == level.id]
    places: dict[str, list[Unit]] = {}
    for unit in (*(u for u in own if u.superior), *(u for u in own if not u.superior)):
        places.setdefault(place_of(figures.lines[unit.code]), []).append(unit)
    return places


def by_tile_place(
    figures: MonthFigures, report: MonthReport, level: Level
) -> dict[str, list[Unit]]:
    """Return a level's units by place; those of very small places together, by group."""
    places: dict[str, list[Unit]] = {}
    for name, units in by_place(figures, report, level).items():
        for unit in units:
            group = figures.lines[unit.code].group
            places.setdefault(name if len(units) >= _FEWEST else group, []).append(unit)
    return places
