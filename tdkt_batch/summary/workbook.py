"""The consolidated workbook: its sheets in their order, the same bytes for the same month."""

from __future__ import annotations

import io
from collections.abc import Callable

from xlsxwriter import Workbook

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.report import MonthReport
from tdkt_batch.statistics import Statistics
from tdkt_batch.summary import (
    arrivals,
    awards,
    delegates,
    districts,
    elected,
    files,
    findings,
    matrix,
    overview,
    rules,
    units,
)
from tdkt_batch.summary.page import Page
from tdkt_batch.summary.plan import (
    ARRIVALS,
    AWARDS,
    DELEGATES,
    DISTRICTS,
    ELECTED,
    FILES,
    FINDINGS,
    MATRIX,
    OVERVIEW,
    RULES,
    UNITS,
    Plan,
    plan_of,
)
from tdkt_batch.summary.styles import BASE, Styles

_WRITERS: tuple[tuple[str, Callable[[Page, Plan], None], bool], ...] = (
    (OVERVIEW, overview.write, False),
    (DISTRICTS, districts.write, True),
    (UNITS, units.write, True),
    (FINDINGS, findings.write, True),
    (ARRIVALS, arrivals.write, True),
    (DELEGATES, delegates.write, True),
    (AWARDS, awards.write, True),
    (ELECTED, elected.write, True),
    (MATRIX, matrix.write, True),
    (RULES, rules.write, True),
    (FILES, files.write, True),
)
"""Name, writer and whether the page lies on its side."""


def write_workbook(campaign: Campaign, report: MonthReport, statistics: Statistics) -> bytes:
    """Return the month's workbook (.xlsx); no clock and no file is touched."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": dict(BASE),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(stream, options)
    plan = plan_of(campaign, report, statistics)
    _describe(book, plan)
    styles = Styles(book)
    pages = [Page(book, styles, name, landscape=wide) for name, _, wide in _WRITERS]
    for page, (_, write, _) in zip(pages, _WRITERS, strict=True):
        write(page, plan)
        page.fit_heights()
    pages[0].sheet.activate()
    book.close()
    return stream.getvalue()


def _describe(book: Workbook, plan: Plan) -> None:
    """Set the properties; the moment of creation is the report's own."""
    book.set_properties(
        {
            "title": f"Biểu tổng hợp tháng {plan.report.month.vietnamese}",
            "subject": plan.campaign.name,
            "author": plan.campaign.board.name,
            "company": plan.campaign.board.superior,
            "comments": f"{plan.head.until}. {plan.head.coverage}.",
            "created": plan.report.received_until.replace(tzinfo=None),
        }
    )
