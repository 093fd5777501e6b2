"""A sheet that is written out once it is finished, so that a book of many rows fits in memory."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from xlsxwriter.worksheet import Worksheet

MOST_ROWS_HELD = 1000
"""Sheets of fewer rows stay as they are: charts look up in them what they draw."""
_PART = 1 << 17
_IN_EVERY_EXCEL = frozenset((
    "AND", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "IF", "ISNUMBER", "LEN", "RANK", "SUM",
    "SUMIFS", "SUMPRODUCT",
))  # fmt: skip
"""What formulas ask for by names that have not changed since Excel 2007."""
_FUNCTIONS = re.compile(r"([A-Z][A-Z0-9.]*)\(")


class SettledWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is not typed
    """A worksheet whose rows can be settled: no cell and no row can be changed from then on.

    XlsxWriter keeps some 250 bytes a cell until the book is closed; settled, a cell takes
    about five. Its own way to write in constant memory would do without shared texts, row
    heights that are known late and cells in any order.
    """

    _settled: _Packed | None = None
    """The rows as the file will hold them."""

    def settle(self) -> None:
        """Turn the rows of a large sheet into what the file will hold of them."""
        if len(self.table) <= MOST_ROWS_HELD:
            return
        rows, file = _Packed(), getattr(self, "fh", None)
        self.fh: Any = rows
        self._write_rows()
        self.fh = file
        self._settled = rows
        self.table.clear()

    def _prepare_formula(self, formula: str, *args: Any, **options: Any) -> str:
        """Spare a formula of well-known functions the search for thirty newer ones."""
        if formula.startswith("=") and _IN_EVERY_EXCEL.issuperset(_FUNCTIONS.findall(formula)):
            return formula[1:]
        return str(super()._prepare_formula(formula, *args, **options))

    def _write_rows(self) -> None:
        if self._settled is None:
            super()._write_rows()
            return
        for part in self._settled.texts():
            self.fh.write(part)


class _Packed:
    """What is written, in packed parts: what is held unpacked meanwhile is one part."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._open: list[str] = []
        self._length = 0

    def write(self, text: str) -> None:
        self._open.append(text)
        self._length += len(text)
        if self._length >= _PART:
            self._pack()

    def texts(self) -> Iterator[str]:
        """Yield all that was written, part by part."""
        self._pack()
        return (zlib.decompress(part).decode() for part in self._parts)

    def _pack(self) -> None:
        self._parts.append(zlib.compress("".join(self._open).encode(), level=1))
        self._open, self._length = [], 0
