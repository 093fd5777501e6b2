"""The small book of a unit with others below it: their states, findings and figures, to confirm.

Its sheets are those of the consolidated workbook, written over these units alone, behind a
first page that says what is in it and has room for what is to be put right.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.model import Finding, Severity, Unit
from tdkt_batch.report import MonthRecord, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.findings import remedy_to_unit
from tdkt_batch.rules.requests_to_units import reply_day
from tdkt_batch.sheets.cells import Link, quoted
from tdkt_batch.sheets.page import HEAD_ROW, Page
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import new_book, tell_whose
from tdkt_batch.summary import amounts, findings, units
from tdkt_batch.summary.plan import Plan, plan_of
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.vietnamese.writing import lowered, write_day, write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import ADVICE, FOR_THE_OFFICER, UNIT_STATES

_One = TypeVar("_One")
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
    campaign: Campaign, report: MonthReport, figures: MonthFigures, to: Collection[str]
) -> Iterator[DistrictBook]:
    """Yield the book of each unit with others below it, in the register's order.

    Only those get one who are written ``to``, by code.
    """
    books = [
        one.unit
        for one in report.units
        if one.unit.code in to and one.unit.code in figures.units_by_parent
    ]
    shares = _Shares.of(report, {
        unit.code: (unit.code, *figures.units_by_parent[unit.code]) for unit in books
    })  # fmt: skip
    for unit in books:
        name = say.DISTRICT_BOOK_FILE.format(month=report.month, name=unit.name, code=unit.code)
        yield DistrictBook(unit, name, _book(campaign, unit, shares.report(unit.code)))


@dataclass(frozen=True, slots=True)
class _Shares:
    """The month, told apart once by the books in which each of its units stands."""

    month: MonthReport
    units: Mapping[str, Sequence[UnitReport]]
    past: Sequence[_RecordShares]

    @classmethod
    def of(cls, report: MonthReport, codes_of: Mapping[str, Sequence[str]]) -> _Shares:
        """Return the shares of the books, each with the ``codes_of`` its units."""
        books_of: dict[str, list[str]] = {}
        for book, codes in codes_of.items():
            for code in dict.fromkeys(codes):
                books_of.setdefault(code, []).append(book)
        units = _by_book(books_of, ((one.unit.code, _told(one)) for one in report.units))
        return cls(report, units, [_RecordShares.of(one, books_of) for one in report.past])

    def report(self, book: str) -> MonthReport:
        """Return the month as if a book's units were all; files and the officer's stay behind."""
        return replace(
            self.month,
            units=tuple(self.units.get(book, ())),
            files=(),
            containers=(),
            notes=(),
            issued=None,
            past=tuple(one.record(book) for one in self.past),
        )


@dataclass(frozen=True, slots=True)
class _RecordShares:
    """What an earlier month says, told apart by book."""

    whole: MonthRecord
    states: Mapping[str, Sequence[tuple[str, UnitState]]]
    findings: Mapping[str, Sequence[Finding]]
    amounts: Mapping[str, Mapping[str, Sequence[tuple[str, int]]]]

    @classmethod
    def of(cls, record: MonthRecord, books_of: Mapping[str, Sequence[str]]) -> _RecordShares:
        """Return the shares of the books in which each unit stands."""
        return cls(
            record,
            _by_book(books_of, ((one[0], one) for one in record.states.items())),
            _by_book(books_of, ((one.unit, one) for one in record.findings)),
            {
                figure: _by_book(books_of, ((one[0], one) for one in own.items()))
                for figure, own in record.amounts.items()
            },
        )

    def record(self, book: str) -> MonthRecord:
        """Return what the month says of a book's units."""
        return replace(
            self.whole,
            states=dict(self.states.get(book, ())),
            findings=tuple(self.findings.get(book, ())),
            amounts={figure: dict(own.get(book, ())) for figure, own in self.amounts.items()},
        )


def _by_book(
    books_of: Mapping[str, Sequence[str]], ones: Iterable[tuple[str, _One]]
) -> dict[str, list[_One]]:
    """Return things, each with the code of its unit, by the books in which that one stands."""
    found: dict[str, list[_One]] = {}
    for code, one in ones:
        for book in books_of.get(code, ()):
            found.setdefault(book, []).append(one)
    return found


def _told(report: UnitReport) -> UnitReport:
    """Return a unit's report with its findings as the unit is told of them."""
    told = (_as_told(one) for one in report.findings if one.code not in FOR_THE_OFFICER)
    return replace(report, findings=tuple(told))


def _as_told(finding: Finding) -> Finding:
    """Return a finding as letter and return tell it: no codes, the same remedy."""
    remedy = remedy_to_unit(finding)
    if remedy and finding.severity is Severity.NOTICE:
        remedy = ADVICE.format(advice=lowered(remedy))
    return replace(finding, remedy=remedy)


def _book(campaign: Campaign, unit: Unit, report: MonthReport) -> bytes:
    stream = io.BytesIO()
    book = new_book(stream)
    plan = plan_of(campaign, report)
    tell_whose(book, campaign, plan.head.footer, report.received_until, subject=unit.name)
    styles = Styles(book)
    sheets: Mapping[str, Callable[[Page, Plan], None]] = {
        say.UNITS: units.write,
        say.FINDINGS: partial(findings.write, has_codes=False),
        say.AMOUNTS: amounts.write,
    }
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
    page.merge(row + 1, 3, last, say.SIGNED, "middle", "italic")
    page.sheet.print_area(0, 0, row + 5, last)
    page.fit_to_width()


def _section(page: Page, row: int, text: str) -> int:
    page.merge(row, 0, len(_WIDTHS) - 1, text, "section")
    page.height(row, _ROW)
    return row + 1
