"""How each unit of the register stands in the month: exactly one state for each."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tdkt_batch.campaign.definition import Campaign, Form, Table
from tdkt_batch.model import Month, Submission, Unit
from tdkt_batch.report import FileRecord, FileState, UnitState


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of the units: every file, by unit the report that counts and its first arrival.

    ``excused`` are the units that the board freed from reporting: what they send
    all the same counts.
    """

    records: Sequence[FileRecord]
    submissions: Mapping[str, Submission]
    arrivals: Mapping[str, datetime]
    excused: Container[str] = ()


def unit_states(campaign: Campaign, month: Month, came: Came) -> dict[str, UnitState]:
    """Return the state of every unit that exists in ``month``, in the register's order."""
    unreadable = {r.unit for r in came.records if r.state is FileState.QUARANTINED}
    states = {}
    for unit in campaign.units_in(month):
        if unit.exempt:
            states[unit.code] = UnitState.NOT_REQUIRED
        elif unit.code in came.submissions:
            arrival = came.arrivals[unit.code]
            states[unit.code] = _arrived(campaign, unit, came.submissions[unit.code], arrival)
        elif unit.code in came.excused:
            states[unit.code] = UnitState.NOT_REQUIRED
        elif unit.code in unreadable:
            states[unit.code] = UnitState.UNREADABLE
        else:
            states[unit.code] = UnitState.MISSING
    return states


def _arrived(
    campaign: Campaign, unit: Unit, submission: Submission, arrival: datetime
) -> UnitState:
    """Return the state of a unit whose form arrived; the day of the deadline is in time."""
    if is_empty(campaign.form(submission.form), submission):
        return UnitState.EMPTY
    deadline = campaign.deadline(unit.level).falls_on(submission.month)
    return UnitState.ON_TIME if arrival.date() <= deadline else UnitState.LATE


def is_empty(form: Form, submission: Submission) -> bool:
    """Tell whether the unit typed nothing beyond what was pre-filled."""
    own = [field.id for field in form.fields if not field.prefill]
    if any(not submission.values[id_].is_blank for id_ in own if id_ in submission.values):
        return False
    return not any(_is_filled(table, submission) for table in form.tables)


def _is_filled(table: Table, submission: Submission) -> bool:
    """Tell whether a row holds anything but a pre-filled first column."""
    own = [column.id for column in table.columns[1 if table.prefill else 0 :]]
    rows = submission.tables.get(table.id, ())
    return any(not row.values[id_].is_blank for row in rows for id_ in own)
