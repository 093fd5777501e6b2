"""The same cell elsewhere: in the unit's other files of the month, in its other months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_batch.model import Month, Source
from tdkt_batch.report import FileRecord, UnitState
from tdkt_batch.trace.cell import Cell, Spot, cell_at
from tdkt_batch.trace.month import Looked


@dataclass(frozen=True, slots=True)
class OtherFile:
    """Another file of the unit in the month, with why it does not count and what it said."""

    record: FileRecord
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class OtherMonth:
    """How the unit stood in another month, and what its report of that month said."""

    month: Month
    state: UnitState
    source: Source | None
    cell: Cell | None


def other_files(looked: Looked, code: str, spot: Spot | None) -> Iterator[OtherFile]:
    """Yield the unit's files of the month but the one that counts, in the order of arrival."""
    report = looked.unit(code)
    counting = report.submission.source if report.submission and report.is_usable else None
    records = [one for one in looked.report.files if one.unit == code and one.source != counting]
    for record in sorted(records, key=lambda one: (one.source.arrived, one.source.name)):
        submission = looked.as_read(record.source)
        cell = cell_at(submission, spot, ()) if submission and spot else None
        yield OtherFile(record, cell)


def other_months(looked: Looked, code: str, spot: Spot | None) -> Iterator[OtherMonth]:
    """Yield the unit's other months that were run, in their order."""
    decisions = looked.resources.ledger.decisions()
    for record in looked.records:
        if record.month == looked.month or code not in record.states:
            continue
        submission = looked.counted_in(record, code)
        cell = cell_at(submission, spot, decisions) if submission and spot else None
        source = submission.source if submission else None
        yield OtherMonth(record.month, record.states[code], source, cell)
