"""What a unit sent, as it is written into its form again: cells as typed, or as understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tdkt_batch.campaign.definition import Campaign, Field, FieldKind, Form, Table
from tdkt_batch.forms.cell_meaning import quoted_raw
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.forms_write.filling import RawRow
from tdkt_batch.model import Raw, Scalar, Submission, TableRow, Value, is_blank_cell
from tdkt_batch.sheets.legible import legible

_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets agree on their days from here on."""
LONGEST_TYPED = 32_000
"""A longer text would not fit where the form repeats it with some words before it."""
_FREE = (FieldKind.TEXT, FieldKind.NOTE)
DOUBT = "? "
"""Stands before what cannot be read, where it would be read for certain without the rest."""


@dataclass(frozen=True, slots=True)
class SentAgain:
    """Raw cells by field id, rows by table id, and by table which row became which (from 0)."""

    values: Mapping[str, Raw]
    tables: Mapping[str, tuple[RawRow, ...]]
    rows: Mapping[str, Mapping[int, int]]


def sent_again(campaign: Campaign, form: Form, submission: Submission) -> SentAgain:
    """Return what stands in the form that goes back; unit and month are the register's.

    A list that came without a row is left as the form has it from the start.
    """
    given = (campaign.roles.unit, campaign.roles.month)
    values = {
        field.id: raw_again(campaign, field, submission.values[field.id])
        for field in form.fields
        if field.id in submission.values and field.id not in given
    }
    filled = [table for table in form.tables if submission.tables.get(table.id)]
    rows = {table.id: _places(table, submission.tables[table.id]) for table in filled}
    tables = {
        table.id: _rows(campaign, table, submission.tables[table.id], rows[table.id])
        for table in filled
    }
    return SentAgain(values, tables, rows)


def _places(table: Table, rows: tuple[TableRow, ...]) -> dict[int, int]:
    """Return where each row comes to stand: where it stood, or one below the other.

    Rows that stood far below the form's own leave no gaps.
    """
    if max(row.number for row in rows) <= table.capacity:
        return {row.number: row.number - 1 for row in rows}
    return {row.number: place for place, row in enumerate(rows)}


def _rows(
    campaign: Campaign, table: Table, rows: tuple[TableRow, ...], places: Mapping[int, int]
) -> tuple[RawRow, ...]:
    written: list[dict[str, Raw]] = [{} for _ in range(max(places.values()) + 1)]
    for row in rows:
        written[places[row.number]] = {
            column.id: raw_again(campaign, column, row.values[column.id])
            for column in table.columns
            if column.id in row.values
        }
    return tuple(written)


# --- one cell --------------------------------------------------------------------------------


def raw_again(campaign: Campaign, field: Field, value: Value) -> Raw:
    """Return what is written into the cell: as understood after a repair, else as it was typed."""
    if value.value is None and value.fault is not None:
        return _unread(campaign, field, value)
    if value.repair is not None:
        return _raw_of(value.value)
    return _writable(value.raw)


def _raw_of(value: Scalar | None) -> Raw:
    if isinstance(value, bool):
        return "x" if value else None
    return legible(value, LONGEST_TYPED) if isinstance(value, str) else value


def _writable(raw: Raw) -> Raw:
    if isinstance(raw, str):
        return legible(raw, LONGEST_TYPED)
    if isinstance(raw, date) and (raw.date() if isinstance(raw, datetime) else raw) < _FIRST_DAY:
        return quoted_raw(raw)
    return raw


def _unread(campaign: Campaign, field: Field, value: Value) -> Raw:
    """Return what stands in a cell that cannot be read, so that it is not read for certain now.

    Two contents of one cell stand there together. What would be a lawful text of
    its own is left to the comment.
    """
    raw = _writable(_typed(value))
    if is_blank_cell(raw) or understand(field, raw, campaign).value is None:
        return raw
    if field.kind in _FREE:
        return None
    doubtful = f"{DOUBT}{quoted_raw(raw)}"
    return doubtful if understand(field, doubtful, campaign).value is None else None


def _typed(value: Value) -> Raw:
    details = value.fault.details if value.fault else {}
    if "one" in details and "other" in details:
        return f"{details['one']}; {details['other']}"
    return details.get("raw") if value.raw is None else value.raw
