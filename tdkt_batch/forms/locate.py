"""Where lines and tables of a form stand in a workbook: as laid out, else by their labels."""

from __future__ import annotations

from dataclasses import replace

from tdkt_batch.campaign.definition import Sheet, Table
from tdkt_batch.forms.layout import LABEL, TablePlace
from tdkt_batch.forms.workbook_cells import SheetCells
from tdkt_batch.rules.fold import fold_text


def rows_of_lines(
    sheet: Sheet, expected: tuple[int, ...], cells: SheetCells | None
) -> list[int | None]:
    """Return the row of each line, by its label; None where it is not found for certain.

    A label of one line only is taken where it is expected, else where it stands
    alone. A label of several lines must stand as often as in the form, and is
    taken in the same order: two rows further down the next one would be met.
    """
    if cells is None:
        return [None] * len(expected)
    found: dict[str, list[int]] = {}
    for row in range(cells.height):
        if text := cells.text(row, LABEL):
            found.setdefault(fold_text(text), []).append(row)
    labels = [fold_text(line.label) for line in sheet.lines]
    rows: list[int | None] = []
    for number, (label, row) in enumerate(zip(labels, expected, strict=True)):
        there, times = found.get(label, []), labels.count(label)
        if times == 1 and row in there:
            rows.append(row)
        else:
            nth = labels[:number].count(label)
            rows.append(there[nth] if len(there) == times else None)
    return rows


def place_of_table(table: Table, expected: TablePlace, cells: SheetCells) -> TablePlace | None:
    """Return where the table stands: as expected, else below the only row with its heads."""
    if _has_heads(table, expected, cells, expected.head_row):
        return expected
    rows = [row for row in range(cells.height) if _has_heads(table, expected, cells, row)]
    if len(rows) != 1:
        return None
    shift = rows[0] - expected.head_row
    return replace(
        expected,
        title_row=expected.title_row + shift,
        head_row=rows[0],
        first_row=expected.first_row + shift,
    )


def _has_heads(table: Table, place: TablePlace, cells: SheetCells, row: int) -> bool:
    return all(
        fold_text(cells.text(row, place.columns[column.id])) == fold_text(column.label)
        for column in table.columns
    )
