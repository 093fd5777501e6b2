"""The slow reader in Python: a second look at a workbook that the fast one cannot read, and fonts.

It reads row by row and only as far as a form may reach, so neither a far cell
nor a lying size of a sheet can fill the memory.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import cast

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from tdkt_batch.model import Raw
from tdkt_batch.vietnamese.legacy_encodings import encoding_of_font
from tdkt_batch.workbooks.sniff import DAMAGE

LAST_ROW, LAST_COLUMN = 5_000, 256
"""How far a form's sheet is read: some times more than any form with its free rows."""
CANNOT_READ = (*DAMAGE, InvalidFileException, TypeError, AttributeError, ArithmeticError)
"""What the reader raises at a workbook that is not as it should be."""


def slow_book(content: bytes) -> openpyxl.Workbook:
    """Return a zipped workbook as the slow reader opens it; raises one of ``CANNOT_READ``."""
    with warnings.catch_warnings(action="ignore"):
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )


def slow_rows(book: openpyxl.Workbook, title: str) -> list[list[Raw]]:
    """Return a sheet's cells from A1 on, down to the last filled one, all rows of one width.

    A day is a date, as the fast reader gives it.
    """
    sheet = book[title]
    with warnings.catch_warnings(action="ignore"):
        sheet.reset_dimensions()  # a sheet may lie about its size
        found = sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN, values_only=True)
        rows = [
            [c.date() if isinstance(c, datetime) and c.time() == time(0) else c for c in row]
            for row in cast("Iterator[tuple[Raw, ...]]", found)
        ]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    filled = (n for row in rows for n, cell in enumerate(row, start=1) if cell is not None)
    width = max(filled, default=0)
    return [[*row[:width], *[None] * (width - len(row))] for row in rows]


# --- fonts ------------------------------------------------------------------------------

_STYLES = "xl/styles.xml"
_LEGACY_NAME = re.compile(rb'val="(?:\.Vn|VNI)', re.IGNORECASE)


def legacy_fonts(content: bytes) -> Mapping[tuple[str, str], str]:
    """Return the fonts of before Unicode (.Vn…, VNI-…) of text cells, by sheet title and address.

    Only a workbook that names such a font is looked through; of other formats
    than .xlsx the fonts are not known.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if _STYLES not in package.namelist() or not _LEGACY_NAME.search(package.read(_STYLES)):
                return {}
        found: dict[tuple[str, str], str] = {}
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # a sheet may lie about its size
                for row in sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN):
                    for cell in row:
                        if isinstance(cell.value, str) and encoding_of_font(cell.font.name):
                            found[sheet.title, cell.coordinate] = cell.font.name
    except CANNOT_READ:
        return {}
    return found
