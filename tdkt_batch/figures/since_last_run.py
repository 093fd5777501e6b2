"""What stands otherwise than in an earlier result of the month, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.effects import effect_of
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.model import Decision, Finding, OutcomeKind, Unit
from tdkt_batch.report import EarlierResult, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.decisions import Family, family_of
from tdkt_batch.vietnamese.shown import shown_text
from tdkt_batch.vietnamese.writing import first_of, lowered, write_day, write_moment, write_number
from tdkt_batch.wording import figures as say
from tdkt_batch.wording.shared import DECISIONS, UNIT_STATES


class News(StrEnum):
    """What may have happened to a unit since, in the order in which it is told."""

    ARRIVED = "arrived"
    LATE = "late"
    UNUSABLE = "unusable"
    MENDED = "mended"
    GONE = "gone"
    FOUND = "found"
    DECIDED = "decided"
    COUNTED_OTHERWISE = "counted_otherwise"
    COUNTED_NO_MORE = "counted_no_more"


_MOST_NAMED = 5
_KIND_OF_STATE = {
    UnitState.AFTER_CUT_OFF: News.LATE,
    UnitState.EMPTY: News.UNUSABLE,
    UnitState.UNUSABLE: News.UNUSABLE,
}
"""What it is for a unit to come into a state; the others tell of no file."""


class NewsOfUnit(NamedTuple):
    """One thing that happened, in words; ``unit`` is the code, "" for a file of nobody."""

    kind: News
    unit: str
    text: str


def found_otherwise(
    then: Iterable[Finding], now: Iterable[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """Return what was found then and is no more, and what is found now and was not."""
    before, found = ({one.key: one for one in some} for some in (then, now))
    return (
        [one for key, one in before.items() if key not in found],
        [one for key, one in found.items() if key not in before],
    )


def news_since(
    campaign: Campaign, report: MonthReport, before: EarlierResult
) -> tuple[NewsOfUnit, ...]:
    """Return what stands otherwise than before, by kind, the units in the report's order.

    What is found no more is mended where another report counts now in which its rule can
    be decided; in the same one the board's decisions or other units' reports made it go.
    """
    found_before: dict[str, list[Finding]] = {}
    for finding in before.record.findings:
        found_before.setdefault(finding.unit, []).append(finding)
    news = [
        one
        for unit in report.units
        for one in _of_unit(campaign, report, unit, before, found_before.get(unit.unit.code, ()))
    ]
    news += [
        NewsOfUnit(News.DECIDED, one.unit, _with_effect(campaign, report, one, _of_file(one)))
        for one in before.decided
        if family_of(one) is Family.FILE or (one.question and not one.unit)
    ]
    units = {one.unit.code for one in report.units}
    left = [code for code in before.files if code not in units]
    news += [NewsOfUnit(News.COUNTED_NO_MORE, code, say.LEFT_REGISTER) for code in left]
    return tuple(one for kind in News for one in news if one.kind is kind)


def _of_unit(
    campaign: Campaign,
    report: MonthReport,
    unit: UnitReport,
    before: EarlierResult,
    found_before: Iterable[Finding],
) -> Iterator[NewsOfUnit]:
    code = unit.unit.code
    then = before.files.get(code)
    submission = unit.submission if unit.is_usable else None
    if submission is not None:
        now = submission.source.sha256
        if now != then:
            moment = write_moment(unit.received or submission.source.arrived)
            sentence = say.REPORT_REPLACED if then else say.REPORT_ARRIVED
            kind = News.COUNTED_OTHERWISE if now in before.known else News.ARRIVED
            yield NewsOfUnit(kind, code, sentence.format(moment=moment))
        gone, found = found_otherwise(found_before, unit.findings)
        undecided = {o.rule for o in unit.outcomes if o.outcome is OutcomeKind.UNKNOWN}
        for one in gone:
            why = say.SAME_REPORT if now == then else ""
            why = say.UNDECIDED_NOW if one.code in undecided else why
            kind = News.GONE if why else News.MENDED
            yield NewsOfUnit(kind, code, f"{one.message}{why}")
        yield from (NewsOfUnit(News.FOUND, code, one.message) for one in found)
    elif unit.state is not before.record.states.get(code):
        came = _KIND_OF_STATE.get(unit.state)
        if then or (came is None and before.record.states.get(code) in _KIND_OF_STATE):
            came = News.COUNTED_NO_MORE
        if came is not None:
            yield NewsOfUnit(came, code, UNIT_STATES[unit.state])
    for decision in before.decided:
        if decision.unit == code and family_of(decision) is not Family.FILE:
            decided = _decided(campaign, unit.unit, decision)
            yield NewsOfUnit(News.DECIDED, code, _with_effect(campaign, report, decision, decided))


def _with_effect(campaign: Campaign, report: MonthReport, decision: Decision, decided: str) -> str:
    effect = effect_of(campaign, report, decision).text
    return say.DECIDED_WITH_EFFECT.format(decided=decided, effect=effect)


def _of_file(decision: Decision) -> str:
    return f"{DECISIONS[decision.kind]}: {decision.given}"


def _decided(campaign: Campaign, unit: Unit, decision: Decision) -> str:
    """Return what the board decided: of what, to what, why."""
    due = write_day(decision.due) if decision.due else ""
    field = campaign.form_of(unit).label(decision.field) if decision.value is not None else ""
    value = quoted_raw(decision.value) if field else ""
    about = ", ".join(filter(None, (decision.code, field, decision.given, due, value)))
    said = ": ".join(filter(None, (DECISIONS[decision.kind], about)))
    return f"{said} ({decision.reason})" if decision.reason else said


def news_in_numbers(
    campaign: Campaign, report: MonthReport, before: EarlierResult, news: Iterable[NewsOfUnit]
) -> str:
    """Say how much happened since: “3 báo cáo mới, 1 nội dung đã khắc phục”.

    A second sentence names what counts otherwise by the board's decisions.
    """
    number = Counter(one.kind for one in news)
    counted = ", ".join(
        f"{write_number(number[kind])} {lowered(say.NEWS[kind])}" for kind in News if number[kind]
    )
    moment = write_moment(before.moment)
    said = say.SINCE_LAST_RUN.format(moment=moment, news=counted or say.NO_NEWS)
    return said + _recounted(campaign, report, before)


def _recounted(campaign: Campaign, report: MonthReport, before: EarlierResult) -> str:
    """Return the sentence on what counts otherwise by decisions; empty where nothing does."""
    named = []
    for decision in before.decided:
        effect = effect_of(campaign, report, decision)
        if not effect.is_counted:
            continue
        if unit := campaign.unit_by_code.get(decision.unit):
            named.append(say.RECOUNTED_ONE.format(unit=unit.name, effect=effect.text))
        else:
            file = shown_text(decision.given)
            named.append(say.RECOUNTED_FILE.format(file=file, effect=effect.text))
    if not named:
        return ""
    names = first_of(named, _MOST_NAMED, "; ")
    return say.RECOUNTED.format(number=write_number(len(named)), names=names)
