"""Whether a workbook holds the forms of several units or months, and which sheets are whose.

A district pastes its communes' forms into one workbook; a unit keeps two months in
one. Copies of one form, filled or not, are no such thing: they are one report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_read.find_cells import find_page
from tdkt_batch.forms_read.find_sheets import (
    ALIKE,
    BESIDES,
    HARDLY,
    other_sheets,
    share_there,
    texts_of,
    title_key,
)
from tdkt_batch.model import Month, is_blank_cell
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.workbooks.cells import SheetCells
from tdkt_batch.workbooks.read import Workbook


@dataclass(frozen=True, slots=True)
class Part:
    """One form in a workbook of several; ``title`` is its first sheet's."""

    title: str
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """A sheet that begins a form, and whose it says to be; empty where it says nothing."""

    cells: SheetCells
    form: Form
    unit: str
    month: str

    def may_be_of(self, other: _Head) -> bool:
        """Tell whether nothing shows that two sheets are of different units or months."""
        pairs = ((self.unit, other.unit), (self.month, other.month))
        return self.form is other.form and all(not a or not b or a == b for a, b in pairs)


def parts_of(book: Workbook, campaign: Campaign) -> tuple[Part, ...]:
    """Return the forms in a workbook of several units or months; none in any other.

    None too where it cannot be told which list belongs to which form: then the
    whole is put aside.
    """
    sheets = other_sheets(book, BESIDES)
    heads = [head for cells in sheets if (head := _head_in(cells, book, campaign))]
    if len(heads) < 2 or all(one.may_be_of(two) for one in heads for two in heads):
        return ()
    if any(not head.unit for head in heads):
        return ()
    lists = _lists_by_head(sheets, heads)
    if lists is None:
        return ()
    parts: dict[tuple[str, str, str], list[str]] = {}
    for head in heads:
        own = parts.setdefault((head.form.id, head.unit, head.month), [])
        own += [head.cells.title, *lists[head.cells.title]]
    return tuple(Part(titles[0], tuple(titles)) for titles in parts.values())


def _head_in(cells: SheetCells, book: Workbook, campaign: Campaign) -> _Head | None:
    """Return the sheet as the first of a form, None when it is none or nothing was filled in."""
    seen = texts_of(cells)
    form = max(campaign.forms, key=lambda form: share_there(form.sheets[0], seen))
    page = form.sheets[0]
    if share_there(page, seen) < ALIKE:
        return None
    spots = find_page(page, layout_of(form).line_rows[page.title], cells, book).spots
    raw = {
        id_: next(
            (
                content
                for column in (spot.column, spot.second)
                if column is not None and not is_blank_cell(content := cells.raw(spot.row, column))
            ),
            None,
        )
        for id_, spot in spots.items()
    }
    typed = {field.id for line in page.lines for field in line.fields if not field.prefill}
    if all(is_blank_cell(raw.get(id_)) for id_ in typed):
        return None
    unit, month = (raw.get(role) for role in (campaign.roles.unit, campaign.roles.month))
    said = str(Month.of(month)) if isinstance(month, date) else label_key(str(month or ""))
    return _Head(cells, form, label_key(str(unit or "")), said)


def _lists_by_head(
    sheets: Sequence[SheetCells], heads: Sequence[_Head]
) -> Mapping[str, list[str]] | None:
    """Return the other sheets of each form by its first one's title; None where that is open.

    As many as there are forms belong to them in their order, unless their titles say
    otherwise.
    """
    titles = [head.cells.title for head in heads]
    found: dict[str, list[str]] = {title: [] for title in titles}
    by_kind: dict[str, list[str]] = {}
    for cells in sheets:
        if cells.title not in titles:
            by_kind.setdefault(_kind_of(cells, heads[0].form), []).append(cells.title)
    for kind, others in by_kind.items():
        named = [_named_by(other, titles) for other in others]
        if not kind and not any(named):
            continue  # no sheet of a form: nobody's
        if not all(named):
            if any(named) or len(others) != len(titles):
                return None
            named = titles
        for title, other in zip(named, others, strict=True):
            found[title].append(other)
    return found


def _kind_of(cells: SheetCells, form: Form) -> str:
    """Return which further sheet of the form a sheet is by its heads; empty when none."""
    seen = texts_of(cells)
    share = {sheet.id: share_there(sheet, seen) for sheet in form.sheets[1:]}
    best = max(share, key=lambda id_: share[id_], default="")
    return best if best and share[best] >= HARDLY else ""


def _named_by(title: str, heads: Sequence[str]) -> str:
    """Return the one whose title stands in another sheet's title; the longest of several."""
    key = title_key(title)
    return max((head for head in heads if title_key(head) in key), key=len, default="")
