"""An office that starts with its own list of units: what its officer and its units type.

Nothing here knows the program: workbooks are opened as they lie on the disk, cells are
found by the words that stand beside or above them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from sent_files import put


def cell_of(text: str) -> object:
    """Return a cell of a table as Excel takes it from the keyboard."""
    if not text:
        return None
    if re.fullmatch(r"\d+", text) and (text == "0" or text[0] != "0"):
        return int(text)
    if day := re.fullmatch(r"(\d+)/(\d+)/(\d{4})", text):
        return date(int(day[3]), int(day[2]), int(day[1]))
    return text


def shown(cell: object) -> str:
    """Return what a cell holds as the tables of a truth write it; a share with six decimals."""
    match cell:
        case None | "–":
            return ""
        case datetime():
            moment = f"{cell.day}/{cell.month}/{cell.year}"
            return f"{moment} {cell:%H:%M}" if cell.hour else moment
        case float():
            return f"{cell:.6f}"
    return str(cell)


@lru_cache
def opened(path: Path) -> openpyxl.Workbook:
    """Return a book that nobody changes any more, with the figures that stand in its cells."""
    return openpyxl.load_workbook(path, data_only=True)


def share(text: str) -> str:
    """Return a share that is written as what it is of, “6/9”, as ``shown`` writes it.

    >>> share("6/9"), share("6")
    ('0.666667', '6')
    """
    counts = re.fullmatch(r"(\d+)/(\d+)", text)
    return f"{int(counts[1]) / int(counts[2]):.6f}" if counts else text


def records(path: Path, title: str, head: str, *, heads: int = 1) -> list[dict[str, str]]:
    """Return the rows of a sheet's tables that have ``head``, as mappings by the heads.

    Of heads in two rows the name is “above/below”. Rows count that have a number, a Roman
    one or nothing in their first cell, and more than one cell filled.
    """
    sheet = opened(path)[title]
    rows = [[shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    found, names, begin = list[dict[str, str]](), list[str](), 0
    for number, row in enumerate(rows):
        if head in row:
            names, begin = _names(rows[number : number + heads]), number + heads
        elif (
            number >= begin
            and names
            and sum(map(bool, row)) > 1
            and not row[0].strip("IV0123456789")
        ):
            found.append({name: cell for name, cell in zip(names, row, strict=True) if name})
    return found


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the name of each column below a head of one row or two."""
    if len(rows) == 1:
        return list(rows[0])
    names, above = [], ""
    for upper, lower in zip(*rows, strict=True):
        above = upper or above
        names.append(f"{above}/{lower}" if lower else above if upper else "")
    return names


def table(text: str) -> list[list[str]]:
    """Return the cells of a table that is drawn with upright strokes."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def columns_below(sheet: Worksheet, head: str) -> tuple[int, Mapping[str, int]]:
    """Return the row in which ``head`` stands as a whole cell, and the column of each head there."""
    for row in sheet.iter_rows():
        columns = {str(cell.value): cell.column for cell in row if cell.value is not None}
        if head in columns:
            return row[0].row, columns
    raise AssertionError((sheet.title, head))


# --- the office ------------------------------------------------------------------------------


def write_list(path: Path, title: Sequence[str], rows: str) -> Path:
    """Write an ordinary list of units: title rows, an empty row, heads in capitals, STT."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "DS"
    for line in title:
        sheet.append([line])
    sheet.merge_cells(f"A{len(title)}:H{len(title)}")
    sheet.append([])
    head, *units = table(rows)
    sheet.append(["STT", *(name.upper() for name in head)])
    for number, unit in enumerate(units, start=1):
        sheet.append([number, *map(cell_of, unit)])
    sheet.append([])
    sheet.append([None, "Người lập biểu", None, None, None, "Ngày 05 tháng 01 năm 2015"])
    book.save(path)
    return path


def set_up(path: Path, said: Mapping[str, str], letter: str, names: Mapping[str, str]) -> None:
    """Fill in the settings workbook; ``names`` are all own units, by the name that stands there.

    The rows of all other units are deleted, as the guide says; the letter that sets the
    deadlines is the same for all, and no month's deadline is moved.
    """
    book = openpyxl.load_workbook(path)
    for label, value in said.items():
        (row,) = (row for row in book["Cơ quan"].iter_rows(min_row=4) if row[0].value == label)
        row[1].value = value
    head, columns = columns_below(book["Thời hạn"], "Văn bản quy định")
    for number in range(head + 1, book["Thời hạn"].max_row + 1):
        book["Thời hạn"].cell(number, columns["Văn bản quy định"]).value = letter
    head, _ = columns_below(book["Thời hạn dời"], "Tháng")
    book["Thời hạn dời"].delete_rows(head + 1, book["Thời hạn dời"].max_row)
    sheet = book["Đơn vị"]
    head, columns = columns_below(sheet, "Tên đơn vị")
    for number in range(sheet.max_row, head, -1):
        name = sheet.cell(number, columns["Tên đơn vị"])
        if name.value in names:
            name.value = names[name.value]
        else:
            sheet.delete_rows(number)
    book.save(path)


def enter(path: Path, title: str, rows: str, in_row_of: Mapping[str, str] | None = None) -> None:
    """Type rows into a sheet of the control workbook; the first line of ``rows`` has the heads.

    Each goes below the last row that is filled; with ``in_row_of`` one row goes into that in
    which the program has written these cells.
    """
    book = openpyxl.load_workbook(path)
    sheet = book[title]
    heads, *typed = table(rows)
    first, columns = columns_below(sheet, heads[0])
    below = range(first + 1, sheet.max_row + 2)
    for cells in typed:
        (number, *others) = (
            number
            for number in below
            if all(
                sheet.cell(number, columns[head]).value == (in_row_of or {}).get(head)
                for head in in_row_of or heads
            )
        )
        assert not (in_row_of and others)
        for head, text in zip(heads, cells, strict=True):
            sheet.cell(number, columns[head]).value = cell_of(text)
    book.save(path)


# --- the units -------------------------------------------------------------------------------

PLANNED, ACTUAL = 3, 4
"""Columns of a form's page; a cell for both is anchored in the first."""


def send(  # noqa: PLR0913 — a form has as many parts
    form: Path,
    to: Path,
    came: datetime,
    *,
    single: Mapping[str, str],
    planned: Mapping[str, str],
    actual: Mapping[str, str],
    tables: Mapping[str, Sequence[Mapping[str, object]]],
    explains: Mapping[str, str],
) -> None:
    """Fill in the form that the unit got, by the words beside its cells, and send it.

    ``tables`` are rows by the name of their sheet, ``explains`` sentences by the content of
    the form's own check.
    """
    book = openpyxl.load_workbook(form)
    page = book.worksheets[0]
    rows = {str(row[1].value).strip(): row[0].row for row in page.iter_rows() if row[1].value}
    for column, cells in ((PLANNED, single), (PLANNED, planned), (ACTUAL, actual)):
        for label, text in cells.items():
            page.cell(rows[label], column).value = cell_of(text)
    for title, typed in tables.items():
        sheet = book[title]
        top, heads = columns_below(sheet, "STT")
        for number, cells in enumerate(typed, start=top + 1):
            for head, value in cells.items():
                sheet.cell(number, heads[head]).value = value
    panel = book["Tự kiểm tra"]
    for content, sentence in explains.items():
        head, columns = columns_below(panel, "Giải trình")
        (number,) = (
            row[0].row
            for row in panel.iter_rows(min_row=head + 1)
            if content in [cell.value for cell in row]
        )
        panel.cell(number, columns["Giải trình"]).value = sentence
    buffer = io.BytesIO()
    book.save(buffer)
    put(to, buffer.getvalue(), came)


def persons(unit: str, number: int, elected: int) -> Iterator[Mapping[str, object]]:
    """Yield the exemplary people of a unit's conference, the first of them elected to the next."""
    for place in range(number):
        yield {
            "Họ và tên": f"Lò {unit.rsplit(maxsplit=1)[-1]} {place + 1:02}", "Năm sinh": 1970 + place % 25,
            "Giới tính": "Nữ" if place % 3 == 0 else "Nam", "Dân tộc": "Thái",
            "Nơi công tác, chức vụ": "Bản số 1", "Đối tượng": "Người trực tiếp sản xuất, công tác",
            "Thành tích": "Giấy khen", "Được bầu (x)": "x" if place < elected else None,
        }  # fmt: skip
