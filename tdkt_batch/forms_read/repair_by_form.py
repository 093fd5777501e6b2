"""What a form's cells say together about the PC on which they were typed.

One day or one count never shows that month and day were exchanged or thousands
lost; all of a form together may. What is certain is repaired and said; what is
only likely is asked; and where months come first, a day left as text is read only
if it makes sense in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.campaign.roles import Role
from tdkt_batch.forms_read.pc_settings import (
    DateCell,
    day_by_sense,
    days_in_text,
    days_swapped,
    thousandfold,
    thousands_lost,
)
from tdkt_batch.model import Month
from tdkt_batch.values import Fault, Raw, Repair, Scalar, TableRow, Value
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import forms_read as say

SWAPPED = Repair("SC19")
BY_SENSE = Repair("SC20")
THOUSANDS = Repair("SC21")

Values = Mapping[str, Value]
Tables = Mapping[str, tuple[TableRow, ...]]


def repair_by_form(
    form: Form, values: Values, tables: Tables, month: Month | None, campaign: Campaign
) -> tuple[Values, Tables, tuple[Fault, ...]]:
    """Return the values with what the form as a whole makes certain, and what is said of it.

    Without a ``month`` nothing is asked of its days: where they are texts, no PC has
    exchanged any.
    """
    filled = list(_filled(form, values, tables))
    days = list(_days(form, filled, campaign)) if month else []
    counts = [
        (value, field)
        for value, field in filled
        if field.kind is FieldKind.COUNT
        and not field.is_year  # which tells nothing of head-counts
        and isinstance(value.raw, int | float)
    ]
    if not any(cell.day or cell.numbers for cell in days) and not any(
        isinstance(value.raw, float) for value, _ in counts
    ):
        return values, tables, ()
    repaired, faults = _with_thousands(counts)
    if month is not None:
        exchanged, said = _with_days(days, month, [value.raw for value, _ in counts], campaign)
        repaired += exchanged
        faults += said
    if repaired:
        new = {_place(value): value for value in repaired}
        values = {id_: new.get(_place(value), value) for id_, value in values.items()}
        tables = {
            id_: tuple(
                replace(row, values={c: new.get(_place(v), v) for c, v in row.values.items()})
                for row in rows
            )
            for id_, rows in tables.items()
        }
    return values, tables, tuple(faults)


def _with_days(
    days: Sequence[DateCell], month: Month, counts: Sequence[Raw], campaign: Campaign
) -> tuple[list[Value], list[Fault]]:
    """Return the days put right that a PC with US settings exchanged, and what is said of them."""
    repaired, faults = list[Value](), list[Fault]()
    verdict = days_swapped(days, month, counts)
    if verdict.swapped:
        swapped = [c for c in days if c.swapped and _is_known(c.swapped, campaign)]
        repaired += [_read_as(cell.value, cell.swapped, SWAPPED) for cell in swapped]
        faults += _about_exchanged("DL37", swapped)
    elif verdict.swapped is None and verdict.is_month_first:
        telling = {evidence.field for evidence in verdict.evidence}
        could_be = [cell for cell in days if cell.swapped]
        could_be.sort(key=lambda cell: cell.value.field not in telling)
        faults += _about_exchanged("DL39", could_be)
    if verdict.is_month_first:
        repaired += _left_as_text(days, month, campaign)
    return repaired, faults


def _is_known(day: date, campaign: Campaign) -> bool:
    return campaign.earliest <= day <= campaign.latest


def _read_as(value: Value, meant: Scalar | None, repair: Repair) -> Value:
    return replace(value, value=meant, repair=repair, fault=None)


def _place(value: Value) -> tuple[str, str, str]:
    return value.field, value.sheet, value.cell


def _filled(form: Form, values: Values, tables: Tables) -> Iterator[tuple[Value, Field]]:
    """Yield the form's values that are not blank, each with its field."""
    for fields, found in (
        (form.fields, [values]),
        *((t.columns, [row.values for row in tables.get(t.id, ())]) for t in form.tables),
    ):
        for row in found:
            for field in fields:
                if field.id in row and not row[field.id].is_blank:
                    yield row[field.id], field


def _days(
    form: Form, filled: Sequence[tuple[Value, Field]], campaign: Campaign
) -> Iterator[DateCell]:
    """Yield the days that were typed.

    The conference's planned and actual day have a window. What was held, and what
    was signed, cannot lie after the month.
    """
    roles, window = campaign.roles, campaign.level(form.level).window
    conference = {f.id for f in form.fields} & set(roles.names(Role.DATE))
    lines = (line for sheet in form.sheets for line in sheet.lines)
    past = {line.actual.id for line in lines if line.actual is not None}
    past.update(roles.names(Role.DOCUMENT_DATE))
    for value, field in filled:
        if field.kind is FieldKind.DATE and not field.prefill and value.cell:
            yield DateCell(value, field.id in past, window if field.id in conference else None)


def _with_thousands(counts: Sequence[tuple[Value, Field]]) -> tuple[list[Value], list[Fault]]:
    """Return the counts that lost their thousands put right, and one fault that says so."""
    if not thousands_lost([value.raw for value, _ in counts]):
        return [], []
    repaired = [
        _read_as(value, int(thousandfold(value.raw)), THOUSANDS)
        for value, field in counts
        if isinstance(value.raw, float)
        and value.raw % 1
        and field.minimum <= int(thousandfold(value.raw)) <= field.maximum
    ]
    if not repaired:
        return [], []
    first = repaired[0]
    details = {"number": str(len(repaired)), "raw": str(first.raw).replace(".", ",")}
    details |= {"meant": write_number(int(thousandfold(first.raw)))}
    return repaired, [Fault("DL43", *_place(first), details)]


def _about_exchanged(code: str, days: Sequence[DateCell]) -> list[Fault]:
    """Return what is said of days that were, or may have been, exchanged: the first as example."""
    for cell in days:
        if cell.day and cell.swapped:
            details = {"number": str(len(days)), "day": write_day(cell.day)}
            details |= {"other": write_day(cell.swapped)}
            return [Fault(code, *_place(cell.value), details)]
    return []


def _left_as_text(days: Iterable[DateCell], month: Month, campaign: Campaign) -> Iterator[Value]:
    """Yield the days left as text, read in the one way that makes sense, or as faults."""
    for cell in days:
        value, could_be = cell.value, days_in_text(cell.value.raw)
        if len(could_be) < 2:
            continue
        day = day_by_sense(cell, month)
        if day is not None and _is_known(day, campaign):
            yield _read_as(value, day, BY_SENSE)
        else:
            written = say.ONE_OR_OTHER.join(write_day(day) for day in could_be)
            fault = Fault("DL23", *_place(value), {"raw": str(value.raw), "days": written})
            yield replace(value, value=None, repair=None, fault=fault)
