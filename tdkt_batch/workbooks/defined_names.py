"""The defined names of an .xlsx: where a program that inserted rows or columns moved them.

The form names each of its inputs by the field's id. Only an anchor beside the
label: a program that does not know names leaves them where they were.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from xlsxwriter.utility import xl_cell_to_rowcol

_PART = "xl/workbook.xml"
LARGEST_PART = 2_000_000
_REFERENCE = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
)


@dataclass(frozen=True, slots=True)
class NamedCell:
    """The cell that a name stands for, or the first of its range."""

    sheet: str
    row: int
    column: int


class DefinedNames:
    """A workbook's names of cells, read when first asked for; none but in an .xlsx."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def cell(self, name: str) -> NamedCell | None:
        """Return the cell of ``name``; None when there is no such name, or it lost its cell."""
        return self._cells.get(name)

    @cached_property
    def _cells(self) -> Mapping[str, NamedCell]:
        if not self._content.startswith(b"PK"):
            return {}
        try:
            with zipfile.ZipFile(io.BytesIO(self._content)) as package:
                if package.getinfo(_PART).file_size > LARGEST_PART:
                    return {}
                book = fromstring(package.read(_PART))
        except (KeyError, OSError, ParseError, ValueError, zipfile.BadZipFile, DefusedXmlException):
            return {}
        names = (e for e in book.iter() if e.tag.endswith("}definedName"))
        found = {
            e.get("name", ""): _cell(e.text or "") for e in names if e.get("localSheetId") is None
        }
        return {name: cell for name, cell in found.items() if cell is not None}


def _cell(reference: str) -> NamedCell | None:
    """Return the first cell of a reference like ``'Báo cáo'!$C$12``."""
    match = _REFERENCE.fullmatch(reference.strip().removeprefix("="))
    if match is None:
        return None
    row, column = xl_cell_to_rowcol(f"{match[3]}{match[4]}")
    return NamedCell((match[1] or match[2]).replace("''", "'"), row, column)
