"""What of a report is added up: what a standing fault of data withholds is not known.

A conference held on a day that is yet to come is not counted as held, a figure that
cannot be true is in no total; once the unit corrects it, or the board accepts its
explanation, it is. Of a report that takes back that the conference was held nobody
knows which of the two is right.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.tree import Kind, Name
from tdkt_batch.model import Finding, Life, Submission
from tdkt_batch.report import UnitReport
from tdkt_batch.rules.submission_scope import SubmissionScope


def believed(campaign: Campaign, report: UnitReport) -> Submission | None:
    """Return the report's submission with what is withheld unknown; None when it is not usable."""
    submission = report.submission if report.is_usable else None
    withheld = {cell for _, cells in withholding(campaign, report) for cell in cells}
    if submission is None or not withheld:
        return submission
    values = {
        name: replace(value, value=None, implied=False) if name in withheld else value
        for name, value in submission.values.items()
    }
    return replace(submission, values=values)


def withholding(
    campaign: Campaign, report: UnitReport
) -> tuple[tuple[Finding, frozenset[str]], ...]:
    """Return the standing findings of a usable report that withhold cells, each with its cells."""
    return _with_cells(campaign, report, is_waived=False)


def confirmed(campaign: Campaign, report: UnitReport) -> tuple[tuple[Finding, frozenset[str]], ...]:
    """Return the findings that withheld cells until the board accepted them, with these cells."""
    return _with_cells(campaign, report, is_waived=True)


def _with_cells(
    campaign: Campaign, report: UnitReport, *, is_waived: bool
) -> tuple[tuple[Finding, frozenset[str]], ...]:
    submission = report.submission if report.is_usable else None
    if submission is None:
        return ()
    standing = (one for one in report.findings if (one.life is Life.WAIVED) is is_waived)
    names = [(one, found) for one in standing if (found := _withheld_by(campaign, one))]
    if not names:
        return ()
    scope = SubmissionScope.of(campaign.form(submission.form), submission, report.unit)
    return tuple(
        (one, frozenset(scope.locate(Name(name, Kind.NUMBER)) for name in found))
        for one, found in names
    )


def _withheld_by(campaign: Campaign, finding: Finding) -> tuple[str, ...]:
    """Return what is not known while a finding stands: what its rule withholds, or the status.

    With it goes what the rules withhold for which it stands.
    """
    rule = campaign.rule_by_id.get(finding.code)
    if rule is None:
        return ()
    if rule.asks_what_is_taken_back and finding.field == campaign.roles.status:
        return (*rule.withholds, finding.field)
    settled = (campaign.rule(id_).withholds for id_ in finding.settled)
    return tuple(dict.fromkeys(chain(rule.withholds, *settled)))
