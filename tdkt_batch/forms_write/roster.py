"""A form's lists: one row a person, a unit, an award."""

from __future__ import annotations

import math
from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Field, FieldKind, FormSheet, Table
from tdkt_batch.forms.layout import STATUS_ROW_OF_TABLES, TablePlace
from tdkt_batch.forms_write.book import Writing
from tdkt_batch.forms_write.comments import MARK, look_of, write_note
from tdkt_batch.forms_write.filling import RawRow
from tdkt_batch.forms_write.helper_cells import Computed
from tdkt_batch.forms_write.official import write_status
from tdkt_batch.forms_write.styles import (
    HIGHEST,
    INPUT_COLOUR,
    LINE_COLOUR,
    TEXT_WIDTH,
    merge,
    write_raw,
)
from tdkt_batch.forms_write.validation import validation
from tdkt_batch.model import Raw

HEAD_LINE = 16
ROW_LINE = 15.75


class RosterWriter:
    """Writes one sheet of tables."""

    def __init__(self, writing: Writing, sheet: FormSheet, worksheet: Worksheet) -> None:
        self.writing = writing
        self.sheet = sheet
        self.at = worksheet
        self.style = writing.styles.get
        self.places = [writing.filled.layout.tables[t.id] for t in sheet.tables]
        self.last_column = max(max(place.columns.values()) for place in self.places)

    def write(self) -> None:
        """Write the sheet."""
        self._set_up()
        self._head()
        for table, place in zip(self.sheet.tables, self.places, strict=True):
            self._table(table, place)
        self.writing.protect(self.at)

    def _set_up(self) -> None:
        self.at.set_column(0, 0, 5)
        for column in range(1, self.last_column + 1):
            self.at.set_column(column, column, self._width(column))
        self.at.set_paper(9)
        if self.sheet.landscape:
            self.at.set_landscape()
        self.at.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.5)
        whole = any(table.prefill == "list" for table in self.sheet.tables)
        self.at.fit_to_pages(1, 1 if whole else 0)
        self.at.center_horizontally()
        self.at.hide_gridlines(2)
        self.at.set_footer("&L&8&F&R&8Trang &P/&N")
        self.at.freeze_panes(self.places[0].first_row, 2)
        if len(self.places) == 1:
            place = self.places[0]
            self.at.repeat_rows(place.head_row)
            last = place.first_row + place.capacity - 1
            self.at.autofilter(place.head_row, 1, last, self.last_column)

    def _width(self, column: int) -> float:
        return max(
            (
                field.width
                for table, place in zip(self.sheet.tables, self.places, strict=True)
                for field in table.columns
                if place.columns[field.id] == column
            ),
            default=10,
        )

    def _head(self) -> None:
        last, style = self.last_column, self.style
        tables = self.sheet.tables
        title = tables[0].title if len(tables) == 1 else self.sheet.title
        merge(self.at, (0, 0, 0, last), title.upper(), style("title"))
        merge(self.at, (1, 0, 1, last), self._whose(), style("centre_bold"))
        write_status(self.writing, self.at, STATUS_ROW_OF_TABLES, last)
        merge(self.at, (3, 0, 3, last), self.sheet.hint, style("note"))
        self.at.set_row(0, 22)
        self.at.set_row(STATUS_ROW_OF_TABLES, 32)
        self.at.set_row(3, 18)

    def _whose(self) -> Computed:
        unit, month = self.writing.unit_name(), self.writing.month_line("tháng ")
        return Computed(f'{unit.formula}&", "&{month.formula}', f"{unit.value}, {month.value}")

    # --- one table ------------------------------------------------------------------------

    def _table(self, table: Table, place: TablePlace) -> None:
        last = max(place.columns.values())
        said = [table.title] if len(self.sheet.tables) > 1 else []
        title = ". ".join(filter(None, (*said, table.hint)))
        merge(
            self.at,
            (place.title_row, 0, place.title_row, last),
            title,
            self.style("plain", bold=True),
        )
        self.at.write_string(place.head_row, 0, "STT", self.style("head"))
        for column in table.columns:
            at = place.columns[column.id]
            self.at.write_string(place.head_row, at, column.label, self.style("head"))
            self._column(table, place, column)
        lines = max(math.ceil(len(c.label) / max(c.width - 2, 1)) for c in table.columns)
        self.at.set_row(place.head_row, HEAD_LINE * max(lines, 1) + 8)
        for row in range(self._drawn(table)):
            self._number(table, place, row)
            self._fit_height(table, place, row)
        for row in range(self._drawn(table), table.capacity):
            spare = self.style("spare", align="center")
            self.at.write_blank(place.first_row + row, 0, None, spare)
        self._draw_further_rows(table, place)

    def _number(self, table: Table, place: TablePlace, row: int) -> None:
        """Write a row's number, with a mark where one of its cells is marked."""
        at = place.first_row + row
        if any(self.writing.note(f"{table.id}.{column.id}", row) for column in table.columns):
            self.at.write_string(at, 0, f"{MARK}{row + 1}", self.style("number", bold=True))
        else:
            self.at.write_number(at, 0, row + 1, self.style("number"))

    def _fit_height(self, table: Table, place: TablePlace, row: int) -> None:
        """Give a row that is written with long texts its height; others fit as they are typed."""
        rows = self.writing.filled.rows[table.id]
        if row >= len(rows):
            return
        widths = {c.id: self._width(place.columns[c.id]) for c in table.columns}
        lines = max(
            math.ceil(len(str(rows[row].get(id_) or "")) * TEXT_WIDTH / width)
            for id_, width in widths.items()
        )
        if lines > 1:
            self.at.set_row(place.first_row + row, min(ROW_LINE * lines, HIGHEST))

    def _drawn(self, table: Table) -> int:
        """Return how many rows are drawn: the usual number, or all that are filled."""
        return max(table.rows, len(self.writing.filled.rows[table.id]))

    def _column(self, table: Table, place: TablePlace, column: Field) -> None:
        rows: tuple[RawRow, ...] = self.writing.filled.rows[table.id]
        drawn, at = self._drawn(table), place.columns[column.id]
        more: dict[str, object] = {"text_wrap": True} if _is_text(column) else {}
        for row, cells in enumerate(rows):
            self._cell(table, column, row, cells.get(column.id), more)
        for name, begin, end in (("input", len(rows), drawn), ("spare", drawn, table.capacity)):
            style = self.writing.styles.of_input(column, None, name, **more)
            for row in range(begin, end):
                self.at.write_blank(place.first_row + row, at, None, style)
        campaign, choices = self.writing.filled.campaign, self.writing.choices(column)
        first, last = place.first_row, place.first_row + table.capacity - 1
        self.at.data_validation(first, at, last, at, validation(column, campaign, choices))

    def _cell(
        self, table: Table, column: Field, row: int, raw: Raw, more: Mapping[str, object]
    ) -> None:
        """Write one filled cell."""
        place = self.writing.filled.layout.tables[table.id]
        at, column_at = place.first_row + row, place.columns[column.id]
        note = self.writing.note(f"{table.id}.{column.id}", row)
        key = {"locked": True, "bg_color": "#FFFFFF"} if self._is_key(table, column, row) else {}
        style = self.writing.styles.of_input(column, raw, "input", **more, **(key | look_of(note)))
        write_raw(self.at, at, column_at, raw, style)
        if note is not None:
            write_note(self.at, at, column_at, column_at, note)

    def _is_key(self, table: Table, column: Field, row: int) -> bool:
        """Tell whether the cell is pre-filled and locked: what register or list brings along."""
        names = self.writing.filled.prefilled[table.id]
        return column is table.columns[0] and row < names

    def _draw_further_rows(self, table: Table, place: TablePlace) -> None:
        """Draw rows below the usual ones as they are filled, and the next one to fill."""
        drawn = self._drawn(table)
        if drawn >= table.capacity:
            return
        first, last = place.first_row + drawn, place.first_row + table.capacity - 1
        left, right = xl_col_to_name(1), xl_col_to_name(max(place.columns.values()))
        box = self.writing.book.add_format(
            {"border": 1, "border_color": LINE_COLOUR, "bg_color": INPUT_COLOUR}
        )
        self.at.conditional_format(
            first,
            0,
            last,
            max(place.columns.values()),
            {
                "type": "formula",
                "criteria": f"=COUNTA(${left}{first}:${right}{first + 1})>0",
                "format": box,
            },
        )


def _is_text(column: Field) -> bool:
    return column.kind in (FieldKind.TEXT, FieldKind.NOTE, FieldKind.CHOICE)
