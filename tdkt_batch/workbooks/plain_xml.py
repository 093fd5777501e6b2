"""A sheet's rows and shared texts as spreadsheet programs write them, known by one pattern.

The parser calls back for each element, and a form has thousands of blank cells. Nearly all
files are written in one narrow way: then a pattern over the whole text finds the filled cells.
What differs from that in a single byte is not known here, and is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from tdkt_batch.workbooks.cells import Box, position_of
from tdkt_batch.workbooks.xml_events import Attributes, Events

LARGEST = 20_000_000
"""More bytes are left to the parser, which needs no copy of them."""
AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
"""An area of cells that are joined to one."""

_OTHER_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_SPACE = r'(?: xml:space="preserve")?+'
_TEXT = "[^<\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
"""A text without the characters that XML does not allow, or that a parser changes."""
_FORMULA = (
    r'<f(?: t="\w+")?+(?: aca="\w+")?+(?: ref="[A-Z0-9:]+")?+(?: ca="\w+")?+(?: si="\d+")?+'
    rf"(?:/>|>{_TEXT}</f>)"
)
_VALUE = rf"<v{_SPACE}(?:/>|>{_TEXT}</v>)"
_OWN_TEXT = rf"<is><t{_SPACE}(?:/>|>{_TEXT}</t>)</is>"
_CELL = (
    r'<c r="[A-Z]{1,3}[1-9]\d{0,6}"(?: s="\d{1,9}")?+(?: t="(?:n|s|str|b|e|inlineStr|d)")?+'
    rf"(?:/>|>(?:{_FORMULA})?+(?:{_VALUE})?+(?:{_OWN_TEXT})?+</c>)"
)
_BLANK_CELL = r'<c(?: s="\d{1,9}")?+/>'
"""A cell that needs not say where it stands, for nothing stands in it."""
_ROW = (
    r'<row(?: r="\d{1,7}")?+(?: spans="[\d: ]*+")?+(?: s="\d+")?+(?: customFormat="\w+")?+'
    r'(?: ht="[\d.]+")?+(?: hidden="\w+")?+(?: customHeight="\w+")?+(?: outlineLevel="\d+")?+'
    r'(?: collapsed="\w+")?+(?: thickTop="\w+")?+(?: thickBot="\w+")?+'
    rf'(?: x14ac:dyDescent="[\d.]+")?+(?:/>|>(?:{_CELL}|{_BLANK_CELL})*+</row>)'
)
_ROWS = re.compile(f"(?:{_ROW})*+")
_FILLED = re.compile(
    r'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d{1,9})")?(?: t="(\w+)")?>'
    r"(<f[^>]*(?:/>|>([^<]*)</f>))?(<v[^>]*(?:/>|>([^<]*)</v>))?(<is><t[^>]*(?:/>|>([^<]*)</t>))?"
)
"""A cell that is no blank one, up to its end, among rows that are known."""
_DECLARATION = (
    r'\ufeff?<\?xml version="1\.0" encoding="[Uu][Tt][Ff]-8"(?: standalone="(?:yes|no)")?\?>\s*'
)
_BEGINS, _ENDS = "<sheetData>", "</sheetData>"
_HEAD = re.compile(rf"(?:{_DECLARATION})?(<worksheet [^>]*>)")
_PREFIX, _PREFIX_DECLARED = " x14ac:", ' xmlns:x14ac="'
"""The one prefix that rows have, and how it is declared."""
_AMONG_CELLS = frozenset(("c", "v", "f", "row", "t", "r", "is", "strike", "rPh", "sheetData"))
"""Elements that mean something among the cells, and are not looked for around them."""
_TEXTS = re.compile(
    rf'{_DECLARATION}<sst xmlns="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"'
    rf'(?: count="\d+")?+(?: uniqueCount="\d+")?+>'
    rf"((?:<si><t{_SPACE}(?:/>|>{_TEXT}</t>)</si>)*+)</sst>\s*"
)
_ONE_TEXT = re.compile(r"<si><t[^>]*(?:/>|>([^<]*)</t>)</si>")


class PlainCell(NamedTuple):
    """A cell that is not blank, as it is written; None is an element that is not there."""

    row: int
    column: int
    style: str
    kind: str
    formula: str | None
    value: str | None
    text: str | None


class PlainSheet(NamedTuple):
    """A sheet's cells that are not blank, in their order, and its joined areas."""

    cells: Sequence[PlainCell]
    merged: Sequence[Box]


def plain_sheet(xml: bytes) -> PlainSheet | None:
    """Return what a worksheet holds; None where it is not written in the way that is known."""
    said = _decoded(xml)
    if said is None:
        return None
    head, _, rest = said.partition(_BEGINS)
    rows, ends, tail = rest.partition(_ENDS)
    root = _HEAD.match(head)
    is_known = (
        root
        and ends
        and "<!" not in head
        and head.count("<?") <= 1
        and (_PREFIX not in rows or _PREFIX_DECLARED in root[1])
        and "]]>" not in rows
        and not _OTHER_ENTITY.search(rows)
        and _ROWS.fullmatch(rows)
    )
    if not is_known:
        return None
    merged = _joined_areas(f"{head}{_BEGINS}{_ENDS}{tail}")
    return None if merged is None else PlainSheet([*_cells_in(rows)], merged)


def plain_texts(xml: bytes) -> Sequence[str] | None:
    """Return the shared texts; None where one has parts, or is not written as is known."""
    said = _decoded(xml)
    if said is None or "]]>" in said or _OTHER_ENTITY.search(said):
        return None
    known = _TEXTS.fullmatch(said)
    return known and [_unquoted(text) for text in _ONE_TEXT.findall(known[1])]


def _decoded(xml: bytes) -> str | None:
    if len(xml) > LARGEST:
        return None
    try:
        return xml.decode("utf-8")
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=32)
def _joined_areas(frame: str) -> Sequence[Box] | None:
    """Return the joined areas that are told around a sheet's rows; None where it is not known.

    What stands around them is the same in all forms of one kind.
    """
    around = _Frame()
    try:
        around.parse(frame.encode())
    except (expat.ExpatError, ValueError):
        return None
    return None if around.is_strange else tuple(around.merged)


class _Frame(Events):
    """What stands around a sheet's rows: well formed, and nothing of what belongs among them."""

    def __init__(self) -> None:
        super().__init__()
        self.merged: list[Box] = []
        self.is_strange = False
        self._space: str | None = None
        self._is_past = False

    def start(self, name: str, attributes: Attributes) -> None:
        space, _, own = name.rpartition(" ")
        if self._space is None:
            self._space = space
            self.is_strange = not space
        if own == "mergeCell":
            if area := AREA.fullmatch(attributes.get("ref", "")):
                box = (*position_of(area[1], area[2]), *position_of(area[3], area[4]))
                self.merged.append(box)
        elif own == "sheetData" and space == self._space and not self._is_past:
            self._is_past = True
        elif own in _AMONG_CELLS and (space == self._space or not self._is_past):
            self.is_strange = True


def _cells_in(rows: str) -> Iterator[PlainCell]:
    *filled, _ = rows.split("</c>")
    for piece in filled:
        found = _FILLED.match(piece, piece.rfind("<c "))
        if found is None:
            raise AssertionError(piece)
        letters, number, style, kind, f, formula, v, value, own, text = found.groups()
        if f or v or own:
            yield PlainCell(
                *position_of(letters, number),
                style or "",
                kind or "n",
                _unquoted(formula or "") if f else None,
                _unquoted(value or "") if v else None,
                _unquoted(text or "") if own else None,
            )


def _unquoted(text: str) -> str:
    if "&" not in text:
        return text
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(entity, letter)
    return text.replace("&amp;", "&")
