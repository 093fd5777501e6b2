"""What two files of one unit say differently, and what becomes of it."""

from dataclasses import replace
from datetime import datetime

from test_read import CAMPAIGN, MARCH, UNIT, read, write

from tdkt_batch.choose.choose import choose
from tdkt_batch.choose.differences import differences, other_half
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import FileState

FIRST = """
    | trang_thai           | Đã có kế hoạch |
    | so_cbccvc_nld        | 23             |
    | tong_dai_bieu_kh     | 1.200          |
    | dia_diem             | Nhà văn hóa    |
"""
SECOND = """
    | chu_tri              | Lò Văn A       |
    | so_tham_luan         | 4              |
    | nguoi_lap            | Giàng Thị B    |
"""
PERSON = {"ho_ten": "Lò Văn A", "nam_sinh": 1970, "gioi_tinh": "Nam"}


def sent(text, day, **more):
    found = read(write(text, **more))
    return replace(
        found,
        source=replace(found.source, name=f"{day}.xlsx", modified=datetime(2015, 3, day, 9)),
    )


def compared(older, newer):
    return [tuple(one)[1:] for one in differences(CAMPAIGN, older, newer)]


def test_what_counts_is_compared_cell_by_cell():
    newer = FIRST.replace("1.200 ", "1 200 ").replace("| 23 ", "| 25 ")
    assert compared(sent(FIRST, 17), sent(newer, 18)) == [
        ("Số cán bộ, công chức, viên chức, người lao động", "C17", "23", "25"),
    ]


def test_people_are_compared_by_name_wherever_they_stand():
    one = sent(FIRST, 17, tables={"danh_sach": [PERSON]})
    other = sent(FIRST, 18, tables={"danh_sach": [{}, {**PERSON, "nam_sinh": 1971}]})
    title = "Danh sách đại biểu điển hình tiên tiến và đại biểu được bầu, lò văn a"
    assert compared(one, other) == [(f"{title}, Năm sinh", "C8", "1970", "1971")]
    assert [(old, new) for *_, old, new in compared(one, sent(FIRST, 18))] == [
        ("Lò Văn A", ""),
        ("1970", ""),
        ("Nam", ""),
    ]


def test_two_parts_of_one_report_complete_each_other():
    found = other_half(CAMPAIGN, sent(FIRST, 17), sent(SECOND, 18))
    assert [one.old for one in found][:2] == ["Đã có kế hoạch", "23"]
    corrected = sent(FIRST.rstrip() + SECOND, 18)
    assert other_half(CAMPAIGN, sent(FIRST, 17), corrected) == ()
    contrary = sent(SECOND.rstrip() + "\n| dia_diem | Hội trường |", 18)
    assert other_half(CAMPAIGN, sent(FIRST, 17), contrary) == ()


def chosen(*submissions):
    readings = [
        Reading(source=replace(s.source, sha256=str(n)), submission=s)
        for n, s in enumerate(submissions)
    ]
    return choose(readings, CAMPAIGN, MARCH)


def test_a_superseded_file_says_how_many_cells_differ_and_the_first():
    newer = FIRST.replace("| 23 ", "| 25 ")
    found = chosen(sent(FIRST, 17), sent(newer, 18))
    assert [r.state for r in found.records] == [FileState.SUPERSEDED, FileState.USED]
    assert found.records[0].reason == (
        "Đã có bản mới hơn: “18.xlsx”; khác 1 ô: "
        "“Số cán bộ, công chức, viên chức, người lao động” (C17) từ 23 thành 25"
    )


def test_two_halves_are_said_of_the_one_that_counts():
    found = chosen(sent(FIRST, 17), sent(SECOND, 18))
    submission = found.readings[UNIT.code].submission
    assert [f.code for f in submission.faults] == ["DL44"]
    assert submission.faults[0].details["other"] == "17.xlsx"
    assert submission.values["trang_thai"].value is None
