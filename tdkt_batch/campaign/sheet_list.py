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
    UNITS = "units"  # each unit with what it gives figures, and their shares; the sums end it
    COUNTED = "counted"  # no row: how many there are, by group of units, column and value


class ListFact(StrEnum):
    """What a column may say besides figures and the rows' own columns."""

    NUMBER = "number"
    UNIT = "unit"
    CODE = "code"
    OF_MONTH = "of_month"  # of which month the unit's report is
    STAGE = "stage"
    HELD_DAY = "held_day"
    ROWS = "rows"  # how many rows there are
    ALLOTTED_BY = "allotted_by"  # who allotted the delegates for the higher congress


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column: a fact, what a unit gives a figure, or a column of the rows' table.

    ``less`` is the figure that is taken from ``figure``. With ``share`` it is the figure's
    share of its base, where it has none yet that of the figure planned. ``width`` is in
    digits, 0 for as wide as its texts. One of ``only_if_any`` is left out while no row has
    anything in it; one that is not ``printed`` is to filter by, beside the titled table.
    """

    fact: ListFact | None = None
    figure: str = ""
    less: str = ""
    share: bool = False
    column: str = ""
    head: str = ""
    over: str = ""
    width: float = 0.0
    only_if_any: bool = False
    printed: bool = True

    @property
    def id(self) -> str:
        """What it is known by within its list."""
        kind = "share" if self.share else "figure"
        return self.column or self.fact or f"{kind}:{self.figure}-{self.less}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetList:
    """A list: the rows of a table of the units' reports, or the units, on a sheet of its own.

    A list of units has no ``table``; a counted one may stand below it, on its sheet.

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

    def stands_below(self, other: SheetList) -> bool:
        """Tell whether it is counted on the sheet of a list of units, below them."""
        is_sheet_of_units = other.layout is ListLayout.UNITS and other.sheet == self.sheet
        return is_sheet_of_units and self.layout is ListLayout.COUNTED

    @property
    def figures(self) -> tuple[ListColumn, ...]:
        """The columns that show what a unit gives a figure."""
        shown = (one for one in self.columns if one.figure)
        return tuple(one for one in shown if not one.less and not one.share)

    @property
    def summed(self) -> tuple[str, ...]:
        """The columns of the rows whose counts add up; a year does not."""
        own = (one.column for one in self.columns if one.column)
        return tuple(id_ for id_ in own if is_summed(self.fields[id_]))


def is_summed(field: Field) -> bool:
    """Tell whether the values of a column add up."""
    return field.kind is FieldKind.COUNT and not field.is_year
