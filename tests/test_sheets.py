"""The layer over XlsxWriter: every kind of cell is written as it is, a refused one is an error."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time

import pytest
from openpyxl import load_workbook

from tdkt_batch.errors import OutputError
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import lock, merge_cells, new_book, set_up_page, write_cell
from tdkt_batch.wording.sheets import CUT, CUT_SHORT


def written(write):
    """Return the one sheet of a workbook, as it is read, in which ``write`` has written."""
    stream = io.BytesIO()
    with new_book(stream) as book:
        write(book, book.add_worksheet("Trang"))
    return load_workbook(io.BytesIO(stream.getvalue()))["Trang"]


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("", None),
        (None, None),
        ("=1+1", "=1+1"),
        ("http://a.vn", "http://a.vn"),
        ("007", "007"),
        (12, 12),
        (True, True),
        (Formula("1+1", 2), "=1+1"),
        (date(2015, 3, 5), datetime(2015, 3, 5)),
        (datetime(2015, 3, 5, 17, tzinfo=UTC), datetime(2015, 3, 5, 17)),
        (time(7, 30), time(7, 30)),
    ],
)
def test_a_value_is_written_in_its_own_way(content, read):
    def write(book, sheet):
        kind = {"num_format": "hh:mm"} if isinstance(content, time) else {"num_format": "d/m/yyyy"}
        look = Styles(book)(**kind) if not isinstance(content, int) else None
        write_cell(sheet, 0, 0, content, look)

    cell = written(write)["A1"]
    assert cell.value == read
    assert (cell.data_type == "f") is isinstance(content, Formula)
    assert cell.hyperlink is None


def test_a_refused_cell_is_an_error():
    with pytest.raises(OutputError, match="Trang: không ghi được ô dòng 2000001, cột 2"):
        written(lambda _, sheet: write_cell(sheet, 2_000_000, 1, 5))


def test_cells_are_merged_unless_there_is_but_one():
    def write(_, sheet):
        merge_cells(sheet, (0, 0, 0, 2), "rộng")
        merge_cells(sheet, (1, 0, 1, 0), "một")

    sheet = written(write)
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:C1"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("rộng", "một")


def test_a_format_is_made_once_for_the_same_parts_and_properties():
    def write(book, _):
        styles = Styles(book, {"font_size": 12}, {"bold": {"bold": True}})
        assert styles("bold", indent=1) is styles("bold", indent=1)
        assert styles("bold").font_size == 12
        assert styles("bold") is not styles("bold", font_size=9)

    written(write)


def test_a_page_lies_on_a4_and_a_locked_sheet_lets_columns_be_widened():
    def write(_, sheet):
        set_up_page(sheet, landscape=False, margins=(1, 1, 0.5, 0.5))
        lock(sheet)

    sheet = written(write)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_margins.left, sheet.page_margins.top) == (1, 0.5)
    assert sheet.protection.sheet
    assert not sheet.protection.formatColumns


def test_a_text_says_that_it_was_cut_the_shorter_the_room():
    assert clean_text("a" * 40_000).endswith(CUT)
    assert clean_text("a" * 400, 100) == "a" * (100 - len(CUT_SHORT)) + CUT_SHORT
    assert clean_text("a\x07\r\n", as_typed=True) == "a\x07\r\n"
    assert clean_text("a\x07\r\n") == "a\n"
