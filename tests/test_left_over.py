"""What becomes of each cell of a form's sheets: the sum holds, and what no field takes is said."""

import io
from collections import Counter
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from cell_sums import wrong_sums
from chance_forms import fillings
from hypothesis import given, settings
from hypothesis import strategies as st
from small_province import make_small_province
from test_find import UNDER, good, meaning, truth
from test_read import CAMPAIGN, FORM, LIST, PAGE, UPPER_FORM, read
from test_words import WORDS

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms_read.gather import gather
from tdkt_batch.forms_read.left_over import CellFate, filled_cells
from tdkt_batch.forms_read.raw_cells import CellReader
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Submission
from tdkt_batch.workbooks.read import UnreadError, open_workbook

ROLES = (CAMPAIGN.roles.unit, CAMPAIGN.roles.month)
ROW = {line.label: row for row, line in enumerate(FORM.sheets[0].lines, start=9)}


def changed(edit, form_id="mau_01"):
    """Return the good form after ``edit`` was made to its workbook."""
    book = openpyxl.load_workbook(io.BytesIO(good(form_id)))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def typed(**cells):
    """Return an edit that types into cells of the page (``C12``) or the list (``LIST_C12``)."""

    def edit(book):
        for name, content in cells.items():
            title = LIST if name.startswith("LIST_") else PAGE
            book[title][name.removeprefix("LIST_")] = content

    return edit


def left_over(submission):
    """Return what is said to be left over: sheet, number, the cells named."""
    return [
        (f.sheet, int(f.details["number"]), f.details["cells"])
        for f in submission.faults
        if f.code == "DL45"
    ]


def fates(content, form):
    """Return how many cells became what, by sheet, and how many hold something."""
    book = open_workbook(content, "bieu.xlsx")
    found = gather(book, form, ROLES).fates
    held = {title: sum(1 for _ in filled_cells(book.sheet(title))) for title in found}
    return found, held


# --- a form as it should be ----------------------------------------------------------------------


@pytest.mark.parametrize("form_id", [form.id for form in CAMPAIGN.forms])
def test_in_a_good_form_every_cell_is_a_value_or_the_forms_own(form_id):
    found, held = fates(good(form_id), CAMPAIGN.form(form_id))
    assert {title: sum(counts.values()) for title, counts in found.items()} == held
    assert len(found) == len(CAMPAIGN.form(form_id).sheets)
    total = sum((Counter(counts) for counts in found.values()), Counter())
    assert (total[CellFate.LEFT_OVER], total[CellFate.ADDITION]) == (0, 0)
    assert total[CellFate.VALUE] > len(CAMPAIGN.form(form_id).fields)


@pytest.mark.parametrize("form", CAMPAIGN.forms, ids=lambda form: form.id)
def test_however_a_form_is_filled_nothing_is_left_over(form):
    for number, filling in enumerate(fillings(CAMPAIGN, form, seed=7, number=12)):
        found, held = fates(write_form(CAMPAIGN, form, filling), form)
        assert {title: sum(counts.values()) for title, counts in found.items()} == held, number
        assert not any(counts[CellFate.LEFT_OVER] for counts in found.values()), number


def test_in_another_campaign_too(tmp_path):
    campaign = load_campaign(make_small_province(tmp_path, WORDS).campaign)
    assert campaign.words.event != CAMPAIGN.words.event
    for form in campaign.forms:
        for number, filling in enumerate(fillings(campaign, form, seed=9, number=6)):
            content = write_form(campaign, form, filling)
            assert [*wrong_sums(content, f"{form.id} {number}", campaign, other_reader=True)] == []


# --- what is said ----------------------------------------------------------------------------------

TOTAL, WOMEN, NOTE = (ROW[label] for label in ("Tổng số đại biểu", "Đại biểu nữ", "Tình trạng"))


@pytest.mark.parametrize(
    ("case", "edit", "expected"),
    [
        ("a note beside a figure", typed(**{f"F{TOTAL}": "chưa chắc"}), [(PAGE, 1, f"F{TOTAL} ghi chưa chắc")]),
        ("a note over the hint", typed(**{f"E{WOMEN}": "gồm cả khách"}), [(PAGE, 1, f"E{WOMEN} ghi gồm cả khách")]),
        ("words right of a heading", typed(F13="xem mục II"), []),
        ("a name in the column STT", typed(LIST_A8="Nguyễn Văn An"), [(LIST, 1, "A8 ghi Nguyễn Văn An")]),
        ("a note beside a person", typed(LIST_K7="đi thay", LIST_K9="ốm"), [(LIST, 2, "K7 ghi đi thay; K9 ghi ốm")]),
        ("both", typed(LIST_K7="đi thay", F9="?"), [(PAGE, 1, "F9 ghi ?"), (LIST, 1, "K7 ghi đi thay")]),
        ("very many", typed(**{f"F{row}": row for row in range(9, 17) if row not in (13, 16)}), [(PAGE, 6, "F9 ghi 9; F10 ghi 10; F11 ghi 11; F12 ghi 12; F14 ghi 14; …")]),
        ("a column of one's own with its head", typed(LIST_K6="Ghi chú", LIST_K7="đi thay"), []),
        ("words below the signatures", typed(B95="Nơi nhận: Ban", C96="lưu"), []),
        ("words above the form", typed(F5="Khẩn"), []),
        ("words apart on the right", typed(H3="Bản nháp"), []),
        ("blanks", typed(**{f"F{TOTAL}": "  "}), []),
    ],
)  # fmt: skip
def test_what_could_belong_to_a_field_is_said_with_cell_and_text(case, edit, expected):
    submission = read(changed(edit))
    assert left_over(submission) == expected
    assert meaning(submission) == truth()


def with_row_between(book):
    book[PAGE].insert_rows(TOTAL + 1)
    book[PAGE].cell(TOTAL + 1, 2, "Trong đó: cán bộ hưu trí")
    book[PAGE].cell(TOTAL + 1, 3, 7)


def with_column_between(book):
    """Put a column without a head into the list, as merging a head over two columns does."""
    book[LIST].insert_cols(4)
    book[LIST]["D7"], book[LIST]["D9"] = "âm lịch", "dương lịch"


def with_first_names(book):
    """Write family and given names in two columns under one head."""
    sheet = book[LIST]
    sheet.insert_cols(3)
    for row in range(7, 12):
        *family, given = sheet.cell(row, 2).value.split()
        sheet.cell(row, 2, " ".join(family))
        sheet.cell(row, 3, given)


def test_a_line_and_a_column_put_between_are_said():
    assert left_over(read(changed(with_row_between))) == [
        (PAGE, 2, f"B{TOTAL + 1} ghi Trong đó: cán bộ hưu trí; C{TOTAL + 1} ghi 7")
    ]
    assert left_over(read(changed(with_column_between))) == [
        (LIST, 2, "D7 ghi âm lịch; D9 ghi dương lịch")
    ]


def test_names_in_two_columns_under_one_head_are_joined_and_said():
    submission = read(changed(with_first_names))
    assert meaning(submission) == truth()
    assert left_over(submission) == []
    (said,) = (f for f in submission.faults if f.code == "DL46")
    assert (said.field, said.cell, said.details["number"]) == ("danh_sach.ho_ten", "B7", "5")


def test_a_figure_in_a_sheet_of_several_tables_is_said_at_its_table():
    def edit(book):
        last = book[UNDER].max_column
        book[UNDER].cell(8, last + 2, "hỏi lại")

    (said,) = left_over(read(changed(edit, "mau_02")))
    assert said[:2] == (UNDER, 1)


# --- the sum ---------------------------------------------------------------------------------------


class Typed:
    """An opened form into whose cells something else was typed."""

    def __init__(self, book, texts):
        self.titles, self.named_cells, self.content = book.titles, book.named_cells, b""
        self._book, self._texts = book, texts

    def sheet(self, title):
        cells = self._book.sheet(title)
        rows = [list(row) for row in cells.rows] if cells else []
        for row, column, text in self._texts.get(title, ()):
            rows += [[] for _ in range(row + 1 - len(rows))]
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = text
        return cells and replace(cells, rows=rows)


@cache
def opened(form_id):
    return open_workbook(good(form_id), "bieu.xlsx")


PLACE = st.tuples(st.integers(0, 70), st.integers(0, 12), st.sampled_from(["chữ", "12", "Ghi chú"]))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from((FORM, UPPER_FORM)), st.data())
def test_wherever_text_is_typed_it_has_one_fate_and_what_is_left_over_is_counted(form, data):
    texts = {
        sheet.title: data.draw(st.lists(PLACE, max_size=8), sheet.title) for sheet in form.sheets
    }
    book = Typed(opened(form.id), texts)
    try:
        found = gather(book, form, ROLES)
    except UnreadError as error:
        assert error.unread.reason != "cells_differ"  # noqa: PT017 — other refusals are lawful
        return
    for title, counts in found.fates.items():
        assert sum(counts.values()) == sum(1 for _ in filled_cells(book.sheet(title)))
    said = sum(int(fault.details["number"]) for fault in found.faults if fault.code == "DL45")
    left = sum(counts[CellFate.LEFT_OVER] for counts in found.fates.values())
    assert said == left or any(fault.code in ("DL15", "DL22") for fault in found.faults)


def test_a_form_whose_sum_fails_is_put_aside_and_says_so(monkeypatch):
    once = CellReader.take  # a defect that no form can bring about

    def twice(self, *args):
        self.read_at.append(args[2])
        return once(self, *args)

    monkeypatch.setattr(CellReader, "take", twice)
    found = read(good())
    assert not isinstance(found, Submission)
    assert (found.reason, found.details) == ("cells_differ", {"sheet": PAGE})
