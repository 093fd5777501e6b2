"""What was found in a month, counted: findings by their life, and faults that many units share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.model import Finding, Life, OutcomeKind
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.rules.untouched import untouched_finding
from tdkt_batch.wording.shared import READING_TITLES

COMMON_SHARE = Fraction(1, 2)
"""From this share of the units on, a fault speaks against the form or the guide."""
COMMON_LEAST = 5
"""Fewer units than these prove nothing, whatever their share."""


@dataclass(frozen=True, slots=True)
class CommonFault:
    """A finding that many units share (sai sót phổ biến): in how many, of how many concerned."""

    code: str
    units: int
    of: int


def common_faults(campaign: Campaign, report: MonthReport) -> tuple[CommonFault, ...]:
    """Return the findings shared by half of the reporting units concerned, the commonest first.

    A unit is concerned when the rule applied to it; a fault of reading concerns
    every unit that reported. Forms that nobody looked at speak against no form.
    """
    concerned, affected = Counter[str](), Counter[str]()
    usable = [unit for unit in report.units if unit.is_usable]
    for unit in usable:
        applied = (o.rule for o in unit.outcomes if o.outcome is not OutcomeKind.NOT_APPLICABLE)
        concerned.update(set(applied))
        unseen = untouched_finding(campaign, unit)
        affected.update({finding.code for finding in unit.findings if finding is not unseen})
    faults = (CommonFault(c, n, concerned[c] or len(usable)) for c, n in affected.items())
    common = (f for f in faults if f.units >= COMMON_LEAST and f.units >= COMMON_SHARE * f.of)
    return tuple(sorted(common, key=lambda fault: (-fault.units, fault.code)))


def title_of(campaign: Campaign, code: str) -> str:
    """Return what a finding's code is about: its rule's title, or a fault of reading."""
    if code in READING_TITLES:
        return READING_TITLES[code]
    return next((rule.title for rule in campaign.rules if rule.id == code), code)


@dataclass(frozen=True, slots=True)
class Lives:
    """Findings counted by their life; ``longest`` is the most months that one stands open."""

    counts: Mapping[Life, int]
    longest: int

    @property
    def standing(self) -> int:
        """How many are to be mended or explained this month."""
        return sum(self.counts[life] for life in (Life.NEW, Life.REOPENED, Life.OPEN))


def all_found(report: MonthReport) -> Iterator[tuple[UnitReport, Finding, Life]]:
    """Yield each unit's findings of the month, then those of earlier months that are mended."""
    for unit in report.units:
        for finding in unit.findings:
            yield unit, finding, finding.life
        for finding in unit.gone:
            yield unit, finding, Life.FIXED


def lives_by(report: MonthReport, key: Callable[[UnitReport, Finding], str]) -> dict[str, Lives]:
    """Return the findings counted by life, under what ``key`` gives for each."""
    counts: dict[str, Counter[Life]] = {}
    longest: dict[str, int] = {}
    for unit, finding, life in all_found(report):
        name = key(unit, finding)
        counts.setdefault(name, Counter())[life] += 1
        months = 0 if life in (Life.FIXED, Life.WAIVED) else finding.months_open
        longest[name] = max(longest.get(name, 0), months)
    return {name: Lives(count, longest[name]) for name, count in counts.items()}
