"""What a unit sent, as it is written into its form again: cells as typed, or as understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.campaign.roles import Role
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms.layout import FormLayout, grown, layout_of
from tdkt_batch.forms.review import CellKey, Target
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.forms_write.filling import RawRow
from tdkt_batch.model import Submission
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.values import Raw, Value, is_blank_cell

_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets agree on their days from here on."""
LONGEST_TYPED = 32_000
"""A longer text would not fit where the form repeats it with some words before it."""
DOUBT = "? "
"""Stands before what cannot be read, where it would be read for certain without the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentForm:
    """A unit's form about to go back: what stands in it, and where each sent cell stands now.

    ``values`` are raw cells by field id, ``tables`` rows by table id, ``places`` by
    table which row became which (from 0).
    """

    submission: Submission
    layout: FormLayout
    values: Mapping[str, Raw]
    tables: Mapping[str, tuple[RawRow, ...]]
    places: Mapping[str, Mapping[int, int]]

    def key(self, field: str, sheet: str = "", cell: str = "") -> CellKey | None:
        """Return the cell that ``field`` is: of a list, in the row that the sent cell stood in.

        A whole list is known by its first column, a figure in force by the cell that it was
        taken from, an answer's part by the answer. None for what is no cell of the form.
        """
        field = self.layout.form.asked_in(field)
        if field not in self.layout.cells and "." not in field and cell:
            values, at = self.submission.values.values(), (sheet, cell)
            field = next((one.field for one in values if (one.sheet, one.cell) == at), field)
        if field in self.layout.cells:
            return field, 0
        table, _, column = field.partition(".")
        place = self.layout.tables.get(table)
        if place is None or (column and column not in place.columns):
            return None
        column = column or next(iter(place.columns))
        for row in self.submission.tables.get(table, ()):
            value = row.values.get(column)
            if value is not None and cell and (value.sheet, value.cell) == (sheet, cell):
                return f"{table}.{column}", self.places[table][row.number]
        return f"{table}.{column}", 0

    def lacking(self, field: str) -> Value | None:
        """Return a field's missing cell; of a column the first unread, else the first blank."""
        table, _, column = field.partition(".")
        if not column:
            return self.submission.values.get(field)
        rows = self.submission.tables.get(table, ())
        cells = [row.values[column] for row in rows if column in row.values]
        missing = [cell for cell in cells if cell.value is None]
        return min(missing, key=lambda cell: cell.fault is None, default=None)

    def target(self, key: CellKey | None, sheet: str = "") -> Target | None:
        """Return the cell to lead to; without a key the sheet's beginning, if the form has it."""
        if key is None:
            titles = {one.title for one in self.layout.form.sheets}
            return Target(sheet, "A1") if sheet in titles else None
        id_, row = key
        table, _, column = id_.partition(".")
        place = self.layout.cells.get(id_) or self.layout.tables[table].cell(row, column)
        return Target(place.sheet, place.address)


def sent_form(campaign: Campaign, form: Form, submission: Submission) -> SentForm:
    """Return what stands in the form that goes back; unit and month are the register's.

    A list that came without a row is left as the form has it from the start. Rows
    stand where they stood; those far below the form's own stand one below the
    other, without gaps.
    """
    given = (campaign.roles.unit, campaign.roles.month)
    values = {
        field.id: raw_again(campaign, field, submission.values[field.id])
        for field in form.fields
        if field.id in submission.values and field.id not in given
    }
    tables: dict[str, tuple[RawRow, ...]] = {}
    places: dict[str, dict[int, int]] = {}
    for table in form.tables:
        rows = submission.tables.get(table.id)
        if not rows:
            continue
        fits = max(row.number for row in rows) <= table.capacity
        own = {row.number: row.number - 1 if fits else place for place, row in enumerate(rows)}
        written: list[RawRow] = [{} for _ in range(max(own.values()) + 1)]
        for row in rows:
            written[own[row.number]] = {
                column.id: raw_again(campaign, column, row.values[column.id])
                for column in table.columns
                if column.id in row.values
            }
        tables[table.id], places[table.id] = tuple(written), own
    layout = layout_of(grown(form, {id_: len(rows) for id_, rows in tables.items()}))
    return SentForm(
        submission=submission, layout=layout, values=values, tables=tables, places=places
    )


def carried_over(
    campaign: Campaign, form: Form, submission: Submission
) -> tuple[dict[str, Raw], dict[str, tuple[RawRow, ...]]]:
    """Return what a form of a later month is pre-filled with: all that the last report said.

    Never with number and date of the letter that it came with, nor with the tick that
    nothing changed. A day is written as the form takes days.
    """
    roles = campaign.roles
    apart = {roles.name(r) for r in (Role.DOCUMENT_NUMBER, Role.DOCUMENT_DATE, Role.UNCHANGED)}
    sent = sent_form(campaign, form, submission)
    values = {id_: raw for id_, raw in sent.values.items() if id_ not in apart}
    return values, dict(sent.tables)


def raw_again(campaign: Campaign, field: Field, value: Value) -> Raw:
    """Return what is written into the cell: as understood after a repair, else as it was typed.

    What could not be read must not be read for certain now: two contents of one
    cell stand there together, any other behind a sign of doubt. What would be a
    lawful text of its own is left to the comment. An answer of several parts of which one
    could not be read has its fault there.
    """
    if value.value is None and (value.fault is not None or (field.parts and not value.is_blank)):
        details = value.fault.details if value.fault else {}
        typed = details.get("raw") if value.raw is None else value.raw
        if "one" in details and "other" in details:
            typed = f"{details['one']}; {details['other']}"
        raw = _writable(typed)
        if is_blank_cell(raw) or understand(field, raw, campaign).value is None:
            return raw
        doubtful = f"{DOUBT}{quoted_raw(raw)}"
        is_text = field.kind in (FieldKind.TEXT, FieldKind.NOTE)
        lawful = is_text or understand(field, doubtful, campaign).value is not None
        return None if lawful else doubtful
    if isinstance(value.value, date) and not isinstance(value.raw, str):
        return value.value  # a real day becomes the text that the form takes
    if value.repair is None:
        return _writable(value.raw)
    if isinstance(value.value, bool):
        return "x" if value.value else None
    if isinstance(value.value, str):
        return clean_text(value.value, LONGEST_TYPED, as_typed=True)
    return value.value


def _writable(raw: Raw) -> Raw:
    """Return a raw cell as a workbook can hold it: a day too early for Excel as text."""
    if isinstance(raw, str):
        return clean_text(raw, LONGEST_TYPED, as_typed=True)
    if isinstance(raw, date) and (raw.date() if isinstance(raw, datetime) else raw) < _FIRST_DAY:
        return quoted_raw(raw)
    return raw
