"""Text that no font shows right: understood when its words leave one reading, never else touched."""

import re

import pytest
from garbled import HANDS, KEYED, MISREAD
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_legacy_text import CAMPAIGN, CHOICES, NAMES, OTHERS, SENTENCES

from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.vietnamese.garbled_text import is_garbled, looks_garbled, ungarbled
from tdkt_batch.vietnamese.spelling import is_syllable, normal_text, without_marks

REPAIR = dict.fromkeys(MISREAD, "SC29") | {"VIQR": "SC30", "VNI figures": "SC31"}


def seen(field, raw):
    found = understand(field, raw, CAMPAIGN)
    return found.value, found.repair and found.repair.rule, found.fault and found.fault.code


TEXT = Field(id="a", kind=FieldKind.TEXT, label="A")


@pytest.mark.parametrize("hand", HANDS)
def test_a_value_of_a_list_is_known_however_it_was_garbled(hand):
    for form in CAMPAIGN.forms:
        for field in (*form.fields, *(c for table in form.tables for c in table.columns)):
            for value in field.choices.values if field.choices else ():
                raw = HANDS[hand](value)
                expected = (value, None, None) if raw == value else (value, REPAIR[hand], None)
                assert seen(field, raw) == expected, (field.id, raw)


@pytest.mark.parametrize("hand", HANDS)
def test_most_sentences_are_understood_and_none_otherwise(hand):
    texts = [t for t in (*NAMES, *SENTENCES) if without_marks(t).isascii() and len(t.split()) > 2]
    garbled = [(text, HANDS[hand](text)) for text in texts]
    changed = [(text, raw) for text, raw in garbled if raw != text]
    said = [(text, found.text) for text, raw in changed if (found := ungarbled(raw))]
    assert [(a, b) for a, b in said if normal_text(a) != normal_text(b)] == []
    assert len(changed) > 100
    assert len(said) >= 0.8 * len(changed)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("LÃ² VÄƒn Háº·c", "Lò Văn Hặc"),
        ("hÃ ng vÃ o", "hàng vào"),
        ("VÅ© thá»‹ NÃ¹ng", "Vũ thị Nùng"),
        ("\ufeffChÃ\u00adnh quyá»\u0081n", "Chính quyền"),
        ("Nguye^~n Thi. Hoa`", "Nguyễn Thị Hoà"),
        ("H'Mo^ng, xa~ Ta` Mi't", "H'Mông, xã Tà Mít"),
        ("Uy? ban nha^n da^n xa~.", "Uỷ ban nhân dân xã."),
        ("Hoi65 truong72 xa4", "Hội trường xã"),
        ("UBND xa4 Mu7o7ng2 Te2, 12/KH-UBND", "UBND xã Mường Tè, 12/KH-UBND"),
        ("Tha2o Thi5 Thuo73", "Thào Thị Thuở"),
    ],
)
def test_what_people_leave_behind_is_understood(raw, text):
    assert seen(TEXT, raw)[::2] == (text, None)
    assert seen(TEXT, text) == (text, None, None)


UNTOUCHED = """
phong A1, B2; Ban16, To26; CO2 H2O; To1, Ban2, Nhom3; Nhà A1; QL32 km65; doi1 doi6; to61 to62 to63; doi61, doi62; C++ va to^?; a+b=c (x);
http://a.vn/o^?x'; a.b@c.vn; ok?; co? hay khong? to.; Uy. ban xa.; So? No. Vu.; 12/KH-UBND; dd/mm;
AndrÃ©; Â© 2015; 5 Âµm; Ã; Ã ; What? No. Yes? I do.; it's o.k. (a); A+ B+ O+; nhom m(a); don't
"""


def test_what_is_plain_or_of_other_languages_is_never_touched():
    plain = [*NAMES, *CHOICES, *SENTENCES, *map(without_marks, (*NAMES, *SENTENCES))]
    others = [
        t.strip() for t in (OTHERS + UNTOUCHED).split(";") if t.strip() not in ("", "HÃ  Ná»™i")
    ]
    assert [text for text in (*plain, *others) if ungarbled(text)] == []
    assert [text for text in plain if looks_garbled(text)] == []


WORDS = sorted({
    word
    for text in (*NAMES, *SENTENCES, "đã xã mã lã ngã bã ná tá khá lá ý à ạ")
    for word in re.findall(r"[^\W\d_]+", text)
    if is_syllable(word)
})  # fmt: skip
BETWEEN = [
    " ", "  ", "\u00a0", " \u00a0", ", ", "; ", " - ", " – ", "–", "…", "… ", "” ", "’ ", "• ", "¹ ",
    "² ", "³, ", ": “", " (", ") ", "/", ".", "! ", " 20 ", "· ", "®", "™ ", " «", "» ", "»… ", "°", "©",
]  # fmt: skip
CASES = [str.upper, str.title, str.lower]
PIECES = st.tuples(st.sampled_from(WORDS), st.sampled_from(CASES), st.sampled_from(BETWEEN))


@given(st.lists(PIECES, min_size=1), st.sampled_from(["ĐÃ", "xã", "XÃ ", "Ngã", "LÃ ²", "MÃ¹"]))
@settings(max_examples=1000)
@example([], "XÃ 20")
@example([], "UBND XÃ (TA GIA)")
@example([], "UBND XÃ  TA GIA")
@example([], "HOA MÃ  CU")
@example([], "XÃ\u00a0 TA GIA, XÃ\u00a0 PHA MU")
@example([], "XÃ - TA LENG")
@example([], "XÃ¹")
@example([], "NHÀ VĂN HÓA XÃ TA GIA, XÃ PHA MU")
@example([], "XÃ ĐÃ TỔ CHỨC")
def test_right_words_in_any_case_are_never_taken_for_garbled_ones(pieces, last):
    text = "".join(case(word) + between for word, case, between in pieces) + last
    if "»" in text and "«" not in text.partition("»")[0]:
        text = f"«{text}"
    assert ungarbled(text) is None
    assert not looks_garbled(text)


@given(st.text(), st.sampled_from([*HANDS]), st.sampled_from(SENTENCES))
def test_what_was_understood_is_understood_no_more(text, hand, sentence):
    for raw in (text, HANDS[hand](sentence)):
        if found := ungarbled(raw):
            assert ungarbled(found.text) is None
            assert is_garbled(found.text, raw) is None


@pytest.mark.parametrize("hand", KEYED)
def test_one_word_alone_is_left(hand):
    raw = HANDS[hand]("nữ")
    assert (raw != "nữ", seen(TEXT, raw)) == (True, (raw, None, None))


@pytest.mark.parametrize("raw", ["há»p má»i", "M«ng nghÞ t- vÊn", "ca'n bo^. Tha'ng to^?ng"])
def test_what_nobody_types_and_nobody_can_read_is_seen(raw):
    assert seen(TEXT, raw) == (raw, None, None)
    assert looks_garbled(raw)
    assert not re.search(r"\d", raw)
