"""Rows of shaded cells as WordprocessingML: a picture that needs no picture file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from tdkt_batch.letters.phrases import clean

_TWIPS_A_MM = 1440 / 25.4
_HEIGHT = 4.2
"""How high a row is, in millimetres."""
_MARK_SIZE, _TEXT_SIZE = 9, 10
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
    for side in ("top", "left", "bottom", "right")
)


class Tile(NamedTuple):
    """A mark and the colour of its cell, as six hexadecimal digits."""

    mark: str
    colour: str


def tiles_xml(
    rows: Sequence[tuple[str, Sequence[Tile]]], *, label: float, side: float, most: int
) -> str:
    """Return rows of a name and its tiles; widths in millimetres, ``most`` tiles in a row."""
    widths = [_twips(label), *[_twips(side)] * most]
    lines = []
    for name, tiles in rows:
        spanned = most - len(tiles)
        if not tiles:
            lines.append(_row(_text(name, sum(widths), span=most + 1)))
            continue
        cells = _text(name, widths[0]) + "".join(_mark(tile, widths[1]) for tile in tiles)
        if spanned:
            cells += _text("", widths[1] * spanned, span=spanned)
        lines.append(_row(cells))
    return _table(widths, "".join(lines))


def legend_xml(rows: Sequence[Sequence[tuple[Tile, str]]], *, width: float, across: int) -> str:
    """Return what tiles mean, ``across`` of them in a row, ``width`` millimetres wide."""
    mark = _twips(_HEIGHT)
    words = _twips(width / across) - mark
    lines = []
    for row in rows:
        cells = "".join(_mark(tile, mark) + _text(text, words) for tile, text in row)
        if left := across - len(row):
            cells += _text("", (mark + words) * left, span=2 * left)
        lines.append(_row(cells))
    return _table([mark, words] * across, "".join(lines))


def _table(widths: Sequence[int], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        f'<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )


def _row(cells: str) -> str:
    height = f'<w:trHeight w:val="{_twips(_HEIGHT)}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cells}</w:tr>"


def _mark(tile: Tile, width: int) -> str:
    box = (
        f"<w:tcBorders>{_EDGES}</w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{tile.colour}"/>'
    )
    return _cell(tile.mark, width, box, size=_MARK_SIZE, align="center")


def _text(text: str, width: int, *, span: int = 1) -> str:
    box = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    indent = '<w:ind w:left="57"/>'
    return _cell(text, width, box, size=_TEXT_SIZE, align="left", indent=indent)


def _cell(  # noqa: PLR0913 — all that a cell is
    text: str, width: int, box: str, *, size: float, align: str, indent: str = ""
) -> str:
    run = f'<w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>'
    shape = f'<w:pPr><w:keepNext/>{indent}<w:jc w:val="{align}"/>{run}</w:pPr>'
    words = f'<w:t xml:space="preserve">{escape(clean(text))}</w:t>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{box}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p>{shape}<w:r>{run}{words}</w:r></w:p></w:tc>"
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_A_MM)
