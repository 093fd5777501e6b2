"""Text typed in the fonts of before Unicode (TCVN3, VNI) → Unicode, when that is certain.

Such a cell holds lawful characters that are the wrong letters: ``Hµ Néi`` in
.VnTime looks like Hà Nội. It is decoded only when nothing is lost (encoding the
result gives the very same characters) and when the font, the letters or the other
cells of its column leave one reading; else it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase, ascii_uppercase
from unicodedata import combining

from tdkt_batch.vietnamese.legacy_encodings import (
    LegacyEncoding,
    decoded_word,
    encode_legacy,
    encoding_of_font,
    is_capitals_font,
    legacy_words,
    with_words,
)
from tdkt_batch.vietnamese.spelling import is_abbreviation, is_syllable


class Certainty(StrEnum):
    """What makes a decoding certain."""

    FONT = "font"  # the cell's font has these letters
    LETTERS = "letters"  # as it stands it is no Vietnamese, decoded it is
    COLUMN = "column"  # other cells of the column prove the encoding


@dataclass(frozen=True, slots=True)
class Decoded:
    """A legacy text in Unicode, the encoding it was in, and what makes that certain.

    ``text`` is in capitals where a capitals font (.VnTimeH) showed it so; apart
    from that ``encode_legacy`` gives back what was typed.
    """

    text: str
    encoding: LegacyEncoding
    certainty: Certainty


def decode_legacy(
    text: str, font: str | None = None, proved: LegacyEncoding | None = None
) -> Decoded | None:
    """Return ``text`` decoded when it is certainly legacy text, else None.

    ``font`` is the cell's font: a .Vn… or VNI-… font is a sure sign unless the
    text as it stands is good Vietnamese, for on a PC without the font Unicode is
    typed under its name. ``proved`` is what ``proved_encoding`` found for the
    cell's column: it decides short cells that could be both (``cã``: có). A text
    with combining marks is Unicode.

    >>> decode_legacy("X· M\u00adêng Than").text
    'Xã Mường Than'
    >>> decode_legacy("HOÄI NGHÒ").encoding
    <LegacyEncoding.VNI: 'VNI Windows'>
    >>> decode_legacy("Xã Mường Than"), decode_legacy("Café São Paulo"), decode_legacy("5 µm")
    (None, None, None)
    """
    if text.isascii() or _COMBINING.search(text):
        return None
    named = encoding_of_font(font)
    known = named or proved
    if known:
        reading = _reading(text, known)
        if reading is None or not reading.is_mostly_spelled:
            return None
        if not (reading.has_evidence or proved == known):
            return None
        result = reading.text.upper() if is_capitals_font(font) else reading.text
        return Decoded(result, known, Certainty.FONT if named else Certainty.COLUMN)
    readings = (_reading(text, encoding) for encoding in LegacyEncoding)
    certain = [reading for reading in readings if reading and reading.is_certain]
    if len(certain) != 1:
        return None
    return Decoded(certain[0].text, certain[0].encoding, Certainty.LETTERS)


def proved_encoding(cells: Iterable[tuple[str, str | None]]) -> LegacyEncoding | None:
    """Return the encoding that the texts of a column (with their fonts) were written in.

    At least two of them must be certain by themselves, none of the other
    encoding, and none in Unicode Vietnamese: then two people wrote the column, and
    one's cells say nothing of the other's.
    """
    texts = list(cells)
    if any(ord(c) > 0xFF and (c.isalpha() or combining(c)) for text, _ in texts for c in text):
        return None
    decoded = [d.encoding for text, font in texts if (d := decode_legacy(text, font))]
    return decoded[0] if len(decoded) >= 2 and len(set(decoded)) == 1 else None


def readings_as_legacy(text: str) -> Mapping[LegacyEncoding, str]:
    """Return what ``text`` spells in each encoding, certain or not.

    For a cell that must hold one of a closed list: ``N÷`` can only be Nữ there.
    """
    if text.isascii() or _COMBINING.search(text):
        return {}
    found = (_reading(text, encoding) for encoding in LegacyEncoding)
    return {r.encoding: r.text for r in found if r and r.touched and r.is_well_spelled}


def is_encoded(typed: str, text: str, encoding: LegacyEncoding) -> bool:
    """Tell whether ``typed`` is ``text`` in a legacy encoding, in small or capital letters.

    For a closed list: ``HM«ng`` is no Vietnamese syllable, and HMông all the same.
    The case of plain letters alone is compared: other codes are other letters.

    >>> is_encoded("hm«ng", "HMông", LegacyEncoding.TCVN3)
    True
    """
    wanted = typed.translate(_SMALL)
    return any(
        written is not None and written.translate(_SMALL) == wanted
        for written in (encode_legacy(t, encoding) for t in (text, text.lower(), text.upper()))
    )


# --- reading ----------------------------------------------------------------------------

_COMBINING = re.compile("[\u0300-\u036f]")
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as typed and as decoded."""

    raw: str
    decoded: str

    @property
    def is_spelled(self) -> bool:
        return is_syllable(self.decoded) or self.is_short_form

    @property
    def is_short_form(self) -> bool:
        """Whether it is initials, or the đ of 100.000đ and đ/c."""
        return is_abbreviation(self.decoded) or self.decoded == "đ"

    @property
    def is_evidence(self) -> bool:
        """Whether it is Vietnamese only when decoded; a symbol alone proves nothing.

        Capitals with a small letter among them (``PHóC``) are none as they stand.
        """
        if len(self.raw) == 1 and not self.raw.isalpha():
            return False
        as_it_stands = self.raw in (self.raw.lower(), self.raw.upper(), self.raw.capitalize())
        as_it_stands = as_it_stands and is_syllable(self.raw, early_tone=True)
        return is_syllable(self.decoded) and not as_it_stands


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text decoded without loss; ``touched`` are the words that decoding changes."""

    text: str
    encoding: LegacyEncoding
    touched: Sequence[_Word]

    @property
    def has_evidence(self) -> bool:
        """Whether there are words that are not Vietnamese as they stand."""
        return any(w.is_evidence or (w.is_short_form and not w.raw.isalpha()) for w in self.touched)

    @property
    def is_mostly_spelled(self) -> bool:
        return 2 * sum(w.is_spelled for w in self.touched) > len(self.touched)

    @property
    def is_well_spelled(self) -> bool:
        """Whether all words are spelled right, in longer texts nine of ten."""
        return 10 * sum(not w.is_spelled for w in self.touched) <= len(self.touched) - 1

    @property
    def is_certain(self) -> bool:
        """Whether the letters alone decide.

        Words that are no Vietnamese as they stand must be a third of all, one of
        them, of three letters or more, with letters that no language writes so; or
        more than half, two different ones. Danish writes ``søn``, French ``thaï``,
        an engineer ``µm``: these could be decoded too.
        """
        if not self.is_well_spelled:
            return False
        proofs = [word.raw.lower() for word in self.touched if word.is_evidence]
        strange = _STRANGE[self.encoding]
        if any(len(raw) >= 3 and strange.search(raw) for raw in proofs):
            return 3 * len(proofs) >= len(self.touched)
        return len(set(proofs)) > 1 and 2 * len(proofs) > len(self.touched)


_STRANGE = {
    LegacyEncoding.VNI: re.compile("(?i)[aeo][âáàåã]|[ao]ä|a[êúü]|[aeouyôö][ùøûõ]|[ôö]ï"),
    LegacyEncoding.TCVN3: re.compile("[\u00a1-\u00bf×÷]"),
}
"""Letters that no language writes so."""
_LOST_U = re.compile(r"(?<!\w)[bcdghklmnpqrstvxBCDGHKLMNPQRSTVX]?[bcdghklmnpqrstvx]-")
_ONSET_ALONE = re.compile("(?:[Nn]gh|[Cc]h|[Gg]h|[Kk]h|[Nn]g|[Nn]h|[Pp]h|[Tt]h|[Tt]r)")
"""Words that ư was lost from: its code in TCVN3 is the soft hyphen, which programs drop."""


def _reading(text: str, encoding: LegacyEncoding) -> _Reading | None:
    """Return ``text`` decoded, None when it has other letters or something would be lost.

    >>> decode_legacy("Bµ nh- thÕ"), decode_legacy("Bµ nh thÕ")
    (None, None)
    """
    typed = legacy_words(text, encoding)
    if typed is None:
        return None
    words: list[_Word] = []
    for raw in typed:
        decoded = decoded_word(raw, encoding)
        if decoded is None:
            return None
        words.append(_Word(raw, decoded))
    if encoding is LegacyEncoding.TCVN3:
        words = _with_capitals(words)
        if _LOST_U.search(text) or any(_ONSET_ALONE.fullmatch(raw) for raw in typed):
            return None
    if any(encode_legacy(w.decoded, encoding) != w.raw for w in words):
        return None
    result = with_words(text, encoding, (w.decoded for w in words))
    return _Reading(result, encoding, [w for w in words if w.raw != w.decoded])


def _with_capitals(words: Sequence[_Word]) -> list[_Word]:
    """Return the words with the capitals that TCVN3 cannot write.

    ``TØNH`` is TỈNH: after its first letter it has capitals and no small letter.
    ``Bµ`` is Bà, and BÀ only where the whole text stands in capitals (initials
    like UBND do not say so). ``X· Ýt Ong`` is Xã Ít Ong: where all other words begin
    with a capital it is a name, and the vowel at a word's head one too.
    """
    plain = [[c for c in word.raw if c.isascii()] for word in words]
    are_capitals = [
        any(c.isascii() for c in word.raw[1:]) and all(c.isupper() for c in letters)
        for word, letters in zip(words, plain, strict=True)
    ]
    in_capitals = [word for word, yes in zip(words, are_capitals, strict=True) if yes]
    has_small = any(c.islower() for letters in plain for c in letters)
    whole = not has_small and any(is_syllable(word.decoded) for word in in_capitals)
    words = [
        _Word(word.raw, word.decoded.upper()) if yes or whole else word
        for word, yes in zip(words, are_capitals, strict=True)
    ]
    others = [word for word in words if not _lacks_capital(word)]
    if others and all(word.decoded[0].isupper() for word in others):
        return [_Word(word.raw, word.decoded[0].upper() + word.decoded[1:]) for word in words]
    return words


def _lacks_capital(word: _Word) -> bool:
    """Tell whether the word begins with a letter of which TCVN3 has no capital."""
    first = word.decoded[0]
    capital = encode_legacy(first.upper(), LegacyEncoding.TCVN3)
    return not first.isascii() and capital == encode_legacy(first.lower(), LegacyEncoding.TCVN3)
