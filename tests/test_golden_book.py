"""The consolidated workbook of a small province is, cell by cell, what it was."""

from __future__ import annotations

from golden_book import GOLDEN, book_lines, small_book


def test_the_workbook_is_cell_by_cell_what_it_was(tmp_path):
    golden = GOLDEN.read_text(encoding="utf-8").splitlines()
    found = list(book_lines(small_book(tmp_path)))
    assert found == golden, "if this is meant: make golden, and read the diff"
