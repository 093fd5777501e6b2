"""A workbook with the forms of several units or months → a workbook of each, like an archive.

Only .xlsx is cut: each member has the sheets that are its own and no sheet of
another. Other formats are left whole, for the reader to say what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms_read.find_sheets import BESIDES, title_key
from tdkt_batch.forms_read.several import parts_of
from tdkt_batch.unpack.members import Allowance, File, Opened
from tdkt_batch.workbooks.cut import with_sheets
from tdkt_batch.workbooks.package import DAMAGE
from tdkt_batch.workbooks.read import UnreadError, open_workbook
from tdkt_batch.workbooks.sniff import FileKind, kind_of


@dataclass(frozen=True, slots=True)
class FormsAsked:
    """The forms that are asked for: the campaign's place, and its forms' titles of sheets."""

    campaign_folder: str
    register: Path | None
    titles: frozenset[str]

    @classmethod
    def of(cls, campaign: Campaign, folder: str, register: Path | None) -> FormsAsked:
        """Return the forms of a campaign that can be loaded again from its place."""
        titles = (sheet.title for form in campaign.forms for sheet in form.sheets)
        return cls(folder, register, frozenset(map(title_key, (*BESIDES, *titles))))


def open_workbook_of_several(file: File, forms: FormsAsked, allowance: Allowance) -> Opened | None:
    """Return a workbook of each unit and month in a file; None when it is of one, or no .xlsx.

    One that has no other sheets than a form has is not looked into.
    """
    try:
        if kind_of(file.content, file.name) is not FileKind.XLSX:
            return None
        book = open_workbook(file.content, file.name)
        if all(title_key(title) in forms.titles for title in book.titles):
            return None
        parts = parts_of(book, _campaign(forms.campaign_folder, forms.register))
    except (UnreadError, *DAMAGE):
        return None
    members: list[File] = []
    for part in parts:
        content = with_sheets(book.content, part.sheets)
        allowance.take_bytes(len(content))
        members.append(File(f"{part.title}.xlsx", content, modified=file.modified))
    return Opened("workbook", tuple(members)) if members else None


_campaign = cache(load_campaign)
"""Loaded once in each worker process, and only where there is such a workbook."""
