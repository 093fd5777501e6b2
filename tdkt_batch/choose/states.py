"""How each unit of the register stands in the month: exactly one state for each."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import Role
from tdkt_batch.model import Decision, Month, Submission, Unit
from tdkt_batch.report import FileRecord, Hindrance, UnitState
from tdkt_batch.rules.decisions import due_day, is_due

_AROUND_THE_REPORT = (
    *(Role.DOCUMENT_NUMBER, Role.DOCUMENT_DATE),
    *(Role.PREPARER, Role.PHONE, Role.HEAD),
)
"""The roles of what is written around a report: its covering letter, who signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of the units: every file, by unit the report that counts and its first arrival.

    ``excused`` are the units that the board freed from reporting: what they send
    all the same counts. ``extended`` have a day of their own. ``moment`` is the month's
    own: whose last day is not over then is not awaited yet.
    """

    records: Sequence[FileRecord]
    submissions: Mapping[str, Submission]
    arrivals: Mapping[str, datetime]
    moment: datetime
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
            if is_empty(campaign, submission):
                states[unit.code] = UnitState.EMPTY
            else:
                arrived, extension = came.arrivals[unit.code], came.extended.get(unit.code)
                of_month = submission.month
                states[unit.code] = state_of_filled(campaign, unit, of_month, arrived, extension)
        elif unit.code in came.excused:
            states[unit.code] = UnitState.NOT_REQUIRED
        elif hindrance := hindered.get(unit.code):
            is_late = hindrance is Hindrance.AFTER_CUT_OFF
            states[unit.code] = UnitState.AFTER_CUT_OFF if is_late else UnitState.UNUSABLE
        elif is_due(campaign, unit, month, came.extended.get(unit.code), came.moment):
            states[unit.code] = UnitState.MISSING
        else:
            states[unit.code] = UnitState.NOT_YET_DUE
    return states


def state_of_filled(
    campaign: Campaign,
    unit: Unit,
    month: Month,
    arrived: datetime,
    extension: Decision | None = None,
) -> UnitState:
    """Return how a unit stands whose filled report of ``month`` came then."""
    # the day of the deadline is in time
    is_in_time = arrived.date() <= due_day(campaign, unit, month, extension)
    return UnitState.ON_TIME if is_in_time else UnitState.LATE


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
    if any(id_ in submission.values and not submission.values[id_].is_blank for id_ in own):
        return False
    return all(
        row.values[column.id].is_blank
        for table in form.tables
        for row in submission.tables.get(table.id, ())
        for column in table.columns[1 if table.prefill else 0 :]
    )
