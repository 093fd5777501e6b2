"""Bytes → sheets of raw cells, whatever spreadsheet program saved them.

The kind is sniffed from the bytes, never taken from the name. A cell that holds
an error (``#REF!``) or a formula without a stored result is never passed off as
blank: it is ``Broken``, with what stands there. What cannot be opened is
``Unread``, with a reason of ``wording.FILE_REASONS``: damaged only where bytes are
missing.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from dataclasses import field as with_default
from xml.parsers import expat

from tdkt_batch.model import Month
from tdkt_batch.workbooks.cells import Book, BytesMissingError, Position, SheetCells, cell_name
from tdkt_batch.workbooks.package import open_package, unlocked
from tdkt_batch.workbooks.sniff import FileKind, kind_of
from tdkt_batch.workbooks.xls import FarCellError, LostLettersError, XlsBook
from tdkt_batch.workbooks.xlsx import XlsxBook
from tdkt_batch.workbooks.xml_2003 import Xml2003Book
from tdkt_batch.workbooks.xml_events import is_cut

_WORKBOOKS = (
    FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS, FileKind.FLAT_ODS,
    FileKind.XML_2003, FileKind.HTML, FileKind.WEB_ARCHIVE,
)  # fmt: skip
_PACKAGES = (FileKind.XLSX, FileKind.XLSB, FileKind.ODS)


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file could not be read as a form; ``details`` fill the reason's sentence.

    ``unit`` (a code) and ``month`` are set when the form itself said so before
    the reading had to stop. ``check_figures`` stand in the text of a paper.
    """

    reason: str
    details: Mapping[str, str] = with_default(default_factory=dict)
    unit: str = ""
    month: Month | None = None
    check_figures: tuple[str, ...] = ()


class UnreadError(Exception):
    """Stops the reading of a file; caught where a whole file is read."""

    def __init__(self, reason: str, **details: str) -> None:
        super().__init__(reason)
        self.unread = Unread(reason, details)


NO_FORMAT_OF_FORMS = (
    FileKind.HTML,
    FileKind.WEB_ARCHIVE,
    FileKind.XML_2003,
    FileKind.FLAT_ODS,
)
"""Formats that keep less than a form has: where one is not read, that is said."""


class Workbook:
    """An opened workbook; each sheet is read when it is first asked for.

    What cannot be read raises ``UnreadError``.
    """

    titles: tuple[str, ...]
    """The sheets' titles, in order."""
    content: bytes
    """The workbook's bytes, unlocked."""
    kind: FileKind

    def __init__(self, content: bytes, kind: FileKind) -> None:
        self.content = content
        self.kind = kind
        self._other: Book | None = None
        try:
            with _refusals():
                self._book = _opened(content, kind)
        except UnreadError as error:
            self._book = self._second_opinion(error)
        self.titles = self._book.titles
        self._names = {_key(name): name for name in reversed(self.titles)}
        self._sheets: dict[str, SheetCells] = {}
        if not self.titles:
            raise UnreadError("text" if kind is FileKind.HTML else "no_sheets")

    def sheet(self, title: str) -> SheetCells | None:
        """Return the sheet with this title, None when there is none.

        Of several that differ in case or blanks only, the one that is spelt so, else the first.
        """
        name = title if title in self.titles else self._names.get(_key(title))
        if name is None:
            return None
        if name not in self._sheets:
            try:
                with _refusals():
                    cells = self._book.sheet(name)
            except UnreadError as error:
                other = self._second_opinion(error)
                with _refusals():
                    cells = other.sheet(name)
            self._sheets[name] = self._looked_at_twice(cells) if cells.doubt else cells
        return self._sheets[name]

    def _looked_at_twice(self, cells: SheetCells) -> SheetCells:
        """Return a sheet in doubt with what another reader sees otherwise; in doubt if none can."""
        from tdkt_batch.workbooks.second_opinion import compared, other_reader

        with suppress(UnreadError), _refusals():
            other = other_reader(self.content, self.kind)
            return compared(cells, other.sheet(cells.title)) if other else cells
        return cells

    def _second_opinion(self, refusal: UnreadError) -> Book:
        """Return the workbook as openpyxl sees it where our own reader does not understand it.

        Raises the refusal where bytes are missing, and of other formats.
        """
        if self.kind is not FileKind.XLSX or refusal.unread.reason != FileKind.NOT_UNDERSTOOD:
            raise refusal
        from tdkt_batch.workbooks.second_opinion import OpenpyxlBook

        with _refusals():
            self._other = self._other or OpenpyxlBook(self.content)
        return self._other

    def named_cells(self, title: str) -> Mapping[str, Position]:
        """Return the cells of a sheet by their defined names: who moved rows moved these too.

        Only an anchor beside the label: a program that does not know names leaves
        them where they were. A name that points to another sheet says nothing of this one.
        """
        with _refusals():
            names = self._book.named_cells
        return {name: at for name, (sheet, at) in names.items() if _key(sheet) == _key(title)}


def open_workbook(content: bytes, name: str) -> Workbook:
    """Return the workbook in ``content``; raise ``UnreadError`` with the reason if it is none."""
    kind = kind_of(content, name)
    if kind is FileKind.ENCRYPTED:
        content = unlocked(content) or b""
        kind = kind_of(content, name) if content else FileKind.ENCRYPTED
    if kind not in _WORKBOOKS:
        raise UnreadError(kind.value)
    if kind in _PACKAGES:
        with _refusals():
            problem = open_package(content).problem
        if problem:
            raise UnreadError(problem)
    return Workbook(content, kind)


def _opened(content: bytes, kind: FileKind) -> Book:
    """Return the workbook as the reader of its format sees it."""
    match kind:
        case FileKind.XLSX:
            return XlsxBook(content)
        case FileKind.XLS:
            return XlsBook(content)
        case FileKind.XLSB:
            from tdkt_batch.workbooks.xlsb import XlsbBook

            return XlsbBook(content)
        case FileKind.ODS | FileKind.FLAT_ODS:
            from tdkt_batch.workbooks.ods import OdsBook

            return OdsBook(content)
        case FileKind.XML_2003:
            return Xml2003Book(content)
        case _:
            from tdkt_batch.workbooks.html_tables import HtmlBook

            return HtmlBook(content)


@contextmanager
def _refusals() -> Iterator[None]:
    """Say why a reader gave up: bytes are missing, or are written as no reader understands."""
    try:
        yield
    except FarCellError as error:
        cell = cell_name(error.row, error.column)
        raise UnreadError("far_cell", sheet=error.sheet, cell=cell) from None
    except LostLettersError:
        raise UnreadError("lost_letters") from None
    except (BytesMissingError, zipfile.BadZipFile, zlib.error, struct.error, EOFError) as error:
        raise _unread("damaged", error) from None
    except (expat.ExpatError, SyntaxError) as error:
        raise _unread("damaged" if is_cut(error) else "not_understood", error) from None
    except (ValueError, LookupError, OSError, ArithmeticError, NotImplementedError) as error:
        raise _unread("not_understood", error) from None


def _unread(reason: str, error: BaseException) -> UnreadError:
    return UnreadError(reason, problem=f"{type(error).__name__}: {error}")


def _key(title: str) -> str:
    return unicodedata.normalize("NFC", title).strip().casefold()
