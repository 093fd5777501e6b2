"""What the report is made of: the month's figures and those to date, its blocks, its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.letters import ReportTexts
from tdkt_batch.figures.statistics import Statistics
from tdkt_batch.figures.unit_figures import group_of
from tdkt_batch.letters.tables import Column
from tdkt_batch.letters.words import in_sentence, lowered
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport
from tdkt_batch.vietnamese.writing import write_number

MOST_NAMED = 60
"""How many units the report names one by one before it gives their numbers by group."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the report."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the report."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the report: its name, columns and rows; ``total``: the last row adds up."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False


Block = Heading | Text | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that the report tells of: the month, its figures, the figures to date."""

    campaign: Campaign
    report: MonthReport
    month: Statistics
    to_date: Statistics
    common: Mapping[str, str]
    workbook: str

    @property
    def texts(self) -> ReportTexts:
        """The campaign's texts of the report."""
        return self.campaign.letters.report

    @property
    def provisional(self) -> str:
        """The words that mark figures as provisional; empty once all have reported."""
        return ", số liệu tạm tính" if self.report.is_provisional else ""

    @property
    def where(self) -> str:
        """Where that which is shortened stands in full."""
        return f"biểu kèm theo, tệp {self.workbook}"

    def name(self, unit: Unit) -> str:
        """Return a unit's name as it stands within a sentence."""
        return in_sentence(self.campaign, unit)


def n(value: Any) -> str:
    """Return a count as it is written."""
    return write_number(int(value))


def bodies(line: Any) -> int:
    """Return how many units a row of figures speaks of: those that must report, or have."""
    return int(line["expected"] if "expected" in line else line["required"])


def named(figures: Figures, units: Sequence[Unit]) -> str:
    """Return units by name below their superior unit; very many by number."""
    if len(units) > MOST_NAMED:
        return _numbered(figures, units)
    known = {unit.code: unit for unit in figures.campaign.units}
    parts = []
    for parent, own in _grouped(units, lambda unit: unit.parent or "").items():
        names = ", ".join(figures.name(unit) for unit in own)
        parts.append(f"{figures.name(known[parent])}: {names}" if parent in known else names)
    return "; ".join(parts)


def _numbered(figures: Figures, units: Sequence[Unit]) -> str:
    """Return how many units there are of each kind, and where they stand by name."""
    groups = _grouped(units, lambda unit: group_of(figures.campaign, unit.kind))
    counts = ", ".join(f"{n(len(own))} {lowered(name)}" for name, own in groups.items())
    return f"{counts}; tên từng đơn vị: {figures.where}"


def _grouped(units: Sequence[Unit], key: Callable[[Unit], str]) -> dict[str, list[Unit]]:
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(key(unit), []).append(unit)
    return groups
