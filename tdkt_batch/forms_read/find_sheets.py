"""Which sheet of a workbook is which sheet of the form: by title, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form, FormSheet
from tdkt_batch.forms.layout import HELPER_SHEET, LISTS_SHEET, META_KEYS, META_SHEET, layout_of
from tdkt_batch.forms_read.find_cells import is_in_place
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording.forms import PANEL_COLUMNS, PANEL_SHEET, REVIEW_SHEET
from tdkt_batch.workbooks.cells import SheetCells
from tdkt_batch.workbooks.read import UnreadError, Workbook

ALIKE = 0.6
"""The share of a form sheet's labels by which another sheet is taken for it."""
HARDLY = 0.3
"""A sheet with the right title and fewer labels than this is another one."""
MOST_SHEETS = 200
"""A workbook of more sheets is not looked into: the communes of a district have fewer."""
_HIGHEST, _WIDEST = 150, 20
"""In how many rows from the first filled one, and columns, labels tell which sheet it is."""
BESIDES = (META_SHEET, LISTS_SHEET, HELPER_SHEET, PANEL_SHEET, REVIEW_SHEET)
"""The sheets of a workbook that come with a form and hold none of its cells."""
_NUMBER = re.compile(r"(?: ?\((\d+)\)|_(\d+))$")
"""What a spreadsheet program puts behind the title of a sheet that is copied: Báo cáo (2)."""


@dataclass(frozen=True, slots=True)
class SheetMatch:
    """The sheets that may be one sheet of the form, the one with its title first.

    Several are copies of each other; none means that it is not there.
    """

    sheet: FormSheet
    candidates: tuple[SheetCells, ...]

    @property
    def is_renamed(self) -> bool:
        """Whether the sheet was recognised by its content alone."""
        return bool(self.candidates) and not _is_titled(self.candidates[0], self.sheet)


def find_sheets(book: Workbook, form: Form) -> tuple[SheetMatch, ...]:
    """Return the sheets of the workbook that are the form's for certain, in the form's order.

    A sheet that was not filled but emptied still is the one whose title it has,
    as long as nothing shows that it is another.
    """
    if as_sent := _sheets_as_sent(book, form):
        return as_sent
    found: dict[str, list[SheetCells]] = {sheet.id: [] for sheet in form.sheets}
    for cells in other_sheets(book, BESIDES):
        seen = texts_of(cells)
        share = {sheet.id: share_there(sheet, seen) for sheet in form.sheets}
        most = max(share.values())
        best = [id_ for id_ in share if share[id_] == most]
        titled = next((sheet.id for sheet in form.sheets if _is_titled(cells, sheet)), None)
        if titled is not None and (share[titled] >= HARDLY or most < ALIKE):
            found[titled].append(cells)
        elif most >= ALIKE and len(best) == 1:
            found[best[0]].append(cells)
    return tuple(
        SheetMatch(sheet, tuple(sorted(found[sheet.id], key=lambda c: not _is_titled(c, sheet))))
        for sheet in form.sheets
    )


def _sheets_as_sent(book: Workbook, form: Form) -> tuple[SheetMatch, ...]:
    """Return the form's sheets if the workbook has them and no others, each with its heads.

    They bear the form's titles, however the workbook spells them.
    """
    known = {title_key(title) for title in (*BESIDES, *(sheet.title for sheet in form.sheets))}
    found: list[SheetMatch] = []
    for sheet in form.sheets if {title_key(title) for title in book.titles} <= known else ():
        cells = book.sheet(sheet.title)
        if cells is None or not is_in_place(sheet, layout_of(form), cells):
            return ()
        found.append(SheetMatch(sheet, (cells,)))
    return tuple(found)


def other_sheets(book: Workbook, without: Iterable[str]) -> tuple[SheetCells, ...]:
    """Return the workbook's sheets but those with the titles given.

    Raises ``UnreadError`` where they are too many to be looked into.
    """
    left_out = {title_key(title) for title in without}
    titles = [title for title in book.titles if title_key(title) not in left_out]
    if len(titles) > MOST_SHEETS:
        raise UnreadError("too_many_parts")
    found = (book.sheet(title) for title in titles)
    return tuple(cells for cells in found if cells is not None)


def share_there(sheet: FormSheet, seen: frozenset[str]) -> float:
    """Return how many of a sheet's labels and heads stand among the texts seen, as a share of 1."""
    heads = (column.label for table in sheet.tables for column in table.columns)
    labels = [*(line.label for line in sheet.lines), *heads]
    return sum(label_key(label) in seen for label in labels) / max(len(labels), 1)


def texts_in(book: Workbook) -> frozenset[str]:
    """Return the keys of all texts in the upper left parts of a workbook's sheets."""
    return frozenset(key for cells in other_sheets(book, BESIDES) for key in texts_of(cells))


def texts_of(cells: SheetCells) -> frozenset[str]:
    """Return the keys of all texts in the upper left part of a sheet, below its blank rows."""
    first = next((row for row, raws in enumerate(cells.rows) if any(raws)), 0)
    return frozenset(
        label_key(cell)
        for row in cells.rows[first : first + _HIGHEST]
        for cell in row[:_WIDEST]
        if isinstance(cell, str)
    )


def _is_titled(cells: SheetCells, sheet: FormSheet) -> bool:
    return title_key(cells.title) == title_key(sheet.title)


def title_key(title: str) -> str:
    """Return what all spellings of a sheet's title share."""
    return label_key(title.strip())


def copied(title: str) -> tuple[str, str]:
    """Return the key of a sheet's title without the number of a copy, and that number.

    >>> copied("Báo cáo (2)"), copied("Báo cáo")
    (('báo cáo', '2'), ('báo cáo', ''))
    """
    number = _NUMBER.search(title)
    return title_key(_NUMBER.sub("", title)), (number[1] or number[2]) if number else ""


# --- without the hidden identity -------------------------------------------------------------


def hidden_identity(book: Workbook) -> SheetCells | None:
    """Return the sheet with the hidden identity, under whatever title."""
    if sheet := book.sheet(META_SHEET):
        return sheet
    for cells in other_sheets(book, (LISTS_SHEET, HELPER_SHEET, PANEL_SHEET, REVIEW_SHEET)):
        if set(META_KEYS) <= {cells.text(row, 0) for row in range(min(cells.height, 40))}:
            return cells
    return None


def was_identity(cells: SheetCells) -> bool:
    """Tell whether a sheet is what is left of a hidden identity."""
    there = {cells.text(row, 0) for row in range(min(cells.height, 40))}
    return 2 * len(there & {*META_KEYS}) > len(META_KEYS)


def check_panel(book: Workbook) -> SheetCells | None:
    """Return the sheet with the check panel, under whatever title."""
    if sheet := book.sheet(PANEL_SHEET):
        return sheet
    heads = {label_key(head) for head in PANEL_COLUMNS}
    for cells in other_sheets(book, BESIDES):
        for raws in cells.rows[:_HIGHEST]:
            if heads <= {label_key(raw) for raw in raws if isinstance(raw, str)}:
                return cells
    return None


def likeness(book: Workbook, campaign: Campaign) -> Mapping[str, float]:
    """Return by form id how much the workbook is like it: of its first sheet's labels the share.

    A form's own title, standing in that sheet, counts as one half more.
    """
    sheets = [texts_of(cells) for cells in other_sheets(book, BESIDES)]
    found: dict[str, float] = {}
    for form in campaign.forms:
        title, first = label_key(form.title), form.sheets[0]
        alike = (share_there(first, seen) + (0.5 if title in seen else 0) for seen in sheets)
        found[form.id] = max(alike, default=0)
    return found
