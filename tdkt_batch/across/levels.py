"""An upper unit and those below it: who is late (B8), do they agree (AMB-20), who is first."""

from __future__ import annotations

from datetime import date

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    CheckResult,
    Report,
    RuleInMonth,
    fails,
    in_column,
    is_unreadable,
    lacks,
    passes,
    subordinate_table,
)
from tdkt_batch.campaign.board_checks import Parameter
from tdkt_batch.campaign.roles import Role, Stage
from tdkt_batch.model import Unit, Value
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import across as say

_STILL_TO_DO = {None: "no_status", Stage.NONE: "no_plan", Stage.PLANNED: "not_held"}
"""What a unit that reported this stage has still to do; the other stages have nothing."""


def subordinates_reported(rule: RuleInMonth, report: Report) -> CheckResult:
    """List the subordinate units that have not reported, planned or held (B8).

    Up to the month in which the board's deadline lies a planned conference is on
    its way, and what is missing is not yet due. Exempt units are not waited for.
    Places: ``danh_sach``, ``so_don_vi``, ``tong_don_vi``, ``han``.
    """
    below = [unit for unit in rule.subordinates(report.unit) if not unit.exempt]
    if not below:
        return NOT_APPLICABLE
    due = rule.parameter(Parameter.DUE, date)
    overdue = rule.month.last_day > due
    waiting: dict[str, list[Unit]] = {what: [] for what in say.WAITED_FOR}
    for unit in below:
        sent = rule.reports.get(unit.code)
        what = _STILL_TO_DO.get(rule.stage(sent), "") if sent else "not_reported"
        if what and (overdue or what != "not_held"):
            waiting[what].append(unit)
    units = [unit for group in waiting.values() for unit in group]
    if not units:
        return passes()
    places = {
        "danh_sach": "; ".join(
            say.WAITED_FOR[what].format(units=", ".join(unit.name for unit in group))
            for what, group in waiting.items()
            if group
        ),
        "so_don_vi": write_number(len(units)),
        "tong_don_vi": write_number(len(below)),
        "han": write_day(due),
    }
    name = rule.text(Parameter.SUBORDINATE)
    line = subordinate_table(rule, report).line_of(units[0].name)
    at = in_column(line, name) if line else None
    return fails("overdue" if overdue else "not_yet_due", places, at, name)


def table_as_subordinates_say(rule: RuleInMonth, report: Report) -> CheckResult:
    """Compare an upper unit's table with what its subordinate units report (AMB-20).

    Held or not, and the planned day; what either side left blank is not
    compared. Places: ``khac_nhau``, ``so_don_vi``.
    """
    table = subordinate_table(rule, report)
    own_name_by_column = {
        rule.text(Parameter.HELD): rule.campaign.roles.held,
        rule.text(Parameter.PLANNED_DATE): rule.text(Parameter.OWN_PLANNED_DATE),
    }
    compared = 0
    unreadable: list[tuple[str, Value]] = []
    differing: list[tuple[str, Value, str]] = []
    units: set[str] = set()
    for unit in rule.subordinates(report.unit):
        below, line = rule.reports.get(unit.code), table.line_of(unit.name)
        if below is None or line is None:
            continue
        for column, own_name in own_name_by_column.items():
            cell = in_column(line, column)
            if cell is None or cell.is_blank:
                continue
            if is_unreadable(cell):
                unreadable.append((column, cell))
                continue
            own = below.scope.value(own_name)
            if not isinstance(own, bool | date):
                continue
            compared += 1
            if phrase := _disagreement(rule, cell, own):
                differing.append((column, cell, phrase.format(unit=unit.name)))
                units.add(unit.name)
    if differing:
        column, cell, _ = differing[0]
        places = {
            "khac_nhau": "; ".join(said for *_, said in differing),
            "so_don_vi": write_number(len(units)),
        }
        return fails("differs", places, cell, column)
    if unreadable:
        column, cell = unreadable[0]
        return lacks(column, at=cell)
    return passes() if compared else NOT_APPLICABLE


def _disagreement(rule: RuleInMonth, cell: Value, own: bool | date) -> str:
    """Return how the table's cell departs from the unit's ``own`` word; empty if it agrees."""
    if isinstance(own, bool):
        says_held = cell.value == rule.text(Parameter.YES)
        phrase = say.TABLE_SAYS_HELD if says_held else say.TABLE_SAYS_NOT_HELD
        return "" if says_held == own else phrase
    if not isinstance(cell.value, date) or cell.value == own:
        return ""
    days = {"table_day": write_day(cell.value), "own_day": write_day(own)}
    return say.OTHER_DAY.format(unit="{unit}", **days)


def before_upper_unit(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask that a base conference comes before its upper unit's (AMB-29); the same day does not.

    A unit with nobody above it, and one whose upper unit has no plan yet or holds
    no conference, is not asked. Places: ``ngay_hoi_nghi``, ``cap_tren``,
    ``ngay_cap_tren``, ``so_ngay``.
    """
    name = rule.figure(Role.DATE)
    above = next((unit for unit in rule.units if unit.code == report.unit.parent), None)
    if above is None:
        return NOT_APPLICABLE
    upper = rule.reports.get(above.code)
    if upper is not None and rule.stage(upper) in (Stage.NONE, Stage.CANCELLED):
        return NOT_APPLICABLE
    own, at = report.scope.value(name), report.cell(name)
    if not isinstance(own, date):
        return lacks(name, at=at)
    upper_day = None if upper is None else upper.scope.value(name)
    if not isinstance(upper_day, date):
        return lacks(say.CONFERENCE_DAY_OF.format(unit=above.name))
    if own < upper_day:
        return passes(at, name)
    places = {
        "ngay_hoi_nghi": write_day(own),
        "cap_tren": above.name,
        "ngay_cap_tren": write_day(upper_day),
        "so_ngay": write_number((own - upper_day).days),
    }
    return fails("not_before", places, at, name)
