"""A form's fields as the control workbook names them and writes their values, and back."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.model import Month, Unit
from tdkt_batch.values import Scalar
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording.control import NO, YES


def correctable(campaign: Campaign, form: Form) -> tuple[Field, ...]:
    """Return the fields that the board may correct: not whose report it is, nor of which month.

    What an answer says may be corrected as a whole or part by part.
    """
    given = (campaign.roles.unit, campaign.roles.month)
    return tuple(one for one in form.fields_and_parts if one.id not in given)


def names_of(campaign: Campaign, form: Form) -> dict[str, str]:
    """Return, by id, how each field is named: its label, with its id where several share it."""
    fields = correctable(campaign, form)
    number = Counter(label_key(field.label) for field in fields)
    return {
        f.id: f.label if number[label_key(f.label)] == 1 else f"{f.label} [{f.id}]" for f in fields
    }


def all_names(campaign: Campaign) -> tuple[str, ...]:
    """Return how the fields of all forms are named, each name once, in the forms' order."""
    names = (name for form in campaign.forms for name in names_of(campaign, form).values())
    return tuple(dict.fromkeys(names))


def fields_named(campaign: Campaign, unit: Unit, text: str) -> tuple[Field, ...]:
    """Return the fields of the unit's form that ``text`` may mean: by id, by name, by its start."""
    form = campaign.form_of(unit)
    fields, names, key = correctable(campaign, form), names_of(campaign, form), label_key(text)
    exact = [
        field
        for field in fields
        if text.strip().casefold() == field.id.casefold() or key == label_key(names[field.id])
    ]
    begun = [field for field in fields if key and label_key(field.label).startswith(key)]
    return tuple(exact or begun)


def written_value(field: Field | None, value: Scalar | None) -> str:
    """Return a corrected value as a text that is read back as itself."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        is_month = field is not None and field.kind is FieldKind.MONTH
        return Month.of(value).vietnamese if is_month else write_day(value)
    return "" if value is None else str(value)
