"""A month removed for good: what the ledger and ``luu-tru`` held of it is there no more.

The removal is written down first, as a fact. From it alone the rest is done, and done again
by the next opening where it was interrupted: contents that no other month needs, the
entries of the log without the month's facts, the rows of the database, its freed pages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from tdkt_batch.ledger import kept_files as log
from tdkt_batch.ledger.codec import UndecodableError, read_text
from tdkt_batch.ledger.database import KEEP_FACTS, insert_entry, log_in, whole
from tdkt_batch.ledger.facts import Entry, Removal
from tdkt_batch.model import Decision, DecisionKind

_MARK = b'"removed"'
"""What stands in an entry that removes a month."""


def complete_removals(connection: sqlite3.Connection, vault: Path) -> bool:
    """Take what was removed out of log, contents and database; False where all is out already.

    Entries that cannot be read are left alone: the opening tells of them.
    """
    contents = {name: log.read_entry(name, vault) or b"" for name in log.log_names(vault)}
    if not any(_MARK in content for content in contents.values()):
        return False
    entries = _entries({**log_in(connection), **contents})
    removals = {one.number: one.removed for one in entries.values() if one.removed}
    purged = {name: _without(entry, removals) for name, entry in entries.items()}
    changed = {name: one for name, one in purged.items() if one != entries[name]}
    if not changed:
        return False
    gone = _hashes(entries[name] for name in changed) - _hashes(purged.values())
    for path in (path for sha256 in gone for path in vault.glob(f"{sha256[:2]}/{sha256}.*")):
        path.unlink()
    written = {name: log.write_entry(entry, vault) for name, entry in changed.items()}
    for name in changed:
        (vault / log.LOG / name).unlink(missing_ok=True)
    _take_out(connection, written, removals.values())
    return True


def _entries(contents: Mapping[str, bytes]) -> dict[str, Entry]:
    entries = {}
    for name, content in contents.items():
        try:
            entries[name] = read_text(content, Entry)
        except UndecodableError:
            continue
    return entries


def _without(entry: Entry, removals: Mapping[int, Removal]) -> Entry:
    """Return an entry without the facts of the months that were removed after it."""
    kept = entry
    for number, removal in removals.items():
        if number <= kept.number:
            continue
        month = removal.month
        kept = replace(
            kept,
            arrivals=tuple(a for a in kept.arrivals if a.number not in removal.arrivals),
            decisions=tuple(
                _nameless(one) if one.month == month else one
                for one in kept.decisions
                if one.month != month or one.kind in _KEPT_NAMELESS
            ),
            run=None if kept.run and kept.run.month == month else kept.run,
            sendings=tuple(one for one in kept.sendings if one.month != month),
            issue=None if kept.issue and kept.issue.month == month else kept.issue,
            forgotten=0 if kept.forgotten in removal.runs else kept.forgotten,
        )
    return kept if kept == entry else replace(kept, operator="")


_KEPT_NAMELESS = (DecisionKind.EXCUSED, DecisionKind.WITHDRAWN)
"""What goes on to hold, or to take back, in months that are kept."""


def _nameless(decision: Decision) -> Decision:
    """Return a decision without what somebody typed; why a unit is excused is from a list."""
    is_listed = decision.kind is DecisionKind.EXCUSED
    explanation = decision.explanation if is_listed else ""
    return replace(decision, reason="", approver="", given="", clause="", explanation=explanation)


def _hashes(entries: Iterable[Entry]) -> set[str]:
    """Return the SHA-256 of every content that entries speak of."""
    found: set[str] = set()
    for entry in entries:
        found |= {one.source.sha256 for one in entry.arrivals}
        if entry.run:
            found.add(entry.run.package)
        if entry.issue:
            found |= {entry.issue.record, *(sha256 for _, sha256 in entry.issue.files)}
    return found


def _take_out(
    connection: sqlite3.Connection,
    written: Mapping[str, tuple[str, bytes]],
    removals: Iterable[Removal],
) -> None:
    """Put the entries as they are now in the place of those that were, overwriting their pages."""
    connection.execute("PRAGMA secure_delete = ON")
    with whole(connection):
        for name in KEEP_FACTS:
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        for name in written:
            connection.execute("DELETE FROM log WHERE number = ?", (log.number_in(name),))
        for name, content in dict(written.values()).items():
            insert_entry(connection, name, content)
        for statement in KEEP_FACTS.values():
            connection.execute(statement)
        for removal in removals:
            connection.execute("DELETE FROM cache WHERE month = ?", (str(removal.month),))
            connection.execute("DELETE FROM cache WHERE month = '' AND arrival = 0")
            for number in removal.arrivals:
                connection.execute("DELETE FROM cache WHERE arrival = ?", (number,))
    connection.execute("VACUUM")
