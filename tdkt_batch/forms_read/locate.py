"""Where the cells of a form stand in a workbook: as laid out, else by labels and heads.

A label that stands in its place is enough. Where it does not, it is searched in
its column, in other spellings too; a defined name of the workbook decides between
two places. What is not found in exactly one place is not found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tdkt_batch.campaign.definition import Field, FieldKind, FormSheet, Line
from tdkt_batch.forms.layout import ACTUAL, HINT, LABEL, PAGE_HEAD_ROW, PLANNED
from tdkt_batch.model import Found, is_blank_cell
from tdkt_batch.vietnamese.labels import is_near, label_key, nearest_key
from tdkt_batch.wording.forms import PAGE_HEADS
from tdkt_batch.workbooks.defined_names import DefinedNames
from tdkt_batch.workbooks.read import SheetCells

FEWEST_LABELS = 4
"""A column is the one with the labels when it has at least one of so many."""
WIDEST, HIGHEST = 60, 5_000
"""How many columns and rows are searched for labels and heads."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field's cell was found; ``second`` is the other cell that a single one may be in."""

    row: int
    column: int
    found: Found
    second: int | None = None


@dataclass(frozen=True, slots=True)
class PageSpots:
    """The cells of a page by field id; ``lost_lines`` and ``lost_heads`` say what is not there."""

    spots: Mapping[str, Spot]
    lost_lines: tuple[Line, ...] = ()
    lost_heads: bool = False


def find_page(
    sheet: FormSheet, expected: tuple[int, ...], cells: SheetCells, names: DefinedNames
) -> PageSpots:
    """Return where the cells of a page's lines stand."""
    if is_page_in_place(sheet, expected, cells):
        lines = zip(sheet.lines, expected, strict=True)
        spots = (_spots(line, row, (PLANNED, ACTUAL), Found.POSITION) for line, row in lines)
        return PageSpots({field.id: spot for line in spots for field, spot in line})
    return _PageSearch(sheet, expected, cells, names).spots()


def is_page_in_place(sheet: FormSheet, expected: tuple[int, ...], cells: SheetCells) -> bool:
    """Tell whether the labels and heads all stand where the form has them, and only there."""
    heads = ((PAGE_HEAD_ROW, PLANNED), (PAGE_HEAD_ROW, ACTUAL))
    labels = {line.label for line in sheet.lines}
    below = range(expected[-1] + 1, cells.height)
    return (
        all(cells.text(row, column) == PAGE_HEADS[column] for row, column in heads)
        and all(
            cells.text(row, LABEL) == line.label
            for line, row in zip(sheet.lines, expected, strict=True)
        )
        and not any(cells.text(row, LABEL) in labels for row in below)
    )


def _spots(
    line: Line, row: int, columns: tuple[int | None, int | None], found: Found
) -> Iterator[tuple[Field, Spot]]:
    planned, actual = columns
    known = sorted(column for column in columns if column is not None)
    if line.single is not None and known:
        yield line.single, Spot(row, known[0], found, known[1] if len(known) > 1 else None)
    for field, column in ((line.planned, planned), (line.actual, actual)):
        if field is not None and column is not None:
            yield field, Spot(row, column, found)


class _PageSearch:
    """Finds a page's cells where something is not in its place."""

    def __init__(
        self, sheet: FormSheet, expected: tuple[int, ...], cells: SheetCells, names: DefinedNames
    ) -> None:
        self._sheet = sheet
        self._expected = expected
        self._cells = cells
        self._names = names
        self._keys = [label_key(line.label) for line in sheet.lines]
        column = self._find_label_column()
        self._label_column = LABEL if column is None else column
        self._there = {} if column is None else self._rows_by_key()
        self._rows = self._find_rows()
        self._columns = self._find_columns()

    def spots(self) -> PageSpots:
        """Return what was found, and what was not."""
        spots: dict[str, Spot] = {}
        lines = zip(self._sheet.lines, self._rows, self._expected, strict=True)
        for line, row, expected in lines:
            if row is not None:
                for field, spot in _spots(line, row, self._columns, Found.LABEL):
                    spots[field.id] = self._with_way(field, spot, expected)
        lost = [
            line
            for line, row in zip(self._sheet.lines, self._rows, strict=True)
            if row is None and line.fields
        ]
        return PageSpots(spots, tuple(lost), lost_heads=None in self._columns)

    def _with_way(self, field: Field, spot: Spot, expected: int) -> Spot:
        """Return the spot with how it was found: unmoved, named, or by its label only."""
        laid_out = ACTUAL if spot.column == ACTUAL else PLANNED
        if spot.row == expected and spot.column == laid_out and self._label_column == LABEL:
            return replace(spot, found=Found.POSITION)
        named = self._names.cell(field.id)
        if named and (named.row, named.column) == (spot.row, spot.column):
            return replace(spot, found=Found.NAME)
        return spot

    # --- rows ----------------------------------------------------------------------------

    def _find_label_column(self) -> int | None:
        """Return the column in which most different labels stand; the usual one of equals.

        One or two labels in another column are not enough: such words stand in the
        form's head and foot too.
        """
        wanted = set(self._keys)
        seen = {
            (column, key)
            for row in self._cells.rows[:HIGHEST]
            for column, cell in enumerate(row[:WIDEST])
            if isinstance(cell, str) and (key := label_key(cell)) in wanted
        }
        counts = Counter(column for column, _ in seen)
        best = max(counts, key=lambda c: (counts[c], c == LABEL, -c), default=LABEL)
        return best if FEWEST_LABELS * counts[best] >= len(wanted) else None

    def _rows_by_key(self) -> Mapping[str, list[int]]:
        there: dict[str, list[int]] = {}
        for row in range(min(self._cells.height, HIGHEST)):
            if text := self._cells.text(row, self._label_column):
                there.setdefault(label_key(text), []).append(row)
        return there

    def _find_rows(self) -> list[int | None]:
        """Return the row of each line; a misspelt label only between its neighbours."""
        rows = [self._row(number) for number in range(len(self._keys))]
        free = [key for key in self._there if key not in self._keys]
        for number, row in enumerate(rows):
            if row is None:
                rows[number] = self._misspelt_row(number, rows, free)
        return rows

    def _row(self, number: int) -> int | None:
        """Return the row of one label: the only one, else the form's own if no other contradicts.

        A label of several lines must stand as often as in the form, and is taken
        in the same order.
        """
        key, expected = self._keys[number], self._expected[number]
        there, times = self._there.get(key, []), self._keys.count(key)
        if times > 1:
            nth = self._keys[:number].count(key)
            return there[nth] if len(there) == times else None
        if len(there) < 2:
            return there[0] if there else None
        chosen = self._chosen_row(self._sheet.lines[number], there, expected)
        others = [row for row in there if row != chosen]
        if chosen is None or any(self._contradict(row, chosen) for row in others):
            return None
        return chosen

    def _chosen_row(self, line: Line, there: Sequence[int], expected: int) -> int | None:
        """Return which of several rows with the label is the form's own, by name, else by place."""
        cells = [self._names.cell(field.id) for field in line.fields]
        named = {cell.row for cell in cells if cell and cell.row in there}
        if len(named) == 1:
            return named.pop()
        return expected if not named and expected in there else None

    def _contradict(self, row: int, chosen: int) -> bool:
        """Tell whether something else was typed beside the same label."""
        columns = (self._label_column + 1, self._label_column + 2)
        typed = [self._cells.raw(row, column) for column in columns]
        own = [self._cells.raw(chosen, column) for column in columns]
        return typed != own and not all(is_blank_cell(raw) for raw in typed)

    def _misspelt_row(
        self, number: int, rows: Sequence[int | None], free: Sequence[str]
    ) -> int | None:
        key = nearest_key(self._keys[number], free)
        there = self._there.get(key or "", [])
        rivals = [k for k in self._keys if key is not None and is_near(key, k)]
        if key is None or len(there) != 1 or rivals != [self._keys[number]]:
            return None
        above = max((r for r in rows[:number] if r is not None), default=-1)
        below = min((r for r in rows[number + 1 :] if r is not None), default=there[0] + 1)
        return there[0] if above < there[0] < below else None

    # --- columns -------------------------------------------------------------------------

    def _find_columns(self) -> tuple[int | None, int | None]:
        """Return the columns Kế hoạch and Thực hiện, by their heads, else by the hints."""
        first = min((row for row in self._rows if row is not None), default=0)
        planned, actual = (label_key(PAGE_HEADS[column]) for column in (PLANNED, ACTUAL))
        found = [
            (columns[planned][0], columns[actual][0])
            for row in range(first)
            if (columns := self._columns_by_key(row))
            and len(columns.get(planned, ())) == len(columns.get(actual, ())) == 1
        ]
        if len(set(found)) == 1:
            return found[0]
        if not found and self._has_hints_beside():
            shift = self._label_column - LABEL
            return PLANNED + shift, ACTUAL + shift
        return None, None

    def _columns_by_key(self, row: int) -> Mapping[str, list[int]]:
        by_key: dict[str, list[int]] = {}
        for column in range(min(WIDEST, row_width(self._cells, row))):
            if text := self._cells.text(row, column):
                by_key.setdefault(label_key(text), []).append(column)
        return by_key

    def _has_hints_beside(self) -> bool:
        """Tell whether the hints stand as far from the labels as in the form.

        Then the two columns between them are the form's, whatever became of their
        heads. A day's hint is a formula and tells nothing.
        """
        column = self._label_column + HINT - LABEL
        hints = [
            (label_key(line.hint), label_key(self._cells.text(row, column)))
            for line, row in zip(self._sheet.lines, self._rows, strict=True)
            if row is not None and line.hint and not _is_hint_computed(line)
        ]
        return 2 * sum(one == other for one, other in hints) > len(hints) > 0


def _is_hint_computed(line: Line) -> bool:
    return any(field.kind in (FieldKind.DATE, FieldKind.NOTE) for field in line.fields)


def row_width(cells: SheetCells, row: int) -> int:
    """Return how many columns of a row are there."""
    return len(cells.rows[row]) if row < len(cells.rows) else 0
