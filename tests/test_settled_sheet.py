"""A settled sheet is the sheet that XlsxWriter writes, and takes the memory of its file."""

from __future__ import annotations

import io
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.sheets import settled_sheet
from tdkt_batch.sheets.settled_sheet import SettledWorksheet
from tdkt_batch.sheets.writing import new_book

CELLS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(0, 6),
        st.one_of(st.integers(-(10**9), 10**9), st.text("ếộ <&\n\r\t'\"=x", max_size=9), st.none()),
        st.booleans(),
    ),
    max_size=80,
)
HEIGHTS = st.dictionaries(st.integers(0, 45), st.integers(5, 99), max_size=9)


def book_of(sheet_class, cells, heights):
    stream = io.BytesIO()
    book = new_book(stream)
    book.set_properties({"created": datetime(2015, 3, 25)})
    bold, sheet = book.add_format({"bold": True}), book.add_worksheet("Số liệu", sheet_class)
    for row, column, content, is_bold in cells:
        sheet.write(row, column, content, bold if is_bold else None)
    for row, points in heights.items():
        sheet.set_row(row, points)
    if isinstance(sheet, SettledWorksheet):
        sheet.settle()
    other = book.add_worksheet("Sau")
    other.write(0, 0, "ếộ")
    book.close()
    return stream.getvalue()


@given(CELLS, HEIGHTS, st.integers(0, 30))
def test_a_settled_sheet_is_the_sheet_byte_for_byte(cells, heights, held):
    most, settled_sheet.MOST_ROWS_HELD = settled_sheet.MOST_ROWS_HELD, held
    try:
        settled = book_of(SettledWorksheet, cells, heights)
    finally:
        settled_sheet.MOST_ROWS_HELD = most
    assert settled == book_of(Worksheet, cells, heights)


def test_the_rows_of_a_large_sheet_are_held_no_longer_those_of_a_small_one_are():
    for rows, held in (
        (settled_sheet.MOST_ROWS_HELD, True),
        (settled_sheet.MOST_ROWS_HELD + 1, False),
    ):
        sheet = new_book(io.BytesIO()).add_worksheet("Số liệu", SettledWorksheet)
        for row in range(rows):
            sheet.write(row, 0, row)
        sheet.settle()
        assert bool(sheet.table) is held
