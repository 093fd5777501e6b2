"""The cells of one sheet: values, formulas, links, joined cells, the heights of rows.

Every write is checked; text goes in as text, never as a formula or a link of its own.
"""

from __future__ import annotations

from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.sheets.cell_text import clean_text, runs, write_text
from tdkt_batch.sheets.cells import Cell, Formula, Link
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.text_width import lines_needed

LINE = 15.0
"""The height of a line of 11-point text, in points."""
DENSE = 12.5
"""The height of a line of 9-point text."""
HIGHEST = 409.0
"""The highest row that Excel draws."""
MOST_LINKS = 65_000
"""Excel reads no more than 65,530 links a sheet; the rest are written as text."""
_PADDING = 5 / 7
"""What joining two cells adds to their widths, in digits."""


class Sheet:
    """The cells being written; ``widths`` are those of the columns, in digits."""

    def __init__(self, book: Workbook, styles: Styles, name: str) -> None:
        self.name = name
        self.book = book
        self.styles = styles
        self.sheet: Worksheet = book.add_worksheet(name)
        self.widths: list[float] = []
        self._links = 0
        self._needed: dict[int, float] = {}
        self._heights: dict[int, float] = {}

    @property
    def links_lost(self) -> tuple[int, int]:
        """How many links Excel would not have read, of how many."""
        return max(0, self._links - MOST_LINKS), self._links

    def put(self, row: int, column: int, value: Cell, *style: str) -> None:
        """Write a value in its own way; nothing and an empty text leave a blank cell."""
        self._note_height(row, column, column, value, style)
        self._write(row, column, value, style)

    def _note_height(
        self, row: int, first: int, last: int, value: Cell, style: tuple[str, ...]
    ) -> None:
        """Remember how high the row must be for a text that wraps."""
        text = value.text if isinstance(value, Link) else value
        look = self.styles(*style)
        if isinstance(text, str) and look.text_wrap:
            size, room = float(look.font_size), self.room(first, last)
            lines = lines_needed(text, room, size=size, bold=bool(look.bold))
            points = lines * LINE * size / 11 + 1
            self._needed[row] = max(self._needed.get(row, 0.0), points)

    def _write(self, row: int, column: int, value: Cell, style: tuple[str, ...]) -> None:
        look = self.styles(*style)
        match value:
            case None | "":
                code = self.sheet.write_blank(row, column, None, look)
            case str():
                code = self._text(row, column, value, look)
            case bool():
                raise TypeError("a mark is written as a text")
            case int() | float():
                code = self.sheet.write_number(row, column, value, look)
            case datetime() | date():
                code = self.sheet.write_datetime(row, column, _naive(value), look)
            case Formula():
                code = self._formula(row, column, value, *style)
            case Link():
                code = self._link(row, column, value, *style)
        require_written(code, self.name, row, column)

    def _text(self, row: int, column: int, text: str, look: Format) -> int:
        return write_text(self.sheet, row, column, clean_text(text), look)

    def _formula(self, row: int, column: int, formula: Formula, *style: str) -> int:
        """Write a formula; one with a target leads to the rows that it adds up."""
        look = self.styles(*style)
        if formula.target and self._may_link():
            look = self.styles(*style, "link")
            target, text = f"internal:{formula.target}", str(formula.value)
            code = int(self.sheet.write_url(row, column, target, look, string=text))
            require_written(code, self.name, row, column)
        text = f"={formula.text}"
        return int(self.sheet.write_formula(row, column, text, look, formula.value))

    def _may_link(self) -> bool:
        """Count a link; tell whether Excel still reads it."""
        self._links += 1
        return self._links <= MOST_LINKS

    def _link(self, row: int, column: int, link: Link, *style: str) -> int:
        """Write a text or number that leads on; a text must fit on one line (see ``Link``)."""
        look = self.styles(*style)
        if self._may_link():
            look = self.styles("link", *style)
            text = clean_text(str(link.text))
            text = text if len(runs(text)) == 1 else "→"
            target = f"internal:{link.target}"
            code = int(self.sheet.write_url(row, column, target, look, string=text))
            require_written(code, self.name, row, column)
        if isinstance(link.text, int):
            return int(self.sheet.write_number(row, column, link.text, look))
        return self._text(row, column, link.text, look)

    def merge(self, row: int, first: int, last: int, value: Cell, *style: str) -> None:
        """Write one value over the cells of a row from ``first`` to ``last``."""
        self.merge_block(row, row, first, last, value, *style)

    def merge_block(
        self, top: int, bottom: int, first: int, last: int, value: Cell, *style: str
    ) -> None:
        """Write one value over a block of cells."""
        if (top, first) != (bottom, last):
            look = self.styles(*style)
            require_written(
                self.sheet.merge_range(top, first, bottom, last, "", look), self.name, top, first
            )
        if top == bottom:
            self._note_height(top, first, last, value, style)
        self._write(top, first, value, style)

    def room(self, first: int, last: int) -> float:
        """Return the width of the cells from ``first`` to ``last`` together, in digits."""
        joined = self.widths[first : last + 1]
        return sum(joined) + _PADDING * (len(joined) - 1)

    def height(self, row: int, points: float) -> None:
        """Set a row's height."""
        self._heights[row] = points
        require_written(self.sheet.set_row(row, points), self.name, row, 0)

    def dense(self, first: int, last: int) -> None:
        """Make the rows of a table of small letters as low as their texts allow."""
        for row in range(first, last + 1):
            self.height(row, min(max(self._needed.get(row, 0.0), DENSE), HIGHEST))


def _naive(moment: date | datetime) -> date | datetime:
    """Return the moment as its own clock shows it: a workbook knows no time zone."""
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment


def require_written(code: int | None, sheet: str, row: int, column: int) -> None:
    """Raise for a write that XlsxWriter refused: nothing may be lost without a word."""
    if code is not None and code < 0:
        raise ValueError(f"sheet {sheet}, row {row + 1}, column {column + 1}: refused ({code})")
