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

from defusedxml.ElementTree import fromstring

MAXIMUM_CELLS = 2_000_000
"""How many cells the box around a sheet's filled cells may hold."""

Position = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value: an ``error``, or a formula without result (``uncached``)."""

    problem: str
    text: str


class FarCellError(Exception):
    """A filled cell lies so far away that the sheet cannot be loaded."""

    def __init__(self, row: int, column: int) -> None:
        super().__init__(f"{row}, {column}")
        self.row = row
        self.column = column


# --- .xlsx ---------------------------------------------------------------------------

_FILLED = re.compile(rb"""<c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*?(?<!/)>""")
_SUSPECT = re.compile(
    rb"""(?:</f>|<f\b[^>]*/>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>"""  # a formula without result
    rb"""|<c\b[^>]*\bt=["']e["']"""  # an error
)
_VALUE = re.compile(rb"<v>(.*?)</v>", re.DOTALL)
_FORMULA = re.compile(rb"<f\b[^>]*>(.*?)</f>", re.DOTALL)


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


def scan_xlsx_sheet(xml: bytes) -> Mapping[Position, Broken]:
    """Return the broken cells of a worksheet; FarCellError when it cannot be loaded at all."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("UTF-16")
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
    """Return what is wrong with a suspect cell; a formula's text may well be empty."""
    head = cell[: cell.find(b">")]
    if re.search(rb"""\bt=["']e["']""", head):
        return Broken("error", _found(_VALUE, cell) or "#N/A")
    if re.search(rb"""\bt=["'](?:str|inlineStr)["']""", head):
        return None
    return Broken("uncached", "=" + _found(_FORMULA, cell))


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


def check_box(positions: Iterable[Position]) -> None:
    """Raise FarCellError when the box around ``positions`` holds too many cells to be loaded."""
    height = width = 0
    for row, column in positions:
        height, width = max(height, row + 1), max(width, column + 1)
        if height * width > MAXIMUM_CELLS:
            raise FarCellError(row, column)


# --- .ods ------------------------------------------------------------------------------

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
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
    check_box(position for position, _ in filled)
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
    """Return the error in a cell; a formula without a value is one that yields ""."""
    if cell.get(_VALUE_TYPE) == "error":
        return Broken("error", "".join(cell.itertext()).strip() or "#N/A")
    return None
