"""Outcomes and faults of reading → findings: what a unit has to mend or to explain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from tdkt_batch.values import Fault
from tdkt_batch.vietnamese.writing import capital, first_of, write_number
from tdkt_batch.wording import rules as say
from tdkt_batch.wording.shared import READING_NOTICES, REMEDIES_IN_RETURN, reading_fault


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
    settled = {one.rule for one in outcomes if one.is_settled}
    for outcome in outcomes:
        if outcome.outcome is not OutcomeKind.FAIL:
            continue
        rule = campaign.rule(outcome.rule)
        own = tuple(one for one in rule.settles if one in settled)
        settled.difference_update(own)
        remedies = [part for part in (outcome.remedy, nearest.get(rule.id, "")) if part]
        findings.append(
            finding(
                severity=outcome.severity or Severity.VIOLATION,
                code=rule.id,
                message=_with(outcome.message, _waiting(own)),
                settled=own,
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
    undecided = [one for one in outcomes if one.outcome is OutcomeKind.UNKNOWN]
    for group, faults in same_faults(form, submission.all_faults).items():
        fault, is_notice = faults[0], faults[0].code in READING_NOTICES
        label = form.label(fault.field) if fault.field else ""
        message, remedy = reading_fault(fault, label, campaign.words.said)
        fields = {one.field for one in faults}
        waiting = [one.rule for one in undecided if not is_notice and fields & set(one.missing)]
        raws = dict.fromkeys(one.details.get("raw", "") for one in faults)
        findings.append(
            finding(
                severity=Severity.NOTICE if is_notice else Severity.READING,
                code=fault.code,
                message=_with(message, _elsewhere(form, faults), _waiting(waiting)),
                given=first_of([raw for raw in raws if raw], NAMED),
                remedy=remedy,
                sheet=fault.sheet,
                cell=fault.cell,
                field=fault.field,
                group=group[1],
                cells=tuple((one.field, one.cell) for one in faults) if len(faults) > 1 else (),
            )
        )
    return tuple(sorted(findings, key=lambda one: GRAVEST_FIRST.index(one.severity)))


# --- one cause, one finding ------------------------------------------------------------------

NAMED = 5
"""How many of a finding's cells a sentence names."""


def same_faults(
    form: Form, faults: Iterable[Fault]
) -> Mapping[tuple[str, str, str], tuple[Fault, ...]]:
    """Return the faults of reading by code, group and sheet; the group is empty for a lone fault.

    The same fault in a column of a list, or in a block of a page, is one habit.
    What concerns no cell (a whole sheet) stands for itself.
    """
    groups: dict[tuple[str, str, str], list[Fault]] = {}
    for number, fault in enumerate(faults):
        field = form.field_by_id.get(fault.field)
        group = fault.field if "." in fault.field else field.block if field else ""
        alone = "" if group else f"{fault.field} {number}"
        groups.setdefault((fault.code, group, f"{fault.sheet} {alone}"), []).append(fault)
    return {key: tuple(found) for key, found in groups.items()}


def _with(message: str, *additions: str) -> str:
    """Return a message with what is added to it, after a question as a sentence of its own."""
    for one in filter(None, additions):
        message += f" {capital(one)}" if message.endswith("?") else f"; {one}"
    return message


def _elsewhere(form: Form, faults: Sequence[Fault]) -> str:
    """Return at which cells the same fault stands; lines that were not found by their labels."""
    if len(faults) == 1:
        return ""
    places = dict.fromkeys(one.cell or f"“{form.label(one.field)}”" for one in faults)
    return say.SAME_FAULTS.format(
        number=write_number(len(faults)), cells=first_of([*places], NAMED, ", ")
    )


def _waiting(rules: Sequence[str]) -> str:
    """Return how many rules cannot be decided because of a fault, or of what cannot be true.

    Which they are is seen where each rule's end stands: nobody knows them by their codes.
    """
    return say.WAITING.format(number=write_number(len(rules))) if rules else ""


def remedy_to_unit(finding: Finding) -> str:
    """Return what a unit is told to do about a finding: letter, return and book say the same."""
    return REMEDIES_IN_RETURN.get(finding.code, finding.remedy)


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
