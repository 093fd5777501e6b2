"""Outcomes and faults of reading → findings: what a unit has to mend or to explain."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign, Composition
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.rule import Rule
from tdkt_batch.campaign.tree import Share
from tdkt_batch.model import Fault, Finding, Outcome, OutcomeKind, Severity, Submission, Unit
from tdkt_batch.rules.evaluate import share_holds
from tdkt_batch.rules.submission_scope import SubmissionScope
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
    faults = [_of_fault(fault, form, unit, submission) for fault in submission.all_faults]
    return tuple(sorted((*failed, *faults), key=lambda finding: _RANK[finding.severity]))


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


@dataclass(frozen=True, slots=True)
class HeadCounts:
    """Exemplary delegates, and guests with leaders."""

    exemplary: int
    guests: int

    @property
    def total(self) -> int:
        """All delegates."""
        return self.exemplary + self.guests


def nearest_composition(given: HeadCounts, cap: int, share: Share) -> HeadCounts | None:
    """Return the lawful head-counts nearest to those given; None when there are none.

    Nearest is what an officer would ask for: keep the conference as large as the
    cap allows, then change the number of exemplary delegates as little as the
    share demands.

    >>> from fractions import Fraction
    >>> nearest_composition(HeadCounts(130, 82), 200, Share(Fraction(7, 10)))
    HeadCounts(exemplary=140, guests=60)
    """
    for total in range(min(given.total, cap), 0, -1):
        by_distance = sorted(range(total + 1), key=lambda count: abs(count - given.exemplary))
        for exemplary in by_distance:
            if share_holds(exemplary, total, share):
                return HeadCounts(exemplary, total - exemplary)
    return None


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
