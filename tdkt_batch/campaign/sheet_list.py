"""The lists that become sheets (biểu danh sách): which rows, which columns, how they add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.campaign.tree import Node


class ListLayout(StrEnum):
    """How a list's rows stand."""

    ROWS = "rows"  # each row names its unit; the sums stand above
    BELOW_UNITS = "below_units"  # each unit stands above its rows, which fold; the sums end it
    COUNTED = "counted"  # no row: how many there are, by group of units, column and value


class ListFact(StrEnum):
    """What a column may say besides figures and the rows' own columns."""

    NUMBER = "number"
    UNIT = "unit"
    CODE = "code"
    OF_MONTH = "of_month"  # of which month the unit's report is
    HELD_DAY = "held_day"
    ROWS = "rows"  # how many rows there are


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column: a fact, what a unit gives a figure, or a column of the rows' table.

    ``less`` is the figure that is taken from ``figure``. ``width`` is in digits, 0 for as
    wide as its texts. One of ``only_if_any`` is left out while no row has anything in it;
    one that is not ``printed`` is to filter by, on the screen.
    """

    fact: ListFact | None = None
    figure: str = ""
    less: str = ""
    column: str = ""
    head: str = ""
    over: str = ""
    width: float = 0.0
    only_if_any: bool = False
    printed: bool = True

    @property
    def id(self) -> str:
        """What it is known by within its list."""
        return self.column or self.fact or f"figure:{self.figure}-{self.less}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetList:
    """A list: the rows of a table of the units' reports, on a sheet of its own.

    ``bound`` has the condition under which a row counts, by form id; None counts every
    row, a form that is not there has none. ``fields`` are the table's columns by id, of
    all these forms. ``by`` are the columns of choices by whose values the rows are added
    up; ``sums_head`` stands over these sums, ``empty`` where there is no row. ``measure``
    is what a row is called.
    """

    id: str
    sheet: str
    title: str
    layout: ListLayout
    table: str
    when: str
    bound: Mapping[str, Node | None]
    fields: Mapping[str, Field]
    columns: tuple[ListColumn, ...]
    by: tuple[str, ...]
    note: str
    sums_head: str
    empty: str
    measure: str

    @property
    def figures(self) -> tuple[ListColumn, ...]:
        """The columns that show what a unit gives a figure."""
        return tuple(one for one in self.columns if one.figure and not one.less)

    @property
    def summed(self) -> tuple[str, ...]:
        """The columns of the rows whose counts add up; a year does not."""
        own = (one.column for one in self.columns if one.column)
        return tuple(id_ for id_ in own if is_summed(self.fields[id_]))


def is_summed(field: Field) -> bool:
    """Tell whether the values of a column add up."""
    return field.kind is FieldKind.COUNT and not field.is_year
