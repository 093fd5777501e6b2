"""Sheet “Tổng hợp”: what can be signed, details, the units' requests; charts for the screen.

The first part is the table attached to a report (biểu kèm theo báo cáo): the answer
in sentences, the main figures with last month beside them, what leadership is asked
to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from tdkt_batch.campaign.letters import PaperStyle
from tdkt_batch.campaign.roles import Role
from tdkt_batch.sheets.cells import Cell, Formula
from tdkt_batch.sheets.columns import SheetColumns, head_lines
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.styles import FONT, INDENT
from tdkt_batch.sheets.text_width import chunks, lines_needed
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary import overview_chart_tables as chart_tables
from tdkt_batch.summary import overview_charts as charts
from tdkt_batch.summary import overview_text
from tdkt_batch.summary.amount_columns import drawn_by_month
from tdkt_batch.summary.overview_chart_tables import ChartTable
from tdkt_batch.summary.overview_charts import Heads
from tdkt_batch.summary.overview_figures import Indicator, indicators
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_long_day, write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.sheets import MONTH

COLUMNS = SheetColumns.headed(
    say.OVERVIEW_HEADS,
    ("number", 4, "center"), ("label", 24.5, "text"), ("measure", 8, "center"),
    ("plan", 7.2, "number"), ("month", 8.5, "number"), ("to_date", 7.2, "number"),
    ("share", 7.2, "percent"), ("previous", 7.2, "number"), ("note", 22, "text indented"),
)  # fmt: skip
NO_RECORD = "–"
"""What stands under the last run's month when no record has the figure."""
LAST = len(COLUMNS) - 1
_WIDTHS = COLUMNS.widths
_MM, _POINTS = 1 / 25.4, 72 / 25.4
"""A millimetre in inches, and in points."""
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
"""The margins in millimetres, within what both circular 01/2011 and decree 30/2020 allow."""
WIDTH, HEIGHT = (210 - LEFT - RIGHT) * _POINTS, (297 - TOP - BOTTOM) * _POINTS
"""What an upright A4 page holds between its margins, in points."""
_SAFETY = 0.985
"""So much of a page's height is used: programs draw rows a little higher or lower."""
_TITLE_SIZE, _NOTE_SIZE = 13, 11
_SIGNATURE_ROWS = 6
_REQUESTS_ON_PAGE = 2
_LONGEST_PIECE = 1_400
_CHART_ROWS = 15
_LAST_OF_REQUEST = 4
"""Up to which column a request goes; beside it stands who makes it."""


Draw = Callable[[Workbook, str, Heads, int, int], Chart]
"""Draws a chart of the rows of its table, under a title, with its heads as names."""


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
    page.set_widths(_WIDTHS)
    # margins and page number as the regulation has them that the campaign names
    page.sheet.set_margins(LEFT * _MM, RIGHT * _MM, TOP * _MM, BOTTOM * _MM)
    number, place = f'&"{FONT},Regular"&13&P', {"margin": 10 * _MM, "scale_with_doc": False}
    if plan.campaign.letters.style is PaperStyle.CIRCULAR_2011:
        page.sheet.set_footer(f"&R{number}", place)
    else:
        page.sheet.set_header(f"&C{number}", place)
    room = HEIGHT / page.scale_to(WIDTH) * _SAFETY
    at = Cursor(8, _write_head(page, plan), room=room)
    lines = indicators(plan)
    _prose(page, at, overview_text.leads(plan))
    _table(page, at, [one for one in lines if not one.is_detail])
    requests: list[str] = []
    if Role.REQUESTS in plan.campaign.roles.figures:
        requests = overview_text.requests(plan, _REQUESTS_ON_PAGE)
    decisions = overview_text.decisions(plan)
    # what is asked and who signs stand together
    asked = sum(page.lines(text, 0) * LINE + 2 for text in (*requests, *decisions))
    at.keep(asked + (_SIGNATURE_ROWS + 3) * LINE)
    if requests:
        _section(page, at, say.REQUESTS_SECTION, requests)
    _section(page, at, say.DECISIONS_SECTION, decisions)
    _write_signatures(page, plan, at.row)
    at.row += _SIGNATURE_ROWS
    at.new_page()
    details = [line for line in lines if line.is_detail]
    at.keep((len(details) + 5) * LINE)
    _heading(page, at, say.DETAILS_SECTION)
    _table(page, at, details)
    _empty_rows(page, at, 1)
    if plan.report.notes:
        _section(page, at, say.CONTROL_SECTION, [f"– {note}" for note in plan.report.notes])
    _all_requests(page, plan, at)
    page.sheet.print_area(0, 0, at.row - 1, LAST)
    page.sheet.set_h_pagebreaks(at.breaks)
    _empty_rows(page, at, 1)
    _charts(page, plan, at)
    page.sheet.freeze_panes(3, 0)
    page.sheet.center_horizontally()


# --- the page, its head and its signatures --------------------------------------------------------


def _write_head(page: Page, plan: Plan) -> float:
    """Write issuing body, title, report, moment and coverage; return the height, rows are 0–7."""
    head, room = plan.head, sum(_WIDTHS)
    page.merge(0, 0, 2, head.superior.upper(), "issuer")
    page.merge(1, 0, 2, head.board.upper(), "issuer", "bold")
    page.merge(0, 3, LAST, head.guidance, "issuer")
    page.merge(1, 3, LAST, MONTH.format(month=head.month), "issuer", "bold")
    title = say.OVERVIEW_TITLE.format(campaign=plan.campaign.name).upper()
    lines = lines_needed(title, room, size=_TITLE_SIZE, bold=True)
    page.merge(3, 0, LAST, title, "title", "of_13")
    page.height(3, lines * LINE * _TITLE_SIZE / 11 + 2)
    day = write_long_day(plan.report.received_until)
    report = say.ATTACHED_TO.format(
        symbol=plan.campaign.letters.office.report_symbol,
        month=day.partition(say.LONG_MONTH_AFTER)[2],
        board=head.board,
    )
    page.merge(4, 0, LAST, report, "subtitle")
    page.merge(5, 0, LAST, f"({head.until})", "subtitle")
    coverage = lines_needed(f"({head.coverage})", room)
    page.merge(6, 0, LAST, f"({head.coverage})", "subtitle")
    page.height(6, coverage * LINE + 1)
    page.height(7, 6)
    return 5 * LINE + lines * LINE * _TITLE_SIZE / 11 + coverage * LINE + 9


def _write_signatures(page: Page, plan: Plan, row: int) -> None:
    """Write place and day, who drew up the table and who signs."""
    campaign = plan.campaign
    day = f"{campaign.board.place}, {write_long_day(plan.report.received_until)}"
    page.merge(row, 3, LAST, day, "subtitle")
    for first, end, title, name in (
        (0, 1, campaign.board.preparer_title, ""),
        (3, LAST, campaign.board.signatory_title, campaign.letters.office.signatory_name),
    ):
        page.merge(row + 1, first, end, title, "middle", "bold")
        page.merge(row + 2, first, end, say.SIGNED, "subtitle")
        page.merge(row + 5, first, end, name, "middle", "bold")
    for offset in range(_SIGNATURE_ROWS):
        page.height(row + offset, LINE)


# --- sentences and figures ------------------------------------------------------------------------


def _prose(page: Page, at: Cursor, texts: Sequence[str]) -> None:
    for text in texts:
        at.take(page.prose(at.row, text, "prose"))


def _section(page: Page, at: Cursor, title: str, texts: Sequence[str]) -> None:
    at.keep(LINE + 5 + (page.lines(texts[0], 0) * LINE if texts else 0))
    _heading(page, at, title)
    _prose(page, at, texts)


def _heading(page: Page, at: Cursor, title: str) -> None:
    page.merge(at.row, 0, LAST, title, "section")
    page.height(at.row, LINE + 5)
    at.take(LINE + 5)


def _table(page: Page, at: Cursor, lines: Sequence[Indicator]) -> None:
    for index, column in enumerate(COLUMNS):
        page.put(at.row, index, column.head, "head")
    head = sum(head_lines(COLUMNS)) * LINE + 3
    page.height(at.row, head)
    at.take(head)
    for line in lines:
        record: dict[str, Cell] = {one.id: getattr(line, one.id) for one in COLUMNS}
        if line.became_known is not None:
            now, then = (f"{xl_col_to_name(COLUMNS.index_of(one))}{at.row + 1}"
                         for one in ("to_date", "previous"))  # fmt: skip
            text = now if line.previous is None else f"{now}-{then}"
            record["month"] = Formula(text, line.became_known)
        if line.previous is None:
            record["previous"] = NO_RECORD
        looks = dict.fromkeys(record, "bold" if line.is_total else "") | {"note": ""}
        if not line.is_total:
            looks["label"] = f"indented {looks['label']}"
        page.row(at.row, COLUMNS, record, looks=looks)
        label = lines_needed(line.label, _WIDTHS[1], bold=line.is_total)
        note = lines_needed(line.note, _WIDTHS[LAST] - INDENT, size=_NOTE_SIZE)
        label = max(label, lines_needed(line.measure, _WIDTHS[2], bold=line.is_total))
        points = max(label * LINE, note * LINE * _NOTE_SIZE / 11 + 2)
        at.keep(points)
        page.height(at.row, points)
        at.take(points)


def _empty_rows(page: Page, at: Cursor, number: int) -> None:
    for _ in range(number):
        page.height(at.row, LINE)
        at.take(LINE)


# --- charts ---------------------------------------------------------------------------------------


def _charts(page: Page, plan: Plan, at: Cursor) -> None:
    for figure in drawn_by_month(plan.campaign.figures):
        _charted(page, at, chart_tables.progress(plan, figure), charts.progress)
    # a chart of districts stands alone, the higher the more bars it has
    bars = len(charts.bars_in(plan))
    rows = max(_CHART_ROWS, 6 + bars * 5 // 4)
    for drawn in charts.parts_by_place(page.book, plan):
        at.keep(rows * LINE)
        charts.insert(page, at.row, drawn, height=(rows - 1) * LINE)
        _empty_rows(page, at, rows)
    for figure in chart_tables.shares_drawn(plan):
        table = chart_tables.shares(plan, figure, at.row + _CHART_ROWS + 1)
        _charted(page, at, table, charts.shares)
    _charted(page, at, chart_tables.broken_rules(plan), charts.broken_rules)


def _charted(page: Page, at: Cursor, table: ChartTable, draw: Draw) -> None:
    """Write a chart with the table that it draws below it on one page; nothing without lines."""
    if not table.lines:
        return
    name, *others = heads = [page.said(head) for head in table.heads]
    widths = zip(others, _WIDTHS[2:LAST], strict=False)
    head_lines = max(lines_needed(head, width - 1, bold=True) for head, width in widths)
    label_width = _WIDTHS[0] + _WIDTHS[1]
    heights = [head_lines * LINE + 3]
    heights += [lines_needed(str(line[0]), label_width) * LINE for line in table.lines]
    at.keep((_CHART_ROWS + 1) * LINE + sum(heights))
    first = at.row + _CHART_ROWS + 1
    last = first + len(table.lines) - 1
    chart = draw(page.book, page.said(table.title), heads, first, last)
    charts.insert(page, at.row, chart, height=(_CHART_ROWS - 0.5) * LINE)
    _empty_rows(page, at, _CHART_ROWS)
    page.merge(at.row, 0, 1, name, "head")
    for index, head in enumerate(others, start=2):
        page.put(at.row, index, head, "head")
    for line, points in zip((None, *table.lines), heights, strict=True):
        if line is not None:
            page.merge(at.row, 0, 1, line[0], "text")
            cells = zip(line[1:], table.styles, strict=True)
            for index, (cell, style) in enumerate(cells, start=2):
                page.put(at.row, index, cell, style)
        page.height(at.row, points)
        at.take(points)
    _empty_rows(page, at, 1)


# --- every request in full ------------------------------------------------------------------------


def _all_requests(page: Page, plan: Plan, at: Cursor) -> None:
    """Write each request once, in full, beside all who make it."""
    by_text = overview_text.units_by_request(plan)
    if not by_text:
        return
    asking = sum(map(len, by_text.values()))
    title = say.ALL_REQUESTS_SECTION.format(number=write_number(asking))
    at.keep(6 * LINE)
    page.merge(at.row, 0, LAST, title, "section")
    at.take(LINE)
    page.put(at.row, 0, say.NUMBER, "head")
    page.merge(at.row, 1, _LAST_OF_REQUEST, say.CONTENT, "head")
    page.merge(at.row, _LAST_OF_REQUEST + 1, LAST, say.UNIT, "head")
    at.take(LINE)
    rooms = page.room(1, _LAST_OF_REQUEST), page.room(_LAST_OF_REQUEST + 1, LAST)
    for number, (request, units) in enumerate(by_text.items(), start=1):
        names = "; ".join(unit.name for unit in units)
        parts = (chunks(one, _LONGEST_PIECE) for one in (request, names))
        for piece, (text, who) in enumerate(zip_longest(*parts, fillvalue=say.CONTINUED)):
            lines = max(map(lines_needed, (text, who), rooms))
            points = lines * LINE + 1
            at.keep(points)
            link = None if piece else plan.to_unit(units[0].code, number)
            page.put(at.row, 0, link, "center", "top")
            page.merge(at.row, 1, _LAST_OF_REQUEST, text, "text", "top")
            page.merge(at.row, _LAST_OF_REQUEST + 1, LAST, who, "text", "top")
            page.height(at.row, points)
            at.take(points)
