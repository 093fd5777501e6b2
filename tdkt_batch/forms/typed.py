"""What a cell means by its own semantics: exactly what the form's formulas see.

No repair is made here. A text in a number cell is no number, as in the form's
check panel; ``forms_read.repair`` understands more, and records it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from tdkt_batch.campaign.definition import Campaign, Field, FieldKind, Form, Table
from tdkt_batch.model import Found, Raw, Scalar, TableRow, Value, is_blank_cell
from tdkt_batch.vietnamese.folding import fold_choice, fold_text

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


def day_serial(day: date) -> int:
    """Return the number by which spreadsheets count a day (the 1900 system)."""
    return (day - _EPOCH).days - (day < _LEAP_BUG)


def day_of_serial(number: int) -> date:
    """Return the day of a spreadsheet's serial number, from 1 March 1900 on."""
    return _EPOCH + timedelta(days=number)


def typed_value(field: Field, raw: Raw, campaign: Campaign) -> Scalar | None:
    """Return what the form's own formulas take the cell for; None is missing.

    A blank cell is missing, only a blank mark says no. A date cell counts as its
    serial number, and a day's time of day is dropped; days outside the
    campaign's dates are missing. A whole number in a text cell is its digits; a
    text of nothing but punctuation says nothing.
    """
    if field.kind is FieldKind.MARK:
        return _mark(raw)
    if is_blank_cell(raw):
        return None
    match field.kind:
        case FieldKind.COUNT:
            return _count(serial(raw), field.minimum, field.maximum)
        case FieldKind.DATE:
            return _day(serial(raw), campaign)
        case FieldKind.MONTH:
            day = _day(serial(raw), campaign)
            return None if day is None else day.replace(day=1)
        case FieldKind.CHOICE:
            return _choice(raw, () if field.choices is None else field.choices.values)
    return _text(raw)


def _count(number: float | None, minimum: int, maximum: int) -> int | None:
    if number is None or number != int(number) or not minimum <= number <= maximum:
        return None
    return int(number)


def _day(number: float | None, campaign: Campaign) -> date | None:
    if number is None:
        return None
    first, last = day_serial(campaign.earliest), day_serial(campaign.latest)
    whole = math.floor(number)
    return day_of_serial(whole) if first <= whole <= last else None


def _choice(raw: Raw, options: tuple[str, ...]) -> str | None:
    return _option_by_fold(options).get(fold_choice(raw)) if isinstance(raw, str) else None


@lru_cache(maxsize=256)
def _option_by_fold(options: tuple[str, ...]) -> Mapping[str, str]:
    return {fold_choice(option): option for option in options}


def _mark(raw: Raw) -> bool | None:
    if is_blank_cell(raw):
        return False
    return True if isinstance(raw, str) and fold_choice(raw) == "x" else None


def _text(raw: Raw) -> str | None:
    if isinstance(raw, str):
        return raw if fold_text(raw) else None
    number = serial(raw)
    if number is None or number != int(number) or abs(number) >= LONGEST_NUMBER:
        return None
    return str(int(number))


def _day_share(moment: time) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return seconds / 86_400


# --- optional counts left blank ---------------------------------------------------------


def implied_zeros(
    form: Form, values: Mapping[str, Value], tables: Mapping[str, Sequence[TableRow]]
) -> tuple[dict[str, Value], dict[str, tuple[TableRow, ...]]]:
    """Return the values with 0 for each optional count left blank where others were filled.

    On a page: once another count of its block is filled. In a table: once its
    row exists, that is a key column is filled. A required count stays missing.
    """
    filled = {
        field.block for field in form.fields if field.block and _is_filled_count(field, values)
    }
    page = {
        field.id: _zero(values[field.id])
        for field in form.fields
        if field.block in filled and _is_optional_count(field) and field.id in values
    }
    rows = {t.id: tuple(_row(t, row) for row in tables.get(t.id, ())) for t in form.tables}
    return {**values, **page}, rows


def row_exists(table: Table, row: TableRow) -> bool:
    """Tell whether one of the row's key columns is filled."""
    return any(c in row.values and not row.values[c].is_blank for c in table.key)


def _row(table: Table, row: TableRow) -> TableRow:
    if not row_exists(table, row):
        return row
    optional = {c.id for c in table.columns if _is_optional_count(c)}
    values = {id_: _zero(v) if id_ in optional else v for id_, v in row.values.items()}
    return replace(row, values=values)


def _is_filled_count(field: Field, values: Mapping[str, Value]) -> bool:
    value = values.get(field.id)
    return field.kind is FieldKind.COUNT and value is not None and not value.is_blank


def _is_optional_count(field: Field) -> bool:
    return field.kind is FieldKind.COUNT and not field.required


def _zero(value: Value) -> Value:
    if not value.is_blank:
        return value
    return replace(value, value=0, typed=0, implied=True, found=Found.IMPLIED)
