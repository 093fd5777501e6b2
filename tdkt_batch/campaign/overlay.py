"""What an office lays over a campaign: its own board, letters, deadlines, holidays and units.

The guidance stays as it is; what an office says of itself lies over it, so that
neither its settings nor its register change a file of the campaign.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from tdkt_batch.campaign.definition import LEADERSHIP, Campaign, Deadline, MovedDay
from tdkt_batch.campaign.holidays import Holiday, Holidays
from tdkt_batch.campaign.letters import PaperStyle
from tdkt_batch.campaign.register import with_superiors
from tdkt_batch.model import Month, Unit

_BY_SUPERIOR = ("superior_kinds", "others_like")
_OF_THE_GUIDANCE = ("next_working_day", *_BY_SUPERIOR)
"""What of a deadline no office sets; the first of these stands in overlays of before."""
DEADLINES, HOLIDAYS, UNITS, LEFT_OUT = "deadlines", "holidays", "units", "left_out"
"""The lists of an overlay; whatever else it holds are values by their place."""
REASONS = "reasons"
"""Where the reasons to choose from lie, by what they are for."""
NO_SAMPLES = "no_samples"
"""Whether an allotment that is still a sample holds no more: it neither judges nor is written."""
_DAYS = ("valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over a campaign, as canonical JSON: one text for one content.

    A mapping by the campaign's attributes, nested as they are: ``board.name``,
    ``letters.office.phone``. ``deadlines`` and ``holidays`` replace the campaign's;
    ``units`` lie over its own by code, attribute by attribute, ``left_out`` are the
    codes of those that do not count. Days are written ``YYYY-MM-DD``.
    """

    text: str = "{}"

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Overlay:
        """Return the overlay with this content."""
        return cls(json.dumps(content, ensure_ascii=False, sort_keys=True))

    @property
    def content(self) -> dict[str, Any]:
        """What it holds."""
        content: dict[str, Any] = json.loads(self.text)
        return content

    def __bool__(self) -> bool:
        """Tell whether it holds anything."""
        return self.text != "{}"


def laid_over(campaign: Campaign, overlay: Overlay) -> Campaign:
    """Return the campaign with an overlay on it, and a digest that tells both."""
    content = overlay.content
    if not content:
        return campaign
    changed: dict[str, Any] = {}
    if rows := content.pop(DEADLINES, ()):
        before = {one.level: one for one in all_deadlines(campaign)}
        deadlines = tuple(_deadline(row, before.get(row["level"])) for row in rows)
        changed["deadlines"] = tuple(one for one in deadlines if one.level != LEADERSHIP)
        changed["board_deadline"] = next((o for o in deadlines if o.level == LEADERSHIP), None)
    if rows := content.pop(HOLIDAYS, ()):
        changed["holidays"] = Holidays(tuple(map(_holiday, rows)))
    left_out, units = content.pop(LEFT_OUT, ()), content.pop(UNITS, ())
    samples = frozenset(_still_samples(campaign, overlay.content))
    changed["samples"] = samples
    changed["units"] = units_over(campaign.units, units, left_out)
    if content.pop(NO_SAMPLES, False):
        changed["units"] = tuple(
            replace(unit, allotment=None) if _allotment_of(unit) in samples else unit
            for unit in changed["units"]
        )
    digest = hashlib.sha256(f"{campaign.digest}\0{overlay.text}".encode()).hexdigest()
    singles: Campaign = _over(campaign, content)
    return replace(singles, digest=digest[:16], **changed)


def _still_samples(campaign: Campaign, content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the places of sample data that an overlay says nothing of."""
    said = set(_places(content))
    before = {row["level"]: row for row in map(deadline_row, all_deadlines(campaign))}
    for row in content.get(DEADLINES, ()):
        at, known = f"deadlines.{row['level']}", before.get(row["level"], {})
        if row["letter"] != known.get("letter"):
            said.add(f"{at}.letter")
        moved = known.get("moved", {})
        said |= {f"{at}.{m}" for m in moved if row["moved"].get(m) != moved[m]}
    for row in content.get(UNITS, ()):
        at = f"units.{row['code']}"
        said |= {f"{at}.{name}" for name in row}
        if row.keys() & {"name", "valid_to", "note"}:
            said.add(at)
    gone = tuple(f"units.{code}" for code in content.get(LEFT_OUT, ()))
    for place in campaign.samples - said:
        if not any(place == one or place.startswith(f"{one}.") for one in gone):
            yield place


def _allotment_of(unit: Unit) -> str:
    """Return the place of a unit's allotment."""
    return f"units.{unit.code}.allotment"


def _places(content: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, one in content.items():
        yield f"{above}{name}"
        if isinstance(one, Mapping):
            yield from _places(one, f"{above}{name}.")


def all_deadlines(campaign: Campaign) -> tuple[Deadline, ...]:
    """Return the deadlines of all levels, then the board's own."""
    own = campaign.board_deadline
    return (*campaign.deadlines, *((own,) if own else ()))


def units_over(
    units: Sequence[Unit], rows: Sequence[Mapping[str, Any]], left_out: Sequence[str] = ()
) -> tuple[Unit, ...]:
    """Return the units with an overlay's rows on them; new ones stand at the end."""
    by_code = {unit.code: unit for unit in units if unit.code not in left_out}
    for row in rows:
        given: dict[str, Any] = {
            name: date.fromisoformat(value) if name in _DAYS and value else value
            for name, value in row.items()
        }
        known = by_code.get(row["code"])
        by_code[row["code"]] = replace(known, **given) if known else Unit(**given)
    return with_superiors(by_code.values())


def _over(value: Any, given: Mapping[str, Any]) -> Any:
    """Return a value with its attributes replaced, those of its attributes too."""
    changed = {}
    for name, one in given.items():
        before = getattr(value, name)
        if is_dataclass(before):
            changed[name] = _over(before, one)
        elif isinstance(before, PaperStyle):
            changed[name] = PaperStyle(one)
        else:
            changed[name] = tuple(one) if isinstance(one, list) else one
    return replace(value, **changed)


def _deadline(row: Mapping[str, Any], before: Deadline | None) -> Deadline:
    """Return a deadline as the office set it; what it is not asked for is the guidance's."""
    moved = {
        Month.parse(month): MovedDay(date.fromisoformat(day), letter)
        for month, (day, letter) in row["moved"].items()
    }
    kept = {name: getattr(before, name) for name in _OF_THE_GUIDANCE if before is not None}
    return Deadline(**{**row, "moved": moved, **kept})


def deadline_row(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as an overlay holds it."""
    names = (one.name for one in fields(deadline) if one.name not in _BY_SUPERIOR)
    moved = {str(m): [str(one.day), one.letter] for m, one in sorted(deadline.moved.items())}
    return {**{name: getattr(deadline, name) for name in names}, "moved": moved}


def _holiday(row: Mapping[str, Any]) -> Holiday:
    if "each_year" in row:
        return Holiday(**row)
    days: dict[str, Any] = {
        key: date.fromisoformat(text) for key, text in row.items() if key != "name"
    }
    return Holiday(name=row["name"], **days)


def holiday_row(holiday: Holiday) -> dict[str, Any]:
    """Return a holiday as an overlay holds it."""
    if holiday.each_year:
        return {"name": holiday.name, "each_year": holiday.each_year}
    row = {"name": holiday.name, "first": str(holiday.first), "last": str(holiday.last)}
    return row | ({"worked": str(holiday.worked)} if holiday.worked != date.max else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLayers:
    """What an office lays over a campaign, by where it is from: its settings, then its register.

    ``register`` holds units only; ``register_file`` is the name of its file. A sample
    province runs ``with_samples``: allotments that nobody replaced hold all the same.
    """

    settings: Overlay = Overlay()
    register: Overlay = Overlay()
    register_file: str = ""
    with_samples: bool = False

    def over(self, campaign: Campaign) -> Overlay:
        """Return both as one, with no more in it than differs from the campaign."""
        content, register = self.settings.content, self.register.content.get(UNITS, ())
        rows: dict[str, dict[str, Any]] = {}
        for row in (*content.pop(UNITS, ()), *register):
            rows.setdefault(row["code"], {}).update(row)
        named = {row["code"] for row in register}
        left_out = [code for code in content.pop(LEFT_OUT, ()) if code not in named]
        news = [row for row in map(partial(_news, campaign), rows.values()) if row]
        content |= {UNITS: news} if news else {}
        content |= {LEFT_OUT: left_out} if left_out else {}
        places = set(map(_allotment_of, campaign.units))
        if not self.with_samples and not places.isdisjoint(_still_samples(campaign, content)):
            content[NO_SAMPLES] = True
        return Overlay.of(content)


def _news(campaign: Campaign, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says of a unit that the campaign does not say; nothing is empty."""
    unit = campaign.unit_by_code.get(row["code"])
    if unit is None:
        return dict(row)
    before = {name: getattr(unit, name) for name in row}
    stored = {n: str(one) if isinstance(one, date) else one for n, one in before.items()}
    # what confirms a sample says something too
    news = {
        name: value
        for name, value in row.items()
        if value != stored[name] or f"units.{unit.code}.{name}" in campaign.samples
    }
    return {**news, "code": unit.code} if news else {}
