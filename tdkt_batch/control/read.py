"""The control workbook → the board's decisions.

A row that cannot be taken costs that row only: a note says where, what is wrong
and what to do, and what was typed is kept to be written back. A file that cannot
be read at all gives a note and no decisions; nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.rows import decision_of, says_nothing
from tdkt_batch.control.sheets import SHEETS, Refused, Role, Sheet
from tdkt_batch.control.typed import Register, Typed
from tdkt_batch.model import Decision, is_blank_cell
from tdkt_batch.rules.decisions import family_of
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording.shared import file_reason
from tdkt_batch.workbooks.read import SheetCells, UnreadError, open_workbook

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
    which nothing could be read, so that it is not thrown away.
    """

    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    is_unreadable: bool = False


def read_control(content: bytes, campaign: Campaign) -> Control:
    """Return the decisions in a control workbook, and notes on what could not be taken."""
    try:
        return _Reader(campaign).read(content)
    except UnreadError as error:
        reason = file_reason(error.unread.reason, error.unread.details)
        return _unreadable(f"{reason}.")
    except Exception as error:  # noqa: BLE001 — a broken workbook must not stop the month
        return _unreadable(f"Không đọc được ({type(error).__name__}: {error}).")


def _unreadable(reason: str) -> Control:
    note = (
        f"{FILE}: chưa lấy được quyết định nào. {reason} "
        "Các quyết định đã nhận trước đây vẫn có hiệu lực; tệp này được giữ nguyên: hãy lưu lại "
        "cho đúng, hoặc đổi tên tệp, rồi chạy lại."
    )
    return Control(notes=(note,), is_unreadable=True)


@dataclass(frozen=True, slots=True)
class _Table:
    """Where a sheet of ours was found: its heads' row and where each column stands."""

    sheet: Sheet
    cells: SheetCells
    head: int
    places: Mapping[str, int]


class _Reader:
    """Reads one control workbook."""

    def __init__(self, campaign: Campaign) -> None:
        self._register = Register(campaign)
        self._decisions: dict[tuple[object, ...], tuple[Decision, str]] = {}
        self._notes: list[str] = []
        self._refused: list[Refused] = []

    def read(self, content: bytes) -> Control:
        """Return what the workbook says."""
        book = open_workbook(content, FILE)
        tables = [table for title in book.titles if (table := _table(book.sheet(title)))]
        if not tables:
            return _unreadable("Tệp không phải sổ quyết định của chương trình.")
        for table in tables:
            self._read_table(table)
        self._note_lost_sheets(tables)
        return Control(
            decisions=tuple(decision for decision, _ in self._decisions.values()),
            notes=tuple(self._notes),
            refused=tuple(self._refused),
        )

    def _note_lost_sheets(self, tables: list[_Table]) -> None:
        for sheet in SHEETS:
            if all(table.sheet is not sheet for table in tables):
                self._notes.append(
                    f"{FILE}: không còn trang “{sheet.title}” hoặc hàng tiêu đề của trang; "
                    "lần chạy này đã lập lại trang đó"
                )

    def _read_table(self, table: _Table) -> None:
        title = table.cells.title
        lost = [
            c.head for c in table.sheet.columns if _is_read(c.role) and c.id not in table.places
        ]
        if lost:
            heads = ", ".join(f"“{head}”" for head in lost)
            self._notes.append(
                f"{FILE}, trang “{title}”: không còn cột {heads}; đã hiểu là để trống"
            )
        for number, typed in self._rows(table):
            self._take(typed, f"{FILE}, trang “{title}”, dòng {number}")

    def _rows(self, table: _Table) -> Iterator[tuple[int, Typed]]:
        """Yield the rows that say something, numbered as the workbook numbers them."""
        first = table.head + 1
        for row in range(first, min(table.cells.height, first + MOST_ROWS)):
            cells = {id_: table.cells.raw(row, place) for id_, place in table.places.items()}
            typed = Typed(table.sheet, cells, self._register)
            if not all(map(is_blank_cell, cells.values())) and not says_nothing(typed):
                yield row + 1, typed
        if table.cells.height > first + MOST_ROWS:
            self._notes.append(
                f"{FILE}, trang “{table.cells.title}”: chỉ đọc {MOST_ROWS} dòng; xóa các dòng thừa"
            )

    def _take(self, typed: Typed, where: str) -> None:
        decision = decision_of(typed)
        if decision is None:
            problem = "; ".join(typed.problems)
            self._notes.append(f"{where}: chưa nhận. {problem}")
            self._refused.append(Refused(typed.sheet.family, typed.as_typed(), problem))
            return
        subject = (family_of(decision), *decision.subject)
        before, at = self._decisions.pop(subject, (decision, where))
        if before != decision:
            self._notes.append(
                f"{where}: trùng với {at.removeprefix(f'{FILE}, ')}; đã lấy dòng sau"
            )
        self._decisions[subject] = decision, where


# --- finding the tables -----------------------------------------------------------------------


def _is_read(role: Role) -> bool:
    return role is not Role.SHOWN


def _table(cells: SheetCells | None) -> _Table | None:
    """Return the table of ours that a worksheet holds, wherever its columns were moved."""
    if cells is None:
        return None
    found = [
        _Table(sheet, cells, row, places)
        for row in range(min(cells.height, HEAD_ROWS))
        for sheet in SHEETS
        if len(places := _places(sheet, cells, row)) >= LEAST_HEADS and "unit" in places
    ]
    return max(found, key=lambda table: (len(table.places) / len(table.sheet.columns), -table.head),
               default=None)  # fmt: skip


def _places(sheet: Sheet, cells: SheetCells, row: int) -> dict[str, int]:
    """Return the columns of ``sheet`` whose heads stand in this row; the first of several."""
    width = len(cells.rows[row]) if row < len(cells.rows) else 0
    column_by_key: dict[str, int] = {}
    for column in range(width):
        if key := label_key(cells.text(row, column)):
            column_by_key.setdefault(key, column)
    return {
        column.id: column_by_key[key]
        for column in sheet.columns
        if (key := label_key(column.head)) in column_by_key
    }
