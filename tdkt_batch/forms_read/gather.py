"""A workbook known to be a form → the raw cell of each of its fields, and how it was found.

Nothing is understood here. What is not found in exactly one place has no cell
and a fault; what was found elsewhere than the form has it is said once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as with_default

from tdkt_batch.campaign.form import Field, FieldKind, Form, FormSheet, Table
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms.layout import FormLayout, Place, TablePlace, layout_of
from tdkt_batch.forms_read.copies import one_of_copies
from tdkt_batch.forms_read.find_blocks import page_labels, times_there
from tdkt_batch.forms_read.find_cells import PageSpots, TableSpot, find_page, find_table
from tdkt_batch.forms_read.find_sheets import find_sheets
from tdkt_batch.forms_read.left_over import CellFate, FilledSheet, words_beside
from tdkt_batch.forms_read.raw_cells import JOINED, UNSTRUCK, GatheredCells, RawCell, RawRow
from tdkt_batch.model import Fault, Found, is_blank_cell
from tdkt_batch.wording import forms_read as say
from tdkt_batch.workbooks.cells import Position, SheetCells, cell_name
from tdkt_batch.workbooks.read import UnreadError, Workbook

MOST_LOST_LINES = 3
"""More lost lines than this make one fault of the sheet, not one each."""
MOST_NAMED_CELLS = 5
"""How many cells left over are named, of as many as there are."""


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
    read_at: list[Position] = with_default(default_factory=list)
    faults: list[Fault] = with_default(default_factory=list)
    lost: list[Field] = with_default(default_factory=list)
    first_of_joined: Mapping[Position, Position] = with_default(init=False)

    def __post_init__(self) -> None:
        """Note which cells are joined to one above."""
        self.first_of_joined = _first_of_joined(self.cells)

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
                more = "; …" if len(lost) > 5 else ""
                self._say("DL22", number=str(len(lost)), lines="; ".join(lost[:5]) + more)
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
        self._tell_what_lies_beyond(filled)
        fates = filled.fates(self.read_at)
        counts = Counter(fates.values())
        if counts[CellFate.VALUE] != sum(at in fates for at in self.read_at):
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
                named = [
                    say.CELL.format(Place("", *at).address, quoted_raw(self.cells.raw(*at)))
                    for at in cells[:MOST_NAMED_CELLS]
                ]
                more = "; …" if len(cells) > MOST_NAMED_CELLS else ""
                first = Place("", *cells[0]).address
                self._say(
                    "DL45", place, first, number=str(len(cells)), cells="; ".join(named) + more
                )
        return counts

    def _tell_what_lies_beyond(self, filled: FilledSheet) -> None:
        """Say which cells lie too far away to be kept.

        Raises ``UnreadError`` where they may be further rows of a table.
        """
        beyond = self.cells.beyond
        if beyond is None:
            return
        cell = cell_name(beyond.row, beyond.column)
        columns = (
            at for spot in filled.tables.values() if spot for at in spot.place.columns.values()
        )
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
        cell = self._cell(field, field.id, (spot.row, spot.column), spot.found, laid_out)
        if spot.second is None:
            return cell
        found = Found.LABEL if spot.found is Found.POSITION else spot.found
        second = self._cell(field, field.id, (spot.row, spot.second), found, laid_out)
        if second.is_blank or second.content == cell.content:
            return cell
        if cell.is_blank:
            return second
        one, other = (say.IN_CELL.format(quoted_raw(x.raw), x.address) for x in (cell, second))
        details = {"one": one, "other": other}
        return replace(cell, fault=Fault("DL19", cell.id, cell.sheet, cell.address, details))

    def _cell(self, field: Field, id_: str, at: Position, found: Found, laid_out: str) -> RawCell:
        self.read_at.append(at)
        left = self.cells.struck.get(at)
        return RawCell(
            field=field,
            id=id_,
            sheet=self.cells.title,
            address=Place("", *at).address,
            laid_out=laid_out,
            raw=self.cells.raw(*at),
            broken=self.cells.broken.get(at),
            found=found,
            font=self.cells.fonts.get(at, ""),
            meant=None if left is None else left.strip(),
            habit="" if left is None else UNSTRUCK,
        )

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
        twins, beside_at = self._twins(table, place, last), min(place.columns.values()) - 1
        rows: list[RawRow] = []
        for row in range(place.first_row, last + 1):
            raw = (self.cells.raw(row, at) for at in place.columns.values())
            beside = words_beside(self.cells, row, beside_at)
            if beside or not all(is_blank_cell(cell) for cell in raw):
                rows.append(self._row(table, spot, row, twins, beside))
        if surplus := [row for row in rows if row.number > table.capacity]:
            first = Place("", place.first_row + surplus[0].number - 1, min(place.columns.values()))
            numbers = {"rows": str(len(surplus)), "capacity": str(table.capacity)}
            self._say("DL16", table.id, first.address, table=table.title, **numbers)
        return tuple(rows)

    def _twins(self, table: Table, place: TablePlace, last: int) -> Mapping[str, int]:
        """Return by column the one beside it that stands under the same head, and say so.

        Such a column has no head of its own, and texts in most rows: family and given
        names are written so.
        """
        twins: dict[str, int] = {}
        for column in table.columns:
            at = place.columns.get(column.id, -1)
            is_within = (
                at + 1 < max(place.columns.values()) and at + 1 not in place.columns.values()
            )
            if at < 0 or column.kind is not FieldKind.TEXT or not is_within:
                continue
            rows = [
                row
                for row in range(place.first_row, last + 1)
                if not is_blank_cell(self.cells.raw(row, at))
            ]
            both = [row for row in rows if self.cells.text(row, at + 1).strip()]
            is_headed = not is_blank_cell(self.cells.raw(place.head_row, at + 1))
            if both and 2 * len(both) > len(rows) and not is_headed:
                twins[column.id] = at + 1
                first = Place("", both[0], at).address
                second = Place("", both[0], at + 1).address
                said = {"label": column.label, "other": second, "number": str(len(both))}
                self._say("DL46", f"{table.id}.{column.id}", first, **said)
        return twins

    def _row(
        self, table: Table, spot: TableSpot, row: int, twins: Mapping[str, int], beside: str
    ) -> RawRow:
        number = row - spot.place.first_row + 1
        laid_out = self.layout.tables[table.id]
        cells: dict[str, RawCell] = {}
        for column in table.columns:
            id_ = f"{table.id}.{column.id}"
            if column.id in spot.place.columns:
                moved = spot.found is not Found.POSITION
                expected = laid_out.cell(number - 1, column.id).address if moved else ""
                at = (row, spot.place.columns[column.id])
                cell = self._cell(column, id_, at, spot.found, expected)
                if column.id in twins:
                    twin = self._cell(column, id_, (row, twins[column.id]), spot.found, expected)
                    cell = _side_by_side(cell, twin)
                cells[column.id] = self._joined_above(cell, at) if cell.is_blank else cell
            else:
                cells[column.id] = RawCell(field=column, id=id_, sheet=self.cells.title)
        return RawRow(number, cells, row + 1, beside)

    def _joined_above(self, cell: RawCell, at: Position) -> RawCell:
        """Return a blank cell, meaning what the first does of those it is joined to downwards."""
        first = self.first_of_joined.get(at)
        if first is None:
            return cell
        if first in self.cells.broken:
            return replace(cell, broken=self.cells.broken[first], raw=self.cells.raw(*first))
        raw = self.cells.struck.get(first, self.cells.raw(*first))
        return cell if raw is None else replace(cell, meant=raw, habit=JOINED)


def _side_by_side(cell: RawCell, twin: RawCell) -> RawCell:
    """Return the cell of a text written in two, meaning what is left of both."""
    if cell.is_blank or twin.is_blank:
        return twin if cell.is_blank else cell
    left = [str(one.means) for one in (cell, twin) if not is_blank_cell(one.means)]
    return replace(
        cell,
        raw=f"{cell.raw} {twin.raw}",
        broken=cell.broken or twin.broken,
        meant=" ".join(left),
        habit=cell.habit or twin.habit,
    )


def _first_of_joined(sheet: SheetCells) -> Mapping[Position, Position]:
    """Return for each cell joined to one above it in its column the first of them."""
    return {
        (row, left): (top, left)
        for top, left, bottom, right in sheet.merged
        if left == right
        for row in range(top + 1, min(bottom, sheet.height) + 1)
    }
