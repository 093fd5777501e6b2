"""Sheet “Tổng hợp”: one page that answers leadership, then charts and the units' requests."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.summary import charts, sentences
from tdkt_batch.summary.cells import Cell
from tdkt_batch.summary.columns import Column, Columns
from tdkt_batch.summary.indicators import indicators
from tdkt_batch.summary.lines import Heading, Indicator
from tdkt_batch.summary.page import LINE, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.summary.text_width import chunks, lines_needed
from tdkt_batch.vietnamese import write_number

COLUMNS = Columns((
    Column("number", "STT", 5, "center"),
    Column("label", "Chỉ tiêu", 43, "text"),
    Column("measure", "ĐVT", 9, "center"),
    Column("plan", "Kế hoạch", 10, "number"),
    Column("month", "Thực hiện trong tháng", 11, "number"),
    Column("to_date", "Lũy kế", 10, "number"),
    Column("share", "Tỷ lệ", 9, "percent"),
    Column("previous", "Tháng trước", 9, "number"),
    Column("note", "Ghi chú", 40, "text small"),
))  # fmt: skip
NO_RECORD = "–"
"""What stands under “Tháng trước” when no record of that month is kept."""

_PAGE_HEIGHT = 757.0
_PAGE_WIDTH = 537.0
"""What an A4 page holds between its margins, in points."""
_POINTS_A_DIGIT = 5.4
_REQUESTS_ON_PAGE = 4
_SIGNATURE_ROWS = 6
_LONGEST_PIECE = 1_400


@dataclass(slots=True)
class Cursor:
    """Where the next row goes, how high the page is so far in points, the delegates' rows."""

    row: int
    height: float
    delegates: tuple[int, int] = (0, 0)


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(plan.head, "BIỂU TỔNG HỢP TÌNH HÌNH TỔ CHỨC HỘI NGHỊ", "")
    at = Cursor(6, 6 * LINE + 8)
    _prose(page, at, sentences.leads(plan), "lead", size=12)
    _table(page, plan, at)
    _chart(page, plan, at)
    _section(
        page, at, "Vướng mắc, kiến nghị của đơn vị", sentences.requests(plan, _REQUESTS_ON_PAGE)
    )
    _section(page, at, "Nội dung xin ý kiến chỉ đạo", sentences.decisions(plan))
    _signatures(page, plan, at)
    _second_page(page, plan, at)
    page.sheet.freeze_panes(3, 0)
    page.sheet.center_horizontally()


def _prose(page: Page, at: Cursor, texts: list[str], *style: str, size: float = 11) -> None:
    for text in texts:
        at.height += page.prose(at.row, text, *style, size=size)
        at.row += 1


def _section(page: Page, at: Cursor, title: str, texts: list[str]) -> None:
    page.merge(at.row, 0, len(COLUMNS) - 1, title, "section")
    page.height(at.row, LINE + 5)
    at.row += 1
    at.height += LINE + 5
    _prose(page, at, texts, "prose")


def _table(page: Page, plan: Plan, at: Cursor) -> None:
    for index, column in enumerate(COLUMNS):
        page.put(at.row, index, column.head, "head")
    page.height(at.row, 2 * LINE + 3)
    at.row += 1
    at.height += 2 * LINE + 3
    for line in indicators(plan):
        if getattr(line, "role", ""):
            at.delegates = (at.delegates[0] or at.row, at.row)
        points = LINE + 1
        if isinstance(line, Heading):
            page.put(at.row, 0, line.number, "center", "heading")
            page.merge(at.row, 1, len(COLUMNS) - 1, line.label, "text", "heading")
        else:
            _indicator(page, at.row, line, known=plan.report.previous is not None)
            points *= max(page.lines(line.note, len(COLUMNS) - 1, size=10), 1)
        page.height(at.row, points)
        at.row += 1
        at.height += points


def _previous(line: Indicator, *, known: bool) -> Cell:
    """Return the figure of a month ago; a dash where no record of that month is kept."""
    return line.previous if known else NO_RECORD


def _indicator(page: Page, row: int, line: Indicator, *, known: bool) -> None:
    cells: dict[str, Cell] = {
        "number": line.number,
        "label": line.label,
        "measure": line.measure,
        "plan": line.plan,
        "month": line.month,
        "to_date": line.to_date,
        "share": line.share,
        "previous": _previous(line, known=known),
        "note": line.note,
    }
    for index, column in enumerate(COLUMNS):
        indented = ("indented",) if column.id == "label" and line.is_part else ()
        look = ("bold",) if line.is_total and column.id != "note" else ()
        page.put(row, index, cells[column.id], *column.style.split(), *indented, *look)


def _chart(page: Page, plan: Plan, at: Cursor) -> None:
    chart = charts.progress_by_group(page.book, plan)
    if chart is None:
        return
    rows = 11
    for offset in range(rows):
        page.height(at.row + offset, LINE)
    charts.insert(page, at.row, chart, height=rows * LINE)
    at.row += rows
    at.height += rows * LINE


def _signatures(page: Page, plan: Plan, at: Cursor) -> None:
    """Write place and day, who drew up the table and who signs."""
    board, until = plan.campaign.board, plan.report.received_until
    last = len(COLUMNS) - 1
    day = f"{board.place}, ngày {until.day:02d} tháng {until.month:02d} năm {until.year}"
    page.merge(at.row, 5, last, day, "subtitle")
    page.merge(at.row + 1, 0, 2, board.preparer_title, "middle", "bold")
    page.merge(at.row + 1, 5, last, board.signatory_title, "middle", "bold")
    page.merge(at.row + 2, 0, 2, "(Ký, ghi rõ họ tên)", "subtitle")
    page.merge(at.row + 2, 5, last, "(Ký, ghi rõ họ tên)", "subtitle")
    for offset in range(_SIGNATURE_ROWS):
        page.height(at.row + offset, LINE)
    at.row += _SIGNATURE_ROWS
    at.height += _SIGNATURE_ROWS * LINE


def _second_page(page: Page, plan: Plan, at: Cursor) -> None:
    """Break the page, then further charts and every request in full."""
    width = sum(COLUMNS[i].width for i in range(len(COLUMNS))) * _POINTS_A_DIGIT
    scale = min(_PAGE_WIDTH / width, _PAGE_HEIGHT / at.height)
    page.sheet.set_print_scale(max(10, min(100, int(scale * 100))))
    first = at.row
    _further_charts(page, plan, at)
    _all_requests(page, plan, at)
    if at.row > first:
        page.sheet.set_h_pagebreaks([first])
    page.sheet.print_area(0, 0, at.row - 1, len(COLUMNS) - 1)


def _further_charts(page: Page, plan: Plan, at: Cursor) -> None:
    parents = charts.progress_by_parent(page.book, plan)
    composition = charts.composition(page.book, plan, *at.delegates)
    for chart in (one for one in (parents, composition) if one is not None):
        rows = 19
        for offset in range(rows):
            page.height(at.row + offset, LINE)
        charts.insert(page, at.row, chart, height=(rows - 1) * LINE)
        at.row += rows


def _all_requests(page: Page, plan: Plan, at: Cursor) -> None:
    units = plan.statistics.units
    asked = units[units["requests"] != ""]
    if asked.empty:
        return
    last = len(COLUMNS) - 1
    title = f"Toàn văn vướng mắc, kiến nghị của {write_number(len(asked))} đơn vị"
    page.merge(at.row, 0, last, title, "section")
    at.row += 1
    page.put(at.row, 0, "STT", "head")
    page.put(at.row, 1, "Đơn vị", "head")
    page.merge(at.row, 2, last, "Nội dung", "head")
    at.row += 1
    for number, (code, line) in enumerate(asked.iterrows(), start=1):
        for piece, text in enumerate(chunks(str(line["requests"]), _LONGEST_PIECE)):
            link = None if piece else plan.to_unit(str(code), number)
            page.put(at.row, 0, link, "center", "top")
            page.put(at.row, 1, "(tiếp)" if piece else str(line["name"]), "text", "top")
            page.merge(at.row, 2, last, text, "text", "top")
            name_lines = lines_needed(str(line["name"]), COLUMNS[1].width)
            page.height(at.row, max(page.lines(text, 2), name_lines) * LINE + 1)
            at.row += 1
