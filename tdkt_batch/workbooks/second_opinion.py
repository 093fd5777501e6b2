"""openpyxl's view of an .xlsx that our own reader does not understand.

It reads row by row and only as far as a form may reach, so neither a far cell nor
a lying size of a sheet can fill the memory. A formula without a stored result,
which it passes off as blank, is looked for beside.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time
from typing import cast

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from tdkt_batch.model import Raw
from tdkt_batch.workbooks.cells import (
    LAST_COLUMN,
    LAST_ROW,
    Broken,
    FilledCells,
    Position,
    SheetCells,
)
from tdkt_batch.workbooks.package import DAMAGE

_CANNOT_READ = (*DAMAGE, InvalidFileException, TypeError, AttributeError)


class OpenpyxlBook:
    """A workbook as openpyxl reads it; raises ``ValueError`` for whatever it cannot read."""

    named_cells: Mapping[str, Position] = {}
    """None are looked at."""

    def __init__(self, content: bytes) -> None:
        with _refusals():
            self._results, self._formulas = (
                openpyxl.load_workbook(
                    io.BytesIO(content), read_only=True, data_only=only_results, keep_links=False
                )
                for only_results in (True, False)
            )
            self.titles = tuple(sheet.title for sheet in self._results.worksheets)

    def sheet(self, title: str) -> SheetCells:
        """Return a sheet."""
        cells = FilledCells()
        with _refusals():
            both = zip(_rows(self._results, title), _rows(self._formulas, title), strict=True)
            for row, (results, formulas) in enumerate(both):
                for column, (result, formula) in enumerate(zip(results, formulas, strict=True)):
                    if result is None and isinstance(formula, str) and formula.startswith("="):
                        cells.put(row, column, Broken("uncached", formula))
                    elif isinstance(result, datetime) and result.time() == time(0):
                        cells.put(row, column, result.date())
                    elif result is not None:
                        cells.put(row, column, result)
            for row, results in enumerate(_rows(self._results, title, whole=True)):
                first = 0 if row >= LAST_ROW else LAST_COLUMN
                for column, result in enumerate(results[first:], start=first):
                    cells.leave((row, column), result)
        return cells.sheet(title)


def _rows(book: openpyxl.Workbook, title: str, *, whole: bool = False) -> Iterator[tuple[Raw, ...]]:
    """Yield the rows of a sheet, as far as a form may reach or all."""
    sheet = book[title]
    sheet.reset_dimensions()  # a sheet may lie about its size
    last = (None, None) if whole else (LAST_ROW, LAST_COLUMN)
    rows = sheet.iter_rows(max_row=last[0], max_col=last[1], values_only=True)
    return cast("Iterator[tuple[Raw, ...]]", rows)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except _CANNOT_READ as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
