"""What was reported and cannot be true (số chưa cộng): asked before it is added to any total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.believed import confirmed, withholding
from tdkt_batch.model import Finding, Unit
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.wording.shared import APART, STILL_APART


@dataclass(frozen=True, slots=True)
class Doubt:
    """A unit's figures that are added to no total, and the finding that asks about them.

    ``because`` is another finding, of the stage, that keeps them out even when the board
    confirms the figures, or has confirmed them; None where there is none.
    """

    unit: Unit
    finding: Finding
    because: Finding | None = None

    def in_words(self, campaign: Campaign) -> str:
        """Return what is not added, where it stands, and why it still is not."""
        said = APART.format(
            unit=unit_label(self.unit, campaign),
            given=self.finding.given,
            expected=self.finding.expected,
            sheet=self.finding.sheet,
            cell=self.finding.cell,
        )
        return said + still_apart(self.because)


def still_apart(because: Finding | None) -> str:
    """Return why figures are not added although they are confirmed; nothing without a reason."""
    if because is None:
        return ""
    return STILL_APART.format(code=because.code, message=because.message)


def doubts(campaign: Campaign, to_date: MonthReport) -> tuple[Doubt, ...]:
    """Return what stands apart of the units' latest reports, in the order of the units.

    A stage that is not believed (held on a day to come) makes figures unknown, not apart;
    but those that cannot be true are told until they are added, accepted or not.
    """
    return tuple(doubt for one in to_date.units for doubt in doubts_of(campaign, one))


def doubts_of(campaign: Campaign, report: UnitReport) -> Iterator[Doubt]:
    """Yield what stands apart of one report."""
    status, standing = campaign.roles.status, withholding(campaign, report)
    because = next((finding for finding, cells in standing if status in cells), None)
    for finding, cells in (*standing, *(confirmed(campaign, report) if because else ())):
        if status not in cells:
            yield Doubt(report.unit, finding, because)
