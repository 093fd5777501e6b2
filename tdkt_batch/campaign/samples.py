"""What of a campaign is sample data: it came with the program, an office has its own.

A piece of it is a place: ``letters.office.phone``, ``deadlines.base.letter``,
``deadlines.base.2015-02`` (the letter that moved the deadline of a month),
``units.03619.email``, or ``units.DN01`` for a unit that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from tdkt_batch.campaign.definition import Campaign, Deadline
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.model import Unit
from tdkt_batch.wording import campaign as say

PHONE = "letters.office.phone"
"""The one single value that may be a sample."""
_OF_UNITS = ("phone", "email", "allotment")
_NOT_SHOWN = ("phone", "email")
"""What of a unit is shown nowhere while it is a sample: nobody can be reached by it."""


def load_samples(
    section: Section, deadlines: Iterable[Deadline], units: Sequence[Unit]
) -> frozenset[str]:
    """Return the places that ``[samples]`` declares; ``CampaignError`` for what it cannot be."""
    section.allow("office_phone", "deadline_letters", "of_units", "units_noted")
    of_units = section.texts("of_units", ())
    section.check_known("of_units", of_units, _OF_UNITS)
    places = {PHONE} if section.flag("office_phone", False) else set[str]()
    if section.flag("deadline_letters", False):
        places |= {place for one in deadlines for place in _letters_of(one)}
    places |= {f"units.{u.code}.{n}" for u in units for n in of_units if getattr(u, n)}
    if noted := section.text("units_noted", ""):
        places |= {f"units.{unit.code}" for unit in units if noted in unit.note}
    return frozenset(places)


def _letters_of(deadline: Deadline) -> Iterator[str]:
    yield f"deadlines.{deadline.level}.letter"
    yield from (f"deadlines.{deadline.level}.{month}" for month in deadline.moved)


def without_samples(campaign: Campaign) -> Campaign:
    """Return the campaign without the office's own samples, which would be printed.

    Its telephone is blank, the letter of a deadline is one that is still to be written in.
    """
    places = campaign.samples
    if not places:
        return campaign
    office = campaign.letters.office
    if PHONE in places:
        office = replace(office, phone="")

    def real(deadline: Deadline) -> Deadline:
        at, blank = f"deadlines.{deadline.level}", say.LETTER_TO_FILL_IN
        letter = blank if f"{at}.letter" in places else deadline.letter
        moved = {
            month: replace(one, letter=blank) if f"{at}.{month}" in places else one
            for month, one in deadline.moved.items()
        }
        return replace(deadline, letter=letter, moved=moved)

    board = campaign.board_deadline
    return replace(
        campaign,
        letters=replace(campaign.letters, office=office),
        deadlines=tuple(map(real, campaign.deadlines)),
        board_deadline=real(board) if board else None,
    )


def real_unit(unit: Unit, places: frozenset[str]) -> Unit:
    """Return a unit without a telephone and an address that are samples."""
    blank: dict[str, Any] = {
        name: "" for name in _NOT_SHOWN if f"units.{unit.code}.{name}" in places
    }
    return replace(unit, **blank) if blank else unit
