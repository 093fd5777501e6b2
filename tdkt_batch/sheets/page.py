"""One sheet of the consolidated workbook: title block, table, heights of rows, printed page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cell_text import clean_text, runs
from tdkt_batch.sheets.cells import Cell, Formula, Link
from tdkt_batch.sheets.columns import SheetColumns, head_lines
from tdkt_batch.sheets.settled_sheet import SettledWorksheet
from tdkt_batch.sheets.styles import FONT, INDENT, Styles
from tdkt_batch.sheets.text_width import lines_needed
from tdkt_batch.sheets.writing import HIGHEST, LINE, require_written, set_up_page, write_cell
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import sheets as say

NOTICE_ROW = 2
"""Where a sheet says what it could not hold."""
HEAD_ROW = 7
"""Where a table's head begins, two rows high; rows and columns count from 0."""
FIRST_ROW = 9
"""The first row of a table."""
FIRST_SCREEN = 172.0
"""How many digits a small screen (1366 dots) shows of a sheet, with the columns' edges."""
DENSE = 12.5
"""The height of a line of 9-point text."""
_LONGEST_TIP = 255
"""Excel takes no longer text to be shown beside the mouse."""
MOST_LINKS = 65_000
"""Excel reads no more than 65,530 links a sheet; the rest are written as text."""
_PIXELS_A_DIGIT, _COLUMN_PADDING, _POINTS_A_PIXEL, _SAFETY = 7.34, 5, 0.75, 0.985
"""How wide the widest of the programs draws a column; the page must hold it in all of them."""
_PADDING = 5 / 7
"""What joining two cells adds to their widths, in digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleBlock:
    """What stands above every table: who issues it, of which month, until when, how complete."""

    superior: str
    board: str
    guidance: str
    month: str
    until: str
    coverage: str
    footer: str


class Page:
    """A sheet being written, as it is printed; ``widths`` are those of the columns, in digits.

    Every write is checked; each row becomes as high as its texts need. Titles and heads
    of tables stand as ``said`` puts them: in the campaign's words; the title block ends
    with column ``title_end``.
    """

    def __init__(
        self,
        book: Workbook,
        styles: Styles,
        name: str,
        *,
        landscape: bool = True,
        rest: overflow_files.Rest | None = None,
    ) -> None:
        self.name = name
        self.book = book
        self.styles = styles
        self.sheet: SettledWorksheet = book.add_worksheet(name, SettledWorksheet)
        self.widths: list[float] = []
        self.rest = rest or overflow_files.Rest()
        self.said: Callable[[str], str] = str
        self._links = 0
        self._needed: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self._folded: dict[int, int] = {}
        self._notices: list[str] = []
        self._footer = ""
        self.title_end = 0
        set_up_page(self.sheet, landscape=landscape)

    # --- cells ------------------------------------------------------------------------------

    def put(self, row: int, column: int, value: Cell, *style: str) -> None:
        """Write a value in its own way; nothing and an empty text leave a blank cell."""
        self._note_height(row, column, column, value, style)
        self._write(row, column, value, style)

    def merge(self, row: int, first: int, last: int, value: Cell, *style: str) -> None:
        """Write one value over the cells of a row from ``first`` to ``last``."""
        self.merge_block(row, row, first, last, value, *style)

    def merge_block(
        self, top: int, bottom: int, first: int, last: int, value: Cell, *style: str
    ) -> None:
        """Write one value over a block of cells."""
        if (top, first) != (bottom, last):
            code = self.sheet.merge_range(top, first, bottom, last, "", self.styles(*style))
            require_written(code, self.name, top, first)
        if top == bottom:
            self._note_height(top, first, last, value, style)
        self._write(top, first, value, style)

    def _write(self, row: int, column: int, value: Cell, style: tuple[str, ...]) -> None:
        """Write a value; a formula with a target leads to the rows that it adds up.

        A text that is a link must fit on one line (see ``Link``).
        """
        if isinstance(value, bool):
            raise TypeError("a mark is written as a text")
        look, target, shown, tip = self.styles(*style), "", "", None
        if isinstance(value, Formula):
            target, shown = value.target, str(value.value)
        elif isinstance(value, Link):
            target, tip = value.target, clean_text(value.tip)[:_LONGEST_TIP] or None
            value = value.text
            shown = clean_text(str(value))
            shown = shown if len(runs(shown)) == 1 else "→"
        self._links += bool(target)
        if target and self._links <= MOST_LINKS:
            parts = (*style, "link") if isinstance(value, Formula) else ("link", *style)
            look = self.styles(*parts)
            link = f"internal:{target}"
            code = self.sheet.write_url(row, column, link, look, string=shown, tip=tip)
            require_written(int(code), self.name, row, column)
        content = clean_text(value) if isinstance(value, str) else value
        write_cell(self.sheet, row, column, content, look)

    def row(
        self,
        row: int,
        columns: SheetColumns,
        record: Mapping[str, Cell],
        *look: str,
        looks: Mapping[str, str] | None = None,
        first: int = 0,
    ) -> None:
        """Write a record, each value in its column's style, in ``look`` and its own ``looks``."""
        own = looks or {}
        for index, column in enumerate(columns, start=first):
            style = (*column.style.split(), *look, *own.get(column.id, "").split())
            self.put(row, index, record.get(column.id), *style)

    def rows(
        self, columns: SheetColumns, records: Sequence[Mapping[str, Cell]], first: int, *look: str
    ) -> None:
        """Write records below each other from row ``first`` on."""
        for row, record in enumerate(records, start=first):
            self.row(row, columns, record, *look)

    def tally(self, row: int, column: int, heads: Sequence[str], counts: Mapping[str, Cell]) -> int:
        """Write what is counted below two heads, a line each; return the last row."""
        for index, head in enumerate(heads, start=column):
            self.put(row, index, head, "head")
        for row, (words, count) in enumerate(counts.items(), start=row + 1):  # noqa: B020, PLR1704
            self.put(row, column, words, "text")
            self.put(row, column + 1, count, "number")
        return row

    def prose(self, row: int, text: str, *style: str, size: float = 11, first: int = 0) -> float:
        """Write a paragraph over the page's whole width, as high as it needs; return the height."""
        self.merge(row, first, len(self.widths) - 1, text, *style)
        points = self.lines(text, first, size=size) * LINE * size / 11 + 2
        self.height(row, points)
        return points

    # --- rows -------------------------------------------------------------------------------

    def _note_height(
        self, row: int, first: int, last: int, value: Cell, style: tuple[str, ...]
    ) -> None:
        """Remember how high the row must be for a text that wraps."""
        text = value.text if isinstance(value, Link) else value
        look = self.styles(*style)
        if isinstance(text, str) and look.text_wrap:
            size, room = float(look.font_size), self.room(first, last) - INDENT * look.indent
            lines = lines_needed(text, room, size=size, bold=bool(look.bold))
            points = lines * LINE * size / 11 + 1
            self._needed[row] = max(self._needed.get(row, 0.0), points)

    def room(self, first: int, last: int) -> float:
        """Return the width of the cells from ``first`` to ``last`` together, in digits."""
        joined = self.widths[first : last + 1]
        return sum(joined) + _PADDING * (len(joined) - 1)

    def lines(self, text: str, first: int, *, size: float = 11) -> int:
        """Return how many lines ``text`` fills from column ``first`` to the last."""
        return lines_needed(text, self.room(first, len(self.widths) - 1), size=size)

    def height(self, row: int, points: float) -> None:
        """Set a row's height."""
        self._heights[row] = points
        require_written(self.sheet.set_row(row, points), self.name, row, 0)

    def dense(self, first: int, last: int) -> None:
        """Make the rows of a table of small letters as low as their texts allow."""
        for row in range(first, last + 1):
            self.height(row, min(max(self._needed.get(row, 0.0), DENSE), HIGHEST))

    def fold(self, rows: Iterable[int], level: int = 1) -> None:
        """Let rows fold into the row above them: the reader shuts and opens the group."""
        self.sheet.outline_settings(visible=True, symbols_below=False)
        self._folded.update(dict.fromkeys(rows, level))

    def finish(self) -> None:
        """Write the notices; make each row as high as its texts need, unless its height was set.

        Nothing is written to the sheet afterwards.
        """
        if lost := max(0, self._links - MOST_LINKS):
            numbers = {"lost": write_number(lost), "of": write_number(self._links)}
            self.notice(say.LINKS_LOST.format(**numbers))
        if self._notices:
            text = ". ".join(self._notices) + "."
            lines = lines_needed(text, self.room(0, self.title_end), bold=True)
            self.merge(NOTICE_ROW, 0, self.title_end, text, "notice", "subtitle", "bold")
            self.height(NOTICE_ROW, lines * LINE + 3)
        if self._footer:
            self.sheet.set_footer(self._footer)
        for row, points in self._needed.items():
            if row not in self._heights and points > LINE + 1:
                self.height(row, min(points, HIGHEST))
        for row, level in self._folded.items():
            self.sheet.set_row(row, self._heights.get(row), None, {"level": level})
        self.sheet.settle()

    # --- title, head, page ------------------------------------------------------------------

    def open_table(  # noqa: PLR0913 — all that a table opens with
        self,
        block: TitleBlock,
        columns: SheetColumns,
        title: str,
        note: str | Link = "",
        *style: str,
        printed: int | None = None,
        filtered: bool = True,
    ) -> None:
        """Write title block and head, which stays in sight; only ``printed`` columns are printed.

        The sheet is printed one page wide, its head on every page. The head of a table that
        is to be ``filtered`` has room for the buttons.
        """
        columns = columns.said(self.said)
        if filtered:
            columns = columns.with_buttons(float(self.styles("head", *style).font_size))
        self.set_widths(columns.widths[:printed])
        self.title_block(block, title, note)
        self.set_widths(columns.widths)
        self.table_head(columns, *style, buttons=filtered)
        self.repeat_head(2)
        self.fit_to_width()

    def set_widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns from the left."""
        self.widths = list(widths)
        for index, width in enumerate(widths):
            require_written(self.sheet.set_column(index, index, width), self.name, 0, index)

    def title_block(self, block: TitleBlock, title: str, note: str | Link = "") -> None:
        """Write the rows above the table: issuing body, title, month, moment, coverage.

        They are no wider than the first screen, however wide the table is.
        """
        title, note = self.said(title), self.said(note) if isinstance(note, str) else note
        reached = accumulate(one + _PADDING for one in self.widths)
        last = self.title_end = max(sum(1 for end in reached if end <= FIRST_SCREEN) - 1, 0)
        width = sum(self.widths[: last + 1])
        split = self.column_at(0.42 * width)
        right = max(self.column_at(0.55 * width), split + 1)
        self.merge(0, 0, split, block.superior.upper(), "issuer")
        self.merge(1, 0, split, block.board.upper(), "issuer", "bold")
        if last >= right:
            self.merge(0, right, last, block.guidance, "issuer")
            self.merge(1, right, last, say.MONTH.format(month=block.month), "issuer", "bold")
        self.merge(3, 0, last, title, "title")
        lines = lines_needed(title, self.room(0, last), size=14, bold=True)
        self.height(3, lines * LINE * 14 / 11 + 3)
        self.merge(4, 0, last, block.until, "subtitle")
        self.merge(5, 0, last, block.coverage, "subtitle")
        if isinstance(note, Link):
            self.put(6, 1, note, "small")
        elif note:
            self.merge(6, 0, last, note, "aside")
            self.height(6, lines_needed(note, self.room(0, last)) * LINE + 1)
        # it is scaled with the page
        left = f'&L&"{FONT},Italic"&11{block.footer}: {self.name}'
        self._footer = f'{left}&R&"{FONT},Regular"&11{say.PAGE}'

    def column_at(self, goal: float) -> int:
        """Return the column in which this width, counted from the left, lies."""
        reached = 0.0
        for index, width in enumerate(self.widths):
            reached += width
            if round(reached, 3) >= round(goal, 3):
                return index
        return len(self.widths) - 1

    def table_head(self, columns: SheetColumns, *style: str, buttons: bool = False) -> None:
        """Write the heads in two rows; a column without a joint head stands over both."""
        look, row, index = ("head", *style), HEAD_ROW, 0
        for over, group in groupby(columns, key=lambda column: column.over):
            members = list(group)
            if over:
                self.merge(row, index, index + len(members) - 1, over, *look)
            top = row + 1 if over else row
            for at, column in enumerate(members, start=index):
                self.merge_block(top, row + 1, at, at, column.head, *look)
            index += len(members)
        size = float(self.styles(*look).font_size)
        upper, lower = head_lines(columns, size, buttons=buttons)
        self.height(row, upper * LINE * size / 11 + 3)
        self.height(row + 1, lower * LINE * size / 11 + 3)

    def repeat_head(self, frozen_columns: int) -> None:
        """Keep the head and the first columns in sight and the head on every printed page."""
        self.sheet.freeze_panes(FIRST_ROW, frozen_columns)
        self.sheet.repeat_rows(HEAD_ROW, HEAD_ROW + 1)

    def height_of(self, rows: int) -> float:
        """Return how high the first rows are together as they are written so far, in points."""
        return sum(
            self._heights.get(row, max(self._needed.get(row, 0.0), LINE)) for row in range(rows)
        )

    def scale_to(self, width: float, at_most: float = 1.0) -> float:
        """Print all columns within ``width`` points, no larger than they are; return the scale.

        Excel keeps page breaks then, which it ignores where a sheet is fitted to pages.
        """
        pixels = sum(one * _PIXELS_A_DIGIT + _COLUMN_PADDING for one in self.widths)
        percent = int(100 * min(width / (pixels * _POINTS_A_PIXEL), at_most) * _SAFETY)
        self.sheet.set_print_scale(percent)
        return percent / 100

    def print_table(self, rows: int, columns: int) -> None:
        """Print so many of a table's first rows and columns; without a row it is for the screen."""
        if rows:
            self.sheet.print_area(0, 0, FIRST_ROW + rows - 1, columns - 1)
        else:
            self.for_screen()

    def for_screen(self) -> None:
        """Keep the sheet out of what is printed with the book; its title block says so.

        Its print area is an empty cell without a footer: LibreOffice prints no page of it,
        and one that Excel prints is blank. Who needs some of it on paper prints what is
        selected.
        """
        self.notice(say.FOR_SCREEN)
        self._footer = ""
        self.sheet.print_area(0, len(self.widths) + 1, 0, len(self.widths) + 1)

    def fit_to_width(self) -> None:
        """Print the sheet one page wide, as many pages high as it takes."""
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()

    # --- more rows than fit, charts, colours, filters ----------------------------------------

    def notice(self, text: str) -> None:
        """Say in the title block, in bold, what the reader would not expect of the sheet."""
        self._notices.append(text)

    def leave_out(
        self,
        columns: SheetColumns,
        records: Sequence[Mapping[str, Cell]],
        shown: int,
        what: str = say.ROWS,
        part: str = "",
    ) -> None:
        """Keep records that do not fit below the ``shown`` in a file; the title block names it."""
        if records:
            path = self.rest.keep(self.name, columns.said(self.said), records, part)
            self.notice(overflow_files.notice(shown, shown + len(records), what, path))

    def insert(self, row: int, column: int, chart: Chart) -> None:
        """Put a chart on the sheet; it moves with the cells and keeps its size."""
        place = {"x_offset": 4, "y_offset": 4, "object_position": 2}
        code = self.sheet.insert_chart(row, column, chart, place)
        require_written(code, self.name, row, column)

    def highlight(
        self, cells: tuple[int, int, int], style: str, criteria: str, value: str | int
    ) -> None:
        """Colour the cells (first row, column, last row) that a comparison holds for."""
        first, column, last = cells
        condition: dict[str, Any] = {"type": "cell", "criteria": criteria, "value": value}
        condition["format"] = self.styles(style)
        code = self.sheet.conditional_format(first, column, last, column, condition)
        require_written(code, self.name, first, column)

    def filter(self, first: int, last: int, columns: SheetColumns) -> None:
        """Put filter buttons on the head of the rows from ``first`` to ``last``."""
        if last >= first:
            code = self.sheet.autofilter(first - 1, 0, last, len(columns) - 1)
            require_written(code, self.name, first - 1, 0)
