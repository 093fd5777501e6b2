"""How a cell of a returned form is marked: colour, frame and a comment in words.

The frame survives a black-and-white printer; comments are not printed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.forms.review import CellNote
from tdkt_batch.model import Severity
from tdkt_batch.sheets.legible import legible

MARK = "►"
"""Stands beside what is marked, on screen and on paper."""
_LOOKS: Mapping[Severity | None, Mapping[str, object]] = {
    Severity.VIOLATION: {"bg_color": "#F8CBAD", "border": 5, "border_color": "#7A0010"},
    Severity.READING: {"bg_color": "#FFD966", "border": 6, "border_color": "#5C4400"},
    Severity.WARNING: {"bg_color": "#FFE699", "border": 8, "border_color": "#5C4400"},
    Severity.NOTICE: {"bg_color": "#DDEBF7", "border": 4, "border_color": "#1F3864"},
    None: {"bg_color": "#E4DFEC", "border": 4, "border_color": "#3F3151"},
}
"""Thick, double, dashed, dotted frames: the gravest is the heaviest."""
_WIDTH, _LETTERS, _LINE = 320, 46, 17
"""A comment's width in pixels, how many letters stand on its line, a line's height."""
_MOST_LINES = 24
LONGEST_NOTE = 4000
"""Excel takes 32.767 letters; nobody reads so many."""


def look_of(note: CellNote | None) -> dict[str, object]:
    """Return how a cell with this note looks, over its own style."""
    return {} if note is None else dict(_LOOKS[note.severity])


def grade_colour(severity: Severity) -> str:
    """Return the colour of a grade, the same beside the words as at the cell."""
    return str(_LOOKS[severity]["bg_color"])


def write_note(sheet: Worksheet, row: int, column: int, last_column: int, note: CellNote) -> None:
    """Write a cell's comment, beside the cell and never over it."""
    text = legible(note.text, LONGEST_NOTE)
    lines = sum(max(1, math.ceil(len(line) / _LETTERS)) for line in text.split("\n"))
    sheet.write_comment(
        row,
        column,
        text,
        {
            "width": _WIDTH,
            "height": _LINE * min(lines + 1, _MOST_LINES),
            "start_col": last_column + 1,
            "start_row": row,
            "x_offset": 12,
            "y_offset": 2,
            "font_name": "Times New Roman",
            "font_size": 11,
            "visible": False,
        },
    )


def lead_of(notes: Iterable[CellNote | None]) -> str:
    """Return what stands before the hint beside marked cells: where they are spoken of.

    >>> lead_of([CellNote(Severity.WARNING, "", (2, 5)), None])
    '► Xem nội dung số 2, 5 ở trang đầu. '
    """
    numbers = sorted({number for note in notes if note for number in note.numbers})
    return f"{MARK} Xem nội dung số {', '.join(map(str, numbers))} ở trang đầu. " if numbers else ""
