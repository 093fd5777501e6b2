"""Reads the tables of a web page or web archive, as spreadsheet programs save workbooks.

LibreOffice and web programs keep a cell's number in an attribute beside its text;
elsewhere the text is what there is. Each table is a sheet, under its heading.
"""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator, Mapping
from email import policy
from email.errors import CloseBoundaryNotFoundDefect
from html.parser import HTMLParser

from tdkt_batch.values import Raw
from tdkt_batch.workbooks.cells import Broken, BytesMissingError, FilledCells, Position, WholeBook
from tdkt_batch.workbooks.moments import is_day_format, moment

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_HEADINGS = ("h1", "h2", "h3", "caption", "title")
_STRUCK = ("s", "strike", "del")
_UNSEEN = ("script", "style")
_MOST_SPANNED = 300


class HtmlBook(WholeBook):
    """The tables of a page, each under its heading or its number."""

    def __init__(self, content: bytes) -> None:
        sheets: dict[str, FilledCells] = {}
        for page in _pages_in(content):
            tables = _Tables()
            try:
                tables.feed(page)
                tables.close()
            except AssertionError as error:  # how the parser refuses a broken declaration
                raise ValueError(str(error)) from None
            for heading, cells in tables.tables:
                is_new = heading and heading not in sheets
                sheets[heading if is_new else f"#{len(sheets) + 1}"] = cells
        super().__init__(sheets)


def _pages_in(content: bytes) -> Iterator[str]:
    """Yield the page, or the pages in a web archive."""
    if content.lstrip(codecs.BOM_UTF8).lstrip()[:1] in (b"<", b"\xff", b"\xfe"):
        yield _decoded(content)
        return
    archive = email.message_from_bytes(content, policy=policy.compat32)
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in archive.defects):
        raise BytesMissingError("the archive has no end")
    for part in archive.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes):
            yield _decoded(payload)


def _decoded(page: bytes) -> str:
    if page.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return page.decode("utf-16", "replace")
    declared = _CHARSET.search(page[:4096])
    for coding in (*([declared[1].decode("ascii")] if declared else ()), "utf-8", "cp1258"):
        try:
            return page.decode(coding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return page.decode("latin-1")


class _Tables(HTMLParser):
    """The tables of one page with the heading before each; one inside a cell stands by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[str, FilledCells]] = []
        self._open: list[_Table] = []
        self._heading = ""
        self._in_heading = False
        self._unseen = 0
        self._is_page = self._has_end = False

    def close(self) -> None:
        """Take the end of the page, and of tables still open in it.

        Raises ``BytesMissingError`` where the page or a table that stands alone has no end.
        """
        super().close()
        if not self._has_end and (self._open or (self._is_page and self.tables)):
            raise BytesMissingError("the page has no end")
        for table in self._open:
            table.end_cell()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        table = self._open[-1] if self._open else None
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "html":
            self._is_page = True
        elif tag in _HEADINGS or (tag == "em" and self._in_heading):
            self._heading, self._in_heading = "", True
        elif tag == "table":
            self._open.append(_Table())
            self.tables.append((_BLANKS.sub(" ", self._heading).strip(), self._open[-1].cells))
            self._heading, self._in_heading = "", False
        elif table is None:
            return
        elif tag == "tr":
            table.begin_row()
        elif tag in ("td", "th"):
            table.begin_cell(attributes)
        elif tag == "br":
            table.hear("\0")
        elif tag in _STRUCK:
            table.struck += 1

    def handle_endtag(self, tag: str) -> None:
        table = self._open[-1] if self._open else None
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag == "html":
            self._has_end = True
        elif tag in _HEADINGS or tag == "em":
            if tag == "caption" and self._in_heading and self.tables and table:
                self.tables[-1] = (_BLANKS.sub(" ", self._heading).strip(), table.cells)
            self._in_heading = False
        elif table is None:
            return
        elif tag in ("td", "th"):
            table.end_cell()
        elif tag == "table":
            table.end_cell()
            self._open.pop()
        elif tag in _STRUCK:
            table.struck = max(table.struck - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._in_heading:
            self._heading += data
        elif self._open:
            self._open[-1].hear(data)


class _Table:
    """The cells of one table while it is read."""

    def __init__(self) -> None:
        self.cells = FilledCells()
        self.struck = 0
        self._row, self._column = -1, 0
        self._taken: dict[Position, bool] = {}
        self._cell: Mapping[str, str] | None = None
        self._pieces: list[tuple[str, bool]] = []

    def begin_row(self) -> None:
        self.end_cell()
        self._row, self._column = self._row + 1, 0

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.end_cell()
        while self._taken.pop((self._row, self._column), False):
            self._column += 1
        self._cell, self._pieces, self.struck = attributes, [], 0

    def hear(self, text: str) -> None:
        self._pieces.append((text, self.struck > 0))

    def end_cell(self) -> None:
        """Note the cell that was begun: its number where it has one beside its text."""
        if self._cell is None:
            return
        attributes, self._cell = self._cell, None
        text, left = (
            _plain("".join(piece for piece, is_struck in self._pieces if is_all or not is_struck))
            for is_all in (True, False)
        )
        row, column = max(self._row, 0), self._column
        unstruck = left if left != text else None
        self.cells.put(row, column, _content(attributes, text), unstruck=unstruck)
        height, width = (_span(attributes.get(f"{way}span", "")) for way in ("row", "col"))
        if height > 1 or width > 1:
            self.cells.merge((row, column, row + height - 1, column + width - 1))
            for below in range(1, height):
                self._taken |= {(row + below, column + n): True for n in range(width)}
        self._column += width


def _span(said: str) -> int:
    return min(max(int(said), 1), _MOST_SPANNED) if said.isascii() and said.isdigit() else 1


def _plain(text: str) -> str:
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in text.split("\0"))
    return "\n".join(lines).strip("\n")


def _content(attributes: Mapping[str, str], text: str) -> Raw | Broken:
    """Return a cell's number, as LibreOffice, web programs and Excel keep it; else its text."""
    said, code = attributes.get("sdval", ""), attributes.get("sdnum", "").rpartition(";")[2]
    if not said and attributes.get("data-t") == "n":
        said, code = attributes.get("data-v", ""), attributes.get("data-z", "")
    if not said and "x:num" in attributes:
        said, code = attributes["x:num"] or text, ""
        if _NUMBER.fullmatch(said) and re.sub(r"[\s.,]", "", text) != re.sub(r"[.]", "", said):
            return text or None  # a day, or a number rounded: what is shown says more
    if not _NUMBER.fullmatch(said):
        return text or None
    number = float(said)
    return moment(number) if is_day_format(code) else number
