"""Columns of a list that stand for one of a column's values each: Nam | Nữ with an x below.

People make two columns of *Giới tính*; or they write the year of birth in the one that
is true, *Năm sinh: Nam | Nữ*. The heads, or a second row of heads, say which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tdkt_batch.campaign.form import ChoiceList, Field, Table
from tdkt_batch.forms.layout import TablePlace
from tdkt_batch.values import is_blank_cell
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording import forms_read as say
from tdkt_batch.workbooks.cells import SheetCells

_TICK_IN_HEAD = re.compile(say.TICK_IN_HEAD)
_BETWEEN_VALUES = re.compile(say.BETWEEN_VALUES)
_HEADS = re.compile(say.HEADS)


@dataclass(frozen=True, slots=True)
class Ticked:
    """Which value of a column each sheet column stands for.

    ``owner`` is the other column whose content stands there instead of a mark;
    ``has_row`` tells that the values stand in a row of their own below the heads.
    """

    value_by_column: Mapping[int, str]
    owner: str = ""
    has_row: bool = False


def find_ticked(table: Table, place: TablePlace, cells: SheetCells) -> Mapping[str, Ticked]:
    """Return by column of a list the columns that stand for one of its values each."""
    found: dict[str, Ticked] = {}
    for column in table.columns:
        if column.choices is None:
            continue
        there = _below_heads(column, table, place, cells)
        if there is None and column.id not in place.columns:
            there = _in_heads(column.choices, place, cells)
        if there is not None:
            found[column.id] = there
    return found


def head_of_values(column: Field, place: TablePlace, cells: SheetCells) -> int | None:
    """Return the column whose head names the list's values instead: *Nam/Nữ*."""
    values = {label_key(value) for value in column.choices.values} if column.choices else set()
    there = [
        at
        for at in _width(cells, place.head_row)
        if len(values) > 1
        and set(_BETWEEN_VALUES.split(label_key(cells.text(place.head_row, at)))) == values
    ]
    return there[0] if len(there) == 1 else None


def _width(cells: SheetCells, row: int) -> range:
    return range(len(cells.rows[row]) if row < len(cells.rows) else 0)


def _values(choices: ChoiceList, cells: SheetCells, row: int) -> Iterator[tuple[int, str, bool]]:
    """Yield the columns over which a value stands, and whether a mark is asked for there."""
    names = {value: value for value in choices.values} | dict(choices.aliases)
    value_by_key = {label_key(name): value for name, value in names.items()}
    for at in _width(cells, row):
        if text := cells.text(row, at):
            key = label_key(text)
            bare = _TICK_IN_HEAD.sub("", key)
            if bare in value_by_key:
                yield at, value_by_key[bare], bare != key


def _in_heads(choices: ChoiceList, place: TablePlace, cells: SheetCells) -> Ticked | None:
    """Return the values that stand among the heads: side by side, or one that asks for a mark."""
    taken = set(place.columns.values())
    found = [one for one in _values(choices, cells, place.head_row) if one[0] not in taken]
    there = _side_by_side(found)
    if there is None and len(found) == 1 and found[0][2]:
        there = {found[0][0]: found[0][1]}
    return Ticked(there) if there else None


def _below_heads(
    column: Field, table: Table, place: TablePlace, cells: SheetCells
) -> Ticked | None:
    """Return the values that stand in a row below the heads, under the column's or another's."""
    row = place.head_row + 1
    leads = [cells.text(row, place.columns[key]) for key in table.key if key in place.columns]
    keys = [label_key(lead) for lead in leads if lead.strip()]
    if column.choices is None or not all(map(_HEADS.fullmatch, keys)):
        return None
    there = _side_by_side(list(_values(column.choices, cells, row)))
    if there is None:
        return None
    id_by_column = {at: id_ for id_, at in place.columns.items()}
    first, *others = sorted(there)
    owner = id_by_column.get(first, column.id)
    is_headed = any(not is_blank_cell(cells.raw(place.head_row, at)) for at in others)
    if is_headed or (owner != column.id and column.id in place.columns):
        return None
    return Ticked(there, owner if owner != column.id else "", has_row=True)


def _side_by_side(found: Sequence[tuple[int, str, bool]]) -> Mapping[int, str] | None:
    """Return two columns or more of different values that stand side by side; else None."""
    there = {at: value for at, value, _ in found}
    is_row = len(there) > 1 and max(there) - min(there) == len(there) - 1
    return there if is_row and len(set(there.values())) == len(there) else None
