"""A form definition and what is to stand in it → an .xlsx, the same bytes for the same input."""

from __future__ import annotations

import io
from datetime import datetime, time

from xlsxwriter.utility import xl_range_abs

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms.layout import HELPER_SHEET, LISTS_SHEET, META_SHEET
from tdkt_batch.forms_write.filling import FilledForm, Filling
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.hidden_sheets import write_helper_cells, write_identity, write_lists
from tdkt_batch.forms_write.page import PageWriter
from tdkt_batch.forms_write.panel import Panel, status, write_panel
from tdkt_batch.forms_write.review_sheet import ReviewWriter
from tdkt_batch.forms_write.roster import RosterWriter
from tdkt_batch.forms_write.styles import BASE, PARTS
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import new_book

__all__ = ["Filling", "write_form"]

_BLANK = Filling()


def write_form(campaign: Campaign, form: Form, filling: Filling = _BLANK) -> bytes:
    """Return the form as a workbook, every formula with its true value beside it."""
    filled = FilledForm(campaign, form, filling)
    formulas = Formulas(filled)
    rows = Panel(formulas).rows()
    content = io.BytesIO()
    with new_book(content) as book:
        form_book = FormBook(
            book=book,
            styles=Styles(book, BASE, PARTS),
            filled=filled,
            formulas=formulas,
            status=status(rows, formulas),
        )
        # the workbook's date is the guidance's, so that no clock is in it
        properties = {
            "title": f"{form.number}: {form.title}",
            "subject": campaign.document.citation,
            "author": campaign.board.name,
            "company": campaign.board.superior,
            "created": datetime.combine(campaign.document.issued, time()),
        }
        book.set_properties(properties)
        if filled.review is not None:
            ReviewWriter(form_book, filled.review).write()
        for sheet in filled.form.sheets:
            writer = PageWriter if sheet.lines else RosterWriter
            writer(form_book, sheet).write()
        write_panel(form_book, rows)
        for name, write in (
            (META_SHEET, write_identity),
            (LISTS_SHEET, write_lists),
            (HELPER_SHEET, write_helper_cells),
        ):
            hidden = form_book.add_sheet(name)
            write(form_book, hidden)
            hidden.protect("")
            hidden.hide()
        # each input is named by its id, a table's column ``bang.cot``, a list ``danh_muc.…``,
        # what is seen of a typed text ``chu.…``
        names = {id_: cell.reference for id_, cell in filled.layout.cells.items()}
        for table, place in filled.layout.tables.items():
            for column, at in place.columns.items():
                last = place.first_row + place.capacity - 1
                cells = xl_range_abs(place.first_row, at, last, at)
                names[f"{table}.{column}"] = f"'{place.sheet}'!{cells}"
        names |= {list_.name: list_.range for list_ in formulas.inputs.lists.values()}
        names |= formulas.inputs.squeezed
        for name, reference in names.items():
            book.define_name(name, f"={reference}")
    return content.getvalue()
