"""The same look into an .xls: its records of error cells, and how far its cells reach.

Reads just enough of the two nested formats: the compound file (MS-CFB), to find
the workbook's stream, and the BIFF8 records of each sheet in it (MS-XLS).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping

from tdkt_batch.workbooks.suspicious_cells import Broken, Position, check_box

ERRORS: Mapping[int, str] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_FORMULA, _EOF, _BOUNDSHEET, _BOOLERR = 0x0006, 0x000A, 0x0085, 0x0205
_FILLED = frozenset((_FORMULA, _BOOLERR, 0x0203, 0x0204, 0x027E, 0x00BD, 0x00FD))
"""The records of cells that hold something."""
_SIZE, _ROWS, _COLUMNS = 0x0200, 65_536, 256
_LAST_SECTOR = 0xFFFFFFFA
_STREAM = "Workbook".encode("utf-16-le")


def scan_xls_sheets(content: bytes) -> Mapping[str, Mapping[Position, Broken]]:
    """Return the broken cells of each sheet by its title; FarCellError as for .xlsx.

    Raises ``struct.error`` or ``ValueError`` where the file is not as it should be.
    """
    stream = workbook_stream(content)
    return {title: _scan(stream, start, title) for title, start in _sheets(stream)}


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET:
            (start,) = struct.unpack_from("<I", body)
            length, flags = body[6], body[7]
            wide = flags & 1
            name = body[8 : 8 + length * (2 if wide else 1)]
            yield name.decode("utf-16-le" if wide else "latin-1"), start


def _scan(stream: bytes, start: int, title: str) -> Mapping[Position, Broken]:
    broken: dict[Position, Broken] = {}
    filled = []
    for kind, body in _records(stream, start):
        if kind == _SIZE and _is_lie(body):
            raise ValueError("no sheet is as large as this one says")
        if kind in _FILLED:
            position: Position = struct.unpack_from("<HH", body)
            filled.append(position)
            code = _error_code(kind, body)
            if code is not None:
                broken[position] = Broken("error", ERRORS.get(code, "#N/A"))
    check_box(filled, title)
    return broken


def _is_lie(size: bytes) -> bool:
    """Tell whether a sheet claims a size that none has; the reader makes room for all of it."""
    top, bottom, left, right = struct.unpack_from("<IIHH", size)
    return bool(top > bottom or left > right or bottom > _ROWS or right > _COLUMNS)


def _error_code(kind: int, body: bytes) -> int | None:
    if kind == _BOOLERR and body[7] == 1:
        return body[6]
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from ``start`` to the end of their part of the stream."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        if kind == _EOF:
            return
        start += 4 + length


# --- the compound file ----------------------------------------------------------------


def workbook_stream(content: bytes) -> bytes:
    """Return the stream named Workbook; ValueError when there is none."""
    sector_size = 1 << struct.unpack_from("<H", content, 0x1E)[0]
    mini_size = 1 << struct.unpack_from("<H", content, 0x20)[0]
    first_directory, cutoff, first_mini_fat = struct.unpack_from("<I4xII", content, 0x30)

    def sector(number: int) -> bytes:
        return content[(number + 1) * sector_size : (number + 2) * sector_size]

    fat = _numbers(b"".join(sector(number) for number in _fat_sectors(content, sector)))
    directory = b"".join(sector(n) for n in _chain(first_directory, fat))
    entries = [directory[i : i + 128] for i in range(0, len(directory), 128)]
    root = next(entry for entry in entries if entry[66] == 5)
    book = next((e for e in entries if e[66] == 2 and e.startswith(_STREAM + b"\0\0")), None)
    if book is None:
        raise ValueError("no BIFF8 stream")
    first, size = struct.unpack_from("<II", book, 116)
    if size >= cutoff:
        return b"".join(sector(n) for n in _chain(first, fat))[:size]
    (mini_start,) = struct.unpack_from("<I", root, 116)
    small = b"".join(sector(n) for n in _chain(mini_start, fat))
    mini_fat = _numbers(b"".join(sector(n) for n in _chain(first_mini_fat, fat)))
    pieces = (small[n * mini_size : (n + 1) * mini_size] for n in _chain(first, mini_fat))
    return b"".join(pieces)[:size]


def _fat_sectors(content: bytes, sector: Callable[[int], bytes]) -> Iterator[int]:
    """Yield the sectors that hold the allocation table: 109 in the head, more in a chain."""
    yield from (n for n in struct.unpack_from("<109I", content, 0x4C) if n < _LAST_SECTOR)
    following, left = struct.unpack_from("<II", content, 0x44)
    while following < _LAST_SECTOR and left > 0:
        numbers = _numbers(sector(following))
        yield from (n for n in numbers[:-1] if n < _LAST_SECTOR)
        following, left = numbers[-1], left - 1


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
