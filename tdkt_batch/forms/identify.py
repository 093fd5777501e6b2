"""Whose form it is, for which month: by its hidden identity and by what was typed.

The unit is known by its code in ``_meta``; in a form without one, by the name
typed. The month typed wins over ``_meta``, because last month's file is used
again. A name that fits two units is nobody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from tdkt_batch.campaign.definition import Campaign, Form
from tdkt_batch.errors import InputError
from tdkt_batch.forms.layout import META_KEYS, META_SHEET
from tdkt_batch.forms.spelling import spelling, unmarked
from tdkt_batch.forms.understood import write_raw
from tdkt_batch.forms.unit_labels import unit_label
from tdkt_batch.forms.workbook_cells import SheetCells, UnreadError, Workbook
from tdkt_batch.model import Fault, Month, Raw, Unit, Value, is_blank_cell

_OFFICES = ("UBND", "Ủy ban nhân dân")
"""What communes and districts write before their name."""
_HEAD_ROWS = 10


def meta_of(book: Workbook) -> Mapping[str, str]:
    """Return the hidden identity by key; empty when the workbook has none.

    A cell that was not calculated says nothing.
    """
    sheet = book.sheet(META_SHEET)
    if sheet is None:
        return {}
    found = {sheet.text(row, 0): _meta_text(sheet, row) for row in range(sheet.height)}
    return {key: found.get(key, "") for key in META_KEYS}


def _meta_text(sheet: SheetCells, row: int) -> str:
    raw = None if (row, 1) in sheet.broken else sheet.raw(row, 1)
    if isinstance(raw, date):
        return str(Month.of(raw))
    return "" if raw is None else str(raw).strip()


def form_of(book: Workbook, meta: Mapping[str, str], campaign: Campaign) -> Form:
    """Return the campaign's form that the workbook is; raise ``UnreadError`` when it is none."""
    if not meta.get("form"):
        raise UnreadError("no_identity" if _looks_like_a_form(book, campaign) else "other_workbook")
    if meta["campaign"] != campaign.id:
        raise UnreadError("other_campaign", campaign=meta["campaign"])
    form = next((one for one in campaign.forms if one.id == meta["form"]), None)
    if form is None:
        raise UnreadError("unknown_form", form=meta["form"])
    if meta["form_version"] != form.version:
        raise UnreadError("other_version", version=meta["form_version"], current=form.version)
    return form


def _looks_like_a_form(book: Workbook, campaign: Campaign) -> bool:
    titles = {spelling(form.title) for form in campaign.forms}
    sheets = (book.sheet(form.sheets[0].title) for form in campaign.forms)
    return any(
        spelling(cell) in titles
        for sheet in sheets
        if sheet is not None
        for row in sheet.rows[:_HEAD_ROWS]
        for cell in row
        if isinstance(cell, str)
    )


# --- the unit --------------------------------------------------------------------------


def unit_of(
    typed: Value, meta: Mapping[str, str], form: Form, campaign: Campaign
) -> tuple[Unit, Fault | None]:
    """Return the unit, and a fault where the typed name says another or none."""
    unit = next((u for u in campaign.units if u.code == meta["unit"]), None)
    name = "" if is_blank_cell(typed.raw) or typed.fault else write_raw(typed.raw)
    if unit is None:
        unit, fault = _unit_named(name, meta["unit"], campaign), None
    else:
        fault = _disagreement(name, unit, typed, campaign)
    wanted = campaign.form_of(unit)
    if wanted.id != form.id:
        raise UnreadError("wrong_form", unit=unit.name, wanted=wanted.number, given=form.number)
    return unit, fault


def _unit_named(name: str, code: str, campaign: Campaign) -> Unit:
    if not name:
        raise UnreadError("unknown_unit", unit=code) if code else UnreadError("no_unit")
    found = units_named(name, campaign)
    if len(found) > 1:
        candidates = "; ".join(unit_label(unit, campaign) for unit in found)
        raise UnreadError("ambiguous_unit", unit=name, candidates=candidates)
    if not found:
        raise UnreadError("unknown_unit", unit=name)
    return found[0]


def _disagreement(name: str, unit: Unit, typed: Value, campaign: Campaign) -> Fault | None:
    if not name or name == unit_label(unit, campaign):
        return None
    found = units_named(name, campaign)
    if unit in found:
        return None
    details = {"raw": name, "unit": unit_label(unit, campaign)}
    return Fault("DL17" if found else "DL18", typed.field, typed.sheet, typed.cell, details)


def units_named(name: str, campaign: Campaign) -> tuple[Unit, ...]:
    """Return the units that ``name`` fits, in the register's order.

    With or without kind, parent, marks and “UBND”; other spellings of the
    register's aliases count.
    """
    aliases = tuple((code, names) for code, names in sorted(campaign.unit_aliases.items()))
    codes_by_name = _codes_by_name(campaign.units, aliases)
    wanted = spelling(name)
    for office in _OFFICES:
        wanted = wanted.removeprefix(f"{spelling(office)} ")
    codes = codes_by_name.get(wanted, frozenset())
    if not codes and name.isascii():
        codes = codes_by_name.get(_UNMARKED + unmarked(wanted), frozenset())
    return tuple(unit for unit in campaign.units if unit.code in codes)


_UNMARKED = "\0"
"""Marks the keys without diacritics, so that they meet only names typed without."""


@lru_cache(maxsize=4)
def _codes_by_name(
    units: tuple[Unit, ...], aliases: tuple[tuple[str, tuple[str, ...]], ...]
) -> Mapping[str, frozenset[str]]:
    by_code = {unit.code: unit for unit in units}
    other_names = dict(aliases)
    found: dict[str, set[str]] = {}
    for unit in units:
        for name in _names(unit, by_code, other_names.get(unit.code, ())):
            for key in (spelling(name), _UNMARKED + unmarked(name)):
                found.setdefault(key, set()).add(unit.code)
    return {key: frozenset(codes) for key, codes in found.items()}


def _names(unit: Unit, by_code: Mapping[str, Unit], aliases: tuple[str, ...]) -> Iterator[str]:
    parent = by_code.get(unit.parent or "")
    own = [name for one in (unit.name, *aliases) for name in _with_and_without_kind(one, unit.kind)]
    above = _with_and_without_kind(parent.name, parent.kind) if parent else ()
    for name in own:
        yield name
        yield from (f"{name} {upper}" for upper in above)


def _with_and_without_kind(name: str, kind: str) -> tuple[str, ...]:
    """Return both, as ``Xã Pa Ủ`` and ``Pa Ủ``, whichever was given.

    >>> _with_and_without_kind("Pa Ủ", "xã")
    ('Pa Ủ', 'xã Pa Ủ')
    """
    if name.casefold().startswith(kind.casefold() + " "):
        return name, name[len(kind) + 1 :]
    return name, f"{kind} {name}"


# --- the month ---------------------------------------------------------------------------


def month_of(typed: Value, meta: Mapping[str, str]) -> Month:
    """Return the reporting month; a typed one that cannot be read is not replaced by another."""
    if isinstance(typed.value, date):
        return Month.of(typed.value)
    if not typed.is_blank:
        raise UnreadError("unreadable_month", raw=write_raw(typed.raw), cell=typed.cell)
    try:
        return Month.parse(meta["month"])
    except InputError:
        raise UnreadError("no_month") from None


# --- by the file's name -------------------------------------------------------------------


def unit_by_file_name(name: str, campaign: Campaign) -> str:
    """Return the code of the unit that a file's name begins with or names in full; "" if none.

    Only a hint for files that cannot be opened: whom to ask for another copy.
    """
    stem = unicodedata.normalize("NFC", name).rpartition("/")[2].rpartition(".")[0]
    codes = {unit.code for unit in campaign.units}
    words = re.split(r"[\W_]+", stem)
    if words[0] in codes:
        return words[0]
    text = f" {unmarked(' '.join(words))} "
    named = [unit for unit in campaign.units if f" {unmarked(unit.name)} " in text]
    return named[0].code if len(named) == 1 else ""


def raw_text(raw: Raw) -> str:
    """Return a text cell's text, trimmed; empty for anything else."""
    return raw.replace("\u00a0", " ").strip() if isinstance(raw, str) else ""
