"""Which one counts: every file in exactly one state, at most one submission a unit."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.choose.attribute import Attribution, attributions
from tdkt_batch.choose.differences import differences, other_half
from tdkt_batch.choose.hindrances import NO_ATTEMPT, NO_FORM, hindrance_of
from tdkt_batch.choose.states import is_empty
from tdkt_batch.model import Month, Submission
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import FileRecord, FileState, Hindrance
from tdkt_batch.values import Fault
from tdkt_batch.vietnamese.writing import write_moment
from tdkt_batch.wording.shared import differing_cells, file_reason, untyped_reason
from tdkt_batch.workbooks.read import Unread


class _Reasons(TypedDict, total=False):
    code: str
    reason: str
    untyped_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What counts of all that arrived.

    ``records`` stand in the files' order, ``readings`` (those used), ``replaced`` (the filled
    ones that came before a newer took their place, in that order) and ``arrivals`` are by
    unit code. A unit's arrival is that of its first filled report: a correction does not
    make it late.
    """

    records: tuple[FileRecord, ...]
    readings: Mapping[str, Reading]
    replaced: Mapping[str, tuple[Reading, ...]]
    arrivals: Mapping[str, datetime]


def choose(  # noqa: PLR0913 — what came, and what the board decided of it
    readings: Sequence[Reading],
    campaign: Campaign,
    month: Month,
    received_until: datetime | None = None,
    set_aside: Mapping[str, str] | None = None,
    *,
    by_board: Mapping[str, str] | None = None,
) -> Chosen:
    """Return the state of every file, and the one submission of each unit that counts.

    What arrived after ``received_until`` does not count, nor what the board does not use:
    ``set_aside`` says why, by the SHA-256 of a file's content; ``by_board`` whose it is of
    one that tells it of nobody. Of files with the same
    content the first to arrive stands for all; of a unit's different contents
    the one that arrived last counts, one of two at the same moment by its name, and one
    in which nothing is typed only where there is no other.
    """
    why = set_aside or {}
    records = [
        _not_used(reading, whose, why[reading.source.sha256])
        if reading.source.sha256 in why
        else _alone(reading, whose, campaign, month, received_until)
        for reading, whose in zip(
            readings, _whose(readings, campaign, why, by_board or {}), strict=True
        )
    ]
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
        said = _reasons("duplicate", {"name": readings[first].source.name})
        for copy in copies:
            records[copy] = replace(records[copy], state=FileState.DUPLICATE, **said)
        contents_by_unit.setdefault(records[first].unit, []).append([first, *copies])

    # of a unit's contents the last to arrive counts, and takes the place of the others
    arrivals: dict[str, datetime] = {}
    used_by_unit: dict[int, str] = {}
    replaced: dict[str, tuple[Reading, ...]] = {}
    for unit, contents in contents_by_unit.items():
        first_files = [readings[numbers[0]] for numbers in contents]
        filled = [one for one in first_files if not is_empty(campaign, _submission(one))]
        arrivals[unit] = min(one.source.arrived for one in filled or first_files)
        # a form in which nothing is typed says nothing: it takes no other's place
        blank = {one[0] for one in contents if is_empty(campaign, _submission(readings[one[0]]))}
        in_order = [
            numbers[0] for numbers in sorted(contents, key=lambda numbers: arrived(numbers[-1]))
        ]
        *older, newest = (
            *(number for number in in_order if number in blank),
            *(number for number in in_order if number not in blank),
        )
        used_by_unit[newest] = unit
        says_nothing_itself = blank.copy()
        for number in older:
            if number in blank and arrived(number) > arrived(newest):
                said = _reasons("blank_beside", {"name": readings[newest].source.name})
                records[number] = replace(records[number], state=FileState.SUPERSEDED, **said)
                continue
            found = differences(campaign, *map(_submission, (readings[number], readings[newest])))
            details = {
                "name": readings[newest].source.name,
                "differences": f"; {differing_cells(found)}",
            }
            said = _reasons("superseded", details)
            records[number] = replace(records[number], state=FileState.SUPERSEDED, **said)
            completed = _with_other_half(counting[newest], readings[number], campaign)
            # what only the older half says is asked for as such
            if completed is not counting[newest]:
                says_nothing_itself.add(number)
            counting[newest] = completed
        # in the order in which they came, one that came again at both places
        came = sorted((arrived(copy), numbers[0]) for numbers in contents for copy in numbers)
        told = [number for _, number in came if number not in says_nothing_itself]
        while told and told[-1] == newest:
            told.pop()
        replaced[unit] = tuple(readings[number] for number in told)
    return Chosen(
        records=tuple(records),
        readings={unit: counting[number] for number, unit in sorted(used_by_unit.items())},
        replaced=replaced,
        arrivals=arrivals,
    )


def _whose(
    readings: Sequence[Reading],
    campaign: Campaign,
    set_aside: Container[str],
    by_board: Mapping[str, str],
) -> list[Attribution]:
    """Return whose each file is; what the board does not use tells nothing of the others."""
    found = attributions(readings, campaign, by_board)
    used = [n for n, one in enumerate(readings) if one.source.sha256 not in set_aside]
    if len(used) < len(readings):
        told = attributions([readings[number] for number in used], campaign, by_board)
        for number, one in zip(used, told, strict=True):
            found[number] = one
    return found


def _not_used(reading: Reading, whose: Attribution, why: str) -> FileRecord:
    """Return how a file stands that the board does not use: as if it had not come.

    Its unit has sent something all the same.
    """
    submission, unread = reading.submission, reading.unread or Unread("")
    return FileRecord(
        source=reading.source,
        state=FileState.SET_ASIDE,
        **_reasons("set_aside", {"why": why}),
        unit=whose.unit,
        clue=whose.clue,
        hindrance=Hindrance.SET_ASIDE if whose.unit else None,
        month=submission.month if submission else unread.month,
    )


def _alone(
    reading: Reading,
    whose: Attribution,
    campaign: Campaign,
    month: Month,
    received_until: datetime | None,
) -> FileRecord:
    """Return how a file stands whatever else arrived: it is used unless there is a reason."""
    source, submission, unread = reading.source, reading.submission, reading.unread
    state, reason = FileState.USED, ""
    details: Mapping[str, str] = {}
    is_after = received_until is not None and source.arrived > received_until
    if unread is not None and unread.reason in NO_FORM:
        state, reason, details = FileState.NOT_A_FORM, unread.reason, unread.details
    elif is_after and (submission is None or submission.month == month):
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
    # of what cannot be read and came too late the first is what its unit has to mend
    kind = unread.reason or reason
    if submission:
        is_attempt = _may_be_meant_for(month, submission, source.arrived, is_after=is_after)
    elif kind == "words_only":  # the post brings letters of the whole world
        is_attempt = bool(whose.unit)
    else:
        is_note = kind == "text" and not whose.unit and not source.container
        is_attempt = kind not in NO_ATTEMPT and not is_note
    return FileRecord(
        source=source,
        state=state,
        **(_reasons(reason, details) if reason else _Reasons()),
        unit=whose.unit,
        clue=whose.clue,
        hindrance=hindrance_of(kind) if reason and is_attempt else None,
        month=submission.month if submission else unread.month,
        check_figure=submission.check_figure if submission else ", ".join(unread.check_figures),
        repairs=len(submission.repaired_cells) if submission else 0,
    )


def _may_be_meant_for(
    month: Month, submission: Submission, arrived: datetime, *, is_after: bool
) -> bool:
    """Tell whether a form may have been sent as the report of ``month``, whatever month it names.

    One of another month may, when it came while this month's reports were awaited and not
    in its own month: last month's form used again is such.
    """
    if submission.month == month:
        return True
    is_in_time = month.first_day <= arrived.date() and not is_after
    return is_in_time and Month.of(arrived.date()) != submission.month


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


def _reasons(code: str, details: Mapping[str, str]) -> _Reasons:
    """Return why a file does not count, for people and for lists that name nobody."""
    return {
        "code": code,
        "reason": file_reason(code, details),
        "untyped_reason": untyped_reason(code, details),
    }


def _submission(reading: Reading) -> Submission:
    if reading.submission is None:
        raise TypeError(f"{reading.source.name}: a file without submission cannot count")
    return reading.submission
