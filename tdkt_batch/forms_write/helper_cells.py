"""The hidden helper sheet: cells with a formula and its true value, row by row and by table."""

from __future__ import annotations

import re
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
from tdkt_batch.forms_write.cell_formulas import FormFormula, squeezed
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.values import Cached, Once, Value
from tdkt_batch.rules.evaluate import Result, Unknown
from tdkt_batch.vietnamese.folding import fold_text


class HelperCell(IntEnum):
    """What the cells of one helper hold, each in its row: like stands beside like."""

    VALUE = 0
    FILLED = 1
    MISSING = 2
    WORDS = 3
    FIGURE = 4
    WEIGHT = 5
    LOW = 6
    HIGH = 7
    APART = 8


FIRST_TABLE_COLUMN = 900
"""Where the tables' helper columns begin; older LibreOffices have 1024 columns.

A table's helper cells stand in the rows of the table itself, all others before these
columns, in as many rows as they need.
"""
MOST_PARTS = 4000
"""How long a formula may become when the names in it are written out, as LibreOffice does.

It takes no more than 8192 parts: functions, references, constants, signs.
"""
_NAME = re.compile(r"\b(?:dong|chu|ngay)\.[\w.]+")
_PART = re.compile(r'"(?:[^"]|"")*"|[^\s"(),;{}=<>+*&-]+|[(),;{}=<>+*&-]')
_SEEN_TEXT = len(_PART.findall(squeezed("$A$1")))
_OWN_CELL = re.compile(r"(?<![!:$A-Z0-9])\$[A-Z]+\$\d+")
"""A cell of the helper sheet as its own formulas name it."""


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


@dataclass(slots=True, eq=False)
class HelperColumn:
    """What a formula says of each row of a table, written once under a defined ``name``.

    The ``formula`` stands as seen from row 1, so that the name says of any row what is
    true there. ``values`` are what it yields in the rows of the ``table`` that are filled
    in; below them it yields ``otherwise``. Only a column that a formula takes as a whole
    has cells, in the ``column`` of the helper sheet that it gets then, or one that would
    make another's formula too long; ``parts`` is how long its own is, all written out.
    """

    sheet: HelperSheet
    table: str
    name: str
    formula: str
    values: RowValues
    otherwise: Cached
    parts: int
    column: int = 0

    @property
    def place(self) -> TablePlace:
        """The place of the table, in whose rows the cells stand."""
        return self.sheet.places[self.table]

    @property
    def here(self) -> str:
        """What is said of the same row, for other formulas of the table."""
        if not self.column:
            return self.name
        return outside(f"${xl_col_to_name(self.column)}1")

    @property
    def range(self) -> str:
        """All cells of the column, which exist from now on."""
        if not self.column:
            self.column = FIRST_TABLE_COLUMN + len(self.sheet.columns)
            self.sheet.columns.append(self)
        name, first = xl_col_to_name(self.column), self.place.first_row
        return f"${name}${first + 1}:${name}${first + self.place.capacity}"


@dataclass(slots=True)
class HelperSheet:
    """The helper cells so far, of a form with tables in these ``places``; none is moved.

    ``by_name`` are all that stand under a defined name, ``columns`` those of them
    that have cells.
    """

    places: Mapping[str, TablePlace]
    rows: list[dict[HelperCell, FormFormula | Cached]] = with_default(default_factory=list)
    columns: list[HelperColumn] = with_default(default_factory=list)
    by_name: dict[str, HelperColumn] = with_default(default_factory=dict)

    def add_row(self) -> int:
        """Add a helper row and return its index."""
        self.rows.append({})
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
        self, table: str, formula: str, values: RowValues, otherwise: Cached
    ) -> HelperColumn:
        """Add what a ``formula`` says of each row of a table."""
        formula = _OWN_CELL.sub(lambda found: outside(found[0]), formula)
        while (parts := self._parts(formula)) > MOST_PARTS:
            named = [self.by_name[n] for n in _NAME.findall(formula) if n in self.by_name]
            longest = max(named, key=lambda one: one.parts)
            _ = longest.range  # it gets cells
            formula = re.sub(rf"\b{re.escape(longest.name)}\b", longest.here, formula)
        name = f"dong.{len(self.by_name) + 1}"
        column = HelperColumn(self, table, name, formula, Once(values), otherwise, parts)
        self.by_name[name] = column
        return column

    def _parts(self, formula: str) -> int:
        """Return of how many parts a formula is, the names in it written out."""
        found, names = len(_PART.findall(formula)), _NAME.findall(formula)
        more = (self.by_name[n].parts if n in self.by_name else _SEEN_TEXT for n in names)
        return found + sum(more)


def helper_place(row: int, cell: HelperCell) -> tuple[int, int]:
    """Return sheet row and column of a helper cell."""
    block, column = divmod(row, FIRST_TABLE_COLUMN)
    return block * len(HelperCell) + cell, column


def reference(row: int, cell: HelperCell = HelperCell.VALUE) -> str:
    """Return a helper cell's reference as formulas of the helper sheet write it."""
    row, column = helper_place(row, cell)
    return f"${xl_col_to_name(column)}${row + 1}"


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
