"""How each unit of the register stands in the month: exactly one state for each."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import Role
from tdkt_batch.model import Decision, Month, Submission
from tdkt_batch.report import FileRecord, Hindrance, UnitState
from tdkt_batch.rules.decisions import due_day

_AROUND_THE_REPORT = (
    *(Role.DOCUMENT_NUMBER, Role.DOCUMENT_DATE),
    *(Role.PREPARER, Role.PHONE, Role.HEAD),
)
"""The roles of what is written around a report: its covering letter, who signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of the units: every file, by unit the report that counts and its first arrival.

    ``excused`` are the units that the board freed from reporting: what they send
    all the same counts. ``extended`` have a day of their own.
    """

    records: Sequence[FileRecord]
    submissions: Mapping[str, Submission]
    arrivals: Mapping[str, datetime]
    excused: Container[str] = ()
    extended: Mapping[str, Decision] = field(default_factory=dict)


def unit_states(campaign: Campaign, month: Month, came: Came) -> dict[str, UnitState]:
    """Return the state of every unit that exists in ``month``, in the register's order.

    A unit of which anything arrived that was meant as its report is never missing.
    """
    hindered = hindrances_by_unit(came.records)
    states = {}
    for unit in campaign.units_in(month):
        if unit.exempt:
            states[unit.code] = UnitState.NOT_REQUIRED
        elif submission := came.submissions.get(unit.code):
            # the day of the deadline is in time
            extension = came.extended.get(unit.code)
            deadline = due_day(campaign, unit, submission.month, extension)
            if is_empty(campaign, submission):
                states[unit.code] = UnitState.EMPTY
            elif came.arrivals[unit.code].date() <= deadline:
                states[unit.code] = UnitState.ON_TIME
            else:
                states[unit.code] = UnitState.LATE
        elif unit.code in came.excused:
            states[unit.code] = UnitState.NOT_REQUIRED
        elif hindrance := hindered.get(unit.code):
            is_late = hindrance is Hindrance.AFTER_CUT_OFF
            states[unit.code] = UnitState.AFTER_CUT_OFF if is_late else UnitState.UNUSABLE
        else:
            states[unit.code] = UnitState.MISSING
    return states


def hindrances_by_unit(records: Sequence[FileRecord]) -> dict[str, Hindrance]:
    """Return by unit what hinders that of its files which is nearest to a report."""
    nearness = list(Hindrance)
    found: dict[str, Hindrance] = {}
    for record in records:
        if record.unit and record.hindrance:
            others = (found.get(record.unit, record.hindrance), record.hindrance)
            found[record.unit] = min(others, key=nearness.index)
    return found


def is_empty(campaign: Campaign, submission: Submission) -> bool:
    """Tell whether the unit typed nothing of its own.

    What was pre-filled (also a table's first column), the covering letter and
    who signs say nothing of a conference.
    """
    form, figures = campaign.form(submission.form), campaign.roles.figures
    around = {figures.get(role) for role in _AROUND_THE_REPORT}
    own = [one.id for one in form.fields if not one.prefill and one.id not in around]
    typed = [submission.values[id_] for id_ in own if id_ in submission.values]
    for table in form.tables:
        columns = table.columns[1 if table.prefill else 0 :]
        rows = submission.tables.get(table.id, ())
        typed.extend(row.values[column.id] for row in rows for column in columns)
    return all(value.is_blank for value in typed)
