"""The consolidated workbook: its sheets in their order, the same bytes for the same month."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xlsxwriter import Workbook

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.statistics import Statistics, summarise
from tdkt_batch.report import MonthReport
from tdkt_batch.sheets.overflow import Rest
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.styles import BASE, Styles
from tdkt_batch.summary import (
    arrivals,
    awards,
    changes,
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
from tdkt_batch.summary.plan import (
    ARRIVALS,
    AWARDS,
    CHANGES,
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

_WRITERS: tuple[tuple[str, Callable[[Page, Plan], None], bool], ...] = (
    (OVERVIEW, overview.write, False),
    (DISTRICTS, districts.write, True),
    (UNITS, units.write, True),
    (FINDINGS, findings.write, True),
    (CHANGES, changes.write, True),
    (ARRIVALS, arrivals.write, True),
    (DELEGATES, delegates.write, True),
    (AWARDS, awards.write, True),
    (ELECTED, elected.write, True),
    (MATRIX, matrix.write, True),
    (RULES, rules.write, True),
    (FILES, files.write, True),
)
"""Name, writer and whether the page lies on its side."""


@dataclass(frozen=True, slots=True)
class Written:
    """The workbook, and the files of what its sheets could not hold, by their path beside it."""

    content: bytes
    rest: Mapping[str, bytes]


def write_workbook(
    campaign: Campaign,
    report: MonthReport,
    statistics: Statistics,
    to_date: Statistics | None = None,
) -> bytes:
    """Return the month's workbook (.xlsx) alone; see ``build_workbook``."""
    return build_workbook(campaign, report, statistics, to_date).content


def build_workbook(
    campaign: Campaign,
    report: MonthReport,
    statistics: Statistics,
    to_date: Statistics | None = None,
) -> Written:
    """Return the month's workbook and what it could not hold; no clock and no file is touched.

    ``statistics`` are the month's figures, ``to_date`` those of each unit's latest
    report (``summarise`` of ``report.to_date()``, made here when not given).
    """
    to_date = to_date or summarise(campaign, report.to_date())
    rest = Rest()
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": dict(BASE),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(stream, options)
    plan = plan_of(campaign, report, statistics, to_date)
    _describe(book, plan)
    styles = Styles(book)
    pages = [Page(book, styles, name, landscape=wide, rest=rest) for name, _, wide in _WRITERS]
    for page, (_, write, _) in zip(pages, _WRITERS, strict=True):
        write(page, plan)
        page.finish()
    pages[0].sheet.activate()
    book.close()
    return Written(stream.getvalue(), rest.files)


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
