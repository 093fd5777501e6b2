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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from functools import cached_property

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from tdkt_batch.forms.sniff import Kind, kind_of, package_problem
from tdkt_batch.forms.suspicious_cells import (
    Broken,
    FarCellError,
    Position,
    read_part,
    scan_ods_sheets,
    scan_xlsx_sheet,
    xlsx_sheet_parts,
)
from tdkt_batch.forms.suspicious_xls import scan_xls_sheets
from tdkt_batch.model import Month, Raw


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

    A cell so far away that the sheet would fill the memory raises ``UnreadError``.
    """

    def __init__(self, content: bytes, kind: Kind) -> None:
        self._content = content
        self._kind = kind
        self._book = _opened(content)
        self._titles = {_key(name): name for name in self._book.sheet_names}
        if not self._titles:
            raise UnreadError("no_sheets")

    @property
    def titles(self) -> tuple[str, ...]:
        """The sheets' titles, in order."""
        return tuple(self._book.sheet_names)

    def sheet(self, title: str) -> SheetCells | None:
        """Return the sheet with this title, None when there is none."""
        name = self._titles.get(_key(title))
        if name is None:
            return None
        broken = self._broken(name)
        try:
            rows = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (python_calamine.CalamineError, ValueError) as error:
            raise UnreadError("damaged", problem=str(error)) from None
        return SheetCells(title, [[_plain(cell) for cell in row] for row in rows], broken)

    def _broken(self, name: str) -> Mapping[Position, Broken]:
        """Return the sheet's broken cells; an .xlsb cannot be searched for them."""
        try:
            match self._kind:
                case Kind.XLSX:
                    part = self._parts.get(name)
                    return scan_xlsx_sheet(read_part(self._content, part)) if part else {}
                case Kind.ODS | Kind.XLS:
                    return self._broken_by_title.get(name, {})
        except FarCellError as error:
            cell = xl_rowcol_to_cell(error.row, error.column)
            raise UnreadError("far_cell", sheet=name, cell=str(cell)) from None
        except (zipfile.BadZipFile, KeyError, OSError, SyntaxError, ValueError) as error:
            raise UnreadError("damaged", problem=f"{type(error).__name__}: {error}") from None
        return {}

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        return xlsx_sheet_parts(self._content)

    @cached_property
    def _broken_by_title(self) -> Mapping[str, Mapping[Position, Broken]]:
        if self._kind is Kind.ODS:
            return scan_ods_sheets(self._content)
        try:
            return scan_xls_sheets(self._content)
        except (struct.error, IndexError, StopIteration, ValueError):
            return {}  # an older or odd file, which the reader has already opened


def open_workbook(content: bytes, name: str) -> Workbook:
    """Return the workbook in ``content``; raise ``UnreadError`` with the reason if it is none."""
    kind = kind_of(content, name)
    if kind not in (Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS):
        raise UnreadError(kind.value)
    if kind is not Kind.XLS and (problem := package_problem(content)):
        raise UnreadError(problem)
    return Workbook(content, kind)


def _opened(content: bytes) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError:
        raise UnreadError("encrypted") from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadError("damaged", problem=str(error)) from None


def _key(title: str) -> str:
    return unicodedata.normalize("NFC", title).strip().casefold()


def _plain(cell: Raw) -> Raw:
    """Return the cell with "" as None and a whole float as int, as .xls has them already."""
    if cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
