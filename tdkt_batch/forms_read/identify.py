"""Whose form it is, for which month: by its hidden identity and by what was typed.

The unit is known by its code in the hidden identity; without one by the name
typed, at last by the sender's address. The month typed wins over the identity's,
because last month's file is used again. A name that fits two units is nobody's,
and a form of one unit in which another is named counts for neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.errors import InputError
from tdkt_batch.forms.cell_meaning import quoted_raw
from tdkt_batch.forms.layout import META_KEYS
from tdkt_batch.forms_read.find_sheets import ALIKE, HARDLY, hidden_identity, likeness
from tdkt_batch.forms_read.locale_evidence import swapped_day
from tdkt_batch.model import Fault, Month, Source, Unit, Value, is_blank_cell
from tdkt_batch.unit_names.keys import How
from tdkt_batch.unit_names.labels import unit_label
from tdkt_batch.unit_names.match import Ambiguous, Match, UnitNames
from tdkt_batch.vietnamese.spelling import unmarked_key
from tdkt_batch.workbooks.read import SheetCells, UnreadError, Workbook

CLEARER_BY = 0.2
"""How much more a workbook must be like one form than like any other."""


def meta_of(book: Workbook) -> Mapping[str, str]:
    """Return the hidden identity by key; its own keys empty when the workbook has none.

    A cell that was not calculated says nothing.
    """
    sheet = hidden_identity(book)
    found = {} if sheet is None else {sheet.text(r, 0): _meta_text(sheet, r) for r in _rows(sheet)}
    return dict.fromkeys(META_KEYS, "") | found


def _rows(sheet: SheetCells) -> range:
    return range(min(sheet.height, 100))


def _meta_text(sheet: SheetCells, row: int) -> str:
    raw = None if (row, 1) in sheet.broken else sheet.raw(row, 1)
    if isinstance(raw, date):
        return str(Month.of(raw))
    return "" if raw is None else str(raw).strip()


# --- which form -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormMatch:
    """The campaign's form that a workbook is; a notice says so if it is not quite the form."""

    form: Form
    notices: tuple[Fault, ...] = ()
    is_other_version: bool = False


def form_of(book: Workbook, meta: Mapping[str, str], campaign: Campaign) -> FormMatch:
    """Return the campaign's form that the workbook is; raise ``UnreadError`` when it is none.

    An older or newer version is read by its labels, a form copied into another
    workbook is known by them.
    """
    if not meta["form"]:
        return FormMatch(_form_by_content(book, campaign), (Fault("DL33"),), is_other_version=True)
    if meta["campaign"] != campaign.id:
        raise UnreadError("other_campaign", campaign=meta["campaign"])
    form = next((one for one in campaign.forms if one.id == meta["form"]), None)
    if form is None:
        raise UnreadError("unknown_form", form=meta["form"])
    return FormMatch(form, is_other_version=meta["form_version"] != form.version)


def _form_by_content(book: Workbook, campaign: Campaign) -> Form:
    """Return the form whose labels the workbook has, clearly more than any other's."""
    found = likeness(book, campaign)
    best, *others = sorted(campaign.forms, key=lambda form: -found[form.id])
    if found[best.id] < HARDLY:
        raise UnreadError("other_workbook")
    second = max((found[form.id] for form in others), default=0)
    if found[best.id] < ALIKE or found[best.id] - second < CLEARER_BY:
        raise UnreadError("no_identity")
    return best


# --- the unit --------------------------------------------------------------------------


def unit_of(
    typed: Value, meta: Mapping[str, str], form: Form, campaign: Campaign, source: Source
) -> tuple[Unit, tuple[Fault, ...]]:
    """Return the unit, and what has to be said about how it was found."""
    unit = campaign.unit_by_code.get(meta["unit"])
    name = _name(typed)
    if unit is None:
        unit, faults = _unit_without_code(name, typed, meta["unit"], campaign, source)
    else:
        faults = _disagreement(name, unit, typed, campaign)
    wanted = campaign.form_of(unit)
    if wanted.id != form.id:
        raise UnreadError("wrong_form", unit=unit.name, wanted=wanted.number, given=form.number)
    return unit, (*faults, *_foreign_sender(unit, source, campaign))


def _name(typed: Value) -> str:
    if is_blank_cell(typed.raw) or typed.fault:
        return ""
    return typed.value if isinstance(typed.value, str) else quoted_raw(typed.raw)


def _unit_without_code(
    name: str, typed: Value, code: str, campaign: Campaign, source: Source
) -> tuple[Unit, tuple[Fault, ...]]:
    if not name:
        unit = _unit_by_sender(source, campaign)
        if unit is None:
            raise UnreadError("unknown_unit", unit=code) if code else UnreadError("no_unit")
        details = {"unit": unit_label(unit, campaign), "sender": _sender(source)}
        return unit, (Fault("DL40", typed.field, typed.sheet, typed.cell, details),)
    found = unit_names(campaign).find(name)
    if isinstance(found, Ambiguous):
        candidates = "; ".join(unit_label(unit, campaign) for unit in found.candidates)
        raise UnreadError("ambiguous_unit", unit=name, candidates=candidates)
    if found is None:
        raise UnreadError("unknown_unit", unit=name)
    if found.how not in (How.WITHOUT_MARKS, How.NEAREST):
        return found.unit, ()
    details = {"raw": name, "unit": unit_label(found.unit, campaign)}
    return found.unit, (Fault("DL35", typed.field, typed.sheet, typed.cell, details),)


def _disagreement(name: str, unit: Unit, typed: Value, campaign: Campaign) -> tuple[Fault, ...]:
    """Return the fault of a name that no unit has; raise when it is another unit's."""
    if not name or name == unit_label(unit, campaign):
        return ()
    found = unit_names(campaign).find(name)
    match found:
        case Match(unit=named) if named == unit:
            return ()
        case Ambiguous(candidates=candidates) if unit in candidates:
            return ()
        case Match(unit=named, how=how) if how is not How.NEAREST:
            raise _disputed(unit, unit_label(named, campaign), typed, campaign)
        case Ambiguous(candidates=candidates):
            all_named = "; ".join(unit_label(one, campaign) for one in candidates)
            raise _disputed(unit, all_named, typed, campaign)
    details = {"raw": name, "unit": unit_label(unit, campaign)}
    return (Fault("DL18", typed.field, typed.sheet, typed.cell, details),)


def _disputed(unit: Unit, named: str, typed: Value, campaign: Campaign) -> UnreadError:
    own = unit_label(unit, campaign)
    return UnreadError("disputed_unit", own=own, named=named, cell=typed.cell)


def unit_names(campaign: Campaign) -> UnitNames:
    """Return the names of the campaign's units, ready to be looked up."""
    aliases = tuple(sorted(campaign.unit_aliases.items()))
    return _unit_names(campaign.units, aliases, campaign.board.province)


@lru_cache(maxsize=4)
def _unit_names(
    units: tuple[Unit, ...], aliases: tuple[tuple[str, tuple[str, ...]], ...], province: str
) -> UnitNames:
    return UnitNames(units, dict(aliases), province)


# --- the sender --------------------------------------------------------------------------


def _sender(source: Source) -> str:
    return source.letter.sender.strip().casefold() if source.letter else ""


def _unit_by_sender(source: Source, campaign: Campaign) -> Unit | None:
    """Return the only unit that the register knows under the sender's address."""
    sender = _sender(source)
    found = [u for u in campaign.units if sender and u.email.strip().casefold() == sender]
    return found[0] if len(found) == 1 else None


def _foreign_sender(unit: Unit, source: Source, campaign: Campaign) -> tuple[Fault, ...]:
    """Return a notice when another unit sent the form, unless it is the unit above."""
    sending = _unit_by_sender(source, campaign)
    if sending is None or sending.code in (unit.code, unit.parent):
        return ()
    details = {"unit": unit_label(sending, campaign), "sender": _sender(source)}
    return (Fault("DL41", details=details),)


# --- the month ---------------------------------------------------------------------------


def month_of(typed: Value, meta: Mapping[str, str]) -> tuple[Month, tuple[Fault, ...]]:
    """Return the reporting month; a typed one that cannot be read is not replaced by another.

    Where the form was made out for another month than the one typed, that is said;
    3 January in a form for March is 1 March on a PC that puts the month first.
    """
    made_out = _month(meta["month"])
    if isinstance(typed.value, date):
        month = Month.of(typed.value)
        if made_out is None or month == made_out:
            return month, ()
        other = swapped_day(typed.raw) if isinstance(typed.raw, date) else None
        is_swapped = other is not None and other.day == 1 and Month.of(other) == made_out
        details = {"typed": month.vietnamese, "made_out": made_out.vietnamese}
        code = "DL42" if is_swapped else "DL36"
        fault = Fault(code, typed.field, typed.sheet, typed.cell, details)
        return (made_out if is_swapped else month), (fault,)
    if not typed.is_blank:
        raise UnreadError("unreadable_month", raw=quoted_raw(typed.raw), cell=typed.cell)
    if made_out is None:
        raise UnreadError("no_month")
    return made_out, ()


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except InputError:
        return None


# --- by the file's name -------------------------------------------------------------------


def unit_by_file_name(name: str, campaign: Campaign) -> str:
    """Return the code of the unit that a file's name begins with or names in full; "" if none.

    Only a hint for files that cannot be opened: whom to ask for another copy.
    """
    stem = unicodedata.normalize("NFC", name).rpartition("/")[2].rpartition(".")[0]
    words = re.split(r"[\W_]+", stem)
    if words[0] in campaign.unit_by_code:
        return words[0]
    text = f" {unmarked_key(' '.join(words))} "
    named = [unit for unit in campaign.units if f" {unmarked_key(unit.name)} " in text]
    return named[0].code if len(named) == 1 else ""
