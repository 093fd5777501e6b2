"""The fonts of before Unicode in a workbook: in which cells a .Vn… or VNI-… font stands.

Only a workbook that names such a font is looked through, by the slow reader;
of other formats than .xlsx the fonts are not known.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import openpyxl

from tdkt_batch.forms_read.raw_cells import Gathered, RawCell, RawRow
from tdkt_batch.vietnamese.legacy_encodings import encoding_of_font
from tdkt_batch.workbooks.second_look import CANNOT_READ, LAST_COLUMN, LAST_ROW

_STYLES = "xl/styles.xml"
_NAMED = re.compile(rb'val="(?:\.Vn|VNI)', re.IGNORECASE)

FontByPlace = Mapping[tuple[str, str], str]
"""The legacy font of a cell by sheet title and address."""


def with_fonts(cells: Gathered, content: bytes) -> Gathered:
    """Return the cells, each text with its legacy font where the workbook has such fonts."""
    fonts = legacy_fonts(content)
    if not fonts:
        return cells
    return replace(
        cells,
        cells={id_: _with_font(cell, fonts) for id_, cell in cells.cells.items()},
        tables={
            id_: tuple(
                RawRow(row.number, {c: _with_font(x, fonts) for c, x in row.cells.items()})
                for row in rows
            )
            for id_, rows in cells.tables.items()
        },
    )


def legacy_fonts(content: bytes) -> FontByPlace:
    """Return the legacy fonts of a workbook's text cells; none where they cannot be known."""
    try:
        if not _names_legacy_font(content):
            return {}
        with warnings.catch_warnings(action="ignore"):
            return _fonts_in(content)
    except CANNOT_READ:
        return {}


def _names_legacy_font(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return _STYLES in package.namelist() and bool(_NAMED.search(package.read(_STYLES)))


def _fonts_in(content: bytes) -> FontByPlace:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    found = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # a sheet may lie about its size
        for row in sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN):
            for cell in row:
                if isinstance(cell.value, str) and encoding_of_font(cell.font.name):
                    found[sheet.title, cell.coordinate] = cell.font.name
    return found


def _with_font(cell: RawCell, fonts: FontByPlace) -> RawCell:
    font = fonts.get((cell.sheet, cell.address))
    return replace(cell, font=font) if font else cell
