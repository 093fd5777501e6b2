"""Whose form it is, for which month: by its hidden identity and by what was typed.

The unit is known by its code in the hidden identity; without one by the name
typed, at last by the sender's address. The month typed wins over the identity's,
because last month's file is used again. A name that fits two units is nobody's,
and a form of one unit in which another is named counts for neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.errors import InputError
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms.layout import META_KEYS
from tdkt_batch.forms_read.find_sheets import ALIKE, HARDLY, hidden_identity, likeness
from tdkt_batch.forms_read.pc_settings import swapped_day
from tdkt_batch.model import Month, Source, Unit
from tdkt_batch.remembered import remembered
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.unit_names.known_names import How
from tdkt_batch.unit_names.match import Ambiguous, Match, UnitNames
from tdkt_batch.values import Fault, Value, is_blank_cell
from tdkt_batch.workbooks.read import UnreadError, Workbook

CLEARER_BY = 0.2
"""How much more a workbook must be like one form than like any other."""


def meta_of(book: Workbook) -> Mapping[str, str]:
    """Return the hidden identity by key; its own keys empty when the workbook has none.

    A cell that was not calculated, or in which two readers see different things, says nothing.
    """
    found, sheet = dict.fromkeys(META_KEYS, ""), hidden_identity(book)
    if sheet is None:
        return found
    for row in range(min(sheet.height, 100)):
        is_unsure = (row, 1) in sheet.broken or (row, 1) in sheet.contested
        raw = None if is_unsure else sheet.raw(row, 1)
        text = str(Month.of(raw)) if isinstance(raw, date) else str(raw).strip()
        found[sheet.text(row, 0)] = "" if raw is None else text
    return found


# --- which form -------------------------------------------------------------------------


def form_of(
    book: Workbook, meta: Mapping[str, str], campaign: Campaign
) -> tuple[Form, tuple[Fault, ...]]:
    """Return the campaign's form that the workbook is; raise ``UnreadError`` when it is none.

    An older or newer version is read by its labels; a form copied into another
    workbook is known by them, clearly more than any other form, and that is said.
    """
    if meta["form"]:
        if meta["campaign"] != campaign.id:
            raise UnreadError("other_campaign", campaign=meta["campaign"])
        known = next((one for one in campaign.forms if one.id == meta["form"]), None)
        if known is None:
            raise UnreadError("unknown_form", form=meta["form"])
        return known, ()
    found = likeness(book, campaign)
    best, *others = sorted(campaign.forms, key=lambda form: -found[form.id])
    if found[best.id] < HARDLY:
        raise UnreadError("other_workbook")
    second = max((found[form.id] for form in others), default=0)
    if found[best.id] < ALIKE or found[best.id] - second < CLEARER_BY:
        raise UnreadError("no_identity")
    return best, (Fault("DL33"),)


# --- the unit --------------------------------------------------------------------------


def unit_of(
    typed: Value, meta: Mapping[str, str], form: Form, campaign: Campaign, source: Source
) -> tuple[Unit, tuple[Fault, ...]]:
    """Return the unit, and what has to be said about how it was found.

    Said is also when another unit sent the form, unless it is the unit above.
    """
    name, unit = "", campaign.unit_by_code.get(meta["unit"])
    if not is_blank_cell(typed.raw) and not typed.fault:
        name = typed.value if isinstance(typed.value, str) else quoted_raw(typed.raw)
    # the only unit that the register knows under the sender's address
    sender = source.letter.sender.strip().casefold() if source.letter else ""
    senders = [u for u in campaign.units if sender and u.email.strip().casefold() == sender]
    sending = senders[0] if len(senders) == 1 else None
    faults: list[Fault] = []
    if unit is not None:
        faults += _disagreement(name, unit, typed, campaign)
    elif name:
        unit, faults = _unit_by_name(name, typed, campaign)
    elif sending is not None:
        unit = sending
        faults.append(_about(typed, "DL40", unit=unit_label(unit, campaign), sender=sender))
    else:
        code = meta["unit"]
        raise UnreadError("unknown_unit", unit=code) if code else UnreadError("no_unit")
    wanted = campaign.form_of(unit)
    if wanted.id != form.id:
        raise UnreadError("wrong_form", unit=unit.name, wanted=wanted.number, given=form.number)
    if sending is not None and sending.code not in (unit.code, unit.parent):
        details = {"unit": unit_label(sending, campaign), "sender": sender}
        faults.append(Fault("DL41", details=details))
    return unit, tuple(faults)


def _about(cell: Value, code: str, **details: str) -> Fault:
    return Fault(code, cell.field, cell.sheet, cell.cell, details)


def _unit_by_name(name: str, typed: Value, campaign: Campaign) -> tuple[Unit, list[Fault]]:
    """Return the only unit that has the name, and a notice when it was misspelt."""
    found = units_named(name, campaign)
    if isinstance(found, Ambiguous):
        candidates = "; ".join(unit_label(unit, campaign) for unit in found.candidates)
        raise UnreadError("ambiguous_unit", unit=name, candidates=candidates)
    if found is None:
        raise UnreadError("unknown_unit", unit=name)
    if found.how not in (How.WITHOUT_MARKS, How.NEAREST):
        return found.unit, []
    return found.unit, [_about(typed, "DL35", raw=name, unit=unit_label(found.unit, campaign))]


def _disagreement(name: str, unit: Unit, typed: Value, campaign: Campaign) -> list[Fault]:
    """Return the fault of a name that no unit has; raise when it is another unit's."""
    own = unit_label(unit, campaign)
    if not name or name == own:
        return []
    found = units_named(name, campaign)
    named = found.candidates if isinstance(found, Ambiguous) else (found.unit,) if found else ()
    if unit in named:
        return []
    if named and not (isinstance(found, Match) and found.how is How.NEAREST):
        labels = "; ".join(unit_label(one, campaign) for one in named)
        raise UnreadError("disputed_unit", own=own, named=labels, cell=typed.cell)
    return [_about(typed, "DL18", raw=name, unit=own)]


def units_named(name: str, campaign: Campaign) -> Match | Ambiguous | None:
    """Return the unit of the campaign that ``name`` means, all that it may mean, or None."""
    return _unit_names(campaign).find(name)


@remembered(4)
def _unit_names(campaign: Campaign) -> UnitNames:
    return UnitNames(campaign.units, campaign.unit_aliases, campaign.board.province)


# --- the month ---------------------------------------------------------------------------


def month_of(
    typed: Value, meta: Mapping[str, str], *, days_may_be_exchanged: bool = True
) -> tuple[Month, tuple[Fault, ...]]:
    """Return the reporting month; a typed one that cannot be read is not replaced by another.

    Last month's file is used again as a matter of course. Where a form was made out for
    a later month than the one typed, that is said; 3 January in a form for March is
    1 March on a PC that puts the month first, where days are no texts.
    """
    made_out: Month | None = None
    with suppress(InputError):
        made_out = Month.parse(meta["month"])
    if isinstance(typed.value, date):
        month = Month.of(typed.value)
        if made_out is None or month == made_out:
            return month, ()
        raw = typed.raw if days_may_be_exchanged else None
        other = swapped_day(raw) if isinstance(raw, date) else None
        is_swapped = other is not None and other.day == 1 and Month.of(other) == made_out
        if month > made_out and not is_swapped:
            return month, ()
        code = "DL42" if is_swapped else "DL36"
        said = _about(typed, code, typed=month.vietnamese, made_out=made_out.vietnamese)
        return (made_out if is_swapped else month), (said,)
    if not typed.is_blank:
        raise UnreadError("unreadable_month", raw=quoted_raw(typed.raw), cell=typed.cell)
    if made_out is None:
        raise UnreadError("no_month")
    return made_out, ()
