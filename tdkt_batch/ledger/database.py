"""The SQLite file: opened, checked, brought to the present version of its tables."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePath
from urllib.parse import quote

from tdkt_batch.errors import InputError
from tdkt_batch.ledger.entries import is_whole
from tdkt_batch.ledger.rows import seals
from tdkt_batch.ledger.schema import APPLICATION_ID, MIGRATIONS

NAME = "so-tiep-nhan.sqlite"
PATIENCE = 5.0
"""Seconds to wait while another program reads or a run commits."""


class DamagedError(Exception):
    """The file is no ledger of ours any more; it is caught where the ledger is rebuilt."""


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
        connection = sqlite3.connect(
            f"{_address(place.absolute())}?{options}",
            uri=True,
            isolation_level=None,
            timeout=PATIENCE,
        )
    connection.row_factory = sqlite3.Row
    connection.text_factory = _text
    connection.execute("PRAGMA foreign_keys = ON")
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


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def check(connection: sqlite3.Connection, place: Path) -> None:
    """Raise ``DamagedError`` unless every page, every table and every fact is as it was written.

    Raises ``InputError`` for a ledger of a newer program.
    """
    try:
        version = _pragma(connection, "user_version")
        if _pragma(connection, "application_id") != APPLICATION_ID or version < 1:
            raise DamagedError
        if version > len(MIGRATIONS):
            raise InputError(newer(place))
        if not _is_sound(connection) or _tables(connection) != _tables_of(version):
            raise DamagedError
        if not _is_sealed(connection):
            raise DamagedError
    except (sqlite3.DatabaseError, UnicodeDecodeError, zlib.error) as error:
        if _is_damage(error):
            raise DamagedError from error
        raise


def _is_sound(connection: sqlite3.Connection) -> bool:
    return [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] == ["ok"]


def _is_sealed(connection: sqlite3.Connection) -> bool:
    """Tell whether each entry has the rows that it was written with, and its file's content."""
    entered = connection.execute("SELECT number, name, content, seal FROM entry").fetchall()
    written = {row["number"]: row["seal"] for row in entered if row["seal"]}
    return written == seals(connection) and all(
        is_whole(row["name"], zlib.decompress(row["content"])) for row in entered
    )


def _tables(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")
    return [tuple(row) for row in rows]


def _tables_of(version: int) -> list[tuple[str, ...]]:
    with closing(connect(None)) as connection:
        migrate(connection, version)
        return _tables(connection)


def _is_damage(error: Exception) -> bool:
    """Tell damage (a torn file, a missing table) from trouble with the disk or another program."""
    name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_MISMATCH"))


def newer(place: Path) -> str:
    """Return the sentence for what only a newer program can read."""
    return (
        f"{place}: do phiên bản mới hơn của chương trình ghi, bản này không đọc được: "
        "hãy cập nhật chương trình rồi chạy lại"
    )


def migrate(connection: sqlite3.Connection, until: int | None = None) -> None:
    """Bring the tables to the present version or to ``until``, each step whole or not at all."""
    last = len(MIGRATIONS) if until is None else until
    for version in range(_pragma(connection, "user_version"), last):
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
