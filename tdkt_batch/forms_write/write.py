"""A form definition and what is to stand in it → an .xlsx, the same bytes for the same input."""

from __future__ import annotations

import io
from datetime import datetime, time

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from tdkt_batch.campaign.definition import Campaign, Form
from tdkt_batch.forms.layout import HELPER_SHEET, LISTS_SHEET, META_SHEET
from tdkt_batch.forms_write.book import Writing
from tdkt_batch.forms_write.filling import Filling, fill
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.hidden import write_lists, write_meta, write_work
from tdkt_batch.forms_write.inputs import Inputs
from tdkt_batch.forms_write.lists import lists_of
from tdkt_batch.forms_write.page import PageWriter
from tdkt_batch.forms_write.panel import Panel
from tdkt_batch.forms_write.panel_sheet import write_panel
from tdkt_batch.forms_write.review_sheet import write_review
from tdkt_batch.forms_write.roster import RosterWriter
from tdkt_batch.forms_write.status import status
from tdkt_batch.forms_write.styles import Styles
from tdkt_batch.wording.forms import PANEL_SHEET, REVIEW_SHEET

__all__ = ["Filling", "write_form"]

_BLANK = Filling()


def write_form(campaign: Campaign, form: Form, filling: Filling = _BLANK) -> bytes:
    """Return the form as a workbook, every formula with its true value beside it."""
    filled = fill(campaign, form, filling)
    formulas = Formulas(Inputs(filled, lists_of(filled)))
    panel = Panel(formulas).rows()
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        writing = Writing(
            book=book,
            styles=Styles(book),
            filled=filled,
            formulas=formulas,
            panel=tuple(panel),
            status=status(panel, formulas),
        )
        _set_properties(writing)
        _write_sheets(writing)
        _define_names(writing)
    return content.getvalue()


def _set_properties(writing: Writing) -> None:
    """Name the workbook; its date is the guidance's, so that no clock is in it."""
    campaign, form = writing.filled.campaign, writing.filled.form
    writing.book.set_properties(
        {
            "title": f"{form.number}: {form.title}",
            "subject": campaign.document.citation,
            "author": campaign.board.name,
            "company": campaign.board.superior,
            "created": datetime.combine(campaign.document.issued, time()),
        }
    )


def _write_sheets(writing: Writing) -> None:
    if writing.filled.review is not None:
        write_review(writing, writing.filled.review, writing.add_sheet(REVIEW_SHEET))
    for sheet in writing.filled.form.sheets:
        worksheet = writing.add_sheet(sheet.title)
        writer = PageWriter if sheet.lines else RosterWriter
        writer(writing, sheet, worksheet).write()
    write_panel(writing, writing.add_sheet(PANEL_SHEET))
    for name, write in (
        (META_SHEET, write_meta),
        (LISTS_SHEET, write_lists),
        (HELPER_SHEET, write_work),
    ):
        hidden = writing.add_sheet(name)
        write(writing, hidden)
        hidden.protect("")
        hidden.hide()


def _define_names(writing: Writing) -> None:
    """Name each input by its id, each table's column ``bang.cot``, each list ``danh_muc.…``."""
    layout, define = writing.filled.layout, writing.book.define_name
    for id_, cell in layout.cells.items():
        define(id_, f"={cell.reference}")
    for table, place in layout.tables.items():
        for column, number in place.columns.items():
            name = xl_col_to_name(number)
            first, last = place.first_row + 1, place.first_row + place.capacity
            define(f"{table}.{column}", f"='{place.sheet}'!${name}${first}:${name}${last}")
    for list_ in writing.formulas.inputs.lists.places.values():
        define(list_.name, f"={list_.range}")
