"""What the fast reader would pass off as blank in the records of an .xls or .xlsb.

Reads just enough of the formats: the compound file (MS-CFB), to find the
workbook's stream, and the BIFF8 records of each sheet in it (MS-XLS); of an
.xlsb (MS-XLSB) the records, whose number and size take one or more bytes of
seven bits.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping

from tdkt_batch.workbooks.broken_cells import (
    Broken,
    Position,
    broken_of,
    members_of,
    parts_by_relation,
)

_ERRORS: Mapping[int, str] = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip

# --- .xls -------------------------------------------------------------------------------

_FORMULA, _EOF, _BOUNDSHEET, _BOOLERR = 0x0006, 0x000A, 0x0085, 0x0205
_FILLED = frozenset((_FORMULA, _BOOLERR, 0x0203, 0x0204, 0x027E, 0x00BD, 0x00FD))
"""The records of cells that hold something."""
_SIZE, _ROWS, _COLUMNS = 0x0200, 65_536, 256


def scan_xls_sheets(content: bytes) -> Mapping[str, Mapping[Position, Broken]]:
    """Return the broken cells of each sheet by its title; FarCellError as for .xlsx.

    Raises ``struct.error`` or ``ValueError`` where the file is not as it should be.
    """
    stream = workbook_stream(content)
    found: dict[str, Mapping[Position, Broken]] = {}
    for kind, body in _xls_records(stream, 0):
        if kind == _BOUNDSHEET:
            (start,) = struct.unpack_from("<I", body)
            length, is_wide = body[6], body[7] & 1
            name = body[8 : 8 + length * (2 if is_wide else 1)]
            title = name.decode("utf-16-le" if is_wide else "latin-1")
            found[title] = broken_of(_filled_xls_cells(stream, start), title)
    return found


def _filled_xls_cells(stream: bytes, start: int) -> Iterator[tuple[Position, Broken | None]]:
    for kind, body in _xls_records(stream, start):
        if kind == _SIZE:  # the reader makes room for all that a sheet claims to be
            top, bottom, left, right = struct.unpack_from("<IIHH", body)
            if top > bottom or left > right or bottom > _ROWS or right > _COLUMNS:
                raise ValueError("no sheet is as large as this one says")
        if kind in _FILLED:
            code = None
            if kind == _BOOLERR and body[7] == 1:
                code = body[6]
            elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
                code = body[8]
            yield struct.unpack_from("<HH", body), _error(code)


def _error(code: int | None) -> Broken | None:
    return None if code is None else Broken("error", _ERRORS.get(code, "#N/A"))


def _xls_records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from ``start`` to the end of their part of the stream."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        if kind == _EOF:
            return
        start += 4 + length


# --- the compound file of an .xls -----------------------------------------------------------

_LAST_SECTOR = 0xFFFFFFFA
_STREAM = "Workbook\0".encode("utf-16-le")


def workbook_stream(content: bytes) -> bytes:
    """Return the stream named Workbook; ValueError when there is none."""
    sector_size = 1 << struct.unpack_from("<H", content, 0x1E)[0]
    mini_size = 1 << struct.unpack_from("<H", content, 0x20)[0]
    first_directory, cutoff, first_mini_fat = struct.unpack_from("<I4xII", content, 0x30)

    def sector(number: int) -> bytes:
        return content[(number + 1) * sector_size : (number + 2) * sector_size]

    def joined(first: int) -> bytes:
        return b"".join(sector(number) for number in _chain(first, fat))

    # the sectors that hold the allocation table: 109 in the head, more in a chain
    fat_sectors = [n for n in struct.unpack_from("<109I", content, 0x4C) if n < _LAST_SECTOR]
    following, left = struct.unpack_from("<II", content, 0x44)
    while following < _LAST_SECTOR and left > 0:
        *numbers, following = _numbers(sector(following))
        fat_sectors += [n for n in numbers if n < _LAST_SECTOR]
        left -= 1
    fat = _numbers(b"".join(sector(number) for number in fat_sectors))
    directory = joined(first_directory)
    entries = [directory[i : i + 128] for i in range(0, len(directory), 128)]
    root = next(entry for entry in entries if entry[66] == 5)
    book = next((e for e in entries if e[66] == 2 and e.startswith(_STREAM)), None)
    if book is None:
        raise ValueError("no BIFF8 stream")
    first, size = struct.unpack_from("<II", book, 116)
    if size >= cutoff:
        return joined(first)[:size]
    (mini_start,) = struct.unpack_from("<I", root, 116)
    small = joined(mini_start)
    mini_fat = _numbers(joined(first_mini_fat))
    pieces = (small[n * mini_size : (n + 1) * mini_size] for n in _chain(first, mini_fat))
    return b"".join(pieces)[:size]


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


# --- .xlsb ------------------------------------------------------------------------------

_ROW, _BLANK, _ERROR, _FORMULA_ERROR, _SHEET = 0, 1, 3, 11, 156
_CELLS = range(1, 12)
"""The numbers of the records of cells, with and without formula."""


def scan_xlsb_sheets(content: bytes) -> Mapping[str, Mapping[Position, Broken]]:
    """Return the broken cells of each sheet by its title; FarCellError as for .xlsx.

    Raises ``struct.error``, ``LookupError`` or ``ValueError`` where the file is
    not as it should be.
    """
    found: dict[str, Mapping[Position, Broken]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = parts_by_relation(package, "workbook.bin")
        book = package.read(members_of(package)["xl/workbook.bin"])
        for kind, body in _xlsb_records(book):
            if kind == _SHEET:
                relation, after = _xlsb_text(body, 8)
                title, _ = _xlsb_text(body, after)
                part = parts.get(relation, "")
                if part.lower().endswith(".bin"):
                    found[title] = broken_of(_filled_xlsb_cells(package.read(part)), title)
    return found


def _filled_xlsb_cells(stream: bytes) -> Iterator[tuple[Position, Broken | None]]:
    row = 0
    for kind, body in _xlsb_records(stream):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
        elif kind in _CELLS and kind != _BLANK:
            (column,) = struct.unpack_from("<I", body)
            code = body[8] if kind in (_ERROR, _FORMULA_ERROR) else None
            yield (row, column), _error(code)


def _xlsb_text(body: bytes, start: int) -> tuple[str, int]:
    """Return a text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", body, start)
    end = start + 4 + 2 * length
    return body[start + 4 : end].decode("utf-16-le"), end


def _xlsb_records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    offset = 0
    while offset < len(stream):
        kind, offset = _xlsb_number(stream, offset, 2)
        size, offset = _xlsb_number(stream, offset, 4)
        yield kind, stream[offset : offset + size]
        offset += size


def _xlsb_number(stream: bytes, offset: int, longest: int) -> tuple[int, int]:
    r"""Return a number of up to ``longest`` bytes of seven bits, and where it ends.

    >>> _xlsb_number(b"\x9c\x01", 0, 2)
    (156, 2)
    """
    number = 0
    for place in range(longest):
        byte = stream[offset + place]
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, offset + place + 1
    return number, offset + longest
