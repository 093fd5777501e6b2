"""A form's figures as the control workbook names and writes them, and back."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.model import Month, Scalar, Unit
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.vietnamese.writing import write_day

YES, NO = "x", "Không"


def correctable(campaign: Campaign, form: Form) -> tuple[Field, ...]:
    """Return the fields that the board may correct: not whose report it is, nor of which month."""
    return tuple(f for f in form.fields if f.id not in (campaign.roles.unit, campaign.roles.month))


def names_of(campaign: Campaign, form: Form) -> dict[str, str]:
    """Return, by id, how each field is named: its label, with its id where several share it."""
    fields = correctable(campaign, form)
    number = Counter(label_key(field.label) for field in fields)
    return {
        field.id: field.label if number[label_key(field.label)] == 1 else _with_id(field)
        for field in fields
    }


def _with_id(field: Field) -> str:
    return f"{field.label} [{field.id}]"


def all_names(campaign: Campaign) -> tuple[str, ...]:
    """Return how the fields of all forms are named, each name once, in the forms' order."""
    names = (name for form in campaign.forms for name in names_of(campaign, form).values())
    return tuple(dict.fromkeys(names))


def name_of(campaign: Campaign, unit: Unit | None, field: str) -> str:
    """Return how a field of the unit's form is named; its id when the form has none such."""
    if unit is None:
        return field
    return names_of(campaign, campaign.form_of(unit)).get(field, field)


def fields_named(campaign: Campaign, unit: Unit, text: str) -> tuple[Field, ...]:
    """Return the fields of the unit's form that ``text`` may mean: by id, by name, by its start."""
    form = campaign.form_of(unit)
    key = label_key(text)
    names = names_of(campaign, form)
    exact = [
        field
        for field in correctable(campaign, form)
        if text.strip().casefold() == field.id.casefold() or key == _key(names[field.id])
    ]
    begun = [f for f in correctable(campaign, form) if key and _key(f.label).startswith(key)]
    return tuple(exact or begun)


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return label_key(name)


def write_value(field: Field | None, value: Scalar | None) -> str:
    """Return a corrected value as a text that is read back as itself."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        is_month = field is not None and field.kind is FieldKind.MONTH
        return Month.of(value).vietnamese if is_month else write_day(value)
    return "" if value is None else str(value)
