"""The lines of the table of “Tổng hợp”: the declared figures, each a formula over “Số liệu”."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace, Period
from tdkt_batch.figures.month_figures import FigureTotal
from tdkt_batch.sheets.cells import Cell, Formula, ratio, ratio_value
from tdkt_batch.summary import amounts
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.spelling import roman
from tdkt_batch.vietnamese.writing import write_day, write_number, write_percent
from tdkt_batch.wording import summary as say


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
    for figure in plan.campaign.figures.standing_in(place):
        if figure.only_if_any and not plan.figures.total(figure.id).value:
            continue
        is_first, is_detail = figure.section not in numbered, place is FigurePlace.DETAILS
        numbered.add(figure.section)
        number = roman(sections.index(figure.section) + 1) if is_first else ""
        yield _line(plan, figure, number=number, is_detail=is_detail)
        for group, codes in plan.figures.units_by_group.items() if figure.by_group else ():
            yield _line(plan, figure, group=group, codes=codes, is_detail=is_detail)


def _line(  # noqa: PLR0913 — of the province, or of a group with its units
    plan: Plan,
    figure: Figure,
    *,
    group: str = "",
    codes: Collection[str] | None = None,
    number: str = "",
    is_detail: bool,
) -> Indicator:
    here = plan.figures.total(figure.id, codes)
    count = amounts.total(plan, figure.id, codes, group)
    is_month = figure.period is Period.MONTH
    share: Cell = None
    if figure.share:
        base = amounts.total(plan, figure.share.of, codes, group)
        value = ratio_value(int(count.value), int(base.value))
        share = Formula(ratio(count.text, base.text), value)
    return Indicator(
        figure=figure.id,
        number=number,
        label=group or figure.label,
        measure=figure.measure,
        plan=amounts.total(plan, figure.plan, codes, group) if figure.plan else None,
        month=count if is_month else None,
        to_date=None if is_month else count,
        became_known=here.month,
        share=share,
        previous=here.last,
        note="; ".join(_notes(plan, figure, here, codes)),
        is_detail=is_detail,
    )


# --- what is said beside a figure ---------------------------------------------------------------


def _notes(
    plan: Plan, figure: Figure, here: FigureTotal, codes: Collection[str] | None
) -> Iterator[str]:
    """Yield over what a share is taken, what is not known, what is late or corrected."""
    if share := figure.share:
        base = plan.figures.total(share.of, codes)
        words = share.words.format(so=write_number(base.counted))
        if figure.rules:
            words += say.QUOTIENT.format(part=write_number(here.value), of=write_number(base.value))
            if here.below:
                words += say.BELOW.format(number=write_number(here.below))
        yield words
    if planned := figure.plan and plan.campaign.figures.figure(figure.plan).share:
        part, whole = (plan.figures.total(id_, codes).value for id_ in (figure.plan, planned.of))
        if whole:
            yield say.PLANNED_SHARE.format(share=write_percent(part, whole))
    if figure.counted is Counted.AMOUNTS and not here.is_whole:
        per = plan.campaign.figures.section(figure.section).per
        given, counted = write_number(here.given), write_number(here.counted)
        yield say.GIVEN_BY.format(given=given, counted=counted, per=per)
    if here.apart_units:
        number, units = write_number(here.apart), write_number(here.apart_units)
        yield say.APART_NOTE.format(units=units, number=number, measure=figure.measure)
    yield from _unclear(plan, figure, here, codes)
    if figure.counted in (Counted.FINDINGS, Counted.OUTCOMES):
        known = plan.figures.by_id[figure.id].known
        if affected := sum(value > 0 for value in known.values()):
            yield say.IN_UNITS.format(number=write_number(affected))
    if here.late_units and figure.counted is Counted.UNITS:
        day = write_day(plan.report.month.first_day)
        number = write_number(here.late)
        yield say.TOLD_LATE.format(number=number, measure=figure.measure, day=day)
    if here.adjusted:
        sign = "+" if here.adjusted > 0 else "−"
        yield say.ADJUSTED.format(sign=sign, number=write_number(abs(here.adjusted)))
    if figure.note:
        yield figure.note


def _unclear(
    plan: Plan, figure: Figure, here: FigureTotal, codes: Collection[str] | None
) -> Iterator[str]:
    """Yield of how many units it is not known whether they count.

    Where parts make up a whole it is said once, at the first of them.
    """
    wholes = [one for one in plan.campaign.figures.wholes_of(figure.id) if one.parts_add_up]
    first = [one for one in wholes if one.parts[0] == figure.id]
    rest = sum(plan.figures.rest(one.id, codes) for one in first)
    if wholes and rest:
        yield say.UNCLEAR.format(number=write_number(rest))
    is_alone = not wholes and figure.counted is Counted.UNITS and not figure.accumulates
    if is_alone and here.unknown:
        yield say.UNCLEAR.format(number=write_number(here.unknown))
