"""The compound file (MS-CFB) in which the Office of before 2007 wraps its streams: who is in it.

A workbook may carry whole other files as objects: a document, a mail, another
workbook. Only what lies in the root storage tells what the file itself is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY, _NAME = 128, 64
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the directory; ``offset`` is where it stands in the file."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int
    offset: int


class CompoundFile:
    """A compound file's directory and streams; names are compared without their case.

    Raises ``struct.error``, ``LookupError`` or ``ValueError`` where it is not whole.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._sector_size = 1 << struct.unpack_from("<H", content, 0x1E)[0]
        self._mini_size = 1 << struct.unpack_from("<H", content, 0x20)[0]
        first, self._cutoff, self._first_mini = struct.unpack_from("<I4xII", content, 0x30)
        self._fat = self._allocation_table()
        self._entries = tuple(
            entry
            for number in _chain(first, self._fat)
            for entry in self._entries_in((number + 1) * self._sector_size)
        )
        roots = [entry for entry in self._entries if entry.kind == _ROOT]
        if not roots:
            raise ValueError("no root storage")
        self._root = roots[0]

    @cached_property
    def inside(self) -> dict[str, _Entry]:
        """What lies in the root storage itself, by name in lower case."""
        found: dict[int, _Entry] = {}
        waiting = [self._root.child]
        while waiting:
            number = waiting.pop()
            if number < len(self._entries) and number not in found:
                found[number] = self._entries[number]
                waiting += [found[number].left, found[number].right]
        return {entry.name.lower(): entry for entry in found.values()}

    @property
    def all_names(self) -> frozenset[str]:
        """The names of all that lies in it, in objects inside it too, in lower case."""
        return frozenset(entry.name.lower() for entry in self._entries)

    def stream(self, name: str) -> bytes:
        """Return a stream of the root storage; ``LookupError`` when there is none."""
        entry = self.inside[name.lower()]
        if entry.size >= self._cutoff:
            return self._joined(entry.first)[: entry.size]
        small, mini = self._joined(self._root.first), self._mini_size
        table = _numbers(self._joined(self._first_mini))
        pieces = (small[n * mini : (n + 1) * mini] for n in _chain(entry.first, table))
        return b"".join(pieces)[: entry.size]

    def with_only(self, name: str) -> bytes:
        """Return the file with the root's stream ``name`` as the only entry of that name.

        A reader that takes the first stream of a name, wherever it lies, then takes this one.
        """
        changed = bytearray(self._content)
        chosen = self.inside[name.lower()]
        for entry in self._entries:
            if entry.name.lower() == name.lower():
                given = name if entry is chosen else f"_{name[1:]}"
                changed[entry.offset : entry.offset + 2 * len(name)] = given.encode("utf-16-le")
        return bytes(changed)

    def _entries_in(self, start: int) -> Iterator[_Entry]:
        for offset in range(start, start + self._sector_size, _ENTRY):
            entry = self._content[offset : offset + _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, _NAME)
            name = entry[: max(min(length, _NAME) - 2, 0)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<III", entry, 68)
            first, size = struct.unpack_from("<II", entry, 116)
            yield _Entry(name, kind, left, right, child, first, size, offset)

    def _allocation_table(self) -> tuple[int, ...]:
        """Return which sector follows each: 109 of the table's own stand in the head."""
        sectors = [n for n in struct.unpack_from("<109I", self._content, 0x4C) if n < _LAST_SECTOR]
        following, said = struct.unpack_from("<II", self._content, 0x44)
        left = min(said, len(self._content) // self._sector_size)
        while following < _LAST_SECTOR and left > 0:
            *numbers, following = _numbers(self._sector(following))
            sectors += [n for n in numbers if n < _LAST_SECTOR]
            left -= 1
        return _numbers(b"".join(map(self._sector, sectors)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        return self._content[start : start + self._sector_size]

    def _joined(self, first: int) -> bytes:
        return b"".join(map(self._sector, _chain(first, self._fat)))


def _chain(first: int, table: tuple[int, ...]) -> Iterator[int]:
    """Yield the sectors of a chain; ValueError when it runs in a circle or out of the table."""
    for _ in range(len(table) + 1):
        if first >= _LAST_SECTOR:
            return
        if first >= len(table):
            break
        yield first
        first = table[first]
    raise ValueError("broken chain of sectors")


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
