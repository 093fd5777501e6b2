"""What an officer is asked about figures before the book is published (cần xem lại).

Notices, not faults of a unit: no total, no verdict and no letter changes by them. An
officer sees the cells of both units that are compared; a unit sees nothing of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Figure
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.values import Value


class OfficerTopic(StrEnum):
    """What an officer is asked about, in the order of the questions."""

    MOVERS = "movers"
    UNUSUAL = "unusual"
    PERSON = "person"
    ROSTER = "roster"
    FIGURES = "figures"
    AT_LIMIT = "at_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """What one unit reported, where in which file; ``said`` is it in words."""

    unit: Unit
    said: str
    sheet: str = ""
    cell: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerQuestion:
    """One thing to look at, with the cells that it is about."""

    topic: OfficerTopic
    text: str
    evidence: tuple[ShownCell, ...]

    @property
    def is_to_be_answered(self) -> bool:
        """Whether an answer is awaited: units are named, and they do more than move a total."""
        return bool(self.evidence) and self.topic is not OfficerTopic.MOVERS

    @property
    def mark(self) -> str:
        """What makes it the same question in another run: the topic, and what units report.

        What they are compared with (a median, a total) may move meanwhile.
        """
        said = [(one.unit.code, one.said) for one in self.evidence] or self.text
        return sha256(repr((self.topic.value, said)).encode()).hexdigest()[:16]


def evidence_of(report: UnitReport, said: str, value: Value | None) -> ShownCell:
    """Return what a unit's latest report says in a cell."""
    submission = report.latest.submission
    file = submission.source.file_name if submission else ""
    place = (value.sheet, value.cell) if value else ("", "")
    return ShownCell(unit=report.unit, said=said, sheet=place[0], cell=place[1], file=file)


def value_of(campaign: Campaign, report: UnitReport, figure: Figure) -> Value | None:
    """Return the cell of a unit's latest report that a figure is taken from."""
    submission = report.latest.submission
    if submission is None:
        return None
    return submission.values.get(figure.cell_in(campaign.form(submission.form)))


def reporting(report: MonthReport) -> Iterator[UnitReport]:
    """Yield the units whose report of the month is usable: only what is new is asked about."""
    return (one for one in report.units if one.is_usable)
