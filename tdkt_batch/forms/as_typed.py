"""What a cell means by its own semantics: exactly what the form's formulas see.

No repair is made here. A text in a number cell is no number, as in the form's
check panel; ``forms_read.repair`` understands more, and records it as ``Understood``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form, Table
from tdkt_batch.campaign.lacking import lacking_in
from tdkt_batch.values import Fault, Found, Raw, Repair, Scalar, TableRow, Value, is_blank_cell
from tdkt_batch.vietnamese.folding import fold_choice, fold_text, squeeze
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording.forms import NONE

_EPOCH = date(1899, 12, 30)
_LEAP_BUG = date(1900, 3, 1)
"""Spreadsheets count a 29 February 1900; before it a day's serial is one less."""
LONGEST_NUMBER = 10**15
"""From here on a spreadsheet no longer holds every whole number."""


def serial(raw: Raw) -> float | None:
    """Return the number that a cell holds; None unless it is a number, a day or a time.

    >>> serial(date(2015, 3, 31)), serial(datetime(2015, 3, 31, 12)), serial(True), serial("7")
    (42094.0, 42094.5, None, None)
    """
    match raw:
        case bool() | str() | None:
            return None
        case int() | float():
            return float(raw) if math.isfinite(raw) else None
        case datetime():
            return day_serial(raw.date()) + _day_share(raw.time())
        case date():
            return float(day_serial(raw))
        case time():
            return _day_share(raw)
        case timedelta():
            return raw / timedelta(days=1)


def _day_share(moment: time) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return seconds / 86_400


def day_serial(day: date) -> int:
    """Return the number by which spreadsheets count a day (the 1900 system)."""
    return (day - _EPOCH).days - (day < _LEAP_BUG)


def day_of_serial(number: int) -> date:
    """Return the day of a spreadsheet's serial number, from 1 March 1900 on."""
    return _EPOCH + timedelta(days=number)


_BETWEEN_PARTS = re.compile(r"[/.-]")
_WIDE = 20
"""How much room the form's formulas give each part of a day; what is longer is none."""


def day_figures(text: str, *, of_month: bool = False) -> str:
    """Return the eight figures of a day that is typed as the form asks for it; else other signs.

    Day, month, year stand in figures, with ``/``, ``.`` or ``-`` between them; a year of
    two figures is of this century. Of a month they are its first day's, and its year
    stands in full, for 3/12 may be a day.

    >>> day_figures("20/3/2015"), day_figures(" 5.1-15 "), day_figures("quý I")
    ('20032015', '05012015', '')
    >>> day_figures("3/2015", of_month=True)
    '01032015'
    """
    text = f"1/{text}" if of_month else text
    apart = _BETWEEN_PARTS.sub(" " * _WIDE, squeeze(text))
    day, month = squeeze(apart[:_WIDE]), squeeze(apart[_WIDE : 2 * _WIDE])
    year = squeeze(apart[2 * _WIDE : 2 * _WIDE + 99])
    if max(len(day), len(month)) > 2:
        return ""
    century = "" if of_month or len(year) != 2 else "20"
    return f"{day:0>2}{month:0>2}{century}{year}"


def day_in_text(text: str, *, of_month: bool = False) -> date | None:
    """Return the day that a text names as the form asks for it; None where there is no such day.

    >>> day_in_text("20/3/2015"), day_in_text("31/2/2015"), day_in_text("20 tháng 3")
    (datetime.date(2015, 3, 20), None, None)
    """
    figures = day_figures(text, of_month=of_month)
    if len(figures) != 8 or not (figures.isascii() and figures.isdecimal()):
        return None
    try:
        return date(int(figures[4:]), int(figures[2:4]), int(figures[:2]))
    except ValueError:
        return None


def day_as_text(day: date) -> str:
    """Return a day as the form's cells hold it: ``20/3/2015``."""
    return f"{day.day}/{day.month}/{day.year}"


def month_as_text(day: date) -> str:
    """Return a day's month as the form's cells hold it, and offer it: ``3/2015``."""
    return f"{day.month}/{day.year}"


def typed_value(field: Field, raw: Raw, campaign: Campaign) -> Scalar | None:
    """Return what the form's own formulas take the cell for; None is missing.

    A blank cell is missing, only a blank mark says no; the words for none (“-”,
    “không”) are a count of 0. A day is a text, day first (a month: ``3/2015``), or a
    real day that was pasted in, whose time of day is dropped; days outside the
    campaign's dates are missing. A whole number in a text cell is its digits; a
    text of nothing but punctuation says nothing. What says which contents lack is in one
    way of writing.
    """
    if is_blank_cell(raw):
        return False if field.kind is FieldKind.MARK else None
    match field.kind:
        case FieldKind.MARK:
            return True if isinstance(raw, str) and fold_choice(raw) == "x" else None
        case FieldKind.CHOICE:
            options = () if field.choices is None else field.choices.values
            return _option_by_fold(options).get(fold_choice(raw)) if isinstance(raw, str) else None
        case FieldKind.TEXT | FieldKind.NOTE if isinstance(raw, str):
            return raw if fold_text(raw) else None
        case FieldKind.LACKING if isinstance(raw, str):
            return lacking_in(field, raw)
        case FieldKind.COUNT if isinstance(raw, str):
            return 0 if not field.minimum and fold_choice(raw) in NONE else None
        case FieldKind.DATE | FieldKind.MONTH if isinstance(raw, str):
            named = day_in_text(raw, of_month=field.kind is FieldKind.MONTH)
            is_known = named is not None and campaign.earliest <= named <= campaign.latest
            return named if is_known else None
    number = serial(raw)
    if number is None:
        return None
    match field.kind:
        case FieldKind.DATE | FieldKind.MONTH:
            whole = math.floor(number)
            if not day_serial(campaign.earliest) <= whole <= day_serial(campaign.latest):
                return None
            day = day_of_serial(whole)
            return day.replace(day=1) if field.kind is FieldKind.MONTH else day
        case FieldKind.COUNT:
            is_count = number == int(number) and field.minimum <= number <= field.maximum
            return int(number) if is_count else None
    if number != int(number) or abs(number) >= LONGEST_NUMBER:
        return None
    digits = str(int(number))
    return lacking_in(field, digits) if field.kind is FieldKind.LACKING else digits


@lru_cache(maxsize=256)
def _option_by_fold(options: tuple[str, ...]) -> Mapping[str, str]:
    return {fold_choice(option): option for option in options}


# --- optional counts left blank ---------------------------------------------------------


def implied_zeros(
    form: Form, values: Mapping[str, Value], tables: Mapping[str, Sequence[TableRow]]
) -> tuple[dict[str, Value], dict[str, tuple[TableRow, ...]]]:
    """Return the values with 0 for each optional count left blank where others were filled.

    On a page: once another count of its block is filled. In a table: once its
    row exists, that is a key column is filled. A required count stays missing; a
    cell that was not found, or holds two answers, is never 0.
    """

    def zero(value: Value) -> Value:
        if not value.is_blank or not value.cell or value.fault:
            return value
        return replace(value, value=0, typed=0, implied=True, found=Found.IMPLIED)

    counts = [f for f in form.fields if f.kind is FieldKind.COUNT and f.id in values]
    filled = {f.block for f in counts if f.block and not values[f.id].is_blank}
    page = {f.id: zero(values[f.id]) for f in counts if f.block in filled and not f.required}
    rows: dict[str, tuple[TableRow, ...]] = {}
    for table in form.tables:
        optional = {c.id for c in table.columns if c.kind is FieldKind.COUNT and not c.required}
        rows[table.id] = tuple(
            replace(row, values={k: zero(v) if k in optional else v for k, v in row.values.items()})
            if optional and row_exists(table, row)
            else row
            for row in tables.get(table.id, ())
        )
    return {**values, **page}, rows


def row_exists(table: Table, row: TableRow) -> bool:
    """Tell whether one of the row's key columns is filled."""
    return any(c in row.values and not row.values[c].is_blank for c in table.key)


# --- what is understood beyond that -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Understood:
    """What a cell counts as: a value, with its repair if any, or a fault; neither if blank.

    ``typed`` is what the form's own formulas take the cell for.
    """

    value: Scalar | None
    typed: Scalar | None = None
    repair: Repair | None = None
    fault: Fault | None = None


def unreadable(field: Field, raw: Raw, code: str, **details: str) -> Understood:
    """Return a cell that cannot be read, with what was typed; its place is left to the reader."""
    return Understood(
        None, fault=Fault(code, field.id, details={"raw": quoted_raw(raw), **details})
    )


def quoted_raw(raw: Raw) -> str:
    """Return a raw cell as a sentence quotes it: days as dd/mm/yyyy, long text cut."""
    match raw:
        case None:
            return ""
        case bool():
            return "TRUE" if raw else "FALSE"
        case datetime():
            return f"{raw:%d/%m/%Y %H:%M}"
        case date():
            return write_day(raw)
        case float():
            return f"{raw:g}".replace(".", ",")
    text = squeeze(str(raw))
    return text if len(text) <= 80 else text[:79] + "…"
