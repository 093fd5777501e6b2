"""The raw cells of a form as they stand in a workbook, and how each was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as with_default

from tdkt_batch.campaign.definition import Field
from tdkt_batch.model import Fault, Found, Raw, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.workbooks.suspicious_cells import Broken


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One input cell as it stands; ``address`` is empty where it was not found.

    ``laid_out`` is where the form has it, ``font`` its font when that is one of
    before Unicode.
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

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.broken is None and is_blank_cell(self.raw)

    @property
    def is_moved(self) -> bool:
        """Whether it stands elsewhere than the form has it."""
        return self.found in (Found.NAME, Found.LABEL) and self.address != self.laid_out


@dataclass(frozen=True, slots=True)
class RawRow:
    """One filled row of a table, counted from 1."""

    number: int
    cells: Mapping[str, RawCell]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All cells of a form by field id, its tables' filled rows by table id, and what was seen.

    ``lost`` are the fields that the workbook does not have for certain.
    """

    cells: Mapping[str, RawCell] = with_default(default_factory=dict)
    tables: Mapping[str, tuple[RawRow, ...]] = with_default(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    lost: tuple[Field, ...] = ()

    @property
    def all_cells(self) -> Iterator[RawCell]:
        """The cells of the pages, then those of the tables."""
        yield from self.cells.values()
        for rows in self.tables.values():
            for row in rows:
                yield from row.cells.values()


def absent_cell(field: Field, sheet: str) -> RawCell:
    """Return a cell that was not found."""
    return RawCell(field=field, id=field.id, sheet=sheet)


def content_of(cell: RawCell) -> Raw:
    """Return what stands in a cell, as two cells are compared: squeezed."""
    raw = cell.broken.text if cell.broken else cell.raw
    return squeeze(raw) if isinstance(raw, str) else raw
