"""The database opened for a run, or copied to be looked into, and brought together with the log.

A run that was killed between the two left an entry in the log only; a database
that was lost or damaged is filled again from the log; a file of the log that
was lost is written again from the database. What neither has is told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tdkt_batch.errors import InputError
from tdkt_batch.ledger import kept_files as log
from tdkt_batch.ledger.codec import UndecodableError, read_text
from tdkt_batch.ledger.database import (
    DamagedError,
    be_durable,
    check,
    connect,
    insert_entry,
    log_in,
    migrate,
    whole,
)
from tdkt_batch.ledger.facts import Entry, Facts
from tdkt_batch.ledger.removal import complete_removals
from tdkt_batch.wording import ledger as say

FORM = 3
"""The form of entries that this program understands."""


@dataclass(frozen=True, slots=True)
class OpenDatabase:
    """A database that holds all that the log does, what it says, and notes on the opening."""

    connection: sqlite3.Connection
    facts: Facts
    notes: tuple[str, ...]


def open_database(place: Path, vault: Path, *, locks: bool = True) -> OpenDatabase:
    """Return the database at ``place``; a damaged one is set aside and filled from the log."""
    damage: tuple[str, ...] = ()
    if _stands(place):
        try:
            with closing(connect(place, locks=locks)) as connection:
                check(connection, place)
        except DamagedError:
            damage = (say.SET_ASIDE.format(place=place, aside=_set_aside(place).name),)
    is_new = not _stands(place)
    connection = connect(place, locks=locks)
    try:
        be_durable(connection)
        migrate(connection)
        facts, notes, entered = _bring_together(connection, vault, mends_log=True)
        if complete_removals(connection, vault):
            facts, notes, entered = _bring_together(connection, vault, mends_log=True)
    except BaseException:
        connection.close()
        raise
    if entered and not is_new:
        notes = (*notes, say.COMPLETED.format(place=place, number=entered))
    elif entered and not damage:
        damage = (say.REBUILT.format(place=place, vault=vault.name),)
    return OpenDatabase(connection, facts, (*damage, *notes))


def _stands(place: Path) -> bool:
    return place.exists() and place.stat().st_size > 0


def _set_aside(place: Path) -> Path:
    """Rename a damaged database and its journal; return under which name it now is."""
    number = 1
    while (aside := place.with_name(f"{place.stem}.hong-{number}{place.suffix}")).exists():
        number += 1
    place.replace(aside)
    journal = place.with_name(f"{place.name}-journal")
    if journal.exists():
        journal.replace(aside.with_name(f"{aside.name}-journal"))
    return aside


def snapshot(place: Path, vault: Path) -> OpenDatabase:
    """Return a copy of the database in memory.

    One that cannot be read is filled from the log, in memory too.
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
        damage = (say.READ_FROM_LOG.format(place=place, vault=vault.name),)
    migrate(connection)
    facts, notes, _ = _bring_together(connection, vault, mends_log=False)
    return OpenDatabase(connection, facts, (*damage, *notes))


def facts_of(contents: Mapping[str, bytes]) -> Facts:
    """Return the facts of the log's files, which are whole."""
    facts = Facts()
    for content in contents.values():
        facts.take(read_text(content, Entry))
    return facts


def _bring_together(
    connection: sqlite3.Connection, vault: Path, *, mends_log: bool
) -> tuple[Facts, tuple[str, ...], int]:
    """Enter what only the log has; return all facts, notes, and how much was entered.

    With ``mends_log`` the files of the log are written again or set aside.
    """
    facts, entered = Facts(), 0
    notes: dict[str, str] = {}
    kept = log_in(connection)
    for name, content in kept.items():
        if not _is_taken(facts, name, content, vault):
            notes[name] = say.LOST
        elif mends_log and log.read_entry(name, vault) is None:
            log.restore_entry(name, content, vault)
            notes[name] = say.RESTORED
    with whole(connection):
        for name in log.log_names(vault):
            if name in kept:
                continue
            written = log.read_entry(name, vault)
            if written is not None and _is_taken(facts, name, written, vault):
                insert_entry(connection, name, written)
                entered += 1
            else:
                notes[name] = say.LOST
                if mends_log:
                    log.set_aside(name, vault)
    told = sorted(notes, key=lambda name: (log.number_in(name), name))
    return facts, tuple(notes[name].format(file=vault / log.LOG / name) for name in told), entered


def _is_taken(facts: Facts, name: str, content: bytes, vault: Path) -> bool:
    """Take in what a file of the log holds; False when it cannot stand beside what is there.

    Raises ``InputError`` for an entry of a newer program.
    """
    try:
        entry = read_text(content, Entry)
    except UndecodableError:
        return False
    if entry.form > FORM:
        raise InputError(say.NEWER.format(place=vault / log.LOG / name))
    return entry.number == log.number_in(name) and facts.take(entry)
