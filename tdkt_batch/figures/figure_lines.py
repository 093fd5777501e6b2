"""The declared figures as lines of a table or sentences show them, with what is said beside each.

Workbook, report and slip take their lines from here, so that a figure has one name, one
value and one note wherever it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace, Period
from tdkt_batch.figures.month_figures import FigureTotal, MonthFigures, Quotient
from tdkt_batch.vietnamese.writing import lowered, write_day, write_number, write_percent
from tdkt_batch.wording import figures as say


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A figure of the province, or of one ``group`` of units.

    ``plan`` is the figure that stands beside it as planned, ``quotient`` what its share
    divides; None where none is declared.
    """

    figure: Figure
    group: str = ""
    total: FigureTotal
    plan: int | None = None
    quotient: Quotient | None = None
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What the line is called: its figure, or the group below its figure."""
        return self.group or self.figure.label

    @property
    def base(self) -> int | None:
        """That over which its share is taken; None where none is declared."""
        return None if self.quotient is None else self.quotient.whole

    @property
    def month(self) -> int | None:
        """The figure of the month; of one that accumulates what became known since the last run."""
        is_month = self.figure.period is Period.MONTH
        return self.total.value if is_month else self.total.month

    @property
    def to_date(self) -> int | None:
        """The figure of each unit's latest report; None for one of the month alone."""
        return self.total.value if self.figure.period is Period.TO_DATE else None


def lines_in(figures: MonthFigures, place: FigurePlace) -> Iterator[FigureLine]:
    """Yield the lines declared for a place in their order, a figure's groups below it."""
    for figure in figures.campaign.figures.standing_in(place):
        if figure.only_if_any and not figures.total(figure.id).value:
            continue
        yield line_of_figure(figures, figure)
        for group in figures.units_by_group if figure.by_group else ():
            yield line_of_figure(figures, figure, group)


def line_of_figure(figures: MonthFigures, figure: Figure, group: str = "") -> FigureLine:
    """Return a figure's line: of the province, or of a group of units."""
    codes = figures.units_by_group[group] if group else None
    total = figures.total(figure.id, codes)
    return FigureLine(
        figure=figure,
        group=group,
        total=total,
        plan=figures.total(figure.plan, codes).value if figure.plan else None,
        quotient=figures.quotient(figure.id, codes),
        notes=tuple(_notes(figures, figure, total, codes)),
    )


def coverage_line(figures: MonthFigures, period: Period) -> FigureLine | None:
    """Return from how many units' reports the figures of a period come; None where none says."""
    figure = figures.campaign.figures.coverage.get(period)
    return None if figure is None else line_of_figure(figures, figure)


def given_by(figures: MonthFigures, shown: Iterable[Figure]) -> str:
    """Say how many units the sums of some figures stand for, where that is not all; else ""."""
    labels: dict[str, list[str]] = {}
    for figure in shown:
        total = figures.total(figure.id)
        if figure.counted is Counted.AMOUNTS and not total.is_whole:
            labels.setdefault(_given_by(figures, figure, total), []).append(figure.label)
    said = [say.GIVEN_OF.format(given=given, labels=", ".join(o)) for given, o in labels.items()]
    return "; ".join(said)


def _given_by(figures: MonthFigures, figure: Figure, total: FigureTotal) -> str:
    per = figures.campaign.figures.section(figure.section).per
    given, counted = write_number(total.given), write_number(total.counted)
    return say.GIVEN_BY.format(given=given, counted=counted, per=per)


# --- what is said beside a figure ---------------------------------------------------------------


def _notes(
    figures: MonthFigures, figure: Figure, here: FigureTotal, codes: Collection[str] | None
) -> Iterator[str]:
    """Yield over what a share is taken, what is not known, what is late or corrected."""
    declared = figures.campaign.figures
    quotient = figures.quotient(figure.id, codes)
    if (share := figure.share) and quotient is not None:
        base = figures.total(share.of, codes)
        words = share.words.format(so=write_number(quotient.units))
        divided = {"part": write_number(quotient.part), "of": write_number(quotient.whole)}
        left_out = write_number(quotient.beyond)
        beyond = say.BEYOND.format(number=left_out) if quotient.beyond else ""
        if figure.rules:
            words += say.QUOTIENT.format(**divided) + beyond
            if here.below:
                words += say.BELOW.format(number=write_number(here.below))
        elif (quotient.part, quotient.whole) != (here.value, base.value):
            units, plan = write_number(quotient.units), lowered(declared.figure(share.of).short)
            per = declared.section(figure.section).per
            words += (
                say.OF_PLANNED.format(units=units, plan=plan, **divided)
                if share.against_plan
                else say.OF_BOTH.format(units=units, per=per, beyond=beyond, **divided)
            )
        yield words
    planned = figures.quotient(figure.plan, codes) if figure.plan else None
    if planned is not None and planned.whole:
        yield say.PLANNED_SHARE.format(share=write_percent(planned.part, planned.whole))
    if figure.counted is Counted.AMOUNTS and not here.is_whole:
        yield _given_by(figures, figure, here)
    if here.apart_units:
        number, units = write_number(here.apart), write_number(here.apart_units)
        yield say.APART_NOTE.format(units=units, number=number, measure=figure.measure)
    yield from _unclear(figures, figure, here, codes)
    if figure.counted in (Counted.FINDINGS, Counted.OUTCOMES):
        known = figures.by_id[figure.id].known
        affected = sum(bool(known.get(one)) for one in (known if codes is None else codes))
        if affected:
            yield say.IN_UNITS.format(number=write_number(affected))
    if here.late_units and figure.counted is Counted.UNITS:
        first = figures.by_id[figure.id].first_day
        yield say.TOLD_LATE.format(number=write_number(here.late), day=write_day(first))
    if here.adjusted:
        sign = "+" if here.adjusted > 0 else "−"
        yield say.ADJUSTED.format(sign=sign, number=write_number(abs(here.adjusted)))
    if figure.note:
        yield figure.note


def _unclear(
    figures: MonthFigures, figure: Figure, here: FigureTotal, codes: Collection[str] | None
) -> Iterator[str]:
    """Yield of how many units it is not known whether they count.

    Where parts make up a whole it is said once, at the first of them.
    """
    wholes = [one for one in figures.campaign.figures.wholes_of(figure.id) if one.parts_add_up]
    first = [one for one in wholes if one.parts[0] == figure.id]
    rest = sum(figures.rest(one.id, codes) for one in first)
    if wholes and rest:
        yield say.UNCLEAR.format(number=write_number(rest))
    is_alone = not wholes and figure.counted is Counted.UNITS and not figure.accumulates
    if is_alone and here.unknown:
        yield say.UNCLEAR.format(number=write_number(here.unknown))
