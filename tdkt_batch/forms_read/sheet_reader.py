"""One sheet of a workbook, known to be a sheet of the form → its raw cells.

What is not found in exactly one place has no cell and a fault; what was found
elsewhere than the form has it is said once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tdkt_batch.campaign.definition import Field, FormSheet, Table
from tdkt_batch.forms.cell_meaning import quoted_raw
from tdkt_batch.forms.layout import FormLayout, Place, TablePlace
from tdkt_batch.forms_read.locate import PageSpots, Spot, find_page
from tdkt_batch.forms_read.locate_tables import TableSpot, find_table
from tdkt_batch.forms_read.raw_cells import Gathered, RawCell, RawRow, absent_cell, content_of
from tdkt_batch.model import Fault, Found, is_blank_cell
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.workbooks.defined_names import DefinedNames
from tdkt_batch.workbooks.read import SheetCells
from tdkt_batch.workbooks.suspicious_cells import Position

MOST_LOST_LINES = 3
"""More lost lines than this make one fault of the sheet, not one each."""


class SheetReader:
    """Gathers the raw cells of one sheet of the workbook."""

    def __init__(
        self, sheet: FormSheet, cells: SheetCells, layout: FormLayout, names: DefinedNames
    ) -> None:
        self._sheet = sheet
        self._cells = cells
        self._layout = layout
        self._names = names
        self._faults: list[Fault] = []
        self._lost: list[Field] = []

    def read(self) -> Gathered:
        """Return the sheet's cells and rows, with one notice of all that moved."""
        cells = self._page() if self._sheet.lines else {}
        tables = self._tables()
        found = Gathered(cells, tables, lost=tuple(self._lost))
        if moved := [c for c in found.all_cells if c.is_moved and not c.is_blank]:
            self._faults.append(self._moved(moved))
        return replace(found, faults=tuple(self._faults))

    def _moved(self, moved: Sequence[RawCell]) -> Fault:
        first = moved[0]
        details = {
            "number": str(len(moved)),
            "example": first.field.label,
            "laid_out": first.laid_out,
            "moved_to": first.address,
        }
        return Fault("DL31", sheet=self._cells.title, cell=first.address, details=details)

    # --- the page

    def _page(self) -> dict[str, RawCell]:
        rows = self._layout.line_rows[self._sheet.title]
        page = find_page(self._sheet, rows, self._cells, self._names)
        self._note_lost(page)
        return {
            field.id: self._of_field(field, page.spots.get(field.id), page)
            for line in self._sheet.lines
            for field in line.fields
        }

    def _note_lost(self, page: PageSpots) -> None:
        self._lost += [field for line in page.lost_lines for field in line.fields]
        if page.lost_heads:
            self._faults.append(Fault("DL20", sheet=self._cells.title))
        elif len(page.lost_lines) > MOST_LOST_LINES:
            lost = "; ".join(f"“{line.label}”" for line in page.lost_lines[:5])
            more = "; …" if len(page.lost_lines) > 5 else ""
            details = {"number": str(len(page.lost_lines)), "lines": lost + more}
            self._faults.append(Fault("DL22", sheet=self._cells.title, details=details))

    def _of_field(self, field: Field, spot: Spot | None, page: PageSpots) -> RawCell:
        laid_out = self._layout.cells[field.id].address
        if spot is None:
            return self._not_found(field, page)
        cell = self._cell(field, (spot.row, spot.column), spot.found, laid_out)
        if spot.second is None:
            return cell
        return self._of_both(cell, spot, laid_out)

    def _of_both(self, cell: RawCell, spot: Spot, laid_out: str) -> RawCell:
        """Return the cell of a field that spans two columns: the one that is filled."""
        found = Found.LABEL if spot.found is Found.POSITION else spot.found
        second = self._cell(cell.field, (spot.row, spot.second or 0), found, laid_out)
        if second.is_blank or content_of(second) == content_of(cell):
            return cell
        if cell.is_blank:
            return second
        details = {
            "one": f"{quoted_raw(cell.raw)} (ô {cell.address})",
            "other": f"{quoted_raw(second.raw)} (ô {second.address})",
        }
        fault = Fault("DL19", cell.id, cell.sheet, cell.address, details)
        return replace(cell, fault=fault)

    def _not_found(self, field: Field, page: PageSpots) -> RawCell:
        is_said = page.lost_heads or len(page.lost_lines) > MOST_LOST_LINES
        fault = None if is_said else Fault("DL13", field.id, sheet=self._cells.title)
        return replace(absent_cell(field, self._cells.title), fault=fault)

    def _cell(self, field: Field, at: Position, found: Found, laid_out: str) -> RawCell:
        return RawCell(
            field=field,
            id=field.id,
            sheet=self._cells.title,
            address=Place("", *at).address,
            laid_out=laid_out,
            raw=self._cells.raw(*at),
            broken=self._cells.broken.get(at),
            found=found,
        )

    # --- tables

    def _tables(self) -> dict[str, tuple[RawRow, ...]]:
        places = self._layout.tables
        spots = {
            table.id: find_table(table, places[table.id], self._cells, self._names)
            for table in self._sheet.tables
        }
        return {
            table.id: self._rows_of(table, spots[table.id], self._last_row(table, spots))
            for table in self._sheet.tables
        }

    def _last_row(self, table: Table, spots: Mapping[str, TableSpot | None]) -> int:
        """Return the last row that can be the table's: the sheet's last, or before the next.

        Where the next table is not found below, no more rows are the table's than
        the form has for it.
        """
        own, last = spots[table.id], self._cells.height - 1
        if own is None:
            return last
        below = [s.place.title_row for s in spots.values() if s is not None]
        following = [row for row in below if row > own.place.head_row]
        if not following and table is not self._sheet.tables[-1]:
            return min(last, own.place.first_row + table.capacity - 1)
        return min([last, *(row - 1 for row in following)])

    def _rows_of(self, table: Table, spot: TableSpot | None, last: int) -> tuple[RawRow, ...]:
        if spot is None:
            details = {"table": table.title, "lost": ""}
            self._faults.append(Fault("DL15", sheet=self._cells.title, details=details))
            return ()
        if spot.lost:
            self._note_lost_columns(table, spot)
        heads = [label_key(column.label) for column in table.columns]
        rows = [
            self._row(table, spot, row)
            for row in range(spot.place.first_row, last + 1)
            if not self._is_blank_row(spot.place, row) and not self._is_head(spot.place, row, heads)
        ]
        self._note_surplus(table, spot.place, rows)
        return tuple(rows)

    def _note_lost_columns(self, table: Table, spot: TableSpot) -> None:
        lost = ", ".join(f"“{column.label}”" for column in spot.lost)
        details = {"table": table.title, "lost": f" (không thấy cột {lost})"}
        self._faults.append(Fault("DL15", sheet=self._cells.title, details=details))
        self._lost += spot.lost

    def _is_blank_row(self, place: TablePlace, row: int) -> bool:
        return all(is_blank_cell(self._cells.raw(row, at)) for at in place.columns.values())

    def _is_head(self, place: TablePlace, row: int, heads: Sequence[str]) -> bool:
        """Tell whether the heads are written once more, as above a second page."""
        texts = [self._cells.text(row, at) for at in place.columns.values()]
        said = [label_key(text) for text in texts if text]
        return len(said) > 1 and all(key in heads for key in said)

    def _row(self, table: Table, spot: TableSpot, row: int) -> RawRow:
        place = spot.place
        number = row - place.first_row + 1
        laid_out = self._layout.tables[table.id]
        cells: dict[str, RawCell] = {}
        for column in table.columns:
            id_ = f"{table.id}.{column.id}"
            if column.id in place.columns:
                expected = laid_out.cell(number - 1, column.id).address
                at = place.columns[column.id]
                cell = self._cell(column, (row, at), spot.found, expected)
                cells[column.id] = replace(cell, id=id_)
            else:
                cells[column.id] = replace(absent_cell(column, self._cells.title), id=id_)
        return RawRow(number, cells)

    def _note_surplus(self, table: Table, place: TablePlace, rows: Sequence[RawRow]) -> None:
        surplus = [row for row in rows if row.number > table.capacity]
        if surplus:
            at = min(place.columns.values())
            first = Place(place.sheet, place.first_row + surplus[0].number - 1, at)
            details = {
                "table": table.title,
                "rows": str(len(surplus)),
                "capacity": str(table.capacity),
            }
            self._faults.append(Fault("DL16", table.id, self._cells.title, first.address, details))
