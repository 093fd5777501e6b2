"""Whether a workbook holds the forms of several units or months, and which cells are whose.

A district pastes its communes' forms into one workbook, a sheet each or below one
another; a unit keeps two months in one. Copies of one form, filled or not, are no
such thing: they are one report. A sheet that is of no form is named beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_read.find_blocks import blocks_in, lists_in
from tdkt_batch.forms_read.find_cells import find_page, find_table
from tdkt_batch.forms_read.find_sheets import (
    ALIKE,
    BESIDES,
    HARDLY,
    copied,
    other_sheets,
    share_there,
    texts_of,
    title_key,
)
from tdkt_batch.forms_read.identify import units_named
from tdkt_batch.forms_read.left_over import filled_cells
from tdkt_batch.forms_read.list_headings import heading_of
from tdkt_batch.model import Month
from tdkt_batch.unit_names.match import Match
from tdkt_batch.values import Raw, is_blank_cell
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording import forms_read as say
from tdkt_batch.wording.forms import PANEL_SHEET
from tdkt_batch.workbooks.cells import Box, SheetCells, cell_name
from tdkt_batch.workbooks.read import Workbook


@dataclass(frozen=True, slots=True)
class Part:
    """One form in a workbook of several; ``title`` is its first sheet's, with its first cell."""

    title: str
    sheets: tuple[SheetCells, ...]


@dataclass(frozen=True, slots=True)
class LooseSheet:
    """A sheet, or a block of one, that is of no form; ``is_blank`` when it is a form's unfilled."""

    title: str
    cells: SheetCells
    is_blank: bool


@dataclass(frozen=True, slots=True)
class Parted:
    """The forms in a workbook of several, and what holds something and is of none of them."""

    parts: tuple[Part, ...] = ()
    loose: tuple[LooseSheet, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sheet of the workbook, or the ``box`` of one, and which sheet of which form it is.

    ``kind`` is the id of that sheet, empty when it is none.
    """

    form: Form
    kind: str
    cells: SheetCells
    box: Box | None = None

    @property
    def is_page(self) -> bool:
        """Whether it is the first sheet of a form."""
        return self.kind == self.form.sheets[0].id

    @property
    def title(self) -> str:
        """The title of the sheet, with the first cell of a block."""
        if self.box is None:
            return self.cells.title
        return say.BLOCK.format(sheet=self.cells.title, cell=cell_name(*self.box[:2]))

    def as_sheet(self, title: str) -> SheetCells:
        """Return its cells, each in its place, as a sheet of their own."""
        return self.cells.within(self.box, title) if self.box else replace(self.cells, title=title)


@dataclass(frozen=True, slots=True)
class _Head:
    """A filled page, and whose it says to be; empty where it says nothing.

    ``codes`` are those of the units that it may mean, ``typed`` the content of its fields.
    """

    piece: _Piece
    unit: str
    month: str
    codes: frozenset[str]
    typed: frozenset[tuple[str, Raw]]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What all pages of one report share; a page that names no unit is one by itself."""
        own = "" if self.unit else self.piece.title
        return self.piece.form.id, self.unit, self.month, own

    def may_be_of(self, other: _Head) -> bool:
        """Tell whether nothing shows that two pages are of different units or months.

        A page that lost its unit's name is a copy only where it says nothing else.
        """
        pairs = ((self.unit, other.unit), (self.month, other.month))
        is_one_form = self.piece.form is other.piece.form
        is_named = bool(self.unit and other.unit)
        is_copy = self.typed <= other.typed or other.typed <= self.typed
        return (
            is_one_form
            and all(not a or not b or a == b for a, b in pairs)
            and (is_named or is_copy)
        )

    def as_copy_among(self, heads: Iterable[_Head]) -> _Head:
        """Return the page, one without a unit's name as that of which it may be a copy."""
        named = (head for head in heads if head.unit and head.may_be_of(self))
        if self.unit or not (origin := next(named, None)):
            return self
        return replace(origin, piece=self.piece, typed=self.typed)


def parted(book: Workbook, campaign: Campaign) -> Parted:
    """Return the forms in a workbook of several units or months; none in any other.

    None too where it cannot be told which list belongs to which form, a cell lies too far
    away to be kept, or two readers do not agree: then the whole is put aside.
    """
    sheets = other_sheets(book, BESIDES)
    pieces = [piece for cells in sheets for piece in _pieces_of(cells, campaign)]
    heads = [head for piece in pieces if piece.is_page and (head := _head(piece, book, campaign))]
    if len(heads) < 2 or all(one.may_be_of(two) for one in heads for two in heads):
        return Parted()
    if any(cells.beyond or cells.contested or cells.doubt for cells in sheets):
        return Parted()
    heads = [head.as_copy_among(heads) for head in heads]
    lists = _lists_of(heads, pieces, book, campaign)
    if lists is None:
        return Parted()
    parts: dict[tuple[str, str, str, str], list[_Piece]] = {}
    for head, own in zip(heads, lists, strict=True):
        parts.setdefault(head.key, []).extend((head.piece, *own))
    panels = {id(own[0]): _panel(own[0], book) for own in parts.values()}
    taken = {id(piece) for own in parts.values() for piece in own}
    known = {id(panel) for panel in panels.values()}
    return Parted(
        tuple(_part(own, panels[id(own[0])]) for own in parts.values()),
        tuple(_loose((piece for piece in pieces if id(piece) not in taken), known, book)),
    )


def _loose(
    pieces: Iterable[_Piece], panels: Container[int], book: Workbook
) -> Iterator[LooseSheet]:
    """Yield what holds something; not the hidden sheets that were copied with a form."""
    besides = {title_key(title) for title in BESIDES if title != PANEL_SHEET}
    for piece in pieces:
        is_known = id(piece.cells) in panels or copied(piece.cells.title)[0] in besides
        cells = piece.as_sheet(piece.cells.title)
        if not is_known and any(True for _ in filled_cells(cells)):
            is_blank = piece.is_page or (bool(piece.kind) and _is_blank(piece, book))
            yield LooseSheet(piece.title, cells, is_blank)


def _panel(page: _Piece, book: Workbook) -> SheetCells | None:
    """Return the check panel that goes with a form's own page: the one with the same number."""
    own, number = copied(page.cells.title)
    if own != title_key(page.form.sheets[0].title) or (page.box or (0, 0))[:2] != (0, 0):
        return None
    wanted = title_key(PANEL_SHEET), number
    return next((book.sheet(title) for title in book.titles if copied(title) == wanted), None)


def _part(pieces: Sequence[_Piece], panel: SheetCells | None) -> Part:
    """Return pieces as a form, with what was written in its check panel.

    Two blocks of one sheet are two sheets, of which the second's title has a number.
    """
    sheets: dict[str, SheetCells] = {}
    for piece in pieces:
        title, number = piece.cells.title, 1
        while title in sheets:
            number += 1
            title = f"{piece.cells.title} ({number})"
        sheets[title] = piece.as_sheet(title)
    if panel is not None:
        sheets[PANEL_SHEET] = replace(panel, title=PANEL_SHEET)
    return Part(pieces[0].title, tuple(sheets.values()))


# --- pieces -------------------------------------------------------------------------------


def _pieces_of(cells: SheetCells, campaign: Campaign) -> Iterator[_Piece]:
    """Yield a sheet as what it is, or the blocks on it."""
    seen = texts_of(cells)
    share = {
        (form.id, sheet.id): share_there(sheet, seen)
        for form in campaign.forms
        for sheet in form.sheets
    }
    form = max(campaign.forms, key=lambda one: share[one.id, one.sheets[0].id])
    if share[form.id, form.sheets[0].id] >= ALIKE:
        kind, blocks = form.sheets[0].id, blocks_in(form, cells)
    else:
        (id_, kind), best = max(share.items(), key=lambda one: one[1])
        form = campaign.form(id_)
        kind, blocks = (kind, lists_in(form, cells)) if best >= HARDLY else ("", ())
    if len(blocks) < 2:
        yield _Piece(form, kind, cells)
    for block in blocks if len(blocks) > 1 else ():
        yield _Piece(form, block.sheet.id, cells, block.box)


def _head(piece: _Piece, book: Workbook, campaign: Campaign) -> _Head | None:
    """Return whose a page says to be, None when nothing was filled in."""
    page, cells = piece.form.sheets[0], piece.as_sheet(piece.cells.title)
    spots = find_page(page, layout_of(piece.form).line_rows[page.title], cells, book).spots
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
    found = units_named(str(unit or ""), campaign)
    meant = (found.unit,) if isinstance(found, Match) else found.candidates if found else ()
    codes = frozenset(one.code for one in meant)
    filled = frozenset(
        (id_, raw[id_])
        for id_ in typed - {campaign.roles.unit, campaign.roles.month}
        if not is_blank_cell(raw.get(id_))
    )
    return _Head(piece, label_key(str(unit or "")), said, codes, filled)


# --- whose the lists are ------------------------------------------------------------------


def _lists_of(
    heads: Sequence[_Head], pieces: Sequence[_Piece], book: Workbook, campaign: Campaign
) -> Sequence[Sequence[_Piece]] | None:
    """Return the other pieces of each head; None where it is open whose one is.

    A list whose heading names a unit is that unit's, and nobody's where it has no page
    here. Else below a page on the same sheet they are that page's, or as many as there
    are forms belong to them in their order, unless their titles say otherwise.
    """
    own: list[list[_Piece]] = [[] for _ in heads]
    loose: dict[str, list[tuple[_Piece, Sequence[int]]]] = {}
    number_by_page = {id(head.piece): number for number, head in enumerate(heads)}
    for piece in pieces:
        if piece.is_page:
            continue
        page = _page_above(piece, pieces)
        number = number_by_page.get(id(page))
        takers = _takers(piece, heads, campaign)
        if number in takers:
            own[number or 0].append(piece)
        elif page is None or number is not None:
            loose.setdefault(piece.kind, []).append((piece, takers))
        elif not _is_blank(piece, book):
            return None  # below a page that was left blank
    is_clear = [_is_given(kind, found, heads, own, book) for kind, found in loose.items()]
    return own if all(is_clear) else None


def _takers(piece: _Piece, heads: Sequence[_Head], campaign: Campaign) -> Sequence[int]:
    """Return the heads whose a piece may be by its heading; all where that names no unit."""
    everyone = range(len(heads))
    sheet = next((sheet for sheet in piece.form.sheets if sheet.id == piece.kind), None)
    if sheet is None:
        return everyone
    said = heading_of(sheet, piece.as_sheet(piece.cells.title), campaign)
    above = {campaign.unit(code).parent for head in heads for code in head.codes}
    named = [number for number in everyone if said.unit in heads[number].codes]
    if not said.unit or (not named and said.unit in above):
        return everyone
    return [number for number in named if heads[number].month == said.month] or named


def _is_given(
    kind: str,
    found: Sequence[tuple[_Piece, Sequence[int]]],
    heads: Sequence[_Head],
    own: Sequence[list[_Piece]],
    book: Workbook,
) -> bool:
    """Give the pieces of one kind to their heads; tell whether it was clear whose they are.

    A sheet of no form is of the form whose title it bears, else nobody's.
    """
    left: list[tuple[_Piece, Sequence[int]]] = []
    for piece, takers in sorted(found, key=lambda one: bool(kind) and _is_blank(one[0], book)):
        titled = _named_by(piece, heads)
        if titled is not None and titled in takers:
            own[titled].append(piece)
        elif kind and len({heads[number].key for number in takers}) > 1:
            left.append((piece, takers))
        elif kind and takers:
            lacking = [n for n in takers if _lacks(kind, heads[n], own[n])]
            if lacking:
                own[lacking[0]].append(piece)
            elif not _is_blank(piece, book):
                return False  # two lists of one unit
    lacking = [n for n, head in enumerate(heads) if _lacks(kind, head, own[n])]
    if len(left) != len(lacking):
        left = [(piece, takers) for piece, takers in left if not _is_blank(piece, book)]
    if left and len(left) != len(lacking):
        return False
    for number, (piece, takers) in zip(lacking, left, strict=False):
        if number not in takers:
            return False
        own[number].append(piece)
    return True


def _page_above(piece: _Piece, pieces: Sequence[_Piece]) -> _Piece | None:
    """Return the page that stands above a block on the same sheet."""
    above = [
        one
        for one in pieces
        if one.is_page
        and one.cells is piece.cells
        and one.box
        and piece.box
        and one.box[:2] < piece.box[:2]
        and one.box[1] == piece.box[1]
    ]
    return above[-1] if above else None


def _lacks(kind: str, head: _Head, own: Sequence[_Piece]) -> bool:
    """Tell whether a form has a sheet of this kind, and none was found yet."""
    return any(sheet.id == kind for sheet in head.piece.form.sheets) and not any(
        piece.kind == kind for piece in own
    )


def _named_by(piece: _Piece, heads: Sequence[_Head]) -> int | None:
    """Return the head whose title stands in another sheet's title; the longest of several."""
    times = Counter(head.piece.cells.title for head in heads)
    key = title_key(piece.cells.title)
    found = [
        (len(title), number)
        for number, head in enumerate(heads)
        if times[title := head.piece.cells.title] == 1
        and piece.box is None
        and title_key(title) in key
    ]
    return max(found)[1] if found else None


def _is_blank(piece: _Piece, book: Workbook) -> bool:
    """Tell whether no row of a sheet of tables was filled in."""
    sheet = next(sheet for sheet in piece.form.sheets if sheet.id == piece.kind)
    cells, places = piece.as_sheet(piece.cells.title), layout_of(piece.form).tables
    spots = [find_table(table, places[table.id], cells, book) for table in sheet.tables]
    return not any(
        not is_blank_cell(cells.raw(row, part.place.columns[key]))
        for table, spot in zip(sheet.tables, spots, strict=True)
        if spot
        for part in spot.parts
        for key in table.key
        if key in part.place.columns
        for row in range(part.place.first_row, cells.height)
    )
