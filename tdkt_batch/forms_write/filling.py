"""What a form is to hold: raw cells given by the caller over what register and campaign fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, Form, Table
from tdkt_batch.forms.cell_meaning import implied_zeros, row_exists, typed_value
from tdkt_batch.forms.layout import FormLayout, Place, grown, layout_of
from tdkt_batch.forms.review import Review
from tdkt_batch.model import Month, Raw, TableRow, Unit, Value
from tdkt_batch.rules.submission_scope import SubmissionRow, SubmissionScope
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.unit_names.labels import conference_name, unit_label, units_of_form
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A form about to be written: every raw cell, and what its own formulas take them for.

    ``chosen`` is the unit that the form is made out to, or that its unit cell
    names. ``rows`` are each table's raw rows, ``prefilled`` how many of them were
    there from the start. ``scope`` and ``existing`` are the typed reading;
    ``existing`` has None where a table's row does not exist.
    """

    campaign: Campaign
    form: Form
    layout: FormLayout
    unit: Unit | None
    chosen: Unit | None
    month: Month | None
    raws: Mapping[str, Raw]
    rows: Mapping[str, tuple[RawRow, ...]]
    prefilled: Mapping[str, int]
    values: Mapping[str, Value]
    tables: Mapping[str, tuple[TableRow, ...]]
    scope: SubmissionScope
    existing: Mapping[str, Sequence[SubmissionRow | None]]
    explanations: Mapping[str, str]
    review: Review | None

    @property
    def parent_name(self) -> str:
        """The registered name of the unit above the form's unit; empty when there is none."""
        superior = self.campaign.superior_of(self.chosen) if self.chosen else None
        return superior.name if superior else ""


def fill(campaign: Campaign, form: Form, filling: Filling) -> FilledForm:
    """Return the form with ``filling`` laid over what register and campaign fill in."""
    rows = {
        table.id: tuple(
            {id_: _fit(raw) for id_, raw in row.items()} for row in _rows(table, filling, campaign)
        )
        for table in form.tables
    }
    form = grown(form, {id_: len(those) for id_, those in rows.items()})
    layout = layout_of(form)

    def value_at(place: Place, id_: str, raw: Raw) -> Value:
        typed = typed_value(form.field(id_), raw, campaign)
        return Value(
            field=id_, value=typed, typed=typed, raw=raw, sheet=place.sheet, cell=place.address
        )

    raws = {f.id: _fit(_raw(f, form, filling, campaign)) for f in form.fields}
    values = {id_: value_at(layout.cells[id_], id_, raw) for id_, raw in raws.items()}
    tables: dict[str, tuple[TableRow, ...]] = {}
    for table in form.tables:
        cell = layout.tables[table.id].cell
        tables[table.id] = tuple(
            TableRow(
                number + 1,
                {
                    c.id: value_at(cell(number, c.id), f"{table.id}.{c.id}", row.get(c.id))
                    for c in table.columns
                },
            )
            for number, row in enumerate(rows[table.id])
        )
    values, tables = implied_zeros(form, values, tables)
    existing: dict[str, list[SubmissionRow | None]] = {}
    for table in form.tables:
        existing[table.id] = [None] * table.capacity
        for row in tables[table.id]:
            if row_exists(table, row):
                existing[table.id][row.number - 1] = SubmissionRow(table.id, row, "typed")
    chosen = filling.unit or _named_unit(raws.get(campaign.roles.unit), form, campaign)
    return FilledForm(
        campaign=campaign,
        form=form,
        layout=layout,
        unit=filling.unit,
        chosen=chosen,
        month=filling.month,
        raws=raws,
        rows=rows,
        prefilled={t.id: _prefilled(t, rows[t.id], filling, campaign) for t in form.tables},
        values=values,
        tables=tables,
        scope=SubmissionScope(form, values, tables, chosen, "typed"),
        existing=existing,
        explanations={
            id_: clean_text(text, as_typed=True) for id_, text in filling.explanations.items()
        },
        review=filling.review,
    )


def _fit(raw: Raw) -> Raw:
    """Return a raw cell as a workbook can hold it; what is cut says so."""
    return clean_text(raw, as_typed=True) if isinstance(raw, str) else raw


def _raw(field: Field, form: Form, filling: Filling, campaign: Campaign) -> Raw:
    """Return what a field's cell is to hold: what was given, else what is filled in."""
    if field.id in filling.values:
        return filling.values[field.id]
    unit = filling.unit
    match field.prefill:
        case "":
            return None
        case "unit":
            return unit_label(unit, campaign) if unit else None
        case "month":
            return filling.month.first_day if filling.month else None
        case "conference_name":
            return conference_name(unit, form, campaign) if unit else None
    value = campaign.values[field.prefill]
    return value if isinstance(value, str | int | date) else None


def _named_unit(raw: Raw, form: Form, campaign: Campaign) -> Unit | None:
    """Return the unit whose label was chosen in a blank form."""
    if not isinstance(raw, str):
        return None
    folded = fold_choice(raw)
    units = units_of_form(campaign, form)
    return next((u for u in units if fold_choice(unit_label(u, campaign)) == folded), None)


# --- tables -------------------------------------------------------------------------------


def _rows(table: Table, filling: Filling, campaign: Campaign) -> tuple[RawRow, ...]:
    """Return the raw rows: the given ones laid over the pre-filled ones they name.

    A given row names a pre-filled one by its first column, or by its position
    when it has none; other rows follow below.
    """
    first = table.columns[0].id
    if filling.whole_tables and table.id in filling.tables:
        return tuple(filling.tables[table.id])
    names = prefilled_names(table, filling, campaign)
    rows: list[dict[str, Raw]] = [{first: name} for name in names]
    positions = {fold_choice(name): n for n, name in enumerate(names)}
    for number, given in enumerate(filling.tables.get(table.id, ())):
        name = given.get(first)
        position = number if name is None else positions.get(fold_choice(str(name)))
        if position is None or position >= len(names):
            rows.append(dict(given))
        else:
            rows[position] |= {k: v for k, v in given.items() if k != first}
    if len(rows) > table.capacity:
        raise ValueError(f"{table.id}: {len(rows)} rows, room for {table.capacity}")
    return tuple(rows)


def _prefilled(table: Table, rows: Sequence[RawRow], filling: Filling, campaign: Campaign) -> int:
    """Return how many rows from the first on begin as the form had them from the start."""
    first, names = table.columns[0].id, prefilled_names(table, filling, campaign)
    same = [row.get(first) == name for name, row in zip(names, rows, strict=False)]
    return [*same, False].index(False)


def prefilled_names(table: Table, filling: Filling, campaign: Campaign) -> tuple[str, ...]:
    """Return what stands in the first column from the start."""
    if table.prefill == "list" and table.columns[0].choices is not None:
        return table.columns[0].choices.values
    if table.prefill == "subordinates" and filling.unit is not None:
        return tuple(
            unit.name
            for unit in campaign.units
            if unit.parent == filling.unit.code
            and (filling.month is None or unit.is_valid_in(filling.month))
        )
    return ()
