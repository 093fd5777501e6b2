"""The ledger opened: facts in, facts out, and what was computed from them.

Everything that is written stands in the log before it stands in the database,
so a run that is killed at any moment leaves a ledger that the next one goes on
with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from io import UnsupportedOperation
from pathlib import Path
from typing import TypeVar

from tdkt_batch.errors import InputError
from tdkt_batch.ledger.codec import UndecodableError, pack, unpack
from tdkt_batch.ledger.database import NAME, in_words, insert_entry, log_in, whole
from tdkt_batch.ledger.facts import (
    Cached,
    Entry,
    ForgottenRun,
    Issue,
    Removal,
    RemovedMonth,
    Run,
    Sending,
)
from tdkt_batch.ledger.kept_files import (
    FOLDER,
    Contents,
    highest_number,
    log_names,
    sweep_drafts,
    write_entry,
)
from tdkt_batch.ledger.lock import only_run
from tdkt_batch.ledger.new_facts import known_arrivals, new_decisions
from tdkt_batch.ledger.opening import OpenDatabase, facts_of, open_database, snapshot
from tdkt_batch.ledger.removal import complete_removals
from tdkt_batch.model import Arrival, Decision, Month
from tdkt_batch.wording import ledger as say

T = TypeVar("T")

NOT_KEPT = "too_large"
"""The problem of a file that is admitted without its bytes."""


@contextmanager
def open_ledger(folder: Path, operator: str, moment: datetime) -> Iterator[Ledger]:
    """Open the ledger of an output folder for a run, which alone may write in it meanwhile.

    Raises ``BusyError`` within a second when another run is at work, ``InputError``
    for a ledger of a newer program, ``OutputError`` when nothing can be written.
    """
    vault, place = folder / FOLDER, folder / NAME
    with only_run(folder, operator, moment) as held:
        with in_words(place):
            sweep_drafts(vault)
            opened = open_database(place, vault, locks=held.knows_locking)
        with closing(opened.connection), in_words(place, (sqlite3.Error,)):
            yield Ledger(opened, vault, operator, held.notes)


@contextmanager
def look_into(folder: Path) -> Iterator[Ledger]:
    """Open the ledger as it stands now, to read only; a run may go on meanwhile.

    Raises ``InputError`` when there is none.
    """
    vault, place = folder / FOLDER, folder / NAME
    with in_words(place):
        if not place.exists() and not log_names(vault):
            raise InputError(say.NO_MONTH_YET.format(folder=folder))
        opened = snapshot(place, vault)
    with closing(opened.connection), in_words(place, (sqlite3.Error,)):
        yield Ledger(opened, vault, None)


class Ledger:
    """What arrived, what was decided, which runs were made, what was sent and issued.

    ``notes`` are sentences on what was noticed when it was opened. Without
    ``operator`` it is open to be read only.
    """

    def __init__(
        self, opened: OpenDatabase, vault: Path, operator: str | None, notes: tuple[str, ...] = ()
    ) -> None:
        self.notes = (*notes, *opened.notes)
        self._connection = opened.connection
        self._facts = opened.facts
        self._vault = vault
        self._place = vault.with_name(NAME)
        self._operator = operator
        self._contents = Contents(vault)

    # --- arrivals -----------------------------------------------------------------------------

    def admit(self, given: Sequence[Arrival], moment: datetime) -> tuple[Arrival, ...]:
        """Return each given file as the ledger knows it, new ones entered as first seen now.

        Their bytes are kept. A file that cannot be read is entered without them
        and stays where it was given.
        """
        with in_words(self._vault):
            self._contents.keep_files(
                (one.path, one.source) for one in given if one.problem != NOT_KEPT
            )
        # a number whose entry is lost is known from the runs, and not given again
        used = {number for run in self._facts.runs for number in run.given}
        number = max(used | self._facts.arrival_by_number.keys(), default=0)
        admitted: list[Arrival] = []
        new: list[Arrival] = []
        for one, known in zip(given, known_arrivals(given, self._facts.arrivals), strict=True):
            if known is None:
                number += 1
                source = replace(one.source, first_seen=moment)
                new.append(replace(one, number=number, source=source, path=Path()))
            admitted.append(known or new[-1])
        if new:
            self._write(
                Entry(recorded=moment, operator=self._writer, arrivals=tuple(new), number=0)
            )
        return tuple(
            self._placed(one, file.path) for one, file in zip(admitted, given, strict=True)
        )

    def _placed(self, arrival: Arrival, given: Path | None = None) -> Arrival:
        """Return an arrival with the place of its bytes: where they are kept, else as given."""
        source = arrival.source
        path = self._contents.place(source.sha256, source.name)
        if given and not self._contents.has(source.sha256, source.size):
            path = given
        return replace(arrival, path=path)

    def arrivals(self) -> tuple[Arrival, ...]:
        """Return all files that ever arrived, in the order of their numbers."""
        return tuple(self._placed(one) for one in self._facts.arrivals)

    def arrival(self, number: int) -> Arrival:
        """Return one arrival; ``InputError`` when what was written of it is lost."""
        if number not in self._facts.arrival_by_number:
            raise InputError(say.ARRIVAL_LOST.format(vault=self._vault, number=number))
        return self._placed(self._facts.arrival_by_number[number])

    # --- runs and sendings --------------------------------------------------------------------

    def runs(self, as_of: int | None = None) -> tuple[Run, ...]:
        """Return the completed runs in their order, without those that were taken back.

        With ``as_of`` those up to the run of this number, as they stood then: what was
        taken back later is among them. Of files whose entry is lost nothing is known any
        more: they are not among those given.
        """
        known = self._facts.arrival_by_number
        entries = self._facts.entries
        at = next((e.number for e in entries if e.run and e.run.number == as_of), None)
        gone = {one.run.number for one in self.forgotten() if at is None or one.entry < at}
        return tuple(
            replace(run, given=tuple(number for number in run.given if number in known))
            for run in self._facts.runs
            if run.number not in gone and (as_of is None or run.number <= as_of)
        )

    def forgotten(self) -> tuple[ForgottenRun, ...]:
        """Return the runs that were taken back, in the order in which they were."""
        return tuple(self._facts.forgotten)

    def forget(self, run: int, operator: str, moment: datetime) -> None:
        """Enter that the run of this number is taken back."""
        self._write(Entry(number=0, recorded=moment, operator=operator, forgotten=run))

    def removed(self) -> tuple[RemovedMonth, ...]:
        """Return the months that were removed for good, in the order in which they were."""
        return tuple(
            RemovedMonth(one.removed.month, one.recorded, one.operator)
            for one in self._facts.entries
            if one.removed
        )

    def remove_month(self, month: Month, operator: str, moment: datetime) -> Removal:
        """Remove all that is known of a month; what is left is that it was removed.

        A file goes with it unless a run of another month was given it, or it is a form of
        another month.
        """
        query = "SELECT DISTINCT arrival FROM cache WHERE month NOT IN ('', ?)"
        needed = {row["arrival"] for row in self._connection.execute(query, (str(month),))}
        own = [run for run in self._facts.runs if run.month == month]
        for run in self._facts.runs:
            needed |= set(run.given) if run.month != month else set()
        given = {number for run in own for number in run.given}
        removal = Removal(
            month=month,
            runs=tuple(run.number for run in own),
            arrivals=tuple(sorted(given - needed)),
        )
        self._write(Entry(number=0, recorded=moment, operator=operator, removed=removal))
        with in_words(self._place):
            complete_removals(self._connection, self._vault)
        self._facts = facts_of(log_in(self._connection))
        self._contents = Contents(self._vault)
        return removal

    def last_run(self, month: Month) -> Run | None:
        """Return the last completed run of a month; None when there is none."""
        return next((run for run in reversed(self.runs()) if run.month == month), None)

    def next_run_number(self) -> int:
        """Return the number that the next completed run gets."""
        removed = (number for one in self._facts.removals for number in one.runs)
        return max((*removed, *(run.number for run in self._facts.runs)), default=0) + 1

    def record_run(self, run: Run, sendings: Sequence[Sending] = ()) -> Run:
        """Enter a completed run with what was made to be sent; return it with its number."""
        run = replace(run, number=self.next_run_number())
        entry = Entry(number=0, recorded=run.started, operator=run.operator, run=run)
        self._write(replace(entry, sendings=tuple(sendings)))
        return run

    def sendings(self, month: Month | None = None) -> tuple[Sending, ...]:
        """Return what was made to be sent, of one month or of all."""
        sendings = (one for entry in self._facts.entries for one in entry.sendings)
        return tuple(one for one in sendings if month in (None, one.month))

    def last_issue(self, month: Month) -> Issue | None:
        """Return a month's result as it was last issued; None when it never was."""
        issues = (entry.issue for entry in reversed(self._facts.entries) if entry.issue)
        return next((one for one in issues if one.month == month), None)

    def is_issued(self, run: int) -> bool:
        """Tell whether the result of the run of this number was ever issued."""
        return any(entry.issue and entry.issue.run == run for entry in self._facts.entries)

    def is_as_issued(self, month: Month, key: str) -> bool:
        """Tell whether the result of this key is what was last issued of a month, by any run."""
        issue = self.last_issue(month)
        runs = (one for one in self._facts.runs if issue and one.number == issue.run)
        return any(one.key == key for one in runs)

    def record_issue(self, issue: Issue) -> None:
        """Enter that a month's result was issued."""
        entry = Entry(number=0, recorded=issue.moment, operator=issue.operator, issue=issue)
        self._write(entry)

    # --- decisions ----------------------------------------------------------------------------

    def decisions(self, as_of: int | None = None) -> tuple[Decision, ...]:
        """Return all decisions ever taken, in the order in which they were entered.

        With ``as_of`` those that the run of this number knew.
        """
        decisions: list[Decision] = []
        for entry in self._facts.entries:
            decisions.extend(entry.decisions)
            if entry.run and entry.run.number == as_of:
                break
        return tuple(decisions)

    def decide(
        self, decisions: Sequence[Decision], operator: str, moment: datetime
    ) -> tuple[Decision, ...]:
        """Enter those that differ from what is in force; return them."""
        new = new_decisions(decisions, self.decisions())
        if new:
            self._write(Entry(number=0, recorded=moment, operator=operator, decisions=new))
        return new

    # --- contents -----------------------------------------------------------------------------

    def keep(self, content: bytes, suffix: str = "") -> str:
        """Keep ``content`` in ``luu-tru``; return its SHA-256."""
        with in_words(self._vault):
            return self._contents.keep(content, suffix)

    def kept(self, sha256: str) -> Path:
        """Return where the content of this SHA-256 lies, or would lie."""
        return self._contents.place(sha256)

    # --- what was computed --------------------------------------------------------------------

    def cached(self, kind: str, key: str, shape: type[T]) -> T | None:
        """Return what was kept under this key; None when it is missing or of another shape."""
        query = "SELECT value FROM cache WHERE kind = ? AND key = ?"
        row = self._connection.execute(query, (kind, key)).fetchone()
        try:
            return unpack(row["value"], shape) if row else None
        except UndecodableError:
            return None

    def cache(self, items: Sequence[Cached]) -> None:
        """Keep what was computed, in the place of what stood under the same key."""
        insert = "INSERT OR REPLACE INTO cache (kind, key, arrival, month, unit, value) VALUES "
        with in_words(self._place), whole(self._connection):
            for one in items:
                month = str(one.month) if one.month else ""
                row = (one.kind, one.key, one.arrival, month, one.unit, pack(one.value))
                self._connection.execute(f"{insert} (?, ?, ?, ?, ?, ?)", row)

    def cached_arrivals(self, kind: str, month: Month | None = None) -> frozenset[int]:
        """Return the numbers of the arrivals of which something of ``kind`` is kept."""
        query = "SELECT DISTINCT arrival FROM cache WHERE kind = ?1 AND (?2 = '' OR month = ?2)"
        found = self._connection.execute(query, (kind, str(month) if month else ""))
        return frozenset(row["arrival"] for row in found) - {0}

    def cached_of_nobody(self, kind: str) -> frozenset[int]:
        """Return the numbers of the arrivals of which nothing of ``kind`` is a unit's."""
        query = "SELECT arrival FROM cache WHERE kind = ? GROUP BY arrival HAVING MAX(unit) = ''"
        return frozenset(row["arrival"] for row in self._connection.execute(query, (kind,))) - {0}

    def cached_of_units(self, kind: str) -> frozenset[str]:
        """Return the keys under which what of ``kind`` is of a unit's month is kept."""
        query = "SELECT key FROM cache WHERE kind = ? AND month <> '' AND unit <> ''"
        return frozenset(row["key"] for row in self._connection.execute(query, (kind,)))

    def cached_reports(self, kind: str) -> tuple[tuple[Month, str, int], ...]:
        """Return month, unit code and arrival's number of what of ``kind`` is of a unit's month."""
        query = (
            "SELECT DISTINCT month, unit, arrival FROM cache "
            "WHERE kind = ? AND month <> '' AND unit <> '' ORDER BY month, unit, arrival"
        )
        rows = self._connection.execute(query, (kind,))
        return tuple((Month.parse(row["month"]), row["unit"], row["arrival"]) for row in rows)

    def throw_away_cache(self) -> None:
        """Forget all that can be computed again."""
        with in_words(self._place):
            self._connection.execute("DELETE FROM cache")

    # --- writing ------------------------------------------------------------------------------

    @property
    def _writer(self) -> str:
        if self._operator is None:
            raise UnsupportedOperation("the ledger was opened to be read")
        return self._operator

    def _write(self, entry: Entry) -> None:
        """Write an entry into the log, then into the database."""
        _ = self._writer
        last = max((one.number for one in self._facts.entries), default=0)
        number = max(last, highest_number(self._vault)) + 1
        entry = replace(entry, number=number, form=entry.own_form)
        with in_words(self._place):
            name, content = write_entry(entry, self._vault)
            with whole(self._connection):
                insert_entry(self._connection, name, content)
        self._facts.take(entry)
