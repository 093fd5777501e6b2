"""Figures unlike those of the unit's peers, unlike its own last report or plan; largest movers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import median_low

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Figure, OfficerLimits
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.officer_questions import (
    OfficerQuestion,
    OfficerTopic,
    evidence_of,
    reporting,
    value_of,
)
from tdkt_batch.report import MonthReport
from tdkt_batch.vietnamese.writing import write_number, write_percent
from tdkt_batch.wording import figures as say


def unusual(
    campaign: Campaign, limits: OfficerLimits, report: MonthReport, figures: MonthFigures
) -> Iterator[OfficerQuestion]:
    """Yield a question for each unit of the month with figures beyond the soft bounds."""
    kinds = {one.unit.code: one.unit.kind for one in report.units}
    asked = [campaign.figures.figure(id_) for id_ in limits.figures]
    peers = {one.id: _by_kind(figures.by_id[one.id].known, kinds) for one in asked}
    for unit in reporting(report):
        code, said, evidence = unit.unit.code, [], []
        for figure in asked:
            of_figure = figures.by_id[figure.id]
            value = of_figure.known.get(code)
            if value is None:
                continue
            of_kind = peers[figure.id].get(unit.unit.kind, ())
            own = [(say.LAST_REPORT, (of_figure.last or {}).get(code))]
            if figure.plan:
                own.append((say.OWN_PLAN, figures.by_id[figure.plan].known.get(code)))
            compared = beside_peers(value, of_kind, limits, unit.unit.kind) or next(
                filter(None, (_beside_own(value, words, base, limits) for words, base in own)), ""
            )
            if compared:
                number = write_number(value)
                said.append(say.UNUSUAL.format(label=figure.label, value=number, than=compared))
                evidence.append(
                    evidence_of(unit, f"{figure.label}: {number}", value_of(campaign, unit, figure))
                )
        if said:
            yield OfficerQuestion(
                topic=OfficerTopic.UNUSUAL, text="; ".join(said), evidence=tuple(evidence)
            )


def _by_kind(known: Mapping[str, int], kinds: Mapping[str, str]) -> Mapping[str, Sequence[int]]:
    """Return what units gave a figure, by their kind, sorted; what is 0 compares with nothing."""
    found: dict[str, list[int]] = {}
    for code, value in known.items():
        if value and code in kinds:
            found.setdefault(kinds[code], []).append(value)
    return {kind: sorted(values) for kind, values in found.items()}


def beside_peers(value: int, of_kind: Sequence[int], limits: OfficerLimits, kind: str) -> str:
    """Return in words how far a figure lies from the median of the unit's peers; else nothing.

    ``of_kind`` are the figures of all units of its kind, sorted, its own among them unless it
    is 0. Both must be passed: so many times the median, so many median deviations away.
    Where fewer peers gave the figure nothing is asked.
    """
    own = bisect_left(of_kind, value) if value else len(of_kind)
    number = len(of_kind) - (own < len(of_kind))
    if number < limits.least_peers:
        return ""
    at = (number - 1) // 2
    middle = of_kind[at + (at >= own)]
    words = say.PEERS.format(median=write_number(middle), number=write_number(number), kind=kind)
    said = _times(value, middle, limits.times_of_median, words)
    away = abs(value - middle)
    if not said or away < limits.least_difference:
        return ""
    # few come so far: a look at each peer for each unit would grow with their square
    peers = (*of_kind[:own], *of_kind[own + 1 :])
    deviation = median_low(abs(one - middle) for one in peers)
    return said if away > limits.deviations * deviation else ""


def _beside_own(value: int, words: str, base: int | None, limits: OfficerLimits) -> str:
    if not base or abs(value - base) < limits.least_difference:
        return ""
    return _times(value, base, limits.times_of_past, words.format(value=write_number(base)))


def _times(value: int, base: int, times: int, words: str) -> str:
    """Return how many times a base a figure is, or how small a part of it; nothing within."""
    if value >= times * base:
        return say.TIMES.format(times=write_number(value // base), base=words)
    if value and value * times <= base:
        return say.PART.format(times=write_number(base // value), base=words)
    return ""


# --- the largest movers -----------------------------------------------------------------------


def movers(
    campaign: Campaign, limits: OfficerLimits, report: MonthReport, figures: MonthFigures
) -> Iterator[OfficerQuestion]:
    """Yield a question for each total: which units moved it most since the last run."""
    for id_ in limits.figures:
        figure = campaign.figures.figure(id_)
        total, moved = figures.total(id_), _moved(figures, figure, report)
        if not moved or not total.value:
            continue
        units = {one.unit.code: one for one in report.units}
        said, evidence = [], []
        for code, change in moved[: limits.movers]:
            unit = units[code]
            share = write_percent(abs(change), total.value)
            words = say.MOVER.format(
                unit=campaign.in_sentence(unit.unit), change=signed(change), share=share
            )
            said.append(words)
            evidence.append(
                evidence_of(
                    unit, f"{figure.label}: {signed(change)}", value_of(campaign, unit, figure)
                )
            )
        yield OfficerQuestion(
            topic=OfficerTopic.MOVERS,
            text=say.MOVERS.format(
                label=figure.label, total=write_number(total.value), units="; ".join(said)
            ),
            evidence=tuple(evidence),
        )


def heavy_movers(
    campaign: Campaign, limits: OfficerLimits, report: MonthReport, figures: MonthFigures
) -> Iterator[str]:
    """Yield in words each contribution that makes up a large part of a total of many units."""
    names = {one.unit.code: campaign.in_sentence(one.unit) for one in report.units}
    for id_ in limits.figures:
        figure, total = campaign.figures.figure(id_), figures.total(id_)
        if total.given < limits.least_peers:
            continue
        for code, change in _moved(figures, figure, report)[: limits.movers]:
            if Fraction(abs(change), max(total.value, 1)) * 100 >= limits.mover_percent:
                yield say.HEAVY_MOVER.format(
                    label=figure.label,
                    unit=names[code],
                    change=signed(change),
                    total=write_number(total.value),
                    share=write_percent(abs(change), total.value),
                )


def _moved(figures: MonthFigures, figure: Figure, report: MonthReport) -> Sequence[tuple[str, int]]:
    """Return by how much each unit of the register moved a total, the largest first."""
    amounts = figures.by_id[figure.id]
    is_known = amounts.last is not None or amounts.is_first
    by_unit = {
        one.unit.code: amounts.change_of(one.unit.code) if is_known else 0 for one in report.units
    }
    return sorted(
        ((code, change) for code, change in by_unit.items() if change),
        key=lambda one: (-abs(one[1]), one[0]),
    )


def signed(change: int) -> str:
    """Return a change with its sign.

    >>> signed(-1200)
    '−1.200'
    """
    return f"{'+' if change > 0 else '−'}{write_number(abs(change))}"
