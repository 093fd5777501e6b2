"""A form definition and what is to stand in it → an .xlsx, the same bytes for the same input."""

from __future__ import annotations

import io
from datetime import datetime, time

from xlsxwriter.utility import xl_range_abs

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms_write.filling import Filling, fill
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.hidden_sheets import write_hidden_sheets
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
    filled = fill(campaign, form, filling)
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
        write_hidden_sheets(form_book)
        _define_names(form_book)
    return content.getvalue()


def _define_names(form_book: FormBook) -> None:
    """Name each input by its id, each table's column ``bang.cot``, each list ``danh_muc.…``."""
    layout, define = form_book.filled.layout, form_book.book.define_name
    for id_, cell in layout.cells.items():
        define(id_, f"={cell.reference}")
    for table, place in layout.tables.items():
        for column, number in place.columns.items():
            last = place.first_row + place.capacity - 1
            cells = xl_range_abs(place.first_row, number, last, number)
            define(f"{table}.{column}", f"='{place.sheet}'!{cells}")
    for list_ in form_book.formulas.inputs.lists.values():
        define(list_.name, f"={list_.range}")
