"""The cells of a form as they stand in a workbook, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from functools import cached_property

from tdkt_batch.campaign.form import Field
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms_read.left_over import CellFate
from tdkt_batch.forms_read.repair import year_of_serial
from tdkt_batch.values import Fault, Found, Raw, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import forms_read as say
from tdkt_batch.wording.shared import LEFT_BLANK
from tdkt_batch.workbooks.cells import Broken, Position, SheetCells, cell_name

UNSTRUCK, JOINED, TICKED, BORN = "SC24", "SC25", "SC28", "SC23"
"""What makes a cell mean something else: struck in part, joined, one of a value, a whole day."""
MOST_NAMED_CELLS = 5
"""How many of the cells that a notice is about it names."""


def told_of_cells(cells: Sequence[tuple[str, Raw]]) -> dict[str, str]:
    """Return for a notice how many cells it is about, and what stands in the first of them."""
    said = [say.CELL.format(address, quoted_raw(raw)) for address, raw in cells]
    return {"number": str(len(cells)), "cells": first_of(said, MOST_NAMED_CELLS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One input cell as it stands; ``address`` is empty where it was not found.

    ``laid_out`` is where the form has it, ``font`` its font when that is one of
    before Unicode. Where a ``habit`` of people (a repair's code) makes it mean
    something else than what stands in it, that is ``meant``.
    """

    field: Field
    id: str
    sheet: str
    address: str = ""
    laid_out: str = ""
    raw: Raw = None
    broken: Broken | None = None
    found: Found = Found.POSITION
    fault: Fault | None = None
    font: str = ""
    meant: Raw = None
    habit: str = ""

    @property
    def means(self) -> Raw:
        """What is to be understood of it."""
        return self.meant if self.habit else self.raw

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.broken is None and is_blank_cell(self.raw)

    @property
    def content(self) -> Raw:
        """What stands in it, as two cells are compared: squeezed."""
        raw = self.broken.text if self.broken else self.raw
        return squeeze(raw) if isinstance(raw, str) else raw


@dataclass
class CellReader:
    """Takes the cells of one sheet as they stand, and notes which were taken."""

    cells: SheetCells
    read_at: list[Position] = with_default(default_factory=list)

    def take(self, field: Field, id_: str, at: Position, found: Found, laid_out: str) -> RawCell:
        """Return the cell of a field, meaning what is left where some is struck out.

        Of a workbook that counts days from 1904 the number of a day of birth means its year.
        """
        self.read_at.append(at)
        raw, left = self.cells.raw(*at), self.cells.struck.get(at)
        meant: Raw = None if left is None else left.strip()
        habit = "" if left is None else UNSTRUCK
        if self.cells.since_1904 and field.is_year and type(raw) is int:
            meant = year_of_serial(field, raw, since_1904=True)
            habit = BORN if meant else ""
        return RawCell(
            field=field,
            id=id_,
            sheet=self.cells.title,
            address=cell_name(*at),
            laid_out=laid_out,
            raw=raw,
            broken=self._contested(at) or self.cells.broken.get(at),
            found=found,
            font=self.cells.fonts.get(at, ""),
            meant=meant,
            habit=habit,
        )

    def _contested(self, at: Position) -> Broken | None:
        """Return what two readers see in a cell, where they do not agree."""
        if at not in self.cells.contested:
            return None
        both = self.cells.raw(*at), self.cells.contested[at]
        said = (LEFT_BLANK if is_blank_cell(x) else say.QUOTED.format(quoted_raw(x)) for x in both)
        return Broken("contested", say.ONE_OR_OTHER.join(said))

    @cached_property
    def first_of_joined(self) -> Mapping[Position, Position]:
        """For each cell joined to one above it in its column the first of them."""
        return {
            (row, left): (top, left)
            for top, left, bottom, right in self.cells.merged
            if left == right
            for row in range(top + 1, min(bottom, self.cells.height) + 1)
        }


@dataclass(frozen=True, slots=True)
class RawRow:
    """One filled row of a table: its number in the table and, as ``line``, in the sheet, from 1.

    ``beside`` are words that stand in the column of numbers, to the left of it.
    """

    number: int
    cells: Mapping[str, RawCell]
    line: int = 0
    beside: str = ""

    @property
    def typed(self) -> Mapping[str, Raw]:
        """What stands in its cells that are not blank."""
        return {id_: cell.content for id_, cell in self.cells.items() if not cell.is_blank}


@dataclass(frozen=True, slots=True)
class GatheredCells:
    """All cells of a form by field id, its tables' filled rows by table id, and what was seen.

    ``lost`` are the fields that the workbook does not have for certain, ``unread``
    the tables of which no row could be read. ``fates`` count by sheet what became of
    each cell that holds something.
    """

    cells: Mapping[str, RawCell] = with_default(default_factory=dict)
    tables: Mapping[str, tuple[RawRow, ...]] = with_default(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    lost: tuple[Field, ...] = ()
    fates: Mapping[str, Mapping[CellFate, int]] = with_default(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def all_cells(self) -> Iterator[RawCell]:
        """The cells of the pages, then those of the tables."""
        yield from self.cells.values()
        for rows in self.tables.values():
            for row in rows:
                yield from row.cells.values()
