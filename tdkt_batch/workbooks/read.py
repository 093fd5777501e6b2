"""Bytes → sheets of raw cells, whatever spreadsheet program saved them.

The kind is sniffed from the bytes, never taken from the name. A cell that holds
an error (``#REF!``) or a formula without a stored result is never passed off as
blank: it is ``Broken``, with what stands there. What cannot be opened is
``Unread``, with a reason of ``wording.FILE_REASONS``.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as with_default
from functools import cached_property
from math import isfinite

import openpyxl
import python_calamine

from tdkt_batch.model import Month, Raw
from tdkt_batch.workbooks.broken_cells import (
    ERROR_TEXTS,
    Broken,
    FarCellError,
    Position,
    cell_name,
    refers_to_no_text,
    scan_ods_sheets,
    scan_xlsx_sheet,
    shared_texts,
    xlsx_sheet_parts,
)
from tdkt_batch.workbooks.broken_records import scan_xls_sheets, scan_xlsb_sheets
from tdkt_batch.workbooks.package import mended, named_cells, package_problem, unlocked
from tdkt_batch.workbooks.slow_reader import CANNOT_READ, slow_book, slow_rows
from tdkt_batch.workbooks.sniff import DAMAGE, FileKind, kind_of

_CANNOT_SCAN = (*DAMAGE, StopIteration)


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

    titles: tuple[str, ...]
    """The sheets' titles, in order."""
    content: bytes
    """The workbook's bytes: unlocked, and mended where its parts were odd."""

    def __init__(self, content: bytes, kind: FileKind, *, careful: bool = False) -> None:
        self.content = content
        self._kind = kind
        self._is_slow = careful and kind is FileKind.XLSX
        if kind in (FileKind.ODS, FileKind.XLS):
            _ = self._broken_by_title  # the fast reader unrolls these when it opens them
        if not self._is_slow:
            try:
                self.titles = tuple(self._fast_book.sheet_names)
            except UnreadError:
                if kind is not FileKind.XLSX:
                    raise
                self._is_slow = True
        if self._is_slow:
            self.titles = tuple(sheet.title for sheet in self._slow_book.worksheets)
        self._names = {_key(name): name for name in self.titles}
        if not self.titles:
            raise UnreadError("no_sheets")

    def sheet(self, title: str) -> SheetCells | None:
        """Return the sheet with this title, None when there is none."""
        name = self._names.get(_key(title))
        if name is None:
            return None
        broken, is_far = self._broken(name)
        rows = self._rows(name, is_far=is_far)
        # what is no content: not a number, infinite, an error as text
        found = {
            (number, column): Broken("error", str(cell))
            for number, row in enumerate(rows)
            for column, cell in enumerate(row)
            if (isinstance(cell, float) and not isfinite(cell))
            or (isinstance(cell, str) and cell.startswith("#") and cell in ERROR_TEXTS)
        }
        as_read = SheetCells(title, rows, {})
        for position, one in broken.items():
            if one.problem != "below_zero":
                found[position] = one
            elif not isinstance(as_read.raw(*position), int | float):  # it should be a day
                found[position] = Broken("error", one.text)
        return SheetCells(title, rows, found)

    @cached_property
    def named_cells(self) -> Mapping[str, Position]:
        """The cells that have defined names: where a program that moved rows moved them."""
        return named_cells(self.content)

    # --- the two readers

    def _rows(self, name: str, *, is_far: bool) -> list[list[Raw]]:
        if not (self._is_slow or is_far):
            try:
                with _fast_reader():
                    sheet = self._fast_book.get_sheet_by_name(name)
                    rows = sheet.to_python(skip_empty_area=False)
                return [[_plain(cell) for cell in row] for row in rows]
            except UnreadError:
                if self._kind is not FileKind.XLSX:
                    raise
        with _damaged_if(*CANNOT_READ):
            return [[_plain(cell) for cell in row] for row in slow_rows(self._slow_book, name)]

    @cached_property
    def _fast_book(self) -> python_calamine.CalamineWorkbook:
        with _fast_reader():
            return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.content))

    @cached_property
    def _slow_book(self) -> openpyxl.Workbook:
        with _damaged_if(*CANNOT_READ):
            return slow_book(self.content)

    # --- what the readers would pass off as blank

    def _broken(self, name: str) -> tuple[Mapping[Position, Broken], bool]:
        """Return the sheet's broken cells, and whether it reaches too far for the fast reader."""
        if self._kind is not FileKind.XLSX:
            return self._broken_by_title.get(name, {}), False
        with _damaged_if(*_CANNOT_SCAN):
            part_by_title, texts = self._parts_and_texts
            if name not in part_by_title:
                return {}, False
            with zipfile.ZipFile(io.BytesIO(self.content)) as package:
                xml = package.read(part_by_title[name])
            if refers_to_no_text(xml, texts):
                raise UnreadError("damaged", problem="no such shared text")
            try:
                return scan_xlsx_sheet(xml), False
            except FarCellError:
                return scan_xlsx_sheet(xml, is_far=True), True

    @cached_property
    def _parts_and_texts(self) -> tuple[Mapping[str, str], int]:
        return xlsx_sheet_parts(self.content), shared_texts(self.content)

    @cached_property
    def _broken_by_title(self) -> Mapping[str, Mapping[Position, Broken]]:
        scans = {
            FileKind.ODS: scan_ods_sheets,
            FileKind.XLSB: scan_xlsb_sheets,
            FileKind.XLS: scan_xls_sheets,
        }
        try:
            with _damaged_if(*_CANNOT_SCAN):
                return scans[self._kind](self.content)
        except FarCellError as error:
            cell = cell_name(error.row, error.column)
            raise UnreadError("far_cell", sheet=error.sheet, cell=cell) from None


def open_workbook(content: bytes, name: str, *, careful: bool = False) -> Workbook:
    """Return the workbook in ``content``; raise ``UnreadError`` with the reason if it is none.

    ``careful`` asks for the slow reader where there is one: the fast one died
    of this file.
    """
    kind = kind_of(content, name)
    if kind is FileKind.ENCRYPTED:
        content = unlocked(content) or b""
        kind = kind_of(content, name) if content else FileKind.ENCRYPTED
    if kind not in (FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS):
        raise UnreadError(kind.value)
    if kind is FileKind.XLS:
        return Workbook(content, kind)
    if problem := package_problem(content):
        raise UnreadError(problem)
    with _damaged_if(*_CANNOT_SCAN):
        content = mended(content)
    return Workbook(content, kind, careful=careful)


@contextmanager
def _damaged_if(*errors: type[BaseException]) -> Iterator[None]:
    """Say of a file whose reading raises one of ``errors`` that it is damaged."""
    try:
        yield
    except errors as error:
        raise _damaged(error) from None


@contextmanager
def _fast_reader() -> Iterator[None]:
    """Say why the fast reader cannot read a file: locked by a password, or damaged."""
    try:
        yield
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


def _key(title: str) -> str:
    return unicodedata.normalize("NFC", title).strip().casefold()


def _plain(cell: Raw) -> Raw:
    """Return the cell with "" as None and a whole float as int, as .xls has them already."""
    if cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
