"""Log and database brought together at opening: what one of them lacks, the other gives.

A run that was killed between the two left an entry in the log only; a database
that was lost or damaged is filled again from the log; a file of the log that
was lost is written again from the database. What neither has is told.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tdkt_batch.errors import InputError
from tdkt_batch.ledger import entries
from tdkt_batch.ledger.codec import UndecodableError
from tdkt_batch.ledger.database import newer, whole
from tdkt_batch.ledger.rows import insert_entry


def bring_together(
    connection: sqlite3.Connection, vault: Path, *, mends_log: bool
) -> tuple[tuple[str, ...], int]:
    """Enter what only the log has; return notes on what was lost, and how much was entered.

    With ``mends_log`` the files of the log are written again or set aside.
    """
    known = {row["name"] for row in connection.execute("SELECT name FROM entry")}
    names = sorted(known.union(entries.names_in(vault)), key=lambda n: (entries.number_in(n), n))
    notes: list[str] = []
    entered = 0
    with whole(connection):
        for name in names:
            content = entries.read_entry(name, vault)
            if name in known:
                if content is None and mends_log:
                    notes.append(_restored(connection, name, vault))
            elif content is not None and _is_entered(connection, name, content, vault):
                entered += 1
            else:
                notes.append(_lost(name, vault, mends_log=mends_log))
    return tuple(notes), entered


def _restored(connection: sqlite3.Connection, name: str, vault: Path) -> str:
    row = connection.execute("SELECT content FROM entry WHERE name = ?", (name,)).fetchone()
    entries.restore_entry(name, zlib.decompress(row["content"]), vault)
    return f"{vault / entries.FOLDER / name}: bị mất hoặc hỏng, đã ghi lại từ sổ tiếp nhận"


def _lost(name: str, vault: Path, *, mends_log: bool) -> str:
    if mends_log:
        entries.set_aside(name, vault)
    return (
        f"{vault / entries.FOLDER / name}: không đọc được, những gì ghi trong đó bị mất: "
        "hãy lấy lại tệp này từ bản sao lưu nếu có; tệp đã nhận thì cho chạy lại"
    )


def _is_entered(connection: sqlite3.Connection, name: str, content: bytes, vault: Path) -> bool:
    """Enter what a file of the log holds; False when it cannot stand beside what is there."""
    try:
        entry = entries.decoded(content)
        if entry.form > entries.FORM:
            raise InputError(newer(vault / entries.FOLDER / name))
        with _by_itself(connection):
            insert_entry(connection, entry, name, zlib.compress(content))
    except (UndecodableError, sqlite3.IntegrityError):
        return False
    return True


@contextmanager
def _by_itself(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT one_entry")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO one_entry")
        raise
    finally:
        connection.execute("RELEASE one_entry")
