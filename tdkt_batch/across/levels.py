"""An upper unit and those below it: who is late (B8), do they agree (AMB-20), who is first."""

from __future__ import annotations

from dataclasses import dataclass
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
from tdkt_batch.model import Month, Unit
from tdkt_batch.report import Hindrance
from tdkt_batch.values import Value
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import across as say

_STILL_TO_DO = {None: "no_status", Stage.NONE: "no_plan", Stage.PLANNED: "not_held"}
"""What a unit that reported this stage has still to do; the other stages have nothing."""
_NOT_YET_DUE = ("not_held", "no_result", "to_come")
"""What is not waited for up to the month of the board's deadline: the conference is on its way."""

_TO_BE_TOLD = ("not_reported", "no_result")
"""What a report that is not yet due may still tell."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is waited for (a key of ``wording.across.WAITED_FOR``), by a report of which month."""

    what: str
    as_of: Month | None = None

    @property
    def order(self) -> tuple[int, str]:
        """Where it stands in the list: by what is waited for, this month's reports first."""
        return list(say.WAITED_FOR).index(self.what), str(self.as_of or "")


def subordinates_reported(rule: RuleInMonth, report: Report) -> CheckResult:
    """List the subordinate units that have not reported, planned or held (B8).

    Each is taken by its newest report. Up to the month in which the board's
    deadline lies a planned conference is on its way, and what is missing is not yet
    due. Who is exempt or excused is not waited for. Whose own last day is not over is
    not held against the unit above: with nobody else to name it is not decided.
    Places: ``danh_sach``, ``so_don_vi``, ``tong_don_vi``, ``han``.
    """
    below = [
        unit
        for unit in rule.subordinates(report.unit)
        if not unit.exempt and unit.code not in rule.excused
    ]
    if not below:
        return NOT_APPLICABLE
    due = rule.parameter(Parameter.DUE, date)
    waiting: dict[_Waiting, list[Unit]] = {}
    awaited: list[Unit] = []
    for unit in below:
        waited_for = _waited_for(rule, unit, due)
        if waited_for and waited_for.what in _TO_BE_TOLD and unit.code in rule.awaited:
            awaited.append(unit)
        elif waited_for:
            waiting.setdefault(waited_for, []).append(unit)
    groups = sorted(waiting.items(), key=lambda item: item[0].order)
    units = [unit for _, group in groups for unit in group]
    if not units and awaited:
        missing = say.AWAITED.format(units=", ".join(unit.name for unit in awaited))
        return lacks(missing, owed_by=awaited[0].code)
    if not units:
        return passes()
    places = {
        "danh_sach": "; ".join(
            say.WAITED_FOR[one.what].format(
                units=", ".join(unit.name for unit in group),
                as_of=say.AS_OF.format(month=one.as_of.vietnamese) if one.as_of else "",
            )
            for one, group in groups
        ),
        "so_don_vi": write_number(len(units)),
        "tong_don_vi": write_number(len(below)),
        "han": write_day(due),
    }
    name = rule.text(Parameter.SUBORDINATE)
    line = subordinate_table(rule, report).line_of(units[0].name)
    at = in_column(line, name) if line else None
    is_overdue = rule.month.last_day > due
    return fails("overdue" if is_overdue else "not_yet_due", places, at, name)


def _waited_for(rule: RuleInMonth, unit: Unit, due: date) -> _Waiting | None:
    """Return what is still waited for from a unit, by its newest report; None when nothing is.

    A conference planned by an earlier report for a day before ``due`` may have been
    held since: then its result is waited for. What a unit sent this month that could
    not be used may tell what is waited for: then that is said.
    """
    newest, hindrance = rule.reports.get(unit.code), rule.unusable.get(unit.code)
    what = _STILL_TO_DO.get(rule.stage(newest), "") if newest else "not_reported"
    if newest and what == "no_status" and not newest.scope.blank(rule.campaign.roles.status):
        what = "to_come"
    if not what or (what in _NOT_YET_DUE and rule.month.last_day <= due):
        return None
    if hindrance is not None and (newest is None or newest.as_of):
        is_late = hindrance is Hindrance.AFTER_CUT_OFF
        return _Waiting("after_cut_off" if is_late else "unusable")
    if newest is None:
        return _Waiting(what)
    if what == "not_held" and newest.as_of:
        planned = newest.scope.value(rule.figure(Role.DATE))
        if isinstance(planned, date) and planned <= due:
            what = "no_result"
    return _Waiting(what, newest.as_of)


def table_as_subordinates_say(rule: RuleInMonth, report: Report) -> CheckResult:
    """Compare an upper unit's table with what its subordinate units report (AMB-20).

    Held or not, and the planned day; what either side left blank is not
    compared. Of an earlier report only what it says is held still holds: a table
    may know of it later. Places: ``khac_nhau``, ``so_don_vi``.
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
            if not isinstance(own, bool | date) or (below.as_of and own is not True):
                continue
            compared += 1
            if phrase := _disagreement(rule, cell, own):
                said = phrase.format(unit=unit.name) + below.source_month
                differing.append((column, cell, said))
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

    The upper unit is taken by its newest report. A unit with nobody above it, and
    one whose upper unit has no plan yet or holds no conference, is not asked. The
    upper unit's day is owed by that unit. Places: ``ngay_hoi_nghi``, ``cap_tren``,
    ``ngay_cap_tren``, ``so_ngay``, ``theo_bao_cao``.
    """
    name = rule.figure(Role.DATE)
    above = rule.unit_by_code.get(report.unit.parent or "")
    if above is None:
        return NOT_APPLICABLE
    upper = rule.reports.get(above.code)
    if upper is not None and rule.stage(upper) in (Stage.NONE, Stage.CANCELLED):
        return NOT_APPLICABLE
    own, at = report.scope.value(name), report.cell(name)
    if not isinstance(own, date):
        return lacks(name, at=at)
    upper_day = None if upper is None else upper.scope.value(name)
    if upper is None or not isinstance(upper_day, date):
        missing = rule.campaign.words.said(say.CONFERENCE_DAY_OF).format(unit=above.name)
        return lacks(missing, owed_by=above.code)
    if own < upper_day:
        return passes(at, name)
    places = {
        "ngay_hoi_nghi": write_day(own),
        "cap_tren": above.name,
        "ngay_cap_tren": write_day(upper_day),
        "so_ngay": write_number((own - upper_day).days),
        "theo_bao_cao": upper.source_month,
    }
    return fails("not_before", places, at, name)
