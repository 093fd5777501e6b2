"""Which one counts: every file in exactly one state, at most one submission a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.choose.differences import differences, other_half
from tdkt_batch.choose.states import is_empty
from tdkt_batch.model import Fault, Month, Submission
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import FileRecord, FileState
from tdkt_batch.vietnamese.writing import write_moment
from tdkt_batch.wording.shared import differing_cells, file_reason
from tdkt_batch.workbooks.read import Unread

NO_FORM = frozenset(
    {
        "lock_file",
        "system_file",
        "picture",
        "pdf",
        "document",
        "text",
        "unknown_type",
        "other_workbook",
    }
)
"""The reasons that say a file never was a form; all others ask for a better copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What counts of all that arrived.

    ``records`` stand in the files' order, ``readings`` (those used) and
    ``arrivals`` are by unit code. A unit's arrival is that of its first filled
    report: a correction does not make it late.
    """

    records: tuple[FileRecord, ...]
    readings: Mapping[str, Reading]
    arrivals: Mapping[str, datetime]


def choose(
    readings: Sequence[Reading],
    campaign: Campaign,
    month: Month,
    received_until: datetime | None = None,
) -> Chosen:
    """Return the state of every file, and the one submission of each unit that counts.

    What arrived after ``received_until`` does not count. Of files with the same
    content the first to arrive stands for all; of a unit's different contents
    the one that arrived last counts, one of two at the same moment by its name.
    """
    records = [_alone(reading, campaign, month, received_until) for reading in readings]
    counting = list(readings)

    def arrived(number: int) -> tuple[datetime, str]:
        return readings[number].source.arrived, readings[number].source.name

    # the same content counts once
    used = [number for number, record in enumerate(records) if record.state is FileState.USED]
    numbers_by_content: dict[str, list[int]] = {}
    for number in sorted(used, key=arrived):
        numbers_by_content.setdefault(readings[number].source.sha256, []).append(number)
    contents_by_unit: dict[str, list[list[int]]] = {}
    for first, *copies in numbers_by_content.values():
        said = file_reason("duplicate", {"name": readings[first].source.name})
        for copy in copies:
            records[copy] = replace(records[copy], state=FileState.DUPLICATE, reason=said)
        contents_by_unit.setdefault(records[first].unit, []).append([first, *copies])

    # of a unit's contents the last to arrive counts, and takes the place of the others
    arrivals: dict[str, datetime] = {}
    used_by_unit: dict[int, str] = {}
    for unit, contents in contents_by_unit.items():
        first_files = [readings[numbers[0]] for numbers in contents]
        filled = [one for one in first_files if not is_empty(campaign, _submission(one))]
        arrivals[unit] = min(one.source.arrived for one in filled or first_files)
        *older, newest = (
            numbers[0] for numbers in sorted(contents, key=lambda numbers: arrived(numbers[-1]))
        )
        used_by_unit[newest] = unit
        for number in older:
            found = differences(campaign, *map(_submission, (readings[number], readings[newest])))
            details = {
                "name": readings[newest].source.name,
                "differences": f"; {differing_cells(found)}",
            }
            said = file_reason("superseded", details)
            records[number] = replace(records[number], state=FileState.SUPERSEDED, reason=said)
            counting[newest] = _with_other_half(counting[newest], readings[number], campaign)
    return Chosen(
        records=tuple(records),
        readings={unit: counting[number] for number, unit in sorted(used_by_unit.items())},
        arrivals=arrivals,
    )


def _alone(
    reading: Reading, campaign: Campaign, month: Month, received_until: datetime | None
) -> FileRecord:
    """Return how a file stands whatever else arrived: it is used unless there is a reason."""
    source, submission, unread = reading.source, reading.submission, reading.unread
    state, reason = FileState.USED, ""
    details: Mapping[str, str] = {}
    if unread is not None and unread.reason in NO_FORM:
        state, reason, details = FileState.NOT_A_FORM, unread.reason, unread.details
    elif received_until is not None and source.arrived > received_until:
        state, reason = FileState.OTHER_MONTH, "after_cut_off"
        details = {"arrived": write_moment(source.arrived)}
    elif unread is not None:
        state, reason, details = FileState.QUARANTINED, unread.reason, unread.details
    elif (submission := _submission(reading)).month != month:
        state, reason = FileState.OTHER_MONTH, "other_month"
        details = {"month": submission.month.vietnamese}
    elif not (unit := campaign.unit(submission.unit)).is_valid_in(month):
        state, reason = FileState.QUARANTINED, "unit_not_valid"
        details = {"unit": f"{unit.name} ({unit.code})", "month": month.vietnamese}
    unread = unread or Unread("")
    return FileRecord(
        source=source,
        state=state,
        reason=file_reason(reason, details) if reason else "",
        unit=submission.unit if submission else unread.unit,
        month=submission.month if submission else unread.month,
        check_figure=submission.check_figure if submission else "",
        repairs=len(submission.repaired_cells) if submission else 0,
    )


def _with_other_half(newer: Reading, older: Reading, campaign: Campaign) -> Reading:
    """Return the reading that counts, with a notice when an older file completes it."""
    submission = _submission(newer)
    only_older = other_half(campaign, _submission(older), submission)
    if not only_older:
        return newer
    details = {
        "other": older.source.name,
        "number": str(len(only_older)),
        "example": f"{only_older[0].label}: {only_older[0].old}",
    }
    said = Fault("DL44", details=details)
    return replace(newer, submission=replace(submission, faults=(*submission.faults, said)))


def _submission(reading: Reading) -> Submission:
    if reading.submission is None:
        raise TypeError(f"{reading.source.name}: a file without submission cannot count")
    return reading.submission
