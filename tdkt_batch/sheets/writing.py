"""A workbook's cells and pages, whatever it is for: written as they are, each call checked.

Text goes in as text, never as a formula or a link of its own; nothing is lost without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any, Protocol

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.errors import OutputError
from tdkt_batch.sheets.cell_text import clean_text, runs
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.styles import BASE, FONT
from tdkt_batch.values import Raw
from tdkt_batch.wording.sheets import NOT_WRITTEN, PAGE

A4 = 9
LINE = 15.0
"""The height of a line of 11-point text, in points."""
HIGHEST = 409.0
"""The highest row that Excel draws."""
_MOST_PRINTED = 160
"""The columns on paper are no wider in all, in digits: then A4 prints them in 9 points or more."""
PROTECTION = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
"""What stays free on a protected sheet, besides the input cells."""


class TextSheet(Protocol):
    """What is asked of XlsxWriter's sheet; each call returns less than 0 when it refuses."""

    def write_string(self, row: int, col: int, string: str, cell_format: Any, /) -> Any:
        """Write a text."""

    def write_rich_string(self, row: int, col: int, /, *args: Any) -> Any:
        """Write a text of several pieces, each after its format; the cell's format comes last."""


def new_book(stream: Any, book_class: type[Workbook] = Workbook, **options: Any) -> Any:
    """Return a workbook to be written to ``stream``; what looks like a formula stays text."""
    as_text = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    usual = {"in_memory": True, "default_format_properties": dict(BASE)}
    return book_class(stream, {**usual, **as_text, **options})


def tell_whose(
    book: Workbook, campaign: Campaign, title: str, created: datetime, **others: str
) -> None:
    """Let a file say what it is and that it is the board's; ``others`` are subject and comments.

    ``created`` is a moment that the workbook itself tells, so that no clock is in it.
    """
    book.set_properties({
        "title": title,
        "subject": campaign.name,
        "author": campaign.board.name,
        "company": campaign.board.superior,
        "created": created.replace(tzinfo=None),
        **others,
    })  # fmt: skip


def set_up_page(
    sheet: Worksheet,
    *,
    landscape: bool = True,
    margins: tuple[float, float, float, float] = (0.4, 0.4, 0.45, 0.6),
) -> None:
    """Print a sheet on A4 without grid lines; left, right, top and bottom margin in inches."""
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    sheet.set_margins(*margins)
    if landscape:
        sheet.set_landscape()


def last_printed(widths: Sequence[float]) -> int:
    """Return the last column, counted from 0, up to which A4 prints all in 9 points or more."""
    return max(n for n, reached in enumerate(accumulate(widths)) if reached <= _MOST_PRINTED)


def print_to_width(sheet: Worksheet, foot: str) -> None:
    """Print a sheet of columns one page wide, with a foot in letters of 11 points."""
    set_up_page(sheet)
    sheet.fit_to_pages(1, 0)
    size = f'&"{FONT},Regular"&11'
    sheet.set_footer(f"&L{size}{foot}&R{size}{PAGE}")


def lock(sheet: Worksheet) -> None:
    """Lock all but the unlocked cells of a sheet, without a password."""
    sheet.protect("", PROTECTION)


def require_written(code: int | None, sheet: str, row: int, column: int) -> None:
    """Raise OutputError for a call that XlsxWriter refused."""
    if code is not None and code < 0:
        place = {"sheet": sheet, "row": row + 1, "column": column + 1}
        raise OutputError(NOT_WRITTEN.format(**place, code=code))


def write_text(sheet: TextSheet, row: int, column: int, text: str, look: Any = None) -> int:
    """Write a text that is not too long; return less than 0 when the cell refuses it.

    A text of several pieces loses its control characters: XlsxWriter escapes them twice.
    """
    pieces = runs(text)
    pieces = pieces if len(pieces) == 1 else runs(clean_text(text))
    if len(pieces) == 1:
        return int(sheet.write_string(row, column, pieces[0], look))
    if look is None:
        return int(sheet.write_rich_string(row, column, *pieces))
    formatted = [part for piece in pieces for part in (look, piece)]
    return int(sheet.write_rich_string(row, column, *formatted, look))


def write_cell(
    sheet: Worksheet, row: int, column: int, content: Raw | Formula, look: Format | None = None
) -> None:
    """Write a value in its own way, a formula with its true value beside it.

    A text stays text, whatever it begins with; nothing and an empty text leave a blank
    cell; a moment is written as its own clock shows it, for a workbook knows no zones.
    """
    match content:
        case None | "":
            code = sheet.write_blank(row, column, None, look)
        case str():
            code = write_text(sheet, row, column, clean_text(content, as_typed=True), look)
        case Formula():
            code = sheet.write_formula(row, column, f"={content.text}", look, content.value)
        case bool():
            code = sheet.write_boolean(row, column, content, look)
        case int() | float():
            code = sheet.write_number(row, column, content, look)
        case datetime():
            code = sheet.write_datetime(row, column, content.replace(tzinfo=None), look)
        case date() | time() | timedelta():
            code = sheet.write_datetime(row, column, content, look)
    require_written(code, sheet.get_name(), row, column)


def merge_cells(
    sheet: Worksheet,
    box: tuple[int, int, int, int],
    content: Raw | Formula,
    look: Format | None = None,
) -> None:
    """Join the cells from the first row and column of ``box`` to the last; write the content."""
    top, left, bottom, right = box
    if (top, left) != (bottom, right):
        code = sheet.merge_range(top, left, bottom, right, "", look)
        require_written(code, sheet.get_name(), top, left)
    write_cell(sheet, top, left, content, look)
