"""How far the conferences are, level by level against the calendar, and unit by unit.

A forecast comes from the units' own planned days alone: who plans a day after the time is
over, has passed its own day or has no plan, will by its own word not be in time; of who
said nothing nobody knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tdkt_batch.campaign.definition import Campaign, Level
from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.unit_lines import UnitLine
from tdkt_batch.report import ConferenceState, MonthReport, Pace, UnitReport, UnitState

_BY_STAGE: Mapping[Stage, ConferenceState] = {
    Stage.HELD: ConferenceState.HELD,
    Stage.NONE: ConferenceState.NO_PLAN,
    Stage.CANCELLED: ConferenceState.CANCELLED,
}


def standing_of(report: UnitReport, line: UnitLine, until: date, end: date) -> ConferenceState:
    """Return how a unit stands on the day of the month's moment, by its latest report.

    A planned day that has passed tells nothing of whose file could not be used or came too
    late: it may say that the conference was held. One after ``end``, when its level's time
    is over, or none at all, is a plan that will not be in time.
    """
    if report.state is UnitState.NOT_REQUIRED and line.of_month is None:
        return ConferenceState.EXCUSED
    if line.stage is None:
        if line.of_month is not None:
            return ConferenceState.DOUBTFUL
        is_silent = report.state in (UnitState.MISSING, UnitState.NOT_YET_DUE)
        return ConferenceState.SILENT if is_silent else ConferenceState.UNUSABLE
    if line.stage is not Stage.PLANNED:
        return _BY_STAGE[line.stage]
    if line.planned_day is not None and line.planned_day < until:
        is_read = report.hindrance is None
        return ConferenceState.PAST_ITS_DAY if is_read else ConferenceState.UNUSABLE
    is_in_time = line.planned_day is not None and line.planned_day <= end
    return ConferenceState.PLANNED if is_in_time else ConferenceState.PLANNED_LATE


def standings(figures: MonthFigures, report: MonthReport) -> dict[str, ConferenceState]:
    """Return how each unit stands, by code, in the report's order."""
    until = report.received_until.date()
    ends = {level.id: level.window.end for level in figures.campaign.levels}
    return {
        one.unit.code: standing_of(one, figures.lines[one.unit.code], until, ends[one.unit.level])
        for one in report.units
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelProgress:
    """How far a level's conferences are.

    ``expected`` are to be held, ``held`` were, ``in_time`` will have been at the window's
    end by the units' own days, ``planned`` have a plan or were held, ``unclear`` said
    nothing that is known, ``due`` would have been by now, had all kept to their own days.
    ``open`` are those of whom nothing says that they will be in time, by how they stand,
    the most numerous first. ``places`` are superiors and
    groups with how many of how many have held it. ``days_left`` until the window ends,
    less than 0 when it has.
    """

    level: Level
    expected: int
    held: int
    planned: int
    in_time: int
    unclear: int
    due: int
    open: Mapping[ConferenceState, Sequence[str]]
    places: Mapping[str, tuple[int, int]]
    days_left: int
    pace: Pace


def headline_figure(campaign: Campaign) -> Figure | None:
    """Return the figure whose share of units says how far the conferences are; None without."""
    shown = campaign.figures.standing_in(FigurePlace.OVERVIEW)
    by_group = (one for one in shown if one.by_group and one.share)
    return next((one for one in by_group if one.counted is Counted.UNITS), None)


def place_of(line: UnitLine) -> str:
    """Return under whom a unit's conference is counted: its superior, else its group."""
    return line.unit.superior or line.group


def progress_by_level(
    figures: MonthFigures, report: MonthReport, headline: Figure
) -> tuple[LevelProgress, ...]:
    """Return how far each level is that has units; ``headline`` counts who has held it."""
    campaign, until = figures.campaign, report.received_until.date()
    base = figures.units_of(headline.share.of if headline.share else headline.id)
    done, states = figures.units_of(headline.id), standings(figures, report)
    heard = {one.unit.code for one in report.units if one.is_usable}
    found = []
    for level in campaign.levels:
        in_groups = (figures.units_by_group.get(group.name, ()) for group in level.groups)
        codes = base & {code for group in in_groups for code in group}
        if not codes:
            continue
        lines = [figures.lines[code] for code in sorted(codes)]
        stages = Counter(line.stage for line in lines)
        held, end = len(done & codes), level.window.end
        to_come = {
            line.unit.code
            for line in lines
            if line.stage is Stage.PLANNED
            and line.planned_day is not None
            and until <= line.planned_day <= end
        }
        places: dict[str, tuple[int, int]] = {}
        for line in lines:
            name = place_of(line)
            of_place, all_of_place = places.get(name, (0, 0))
            places[name] = of_place + (line.unit.code in done), all_of_place + 1
        left: dict[ConferenceState, list[str]] = {}
        not_sure = codes - done - to_come
        for code in states:
            if code in not_sure:
                left.setdefault(states[code], []).append(code)
        one = LevelProgress(
            level=level,
            expected=len(codes),
            held=held,
            planned=held + stages[Stage.PLANNED],
            in_time=held + len(to_come),
            unclear=stages[None],
            # who has not been heard since may have held it on the day that it planned
            due=held + len(heard.intersection(left.get(ConferenceState.PAST_ITS_DAY, ()))),
            open=dict(sorted(left.items(), key=lambda pair: -len(pair[1]))),
            places=places,
            days_left=(end - until).days,
            pace=Pace.NOT_BEGUN,
        )
        found.append(one if until < level.window.start else _paced(one))
    return tuple(found)


def _paced(one: LevelProgress) -> LevelProgress:
    """Return the progress of a level whose time has begun, with its pace."""
    if one.held == one.expected:
        pace = Pace.DONE
    elif one.days_left < 0:
        pace = Pace.OVER
    elif one.in_time == one.expected:
        pace = Pace.ON_TIME
    else:
        pace = Pace.UNSURE if one.in_time + one.unclear == one.expected else Pace.SLOW
    return replace(one, pace=pace)
