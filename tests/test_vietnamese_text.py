"""Vietnamese as it is spelled: syllables, one spelling for look-alikes, ordinals."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.vietnamese.spelling import (
    is_syllable,
    normal_text,
    ordinal,
    roman,
    spelling_key,
    unmarked_key,
    with_tone_in_place,
    without_marks,
)

CAMPAIGN = load_campaign()
WORDS = sorted({
    word
    for text in (CAMPAIGN.document.text, *(unit.name for unit in CAMPAIGN.units))
    for word in re.findall(r"[^\W\d_]+", text)
})  # fmt: skip


def test_the_words_of_the_guidance_and_the_register_are_syllables_or_initials():
    odd = [w for w in WORDS if not is_syllable(w) and not re.fullmatch("[A-ZĐ]+", w)]
    assert odd == ["Box", "Text", "b", "c"]


RIGHT = """Nghĩa nghiêng giếng gì già giữa quốc quyết quý quỳnh khuya khuỷu khoẻ khỏe hoà hòa thuở
Khoen Noong Pắc Pú Ủ ở ý yêu ngoằn xoong Đắk Kan Ka Lùng bưởi hươu tuýp ngoéo ruộng"""
WRONG = """nghành cá́ hộị tôt lạch̉ Brâu Hrê Krông Nestlé Café Hoaù haì ngiên ghà cẻ kwa giíêng
Niño château für Tờng Mờng Mêng nh UBND x 12 Cônng phưởơng uyên̂ abcdefghijklm"""


@pytest.mark.parametrize("word", RIGHT.split())
def test_spelled_right(word):
    assert is_syllable(word)
    assert is_syllable(word.upper())
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", WRONG.split())
def test_spelled_wrong(word):
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["qúy", "gìa", "hòang", "tòan", "thúyên"])
def test_a_tone_set_too_early_is_forgiven_when_asked(word):
    assert not is_syllable(word)
    assert is_syllable(word, early_tone=True)
    assert is_syllable(with_tone_in_place(word))


@pytest.mark.parametrize(
    ("typed", "alike"),
    [
        ("hoà bình", "hòa bình"),
        ("KHOẺ", "KHỎE"),
        ("Thuý", "Thúy"),
        ("qúy", "quý"),
        ("gìa", "già"),
        ("Xã Pa Khoá", "Xã Pa Khóa"),
        ("Ðoàn", "Đoàn"),
        ("ÐẢNG", "ĐẢNG"),
        ("HÐND", "HĐND"),
        ("Xã\u00a0Mường\u2009Kim", "Xã Mường Kim"),
        ("Mường\u200b Kim\ufeff", "Mường Kim"),
        ("Ｘã Mường Kim　１２", "Xã Mường Kim 12"),
        (unicodedata.normalize("NFD", "Xã Mường Than"), "Xã Mường Than"),
        ("Hòang", "Hoàng"),
    ],
)
def test_look_alikes_have_one_spelling(typed, alike):
    assert normal_text(typed) == alike == normal_text(alike)


@pytest.mark.parametrize(
    "text", ["Guðmundur Ðórsson", "Café", "½ ngày", "m²", "Zoë", "quả", "Hoàn thuyền"]
)
def test_what_is_no_look_alike_stays(text):
    assert normal_text(text) == text


@given(st.text())
def test_normalising_twice_is_normalising_once(text):
    once = normal_text(text)
    assert normal_text(once) == once
    assert spelling_key(once) == spelling_key(text)


@given(st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join))
def test_normalising_keeps_words_but_for_the_tones_place(text):
    assert without_marks(normal_text(text)) == without_marks(text)
    assert [is_syllable(w) for w in normal_text(text).split()] == [
        is_syllable(w) for w in text.split()
    ]


@given(st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join))
def test_marks_lost_meet_the_same_key(text):
    assert without_marks(text).isascii()
    assert unmarked_key(without_marks(text)) == unmarked_key(text)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("IV", 4), ("iv", 4), ("4", 4), ("04", 4), ("4.", 4), ("Ⅳ", 4),
        ("thứ tư", 4), ("thứ bốn", 4), ("lần thứ 4", 4), ("Lần thứ IV", 4), ("lần IV", 4), ("LẦN THỨ TƯ", 4),
        ("nhất", 1), ("thứ nhất", 1), ("I", 1), ("lần đầu tiên", 1), ("lần đầu", 1), ("lần thứ nhì", 2),
        ("lan thu tu", 4), ("Lan thu nhat", 1), ("thứ bẩy", 7), ("thứ năm", 5),
        ("mười", 10), ("mười lăm", 15), ("hai mươi mốt", 21), ("hai muoi mot", 21), ("XXII", 22),
        ("lần  thứ\u00a0chín ", 9), ("“IX”", 9),
    ],
)  # fmt: skip
def test_ordinals(typed, number):
    assert ordinal(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lần",
        "thứ",
        "IIII",
        "VX",
        "0",
        "100",
        "-4",
        "4,5",
        "IV 2015",
        "lần thứ",
        "bà",
        "tư tư",
        "x y",
    ],
)
def test_no_ordinal(typed):
    assert ordinal(typed) is None


@given(st.integers(1, 39))
def test_roman_figures_read_back(number):
    assert ordinal(roman(number)) == number
    assert ordinal(f"lần thứ {roman(number)}") == number
