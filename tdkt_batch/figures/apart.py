"""What was reported and cannot be true (số chưa cộng): asked before it is added to any total."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.believed import withholding
from tdkt_batch.model import Finding, Unit
from tdkt_batch.report import MonthReport


@dataclass(frozen=True, slots=True)
class Doubt:
    """A unit's figures that are added to no total, and the finding that asks about them."""

    unit: Unit
    finding: Finding


def doubts(campaign: Campaign, to_date: MonthReport) -> tuple[Doubt, ...]:
    """Return what stands apart of the units' latest reports, in the order of the units.

    A stage that is not believed (held on a day to come) makes figures unknown, not apart.
    """
    status = campaign.roles.status
    return tuple(
        Doubt(one.unit, finding)
        for one in to_date.units
        for finding, cells in withholding(campaign, one)
        if status not in cells
    )
