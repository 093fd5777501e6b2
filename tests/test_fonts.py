"""A text in a font of before Unicode is read by its font where its letters alone do not tell."""

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.styles import Font

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Source
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding, encode_legacy

CAMPAIGN = load_campaign()
FORM = CAMPAIGN.form("mau_01")
UNIT = CAMPAIGN.unit("03619")


def typed_in(font, text, field="chu_tri"):
    """Return a form whose cell of ``field`` was typed in ``font`` with a real program's styles."""
    place = layout_of(FORM).cells[field]
    book = openpyxl.load_workbook(
        io.BytesIO(write_form(CAMPAIGN, FORM, Filling(unit=UNIT, month=Month(2015, 3))))
    )
    cell = book[place.sheet][place.address]
    cell.value = text
    cell.font = Font(name=font)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def value_of(content, field="chu_tri"):
    source = Source(name="a.xlsx", sha256="a", size=1, modified=datetime(2015, 3, 18))
    return read_form(content, source, CAMPAIGN).values[field]


@pytest.mark.parametrize(
    ("font", "encoding", "repair"),
    [(".VnTime", LegacyEncoding.TCVN3, "SC15"), ("VNI-Times", LegacyEncoding.VNI, "SC16")],
)
@pytest.mark.parametrize("text", ["Lò Văn Ơn, Chủ tịch", "Tẩn A Páo"])
def test_the_font_tells_the_encoding(font, encoding, repair, text):
    raw = encode_legacy(text, encoding)
    value = value_of(typed_in(font, raw))
    assert (value.value, value.raw, value.repair.rule) == (text, raw, repair)


def test_a_capitals_font_is_read_in_capitals():
    raw = encode_legacy("lò văn ơn", LegacyEncoding.TCVN3)
    assert value_of(typed_in(".VnTimeH", raw)).value == "LÒ VĂN ƠN"


def test_a_short_word_needs_its_font():
    raw = encode_legacy("Ná", LegacyEncoding.TCVN3)
    assert value_of(typed_in("Times New Roman", raw)).value == raw
    assert value_of(typed_in(".VnTime", raw)).value == "Ná"


def test_unicode_typed_in_a_legacy_font_stays():
    assert value_of(typed_in(".VnTime", "Lò Văn Ơn")).value == "Lò Văn Ơn"
