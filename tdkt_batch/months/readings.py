"""What the ledger's files say: only content that is new under these terms is read again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tdkt_batch.ledger.facts import Arrival, Cached
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.months.progress import Progress, Step, silent
from tdkt_batch.months.terms import Terms
from tdkt_batch.reading.read_files import Reading, read_all
from tdkt_batch.unpack.gather import Attachment

KIND = "reading"
_KEPT_AT_ONCE = 25
"""So many new readings are laid down together: a run that is killed loses no more."""


@cache
def program_digest() -> str:
    """Return the digest of the program itself: another reader may read otherwise."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def readings_of(
    arrivals: Sequence[Arrival],
    terms: Terms,
    ledger: Ledger,
    workers: int,
    on_progress: Progress = silent,
) -> dict[int, Reading]:
    """Return the reading of each file by its number, from the ledger where it is known."""
    known: dict[int, Reading] = {}
    for arrival in arrivals:
        reading = ledger.cached(KIND, _key(arrival, terms), Reading)
        if reading is not None:
            known[arrival.number] = reading
    on_progress(Step.READING, len(known), len(arrivals))
    new = [arrival for arrival in arrivals if arrival.number not in known]
    if new:
        known |= _read(new, terms, ledger, workers, _Kept(len(known), len(arrivals), on_progress))
    return {arrival.number: known[arrival.number] for arrival in arrivals}


@dataclass(slots=True)
class _Kept:
    """Counts what is read, and holds what is not yet laid down."""

    done: int
    total: int
    on_progress: Progress
    waiting: list[Reading] = field(default_factory=list)


def _read(
    arrivals: Sequence[Arrival], terms: Terms, ledger: Ledger, workers: int, kept: _Kept
) -> dict[int, Reading]:
    """Read files and lay down what they say as it comes in."""
    by_source = {arrival.source: arrival for arrival in arrivals}

    def lay_down() -> None:
        ledger.cache([_cached(by_source[r.source], r, terms) for r in kept.waiting])
        kept.waiting.clear()

    def one_more(reading: Reading) -> None:
        kept.done += 1
        kept.waiting.append(reading)
        if len(kept.waiting) >= _KEPT_AT_ONCE:
            lay_down()
        kept.on_progress(Step.READING, kept.done, kept.total)

    attachments = [Attachment(a.source, a.path, a.problem, a.detail) for a in arrivals]
    readings = read_all(attachments, terms.folder, terms.register, workers, one_more)
    lay_down()
    return {a.number: reading for a, reading in zip(arrivals, readings, strict=True)}


def _key(arrival: Arrival, terms: Terms) -> str:
    """Return what a reading depends on: the file, the campaign with its register, the reader."""
    return f"{arrival.number}/{arrival.source.sha256}/{terms.campaign.digest}/{program_digest()}"


def _cached(arrival: Arrival, reading: Reading, terms: Terms) -> Cached:
    submission = reading.submission
    return Cached(
        kind=KIND,
        key=_key(arrival, terms),
        value=reading,
        arrival=arrival.number,
        month=submission.month if submission else None,
        unit=submission.unit if submission else "",
    )
