"""A form's lists: one row a person, a unit, an award."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from tdkt_batch.campaign.form import Field, FieldKind, FormSheet, Table
from tdkt_batch.forms.layout import STATUS_ROW_OF_TABLES
from tdkt_batch.forms_write.cell_formulas import in_words
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.input_cells import MARK, input_style, marked, validation, write_note
from tdkt_batch.forms_write.styles import BUTTON, INPUT_COLOUR, LINE_COLOUR, lines_in
from tdkt_batch.sheets.writing import HIGHEST, lock, merge_cells, write_cell
from tdkt_batch.wording import forms_write as say

HEAD_LINE = 16
ROW_LINE = 15.75


class RosterWriter:
    """Writes one sheet of tables."""

    def __init__(self, form_book: FormBook, sheet: FormSheet) -> None:
        self.form_book = form_book
        self.filled = form_book.filled
        self.sheet = sheet
        self.at = form_book.add_sheet(sheet.title)
        self.style = form_book.styles
        self.places = {t.id: self.filled.layout.tables[t.id] for t in sheet.tables}
        # the tables share the sheet's columns: each is as wide as its widest field
        self.widths: dict[int, float] = {0: 5}
        for table in sheet.tables:
            for column, at in self.places[table.id].columns.items():
                width = self.filled.form.field(f"{table.id}.{column}").width
                self.widths[at] = max(width, self.widths.get(at, 0))
        self.last = max(self.widths)

    def write(self) -> None:
        """Write the sheet."""
        tables, last, style = self.sheet.tables, self.last, self.style
        is_whole = any(table.prefill == "list" for table in tables)
        widths = [self.widths.get(column, 10) for column in range(last + 1)]
        landscape, margins = self.sheet.landscape, (0.5, 0.4, 0.5, 0.5)
        self.at.set_up(widths, margins, landscape=landscape, pages_high=int(is_whole))
        self.at.center_horizontally()
        first = self.places[tables[0].id]
        self.at.freeze_panes(first.first_row, 2)
        if len(tables) == 1:
            self.at.repeat_rows(first.head_row)
            self.at.autofilter(first.head_row, 1, first.first_row + first.capacity - 1, last)
        # above the tables
        title = tables[0].title if len(tables) == 1 else self.sheet.title
        unit, month = self.form_book.unit_name(), self.form_book.month_line(say.MONTH_IN_LINE)
        whose = in_words(say.UNIT_AND_MONTH, unit=unit, month=month)
        merge_cells(self.at, (0, 0, 0, last), title.upper(), style("title"))
        merge_cells(self.at, (1, 0, 1, last), whose, style("centre_bold"))
        self.form_book.write_status(self.at, STATUS_ROW_OF_TABLES, last)
        merge_cells(self.at, (3, 0, 3, last), self.sheet.hint, style("note"))
        for row, height in ((0, 22), (STATUS_ROW_OF_TABLES, 32), (3, 18)):
            self.at.set_row(row, height)
        for table in tables:
            self._table(table)
        lock(self.at)

    def _table(self, table: Table) -> None:
        """Write a table: title, heads, the usual number of rows, or all that are filled."""
        place, rows = self.places[table.id], self.filled.rows[table.id]
        last, drawn = max(place.columns.values()), max(table.rows, len(rows))
        titles = (table.title if len(self.sheet.tables) > 1 else "", table.hint)
        title = ". ".join(filter(None, titles))
        box = (place.title_row, 0, place.title_row, last)
        merge_cells(self.at, box, title, self.style("plain", bold=True))
        self.at.write_string(place.head_row, 0, say.NUMBER, self.style("head"))
        for column in table.columns:
            at = place.columns[column.id]
            self.at.write_string(place.head_row, at, column.label, self.style("head"))
            self._column(table, column, drawn)
        heads = [lines_in(c.label, c.width - BUTTON, self.style("head")) for c in table.columns]
        self.at.set_row(place.head_row, HEAD_LINE * max(heads) + 8)
        for row in range(table.capacity):
            at = place.first_row + row
            if row >= drawn:
                self.at.write_blank(at, 0, None, self.style("spare", align="center"))
            elif any(self.form_book.note(f"{table.id}.{c.id}", row) for c in table.columns):
                self.at.write_string(at, 0, f"{MARK}{row + 1}", self.style("number", bold=True))
            else:
                self.at.write_number(at, 0, row + 1, self.style("number"))
        # a row that is written with long texts gets its height; others fit as they are typed
        look = self.style("input", indent=1)
        for row, cells in enumerate(rows):
            texts = [(cells.get(id_), self.widths[at]) for id_, at in place.columns.items()]
            needed = [lines_in(text, width, look) for text, width in texts if isinstance(text, str)]
            lines = max(needed, default=1)
            if lines > 1:
                self.at.set_row(place.first_row + row, min(ROW_LINE * lines, HIGHEST))
        if drawn < table.capacity:
            # rows below the usual ones are drawn as they are filled, and the next one to fill
            top = place.first_row + drawn
            filled = f"${xl_col_to_name(1)}{top}:${xl_col_to_name(last)}{top + 1}"
            colours = {"border": 1, "border_color": LINE_COLOUR, "bg_color": INPUT_COLOUR}
            box = (top, 0, place.first_row + table.capacity - 1, last)
            self.form_book.colour(self.at, box, colours, criteria=f"=COUNTA({filled})>0")

    def _column(self, table: Table, column: Field, drawn: int) -> None:
        """Write a column's cells; what register or list brings along is locked."""
        place, rows = self.places[table.id], self.filled.rows[table.id]
        top, at = place.first_row, place.columns[column.id]
        is_text = column.kind in (FieldKind.TEXT, FieldKind.NOTE, FieldKind.CHOICE)
        wrap: dict[str, object] = {"text_wrap": True} if is_text else {}
        prefilled = self.filled.prefilled_rows(table) if column is table.columns[0] else 0
        for row, cells in enumerate(rows):
            raw, note = cells.get(column.id), self.form_book.note(f"{table.id}.{column.id}", row)
            more = dict(wrap)
            if row < prefilled:
                more |= {"locked": True, "bg_color": "#FFFFFF"}
            style = input_style(self.style, column, raw, **(more | marked(note)))
            write_cell(self.at, top + row, at, raw, style)
            write_note(self.at, top + row, at, at, note)
        for name, begin, end in (("input", len(rows), drawn), ("spare", drawn, table.capacity)):
            style = input_style(self.style, column, None, name, **wrap)
            for row in range(begin, end):
                self.at.write_blank(top + row, at, None, style)
        cell, choices = xl_rowcol_to_cell(top, at), self.form_book.choices(column)
        options = validation(column, self.filled.campaign, cell, choices)
        self.at.data_validation(top, at, top + table.capacity - 1, at, options)
