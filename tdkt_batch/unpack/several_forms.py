"""A workbook with the forms of several units or months → a workbook of each, like an archive.

In whatever format it was saved, each member has the cells that are its own and no
cell of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.overlay import Overlay
from tdkt_batch.forms_read.find_blocks import page_labels, times_there
from tdkt_batch.forms_read.find_sheets import BESIDES, title_key
from tdkt_batch.forms_read.several import LooseSheet, parted
from tdkt_batch.unpack.members import File, Reason
from tdkt_batch.workbooks.package import DAMAGE
from tdkt_batch.workbooks.read import UnreadError, Workbook, open_workbook


@dataclass(frozen=True, slots=True)
class FormsAsked:
    """The forms that are asked for: the campaign's place, and how to know a form as it was sent.

    ``titles`` are those of all sheets of a form, ``pages`` the labels of each first sheet
    by its title.
    """

    campaign_folder: str
    overlay: Overlay | None
    titles: frozenset[str]
    pages: tuple[tuple[str, frozenset[str]], ...]

    @classmethod
    def of(cls, campaign: Campaign, folder: str, overlay: Overlay | None) -> FormsAsked:
        """Return the forms of a campaign that can be loaded again from its place."""
        titles = (sheet.title for form in campaign.forms for sheet in form.sheets)
        pages = tuple((f.sheets[0].title, page_labels(f.sheets[0])) for f in campaign.forms)
        return cls(folder, overlay, frozenset(map(title_key, (*BESIDES, *titles))), pages)


def forms_in(name: str, content: bytes, forms: FormsAsked) -> tuple[File, ...]:
    """Return a workbook of each unit and month in a file; none when it is of one, or no workbook.

    A sheet that is of none of them, and holds something, is a file with that as its reason.
    One that has no other sheets than a form has, and its page once, is not looked into.
    """
    try:
        book = open_workbook(content, name)
        if _is_one(book, forms):
            return ()
        from tdkt_batch.workbooks.extract import workbook_of

        found = parted(book, _campaign(forms.campaign_folder, forms.overlay))
        parts = [File(f"{part.title}.xlsx", workbook_of(part.sheets)) for part in found.parts]
    except (UnreadError, *DAMAGE):
        return ()
    return (*parts, *(_of_no_form(loose, content) for loose in found.loose))


def _of_no_form(loose: LooseSheet, whole: bytes) -> File:
    """Return a sheet by itself; what a workbook of it alone cannot keep stays in the whole."""
    from tdkt_batch.workbooks.extract import workbook_of

    try:
        content = workbook_of((loose.cells,))
    except DAMAGE:
        content = whole
    reason = Reason.BLANK_SHEET if loose.is_blank else Reason.SHEET_OF_NO_FORM
    return File(f"{loose.title}.xlsx", content, reason)


def _is_one(book: Workbook, forms: FormsAsked) -> bool:
    if any(title_key(title) not in forms.titles for title in book.titles):
        return False
    pages = ((book.sheet(title), labels) for title, labels in forms.pages)
    return not any(cells and times_there(labels, cells) > 1 for cells, labels in pages)


@cache
def _campaign(folder: str, overlay: Overlay) -> Campaign:
    """Return the campaign, loaded once in a worker process that meets such a workbook."""
    from tdkt_batch.campaign.load import load_campaign

    return load_campaign(folder, overlay)
