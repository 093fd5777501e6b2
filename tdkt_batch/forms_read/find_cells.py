"""Where the cells of a form stand in a workbook: as laid out, else by labels and heads.

A label or head that stands in its place is enough. Where it does not, it is
searched, in other spellings too; a defined name of the workbook decides between
two places. What is not found in exactly one place is not found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as with_default

from tdkt_batch.campaign.form import Field, FieldKind, FormSheet, Line, Table
from tdkt_batch.forms.layout import (
    ACTUAL,
    HELPER_SHEET,
    HINT,
    LABEL,
    PAGE_HEAD_ROW,
    PLANNED,
    FormLayout,
    TablePlace,
)
from tdkt_batch.forms_read.find_ticks import Ticked, find_ticked, head_of_values
from tdkt_batch.values import Found, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.labels import is_near, label_key, nearest_key
from tdkt_batch.wording.forms import (
    MARKED,
    NOT_NEEDED,
    OPEN,
    PAGE_HEADS,
    RIGHT,
    TO_LOOK_AT,
    TO_MEND,
)
from tdkt_batch.workbooks.cells import SheetCells
from tdkt_batch.workbooks.read import Workbook

_VERDICT = re.compile(rf"\W*?[{MARKED}{TO_MEND}{TO_LOOK_AT}{RIGHT}{OPEN}]")
"""How what the form says of a cell begins, whatever unseen stands before it."""


FEWEST_LABELS = 4
"""A column is the one with the labels when it has at least one of so many."""
HIGHEST_TITLE = 5
"""So many rows above its heads a table's title is searched."""
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
    """The cells of a page by field id; ``lost_lines`` and ``lost_heads`` say what is not there.

    ``rows`` are those of the lines, in their order; ``columns`` those of Kế hoạch and
    Thực hiện. None stands for what was not found.
    """

    spots: Mapping[str, Spot]
    rows: tuple[int | None, ...]
    label_column: int = LABEL
    columns: tuple[int, int] | None = (PLANNED, ACTUAL)
    lost_lines: tuple[Line, ...] = ()

    @property
    def lost_heads(self) -> bool:
        """Whether the heads of the columns are not there."""
        return self.columns is None


def find_page(
    sheet: FormSheet, expected: tuple[int, ...], cells: SheetCells, book: Workbook
) -> PageSpots:
    """Return where the cells of a page's lines stand.

    In place is a page whose labels and heads all stand where the form has them, and
    only there.
    """
    if not _is_page_in_place(sheet, expected, cells):
        return _PageSearch(sheet, expected, cells, book).spots()
    lines = zip(sheet.lines, expected, strict=True)
    spots = (_spots(line, row, (PLANNED, ACTUAL), Found.POSITION) for line, row in lines)
    return PageSpots({field.id: spot for line in spots for field, spot in line}, expected)


def is_in_place(sheet: FormSheet, layout: FormLayout, cells: SheetCells) -> bool:
    """Tell whether the sheet's lines and tables stand where the form has them."""
    if sheet.lines and not _is_page_in_place(sheet, layout.line_rows[sheet.title], cells):
        return False
    return all(_is_table_in_place(table, layout.tables[table.id], cells) for table in sheet.tables)


def _is_page_in_place(sheet: FormSheet, expected: tuple[int, ...], cells: SheetCells) -> bool:
    labels = {line.label for line in sheet.lines}
    lines = zip(sheet.lines, expected, strict=True)
    below = range(expected[-1] + 1, cells.height)
    return (
        all(cells.text(PAGE_HEAD_ROW, column) == PAGE_HEADS[column] for column in (PLANNED, ACTUAL))
        and all(cells.text(row, LABEL) == line.label for line, row in lines)
        and not any(cells.text(row, LABEL) in labels for row in below)
    )


def _is_table_in_place(table: Table, expected: TablePlace, cells: SheetCells) -> bool:
    return all(
        cells.text(expected.head_row, expected.columns[column.id]) == column.label
        for column in table.columns
    )


def _spots(
    line: Line, row: int, columns: tuple[int | None, int | None], found: Found
) -> Iterator[tuple[Field, Spot]]:
    known = sorted(column for column in columns if column is not None)
    if line.single is not None and known:
        yield line.single, Spot(row, known[0], found, known[1] if len(known) > 1 else None)
    for field, column in zip((line.planned, line.actual), columns, strict=True):
        if field is not None and column is not None:
            yield field, Spot(row, column, found)


class _PageSearch:
    """Finds a page's cells where something is not in its place."""

    def __init__(
        self, sheet: FormSheet, expected: tuple[int, ...], cells: SheetCells, book: Workbook
    ) -> None:
        self._sheet = sheet
        self._expected = expected
        self._cells = cells
        self._names = book.named_cells(cells.title)
        self._keys = [label_key(line.label) for line in sheet.lines]
        self._label_column, self._rows_by_key = self._find_labels()
        self._rows = self._find_rows()
        self._columns = self._find_columns()

    def spots(self) -> PageSpots:
        """Return what was found and how: unmoved, by name, or by the label only."""
        spots: dict[str, Spot] = {}
        lost: list[Line] = []
        for line, row, expected in zip(self._sheet.lines, self._rows, self._expected, strict=True):
            if row is None:
                lost += [line] if line.fields else []
                continue
            for field, spot in _spots(line, row, self._columns, Found.LABEL):
                laid_out = ACTUAL if spot.column == ACTUAL else PLANNED
                place = (expected, laid_out) if self._label_column == LABEL else None
                found = Found.LABEL
                if (spot.row, spot.column) == place:
                    found = Found.POSITION
                elif (spot.row, spot.column) == self._names.get(field.id):
                    found = Found.NAME
                spots[field.id] = replace(spot, found=found)
        planned, actual = self._columns
        columns = None if planned is None or actual is None else (planned, actual)
        return PageSpots(spots, tuple(self._rows), self._label_column, columns, tuple(lost))

    def _find_labels(self) -> tuple[int, Mapping[str, list[int]]]:
        """Return the column with most different labels, the usual one of equals, and its rows.

        One or two labels in another column are not enough: such words stand in the
        form's head and foot too. No rows are returned then.
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
        if FEWEST_LABELS * counts[best] < len(wanted):
            return LABEL, {}
        rows = range(min(self._cells.height, HIGHEST))
        return best, _places_by_key(self._cells.text(row, best) for row in rows)

    def _find_rows(self) -> list[int | None]:
        """Return the row of each line; a misspelt label only between its neighbours."""
        rows = [self._row(number) for number in range(len(self._keys))]
        free = [key for key in self._rows_by_key if key not in self._keys]
        for number, row in enumerate(rows):
            key = _misspelling(self._keys[number], self._keys, free) if row is None else None
            there = self._rows_by_key[key] if key else []
            if len(there) == 1:
                above = max((r for r in rows[:number] if r is not None), default=-1)
                below = min((r for r in rows[number + 1 :] if r is not None), default=there[0] + 1)
                rows[number] = there[0] if above < there[0] < below else None
        return rows

    def _row(self, number: int) -> int | None:
        """Return the row of one label: the only one, else the form's own if no other contradicts.

        A label of several lines must stand as often as in the form, and is taken
        in the same order. Of several rows the form's own is the one with its name,
        else the one in its place; another contradicts it when something else was
        typed beside the same label.
        """
        key, line, chosen = self._keys[number], self._sheet.lines[number], self._expected[number]
        there, times = self._rows_by_key.get(key, []), self._keys.count(key)
        if times > 1:
            return there[self._keys[:number].count(key)] if len(there) == times else None
        if len(there) < 2:
            return there[0] if there else None
        cells = [self._names[field.id] for field in line.fields if field.id in self._names]
        named = {row for row, _ in cells if row in there}
        if len(named) == 1:
            chosen = named.pop()
        elif named or chosen not in there:
            return None
        beside = (self._label_column + 1, self._label_column + 2)
        typed = {row: [self._cells.raw(row, column) for column in beside] for row in there}
        is_contradicted = any(
            one != typed[chosen] and not all(is_blank_cell(raw) for raw in one)
            for one in typed.values()
        )
        return None if is_contradicted else chosen

    def _find_columns(self) -> tuple[int | None, int | None]:
        """Return the columns Kế hoạch and Thực hiện, by their heads, else by the hints.

        Where the hints stand as far from the labels as in the form, the two columns
        between them are the form's, whatever became of their heads; so where its verdicts
        stand in their place. A day's hint tells nothing.
        """
        first = min((row for row in self._rows if row is not None), default=0)
        planned, actual = (label_key(PAGE_HEADS[column]) for column in (PLANNED, ACTUAL))
        found = [
            (columns[planned][0], columns[actual][0])
            for row in range(first)
            if (columns := _columns_by_key(self._cells, row))
            and len(columns.get(planned, ())) == len(columns.get(actual, ())) == 1
        ]
        if len(set(found)) == 1:
            return found[0]
        shift = self._label_column - LABEL
        are_hints_there = [
            label_key(line.hint) == label_key(self._cells.text(row, HINT + shift))
            or is_verdict(self._cells.text(row, HINT + shift))
            for line, row in zip(self._sheet.lines, self._rows, strict=True)
            if row is not None
            and line.hint
            and not any(field.kind in (FieldKind.DATE, FieldKind.NOTE) for field in line.fields)
        ]
        if not found and 2 * sum(are_hints_there) > len(are_hints_there):
            return PLANNED + shift, ACTUAL + shift
        return None, None


def is_verdict(text: str) -> bool:
    """Tell whether a text is what the form says of a cell, or its formula, not calculated."""
    is_formula = text.startswith("=") and HELPER_SHEET in text
    is_needless = label_key(text) == label_key(NOT_NEEDED)
    return is_formula or is_needless or bool(_VERDICT.match(squeeze(text)))


def _columns_by_key(cells: SheetCells, row: int) -> Mapping[str, list[int]]:
    width = len(cells.rows[row]) if row < len(cells.rows) else 0
    return _places_by_key(cells.text(row, column) for column in range(min(WIDEST, width)))


def _places_by_key(texts: Iterable[str]) -> Mapping[str, list[int]]:
    """Return at which places each text stands, by its key."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        if text:
            places.setdefault(label_key(text), []).append(place)
    return places


def _misspelling(key: str, keys: Iterable[str], free: Sequence[str]) -> str | None:
    """Return the one of ``free`` that misspells ``key``, and none other of ``keys``."""
    near = nearest_key(key, free)
    return near if near and [k for k in keys if is_near(near, k)] == [key] else None


# --- tables ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableSpot:
    """Where a table stands, and the columns whose heads are not there once.

    ``ticked`` are the columns of which each value has a column of its own, ``further``
    other sheet columns of a text that is written in several. ``above`` is where the rows
    over its heads are the table's too: those of the form, or of another list.
    """

    place: TablePlace
    found: Found = Found.POSITION
    lost: tuple[Field, ...] = ()
    ticked: Mapping[str, Ticked] = with_default(default_factory=dict)
    further: Mapping[str, tuple[int, ...]] = with_default(default_factory=dict)
    above: TableSpot | None = None

    @property
    def columns(self) -> frozenset[int]:
        """All columns of the sheet that are the table's."""
        ticked = (at for one in self.ticked.values() for at in one.value_by_column)
        further = (at for others in self.further.values() for at in others)
        return frozenset((*self.place.columns.values(), *ticked, *further))

    def part_of(self, row: int) -> TableSpot:
        """Return the part of the table that a row lies in: this one, or one above its heads."""
        return self.above.part_of(row) if self.above and row < self.place.head_row else self

    @property
    def parts(self) -> tuple[TableSpot, ...]:
        """The parts of the table, from the top."""
        return (*(self.above.parts if self.above else ()), self)


def find_table(
    table: Table, expected: TablePlace, cells: SheetCells, book: Workbook
) -> TableSpot | None:
    """Return where the table stands: as expected, else where most of its heads are.

    None when no row holds more than half of its heads, when two rows hold as
    many, or when no column by which its rows are known is found.
    """
    if _is_table_in_place(table, expected, cells):
        return _with_own_lists(_with_ticked(TableSpot(expected), table, cells), table, cells)
    rows = {row: _head_columns(table, cells, row) for row in range(min(cells.height, HIGHEST))}
    most = max((len(columns) for columns in rows.values()), default=0)
    best = [row for row, columns in rows.items() if len(columns) == most]
    if expected.head_row in best:
        best = [expected.head_row]
    elif all(rows[row] == rows[best[0]] for row in best):
        best = best[:1]  # the heads once more below, as over a second page
    if 2 * most <= len(table.columns) or len(best) != 1:
        return None
    head_row, columns = best[0], rows[best[0]]
    if not any(id_ in columns for id_ in table.key):
        return None
    lost = tuple(column for column in table.columns if column.id not in columns)
    shift = head_row - expected.head_row
    place = replace(
        expected,
        title_row=_title_row(table, expected, cells, head_row),
        head_row=head_row,
        first_row=expected.first_row + shift,
        columns=columns,
    )
    found = Found.LABEL
    if shift == 0 and all(expected.columns[id_] == column for id_, column in columns.items()):
        found = Found.POSITION
    else:
        names = book.named_cells(cells.title)
        own = {id_: names.get(f"{table.id}.{id_}") for id_ in columns}
        if all(own[id_] == (place.first_row, column) for id_, column in columns.items()):
            found = Found.NAME
    further = _further_columns(table, columns, cells, head_row)
    return _with_ticked(TableSpot(place, found, lost, further=further), table, cells)


FEWEST_HEADS = 3
"""How many heads a list of the unit's own has at least."""


def _with_own_lists(spot: TableSpot, table: Table, cells: SheetCells) -> TableSpot:
    """Return where the lists of the unit's own stand that were pasted with their heads below.

    Their columns are as they have them; what one does not have is blank. Rows above its
    heads are the form's, or those of the list before it.
    """
    form = spot.place
    for row in range(form.first_row, min(form.first_row + form.capacity, cells.height)):
        if cells.number_of_texts(row) < FEWEST_HEADS:  # as most rows, which are blank
            continue
        columns = _head_columns(table, cells, row)
        if len(columns) < FEWEST_HEADS or not all(id_ in columns for id_ in table.key):
            continue
        if not _is_repeated(spot, columns, cells, row):
            place = replace(form, head_row=row, first_row=row + 1, columns=columns)
            further = _further_columns(table, columns, cells, row)
            own = TableSpot(place, Found.LABEL, further=further, above=spot)
            spot = _with_ticked(own, table, cells)
    return spot


def _is_repeated(spot: TableSpot, columns: Mapping[str, int], cells: SheetCells, row: int) -> bool:
    """Tell whether the heads in a row are those over the rows above it once more.

    No other head stands over a column that is the table's there.
    """
    own = spot.place.columns
    return all(own.get(id_) == at for id_, at in columns.items()) and all(
        id_ in columns or not cells.text(row, at).strip() for id_, at in own.items()
    )


def _further_columns(
    table: Table, columns: Mapping[str, int], cells: SheetCells, row: int
) -> Mapping[str, tuple[int, ...]]:
    """Return by column of texts where else a head of it stands: *Chức vụ* and *Đơn vị*."""
    seen, taken = _columns_by_key(cells, row), set(columns.values())
    further: dict[str, tuple[int, ...]] = {}
    for column in table.columns:
        if column.id not in columns or column.kind is not FieldKind.TEXT or column.id in table.key:
            continue
        heads = map(label_key, (column.label, *column.other_heads))
        found = {seen[key][0] for key in heads if len(seen.get(key, ())) == 1} - taken
        if found:
            further[column.id] = tuple(sorted(found))
    return further


def _title_row(table: Table, expected: TablePlace, cells: SheetCells, head_row: int) -> int:
    """Return the row of the table's title: near above its heads, else as far as in the form."""
    title, highest = label_key(table.title), max(head_row - HIGHEST_TITLE, 0)
    for row in range(head_row - 1, highest - 1, -1):
        if title in _columns_by_key(cells, row):
            return row
    return head_row - (expected.head_row - expected.title_row)


def _with_ticked(spot: TableSpot, table: Table, cells: SheetCells) -> TableSpot:
    """Return the spot with the columns of one value each, and those that only name theirs."""
    place, ticked = spot.place, find_ticked(table, spot.place, cells)
    columns = dict(place.columns)
    for column in spot.lost:
        if column.id in ticked and not ticked[column.id].owner:
            columns[column.id] = min(ticked[column.id].value_by_column)
        elif (at := head_of_values(column, place, cells)) is not None:
            columns[column.id] = at
    if not ticked and len(columns) == len(place.columns):
        return spot
    below = int(any(one.has_row for one in ticked.values()))
    return replace(
        spot,
        place=replace(place, columns=columns, first_row=place.first_row + below),
        lost=tuple(c for c in spot.lost if c.id not in ticked and c.id not in columns),
        ticked=ticked,
    )


def _head_columns(table: Table, cells: SheetCells, row: int) -> Mapping[str, int]:
    """Return the column of each head that stands in the row exactly once."""
    seen = _columns_by_key(cells, row)
    wanted = {label_key(column.label): column.id for column in table.columns}
    found = {wanted[key]: at for key, at in seen.items() if key in wanted}
    for column in table.columns:
        others = (key for key in map(label_key, column.other_heads) if key in seen)
        if column.id not in found and (key := next(others, None)):
            found[column.id] = seen[key]
    if 2 * len(found) > len(wanted):
        free = [key for key in seen if key not in wanted]
        for key, id_ in wanted.items():
            if id_ not in found and (near := _misspelling(key, wanted, free)):
                found[id_] = seen[near]
    return {id_: at[0] for id_, at in found.items() if len(at) == 1}
