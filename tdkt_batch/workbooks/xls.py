"""Reads .xls since Excel 5.0 with calamine, behind a look into the records (MS-XLS).

calamine passes an error off as an empty text and makes room for all that a sheet
claims to be; so the records are looked through before it sees them. It takes the
first stream that is named like a workbook, also one of a workbook embedded in this.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

from tdkt_batch.workbooks.calamine import CalamineBook
from tdkt_batch.workbooks.cells import (
    ERROR_BY_CODE,
    MAXIMUM_CELLS,
    NO_NAMES,
    Broken,
    BytesMissingError,
    Position,
    SheetCells,
)
from tdkt_batch.workbooks.compound import CompoundFile
from tdkt_batch.workbooks.sniff import BOOK_STREAMS

_FORMULA, _EOF, _SHEET, _BOOLERR, _BEGIN = 0x0006, 0x000A, 0x0085, 0x0205, 0x0809
_FILLED = frozenset((_FORMULA, _BOOLERR, 0x0203, 0x0204, 0x027E, 0x00BD, 0x00D6, 0x00FD))
"""The records of cells that hold something."""
_FIRST_DAY = 0x0022
"""The record that says from when days are counted."""
_SIZE, _ROWS, _COLUMNS = 0x0200, 65_536, 256
_EXCEL_95, _EXCEL_97 = 0x0500, 0x0600
_LOST, _MANY = re.compile(r"\?\w"), 5
"""A letter that was lost, before another; in so many texts it was no question."""


class FarCellError(Exception):
    """A filled cell lies so far away that the sheet cannot be loaded."""

    def __init__(self, row: int, column: int, sheet: str) -> None:
        super().__init__(f"{sheet}: {row}, {column}")
        self.row = row
        self.column = column
        self.sheet = sheet


class LostLettersError(Exception):
    """Letters that the code page of an Excel 5.0/95 file could not hold became “?”."""


class XlsBook:
    """A workbook whose sheets are read when they are asked for."""

    named_cells = NO_NAMES
    """None are looked at: they stand in formulas."""

    def __init__(self, content: bytes) -> None:
        file = CompoundFile(content)
        stream = next(name for name in BOOK_STREAMS if name.lower() in file.inside)
        content_of_book = file.stream(stream)
        self._has_code_page = _version(content_of_book) == _EXCEL_95
        self._since_1904 = any(
            kind == _FIRST_DAY and body[0] & 1 for kind, body in _records(content_of_book, 0)
        )
        self._errors = _errors_by_sheet(content_of_book)
        self._book = CalamineBook(file.with_only(stream))
        self.titles = self._book.titles

    def sheet(self, title: str) -> SheetCells:
        """Return a sheet; ``LostLettersError`` when its texts are full of “?” inside words."""
        cells = self._book.filled(title)
        texts = (raw for row in cells.sheet(title).rows for raw in row if isinstance(raw, str))
        if self._has_code_page and sum(map(bool, map(_LOST.search, texts))) >= _MANY:
            raise LostLettersError
        for place, error in self._errors[self.titles.index(title)].items():
            cells.put(*place, error)
        cells.since_1904 = self._since_1904
        return cells.sheet(title)


# --- records --------------------------------------------------------------------------------


def _errors_by_sheet(stream: bytes) -> tuple[Mapping[Position, Broken], ...]:
    """Return the errors in the cells of each sheet of a workbook's stream.

    Raises ``FarCellError`` for a sheet too large to be loaded, ``BytesMissingError`` or
    ``ValueError`` for a stream that is not as it should be.
    """
    version = _version(stream)
    size = "<HHHH" if version == _EXCEL_95 else "<IIHH"
    sheets = [
        (_title(body, version), struct.unpack_from("<I", body)[0])
        for kind, body in _records(stream, 0)
        if kind == _SHEET
    ]
    return tuple(_errors_of(stream, start, size, title) for title, start in sheets)


def _version(stream: bytes) -> int:
    begin, head = next(_records(stream, 0), (0, b""))
    version = int.from_bytes(head[:2], "little")
    if begin != _BEGIN or version not in (_EXCEL_95, _EXCEL_97):
        raise ValueError("not of Excel 5.0 or later")
    return version


def _title(body: bytes, version: int) -> str:
    """Return a sheet's title, fit to be shown."""
    if version == _EXCEL_95:
        return body[7 : 7 + body[6]].decode("cp1258", "replace")
    wide = body[7] & 1
    return body[8 : 8 + (body[6] << wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _errors_of(stream: bytes, start: int, size: str, title: str) -> Mapping[Position, Broken]:
    errors: dict[Position, Broken] = {}
    height = width = 0
    for kind, body in _records(stream, start):
        if kind == _SIZE:  # calamine makes room for all that a sheet claims to be
            top, bottom, left, right = struct.unpack_from(size, body)
            if top > bottom or left > right or bottom > _ROWS or right > _COLUMNS:
                raise ValueError("no sheet is as large as this one says")
        if kind in _FILLED:
            row, column = struct.unpack_from("<HH", body)
            height, width = max(height, row + 1), max(width, column + 1)
            if height * width > MAXIMUM_CELLS:
                raise FarCellError(row, column, title)
            code = None
            if kind == _BOOLERR and body[7] == 1:
                code = body[6]
            elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
                code = body[8]
            if code is not None:
                errors[row, column] = Broken("error", ERROR_BY_CODE.get(code, "#N/A"))
    return errors


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from ``start`` to the end of their part of the stream."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if start + 4 + length > len(stream):
            raise BytesMissingError("a record is cut")
        yield kind, stream[start + 4 : start + 4 + length]
        if kind == _EOF:
            return
        start += 4 + length
