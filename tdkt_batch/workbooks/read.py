"""Bytes → sheets of raw cells, whatever spreadsheet program saved them.

The kind is sniffed from the bytes, never taken from the name. A cell that holds
an error (``#REF!``) or a formula without a stored result is never passed off as
blank: it is ``Broken``, with what stands there. What cannot be opened is
``Unread``, with a reason of ``wording.FILE_REASONS``.
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from functools import cached_property
from math import isfinite
from typing import TypeVar

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from tdkt_batch.model import Month, Raw
from tdkt_batch.workbooks.mended_package import mended
from tdkt_batch.workbooks.second_look import CANNOT_READ, SlowBook
from tdkt_batch.workbooks.sniff import Kind, kind_of, package_problem
from tdkt_batch.workbooks.suspicious_cells import (
    ERROR_TEXTS,
    Broken,
    FarCellError,
    Position,
    read_part,
    refers_to_no_text,
    scan_ods_sheets,
    scan_xlsx_sheet,
    shared_texts,
    xlsx_sheet_parts,
)
from tdkt_batch.workbooks.suspicious_xls import scan_xls_sheets
from tdkt_batch.workbooks.suspicious_xlsb import scan_xlsb_sheets
from tdkt_batch.workbooks.unlocked import unlocked

Rows = Sequence[Sequence[Raw]]


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file could not be read as a form; ``details`` fill the reason's sentence.

    ``unit`` (a code) and ``month`` are set when the form itself said so before
    the reading had to stop.
    """

    reason: str
    details: Mapping[str, str] = with_default(default_factory=dict)
    unit: str = ""
    month: Month | None = None


class UnreadError(Exception):
    """Stops the reading of a file; caught where a whole file is read."""

    def __init__(self, reason: str, **details: str) -> None:
        super().__init__(reason)
        self.unread = Unread(reason, details)


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet's cells from A1 on; rows and columns count from 0."""

    title: str
    rows: Sequence[Sequence[Raw]]
    broken: Mapping[Position, Broken]

    def raw(self, row: int, column: int) -> Raw:
        """Return what the cell holds; the error or formula that stands in a broken one."""
        if (row, column) in self.broken:
            return self.broken[row, column].text
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def text(self, row: int, column: int) -> str:
        """Return the cell as text, empty when it holds none."""
        raw = self.raw(row, column)
        return raw if isinstance(raw, str) else ""

    @property
    def height(self) -> int:
        """The number of rows down to the last that holds anything."""
        last_broken = max((row for row, _ in self.broken), default=-1)
        return max(len(self.rows), last_broken + 1)


class Workbook:
    """An opened workbook; each sheet is loaded when it is first asked for.

    A sheet that the fast reader cannot give is read by the slow one. What
    neither can give raises ``UnreadError``.
    """

    def __init__(self, content: bytes, kind: Kind, *, careful: bool = False) -> None:
        self.content = content
        self._kind = kind
        self._is_slow = careful and kind is Kind.XLSX
        if kind in (Kind.ODS, Kind.XLS):
            _ = self._broken_by_title  # the fast reader unrolls these when it opens them
        names = self._sheet_names()
        self._titles = {_key(name): name for name in names}
        self.titles = names
        if not names:
            raise UnreadError("no_sheets")

    titles: tuple[str, ...]
    """The sheets' titles, in order."""
    content: bytes
    """The workbook's bytes: unlocked, and mended where its parts were odd."""

    def sheet(self, title: str) -> SheetCells | None:
        """Return the sheet with this title, None when there is none."""
        name = self._titles.get(_key(title))
        if name is None:
            return None
        broken, is_far = self._broken(name)
        rows = self._rows(name, is_far=is_far)
        return SheetCells(title, rows, {**_unlawful(rows), **_really(broken, rows)})

    # --- the two readers

    def _sheet_names(self) -> tuple[str, ...]:
        if not self._is_slow:
            try:
                return tuple(self._fast_book.sheet_names)
            except UnreadError:
                if self._kind is not Kind.XLSX:
                    raise
        self._is_slow = True
        return tuple(self._slow_book.sheet_names)

    def _rows(self, name: str, *, is_far: bool) -> list[list[Raw]]:
        if not (self._is_slow or is_far):
            try:
                rows = _guarded(
                    lambda: self._fast_book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                )
                return [[_plain(cell) for cell in row] for row in rows]
            except UnreadError:
                if self._kind is not Kind.XLSX:
                    raise
        try:
            return [[_plain(cell) for cell in row] for row in self._slow_book.rows(name)]
        except CANNOT_READ as error:
            raise _damaged(error) from None

    @cached_property
    def _fast_book(self) -> python_calamine.CalamineWorkbook:
        stream = io.BytesIO(self.content)
        return _guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(stream))

    @cached_property
    def _slow_book(self) -> SlowBook:
        try:
            return SlowBook(self.content)
        except CANNOT_READ as error:
            raise _damaged(error) from None

    # --- what the readers would pass off as blank

    def _broken(self, name: str) -> tuple[Mapping[Position, Broken], bool]:
        """Return the sheet's broken cells, and whether it reaches too far for the fast reader."""
        try:
            match self._kind:
                case Kind.XLSX:
                    return self._broken_in_part(name)
                case Kind.ODS | Kind.XLS | Kind.XLSB:
                    return self._broken_by_title.get(name, {}), False
        except SCANNING_FAILS as error:
            raise _damaged(error) from None
        return {}, False

    def _broken_in_part(self, name: str) -> tuple[Mapping[Position, Broken], bool]:
        part = self._parts.get(name)
        if part is None:
            return {}, False
        xml = read_part(self.content, part)
        if refers_to_no_text(xml, self._texts):
            raise UnreadError("damaged", problem="no such shared text")
        try:
            return scan_xlsx_sheet(xml), False
        except FarCellError:
            return scan_xlsx_sheet(xml, is_far=True), True

    @cached_property
    def _texts(self) -> int:
        return shared_texts(self.content)

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        return xlsx_sheet_parts(self.content)

    @cached_property
    def _broken_by_title(self) -> Mapping[str, Mapping[Position, Broken]]:
        try:
            match self._kind:
                case Kind.ODS:
                    return scan_ods_sheets(self.content)
                case Kind.XLSB:
                    return scan_xlsb_sheets(self.content)
                case _:
                    return scan_xls_sheets(self.content)
        except FarCellError as error:
            cell = str(xl_rowcol_to_cell(error.row, error.column))
            raise UnreadError("far_cell", sheet=error.sheet, cell=cell) from None
        except SCANNING_FAILS as error:
            raise _damaged(error) from None


SCANNING_FAILS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    OSError,
    SyntaxError,
    StopIteration,
    ValueError,
    NotImplementedError,
)
"""What looking into a file's bytes raises when it is not as it should be."""


def open_workbook(content: bytes, name: str, *, careful: bool = False) -> Workbook:
    """Return the workbook in ``content``; raise ``UnreadError`` with the reason if it is none.

    ``careful`` asks for the slow reader where there is one: the fast one died
    of this file.
    """
    kind = kind_of(content, name)
    if kind is Kind.ENCRYPTED:
        content = unlocked(content) or b""
        kind = kind_of(content, name) if content else Kind.ENCRYPTED
    if kind not in (Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS):
        raise UnreadError(kind.value)
    if kind is Kind.XLS:
        return Workbook(content, kind)
    if problem := package_problem(content):
        raise UnreadError(problem)
    try:
        content = mended(content)
    except SCANNING_FAILS as error:
        raise _damaged(error) from None
    return Workbook(content, kind, careful=careful)


_Read = TypeVar("_Read")


def _guarded(read: Callable[[], _Read]) -> _Read:
    """Return what the fast reader gives; what it raises is a damaged file."""
    try:
        return read()
    except python_calamine.PasswordError:
        raise UnreadError("encrypted") from None
    except (python_calamine.CalamineError, OSError, ValueError, ArithmeticError) as error:
        raise _damaged(error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the reader's Rust; it has no other door
            raise
        raise _damaged(error) from None


def _damaged(error: BaseException) -> UnreadError:
    return UnreadError("damaged", problem=f"{type(error).__name__}: {error}")


def _really(broken: Mapping[Position, Broken], rows: Rows) -> dict[Position, Broken]:
    """Return the broken cells; a number below zero is one only where it should be a day."""
    return {
        position: Broken("error", one.text) if one.problem == "below_zero" else one
        for position, one in broken.items()
        if one.problem != "below_zero" or not isinstance(_at(rows, position), int | float)
    }


def _unlawful(rows: Rows) -> dict[Position, Broken]:
    """Return the cells whose content is no content: not a number, infinite, an error as text."""
    return {
        (number, column): Broken("error", str(cell))
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if (isinstance(cell, float) and not isfinite(cell))
        or (isinstance(cell, str) and cell.startswith("#") and cell in ERROR_TEXTS)
    }


def _at(rows: Rows, position: Position) -> Raw:
    row, column = position
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def _key(title: str) -> str:
    return unicodedata.normalize("NFC", title).strip().casefold()


def _plain(cell: Raw) -> Raw:
    """Return the cell with "" as None and a whole float as int, as .xls has them already."""
    if cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
