"""Form rules over one submission: each ends in pass, fail, not applicable, unknown or error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.rule import Case, FormRule, Rule
from tdkt_batch.campaign.tree import Template
from tdkt_batch.model import Outcome, OutcomeKind, Submission, Unit, Value
from tdkt_batch.rules.evaluate import Result, Unknown, evaluate
from tdkt_batch.rules.submission_scope import SubmissionScope
from tdkt_batch.vietnamese.writing import write_day, write_number

NOT_WRITTEN = "(chưa ghi)"
"""What a template shows in the place of a value that is missing."""


def form_outcomes(
    campaign: Campaign, form: Form, submission: Submission, unit: Unit | None
) -> tuple[Outcome, ...]:
    """Return the outcome of every form rule that is bound to ``form``, in the rules' order."""
    examined = Examined(
        submission,
        SubmissionScope(form, submission.values, submission.tables, unit),
        SubmissionScope(form, submission.values, submission.tables, unit, "typed"),
        campaign.roles.held,
    )
    return tuple(
        rule_outcome(rule, rule.bound[form.id], examined)
        for rule in campaign.rules
        if form.id in rule.bound
    )


@dataclass(frozen=True, slots=True)
class Examined:
    """One submission under examination, in both readings of its cells.

    ``held`` names the condition under which the conference is over: then a
    failing rule asks for an explanation, not for mending.
    """

    submission: Submission
    repaired: SubmissionScope
    typed: SubmissionScope
    held: str


def rule_outcome(rule: Rule, bound: FormRule, examined: Examined) -> Outcome:
    """Return the outcome of one rule; what it raised is recorded as ``error``, not passed on."""
    try:
        as_typed, _ = judge(bound, examined.typed)
        kind, missing = judge(bound, examined.repaired)
        if kind is OutcomeKind.FAIL:
            outcome = _failing(rule, bound, examined)
        else:
            outcome = Outcome(rule=rule.id, outcome=kind, missing=missing)
        field, sheet, cell = _place(bound, examined, missing)
        return replace(outcome, as_typed=as_typed, field=field, sheet=sheet, cell=cell)
    except Exception as error:  # noqa: BLE001 — one crashing rule costs that rule only
        problem = f"{type(error).__name__}: {error}"
        return Outcome(rule=rule.id, outcome=OutcomeKind.ERROR, error=problem)


def judge(bound: FormRule, scope: SubmissionScope) -> tuple[OutcomeKind, tuple[str, ...]]:
    """Return how the rule ends over ``scope``, and the fields that an unknown end lacks."""
    applies = evaluate(bound.condition, scope)
    if isinstance(applies, Unknown):
        return OutcomeKind.UNKNOWN, applies.missing
    if not applies:
        return OutcomeKind.NOT_APPLICABLE, ()
    holds = evaluate(bound.check, scope)
    if isinstance(holds, Unknown):
        return OutcomeKind.UNKNOWN, holds.missing
    return (OutcomeKind.PASS if holds else OutcomeKind.FAIL), ()


def _failing(rule: Rule, bound: FormRule, examined: Examined) -> Outcome:
    scope = examined.repaired
    case = failing_case(bound, scope)
    over = scope.value(examined.held) is True
    return Outcome(
        rule=rule.id,
        outcome=OutcomeKind.FAIL,
        severity=case.severity,
        message=render(case.message, scope),
        given=render(bound.given, scope),
        expected=render(bound.expected, scope),
        difference=render(bound.difference, scope),
        remedy=render(bound.remedy_after if over else bound.remedy_before, scope),
    )


def failing_case(bound: FormRule, scope: SubmissionScope) -> Case:
    """Return the first case whose condition holds; the last has none."""
    for case in bound.cases[:-1]:
        if case.when is not None and evaluate(case.when, scope) is True:
            return case
    return bound.cases[-1]


def render(template: Template, scope: SubmissionScope) -> str:
    """Return the sentence with its places filled as an office writes figures and days."""
    return "".join(
        part if isinstance(part, str) else write_result(evaluate(part, scope))
        for part in template.parts
    )


def write_result(result: Result) -> str:
    """Return a value as it stands in a sentence; a missing one says so."""
    if isinstance(result, Unknown):
        return NOT_WRITTEN
    if isinstance(result, bool):
        return "Có" if result else "Không"
    if isinstance(result, date):
        return write_day(result)
    return write_number(result) if isinstance(result, int) else result


def _place(bound: FormRule, examined: Examined, missing: tuple[str, ...]) -> tuple[str, str, str]:
    """Return field, sheet and cell to point at: what is missing first, else the rule's places."""
    submission = examined.submission
    names = [*missing, *(examined.repaired.locate(node) for node in bound.at)]
    for name in names:
        value = submission.values.get(name) or _first_cell(submission, name)
        if value is not None:
            return name, value.sheet, value.cell
    return (names[0] if names else ""), "", ""


def _first_cell(submission: Submission, name: str) -> Value | None:
    """Return the first filled row's cell of ``bang.cot``, or of a table's first column."""
    table, _, column = name.partition(".")
    for row in submission.tables.get(table, ()):
        found = row.values.get(column) if column else next(iter(row.values.values()), None)
        if found is not None:
            return found
    return None
