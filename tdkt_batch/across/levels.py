"""An upper unit and those below it: who is late (B8), do they agree (AMB-20), who is first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    Question,
    Report,
    Verdict,
    column_of,
    fails,
    is_unreadable,
    lacks,
    passes,
)
from tdkt_batch.across.subordinates import subordinate_table
from tdkt_batch.model import TableRow, Unit, Value
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording.shared import BOARD_PHRASES

_STILL_TO_DO = {"": "no_status", "none": "no_plan", "planned": "not_held"}
"""What a unit that reported this stage has still to do; the other stages have nothing."""


def subordinates_reported(question: Question, report: Report) -> Verdict:
    """List the subordinate units that have not reported, planned or held (B8).

    Up to the month in which the board's deadline lies a planned conference is on
    its way, and what is missing is not yet due. Exempt units are not waited for.
    Places: ``danh_sach``, ``so_don_vi``, ``tong_don_vi``, ``han``.
    """
    below = [unit for unit in question.subordinates(report.unit) if not unit.exempt]
    if not below:
        return NOT_APPLICABLE
    due = question.day("due")
    overdue = question.month.last_day > due
    waiting = _waited_for(question, below, overdue=overdue)
    units = [unit for group in waiting.values() for unit in group]
    if not units:
        return passes()
    places = {
        "danh_sach": "; ".join(
            BOARD_PHRASES[what].format(units=", ".join(unit.name for unit in group))
            for what, group in waiting.items()
        ),
        "so_don_vi": write_number(len(units)),
        "tong_don_vi": write_number(len(below)),
        "han": write_day(due),
    }
    name = question.text("subordinate")
    line = subordinate_table(question, report).line_of(units[0].name)
    at = None if line is None else line.values.get(column_of(name)[1])
    return fails("overdue" if overdue else "not_yet_due", places, at, name)


def _waited_for(question: Question, units: list[Unit], *, overdue: bool) -> dict[str, list[Unit]]:
    """Return the units that are waited for, by what they have still to do."""
    waiting: dict[str, list[Unit]] = {"not_reported": []}
    waiting |= {what: [] for what in _STILL_TO_DO.values() if overdue or what != "not_held"}
    for unit in units:
        report = question.reports.get(unit.code)
        stage = "" if report is None else question.stage(report)
        what = "not_reported" if report is None else _STILL_TO_DO.get(stage, "")
        if what in waiting:
            waiting[what].append(unit)
    return {what: group for what, group in waiting.items() if group}


@dataclass(frozen=True, slots=True)
class _Disagreement:
    """One thing that an upper unit's table says otherwise than the unit itself."""

    unit: str
    words: str
    cell: Value
    column: str


def table_as_subordinates_say(question: Question, report: Report) -> Verdict:
    """Compare an upper unit's table with what its subordinate units report (AMB-20).

    Held or not, and the planned day; what either side left blank is not
    compared. Places: ``khac_nhau``, ``so_don_vi``.
    """
    compared = 0
    unreadable: list[tuple[str, Value]] = []
    found: list[_Disagreement] = []
    for line, below in _pairs(question, report):
        for column in (question.text("held"), question.text("planned_date")):
            cell = line.values.get(column_of(column)[1])
            if cell is None or cell.is_blank:
                continue
            if is_unreadable(cell):
                unreadable.append((column, cell))
                continue
            own = _own_word(question, below, column)
            compared += own is not None
            if own is not None and (words := _other_word(question, below, cell, own)):
                found.append(_Disagreement(below.unit.name, words, cell, column))
    if found:
        places = {
            "khac_nhau": "; ".join(one.words for one in found),
            "so_don_vi": write_number(len({one.unit for one in found})),
        }
        return fails("differs", places, found[0].cell, found[0].column)
    if unreadable:
        return lacks(unreadable[0][0], at=unreadable[0][1])
    return passes() if compared else NOT_APPLICABLE


def _pairs(question: Question, report: Report) -> Iterator[tuple[TableRow, Report]]:
    """Yield each line of the table with the report of the subordinate unit it names."""
    table = subordinate_table(question, report)
    for unit in question.subordinates(report.unit):
        below, line = question.reports.get(unit.code), table.line_of(unit.name)
        if below is not None and line is not None:
            yield line, below


def _own_word(question: Question, below: Report, column: str) -> bool | date | None:
    """Return what the unit itself says of what stands in ``column``; None when nothing."""
    held = column == question.text("held")
    name = question.campaign.roles.held if held else question.text("own_planned_date")
    value = below.scope.value(name)
    return value if isinstance(value, bool | date) else None


def _other_word(question: Question, below: Report, cell: Value, own: bool | date) -> str:
    """Return in words how the table departs from the unit's ``own`` word; empty if it agrees."""
    name = below.unit.name
    if isinstance(own, bool):
        says_held = cell.value == question.text("yes")
        phrase = "table_says_held" if says_held else "table_says_not_held"
        return "" if says_held == own else BOARD_PHRASES[phrase].format(unit=name)
    if not isinstance(cell.value, date) or cell.value == own:
        return ""
    table_day, own_day = write_day(cell.value), write_day(own)
    return BOARD_PHRASES["other_day"].format(unit=name, table_day=table_day, own_day=own_day)


def before_upper_unit(question: Question, report: Report) -> Verdict:
    """Ask that a base conference comes before its upper unit's (AMB-29); the same day does not.

    A unit with nobody above it, and one whose upper unit has no plan yet or holds
    no conference, is not asked. Places: ``ngay_hoi_nghi``, ``cap_tren``,
    ``ngay_cap_tren``, ``so_ngay``.
    """
    name = question.figure("date")
    above = next((unit for unit in question.units if unit.code == report.unit.parent), None)
    if above is None:
        return NOT_APPLICABLE
    upper = question.reports.get(above.code)
    if upper is not None and question.stage(upper) in ("none", "cancelled"):
        return NOT_APPLICABLE
    own, at = report.scope.value(name), report.cell(name)
    if not isinstance(own, date):
        return lacks(name, at=at)
    upper_day = None if upper is None else upper.scope.value(name)
    if not isinstance(upper_day, date):
        return lacks(BOARD_PHRASES["conference_day_of"].format(unit=above.name))
    if own < upper_day:
        return passes(at, name)
    places = {
        "ngay_hoi_nghi": write_day(own),
        "cap_tren": above.name,
        "ngay_cap_tren": write_day(upper_day),
        "so_ngay": write_number((own - upper_day).days),
    }
    return fails("not_before", places, at, name)
