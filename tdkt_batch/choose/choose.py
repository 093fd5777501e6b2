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
    verdicts = [_alone(reading, campaign, month, received_until) for reading in readings]
    counting = list(readings)
    alone = [number for number, verdict in enumerate(verdicts) if verdict is None]
    numbers_by_content: dict[str, list[int]] = {}
    for number in sorted(alone, key=lambda n: _arrived(readings[n])):
        numbers_by_content.setdefault(readings[number].source.sha256, []).append(number)
    contents_by_unit: dict[str, list[list[int]]] = {}
    for numbers in numbers_by_content.values():
        first, *copies = numbers
        for copy in copies:
            said = {"name": readings[first].source.name}
            verdicts[copy] = _Verdict(FileState.DUPLICATE, "duplicate", said)
        contents_by_unit.setdefault(_submission(readings[first]).unit, []).append(numbers)
    arrivals: dict[str, datetime] = {}
    for unit, contents in contents_by_unit.items():
        arrivals[unit] = _first_filled([readings[numbers[0]] for numbers in contents], campaign)
        older, newest = _newest_last(contents, readings)
        for number in older:
            verdicts[number] = _superseded(readings[number], readings[newest], campaign)
            counting[newest] = _with_other_half(counting[newest], readings[number], campaign)
    return Chosen(
        records=tuple(map(_record, readings, verdicts)),
        readings={
            _submission(reading).unit: reading
            for reading, verdict in zip(counting, verdicts, strict=True)
            if verdict is None
        },
        arrivals=arrivals,
    )


def _arrived(reading: Reading) -> tuple[datetime, str]:
    return reading.source.arrived, reading.source.name


def _newest_last(contents: list[list[int]], readings: Sequence[Reading]) -> tuple[list[int], int]:
    """Return the first files of a unit's older contents, and of that which arrived last."""
    by_last = sorted(contents, key=lambda numbers: _arrived(readings[numbers[-1]]))
    *older, newest = (numbers[0] for numbers in by_last)
    return older, newest


def _first_filled(first: Sequence[Reading], campaign: Campaign) -> datetime:
    """Return when the first report that holds anything arrived; the first of all when none does."""
    filled = [r for r in first if not is_empty(campaign.form(_submission(r).form), _submission(r))]
    return min(reading.source.arrived for reading in filled or first)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A file that does not count: its state and the reason with its details."""

    state: FileState
    reason: str
    details: Mapping[str, str]


def _alone(
    reading: Reading, campaign: Campaign, month: Month, received_until: datetime | None
) -> _Verdict | None:
    """Return why the file does not count whatever else arrived; None when it may."""
    unread = reading.unread
    if unread is not None and unread.reason in NO_FORM:
        return _Verdict(FileState.NOT_A_FORM, unread.reason, unread.details)
    if received_until is not None and reading.source.arrived > received_until:
        arrived = {"arrived": write_moment(reading.source.arrived)}
        return _Verdict(FileState.OTHER_MONTH, "after_cut_off", arrived)
    if unread is not None:
        return _Verdict(FileState.QUARANTINED, unread.reason, unread.details)
    submission = _submission(reading)
    if submission.month != month:
        said = {"month": submission.month.vietnamese}
        return _Verdict(FileState.OTHER_MONTH, "other_month", said)
    unit = campaign.unit(submission.unit)
    if not unit.is_valid_in(month):
        said = {"unit": f"{unit.name} ({unit.code})", "month": month.vietnamese}
        return _Verdict(FileState.QUARANTINED, "unit_not_valid", said)
    return None


def _superseded(older: Reading, newer: Reading, campaign: Campaign) -> _Verdict:
    """Return the verdict on an older file, with how many cells differ and the first of them."""
    found = differences(campaign, _submission(older), _submission(newer))
    details = {"name": newer.source.name, "differences": f"; {differing_cells(found)}"}
    return _Verdict(FileState.SUPERSEDED, "superseded", details)


def _with_other_half(newer: Reading, older: Reading, campaign: Campaign) -> Reading:
    """Return the reading that counts, with a notice when an older file completes it."""
    submission = _submission(newer)
    only_older = other_half(campaign, _submission(older), submission)
    if not only_older:
        return newer
    first = only_older[0]
    details = {
        "other": older.source.name,
        "number": str(len(only_older)),
        "example": f"{first.label}: {first.old}",
    }
    said = Fault("DL44", details=details)
    return replace(newer, submission=replace(submission, faults=(*submission.faults, said)))


def _record(reading: Reading, verdict: _Verdict | None) -> FileRecord:
    submission, unread = reading.submission, reading.unread or Unread("")
    return FileRecord(
        source=reading.source,
        state=verdict.state if verdict else FileState.USED,
        reason=file_reason(verdict.reason, verdict.details) if verdict else "",
        unit=submission.unit if submission else unread.unit,
        month=submission.month if submission else unread.month,
        check_figure=submission.check_figure if submission else "",
        repairs=len(submission.repaired_cells) if submission else 0,
    )


def _submission(reading: Reading) -> Submission:
    if reading.submission is None:
        raise TypeError(f"{reading.source.name}: a file without submission cannot count")
    return reading.submission
