"""The ledger opened: facts in, facts out, and what was computed from them.

Everything that is written stands in the log before it stands in the database,
so a run that is killed at any moment leaves a ledger that the next one goes on
with.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from io import UnsupportedOperation
from pathlib import Path
from typing import TypeVar

from tdkt_batch.errors import InputError
from tdkt_batch.ledger import database, entries, rows
from tdkt_batch.ledger.codec import UndecodableError, pack, unpack
from tdkt_batch.ledger.contents import FOLDER, Contents
from tdkt_batch.ledger.deciding import new_decisions
from tdkt_batch.ledger.durable import sweep_drafts
from tdkt_batch.ledger.facts import Admitted, Arrival, Cached, Entry, Given, Run, Sending
from tdkt_batch.ledger.lock import only_run
from tdkt_batch.ledger.matching import known_arrivals
from tdkt_batch.ledger.opening import open_database, snapshot
from tdkt_batch.ledger.trouble import in_words, sqlite_in_words
from tdkt_batch.model import Decision, Month

T = TypeVar("T")

NOT_KEPT = "too_large"
"""The problem of a file that is admitted without its bytes."""


@contextmanager
def open_ledger(folder: Path, operator: str, moment: datetime) -> Iterator[Ledger]:
    """Open the ledger of an output folder for a run, which alone may write in it meanwhile.

    Raises ``BusyError`` within a second when another run is at work, ``InputError``
    for a ledger of a newer program, ``OutputError`` when nothing can be written.
    """
    vault = folder / FOLDER
    with only_run(folder, operator, moment) as held:
        with in_words(folder / database.NAME):
            sweep_drafts(vault)
            place = folder / database.NAME
            connection, notes = open_database(place, vault, locks=held.knows_locking)
        with closing(connection), sqlite_in_words(place):
            yield Ledger(connection, vault, operator, (*held.notes, *notes))


@contextmanager
def look_into(folder: Path) -> Iterator[Ledger]:
    """Open the ledger as it stands now, to read only; a run may go on meanwhile.

    Raises ``InputError`` when there is none.
    """
    vault, place = folder / FOLDER, folder / database.NAME
    with in_words(place):
        if not place.exists() and not entries.names_in(vault):
            raise InputError(
                f"{folder}: chưa chạy tháng nào trong thư mục này: "
                "hãy kiểm tra --out, hoặc chạy tdkt-batch run trước"
            )
        connection, notes = snapshot(place, vault)
    with closing(connection), sqlite_in_words(place):
        yield Ledger(connection, vault, None, notes)


class Ledger:
    """What arrived, what was decided, which runs were made, what was sent.

    ``notes`` are sentences on what was noticed when it was opened.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        vault: Path,
        operator: str | None,
        notes: tuple[str, ...],
    ) -> None:
        self.notes = notes
        self._connection = connection
        self._vault = vault
        self._operator = operator
        self._contents = Contents(vault)
        self._runs: tuple[Run, ...] | None = None
        self._admitted = {one.number: one for one in rows.arrivals(connection)}

    # --- arrivals -----------------------------------------------------------------------------

    def admit(self, given: Sequence[Given], moment: datetime) -> tuple[Arrival, ...]:
        """Return each given file as the ledger knows it, new ones entered as first seen now.

        Their bytes are kept. A file that cannot be read is entered without them
        and stays where it was given.
        """
        with in_words(self._vault):
            self._contents.keep_files(
                (one.path, one.source) for one in given if one.problem != NOT_KEPT
            )
        found = known_arrivals(given, self._admitted.values())
        admitted = tuple(self._numbered(given, found, moment))
        new = tuple(one for one, known in zip(admitted, found, strict=True) if known is None)
        if new:
            self._write(Entry(recorded=moment, operator=self._writer, arrivals=new, number=0))
            self._admitted.update((one.number, one) for one in new)
        return tuple(
            self._arrival(one, file.path) for one, file in zip(admitted, given, strict=True)
        )

    def _numbered(
        self, given: Sequence[Given], found: Sequence[Admitted | None], moment: datetime
    ) -> Iterator[Admitted]:
        number = self._next("arrival", "number", "run_arrival", "arrival")
        for one, known in zip(given, found, strict=True):
            if known:
                yield known
                continue
            source = replace(one.source, first_seen=moment)
            yield Admitted(number, source, one.problem, one.detail)
            number += 1

    def _arrival(self, admitted: Admitted, given: Path | None = None) -> Arrival:
        source = admitted.source
        path = self._contents.place(source.sha256, source.name)
        if given and not self._contents.has(source.sha256, source.size):
            path = given
        return Arrival(admitted.number, source, admitted.problem, admitted.detail, path)

    def arrivals(self) -> tuple[Arrival, ...]:
        """Return all files that ever arrived, in the order of their numbers."""
        return tuple(self._arrival(one) for one in self._admitted.values())

    def arrival(self, number: int) -> Arrival:
        """Return one arrival; ``InputError`` when what was written of it is lost."""
        if number not in self._admitted:
            raise InputError(
                f"{self._vault}: sổ tiếp nhận không còn tệp số {number}: "
                "hãy lấy lại thư mục này từ bản sao lưu"
            )
        return self._arrival(self._admitted[number])

    # --- runs and sendings --------------------------------------------------------------------

    def runs(self) -> tuple[Run, ...]:
        """Return the completed runs in their order.

        Of files whose entry is lost nothing is known any more: they are not among
        those given.
        """
        if self._runs is None:
            self._runs = tuple(
                replace(run, given=tuple(n for n in run.given if n in self._admitted))
                for run in rows.runs(self._connection)
            )
        return self._runs

    def last_run(self, month: Month) -> Run | None:
        """Return the last completed run of a month; None when there is none."""
        return next((run for run in reversed(self.runs()) if run.month == month), None)

    def next_run_number(self) -> int:
        """Return the number that the next completed run gets."""
        return self._next("run", "number")

    def record_run(self, run: Run, sendings: Sequence[Sending] = ()) -> Run:
        """Enter a completed run with what was made to be sent; return it with its number."""
        run = replace(run, number=self.next_run_number())
        self._write(
            Entry(
                number=0,
                recorded=run.started,
                operator=run.operator,
                run=run,
                sendings=tuple(sendings),
            )
        )
        return run

    def sendings(self, month: Month | None = None) -> tuple[Sending, ...]:
        """Return what was made to be sent, of one month or of all."""
        return rows.sendings(self._connection, month)

    # --- decisions ----------------------------------------------------------------------------

    def decisions(self, as_of: int | None = None) -> tuple[Decision, ...]:
        """Return all decisions ever taken, in the order in which they were entered.

        With ``as_of`` those that the run of this number knew.
        """
        return rows.decisions(self._connection, as_of)

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
        with in_words(self._place), database.whole(self._connection):
            for item in items:
                row: rows.Columns = {
                    "kind": item.kind,
                    "key": item.key,
                    "arrival": item.arrival,
                    "month": str(item.month) if item.month else "",
                    "unit": item.unit,
                    "value": pack(item.value),
                }
                rows.insert(self._connection, "cache", row, "INSERT OR REPLACE")

    def cached_arrivals(self, kind: str, month: Month | None = None) -> frozenset[int]:
        """Return the numbers of the arrivals of which something of ``kind`` is kept."""
        query = "SELECT DISTINCT arrival FROM cache WHERE kind = ?1 AND (?2 = '' OR month = ?2)"
        found = self._connection.execute(query, (kind, str(month) if month else ""))
        return frozenset(row["arrival"] for row in found) - {0}

    def throw_away_cache(self) -> None:
        """Forget all that can be computed again."""
        with in_words(self._place):
            self._connection.execute("DELETE FROM cache")

    # --- writing ------------------------------------------------------------------------------

    @property
    def _place(self) -> Path:
        return self._vault.with_name(database.NAME)

    @property
    def _writer(self) -> str:
        if self._operator is None:
            raise UnsupportedOperation("the ledger was opened to be read")
        return self._operator

    def _write(self, entry: Entry) -> None:
        """Write an entry into the log, then into the database."""
        _ = self._writer
        self._runs = None
        number = max(self._next("entry", "number") - 1, entries.highest_number(self._vault)) + 1
        entry = replace(entry, number=number)
        with in_words(self._place):
            name, content = entries.write_entry(entry, self._vault)
            with database.whole(self._connection):
                rows.insert_entry(self._connection, entry, name, zlib.compress(content))

    def _next(self, *tables_and_columns: str) -> int:
        """Return one more than the highest number in the given columns."""
        pairs = zip(tables_and_columns[::2], tables_and_columns[1::2], strict=True)
        highest = (
            self._connection.execute(f"SELECT max({column}) FROM {table}").fetchone()[0] or 0  # noqa: S608 — names of ours
            for table, column in pairs
        )
        return max(highest) + 1
