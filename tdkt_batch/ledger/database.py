"""The SQLite file: opened, checked, brought to the present version of its tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tdkt_batch.errors import InputError
from tdkt_batch.ledger.rows import seals
from tdkt_batch.ledger.schema import APPLICATION_ID, MIGRATIONS

NAME = "so-tiep-nhan.sqlite"
_PATIENCE = 5.0
"""Seconds that a reader waits for the moment in which a run commits."""


class DamagedError(Exception):
    """The file is no ledger of ours any more; it is caught where the ledger is rebuilt."""


def connect(place: Path | None, *, reads_only: bool = False) -> sqlite3.Connection:
    """Return a connection to ``place``, or to a database in memory."""
    if place is None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
    else:
        uri = f"{place.absolute().as_uri()}?mode={'ro' if reads_only else 'rwc'}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE)
    connection.row_factory = sqlite3.Row
    connection.text_factory = _text
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def check(connection: sqlite3.Connection, place: Path) -> None:
    """Raise ``DamagedError`` unless every page, every row and every seal is as it was written.

    Raises ``InputError`` for a ledger of a newer program.
    """
    try:
        if _pragma(connection, "application_id") != APPLICATION_ID:
            raise DamagedError
        refuse_newer(connection, place)
        if [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] != ["ok"]:
            raise DamagedError
        written = dict(connection.execute("SELECT number, seal FROM entry").fetchall())
        if {number: seal for number, seal in written.items() if seal} != seals(connection):
            raise DamagedError
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if _is_damage(error):
            raise DamagedError from error
        raise


def _is_damage(error: Exception) -> bool:
    """Tell damage (a torn file, a missing table) from trouble with the disk or another program."""
    name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_MISMATCH"))


def refuse_newer(connection: sqlite3.Connection, place: Path) -> None:
    """Raise ``InputError`` when a newer program than this one wrote the ledger."""
    if _pragma(connection, "user_version") > len(MIGRATIONS):
        raise InputError(newer(place))


def newer(place: Path) -> str:
    """Return the sentence for what only a newer program can read."""
    return (
        f"{place}: do phiên bản mới hơn của chương trình ghi, bản này không đọc được: "
        "hãy cập nhật chương trình rồi chạy lại"
    )


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the present version, each step whole or not at all."""
    for version in range(_pragma(connection, "user_version"), len(MIGRATIONS)):
        with whole(connection):
            for statement in MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


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


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
