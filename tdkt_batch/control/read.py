"""The control workbook → the board's decisions.

A row that cannot be taken costs that row only: a note says where, what is wrong
and what to do, and what was typed is kept to be written back. A file that cannot
be read at all gives a note and no decisions; nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.columns import SHEETS, ColumnUse, ControlSheet, Refused
from tdkt_batch.control.decision_row import DecisionRow, TypedNames, decision_of
from tdkt_batch.control.standing_rows import StandingRows
from tdkt_batch.model import Decision, Source
from tdkt_batch.rules.decisions import family_of
from tdkt_batch.values import is_blank_cell
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording import control as say
from tdkt_batch.wording.shared import file_reason
from tdkt_batch.workbooks.cells import SheetCells
from tdkt_batch.workbooks.read import UnreadError, open_workbook

FILE = "so-quyet-dinh.xlsx"
HEAD_ROWS = 60
"""A table's heads stand within so many rows from the top."""
LEAST_HEADS = 4
"""So many heads of a sheet in one row tell that it is this sheet."""
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What the board decided, as its control workbook says it.

    ``notes`` are sentences for the board, ``refused`` the rows that could not be
    taken, to be written back. ``is_unreadable`` says that a file was there of
    which nothing, or not every sheet, could be read, so that it is not thrown away.
    """

    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    is_unreadable: bool = False


def read_control(
    content: bytes,
    campaign: Campaign,
    files: Iterable[Source] = (),
    decisions: Iterable[Decision] = (),
) -> Control:
    """Return the decisions in a control workbook, and notes on what could not be taken.

    ``files`` are those that arrived, of which the board may name one, ``decisions``
    those taken before: a row of one that stands is never refused, and one that was
    blanked goes on standing.
    """
    try:
        return _Reader(campaign, files, decisions).read(content)
    except UnreadError as error:
        return _unreadable(f"{file_reason(error.unread.reason, error.unread.details)}.")
    except Exception as error:  # noqa: BLE001 — a broken workbook must not stop the month
        said = f"{type(error).__name__}: {error}"
        return _unreadable(say.CANNOT_BE_READ.format(error=said))


def _unreadable(reason: str) -> Control:
    note = say.UNREADABLE.format(file=FILE, reason=reason)
    return Control(notes=(note,), is_unreadable=True)


@dataclass(frozen=True, slots=True)
class ControlTable:
    """Where a sheet of ours was found: its heads' row and where each column stands."""

    sheet: ControlSheet
    cells: SheetCells
    head: int
    places: Mapping[str, int]


class _Reader:
    """Reads one control workbook."""

    def __init__(
        self, campaign: Campaign, files: Iterable[Source], decisions: Iterable[Decision]
    ) -> None:
        self._names = TypedNames(campaign, files)
        self._standing = StandingRows(campaign, decisions)
        self._decisions: dict[tuple[object, ...], tuple[Decision, str]] = {}
        self._notes: list[str] = []
        self._refused: list[Refused] = []

    def read(self, content: bytes) -> Control:
        """Return what the workbook says."""
        book = open_workbook(content, FILE)
        tables = [table for title in book.titles if (table := table_on(book.sheet(title)))]
        if not tables:
            return _unreadable(say.OTHER_WORKBOOK)
        for table in tables:
            self._read_table(table)
        # a sheet that is not there was taken out, or an earlier version had none: nothing to say
        found = {table.sheet.title for table in tables}
        headless = [s.title for s in SHEETS if s.title in book.titles and s.title not in found]
        self._notes += (say.HEADS_LOST.format(file=FILE, title=title) for title in headless)
        return Control(
            decisions=tuple(decision for decision, _ in self._decisions.values()),
            notes=tuple(self._notes),
            refused=tuple(self._refused),
            is_unreadable=bool(headless),
        )

    def _read_table(self, table: ControlTable) -> None:
        """Take all rows that say something, numbered as the workbook numbers them."""
        where = say.ON_SHEET.format(file=FILE, title=table.cells.title)
        read = (column for column in table.sheet.columns if column.use is not ColumnUse.SHOWN)
        if lost := [f"“{column.head}”" for column in read if column.id not in table.places]:
            self._notes.append(say.COLUMNS_LOST.format(sheet=where, heads=", ".join(lost)))
        first, height = table.head + 1, table.cells.height
        for number in range(first, min(height, first + MOST_ROWS)):
            cells = {id_: table.cells.raw(number, place) for id_, place in table.places.items()}
            if not all(map(is_blank_cell, cells.values())):
                row = DecisionRow(table.sheet, cells, self._names)
                about = ", ".join(row.about())
                about = say.ABOUT.format(about=about) if about else ""
                self._take(row, say.IN_ROW.format(sheet=where, row=number + 1, about=about))
        if height > first + MOST_ROWS:
            self._notes.append(say.TOO_MANY_ROWS.format(sheet=where, number=MOST_ROWS))

    def _take(self, row: DecisionRow, where: str) -> None:
        """Take a row's decision, the later of two on one subject; or note why it is refused."""
        known = self._standing.of(row.sheet, row.as_typed())
        is_empty = row.decides_nothing()
        decision = None if is_empty else decision_of(row)
        if known and not known.changed:
            decision = known.decision
        elif known and known.is_blanked and decision is None:
            heads = ", ".join(f"“{row.sheet.column(id_).head}”" for id_ in known.changed)
            self._notes.append(say.BLANKED.format(where=where, heads=heads))
            return
        elif is_empty:
            return
        if decision is None:
            problem = "; ".join(row.problems) + (say.STILL_STANDS if known else "")
            self._notes.append(say.NOT_TAKEN.format(where=where, problem=problem))
            self._refused.append(Refused(row.sheet.family, row.as_typed(), problem))
            return
        self._notes += (say.UNDERSTOOD.format(where=where, said=said) for said in row.remarks)
        subject = (family_of(decision), *decision.subject)
        earlier, at = self._decisions.pop(subject, (decision, where))
        if earlier != decision:
            before = at.removeprefix(f"{FILE}, ")
            self._notes.append(say.SAID_TWICE.format(where=where, before=before))
        self._decisions[subject] = decision, where


def table_on(cells: SheetCells | None) -> ControlTable | None:
    """Return the table of ours that a worksheet holds, wherever its columns were moved."""
    if cells is None:
        return None
    tables = []
    for row in range(min(cells.height, HEAD_ROWS)):
        column_by_key: dict[str, int] = {}
        for column in range(len(cells.rows[row]) if row < len(cells.rows) else 0):
            if key := label_key(cells.text(row, column)):
                column_by_key.setdefault(key, column)
        for sheet in SHEETS:
            keys = {column.id: label_key(column.head) for column in sheet.columns}
            places = {id_: column_by_key[key] for id_, key in keys.items() if key in column_by_key}
            if len(places) >= LEAST_HEADS and sheet.key in places:
                tables.append(ControlTable(sheet, cells, row, places))
    return max(
        tables, key=lambda one: (len(one.places) / len(one.sheet.columns), -one.head), default=None
    )
