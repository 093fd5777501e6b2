"""What “Tổng hợp” says in sentences: how things stand, the units' requests, what is to be decided.

How many conferences are held and who is left, whose report is missing, who is
overdue, what the review found and where most: in the sentences that an office writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from tdkt_batch.campaign.definition import KindGroup, Level
from tdkt_batch.campaign.figure import FigurePlace
from tdkt_batch.figures.apart import doubts
from tdkt_batch.figures.findings import all_found
from tdkt_batch.figures.questions_for_leadership import Topic, questions
from tdkt_batch.figures.statistics import line_of
from tdkt_batch.model import Severity
from tdkt_batch.report import UnitState
from tdkt_batch.summary.plan import Plan
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.vietnamese.writing import lowered, write_day, write_number, write_percent
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import APART, APART_LEAD

MOST_NAMES = 12
"""How many units are named in a sentence; more are counted by district."""
MOST_PLACES = 10
"""How many districts and departments are counted in a sentence."""
SHORT = 4
"""How many units are named where they are but examples."""
_REQUEST_SHOWN = 150
_WHERE: Mapping[Topic, str] = {
    Topic.CANCELLED: say.SEE.format(sheet=say.UNITS),
    Topic.OVERDUE: say.SEE.format(sheet=say.UNITS),
    Topic.SILENT: say.SEE.format(sheet=say.ARRIVALS),
    Topic.EXPLAINED: say.SEE.format(sheet=say.FINDINGS),
    Topic.COMMON: say.SEE.format(sheet=say.FINDINGS),
    Topic.REQUESTS: say.SEE_NEXT_PAGES,
}
"""Where in the workbook there is more on a question."""


def leads(plan: Plan) -> list[str]:
    """Return the first paragraphs: conferences, reports, whom figures name, what was found."""
    until, texts = plan.report.received_until, []
    for level in plan.campaign.levels:
        groups = [g for g in level.groups if g.name in plan.to_date.by_group.index]
        if level.window.start <= until.date():
            texts += [_held(plan, group) for group in groups]
        elif groups:
            texts.append(_not_yet_due(plan, level, groups))
    if texts:
        day = {"day": until.day, "month": until.month, "year": until.year}
        texts[0] = say.BY_DAY.format(**day, sentence=lowered(texts[0]))
    units = plan.month.units
    missing = units["state"] == UnitState.MISSING
    never = int((units[missing]["never_reported"] == 1).sum())
    is_said = plan.report.past and never
    unusable = units["state"].isin([UnitState.EMPTY, UnitState.UNUSABLE])
    for sentence, some in (
        (say.SILENT, units[missing]),
        (say.UNUSABLE, units[unusable]),
        (say.CAME_LATE, units[units["state"] == UnitState.AFTER_CUT_OFF]),
    ):
        if len(some):
            places = {"number": _n(len(some)), "who": _who(plan, some, say.ARRIVALS)}
            among = say.NEVER.format(number=_n(never)) if is_said else ""
            texts.append(sentence.format(**places, never=among))
    for figure in plan.campaign.figures.standing_in(FigurePlace.NAMED):
        codes = plan.figures.units_of(figure.id)
        counted = [code for code in plan.to_date.units.index if code in codes]
        if counted:
            who = _who(plan, plan.to_date.units.loc[counted], say.UNITS)
            said = {"label": figure.label, "measure": figure.measure}
            texts.append(say.NAMED.format(**said, number=_n(len(counted)), who=who))
    if of_nobody := len(plan.report.of_nobody):
        texts.append(say.OF_NOBODY.format(number=_n(of_nobody), sheet=say.FILES))
    texts.append(_apart(plan))
    texts.append(_found(plan))
    return [f"– {text}" for text in texts if text]


def decisions(plan: Plan) -> list[str]:
    """Return what leadership is asked to decide, and where in the workbook more of it stands."""
    found = questions(plan.campaign, plan.report, plan.month.lines, plan.to_date.lines)
    asked = [one.sentence(_WHERE) for one in found]
    if len(asked) < 2:
        return asked or [say.NO_DECISIONS]
    return [f"{number}. {text}" for number, text in enumerate(asked, start=1)]


def all_requests(plan: Plan) -> pd.DataFrame:
    """Return the units that ask for something, with their requests."""
    units = plan.statistics.units
    return units[units["requests"] != ""]


def requests(plan: Plan, most: int) -> list[str]:
    """Return the units' requests, the first ``most``, and where all of them stand in full."""
    asked = all_requests(plan)
    if asked.empty:
        return [say.NO_REQUESTS]
    lines = [
        f"– {line['name']}: {first_words(str(line['requests']), _REQUEST_SHOWN)}"
        for _, line in asked.head(most).iterrows()
    ]
    more = len(asked) - len(lines)
    what = say.MORE_REQUESTS.format(number=_n(more)) if more else say.FULL_REQUESTS
    return [*lines, say.REQUESTS_BELOW.format(what=what, sheet=say.OVERVIEW)]


def first_words(text: str, longest: int) -> str:
    """Return a text on one line, cut at a blank where it is too long.

    >>> first_words("Giao thông khó khăn", 12)
    'Giao thông …'
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


# --- conferences, reports, findings -------------------------------------------------------------


def _held(plan: Plan, group: KindGroup) -> str:
    """Say how many units of a group have held their conference, and which have not."""
    line = line_of(plan.to_date.by_group, group.name)
    expected, reported = int(line["expected"]), int(line["reported"])
    none, planned, held, cancelled = (
        int(line[f"stage_{one}"]) for one in ("none", "planned", "held", "cancelled")
    )
    if not expected:
        return say.NOBODY_EXPECTED.format(group=group.name)
    past, growth = plan.previous(f"stage_held:{group.name}"), ""
    if past is not None and past != held:
        word = say.MORE if held > past else say.LESS
        growth = say.GROWTH.format(word=word, number=_n(abs(held - past)))
    answer = plan.campaign.words.said(say.HELD).format(
        held=_n(held),
        expected=_n(expected),
        group=lowered(group.name),
        share=write_percent(held, expected),
        growth=growth,
    )
    if held == expected:
        return f"{answer}."
    counts = {
        "planned": planned,
        "none": none,
        "cancelled": cancelled,
        "unclear": reported - none - planned - held - cancelled,
        "silent": expected - reported,
    }
    stages = ", ".join(
        f"{_n(counts[one])} {words}" for one, words in say.STAGES_OPEN.items() if counts[one]
    )
    units = plan.to_date.units
    mine = (units["group"] == group.name) & (units["expected"] == 1) & (units["stage"] != "held")
    who, number = _who(plan, units[mine], say.UNITS), _n(expected - held)
    return say.NOT_YET_HELD.format(answer=answer, number=number, stages=stages, who=who)


def _not_yet_due(plan: Plan, level: Level, groups: Sequence[KindGroup]) -> str:
    lines = [line_of(plan.to_date.by_group, group.name) for group in groups]
    expected, planned, held = (
        sum(int(line[one]) for line in lines) for one in ("expected", "stage_planned", "stage_held")
    )
    return say.NOT_YET_DUE.format(
        level=level.name,
        start=write_day(level.window.start),
        end=write_day(level.window.end),
        planned=_n(planned + held),
        expected=_n(expected),
        share=write_percent(planned + held, expected),
        held=_n(held),
    )


def _found(plan: Plan) -> str:
    """Say what was found, where most, and what became of earlier findings."""
    overall, units = plan.month.overall, plan.month.units
    if not int(overall["reported"]):
        return ""
    texts = []
    for severity in (Severity.VIOLATION, Severity.WARNING):
        count, affected = int(overall[severity]), int((units[severity] > 0).sum())
        words = lowered(plan.campaign.words.severities[severity])
        text = say.FOUND_OF.format(number=_n(count), severity=words)
        text += say.FOUND_AT.format(number=_n(affected)) if count else ""
        several = units[units[severity] > 1]
        if severity is Severity.VIOLATION and len(several):
            most = several.sort_values(severity, ascending=False, kind="stable").head(SHORT)
            named = zip(names(plan, most), most[severity], strict=True)
            worst = ", ".join(f"{name}: {_n(count)}" for name, count in named)
            text += say.MOST_FOUND.format(units=worst)
        texts.append(text)
    lives = Counter(life for _, _, life in all_found(plan.report))
    texts += [words.format(_n(lives[one])) for one, words in say.FOUND_LIVES.items() if lives[one]]
    return plan.campaign.words.said(say.FOUND).format(findings="; ".join(texts))


def _apart(plan: Plan) -> str:
    """Say which figures are added to no total before they are corrected or confirmed."""
    found = doubts(plan.campaign, plan.report.to_date())
    if not found:
        return ""
    said = [
        APART.format(
            unit=unit_label(one.unit, plan.campaign),
            given=one.finding.given,
            expected=one.finding.expected,
            sheet=one.finding.sheet,
            cell=one.finding.cell,
        )
        for one in found[:SHORT]
    ]
    more = len(found) - len(said)
    others = say.MORE_APART.format(number=_n(more), sheet=say.FINDINGS) if more else ""
    units = len({one.unit.code for one in found})
    return APART_LEAD.format(number=_n(units), units="; ".join(said) + others)


# --- names ------------------------------------------------------------------------------------


def _who(plan: Plan, units: pd.DataFrame, where: str) -> str:
    """Say which units: all by name while they are few, else how many in each district.

    Units without a superior count by their group; the most numerous stand first.
    """
    if len(units) <= MOST_NAMES:
        return say.WHO.format(units=", ".join(names(plan, units)))
    of = units["parent_name"].where(units["parent_name"] != "", units["group"].map(lowered))
    places = sorted(Counter(of).items(), key=lambda pair: -pair[1])
    if len(places) == 1:
        return say.WHO.format(units=named(plan, units, where))
    counts = [f"{place} {_n(count)}" for place, count in places[:MOST_PLACES]]
    if rest := sum(count for _, count in places[MOST_PLACES:]):
        counts.append(say.ELSEWHERE.format(number=_n(rest)))
    return say.WHO.format(units="; ".join(counts)) + say.WHERE_ALL.format(sheet=where)


def names(plan: Plan, units: pd.DataFrame) -> list[str]:
    """Return the units' names, with the superior's where two bear the same."""
    repeated = Counter(plan.statistics.units["name"])
    return [
        f"{line['name']} ({line['parent_name']})"
        if repeated[line["name"]] > 1 and line["parent_name"]
        else str(line["name"])
        for _, line in units.iterrows()
    ]


def named(plan: Plan, units: pd.DataFrame, where: str, most: int = SHORT) -> str:
    """Return the first units' names, and where the others stand."""
    text = ", ".join(names(plan, units.head(most)))
    more = len(units) - most
    return text + say.AND_OTHERS.format(number=_n(more), sheet=where) if more > 0 else text


def _n(value: int) -> str:
    return write_number(int(value))
