"""Where what is spoken of stands in the form that goes back, which may be another cell."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.forms.layout import FormLayout, Place
from tdkt_batch.forms.review import CellKey, Target
from tdkt_batch.model import Submission, Value
from tdkt_batch.returns.sent import SentAgain


@dataclass(frozen=True, slots=True)
class Places:
    """The cells of the form that goes back, by what was sent."""

    layout: FormLayout
    submission: Submission
    sent: SentAgain

    def key(self, field: str, sheet: str = "", cell: str = "") -> CellKey | None:
        """Return the cell that ``field`` is: of a list, in the row that the sent cell stood in.

        A whole list is known by its first column. None for what is no cell of the form.
        """
        if field in self.layout.cells:
            return field, 0
        table, _, column = field.partition(".")
        place = self.layout.tables.get(table)
        if place is None or (column and column not in place.columns):
            return None
        column = column or next(iter(place.columns))
        return f"{table}.{column}", self._row(table, column, sheet, cell)

    def lacking(self, field: str) -> Value | None:
        """Return a field's missing cell; of a column the first unread, else the first blank."""
        table, _, column = field.partition(".")
        if not column:
            return self.submission.values.get(field)
        rows = self.submission.tables.get(table, ())
        cells = [row.values[column] for row in rows if column in row.values]
        missing = [cell for cell in cells if cell.value is None]
        return min(missing, key=lambda cell: cell.fault is None, default=None)

    def _row(self, table: str, column: str, sheet: str, cell: str) -> int:
        for row in self.submission.tables.get(table, ()):
            value = row.values.get(column)
            if value is not None and cell and (value.sheet, value.cell) == (sheet, cell):
                return self.sent.rows[table][row.number]
        return 0

    def target(self, key: CellKey | None, sheet: str = "") -> Target | None:
        """Return the cell to lead to; without a key the sheet's beginning, if the form has it."""
        if key is not None:
            place = self._place(key)
            return Target(place.sheet, place.address)
        titles = {one.title for one in self.layout.form.sheets}
        return Target(sheet, "A1") if sheet in titles else None

    def _place(self, key: CellKey) -> Place:
        id_, row = key
        if id_ in self.layout.cells:
            return self.layout.cells[id_]
        table, _, column = id_.partition(".")
        return self.layout.tables[table].cell(row, column)
