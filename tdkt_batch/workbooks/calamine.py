"""calamine's view of a workbook: the only reader of .xls, the second one of .xlsb and .ods.

It passes an error and a formula without result off as blank, and makes room for all that
a sheet claims to be: who uses it has looked at the bytes before.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import python_calamine

from tdkt_batch.workbooks.cells import NO_NAMES, FilledCells, SheetCells


class CalamineBook:
    """A workbook as calamine reads it; raises ``ValueError`` for whatever it cannot read."""

    named_cells = NO_NAMES
    """None are looked at."""

    def __init__(self, content: bytes) -> None:
        with _refusals():
            self._book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            self.titles = tuple(self._book.sheet_names)

    def filled(self, title: str) -> FilledCells:
        """Return the filled cells of a sheet, to which more may be added."""
        with _refusals():
            sheet = self._book.get_sheet_by_name(title)
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        cells = FilledCells()
        for row, contents in enumerate(rows):
            for column, content in enumerate(contents):
                if content != "":
                    cells.put(row, column, content)
        for first, last in merged:
            cells.merge((*first, *last))
        return cells

    def sheet(self, title: str) -> SheetCells:
        """Return a sheet."""
        return self.filled(title).sheet(title)


@contextmanager
def _refusals() -> Iterator[None]:
    """Raise ``ValueError`` for whatever calamine raises at a file that it cannot read."""
    try:
        yield
    except (python_calamine.CalamineError, OSError, ArithmeticError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the reader's Rust; it has no other door
            raise
        raise ValueError("PanicException") from None
