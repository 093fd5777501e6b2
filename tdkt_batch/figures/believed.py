"""What of a report is added up: what a standing fault of data withholds is not known.

A conference held on a day that is yet to come is not counted as held; once the unit
corrects the day, or the board accepts its explanation, it is.
"""

from __future__ import annotations

from dataclasses import replace

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.model import Life, Submission
from tdkt_batch.report import UnitReport


def believed(campaign: Campaign, report: UnitReport) -> Submission | None:
    """Return the report's submission with what is withheld unknown; None when it is not usable."""
    submission = report.submission if report.is_usable else None
    if submission is None:
        return None
    standing = (one.code for one in report.findings if one.life is not Life.WAIVED)
    rules = (campaign.rule_by_id.get(code) for code in standing)
    withheld = {name for rule in rules if rule for name in rule.withholds}
    if not withheld:
        return submission
    values = {
        name: replace(value, value=None, implied=False) if name in withheld else value
        for name, value in submission.values.items()
    }
    return replace(submission, values=values)
