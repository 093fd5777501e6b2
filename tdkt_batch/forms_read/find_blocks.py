"""Where the sheets of one or several forms stand on one sheet of a workbook: as blocks.

People paste one form below another, or beside it. A page is known by its labels, a
sheet of tables by its heads; each block reaches to the next, so that no cell is in none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tdkt_batch.campaign.form import Form, FormSheet
from tdkt_batch.forms.layout import LABEL, PAGE_HEAD_ROW, PLANNED, layout_of
from tdkt_batch.values import is_blank_cell
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording.forms import PAGE_HEADS
from tdkt_batch.workbooks.cells import WIDEST, Box, SheetCells

_HIGHEST, _WIDEST = 5_000, 60
"""How many rows and columns are searched."""
_MOST_LABELS = 0.6
"""The share of a page's labels that each block of it has."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a sheet that is one sheet of the form."""

    sheet: FormSheet
    box: Box


def page_labels(page: FormSheet) -> frozenset[str]:
    """Return the keys of the labels that stand once in a page of the form."""
    counts = Counter(label_key(line.label) for line in page.lines)
    return frozenset(key for key, times in counts.items() if key and times == 1)


def times_there(labels: frozenset[str], cells: SheetCells) -> int:
    """Return how often the page with these labels stands on a sheet."""
    return sum(map(len, _rounds_by_column(labels, cells).values()))


def blocks_in(form: Form, cells: SheetCells) -> tuple[Block, ...]:
    """Return the blocks on a sheet, those side by side one after another.

    None where the form's page does not stand there, or its labels do not part it.
    """
    rounds = _rounds_by_column(page_labels(form.sheets[0]), cells)
    columns = sorted(rounds)
    lefts = [0, *(column - LABEL for column in columns[1:]), WIDEST]
    blocks: list[Block] = []
    for column, (left, after) in zip(columns, pairwise(lefts), strict=True):
        pages = [_page(form.sheets[0], rows, cells, column) for rows in rounds[column]]
        blocks += _parted([*pages, *_tables(form, cells, left, after)], cells, left, after - 1)
    return tuple(blocks)


def lists_in(form: Form, cells: SheetCells) -> tuple[Block, ...]:
    """Return the blocks on a sheet on which no page of the form stands: its sheets of tables."""
    return tuple(_parted(_tables(form, cells, 0, WIDEST), cells, 0, WIDEST - 1))


# --- where they begin ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a block is known by: from ``row`` to ``last``, below a title of some rows.

    ``keys`` are the columns that tell a table's rows.
    """

    sheet: FormSheet
    row: int
    last: int
    title: int
    keys: tuple[int, ...] = ()


def _page(page: FormSheet, rows: Sequence[int], cells: SheetCells, column: int) -> _Mark:
    """Return the mark of a page whose labels stand in these rows, from its heads on."""
    above = label_key(cells.text(rows[0] - 1, column + PLANNED - LABEL)) if rows[0] else ""
    first = rows[0] - (above == label_key(PAGE_HEADS[PLANNED]))
    return _Mark(page, first, rows[-1], PAGE_HEAD_ROW)


def _parted(marks: Sequence[_Mark], cells: SheetCells, left: int, right: int) -> list[Block]:
    """Return a block for each mark; none where marks lie in one another."""
    marks = sorted(marks, key=lambda mark: mark.row)
    if not marks or any(one.last >= two.row for one, two in pairwise(marks)):
        return []
    tops = [0]
    for above, below in pairwise(marks):
        top = below.row
        while top > max(below.row - below.title, above.last + 1) and not any(
            not is_blank_cell(cells.raw(top - 1, key)) for key in above.keys
        ):
            top -= 1
        tops.append(top)
    ends = [*(top - 1 for top in tops[1:]), max(cells.height - 1, 0)]
    return [
        Block(mark.sheet, (top, left, end, right))
        for mark, top, end in zip(marks, tops, ends, strict=True)
    ]


def _rounds_by_column(labels: frozenset[str], cells: SheetCells) -> Mapping[int, list[list[int]]]:
    """Return by column the rows of a page's labels, parted where a label comes again.

    Nothing where a part is no whole page: then it is no page that comes again.
    """
    rounds: dict[int, list[dict[str, int]]] = {}
    for row, column, key in _texts(cells):
        if key in labels:
            own = rounds.setdefault(column, [{}])
            if key in own[-1]:
                own.append({})
            own[-1][key] = row
    enough = _MOST_LABELS * len(labels)
    pages = {
        column: [list(one.values()) for one in own]
        for column, own in rounds.items()
        if any(len(one) >= enough for one in own)
    }
    is_parted = all(len(rows) >= enough for own in pages.values() for rows in own)
    return pages if is_parted else {}


def _tables(form: Form, cells: SheetCells, left: int, after: int) -> list[_Mark]:
    """Return where sheets of tables begin: at heads of another sheet, or above the number 1.

    Heads that are repeated above a further page of one list begin none.
    """
    columns_by_row: dict[int, dict[str, int]] = {}
    for row, column, key in _texts(cells):
        if left <= column < after:
            columns_by_row.setdefault(row, {}).setdefault(key, column)
    places, marks = layout_of(form).tables, list[_Mark]()
    for row, columns in columns_by_row.items():
        for sheet in form.sheets[1:]:
            for table in sheet.tables:
                heads = {
                    column.id: columns[key]
                    for column in table.columns
                    if (key := label_key(column.label)) in columns
                }
                if 2 * len(heads) <= len(table.columns):
                    continue
                number = cells.raw(row + 1, max(min(heads.values()) - 1, 0))
                is_next = table is not sheet.tables[0] or str(number) != "1"
                if not (marks and marks[-1].sheet is sheet and is_next):
                    keys = tuple(heads[id_] for id_ in table.key if id_ in heads)
                    marks.append(_Mark(sheet, row, row, places[table.id].head_row, keys))
    return marks


def _texts(cells: SheetCells) -> Iterator[tuple[int, int, str]]:
    for row, raws in enumerate(cells.rows[:_HIGHEST]):
        for column, raw in enumerate(raws[:_WIDEST]):
            if isinstance(raw, str) and (key := label_key(raw)):
                yield row, column, key
