"""The lines of the table of “Tổng hợp”: the declared figures, each a formula over “Số liệu”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_batch.campaign.figure import FigurePlace, Period
from tdkt_batch.figures.figure_lines import FigureLine, lines_in
from tdkt_batch.sheets.cells import Cell, Formula, literal, ratio, ratio_value
from tdkt_batch.summary import amounts
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.spelling import roman


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A line of the table. What has no figure stays empty.

    A line of ``detail`` stands on the overview's later pages, not on the one that is
    signed. ``month`` is the figure of the month, ``to_date`` that of each unit's latest
    report, ``previous`` what stood there in the last run. ``became_known`` is what a
    figure that accumulates has more to date than in the last run: its cell of the
    month. A line with a number begins a section.
    """

    figure: str
    number: str = ""
    label: str
    measure: str
    plan: Cell = None
    month: Cell = None
    to_date: Cell = None
    became_known: int | None = None
    share: Cell = None
    previous: int | None = None
    note: str = ""
    is_detail: bool = False

    @property
    def is_total(self) -> bool:
        """Whether the line is written in bold."""
        return bool(self.number)


def indicators(plan: Plan) -> list[Indicator]:
    """Return the lines of the table from top to bottom, the details' after the overview's."""
    return [*_lines(plan, FigurePlace.OVERVIEW), *_lines(plan, FigurePlace.DETAILS)]


def _lines(plan: Plan, place: FigurePlace) -> Iterator[Indicator]:
    numbered: set[str] = set()
    sections = [one.id for one in plan.campaign.figures.sections]
    for line in lines_in(plan.figures, place):
        section = line.figure.section
        number = "" if section in numbered else roman(sections.index(section) + 1)
        numbered.add(section)
        yield _indicator(plan, line, number, is_detail=place is FigurePlace.DETAILS)


def _indicator(plan: Plan, line: FigureLine, number: str, *, is_detail: bool) -> Indicator:
    figure, group = line.figure, line.group
    codes = plan.figures.units_by_group[group] if group else None
    count = amounts.total(plan, figure.id, codes, group)
    is_month = figure.period is Period.MONTH
    share: Cell = None
    conditions = [(amounts.cells(plan, "group"), literal(group))] if group else []
    if divided := amounts.quotient(plan, figure.id, codes, *conditions):
        part, whole = divided
        value = ratio_value(int(part.value), int(whole.value))
        share = Formula(ratio(part.text, whole.text), value)
    return Indicator(
        figure=figure.id,
        number=number,
        label=line.label,
        measure=figure.measure,
        plan=amounts.total(plan, figure.plan, codes, group) if figure.plan else None,
        month=count if is_month else None,
        to_date=None if is_month else count,
        became_known=line.total.month,
        share=share,
        previous=line.total.last,
        note="; ".join(line.notes),
        is_detail=is_detail,
    )
