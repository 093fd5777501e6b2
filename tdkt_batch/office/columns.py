"""A table with heads somewhere on a sheet: which column is which, however the heads are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tdkt_batch.values import Raw, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.labels import is_near, label_key
from tdkt_batch.vietnamese.spelling import without_marks
from tdkt_batch.workbooks.cells import SheetCells, cell_name

HEAD_ROWS = 60
"""A table's heads stand within so many rows from the top."""
TALLEST_HEAD = 3
"""Heads of heads: so many rows together name a column."""

_FEWEST = 2
"""So many columns of ours tell a table."""

Heads = Mapping[str, Sequence[str]]
"""By column id, all that people write above the column; its own heading is the first."""


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """Where a table was found: the row below its heads, and where each column stands.

    ``passed_over`` are the heads of columns that are none of ours, with their cells;
    ``twice`` those of a column that stands there already.
    """

    cells: SheetCells
    first: int
    places: Mapping[str, int]
    passed_over: tuple[tuple[str, str], ...] = ()
    twice: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> Iterator[tuple[int, dict[str, Raw]]]:
        """Yield each row below the heads that holds anything in our columns, by column id."""
        for row in range(self.first, self.cells.height):
            raws = {id_: self.cells.raw(row, column) for id_, column in self.places.items()}
            if not all(map(is_blank_cell, raws.values())):
                yield row, raws

    def cell(self, row: int, column: str) -> str:
        """Return the name of a cell; of a column that is not there, of the row's first."""
        return cell_name(row, self.places.get(column, min(self.places.values())))


class HeadNames:
    """Knows which column is meant by what stands above it."""

    def __init__(self, heads: Heads) -> None:
        self._by_key = {label_key(head): id_ for id_, names in heads.items() for head in names}
        self._by_unmarked: dict[str, set[str]] = {}
        for key, id_ in self._by_key.items():
            self._by_unmarked.setdefault(without_marks(key), set()).add(id_)

    def column(self, texts: Sequence[str]) -> str | None:
        """Return the column that one of the texts names, the first that does; marks may lack."""
        for key in map(label_key, texts):
            if id_ := self._by_key.get(key):
                return id_
            ids = self._by_unmarked.get(without_marks(key), ())
            if len(ids) == 1:
                return next(iter(ids))
        return None

    def nearest(self, texts: Sequence[str]) -> str | None:
        """Return the one column whose head a text misspells; None where that is not clear."""
        for key in map(label_key, texts):
            near = {id_ for head, id_ in self._by_key.items() if is_near(key, head)}
            if len(near) == 1:
                return near.pop()
        return None


def find_table(cells: SheetCells, names: HeadNames, wanted: Sequence[str]) -> ColumnTable | None:
    """Return the table whose heads are most like ours; None without one of the ``wanted``.

    The row that knows the most columns, with those above it where heads stand over heads;
    of equals the shortest and first. A known column alone is no table.
    """
    best: tuple[tuple[int, int, int], ColumnTable] | None = None
    for last in range(min(cells.height, HEAD_ROWS)):
        for tall in range(1, min(TALLEST_HEAD, last + 1) + 1):
            table = _table(cells, range(last - tall + 1, last + 1), names)
            if len(table.places) < _FEWEST or not any(id_ in table.places for id_ in wanted):
                continue
            rank = (len(table.places), -tall, -last)
            if best is None or rank > best[0]:
                best = rank, table
    return best[1] if best else None


def _table(cells: SheetCells, rows: range, names: HeadNames) -> ColumnTable:
    """Return the table whose heads these rows would be."""
    width = max((len(cells.rows[row]) for row in rows if row < len(cells.rows)), default=0)
    heads: dict[int, tuple[str, ...]] = {}
    for column in range(width):
        if texts := [text for row in rows if (text := _head_text(cells, row, column))]:
            # the lowest head names the column, with those over it where it alone says nothing
            heads[column] = tuple(dict.fromkeys((texts[-1], " ".join(texts), *reversed(texts))))
    places: dict[str, int] = {}
    others: list[tuple[str, str]] = []
    twice: list[tuple[str, str]] = []
    ids = {column: names.column(texts) for column, texts in heads.items()}
    are_heads = len({id_ for id_ in ids.values() if id_}) >= _FEWEST
    for column, written in heads.items():
        id_ = ids[column] or (names.nearest(written) if are_heads else None)
        at = cell_name(rows[-1], column), written[0]
        if id_ is None:
            others.append(at)
        elif id_ in places:
            twice.append(at)
        else:
            places[id_] = column
    return ColumnTable(cells, rows[-1] + 1, places, tuple(others), tuple(twice))


def _head_text(cells: SheetCells, row: int, column: int) -> str:
    """Return what is written at a cell, or in the first cell of the area it is joined to."""
    if text := squeeze(cells.text(row, column)):
        return text
    for top, left, bottom, right in cells.merged:
        if top <= row <= bottom and left <= column <= right:
            return squeeze(cells.text(top, left))
    return ""
