"""Reads OpenDocument tables, packed (.ods) or flat (.fods), in one pass over their XML.

A cell's value is its attribute's; of a cell whose type or value is missing the text
that every program shows. Repeated rows and cells are unrolled as far as a form reaches.
"""

from __future__ import annotations

import re
from datetime import date

from tdkt_batch.values import Raw
from tdkt_batch.vietnamese.legacy_encodings import encoding_of_font
from tdkt_batch.workbooks.cells import (
    HIGHEST,
    LAST_COLUMN,
    LAST_ROW,
    WIDEST,
    Box,
    Broken,
    FilledCells,
    Position,
    WholeBook,
    cell_of,
)
from tdkt_batch.workbooks.moments import iso_moment, moment
from tdkt_batch.workbooks.package import open_package
from tdkt_batch.workbooks.xml_events import Attributes, Events

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE, _DRAWING = (
    f"{_ODF}{name}:1.0 " for name in ("table", "office", "text", "style", "drawing")
)
_VALUE_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ROW = f"{_TABLE}table-row"
_PARAGRAPH, _SPAN = f"{_TEXT}p", f"{_TEXT}span"
_WHITE = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_BESIDES = (f"{_OFFICE}annotation", f"{_TABLE}shapes", f"{_TEXT}ruby-text", _DRAWING)
"""How what is in a cell begins whose text is not the cell's: comments, reading aids, pictures."""
_MARKED_BLANK = "\0"
"""Stands for a blank that was written as an element, until plain blanks are counted once."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_DAY = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
_KINDS = ("", "string", "float", "percentage", "currency", "date", "time", "boolean", "void")
_REFERENCE = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?")


class OdsBook(WholeBook):
    """An OpenDocument table; all its sheets are read when it is opened."""

    def __init__(self, content: bytes) -> None:
        document = _Document()
        is_packed = content.startswith(b"PK")
        document.parse(open_package(content).xml("content.xml") if is_packed else content)
        super().__init__(document.sheets, document.named_cells)


class _Document(Events):
    """The cells of all sheets of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, FilledCells] = {}
        self.named_cells: dict[str, tuple[str, Position]] = {}
        self._struck: set[str] = set()
        self._fonts: dict[str, str] = {}
        self._style = ""
        self._tables: list[FilledCells] = []
        self._besides = 0
        self._row = self._column = 0
        self._row_times = self._times = 1
        self._row_cells: list[tuple[int, int, Raw | Broken, str, str | None]] = []
        self._cell: Attributes = {}
        self._spans: list[str] = []
        self._paragraphs: list[tuple[str, str]] = []
        self._is_in_paragraph = False

    # --- elements

    def start(self, name: str, attributes: Attributes) -> None:
        if name.startswith(_BESIDES):
            self._besides += 1
            if self._besides == 1 and self._is_in_paragraph:
                self._hear(is_last=True)
        if self._besides:
            return
        if name in _CELLS:
            self._cell, self._paragraphs = attributes, []
            self._times = _times(attributes, "columns")
        elif name == _ROW:
            self._row_times, self._column, self._row_cells = _times(attributes, "rows"), 0, []
        elif name == _PARAGRAPH:
            self._paragraphs.append(("", ""))
            self._is_in_paragraph = True
            self.listen()
        elif name == _SPAN:
            self._hear()
            self._spans.append(attributes.get(f"{_TEXT}style-name", ""))
        elif name in _WHITE or name == f"{_TEXT}s":
            count = attributes.get(f"{_TEXT}c", "1")
            self._hear(_WHITE.get(name) or _MARKED_BLANK * min(int(count), 100))
        elif name == f"{_TABLE}table":
            cells = FilledCells()
            self._tables.append(cells)
            self.sheets[attributes.get(f"{_TABLE}name", "")] = cells
            self._row = 0
        else:
            self._note(name, attributes)

    def end(self, name: str) -> None:
        if name.startswith(_BESIDES):
            self._besides -= 1
            if not self._besides and self._is_in_paragraph:
                self.listen()
            return
        if self._besides:
            return
        if name in _CELLS:
            self._end_cell(is_covered=name == _CELLS[1])
        elif name == _ROW:
            self._end_row()
        elif name == _PARAGRAPH:
            self._hear(is_last=True)
            self._is_in_paragraph = False
        elif name == _SPAN:
            self._hear()
            self._spans.pop()
        elif name == f"{_TABLE}table":
            self._tables.pop()

    def _note(self, name: str, attributes: Attributes) -> None:
        """Note what styles and names say of the cells that have them."""
        if name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}text-properties":
            through = f"{_STYLE}text-line-through-"
            lines = (attributes.get(through + what, "none") for what in ("style", "type"))
            if any(line != "none" for line in lines):
                self._struck.add(self._style)
            font = attributes.get(f"{_STYLE}font-name", "")
            if encoding_of_font(font):
                self._fonts[self._style] = font
        elif name == f"{_TABLE}named-range":
            name = attributes.get(f"{_TABLE}name", "")
            refers = attributes.get(f"{_TABLE}cell-range-address", "")
            if place := _REFERENCE.fullmatch(refers):
                self.named_cells[name] = cell_of(*place.groups())

    # --- texts

    def _hear(self, more: str = "", *, is_last: bool = False) -> None:
        """Add the text heard, and ``more``, to the paragraph: whole, and without what is struck."""
        if not self._paragraphs:
            return
        text = _BLANKS.sub(" ", self.heard()) + more
        whole, unstruck = self._paragraphs[-1]
        kept = "" if self._struck.intersection(self._spans) else text
        self._paragraphs[-1] = whole + text, unstruck + kept
        if not is_last:
            self.listen()

    def _end_cell(self, *, is_covered: bool) -> None:
        cell, paragraphs, self._paragraphs = self._cell, self._paragraphs, []
        place, times = self._column, self._times
        self._column += times
        if not is_covered and self._tables:
            self._merge(cell, place)
        whole, unstruck = (
            "\n".join(_plain(paragraph[n]) for paragraph in paragraphs) for n in (0, 1)
        )
        content = _content(cell, whole)
        if self._tables and (kind := cell.get(f"{_OFFICE}value-type", "")) not in _KINDS:
            self._tables[-1].doubt = f"type {kind}"
        if content is None or content == "":
            return
        style = cell.get(f"{_TABLE}style-name", "")
        is_struck = style in self._struck
        left = "" if is_struck else unstruck if unstruck != whole else None
        self._row_cells.append((place, times, content, self._fonts.get(style, ""), left))

    def _merge(self, cell: Attributes, column: int) -> None:
        spanned = (cell.get(f"{_TABLE}number-{what}-spanned", "1") for what in ("rows", "columns"))
        height, width = (int(number) for number in spanned)
        if height > 1 or width > 1:
            box: Box = (self._row, column, self._row + height - 1, column + width - 1)
            self._tables[-1].merge(box)

    def _end_row(self) -> None:
        row, times = self._row, self._row_times
        self._row += times
        if not (self._tables and self._row_cells):
            return
        cells, rows = self._tables[-1], _repeated(row, times, LAST_ROW, HIGHEST)
        for column, width, content, font, unstruck in self._row_cells:
            columns = _repeated(column, width, LAST_COLUMN, WIDEST)
            for below in rows:
                for beside in columns:
                    cells.put(below, beside, content, font=font, unstruck=unstruck)
            if len(rows) < times:
                cells.leave((rows.stop, column), content, (times - len(rows)) * width)
            if len(columns) < width:
                cells.leave((row, columns.stop), content, len(rows) * (width - len(columns)))


def _repeated(first: int, times: int, last: int, end: int) -> range:
    """Return where something stands that is repeated: as far as a form may reach, once at least."""
    if not 0 <= first < end:
        raise ValueError(f"no sheet reaches to {first}")
    return range(first, max(first + 1, min(first + times, last)))


def _times(attributes: Attributes, what: str) -> int:
    return max(int(attributes.get(f"{_TABLE}number-{what}-repeated", "1")), 1)


def _plain(text: str) -> str:
    """Return a paragraph's text: blanks count once and not at its ends, unless they are marked."""
    return re.sub(" +", " ", text).strip(" ").replace(_MARKED_BLANK, " ")


def _is_shown_as_day(number: float, text: str) -> bool:
    """Tell whether a number is shown as the day that it is: SheetJS keeps no more of a day."""
    shown, day = _DAY.fullmatch(text), moment(number)
    if shown is None or not isinstance(day, date):
        return False
    return sorted(map(int, shown.groups())) in (
        sorted((day.day, day.month, year)) for year in (day.year, day.year % 100)
    )


def _content(cell: Attributes, text: str) -> Raw | Broken:
    """Return what a cell holds, by its type; the text where type and value do not agree."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    if cell.get(_VALUE_TYPE) == "error":
        return Broken("error", text.strip() or "#N/A")
    formula = cell.get(f"{_TABLE}formula")
    if formula and not kind and not text:
        return Broken("uncached", formula.removeprefix("of:"))
    match kind:
        case "float" | "percentage" | "currency":
            value = cell.get(f"{_OFFICE}value", "").strip()
            try:
                number = int(value) if value.isdecimal() else float(value)
            except ValueError:
                return text
            return moment(number) if _is_shown_as_day(number, text) else number
        case "date":
            return iso_moment(cell.get(f"{_OFFICE}date-value", "")) or text
        case "time":
            return iso_moment(cell.get(f"{_OFFICE}time-value", "")) or text
        case "boolean":
            value = cell.get(f"{_OFFICE}boolean-value", "").strip().lower()
            return value == "true" if value in ("true", "false") else text
    return text or cell.get(f"{_OFFICE}string-value") or None
