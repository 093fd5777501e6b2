"""A workbook known to be a form → the raw cell of each of its fields, and how it was found.

Nothing is understood here. What is not found in exactly one place has no cell
and a fault; what was found elsewhere than the form has it is said once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as with_default

from tdkt_batch.campaign.form import Field, FieldKind, Form, FormSheet, Table
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms.layout import FormLayout, Place, TablePlace, layout_of
from tdkt_batch.forms_read.find_blocks import page_labels, times_there
from tdkt_batch.forms_read.find_cells import PageSpots, TableSpot, find_page, find_table
from tdkt_batch.forms_read.find_sheets import SheetMatch, find_sheets
from tdkt_batch.forms_read.left_over import CellFate, FilledSheet
from tdkt_batch.model import Fault, Found, Raw, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording import forms_read as say
from tdkt_batch.workbooks.cells import Broken, Position, SheetCells, cell_name
from tdkt_batch.workbooks.read import UnreadError, Workbook

MOST_LOST_LINES = 3
"""More lost lines than this make one fault of the sheet, not one each."""
MOST_NAMED_CELLS = 5
"""How many cells left over are named, of as many as there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One input cell as it stands; ``address`` is empty where it was not found.

    ``laid_out`` is where the form has it, ``font`` its font when that is one of
    before Unicode. Where a ``habit`` of people (a repair's code) makes it mean
    something else than what stands in it, that is ``meant``.
    """

    field: Field
    id: str
    sheet: str
    address: str = ""
    laid_out: str = ""
    raw: Raw = None
    broken: Broken | None = None
    found: Found = Found.POSITION
    fault: Fault | None = None
    font: str = ""
    meant: Raw = None
    habit: str = ""

    @property
    def means(self) -> Raw:
        """What is to be understood of it."""
        return self.meant if self.habit else self.raw

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.broken is None and is_blank_cell(self.raw)

    @property
    def content(self) -> Raw:
        """What stands in it, as two cells are compared: squeezed."""
        raw = self.broken.text if self.broken else self.raw
        return squeeze(raw) if isinstance(raw, str) else raw


@dataclass(frozen=True, slots=True)
class RawRow:
    """One filled row of a table, counted from 1."""

    number: int
    cells: Mapping[str, RawCell]

    @property
    def typed(self) -> Mapping[str, Raw]:
        """What stands in its cells that are not blank."""
        return {id_: cell.content for id_, cell in self.cells.items() if not cell.is_blank}


@dataclass(frozen=True, slots=True)
class GatheredCells:
    """All cells of a form by field id, its tables' filled rows by table id, and what was seen.

    ``lost`` are the fields that the workbook does not have for certain, ``unread``
    the tables of which no row could be read. ``fates`` count by sheet what became of
    each cell that holds something.
    """

    cells: Mapping[str, RawCell] = with_default(default_factory=dict)
    tables: Mapping[str, tuple[RawRow, ...]] = with_default(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    lost: tuple[Field, ...] = ()
    fates: Mapping[str, Mapping[CellFate, int]] = with_default(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def all_cells(self) -> Iterator[RawCell]:
        """The cells of the pages, then those of the tables."""
        yield from self.cells.values()
        for rows in self.tables.values():
            for row in rows:
                yield from row.cells.values()


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
        parts.append(_one_of(match, readings, roles))
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
        address = Place("", *at).address
        self.read_at.append(at)
        return RawCell(
            field=field,
            id=id_,
            sheet=self.cells.title,
            address=address,
            laid_out=laid_out,
            raw=self.cells.raw(*at),
            broken=self.cells.broken.get(at),
            found=found,
            font=self.cells.fonts.get(at, ""),
        )

    def _rows_of(self, table: Table, spots: Mapping[str, TableSpot | None]) -> tuple[RawRow, ...]:
        """Return a table's filled rows: down to the sheet's last, or before the next table.

        Where the next table is not found below, no more rows are the table's than
        the form has for it. Heads may be written once more, as above a second page.
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
        heads = [label_key(column.label) for column in table.columns]
        twins = self._twins(table, place, last)
        rows: list[RawRow] = []
        for row in range(place.first_row, last + 1):
            raw = [self.cells.raw(row, at) for at in place.columns.values()]
            said = [label_key(text) for text in raw if isinstance(text, str) and text]
            is_head = len(said) > 1 and all(key in heads for key in said)
            if not is_head and not all(is_blank_cell(cell) for cell in raw):
                rows.append(self._row(table, spot, row, twins))
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

    def _row(self, table: Table, spot: TableSpot, row: int, twins: Mapping[str, int]) -> RawRow:
        number = row - spot.place.first_row + 1
        laid_out = self.layout.tables[table.id]
        cells: dict[str, RawCell] = {}
        for column in table.columns:
            id_ = f"{table.id}.{column.id}"
            if column.id in spot.place.columns:
                expected = laid_out.cell(number - 1, column.id).address
                at = (row, spot.place.columns[column.id])
                cell = self._cell(column, id_, at, spot.found, expected)
                if column.id in twins:
                    twin = self._cell(column, id_, (row, twins[column.id]), spot.found, expected)
                    if cell.is_blank:
                        cell = twin
                    elif not twin.is_blank:
                        broken = cell.broken or twin.broken
                        cell = replace(cell, raw=f"{cell.raw} {twin.raw}", broken=broken)
                cells[column.id] = cell
            else:
                cells[column.id] = RawCell(field=column, id=id_, sheet=self.cells.title)
        return RawRow(number, cells)


# --- several copies of one sheet ------------------------------------------------------------


def _one_of(
    match: SheetMatch, readings: Sequence[GatheredCells], roles: Sequence[str]
) -> GatheredCells:
    """Return the reading that counts of copies: what is filled in any, where none says otherwise.

    The one with most in it comes first; a cell that is blank in it is taken from another.
    """
    sheet, titles = match.sheet, [cells.title for cells in match.candidates]
    if not readings:
        fields = (field for line in sheet.lines for field in line.fields)
        absent = {f.id: RawCell(field=f, id=f.id, sheet=sheet.title) for f in fields}
        said, unread = Fault("DL14", sheet=sheet.title), tuple(table.id for table in sheet.tables)
        return GatheredCells(absent, dict.fromkeys(unread, ()), (said,), unread=unread)
    first, *others = sorted(range(len(readings)), key=lambda n: -_filled_in(readings[n]))
    chosen = readings[first]
    for other in others:
        chosen = _joined(chosen, readings[other], roles)
    if others and len(chosen.faults) == len(readings[first].faults) and not _contested(chosen):
        copies = "; ".join(say.QUOTED.format(titles[n]) for n in sorted(others))
        said = Fault("DL38", sheet=titles[first], details={"copies": copies})
        chosen = replace(chosen, faults=(*chosen.faults, said))
    if match.is_renamed:
        said = Fault("DL32", sheet=titles[0], details={"expected": sheet.title})
        chosen = replace(chosen, faults=(said, *chosen.faults))
    return chosen


def _filled_in(reading: GatheredCells) -> int:
    """Return how many cells hold something that did not stand in the form from the start."""
    cells = (cell for cell in reading.cells.values() if not cell.field.prefill)
    rows = (row for rows in reading.tables.values() for row in rows)
    return sum(not cell.is_blank for cell in cells) + sum(len(row.typed) for row in rows)


def _contested(reading: GatheredCells) -> bool:
    return any(cell.fault and cell.fault.code == "DL19" for cell in reading.all_cells)


def _joined(one: GatheredCells, other: GatheredCells, roles: Sequence[str]) -> GatheredCells:
    """Return what two copies of a sheet say together; a cell in which they differ has a fault.

    Raises ``UnreadError`` when they differ in whose form it is. Two lists of
    different people are not joined: they are a fault together.
    """
    cells = {id_: _one_cell(cell, other.cells[id_], roles) for id_, cell in one.cells.items()}
    tables, faults = dict(one.tables), list(one.faults)
    unread = [id_ for id_ in one.unread if id_ in other.unread]
    for id_, rows in one.tables.items():
        twins = other.tables[id_]
        if not rows or not twins:
            tables[id_] = rows or twins
            continue
        alike = sum(map(_may_be_one, rows, twins))
        if 2 * alike < max(len(rows), len(twins)):
            tables[id_] = ()
            unread.append(id_)
            own, others = (
                next((cell.sheet for row in part for cell in row.cells.values()), "")
                for part in (rows, twins)
            )
            faults.append(Fault("DL21", id_, own, details={"other": others}))
            continue
        row_by_number = {row.number: row for row in (*twins, *rows)}
        for twin in twins:
            row = row_by_number[twin.number]
            if row is not twin:
                joined = {c: _one_cell(cell, twin.cells[c], ()) for c, cell in row.cells.items()}
                row_by_number[twin.number] = RawRow(row.number, joined)
        tables[id_] = tuple(row_by_number[number] for number in sorted(row_by_number))
    return replace(one, cells=cells, tables=tables, faults=tuple(faults), unread=tuple(unread))


def _may_be_one(row: RawRow, twin: RawRow) -> bool:
    """Tell whether no cell of two rows holds one thing here and another there."""
    return all(twin.typed.get(id_, content) == content for id_, content in row.typed.items())


def _one_cell(cell: RawCell, twin: RawCell, roles: Sequence[str]) -> RawCell:
    """Return the one of two cells that holds something; with a fault when both do and differ."""
    if twin.is_blank or cell.content == twin.content:
        return cell
    if cell.is_blank and not cell.fault:
        return twin
    if cell.id in roles:
        sheets = {"one": cell.sheet, "other": twin.sheet}
        raise UnreadError("copied_sheet", **sheets, label=cell.field.label)
    one, other = (say.ON_SHEET.format(quoted_raw(x.raw), x.sheet) for x in (cell, twin))
    said = {"one": one, "other": other}
    return replace(cell, fault=Fault("DL19", cell.id, cell.sheet, cell.address, said))
