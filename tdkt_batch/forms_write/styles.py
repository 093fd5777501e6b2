"""How a form looks: Times New Roman, soft input cells that also show in black and white."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlsxwriter.format import Format

from tdkt_batch.sheets.styles import FONT
from tdkt_batch.sheets.text_width import lines_needed

INPUT_COLOUR = "#FFF8DC"
NEEDLESS: Mapping[str, object] = {"bg_color": "#E7E6E6", "font_color": "#767676"}
"""What another answer makes needless."""
LINE_COLOUR = "#7F7F7F"
HINT_COLOUR = "#595959"

BASE: Mapping[str, object] = {
    "font_name": FONT,
    "font_scheme": "none",  # else Excel shows the theme's font
    "font_size": 12,
    "valign": "vcenter",
}
_BOX = {"border": 1, "border_color": LINE_COLOUR}
_HINT = {"italic": True, "text_wrap": True, "font_color": HINT_COLOUR}
PARTS: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "organ": {"align": "center", "text_wrap": True},
    "organ_bold": {"align": "center", "bold": True, "text_wrap": True},
    "right": {"align": "right", "italic": True},
    "centre": {"align": "center"},
    "centre_bold": {"align": "center", "bold": True},
    "centre_italic": {"align": "center", "italic": True},
    "centre_small": {"align": "center", "italic": True, "font_size": 11},
    "title": {"align": "center", "bold": True, "font_size": 14, "text_wrap": True},
    # from the left, where a small screen begins to show a wide sheet
    "status": {"align": "left", "indent": 1, "bold": True, **_BOX, "text_wrap": True},
    "note": {**_HINT, "align": "left"},
    "head": {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDE6F0", **_BOX},
    "heading": {"bold": True, "bg_color": "#F2F2F2", **_BOX},
    "number": {"align": "center", **_BOX},
    "label": {"text_wrap": True, **_BOX},
    "hint": {**_HINT, "font_size": 10.5, "align": "left", "indent": 1, **_BOX},
    "fact": {"align": "center", **_BOX},
    "figure": {"align": "center", "bold": True, "font_size": 13, **_BOX},
    "text": {"text_wrap": True, "align": "left", "indent": 1, **_BOX},
    "text_centre": {"text_wrap": True, "align": "center", **_BOX},
    "result": {"text_wrap": True, "align": "center", "bold": True, **_BOX},
    "link": {"font_color": "#0563C1", "underline": 1},
    "input": {"locked": False, "bg_color": INPUT_COLOUR, **_BOX},
    "spare": {"locked": False},
}
RED = {"bg_color": "#F8D7DA", "font_color": "#7A0010"}
YELLOW = {"bg_color": "#FFF2CC", "font_color": "#5C4400"}
GREEN = {"bg_color": "#E2F0D9", "font_color": "#1E4620"}
BLUE = {"bg_color": "#DDEBF7", "font_color": "#1F3864"}
"""Colours of the status line and the panel's results, each with its words."""
BUTTON = 2
"""What a filter's button takes of a head's width, in digits."""
DIGIT, PADDING, SCREEN = 7.35, 5, 1290
"""In pixels: a digit in the font that measures columns (Excel takes 7, LibreOffice 7.35), what
each column has besides, and what a screen of 1366 shows of a sheet."""
INDENT = 1.4
"""What an indent takes of a cell's width, in digits."""


class Room(NamedTuple):
    """The room of cells for a text: their width together without an indent, and the font."""

    width: float
    size: float
    bold: bool

    @classmethod
    def of(cls, width: float, look: Format) -> Room:
        """Return the room of cells of this width together, in this look."""
        return cls(width - INDENT * look.indent, float(look.font_size), bool(look.bold))

    def lines(self, text: str) -> int:
        """Return how many lines a text fills."""
        return lines_needed(text, self.width, size=self.size, bold=self.bold)


def zoom_for(widths: Sequence[float]) -> int:
    """Return the zoom at which a small screen shows columns of these widths to their end.

    >>> zoom_for((5, 58, 24, 24, 76)), zoom_for((5, 20))
    (90, 100)
    """
    pixels = sum(DIGIT * width + PADDING for width in widths)
    return min(100, int(SCREEN / pixels * 20) * 5)


def lines_in(text: str, width: float, look: Format) -> int:
    """Return how many lines a text fills in cells of this width together, in this look."""
    return Room.of(width, look).lines(text)
