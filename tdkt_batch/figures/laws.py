"""What must hold of every month's figures, checked in each run like the sums of files and units.

A broken law is a fault of the program, never of a unit: the run stops rather than
print figures that contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tdkt_batch.campaign.figure import Counted
from tdkt_batch.errors import ConservationError
from tdkt_batch.figures.month_figures import FigureAmounts, MonthFigures
from tdkt_batch.wording import figures as say


def check_laws(figures: MonthFigures) -> None:
    """Raise ``ConservationError`` with the first figure of which a law does not hold."""
    for law in LAWS:
        for one in figures.by_id.values():
            for problem in law(figures, one):
                figure = say.FIGURE.format(label=one.figure.label, id=one.figure.id)
                raise ConservationError(say.LAW_BROKEN.format(figure=figure, problem=problem))


def last_and_this_make_up_to_date(figures: MonthFigures, one: FigureAmounts) -> Iterator[str]:
    """Add last run and this month up to date, of the province and of each group of units."""
    for codes in (None, *figures.units_by_group.values()):
        total = one.total(codes)
        if total.month is not None and (total.last or 0) + total.month != total.value:
            numbers = {"last": total.last or 0, "month": total.month, "to_date": total.value}
            yield say.LAST_AND_THIS.format(**numbers)


def parts_make_up_the_whole(figures: MonthFigures, one: FigureAmounts) -> Iterator[str]:
    """Find no part outside its whole, and no unit in two parts of one that must add up."""
    figure = one.figure
    if not figure.parts_add_up:
        return
    parts = [figures.by_id[part].known for part in figure.parts]
    for code, whole in one.known.items():
        if (rest := whole - sum(known.get(code, 0) for known in parts)) < 0:
            yield say.PARTS_EXCEED.format(unit=code, rest=-rest)
    stray = {code for known in parts for code in known} - one.known.keys()
    if stray:
        yield say.PARTS_OUTSIDE.format(unit=min(stray))


def a_judged_share_is_of_its_units(figures: MonthFigures, one: FigureAmounts) -> Iterator[str]:
    """Take a share that a rule judges among the units to which the rule applies."""
    share = one.figure.share
    if share is None or not one.figure.rules:
        return
    here, base = (
        {code for code, amount in figures.by_id[id_].by_unit.items() if amount.counts}
        for id_ in (one.figure.id, share.of)
    )
    if strayed := here ^ base:
        yield say.SHARE_OF_OTHERS.format(unit=min(strayed))


def a_share_is_of_its_whole(figures: MonthFigures, one: FigureAmounts) -> Iterator[str]:
    """Take no share of a part in its whole beyond it, in the province or any group of units."""
    is_counted = one.figure.counted in (Counted.UNITS, Counted.AMOUNTS)
    if not is_counted or one.figure.share is None or one.figure.share.against_plan:
        return
    for codes in (None, *figures.units_by_group.values(), *figures.units_by_parent.values()):
        found = figures.quotient(one.figure.id, codes)
        if found is not None and not 0 <= found.part <= found.whole:
            yield say.SHARE_BEYOND.format(part=found.part, whole=found.whole)


def groups_make_up_the_province(figures: MonthFigures, one: FigureAmounts) -> Iterator[str]:
    """Add the groups of units up to the province, and each once more by another way: by column."""
    if one.figure.counted is Counted.FILES:
        return
    import pandas as pd

    group_of = {code: name for name, codes in figures.units_by_group.items() for code in codes}
    known = pd.Series(one.known, dtype="int64")
    by_column = known.groupby(known.index.map(group_of)).sum()
    by_group = {name: one.total(codes).value for name, codes in figures.units_by_group.items()}
    groups, whole = sum(by_group.values()), one.total().value
    if groups != whole or any(by_column.get(name, 0) != by_group[name] for name in by_group):
        yield say.GROUPS_DIFFER.format(groups=groups, whole=whole)


def the_unknown_is_not_counted(_: MonthFigures, one: FigureAmounts) -> Iterator[str]:
    """Let a unit add nothing while it is not known whether it counts: so it is not overdue."""
    for code, amount in one.by_unit.items():
        if not amount.counts and (amount.value is not None or amount.fails):
            yield say.UNKNOWN_COUNTED.format(unit=code)


def what_stands_apart_is_not_added(_: MonthFigures, one: FigureAmounts) -> Iterator[str]:
    """Add nothing of what cannot be true: it stands apart until corrected or confirmed."""
    if both := one.apart.keys() & one.known.keys():
        yield say.APART_COUNTED.format(unit=min(both))


LAWS: tuple[Callable[[MonthFigures, FigureAmounts], Iterator[str]], ...] = (
    last_and_this_make_up_to_date,
    parts_make_up_the_whole,
    a_judged_share_is_of_its_units,
    a_share_is_of_its_whole,
    groups_make_up_the_province,
    the_unknown_is_not_counted,
    what_stands_apart_is_not_added,
)
"""All laws; that a result is never added to a plan, and over which figure a share is taken, the
campaign's loader holds.
"""
