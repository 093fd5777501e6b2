"""The small book of a unit with others below it: their states, findings and figures, to confirm.

Its sheets are those of the consolidated workbook, written over these units alone, behind a
first page that says what is in it and has room for what is to be put right.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthRecord, MonthReport, UnitReport
from tdkt_batch.rules.requests_to_units import reply_day
from tdkt_batch.sheets.cells import Link, quoted
from tdkt_batch.sheets.page import HEAD_ROW, Page
from tdkt_batch.sheets.styles import BASE, Styles
from tdkt_batch.sheets.writing import new_book
from tdkt_batch.summary import amounts, findings, units
from tdkt_batch.summary.plan import Plan, plan_of
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import FOR_THE_OFFICER, UNIT_STATES

_WIDTHS = (4, 26, 30, 13, 13)
_ROOM = 6
"""How many lines there are for what is to be put right."""
_ROW = 20.0


@dataclass(frozen=True, slots=True)
class DistrictBook:
    """A small book: whose it is, its file's name, its content."""

    unit: Unit
    name: str
    content: bytes


def district_books(
    campaign: Campaign, report: MonthReport, figures: MonthFigures
) -> Iterator[DistrictBook]:
    """Yield the book of each unit of the month with others below it, in the register's order."""
    for one in report.units:
        code = one.unit.code
        below = figures.units_by_parent.get(code, ())
        if below:
            content = _book(campaign, one.unit, _only({code, *below}, report))
            yield DistrictBook(
                one.unit,
                say.DISTRICT_BOOK_FILE.format(month=report.month, name=one.unit.name, code=code),
                content,
            )


def _only(codes: Collection[str], report: MonthReport) -> MonthReport:
    """Return the month as if these units were all; files and what is the officer's stay behind."""
    return replace(
        report,
        units=tuple(_told(one) for one in report.units if one.unit.code in codes),
        files=(),
        containers=(),
        notes=(),
        issued=None,
        past=tuple(_record_of(codes, one) for one in report.past),
    )


def _told(report: UnitReport) -> UnitReport:
    told = tuple(one for one in report.findings if one.code not in FOR_THE_OFFICER)
    return replace(report, findings=told)


def _record_of(codes: Collection[str], record: MonthRecord) -> MonthRecord:
    """Return what an earlier month says of these units."""
    return replace(
        record,
        states={code: state for code, state in record.states.items() if code in codes},
        findings=tuple(one for one in record.findings if one.unit in codes),
        amounts={
            figure: {code: value for code, value in own.items() if code in codes}
            for figure, own in record.amounts.items()
        },
    )


def _book(campaign: Campaign, unit: Unit, report: MonthReport) -> bytes:
    stream = io.BytesIO()
    book = new_book(stream, default_format_properties=dict(BASE))
    plan = plan_of(campaign, report)
    book.set_properties({
        "title": plan.head.footer,
        "subject": unit.name,
        "author": campaign.board.name,
        "company": campaign.board.superior,
        "created": report.received_until.replace(tzinfo=None),
    })  # fmt: skip
    styles = Styles(book)
    sheets = {say.UNITS: units.write, say.FINDINGS: findings.write, say.AMOUNTS: amounts.write}
    cover = Page(book, styles, say.DISTRICT_COVER, landscape=False)
    pages = {name: Page(book, styles, name) for name in sheets}
    cover.said = campaign.words.said
    _write_cover(cover, plan, unit)
    cover.finish()
    for name, write in sheets.items():
        pages[name].said = partial(_said, campaign)
        write(pages[name], plan)
        pages[name].finish()
    cover.sheet.activate()
    book.close()
    return stream.getvalue()


def _said(campaign: Campaign, text: str) -> str:
    """Return a sheet's text in the campaign's words; its note without what is not in this book."""
    return campaign.words.said(say.DISTRICT_NOTES.get(text, text))


def _write_cover(page: Page, plan: Plan, unit: Unit) -> None:
    """Write how the units stand, what the sheets are, and what the unit above confirms."""
    page.set_widths(_WIDTHS)
    whose = unit_label(unit, plan.campaign)
    page.title_block(plan.head, say.DISTRICT_TITLE.format(unit=whose.upper()))
    last, row = len(_WIDTHS) - 1, HEAD_ROW
    row = _section(
        page, row, say.DISTRICT_STATES.format(number=write_number(len(plan.report.units)))
    )
    numbers = Counter(one.state for one in plan.report.units)
    for state, words in UNIT_STATES.items():
        if numbers[state]:
            page.merge(row, 1, 2, words, "text")
            page.merge(row, 3, last, numbers[state], "number")
            row += 1
    row = _section(page, row + 1, say.DISTRICT_CONTENTS)
    for name, what in say.DISTRICT_SHEETS.items():
        page.put(row, 1, Link(name, f"{quoted(name)}!A1"), "text")
        page.merge(row, 2, last, what, "text")
        row += 1
    row = _section(page, row + 1, say.DISTRICT_CONFIRMS)
    day = write_day(reply_day(plan.campaign, plan.report))
    for text in (say.DISTRICT_RIGHT, say.DISTRICT_WRONG.format(day=day)):
        page.prose(row, text, "lead", size=12, first=1)
        row += 1
    for column, head in enumerate(say.DISTRICT_ROOM_HEADS):
        page.put(row, column, head, "head")
    for number in range(1, _ROOM + 1):
        page.put(row + number, 0, number, "center")
        for column in range(1, last + 1):
            page.put(row + number, column, None, "text")
        page.height(row + number, _ROW)
    row += _ROOM + 2
    page.merge(row, 3, last, say.DISTRICT_SIGNS, "middle", "bold")
    page.merge(row + 1, 2, last, say.SIGNED, "middle", "italic")
    page.sheet.print_area(0, 0, row + 5, last)
    page.fit_to_width()


def _section(page: Page, row: int, text: str) -> int:
    page.merge(row, 0, len(_WIDTHS) - 1, text, "section")
    page.height(row, _ROW)
    return row + 1
