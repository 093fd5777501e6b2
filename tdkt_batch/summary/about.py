"""Sheet “Về sổ này”: what each sheet has, what a row of it is, and how to read its cells.

It is the cover note that statistical offices ask for; it stands behind what leadership reads
and signs, because the first screen is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.sheets.cells import Cell, Link, reference
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say

COLUMNS = SheetColumns.headed(
    say.ABOUT_HEADS,
    ("number", 5, "center top"), ("sheet", 20.5, "text top"), ("what", 44, "text top"),
    ("row", 28, "text top"),
)  # fmt: skip


def write(page: Page, plan: Plan, sheets: Sequence[str]) -> None:
    """Write the sheet; ``sheets`` are those of the workbook in their order."""
    page.open_table(plan.head, COLUMNS, say.ABOUT_TITLE, filtered=False)
    said = plan.campaign.words.said
    own = {said(name): words for name, words in say.ABOUT_SHEETS.items()}
    for one in plan.campaign.sheet_lists:
        own.setdefault(one.sheet, (one.title.capitalize(), say.ABOUT_LIST))
    for number, name in enumerate(sheets, start=1):
        what, row = own[name]
        record: dict[str, Cell] = {
            "number": Link(number, reference(name, 0, 0)),
            "sheet": name,
            "what": said(what),
            "row": said(row),
        }
        page.row(FIRST_ROW + number - 1, COLUMNS, record)
    end = FIRST_ROW + len(sheets)
    month = plan.report.month
    notes = [one.format(month=month) for one in say.ABOUT_NOTES]
    notes.append(plan.campaign.figures.abbreviations)
    shown = [one for one in notes if one]
    for at, text in enumerate(shown, start=end + 1):
        page.prose(at, said(text), "prose", first=1)
    page.sheet.print_area(0, 0, end + len(shown), len(COLUMNS) - 1)
