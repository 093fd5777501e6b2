"""Whether each cell of a form's sheets that holds something has become one thing, and is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import capacities_in, with_capacities
from tdkt_batch.forms_read.gather import gather
from tdkt_batch.forms_read.identify import form_of, meta_of
from tdkt_batch.forms_read.left_over import CellFate, filled_cells
from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart
from tdkt_batch.values import is_blank_cell
from tdkt_batch.workbooks.calamine import CalamineBook
from tdkt_batch.workbooks.read import UnreadError, open_workbook

SAID_OTHERWISE = {"DL15", "DL20", "DL22"}
"""Whose cells are said as lost lines, heads or columns."""


def wrong_sums(
    content: bytes, name: str, campaign: Campaign, *, other_reader: bool = False
) -> Iterator[str]:
    """Yield each sheet of a form whose sum fails; nothing of what is no form that can be read.

    With ``other_reader`` the cells are counted once more as calamine sees them, in which
    an error and a formula without result are blank.
    """
    try:
        book = open_workbook(content, name)
        meta = meta_of(book)
        form, _ = form_of(book, meta, campaign)
        form = with_capacities(form, capacities_in(meta, form))
        is_own = meta["form_version"] == form.version
        roles = campaign.roles.unit, campaign.roles.month
        found = gather(book, form, roles, has_own_hints=is_own)
        theirs = CalamineBook(book.content) if other_reader else None
    except UnreadError as error:
        if error.unread.reason == "cells_differ":
            yield f"{name}: {error.unread}"
        return
    for title, counts in found.fates.items():
        cells = book.sheet(title)
        held = set(filled_cells(cells))
        if sum(counts.values()) != len(held):
            yield f"{name}, {title}: {sum(counts.values())} of {len(held)}"
        if theirs is not None:
            rows = enumerate(theirs.sheet(title).rows)
            seen = {(r, c) for r, row in rows for c, x in enumerate(row) if not is_blank_cell(x)}
            if seen | set(cells.broken) != held:
                yield f"{name}, {title}: {sorted(seen ^ held)[:5]}"
    left = sum(counts[CellFate.LEFT_OVER] for counts in found.fates.values())
    said = sum(int(fault.details["number"]) for fault in found.faults if fault.code == "DL45")
    beyond = sum(1 for cells in map(book.sheet, found.fates) if cells.beyond)
    if left != said and not beyond and not SAID_OTHERWISE & {f.code for f in found.faults}:
        yield f"{name}: {said} said of {left} left over"


# --- of files that may kill a reader ------------------------------------------------------------

_loaded: list[Campaign] = []


def prepare(campaign: str) -> None:
    """Load the campaign, once in each worker."""
    _loaded[:] = [load_campaign(campaign)]


def wrong_sums_here(path: Path) -> list[str]:
    """Return what is wrong with the sums of one file."""
    return [*wrong_sums(path.read_bytes(), path.name, _loaded[0])]


def wrong_sums_of_all(paths: list[Path], campaign: str) -> list[str]:
    """Return what is wrong with the sums of files, each read in a worker; deaths are no sums."""
    work = Work(wrong_sums_here, prepare, (campaign,))
    results = work_apart(work, paths, Conditions(workers=1, seconds=20))
    return [line for lines in results if not isinstance(lines, Death) for line in lines]
