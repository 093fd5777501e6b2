"""What a form is to hold: raw cells given by the caller over what register and campaign fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date, datetime
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form, Table
from tdkt_batch.campaign.lacking import answer_of, parts_of
from tdkt_batch.forms.as_typed import (
    day_as_text,
    implied_zeros,
    month_as_text,
    row_exists,
    typed_value,
)
from tdkt_batch.forms.layout import grown, layout_of
from tdkt_batch.forms.review import CellNote, Review
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.model import Month, Unit
from tdkt_batch.rules.submission_scope import SubmissionRow, SubmissionScope
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.unit_names.full_names import conference_name, unit_label, units_of_form
from tdkt_batch.values import Raw, TableRow, Value
from tdkt_batch.vietnamese.folding import fold_choice

_ANY_MONTH = Month(2000, 1)
"""Stands for the month of a form that is made out to a unit: it changes nothing but cells."""
_WRITTEN = "A1"
"""Where a value stands: in some cell of the form, which is all that is asked here."""
RawRow = Mapping[str, Raw]
"""One row of a table to be: raw cells by column id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What to write into a form; all empty gives the blank form.

    With a ``unit`` the form is made out to it; without, its unit is chosen from
    a list. ``values`` are raw cells by field id (None empties a pre-filled one; what an
    answer says may be given part by part),
    ``tables`` rows of raw cells by column id, ``explanations`` texts by rule id.
    A text given for a number is written as text, so that faulty forms can be made. A
    day is written as the form takes days, as a text; a moment is a real one, as it
    would be pasted in.

    ``carried`` says that the values are those of the unit's last report. With
    ``whole_tables`` the rows given for a table are all of its rows, in their
    places; a table that is too short for them grows. With a ``review`` the form
    goes back to its unit, annotated.
    """

    unit: Unit | None = None
    month: Month | None = None
    values: Mapping[str, Raw] = with_default(default_factory=dict)
    tables: Mapping[str, Sequence[RawRow]] = with_default(default_factory=dict)
    explanations: Mapping[str, str] = with_default(default_factory=dict)
    whole_tables: bool = False
    carried: bool = False
    review: Review | None = None


DesignKey = tuple[int, tuple[int, ...], bool, Month | None, bool]
"""Form, rows of its tables, whether it is made out, its month, whether it goes back."""


class FilledForm:
    """A form about to be written: ``filling`` laid over what register and campaign fill in.

    ``design`` is what it has in common with others, taken from ``designs`` or added
    to them; its ``form`` has grown to hold all ``rows``, the raw rows of each table.
    ``raws`` are all raw cells, ``values`` and ``tables`` what the form's own formulas
    take them for; of these ``scope`` and ``existing`` are the typed reading,
    ``existing`` with None where a row that was given does not exist. ``chosen`` is the
    unit that the form is made out to, or that its unit cell names. ``known`` is what
    was found out of it so far, ``more_looks`` the rarer looks that its cells take so far.
    """

    def __init__(
        self,
        campaign: Campaign,
        form: Form,
        filling: Filling,
        designs: dict[DesignKey, FormDesign] | None = None,
    ) -> None:
        self.campaign = campaign
        self.unit, self.month, self.review = filling.unit, filling.month, filling.review
        self.carried = filling.carried
        self.chosen = filling.unit or self._named(form, filling.values.get(campaign.roles.unit))
        self.whole = frozenset(filling.tables if filling.whole_tables else ())
        self.known: dict[Any, Any] = {}
        self.more_looks: dict[int, int] = {}
        self.explanations = {
            rule: clean_text(text, as_typed=True) for rule, text in filling.explanations.items()
        }
        self.rows = {
            table.id: tuple(
                {
                    column: _fit(raw, form.field(f"{table.id}.{column}"))
                    for column, raw in row.items()
                }
                for row in self._rows(table, filling)
            )
            for table in form.tables
        }
        self.design = self._design(form, {} if designs is None else designs)
        self.form, self.layout = self.design.form, self.design.layout
        given = with_answers(form, filling.values)
        self.raws = {
            f.id: _fit(given[f.id] if f.id in given else self._prefilled(f), f) for f in form.fields
        }
        cells = self.layout.cells
        values: dict[str, Value] = {}
        for field in form.fields:
            sheet = cells[field.id].sheet
            value = values[field.id] = self._value(field, field.id, self.raws[field.id], sheet)
            values |= parts_of(field, value) if field.parts else {}
        tables = {
            table.id: tuple(
                TableRow(
                    number,
                    {
                        c.id: self._value(
                            c,
                            f"{table.id}.{c.id}",
                            row.get(c.id),
                            self.layout.tables[table.id].sheet,
                        )
                        for c in table.columns
                    },
                )
                for number, row in enumerate(self.rows[table.id], start=1)
            )
            for table in form.tables
        }
        self.values, self.tables = implied_zeros(form, values, tables)
        self.scope = SubmissionScope(form, self.values, self.tables, self.chosen, "typed")
        self.existing: dict[str, list[SubmissionRow | None]] = {
            table.id: [
                SubmissionRow(table.id, row, "typed") if row_exists(table, row) else None
                for row in self.tables[table.id]
            ]
            for table in form.tables
        }

    def _named(self, form: Form, name: Raw) -> Unit | None:
        """Return the unit that the unit cell of a blank form names."""
        if not isinstance(name, str):
            return None
        folded, units = fold_choice(_cut(name)), units_of_form(self.campaign, form)
        same = (u for u in units if fold_choice(unit_label(u, self.campaign)) == folded)
        return next(same, None)

    def _design(self, form: Form, designs: dict[DesignKey, FormDesign]) -> FormDesign:
        """Return what the form has in common with others."""
        whole = grown(form, {id_: len(rows) for id_, rows in self.rows.items()})
        capacities = tuple(table.capacity for table in whole.tables)
        is_made_out, is_returned = self.unit is not None, self.review is not None
        # of two months others may be the units to choose from
        month = self.month if self.month is None or not is_made_out else _ANY_MONTH
        key = (id(form), capacities, is_made_out, month, is_returned)
        if key not in designs:
            units = () if is_made_out else units_of_form(self.campaign, form, self.month)
            campaign = self.campaign
            below = tuple(b for unit in units for b in campaign.units_below(unit, self.month))
            designs[key] = FormDesign(
                campaign=self.campaign,
                basis=form,
                form=whole,
                layout=layout_of(whole),
                is_made_out=is_made_out,
                has_month=self.month is not None,
                is_returned=is_returned,
                units=units,
                below=below,
            )
        return designs[key]

    def note(self, id_: str, row: int = 0) -> CellNote | None:
        """Return what is said at a cell of a form that goes back: of a table's, in its row."""
        return None if self.review is None else self.review.notes.get((id_, row))

    def names_in(self, table: Table) -> tuple[str, ...]:
        """Return what stands in a table's first column from the start."""
        if table.prefill == "list" and table.columns[0].choices is not None:
            return table.columns[0].choices.values
        if table.names_units_below and self.chosen is not None:
            below = self.campaign.units_below(self.chosen, self.month)
            return tuple(unit.name for unit in below)
        return ()

    def is_reckoned(self, table: Table, row: int) -> bool:
        """Tell whether the first cell of a row of a table names a unit below the one chosen.

        In a blank form that is a formula, over which another name may be written; so it is
        where the row stays free.
        """
        if self.design.is_made_out or not table.names_units_below:
            return False
        is_named = table.id not in self.whole and row < len(self.names_in(table))
        return is_named or row >= len(self.rows[table.id])

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

    def _value(self, field: Field, id_: str, raw: Raw, sheet: str) -> Value:
        blanks = self.design.blanks
        if raw is None and id_ in blanks:
            return blanks[id_]
        typed = typed_value(field, raw, self.campaign)
        value = Value(field=id_, value=typed, typed=typed, raw=raw, sheet=sheet, cell=_WRITTEN)
        if raw is None:
            blanks[id_] = value
        return value


def with_answers(form: Form, given: Mapping[str, Raw]) -> Mapping[str, Raw]:
    """Return what is given, of parts of answers that are given alone the answers that say them."""
    if given.keys().isdisjoint(form.part_of):
        return given
    answers: dict[str, Raw] = {}
    for field in form.fields:
        if not field.parts or field.id in given:
            continue
        marks = {one.id: fold_choice(str(given.get(one.id))) == "x" for one in field.contents}
        typed = fold_choice(str(given.get(field.complete.id)))
        options = field.complete.choices.values if field.complete.choices is not None else ()
        complete = next((one for one in options if fold_choice(one) == typed), None)
        said = {**marks, field.complete.id: complete}
        answers[field.id] = answer_of(field, said)
    own = {id_: raw for id_, raw in given.items() if id_ not in form.part_of}
    return {**own, **answers}


def _fit(raw: Raw, field: Field) -> Raw:
    """Return a raw cell as a workbook can hold it, a day as its text; what is cut says so."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        match field.kind:
            case FieldKind.DATE:
                return day_as_text(raw)
            case FieldKind.MONTH:
                return month_as_text(raw)
    return _cut(raw) if isinstance(raw, str) else raw


def _cut(text: str) -> str:
    return clean_text(text, as_typed=True)
