"""Text that no font shows right → Unicode, when its own letters leave one reading.

UTF-8 that a program took for Windows' own letters (``Háº·c``: Hặc), and Vietnamese
typed while the keyboard program was off, its marks left as signs (VIQR, ``Ha(.c``) or
figures (VNI, ``Ha85c``). Such text is plain in any font, so that only the spelling of
its words tells; what they leave open stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from unicodedata import normalize

from tdkt_batch.vietnamese.folding import WIDTHLESS, fold_choice
from tdkt_batch.vietnamese.spelling import is_abbreviation, is_syllable, with_tone_in_place


class Garbling(StrEnum):
    """What became of a text on its way."""

    MISREAD = "UTF-8"
    SIGNS = "VIQR"
    FIGURES = "VNI"


@dataclass(frozen=True, slots=True)
class Ungarbled:
    """What a text says, and what had become of it."""

    text: str
    garbling: Garbling


def ungarbled(text: str) -> Ungarbled | None:
    """Return what ``text`` certainly says if it is garbled, else None.

    >>> ungarbled("LÃ² VÄƒn Háº·c").text, ungarbled("Ho^.i tru+o+`ng xa~").text
    ('Lò Văn Hặc', 'Hội trường xã')
    >>> ungarbled("Lo2 Va8n Ha85c").text, ungarbled("Nhà A1, B2"), ungarbled("AndrÃ©")
    ('Lò Văn Hặc', None, None)
    """
    if not _is_plain(text):
        said = _misread(text)
        return Ungarbled(said, Garbling.MISREAD) if said else None
    if not _MARK.search(text):
        return None
    found = [Ungarbled(one.text, one.garbling) for one in _readings(text) if one.is_certain]
    return found[0] if len(found) == 1 else None


def is_garbled(text: str, meant: str) -> Garbling | None:
    """Return what became of ``meant`` so that ``text`` stands there; None if nothing did.

    For a cell that must hold one of a list: its value need not be spelled as a word is.

    >>> is_garbled("Nu74", "Nữ"), is_garbled("Kho+-me", "Khơ-me"), is_garbled("Nu", "Nữ")
    (<Garbling.FIGURES: 'VNI'>, <Garbling.SIGNS: 'VIQR'>, None)
    """
    if meant.isascii():
        return None
    if not _is_plain(text):
        return Garbling.MISREAD if fold_choice(meant) in map(fold_choice, _decoded(text)) else None
    wanted = _keys_of(keyed(meant))
    as_figures = _SIGN.sub(lambda sign: _FIGURE_BY_SIGN[sign[0]], re.sub("(?i)d(?=d)", "9", text))
    if _keys_of(text) == wanted:
        return Garbling.FIGURES
    return Garbling.SIGNS if _keys_of(re.sub("(?i)-d|9d", "d9", as_figures)) == wanted else None


def _is_plain(text: str) -> bool:
    """Tell whether a text has plain letters alone; a dash or quotation marks change nothing."""
    return text.isascii() or not any(ord(c) > 0x7F and c.isalpha() for c in text)


def keyed(text: str) -> str:
    """Return what is typed for ``text`` with figures for marks, each behind its letter.

    >>> keyed("Đã tổ chức")
    'D9a4 to63 chu71c'
    """
    letters = normalize("NFD", text.replace("đ", "d9").replace("Đ", "D9"))
    return "".join(_FIGURE_BY_MARK.get(c, c) for c in letters)


def _keys_of(typed: str) -> list[tuple[str, str]]:
    """Return each word of what was typed as its letters and the figures among them, in order."""
    words = re.findall("[a-z0-9]+", typed.lower())
    return [(re.sub("[0-9]", "", w), "".join(sorted(set(re.sub("[a-z]", "", w))))) for w in words]


_UNKNOWN_LETTER = re.compile("(?<=[A-Za-z])[¡-¬®¯±´-¸»-¿×÷](?=[a-z])")
_UNKNOWN_SIGNS = re.compile(
    r"(?:[aeo]\^|[ou]\+[a-z'`?~.]|a\([a-z'`?~.])\S* .*(?:[aeo]\^|[ou]\+|a\()"
)


def looks_garbled(text: str) -> bool:
    """Tell whether a text has letters that no one types, so that somebody should look at it.

    >>> [looks_garbled(text) for text in ("há»p má»i", "nh¸", "Hội nghị 25m²", "Café ½ ngày")]
    [True, False, False, False]
    >>> [looks_garbled(text) for text in ("M«ng", "DDa?ng bo^. to^?ng", "a+b", "C++ và a^2")]
    [True, True, False, False]
    >>> looks_garbled("XÃ ĐÃ TỔ CHỨC")
    False
    """
    if text.isascii():
        return _UNKNOWN_SIGNS.search(text) is not None
    if len(_misread_letters(text)) > 1 or any(
        not _stands_between_words(text, found.start(), found.end())
        for found in _UNKNOWN_LETTER.finditer(text)
    ):
        return True
    return _is_plain(text) and _UNKNOWN_SIGNS.search(text) is not None


# --- bytes of UTF-8 taken for letters of Windows ---------------------------------------------


def _bytes_by_letter(code_page: str) -> dict[str, int]:
    """Return the byte that a letter was; what the code page has no letter for stands by itself."""
    letters = {chr(byte): byte for byte in range(256)}
    for byte in range(0x80, 0x100):
        letter = bytes([byte]).decode(code_page, errors="replace")
        if letter != "\ufffd":
            letters[letter] = byte
    return letters


_CODE_PAGES = tuple(map(_bytes_by_letter, ("cp1252", "cp1258")))
_FIRST_HALF = re.compile("[ÃĂÄÅÆ]|[áÁ][º»]")
"""What the first byte of a Vietnamese letter is shown as: without one no text is garbled so."""
_WIDTHLESS = dict.fromkeys(map(ord, WIDTHLESS))
_LOST_BLANK = re.compile("(?<=[ÃĂÆ]) ")
"""The second half of à and Ơ is a blank that does not break; programs make it a plain one."""


def _decoded(text: str) -> Iterator[str]:
    """Yield the UTF-8 texts whose bytes ``text`` may show."""
    if not _FIRST_HALF.search(text):
        return
    text = text.translate(_WIDTHLESS)
    for shown, bytes_by_letter in product((text, _LOST_BLANK.sub("\u00a0", text)), _CODE_PAGES):
        if all(letter in bytes_by_letter for letter in shown):
            with suppress(UnicodeDecodeError):
                yield bytes(map(bytes_by_letter.__getitem__, shown)).decode("utf-8")


_MISREAD_LETTER = re.compile(
    r"(?P<capital>[ÃĂ])(?:[second]|(?P<blank>[ \u00a0]))"
    r"|[áÁ](?:º|»(?=[^\W\d_]|[second]))|Ä[second]|Å[¨©]|Æ[°¡]".replace(
        "second", "\x80-\x9f¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
    )
)
_QUOTATION = re.compile("(?<![º»])«")
"""Quotation marks of French, and not the end of ẫ or ừ."""


def _misread_letters(text: str) -> list[re.Match[str]]:
    """Return the halves that cannot be right text, as ``XÃ “`` and ``«NÁ»`` can.

    Where the second half is a blank, the word before alone tells: ``hÃ `` but not ``XÃ ``.
    """
    quotation = _QUOTATION.search(text)

    def may_be_right(half: re.Match[str]) -> bool:
        if half["capital"]:
            end = len(text) if half["blank"] else half.end()
            return _stands_between_words(text, half.end("capital"), end)
        return "»" in half[0] and quotation is not None and quotation.start() < half.start()

    return [half for half in _MISREAD_LETTER.finditer(text) if not may_be_right(half)]


def _stands_between_words(text: str, start: int, end: int) -> bool:
    """Tell whether what stands there has right words, in capitals or small, or none beside it."""
    before = re.search(r"[^\W\d_¹²³¼½¾]*\Z", text[:start])
    after = re.match(r"[^\W\d_¹²³¼½¾]*", text[end:])
    return all(
        not word
        or is_abbreviation(word)
        or (
            is_syllable(word, early_tone=True)
            and (word.islower() or word.isupper() or word.istitle())
        )
        for word in (before[0] if before else "", after[0] if after else "")
    )


def _misread(text: str) -> str:
    """Return the UTF-8 text whose bytes ``text`` shows; "" unless its words are spelled right.

    One letter must be such a half for certain, or two with a blank: a right word in
    capitals may end in Ã.
    """
    halves = _misread_letters(text.translate(_WIDTHLESS))
    if len(halves) < 2 and not any(not half["blank"] for half in halves):
        return ""
    for said in _decoded(text):
        words = [w for w in re.findall(r"[^\W\d_]+", normalize("NFC", said)) if not w.isascii()]
        wrong = sum(not (is_syllable(w, early_tone=True) or is_abbreviation(w)) for w in words)
        if words and max(map(len, words)) > 1 and 10 * wrong <= len(words) - 1:
            return said
    return ""


# --- marks left as signs or figures ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it was typed, and with its marks put on."""

    typed: str
    text: str

    @property
    def letters(self) -> str:
        return re.sub("[^A-Za-z]", "", self.typed).lower()

    @property
    def is_telling(self) -> bool:
        """Whether a mark stands between its letters, or a tone behind another mark."""
        return re.search("[A-Za-z][^A-Za-z-]+[A-Za-z]|[6-8][1-5]|[(^+*]", self.typed) is not None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text with its marks put on; ``changed`` are its words that have any."""

    text: str
    garbling: Garbling
    changed: tuple[_Word, ...]

    @property
    def is_certain(self) -> bool:
        """Whether nobody types so by chance: two words have marks, and one where no other sign is.

        Else ``doi1, doi6`` are numbered, and ``co? to.`` ask and end.
        """
        is_long = any(len(word.text) > 2 for word in self.changed)
        several = len({word.letters for word in self.changed}) > 1
        rare = sum(not {*"~`"}.isdisjoint(word.typed) for word in self.changed)
        return several and ((is_long and any(w.is_telling for w in self.changed)) or rare > 1)


_MARKS = {"^": "\u0302", "+": "\u031b", "*": "\u031b", "(": "\u0306"}
_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_FIGURE_BY_MARK = {"\u0302": "6", "\u031b": "7", "\u0306": "8"} | dict(
    zip(_TONES.values(), "12345", strict=True)
)
_TONE_BY_FIGURE = dict(zip("12345", _TONES.values(), strict=True))
_FIGURE_BY_SIGN = {sign: _FIGURE_BY_MARK[mark] for sign, mark in (_MARKS | _TONES).items()}
_MARK = re.compile(r"[AEIOUYaeiouy][\^(+*'`?~.1-8]|[Dd][Dd9]")
"""A letter with a mark, as it is typed: without one no text is garbled so."""
_SIGN = re.compile(r"(?<=[A-Za-z^+(*])[\^+(*'`?~.]")
_TAKERS = {"6": ("aeo", "\u0302"), "7": ("ou", "\u031b"), "8": ("a", "\u0306")}
"""The vowels before a figure that it may be for, and the mark that they get."""
_SIGNED = re.compile(r"([Dd])[Dd]|-([Dd])|([AEIOUYaeiouy])([\^(+*]?)(['`?~.]?)")
_FIGURED = re.compile(r"[A-Za-z]+(?:[1-9]+[A-Za-z]*)+")
_BETWEEN = re.compile(r"([\s,;:/\"!)]+|(?<![A-Za-z])\()")
_ENDS = "'?."
"""Signs that may also end a word or sentence."""


def _readings(text: str) -> Iterator[_Reading]:
    """Yield the text as signs and as figures say it, if each word with marks is a syllable."""
    for garbling, meanings in ((Garbling.SIGNS, _of_signs), (Garbling.FIGURES, _of_figures)):
        pieces = _BETWEEN.split(text)
        is_name = not any(piece[:1].islower() for piece in pieces)
        words: list[str] = []
        for piece, following in zip(pieces, [*pieces[2:], "", ""][: len(pieces)], strict=True):
            whole, *others = meanings(piece) or ("",)
            if not whole and piece:
                break
            if others and not (following[:1].islower() or (is_name and following)):
                break  # a point that may end the sentence
            words.append(whole)
        else:
            both = zip(pieces, words, strict=True)
            if changed := tuple(_Word(typed, word) for typed, word in both if word != typed):
                yield _Reading("".join(words), garbling, changed)


def _of_signs(word: str) -> tuple[str, ...]:
    """Return what a word in VIQR may be: a point behind a vowel may also be the sentence's end."""
    whole = _SIGNED.sub(_composed, word)
    if whole == word:
        return (word,)
    bare = word.rstrip(_ENDS)
    shorter = _SIGNED.sub(_composed, bare) + word[len(bare) :]
    could_be = (whole, shorter) if word.endswith(".") or not _is_spelled(whole) else (whole,)
    return tuple(one for one in dict.fromkeys(could_be) if _is_spelled(one))


def _composed(found: re.Match[str]) -> str:
    d, dashed, vowel, mark, tone = found.groups()
    if d or dashed:
        return "Đ" if (d or dashed).isupper() else "đ"
    letter = normalize("NFC", vowel + _MARKS.get(mark, "") + _TONES.get(tone, ""))
    return letter if len(letter) == 1 else found[0]


def _is_spelled(word: str) -> bool:
    """Tell whether each part of a word is a syllable; the H of H'Mông is none."""
    parts = re.split("[-.'?]+", word.removeprefix("H'"))
    return all(is_syllable(part) for part in parts if part)


def _of_figures(word: str) -> tuple[str, ...]:
    """Return what a word may be whose marks were typed as figures behind its vowels."""
    bare = word.strip(".?'-")
    if not _FIGURED.fullmatch(bare):
        return (word,)
    tones = [_TONE_BY_FIGURE[c] for c in bare if c in _TONE_BY_FIGURE]
    is_behind_a_vowel = re.fullmatch("(?i)[^0-9]*(?:[aeiouy][^0-9]*|d9.*)[0-9].*", bare)
    if len(tones) > 1 or not is_behind_a_vowel:
        return ()
    marked = (_marked(bare, both=both) for both in (True, False))
    toned = dict.fromkeys(with_tone_in_place(_toned(one, "".join(tones))) for one in marked)
    return tuple(word.replace(bare, one) for one in toned if is_syllable(one))


def _toned(word: str, tone: str) -> str:
    """Return a word with the tone behind its last vowel, from where it is moved to its place."""
    vowels = [n for n, c in enumerate(word) if normalize("NFD", c)[0] in "aeiouyAEIOUY"]
    end = vowels[-1] + 1 if vowels else 0
    return normalize("NFC", word[:end] + tone + word[end:])


def _marked(word: str, *, both: bool) -> str:
    """Return a word with đ and its vowels' marks; "" where a figure has nothing to stand on.

    With ``both`` a 7 behind uo is for the two.
    """
    letters: list[str] = []
    for c in word:
        if c in _TAKERS:
            takers, mark = _TAKERS[c]
            at = [n for n, letter in enumerate(letters) if letter.lower() in takers]
            if not at:
                return ""
            is_uo = both and c == "7" and len(at) > 1 and at[-2] + 1 == at[-1]
            for n in at[-2:] if is_uo else at[-1:]:
                letters[n] = normalize("NFC", letters[n] + mark)
        elif c == "9":
            if not letters or letters[0] not in "dD":
                return ""
            letters[0] = "đ" if letters[0] == "d" else "Đ"
        elif not c.isdigit():
            letters.append(c)
    return "".join(letters)
