"""What a form is to hold: raw cells given by the caller over what register and campaign fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, Form, Table
from tdkt_batch.forms.as_typed import implied_zeros, row_exists, typed_value
from tdkt_batch.forms.layout import Place, grown, layout_of
from tdkt_batch.forms.review import Review
from tdkt_batch.model import Month, Raw, TableRow, Unit, Value
from tdkt_batch.rules.submission_scope import SubmissionRow, SubmissionScope
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.unit_names.full_names import conference_name, unit_label, units_of_form
from tdkt_batch.vietnamese.folding import fold_choice

RawRow = Mapping[str, Raw]
"""One row of a table to be: raw cells by column id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What to write into a form; all empty gives the blank form.

    With a ``unit`` the form is made out to it; without, its unit is chosen from
    a list. ``values`` are raw cells by field id (None empties a pre-filled one),
    ``tables`` rows of raw cells by column id, ``explanations`` texts by rule id.
    A text given for a number is written as text, so that faulty forms can be made.

    With ``whole_tables`` the rows given for a table are all of its rows, in their
    places; a table that is too short for them grows. With a ``review`` the form
    goes back to its unit, annotated.
    """

    unit: Unit | None = None
    month: Month | None = None
    values: Mapping[str, Raw] = with_default(default_factory=dict)
    tables: Mapping[str, Sequence[RawRow]] = with_default(default_factory=dict)
    explanations: Mapping[str, str] = with_default(default_factory=dict)
    whole_tables: bool = False
    review: Review | None = None


class FilledForm:
    """A form about to be written: ``filling`` laid over what register and campaign fill in.

    ``form`` has grown to hold all ``rows``, the raw rows of each table. ``raws`` are
    all raw cells, ``values`` and ``tables`` what the form's own formulas take them
    for; of these ``scope`` and ``existing`` are the typed reading, ``existing`` with
    None where a table's row does not exist. ``chosen`` is the unit that the form is
    made out to, or that its unit cell names.
    """

    def __init__(self, campaign: Campaign, form: Form, filling: Filling) -> None:
        self.campaign = campaign
        self.unit, self.month, self.review = filling.unit, filling.month, filling.review
        self.explanations = {
            rule: clean_text(text, as_typed=True) for rule, text in filling.explanations.items()
        }
        self.rows = {
            table.id: tuple(
                {column: _fit(raw) for column, raw in row.items()}
                for row in self._rows(table, filling)
            )
            for table in form.tables
        }
        self.form = form = grown(form, {id_: len(rows) for id_, rows in self.rows.items()})
        self.layout = layout_of(form)
        given = filling.values
        self.raws = {
            f.id: _fit(given[f.id] if f.id in given else self._prefilled(f)) for f in form.fields
        }
        self.chosen, named = filling.unit, self.raws.get(campaign.roles.unit)
        if self.chosen is None and isinstance(named, str):
            folded, units = fold_choice(named), units_of_form(campaign, form)
            same = (u for u in units if fold_choice(unit_label(u, campaign)) == folded)
            self.chosen = next(same, None)
        values = {
            id_: self._value(id_, raw, self.layout.cells[id_]) for id_, raw in self.raws.items()
        }
        tables: dict[str, tuple[TableRow, ...]] = {}
        for table in form.tables:
            rows, place = self.rows[table.id], self.layout.tables[table.id]
            tables[table.id] = tuple(
                TableRow(
                    number,
                    {
                        c.id: self._value(
                            f"{table.id}.{c.id}", row.get(c.id), place.cell(number - 1, c.id)
                        )
                        for c in table.columns
                    },
                )
                for number, row in enumerate(rows, start=1)
            )
        self.values, self.tables = implied_zeros(form, values, tables)
        self.scope = SubmissionScope(form, self.values, self.tables, self.chosen, "typed")
        self.existing: dict[str, list[SubmissionRow | None]] = {}
        for table in form.tables:
            existing: list[SubmissionRow | None] = [None] * table.capacity
            for n, row in enumerate(self.tables[table.id]):
                if row_exists(table, row):
                    existing[n] = SubmissionRow(table.id, row, "typed")
            self.existing[table.id] = existing

    def names_in(self, table: Table) -> tuple[str, ...]:
        """Return what stands in a table's first column from the start."""
        if table.prefill == "list" and table.columns[0].choices is not None:
            return table.columns[0].choices.values
        if table.prefill == "subordinates" and self.unit is not None:
            return tuple(
                unit.name
                for unit in self.campaign.units
                if unit.parent == self.unit.code
                and (self.month is None or unit.is_valid_in(self.month))
            )
        return ()

    def prefilled_rows(self, table: Table) -> int:
        """Return how many rows from the first on begin as the form had them from the start."""
        first, rows = table.columns[0].id, self.rows[table.id]
        same = [
            row.get(first) == name for name, row in zip(self.names_in(table), rows, strict=False)
        ]
        return [*same, False].index(False)

    def _prefilled(self, field: Field) -> Raw:
        """Return what register or campaign fill into a field's cell."""
        unit, campaign = self.unit, self.campaign
        match field.prefill:
            case "":
                return None
            case "unit":
                return unit_label(unit, campaign) if unit else None
            case "month":
                return self.month.first_day if self.month else None
            case "conference_name":
                return conference_name(unit, self.form, campaign) if unit else None
        value = campaign.values[field.prefill]
        return value if isinstance(value, str | int | date) else None

    def _rows(self, table: Table, filling: Filling) -> Sequence[RawRow]:
        """Return the raw rows: the given ones laid over the pre-filled ones they name.

        A given row names a pre-filled one by its first column, or by its position
        when it has none; other rows follow below.
        """
        first, given_rows = table.columns[0].id, filling.tables.get(table.id, ())
        if filling.whole_tables and table.id in filling.tables:
            return given_rows
        names = self.names_in(table)
        rows: list[dict[str, Raw]] = [{first: name} for name in names]
        positions = {fold_choice(name): n for n, name in enumerate(names)}
        for number, given in enumerate(given_rows):
            name = given.get(first)
            position = number if name is None else positions.get(fold_choice(str(name)))
            if position is None or position >= len(names):
                rows.append(dict(given))
            else:
                rows[position] |= {k: v for k, v in given.items() if k != first}
        if len(rows) > table.capacity:
            raise ValueError(f"{table.id}: {len(rows)} rows, room for {table.capacity}")
        return rows

    def _value(self, id_: str, raw: Raw, place: Place) -> Value:
        typed = typed_value(self.form.field(id_), raw, self.campaign)
        at = place.address
        return Value(field=id_, value=typed, typed=typed, raw=raw, sheet=place.sheet, cell=at)


def _fit(raw: Raw) -> Raw:
    """Return a raw cell as a workbook can hold it; what is cut says so."""
    return clean_text(raw, as_typed=True) if isinstance(raw, str) else raw
