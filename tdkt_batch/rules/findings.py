"""Outcomes and faults of reading → findings: what a unit has to mend or to explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.tree import Share
from tdkt_batch.model import (
    GRAVEST_FIRST,
    Finding,
    Outcome,
    OutcomeKind,
    Severity,
    Submission,
    Unit,
)
from tdkt_batch.rules.evaluate import share_holds
from tdkt_batch.rules.submission_scope import SubmissionScope
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording.shared import READING_NOTICES, reading_fault


def findings_of(
    campaign: Campaign, unit: Unit, submission: Submission, outcomes: tuple[Outcome, ...]
) -> tuple[Finding, ...]:
    """Return a unit's findings, the gravest first, each with file, sheet and cell."""
    form = campaign.form(submission.form)
    nearest = _nearest_by_rule(campaign, form, submission, unit)
    finding = partial(
        Finding,
        unit=unit.code,
        month=submission.month,
        file=submission.source.name,
        sha256=submission.source.sha256,
    )
    findings = []
    for outcome in outcomes:
        if outcome.outcome is not OutcomeKind.FAIL:
            continue
        rule = campaign.rule(outcome.rule)
        remedies = [part for part in (outcome.remedy, nearest.get(rule.id, "")) if part]
        findings.append(
            finding(
                severity=outcome.severity or Severity.VIOLATION,
                code=rule.id,
                message=outcome.message,
                given=outcome.given,
                expected=outcome.expected,
                difference=outcome.difference,
                remedy=" ".join(p if p.endswith((".", "!", "?")) else f"{p}." for p in remedies),
                clause=rule.clause,
                quote=" … ".join(rule.quotes),
                sheet=outcome.sheet,
                cell=outcome.cell,
                field=outcome.field,
            )
        )
    for fault in submission.all_faults:
        message, remedy = reading_fault(
            fault, form.label(fault.field) if fault.field else "", campaign.words.said
        )
        is_notice = fault.code in READING_NOTICES
        findings.append(
            finding(
                severity=Severity.NOTICE if is_notice else Severity.READING,
                code=fault.code,
                message=message,
                given=fault.details.get("raw", ""),
                remedy=remedy,
                sheet=fault.sheet,
                cell=fault.cell,
                field=fault.field,
            )
        )
    return tuple(sorted(findings, key=lambda one: GRAVEST_FIRST.index(one.severity)))


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
    scope = SubmissionScope.of(form, submission, unit)
    words: dict[str, str] = {}
    if scope.value(campaign.roles.held) is True:
        return words
    for one in campaign.compositions:
        if one.form != form.id:
            continue
        given = scope.value(one.exemplary), scope.value(one.guests)
        match (*given, campaign.values[one.cap], campaign.values[one.share]):
            case (int() as exemplary, int() as guests, int() as cap, Share() as share):
                nearest = nearest_composition(HeadCounts(exemplary, guests), cap, share)
                if nearest is not None:
                    sentence = one.sentence.format(
                        total=write_number(nearest.total),
                        exemplary=write_number(nearest.exemplary),
                        guests=write_number(nearest.guests),
                    )
                    words.update(dict.fromkeys(one.rules, sentence))
    return words
