"""The slow second look at a workbook that the fast reader cannot read: a reader in Python.

It reads row by row and only as far as a form may reach, so neither a far cell
nor a lying size of a sheet can fill the memory.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime, time

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from tdkt_batch.model import Raw

LAST_ROW, LAST_COLUMN = 5_000, 256
"""How far a form's sheet is read: some times more than any form with its free rows."""

CANNOT_READ = (
    InvalidFileException,
    SyntaxError,  # the root of every XML parser's errors
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
)
"""What the reader raises at a workbook that is not as it should be."""


class SlowBook:
    """A zipped workbook, read by the slow reader; raises one of ``CANNOT_READ``."""

    def __init__(self, content: bytes) -> None:
        with warnings.catch_warnings(action="ignore"):
            self._book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )

    @property
    def sheet_names(self) -> list[str]:
        """The titles of the worksheets, in order."""
        return [sheet.title for sheet in self._book.worksheets]

    def rows(self, title: str) -> list[list[Raw]]:
        """Return a sheet's cells from A1 on, as far as a form may reach."""
        sheet = self._book[title]
        with warnings.catch_warnings(action="ignore"):
            sheet.reset_dimensions()  # a sheet may lie about its size
            found = sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN, values_only=True)
            rows = [[_plain(cell) for cell in row] for row in found]
        return _filled_part(rows)


def _plain(cell: object) -> Raw:
    """Return the cell as the fast reader gives it: a day is a date."""
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date()
    return cell  # type: ignore[return-value]  # the reader gives no other kinds of cells


def _filled_part(rows: Sequence[list[Raw]]) -> list[list[Raw]]:
    """Return the rows down to the last filled cell, all as wide as the widest filled one."""
    widths = [_width(row) for row in rows]
    height = max((n for n, width in enumerate(widths, start=1) if width), default=0)
    widest = max(widths, default=0)
    return [[*row[:widest], *[None] * (widest - len(row))] for row in rows[:height]]


def _width(row: Sequence[Raw]) -> int:
    return max((n for n, cell in enumerate(row, start=1) if cell is not None), default=0)
