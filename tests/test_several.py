"""A workbook with the forms of several units or months is a container: each is read as one."""

import hashlib
import io
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest

import tdkt_batch
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Source, Submission
from tdkt_batch.unpack.several_forms import FormsAsked
from tdkt_batch.unpack.unpack import unpack
from tdkt_batch.wording.shared import file_reason
from tdkt_batch.workbooks.cut import with_sheets
from tdkt_batch.workbooks.read import open_workbook

CAMPAIGN = load_campaign()
FORM = CAMPAIGN.form("mau_01")
PAGE, LIST = (sheet.title for sheet in FORM.sheets[:2])
UNITS = [u for u in CAMPAIGN.units if u.kind == "xã" and u.code not in CAMPAIGN.unit_aliases][:3]
FOLDER = Path(tdkt_batch.__file__).parent / "campaign" / "lai_chau_2014"
FORMS = FormsAsked.of(CAMPAIGN, str(FOLDER), None)


@cache
def sheets_of(number, month):
    """Return what stands in the two sheets of a unit's form, typed anew as values."""
    values = {"trang_thai": "Đã tổ chức", "tong_dai_bieu_th": 100 + number}
    row = {"ho_ten": f"Lò Văn {number}", "gioi_tinh": "Nam"}
    filling = Filling(
        unit=UNITS[number], month=Month(2015, month), values=values, tables={"danh_sach": [row]}
    )
    book = openpyxl.load_workbook(io.BytesIO(write_form(CAMPAIGN, FORM, filling)), data_only=True)
    return tuple(
        [[c.value for c in row] for row in book[title].iter_rows()] for title in (PAGE, LIST)
    )


def pasted(*sheets):
    """Return a new workbook with these sheets, each a title and its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(name, content):
    source = Source(
        name=name, sha256=hashlib.sha256(content).hexdigest(), size=1, modified=datetime(2015, 3, 9)
    )
    return read_form(content, source, CAMPAIGN)


def found_in(content):
    """Return what is read of a workbook: unit, month, delegates and people of each form."""
    said = []
    for item in unpack("gộp.xlsx", content, forms=FORMS).items:
        read_ = read(item.name, item.content)
        if isinstance(read_, Submission):
            people = [row.values["ho_ten"].value for row in read_.tables["danh_sach"]]
            number = read_.values["tong_dai_bieu_th"].value
            said.append((read_.unit, read_.month.number, number, people))
        else:
            said.append(read_.reason)
    return said


def meant(*chosen):
    return [(UNITS[n].code, month, 100 + n, [f"Lò Văn {n}"]) for n, month in chosen]


def pages_and_lists(*chosen):
    return [(page, list_) for n, month in chosen for page, list_ in [sheets_of(n, month)]]


THREE = ((0, 3), (1, 3), (2, 3))
MONTHS = ((0, 2), (0, 3))


def interleaved(chosen, page="Trang {0}.{1}", list_="{0}.{1} DS"):
    pairs = zip(chosen, pages_and_lists(*chosen), strict=True)
    return [
        sheet
        for key, (one, other) in pairs
        for sheet in ((page.format(*key), one), (list_.format(*key), other))
    ]


def pages_first(chosen):
    sheets = interleaved(chosen)
    return [*sheets[::2], *sheets[1::2]]


def with_words_between(chosen):
    return [*interleaved(chosen), ("Ghi chú", [["Phòng Nội vụ tổng hợp"]])]


def lists_in_disorder_but_named(chosen):
    sheets = interleaved(chosen, list_="Trang {0}.{1} - danh sách")
    return [*sheets[::2], *reversed(sheets[1::2])]


@pytest.mark.slow
@pytest.mark.parametrize("chosen", [THREE, MONTHS])
@pytest.mark.parametrize(
    "laid", [interleaved, pages_first, with_words_between, lists_in_disorder_but_named]
)
def test_each_form_of_a_workbook_is_read_as_one(chosen, laid):
    assert found_in(pasted(*laid(chosen))) == meant(*chosen)


def test_the_workbook_is_the_container_of_its_forms():
    content = pasted(*interleaved(THREE))
    found = unpack("gộp.xlsx", content, forms=FORMS)
    assert [(c.name, c.kind, c.members) for c in found.containers] == [("gộp.xlsx", "workbook", 3)]
    assert [item.name for item in found.items] == [f"Trang {n}.3.xlsx" for n in range(3)]
    again = unpack("gộp.xlsx", content, forms=FORMS)
    assert len({item.content for item in (*found.items, *again.items)}) == 3


def test_a_member_holds_its_own_sheets_only():
    content = pasted(*interleaved(THREE))
    one = open_workbook(with_sheets(content, ("Trang 1.3", "1.3 DS")), "a.xlsx")
    assert one.titles == ("Trang 1.3", "1.3 DS")
    whole = open_workbook(content, "a.xlsx")
    assert all(one.sheet(title) == whole.sheet(title) for title in one.titles)
    assert openpyxl.load_workbook(io.BytesIO(one.content)).sheetnames == list(one.titles)


def blanked(rows):
    """Return a page without what was typed in it."""
    return [[c if n < 2 or n > 3 else None for n, c in enumerate(row)] for row in rows]


@pytest.mark.parametrize(
    "sheets",
    [
        [("Một", 0), ("Một DS", 1), ("Hai", 0)],
        [("Một", 0), ("Một DS", 1), ("Hai", 0), ("Hai DS", 1)],
    ],
)
def test_copies_of_one_form_are_one_report(sheets):
    one = sheets_of(0, 3)
    assert found_in(pasted(*((title, one[n]) for title, n in sheets))) == meant((0, 3))


def test_a_page_that_was_left_blank_is_no_form():
    (page, list_) = sheets_of(0, 3)
    content = pasted(("Mẫu", blanked(page)), ("Xã", page), ("DS", list_))
    assert found_in(content) == meant((0, 3))


def test_where_it_is_open_whose_a_list_is_nobody_is_told_to_throw_the_others_away():
    sheets = interleaved(THREE, list_="DS {1}{0}")
    content = pasted(*(sheet for n, sheet in enumerate(sheets) if n != 1))
    (item,) = unpack("gộp.xlsx", content, forms=FORMS).items
    unread = read(item.name, item.content)
    assert unread.reason == "copied_sheet"
    said = file_reason(unread.reason, unread.details)
    assert "giữ đủ các trang, lưu mỗi biểu thành một tệp" in said
