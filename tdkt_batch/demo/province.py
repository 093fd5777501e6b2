"""The sample province as drafts: clean forms first, then the planted faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo.base import base_draft
from tdkt_batch.demo.clean import MONTH, random_of
from tdkt_batch.demo.draft import Draft, Province
from tdkt_batch.demo.truth import Expected, Planted
from tdkt_batch.demo.upper import hold, upper_draft
from tdkt_batch.model import Unit

Plant = Callable[[Draft], Iterable[Expected]]
"""Changes one clean form and says what must be found in it."""
PlantAcross = Callable[[Province, str], Iterable[Expected]]
"""The same where a fault lies between units; the text is the planted unit's code."""


@dataclass(frozen=True, slots=True)
class Planting:
    """One planted fault: where, in words, and the function that plants it.

    ``held`` and ``large`` say what the clean form must be like beforehand.
    """

    unit: str
    fault: str
    plant: Plant
    held: bool = True
    large: bool = False


@dataclass(frozen=True, slots=True)
class PlantingAcross:
    """A planted fault between units, planted when all forms are filled.

    ``held`` is None where the unit's stage does not matter.
    """

    unit: str
    fault: str
    plant: PlantAcross
    held: bool | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the plantings ask of the clean forms: whose conference is over, who has many staff."""

    held: Mapping[str, bool]
    large: frozenset[str]
    pilots: frozenset[str]


def planted_province(
    campaign: Campaign,
    plantings: Iterable[Planting] = (),
    across: Iterable[PlantingAcross] = (),
) -> tuple[Province, tuple[Planted, ...]]:
    """Return the province with its faults, and what must be found of them.

    Base units are planted before the upper units' forms repeat what they say;
    faults between units come last. Without plantings it is a province without a
    fault.
    """
    by_unit = {planting.unit: planting for planting in plantings}
    across = tuple(across)
    units = campaign.units_in(MONTH)
    wishes = _wishes(by_unit.values(), across, units)
    drafts: dict[str, Draft] = {}
    planted: list[Planted] = []
    for unit in sorted(units, key=lambda unit: unit.level != "base"):
        drafts[unit.code] = draft = _clean(campaign, unit, drafts, wishes)
        if planting := by_unit.get(unit.code):
            planted += _planted(planting, planting.plant(draft))
    province = Province({unit.code: drafts[unit.code] for unit in units})
    for one in across:
        planted += _planted(one, one.plant(province, one.unit))
    return province, tuple(sorted(planted, key=lambda p: (p.unit, p.code)))


def _clean(campaign: Campaign, unit: Unit, drafts: Mapping[str, Draft], wishes: Wishes) -> Draft:
    if unit.level == "base":
        by_chance = random_of(unit, "stage").random() < 0.6
        pilot = unit.code in wishes.pilots
        held = pilot or wishes.held.get(unit.code, by_chance)
        return base_draft(campaign, unit, held=held, pilot=pilot, large=unit.code in wishes.large)
    below = [draft for draft in drafts.values() if draft.unit.parent == unit.code]
    draft = upper_draft(campaign, unit, below)
    if wishes.held.get(unit.code):
        hold(draft)
    return draft


def _planted(planting: Planting | PlantingAcross, found: Iterable[Expected]) -> list[Planted]:
    unit, fault = planting.unit, planting.fault
    told = [Planted(e.unit or unit, fault, e.code, e.outcome, e.severity) for e in found]
    return told or [Planted(unit, fault)]


def _wishes(
    plantings: Iterable[Planting], across: Iterable[PlantingAcross], units: Iterable[Unit]
) -> Wishes:
    plantings = tuple(plantings)
    held = {one.unit: one.held for one in across if one.held is not None}
    return Wishes(
        held=held | {one.unit: one.held for one in plantings},
        large=frozenset(one.unit for one in plantings if one.large),
        pilots=_pilots(units),
    )


def _pilots(units: Iterable[Unit]) -> frozenset[str]:
    """Return one pilot unit for each parent: its second in the register, or its only one."""
    by_parent: dict[str, list[str]] = {}
    for unit in units:
        if unit.parent:
            by_parent.setdefault(unit.parent, []).append(unit.code)
    return frozenset(codes[min(1, len(codes) - 1)] for codes in by_parent.values())
