"""What two files of one unit say differently, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign, Form, Table
from tdkt_batch.forms.cell_meaning import quoted_raw
from tdkt_batch.model import Submission, TableRow, Value
from tdkt_batch.report import Change
from tdkt_batch.vietnamese.folding import fold_choice

FEWEST_OF_HALF = 3
"""A file that fills fewer cells left blank by the other is a correction, not a half."""


@dataclass(frozen=True, slots=True)
class Halves:
    """How two files of one unit complete each other: what only the older one fills."""

    only_older: tuple[Change, ...]


def differences(campaign: Campaign, older: Submission, newer: Submission) -> tuple[Change, ...]:
    """Return the cells that the two files hold differently, in the form's order.

    What counts is compared, not how it was typed: “1.200” and 1200 are the same.
    Rows of a list are compared by their first key column where that names one row
    in each file, else by their number. Only cells of forms alike can be compared.
    """
    if older.form != newer.form:
        return ()
    form = campaign.form(older.form)
    return tuple(
        Change((b if b.cell else a).field, label, (b if b.cell else a).cell, _said(a), _said(b))
        for label, a, b in _pairs(form, older, newer)
        if _meaning(a) != _meaning(b)
    )


def halves(campaign: Campaign, older: Submission, newer: Submission) -> Halves | None:
    """Return how two files complete each other; None when they do not.

    Each fills several cells that the other leaves blank, and no cell is filled
    in both with different things: two people of one unit sent their parts. What
    the form held from the start does not count.
    """
    found = differences(campaign, older, newer)
    only_older = tuple(one for one in found if not one.new)
    only_newer = [one for one in found if not one.old]
    if len(only_older) + len(only_newer) < len(found):
        return None
    if min(len(only_older), len(only_newer)) < FEWEST_OF_HALF:
        return None
    return Halves(only_older)


def _pairs(form: Form, older: Submission, newer: Submission) -> Iterator[tuple[str, Value, Value]]:
    for field in form.fields:
        if field.id in older.values and field.id in newer.values:
            yield field.label, older.values[field.id], newer.values[field.id]
    for table in form.tables:
        old = _rows_by_key(table, older.tables.get(table.id, ()))
        new = _rows_by_key(table, newer.tables.get(table.id, ()))
        for key in dict.fromkeys((*old, *new)):
            yield from _of_rows(table, key, old.get(key), new.get(key))


def _of_rows(
    table: Table, key: str, old: TableRow | None, new: TableRow | None
) -> Iterator[tuple[str, Value, Value]]:
    for column in table.columns:
        a = old.values.get(column.id) if old else None
        b = new.values.get(column.id) if new else None
        yield f"{table.title}, {key}, {column.label}", a or _none(column.id), b or _none(column.id)


def _none(id_: str) -> Value:
    return Value(field=id_, value=None, typed=None, raw=None, sheet="", cell="")


def _rows_by_key(table: Table, rows: tuple[TableRow, ...]) -> Mapping[str, TableRow]:
    """Return the rows by name where it is the only one, else by number."""
    names = [_name(table, row) for row in rows]
    return {
        name if name and names.count(name) == 1 else f"dòng {row.number}": row
        for name, row in zip(names, rows, strict=True)
    }


def _name(table: Table, row: TableRow) -> str:
    value = row.values.get(table.columns[0].id)
    return fold_choice(value.value) if value and isinstance(value.value, str) else ""


def _meaning(value: Value) -> object:
    """Return what counts; of a cell that cannot be read, what was typed."""
    if value.is_blank:
        return None
    return value.value if value.value is not None else ("?", str(value.raw))


def _said(value: Value) -> str:
    if value.is_blank:
        return ""
    return quoted_raw(value.raw if value.value is None else value.value)
