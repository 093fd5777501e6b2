"""A form as XlsxWriter alone writes it, cell by cell: what a prepared form must come to."""

from __future__ import annotations

import io
import zipfile
from typing import ClassVar

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms_write.cell_formulas import FormFormula, literal
from tdkt_batch.forms_write.cell_xml import escaped
from tdkt_batch.forms_write.filling import FilledForm, Filling
from tdkt_batch.forms_write.form_sheet import FormWorksheet, LiveContent, LiveFact
from tdkt_batch.forms_write.input_cells import write_note
from tdkt_batch.forms_write.lay_out import lay_out
from tdkt_batch.forms_write.prepared import USUAL, PlainWorkbook, make_lean
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.writing import merge_cells, new_book, write_cell, write_text


def written_form(campaign: Campaign, form: Form, filling: Filling) -> bytes:
    """Return the form, every cell of it written by XlsxWriter when it is known what it holds."""
    filled, content = FilledForm(campaign, form, filling), io.BytesIO()
    properties = dict(USUAL)
    with new_book(content, book_class=PlainWorkbook, default_format_properties=properties) as book:
        form_book = lay_out(
            filled.design, book, filling.review, filled.explanations, sheet_class(filled)
        )
        for (id_, number), note in (filling.review.notes if filling.review else {}).items():
            name, row, column, last = form_book.note_places[id_]
            write_note(book.get_worksheet_by_name(name), row + number, column, last, note)
    lean = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(lean, "w") as new:
        text_of = {name: old.read(name).decode() for name in old.namelist()}
        make_lean(text_of)
        for name, text in text_of.items():
            new.writestr(name, text)
    return lean.getvalue()


def sheet_class(filled: FilledForm) -> type[FormWorksheet]:
    """Return a worksheet that leaves nothing open."""

    class WholeSheet(FormWorksheet):
        _write_rows = Worksheet._write_rows  # noqa: SLF001
        reckoned: ClassVar[dict[tuple[str, int, int], bool]] = {}

        def _write_cell(self, row, col, cell):
            if (self.name, row, col) in self.reckoned and not cell.value:
                at = f'r="{xl_rowcol_to_cell(row, col)}" s="{cell.format._get_xf_index()}"'  # noqa: SLF001
                self.fh.write(f'<c {at} t="str"><f>{escaped(cell.formula)}</f><v></v></c>')
            else:
                Worksheet._write_cell(self, row, col, cell)  # noqa: SLF001

        _prepare_formula = Worksheet._prepare_formula  # noqa: SLF001

        def make_terse(self):
            """Write it as any other."""

        def put(self, row, column, content, look=None):
            match content:
                case FormFormula():
                    lead = content.lead(filled) if content.lead else ""
                    text = f"{literal(lead)}&{content.text}" if lead else content.text
                    value = content.value(filled)
                    value = self._escape_control_characters(f"{lead}{value}" if lead else value)
                    write_cell(self, row, column, Formula(text, value), look)
                case LiveContent():
                    write_cell(self, row, column, content.value(filled), look)
                case LiveFact():
                    fact = content.value(filled)
                    if isinstance(fact, str):
                        write_text(self, row, column, fact)
                    elif fact is not None:
                        write_cell(self, row, column, fact)
                case _:
                    super().put(row, column, content, look)

        def join_input(self, box, cell):
            raw, look = cell.shown(filled)
            merge_cells(self, box, raw, look.format)

        def put_table(self, rows):
            for number in range(rows.table.capacity):
                if number >= rows.drawn(filled):
                    for column in rows.columns[: 1 + len(rows.table.columns)]:
                        write_cell(self, rows.top + number, column, None, rows.spare.format)
                    continue
                size, cells = rows.row(number, filled)
                if size:
                    self.set_row(rows.top + number, size[0], None, {"hidden": size[1]})
                for column, (raw, look) in zip(rows.columns, cells, strict=True):
                    if isinstance(raw, FormFormula):
                        self.reckoned[self.name, rows.top + number, column] = True
                    shown = (
                        Formula(raw.text, raw.value(filled))
                        if isinstance(raw, FormFormula)
                        else raw
                    )
                    write_cell(self, rows.top + number, column, shown, look.format)

        def set_live_row(self, row, height, hidden=None):
            options = {"hidden": hidden is not None and hidden(filled)}
            self.set_row(row, height(filled), None, options)

        def format_below(self, rows, last, look, criteria):
            above, end = rows.top + rows.drawn(filled), rows.top + rows.table.capacity
            if above < end:
                rule = criteria.format(above=above, here=above + 1)
                options = {"type": "formula", "criteria": rule, "format": look}
                self.conditional_format(above, 0, end - 1, last, options)

    return WholeSheet
