"""What “Tổng hợp” says in sentences: how things stand, the units' requests, what is to be decided.

How far the figures are that stand by group and who is left, whose report is missing, whom
figures name, what the review found and where most: in the sentences that an office writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from tdkt_batch.campaign.definition import Level
from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace
from tdkt_batch.figures.apart import doubts
from tdkt_batch.figures.figure_lines import line_of_figure
from tdkt_batch.figures.findings import all_found
from tdkt_batch.figures.questions_for_leadership import Topic, questions
from tdkt_batch.figures.unit_lines import UnitLine
from tdkt_batch.model import Severity, Unit
from tdkt_batch.report import UnitState
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import lowered, write_day, write_number, write_percent
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import APART_LEAD

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
    Topic.AT_RISK: say.SEE.format(sheet=say.FIRST_PAGE),
    Topic.SILENT: say.SEE.format(sheet=say.ARRIVALS),
    Topic.EXPLAINED: say.SEE.format(sheet=say.FINDINGS),
    Topic.COMMON: say.SEE.format(sheet=say.FINDINGS),
    Topic.REQUESTS: say.SEE_NEXT_PAGES,
}
"""Where in the workbook there is more on a question."""
ON_FIRST_PAGE: Mapping[Topic, str] = {
    **_WHERE,
    **dict.fromkeys(
        (Topic.CANCELLED, Topic.OVERDUE, Topic.AT_RISK, Topic.EXPLAINED, Topic.REQUESTS),
        say.SEE_PAGE_2,
    ),
}
"""The same for who reads “Tiến độ”, of which the second page names them."""


def leads(plan: Plan) -> list[str]:
    """Return the first paragraphs: conferences, reports, whom figures name, what was found."""
    until, texts = plan.report.received_until, list(_progress(plan))
    if texts:
        texts[0] = say.BY_DAY.format(day=write_day(until), sentence=lowered(texts[0]))
    in_state: dict[UnitState, list[Unit]] = {one: [] for one in UnitState}
    for one in plan.report.units:
        in_state[one.state].append(one.unit)
    silent = (one for one in plan.report.units if one.state is UnitState.MISSING)
    never = sum(not one.ever_reported for one in silent)
    unusable = (UnitState.EMPTY, UnitState.UNUSABLE)
    for sentence, some in (
        (say.SILENT, in_state[UnitState.MISSING]),
        (say.UNUSABLE, [one.unit for one in plan.report.units if one.state in unusable]),
        (say.CAME_LATE, in_state[UnitState.AFTER_CUT_OFF]),
    ):
        if some:
            places = {"number": _n(len(some)), "who": _who(plan, some, say.ARRIVALS)}
            among = say.NEVER.format(number=_n(never)) if plan.report.past and never else ""
            texts.append(sentence.format(**places, never=among))
    for figure in plan.campaign.figures.standing_in(FigurePlace.NAMED):
        if counted := _those(plan, plan.figures.units_of(figure.id)):
            who = _who(plan, counted, say.UNITS)
            said = {"label": figure.label, "measure": figure.measure}
            texts.append(say.NAMED.format(**said, number=_n(len(counted)), who=who))
    if of_nobody := len(plan.report.of_nobody):
        texts.append(say.OF_NOBODY.format(number=_n(of_nobody), sheet=say.FILES))
    texts.append(_apart(plan))
    texts.append(_found(plan))
    return [f"– {text}" for text in texts if text]


def _those(plan: Plan, codes: Collection[str]) -> list[Unit]:
    """Return units by their codes, in the report's order."""
    return [one.unit for one in plan.report.units if one.unit.code in codes]


def decisions(plan: Plan, where: Mapping[Topic, str] = _WHERE) -> list[str]:
    """Return what leadership is asked to decide, and where in the workbook more of it stands."""
    found = questions(plan.figures, plan.report)
    asked = [one.sentence(where) for one in found]
    if len(asked) < 2:
        return asked or [say.NO_DECISIONS]
    return [f"{number}. {text}" for number, text in enumerate(asked, start=1)]


def all_requests(plan: Plan) -> list[UnitLine]:
    """Return the units that ask for something."""
    return [one for one in plan.lines.values() if one.requests]


def units_by_request(plan: Plan) -> dict[str, list[Unit]]:
    """Return each request once with all who make it, in the report's order."""
    found: dict[str, list[Unit]] = {}
    for line in all_requests(plan):
        found.setdefault(line.requests.strip(), []).append(line.unit)
    return found


def requests(plan: Plan, most: int) -> list[str]:
    """Return the units' requests, the first ``most``, and where all of them stand in full."""
    asked = all_requests(plan)
    if not asked:
        return [say.NO_REQUESTS]
    lines = [
        f"– {one.unit.name}: {first_words(one.requests, _REQUEST_SHOWN)}" for one in asked[:most]
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


def _progress(plan: Plan) -> Iterator[str]:
    """Yield of each figure that stands by group how far it is, group by group, level by level.

    Of a level whose time has not begun one sentence says what its units plan.
    """
    shown = plan.campaign.figures.standing_in(FigurePlace.OVERVIEW)
    by_group = (one for one in shown if one.by_group and one.share)
    for figure in (one for one in by_group if one.counted is Counted.UNITS):
        for level in plan.campaign.levels:
            own = [one.name for one in level.groups if one.name in plan.figures.units_by_group]
            if level.window.start <= plan.report.received_until.date():
                yield from (_of_group(plan, figure, group) for group in own)
            elif own:
                yield _not_yet_due(plan, figure, level, own)


def _base_of(figure: Figure) -> str:
    return figure.share.of if figure.share else figure.id


def _said(plan: Plan, figure: Figure) -> str:
    """Return what a sentence says of the units that a figure counts: its name unless declared."""
    return plan.campaign.words.said(figure.said) or lowered(figure.label)


def _of_group(plan: Plan, figure: Figure, group: str) -> str:
    """Say how many units of a group a figure counts of its base, and how the others stand."""
    line = line_of_figure(plan.figures, figure, group)
    value, divided, then = line.total.value, line.quotient, line.total.last
    if divided is None or not divided.whole:
        return say.NOBODY_EXPECTED.format(group=group)
    growth = ""
    if plan.report.previous is not None and then is not None and then != value:
        word = say.MORE if value > then else say.LESS
        growth = say.GROWTH.format(word=word, number=_n(abs(value - then)))
    answer = say.OF_GROUP.format(
        value=_n(divided.part),
        base=_n(divided.whole),
        group=lowered(group),
        share=write_percent(divided.part, divided.whole),
        said=_said(plan, figure),
        growth=growth,
    )
    if divided.part == divided.whole:
        return f"{answer}."
    left = plan.figures.units_of(_base_of(figure)) - plan.figures.units_of(figure.id)
    units = _those(plan, left & {*plan.figures.units_by_group[group]})
    stages = ", ".join(_other_parts(plan, figure, units))
    return say.STILL_LEFT.format(
        answer=answer,
        number=_n(len(units)),
        stages=say.LEFT_AS.format(stages=stages) if stages else "",
        who=_who(plan, units, say.UNITS),
    )


def _other_parts(plan: Plan, figure: Figure, units: Sequence[Unit]) -> Iterator[str]:
    """Yield how many of the units each other part of the whole holds, then those that none does."""
    declared = plan.campaign.figures
    whole = declared.figure(_base_of(figure))
    if figure.id not in whole.parts or not whole.parts_add_up:
        return
    left = {unit.code for unit in units}
    for part in map(declared.figure, whole.parts):
        if held := left & plan.figures.units_of(part.id):
            yield say.COUNTED_AS.format(number=_n(len(held)), said=_said(plan, part))
            left -= held
    silent = {code for code in left if plan.lines[code].of_month is None}
    for codes, said in ((left - silent, say.UNCLEAR), (silent, say.NO_REPORT)):
        if codes:
            yield say.COUNTED_AS.format(number=_n(len(codes)), said=said)


def _not_yet_due(plan: Plan, figure: Figure, level: Level, groups: Sequence[str]) -> str:
    """Say of a level how many units have planned what a figure counts, and have done it."""
    codes = [code for group in groups for code in plan.figures.units_by_group[group]]
    first = plan.campaign.figures.figure(figure.plan) if figure.plan else figure
    value, base = (plan.figures.total(id_, codes).value for id_ in (first.id, _base_of(figure)))
    said = [
        say.SHARE_OF_UNITS.format(
            value=_n(value),
            base=_n(base),
            share=write_percent(value, base),
            said=_said(plan, first),
        )
    ]
    if first is not figure:
        done = plan.figures.total(figure.id, codes).value
        said.append(say.NUMBER_OF_UNITS.format(value=_n(done), said=_said(plan, figure)))
    start, end = write_day(level.window.start), write_day(level.window.end)
    return say.NOT_YET_DUE.format(level=level.name, start=start, end=end, figures=", ".join(said))


def _found(plan: Plan) -> str:
    """Say what was found, where most, and what became of earlier findings."""
    if not any(one.is_usable for one in plan.report.units):
        return ""
    texts = []
    for figure in plan.campaign.figures.standing_in(FigurePlace.OVERVIEW):
        if figure.counted is not Counted.FINDINGS:
            continue
        known = plan.figures.by_id[figure.id].known
        count, affected = sum(known.values()), sum(value > 0 for value in known.values())
        text = say.FOUND_OF.format(number=_n(count), label=lowered(figure.label))
        text += say.FOUND_AT.format(number=_n(affected)) if count else ""
        several = _those(plan, {code for code, value in known.items() if value > 1})
        if figure.chosen == (str(Severity.VIOLATION),) and several:
            several.sort(key=lambda unit: -known[unit.code])
            most = several[:SHORT]
            named = zip(names(plan, most), most, strict=True)
            worst = ", ".join(f"{name}: {_n(known[unit.code])}" for name, unit in named)
            text += say.MOST_FOUND.format(units=worst)
        texts.append(text)
    lives = Counter(life for _, _, life in all_found(plan.report))
    texts += [words.format(_n(lives[one])) for one, words in say.FOUND_LIVES.items() if lives[one]]
    return plan.campaign.words.said(say.FOUND).format(findings="; ".join(texts)) if texts else ""


def _apart(plan: Plan) -> str:
    """Say which figures are added to no total before they are corrected or confirmed."""
    found = doubts(plan.campaign, plan.report.to_date())
    if not found:
        return ""
    said = [one.in_words(plan.campaign) for one in found[:SHORT]]
    more = len(found) - len(said)
    others = say.MORE_APART.format(number=_n(more), sheet=say.FINDINGS) if more else ""
    units = len({one.unit.code for one in found})
    return APART_LEAD.format(number=_n(units), units="; ".join(said) + others)


# --- names ------------------------------------------------------------------------------------


def _who(plan: Plan, units: Sequence[Unit], where: str) -> str:
    """Say which units: all by name while they are few, else how many in each district.

    Units without a superior count by their group; the most numerous stand first.
    """
    if len(units) <= MOST_NAMES:
        return say.WHO.format(units=", ".join(names(plan, units)))
    of = (unit.superior or lowered(plan.lines[unit.code].group) for unit in units)
    places = sorted(Counter(of).items(), key=lambda pair: -pair[1])
    if len(places) == 1:
        return say.WHO.format(units=named(plan, units, where))
    counts = [f"{place} {_n(count)}" for place, count in places[:MOST_PLACES]]
    if rest := sum(count for _, count in places[MOST_PLACES:]):
        counts.append(say.ELSEWHERE.format(number=_n(rest)))
    return say.WHO.format(units="; ".join(counts)) + say.WHERE_ALL.format(sheet=where)


def names(plan: Plan, units: Sequence[Unit]) -> list[str]:
    """Return the units' names, with the superior's where two bear the same."""
    repeated = Counter(one.unit.name for one in plan.report.units)
    return [
        f"{unit.name} ({unit.superior})" if repeated[unit.name] > 1 and unit.superior else unit.name
        for unit in units
    ]


def named(plan: Plan, units: Sequence[Unit], where: str, most: int = SHORT) -> str:
    """Return the first units' names, and where the others stand."""
    text = ", ".join(names(plan, units[:most]))
    more = len(units) - most
    return text + say.AND_OTHERS.format(number=_n(more), sheet=where) if more > 0 else text


def _n(value: int) -> str:
    return write_number(value)
