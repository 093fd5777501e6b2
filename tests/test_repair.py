"""What people type, and what becomes of it."""

from dataclasses import replace
from datetime import date, datetime, time
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.form import ChoiceList, Field, FieldKind
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.as_typed import day_in_text, day_serial, typed_value
from tdkt_batch.forms_read.repair import cleaned, understand, understand_ordinal
from tdkt_batch.values import Repair, Value
from tdkt_batch.vietnamese.folding import BLANKS, WIDTHLESS
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding, encode_legacy
from tdkt_batch.wording.shared import (
    READING_FAULTS,
    READING_NOTICES,
    READING_TITLES,
    REPAIRS,
    reading_fault,
)

CAMPAIGN = load_campaign()
COUNT = Field(id="so", label="Số đại biểu", kind=FieldKind.COUNT)
YEAR = Field(id="nam", label="Năm", kind=FieldKind.COUNT, minimum=2005, maximum=2020)
DATE = Field(id="ngay", label="Ngày", kind=FieldKind.DATE)
MONTH = Field(id="thang", label="Tháng", kind=FieldKind.MONTH)
NOTE = Field(id="kien_nghi", label="Kiến nghị", kind=FieldKind.NOTE, paragraphs=True)
TEXT = Field(id="chu", label="Địa điểm", kind=FieldKind.TEXT)
MARK = Field(id="dau", label="Được bầu", kind=FieldKind.MARK)


def choice(*values, **aliases):
    choices = ChoiceList("muc", values, aliases)
    return Field(id="chon", label="Chọn", kind=FieldKind.CHOICE, choices=choices)


STATUS = choice("Chưa có kế hoạch", "Đã có kế hoạch", "Đã tổ chức", "Không tổ chức")
LENGTH = choice("1/2 ngày", "1 ngày", "Khác")
SEX = choice("Nam", "Nữ")
PEOPLE = choice("Mông", "Thái", "Hoà", Mèo="Mông", Hmông="Mông")


def seen(field, raw):
    """Return value, repair and fault as one short tuple."""
    found = understand(field, raw, CAMPAIGN)
    return found.value, found.repair and found.repair.rule, found.fault and found.fault.code


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # as it stands
        (None, (None, None, None)),
        ("  \u00a0", (None, None, None)),
        (212, (212, None, None)),
        (212.0, (212, None, None)),
        (0, (0, None, None)),
        # understood
        ("212", (212, "SC01", None)),
        (" 212\u00a0", (212, "SC01", None)),
        ("２１２", (212, "SC01", None)),
        ("1.200", (1200, "SC02", None)),
        ("1 200", (1200, "SC02", None)),
        ("1\u00a0200", (1200, "SC02", None)),
        ("12.345", (12345, "SC02", None)),
        ("12,0", (12, "SC03", None)),
        ("12,00", (12, "SC03", None)),
        ("12.0", (12, "SC03", None)),
        ("1.200,0", (1200, "SC03", None)),
        ("không", (0, None, None)),
        ("Không có", (0, None, None)),
        ("-", (0, None, None)),
        (" – ", (0, None, None)),
        ("0", (0, None, None)),
        ("－", (0, "SC04", None)),
        ("?", (None, None, "DL01")),
        ("212 người", (212, "SC05", None)),
        ("212người", (212, "SC05", None)),
        ("212 đ/b", (212, "SC05", None)),
        ("212.", (212, "SC01", None)),
        ("212 ng\u00adêi", (212, "SC15", None)),
        ("212 ngöôøi", (212, "SC16", None)),
        ("kh«ng cã", (0, "SC15", None)),
        ("1.200 đại biểu", (1200, "SC05", None)),
        (normalize("NFD", "212 người"), (212, "SC05", None)),
        # never guessed
        ("1,200", (None, None, "DL09")),
        ("1,200,000", (None, None, "DL09")),
        ("1.200,5", (None, None, "DL02")),
        ("12,5", (None, None, "DL02")),
        ("1.2", (None, None, "DL02")),
        (12.5, (None, None, "DL02")),
        (1.2, (None, None, "DL02")),
        ("70%", (None, None, "DL02")),
        ("70,5", (None, None, "DL02")),
        ("khoảng 200", (None, None, "DL01")),
        ("200-250", (None, None, "DL01")),
        ("20+5", (None, None, "DL01")),
        ("12 5", (None, None, "DL01")),
        ("người", (None, None, "DL01")),
        ("12²", (None, None, "DL01")),
        ("٣", (None, None, "DL01")),
        ("9" * 5000, (None, None, "DL01")),
        ("9" * 5000 + ",0", (None, None, "DL01")),
        ("٣.٠٠٠", (None, None, "DL01")),
        ("chưa có", (None, None, "DL01")),
        (True, (None, None, "DL01")),
        (float("nan"), (None, None, "DL01")),
        (float("inf"), (None, None, "DL01")),
        (1e308, (None, None, "DL03")),
        (-3, (None, None, "DL03")),
        ("-3", (None, None, "DL03")),
        (100_000, (None, None, "DL03")),
        ("100.000", (None, None, "DL03")),
        # Excel made a day of 1/2: to the form's formulas it is 42.036 people
        (date(2015, 2, 1), (None, None, "DL01")),
        (time(0, 0), (None, None, "DL01")),
    ],
)
def test_counts(raw, expected):
    assert seen(COUNT, raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (2010, (2010, None, None)),
        ("năm 2010", (2010, "SC05", None)),
        ("2010", (2010, "SC01", None)),
        ("12/5/2010", (2010, "SC23", None)),
        (date(2010, 5, 12), (2010, "SC23", None)),
        ("5/2010", (2010, "SC23", None)),
        ("12/5/1910", (None, None, "DL03")),
        (2004, (None, None, "DL03")),
        (10, (None, None, "DL03")),
        # the whole day of birth holds the year
        ("1/5/2010", (2010, "SC23", None)),
        ("ngày 1 tháng 5 năm 2010", (2010, "SC23", None)),
        (date(2010, 5, 1), (2010, "SC23", None)),
        ("1/5/1910", (None, None, "DL03")),
        ("-", (None, None, "DL03")),
        ("1/5/10", (2010, "SC23", None)),
        ("5/25/2010", (2010, "SC23", None)),
        ("00/00/2010", (2010, "SC23", None)),
        ("--/5/2010", (2010, "SC23", None)),
        ("../../2010", (2010, "SC23", None)),
        ("01 05 2010", (2010, "SC23", None)),
        ("01052010", (2010, "SC23", None)),
        (1052010, (2010, "SC23", None)),
        ("SN 2010", (2010, "SC05", None)),
        ("sinh năm 2010", (2010, "SC05", None)),
        ("2010 (5 tuổi)", (2010, "SC05", None)),
        ("31/2/2010", (2010, "SC23", None)),  # only the year is asked for
        ("2010?", (None, None, "DL01")),
        ("5 tuổi", (None, None, "DL01")),
    ],
)
def test_years(raw, expected):
    assert seen(YEAR, raw) == expected


@given(st.integers())
def test_any_number_is_a_year_that_is_allowed_or_a_fault(number):
    value, _, fault = seen(YEAR, number)
    assert fault or YEAR.minimum <= value <= YEAR.maximum


THE_FIFTH = date(2015, 3, 5)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (THE_FIFTH, (THE_FIFTH, None, None)),
        (datetime(2015, 3, 5, 14), (THE_FIFTH, None, None)),
        (day_serial(THE_FIFTH), (THE_FIFTH, None, None)),
        ("5/3/2015", (THE_FIFTH, None, None)),
        ("05-03-2015", (THE_FIFTH, None, None)),
        ("5.3.2015", (THE_FIFTH, None, None)),
        ("5 / 3 / 2015", (THE_FIFTH, None, None)),
        ("5/3/15", (THE_FIFTH, None, None)),
        ("ngày 5/3/2015", (THE_FIFTH, "SC06", None)),
        ("Ngày 05 tháng 3 năm 2015", (THE_FIFTH, "SC06", None)),
        ("5 tháng 3, năm 2015.", (THE_FIFTH, "SC06", None)),
        ("2015-03-05", (THE_FIFTH, "SC06", None)),
        ("2015-03-05 00:00:00", (THE_FIFTH, "SC06", None)),
        (normalize("NFD", "ngày 5 tháng 3 năm 2015"), (THE_FIFTH, "SC06", None)),
        ("ngµy 5 th¸ng 3 n¨m 2015", (THE_FIFTH, "SC15", None)),
        ("ngaøy 5 thaùng 3 naêm 2015", (THE_FIFTH, "SC16", None)),
        ("5/3/2015 14:00", (THE_FIFTH, "SC06", None)),
        ("5/3/2015, 7h30", (THE_FIFTH, "SC06", None)),
        ("2015-03-05 14:00:00", (THE_FIFTH, "SC06", None)),
        ("Sáng 5/3/2015", (THE_FIFTH, "SC06", None)),
        ("Buổi chiều ngày 5/3/2015", (THE_FIFTH, "SC06", None)),
        ("Thứ Năm, ngày 5/3/2015", (THE_FIFTH, "SC06", None)),
        ("14h00 ngày 5/3/2015", (THE_FIFTH, "SC06", None)),
        ("8 giờ 00 phút, ngày 5 tháng ba năm 2015", (THE_FIFTH, "SC06", None)),
        ("3/25/2015", (date(2015, 3, 25), "SC18", None)),
        ("03/25/15", (date(2015, 3, 25), "SC18", None)),
        ("25/13/2015", (None, None, "DL04")),
        ("5/3", (None, None, "DL04")),
        ("31/2/2015", (None, None, "DL04")),
        ("5-6/3/2015", (None, None, "DL04")),
        ("cuối tháng 3", (None, None, "DL04")),
        ("42068", (None, None, "DL04")),
        (True, (None, None, "DL04")),
        (time(8, 0), (None, None, "DL04")),
        (date(1915, 3, 5), (None, None, "DL05")),
        ("5/3/1915", (None, None, "DL05")),
        (5, (None, None, "DL05")),
        (-1, (None, None, "DL05")),
    ],
)
def test_days(raw, expected):
    assert seen(DATE, raw) == expected


BESIDE_BEFORE = (
    "", "ngày ", "Sáng ", "Buổi chiều ngày ", "Thứ Hai, ngày ", "Sáng thứ 2, ", "7h30 ", "14:00, ",
    "14h ", "8 giờ 00 phút, ngày ", "13h30' ngày ", "Từ 7h30 ngày ", "Nửa ngày ", "1/2 ngày, ngày ",
)  # fmt: skip
BESIDE_AFTER = (
    "", ".", " 14:00", ", 7h30", " lúc 7 giờ 30", " 00:00:00", " (sáng)", " (thứ hai)", " chiều",
    " 7:30 SA", " (1/2 ngày)", "T00:00:00",
)  # fmt: skip
WRITTEN = (
    "{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0:%d.%m.%Y}", "{0:%d/%m/%y}",
    "{0.day} - {0.month} - {0.year}", "{0.day} tháng {0.month} năm {0.year}", "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}", "{0:%d\\%m\\%Y}",
)  # fmt: skip


@given(
    st.dates(CAMPAIGN.earliest, CAMPAIGN.latest),
    st.sampled_from(BESIDE_BEFORE),
    st.sampled_from(WRITTEN),
    st.sampled_from(BESIDE_AFTER),
    st.sampled_from([str, str.upper, lambda text: normalize("NFD", text)]),
)
def test_a_day_is_that_day_whatever_time_stands_beside_it(day, before, written, after, change):
    typed = change(before + written.format(day) + after)
    as_asked = None if day_in_text(typed) else "SC06"
    assert seen(DATE, typed) == (day, as_asked, None)
    assert seen(MONTH, typed) == (day.replace(day=1), "SC06", None)


BIRTH = replace(YEAR, minimum=1915, maximum=2005)


@given(st.dates(date(1915, 1, 1), date(2005, 12, 31)), st.sampled_from(WRITTEN))
def test_a_day_of_birth_is_its_year_however_it_is_written(day, written):
    assert seen(BIRTH, written.format(day)) == (day.year, "SC23", None)
    assert seen(BIRTH, f"sinh ngày {written.format(day)}") == (day.year, "SC23", None)


def test_a_month_alone_is_no_month_where_the_campaign_has_it_twice():
    document = replace(CAMPAIGN.document, issued=date(2014, 6, 19))
    campaign = replace(CAMPAIGN, document=document)
    assert understand(MONTH, "tháng ba", campaign).fault.code == "DL10"
    assert understand(COUNT, "ngày 12", CAMPAIGN).fault.code == "DL01"


MARCH = date(2015, 3, 1)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (MARCH, (MARCH, None, None)),
        (date(2015, 3, 31), (MARCH, None, None)),
        ("3/2015", (MARCH, None, None)),
        ("03-2015", (MARCH, None, None)),
        ("T3/2015", (MARCH, "SC06", None)),
        ("tháng 3 năm 2015", (MARCH, "SC06", None)),
        ("tháng ba năm 2015", (MARCH, "SC06", None)),
        ("Tháng Ba/2015", (MARCH, "SC06", None)),
        ("Tháng 3/2015", (MARCH, "SC06", None)),
        ("2015-03", (MARCH, "SC06", None)),
        ("25/3/2015", (MARCH, "SC06", None)),
        ("13/2015", (None, None, "DL10")),
        ("2015/3", (MARCH, "SC06", None)),
        ("III/2015", (MARCH, "SC06", None)),
        ("tháng 3 2015", (MARCH, "SC06", None)),
        ("03/15", (MARCH, "SC06", None)),
        ("03/12", (None, None, "DL10")),
        # the campaign has each month from August 2014 to June 2015 once
        ("tháng 3", (MARCH, "SC06", None)),
        ("Tháng ba", (MARCH, "SC06", None)),
        ("T3", (MARCH, "SC06", None)),
        ("tháng III", (MARCH, "SC06", None)),
        ("tháng giêng", (date(2015, 1, 1), "SC06", None)),
        ("tháng 12", (date(2014, 12, 1), "SC06", None)),
        ("tháng 7", (None, None, "DL10")),
        ("tháng 13", (None, None, "DL10")),
        ("3", (None, None, "DL10")),
        ("quý I", (None, None, "DL10")),
        ("cuối tháng 3", (None, None, "DL10")),
        (3, (None, None, "DL05")),
        (3.2015, (None, None, "DL05")),
    ],
)
def test_months(raw, expected):
    assert seen(MONTH, raw) == expected


@pytest.mark.parametrize(
    ("field", "raw", "expected"),
    [
        (STATUS, " ĐÃ  tổ chức ", ("Đã tổ chức", None, None)),
        (STATUS, normalize("NFD", "Đã tổ chức"), ("Đã tổ chức", "SC10", None)),
        (STATUS, "Đã tổ chức.", ("Đã tổ chức", "SC10", None)),
        (STATUS, "da to chuc", ("Đã tổ chức", "SC12", None)),
        (STATUS, "tổ chức", (None, None, "DL06")),
        (STATUS, 1, (None, None, "DL06")),
        (STATUS, True, (None, None, "DL06")),
        (SEX, "nu", ("Nữ", "SC12", None)),
        (SEX, "nử", (None, None, "DL06")),
        (SEX, "N÷", ("Nữ", "SC15", None)),
        (SEX, "Nöõ", ("Nữ", "SC16", None)),
        (STATUS, "Ðã tổ chức", ("Đã tổ chức", "SC10", None)),
        (STATUS, "Đã\u200b tổ\u2009chức", ("Đã tổ chức", "SC22", None)),
        (STATUS, "§· tæ chøc", ("Đã tổ chức", "SC15", None)),
        (PEOPLE, "hòa", ("Hoà", "SC10", None)),
        (PEOPLE, "HM«ng", ("Mông", "SC15", None)),
        (PEOPLE, "hm«ng.", ("Mông", "SC15", None)),
        (PEOPLE, "Hmoâng", ("Mông", "SC16", None)),
        (PEOPLE, "mèo", ("Mông", "SC11", None)),
        (PEOPLE, "HMÔNG", ("Mông", "SC11", None)),
        (LENGTH, date(2015, 2, 1), ("1/2 ngày", "SC07", None)),
        (LENGTH, date(2016, 1, 2), ("1/2 ngày", "SC07", None)),
        (LENGTH, datetime(2015, 2, 1), ("1/2 ngày", "SC07", None)),
        (LENGTH, date(2015, 2, 2), (None, None, "DL06")),
        (LENGTH, "1/2", ("1/2 ngày", "SC13", None)),
        (LENGTH, "½ ngày", ("1/2 ngày", "SC13", None)),
        (LENGTH, "01/2 ngày", ("1/2 ngày", "SC13", None)),
        (LENGTH, "0,5 ngày", ("1/2 ngày", "SC13", None)),
        (LENGTH, 0.5, ("1/2 ngày", "SC13", None)),
        (LENGTH, "1", (None, None, "DL06")),
    ],
)
def test_choices(field, raw, expected):
    assert seen(field, raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, (False, None, None)),
        ("x", (True, None, None)),
        (" X ", (True, None, None)),
        ("✓", (True, "SC08", None)),
        ("có", (True, "SC08", None)),
        ("(x)", (True, "SC08", None)),
        ("☑", (True, "SC08", None)),
        ("✔\ufe0f", (True, "SC08", None)),
        ("cã", (True, "SC15", None)),
        (1, (True, "SC08", None)),
        (True, (True, "SC08", None)),
        ("không", (False, "SC08", None)),
        (0, (False, "SC08", None)),
        ("?", (None, None, "DL07")),
        (date(2015, 3, 5), (None, None, "DL07")),
    ],
)
def test_marks(raw, expected):
    assert seen(MARK, raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("x", (True, None, None)),
        ("✓", (True, "SC08", None)),
        ("có", (None, None, "DL07")),
        ("Không", (False, "SC08", None)),
    ],
)
def test_a_word_beside_what_is_lacking_may_mean_that_it_is_there(raw, expected):
    assert seen(Field(id="thieu", label="Thiếu: Khai mạc", kind=FieldKind.MARK), raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Hội trường", ("Hội trường", None, None)),
        (normalize("NFD", "Hội trường"), ("Hội trường", "SC09", None)),
        ("X· M\u00adêng Than", ("Xã Mường Than", "SC15", None)),
        ("HOÄI NGHÒ", ("HỘI NGHỊ", "SC16", None)),
        ("Café São Paulo", ("Café São Paulo", None, None)),
        (12, ("12", None, None)),
        ("-", (None, None, None)),
        (date(2015, 3, 12), (None, None, "DL08")),
        (True, (None, None, "DL08")),
        (12.5, (None, None, "DL08")),
    ],
)
def test_texts(raw, expected):
    assert seen(TEXT, raw) == expected


# --- what is not seen --------------------------------------------------------------------

UNSEEN = (*BLANKS, *WIDTHLESS, "\r\n", "_x000D_\n", "_x000D_")
NEVER_SEEN = (
    "\x00\x01\x07\x1b\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180f\u2061\u2064\u206a\u206f"
    "\u2800\u3164\ufe00\ufe0f\uffa0\ufff9\ufffc\U000e0001\U000e007f"
)
TYPED = (
    (COUNT, "128"),
    (COUNT, "1.200 người"),
    (YEAR, "năm 2010"),
    (DATE, "20/3/2015"),
    (MONTH, "3/2015"),
    (MARK, "x"),
    (MARK, "có"),
    (STATUS, "Đã tổ chức"),
    (STATUS, "da to chuc"),
    (LENGTH, "1/2 ngày"),
    (PEOPLE, "Hmông"),
    (TEXT, "Lò Thị Hoà"),
)
"""A cell of each kind, as people fill it."""


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize(("field", "text"), TYPED)
def test_what_is_not_seen_changes_nothing(field, text, unseen):
    clean = understand(field, text, CAMPAIGN)
    wanted = clean.repair or Repair("SC22")
    for spoilt in (unseen + text, text + unseen, f"{unseen} {text} {unseen}{unseen}"):
        found = understand(field, spoilt, CAMPAIGN)
        assert (found.value, found.repair) == (clean.value, wanted), spoilt
        assert typed_value(field, spoilt, CAMPAIGN) in (clean.typed, spoilt)


@pytest.mark.parametrize("unseen", NEVER_SEEN)
@pytest.mark.parametrize(("field", "text"), TYPED)
def test_what_no_formula_leaves_out_is_left_out_by_the_batch_alone(field, text, unseen):
    clean = understand(field, text, CAMPAIGN)
    wanted = (clean.value, clean.repair or Repair("SC22"))
    for spoilt in (unseen + text, text + unseen, f"{unseen} {text} {unseen}{unseen}"):
        found = understand(field, spoilt, CAMPAIGN)
        assert (found.value, found.repair) == wanted, spoilt
        assert found.typed == typed_value(field, spoilt, CAMPAIGN)
    assert understand(field, unseen, CAMPAIGN).fault is None


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("field", [COUNT, DATE, MONTH, MARK, STATUS, TEXT, NOTE])
def test_what_is_not_seen_alone_is_nothing(field, unseen):
    blank = understand(field, None, CAMPAIGN)
    assert understand(field, f"{unseen} {unseen}", CAMPAIGN) == blank


@pytest.mark.parametrize("unseen", [u for u in UNSEEN if u not in WIDTHLESS])
def test_a_name_typed_over_two_lines_is_one(unseen):
    long_text = replace(NOTE, paragraphs=False)
    for field in (TEXT, long_text):
        assert seen(field, f"Hội nghị{unseen}điển hình") == ("Hội nghị điển hình", "SC22", None)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Một.\nHai  ba.\n", ("Một.\nHai  ba.\n", None)),
        ("Một.\r\nHai.", ("Một.\nHai.", "SC22")),
        ("Một._x000D_\nHai.", ("Một.\nHai.", "SC22")),
        ("Một.\u2028\u200bHai\u00a0ba.", ("Một.\nHai ba.", "SC22")),
        ("Một.\vHai.\fBa.\u0085Bốn.", ("Một.\nHai.\nBa.\nBốn.", "SC22")),
        ("\ufeffMột.", ("Một.", "SC22")),
    ],
)
def test_a_text_with_paragraphs_keeps_its_lines(raw, expected):
    assert seen(NOTE, raw)[:2] == expected


def test_a_soft_hyphen_is_nothing_in_a_text_of_unicode():
    assert seen(TEXT, "Mường\u00ad Than") == ("Mường Than", "SC22", None)


FIELDS = (COUNT, YEAR, DATE, MONTH, TEXT, NOTE, MARK, STATUS, LENGTH, SEX, PEOPLE)
RAWS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text("0123456789.,/- xngàytháng", max_size=20),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.sampled_from(FIELDS), RAWS)
def test_any_cell_is_a_value_or_a_fault_and_no_exception(field, raw):
    found = understand(field, raw, CAMPAIGN)
    assert found.fault is None or found.value is None
    assert found.repair is None or found.repair.rule in REPAIRS
    if found.fault:
        assert all(reading_fault(found.fault, field.label, CAMPAIGN.words.said))


@given(st.sampled_from(FIELDS), RAWS)
def test_a_lawful_cell_is_unchanged(field, raw):
    typed = typed_value(field, raw, CAMPAIGN)
    found = understand(field, raw, CAMPAIGN)
    assert found.typed == typed
    if typed is not None and found.fault is None:
        assert undone(found, cleaned(field, raw)) == (
            typed if field.choices else cleaned(field, typed)
        )


@given(st.sampled_from(FIELDS), RAWS | st.text(st.sampled_from("0 1x\n\t\u200b\u00adêãHμ. _D")))
def test_what_was_understood_is_understood_as_it_is(field, raw):
    value = understand(field, raw, CAMPAIGN).value
    if isinstance(value, str):
        again = understand(field, value, CAMPAIGN)
        assert (again.value, again.repair, again.fault) == (value, None, None)
        assert cleaned(field, value) == value


def undone(found, clean):
    """Return what was typed, cleaned, from what it counts as and the repair of its letters."""
    match found.repair and found.repair.rule:
        case None | "SC22":
            return found.value
        case "SC09":
            assert found.value == normalize("NFC", clean)
            return clean
        case "SC15":
            return encode_legacy(found.value, LegacyEncoding.TCVN3)
        case "SC16":
            return encode_legacy(found.value, LegacyEncoding.VNI)
    raise AssertionError(found)


WORDS = st.lists(
    st.sampled_from(("Hội", "nghị", "dương", "người", "tốt", "xã", "Mường", "2015", "(x)", "UBND")),
    min_size=1,
).map(" ".join)


ANSWERS = choice("Có", "Không", "Công nhân", "Nông dân", "Hoà", "Toàn thể")


@pytest.mark.parametrize("proved", [None, *LegacyEncoding])
@pytest.mark.parametrize("font", ["", ".VnTime", ".VnTimeH", "VNI-Times"])
@pytest.mark.parametrize("change", [str, str.lower, str.upper])
def test_a_value_that_stands_in_its_list_is_never_decoded(font, proved, change):
    for value in ANSWERS.choices.values:
        found = understand(ANSWERS, change(value), CAMPAIGN, proved, font)
        assert (found.value, found.repair) == (value, None)


@given(WORDS, st.sampled_from(LegacyEncoding))
def test_texts_of_before_unicode_are_read_back_or_left_alone(text, encoding):
    typed = encode_legacy(text, encoding)
    found = understand(TEXT, typed, CAMPAIGN)
    assert found.value in (text, typed)
    assert undone(found, typed) == typed


@given(st.sampled_from((*STATUS.choices.values, *PEOPLE.choices.values)), st.data())
def test_a_value_of_a_list_is_never_taken_for_another(value, data):
    field = data.draw(st.sampled_from([STATUS, PEOPLE]))
    spoil = data.draw(st.sampled_from([str.upper, str.lower, str.title, lambda t: f" {t}. "]))
    found = understand(field, spoil(value), CAMPAIGN)
    assert found.value in ((value, None) if value in field.choices.values else (None,))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("IV", ("IV", None)),
        ("iv", ("IV", "SC17")),
        ("4", ("IV", "SC17")),
        ("thứ tư", ("IV", "SC17")),
        ("Lần thứ 4", ("IV", "SC17")),
        ("lan thu tu", ("IV", "SC17")),
        ("nhất", ("I", "SC17")),
        ("lần này", ("lần này", None)),
        ("40", ("40", None)),
        (None, (None, None)),
    ],
)
def test_ordinals(typed, expected):
    value = understand_ordinal(
        Value(field="lan", value=typed, typed=typed, raw=typed, sheet="", cell="C1")
    )
    assert (value.value, value.repair and value.repair.rule) == expected
    assert value.typed == typed


def test_every_fault_says_what_is_wrong_and_what_to_do():
    assert all(message and remedy for message, remedy in READING_FAULTS.values())


def test_every_fault_of_reading_has_a_title_that_needs_no_form():
    """Reports and sheets that add up name it: no place of a form is left open in it."""
    assert set(READING_TITLES) == {*READING_FAULTS, *READING_NOTICES}
    assert len(set(READING_TITLES.values())) == len(READING_TITLES)
    assert not [title for title in READING_TITLES.values() if set("{}…;:") & set(title)]
