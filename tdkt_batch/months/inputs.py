"""What a month is judged on: every file that concerns it, and what is known from before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tdkt_batch.ledger.facts import Arrival
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.model import Container, Month, Source
from tdkt_batch.months.judge import Pile
from tdkt_batch.months.progress import Progress, silent
from tdkt_batch.months.readings import KIND, readings_of
from tdkt_batch.months.terms import Terms
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import MonthRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What working out a month takes: the ledger, a room for packages, worker processes."""

    ledger: Ledger
    room: Path
    workers: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which month, up to which moment (None: all that came), and as of which run's number.

    Runs after ``as_of`` are left out: the month as it was then.
    """

    month: Month
    until: datetime | None
    as_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """All that was received for a month, and the moment that bounds it (None: none does)."""

    month: Month
    until: datetime | None
    arrivals: tuple[Arrival, ...]
    containers: tuple[Container, ...]

    @property
    def number_by_source(self) -> dict[Source, int]:
        """The files' numbers in the ledger."""
        return {arrival.source: arrival.number for arrival in self.arrivals}


def received_for(
    bounds: Bounds,
    ledger: Ledger,
    given: Sequence[Arrival] = (),
    containers: Sequence[Container] = (),
) -> Received:
    """Return all that concerns a month: given now, in its earlier runs, or with another month."""
    month, as_of = bounds.month, bounds.as_of
    runs = [run for run in ledger.runs() if as_of is None or run.number <= as_of]
    own = {number for run in runs if run.month == month for number in run.given}
    other = {number for run in runs if run.month != month for number in run.given}
    never_read = other - ledger.cached_arrivals(KIND)
    strays = other & (ledger.cached_arrivals(KIND, month) | never_read)
    numbers = own | strays | {arrival.number for arrival in given}
    arrivals = (ledger.arrival(number) for number in numbers)
    before = (one for run in runs if run.month == month for one in run.containers)
    return Received(
        month=month,
        until=bounds.until,
        arrivals=tuple(sorted(arrivals, key=_in_order)),
        containers=_each_once((*before, *containers)),
    )


def _in_order(arrival: Arrival) -> tuple[str, str, int]:
    return arrival.source.name, arrival.source.sha256, arrival.number


def _each_once(containers: Sequence[Container]) -> tuple[Container, ...]:
    """Return what only held files, each once, also when it was given from another folder."""
    known: dict[tuple[str, str, int, str], Container] = {}
    for one in containers:
        message = one.letter.message_id if one.letter else ""
        known.setdefault((one.name.rsplit("/", 1)[-1], one.kind, one.members, message), one)
    return tuple(sorted(known.values(), key=lambda c: (c.name, str(c.letter))))


def pile_of(
    received: Received,
    terms: Terms,
    desk: Desk,
    past: tuple[MonthRecord, ...],
    on_progress: Progress = silent,
) -> Pile:
    """Return what a month is judged on, everything read."""
    readings = readings_of(received.arrivals, terms, desk.ledger, desk.workers, on_progress)
    return Pile(
        month=received.month,
        received_until=received.until,
        readings=tuple(readings.values()),
        containers=received.containers,
        decisions=desk.ledger.decisions(),
        past=past,
        earlier=_earlier(past, terms, desk),
    )


def _earlier(past: Sequence[MonthRecord], terms: Terms, desk: Desk) -> dict[str, Reading]:
    """Return each unit's last usable reading of the months before."""
    last: dict[str, int] = {}
    for record in past:
        last |= record.used
    arrivals = [desk.ledger.arrival(number) for number in sorted(set(last.values()))]
    readings = readings_of(arrivals, terms, desk.ledger, desk.workers)
    return {unit: readings[number] for unit, number in last.items()}
