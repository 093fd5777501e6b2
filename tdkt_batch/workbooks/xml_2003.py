"""Reads the XML of Excel 2003 (SpreadsheetML), which Excel, LibreOffice and web programs save."""

from __future__ import annotations

import re

from tdkt_batch.values import Raw
from tdkt_batch.workbooks.cells import Broken, FilledCells, WholeBook
from tdkt_batch.workbooks.moments import is_day_format, iso_moment, moment
from tdkt_batch.workbooks.xml_events import Attributes, Events

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{NAMESPACE} "
_SHEET, _ROW, _CELL, _DATA, _COMMENT, _STYLE, _FORMAT = (
    f"{_SS}{name}"
    for name in ("Worksheet", "Row", "Cell", "Data", "Comment", "Style", "NumberFormat")
)
_NAMED = re.compile(
    r"General(?: Number)?|(?:Euro )?Currency|Fixed|Standard|Percent|Scientific|\w+/\w+"
)
"""Formats that have a name and show no day."""
_NAMES = re.compile(rb"<Names>.*?</Names>", re.DOTALL)
"""Defined names are not looked at; SheetJS writes their formulas as no XML."""


class Xml2003Book(WholeBook):
    """A workbook in one XML document; all its sheets are read when it is opened."""

    def __init__(self, content: bytes) -> None:
        document = _Document()
        document.parse(_NAMES.sub(b"", content))
        super().__init__(document.sheets)


class _Document(Events):
    """The cells of all sheets of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, FilledCells] = {}
        self._cells = FilledCells()
        self._row = self._column = self._span = 0
        self._cell: Attributes = {}
        self._kind = ""
        self._text: str | None = None
        self._is_comment = False
        self._style = ""
        self._days: set[str] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        if name == _SHEET:
            self._cells = self.sheets[attributes.get(f"{_SS}Name", "")] = FilledCells()
            self._row = -1
        elif name == _ROW:
            self._row = _number(attributes, "Index", self._row + 2) - 1
            self._column, self._span = -1, _number(attributes, "Span", 0)
        elif name == _CELL:
            self._cell, self._text = attributes, None
            self._column = _number(attributes, "Index", self._column + 2) - 1
        elif name == _STYLE:
            self._style = attributes.get(f"{_SS}ID", "")
        elif name == _FORMAT:
            code = attributes.get(f"{_SS}Format", "")
            if not _NAMED.fullmatch(code) and is_day_format(code):
                self._days.add(self._style)
        elif name == _COMMENT:
            self._is_comment = True
        elif name == _DATA and not self._is_comment:
            self._kind = attributes.get(f"{_SS}Type", "String")
            self.listen()

    def end(self, name: str) -> None:
        if name == _COMMENT:
            self._is_comment = False
        elif name == _DATA and not self._is_comment:
            self._text = self.heard()
        elif name == _CELL:
            self._cells.put(self._row, self._column, self._content())
            across, down = (_number(self._cell, f"Merge{way}", 0) for way in ("Across", "Down"))
            if across or down:
                box = (self._row, self._column, self._row + down, self._column + across)
                self._cells.merge(box)
            self._column += across
        elif name == _ROW:
            self._row += self._span

    def _content(self) -> Raw | Broken:
        text = self._text
        if text is None or not text.strip():
            formula = self._cell.get(f"{_SS}Formula", "")
            return Broken("uncached", formula) if formula and text is None else None
        match self._kind:
            case "Number":
                try:
                    is_day = self._cell.get(f"{_SS}StyleID", "") in self._days
                    return moment(float(text)) if is_day else float(text)
                except ValueError:
                    self._cells.doubt = f"{text} as a number"
            case "Boolean":
                return text.strip() == "1"
            case "DateTime":
                return iso_moment(text)
            case "Error":
                return Broken("error", text.strip())
            case "String":
                return text
        self._cells.doubt = self._cells.doubt or f"type {self._kind}"
        return text


def _number(attributes: Attributes, name: str, usual: int) -> int:
    return int(attributes.get(f"{_SS}{name}", usual))
