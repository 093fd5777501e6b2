"""Which one counts: every file in exactly one state, at most one submission a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.choose.differences import differences, halves
from tdkt_batch.choose.states import is_empty
from tdkt_batch.model import Fault, Month, Source, Submission
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
    verdicts = {
        number: _alone(r, campaign, month, received_until) for number, r in enumerate(readings)
    }
    eligible = [number for number, verdict in verdicts.items() if verdict is None]
    groups = _same_content(eligible, readings)
    for first, *copies in groups:
        for copy in copies:
            verdicts[copy] = _Verdict(FileState.DUPLICATE, "duplicate", _name(readings[first]))
    counting = dict(enumerate(readings))
    by_unit = _by_unit(groups, readings)
    for rivals in by_unit.values():
        *older, newest = sorted(rivals, key=lambda group: _last_arrival(group, readings))
        for group in older:
            verdicts[group[0]] = _superseded(readings[group[0]], readings[newest[0]], campaign)
            counting[newest[0]] = _with_other_half(
                counting[newest[0]], readings[group[0]], campaign
            )
    used = [number for number, verdict in verdicts.items() if verdict is None]
    return Chosen(
        records=tuple(_record(r, verdicts[number]) for number, r in enumerate(readings)),
        readings={_submission(readings[n]).unit: counting[n] for n in used},
        arrivals={
            unit: _first_filled(rivals, readings, campaign) for unit, rivals in by_unit.items()
        },
    )


def _first_filled(
    rivals: list[list[int]], readings: Sequence[Reading], campaign: Campaign
) -> datetime:
    """Return when the first report that holds anything arrived; the first of all when none does."""
    first = [readings[group[0]] for group in rivals]
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


def _same_content(numbers: Iterable[int], readings: Sequence[Reading]) -> list[list[int]]:
    """Return the files grouped by content, each group in the order of arrival."""
    groups: dict[str, list[int]] = {}
    for number in sorted(numbers, key=lambda n: _arrival(readings[n].source)):
        groups.setdefault(readings[number].source.sha256, []).append(number)
    return list(groups.values())


def _by_unit(groups: list[list[int]], readings: Sequence[Reading]) -> Mapping[str, list[list[int]]]:
    rivals: dict[str, list[list[int]]] = {}
    for group in groups:
        rivals.setdefault(_submission(readings[group[0]]).unit, []).append(group)
    return rivals


def _last_arrival(group: list[int], readings: Sequence[Reading]) -> tuple[datetime, str]:
    """Return when a content arrived last."""
    return _arrival(readings[group[-1]].source)


def _superseded(older: Reading, newer: Reading, campaign: Campaign) -> _Verdict:
    """Return the verdict on an older file, with how many cells differ and the first of them."""
    found = differences(campaign, _submission(older), _submission(newer))
    details = {**_name(newer), "differences": f"; {differing_cells(found)}"}
    return _Verdict(FileState.SUPERSEDED, "superseded", details)


def _with_other_half(newer: Reading, older: Reading, campaign: Campaign) -> Reading:
    """Return the reading that counts, with a notice when an older file completes it."""
    submission = _submission(newer)
    found = halves(campaign, _submission(older), submission)
    if found is None:
        return newer
    first = found.only_older[0]
    details = {
        "other": older.source.name,
        "number": str(len(found.only_older)),
        "example": f"{first.label}: {first.old}",
    }
    said = Fault("DL44", details=details)
    return replace(newer, submission=replace(submission, faults=(*submission.faults, said)))


def _arrival(source: Source) -> tuple[datetime, str]:
    return source.arrived, source.name


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


def _name(reading: Reading) -> Mapping[str, str]:
    return {"name": reading.source.name}
