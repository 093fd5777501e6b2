"""Outcomes and faults of reading → findings: what a unit has to mend or to explain."""

from __future__ import annotations

from tdkt_batch.campaign.definition import Campaign, Composition, Form, Rule
from tdkt_batch.campaign.tree import Share
from tdkt_batch.model import Fault, Finding, Outcome, OutcomeKind, Severity, Submission, Unit
from tdkt_batch.rules.composition import HeadCounts, nearest_composition
from tdkt_batch.rules.scope import SubmissionScope
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording.shared import READING_NOTICES, reading_fault

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def findings_of(
    campaign: Campaign, unit: Unit, submission: Submission, outcomes: tuple[Outcome, ...]
) -> tuple[Finding, ...]:
    """Return a unit's findings, the gravest first, each with file, sheet and cell."""
    form = campaign.form(submission.form)
    nearest = _nearest_by_rule(campaign, form, submission, unit)
    failed = [
        _of_outcome(campaign.rule(outcome.rule), outcome, unit, submission, nearest)
        for outcome in outcomes
        if outcome.outcome is OutcomeKind.FAIL
    ]
    faults = [_of_fault(fault, form, unit, submission) for fault in all_faults(submission)]
    return tuple(sorted((*failed, *faults), key=lambda finding: _RANK[finding.severity]))


def all_faults(submission: Submission) -> tuple[Fault, ...]:
    """Return the faults of the file and of each of its cells, in reading order."""
    cells = [value for value in submission.values.values() if value.fault]
    for rows in submission.tables.values():
        cells += [value for row in rows for value in row.values.values() if value.fault]
    return (*submission.faults, *(value.fault for value in cells if value.fault))


def _of_outcome(
    rule: Rule, outcome: Outcome, unit: Unit, submission: Submission, nearest: dict[str, str]
) -> Finding:
    remedy = " ".join(
        _sentence(part) for part in (outcome.remedy, nearest.get(rule.id, "")) if part
    )
    return Finding(
        unit=unit.code,
        month=submission.month,
        severity=outcome.severity or Severity.VIOLATION,
        code=rule.id,
        message=outcome.message,
        given=outcome.given,
        expected=outcome.expected,
        difference=outcome.difference,
        remedy=remedy,
        clause=rule.clause,
        quote=" … ".join(rule.quotes),
        file=submission.source.name,
        sha256=submission.source.sha256,
        sheet=outcome.sheet,
        cell=outcome.cell,
        field=outcome.field,
    )


def _of_fault(fault: Fault, form: Form, unit: Unit, submission: Submission) -> Finding:
    label = form.label(fault.field) if fault.field else ""
    message, remedy = reading_fault(fault, label)
    return Finding(
        unit=unit.code,
        month=submission.month,
        severity=Severity.NOTICE if fault.code in READING_NOTICES else Severity.READING,
        code=fault.code,
        message=message,
        given=fault.details.get("raw", ""),
        remedy=remedy,
        file=submission.source.name,
        sha256=submission.source.sha256,
        sheet=fault.sheet,
        cell=fault.cell,
        field=fault.field,
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


# --- one joint nearest composition -----------------------------------------------------------


def _nearest_by_rule(
    campaign: Campaign, form: Form, submission: Submission, unit: Unit
) -> dict[str, str]:
    """Return, by rule id, the nearest composition in words where it can still be chosen.

    A conference that is over is explained, not mended.
    """
    scope = SubmissionScope(form, submission.values, submission.tables, unit)
    words: dict[str, str] = {}
    if scope.value(campaign.roles.held) is True:
        return words
    for composition in campaign.compositions:
        if composition.form == form.id and (text := _in_words(campaign, composition, scope)):
            words.update(dict.fromkeys(composition.rules, text))
    return words


def _in_words(campaign: Campaign, composition: Composition, scope: SubmissionScope) -> str:
    exemplary, guests = scope.value(composition.exemplary), scope.value(composition.guests)
    cap, share = campaign.values[composition.cap], campaign.values[composition.share]
    if not isinstance(exemplary, int) or not isinstance(guests, int):
        return ""
    if not isinstance(cap, int) or not isinstance(share, Share):
        return ""
    found = nearest_composition(HeadCounts(exemplary, guests), cap, share)
    if found is None:
        return ""
    return composition.sentence.format(
        total=write_number(found.total),
        exemplary=write_number(found.exemplary),
        guests=write_number(found.guests),
    )
