"""Sheet “Tổng hợp”: one page that can be signed, then charts, details and the units' requests.

The first page is the table attached to a report: the answer in sentences, the
main figures with last month beside them, what leadership is asked to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from xlsxwriter.chart import Chart

from tdkt_batch.sheets.cells import Cell
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.text_width import chunks, lines_needed
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary import chart_tables, charts, decisions, official, sentences
from tdkt_batch.summary.chart_tables import Table
from tdkt_batch.summary.indicators import indicators
from tdkt_batch.summary.lines import Indicator
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_number

COLUMNS = SheetColumns((
    SheetColumn("number", "STT", 4.5, "center"),
    SheetColumn("label", "Chỉ tiêu", 35, "text"),
    SheetColumn("measure", "ĐVT", 8.5, "center"),
    SheetColumn("plan", "Kế hoạch", 8, "number"),
    SheetColumn("month", "Thực hiện trong tháng", 10, "number"),
    SheetColumn("to_date", "Lũy kế", 8, "number"),
    SheetColumn("share", "Tỷ lệ", 8, "percent"),
    SheetColumn("previous", "Tháng trước", 8, "number"),
    SheetColumn("note", "Ghi chú", 16, "text tiny"),
))  # fmt: skip
NO_RECORD = "–"
"""What stands under “Tháng trước” when no record of that month is kept."""
LAST = len(COLUMNS) - 1
_PIXELS_A_DIGIT, _PADDING, _POINTS_A_PIXEL, _SAFETY = 7.34, 5, 0.75, 0.985
"""How wide the widest of the programs draws a column; the page must hold it in all of them."""
_REQUESTS_ON_PAGE = 2
_LONGEST_PIECE = 1_400
_CHART_ROWS = 15


@dataclass(slots=True)
class Cursor:
    """Where the next row goes, how much of the page is used, where pages break."""

    row: int
    used: float
    room: float = 0.0
    breaks: list[int] = field(default_factory=list)

    def take(self, points: float) -> None:
        """Use a row of this height."""
        self.row += 1
        self.used += points

    def keep(self, points: float) -> None:
        """Begin a new page unless so much fits on this one."""
        if self.room and self.used + points > self.room:
            self.new_page()

    def new_page(self) -> None:
        """Begin a new page."""
        self.breaks.append(self.row)
        self.used = 0.0


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    official.lay_out(page, plan)
    at = Cursor(8, official.write_head(page, plan))
    lines = indicators(plan)
    _prose(page, at, sentences.leads(plan), "prose")
    _table(page, plan, at, [one for one in lines if not one.is_detail])
    _section(
        page, at, "Vướng mắc, kiến nghị của đơn vị", decisions.requests(plan, _REQUESTS_ON_PAGE)
    )
    _section(page, at, "Nội dung xin ý kiến chỉ đạo", decisions.decisions(plan))
    official.write_signatures(page, plan, at.row)
    at.row += official.SIGNATURE_ROWS
    _further_pages(page, plan, at, lines)
    page.sheet.freeze_panes(3, 0)
    page.sheet.center_horizontally()


def _prose(page: Page, at: Cursor, texts: Sequence[str], *style: str, size: float = 11) -> None:
    for text in texts:
        at.take(page.prose(at.row, text, *style, size=size))


def _section(page: Page, at: Cursor, title: str, texts: Sequence[str]) -> None:
    at.keep(LINE + 5 + (page.lines(texts[0], 0) * LINE if texts else 0))
    page.merge(at.row, 0, LAST, title, "section")
    page.height(at.row, LINE + 5)
    at.take(LINE + 5)
    _prose(page, at, texts, "prose")


# --- the table of figures -----------------------------------------------------------------------


def _table(page: Page, plan: Plan, at: Cursor, lines: Sequence[Indicator]) -> None:
    for index, column in enumerate(COLUMNS):
        page.put(at.row, index, column.head, "head")
    page.height(at.row, 2 * LINE + 3)
    at.take(2 * LINE + 3)
    known = plan.report.previous is not None
    for line in lines:
        _indicator(page, at.row, line, known=known)
        label = lines_needed(line.label, COLUMNS[1].width, bold=line.is_total)
        note = lines_needed(line.note, COLUMNS[LAST].width, size=9)
        points = max(label * LINE, note * LINE * 9 / 11 + 2)
        page.height(at.row, points)
        at.take(points)


def _indicator(page: Page, row: int, line: Indicator, *, known: bool) -> None:
    cells: dict[str, Cell] = {
        "number": line.number,
        "label": line.label,
        "measure": line.measure,
        "plan": line.plan,
        "month": line.month,
        "to_date": line.to_date,
        "share": line.share,
        "previous": line.previous if known else NO_RECORD,
        "note": line.note,
    }
    for index, column in enumerate(COLUMNS):
        indented = ("indented",) if column.id == "label" and line.is_part else ()
        look = ("bold",) if line.is_total and column.id != "note" else ()
        page.put(row, index, cells[column.id], *column.style.split(), *indented, *look)


# --- the pages after the signed one ---------------------------------------------------------------


def _further_pages(page: Page, plan: Plan, at: Cursor, lines: Sequence[Indicator]) -> None:
    """Scale the first page to fit, then write charts, details and every request in full."""
    pixels = sum(column.width * _PIXELS_A_DIGIT + _PADDING for column in COLUMNS)
    width = pixels * _POINTS_A_PIXEL
    used = at.used + official.SIGNATURE_ROWS * LINE
    scale = min(official.WIDTH / width, official.HEIGHT / used, 1.0) * _SAFETY
    scale = max(10, int(100 * scale))
    page.sheet.set_print_scale(scale)
    at.room = official.HEIGHT * 100 / scale
    at.new_page()
    _charts(page, plan, at)
    _details(page, plan, at, lines)
    _notes(page, plan, at)
    _all_requests(page, plan, at)
    page.sheet.set_h_pagebreaks(at.breaks)
    page.sheet.print_area(0, 0, at.row - 1, LAST)


def _charts(page: Page, plan: Plan, at: Cursor) -> None:
    book = page.book
    _charted(page, at, chart_tables.progress(plan), lambda a, b: charts.progress(book, a, b))
    _chart(page, at, charts.reporting(book, plan), len(charts.places_in(plan)))
    _chart(page, at, charts.conferences(book, plan), len(charts.places_in(plan)))
    shares = chart_tables.exemplary(plan, at.row + _CHART_ROWS + 1)
    title = chart_tables.exemplary_title(plan)
    _charted(page, at, shares, lambda a, b: charts.exemplary(book, title, a, b))
    rules = chart_tables.broken_rules(plan)
    _charted(page, at, rules, lambda a, b: charts.broken_rules(book, a, b))


def _chart(page: Page, at: Cursor, chart: Chart | None, bars: int) -> None:
    """Write a chart alone, the higher the more bars it has."""
    if chart is None:
        return
    rows = max(_CHART_ROWS, 6 + bars * 5 // 4)
    at.keep(rows * LINE)
    charts.insert(page, at.row, chart, height=(rows - 1) * LINE)
    _empty_rows(page, at, rows)


def _charted(page: Page, at: Cursor, table: Table, chart: Callable[[int, int], Chart]) -> None:
    """Write a chart with the table that it draws below it; nothing where there is none."""
    if not table.lines:
        return
    at.keep((_CHART_ROWS + len(table.lines) + 4) * LINE)
    first = at.row + _CHART_ROWS + 1
    drawn = chart(first, first + len(table.lines) - 1)
    charts.insert(page, at.row, drawn, height=(_CHART_ROWS - 0.5) * LINE)
    _empty_rows(page, at, _CHART_ROWS)
    page.merge(at.row, 0, 1, table.heads[0], "head")
    for index, head in enumerate(table.heads[1:], start=2):
        page.put(at.row, index, head, "head")
    widths = (COLUMNS[index].width - 1 for index in range(2, LAST))
    heads = zip(table.heads[1:], widths, strict=False)
    points = max(lines_needed(head, width, bold=True) for head, width in heads) * LINE + 3
    page.height(at.row, points)
    at.take(points)
    for line in table.lines:
        page.merge(at.row, 0, 1, line[0], "text")
        for index, (cell, style) in enumerate(zip(line[1:], table.styles, strict=True), start=2):
            page.put(at.row, index, cell, style)
        points = max(1, lines_needed(str(line[0]), COLUMNS[0].width + COLUMNS[1].width)) * LINE
        page.height(at.row, points)
        at.take(points)
    _empty_rows(page, at, 1)


def _empty_rows(page: Page, at: Cursor, number: int) -> None:
    for _ in range(number):
        page.height(at.row, LINE)
        at.take(LINE)


def _details(page: Page, plan: Plan, at: Cursor, lines: Sequence[Indicator]) -> None:
    """Write the figures that the signed page leaves out."""
    shown = [line for line in lines if line.is_detail]
    at.keep((len(shown) + 5) * LINE)
    page.merge(at.row, 0, LAST, "Số liệu chi tiết", "section")
    page.height(at.row, LINE + 5)
    at.take(LINE + 5)
    _table(page, plan, at, shown)
    _empty_rows(page, at, 1)


def _notes(page: Page, plan: Plan, at: Cursor) -> None:
    """Say what could not be taken from the board's control workbook."""
    if plan.report.notes:
        title = "Nội dung trong sổ ý kiến của Ban chưa dùng được"
        _section(page, at, title, [f"– {note}" for note in plan.report.notes])


def _all_requests(page: Page, plan: Plan, at: Cursor) -> None:
    units = plan.statistics.units
    asked = units[units["requests"] != ""]
    if asked.empty:
        return
    title = f"Toàn văn vướng mắc, kiến nghị của {write_number(len(asked))} đơn vị"
    at.keep(6 * LINE)
    page.merge(at.row, 0, LAST, title, "section")
    at.take(LINE)
    page.put(at.row, 0, "STT", "head")
    page.put(at.row, 1, "Đơn vị", "head")
    page.merge(at.row, 2, LAST, "Nội dung", "head")
    at.take(LINE)
    for number, (code, line) in enumerate(asked.iterrows(), start=1):
        for piece, text in enumerate(chunks(str(line["requests"]), _LONGEST_PIECE)):
            link = None if piece else plan.to_unit(str(code), number)
            name_lines = lines_needed(str(line["name"]), COLUMNS[1].width)
            points = max(page.lines(text, 2), name_lines) * LINE + 1
            at.keep(points)
            page.put(at.row, 0, link, "center", "top")
            page.put(at.row, 1, "(tiếp)" if piece else str(line["name"]), "text", "top")
            page.merge(at.row, 2, LAST, text, "text", "top")
            page.height(at.row, points)
            at.take(points)
