"""What people type → what it counts as, and by which repair.

A cell that is lawful as it stands is never changed. What can be read in one way
only is read, and the repair recorded; what is ambiguous or unreadable is a fault
and has no value. Nothing is guessed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import replace
from datetime import date, time, timedelta

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.forms.cell_meaning import Understood, quoted_raw, typed_value, unreadable
from tdkt_batch.forms_read.repair_choices import understand_choice
from tdkt_batch.forms_read.repair_days import understand_day
from tdkt_batch.model import Raw, Repair, Scalar, Value, is_blank_cell
from tdkt_batch.vietnamese.folding import fold_choice, squeeze
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding, encode_legacy
from tdkt_batch.vietnamese.legacy_text import decode_legacy, readings_as_legacy
from tdkt_batch.vietnamese.spelling import ordinal, roman
from tdkt_batch.vietnamese.writing import write_number

FROM_LEGACY = {LegacyEncoding.TCVN3: Repair("SC15"), LegacyEncoding.VNI: Repair("SC16")}
LAST_ROMAN = 39


def understand(
    field: Field,
    raw: Raw,
    campaign: Campaign,
    proved: LegacyEncoding | None = None,
    font: str = "",
) -> Understood:
    """Return what ``raw`` counts as in ``field``; the fault's place is left to the reader.

    ``proved`` is the legacy encoding that the form's other texts prove, ``font``
    the cell's own font where it is one of before Unicode.
    """
    typed = typed_value(field, raw, campaign)
    if is_blank_cell(raw):
        return Understood(typed, typed)
    if typed is not None and not _is_chance(field, raw):
        return _in_unicode(typed, proved, font)
    found = _repaired(field, raw, campaign)
    if found.value is None and isinstance(raw, str) and not raw.isascii():
        found = _from_legacy(field, raw, campaign) or found
    return replace(found, typed=typed)


def understand_ordinal(value: Value) -> Value:
    """Return an ordinal in Roman figures, as the guidance counts; any other text as it is.

    >>> understand_ordinal(Value(field="lan", value="thứ tư", typed="thứ tư", raw="thứ tư",
    ...                          sheet="", cell="C1")).value
    'IV'
    """
    number = ordinal(value.value) if isinstance(value.value, str) else None
    if number is None or number > LAST_ROMAN or value.value == roman(number):
        return value
    return replace(value, value=roman(number), repair=Repair("SC17"))


def _repaired(field: Field, raw: Raw, campaign: Campaign) -> Understood:
    match field.kind:
        case FieldKind.COUNT:
            return _count(field, raw)
        case FieldKind.DATE | FieldKind.MONTH:
            return understand_day(field, raw, campaign)
        case FieldKind.CHOICE:
            return understand_choice(field, raw)
        case FieldKind.MARK:
            return _mark(field, raw)
    if isinstance(raw, str):  # nothing but punctuation
        return Understood(None)
    return unreadable(field, raw, "DL08")


def _is_chance(field: Field, raw: Raw) -> bool:
    """Tell whether a day stands where a number or a text belongs.

    To the form's formulas a day is a number, so ``1/2`` that became 1 February
    would pass for 42.036 people.
    """
    is_moment = isinstance(raw, date | time | timedelta)
    return is_moment and field.kind in (FieldKind.COUNT, FieldKind.TEXT, FieldKind.NOTE)


def _in_unicode(typed: Scalar, proved: LegacyEncoding | None, font: str) -> Understood:
    """Return a lawful value as it is, a text in Unicode and composed."""
    if not isinstance(typed, str) or typed.isascii():
        return Understood(typed, typed)
    if decoded := decode_legacy(typed, font or None, proved):
        return Understood(decoded.text, typed, FROM_LEGACY[decoded.encoding])
    if not unicodedata.is_normalized("NFC", typed):
        return Understood(unicodedata.normalize("NFC", typed), typed, Repair("SC09"))
    return Understood(typed, typed)


def _from_legacy(field: Field, raw: str, campaign: Campaign) -> Understood | None:
    """Return the only value that a cell can hold which spells it in a font of before Unicode."""
    found: dict[Scalar, Repair] = {}
    for text in readings_as_legacy(raw):
        value = typed_value(field, text, campaign)
        if value is None:
            value = _repaired(field, text, campaign).value
        if value is not None:
            found[value] = FROM_LEGACY[_encoding_of(text, raw)]
    if len(found) != 1:
        return None
    value, repair = found.popitem()
    return Understood(value, repair=repair)


def _encoding_of(text: str, raw: str) -> LegacyEncoding:
    is_vni = encode_legacy(text, LegacyEncoding.VNI) == raw
    return LegacyEncoding.VNI if is_vni else LegacyEncoding.TCVN3


# --- counts ---------------------------------------------------------------------------

_THOUSANDS = re.compile(r"\d{1,3}([. ])\d{3}(?:\1\d{3})*")
_DECIMAL_ZEROS = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,0{1,2}|,0{4,})")
_POINT_ZEROS = re.compile(r"(\d+)\.0{1,2}")
_AMBIGUOUS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)[.,]\d+")
_WHOLE = re.compile(r"[-+]?\d+")
_SHARE = re.compile(r"\d+(?:[.,]\d+)? ?%")
_COUNTED = (
    "người", "đại biểu", "đ/b", "đb", "đồng chí", "đ/c", "đc", "cán bộ", "tập thể", "cá nhân",
    "hộ gia đình", "gia đình", "hộ", "bài", "tin", "báo cáo", "chuyên mục", "chuyên trang",
)  # fmt: skip
"""What is counted, as people write it behind a number."""
_YEAR = "năm "
_NONE = ("không", "không có")
_LONGEST = 20
"""How many characters a number of people can have, with all its dots and zeros."""


def _count(field: Field, raw: Raw) -> Understood:
    if isinstance(raw, str):
        return _count_in_text(field, raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return unreadable(field, raw, "DL01")
    if not math.isfinite(raw):
        return unreadable(field, raw, "DL01")
    if raw != int(raw):
        return unreadable(field, raw, "DL02")
    return _within(field, raw, int(raw), None)


def _count_in_text(field: Field, raw: str) -> Understood:
    if any(unicodedata.category(character) == "No" for character in raw):  # 12² is not 122
        return unreadable(field, raw, "DL01")
    text = squeeze(unicodedata.normalize("NFKC", raw)).lower()
    if text in _NONE:
        return _within(field, raw, 0, "SC04")
    number, repair = _without_counted(text.rstrip(" ."))
    if len(number) > _LONGEST or not number.isascii():
        return unreadable(field, raw, "DL01")
    if match := _DECIMAL_ZEROS.fullmatch(number) or _POINT_ZEROS.fullmatch(number):
        return _within(field, raw, int(match[1].replace(".", "")), repair or "SC03")
    if _THOUSANDS.fullmatch(number):
        whole = int(number.replace(".", "").replace(" ", ""))
        return _within(field, raw, whole, repair or "SC02")
    if _AMBIGUOUS.fullmatch(number):
        return unreadable(field, raw, "DL09")
    if _DECIMAL.fullmatch(number) or _SHARE.fullmatch(number):
        return unreadable(field, raw, "DL02")
    if _WHOLE.fullmatch(number):
        return _within(field, raw, int(number), repair or "SC01")
    return unreadable(field, raw, "DL01")


def _without_counted(text: str) -> tuple[str, str]:
    """Return the number without what is counted beside it, and the repair if there was any."""
    if text.startswith(_YEAR):
        return text.removeprefix(_YEAR), "SC05"
    for word in _COUNTED:
        if text.endswith(word) and text[: -len(word)].strip():
            return text[: -len(word)].strip(" ."), "SC05"
    return text, ""


def _within(field: Field, raw: Raw, number: int, repair: str | None) -> Understood:
    if not field.minimum <= number <= field.maximum:
        bounds = {
            "minimum": _bound(field.minimum, field.maximum),
            "maximum": _bound(field.maximum, field.maximum),
        }
        return unreadable(field, raw, "DL03", **bounds)
    return Understood(number, repair=Repair(repair) if repair else None)


def _bound(number: int, maximum: int) -> str:
    """Return a bound in words; a year has no thousands point."""
    return str(number) if 1000 <= maximum <= 2999 else write_number(number)


# --- marks --------------------------------------------------------------------------------

_YES = (
    "x",
    "х",
    "×",
    "✓",
    "✔",
    "√",
    "☑",
    "☒",
    "✅",
    "v",
    "có",
    "1",
)  # the second is the Cyrillic letter
_NO = ("không", "0")
_LACK, _IS_THERE = "thiếu", "có"
"""Where a mark says that something is lacking, “có” may mean that it is there: that is asked."""


def _mark(field: Field, raw: Raw) -> Understood:
    word = quoted_raw(raw) if not isinstance(raw, bool) else str(int(raw))
    folded = fold_choice(unicodedata.normalize("NFC", word)).strip(" .()[]\ufe0f")
    if folded == _IS_THERE and fold_choice(field.label).startswith(_LACK):
        return unreadable(field, raw, "DL07")
    if folded in _YES:
        return Understood(True, repair=Repair("SC08"))
    if folded in _NO:
        return Understood(False, repair=Repair("SC08"))
    return unreadable(field, raw, "DL07")
