"""A look into a sheet's XML for what the fast reader would pass off as blank.

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
_VALUE = re.compile(rb"<v>(.*?)</v>", re.DOTALL)
_FORMULA = re.compile(rb"<f\b[^>]*>(.*?)</f>", re.DOTALL)
_IS_FORMULA = re.compile(rb"<f\b")
_KIND = re.compile(rb"""\st=["'](\w+)["']""")


def xlsx_sheet_parts(content: bytes) -> Mapping[str, str]:
    """Return the member that holds each worksheet, by the sheet's title."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = {name.replace("\\", "/").lower(): name for name in package.namelist()}
        book = fromstring(package.read(names["xl/workbook.xml"]))
        links = fromstring(package.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts: dict[str, str] = {}
    for sheet in (element for element in book.iter() if _local(element) == "sheet"):
        target = targets.get(_relation(sheet), "").replace("\\", "/")
        path = str(PurePosixPath("/xl") / target).lstrip("/").lower()
        if path in names:
            parts[sheet.get("name", "")] = names[path]
    return parts


def read_part(content: bytes, part: str) -> bytes:
    """Return one member of a zipped workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(part)


def shared_texts(content: bytes) -> int:
    """Return how many texts a workbook's cells may refer to."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = {name.lower(): name for name in package.namelist()}
        part = names.get("xl/sharedstrings.xml")
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
        check_box((int(row) - 1, _column_number(letters)) for letters, row in _FILLED.findall(xml))
    broken: dict[Position, Broken] = {}
    for match in _SUSPECT.finditer(xml):
        start = max(xml.rfind(b"<c ", 0, match.start() + 3), 0)
        cell = xml[start : xml.find(b"</c>", match.start())]
        position = _position(cell)
        problem = _problem(cell)
        if position and problem:
            broken[position] = problem
    return broken


def _problem(cell: bytes) -> Broken | None:
    """Return what is wrong with a suspect cell."""
    kind = _KIND.search(cell[: cell.find(b">")])
    value = _found(_VALUE, cell)
    formula = _found(_FORMULA, cell) if _IS_FORMULA.search(cell) else None
    return _fault_of(kind[1].decode("ascii", "replace") if kind else "n", value, formula)


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
        match event, _local(element):
            case "start", "row":
                row, column = _row_of(element, row), -1
            case "start", "c":
                row, column = _cell_of(element) or (row, column + 1)
            case "end", "c":
                fault = _fault_in(element)
                if fault:
                    broken[row, column] = fault
                if len(element):
                    filled.append((row, column))
            case "end", "row":
                element.clear()
    if not is_far:
        check_box(filled)
    return broken


def _row_of(element: Element, before: int) -> int:
    number = element.get("r", "")
    return int(number) - 1 if number.isdecimal() else before + 1


def _cell_of(element: Element) -> Position | None:
    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", element.get("r", ""))
    return (int(match[2]) - 1, _column_number(match[1].encode())) if match else None


def _fault_in(cell: Element) -> Broken | None:
    parts = {_local(part): part.text or "" for part in cell}
    return _fault_of(cell.get("t", "n"), parts.get("v", ""), parts.get("f"))


def _found(pattern: re.Pattern[bytes], cell: bytes) -> str:
    match = pattern.search(cell)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""


def _position(cell: bytes) -> Position | None:
    match = re.match(rb"""<c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""", cell)
    return (int(match[2]) - 1, _column_number(match[1])) if match else None


@cache
def _column_number(letters: bytes) -> int:
    """Return a column's number, counted from 0.

    >>> _column_number(b"A"), _column_number(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _relation(sheet: Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def check_box(positions: Iterable[Position], sheet: str = "") -> None:
    """Raise FarCellError when the box around ``positions`` holds too many cells to be loaded."""
    height = width = 0
    for row, column in positions:
        height, width = max(height, row + 1), max(width, column + 1)
        if height * width > MAXIMUM_CELLS:
            raise FarCellError(row, column, sheet)


# --- .ods ------------------------------------------------------------------------------

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def scan_ods_sheets(content: bytes) -> Mapping[str, Mapping[Position, Broken]]:
    """Return the broken cells of each sheet by its title; FarCellError as for .xlsx."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = fromstring(package.read("content.xml"))
    return {
        table.get(f"{_TABLE}name", ""): _scan_ods_table(table)
        for table in root.iter(f"{_TABLE}table")
    }


def _scan_ods_table(table: Element) -> Mapping[Position, Broken]:
    filled = list(_ods_cells(table))
    check_box((position for position, _ in filled), table.get(f"{_TABLE}name", ""))
    return {position: problem for position, cell in filled if (problem := _ods_problem(cell))}


def _ods_cells(table: Element) -> Iterator[tuple[Position, Element]]:
    """Yield the cells that hold something; of repeated ones the last."""
    row_number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        row_number += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        column_number = 0
        for cell in row:
            column_number += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            if len(cell) or cell.get(f"{_TABLE}formula"):
                yield (row_number - 1, column_number - 1), cell


def _ods_problem(cell: Element) -> Broken | None:
    """Return what is wrong in a cell: an error, or a formula that was never calculated."""
    if cell.get(_VALUE_TYPE) == "error":
        return Broken("error", "".join(cell.itertext()).strip() or "#N/A")
    formula = cell.get(f"{_TABLE}formula")
    if formula and not cell.get(f"{_OFFICE}value-type"):
        return Broken("uncached", formula.removeprefix("of:"))
    return None
