"""What the fast reader would pass off as blank in the XML of an .xlsx or .ods.

The reader gives an error cell as an empty text and a formula without a stored
result as nothing, and unrolls two cells that lie far apart into gigabytes. So
the XML is searched, as bytes where that is enough, before it is read.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.utils import column_index_from_string

MAXIMUM_CELLS = 2_000_000
"""How many cells the box around a sheet's filled cells may hold."""

Position = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value: an ``error``, or a formula without result (``uncached``)."""

    problem: str
    text: str


ERROR_TEXTS = frozenset((
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!",
    "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!",
))  # fmt: skip
"""What spreadsheet programs show in a cell that failed."""


class FarCellError(Exception):
    """A filled cell lies so far away that the sheet cannot be loaded."""

    def __init__(self, row: int, column: int, sheet: str = "") -> None:
        super().__init__(f"{sheet}: {row}, {column}")
        self.row = row
        self.column = column
        self.sheet = sheet


def check_box(positions: Iterable[Position], sheet: str = "") -> None:
    """Raise FarCellError when the box around ``positions`` holds too many cells to be loaded."""
    height = width = 0
    for row, column in positions:
        height, width = max(height, row + 1), max(width, column + 1)
        if height * width > MAXIMUM_CELLS:
            raise FarCellError(row, column, sheet)


def broken_of(
    filled: Iterable[tuple[Position, Broken | None]], sheet: str = ""
) -> Mapping[Position, Broken]:
    """Return the broken ones of a sheet's filled cells; FarCellError as ``check_box``."""
    cells = list(filled)
    check_box((position for position, _ in cells), sheet)
    return {position: fault for position, fault in cells if fault}


def position_of(letters: str, number: str) -> Position:
    """Return the position of a cell by its column's letters and its row's number.

    >>> position_of("A", "1"), position_of("AB", "12")
    ((0, 0), (11, 27))
    """
    return int(number) - 1, _column(letters) - 1


_column = cache(column_index_from_string)


def cell_name(row: int, column: int) -> str:
    """Return a cell as a spreadsheet writes it, however far away it lies.

    >>> cell_name(0, 0), cell_name(11, 27), cell_name(4, 16384)
    ('A1', 'AB12', 'XFE5')
    """
    letters, number = "", column + 1
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


# --- .xlsx ---------------------------------------------------------------------------

_FILLED = re.compile(rb"""<c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*?(?<!/)>""")
_SUSPECT = re.compile(
    rb"""(?:</f>|<f\b[^>]*/>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>"""  # a formula without result
    rb"""|<c\b[^>]*\bt=["']e["']"""  # an error
    rb"""|<v>\s*-"""  # below zero: where it should be a day, the reader gives midnight
)
_ODD = re.compile(
    rb"""<(?!/)[A-Za-z_][\w.-]*:(?:worksheet|sheetData|row|c)\b"""  # names with a prefix
    rb"""|<c(?=[\s/>])(?![^>]*\sr=["'])"""  # a cell that does not say where it stands
    rb"""|<!"""  # comments, CDATA, declarations
    rb"""|<c\b[^>]*\s[rt]\s+=|<c\b[^>]*\s[rt]=\s"""  # blanks where nobody writes them
)
"""What the search of bytes would not understand."""
_NOWHERE = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*\sr=["'](?![A-Z]{1,3}[1-9]\d{0,6}["'])"""
    rb"""|<(?:\w+:)?row\b[^>]*\sr=["'](?![1-9]\d{0,6}["'])"""
)
"""A cell or row that says to stand where no sheet reaches: the fast reader would die of it."""
_TEXT_NUMBER = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*\st=["']s["'][^>]*>\s*<(?:\w+:)?v\b[^>]*>([^<]*)<"""
)
_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_PLACE = re.compile(rb"""<c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_VALUE = re.compile(rb"<v>(.*?)</v>", re.DOTALL)
_FORMULA = re.compile(rb"<f\b[^>]*>(.*?)</f>", re.DOTALL)
_IS_FORMULA = re.compile(rb"<f\b")
_KIND = re.compile(rb"""\st=["'](\w+)["']""")


def members_of(package: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the names of a package's members, by the same in lower case."""
    return {name.replace("\\", "/").lower(): name for name in package.namelist()}


def parts_by_relation(package: zipfile.ZipFile, book: str) -> Mapping[str, str]:
    """Return the members that a workbook's main part (``workbook.xml``) refers to, by relation."""
    members = members_of(package)
    found = {}
    for link in fromstring(package.read(members[f"xl/_rels/{book}.rels"])):
        target = PurePosixPath("/xl") / link.get("Target", "").replace("\\", "/")
        if member := members.get(str(target).lstrip("/").lower()):
            found[link.get("Id", "")] = member
    return found


def xlsx_sheet_parts(content: bytes) -> Mapping[str, str]:
    """Return the member that holds each worksheet, by the sheet's title."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        book = fromstring(package.read(members_of(package)["xl/workbook.xml"]))
        parts = parts_by_relation(package, "workbook.xml")
    found = {}
    for sheet in (element for element in book.iter() if _local(element) == "sheet"):
        relation = next((v for key, v in sheet.attrib.items() if key.endswith("}id")), "")
        if relation in parts:
            found[sheet.get("name", "")] = parts[relation]
    return found


def shared_texts(content: bytes) -> int:
    """Return how many texts a workbook's cells may refer to."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        part = members_of(package).get("xl/sharedstrings.xml")
        return len(_TEXT.findall(package.read(part))) if part else 0


def refers_to_no_text(xml: bytes, texts: int) -> bool:
    """Tell whether a cell refers to a text that is not there: the readers give another, or none."""
    numbers = {number.strip() for number in _TEXT_NUMBER.findall(xml)}
    return any(not number.isdigit() or int(number) >= texts for number in numbers)


def scan_xlsx_sheet(xml: bytes, *, is_far: bool = False) -> Mapping[Position, Broken]:
    """Return the broken cells of a worksheet in UTF-8.

    Raises FarCellError when it cannot be loaded at all, unless it is known.
    """
    if not is_far and _NOWHERE.search(xml):
        raise FarCellError(0, 0)
    if _ODD.search(xml):
        return _scan_parsed(xml, is_far=is_far)
    if not is_far:
        filled = _FILLED.findall(xml)
        check_box(position_of(letters.decode(), number) for letters, number in filled)
    broken: dict[Position, Broken] = {}
    for match in _SUSPECT.finditer(xml):
        start = max(xml.rfind(b"<c ", 0, match.start() + 3), 0)
        cell = xml[start : xml.find(b"</c>", match.start())]
        place, kind = _PLACE.match(cell), _KIND.search(cell[: cell.find(b">")])
        value, formula = (
            html.unescape(found[1].decode("utf-8", "replace")) if found else ""
            for found in (_VALUE.search(cell), _FORMULA.search(cell))
        )
        fault = _fault_of(
            kind[1].decode("ascii", "replace") if kind else "n",
            value,
            formula if _IS_FORMULA.search(cell) else None,
        )
        if place and fault:
            broken[position_of(place[1].decode(), place[2].decode())] = fault
    return broken


def _fault_of(kind: str, value: str, formula: str | None) -> Broken | None:
    """Return what is wrong with a cell of this kind; a formula's text may well be empty."""
    if kind == "e":
        return Broken("error", value.strip() or "#N/A")
    if kind == "n" and value.strip().startswith("-"):
        return Broken("below_zero", value.strip())
    if formula is not None and not value.strip() and kind not in ("str", "inlineStr"):
        return Broken("uncached", f"={formula}")
    return None


def _scan_parsed(xml: bytes, *, is_far: bool) -> Mapping[Position, Broken]:
    """Return the broken cells of a worksheet written in an unusual way, by parsing it."""
    broken: dict[Position, Broken] = {}
    filled: list[Position] = []
    row, column = -1, -1
    for event, element in iterparse(io.BytesIO(xml), events=("start", "end")):
        said = element.get("r", "")
        match event, _local(element):
            case "start", "row":
                row, column = int(said) - 1 if said.isdecimal() else row + 1, -1
            case "start", "c":
                place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", said)
                row, column = position_of(*place.groups()) if place else (row, column + 1)
            case "end", "c":
                parts = {_local(part): part.text or "" for part in element}
                fault = _fault_of(element.get("t", "n"), parts.get("v", ""), parts.get("f"))
                if fault:
                    broken[row, column] = fault
                if len(element):
                    filled.append((row, column))
            case "end", "row":
                element.clear()
    if not is_far:
        check_box(filled)
    return broken


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


# --- .ods ------------------------------------------------------------------------------

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def scan_ods_sheets(content: bytes) -> Mapping[str, Mapping[Position, Broken]]:
    """Return the broken cells of each sheet by its title; FarCellError as for .xlsx."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = fromstring(package.read("content.xml"))
    tables = ((table.get(f"{_TABLE}name", ""), table) for table in root.iter(f"{_TABLE}table"))
    return {title: broken_of(_filled_ods_cells(table), title) for title, table in tables}


def _filled_ods_cells(table: Element) -> Iterator[tuple[Position, Broken | None]]:
    """Yield the cells that hold something, and what is wrong in them; of repeated ones the last.

    Wrong are an error and a formula that was never calculated.
    """
    row_number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        row_number += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        column_number = 0
        for cell in row:
            column_number += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            formula, fault = cell.get(f"{_TABLE}formula"), None
            if cell.get(_VALUE_TYPE) == "error":
                fault = Broken("error", "".join(cell.itertext()).strip() or "#N/A")
            elif formula and not cell.get(f"{_OFFICE}value-type"):
                fault = Broken("uncached", formula.removeprefix("of:"))
            if len(cell) or formula:
                yield (row_number - 1, column_number - 1), fault
