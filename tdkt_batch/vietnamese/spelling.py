"""Vietnamese as it is spelled: syllables, the tone's place, spellings alike, marks lost.

For comparing only: what is shown and stored stays as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from tdkt_batch.vietnamese.folding import (
    BLANKS,
    REMEMBERED,
    WIDTHLESS,
    fold_text,
    without_never_seen,
)

# --- the syllable -----------------------------------------------------------------------

_CODAS_BY_NUCLEUS = """
a: - c ch i m n ng nh o p t u y    ă: c k m n ng p t       â: c m n ng p t u y
e: - c m n ng o p t                ê: - ch m n nh p t u    i: - ch m n nh p t u
o: - c i m n ng p t                ô: - c i m n ng p t     ơ: - i m n p t
u: - c i m n ng p t                ư: - c i m n ng t u     y: -
ia: -    iê: c m n ng p t u        ua: -    uô: c i m n ng t
ưa: -    ươ: c i m n ng p t u      yê: m n ng t u          oo: c ng
oa: - c ch i m n ng nh o p t y     oă: c m n ng t          oe: - n o t
uâ: n ng t y    uê: - ch nh        uơ: -    uy: - ch n nh p t u    uyê: n t    uya: -
"""
"""Which ends follow which vowels ("-": none), glides counted to the vowels."""

_RHYMES = frozenset(
    nucleus + coda.replace("-", "")
    for nucleus, codas in re.findall(r"(\w+): ((?:[a-z-]+ )*[a-z-]+)(?=\s|$)", _CODAS_BY_NUCLEUS)
    for coda in codas.split()
)
_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_BEFORE_FRONT_VOWELS = ("gh", "ngh")
_BEFORE_BACK_VOWELS = ("c", "ng")
_FRONT = "eêi"
_STOPS = ("c", "ch", "p", "t")
_ACUTE, _DOT = "\u0301", "\u0323"
_TONES = f"\u0300{_ACUTE}\u0303\u0309{_DOT}"
_EITHER_PLACE = ("oa", "oe", "uy")
"""Rhymes whose tone two official ways of writing put in different places: òa, oà."""


@dataclass(frozen=True, slots=True)
class _Syllable:
    """A word without its tone, the tone, and how many letters stand before the toned one."""

    base: str
    tone: str
    toned: int


def is_syllable(word: str, *, early_tone: bool = False) -> bool:
    """Tell whether ``word`` is spelled as one Vietnamese syllable, in any case.

    Onset, vowels and end must go together, a stop (c, ch, p, t) needs sắc or
    nặng, and the tone stands where one of the two official ways puts it; with
    ``early_tone`` also before, as in hòan and qúy, which simple keyboard programs
    make. Not every such syllable is a word; k before any vowel counts because
    place names are written so (Kan Hồ).

    >>> [w for w in "Khoen nghiêng giếng QUYẾT hòa hoà Pắc".split() if not is_syllable(w)]
    []
    >>> [w for w in "Tủn qúy nghành tôt Brâu Niủo hộị w".split() if is_syllable(w)]
    ['Tủn']
    """
    parts = _without_tone(word)
    if parts is None:
        return False
    for onset, rhyme in _divisions(parts.base.lower()):
        at, places = parts.toned - len(onset), _tone_places(onset, rhyme)
        is_placed = not parts.tone or at in places or (early_tone and at < max(places))
        if is_placed and _goes_with(rhyme, parts.tone):
            return True
    return False


def _without_tone(word: str) -> _Syllable | None:
    """Return the word without its tone; None when it has several, or is long for a syllable."""
    letters = unicodedata.normalize("NFD", word)
    tones = [c for c in letters if c in _TONES]
    if len(tones) > 1 or not letters or len(letters) > 12:
        return None
    tone = tones[0] if tones else ""
    before = letters.partition(tone)[0] if tone else ""
    toned = sum(not unicodedata.combining(c) for c in before) - 1
    base = unicodedata.normalize("NFC", letters.replace(tone, "") if tone else letters)
    return _Syllable(base, tone, toned)


@lru_cache(maxsize=4096)
def _divisions(base: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to divide a toneless word in onset and rhyme; the usual one first.

    >>> _divisions("giêng"), _divisions("quynh"), _divisions("già")
    ((('g', 'iêng'),), (('qu', 'ynh'),), ())
    """
    return tuple(
        (onset, base[len(onset) :])
        for onset in _ONSETS
        if base.startswith(onset) and _go_together(onset, base[len(onset) :])
    )


def _go_together(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme[:1] in tuple("aăâeêiôơy") and (rhyme in _RHYMES or "u" + rhyme in _RHYMES)
    if rhyme not in _RHYMES:
        return False
    if onset in _BEFORE_FRONT_VOWELS:
        return rhyme[0] in _FRONT
    if onset in _BEFORE_BACK_VOWELS:
        return rhyme[0] not in _FRONT + "y"
    if onset == "g":  # the i of giêng, gìn belongs to both; già is gi and à
        return rhyme[0] not in "eêy" and rhyme not in ("ia", "iu")
    return not (rhyme.startswith("yê") and onset)


def _goes_with(rhyme: str, tone: str) -> bool:
    return not rhyme.endswith(_STOPS) or tone in (_ACUTE, _DOT)


def _tone_places(onset: str, rhyme: str) -> tuple[int, ...]:
    """Return on which letters of ``rhyme`` a tone may stand; the first is the canonical one."""
    marked = [i for i, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    vowels = re.match(r"[aeiouy]*", rhyme)
    count = vowels.end() if vowels else 0
    if rhyme in _EITHER_PLACE and onset != "qu":
        return (0, 1)
    if count == 3 or (count == 2 and len(rhyme) > count):
        return (1,)
    return (0,)


# --- one spelling for all ---------------------------------------------------------------

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_ETH = str.maketrans("ÐðƉɖ", "ĐđĐđ")
"""The Icelandic and African letters that look like Đ and are typed for it."""
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad" + WIDTHLESS))
_FULL_WIDTH = {0xFF00 + n: 0x20 + n for n in range(1, 0x5F)}
_SEEN = _FULL_WIDTH | dict.fromkeys(map(ord, BLANKS), " ") | _INVISIBLE


@lru_cache(maxsize=REMEMBERED)
def normal_text(text: str) -> str:
    """Return ``text`` with the one spelling that its look-alikes share; case stays.

    Composed (NFC), full-width letters narrow, characters without width gone, all
    blanks plain, Ð for Đ put right in Vietnamese words, tones in their canonical
    place (òa, òe, úy). Legacy text must be decoded before: its ư is a soft hyphen.

    >>> normal_text("Ｈoà  Thuý kho\u200bẻ, HÐND")
    'Hòa  Thúy khỏe, HĐND'
    >>> normal_text("Guðmundur")
    'Guðmundur'
    """
    plain = unicodedata.normalize("NFC", without_never_seen(text).translate(_SEEN))

    def righted(match: re.Match[str]) -> str:
        word, changed = match[0], match[0].translate(_ETH)
        if changed != word and (is_syllable(changed, early_tone=True) or is_abbreviation(changed)):
            word = changed
        return with_tone_in_place(word)

    return _WORD.sub(righted, plain)


@lru_cache(maxsize=REMEMBERED)
def with_tone_in_place(word: str) -> str:
    """Return a syllable with its tone where it belongs; any other word as it is.

    >>> [with_tone_in_place(w) for w in ("khoẻ", "QÚY", "gìa", "hoàn", "Nestlé")]
    ['khỏe', 'QUÝ', 'già', 'hoàn', 'Nestlé']
    """
    parts = _without_tone(word)
    if parts is None or not parts.tone:
        return word
    for onset, rhyme in _divisions(parts.base.lower()):
        if _goes_with(rhyme, parts.tone):
            after = len(onset) + _tone_places(onset, rhyme)[0] + 1
            moved = parts.base[:after] + parts.tone + parts.base[after:]
            return unicodedata.normalize("NFC", moved)
    return word


def is_abbreviation(word: str) -> bool:
    """Tell whether ``word`` looks like the initials that offices write: UBND, HĐND, TƯ.

    >>> is_abbreviation("HĐND"), is_abbreviation("Đ"), is_abbreviation("Hđnd")
    (True, True, False)
    """
    return bool(re.fullmatch("[A-ZĐƯÔÂÊƠĂ]{1,8}", word))


@lru_cache(maxsize=REMEMBERED)
def spelling_key(text: str) -> str:
    """Return what all spellings of one text share: case and punctuation do not count.

    >>> spelling_key("Xã “Pa Khoá”.") == spelling_key("XÃ PA KHÓA")
    True
    """
    return fold_text(normal_text(text)).strip(" .;:")


def without_marks(text: str) -> str:
    """Return ``text`` as it is typed without any mark; case stays.

    >>> without_marks("Đã tổ chức")
    'Da to chuc'
    """
    letters = unicodedata.normalize("NFD", text.translate(_ETH))
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def unmarked_key(text: str) -> str:
    """Return what a text and the same typed without marks share.

    >>> unmarked_key("Xa Muong Te") == unmarked_key("Xã Mường Tè")
    True
    """
    return without_marks(spelling_key(text))


# --- ordinals -----------------------------------------------------------------------------

_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def roman(number: int) -> str:
    """Return a number from 1 to 39 in Roman figures, as the guidance counts congresses.

    >>> roman(4), roman(39)
    ('IV', 'XXXIX')
    """
    figures = ""
    for figure, worth in _ROMAN:
        times, number = divmod(number, worth)
        figures += figure * times
    return figures


_UNITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_ONES = {word: number for number, word in enumerate(_UNITS, start=1)}
_TENS = {"mười": 10} | {f"{one} mươi": 10 * n for one, n in _ONES.items() if n > 1}
_BEHIND_TENS = _ONES | {"mốt": 1, "tư": 4, "lăm": 5, "bẩy": 7}
_NUMBER_BY_WORD = (
    _ONES
    | {"nhất": 1, "đầu": 1, "đầu tiên": 1, "nhì": 2, "tư": 4, "bẩy": 7}
    | _TENS
    | {f"{ten} {one}": n + m for ten, n in _TENS.items() for one, m in _BEHIND_TENS.items()}
)
_UNMARKED = sorted({(without_marks(word), number) for word, number in _NUMBER_BY_WORD.items()})
_TIMES = Counter(word for word, _ in _UNMARKED)
_NUMBER_BY_UNMARKED_WORD = {word: number for word, number in _UNMARKED if _TIMES[word] == 1}
"""The words without marks, where these name one number only."""
_NUMBER_BY_ROMAN = {roman(number): number for number in range(1, 40)}
_LEADING = re.compile("^(?:l[ầa]n )?(?:th[ứu] )?")


def ordinal(text: str) -> int | None:
    """Return the number that an ordinal names: Arabic, Roman or in words, 1 to 99.

    >>> [ordinal(t) for t in ("IV", "4", "thứ tư", "lần thứ 4", "Lần IV.", "nhất", "lan thu tu")]
    [4, 4, 4, 4, 4, 1, 4]
    >>> [ordinal(t) for t in ("IIII", "0", "lần", "thứ tư, 2015", "")]
    [None, None, None, None, None]
    """
    if re.match(r"\s*[-–—−]\s*\d", text):
        return None
    key = spelling_key(unicodedata.normalize("NFKC", text))
    rest = _LEADING.sub("", key, count=1)
    if rest.isascii() and rest.isdigit():
        return int(rest) if 1 <= int(rest) <= 99 else None
    words = _NUMBER_BY_UNMARKED_WORD if key.isascii() else _NUMBER_BY_WORD
    return words.get(rest) or _NUMBER_BY_ROMAN.get(rest.upper())
