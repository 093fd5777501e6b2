"""The hidden helper sheet: cells with a formula and its true value, row by row and by table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date
from enum import IntEnum
from functools import wraps
from typing import Any, TypeVar, cast

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.tree import Kind
from tdkt_batch.forms.as_typed import day_serial
from tdkt_batch.forms.layout import HELPER_SHEET, TablePlace
from tdkt_batch.forms_write.cell_formulas import FormFormula
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.values import Cached, Once, Value
from tdkt_batch.rules.evaluate import Result, Unknown
from tdkt_batch.vietnamese.folding import fold_text


class HelperCell(IntEnum):
    """What the cells of a helper row hold, each in its column."""

    NOTE = 0
    VALUE = 1
    FILLED = 2
    MISSING = 3
    WORDS = 4
    FIGURE = 5
    WEIGHT = 6
    LOW = 7
    HIGH = 8


FIRST_TABLE_COLUMN = 10
"""Where the tables' helper columns begin."""
FIRST_ROW = 1
"""The first helper row; a table's first row stands there too."""
HERE = "«w»"
"""In a table's formula: the helper sheet's own row number."""
THERE = "«i»"
"""In a table's formula: the row number of the table on its own sheet."""


Method = TypeVar("Method", bound=Callable[..., Any])


def made_once(method: Method) -> Method:
    """Let a method that adds helper cells do so once for what it is given."""

    @wraps(method)
    def once(self: Any, *given: Any) -> Any:
        made = vars(self).setdefault(f"made by {method.__name__}", {})
        if given not in made:
            made[given] = method(self, *given)
        return made[given]

    return cast("Method", once)


RowValues = Callable[[FilledForm], Sequence[Cached]]
"""What a helper column yields in the rows that are filled in, from the first on."""


@dataclass(frozen=True, slots=True, eq=False)
class HelperColumn:
    """A helper column beside a table: one formula a row of its ``capacity``.

    ``values`` are what it yields in the rows of the ``table`` that are filled in;
    below them it yields ``otherwise``.
    """

    table: str
    note: str
    column: int
    template: str
    input_row: int
    capacity: int
    values: RowValues
    otherwise: Cached

    @property
    def here(self) -> str:
        """The cell of the same row, for other formulas of the table."""
        return f"${xl_col_to_name(self.column)}{HERE}"

    @property
    def range(self) -> str:
        """All cells of the column."""
        name = xl_col_to_name(self.column)
        return f"${name}${FIRST_ROW + 1}:${name}${FIRST_ROW + self.capacity}"

    def formula(self, row: int) -> str:
        """Return the formula of a row of the table, counted from 0."""
        here, there = FIRST_ROW + row + 1, self.input_row + row + 1
        return self.template.replace(HERE, str(here)).replace(THERE, str(there))


@dataclass(slots=True)
class HelperSheet:
    """The helper cells so far, of a form with tables in these ``places``; none is moved."""

    places: Mapping[str, TablePlace]
    rows: list[dict[HelperCell, FormFormula | Cached]] = with_default(default_factory=list)
    columns: list[HelperColumn] = with_default(default_factory=list)

    def add_row(self, note: str) -> int:
        """Add a helper row and return its index."""
        self.rows.append({HelperCell.NOTE: note})
        return len(self.rows) - 1

    def put(self, row: int, formula: str, value: Value, cell: HelperCell = HelperCell.VALUE) -> str:
        """Put a formula into a helper row and return its cell's reference."""
        self.rows[row][cell] = FormFormula(formula, Once(value))
        return reference(row, cell)

    def value(self, row: int, cell: HelperCell = HelperCell.VALUE) -> Value:
        """Return what a helper cell with a formula yields."""
        content = self.rows[row][cell]
        if not isinstance(content, FormFormula):
            raise TypeError(content)
        return content.value

    def add_column(
        self, table: str, note: str, template: str, values: RowValues, otherwise: Cached
    ) -> HelperColumn:
        """Add a helper column of a table, one cell for each of its rows."""
        place = self.places[table]
        column = HelperColumn(
            table=table,
            note=note,
            column=FIRST_TABLE_COLUMN + len(self.columns),
            template=template,
            input_row=place.first_row,
            capacity=place.capacity,
            values=Once(values),
            otherwise=otherwise,
        )
        self.columns.append(column)
        return column


def reference(row: int, cell: HelperCell = HelperCell.VALUE) -> str:
    """Return a helper cell's reference as formulas of the helper sheet write it."""
    return f"${xl_col_to_name(cell)}${FIRST_ROW + row + 1}"


def outside(reference_: str) -> str:
    """Return a helper cell's reference as formulas of other sheets write it."""
    return f"{HELPER_SHEET}!{reference_}"


def represent(result: Result | None, kind: Kind, choices: tuple[str, ...] = ()) -> Cached:
    """Return how a helper cell holds a value: a number, a folded text, logic as 0, ½ or 1.

    A choice is its number among ``choices``; None is missing.
    """
    if result is None or isinstance(result, Unknown):
        return 0.5 if kind is Kind.LOGIC else ""
    match result:
        case bool():
            return int(result)
        case int():
            return result
        case date():
            return day_serial(result)
    return choices.index(result) + 1 if kind is Kind.CHOICE else fold_text(result)
