"""What two files of one unit say differently, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Table
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.model import Submission
from tdkt_batch.report import Change
from tdkt_batch.values import TableRow, Value
from tdkt_batch.vietnamese.folding import fold_choice
from tdkt_batch.wording.choose import ROW

FEWEST_OF_HALF = 3
"""A file that fills fewer cells left blank by the other is a correction, not a half."""


def differences(campaign: Campaign, older: Submission, newer: Submission) -> tuple[Change, ...]:
    """Return the cells that the two files hold differently, in the form's order.

    What counts is compared, not how it was typed: “1.200” and 1200 are the same.
    Rows of a list are compared by their first key column where that names one row
    in each file, else by their number. Only cells of forms alike can be compared.
    """
    if older.form != newer.form:
        return ()
    form = campaign.form(older.form)
    pairs: list[tuple[str, Value, Value]] = [
        (field.label, older.values[field.id], newer.values[field.id])
        for field in form.fields
        if field.id in older.values and field.id in newer.values
    ]
    for table in form.tables:
        old, new = (_rows_by_key(table, one.tables.get(table.id, ())) for one in (older, newer))
        for key in dict.fromkeys((*old, *new)):
            for column in table.columns:
                none = Value(field=column.id, value=None, typed=None, raw=None, sheet="", cell="")
                a, b = (rows.get(key, {}).get(column.id, none) for rows in (old, new))
                pairs.append((f"{table.title}, {key}, {column.label}", a, b))
    changes: list[Change] = []
    for label, a, b in pairs:
        if _meaning(a) != _meaning(b):
            place = b if b.cell else a
            changes.append(Change(place.field, label, place.cell, _said(a), _said(b)))
    return tuple(changes)


def other_half(campaign: Campaign, older: Submission, newer: Submission) -> tuple[Change, ...]:
    """Return what only the older of two files that complete each other fills; else nothing.

    Each fills several cells that the other leaves blank, and no cell is filled
    in both with different things: two people of one unit sent their parts. What
    the form held from the start does not count.
    """
    found = differences(campaign, older, newer)
    only_older = tuple(one for one in found if not one.new)
    only_newer = [one for one in found if not one.old]
    is_contradicted = len(only_older) + len(only_newer) < len(found)
    if is_contradicted or min(len(only_older), len(only_newer)) < FEWEST_OF_HALF:
        return ()
    return only_older


def _rows_by_key(table: Table, rows: tuple[TableRow, ...]) -> dict[str, Mapping[str, Value]]:
    """Return the rows by name where it is the only one, else by number."""
    key = table.columns[0].id
    cells = (row.values.get(key) for row in rows)
    names = [
        fold_choice(cell.value) if cell and isinstance(cell.value, str) else "" for cell in cells
    ]
    times = Counter(names)
    return {
        name if name and times[name] == 1 else ROW.format(number=row.number): row.values
        for name, row in zip(names, rows, strict=True)
    }


def _meaning(value: Value) -> object:
    """Return what counts; of a cell that cannot be read, what was typed."""
    if value.is_blank:
        return None
    return value.value if value.value is not None else ("?", str(value.raw))


def _said(value: Value) -> str:
    if value.is_blank:
        return ""
    return quoted_raw(value.raw if value.value is None else value.value)
