"""What each sheet of the control workbook lists: findings to be decided, decisions that stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field
from tdkt_batch.control.answers import AnswerRows
from tdkt_batch.control.figures import correctable, name_of, write_value
from tdkt_batch.control.sheets import NOTE, Cells, Refused, Role, Sheet
from tdkt_batch.control.told import Row, decided_cells, unit_cells
from tdkt_batch.model import Decision, Unit
from tdkt_batch.report import MonthReport
from tdkt_batch.rules.decisions import Family, family_of, standing

SPARE_ROWS: Mapping[Family, int] = {Family.ANSWER: 20, Family.CORRECTION: 40, Family.EXCUSE: 30}
"""How many empty rows stand below what is listed."""
_SUBJECT: Mapping[Family, tuple[str, ...]] = {
    Family.ANSWER: ("unit", "month", "code", "field"),
    Family.CORRECTION: ("unit", "month", "field"),
    Family.EXCUSE: ("unit", "month"),
}
"""The columns that say what a row is about."""


class Listing:
    """The rows of each sheet for one month."""

    def __init__(
        self, campaign: Campaign, report: MonthReport, decisions: Sequence[Decision]
    ) -> None:
        self._campaign = campaign
        self._report = report
        self._units = campaign.unit_by_code
        self._number = {code: number for number, code in enumerate(self._units)}
        self._decisions = sorted(standing(decisions), key=self._place)

    def rows(self, sheet: Sheet, refused: Sequence[Refused]) -> list[Row]:
        """Return a sheet's rows: what is listed, what was refused, and rows to type in."""
        rows = self._listed(sheet.family)
        for one in refused:
            if one.family is sheet.family:
                _put_back(sheet, rows, one)
        spare = Row({"month": self._report.month.vietnamese}, is_open=True)
        return [*rows, *[spare] * SPARE_ROWS[sheet.family]]

    def _listed(self, family: Family) -> list[Row]:
        match family:
            case Family.ANSWER:
                return AnswerRows(self._campaign, self._report, self._of(family)).rows()
            case Family.CORRECTION:
                return [Row(self._correction(one)) for one in self._of(family)]
            case Family.EXCUSE:
                return [Row(self._excuse(one)) for one in self._of(family)]

    def _of(self, family: Family) -> list[Decision]:
        return [one for one in self._decisions if family_of(one) is family]

    def _place(self, decision: Decision) -> tuple[int, str, str, str, str]:
        """Return where a decision stands: in the register's order, then by month and rule."""
        number = self._number.get(decision.unit, len(self._number))
        return number, *decision.subject

    def _correction(self, decision: Decision) -> Cells:
        unit = self._units.get(decision.unit)
        field = self._field(unit, decision.field)
        return {
            **unit_cells(decision.unit, unit),
            **decided_cells(decision),
            "field": name_of(self._campaign, unit, decision.field),
            "value": write_value(field, decision.value),
            NOTE: self._unused(decision),
        }

    def _field(self, unit: Unit | None, id_: str) -> Field | None:
        if unit is None:
            return None
        fields = correctable(self._campaign, self._campaign.form_of(unit))
        return next((field for field in fields if field.id == id_), None)

    def _unused(self, decision: Decision) -> str:
        """Return that a correction of this month has no report yet that it could correct."""
        if decision.month != self._report.month or decision.unit in self._reported:
            return ""
        return "Kỳ này đơn vị chưa có báo cáo dùng được: đính chính chưa áp dụng"

    @cached_property
    def _reported(self) -> frozenset[str]:
        return frozenset(one.unit.code for one in self._report.units if one.submission)

    def _excuse(self, decision: Decision) -> Cells:
        ended = decision.until is not None and decision.until < self._report.month
        return {
            **unit_cells(decision.unit, self._units.get(decision.unit)),
            **decided_cells(decision),
            NOTE: "Đã hết hiệu lực" if ended else "",
        }


# --- rows that were refused -------------------------------------------------------------


def _put_back(sheet: Sheet, rows: list[Row], refused: Refused) -> None:
    """Write what was typed over the row that it was typed in, or as a row of its own."""
    note = f"Chưa nhận. {refused.problem}"
    for number, row in enumerate(rows):
        if not row.is_open and _is_same(sheet, row.cells, refused.cells):
            typed = {
                column.id: refused.cells.get(column.id, "")
                for column in sheet.columns
                if column.role is Role.INPUT
            }
            rows[number] = Row({**row.cells, **typed, NOTE: note})
            return
    rows.append(Row({**refused.cells, NOTE: note}, is_open=True))


def _is_same(sheet: Sheet, one: Cells, other: Cells) -> bool:
    return all(one.get(id_, "") == other.get(id_, "") for id_ in _SUBJECT[sheet.family])
