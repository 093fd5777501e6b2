"""The same look into an .xlsb: its records of error cells, and how far its cells reach.

Records (MS-XLSB) have a number and a size of one or more bytes, seven bits in each.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from defusedxml.ElementTree import fromstring

from tdkt_batch.workbooks.suspicious_cells import Broken, Position, check_box
from tdkt_batch.workbooks.suspicious_xls import ERRORS

_ROW, _BLANK, _ERROR, _FORMULA_ERROR, _SHEET = 0, 1, 3, 11, 156
_CELLS = range(1, 12)
"""The numbers of the records of cells, with and without formula."""


def scan_xlsb_sheets(content: bytes) -> Mapping[str, Mapping[Position, Broken]]:
    """Return the broken cells of each sheet by its title; FarCellError as for .xlsx.

    Raises ``struct.error``, ``LookupError`` or ``ValueError`` where the file is
    not as it should be.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = {name.replace("\\", "/").lower(): name for name in package.namelist()}
        links = fromstring(package.read(names["xl/_rels/workbook.bin.rels"]))
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        found = {}
        for title, relation in _sheets(package.read(names["xl/workbook.bin"])):
            path = str(PurePosixPath("/xl") / targets.get(relation, "")).lstrip("/").lower()
            if path in names and path.endswith(".bin"):
                found[title] = _scan(package.read(names[path]), title)
    return found


def _sheets(stream: bytes) -> Iterator[tuple[str, str]]:
    """Yield title and relation of each sheet."""
    for kind, body in _records(stream):
        if kind == _SHEET:
            relation, after = _text(body, 8)
            yield _text(body, after)[0], relation


def _text(body: bytes, start: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, start)
    end = start + 4 + 2 * length
    return body[start + 4 : end].decode("utf-16-le"), end


def _scan(stream: bytes, title: str) -> Mapping[Position, Broken]:
    broken: dict[Position, Broken] = {}
    filled: list[Position] = []
    row = 0
    for kind, body in _records(stream):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
        elif kind in _CELLS and kind != _BLANK:
            (column,) = struct.unpack_from("<I", body)
            filled.append((row, column))
            if kind in (_ERROR, _FORMULA_ERROR):
                broken[row, column] = Broken("error", ERRORS.get(body[8], "#N/A"))
    check_box(filled, title)
    return broken


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    offset = 0
    while offset < len(stream):
        kind, offset = _number(stream, offset, 2)
        size, offset = _number(stream, offset, 4)
        yield kind, stream[offset : offset + size]
        offset += size


def _number(stream: bytes, offset: int, longest: int) -> tuple[int, int]:
    r"""Return a number of up to ``longest`` bytes of seven bits, and where it ends.

    >>> _number(b"\x9c\x01", 0, 2)
    (156, 2)
    """
    number = 0
    for place in range(longest):
        byte = stream[offset + place]
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, offset + place + 1
    return number, offset + longest
