"""A workbook → a submission: every value with its cell, its raw content and its repair.

Each cell is found by the label that stands beside it; where the label is not in
its place it is searched in its column. What is not found in exactly one place is
a fault, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tdkt_batch.campaign.definition import Campaign, Field, Form, Sheet, Table
from tdkt_batch.forms.check_figure import check_figure
from tdkt_batch.forms.identify import form_of, meta_of, month_of, raw_text, unit_of
from tdkt_batch.forms.layout import (
    PANEL_COLUMNS,
    PANEL_HEAD_ROW,
    PANEL_SHEET,
    Layout,
    Place,
    TablePlace,
    layout_of,
)
from tdkt_batch.forms.locate import place_of_table, rows_of_lines
from tdkt_batch.forms.repair import understand
from tdkt_batch.forms.typed import implied_zeros
from tdkt_batch.forms.workbook_cells import (
    SheetCells,
    Unread,
    UnreadError,
    Workbook,
    open_workbook,
)
from tdkt_batch.model import Fault, Repair, Source, Submission, TableRow, Value, is_blank_cell

MOVED = Repair("SC14")
_BROKEN = {"error": "DL11", "uncached": "DL12"}
_EXPLANATION = PANEL_COLUMNS.index("Giải trình")
_CODE = PANEL_COLUMNS.index("Mã")


def read_form(content: bytes, source: Source, campaign: Campaign) -> Submission | Unread:
    """Return what the form in ``content`` says, or why it cannot be read as one.

    Faults of single cells stand in their values, those of the whole file in the
    submission's ``faults``.
    """
    try:
        return _read(open_workbook(content, source.name), source, campaign)
    except UnreadError as error:
        return error.unread


def _read(book: Workbook, source: Source, campaign: Campaign) -> Submission:
    meta = meta_of(book)
    form = form_of(book, meta, campaign)
    reader = FormReader(book, form, campaign)
    values, tables = reader.values(), reader.tables()
    roles = campaign.roles
    try:
        unit, disagreement = unit_of(values[roles.unit], meta, form, campaign)
        month = month_of(values[roles.month], meta)
    except UnreadError as error:
        raise _with_hint(error, meta, campaign) from None
    values, tables = _with_implied_zeros(form, values, tables)
    return Submission(
        source=source,
        form=form.id,
        form_version=form.version,
        unit=unit.code,
        month=month,
        values=values,
        tables=tables,
        check_figure=check_figure(form, values, tables),
        explanations=_explanations(book.sheet(PANEL_SHEET), campaign),
        faults=(*reader.faults, *((disagreement,) if disagreement else ())),
    )


def _with_hint(error: UnreadError, meta: Mapping[str, str], campaign: Campaign) -> UnreadError:
    """Return the error with the unit that the hidden identity names."""
    if meta["unit"] in {unit.code for unit in campaign.units}:
        error.unread = replace(error.unread, unit=meta["unit"])
    return error


def _with_implied_zeros(
    form: Form, values: dict[str, Value], tables: dict[str, tuple[TableRow, ...]]
) -> tuple[dict[str, Value], dict[str, tuple[TableRow, ...]]]:
    """Return the values with implied zeros; a cell that was not found is never 0."""
    located = {id_: value for id_, value in values.items() if value.cell}
    filled, rows = implied_zeros(form, located, tables)
    return {id_: filled.get(id_, value) for id_, value in values.items()}, rows


class FormReader:
    """Reads the cells of one workbook that is known to be ``form``.

    ``faults`` collects those of whole sheets and tables.
    """

    def __init__(self, book: Workbook, form: Form, campaign: Campaign) -> None:
        self._form = form
        self._campaign = campaign
        self._layout: Layout = layout_of(form)
        self._sheets = {sheet.title: book.sheet(sheet.title) for sheet in form.sheets}
        main = form.sheets[0].title
        if self._sheets[main] is None:
            raise UnreadError("broken_layout", sheet=main)
        self.faults: list[Fault] = [
            Fault("DL14", sheet=title) for title, cells in self._sheets.items() if cells is None
        ]

    # --- pages

    def values(self) -> dict[str, Value]:
        """Return the value of each single cell, in the form's order."""
        return {
            field.id: value
            for sheet in self._form.sheets
            for field, value in self._page(sheet, self._sheets[sheet.title])
        }

    def _page(self, sheet: Sheet, cells: SheetCells | None) -> Iterator[tuple[Field, Value]]:
        rows = rows_of_lines(sheet, self._layout.line_rows[sheet.title], cells)
        for line, expected, row in zip(
            sheet.lines, self._layout.line_rows[sheet.title], rows, strict=True
        ):
            for field in line.fields:
                if cells is None:
                    yield field, _absent(field.id, sheet.title)
                else:
                    yield field, self._located(field, cells, row, is_moved=row != expected)

    def _located(
        self, field: Field, cells: SheetCells, row: int | None, *, is_moved: bool
    ) -> Value:
        if row is None:
            fault = Fault("DL13", field.id, sheet=cells.title)
            return replace(_absent(field.id, cells.title), fault=fault)
        place = replace(self._layout.cells[field.id], row=row)
        value = self._value(field, field.id, cells, place)
        if is_moved and not value.is_blank and value.repair is None:
            return replace(value, repair=MOVED)
        return value

    # --- tables

    def tables(self) -> dict[str, tuple[TableRow, ...]]:
        """Return the rows of each table in which anything was typed."""
        return {
            table.id: self._rows_of(table, sheet, self._sheets[sheet.title])
            for sheet in self._form.sheets
            for table in sheet.tables
        }

    def _rows_of(
        self, table: Table, sheet: Sheet, cells: SheetCells | None
    ) -> tuple[TableRow, ...]:
        if cells is None:
            return ()
        place = place_of_table(table, self._layout.tables[table.id], cells)
        if place is None:
            self.faults.append(Fault("DL15", sheet=cells.title, details={"table": table.title}))
            return ()
        last = self._last_row(table, sheet, place, cells)
        rows = [
            self._row(table, place, number, cells)
            for number in range(1, last - place.first_row + 2)
            if not _is_blank_row(table, place, number, cells)
        ]
        self._note_surplus(table, place, rows)
        return tuple(rows)

    def _row(self, table: Table, place: TablePlace, number: int, cells: SheetCells) -> TableRow:
        values = {
            column.id: self._value(
                column, f"{table.id}.{column.id}", cells, place.cell(number - 1, column.id)
            )
            for column in table.columns
        }
        return TableRow(number, values)

    def _last_row(self, table: Table, sheet: Sheet, place: TablePlace, cells: SheetCells) -> int:
        """Return the last row that can be the table's: the sheet's last, or before the next."""
        following = sheet.tables[sheet.tables.index(table) + 1 :]
        if not following:
            return cells.height - 1
        following_place = place_of_table(following[0], self._layout.tables[following[0].id], cells)
        if following_place is None:
            return place.first_row + table.capacity - 1
        return following_place.title_row - 1

    def _note_surplus(self, table: Table, place: TablePlace, rows: list[TableRow]) -> None:
        surplus = [row for row in rows if row.number > table.capacity]
        if surplus:
            first = place.cell(surplus[0].number - 1, table.columns[0].id)
            details = {
                "table": table.title,
                "rows": str(len(surplus)),
                "capacity": str(table.capacity),
            }
            self.faults.append(Fault("DL16", table.id, first.sheet, first.address, details))

    # --- cells

    def _value(self, field: Field, id_: str, cells: SheetCells, place: Place) -> Value:
        raw = cells.raw(place.row, place.column)
        broken = cells.broken.get((place.row, place.column))
        if broken is not None:
            fault = Fault(
                _BROKEN[broken.problem], id_, place.sheet, place.address, {"raw": broken.text}
            )
            return replace(_absent(id_, place.sheet), raw=raw, cell=place.address, fault=fault)
        found = understand(field, raw, self._campaign)
        fault_there = found.fault and replace(
            found.fault, field=id_, sheet=place.sheet, cell=place.address
        )
        return Value(
            field=id_,
            value=found.value,
            typed=found.typed,
            raw=raw,
            sheet=place.sheet,
            cell=place.address,
            repair=found.repair,
            fault=fault_there,
        )


def _absent(id_: str, sheet: str) -> Value:
    """Return a value whose cell was not found: missing in both readings."""
    return Value(field=id_, value=None, typed=None, raw=None, sheet=sheet, cell="")


def _is_blank_row(table: Table, place: TablePlace, number: int, cells: SheetCells) -> bool:
    row = place.first_row + number - 1
    return all(is_blank_cell(cells.raw(row, place.columns[c.id])) for c in table.columns)


def _explanations(panel: SheetCells | None, campaign: Campaign) -> dict[str, str]:
    """Return what the unit wrote beside each rule of its check panel, by rule id."""
    if panel is None:
        return {}
    rules = {rule.id for rule in campaign.rules}
    rows = range(PANEL_HEAD_ROW + 1, panel.height)
    written = {raw_text(panel.raw(r, _CODE)): raw_text(panel.raw(r, _EXPLANATION)) for r in rows}
    return {rule: text for rule, text in written.items() if rule in rules and text}
