"""A list of the unit's own, pasted with its heads over the form's or below them."""

from __future__ import annotations

from datetime import datetime

import pytest
from test_read import FORM, LIST, edited, read, write

from tdkt_batch.forms.layout import layout_of

OWN_HEADS = (
    "TT",
    "Họ tên",
    "Giới tính",
    "Ngày, tháng, năm sinh",
    "Dân tộc",
    "Chức vụ, đơn vị công tác",
)
OWN_ROWS = (
    (1, "Lò Thị Xuân", "NỮ", "12/05/1980", "Thái", "Trưởng bản Nà Ún"),
    ("2.", "Vàng A Páo", "NAM", datetime(1975, 3, 2), "HMông", "Hội viên CCB"),
)


@pytest.mark.parametrize("first", [0, 1])
def test_a_list_of_the_units_own_pasted_with_its_heads_is_read(first):
    content, place = write(), layout_of(FORM).tables["danh_sach"]

    def paste(book):
        for row, cells in enumerate((OWN_HEADS, *OWN_ROWS), start=place.first_row + 1 + first):
            for column, typed in enumerate(cells, start=1):
                book[LIST].cell(row, column).value = typed

    submission = read(edited(content, paste))
    columns = ("ho_ten", "nam_sinh", "gioi_tinh", "dan_toc", "noi_cong_tac")
    rows = submission.tables["danh_sach"]
    assert [tuple(row.values[c].value for c in columns) for row in rows] == [
        ("Lò Thị Xuân", 1980, "Nữ", "Thái", "Trưởng bản Nà Ún"),
        ("Vàng A Páo", 1975, "Nam", "HMông", "Hội viên CCB"),
    ]
    assert [fault.code for fault in submission.all_faults] == ["DL31"]  # where it was found


def test_a_person_is_no_head():
    rows = ({"ho_ten": "Họ Văn Tên", "dan_toc": "Thái"}, {"ho_ten": "Lò Văn Bình"})
    submission = read(write(tables={"danh_sach": rows}))
    assert [row.values["ho_ten"].value for row in submission.tables["danh_sach"]] == [
        "Họ Văn Tên",
        "Lò Văn Bình",
    ]


def test_that_nothing_is_to_be_written_is_the_forms_own_word():
    submission = read(write("| trang_thai | Đã có kế hoạch |\n| du_chuong_trinh | Có |"))
    assert submission.faults == ()


# --- lists below others, and heads that the form does not have -------------------------------

PLACE = layout_of(FORM).tables["danh_sach"]
COLUMNS = ("ho_ten", "nam_sinh", "gioi_tinh", "dan_toc", "noi_cong_tac")
FORMS_ROWS = tuple(
    {"ho_ten": f"Lò Thị {name}", "nam_sinh": 1981, "gioi_tinh": "Nữ", "dan_toc": "Thái"}
    for name in ("An", "Bình", "Chi", "Duyên")
)
OWN = [
    ("Lò Thị Xuân", 1980, "Nữ", "Thái", "Trưởng bản Nà Ún"),
    ("Vàng A Páo", 1975, "Nam", "HMông", "Hội viên CCB"),
]


def pasted(*lists, above=()):
    """Return what is read where lists (heads and rows) were pasted from so many rows down."""
    content = write(tables={"danh_sach": above} if above else {})

    def paste(book):
        for first, rows in lists:
            for row, cells in enumerate(rows, start=PLACE.first_row + 1 + first):
                for column, typed in enumerate(cells, start=1):
                    book[LIST].cell(row, column).value = typed

    return read(edited(content, paste))


def people(submission, *columns):
    rows = submission.tables["danh_sach"]
    return [tuple(row.values[c].value for c in columns or COLUMNS) for row in rows]


@pytest.mark.parametrize("above", [1, 2, 3, 4])
@pytest.mark.parametrize("gap", [0, 1])
def test_nobody_above_a_pasted_list_is_lost(above, gap):
    typed = FORMS_ROWS[:above]
    submission = pasted((above + gap, (OWN_HEADS, *OWN_ROWS)), above=typed)
    before = [(*row.values(), None) for row in typed]
    assert people(submission) == [*before, *OWN]
    numbers = [row.number for row in submission.tables["danh_sach"]]
    assert len(set(numbers)) == len(numbers)
    assert [fault.code for fault in submission.all_faults] == ["DL31"]


def test_a_title_over_a_pasted_list_is_named():
    submission = pasted((0, (("DANH SÁCH ĐẠI BIỂU",), OWN_HEADS, *OWN_ROWS)))
    assert people(submission) == OWN
    assert {fault.code for fault in submission.all_faults} == {"DL31", "DL48"}


def test_a_second_list_with_other_columns_is_read_by_its_own():
    others = (("TT", "Họ tên", "Năm sinh", "Dân tộc"), (1, "Tẩn Mý Dao", 1990, "Dao"))
    submission = pasted((0, (OWN_HEADS, *OWN_ROWS)), (4, others))
    assert people(submission) == [*OWN, ("Tẩn Mý Dao", 1990, None, "Dao", None)]


def test_a_list_goes_on_below_its_own_heads_once_more():
    submission = pasted((0, (OWN_HEADS, OWN_ROWS[0], OWN_HEADS, OWN_ROWS[1])))
    assert people(submission) == OWN


@pytest.mark.parametrize(
    "heads", [("Chức vụ", "Đơn vị"), ("Đơn vị công tác", "Chức danh, đơn vị công tác")]
)
def test_a_post_and_an_office_in_columns_of_their_own_are_joined_as_they_stand(heads):
    heads = ("TT", "Họ và tên", "Ngày tháng năm sinh", "Giới tính", "Dân tộc", *heads, "Thành tích")
    row = (1, "Lò Thị Xuân", "12/05/1980", "Nữ", "Thái", "Chủ tịch", "Xã Bản Hon", "Lao động giỏi")
    alone = (2, "Lò Thị Yên", 1981, "Nữ", "Thái", None, "Xã Bản Hon", None)
    submission = pasted((0, (heads, row, alone)))
    assert people(submission, *COLUMNS, "doi_tuong", "thanh_tich") == [
        ("Lò Thị Xuân", 1980, "Nữ", "Thái", "Chủ tịch, Xã Bản Hon", None, "Lao động giỏi"),
        ("Lò Thị Yên", 1981, "Nữ", "Thái", "Xã Bản Hon", None, None),
    ]
    said = {fault.code: fault.details for fault in submission.all_faults}
    assert said.keys() == {"DL31", "DL46"}
    assert said["DL46"]["number"] == "1"


def test_what_stands_under_a_head_that_the_form_does_not_have_is_no_value():
    heads = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Nơi ở", "Đối tượng")
    row = (1, "Lò Thị Xuân", "12/05/1980", "Nữ", "Thái", "Bản Nà Ún", None, "đi vắng", "045123456")
    submission = pasted((0, ((*heads, "Ghi chú", "Số CMND"), row)))
    assert people(submission, *COLUMNS, "thanh_tich", "duoc_bau") == [
        ("Lò Thị Xuân", 1980, "Nữ", "Thái", "Bản Nà Ún", None, None)
    ]


def test_a_mark_under_the_minorities_is_no_people_of_its_own():
    heads = ("STT", "Họ và tên", "Năm sinh", "Giới tính", "Dân tộc thiểu số", "Nơi ở")
    submission = pasted((0, (heads, (1, "Lò Thị Xuân", 1980, "Nữ", "x", "Bản Nà Ún"))))
    (row,) = submission.tables["danh_sach"]
    assert (row.values["dan_toc"].raw, row.values["noi_cong_tac"].value) == (None, "Bản Nà Ún")
    assert "DL45" in [fault.code for fault in submission.all_faults]  # said, not lost


def test_the_forms_heads_once_more_begin_no_other_list():
    labels = [column.label for column in FORM.tables[0].columns]
    submission = pasted((2, (("STT", *labels), (None, *OWN[0]))), above=FORMS_ROWS[:2])
    assert people(submission, "ho_ten") == [("Lò Thị An",), ("Lò Thị Bình",), ("Lò Thị Xuân",)]
    assert [fault.code for fault in submission.all_faults] == ["DL48"]
