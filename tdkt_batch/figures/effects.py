"""What a decision of the board did to a month: told by name after the run that took it."""

from __future__ import annotations

from typing import NamedTuple

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.apart import doubts_of
from tdkt_batch.model import Decision, DecisionKind, Life
from tdkt_batch.report import FileState, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.decisions import BOARD_CORRECTION, is_about
from tdkt_batch.wording import figures as say


class Effect(NamedTuple):
    """What a decision did, in words; ``is_counted`` where something counts otherwise by it."""

    text: str
    is_counted: bool


def effect_of(campaign: Campaign, report: MonthReport, decision: Decision) -> Effect:
    """Return what a decision does in a month, or why nothing."""
    unit = next((one for one in report.units if one.unit.code == decision.unit), None)
    match decision.kind:
        case DecisionKind.SEEN:
            return Effect(say.ASKED_NO_MORE, is_counted=False)
        case DecisionKind.ASKED:
            return Effect(say.WAITS_FOR_UNIT, is_counted=False)
        case DecisionKind.WITHDRAWN:
            return Effect(say.AS_IF_NOT_DECIDED, is_counted=not decision.question)
        case DecisionKind.SET_ASIDE | DecisionKind.ATTRIBUTED:
            return _of_file(report, decision)
        case _:
            return (
                Effect(say.NOT_OF_MONTH, is_counted=False)
                if unit is None
                else _of_unit(campaign, unit, decision)
            )


def _of_file(report: MonthReport, decision: Decision) -> Effect:
    records = [one for one in report.files if one.source.sha256 == decision.file]
    if not records:
        return Effect(say.NOT_OF_MONTH, is_counted=False)
    if decision.kind is DecisionKind.ATTRIBUTED:
        return Effect(say.FILE_IS_OF_UNIT, is_counted=True)
    is_out = any(one.state is FileState.SET_ASIDE for one in records)
    return Effect(say.FILE_NOT_COUNTED if is_out else say.NOT_YET, is_counted=is_out)


def _of_unit(campaign: Campaign, unit: UnitReport, decision: Decision) -> Effect:
    match decision.kind:
        case DecisionKind.CORRECTED:
            value = unit.submission.values.get(decision.field) if unit.submission else None
            is_in = value is not None and value.repair == BOARD_CORRECTION
            return Effect(say.COUNTED_AS_CORRECTED if is_in else say.NOT_YET, is_counted=is_in)
        case DecisionKind.EXCUSED:
            is_free = unit.state is UnitState.NOT_REQUIRED
            return Effect(say.NOT_MISSING if is_free else say.NOT_YET, is_counted=is_free)
        case DecisionKind.EXTENDED:
            return Effect(say.LATER_DEADLINE, is_counted=True)
    found = [one for one in unit.latest.findings if is_about(decision, one)]
    if not found:
        return Effect(say.NOT_FOUND_IN_MONTH, is_counted=False)
    if decision.kind is DecisionKind.REFUSED:
        return Effect(say.STILL_ASKED, is_counted=False)
    is_waived = any(one.life is Life.WAIVED for one in found)
    kept_out = (one for one in doubts_of(campaign, unit.latest) if one.finding in found)
    because = next((one.because for one in kept_out if one.because), None)
    if is_waived and because is not None:
        return Effect(say.STILL_NOT_ADDED.format(code=because.code), is_counted=True)
    return Effect(say.NOT_COUNTED if is_waived else say.GIVEN_OTHERWISE, is_counted=is_waived)
