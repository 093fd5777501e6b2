"""The log: each entry a JSON file in ``luu-tru/su-kien``, written before the database.

What stands in the log counts. A file's name holds the entry's number and the
beginning of the SHA-256 of what it holds, so that damage to it is noticed.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from tdkt_batch.ledger.codec import read_text, write_text
from tdkt_batch.ledger.durable import written_beside
from tdkt_batch.ledger.facts import Entry

FOLDER = "su-kien"
FORM = 1
"""The form of entries that this program understands."""
DAMAGED = ".hong"
"""Is added to the name of a file that cannot be read, so that it is told once."""
_NAME = re.compile(r"(?P<number>\d{6,})-(?P<hash>[0-9a-f]{16})\.json")


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def number_in(name: str) -> int:
    """Return the entry's number that a file's name begins with; 0 for other files."""
    match = _NAME.match(name)
    return int(match["number"]) if match else 0


def names_in(vault: Path) -> tuple[str, ...]:
    """Return the names of all entries in the log, in their order."""
    folder = vault / FOLDER
    if not folder.is_dir():
        return ()
    found = (path.name for path in folder.iterdir() if _NAME.fullmatch(path.name))
    return tuple(sorted(found, key=lambda name: (number_in(name), name)))


def highest_number(vault: Path) -> int:
    """Return the highest number that was given, to damaged files too."""
    folder = vault / FOLDER
    names = folder.iterdir() if folder.is_dir() else ()
    return max((number_in(path.name) for path in names), default=0)


def write_entry(entry: Entry, vault: Path) -> tuple[str, bytes]:
    """Write ``entry`` so that it lasts; return its file's name and content."""
    content = write_text(entry)
    name = f"{entry.number:06d}-{_hash(content)}.json"
    restore_entry(name, content, vault)
    return name, content


def restore_entry(name: str, content: bytes, vault: Path) -> None:
    """Write an entry's file as it was."""
    with written_beside(vault) as draft_of:
        draft_of(vault / FOLDER / name).write_bytes(content)


def is_whole(name: str, content: bytes) -> bool:
    """Tell whether ``content`` is what was written under ``name``."""
    match = _NAME.fullmatch(name)
    return match is not None and match["hash"] == _hash(content)


def read_entry(name: str, vault: Path) -> bytes | None:
    """Return what stands in an entry's file; None when it is missing or damaged."""
    try:
        content = (vault / FOLDER / name).read_bytes()
    except OSError:
        return None
    return content if is_whole(name, content) else None


def set_aside(name: str, vault: Path) -> None:
    """Rename an entry's file that cannot be read, so that it is told once."""
    file = vault / FOLDER / name
    if file.exists():
        file.replace(file.with_name(name + DAMAGED))


def decoded(content: bytes) -> Entry:
    """Return the entry that ``content`` holds; ``UndecodableError`` when it holds none."""
    return read_text(content, Entry)
