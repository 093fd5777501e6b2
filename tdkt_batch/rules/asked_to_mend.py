"""The cells that a unit is asked to write anew: who does so takes nothing back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.tree import Kind, Name, Node, walk
from tdkt_batch.model import Finding, Life, Submission, Unit
from tdkt_batch.rules.submission_scope import SubmissionScope


def asked_to_mend(
    campaign: Campaign, submission: Submission, unit: Unit, findings: Iterable[Finding]
) -> frozenset[str]:
    """Return the cells of ``submission`` that its standing findings ask to write anew.

    Of a fault of data those that it compares, withholds or points at; of any other what
    its rule says (``mends``): what has happened is explained, and stays as it was reported.
    """
    form = campaign.form(submission.form)
    scope = SubmissionScope.of(form, submission, unit)
    names = set[str]()
    for finding in findings:
        if finding.life is not Life.WAIVED:
            names.update(*(_names(campaign, form, finding, c) for c in _codes(finding)))
    return frozenset(scope.locate(Name(name, Kind.NUMBER)) for name in names)


def cells_asked_about(campaign: Campaign, submission: Submission) -> frozenset[str]:
    """Return the cells of the figures about which an officer asks units (``[officer]``)."""
    limits, form = campaign.figures.officer, campaign.form(submission.form)
    figures = limits.figures if limits else ()
    return frozenset(campaign.figures.figure(id_).cell_in(form) for id_ in figures)


def _codes(finding: Finding) -> tuple[str, ...]:
    return finding.code, *finding.settled


def _names(campaign: Campaign, form: Form, finding: Finding, code: str) -> Iterator[str]:
    rule = campaign.rule_by_id.get(code)
    if rule is None:
        yield from finding.fields
        return
    yield from rule.mends
    if finding.severity.is_of_data:
        yield from finding.fields
        yield from rule.withholds
        if form.id in rule.bound:
            yield from _cells(form, rule.bound[form.id].check)


def _cells(form: Form, node: Node) -> Iterator[str]:
    """Yield the cells that an expression reads, those of derived figures too."""
    derived = {one.id: one.expression for one in form.derived}
    for one in walk(node):
        if isinstance(one, Name):
            if one.id in derived:
                yield from _cells(form, derived[one.id])
            elif one.id in form.field_by_id:
                yield one.id
