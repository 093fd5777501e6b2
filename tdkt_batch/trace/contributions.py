"""What adds up to a total: unit by unit, with the file and the cell that each figure is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tdkt_batch.figures.statistics import summarise
from tdkt_batch.model import Decision, Submission, Unit, Value
from tdkt_batch.report import UnitReport
from tdkt_batch.trace.cell import Spot, cell_at
from tdkt_batch.trace.month import Looked
from tdkt_batch.trace.totals import Total, total_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one unit adds; ``month`` or ``to_date`` is None where it adds nothing there.

    ``report`` gives the figure to date: ``carried`` in it marks a report of an
    earlier month. ``read`` is the cell as it was read.
    """

    report: UnitReport
    month: int | None
    to_date: int | None
    read: Value | None
    correction: Decision | None

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.report.unit

    @property
    def submission(self) -> Submission | None:
        """The report that the figure is from; None of a unit without one."""
        is_counted = self.to_date is not None or not self.report.carried
        return self.report.submission if self.report.is_usable and is_counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalTrace:
    """A total with all that adds up to it; a sum is None where there is no such figure."""

    looked: Looked
    total: Total
    month: int | None
    to_date: int | None
    contributions: tuple[Contribution, ...]


def trace_total(looked: Looked, name: str) -> TotalTrace:
    """Return what adds up to a total of the month; ``InputError`` when there is none such."""
    total = total_asked(name, looked.campaign)
    found = tuple(_contributions(looked, total))
    return TotalTrace(
        looked=looked,
        total=total,
        month=sum(one.month or 0 for one in found) if total.month else None,
        to_date=sum(one.to_date or 0 for one in found) if total.to_date else None,
        contributions=found,
    )


def _contributions(looked: Looked, total: Total) -> Iterator[Contribution]:
    month = summarise(looked.campaign, looked.report).lines
    to_date = summarise(looked.campaign, looked.report.to_date()).lines
    for report in looked.report.units:
        code = report.unit.code
        if total.group not in ("", month[code]["group"]):
            continue
        added = _added(month[code], total.month), _added(to_date[code], total.to_date)
        if any(added):
            yield _contribution(looked, total, report.latest, added)


def _added(line: Mapping[str, Any], columns: tuple[str, ...]) -> int | None:
    """Return what a unit's row adds; None where it gave no figure, or 0."""
    return sum(int(line[column] or 0) for column in columns) or None


def _contribution(
    looked: Looked, total: Total, report: UnitReport, added: tuple[int | None, int | None]
) -> Contribution:
    cell = None
    if total.field and report.is_usable and report.submission:
        read = looked.as_read(report.submission.source) or report.submission
        spot = Spot(field=total.field, label=total.label)
        cell = cell_at(read, spot, looked.inputs.decisions)
    return Contribution(
        report=report,
        month=added[0],
        to_date=added[1],
        read=cell.read if cell else None,
        correction=cell.correction if cell else None,
    )
