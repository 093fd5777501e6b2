"""The hidden helper sheet: cells with a formula and its true value, row by row and by table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date
from enum import IntEnum
from functools import wraps
from typing import Any, TypeVar, cast

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.tree import Kind
from tdkt_batch.forms.as_typed import day_serial
from tdkt_batch.forms.layout import HELPER_SHEET
from tdkt_batch.forms_write.cell_formulas import Cached
from tdkt_batch.rules.evaluate import Result, Unknown
from tdkt_batch.sheets.cells import Formula
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


@dataclass(frozen=True, slots=True, eq=False)
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

    def cells(self) -> list[Formula]:
        """Return the formula of each of the table's rows."""
        cells = []
        for row, value in enumerate(self.values, start=1):
            formula = self.template.replace(HERE, str(FIRST_ROW + row))
            cells.append(Formula(formula.replace(THERE, str(self.input_row + row)), value))
        return cells


@dataclass(slots=True)
class HelperSheet:
    """The helper cells so far; what is added is never moved."""

    rows: list[dict[HelperCell, Formula | Cached]] = with_default(default_factory=list)
    columns: list[HelperColumn] = with_default(default_factory=list)

    def add_row(self, note: str) -> int:
        """Add a helper row and return its index."""
        self.rows.append({HelperCell.NOTE: note})
        return len(self.rows) - 1

    def put(
        self, row: int, formula: str, value: Cached, cell: HelperCell = HelperCell.VALUE
    ) -> str:
        """Put a formula into a helper row and return its cell's reference."""
        self.rows[row][cell] = Formula(formula, value)
        return reference(row, cell)

    def value(self, row: int) -> Cached:
        """Return the true value of a helper row."""
        content = self.rows[row][HelperCell.VALUE]
        return content.value if isinstance(content, Formula) else content

    def add_column(
        self, note: str, template: str, input_row: int, values: tuple[Cached, ...]
    ) -> HelperColumn:
        """Add a helper column of a table, one cell for each of its values."""
        number = FIRST_TABLE_COLUMN + len(self.columns)
        self.columns.append(HelperColumn(note, number, template, input_row, values))
        return self.columns[-1]


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
