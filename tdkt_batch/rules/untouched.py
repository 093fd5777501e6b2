"""Forms sent as they were pre-filled, of which nobody said that it still holds: no report yet."""

from __future__ import annotations

from tdkt_batch.campaign.board_checks import BoardCheck
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import Role
from tdkt_batch.model import Finding
from tdkt_batch.report import UnitReport
from tdkt_batch.rules.requests_to_units import action_for


def untouched_finding(campaign: Campaign, report: UnitReport) -> Finding | None:
    """Return the finding that asks whether a form that nobody ticked still holds; None if none."""
    if report.submission is None:
        return None
    tick = report.submission.values.get(campaign.roles.name(Role.UNCHANGED))
    for finding in report.findings:
        rule = campaign.rule_by_id.get(finding.code)
        board = rule.board if rule is not None else None
        if board is not None and board.check is BoardCheck.UNCHANGED_AS_TOLD:
            return finding if tick is None or tick.is_blank else None
    return None


def is_untouched(campaign: Campaign, report: UnitReport) -> bool:
    """Tell whether a report is such a form, and neither unit nor board has answered since."""
    finding = untouched_finding(campaign, report)
    return finding is not None and action_for(campaign, finding, over=False).is_asked
