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
from tdkt_batch.forms_read.lacking import answers_of_parts, as_asked_before
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.returns.sent_form import raw_again
from tdkt_batch.rules.decisions import corrected
from tdkt_batch.values import Fault, Value
from tdkt_batch.vietnamese.labels import label_key

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
        ("Thiếu: 4; 6", ("Không", [4, 6])),
        ("thiếu nội dung: 4", ("Không", [4])),
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
        ("Thiếu: Chào cờ", ("Không", [1])),
        ("4, nội dung 6", ("Không", [4, 6])),
        ("4. Báo cáo tổng kết phong trào thi đua", ("Không", [4])),
    ],
)
def test_what_the_batch_understands_beyond_that(raw, answer):
    assert lacks(raw) == (None, answer)


@pytest.mark.parametrize(
    "raw",
    [
        *("thiếu 2 nội dung", "4/6", "4.6", "4-6", "46", "0", "10", "9/9", "không", "không đủ"),
        *("thiếu 2 nội dung 4, 6", "thiếu 2 nội dung số 4 và 6", "thiếu 1 nội dung bế mạc"),
        *("thieu 1 noi dung 7", "4 nội dung 6", "4:6", "đủ 8", "đủ nội dung 4", "đủ; 3"),
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


def parts_said(complete, lacking, unread):
    """Return the cells of a form that asked part by part; ``unread`` is what cannot be read."""

    def cell(part, known, raw, fault=None):
        place = {"sheet": "Báo cáo", "cell": "C50", "fault": fault}
        return Value(field=part.id, value=known, typed=known, raw=raw, **place)

    said = {
        one.id: cell(one, one in lacking, "x" if one in lacking else None)
        for one in PROGRAMME.contents
    }
    for part, raw in unread.items():
        said[part.id] = cell(part, None, raw, Fault("DL07"))
    return said | {PROGRAMME.complete.id: cell(PROGRAMME.complete, complete, complete)}


contents = st.sampled_from(PROGRAMME.contents)


@given(
    st.sampled_from(["Có", "Không", None]),
    st.sets(contents, max_size=3),
    st.dictionaries(
        contents, st.sampled_from(["2", "9", "3?", "đủ", "không"]), min_size=1, max_size=2
    ),
)
def test_what_is_not_known_is_not_read_for_certain_where_it_goes_back(complete, lacking, unread):
    others = {field.id: value(None, None) for field in FORM.fields if field.id != PROGRAMME.id}
    said = answers_of_parts(FORM, others | parts_said(complete, lacking, unread))
    answer = said[PROGRAMME.id]
    assert (answer.value, answer.is_blank) == (None, False)
    again = raw_again(CAMPAIGN, PROGRAMME, answer)
    assert understand(PROGRAMME, again, CAMPAIGN).value is None


@given(st.sets(st.sampled_from([part.label for part in PROGRAMME.parts]), min_size=1))
def test_a_form_that_asked_part_by_part_is_known_by_any_row_that_is_left(left):
    own = {label_key(field.label) for field in FORM.fields if field is not PROGRAMME}
    asked = as_asked_before(FORM, frozenset(own | set(map(label_key, left))))
    ids = [field.id for field in asked.fields]
    assert PROGRAMME.id not in ids
    assert {PROGRAMME.complete.id, *(one.id for one in PROGRAMME.contents)} <= set(ids)
    assert as_asked_before(FORM, frozenset(own | {label_key(PROGRAMME.label)})) is FORM
