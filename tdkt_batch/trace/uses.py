"""Which rules used a value: those whose expressions name it, also through derived names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign, Form, Rule
from tdkt_batch.campaign.tree import ColumnName, Count, If, Name, Node, children
from tdkt_batch.model import Finding, Outcome, Submission, Unit
from tdkt_batch.report import UnitReport
from tdkt_batch.rules.evaluate import Unknown, evaluate
from tdkt_batch.rules.submission_scope import SubmissionScope


@dataclass(frozen=True, slots=True)
class Use:
    """One rule that used a value, and how it ended for the unit."""

    rule: Rule
    outcome: Outcome


class Names:
    """What expressions name over one submission.

    A figure in force is the planned or the actual cell: the one that is not in force
    was not used.
    """

    def __init__(self, form: Form, submission: Submission, unit: Unit) -> None:
        self._form = form
        self._derived = {one.id: one.expression for one in form.derived}
        self._scope = SubmissionScope(form, submission.values, submission.tables, unit)

    def located(self, name: str) -> str:
        """Return the cell that a name stands for."""
        expression = self._derived.get(name)
        return name if expression is None else self._scope.locate(expression)

    def of(self, node: Node) -> Iterator[str]:
        """Yield every cell and ``bang.cot`` that ``node`` names; of a count all its table."""
        match node:
            case Name(id=id_) if id_ in self._derived:
                yield from self.of(self._derived[id_])
            case Name(id=id_):
                yield id_
            case ColumnName():
                yield node.id
            case If(condition, then, otherwise):
                decided = evaluate(condition, self._scope)
                yield from self.of(condition)
                if isinstance(decided, Unknown) or decided:
                    yield from self.of(then)
                if isinstance(decided, Unknown) or not decided:
                    yield from self.of(otherwise)
            case Count(table, None):
                keys = next(one.key for one in self._form.tables if one.id == table)
                yield from (f"{table}.{column}" for column in keys)
            case _:
                for child in children(node):
                    yield from self.of(child)

    def of_rule(self, rule: Rule) -> frozenset[str]:
        """Return what a rule names: a form rule in its expressions, a board rule as parameters."""
        nodes: list[Node] = []
        names: set[str] = set()
        if bound := rule.bound.get(self._form.id):
            whens = (case.when for case in bound.cases if case.when is not None)
            nodes = [bound.condition, bound.check, *whens]
        elif rule.board and self._form.id in rule.board.conditions:
            nodes = [rule.board.conditions[self._form.id]]
            names |= {one for one in rule.board.parameters.values() if isinstance(one, str)}
        return frozenset(names.union(*(self.of(node) for node in nodes)))


def uses_of(campaign: Campaign, report: UnitReport, field: str) -> tuple[Use, ...]:
    """Return the rules that used ``field`` of the unit's report, in the rule book's order."""
    submission = report.submission
    if submission is None:
        return ()
    names = Names(campaign.form(submission.form), submission, report.unit)
    uses = (Use(campaign.rule(outcome.rule), outcome) for outcome in report.outcomes)
    return tuple(
        use for use in uses if use.outcome.field == field or field in names.of_rule(use.rule)
    )


def findings_on(
    report: UnitReport, field: str, uses: tuple[Use, ...]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the unit's findings on a value, and those of earlier months that are mended."""
    rules = {use.rule.id for use in uses}

    def is_on(finding: Finding) -> bool:
        return finding.field == field or finding.code in rules

    return tuple(filter(is_on, report.findings)), tuple(filter(is_on, report.gone))
