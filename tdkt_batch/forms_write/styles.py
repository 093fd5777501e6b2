"""How a form looks: Times New Roman, soft input cells that also show in black and white."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Field, FieldKind
from tdkt_batch.errors import OutputError
from tdkt_batch.forms_write.helper_cells import Computed
from tdkt_batch.model import Raw
from tdkt_batch.sheets.legible import legible
from tdkt_batch.sheets.writing import write_text

INPUT_COLOUR = "#FFF8DC"
HEAD_COLOUR = "#DDE6F0"
HEADING_COLOUR = "#F2F2F2"
HINT_COLOUR = "#595959"
LINE_COLOUR = "#7F7F7F"
HIGHEST = 400
"""Excel takes no row that is much higher, in points."""
TEXT_WIDTH = 0.88
"""How wide a letter is on average, in the unit of column widths."""

_BASE = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": LINE_COLOUR}
_STYLES: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "organ": {"align": "center", "text_wrap": True},
    "organ_bold": {"align": "center", "bold": True, "text_wrap": True},
    "right": {"align": "right", "italic": True},
    "centre": {"align": "center"},
    "centre_bold": {"align": "center", "bold": True},
    "centre_italic": {"align": "center", "italic": True},
    "title": {"align": "center", "bold": True, "font_size": 14, "text_wrap": True},
    "status": {"align": "center", "bold": True, **_BOX, "text_wrap": True},
    "note": {"italic": True, "text_wrap": True, "font_color": HINT_COLOUR},
    "head": {"bold": True, "align": "center", "text_wrap": True, "bg_color": HEAD_COLOUR, **_BOX},
    "heading": {"bold": True, "bg_color": HEADING_COLOUR, **_BOX},
    "number": {"align": "center", **_BOX},
    "label": {"text_wrap": True, **_BOX},
    "hint": {
        "italic": True,
        "font_size": 10.5,
        "font_color": HINT_COLOUR,
        "text_wrap": True,
        "align": "left",
        "indent": 1,
        **_BOX,
    },
    "fact": {"align": "center", **_BOX},
    "figure": {"align": "center", "bold": True, "font_size": 13, **_BOX},
    "text": {"text_wrap": True, "align": "left", "indent": 1, **_BOX},
    "text_centre": {"text_wrap": True, "align": "center", **_BOX},
    "result": {"text_wrap": True, "align": "center", "bold": True, **_BOX},
    "input": {"locked": False, "bg_color": INPUT_COLOUR, **_BOX},
    "spare": {"locked": False},
    "key": {"text_wrap": True, **_BOX},
}

NUMBER_FORMATS: Mapping[FieldKind, str] = {
    FieldKind.COUNT: "#,##0",
    FieldKind.DATE: "dd/mm/yyyy",
    FieldKind.MONTH: "m/yyyy",
    FieldKind.TEXT: "@",
    FieldKind.NOTE: "@",
    FieldKind.CHOICE: "@",
    FieldKind.MARK: "@",
}
FIRST_YEAR = 1000
"""A count from here on is a year, and is written without a thousands sign."""
_ALIGNMENT: Mapping[FieldKind, Mapping[str, object]] = {
    FieldKind.COUNT: {"align": "center"},
    FieldKind.DATE: {"align": "center"},
    FieldKind.MONTH: {"align": "center"},
    FieldKind.TEXT: {"align": "left", "indent": 1},
    FieldKind.NOTE: {"align": "left", "indent": 1, "text_wrap": True},
    FieldKind.CHOICE: {"align": "left", "indent": 1},
    FieldKind.MARK: {"align": "center"},
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, name: str, **more: object) -> Format:
        """Return the named style with ``more`` properties."""
        properties = {**_BASE, **_STYLES[name], **more}
        key = tuple(sorted(properties.items(), key=lambda item: item[0]))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def of_input(self, field: Field, raw: Raw, name: str = "input", **more: object) -> Format:
        """Return the style of an input cell; a day or TRUE typed anywhere keeps its own look."""
        kind = field.kind
        number_format = "0" if field.minimum >= FIRST_YEAR else NUMBER_FORMATS[kind]
        if isinstance(raw, bool):
            number_format = "General"
        elif isinstance(raw, datetime) and raw.time() != time():
            number_format = "dd/mm/yyyy hh:mm"
        elif isinstance(raw, date) and kind not in (FieldKind.DATE, FieldKind.MONTH):
            number_format = "dd/mm/yyyy"
        elif isinstance(raw, time | timedelta):
            number_format = "hh:mm"
        return self.get(name, **{"num_format": number_format, **_ALIGNMENT[kind], **more})


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, broken between words.

    >>> lines_of("không quá 200 đại biểu", 25), lines_of("không quá 200 đại biểu", 12)
    (1, 3)
    """
    return sum(_lines_of(line, width) for line in text.split("\n"))


def _lines_of(text: str, width: float) -> int:
    room, lines, used = max((width - 1.5) / TEXT_WIDTH, 1), 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        while used > room:  # one word, longer than the line
            lines, used = lines + 1, used - int(room)
    return lines


def write_raw(sheet: Worksheet, row: int, column: int, raw: Raw, style: Format) -> None:
    """Write a cell as it is: a text stays text, whatever it begins with, if a cell can hold it."""
    match raw:
        case None | "":
            done = sheet.write_blank(row, column, None, style)
        case str():
            done = write_text(sheet, row, column, legible(raw), style)
        case bool():
            done = sheet.write_boolean(row, column, raw, style)
        case int() | float():
            done = sheet.write_number(row, column, raw, style)
        case date() | time() | timedelta():
            done = sheet.write_datetime(row, column, raw, style)
    _check(done, sheet, row, column)


def write_formula(
    sheet: Worksheet, row: int, column: int, computed: Computed, style: Format | None = None
) -> None:
    """Write a formula with its true value beside it."""
    done = sheet.write_formula(row, column, "=" + computed.formula, style, computed.value)
    _check(done, sheet, row, column)


def merge(sheet: Worksheet, box: tuple[int, int, int, int], content: Any, style: Format) -> None:
    """Merge a box of cells and write its content: a text, a formula or a raw cell."""
    row, column, last_row, last_column = box
    if (row, column) != (last_row, last_column):
        sheet.merge_range(row, column, last_row, last_column, "", style)
    if isinstance(content, Computed):
        write_formula(sheet, row, column, content, style)
    else:
        write_raw(sheet, row, column, content, style)


def _check(done: int, sheet: Worksheet, row: int, column: int) -> None:
    if done != 0:
        raise OutputError(f"{sheet.get_name()}: không ghi được ô dòng {row + 1}, cột {column + 1}")
