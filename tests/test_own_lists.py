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
