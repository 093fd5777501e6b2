"""The board's decisions → the control workbook, with the findings that wait for one.

The same bytes for the same input; whatever units and the board typed stays text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter.workbook import Workbook

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.figures import all_names
from tdkt_batch.control.listed import Listing
from tdkt_batch.control.page import NOTES, Page, write_notes
from tdkt_batch.control.sheets import SHEETS, Refused
from tdkt_batch.forms_write.styles import BASE, PARTS
from tdkt_batch.model import Decision
from tdkt_batch.report import MonthReport
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import write_cell
from tdkt_batch.unit_names.labels import unit_label

LISTS = "Danh mục"
UNITS, FIGURES = "don_vi", "chi_tieu"
"""The names of the lists that key cells choose from."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_control(
    campaign: Campaign,
    report: MonthReport,
    decisions: Sequence[Decision],
    notes: Sequence[str],
    refused: Sequence[Refused] = (),
) -> bytes:
    """Return the control workbook after a month's run.

    It lists what waits for a decision and all decisions that stand, of earlier
    months too. ``notes`` are what could not be taken from the last one, and
    ``refused`` the rows concerned, which are written back as they were typed.
    """
    content = io.BytesIO()
    with Workbook(content, OPTIONS) as book:
        styles, listing = Styles(book, BASE, PARTS), Listing(campaign, report, decisions)
        for sheet in SHEETS:
            page = Page(book.add_worksheet(sheet.title), styles, sheet)
            page.write(campaign, report, listing.rows(sheet, refused), len(notes))
        if notes:
            write_notes(book.add_worksheet(NOTES), styles, notes)
        _write_lists(book, styles, campaign)
        book.set_properties(
            {
                "title": f"Sổ quyết định, tháng {report.month.vietnamese}",
                "subject": campaign.name,
                "author": campaign.board.name,
                "company": campaign.board.superior,
                "created": report.received_until.replace(tzinfo=None),
            }
        )
    return content.getvalue()


def _write_lists(book: Workbook, styles: Styles, campaign: Campaign) -> None:
    """Write the units and the figures to choose from on a hidden sheet."""
    sheet = book.add_worksheet(LISTS)
    units = [f"{unit.code} – {unit_label(unit, campaign)}" for unit in campaign.units]
    for column, (name, values) in enumerate(((UNITS, units), (FIGURES, all_names(campaign)))):
        for row, value in enumerate(values):
            write_cell(sheet, row, column, value, styles("plain", num_format="@"))
        letter = "AB"[column]
        book.define_name(name, f"='{LISTS}'!${letter}$1:${letter}${max(len(values), 1)}")
    sheet.set_column(0, 1, 60)
    sheet.protect("")
    sheet.hide()
