"""Reads .xlsx (Office Open XML), in one pass over the XML of each sheet that is asked for.

Nothing in a cell is passed off as blank or as another text: blanks around an index
count for nothing, an index that refers to no text refuses the file, an error and a
formula that was never calculated are ``Broken``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element
from xml.parsers import expat

from tdkt_batch.values import Raw
from tdkt_batch.vietnamese.legacy_encodings import encoding_of_font
from tdkt_batch.workbooks.cells import (
    Box,
    Broken,
    BytesMissingError,
    FilledCells,
    NamedCells,
    Position,
    SheetCells,
    cell_of,
    position_of,
)
from tdkt_batch.workbooks.moments import (
    BUILT_IN_DAYS,
    BUILT_IN_SPAN,
    is_day_format,
    is_span_format,
    iso_moment,
    moment,
)
from tdkt_batch.workbooks.package import (
    WITHOUT_CELLS,
    main_part,
    open_package,
    relations,
    tree_of,
)
from tdkt_batch.workbooks.plain_xml import AREA, PlainSheet, plain_sheet, plain_texts
from tdkt_batch.workbooks.xml_events import Attributes, Events

LARGEST_BOOK = 2_000_000
"""A main part of more bytes names no cells that are looked at."""
_MAIN = "xl/workbook.xml"
_REFERENCE = re.compile(
    r"=?(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
)
"""A reference like ``'Báo cáo'!$C$12``: the first cell counts."""
_PLACE = re.compile(r"\s*([A-Z]{1,3})([1-9]\d{0,6})\s*")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:nan|-?inf)")
_YES, _NO = ("1", "true", "on"), ("0", "false", "off")
_INSIDE = frozenset((
    "c", "v", "f", "row", "is", "t", "r", "rPh", "phoneticPr", "rPr", "rFont", "sz", "color", "b",
    "i", "u", "strike", "vertAlign", "scheme", "family", "charset", "outline", "shadow",
    "condense", "extend", "extLst", "ext",
))  # fmt: skip
"""The elements that may stand among a sheet's cells; what others mean there is not known."""
_KINDS = ("n", "s", "str", "inlineStr", "b", "e", "d")


class XlsxBook:
    """A workbook whose sheets are read when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self._package = package = open_package(content)
        self._main = main_part(package, _MAIN)
        self._book = package.tree(self._main) if self._main in package else None
        self._parts: dict[str, str] = {}
        self._by_kind: dict[str, str] = {}
        if self._book is not None:
            links = relations(package, self._main)
            self._by_kind = dict(links.values())
            for sheet in self._named("sheet"):
                relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
                kind, part = links.get(relation, ("worksheet", f"sheet {relation}"))
                if kind not in WITHOUT_CELLS:
                    self._parts[sheet.get("name", "")] = part

    @property
    def titles(self) -> tuple[str, ...]:
        """The worksheets' titles, in order; sheets of charts and macros hold no cells."""
        return tuple(self._parts)

    @cached_property
    def named_cells(self) -> NamedCells:
        """The cells to which defined names refer; of a range the first."""
        if self._package.size(self._main) > LARGEST_BOOK:
            return {}
        references = {
            element.get("name", ""): _REFERENCE.fullmatch((element.text or "").strip())
            for element in self._named("definedName")
            if element.get("localSheetId") is None
        }
        return {name: cell_of(*m.groups()) for name, m in references.items() if m}

    def sheet(self, title: str) -> SheetCells:
        """Return a sheet; what stands in its part after its cells need not be well formed."""
        page = _Page(self._texts, self._styles, since_1904=self._since_1904)
        xml = self._package.xml(self._parts[title])
        if plain := plain_sheet(xml):
            return page.filled(plain).sheet(title)
        try:
            page.parse(xml)
        except expat.ExpatError as error:
            if not page.is_whole:
                raise
            page.cells.doubt = str(error)
        return page.cells.sheet(title)

    @property
    def comments(self) -> Iterator[tuple[str, str, str]]:
        """Yield the comments, sheet by sheet: the sheet's title, the cell, what is written."""
        for title, part in self._parts.items():
            links = PurePosixPath(part).parent / "_rels" / f"{PurePosixPath(part).name}.rels"
            if str(links) not in self._package:
                continue
            for kind, about in relations(self._package, part).values():
                if kind != "comments" or about not in self._package:
                    continue
                for element in self._package.tree(about).iter():
                    if element.tag.rpartition("}")[2] == "comment":
                        texts = (t for t in element.iter() if t.tag.rpartition("}")[2] == "t")
                        text = "".join(t.text or "" for t in texts)
                        yield title, element.get("ref", ""), text

    def _named(self, name: str) -> list[Element]:
        found = [] if self._book is None else list(self._book.iter())
        return [element for element in found if element.tag.rpartition("}")[2] == name]

    @cached_property
    def _since_1904(self) -> bool:
        return any(p.get("date1904", "0").lower() in _YES for p in self._named("workbookPr"))

    @cached_property
    def _texts(self) -> tuple[_Text, ...]:
        part = self._by_kind.get("sharedStrings", "xl/sharedStrings.xml")
        if part not in self._package:
            return ()
        xml = self._package.xml(part)
        plain = plain_texts(xml)
        if plain is not None:
            return tuple(_Text(unescaped(text)) for text in plain)
        shared = _SharedTexts()
        shared.parse(xml)
        return tuple(shared.texts)

    @cached_property
    def _styles(self) -> tuple[_Style, ...]:
        part = self._by_kind.get("styles", "xl/styles.xml")
        return _styles_in(self._package.xml(part)) if part in self._package else ()


# --- styles ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """What a cell's style tells of its content; ``font`` only when it is of before Unicode."""

    is_day: bool = False
    is_span: bool = False
    is_struck: bool = False
    font: str = ""


_PLAIN = _Style()


@lru_cache(maxsize=16)
def _styles_in(xml: bytes) -> tuple[_Style, ...]:
    """Return the styles that cells refer to, in their order."""
    groups = {group.tag.rpartition("}")[2]: group for group in tree_of(xml)}
    codes = {f.get("numFmtId", ""): f.get("formatCode", "") for f in groups.get("numFmts", ())}
    fonts = [
        {child.tag.rpartition("}")[2]: child.get("val", "1") for child in font}
        for font in groups.get("fonts", ())
    ]
    found: list[_Style] = []
    for style in groups.get("cellXfs", ()):
        number, at = style.get("numFmtId", "0"), style.get("fontId", "0")
        code = codes.get(number, "")
        known = int(number) if number.isdecimal() and not code else 0
        font = fonts[int(at)] if at.isdecimal() and int(at) < len(fonts) else {}
        name = font.get("name", "")
        is_span = known == BUILT_IN_SPAN or is_span_format(code)
        found.append(
            _Style(
                is_day=is_span or known in BUILT_IN_DAYS or is_day_format(code),
                is_span=is_span,
                is_struck=font.get("strike", "0") in _YES,
                font=name if encoding_of_font(name) else "",
            )
        )
    return tuple(found)


# --- texts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Text:
    """A text; ``unstruck`` is what is left of it without what is struck out, None where all is."""

    whole: str
    unstruck: str | None = None


class _Texts(Events):
    """Texts of one or more runs, some of which may be struck out; a reading aid is no text."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[tuple[str, bool]] = []
        self._is_struck = False
        self._is_aid = False

    def start(self, name: str, attributes: Attributes) -> None:
        match name.rpartition(" ")[2]:
            case "t":
                self.listen()
            case "r":
                self._is_struck = False
            case "strike":
                self._is_struck = attributes.get("val", "1") in _YES
            case "rPh":
                self._is_aid = True

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "t":
                text = self.heard()
                if not self._is_aid:
                    self._runs.append((text, self._is_struck))
            case "r":
                self._is_struck = False
            case "rPh":
                self._is_aid = False

    def text(self) -> _Text:
        """Return the text of the runs since it was last asked for."""
        runs, self._runs = self._runs, []
        if len(runs) == 1 and not runs[0][1]:
            return _Text(unescaped(runs[0][0]))
        whole = unescaped("".join(text for text, _ in runs))
        if not any(is_struck for _, is_struck in runs):
            return _Text(whole)
        return _Text(whole, unescaped("".join(text for text, is_struck in runs if not is_struck)))


class _SharedTexts(_Texts):
    """The texts that cells refer to by their number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[_Text] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name.rpartition(" ")[2] == "si":
            self.texts.append(self.text())


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, such as ``_x000D_``."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


# --- a sheet ----------------------------------------------------------------------------------


class _Page(_Texts):
    """One worksheet's cells, in one pass over its XML."""

    def __init__(
        self, texts: tuple[_Text, ...], styles: tuple[_Style, ...], *, since_1904: bool
    ) -> None:
        super().__init__()
        self.cells = FilledCells(since_1904=since_1904)
        self.is_whole = False
        self._is_inside = False
        self._shared = texts
        self._styles = styles
        self._since_1904 = since_1904
        self._c = self._v = self._f = self._r = ""
        self._row = -1
        self._anchor, self._steps = "", 0
        self._cell: Attributes = {}
        self._value: str | None = None
        self._formula: str | None = None

    def filled(self, sheet: PlainSheet) -> FilledCells:
        """Return the cells of a sheet that was read by its pattern."""
        for box in sheet.merged:
            self.cells.merge(box)
        for cell in sheet.cells:
            self._formula, self._value = cell.formula, cell.value
            text = None if cell.text is None else _Text(unescaped(cell.text))
            self._put((cell.row, cell.column), cell.style, cell.kind, text)
        return self.cells

    def start(self, name: str, attributes: Attributes) -> None:
        if name == self._c:
            self._cell = attributes
            if "r" in attributes:
                self._anchor, self._steps = attributes["r"], 0
            else:
                self._steps += 1
            self._value = self._formula = None
        elif name in (self._v, self._f):
            self.listen()
        elif name == self._r:
            said = attributes.get("r", "").strip()
            self._row = int(said) - 1 if said else self._row + 1
            self._anchor, self._steps = "", 0
        elif not self._c:
            space = name.rpartition(" ")[0]
            self._c, self._v, self._f, self._r = (f"{space} {n}" for n in ("c", "v", "f", "row"))
        elif name.endswith(" mergeCell"):
            if area := AREA.fullmatch(attributes.get("ref", "")):
                box: Box = (*position_of(area[1], area[2]), *position_of(area[3], area[4]))
                self.cells.merge(box)
        elif not self.is_whole:
            if self._is_inside and name.rpartition(" ")[2] not in _INSIDE:
                self.cells.doubt = name
            self._is_inside = self._is_inside or name.endswith(" sheetData")
            super().start(name, attributes)

    def end(self, name: str) -> None:
        if name == self._c:
            if self._value is not None or self._formula is not None or self._runs:
                at, kind = self._cell.get("s", "").strip(), self._cell.get("t", "n").strip()
                self._put(self._place(), at, kind, self.text() if kind == "inlineStr" else None)
                self._runs = []
        elif name == self._v:
            self._value = self.heard()
        elif name == self._f:
            self._formula = self.heard()
        elif name == self._r:
            if self._anchor:
                self._row = self._place()[0]
        elif name.endswith(" sheetData"):
            self.is_whole = True
        elif not self.is_whole:
            super().end(name)

    def _place(self) -> Position:
        """Return where the cell stands: where it says, or after the one before."""
        if not self._anchor:
            return self._row, self._steps - 1
        place = _PLACE.fullmatch(self._anchor)
        if place is None:
            raise ValueError(f"no cell is called {self._anchor}")
        row, column = position_of(place[1], place[2])
        return row, column + self._steps

    def _put(self, place: Position, at: str, kind: str, own: _Text | None) -> None:
        """Put the cell with the style ``at`` in its place; ``own`` is a text that is no other's."""
        known = at.isdecimal() and int(at) < len(self._styles)
        style = self._styles[int(at)] if known else _PLAIN
        if kind not in _KINDS or (at and not known and self._styles):
            self.cells.doubt = f"type {kind}, style {at}"
        text: _Text | None = None
        if kind == "s" and (self._value or self._formula is None):
            text = self._shared_text()
        elif kind == "inlineStr":
            text = own or _Text("")
        elif kind == "str":
            text = _Text(unescaped(self._value or ""))
        content = self._content(kind, style) if text is None else text.whole
        unstruck = text.unstruck if text else None
        if style.is_struck and content is not None:
            unstruck = ""
        self.cells.put(*place, content, font=style.font, unstruck=unstruck)

    def _shared_text(self) -> _Text:
        """Return the text that the cell refers to; a cell without a number is blank."""
        number = (self._value or "").strip()
        if not number:
            return _Text("")
        if not number.isdecimal() or int(number) >= len(self._shared):
            raise BytesMissingError(f"no shared text {number}")
        return self._shared[int(number)]

    def _content(self, kind: str, style: _Style) -> Raw | Broken:
        """Return what a cell holds that is no text."""
        said = (self._value or "").strip()
        if kind == "e":
            return Broken("error", said or "#N/A")
        if not said:
            return None if self._formula is None else Broken("uncached", f"={self._formula}")
        if kind == "b":
            if said.lower() not in (*_YES, *_NO):
                self.cells.doubt = f"{said} as a truth"
            return said.lower() in _YES
        if kind == "d":
            return iso_moment(said)
        if not _NUMBER.fullmatch(said):
            self.cells.doubt = f"{said} as a number"
            return self._value
        number = int(said) if said.isdigit() else float(said)
        if not style.is_day:
            return number
        return moment(number, since_1904=self._since_1904, is_span=style.is_span)
