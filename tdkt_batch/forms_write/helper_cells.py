"""The hidden helper sheet: cells with a formula and its true value, row by row and by table."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as with_default
from enum import IntEnum

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.forms.layout import HELPER_SHEET

Cached = int | float | str
"""The value that a formula has, stored beside it for readers that do not calculate."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula (without its equals sign) and its true value."""

    formula: str
    value: Cached


class Column(IntEnum):
    """What the columns of a helper row hold."""

    NOTE = 0
    VALUE = 1
    FILLED = 2
    MISSING = 3
    WORDS = 4
    FIGURE = 5
    WEIGHT = 6


FIRST_TABLE_COLUMN = 8
"""Where the tables' helper columns begin."""
FIRST_ROW = 1
"""The first helper row; a table's first row stands there too."""
HERE = "«w»"
"""In a table's formula: the helper sheet's own row number."""
THERE = "«i»"
"""In a table's formula: the row number of the table on its own sheet."""


@dataclass(frozen=True, slots=True)
class HelperColumn:
    """A helper column beside a table: one formula a row of its capacity."""

    note: str
    column: int
    template: str
    input_row: int
    values: tuple[Cached, ...]

    @property
    def here(self) -> str:
        """The cell of the same row, for other formulas of the table."""
        return f"${xl_col_to_name(self.column)}{HERE}"

    @property
    def range(self) -> str:
        """All cells of the column."""
        name = xl_col_to_name(self.column)
        return f"${name}${FIRST_ROW + 1}:${name}${FIRST_ROW + len(self.values)}"

    def formula(self, row: int) -> str:
        """Return the formula of the table's ``row``, counted from 0."""
        there = str(self.input_row + row + 1)
        return self.template.replace(HERE, str(FIRST_ROW + row + 1)).replace(THERE, there)


@dataclass(slots=True)
class WorkSheet:
    """The helper cells so far; what is added is never moved."""

    rows: list[dict[Column, Computed | Cached]] = with_default(default_factory=list)
    columns: list[HelperColumn] = with_default(default_factory=list)

    def add_row(self, note: str) -> int:
        """Add a helper row and return its index."""
        self.rows.append({Column.NOTE: note})
        return len(self.rows) - 1

    def put(self, row: int, column: Column, formula: str, value: Cached) -> str:
        """Put a formula into a helper row and return its cell's reference."""
        self.rows[row][column] = Computed(formula, value)
        return reference(row, column)

    def value(self, row: int, column: Column) -> Cached:
        """Return the true value of a helper cell."""
        content = self.rows[row][column]
        return content.value if isinstance(content, Computed) else content

    def add_column(
        self, note: str, template: str, input_row: int, values: tuple[Cached, ...]
    ) -> HelperColumn:
        """Add a helper column of a table, one cell for each of its values."""
        number = FIRST_TABLE_COLUMN + len(self.columns)
        self.columns.append(HelperColumn(note, number, template, input_row, values))
        return self.columns[-1]


def reference(row: int, column: Column) -> str:
    """Return a helper cell's reference as formulas of the helper sheet write it."""
    return f"${xl_col_to_name(column)}${FIRST_ROW + row + 1}"


def outside(reference_: str) -> str:
    """Return a helper cell's reference as formulas of other sheets write it."""
    return f"{HELPER_SHEET}!{reference_}"
