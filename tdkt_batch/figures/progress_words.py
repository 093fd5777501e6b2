"""What the progress of conferences says in words and marks: the same in the book and the report."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.campaign.definition import Level
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.progress import LevelProgress, place_of
from tdkt_batch.model import Unit
from tdkt_batch.report import ConferenceState, MonthReport, Pace
from tdkt_batch.vietnamese.writing import write_day, write_number, write_percent
from tdkt_batch.wording import figures as say

_SLOWEST = 4
"""So many places are named in which most conferences are left."""
_FEWEST = 3
"""A place with fewer units has its marks with the others of its group."""
MARKS: Mapping[ConferenceState, str] = {
    ConferenceState.HELD: "●",
    ConferenceState.PLANNED: "○",
    ConferenceState.PAST_ITS_DAY: "!",
    ConferenceState.NO_PLAN: "◊",
    ConferenceState.DOUBTFUL: "?",
    ConferenceState.UNUSABLE: "▲",
    ConferenceState.SILENT: "–",
    ConferenceState.CANCELLED: "×",
    ConferenceState.EXCUSED: "m",
}


def judgement(one: LevelProgress) -> str:
    """Return in one sentence how far a level is, and whether it will be in time."""
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
        "forecast": write_percent(one.in_time, one.expected),
        "days": write_number(abs(one.days_left)),
        "start": write_day(one.level.window.start),
        "end": write_day(one.level.window.end),
    }
    said = say.PACES[one.pace].format(**places)
    if one.pace in (Pace.NOT_BEGUN, Pace.DONE):
        return said
    left = [
        say.OPEN_OF.format(number=write_number(number), state=say.OPEN_STATES[state])
        for state, number in sorted(one.open.items(), key=lambda pair: -pair[1])
    ]
    if left:
        number = write_number(sum(one.open.values()))
        words = say.OPEN_AFTER if one.pace is Pace.OVER else say.OPEN
        said += words.format(number=number, states=", ".join(left))
    slowest = sorted(one.places.items(), key=lambda pair: pair[1][0] - pair[1][1])
    worst = [
        say.LEFT_IN.format(name=name, left=of - held, held=held, number=of)
        for name, (held, of) in slowest[:_SLOWEST]
        if held < of and len(slowest) > _SLOWEST
    ]
    return said + (say.SLOWEST.format(places="; ".join(worst)) if worst else "")


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
