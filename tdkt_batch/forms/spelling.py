"""When two spellings are one word: composition, place of the tone mark, no marks at all."""

from __future__ import annotations

import re
import unicodedata

from tdkt_batch.rules.fold import fold_text

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_PLACE = re.compile(f"([ou])([{_TONES}])([aeoy])(?![a-z])")


def spelling(text: str) -> str:
    """Return what two spellings of one word share.

    >>> spelling("Hoà  bình.") == spelling("HÒA BÌNH")
    True
    """
    decomposed = unicodedata.normalize("NFD", fold_text(unicodedata.normalize("NFKC", text)))
    moved = _TONE_PLACE.sub(r"\1\3\2", decomposed)
    return unicodedata.normalize("NFC", moved).strip(" .;:")


def unmarked(text: str) -> str:
    """Return the text as typed without diacritics.

    >>> unmarked("Đã tổ chức")
    'da to chuc'
    """
    decomposed = unicodedata.normalize("NFD", fold_text(text).replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip(" .;:")
