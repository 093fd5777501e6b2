"""Helper cells of the inputs: each field, each register fact, each column of a table."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.definition import FACTS, KIND_OF_FIELD, Field, FieldKind, Form, Table
from tdkt_batch.campaign.tree import Kind
from tdkt_batch.forms.check_figure import figure_weight, table_figure, value_figure
from tdkt_batch.forms.layout import META_FACTS, meta_place
from tdkt_batch.forms_write import cells
from tdkt_batch.forms_write import helper_cells as work
from tdkt_batch.forms_write.filling import Filled
from tdkt_batch.forms_write.helper_cells import THERE, Cached, Column, HelperColumn, WorkSheet
from tdkt_batch.forms_write.lists import UNIT_KINDS, Lists
from tdkt_batch.forms_write.represent import represent
from tdkt_batch.model import is_blank_cell


class Inputs:
    """The helper rows and columns that read the form's own cells.

    ``rows`` gives each field's and fact's helper row; the fields come first, in
    the form's order, then a row for each column of a table, so that the check
    figure is one sum of products.
    """

    def __init__(self, filled: Filled, lists: Lists) -> None:
        self.filled = filled
        self.lists = lists
        self.sheet = WorkSheet()
        self.rows: dict[str, int] = {}
        self.exists: dict[str, HelperColumn] = {}
        self._typed: dict[tuple[str, str], HelperColumn] = {}
        self._filled: dict[tuple[str, str], HelperColumn] = {}
        self._blocks: dict[str, str] = {}
        form = filled.form
        for field in form.fields:
            self.rows[field.id] = self.sheet.add_row(field.label)
        self._add_table_figures(form)
        for id_ in FACTS:
            self._add_fact(id_)
        for field in form.fields:
            self._add_field(field)

    # --- fields and facts ----------------------------------------------------------------

    def _add_field(self, field: Field) -> None:
        row, place = self.rows[field.id], self.filled.layout.cells[field.id]
        value = self.filled.values[field.id]
        put = self.sheet.put
        has_content = put(
            row, Column.FILLED, cells.filled(place.reference), 0 if value.is_blank else 1
        )
        formula = self._meaning(field, place.reference)
        if field.kind is FieldKind.COUNT and not field.required and field.block:
            zero = f'IF({self._block(field.block)}>0,0,"")'
            formula = f"IF({has_content}=0,{zero},{formula})"
        typed = self.filled.scope.value(field.id)
        cell = put(row, Column.VALUE, formula, represent(typed, *_kind(field)))
        if KIND_OF_FIELD[field.kind] is Kind.TEXT:
            figure = cells.text_length(place.reference)
        else:
            figure = f"INT(N({cell}))"
        put(row, Column.FIGURE, f"IF({has_content}=0,0,1+{figure})", value_figure(field, value))
        self.sheet.rows[row][Column.WEIGHT] = figure_weight(row)

    def _add_fact(self, id_: str) -> None:
        field = FACTS[id_]
        row = self.sheet.add_row(field.label)
        self.rows[id_] = row
        cell = meta_place(META_FACTS[id_]).reference
        kind = KIND_OF_FIELD[field.kind]
        place = self.lists.places[UNIT_KINDS]
        if kind is Kind.CHOICE:
            formula = cells.choice(cell, place.folded, place.numbers)
        else:
            formula = self._meaning(field, cell)
        value = represent(self.filled.scope.value(id_), kind, place.values)
        self.sheet.put(row, Column.VALUE, formula, value)

    def _meaning(self, field: Field, cell: str) -> str:
        first, last = self.filled.campaign.earliest, self.filled.campaign.latest
        match field.kind:
            case FieldKind.COUNT:
                return cells.count(cell, field.minimum, field.maximum)
            case FieldKind.DATE:
                return cells.day(cell, first, last)
            case FieldKind.MONTH:
                return cells.month(cell, first, last)
            case FieldKind.MARK:
                return cells.mark(cell)
            case FieldKind.CHOICE if field.choices is not None:
                place = self.lists.places[field.choices.id]
                return cells.choice(cell, place.folded, place.numbers)
        return cells.text(cell)

    def _block(self, block: str) -> str:
        """Return the cell that counts the filled counts of a block."""
        if block not in self._blocks:
            counts = [
                f for f in self.filled.form.fields if f.block == block and f.kind is FieldKind.COUNT
            ]
            cells_ = ",".join(work.reference(self.rows[f.id], Column.FILLED) for f in counts)
            value = sum(not self.filled.values[f.id].is_blank for f in counts)
            row = self.sheet.add_row(f"Số ô đã ghi: {block}")
            self._blocks[block] = self.sheet.put(row, Column.VALUE, f"SUM({cells_})", value)
        return self._blocks[block]

    def filled_cell(self, id_: str) -> str:
        """Return the cell that says whether a field or fact was given."""
        row = self.rows[id_]
        if id_ not in FACTS:
            return work.reference(row, Column.FILLED)
        return f'IF({work.reference(row, Column.VALUE)}="",0,1)'

    # --- tables ----------------------------------------------------------------------------

    def column(self, table_id: str, column_id: str) -> HelperColumn:
        """Return what a table's column means, row by row; "" where the row does not exist."""
        key = (table_id, column_id)
        if key not in self._typed:
            field = self.filled.form.field(f"{table_id}.{column_id}")
            exists = self.row_exists(table_id)
            formula = self._meaning(field, self._cell(table_id, column_id))
            if field.kind is FieldKind.COUNT and not field.required:
                has_content = self.filled_column(table_id, column_id).here
                formula = f"IF({has_content}=0,0,{formula})"
            rows = self.filled.existing[table_id]
            values: tuple[Cached, ...] = tuple(
                represent(rows[n].value(column_id), *_kind(field)) if n in rows else ""
                for n in range(len(exists.values))
            )
            formula = f'IF({exists.here}=1,{formula},"")'
            note = f"{table_id}.{column_id}"
            self._typed[key] = self.sheet.add_column(note, formula, exists.input_row, values)
        return self._typed[key]

    def row_exists(self, table_id: str) -> HelperColumn:
        """Return 1 in each row of which a key column is filled, else 0."""
        if table_id not in self.exists:
            table = self._table(table_id)
            keys = [self.filled_column(table_id, key) for key in table.key]
            if len(keys) == 1:
                self.exists[table_id] = keys[0]
            else:
                formula = f"IF({'+'.join(key.here for key in keys)}>0,1,0)"
                values = tuple(
                    int(n in self.filled.existing[table_id]) for n in range(table.capacity)
                )
                note = f"{table_id}: có"
                added = self.sheet.add_column(note, formula, keys[0].input_row, values)
                self.exists[table_id] = added
        return self.exists[table_id]

    def filled_column(self, table_id: str, column_id: str) -> HelperColumn:
        """Return 1 in each row where something was typed in the column, else 0."""
        key = (table_id, column_id)
        if key not in self._filled:
            place, rows = self.filled.layout.tables[table_id], self.filled.rows[table_id]
            values = tuple(
                0 if n >= len(rows) or is_blank_cell(rows[n].get(column_id)) else 1
                for n in range(place.capacity)
            )
            formula = cells.filled(self._cell(table_id, column_id))
            note = f"{table_id}.{column_id}: có ghi"
            self._filled[key] = self.sheet.add_column(note, formula, place.first_row, values)
        return self._filled[key]

    def _cell(self, table_id: str, column_id: str) -> str:
        place = self.filled.layout.tables[table_id]
        return f"'{place.sheet}'!${xl_col_to_name(place.columns[column_id])}{THERE}"

    def _table(self, table_id: str) -> Table:
        return next(t for t in self.filled.form.tables if t.id == table_id)

    def _add_table_figures(self, form: Form) -> None:
        for table in form.tables:
            for column in table.columns:
                row = self.sheet.add_row(f"{table.id}.{column.id}")
                formula = self._figure_formula(table, column)
                value = table_figure(table, column, self.filled.tables[table.id])
                self.sheet.put(row, Column.FIGURE, formula, value)
                self.sheet.rows[row][Column.WEIGHT] = figure_weight(row)

    def _figure_formula(self, table: Table, column: Field) -> str:
        if KIND_OF_FIELD[column.kind] is not Kind.TEXT:
            cells_ = self.column(table.id, column.id).range
            return f"COUNTIF({cells_},1)" if column.kind is FieldKind.MARK else f"SUM({cells_})"
        place = self.filled.layout.tables[table.id]
        first, last = place.cell(0, column.id), place.cell(place.capacity - 1, column.id)
        typed = f"{first.reference}:{last.reference.split('!')[1]}"
        exists = self.row_exists(table.id).range
        return f"IFERROR(SUMPRODUCT({exists}*ISTEXT({typed})*LEN({cells.squeezed(typed)})),0)"


def _kind(field: Field) -> tuple[Kind, tuple[str, ...]]:
    return KIND_OF_FIELD[field.kind], field.choices.values if field.choices else ()
