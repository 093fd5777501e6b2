"""Where a list of a form stands in a workbook: as laid out, else below the row with its heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tdkt_batch.campaign.definition import Field, Table
from tdkt_batch.forms.layout import TablePlace
from tdkt_batch.forms_read.locate import HIGHEST, WIDEST, row_width
from tdkt_batch.model import Found
from tdkt_batch.vietnamese.labels import is_near, label_key, nearest_key
from tdkt_batch.workbooks.defined_names import DefinedNames
from tdkt_batch.workbooks.read import SheetCells


@dataclass(frozen=True, slots=True)
class TableSpot:
    """Where a table stands, and the columns whose heads are not there once."""

    place: TablePlace
    found: Found = Found.POSITION
    lost: tuple[Field, ...] = ()


def find_table(
    table: Table, expected: TablePlace, cells: SheetCells, names: DefinedNames
) -> TableSpot | None:
    """Return where the table stands: as expected, else where most of its heads are.

    None when no row holds more than half of its heads, when two rows hold as
    many, or when no column by which its rows are known is found.
    """
    if is_table_in_place(table, expected, cells):
        return TableSpot(expected)
    rows = {row: _head_columns(table, cells, row) for row in range(min(cells.height, HIGHEST))}
    most = max((len(columns) for columns in rows.values()), default=0)
    best = [row for row, columns in rows.items() if len(columns) == most]
    if expected.head_row in best:
        best = [expected.head_row]
    if 2 * most <= len(table.columns) or len(best) != 1:
        return None
    head_row, columns = best[0], rows[best[0]]
    if not any(id_ in columns for id_ in table.key):
        return None
    lost = tuple(column for column in table.columns if column.id not in columns)
    shift = head_row - expected.head_row
    place = replace(
        expected,
        title_row=expected.title_row + shift,
        head_row=head_row,
        first_row=expected.first_row + shift,
        columns=columns,
    )
    return TableSpot(place, _way(table, expected, place, names), lost)


def is_table_in_place(table: Table, expected: TablePlace, cells: SheetCells) -> bool:
    """Tell whether the table's heads all stand where the form has them."""
    return all(
        cells.text(expected.head_row, expected.columns[column.id]) == column.label
        for column in table.columns
    )


def _head_columns(table: Table, cells: SheetCells, row: int) -> Mapping[str, int]:
    """Return the column of each head that stands in the row exactly once."""
    seen: dict[str, list[int]] = {}
    for column in range(min(WIDEST, row_width(cells, row))):
        if text := cells.text(row, column):
            seen.setdefault(label_key(text), []).append(column)
    if not seen:
        return {}
    wanted = {label_key(column.label): column.id for column in table.columns}
    found = {wanted[key]: at for key, at in seen.items() if key in wanted}
    if 2 * len(found) > len(wanted):
        free = [key for key in seen if key not in wanted]
        for key, id_ in wanted.items():
            if id_ not in found and (near := nearest_key(key, free)):
                rivals = [k for k in wanted if is_near(near, k)]
                found |= {id_: seen[near]} if rivals == [key] else {}
    return {id_: at[0] for id_, at in found.items() if len(at) == 1}


def _way(table: Table, expected: TablePlace, place: TablePlace, names: DefinedNames) -> Found:
    same = all(expected.columns[id_] == column for id_, column in place.columns.items())
    if same and expected.head_row == place.head_row:
        return Found.POSITION
    cells = [(names.cell(f"{table.id}.{id_}"), column) for id_, column in place.columns.items()]
    named = all(
        cell and (cell.row, cell.column) == (place.first_row, column) for cell, column in cells
    )
    return Found.NAME if named else Found.LABEL
