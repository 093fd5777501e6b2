"""What another reader sees in a workbook that our own does not, or not fully, understand.

openpyxl looks at .xlsx, calamine at .xlsb and .ods. openpyxl reads row by row, and only as
far as a form may reach, so neither a far cell nor a lying size of a sheet can fill the
memory. A formula without a stored result, which it passes off as blank, is looked for
beside.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from math import isclose
from typing import cast

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from tdkt_batch.values import Raw, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.workbooks.calamine import CalamineBook
from tdkt_batch.workbooks.cells import (
    HIGHEST,
    LAST_COLUMN,
    LAST_ROW,
    NO_NAMES,
    Book,
    Broken,
    FilledCells,
    Position,
    SheetCells,
)
from tdkt_batch.workbooks.package import DAMAGE
from tdkt_batch.workbooks.sniff import FileKind
from tdkt_batch.workbooks.xlsx import unescaped

_CANNOT_READ = (*DAMAGE, InvalidFileException, TypeError, AttributeError)
_ZONES = timedelta(hours=14)
"""How far clocks may differ that show one moment: only our reader minds the zone."""


class OpenpyxlBook:
    """A workbook as openpyxl reads it; raises ``ValueError`` for whatever it cannot read."""

    named_cells = NO_NAMES
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


def other_reader(content: bytes, kind: FileKind) -> Book | None:
    """Return the workbook as another reader sees it, None where there is no other."""
    if kind is FileKind.XLSX:
        return OpenpyxlBook(content)
    return CalamineBook(content) if kind in (FileKind.XLSB, FileKind.ODS) else None


def compared(own: SheetCells, other: SheetCells) -> SheetCells:
    """Return our own reading, with what another reader sees otherwise as contested.

    Both are the same where they differ in blanks and in how a number or a moment is
    kept; the other may show nothing where there is an error or no result.
    """
    places = sorted({*_filled(own), *_filled(other)})
    differing = (at for at in places if not _is_same(_content(own, at), _content(other, at)))
    return replace(own, doubt="", contested={at: other.raw(*at) for at in differing})


def _filled(cells: SheetCells) -> Iterator[Position]:
    yield from cells.broken
    for row, raws in enumerate(cells.rows):
        yield from ((row, column) for column, raw in enumerate(raws) if not is_blank_cell(raw))


def _content(cells: SheetCells, at: Position) -> Raw | Broken:
    raw = cells.broken.get(at) or cells.raw(*at)
    if isinstance(raw, str):
        return squeeze(unescaped(raw))
    return raw if isinstance(raw, Broken) or not is_blank_cell(raw) else None


def _is_same(own: Raw | Broken, other: Raw | Broken) -> bool:
    if isinstance(own, Broken):
        return other is None or isinstance(other, Broken)
    match own, other:
        case (bool(), _) | (_, bool()):
            return own is other
        case (int() | float(), int() | float()):
            return isclose(own, other)
        case (date(), date()):
            return abs(_moment(own) - _moment(other)) <= _ZONES
    return str(own or "") == str(other or "")


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time(0))


def _rows(book: openpyxl.Workbook, title: str, *, whole: bool = False) -> Iterator[tuple[Raw, ...]]:
    """Yield the rows of a sheet, as far as a form may reach or any sheet does.

    openpyxl makes every row up to the last, whatever number that says to have.
    """
    sheet = book[title]
    sheet.reset_dimensions()  # a sheet may lie about its size
    last = (HIGHEST, None) if whole else (LAST_ROW, LAST_COLUMN)
    rows = sheet.iter_rows(max_row=last[0], max_col=last[1], values_only=True)
    return cast("Iterator[tuple[Raw, ...]]", rows)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except _CANNOT_READ as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
