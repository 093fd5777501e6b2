"""The SQLite file: a copy of the log, what was computed, and what SQLite refuses in words.

Facts stand in it as the log's own files, once. They are read from there at
opening, so what one of the two lacks the other gives.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePath
from urllib.parse import quote

from tdkt_batch.errors import InputError, OutputError
from tdkt_batch.ledger.kept_files import is_whole, number_in
from tdkt_batch.machine.disk import cause_of
from tdkt_batch.wording import ledger as say
from tdkt_batch.wording.machine import ELSEWHERE

NAME = "so-tiep-nhan.sqlite"
PATIENCE = 5.0
"""Seconds to wait while another program reads or a run commits."""
APPLICATION_ID = 0x54444B54
"""“TDKT”, in the header of the file: tells our database from any other."""


class DamagedError(Exception):
    """The file is no ledger of ours any more; it is caught where the ledger is rebuilt."""


# --- the tables, version by version; the comments are for whoever opens the file by hand ------

_ENTRY = """CREATE TABLE entry (
        number    INTEGER PRIMARY KEY, -- in the order in which they were written down
        name      TEXT NOT NULL,       -- its file in luu-tru/su-kien, which the database follows
        recorded  TEXT NOT NULL,       -- when, by the office's clock
        operator  TEXT NOT NULL,       -- who ran the program
        content   BLOB NOT NULL,       -- the file itself, packed (zlib)
        seal      TEXT NOT NULL        -- SHA-256 over the rows of this entry
    ) STRICT"""
_CACHE = """CREATE TABLE cache (              -- no facts: computed, and computed again when missing
        kind    TEXT NOT NULL,
        key     TEXT NOT NULL,         -- digest of all that the value depends on
        arrival INTEGER NOT NULL,      -- 0: of no one arrival
        month   TEXT NOT NULL,
        unit    TEXT NOT NULL,
        value   BLOB NOT NULL,
        PRIMARY KEY (kind, key)
    ) STRICT"""
_LOG = """CREATE TABLE log (                -- all facts: what arrived, was decided, run, sent
        number  INTEGER PRIMARY KEY,   -- in the order in which they were written down
        name    TEXT NOT NULL,         -- its file in luu-tru/su-kien, which the database follows
        content BLOB NOT NULL          -- the file itself (JSON), packed (zlib)
    ) STRICT"""
_DROPPED = ("run_arrival", "run_container", "sending", "run", "decision", "arrival", "entry")
"""Tables of version 1, which kept each fact in rows and in its entry's content."""

KEEP_FACTS = {
    f"log_{change.lower()}": f"CREATE TRIGGER log_{change.lower()} BEFORE {change} ON log "
    "BEGIN SELECT RAISE(ABORT, 'facts are only added'); END"
    for change in ("UPDATE", "DELETE")
}
"""What keeps facts from being changed, by its name; only the removal of a month lifts it."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (_ENTRY, _CACHE),
    (
        _LOG,
        "INSERT INTO log SELECT number, name, content FROM entry",
        *(f"DROP TABLE IF EXISTS {table}" for table in _DROPPED),
        *KEEP_FACTS.values(),
    ),
)
"""The statements that lead from each version to the next; version 0 is an empty file.

It only ever grows. Of version 1 only what version 2 takes over is made here.
"""


def migrate(connection: sqlite3.Connection, until: int | None = None) -> None:
    """Bring the tables to the present version or to ``until``, each step whole or not at all."""
    last = len(MIGRATIONS) if until is None else until
    for version in range(_pragma(connection, "user_version"), last):
        with whole(connection):
            for statement in MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


# --- opening ----------------------------------------------------------------------------------


def connect(
    place: Path | None, *, reads_only: bool = False, locks: bool = True
) -> sqlite3.Connection:
    """Return a connection to ``place``, or to a database in memory.

    Without ``locks`` SQLite locks nothing: for a share that cannot, where the
    run's own lock must do.
    """
    if place is None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
    else:
        options = f"mode={'ro' if reads_only else 'rwc'}{'' if locks else '&nolock=1'}"
        address = f"{_address(place.absolute())}?{options}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE)
    connection.row_factory = sqlite3.Row
    return connection


def _address(place: PurePath) -> str:
    """Return the address as SQLite understands it: a server is part of the path, no authority.

    >>> from pathlib import PurePosixPath, PureWindowsPath
    >>> _address(PurePosixPath("/ban td/a?.sqlite"))
    'file:///ban%20td/a%3F.sqlite'
    >>> _address(PureWindowsPath("//may-chu/ban/a.sqlite"))
    'file:////may-chu/ban/a.sqlite'
    >>> _address(PureWindowsPath("D:/ban/a.sqlite"))
    'file:///D:/ban/a.sqlite'
    """
    path = quote(place.as_posix(), safe="/:")
    return f"file://{path}" if path.startswith("/") else f"file:///{path}"


def be_durable(connection: sqlite3.Connection) -> None:
    """Make a commit last, on a network share too, where a write-ahead log does not work."""
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def whole(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all that happens inside, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.execute("COMMIT")


# --- the copy of the log ----------------------------------------------------------------------


def log_in(connection: sqlite3.Connection, table: str = "log") -> dict[str, bytes]:
    """Return the log's files by their names, in the order of their numbers.

    Raises ``DamagedError`` when one of them is not as it was written.
    """
    contents: dict[str, bytes] = {}
    rows = connection.execute(f"SELECT number, name, content FROM {table} ORDER BY number")  # noqa: S608 — a name of ours
    for number, name, packed in rows:
        contents[name] = zlib.decompress(packed)
        if number != number_in(name) or not is_whole(name, contents[name]):
            raise DamagedError
    return contents


def insert_entry(connection: sqlite3.Connection, name: str, content: bytes) -> None:
    """Add a file of the log; the number in its name is its own."""
    row = (number_in(name), name, zlib.compress(content))
    connection.execute("INSERT INTO log (number, name, content) VALUES (?, ?, ?)", row)


def check(connection: sqlite3.Connection, place: Path) -> None:
    """Raise ``DamagedError`` unless every page, every table and every fact is as it was written.

    Raises ``InputError`` for a ledger of a newer program.
    """
    try:
        version = _pragma(connection, "user_version")
        if _pragma(connection, "application_id") != APPLICATION_ID or version < 1:
            raise DamagedError
        if version > len(MIGRATIONS):
            raise InputError(say.NEWER.format(place=place))
        pages = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        with closing(connect(None)) as fresh:
            migrate(fresh, version)
            lacking = _tables(fresh) - _tables(connection)
        if pages != ["ok"] or lacking:
            raise DamagedError
        log_in(connection, "entry" if version == 1 else "log")
    except (sqlite3.DatabaseError, UnicodeDecodeError, zlib.error) as error:
        # damage is a torn file or a missing table; all else is the disk or another program
        family = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
        if family.startswith(
            ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_MISMATCH")
        ):
            raise DamagedError from error
        raise


def _tables(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {tuple(row) for row in rows}


# --- what is refused --------------------------------------------------------------------------


@contextmanager
def in_words(
    place: Path, refusals: tuple[type[Exception], ...] = (OSError, sqlite3.Error)
) -> Iterator[None]:
    """Turn what the system or SQLite refuses at ``place`` into an ``OutputError``."""
    try:
        yield
    except refusals as error:
        if isinstance(error, OSError):
            reason, remedy = cause_of(error)
        else:
            # by the family that the error belongs to (SQLITE_IOERR_FSYNC …)
            family = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
            reason, remedy = say.SQLITE_CAUSES.get(family, (str(error), ELSEWHERE))
        said = say.NOT_WRITTEN.format(place=place, reason=reason, remedy=remedy)
        raise OutputError(said) from error
