"""One sheet of the workbook: its title block, its table's head, its printed page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from tdkt_batch.sheets import overflow
from tdkt_batch.sheets.columns import Columns, head_lines
from tdkt_batch.sheets.sheet import HIGHEST, LINE, Sheet, require_written
from tdkt_batch.sheets.styles import FONT, Styles
from tdkt_batch.sheets.text_width import lines_needed
from tdkt_batch.vietnamese.writing import write_number

NOTICE_ROW = 2
"""Where a sheet says what it could not hold."""
HEAD_ROW = 7
"""Where a table's head begins, two rows high; rows and columns count from 0."""
FIRST_ROW = 9
"""The first row of a table."""
A4 = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above every table: who issues it, of which month, until when, how complete."""

    superior: str
    board: str
    guidance: str
    month: str
    until: str
    coverage: str
    footer: str


class Page(Sheet):
    """A sheet being written, as it is printed: title block, table, heads on every page."""

    def __init__(
        self,
        book: Workbook,
        styles: Styles,
        name: str,
        *,
        landscape: bool = True,
        rest: overflow.Rest | None = None,
    ) -> None:
        super().__init__(book, styles, name)
        self.rest = rest or overflow.Rest()
        self._folded: dict[int, int] = {}
        self._notices: list[str] = []
        self._title_end = 0
        self.sheet.hide_gridlines(2)
        self.sheet.set_paper(A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.6)
        if landscape:
            self.sheet.set_landscape()

    # --- rows -------------------------------------------------------------------------------

    def fit_heights(self) -> None:
        """Make each row as high as its texts need, where no height was set; then fold rows."""
        self._write_notices()
        for row, points in self._needed.items():
            if row not in self._heights and points > LINE + 1:
                self.height(row, min(points, HIGHEST))
        for row, level in self._folded.items():
            self.sheet.set_row(row, self._heights.get(row), None, {"level": level})

    def fold(self, rows: Iterable[int], level: int = 1) -> None:
        """Let rows fold into the row above them: the reader shuts and opens the group."""
        self.sheet.outline_settings(visible=True, symbols_below=False)
        self._folded.update(dict.fromkeys(rows, level))

    def notice(self, text: str) -> None:
        """Say in the title block, in bold, what the reader would not expect of the sheet."""
        self._notices.append(text)

    def _write_notices(self) -> None:
        lost, of = self.links_lost
        if lost:
            part = f"{write_number(lost)}/{write_number(of)}"
            self.notice(f"{part} chỗ cuối trang không có liên kết: Excel không đọc được nhiều hơn")
        if self._notices:
            text = ". ".join(self._notices) + "."
            lines = lines_needed(text, self.room(0, self._title_end), bold=True)
            self.merge(NOTICE_ROW, 0, self._title_end, text, "notice", "subtitle", "bold")
            self.height(NOTICE_ROW, lines * LINE + 3)

    def fitting(
        self, columns: Columns, records: Sequence[dict[str, Any]], what: str = "dòng"
    ) -> Sequence[dict[str, Any]]:
        """Return the records that fit into the sheet; the title block names the rest's file."""
        most = overflow.MOST_ROWS
        if len(records) > most:
            path = self.rest.keep(self.name, columns, records[most:], what)
            self.notice(overflow.notice(most, len(records), what, path))
        return records[:most]

    def prose(self, row: int, text: str, *style: str, size: float = 11, first: int = 0) -> float:
        """Write a paragraph over the page's whole width, as high as it needs; return the height."""
        lines = self.lines(text, first, size=size)
        self.merge(row, first, len(self.widths) - 1, text, *style)
        points = lines * LINE * size / 11 + 2
        self.height(row, points)
        return points

    # --- columns, head and title --------------------------------------------------------------

    def set_widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns from the left."""
        self.widths = list(widths)
        for index, width in enumerate(widths):
            require_written(self.sheet.set_column(index, index, width), self.name, 0, index)

    def title_block(self, head: Head, title: str, note: str = "") -> None:
        """Write the rows above the table: issuing body, title, month, moment, coverage."""
        last = self._title_end = len(self.widths) - 1
        split = self.column_at(0.42)
        right = max(self.column_at(0.55), split + 1)
        self.merge(0, 0, split, head.superior.upper(), "issuer")
        self.merge(1, 0, split, head.board.upper(), "issuer", "bold")
        if last >= right:
            self.merge(0, right, last, head.guidance, "issuer")
            self.merge(1, right, last, f"Kỳ báo cáo: tháng {head.month}", "issuer", "bold")
        self.prose(3, title, "title", size=14)
        lines = lines_needed(title, self.room(0, last), size=14, bold=True)
        self.height(3, lines * LINE * 14 / 11 + 3)
        self.merge(4, 0, last, head.until, "subtitle")
        self.merge(5, 0, last, head.coverage, "subtitle")
        if note:
            self.merge(6, 0, last, note, "aside")
        left = f'&L&"{FONT},Italic"&9{head.footer}: {self.name}'
        self.sheet.set_footer(f'{left}&R&"{FONT},Regular"&9Trang &P/&N')

    def column_at(self, share: float) -> int:
        """Return the column in which this share of the page's width lies."""
        reached, goal = 0.0, share * sum(self.widths)
        for index, width in enumerate(self.widths):
            reached += width
            if reached >= goal:
                return index
        return len(self.widths) - 1

    def table_head(self, columns: Columns, row: int = HEAD_ROW, *style: str) -> None:
        """Write the heads in two rows; a column without a joint head stands over both."""
        look = ("head", *style)
        index = 0
        for over, group in groupby(columns, key=lambda column: column.over):
            members = list(group)
            if over:
                self.merge(row, index, index + len(members) - 1, over, *look)
            for offset, column in enumerate(members):
                top = row + 1 if over else row
                self.merge_block(top, row + 1, index + offset, index + offset, column.head, *look)
            index += len(members)
        size = float(self.styles(*look).font_size)
        upper, lower = head_lines(columns, size)
        self.height(row, upper * LINE * size / 11 + 3)
        self.height(row + 1, lower * LINE * size / 11 + 3)

    def rows(
        self, columns: Columns, records: Sequence[dict[str, Any]], first: int, *look: str
    ) -> None:
        """Write records below a head, each value in its column's style and in ``look``."""
        for row, record in enumerate(records, start=first):
            for index, column in enumerate(columns):
                self.put(row, index, record.get(column.id), *column.style.split(), *look)

    def repeat_and_freeze(self, frozen_columns: int, row: int = HEAD_ROW) -> None:
        """Keep the heads and the first columns in sight and on every printed page."""
        self.sheet.freeze_panes(row + 2, frozen_columns)
        self.sheet.repeat_rows(row, row + 1)

    def fit_to_width(self) -> None:
        """Print the sheet one page wide, as many pages high as it takes."""
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()

    def insert(self, row: int, column: int, chart: Chart) -> None:
        """Put a chart on the sheet; it moves with the cells and keeps its size."""
        code = self.sheet.insert_chart(
            row, column, chart, {"x_offset": 4, "y_offset": 4, "object_position": 2}
        )
        require_written(code, self.name, row, column)

    def lines(self, text: str, first: int, *, size: float = 11) -> int:
        """Return how many lines ``text`` fills from column ``first`` to the last."""
        return lines_needed(text, self.room(first, len(self.widths) - 1), size=size)

    def highlight(self, first: int, column: int, last: int, condition: dict[str, Any]) -> None:
        """Set a conditional format on a column's rows."""
        code = self.sheet.conditional_format(first, column, last, column, condition)
        require_written(code, self.name, first, column)

    def filter(self, first: int, last: int, columns: Columns) -> None:
        """Put filter buttons on the head of the rows from ``first`` to ``last``."""
        if last >= first:
            code = self.sheet.autofilter(first - 1, 0, last, len(columns) - 1)
            require_written(code, self.name, first - 1, 0)
