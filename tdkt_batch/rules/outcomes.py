"""Form rules over one submission: each ends in pass, fail, not applicable, unknown or error."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.rule import Case, FormRule
from tdkt_batch.campaign.tree import Node, Template
from tdkt_batch.model import Outcome, OutcomeKind, Submission, Unit
from tdkt_batch.rules.evaluate import Result, Unknown, evaluate
from tdkt_batch.rules.submission_scope import SubmissionScope
from tdkt_batch.values import is_same
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording.rules import YES_NO
from tdkt_batch.wording.shared import BETWEEN, BLANK_COUNT, NOT_WRITTEN


def form_outcomes(
    campaign: Campaign, form: Form, submission: Submission, unit: Unit | None
) -> tuple[Outcome, ...]:
    """Return the outcome of every form rule that is bound to ``form``, in the rules' order."""
    repaired = typed = SubmissionScope.of(form, submission, unit)
    if not all(is_same(cell.value, cell.typed) for cell in submission.telling_cells):
        typed = SubmissionScope.of(form, submission, unit, "typed")
    examined = _Examined(submission, repaired, typed, campaign.roles.held)
    rules = (rule for rule in campaign.rules if form.id in rule.bound)
    return tuple(examined.outcome(rule.id, rule.bound[form.id]) for rule in rules)


def without_settled(campaign: Campaign, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Return the outcomes of form and board; what a failing rule settles does not apply."""
    outcomes = tuple(outcomes)
    failing = [campaign.rule(one.rule) for one in outcomes if one.outcome is OutcomeKind.FAIL]
    settled = {id_ for rule in failing for id_ in rule.settles}
    silent = OutcomeKind.NOT_APPLICABLE
    return tuple(
        Outcome(
            rule=one.rule,
            outcome=silent,
            as_typed=one.as_typed,
            is_settled=one.is_settled or one.outcome is OutcomeKind.FAIL,
        )
        if one.rule in settled
        else one
        for one in outcomes
    )


@dataclass(frozen=True, slots=True)
class _Examined:
    """One submission under examination, in both readings of its cells; often they are one.

    ``held`` names the condition under which the conference is over: then a
    failing rule asks for an explanation, not for mending.
    """

    submission: Submission
    repaired: SubmissionScope
    typed: SubmissionScope
    held: str

    def outcome(self, rule: str, bound: FormRule) -> Outcome:
        """Return how a rule ends; what it raised is recorded as ``error``, not passed on."""
        try:
            kind, missing = judge(bound, self.repaired)
            as_typed = kind if self.typed is self.repaired else judge(bound, self.typed)[0]
            texts = self._texts(bound) if kind is OutcomeKind.FAIL else {"missing": missing}
            is_silent = kind is OutcomeKind.NOT_APPLICABLE and bool(bound.settled_by)
            is_settled = is_silent and _judge_alone(bound, self.repaired)[0] is OutcomeKind.FAIL
            field, sheet, cell = self._place(bound, missing)
        except Exception as error:  # noqa: BLE001 — one crashing rule costs that rule only
            problem = f"{type(error).__name__}: {error}"
            return Outcome(rule=rule, outcome=OutcomeKind.ERROR, error=problem)
        return Outcome(
            rule=rule,
            outcome=kind,
            as_typed=as_typed,
            field=field,
            sheet=sheet,
            cell=cell,
            is_settled=is_settled,
            **texts,
        )

    def _texts(self, bound: FormRule) -> dict[str, Any]:
        """Return severity and sentences of a failing rule."""
        case = failing_case(bound, self.repaired)
        is_over = self.repaired.value(self.held) is True
        templates = {
            "message": case.message,
            "given": bound.given,
            "expected": bound.expected,
            "difference": bound.difference,
            "remedy": bound.remedy_after if is_over else bound.remedy_before,
        }
        texts = {key: render(template, self.repaired) for key, template in templates.items()}
        return {"severity": case.severity, **texts}

    def _place(self, bound: FormRule, missing: tuple[str, ...]) -> tuple[str, str, str]:
        """Return field, sheet and cell to point at: what is missing first, else the rule's places.

        ``bang.cot`` stands at the first filled row, a table at its first cell.
        """
        names = [*missing, *(self.repaired.locate(node) for node in bound.at)]
        for name in names:
            table, _, column = name.partition(".")
            rows = [row.values for row in self.submission.tables.get(table, ())]
            cells = [row.get(column) if column else next(iter(row.values()), None) for row in rows]
            for value in (self.submission.values.get(name), *cells):
                if value is not None:
                    return name, value.sheet, value.cell
        return (names[0] if names else ""), "", ""


def judge(bound: FormRule, scope: SubmissionScope) -> tuple[OutcomeKind, tuple[str, ...]]:
    """Return how the rule ends over ``scope``, and the fields that an unknown end lacks."""
    if any(judge(one, scope)[0] is OutcomeKind.FAIL for one in bound.settled_by):
        return OutcomeKind.NOT_APPLICABLE, ()
    return _judge_alone(bound, scope)


def _judge_alone(bound: FormRule, scope: SubmissionScope) -> tuple[OutcomeKind, tuple[str, ...]]:
    """Return how the rule ends whatever the others do."""
    applies = evaluate(bound.condition, scope)
    return ended(applies, lambda: evaluate(bound.check, scope))


def ended(applies: Result, check: Callable[[], Result]) -> tuple[OutcomeKind, tuple[str, ...]]:
    """Return how a rule ends whose condition yields ``applies``; the check is asked if it does."""
    if isinstance(applies, Unknown):
        return OutcomeKind.UNKNOWN, applies.missing
    if not applies:
        return OutcomeKind.NOT_APPLICABLE, ()
    holds = check()
    if isinstance(holds, Unknown):
        return OutcomeKind.UNKNOWN, holds.missing
    return (OutcomeKind.PASS if holds else OutcomeKind.FAIL), ()


def failing_case(bound: FormRule, scope: SubmissionScope) -> Case:
    """Return the first case whose condition holds; the last has none."""
    for case in bound.cases[:-1]:
        if case.when is not None and evaluate(case.when, scope) is True:
            return case
    return bound.cases[-1]


def render(template: Template, scope: SubmissionScope) -> str:
    """Return the sentence with its places filled as an office writes figures and days.

    A count that was left blank is never said to be 0.
    """

    def written(part: str | Node) -> str:
        if isinstance(part, str):
            return part
        return BLANK_COUNT if scope.is_implied(part) else write_result(evaluate(part, scope))

    return "".join(map(written, template.parts))


def write_result(result: Result) -> str:
    """Return a value as it stands in a sentence; a missing one says so, or its bounds."""
    if isinstance(result, Unknown):
        if not result.is_bounded:
            return NOT_WRITTEN
        return BETWEEN.format(low=write_number(result.low), high=write_number(result.high))
    if isinstance(result, bool):
        return YES_NO[result]
    if isinstance(result, date):
        return write_day(result)
    return write_number(result) if isinstance(result, int) else result
