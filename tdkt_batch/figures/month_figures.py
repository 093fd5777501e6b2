"""The declared figures of a month: what each comes to, what became known since the last run.

A figure that accumulates is, to date, what it was in the last run and what became
known since. That is what happened in the month, what happened before and is told
only now, and what earlier figures were corrected by: another value, a file set
aside, a unit that left the register.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Counted, Figure, Period
from tdkt_batch.figures.amounts import Amount, UnitAmounts
from tdkt_batch.figures.believed import withholding
from tdkt_batch.figures.unit_lines import UnitLine, group_of, unit_lines
from tdkt_batch.report import MonthReport


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTotal:
    """A figure over some units.

    ``value`` is the sum of what ``given`` units gave, of ``counted`` that count; of
    ``unknown`` more it is not known whether they do; for ``below`` a rule of the figure
    does not hold. ``apart`` is what ``apart_units`` reported and is not added until it is
    corrected or confirmed. ``last`` is the sum in the
    last run, None where it is not known.

    ``month`` is what became known since, None for a figure that does not accumulate
    or whose last sum is not known; ``late`` of it happened before the month, in
    ``late_units`` units; ``adjusted`` of it corrects what was known.
    """

    value: int
    given: int
    counted: int
    unknown: int
    below: int
    apart: int
    apart_units: int
    last: int | None
    month: int | None
    late: int
    late_units: int
    adjusted: int

    @property
    def is_whole(self) -> bool:
        """Whether each unit that counts gave its figure."""
        return self.given == self.counted


@dataclass(frozen=True, slots=True)
class Quotient:
    """What a share divides: a part and its whole over the ``units`` that gave both.

    ``beyond`` more gave a part greater than its whole: no share is taken of theirs.
    """

    part: int
    whole: int
    units: int
    beyond: int = 0


def is_share(figure: Figure, part: int, whole: int) -> bool:
    """Tell whether two amounts make a share: a part beyond its whole makes none.

    What is held against a plan is no part of it.
    """
    against_plan = figure.share is not None and figure.share.against_plan
    return against_plan or part <= whole


def quotient_of(
    figure: Figure,
    parts: Mapping[str, int | None],
    wholes: Mapping[str, int],
    codes: Collection[str] | None = None,
) -> Quotient:
    """Return what the share of a figure of amounts divides, by unit code, over some units or all.

    Only units that gave both count: a part (None) that is not known makes no share, nor does
    one whose whole is not known; a unit that does not count for the part, and is not in
    ``parts``, has none of it. A part greater than its whole, which the board may have
    confirmed, is none. Against a plan the base is all that is planned, reported on or not.
    """
    is_against_plan = figure.share is not None and figure.share.against_plan
    of_both, beyond = [], 0
    for code in wholes if codes is None else codes:
        if code not in wholes:
            continue
        part, whole = parts.get(code, 0), wholes[code]
        if part is None and is_against_plan:
            part = 0
        if part is None:
            continue
        if is_share(figure, part, whole):
            of_both.append((part, whole))
        else:
            beyond += 1
    part, whole = sum(one for one, _ in of_both), sum(one for _, one in of_both)
    return Quotient(part, whole, len(of_both), beyond)


@dataclass(frozen=True, kw_only=True)
class FigureAmounts:
    """A figure by unit: of the units that count, or of which it is not known.

    ``last`` are the sums by unit as the last run knew them, those of units since left
    among them; None where no record has them. ``is_first``: nothing was ever run
    before. ``files`` is the sum of a figure that counts files. ``apart`` is what was
    reported and is not added, by unit, because it cannot be true or because nobody knows
    whether the conference was held: none of it is in ``by_unit``.
    """

    figure: Figure
    by_unit: Mapping[str, Amount]
    apart: Mapping[str, int] = field(default_factory=dict)
    last: Mapping[str, int] | None
    is_first: bool
    first_day: date
    files: int = 0

    @cached_property
    def known(self) -> Mapping[str, int]:
        """What each unit gave, by code, files under no code: what a later month keeps of it."""
        if self.figure.counted is Counted.FILES:
            return {"": self.files}
        return {code: one.value for code, one in self.by_unit.items() if one.value is not None}

    @cached_property
    def given(self) -> Mapping[str, int | None]:
        """What each unit gave, by code, None where it counts and gave nothing."""
        return {code: one.value for code, one in self.by_unit.items()}

    def change_of(self, code: str) -> int:
        """Return what became known of a unit since the last run; 0 where nothing did."""
        now = self.by_unit.get(code)
        value = now.value if now is not None and now.value is not None else 0
        return value - (self.last or {}).get(code, 0)

    def is_late(self, code: str) -> bool:
        """Tell whether a unit is told of only now, though it happened before the month."""
        now = self.by_unit.get(code)
        is_new = now is not None and now.value is not None and code not in (self.last or {})
        return is_new and now is not None and now.day is not None and now.day < self.first_day

    def total(self, codes: Collection[str] | None = None) -> FigureTotal:
        """Return the sum over some units; over all, and those that left, without ``codes``."""
        amounts = self.by_unit
        if codes is not None:
            amounts = {code: amounts[code] for code in codes if code in amounts}
        counted = [one for one in amounts.values() if one.counts]
        given = [one.value for one in counted if one.value is not None]
        apart = [value for code, value in self.apart.items() if code in amounts]
        last = self.last
        if last is not None and codes is not None:
            last = {code: last[code] for code in codes if code in last}
        value = sum(given) + (self.files if codes is None else 0)
        month, late, late_units, adjusted = None, 0, 0, 0
        if self.figure.accumulates and (last is not None or self.is_first):
            changed = {code: self.change_of(code) for code in {*amounts, *(last or {})}}
            month = sum(changed.values())
            lately = [code for code in changed if self.is_late(code)]
            late, late_units = sum(changed[code] for code in lately), len(lately)
            adjusted = sum(changed[code] for code in last or {})
        return FigureTotal(
            value=value,
            given=len(given),
            counted=len(counted),
            unknown=sum(one.counts is None for one in amounts.values()),
            below=sum(one.fails for one in counted),
            apart=sum(apart),
            apart_units=len(apart),
            last=None if last is None else sum(last.values()),
            month=month,
            late=late,
            late_units=late_units,
            adjusted=adjusted,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MonthFigures:
    """All declared figures of a month; ``lines`` say by unit code how each unit stands besides.

    ``units_by_group``, ``units_by_kind`` and ``units_by_parent`` are the codes of the
    month's units, and of those that ``left`` its register since the last run, by the
    name of their group of kinds, by kind, and by the code of their superior. Of one
    that no register knows any more nothing of this is known.
    """

    campaign: Campaign
    lines: Mapping[str, UnitLine]
    by_id: Mapping[str, FigureAmounts]
    units_by_group: Mapping[str, tuple[str, ...]]
    units_by_kind: Mapping[str, tuple[str, ...]]
    units_by_parent: Mapping[str, tuple[str, ...]]
    left: tuple[str, ...] = ()

    def total(self, id_: str, codes: Collection[str] | None = None) -> FigureTotal:
        """Return a figure's sum over some units, over all without ``codes``."""
        return self.by_id[id_].total(codes)

    def units_of(self, id_: str) -> frozenset[str]:
        """Return the codes of the units that a figure counts."""
        return frozenset(code for code, one in self.by_id[id_].by_unit.items() if one.counts)

    def quotient(self, id_: str, codes: Collection[str] | None = None) -> Quotient | None:
        """Return what a figure's share divides over some units; None where it has no share.

        Of amounts see ``quotient_of``; of units that count the share is of all of them.
        """
        figure = self.campaign.figures.figure(id_)
        if figure.share is None:
            return None
        if figure.counted is not Counted.AMOUNTS:
            here, base = self.total(id_, codes), self.total(figure.share.of, codes)
            return Quotient(here.value, base.value, base.counted)
        return quotient_of(figure, self.by_id[id_].given, self.by_id[figure.share.of].known, codes)

    def rest(self, id_: str, codes: Collection[str] | None = None) -> int:
        """Return what no part of a figure holds (chưa rõ)."""
        figure = self.campaign.figures.figure(id_)
        parts = sum(self.total(part, codes).value for part in figure.parts)
        return self.total(id_, codes).value - parts

    def amounts(self) -> dict[str, Mapping[str, int]]:
        """Return what each unit gave each figure: what a later month keeps of this one."""
        return {id_: one.known for id_, one in self.by_id.items()}


def month_figures(campaign: Campaign, report: MonthReport) -> MonthFigures:
    """Return the month's declared figures; those to date take each unit's latest report."""
    to_date = report.to_date()
    scopes = {
        Period.MONTH: [UnitAmounts(campaign, report, one) for one in report.units],
        Period.TO_DATE: [UnitAmounts(campaign, to_date, one) for one in to_date.units],
    }
    doubted = {
        period: {
            one.unit.unit.code: UnitAmounts(campaign, report, one.unit, doubted=True)
            for one in units
            if withholding(campaign, one.unit)
        }
        for period, units in scopes.items()
    }
    past = report.past[-1].amounts if report.past else {}
    by_id = {}
    for figure in campaign.figures.all:
        is_by_unit = figure.counted is not Counted.FILES
        scoped = scopes[figure.period] if is_by_unit else []
        amounts = {one.unit.unit.code: one.amount(figure) for one in scoped}
        sent = {code: one.amount(figure).value for code, one in doubted[figure.period].items()}
        by_id[figure.id] = FigureAmounts(
            figure=figure,
            by_unit={code: one for code, one in amounts.items() if one.counts is not False},
            apart={
                code: value
                for code, value in sent.items()
                if value is not None and (now := amounts.get(code)) is not None
                if now.value is None
                if now.counts or (value and figure.counted is Counted.AMOUNTS)
            },
            last=past.get(figure.id),
            is_first=not report.past,
            first_day=report.month.first_day,
            files=sum(not is_by_unit and str(one.state) in figure.chosen for one in report.files),
        )
    units = {one.unit.code: one.unit for one in report.units}
    counted = {code for amounts in by_id.values() for code in amounts.last or {}}
    left = tuple(sorted(code for code in counted if code and code not in units))
    units |= {code: campaign.unit(code) for code in left if code in campaign.unit_by_code}
    groups = [group.name for level in campaign.levels for group in level.groups]
    by_group = _codes_by((group_of(campaign, one.kind), code) for code, one in units.items())
    return MonthFigures(
        campaign=campaign,
        lines=unit_lines(campaign, report),
        by_id=by_id,
        units_by_group={name: by_group[name] for name in groups if name in by_group},
        units_by_kind=_codes_by((one.kind, one.code) for one in units.values()),
        units_by_parent=_codes_by((one.parent, one.code) for one in units.values() if one.parent),
        left=left,
    )


def _codes_by(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = {}
    for key, code in pairs:
        codes.setdefault(key, []).append(code)
    return {key: tuple(own) for key, own in codes.items()}
