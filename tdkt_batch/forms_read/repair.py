"""What people type → what it counts as, and by which repair.

A cell that is lawful as it stands is never changed. What can be read in one way
only is read, and the repair recorded; what is ambiguous or unreadable is a fault
and has no value. Nothing is guessed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import ChoiceList, Field, FieldKind
from tdkt_batch.forms.as_typed import (
    Understood,
    day_of_serial,
    quoted_raw,
    typed_value,
    unreadable,
)
from tdkt_batch.forms_read.lacking import understand_lacking
from tdkt_batch.values import Raw, Repair, Scalar, Value, is_blank_cell
from tdkt_batch.vietnamese.folding import (
    fold_choice,
    fold_text,
    lines_without_unseen,
    squeeze,
    without_never_seen,
    without_unseen,
)
from tdkt_batch.vietnamese.garbled_text import Garbling, is_garbled, ungarbled
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding
from tdkt_batch.vietnamese.legacy_text import decode_legacy, is_encoded, readings_as_legacy
from tdkt_batch.vietnamese.spelling import ordinal, roman, spelling_key, unmarked_key
from tdkt_batch.vietnamese.writing import first_of, write_day, write_number
from tdkt_batch.wording import forms_read as say
from tdkt_batch.wording.forms import LACKS, NONE

FROM_LEGACY = {LegacyEncoding.TCVN3: Repair("SC15"), LegacyEncoding.VNI: Repair("SC16")}
FROM_GARBLED = {
    Garbling.MISREAD: Repair("SC29"),
    Garbling.SIGNS: Repair("SC30"),
    Garbling.FIGURES: Repair("SC31"),
}
LAST_ROMAN = 39
_NO_DAYS = (FieldKind.COUNT, FieldKind.TEXT, FieldKind.NOTE, FieldKind.LACKING)


def understand(
    field: Field, raw: Raw, campaign: Campaign, proved: LegacyEncoding | None = None, font: str = ""
) -> Understood:
    """Return what ``raw`` counts as in ``field``; the fault's place is left to the reader.

    ``proved`` is the legacy encoding that the column's other texts prove, ``font``
    the cell's own font where it is one of before Unicode. A value that stands in
    its list is never decoded.

    To the form's formulas a day is a number, so ``1/2`` that became 1 February
    would pass for 42.036 people: where a number or a text belongs it is none.
    """
    typed = typed_value(field, raw, campaign)
    if is_blank_cell(raw):
        return Understood(typed, typed)
    clean = cleaned(field, raw)
    if is_blank_cell(clean):
        return Understood(typed_value(field, clean, campaign), typed)
    lawful = typed if clean == raw else typed_value(field, clean, campaign)
    for text in (raw,) if clean == raw else (raw, clean):
        if isinstance(text, str) and (found := _ungarbled(field, text, lawful, campaign)):
            return replace(found, typed=typed)
    is_chance = field.kind in _NO_DAYS and isinstance(clean, date | time | timedelta)
    if lawful is not None and not is_chance:
        found = _in_unicode(field, lawful, proved, font)
    else:
        found = _repaired(field, clean, campaign)
        if found.value is None and isinstance(clean, str) and not clean.isascii():
            found = _as_legacy(field, clean, campaign) or found
            if found.value is None and "\u00ad" in clean:
                again = understand(field, clean.replace("\u00ad", ""), campaign)
                if again.value is not None:
                    found = replace(again, repair=again.repair or Repair("SC22"))
    if clean != raw and found.value is not None and found.repair is None:
        found = replace(found, repair=Repair("SC22"))
    return replace(found, typed=typed)


_HYPHEN_ALONE = re.compile(r"(?<![A-Za-z\xad\xc0-\xff])\xad+(?![A-Za-z\xad\xc0-\xff])")
"""A soft hyphen beside no letter is none itself."""


def cleaned(field: Field, raw: Raw) -> Raw:
    """Return what is seen of a cell; a text with paragraphs keeps its lines.

    A soft hyphen is an ư of before Unicode only in a text that can be read so.
    """
    if not isinstance(raw, str):
        return raw
    text = without_never_seen(raw)
    if "\u00ad" in text:
        text = _HYPHEN_ALONE.sub("", text)
        if LegacyEncoding.TCVN3 not in readings_as_legacy(text):
            text = text.replace("\u00ad", "")
    if field.paragraphs:
        return lines_without_unseen(text)
    return without_unseen(text) if text == raw else squeeze(text)


def _in_unicode(
    field: Field, lawful: Scalar, proved: LegacyEncoding | None, font: str
) -> Understood:
    """Return a value that is lawful as it stands; a free text in Unicode and composed."""
    if isinstance(lawful, str) and field.choices is None and not lawful.isascii():
        if decoded := decode_legacy(lawful, font or None, proved):
            return Understood(decoded.text, repair=FROM_LEGACY[decoded.encoding])
        composed = unicodedata.normalize("NFC", lawful)
        if composed != lawful:
            return Understood(composed, repair=Repair("SC09"))
    return Understood(lawful)


def _ungarbled(
    field: Field, text: str, lawful: Scalar | None, campaign: Campaign
) -> Understood | None:
    """Return what a garbled text says, or the one value of its list; None if neither."""
    if field.choices is not None and lawful is None:
        names = {v: v for v in field.choices.values} | dict(field.choices.aliases)
        meant = {
            value: FROM_GARBLED[garbling]
            for name, value in names.items()
            if (garbling := is_garbled(text, name))
        }
        if len(meant) == 1:
            value, repair = meant.popitem()
            return Understood(value, repair=repair)
    if field.kind in (FieldKind.TEXT, FieldKind.NOTE) and (one := ungarbled(text)):
        return replace(understand(field, one.text, campaign), repair=FROM_GARBLED[one.garbling])
    return None


def _as_legacy(field: Field, raw: str, campaign: Campaign) -> Understood | None:
    """Return the one value that a cell may mean in a font of before Unicode; None if none."""
    meant: dict[Scalar, Repair] = {}
    for encoding, text in readings_as_legacy(raw).items():
        value = typed_value(field, text, campaign)
        if value is None:
            value = _repaired(field, text, campaign).value
        if value is not None:
            meant[value] = FROM_LEGACY[encoding]
    if len(meant) != 1:
        return None
    value, repair = meant.popitem()
    return Understood(value, repair=repair)


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
            return _day(field, raw, campaign)
        case FieldKind.CHOICE:
            return _choice(field, raw)
        case FieldKind.MARK:
            word = mark_word(raw)
            # “có” beside what is lacking may mean that it is there: that is asked
            is_asked = word == say.IS_THERE and fold_choice(field.label).startswith(LACKS)
            if word in say.YES + say.NO and not is_asked:
                return Understood(word in say.YES, repair=Repair("SC08"))
            return unreadable(field, raw, "DL07")
        case FieldKind.LACKING:
            return understand_lacking(field, raw)
    if isinstance(raw, str):  # nothing but punctuation
        return Understood(None)
    return unreadable(field, raw, "DL08")


def mark_word(raw: Raw) -> str:
    """Return what is typed for a mark, as marks are compared: small, without brackets."""
    word = quoted_raw(raw) if not isinstance(raw, bool) else str(int(raw))
    return fold_choice(unicodedata.normalize("NFC", word)).strip(" .()[]\ufe0f")


# --- counts ---------------------------------------------------------------------------

_NUMBERS: Mapping[re.Pattern[str], str] = {
    re.compile(pattern): code
    for pattern, code in (
        (r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,0{1,2}|,0{4,})", "SC03"),
        (r"(\d+)\.0{1,2}", "SC03"),
        (r"(\d{1,3}([. ])\d{3}(?:\2\d{3})*)", "SC02"),
        (r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", "DL09"),
        (r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)[.,]\d+", "DL02"),
        (r"\d+(?:[.,]\d+)? ?%", "DL02"),
        (r"([-+]?\d+)", "SC01"),
    )
}
"""How numbers are written, the first that fits: the repair, or what is wrong with it."""
_FROM_1904 = 1462
"""The number of 1 January 1904 where days are counted from 1900."""
_LATEST_SERIAL = 73_051
"""The number of 1 January 2100, after all who send reports."""
_LONGEST = 20
"""How many characters a number of people can have, with all its dots and zeros."""


def _count(field: Field, raw: Raw) -> Understood:
    number: int | None = None
    year = _year_of_birth(field, raw) if field.is_year else None
    if year is not None:
        number, code = year, "SC23"
    elif isinstance(raw, str):
        number, code = _number_in_text(raw, is_year=field.is_year)
    elif isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        code = "DL01"
    else:
        number, code = (int(raw), "") if raw == int(raw) else (None, "DL02")
    if number is None:
        return unreadable(field, raw, code)
    if field.minimum <= number <= field.maximum:
        return Understood(number, repair=Repair(code) if code else None)
    write = str if field.is_year else write_number  # a year has no thousands point
    bounds = {"minimum": write(field.minimum), "maximum": write(field.maximum)}
    return unreadable(field, raw, "DL03", **bounds)


def _year_of_birth(field: Field, raw: Raw) -> int | None:
    """Return the year of a day that was written where its year alone is asked for.

    Of a year of two figures it is the only one that the field allows; else None, as
    of what is no day. A whole year is told by a day that does not exist, too.
    """
    if isinstance(raw, date):
        return raw.year
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        return None
    if isinstance(raw, int) and (year := year_of_serial(field, raw)):
        return year
    text = _BORN.sub("", _day_text(str(raw)))
    if match := _BORN_UNKNOWN.fullmatch(text):
        return int(match["y"])
    if match := _BORN_TOGETHER.fullmatch(text):
        found = [int(number) for number in match.groups() if number]
        return found[2] if _is_day(found[2], found[1], found[0]) else None
    for pattern in (*_DAY_TEXTS, *_MONTH_FIRST, *_MONTH_TEXTS):
        if match := pattern.fullmatch(text):
            names = match.groupdict(default="1")
            number, day = int(names["y"]), int(names.get("d", "1"))
            is_whole = len(names["y"]) == 4
            years = (number,) if is_whole else (1900 + number, 2000 + number)
            meant = [y for y in years if field.minimum <= y <= field.maximum] or years[-1:]
            if len(meant) == 1 and (is_whole or _is_day(meant[0], int(names["m"]), day)):
                return meant[0]
    return None


def year_of_serial(field: Field, number: int, *, since_1904: bool = False) -> int | None:
    """Return the year of the day that a bare number counts; None where it may be none.

    A day typed into a cell for whole numbers is kept as its number. A year with one
    figure too many is not taken for it.
    """
    if not 0 < number < _LATEST_SERIAL:
        return None
    digits = str(number)
    shorter = {int(digits[:n] + digits[n + 1 :]) for n in range(len(digits)) if len(digits) > 1}
    allowed = range(field.minimum, field.maximum + 1)
    if number in allowed or not shorter.isdisjoint(allowed):
        return None
    year = day_of_serial(number + _FROM_1904 * since_1904).year
    return year if year in allowed else None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _number_in_text(raw: str, *, is_year: bool) -> tuple[int | None, str]:
    """Return the number that a text names with the repair; None with what is wrong with it."""
    if any(unicodedata.category(character) == "No" for character in raw):  # 12² is not 122
        return None, "DL01"
    text, repair = squeeze(unicodedata.normalize("NFKC", raw)).lower(), ""
    if text in NONE:
        return 0, "SC04"
    number = text.rstrip(" .")
    counted = next((w for w in say.COUNTED if number.endswith(w) and number != w), None)
    if is_year and (bare := _BORN.sub("", number)) != number:
        number, repair = bare, "SC05"
    elif counted:
        number, repair = number.removesuffix(counted).strip(" ."), "SC05"
    if len(number) <= _LONGEST and number.isascii():
        for pattern, code in _NUMBERS.items():
            match = pattern.fullmatch(number)
            if match and code.startswith("DL"):
                return None, code
            if match:
                return int(match[1].replace(".", "").replace(" ", "")), repair or code
    return None, "DL01"


# --- days -----------------------------------------------------------------------------

_SEPARATOR = r"\s*[/.\-\\]\s*"
_DAY_TEXTS, _MONTH_FIRST, _MONTH_TEXTS = (
    tuple(re.compile(pattern.format(sep=_SEPARATOR)) for pattern in patterns)
    for patterns in (say.DAY_TEXTS, say.MONTH_FIRST, say.MONTH_TEXTS)
)


def _day(field: Field, raw: Raw, campaign: Campaign) -> Understood:
    """Return the day, or the first day of the month, that a cell names by whatever words.

    The day stands first, as the form asks for it; the month only in what is no day
    otherwise: 3/25/2015.
    """
    is_month = field.kind is FieldKind.MONTH
    unclear = "DL10" if is_month else "DL04"
    if isinstance(raw, bool | time | timedelta):
        return unreadable(field, raw, unclear)
    if isinstance(raw, str):
        text = _day_text(raw)
        days, repair = _dates(text, _DAY_TEXTS), "SC06"
        if is_month:
            of_month = (_dates(text, _MONTH_TEXTS), _month_alone(text, campaign))
            days = chain(*of_month, (day.replace(day=1) for day in days))
        day = next(days, None)
        if day is None and not is_month:
            day, repair = next(_dates(text, _MONTH_FIRST), None), "SC18"
        if day is None:
            return unreadable(field, raw, unclear)
        if campaign.earliest <= day <= campaign.latest:
            return Understood(day, repair=Repair(repair))
    bounds = {"earliest": write_day(campaign.earliest), "latest": write_day(campaign.latest)}
    return unreadable(field, raw, "DL05", **bounds)


def _month_alone(text: str, campaign: Campaign) -> Iterator[date]:
    """Yield the month that is written without its year, where the campaign has it once.

    That is from the month of its guidance to the last in which a conference may be held.
    """
    match = _MONTH_ALONE.fullmatch(text)
    last = max(level.window.end for level in campaign.levels)
    first = campaign.document.issued
    months = (last.year - first.year) * 12 + last.month - first.month
    if match and months < 12:
        ahead = (int(match["m"]) - first.month) % 12
        if 1 <= int(match["m"]) <= 12 and ahead <= months:
            year, month = divmod(first.year * 12 + first.month - 1 + ahead, 12)
            yield date(year, month + 1, 1)


_MONTH_IN_WORDS = re.compile(say.MONTH_IN_WORDS)
_MONTH_IN_ROMAN = re.compile(say.MONTH_IN_ROMAN)
_MONTH_ALONE = re.compile(say.MONTH_ALONE)
_BORN, _BORN_UNKNOWN = re.compile(say.BORN), re.compile(say.BORN_UNKNOWN)
_BORN_TOGETHER = re.compile(say.BORN_TOGETHER)
_TIMES = re.compile(f"^{say.TIME_BEFORE}|{say.TIME_AFTER}$")


def _day_text(raw: str) -> str:
    """Return a text as days are written: small, its month a number, no time of day beside it."""
    text = squeeze(unicodedata.normalize("NFKC", raw)).lower().strip(" .,")

    def as_number(match: re.Match[str]) -> str:
        number = 1 if match[1] == say.FIRST_MONTH else ordinal(match[1])
        return match[0].replace(match[1], str(number)) if number else match[0]

    text = _MONTH_IN_ROMAN.sub(as_number, _MONTH_IN_WORDS.sub(as_number, text))
    while (bare := _TIMES.sub("", text).strip(" .,")) != text:
        text = bare
    return text


def _dates(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[date]:
    for pattern in patterns:
        if match := pattern.fullmatch(text):
            found = match.groupdict(default="1")
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            try:
                yield date(year, int(found["m"]), int(found.get("d", "1")))
            except ValueError:
                continue


# --- choices --------------------------------------------------------------------------

_spelling = lru_cache(maxsize=4096)(spelling_key)
"""The keys of a list's values are asked for again with every cell."""
_unmarked = lru_cache(maxsize=4096)(unmarked_key)
_LEADING_FRACTION = re.compile(r"(\d{1,2})/(\d{1,2})\b")


def _choice(field: Field, raw: Raw) -> Understood:
    """Return the only value of the list that the cell can mean."""
    choices = field.choices
    if choices is None:
        raise TypeError(f"{field.id}: a choice without its list")
    for repair, meant in _meanings(raw, choices):
        if len(meant) == 1:
            return Understood(meant.pop(), repair=Repair(repair))
    return unreadable(field, raw, "DL06", options=first_of(choices.values, 8))


def _meanings(raw: Raw, choices: ChoiceList) -> Iterator[tuple[str, set[str]]]:
    """Yield each repair with the values that the cell means by it.

    Another spelling, composition, punctuation or tone's place; another name; no
    marks at all (``da to chuc``); a leading fraction that a spreadsheet made a day
    of (``1/2`` → 1 February); the same fraction written otherwise (``0,5``, ``½ ngày``).
    """
    values, aliases = choices.values, choices.aliases
    if isinstance(raw, str):
        key = _spelling(raw)
        yield "SC10", {value for value in values if _spelling(value) == key}
        yield "SC11", {value for alias, value in aliases.items() if _spelling(alias) == key}
        names = {value: value for value in values} | dict(aliases)
        for encoding, repair in FROM_LEGACY.items() if not raw.isascii() else ():
            word = squeeze(raw).strip(" .")
            yield (
                repair.rule,
                {value for n, value in names.items() if is_encoded(word, n, encoding)},
            )
        if raw.isascii():
            yield "SC12", {value for value in values if _unmarked(value) == _unmarked(raw)}
    same: set[str] = set()
    for value in values:
        match = _LEADING_FRACTION.match(value)
        if match is None or not int(match[2]):
            continue
        top, bottom = int(match[1]), int(match[2])
        if isinstance(raw, str):
            behind = fold_text(value.partition(" ")[2])
            number = squeeze(raw).lower().replace("½", "1/2").replace(",", ".")
            number = re.sub(r"^0(?=\d/)", "", number.removesuffix(behind).strip())
            is_same = number in (f"{top}/{bottom}", str(top / bottom))
        elif isinstance(raw, date):
            is_same = (raw.day, raw.month) in ((top, bottom), (bottom, top))
        else:
            is_same = isinstance(raw, float) and raw == Fraction(top, bottom)
        if is_same:
            same.add(value)
    yield ("SC07" if isinstance(raw, date) else "SC13"), same
