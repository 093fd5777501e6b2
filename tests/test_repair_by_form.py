"""What a form's cells say together about the PC: put right when sure, asked when likely."""

from datetime import date

import pytest
from older_forms import with_real_days
from test_find import codes
from test_read import CAMPAIGN, FORM, MARCH, UNIT, read
from test_read import write as write_new

from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form


def write(text):
    """Return a form of before days were texts."""
    return with_real_days(write_new(text))


def told(submission, *fields):
    """Return value, repair and fault of some fields."""
    values = (submission.values[id_] for id_ in fields)
    return [(v.value, v.repair and v.repair.rule, v.fault and v.fault.code) for v in values]


def test_days_that_a_pc_exchanged_are_put_right_and_said():
    # months first: 5/1 became 1 May, 12/3 became 3 December, 25/2 and 18/3 stayed text
    submission = read(
        write("""
            | ngay_ke_hoach    | [01/05/2015] |
            | ngay_hoi_nghi_th | [03/12/2015] |
            | ngay_tinh        | 25/02/2015   |
            | ngay_cong_van    | 18/03/2015   |
        """)
    )
    assert told(submission, "ngay_ke_hoach", "ngay_hoi_nghi_th", "ngay_tinh", "ngay_cong_van") == [
        (date(2015, 1, 5), "SC19", None),
        (date(2015, 3, 12), "SC19", None),
        (date(2015, 2, 25), None, None),
        (date(2015, 3, 18), None, None),
    ]
    assert codes(submission) == {"DL37"}
    assert submission.values["ngay_ke_hoach"].typed == date(2015, 5, 1)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # one text alone may have other reasons: asked, nothing changed
        ("| ngay_ke_hoach | [01/05/2015] |\n| ngay_tinh | 25/02/2015 |", {"DL39"}),
        # a day beyond the 12th was understood: the PC puts the day first
        ("| ngay_ke_hoach | [01/05/2015] |\n| ngay_tinh | [25/02/2015] |", set()),
        # a late conference is a matter of the guidance, not of the PC
        ("| ngay_hoi_nghi_th | [02/04/2015] |", set()),
        ("| ngay_ke_hoach | [04/04/2015] |", set()),
    ],
)
def test_what_is_only_likely_is_asked_and_nothing_is_changed(table, expected):
    submission = read(write(table))
    assert all(v.repair != "SC19" for v in submission.values.values())
    first = table.split("|")[1].strip()
    assert told(submission, first)[0][1:] == (None, None)
    assert codes(submission) == expected


def test_a_day_left_as_text_is_read_day_first():
    submission = read(write("| ngay_hoi_nghi_th | 03/02/2015 |"))
    assert told(submission, "ngay_hoi_nghi_th") == [(date(2015, 2, 3), None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/05/2015", (date(2015, 3, 5), "SC20", None)),  # 3 May has not come yet
        ("01/02/2015", (None, None, "DL23")),  # both in the quarter: nobody can know
        ("02/02/2015", (date(2015, 2, 2), None, None)),
        ("13/02/2015", (date(2015, 2, 13), None, None)),
    ],
)
def test_where_months_stand_first_only_sense_decides(text, expected):
    submission = read(write(f"| ngay_tinh | 01/25/2015 |\n| ngay_hoi_nghi_th | {text} |"))
    assert told(submission, "ngay_tinh") == [(date(2015, 1, 25), "SC18", None)]
    assert told(submission, "ngay_hoi_nghi_th") == [expected]


def write_counts(counts):
    return write_form(CAMPAIGN, FORM, Filling(unit=UNIT, month=MARCH, values=counts))


@pytest.mark.parametrize(
    ("staff", "total", "expected", "said"),
    [
        (1.2, 1.05, [(1200, "SC21", None), (1050, "SC21", None)], {"DL43"}),
        (1.234, 212, [(1234, "SC21", None), (212, None, None)], {"DL43"}),
        (1.2, 212, [(None, None, "DL02"), (212, None, None)], {"DL02"}),
        (0.5, 212, [(None, None, "DL02"), (212, None, None)], {"DL02"}),
    ],
)
def test_thousands_that_a_pc_took_for_decimals(staff, total, expected, said):
    submission = read(write_counts({"so_cbccvc_nld": staff, "tong_dai_bieu_th": total}))
    assert told(submission, "so_cbccvc_nld", "tong_dai_bieu_th") == expected
    assert codes(submission) == said


def test_the_third_of_january_in_a_form_for_march_is_the_first_of_march():
    submission = read(write("| thang_bao_cao | [03/01/2015] |"))
    assert str(submission.month) == "2015-03"
    assert codes(submission) == {"DL42"}


def test_another_month_than_the_form_was_made_out_for_is_said():
    submission = read(write("| thang_bao_cao | 2/2015 |"))
    assert str(submission.month) == "2015-02"
    assert codes(submission) == {"DL36"}


def test_texts_that_prove_their_encoding_decide_nothing_of_a_short_one_elsewhere():
    submission = read(
        write("""
            | dia_diem  | Héi tr­êng UBND x·      |
            | chu_tri   | NguyÔn V¨n B×nh, Chñ tÞch |
            | kien_nghi | cã                       |
        """)
    )
    assert told(submission, "dia_diem", "chu_tri", "kien_nghi") == [
        ("Hội trường UBND xã", "SC15", None),
        ("Nguyễn Văn Bình, Chủ tịch", "SC15", None),
        ("cã", None, None),
    ]
