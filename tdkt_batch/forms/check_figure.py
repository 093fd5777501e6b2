"""The Mã đối chiếu: a figure over all that was typed, by which paper and file are matched.

The form computes it by a formula and prints it beside the signature; the batch
computes it here. Each cell counts by what it means as typed: blank 0, else 1
and its number, a day's serial number, a choice's place in its list, what lacks of
a list, a text's length. Each place has its own weight, so that figures which changed places
change it too; rows of a table may be sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tdkt_batch.campaign.form import KIND_OF_FIELD, Field, FieldKind, Form, Table
from tdkt_batch.campaign.lacking import said_by
from tdkt_batch.campaign.tree import Kind
from tdkt_batch.forms.as_typed import day_serial, row_exists
from tdkt_batch.values import TableRow, Value
from tdkt_batch.vietnamese.folding import squeeze

MODULUS = 999_983
"""The greatest prime of six digits."""


def check_figure(
    form: Form, values: Mapping[str, Value], tables: Mapping[str, Sequence[TableRow]]
) -> str:
    """Return the figure of what was typed: ``482-915``."""
    figures = [value_figure(f, values[f.id]) if f.id in values else 0 for f in form.fields]
    figures += [table_figure(t, c, tables.get(t.id, ())) for t in form.tables for c in t.columns]
    return weighed(figures)


def weighed(figures: Iterable[int]) -> str:
    """Return the figure of what all cells count for, in their places."""
    total = sum(figure * figure_weight(place) for place, figure in enumerate(figures))
    return write_figure(total % MODULUS)


def write_figure(remainder: int) -> str:
    """Return a figure as it is printed.

    >>> write_figure(482)
    '000-482'
    """
    return f"{remainder // 1000:03d}-{remainder % 1000:03d}"


def figure_weight(place: int) -> int:
    """Return the weight of a field or column by its place among all, counted from 0."""
    return place * place + 9 * place + 19


def value_figure(field: Field, value: Value) -> int:
    """Return what one cell counts for."""
    return 0 if value.is_blank else 1 + _number(field, value)


def table_figure(table: Table, column: Field, rows: Sequence[TableRow]) -> int:
    """Return what a table's column counts for, over its existing rows."""
    return column_figure(column, [row for row in rows if row_exists(table, row)])


def column_figure(column: Field, existing: Iterable[TableRow]) -> int:
    """Return what a column counts for, over the rows that exist."""
    cells = [row.values.get(column.id) for row in existing]
    if KIND_OF_FIELD[column.kind] is Kind.TEXT:
        cells = [cell for cell in cells if cell is not None and isinstance(cell.raw, str)]
    return sum(_number(column, cell) for cell in cells if cell is not None)


def lacking_figure(field: Field, value: Value) -> int:
    """Return what an answer counts for: 1 where all is there, 2 where not.

    To that is added for each content that lacks a power of two of its own.
    """
    complete, *lacks = said_by(field, value.typed, is_blank=value.is_blank).values()
    choices = field.complete.choices.values if field.complete.choices is not None else ()
    first = choices.index(str(complete)) + 1 if complete is not None else 0
    return first + sum(2 << number for number, one in enumerate(lacks, start=1) if one)


def _number(field: Field, value: Value) -> int:
    if field.kind is FieldKind.LACKING:
        return lacking_figure(field, value)
    if KIND_OF_FIELD[field.kind] is Kind.TEXT and isinstance(value.raw, str):
        return len(squeeze(value.raw))
    match value.typed:
        case None:
            return 0
        case bool() | int():
            return int(value.typed)
        case date():
            return day_serial(value.typed)
    if field.choices is not None:
        return field.choices.values.index(value.typed) + 1
    return len(value.typed.lstrip("-"))
