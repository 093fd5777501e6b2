"""Reads .xlsb (MS-XLSB): the parts of an .xlsx, written as records of bytes.

A record's number and size take one or more bytes of seven bits.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cached_property

from tdkt_batch.values import Raw
from tdkt_batch.workbooks.cells import (
    ERROR_BY_CODE,
    NO_NAMES,
    Broken,
    BytesMissingError,
    FilledCells,
    SheetCells,
)
from tdkt_batch.workbooks.moments import (
    BUILT_IN_DAYS,
    BUILT_IN_SPAN,
    is_day_format,
    is_span_format,
    moment,
)
from tdkt_batch.workbooks.package import WITHOUT_CELLS, main_part, open_package, relations

_MAIN = "xl/workbook.bin"
_ROW, _TEXT, _FORMAT, _STYLE, _PROPERTIES, _SHEET, _MERGED = 0, 19, 44, 47, 153, 156, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
_BLANK, _SMALL, _ERROR, _BOOLEAN, _REAL, _INLINE, _SHARED = range(1, 8)
_OF_FORMULAS: Mapping[int, int] = {8: _INLINE, 9: _REAL, 10: _BOOLEAN, 11: _ERROR}
"""What a formula's record keeps, by the record's number."""
_LAST, _SHORT = 18, 11
"""A short record leaves out the column, the next one; its number is so much higher."""


class XlsbBook:
    """A workbook whose sheets are read when they are asked for."""

    named_cells = NO_NAMES
    """None are looked at: they stand in formulas."""

    def __init__(self, content: bytes) -> None:
        self._package = package = open_package(content)
        main = main_part(package, _MAIN)
        links = relations(package, main)
        self._by_kind = dict(links.values())
        self._parts: dict[str, str] = {}
        self._since_1904 = False
        for kind, body in _records(package.read(main)):
            if kind == _PROPERTIES:
                self._since_1904 = bool(body[0] & 1)
            elif kind == _SHEET:
                relation, after = _text(body, 8)
                title, _ = _text(body, after)
                target, part = links.get(relation, ("worksheet", relation))
                if target not in WITHOUT_CELLS:
                    self._parts[title] = part

    @property
    def titles(self) -> tuple[str, ...]:
        """The worksheets' titles, in order; sheets of charts and macros hold no cells."""
        return tuple(self._parts)

    def sheet(self, title: str) -> SheetCells:
        """Return a sheet."""
        cells = FilledCells(since_1904=self._since_1904)
        row, column = 0, -1
        for number, body in _records(self._package.read(self._parts[title])):
            if number == _ROW:
                (row,), column = struct.unpack_from("<I", body), -1
            elif _BLANK <= number <= _LAST:
                is_short = number > _SHORT
                if is_short:
                    column, rest = column + 1, body
                else:
                    (column,), rest = struct.unpack_from("<I", body), body[4:]
                kind = number - _SHORT if is_short else _OF_FORMULAS.get(number, number)
                if kind != _BLANK:
                    style = struct.unpack_from("<I", rest)[0] & 0xFFFFFF
                    cells.put(row, column, self._content(kind, rest[4:], style))
            elif number == _MERGED:
                top, bottom, left, right = struct.unpack_from("<IIII", body)
                cells.merge((top, left, bottom, right))
        return cells.sheet(title)

    def _content(self, kind: int, body: bytes, style: int) -> Raw | Broken:
        if kind == _ERROR:
            return Broken("error", ERROR_BY_CODE.get(body[0], "#N/A"))
        if kind == _BOOLEAN:
            return bool(body[0])
        if kind == _INLINE:
            return _text(body, 0)[0]
        if kind == _SHARED:
            number = int.from_bytes(body[:4], "little")
            if number >= len(self._texts):
                raise BytesMissingError(f"no shared text {number}")
            return self._texts[number]
        real = kind != _SMALL
        days = float(*struct.unpack_from("<d", body)) if real else _small_number(body)
        is_day, is_span = self._styles[style] if style < len(self._styles) else (False, False)
        return moment(days, since_1904=self._since_1904, is_span=is_span) if is_day else days

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        part = self._by_kind.get("sharedStrings", "xl/sharedStrings.bin")
        if part not in self._package:
            return ()
        records = _records(self._package.read(part))
        return tuple(_text(body, 1)[0] for kind, body in records if kind == _TEXT)

    @cached_property
    def _styles(self) -> tuple[tuple[bool, bool], ...]:
        """Whether a number of each style is a day, and whether it is a span of time."""
        part = self._by_kind.get("styles", "xl/styles.bin")
        codes: dict[int, str] = {}
        found: list[tuple[bool, bool]] = []
        is_of_cells = False
        for kind, body in _records(self._package.read(part)) if part in self._package else ():
            if kind == _FORMAT:
                codes[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
            elif kind == _STYLES_BEGIN:
                is_of_cells = True
            elif kind == _STYLES_END:
                is_of_cells = False
            elif kind == _STYLE and is_of_cells:
                (number,) = struct.unpack_from("<H", body, 2)
                code = codes.get(number, "")
                is_span = is_span_format(code) if code else number == BUILT_IN_SPAN
                is_day = is_day_format(code) if code else number in BUILT_IN_DAYS
                found.append((is_day or is_span, is_span))
        return tuple(found)


def _small_number(body: bytes) -> float:
    """Return a number kept in four bytes: whole or the upper half of one, perhaps hundredfold."""
    (raw,) = struct.unpack_from("<i", body)
    if raw & 2:
        number: float = raw >> 2
    else:
        (number,) = struct.unpack("<d", bytes(4) + struct.pack("<i", raw & ~3))
    return number / 100 if raw & 1 else number


def _text(body: bytes, start: int) -> tuple[str, int]:
    """Return a text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", body, start)
    end = start + 4 + 2 * length
    if end > len(body):
        raise BytesMissingError("a text is cut")
    return body[start + 4 : end].decode("utf-16-le"), end


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
        if offset + place >= len(stream):
            raise BytesMissingError("a record is cut")
        byte = stream[offset + place]
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, offset + place + 1
    return number, offset + longest
