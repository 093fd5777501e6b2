"""A form's design → its workbook, all but what is filled in: the one statement of the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook

from tdkt_batch.forms.layout import HELPER_SHEET, LISTS_SHEET, META_SHEET
from tdkt_batch.forms.review import Review
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.form_sheet import FormWorksheet
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.hidden_sheets import write_helper_cells, write_identity, write_lists
from tdkt_batch.forms_write.page import PageWriter
from tdkt_batch.forms_write.panel import Panel
from tdkt_batch.forms_write.panel_sheet import write_panel
from tdkt_batch.forms_write.review_sheet import ReviewWriter
from tdkt_batch.forms_write.roster import RosterWriter
from tdkt_batch.forms_write.styles import BASE, PARTS
from tdkt_batch.forms_write.tasks import Tasks
from tdkt_batch.forms_write.verdicts import Verdicts
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import tell_whose
from tdkt_batch.wording.forms import REVIEW_SHEET

_NONE: Mapping[str, str] = {}


def lay_out(
    design: FormDesign,
    book: Workbook,
    review: Review | None = None,
    explanations: Mapping[str, str] = _NONE,
    sheet_class: type[FormWorksheet] = FormWorksheet,
) -> FormBook:
    """Write a form's sheets and names into ``book``.

    ``review`` is what the first sheet of a form that goes back says, ``explanations``
    what the unit explains, by rule.
    """
    campaign, form = design.campaign, design.form
    formulas = Formulas(design)
    rows = Panel(formulas).rows()
    tasks = Tasks(formulas, rows)
    form_book = FormBook(
        book=book,
        sheet_class=sheet_class,
        styles=Styles(book, BASE, PARTS),
        design=design,
        formulas=formulas,
        tasks=tasks,
        verdicts=Verdicts(formulas, rows),
    )
    title = f"{form.number}: {form.title}"
    moment = datetime.combine(campaign.document.issued, time())
    tell_whose(book, campaign, title, moment, subject=campaign.document.citation)
    if review is not None:
        first = form_book.add_sheet(REVIEW_SHEET)
        ReviewWriter(first, form_book.styles, design, review, explanations).write()
    for sheet in form.sheets:
        writer = PageWriter if sheet.lines else RosterWriter
        writer(form_book, sheet).write()
    write_panel(form_book, rows)
    for name, write in (
        (META_SHEET, write_identity),
        (LISTS_SHEET, write_lists),
        (HELPER_SHEET, write_helper_cells),
    ):
        hidden = form_book.add_sheet(name)
        if name != META_SHEET:
            hidden.make_terse()
        write(form_book, hidden)
        hidden.protect("")
        hidden.hide()
    # each input is named by its id, a table's column ``bang.cot``, a list ``danh_muc.…``,
    # what is seen of a typed text ``chu.…``, the day in it ``ngay.…``, what is said of a
    # table's row ``dong.…``, the number of what is wrong there ``soat.…``, whether one of its
    # cells cannot be read ``sai.…``, or is understood all the same ``hieu.…``
    names = {id_: cell.reference for id_, cell in design.layout.cells.items()}
    for table, place in design.layout.tables.items():
        for column, at in place.columns.items():
            last = place.first_row + place.capacity - 1
            cells = xl_range_abs(place.first_row, at, last, at)
            names[f"{table}.{column}"] = f"'{place.sheet}'!{cells}"
    names |= {list_.name: list_.range for list_ in formulas.inputs.lists.values()}
    names |= formulas.inputs.squeezed
    names |= {one.name: one.formula for one in formulas.sheet.by_name.values()}
    for name, reference in names.items():
        book.define_name(name, f"={reference}")
    return form_book
