"""A sheet as a table attached to a report (biểu kèm theo báo cáo): page, head, signatures."""

from __future__ import annotations

from tdkt_batch.campaign.letters import PaperStyle
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.styles import FONT
from tdkt_batch.sheets.text_width import lines_needed
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_long_day, write_moment

_MM = 1 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
"""The margins in millimetres, within what both circular 01/2011 and decree 30/2020 allow."""
_POINTS = 72 / 25.4
WIDTH, HEIGHT = (210 - LEFT - RIGHT) * _POINTS, (297 - TOP - BOTTOM) * _POINTS
"""What an upright A4 page holds between its margins, in points."""
_TITLE, _TITLE_SIZE = "Biểu tổng hợp tiến độ, kết quả tổ chức", 13
SIGNATURE_ROWS = 6


def lay_out(page: Page, plan: Plan) -> None:
    """Set margins and page number as the regulation has them that the campaign names."""
    page.sheet.set_margins(LEFT * _MM, RIGHT * _MM, TOP * _MM, BOTTOM * _MM)
    number = f'&"{FONT},Regular"&13&P'
    if plan.campaign.letters.style is PaperStyle.CIRCULAR_2011:
        page.sheet.set_footer(f"&R{number}", {"margin": 10 * _MM, "scale_with_doc": False})
    else:
        page.sheet.set_header(f"&C{number}", {"margin": 10 * _MM, "scale_with_doc": False})


def write_head(page: Page, plan: Plan) -> float:
    """Write issuing body, title, report, moment and coverage; return the height, rows are 0–7."""
    last = len(page.widths) - 1
    head, until = plan.head, plan.report.received_until
    page.merge(0, 0, 1, head.superior.upper(), "issuer")
    page.merge(1, 0, 1, head.board.upper(), "issuer", "bold")
    page.merge(0, 2, last, head.guidance, "issuer")
    page.merge(1, 2, last, f"Kỳ báo cáo: tháng {head.month}", "issuer", "bold")
    title = f"{_TITLE} {plan.campaign.name}".upper()
    room = sum(page.widths)
    lines = lines_needed(title, room, size=_TITLE_SIZE, bold=True)
    page.merge(3, 0, last, title, "title", "of_13")
    page.height(3, lines * LINE * _TITLE_SIZE / 11 + 2)
    symbol = plan.campaign.letters.office.report_symbol
    month = write_long_day(until).partition(" tháng ")[2]
    report = f"(Kèm theo Báo cáo số         /{symbol} ngày       tháng {month} của {head.board})"
    page.merge(4, 0, last, report, "subtitle")
    page.merge(5, 0, last, f"(Số liệu đến {write_moment(until)})", "subtitle")
    coverage = lines_needed(f"({head.coverage})", room)
    page.merge(6, 0, last, f"({head.coverage})", "subtitle")
    page.height(6, coverage * LINE + 1)
    page.height(7, 6)
    return 5 * LINE + lines * LINE * _TITLE_SIZE / 11 + coverage * LINE + 9


def write_signatures(page: Page, plan: Plan, row: int) -> None:
    """Write place and day, who drew up the table and who signs, over ``SIGNATURE_ROWS`` rows."""
    campaign, until = plan.campaign, plan.report.received_until
    last = len(page.widths) - 1
    day = f"{campaign.board.place}, {write_long_day(until)}"
    page.merge(row, 3, last, day, "subtitle")
    for first, end, title, name in (
        (0, 1, campaign.board.preparer_title, ""),
        (3, last, campaign.board.signatory_title, campaign.letters.office.signatory_name),
    ):
        page.merge(row + 1, first, end, title, "middle", "bold")
        page.merge(row + 2, first, end, "(Ký, ghi rõ họ tên)", "subtitle")
        page.merge(row + 5, first, end, name, "middle", "bold")
    for offset in range(SIGNATURE_ROWS):
        page.height(row + offset, LINE)
