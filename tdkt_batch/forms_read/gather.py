"""A workbook known to be a form → the raw cell of each of its fields, and how it was found.

Nothing is understood here. What is not found in exactly one place has no cell
and a fault; what was found elsewhere than the form has it is said once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as with_default

from tdkt_batch.campaign.form import Field, Form, FormSheet, Table
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms.layout import FormLayout, Place, layout_of
from tdkt_batch.forms_read.copies import one_of_copies
from tdkt_batch.forms_read.find_blocks import page_labels, times_there
from tdkt_batch.forms_read.find_cells import PageSpots, TableSpot, find_page, find_table
from tdkt_batch.forms_read.find_sheets import find_sheets
from tdkt_batch.forms_read.gather_rows import TableReader
from tdkt_batch.forms_read.left_over import CellFate, FilledSheet
from tdkt_batch.forms_read.raw_cells import (
    CellReader,
    GatheredCells,
    RawCell,
    RawRow,
    told_of_cells,
)
from tdkt_batch.values import Fault, Found
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import forms_read as say
from tdkt_batch.workbooks.cells import Position, SheetCells, cell_name
from tdkt_batch.workbooks.read import UnreadError, Workbook

MOST_LOST_LINES = 3
"""More lost lines than this make one fault of the sheet, not one each."""


def gather(
    book: Workbook, form: Form, roles: Sequence[str], *, has_own_hints: bool = True
) -> GatheredCells:
    """Return the form's raw cells; ``UnreadError`` when its first sheet is not there for certain.

    ``roles`` are the fields that say whose form it is: copies of a sheet must not
    differ in them. Each text has its font where the workbook has legacy fonts. With
    ``has_own_hints`` other words in a hint's place are taken for the unit's.
    """
    layout = layout_of(form)
    parts: list[GatheredCells] = []
    for match in find_sheets(book, form):
        if not match.candidates and match.sheet is form.sheets[0]:
            raise UnreadError("broken_layout", sheet=match.sheet.title)
        readings = [
            _SheetReader(match.sheet, cells, layout, book, has_own_hints).read()
            for cells in match.candidates
        ]
        parts.append(one_of_copies(match, readings, roles))
    return GatheredCells(
        {id_: cell for part in parts for id_, cell in part.cells.items()},
        {id_: rows for part in parts for id_, rows in part.tables.items()},
        tuple(fault for part in parts for fault in part.faults),
        tuple(field for part in parts for field in part.lost),
        {title: fates for part in parts for title, fates in part.fates.items()},
        tuple(id_ for part in parts for id_ in part.unread),
    )


# --- one sheet --------------------------------------------------------------------------


@dataclass(slots=True)
class _SheetReader:
    """Gathers the raw cells of one sheet of the workbook."""

    sheet: FormSheet
    cells: SheetCells
    layout: FormLayout
    book: Workbook
    has_own_hints: bool
    reader: CellReader = with_default(init=False)
    faults: list[Fault] = with_default(default_factory=list)
    lost: list[Field] = with_default(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with no cell taken."""
        self.reader = CellReader(self.cells)

    def read(self) -> GatheredCells:
        """Return the sheet's cells and rows, with one notice of all that moved."""
        cells: dict[str, RawCell] = {}
        page: PageSpots | None = None
        if self.sheet.lines:
            rows = self.layout.line_rows[self.sheet.title]
            page = find_page(self.sheet, rows, self.cells, self.book)
            lost = [say.QUOTED.format(line.label) for line in page.lost_lines]
            if page.lost_heads:
                self._say("DL20")
            elif len(lost) > MOST_LOST_LINES:
                if times_there(page_labels(self.sheet), self.cells) > 1:
                    raise UnreadError("several_on_sheet", sheet=self.cells.title)
                self._say("DL22", number=str(len(lost)), lines=first_of(lost, 5))
            self.lost += [field for line in page.lost_lines for field in line.fields]
            fields = (field for line in self.sheet.lines for field in line.fields)
            cells = {field.id: self._of_field(field, page) for field in fields}
        spots = {
            table.id: find_table(table, self.layout.tables[table.id], self.cells, self.book)
            for table in self.sheet.tables
        }
        tables = {table.id: self._rows_of(table, spots) for table in self.sheet.tables}
        unread = tuple(id_ for id_, spot in spots.items() if spot is None)
        found = GatheredCells(cells, tables, lost=tuple(self.lost), unread=unread)
        fates = self._fates(
            FilledSheet(
                sheet=self.sheet,
                cells=self.cells,
                page=page,
                tables=spots,
                has_own_hints=self.has_own_hints,
            )
        )
        moved = [
            cell
            for cell in found.all_cells
            if cell.found in (Found.NAME, Found.LABEL)
            and cell.address != cell.laid_out
            and not cell.is_blank
        ]
        if moved:
            first = moved[0]
            details = {"number": str(len(moved)), "example": first.field.label}
            details |= {"laid_out": first.laid_out, "moved_to": first.address}
            self._say("DL31", cell=first.address, **details)
        return replace(found, faults=tuple(self.faults), fates={self.cells.title: fates})

    def _fates(self, filled: FilledSheet) -> Mapping[CellFate, int]:
        """Return how many cells became what, and say what is left over, once a table or page.

        Raises ``UnreadError`` unless each cell that holds something is there once:
        a value that two fields have read, or that stands nowhere, is none.
        """
        if self.cells.doubt:
            self._say("DL51")
        self._tell_what_lies_beyond(filled)
        fates = filled.fates(self.reader.read_at)
        counts = Counter(fates.values())
        if counts[CellFate.VALUE] != sum(at in fates for at in self.reader.read_at):
            raise UnreadError("cells_differ", sheet=self.cells.title)
        left: dict[str, list[Position]] = {}
        for at, fate in fates.items():
            if fate is CellFate.LEFT_OVER:
                left.setdefault(filled.place_of(at), []).append(at)
        # cells of lost lines and columns are said with those, once
        said = {id_ for id_, spot in filled.tables.items() if spot and spot.lost}
        if filled.page is not None and len(filled.page.lost_lines) > MOST_LOST_LINES:
            said.add("")
        for place, cells in left.items():
            if place not in said:
                named = [(Place("", *at).address, self.cells.raw(*at)) for at in cells]
                self._say("DL45", place, named[0][0], **told_of_cells(named))
        return counts

    def _tell_what_lies_beyond(self, filled: FilledSheet) -> None:
        """Say which cells lie too far away to be kept.

        Raises ``UnreadError`` where they may be further rows of a table.
        """
        beyond = self.cells.beyond
        if beyond is None:
            return
        cell = cell_name(beyond.row, beyond.column)
        columns = (at for spot in filled.tables.values() if spot for at in spot.columns)
        if beyond.column <= max(columns, default=-1):
            raise UnreadError("far_cell", sheet=self.cells.title, cell=cell)
        said = say.CELL.format(cell, quoted_raw(beyond.text))
        more = "; …" if beyond.number > 1 else ""
        self._say("DL45", "", cell, number=str(beyond.number), cells=said + more)

    def _say(self, code: str, field: str = "", cell: str = "", **details: str) -> None:
        self.faults.append(Fault(code, field, self.cells.title, cell, details))

    def _of_field(self, field: Field, page: PageSpots) -> RawCell:
        """Return a field's cell; of one that spans two columns the one that is filled."""
        laid_out = self.layout.cells[field.id].address
        spot = page.spots.get(field.id)
        if spot is None:
            is_said = page.lost_heads or len(page.lost_lines) > MOST_LOST_LINES
            fault = None if is_said else Fault("DL13", field.id, sheet=self.cells.title)
            return RawCell(field=field, id=field.id, sheet=self.cells.title, fault=fault)
        cell = self.reader.take(field, field.id, (spot.row, spot.column), spot.found, laid_out)
        if spot.second is None:
            return cell
        found = Found.LABEL if spot.found is Found.POSITION else spot.found
        second = self.reader.take(field, field.id, (spot.row, spot.second), found, laid_out)
        if second.is_blank or second.content == cell.content:
            return cell
        if cell.is_blank:
            return second
        one, other = (say.IN_CELL.format(quoted_raw(x.raw), x.address) for x in (cell, second))
        details = {"one": one, "other": other}
        return replace(cell, fault=Fault("DL19", cell.id, cell.sheet, cell.address, details))

    def _rows_of(self, table: Table, spots: Mapping[str, TableSpot | None]) -> tuple[RawRow, ...]:
        """Return a table's filled rows: down to the sheet's last, or before the next table.

        Where the next table is not found below, no more rows are the table's than
        the form has for it.
        """
        spot = spots[table.id]
        if spot is None:
            self._say("DL15", table=table.title, lost="")
            return ()
        place, last = spot.place, self.cells.height - 1
        following = [s.place.title_row for s in spots.values() if s is not None]
        following = [row for row in following if row > place.head_row]
        if following:
            last = min(last, min(following) - 1)
        elif table is not self.sheet.tables[-1]:
            last = min(last, place.first_row + table.capacity - 1)
        if spot.lost:
            lost = ", ".join(say.QUOTED.format(column.label) for column in spot.lost)
            self._say("DL15", table=table.title, lost=say.LOST_COLUMNS.format(lost))
            self.lost += spot.lost
        rows = TableReader(
            reader=self.reader,
            table=table,
            spot=spot,
            laid_out=self.layout.tables[table.id],
            last=last,
            faults=self.faults,
        )
        return rows.rows()
