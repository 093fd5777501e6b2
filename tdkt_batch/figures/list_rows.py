"""The rows of the lists that become sheets, from each unit's latest report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.sheet_list import SheetList
from tdkt_batch.figures.amounts import UnitAmounts
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport
from tdkt_batch.rules.evaluate import Unknown, evaluate
from tdkt_batch.values import Scalar


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: whose it is and what its columns hold, None where that is not known.

    A column that the unit's form does not have is not among the ``values``.
    """

    unit: Unit
    values: Mapping[str, Scalar | None]


def list_rows(campaign: Campaign, report: MonthReport) -> dict[str, tuple[ListRow, ...]]:
    """Return the rows of each list of a table by its id, in the units' order, then the form's."""
    to_date = report.to_date()
    units = [UnitAmounts(campaign, to_date, one) for one in to_date.units]
    return {
        one.id: tuple(row for unit in units for row in _rows_of(unit, one))
        for one in campaign.sheet_lists
        if one.table
    }


def _rows_of(unit: UnitAmounts, of: SheetList) -> Iterator[ListRow]:
    """Yield a unit's rows that are known to count; none of a table that was not read."""
    if unit.form not in of.bound or not unit.has_report:
        return
    condition, rows = of.bound[unit.form], unit.rows(of.table)
    for row in () if isinstance(rows, Unknown) else rows:
        if condition is None or evaluate(condition, unit, row) is True:
            found = {id_: row.value(id_) for id_ in unit.columns(of.table)}
            known = {i: None if isinstance(v, Unknown) else v for i, v in found.items()}
            yield ListRow(unit.unit.unit, known)
