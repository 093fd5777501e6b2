"""One answer that says which contents lack: what it is read as, by formulas' grammar and forgiving.

That the form's formulas read it so too is held by ``test_parity`` over chance forms.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from month_sample import submission_of
from test_decisions import correction
from test_read import CAMPAIGN, FORM, UNIT, read, write

from tdkt_batch.campaign.lacking import answer_of, lacking_in, parts_of, said_by
from tdkt_batch.forms.as_typed import typed_value
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.rules.decisions import corrected
from tdkt_batch.values import Value

PROGRAMME = FORM.field("noi_dung_thieu")


def value(answer, raw="…"):
    return Value(field=PROGRAMME.id, value=answer, typed=answer, raw=raw, sheet="", cell="C48")


def lacks(raw):
    """Return as typed and as understood whether all is there, and the numbers of what lacks."""
    found = understand(PROGRAMME, raw, CAMPAIGN)
    return tuple(map(told, (found.typed, found.value)))


def told(answer):
    if answer is None:
        return None
    complete, *contents = said_by(PROGRAMME, answer, is_blank=False).values()
    return complete, [n for n, one in enumerate(contents, start=1) if one is True]


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("đủ", ("Có", [])),
        (" ĐỦ. ", ("Có", [])),
        ("Đủ 9 nội dung", ("Có", [])),
        ("thiếu", ("Không", [])),
        ("4; 6", ("Không", [4, 6])),
        ("6,4", ("Không", [4, 6])),
        ("Thiếu nội dung số 4 và 6", ("Không", [4, 6])),
        ("4. 6.", ("Không", [4, 6])),
        (4, ("Không", [4])),
        ("9", ("Không", [9])),
        ("đủ, thiếu 4", ("Có", [4])),
    ],
)
def test_what_form_and_batch_take_alike(raw, answer):
    assert lacks(raw) == (answer, answer)


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("đầy đủ", ("Có", [])),
        ("có đủ 9/9 nội dung", ("Có", [])),
        ("không thiếu nội dung nào", ("Có", [])),
        ("du", ("Có", [])),
        ("thieu 4 va 6", ("Không", [4, 6])),
        ("nội dung 4, nội dung thứ 6", ("Không", [4, 6])),
        ("Thiếu bế mạc", ("Không", [9])),
        ("4. Báo cáo tổng kết phong trào thi đua", ("Không", [4])),
    ],
)
def test_what_the_batch_understands_beyond_that(raw, answer):
    assert lacks(raw) == (None, answer)


@pytest.mark.parametrize(
    "raw",
    [
        *("thiếu 2 nội dung", "4/6", "4.6", "4-6", "46", "0", "10", "9/9", "không", "không đủ"),
        *("hai", "có", "4. Bế mạc", "?", ";", "chương trình", 4.6, 46, True),
    ],
)
def test_what_says_not_which_is_asked(raw):
    assert lacks(raw) == (None, None)
    assert understand(PROGRAMME, raw, CAMPAIGN).fault.code == "DL56"


@given(st.sampled_from(["Có", "Không", None]), st.sets(st.sampled_from(PROGRAMME.contents)))
def test_an_answer_says_again_what_its_parts_said(complete, lacking):
    said = {one.id: one in lacking for one in PROGRAMME.contents}
    answer = answer_of(PROGRAMME, {**said, PROGRAMME.complete.id: complete})
    again = said_by(PROGRAMME, answer, is_blank=answer is None)
    assert answer is None or lacking_in(PROGRAMME, answer) == answer
    assert {id_: again[id_] for id_ in said} == said
    expected = "Không" if complete is None and lacking else complete
    assert again[PROGRAMME.complete.id] == expected


def test_of_a_blank_answer_nothing_lacks_and_of_an_unclear_one_nothing_is_known():
    contents = {one.id for one in PROGRAMME.contents}
    for raw, known in ((None, False), ("46", None)):
        parts = parts_of(PROGRAMME, value(typed_value(PROGRAMME, raw, CAMPAIGN), raw))
        assert parts[PROGRAMME.complete.id].value is None
        assert {parts[id_].value for id_ in contents} == {known}


def test_a_form_says_in_the_answers_cell_what_lacks():
    submission = read(write("| trang_thai | Đã tổ chức |\n| noi_dung_thieu | 4; 6 |"))
    asked = submission.values["noi_dung_thieu"]
    found = {id_: submission.values[id_] for id_ in FORM.part_of}
    assert {one.cell for one in found.values()} == {asked.cell}
    assert [id_ for id_, one in found.items() if one.value is True] == [
        *("thieu_bao_cao", "thieu_bieu_duong")
    ]
    assert found["du_chuong_trinh"].value == "Không"


@pytest.mark.parametrize(
    ("decisions", "answer", "lacking"),
    [
        ([("noi_dung_thieu", "1; 9")], "1; 9", {"thieu_chao_co", "thieu_be_mac"}),
        ([("thieu_bau", True)], "4; 7", {"thieu_bao_cao", "thieu_bau"}),
        ([("thieu_bao_cao", False), ("du_chuong_trinh", "Có")], "đủ", set()),
        ([("noi_dung_thieu", "đủ"), ("thieu_bau", True)], "đủ, thiếu 7", {"thieu_bau"}),
    ],
)
def test_the_board_corrects_an_answer_or_a_part_of_it(decisions, answer, lacking):
    sent = submission_of(CAMPAIGN, UNIT, {"noi_dung_thieu": "4"})
    told = [
        replace(correction(said, id_, month=sent.month), unit=UNIT.code) for id_, said in decisions
    ]
    values = corrected(CAMPAIGN, sent, told).values
    assert values["noi_dung_thieu"].value == answer
    assert {one.id for one in PROGRAMME.contents if values[one.id].value is True} == lacking
