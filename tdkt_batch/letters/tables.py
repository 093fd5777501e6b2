"""Tables of a paper as WordprocessingML: written whole, which takes a library call a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from tdkt_batch.letters.words import clean

_TWIPS_A_MM = 1440 / 25.4
_SIZE = 11.5
_KEPT_TOGETHER = 14
"""Up to how many rows a table stands on one page."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

Piece = tuple[str, float, str]
"""A line: its text, its size in points, its looks: b bold, i italic, c centred, r to the right.

One with k stays on the page of the next. With “line” it is a rule, and the size its length in
millimetres.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its width in millimetres, how its cells are set."""

    head: str
    width: float
    align: str = "left"


def table_xml(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, last_bold: bool = False
) -> str:
    """Return a ruled table with a head that is repeated on each page."""
    widths = [_twips(column.width) for column in columns]
    heads = "".join(
        _cell(w, [(c.head, _SIZE, "bck")], shaded=True)
        for w, c in zip(widths, columns, strict=True)
    )
    kept = len(rows) - 1 if len(rows) <= _KEPT_TOGETHER else 1
    body = "".join(
        _row(
            columns,
            widths,
            row,
            ("b" if last_bold and number == len(rows) else "") + ("k" if number <= kept else ""),
        )
        for number, row in enumerate(rows, start=1)
    )
    repeated = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
    return _table(widths, repeated + body, f"<w:tblBorders>{_BORDERS}</w:tblBorders>", margin=85)


def side_by_side(blocks: Sequence[tuple[float, Sequence[Piece]]], *, centered: bool = False) -> str:
    """Return blocks of lines beside one another, without rules; each with its width in mm."""
    widths = [_twips(width) for width, _ in blocks]
    cells = "".join(
        _cell(w, pieces, centered=centered) for w, (_, pieces) in zip(widths, blocks, strict=True)
    )
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return _table(widths, row, "", margin=0)


def _table(widths: Sequence[int], rows: str, borders: str, *, margin: int) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(columns: Sequence[Column], widths: Sequence[int], row: Sequence[str], look: str) -> str:
    cells = "".join(
        _cell(width, [(text, _SIZE, look + column.align[:1])])
        for width, column, text in zip(widths, columns, row, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(
    width: int, pieces: Sequence[Piece], *, centered: bool = False, shaded: bool = False
) -> str:
    lines = "".join(
        _rule(width, size) if look == "line" else _paragraph(text, size, look, centered=centered)
        for text, size, look in pieces
    )
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>' if shaded else ""
    middle = '<w:vAlign w:val="center"/>' if shaded else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}{middle}</w:tcPr>{lines}</w:tc>'
    )


def _paragraph(text: str, size: float, look: str, *, centered: bool) -> str:
    align = "center" if centered or "c" in look else "right" if "r" in look else "left"
    marks = "".join(f"<w:{mark}/>" for mark in ("b", "i") if mark in look)
    run = f'<w:rPr>{marks}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n")
    )
    keep = "<w:keepNext/>" if "k" in look else ""
    return f'<w:p><w:pPr>{keep}<w:jc w:val="{align}"/>{run}</w:pPr><w:r>{run}{lines}</w:r></w:p>'


def _rule(width: int, millimetres: float) -> str:
    """Return a rule in the middle of a cell, as the border of a paragraph that is hardly high."""
    side = max((width - _twips(millimetres)) // 2, 0)
    return (
        '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
        '</w:pBdr><w:spacing w:line="120" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_A_MM)
