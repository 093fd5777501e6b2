"""The database opened for a run, or copied to be looked into; a damaged one is rebuilt."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tdkt_batch.ledger.database import DamagedError, be_durable, check, connect, migrate
from tdkt_batch.ledger.recovery import bring_together


def open_database(
    place: Path, vault: Path, *, locks: bool = True
) -> tuple[sqlite3.Connection, tuple[str, ...]]:
    """Return the database at ``place``, whole and with all that the log holds, and notes on it."""
    damage = _set_aside_if_damaged(place, locks=locks)
    is_new = not place.exists() or place.stat().st_size == 0
    connection = connect(place, locks=locks)
    try:
        be_durable(connection)
        migrate(connection)
        lost, entered = bring_together(connection, vault, mends_log=True)
    except BaseException:
        connection.close()
        raise
    if entered and not is_new:
        lost = (*lost, f"{place}: đã ghi nốt {entered} mục của lần chạy bị dừng giữa chừng")
    elif entered and not damage:
        damage = (f"{place}: bị mất; đã dựng lại từ {vault.name}",)
    return connection, (*damage, *lost)


def _set_aside_if_damaged(place: Path, *, locks: bool) -> tuple[str, ...]:
    if not place.exists() or place.stat().st_size == 0:
        return ()
    try:
        with closing(connect(place, locks=locks)) as connection:
            check(connection, place)
    except DamagedError:
        aside = _free_name(place)
        place.replace(aside)
        journal = place.with_name(f"{place.name}-journal")
        if journal.exists():
            journal.replace(aside.with_name(f"{aside.name}-journal"))
        return (f"{place}: bị hỏng, đã để riêng ở {aside.name} và dựng lại từ luu-tru",)
    return ()


def _free_name(place: Path) -> Path:
    number = 1
    while (aside := place.with_name(f"{place.stem}.hong-{number}{place.suffix}")).exists():
        number += 1
    return aside


def snapshot(place: Path, vault: Path) -> tuple[sqlite3.Connection, tuple[str, ...]]:
    """Return a copy of the database in memory, with all that the log holds, and notes on it.

    One that cannot be read is rebuilt from the log, in memory too.
    """
    connection = connect(None)
    damage: tuple[str, ...] = ()
    try:
        with closing(connect(place, reads_only=True)) as source:
            source.backup(connection)
        check(connection, place)
    except (DamagedError, sqlite3.Error):
        connection.close()
        connection = connect(None)
        damage = (f"{place}: không đọc được; tạm dựng lại từ những gì còn trong {vault.name}",)
    migrate(connection)
    lost, _ = bring_together(connection, vault, mends_log=False)
    return connection, (*damage, *lost)
