"""Text of the fonts before Unicode: decoded when certain, never touched when not."""

import re
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding, encode_legacy
from tdkt_batch.vietnamese.legacy_text import (
    Certainty,
    decode_legacy,
    is_encoded,
    proved_encoding,
    readings_as_legacy,
)

TCVN3, VNI = LegacyEncoding.TCVN3, LegacyEncoding.VNI
FONTS = {TCVN3: ".VnTime", VNI: "VNI-Times"}
CAMPAIGN = load_campaign()
NAMES = [unit.name for unit in CAMPAIGN.units]
SENTENCES = [s.strip() for s in re.split(r"[.\n;:]", CAMPAIGN.document.text) if s.strip()]
CHOICES = [value for one in CAMPAIGN.lists.values() for value in one.values]
SYLLABLES = sorted({w for text in (*NAMES, *SENTENCES) for w in re.findall(r"[^\W\d_]+", text)})
VIETNAMESE = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=12).map(" ".join)


def decoded(text, font=None, proved=None):
    found = decode_legacy(text, font, proved)
    return found and (found.text, found.encoding)


# --- certain -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "text", "encoding"),
    [
        ("Hµ Néi", "Hà Nội", TCVN3),
        ("X· M\u00adêng Than", "Xã Mường Than", TCVN3),
        ("Héi nghÞ biÓu d\u00ad¬ng ng\u00adêi tèt, viÖc tèt", "Hội nghị biểu dương người tốt, việc tốt", TCVN3),
        ("Th¸i", "Thái", TCVN3),
        ("TØNH LAI CH¢U", "TỈNH LAI CHÂU", TCVN3),
        ("X· PHóC THAN", "XÃ PHÚC THAN", TCVN3),
        ("UBND x· Tµ MÝt", "UBND xã Tà Mít", TCVN3),
        ("§/c NguyÔn V¨n A, Chñ tÞch H§ND", "Đ/c Nguyễn Văn A, Chủ tịch HĐND", TCVN3),
        ("5 × 10 c©y chÌ", "5 × 10 cây chè", TCVN3),
        ("Laâm Vaên Hoàng", "Lâm Văn Hồng", VNI),
        ("Hoäi nghò bieåu döông ngöôøi toát, vieäc toát", "Hội nghị biểu dương người tốt, việc tốt", VNI),
        ("XAÕ MÖÔØNG THAN", "XÃ MƯỜNG THAN", VNI),
        ("Ñaûng uûy khoái caùc cô quan tænh", "Đảng ủy khối các cơ quan tỉnh", VNI),
    ],
)  # fmt: skip
def test_the_letters_decide(typed, text, encoding):
    found = decode_legacy(typed)
    assert found is not None
    assert (found.text, found.encoding, found.certainty) == (text, encoding, Certainty.LETTERS)


@pytest.mark.parametrize(
    ("typed", "font", "text"),
    [
        ("N÷", ".VnTime", "Nữ"),
        ("Hµ", ".VnArial", "Hà"),
        ("Hµ Néi", ".VnTimeH", "HÀ NỘI"),
        ("x· m\u00adêng than", ".VnArial NarrowH", "XÃ MƯỜNG THAN"),
        ("Q§", ".VnTime", "QĐ"),
        ("Nöõ", "VNI-Helve", "Nữ"),
        ("Thö", "VNI-Times", "Thư"),
    ],
)
def test_the_font_decides(typed, font, text):
    found = decode_legacy(typed, font)
    assert found is not None
    assert (found.text, found.certainty) == (text, Certainty.FONT)


def test_the_column_decides_what_one_cell_leaves_open():
    cells = [("Hµ Néi", None), ("TriÖu V¨n Hïng", None), ("cã", None), ("N÷", None), ("212", None)]
    assert decoded("cã") is None
    assert proved_encoding(cells) is TCVN3
    assert decoded("cã", proved=TCVN3) == ("có", TCVN3)
    assert decoded("N÷", proved=TCVN3) == ("Nữ", TCVN3)
    assert decoded("cã", ".VnTime", TCVN3) == ("có", TCVN3)


@pytest.mark.parametrize(
    "cells",
    [
        [("Hµ Néi", None)],
        [("Hµ Néi", None), ("TriÖu V¨n Hïng", None), ("Xã Mường Than", None)],
        [("TriÖu V¨n Hïng", None), ("Hµ Néi", None), ("Laâm Vaên Hoàng", None)],
        [],
    ],
)
def test_a_column_of_two_hands_proves_nothing(cells):
    assert proved_encoding(cells) is None


def test_a_closed_list_may_ask_what_a_cell_could_spell():
    assert readings_as_legacy("N÷") == {TCVN3: "Nữ"}
    assert readings_as_legacy("cã") == {TCVN3: "có"}
    assert readings_as_legacy("Nữ") == readings_as_legacy("Nu") == {}


@pytest.mark.parametrize("encoding", LegacyEncoding)
@pytest.mark.parametrize("change", [str, str.lower, str.upper])
def test_every_value_of_a_list_is_known_in_its_encoded_form_and_none_for_another(encoding, change):
    for one in CAMPAIGN.lists.values():
        for value in one.values:
            typed = encode_legacy(change(value), encoding)
            if typed is not None and not typed.isascii():
                assert [v for v in one.values if is_encoded(typed, v, encoding)] == [value]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Lß ThÞ ¸nh", "Lò Thị Ánh"),
        ("X· Ýt Ong", "Xã Ít Ong"),
        ("Vµng A ó", "Vàng A Ú"),
        ("¸nh, Lß ThÞ", "Ánh, Lò Thị"),
        ("Bµ Lß ThÞ ót", "Bà Lò Thị Út"),
        ("B¸o c¸o vÒ ý kiÕn", "Báo cáo về ý kiến"),
        ("ñy ban nh©n d©n x·", "ủy ban nhân dân xã"),
    ],
)
def test_the_capitals_that_the_old_font_lacks_are_restored_in_names(typed, text):
    assert decoded(typed, ".VnTime") == (text, TCVN3)
    assert encode_legacy(text, TCVN3) == typed


# --- not certain -----------------------------------------------------------------------


@given(VIETNAMESE, st.sampled_from([None, "Arial", ".VnTime", "VNI-Times"]))
def test_a_text_with_combining_marks_is_unicode(text, font):
    typed = unicodedata.normalize("NFD", text)
    assert decode_legacy(typed, font) is None
    assert readings_as_legacy(typed) == {}
    if typed != text:
        assert proved_encoding([(typed, font), ("Hµ Néi", None), ("Tµ MÝt", None)]) is None


@given(st.text(), VIETNAMESE, st.sampled_from(LegacyEncoding), st.booleans())
def test_what_was_decoded_is_decoded_no_more(text, words, encoding, has_font):
    font = FONTS[encoding] if has_font else None
    for typed in (text, encode_legacy(words, encoding), encode_legacy(text, encoding)):
        if typed is not None and (found := decode_legacy(typed, font)):
            assert decode_legacy(found.text, font) is None


@pytest.mark.parametrize("font", [None, "Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times"])
def test_unicode_vietnamese_is_never_touched(font):
    texts = [*NAMES, *CHOICES, *SENTENCES, *SYLLABLES]
    assert [text for text in texts if decode_legacy(text, font)] == []


@given(VIETNAMESE, st.sampled_from([None, "Arial", ".VnTime", "VNI-Times"]))
def test_any_unicode_vietnamese_is_never_touched(text, font):
    assert decode_legacy(text, font) is None
    assert decode_legacy(text.upper(), font) is None


@given(st.text(string.printable), st.sampled_from([None, ".VnTimeH", "VNI-Times"]))
def test_plain_text_and_figures_are_never_touched(text, font):
    assert decode_legacy(text, font) is None
    assert decode_legacy(text, font, TCVN3) is None


@given(st.text())
def test_any_text_is_read_or_left(text):
    found = decode_legacy(text)
    if found is not None:
        assert re.search("[\u00a1-\u00ff]", text)


OTHERS = """
Café crème; Château; Noël; naïve; façade; déjà vu; Thaï; Loïc; Citroën; très bien; été; août; goût;
El Niño; señor; España; mañana; São Paulo; não; coração; Müller; Straße; für; schön; Größe; Köln;
søn; Møn; København; på; Malmö; Lön; Björn; Zoë; Beyoncé; résumé; Nestlé; Pokémon; jalapeño;
© 2015; ® ; §5; 10 µm; 5 µg; 25 m²; 3 m³; 37°C; ½ ngày; 1/2; ¼; 5÷10; 10 × 5; ±2; « xin »; £5; ¥;
Lop B¹; A¹; N° 5; 1º; 1ª; Pérez; Đắk Lắk; Xê-đăng; Brâu; Hrê; Krông Pa; Mnông; Xtiêng; H’Mông; Ê-đê;
Công ty Nestlé Việt Nam; Công ty Sôcôla; Ðoàn thanh niên; qúy; hòang; Hòa Bình; bà con; xã; thôn;
HÃ  Ná»™i; Ã¡; â€“; Nam; Nữ; có; x; ✓; 212 người; 70,5 %; 01/05/2015; DN – HTX; “Xã A”
"""


@pytest.mark.parametrize("text", [t.strip() for t in OTHERS.split(";")])
def test_other_languages_signs_and_units_are_never_touched(text):
    assert decode_legacy(text) is None


@pytest.mark.parametrize(
    "text", ["Bµ nh- thÕ", "Bµ nh thÕ", "M-êng Than", "Mêng Than", "ThÞ Th- ký tØnh"]
)
def test_text_that_lost_its_soft_hyphens_is_left(text):
    assert decode_legacy(text) is None
    assert decode_legacy(text, ".VnTime") is None


@pytest.mark.parametrize("text", ["Hµ Nội", "Hµ ø Ā", "Aø ø VNI"])
def test_text_with_letters_of_no_encoding_is_left(text):
    assert decode_legacy(text, ".VnTime") is None
    assert decode_legacy(text, "VNI-Times") is None


# --- lossless ----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", LegacyEncoding)
@given(text=VIETNAMESE)
def test_what_is_decoded_encodes_back(encoding, text):
    typed = encode_legacy(text, encoding)
    found = decode_legacy(typed, FONTS[encoding])
    if found is not None:
        assert encode_legacy(found.text, encoding) == typed
        assert found.text.casefold() == text.casefold()


def same(encoding, text, found):
    if found is None:
        return False
    assert found.encoding is encoding, (text, found)
    # TCVN3 has no toned capitals: Ủ was typed as ủ
    assert found.text == text or (encoding is TCVN3 and found.text.lower() == text.lower())
    return True


@pytest.mark.parametrize("encoding", LegacyEncoding)
@pytest.mark.parametrize("case", [str, str.upper])
def test_nearly_every_name_and_sentence_is_read_from_its_letters(encoding, case):
    texts = [case(text) for text in (*NAMES, *SENTENCES)]
    typed = [(text, encode_legacy(text, encoding)) for text in texts]
    changed = [(text, raw) for text, raw in typed if raw != text]
    read = [text for text, raw in changed if same(encoding, text, decode_legacy(raw))]
    assert len(read) >= 0.93 * len(changed)
    by_font = [t for t, raw in changed if same(encoding, t, decode_legacy(raw, FONTS[encoding]))]
    assert len(by_font) >= 0.98 * len(changed)


@pytest.mark.parametrize("encoding", LegacyEncoding)
def test_every_vietnamese_letter_has_its_code_and_back(encoding):
    letters = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    codes = [encode_legacy(letter, encoding) for letter in letters]
    assert len(set(codes)) == len(letters) == 67
    both = letters if encoding is TCVN3 else letters + letters.upper()
    assert len({encode_legacy(letter, encoding) for letter in both}) == len(both)
