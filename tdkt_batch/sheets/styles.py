"""How workbooks look: Times New Roman; the consolidated one with thin borders, greys that print.

A style is the joint of a few named parts: ``styles("number", "total")``. Colour
never stands alone: each coloured cell has its word or mark too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

FONT = "Times New Roman"
BASE: Mapping[str, Any] = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}

_BORDERED: Mapping[str, Any] = {"border": 1, "border_color": "#7F7F7F"}
_CENTRED: Mapping[str, Any] = {**_BORDERED, "align": "center"}
INDENT = 1.3
"""How many digits an indent takes from a cell's width."""
PARTS: Mapping[str, Mapping[str, Any]] = {
    # cells of a table
    "text": {**_BORDERED, "text_wrap": True},
    "center": {**_BORDERED, "align": "center", "text_wrap": True},
    "number": {**_BORDERED, "num_format": "#,##0", "align": "right"},
    "signed": {**_BORDERED, "num_format": "+#,##0;-#,##0;0", "align": "right"},
    "percent": {**_BORDERED, "num_format": "0.0%", "align": "right"},
    "date": {**_BORDERED, "num_format": "dd/mm/yyyy", "align": "center"},
    "month": {**_BORDERED, "num_format": "m/yyyy", "align": "center"},
    "moment": {**_BORDERED, "num_format": "hh:mm dd/mm/yyyy", "align": "center"},
    "mark": {**_BORDERED, "align": "center", "font_size": 10},
    "plain": {**_BORDERED},
    "code": {**_BORDERED, "font_size": 9, "text_wrap": True},
    "hash": {**_BORDERED, "font_size": 8},
    "head": {**_CENTRED, "bold": True, "text_wrap": True, "bg_color": "#D9E1F2"},
    "upright": {"rotation": 90},
    # the marks of the matrix: what failed is framed, so that it shows in black and white too;
    # light, because LibreOffice gives links a dark colour of its own
    "failed": {"bold": True, "border": 2, "border_color": "#000000", "bg_color": "#F4B183"},
    "accepted": {"bg_color": "#E7E6E6"},
    "undecided": {"bold": True, "bg_color": "#D9D9D9"},
    "broken": {"bold": True, "bg_color": "#A6A6A6"},
    "passed": {"font_color": "#595959"},
    # what a row or cell is
    "total": {"bold": True, "bg_color": "#EDEDED"},
    "heading": {"bold": True, "bg_color": "#F2F2F2"},
    "bold": {"bold": True},
    "italic": {"italic": True},
    "small": {"font_size": 10},
    "dashed": {"num_format": '#,##0;-#,##0;"–"'},
    "tiny": {"font_size": 9},
    "shrunk": {"shrink": True},
    "of_13": {"font_size": 13},
    "indented": {"indent": 1},
    "top": {"valign": "top"},
    "carried": {"italic": True, "font_color": "#595959", "bg_color": "#EDEDED"},
    "waived": {"italic": True, "font_color": "#595959", "bg_color": "#F2F2F2"},
    "link": {"font_color": "#1F4E9E"},
    # the marks of units: how dark tells how far, the sign tells it too
    "tile": {"border": 1, "border_color": "#7F7F7F", "align": "center", "font_color": "#000000"},
    "tile_held": {"bg_color": "#9DC3E6"},
    "tile_planned": {"bg_color": "#DEEBF7"},
    "tile_planned_late": {"bg_color": "#F8CBAD", "bold": True},
    "tile_past_its_day": {"bg_color": "#F4B183", "bold": True},
    "tile_no_plan": {"bg_color": "#FBE5D6"},
    "tile_doubtful": {"bg_color": "#D9C3E8", "bold": True},
    "tile_unusable": {"bg_color": "#FFE699"},
    "tile_silent": {"bg_color": "#D9D9D9", "bold": True},
    "tile_cancelled": {"bg_color": "#A6A6A6", "bold": True},
    "tile_excused": {"italic": True, "font_color": "#595959"},
    "week": {**_BORDERED, "num_format": "0;-0;;@", "align": "center"},
    "late": {"bold": True, "font_color": "#C00000"},
    "edge": {"right": 2, "right_color": "#C00000"},
    "card": {"border": 1, "align": "center", "font_size": 22, "bold": True},
    "card_words": {"border": 1, "align": "center", "text_wrap": True},
    # text outside a table
    "issuer": {"align": "center", "text_wrap": True},
    "title": {"bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "subtitle": {"italic": True, "align": "center", "text_wrap": True},
    "aside": {"italic": True, "align": "left", "text_wrap": True},
    "prose": {"text_wrap": True, "valign": "top", "align": "left"},
    "lead": {"text_wrap": True, "valign": "top", "align": "left", "font_size": 12},
    "section": {"bold": True, "font_size": 12},
    "middle": {"align": "center"},
    # severities and marks: dark on light, bold where it matters
    "violation": {"bold": True, "bg_color": "#F8CBAD"},
    "warning": {"bold": True, "bg_color": "#FFE699"},
    "notice": {"bg_color": "#DDEBF7"},
    "arithmetic": {"bold": True, "bg_color": "#D8E4BC"},
    "reading": {"bold": True, "italic": True, "bg_color": "#E4DFEC"},
    "unknown": {"italic": True, "bg_color": "#EDEDED"},
    "error": {"bold": True, "italic": True, "bg_color": "#D9D9D9"},
    "pass": {},
}


class Styles:
    """The formats of one workbook, each made once: named parts joined over a base."""

    def __init__(
        self,
        book: Workbook,
        base: Mapping[str, Any] = BASE,
        parts: Mapping[str, Mapping[str, Any]] = PARTS,
    ) -> None:
        self._book = book
        self._base = base
        self._parts = parts
        self._made: dict[tuple[object, ...], Format] = {}

    def __call__(self, *parts: str, **more: object) -> Format:
        """Return the format of the named parts and ``more`` properties, the later over earlier."""
        key = (*parts, *more.items())
        if key not in self._made:
            properties = dict(self._base)
            for part in parts:
                properties |= self._parts[part]
            self._made[key] = self._book.add_format(properties | more)
        return self._made[key]

    def made(self) -> Mapping[tuple[object, ...], Format]:
        """Return the formats made so far, by what they were asked for with."""
        return self._made
