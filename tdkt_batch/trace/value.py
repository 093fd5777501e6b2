"""The trace of one value: what it is, where it comes from, who used it, what replaced it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tdkt_batch.campaign import tree
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.rule import Rule
from tdkt_batch.errors import InputError
from tdkt_batch.model import (
    Arrival,
    Decision,
    DecisionKind,
    Finding,
    Month,
    Outcome,
    Source,
    Submission,
    Unit,
)
from tdkt_batch.report import FileRecord, UnitReport, UnitState
from tdkt_batch.rules.evaluate import Unknown, evaluate
from tdkt_batch.rules.submission_scope import SubmissionScope
from tdkt_batch.trace.cell import CellReference, TracedCell, cell_at, cell_reference
from tdkt_batch.trace.lookup import field_asked, unit_asked
from tdkt_batch.trace.month import PublishedMonth
from tdkt_batch.wording import trace as say


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The report that a value comes from, and the file that brought it."""

    submission: Submission
    form: Form
    arrival: Arrival
    cell: TracedCell


@dataclass(frozen=True, slots=True)
class Use:
    """One rule that used a value, and how it ended for the unit."""

    rule: Rule
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class OtherFile:
    """Another file of the unit in the month, with why it does not count and what it said."""

    record: FileRecord
    cell: TracedCell | None


@dataclass(frozen=True, slots=True)
class OtherMonth:
    """How the unit stood in another month, and what its report of that month said."""

    month: Month
    state: UnitState
    source: Source | None
    cell: TracedCell | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTrace:
    """All that the ledger knows of one unit's figure in a month.

    ``report`` is how the unit stands in the month, ``counting`` the report that gives
    the figure: its own, else its last one, carried on in figures to date. ``origin``
    is None when it never reported, or its report lacks the cell.
    """

    published: PublishedMonth
    report: UnitReport
    counting: UnitReport | None
    reference: CellReference
    origin: Origin | None
    uses: tuple[Use, ...]
    findings: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    files: tuple[OtherFile, ...]
    months: tuple[OtherMonth, ...]
    corrected_since: Decision | None

    @property
    def replaced_by(self) -> OtherMonth | None:
        """The next report of a later month, which takes this one's place in figures to date."""
        now = self.published.month
        return next((one for one in self.months if one.month > now and one.source), None)


def trace_value(
    published: PublishedMonth, unit: str, field: str, row: str | None = None
) -> ValueTrace:
    """Return the trace of a unit's field; ``InputError`` when either is not to be found."""
    campaign, month = published.campaign, published.month
    report = published.unit(unit_asked(unit, campaign, month).code)
    name = field_asked(field, campaign.form_of(report.unit))
    code, counting = report.unit.code, report.latest if report.latest.is_usable else None
    ref, origin = CellReference(field=name.id, label=name.label), None
    uses: list[Use] = []
    findings: list[Finding] = []
    mended: list[Finding] = []
    submission = counting.submission if counting else None
    if counting is not None and submission is not None:
        # the cell: of a figure in force, the planned or the actual one
        form = campaign.form(submission.form)
        names = UsedNames(form, submission, counting.unit)
        located = names.located(name.id)
        if located not in (name.id, *name.cells):
            one, other = (f"“{form.label(cell)}” ({cell})" for cell in name.cells)
            said = {"status": form.label(located), "one": one, "other": other}
            raise InputError(say.UNDECIDED.format(label=name.label, **said))
        ref = cell_reference(replace(name, id=located), row, form, submission)

        # what was read there, and which rules used it
        read = published.as_read.get(submission.source) or submission
        if cell := cell_at(read, ref, published.inputs.decisions):
            arrival = published.arrival_by_source[submission.source]
            origin = Origin(submission=submission, form=form, arrival=arrival, cell=cell)
            uses = [
                Use(rule, outcome)
                for outcome in counting.outcomes
                if (rule := campaign.rule(outcome.rule))
                and (outcome.field == ref.field or ref.field in names.of_rule(rule))
            ]
        codes = {use.rule.id for use in uses}
        findings, mended = (
            [one for one in found if one.field == ref.field or one.code in codes]
            for found in (counting.findings, counting.gone)
        )
    # a correction of this figure that the month's workbook does not know yet
    kinds = (DecisionKind.CORRECTED, DecisionKind.WITHDRAWN)
    own = [one for one in published.since if one.kind in kinds and not one.code]
    since = [one for one in own if (one.unit, one.month, one.field) == (code, month, ref.field)]
    return ValueTrace(
        published=published,
        report=report,
        counting=counting,
        reference=ref,
        origin=origin,
        uses=tuple(uses),
        findings=tuple(findings),
        mended=tuple(mended),
        files=tuple(_other_files(published, report, ref)),
        months=tuple(_other_months(published, code, ref)),
        corrected_since=next(iter(since), None),
    )


def _other_files(
    published: PublishedMonth, report: UnitReport, ref: CellReference
) -> Iterator[OtherFile]:
    """Yield the unit's files of the month but the one that counts, in the order of arrival."""
    counting = report.submission.source if report.submission and report.is_usable else None
    own = [one for one in published.report.files if one.unit == report.unit.code]
    for record in sorted(own, key=lambda one: (one.source.arrived, one.source.name)):
        if record.source != counting:
            submission = published.as_read.get(record.source)
            yield OtherFile(record, cell_at(submission, ref, ()) if submission else None)


def _other_months(published: PublishedMonth, code: str, ref: CellReference) -> Iterator[OtherMonth]:
    """Yield the unit's other months that were run, in their order."""
    decisions = published.resources.ledger.decisions()
    for record in published.records:
        if record.month == published.month or code not in record.states:
            continue
        submission = published.counted_in(record, code)
        cell = cell_at(submission, ref, decisions) if submission else None
        source = submission.source if submission else None
        yield OtherMonth(record.month, record.states[code], source, cell)


# --- which rules used it ----------------------------------------------------------------------


class UsedNames:
    """What expressions name over one submission.

    A figure in force is the planned or the actual cell: the one that is not in force
    was not used.
    """

    def __init__(self, form: Form, submission: Submission, unit: Unit) -> None:
        self._form = form
        self._derived = {one.id: one.expression for one in form.derived}
        self._scope = SubmissionScope.of(form, submission, unit)

    def located(self, name: str) -> str:
        """Return the cell that a name stands for."""
        expression = self._derived.get(name)
        return name if expression is None else self._scope.locate(expression)

    def of(self, node: tree.Node) -> Iterator[str]:
        """Yield every cell and ``bang.cot`` that ``node`` names; of a count all its table."""
        match node:
            case tree.Name(id=id_) if id_ in self._derived:
                yield from self.of(self._derived[id_])
            case tree.Name(id=id_):
                yield id_
            case tree.ColumnName():
                yield node.id
            case tree.If(condition, then, otherwise):
                decided = evaluate(condition, self._scope)
                yield from self.of(condition)
                if isinstance(decided, Unknown) or decided:
                    yield from self.of(then)
                if isinstance(decided, Unknown) or not decided:
                    yield from self.of(otherwise)
            case tree.Count(table, None):
                keys = next(one.key for one in self._form.tables if one.id == table)
                yield from (f"{table}.{column}" for column in keys)
            case _:
                for child in tree.children(node):
                    yield from self.of(child)

    def of_rule(self, rule: Rule) -> frozenset[str]:
        """Return what a rule names: a form rule in its expressions, a board rule as parameters."""
        nodes: list[tree.Node] = []
        names: set[str] = set()
        if bound := rule.bound.get(self._form.id):
            whens = (case.when for case in bound.cases if case.when is not None)
            nodes = [bound.condition, bound.check, *whens]
        elif rule.board and self._form.id in rule.board.conditions:
            nodes = [rule.board.conditions[self._form.id]]
            names |= {one for one in rule.board.parameters.values() if isinstance(one, str)}
        return frozenset(names.union(*(self.of(node) for node in nodes)))
