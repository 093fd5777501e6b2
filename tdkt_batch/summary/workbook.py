"""The consolidated workbook: its sheets in their order, the same bytes for the same month."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import FigurePlace
from tdkt_batch.campaign.sheet_list import ListLayout, SheetList
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.progress import headline_figure
from tdkt_batch.report import MonthReport
from tdkt_batch.sheets.overflow_files import Rest
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import new_book, tell_whose
from tdkt_batch.summary import (
    about,
    adjustments,
    amounts,
    arrivals,
    changes,
    districts,
    files,
    findings,
    first_page,
    lists_below_units,
    lists_counted,
    lists_of_rows,
    lists_of_units,
    outcomes,
    overview,
    reporting_grades,
    rule_book,
    unit_changes,
    units,
)
from tdkt_batch.summary.plan import Plan, plan_of
from tdkt_batch.wording import summary as say

_WRITERS: Mapping[str, Callable[[Page, Plan], None]] = {
    say.FIRST_PAGE: first_page.write,
    say.OVERVIEW: overview.write,
    say.ABOUT: partial(about.write, sheets=()),
    say.ADJUSTMENTS: adjustments.write,
    say.GRADES: reporting_grades.write,
    say.DISTRICTS: districts.write,
    say.UNITS: units.write,
    say.FINDINGS: findings.write,
    say.CHANGES: changes.write,
    say.UNIT_CHANGES: unit_changes.write,
    say.ARRIVALS: arrivals.write,
    say.AMOUNTS: amounts.write,
    say.UNIT_GRADES: reporting_grades.write_units,
    say.REVIEW: outcomes.write,
    say.RULE_BOOK: rule_book.write,
    say.FILES: files.write,
}
"""The sheets by name, in their order: what is printed, then what is for the screen.

A program that prints an empty page for a sheet of which nothing is printed does so behind
all others (decision 19). All but the first three lie on their side.
"""
_UPRIGHT = (say.FIRST_PAGE, say.OVERVIEW, say.ABOUT)
_LISTS: Mapping[ListLayout, Callable[[Page, Plan, SheetList], None]] = {
    ListLayout.ROWS: lists_of_rows.write,
    ListLayout.BELOW_UNITS: lists_below_units.write,
    ListLayout.UNITS: lists_of_units.write,
    ListLayout.COUNTED: lists_counted.write,
}
"""What writes a list of the campaign on a sheet of its own."""


@dataclass(frozen=True, slots=True)
class WrittenBook:
    """The workbook, and the files of what its sheets could not hold, by their path beside it."""

    content: bytes
    rest: Mapping[str, bytes]


def build_workbook(
    campaign: Campaign, report: MonthReport, figures: MonthFigures | None = None
) -> WrittenBook:
    """Return the month's workbook and what it could not hold; no clock is asked and no file stays.

    ``figures`` are those that the campaign declares, made here when not given. The moment
    of creation is the report's own. A sheet of figures of which none is declared is not
    written, nor one of adjustments where nothing was issued before.
    """
    rest, stream = Rest(), io.BytesIO()
    book = new_book(stream, in_memory=False)
    plan = plan_of(campaign, report, figures)
    comments = f"{plan.head.until}. {plan.head.coverage}."
    tell_whose(book, campaign, plan.head.footer, report.received_until, comments=comments)
    styles = Styles(book)
    writers = _writers(campaign, report)
    pages = {
        name: Page(book, styles, name, landscape=name not in _UPRIGHT, rest=rest)
        for name in writers
    }
    for name, page in pages.items():
        page.said = campaign.words.said
        writers[name](page, plan)
        page.finish()
    next(iter(pages.values())).sheet.activate()
    with TemporaryDirectory() as book.tmpdir:  # a country's sheets are larger than memory should be
        book.close()
    return WrittenBook(stream.getvalue(), rest.files)


def _writers(campaign: Campaign, report: MonthReport) -> dict[str, Callable[[Page, Plan], None]]:
    """Return what writes each sheet of a campaign, its lists behind the units' reports."""
    writers: dict[str, Callable[[Page, Plan], None]] = {}
    has_content = {
        say.FIRST_PAGE: headline_figure(campaign) is not None,
        say.AMOUNTS: bool(campaign.figures.all),
        say.DISTRICTS: bool(campaign.figures.standing_in(FigurePlace.DISTRICTS)),
        say.ADJUSTMENTS: report.issued is not None,
    }
    for name, write in _WRITERS.items():
        if has_content.get(name, True):
            writers[campaign.words.said(name)] = write
        if name == say.ARRIVALS:
            lists = campaign.sheet_lists
            own = (one for one in lists if not any(map(one.stands_below, lists)))
            writers |= {one.sheet: partial(_write_list, of=one) for one in own}
    writers[campaign.words.said(say.ABOUT)] = partial(about.write, sheets=tuple(writers))
    return writers


def _write_list(page: Page, plan: Plan, of: SheetList) -> None:
    _LISTS[of.layout](page, plan, of)
