"""Tables that hold more rows than the form has room for: how far they were let grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tdkt_batch.campaign.definition import Form, Table

GROWN = "capacity."
"""How the hidden identity's rows begin that say how many rows a grown table has."""
SPARE_ROWS = 20
"""How many free rows a grown table has below the filled ones."""
MOST_ROWS = 100_000


def grown(form: Form, rows: Mapping[str, int]) -> Form:
    """Return the form with room for ``rows`` (by table id); most forms have it already."""
    short = {t.id: rows[t.id] + SPARE_ROWS for t in form.tables if rows.get(t.id, 0) > t.capacity}
    return with_capacities(form, short)


def with_capacities(form: Form, capacities: Mapping[str, int]) -> Form:
    """Return the form with these capacities of its tables, by table id."""
    if not capacities:
        return form
    sheets = tuple(
        replace(sheet, tables=tuple(_with_capacity(t, capacities) for t in sheet.tables))
        for sheet in form.sheets
    )
    return replace(form, sheets=sheets)


def _with_capacity(table: Table, capacities: Mapping[str, int]) -> Table:
    return replace(table, capacity=max(table.capacity, capacities.get(table.id, 0)))


def capacities_in(identity: Mapping[str, str], form: Form) -> dict[str, int]:
    """Return the capacities that a form's hidden identity gives, where they can be meant."""
    said = {table.id: identity.get(GROWN + table.id, "") for table in form.tables}
    numbers = {id_: int(text) for id_, text in said.items() if text.isdecimal() and len(text) < 7}
    return {
        t.id: numbers[t.id] for t in form.tables if t.capacity < numbers.get(t.id, 0) <= MOST_ROWS
    }
