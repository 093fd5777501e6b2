"""The encodings that offices used before Unicode: their letters, both ways, and their fonts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path


class LegacyEncoding(StrEnum):
    """An encoding that offices used before Unicode, by the name they know."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI Windows"


def encode_legacy(text: str, encoding: LegacyEncoding) -> str | None:
    """Return Unicode ``text`` as it was typed in a legacy encoding; None if it cannot be.

    TCVN3 has no toned capitals: they take the small letter's code, as the
    keyboard programs of the time wrote them.

    >>> encode_legacy("Tỉnh", LegacyEncoding.TCVN3), encode_legacy("Tỉnh", LegacyEncoding.VNI)
    ('TØnh', 'Tænh')
    """
    codes = _table(encoding).code_by_letter
    written = [codes.get(c, c if c.isascii() or not c.isalpha() else None) for c in text]
    return "".join(c for c in written if c is not None) if None not in written else None


def legacy_words(text: str, encoding: LegacyEncoding) -> tuple[str, ...] | None:
    """Return the text's words as they were typed; None when it has other encodings' letters.

    >>> legacy_words("X· “Hµ”, 5 km", LegacyEncoding.TCVN3), legacy_words("ạ", LegacyEncoding.VNI)
    (('X·', 'Hµ', 'km'), None)
    """
    pattern = _table(encoding).word
    if any(c.isalpha() for c in pattern.sub("", text)):
        return None
    return tuple(pattern.findall(text))


def with_words(text: str, encoding: LegacyEncoding, words: Iterable[str]) -> str:
    """Return ``text`` with its words, as ``legacy_words`` finds them, replaced in order."""
    following = iter(words)
    return _table(encoding).word.sub(lambda _: next(following), text)


_SYMBOLS = tuple("×÷·¹½¼¾»©¡")


def decoded_word(raw: str, encoding: LegacyEncoding) -> str | None:
    """Return one word in Unicode, None when its characters are no letters of the encoding.

    A symbol that people type by itself (×, ½, ·) is what it looks like.
    """
    table = _table(encoding)
    if raw in _SYMBOLS:
        return raw
    codes = table.code.findall(raw)
    if sum(map(len, codes)) != len(raw):
        return None
    return "".join(table.letter_by_code.get(code, code) for code in codes)


# --- fonts ------------------------------------------------------------------------------


def encoding_of_font(font: str | None) -> LegacyEncoding | None:
    """Return the encoding of a font's letters by its name; None for an ordinary font.

    >>> encoding_of_font(".VnTimeH"), encoding_of_font("Times New Roman")
    (<LegacyEncoding.TCVN3: 'TCVN3 (ABC)'>, None)
    """
    name = (font or "").strip().lower()
    if name.startswith(".vn"):
        return LegacyEncoding.TCVN3
    return LegacyEncoding.VNI if re.match("vni[- ]", name) else None


def is_capitals_font(font: str | None) -> bool:
    """Tell whether the font shows small letters as capitals: the TCVN3 fonts named …H."""
    name = (font or "").strip()
    return encoding_of_font(name) is LegacyEncoding.TCVN3 and name.endswith("H")


# --- tables -----------------------------------------------------------------------------

_FILES = {LegacyEncoding.TCVN3: "tcvn3.csv", LegacyEncoding.VNI: "vni.csv"}
"""The letters of each encoding, by their one or two bytes."""


@dataclass(frozen=True)
class _Table:
    """An encoding: letters by their codes of one or two characters, and back."""

    letter_by_code: Mapping[str, str]
    code_by_letter: Mapping[str, str]

    @cached_property
    def word(self) -> re.Pattern[str]:
        """What a word may consist of."""
        marks = {c for code in self.letter_by_code for c in code if not c.isascii()}
        return re.compile("[A-Za-z" + re.escape("".join(sorted(marks))) + "]+")

    @cached_property
    def code(self) -> re.Pattern[str]:
        """One letter's code, the longer ones first, or a plain letter."""
        codes = sorted(self.letter_by_code, key=lambda code: (-len(code), code))
        return re.compile("|".join(map(re.escape, codes)) + "|[A-Za-z]")


@lru_cache(maxsize=2)
def _table(encoding: LegacyEncoding) -> _Table:
    with (Path(__file__).parent / _FILES[encoding]).open(encoding="utf-8", newline="") as file:
        letters = {
            "".join(chr(int(byte, 16)) for byte in row["byte"].split()): row["unicode_char"]
            for row in csv.DictReader(file)
        }
    codes = {letter: code for code, letter in letters.items()}
    if encoding is LegacyEncoding.TCVN3:
        codes = {letter.upper(): code for letter, code in codes.items()} | codes
    return _Table(letters, codes)
