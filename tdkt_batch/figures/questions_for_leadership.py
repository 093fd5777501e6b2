"""What only leadership can decide (nội dung xin ý kiến chỉ đạo): one list for workbook and report.

Routine work of the board is not among it: to urge those whose report is late, to have
faults mended. In the last month of a level's time a letter of leadership is proposed to those
who by their own word will not be in time, and of whom nothing has come that is due: the next
report comes after it. For more than a
reminder only units are proposed of which nothing at all arrived, and none by a month of
which a file is of nobody: it may be theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import FigureQuestion
from tdkt_batch.figures.findings import common_faults, title_of
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.progress import headline_figure, progress_by_level
from tdkt_batch.model import Finding, Unit
from tdkt_batch.report import ConferenceState, MonthReport, Pace, UnitReport, UnitState
from tdkt_batch.rules.untouched import is_untouched
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import figures as say
from tdkt_batch.wording.shared import COMMON_FAULT

SHOWN = 4
"""How many units or faults a question names before it counts the others."""

_LAST_DAYS = 31
"""So near the end of a level's time it has no other monthly report before it."""
_URGED = (
    ConferenceState.PAST_ITS_DAY,
    ConferenceState.PLANNED_LATE,
    ConferenceState.NO_PLAN,
    ConferenceState.SILENT,
)
"""How those stand who might be urged; who called it off is asked about apart."""

Places = dict[str, str]


class Topic(StrEnum):
    """What a question is about, in the order of the questions."""

    CANCELLED = "cancelled"
    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    SILENT = "silent"
    EXPLAINED = "explained"
    COMMON = "common"
    REQUESTS = "requests"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide; ``text`` has no full stop, so that a reference may follow.

    ``places`` fill what else is said of it: why it is asked, what might be decided.
    ``units`` are all whom it is about, in the report's order; ``groups`` are the same by how
    they stand, where that differs.
    """

    topic: Topic
    text: str
    places: Mapping[str, str]
    units: tuple[Unit, ...] = ()
    groups: Mapping[str, Sequence[Unit]] = field(default_factory=dict)

    def sentence(self, where: Mapping[Topic, str]) -> str:
        """Return the question as a sentence that says in brackets where more of it stands."""
        return f"{self.text} ({where[self.topic]})."


def questions(figures: MonthFigures, report: MonthReport) -> tuple[Question, ...]:
    """Return what leadership is asked to decide; a question without a case is not asked.

    Whose conference is cancelled or overdue the figures tell that ask it; nobody is asked
    about whose file of this month could not be used: it may say otherwise.
    """
    campaign, units = figures.campaign, report.units
    cancelled, overdue = (_counted(figures, report, one) for one in FigureQuestion)
    cancelled = [one for one in cancelled if one.excuse is None]
    silent = long_silent(campaign, report)
    requests = [unit for unit in units if figures.lines[unit.unit.code].requests.strip()]
    waiting = explained(report)
    explaining = list({unit.unit.code: unit for unit, _ in waiting}.values())
    months = {"so_thang": write_number(campaign.letters.limits.silent_months)}
    of_findings = {"so": write_number(len(waiting)), "so_don_vi": write_number(len(explaining))}
    about: Mapping[Topic, tuple[Sequence[UnitReport], Places, Mapping[str, Sequence[Unit]]]] = {
        Topic.CANCELLED: (cancelled, {}, {}),
        Topic.OVERDUE: (overdue, {}, {}),
        Topic.AT_RISK: _at_risk(figures, report),
        Topic.SILENT: (silent, months if silent else {}, {}),
        Topic.EXPLAINED: (explaining, of_findings if waiting else {}, {}),
        Topic.COMMON: ((), _common(campaign, report), {}),
        Topic.REQUESTS: (requests, {}, {}),
    }
    texts: Any = campaign.letters.report.decisions
    found = []
    for topic in Topic:
        of, more, groups = about[topic]
        if not of and not more:
            continue
        places = {"so": write_number(len(of)), "don_vi": _named(campaign, units, of), **more}
        text = getattr(texts, topic).format_map(places)
        found.append(Question(topic, text, places, tuple(one.unit for one in of), groups))
    return tuple(found)


def explained(report: MonthReport) -> list[tuple[UnitReport, Finding]]:
    """Return the findings that units have explained and the board has not answered."""
    return [
        (unit, finding)
        for unit in report.units
        for finding in unit.findings
        if finding.explanation and finding.decision is None
    ]


def _counted(figures: MonthFigures, report: MonthReport, asks: FigureQuestion) -> list[UnitReport]:
    """Return the units that a figure counts which asks this, unless their file is unread.

    Whose conference has not been held no form tells that was sent as it was pre-filled.
    """
    campaign = figures.campaign
    asking = [figure.id for figure in campaign.figures.all if figure.asks is asks]
    codes = {code for id_ in asking for code in figures.units_of(id_)}
    found = [one for one in report.units if one.unit.code in codes and one.hindrance is None]
    if asks is FigureQuestion.OVERDUE:
        return [one for one in found if not is_untouched(campaign, one.latest)]
    return found


def _at_risk(
    figures: MonthFigures, report: MonthReport
) -> tuple[list[UnitReport], Places, Mapping[str, Sequence[Unit]]]:
    """Return whom leadership might urge of levels that are slow near their end, also by state.

    Of those who may not be in time they are whose own word says so, and of whom nothing has
    arrived that is due; nobody whose file of this month could not be used or may be one of
    nobody's, or who has it still as it was filled in before.
    """
    campaign, headline = figures.campaign, headline_figure(figures.campaign)
    levels = [
        one
        for one in (progress_by_level(figures, report, headline) if headline else ())
        if one.pace is Pace.SLOW and one.days_left <= _LAST_DAYS
    ]
    left = {code: how for one in levels for how, of in one.open.items() for code in of}
    has_strays = bool(report.of_nobody)
    urged = [
        one
        for one in report.units
        if left.get(one.unit.code) in _URGED
        and one.excuse is None
        and one.hindrance is None
        and one.state is not UnitState.NOT_YET_DUE
        and not (has_strays and one.state is UnitState.MISSING)
        and not is_untouched(campaign, one.latest)
    ]
    if not urged:
        return [], {}, {}
    by_state: dict[str, Sequence[Unit]] = {}
    for how in dict.fromkeys(left.values()):
        if units := [one.unit for one in urged if left[one.unit.code] is how]:
            by_state[say.OPEN_STATES[how]] = units
    rest = len(left) - len(urged)
    return (
        urged,
        {
            "han_to_chuc": ", ".join(write_day(one.level.window.end) for one in levels),
            "tinh_hinh": ", ".join(
                say.OPEN_OF.format(number=write_number(len(units)), state=state)
                for state, units in by_state.items()
            ),
            "con_lai": say.REST_APART.format(number=write_number(rest)) if rest else "",
        },
        by_state,
    )


def long_silent(campaign: Campaign, report: MonthReport) -> list[UnitReport]:
    """Return the units of which nothing at all arrived for long.

    One that was excused owes nothing, one whose day has not passed owes nothing yet. Months
    of which a file is of nobody do not count, nor any before them: it may be theirs.
    """
    if report.of_nobody:
        return []
    least = campaign.letters.limits.silent_months
    return [
        one
        for one in report.units
        if one.excuse is None
        and one.state is UnitState.MISSING
        and one.silent - one.perhaps_sent >= least
    ]


# --- what fills the campaign's sentences --------------------------------------------------------


def _named(campaign: Campaign, all_: Sequence[UnitReport], units: Sequence[UnitReport]) -> str:
    """Return the first units' names and how many others there are.

    Where two bear the same name, each is named with its superior.
    """
    repeated, names = Counter(one.unit.name for one in all_), []
    for one in units[:SHOWN]:
        name, superior = campaign.in_sentence(one.unit), campaign.superior_of(one.unit)
        if repeated[one.unit.name] > 1 and superior is not None:
            name = f"{name} ({campaign.in_sentence(superior)})"
        names.append(name)
    return ", ".join(names) + _others(len(units), say.OTHER_UNITS)


def _others(count: int, phrase: str) -> str:
    return phrase.format(number=write_number(count - SHOWN)) if count > SHOWN else ""


def _common(campaign: Campaign, report: MonthReport) -> Places:
    """Name the faults that speak against the form or the guide, not the units; {} without any."""
    faults = common_faults(campaign, report)
    if not faults:
        return {}
    said = "; ".join(
        COMMON_FAULT.format(
            title=title_of(campaign, one.code),
            units=write_number(one.units),
            of=write_number(one.of),
        )
        for one in faults[:SHOWN]
    )
    more = _others(len(faults), say.OTHER_FAULTS)
    return {"so": write_number(len(faults)), "don_vi": "", "noi_dung": said + more}
