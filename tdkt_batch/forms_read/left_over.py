"""What becomes of each cell of a form's sheet: nothing typed into it is lost in silence.

Every cell that holds something is a value, the form's own word, an addition apart
from the fields, or left over: beside an input, between the lines, inside a table's
width. What is left over could belong to a field, and is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from heapq import merge

from tdkt_batch.campaign.form import FieldKind, FormSheet, Line, Table
from tdkt_batch.forms_read.find_cells import PageSpots, TableSpot, is_verdict
from tdkt_batch.values import is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording.forms import PAGE_HEADS
from tdkt_batch.wording.forms_write import ROW_CHECK
from tdkt_batch.workbooks.cells import Position, SheetCells

_LONGEST_NUMBER = 6
"""A longer text in the column STT is no number of a line or row."""


class CellFate(Enum):
    """What became of a cell that holds something.

    The value of a field or row; a label, head, hint or other word that the form has
    there; what the unit put apart from the fields, such as signatures; or a cell that
    could belong to a field and counts for none.
    """

    VALUE = "value"
    FORM = "form"
    ADDITION = "addition"
    LEFT_OVER = "left_over"


@dataclass(frozen=True, kw_only=True)
class FilledSheet:
    """A form's sheet as it was found: its cells, and where lines and tables stand.

    ``page`` is None where the sheet has no lines or most are not found, which is
    said at once; so is a table without a spot. ``has_own_hints`` tells that the sheet
    is of the form's own version.
    """

    sheet: FormSheet
    cells: SheetCells
    page: PageSpots | None
    tables: Mapping[str, TableSpot | None]
    has_own_hints: bool = True

    def fates(self, values: Sequence[Position]) -> dict[Position, CellFate]:
        """Return what becomes of each cell that holds something; ``values`` are those read."""
        read = set(values)
        return {
            at: CellFate.VALUE if at in read else self._fate(*at) for at in filled_cells(self.cells)
        }

    def place_of(self, at: Position) -> str:
        """Return the id of the table that the cell lies in; "" for the page."""
        above = self._table_above(at[0])
        return above[0].id if above else ""

    def _fate(self, row: int, column: int) -> CellFate:
        if above := self._table_above(row):
            table, spot = above
            return self._fate_in_table(table, spot.part_of(row), row, column)
        if self.page is None or self.page.columns is None:
            return CellFate.FORM
        return self._fate_in_page(self.page, self.page.columns, row, column)

    def _table_above(self, row: int) -> tuple[Table, TableSpot] | None:
        """Return the table whose rows the row may be one of: the nearest title above it."""
        above = (one for one in self._upwards if one[1].place.title_row <= row)
        return next(above, None)

    @cached_property
    def _upwards(self) -> Sequence[tuple[Table, TableSpot]]:
        """The tables that were found, from the lowest upwards."""
        spots = [(t, spot) for t in self.sheet.tables if (spot := self.tables[t.id])]
        return sorted(spots, key=lambda one: -one[1].place.title_row)

    # --- a page ------------------------------------------------------------------------------

    @cached_property
    def _line_by_row(self) -> Mapping[int, Line]:
        if self.page is None:
            return {}
        lines = zip(self.page.rows, self.sheet.lines, strict=True)
        return {row: line for row, line in lines if row is not None}

    @cached_property
    def _between(self) -> tuple[int, int]:
        """The rows of the first line and the last; none lies between where none was found."""
        rows = self._line_by_row
        return (min(rows), max(rows)) if rows else (0, -1)

    @cached_property
    def _own_words(self) -> frozenset[str]:
        """What the form says over its columns and beside its lines."""
        hints = (line.hint for line in self.sheet.lines)
        return frozenset(map(label_key, (*PAGE_HEADS, *hints)))

    def _fate_in_page(
        self, page: PageSpots, columns: tuple[int, int], row: int, column: int
    ) -> CellFate:
        label, hint = page.label_column, max(columns) + 1
        text, (first, last) = self.cells.text(row, column), self._between
        if not first <= row <= last:
            return CellFate.FORM if column <= hint else CellFate.ADDITION
        line = self._line_by_row.get(row)
        if line is None:
            is_own = column == hint and is_verdict(text)
            if is_own or (text and label_key(text) in self._own_words):
                return CellFate.FORM
            is_number = column < label and self._is_number(row, column)
            return CellFate.ADDITION if is_number or column > hint else CellFate.LEFT_OVER
        is_input = bool(line.fields or line.fact)
        is_own = (
            column == label
            or (column < label and self._is_number(row, column))
            or (column in columns and (bool(line.fact) or self._is_head(line, text)))
            or (column == hint and self._is_hint(line, text))
        )
        if is_own:
            return CellFate.FORM
        return CellFate.LEFT_OVER if is_input or column <= hint else CellFate.ADDITION

    def _is_hint(self, line: Line, text: str) -> bool:
        """Tell whether the form has this text beside a line: a day's or fact's hint is reckoned."""
        is_reckoned = bool(line.fact) or any(f.kind is FieldKind.DATE for f in line.fields)
        hint, said = label_key(line.hint), label_key(text)
        return (
            is_reckoned
            or not self.has_own_hints
            or is_verdict(text)
            or (bool(said) and (hint in said or said in hint))
        )

    def _is_head(self, line: Line, text: str) -> bool:
        """Tell whether a heading has the heads of the columns below it again."""
        return not line.fields and label_key(text) in map(label_key, PAGE_HEADS)

    def _is_number(self, row: int, column: int) -> bool:
        return not words_beside(self.cells, row, column)

    # --- a table -----------------------------------------------------------------------------

    def _fate_in_table(self, table: Table, spot: TableSpot, row: int, column: int) -> CellFate:
        place = spot.place
        first, last = min(spot.columns), max(spot.columns)
        head = self.cells.text(place.head_row, column)
        if column > last and label_key(head) == label_key(ROW_CHECK) and row >= place.head_row:
            return CellFate.FORM  # what the form says of each row
        if row < place.first_row:
            return CellFate.FORM if column <= last else CellFate.ADDITION
        if column < first:
            if self._is_number(row, column):
                return CellFate.FORM
            # a heading over the row, which is named, or words beside a person
            is_heading = column == first - 1 and all(
                is_blank_cell(self.cells.raw(row, at)) for at in spot.columns
            )
            return CellFate.ADDITION if is_heading else CellFate.LEFT_OVER
        if column in place.columns.values():
            # a head that is repeated, or a row that is no longer the table's
            is_head = label_key(self.cells.text(row, column)) in {
                label_key(c.label) for c in table.columns
            }
            return CellFate.FORM if is_head else CellFate.ADDITION
        is_beside = column > last
        has_head = not is_blank_cell(self.cells.raw(place.head_row, column))
        is_row = any(
            not is_blank_cell(self.cells.raw(row, place.columns[key]))
            for key in table.key
            if key in place.columns
        )
        if is_beside and (has_head or not is_row):
            return CellFate.ADDITION
        return CellFate.LEFT_OVER


def words_beside(cells: SheetCells, row: int, column: int) -> str:
    """Return the words in the column of numbers; "" where a number stands there, or nothing."""
    text = squeeze(cells.text(row, column)) if column >= 0 else ""
    return text if len(text) > _LONGEST_NUMBER else ""


def filled_cells(cells: SheetCells) -> Iterator[Position]:
    """Yield the places of all cells that hold something, row by row."""
    broken = sorted(cells.broken)
    typed = (
        (row, column)
        for row, raws in enumerate(cells.rows)
        for column, raw in enumerate(raws)
        if (row, column) not in cells.broken and not is_blank_cell(raw)
    )
    yield from merge(typed, broken)
