"""How texts are cleaned and compared: the same way here and in the form's formulas."""

from __future__ import annotations

import re
from functools import lru_cache

REMEMBERED = 2048
"""How many texts are remembered as they were last read: forms of one kind have the same labels."""
BLANKS = (
    "\t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What stands in a text for a blank: tabs, ends of lines, every blank of Unicode."""
WIDTHLESS = (
    "\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
    "\ufeff"
)
"""What stands in a text and takes no room: joiners, marks of direction, the byte order mark."""
NEVER_SEEN = (
    "\x00-\x08\x0e-\x1f\x7f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2061-\u2065"
    "\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffc\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Other characters that nobody sees, as ranges: the batch alone leaves them out, no formula."""
WRITTEN_RETURN = "_x000D_"
"""The end of a line as some programs leave it in the text."""
PUNCTUATION = '"“”,()-–—'
"""What folding a text turns into a blank, each by one SUBSTITUTE in the form."""


TONE_PLACES = tuple(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)
"""Two spellings of one syllable (hoà, hòa): folding a text turns the first into the second."""


_UNSEEN = dict.fromkeys(map(ord, BLANKS), " ") | dict.fromkeys(map(ord, WIDTHLESS))
_OTHER_LINE_ENDS = (WRITTEN_RETURN + "\n", WRITTEN_RETURN, "\r\n", *"\r\v\f\u0085\u2028\u2029")


@lru_cache(maxsize=REMEMBERED)
def squeeze(text: str) -> str:
    r"""Return ``text`` as it is seen: all blanks plain, single and trimmed, nothing unseen.

    ``cell_formulas.squeezed`` is the same in a spreadsheet.

    >>> squeeze("\ufeff Đã tổ\u00a0chức_x000D_\n"), squeeze("\u200b\t")
    ('Đã tổ chức', '')
    """
    if _has_unseen(text):
        text = text.replace(WRITTEN_RETURN, " ").translate(_UNSEEN)
    return " ".join(part for part in text.split(" ") if part)


_NEVER_SEEN = re.compile(f"[{NEVER_SEEN}]+")


def without_never_seen(text: str) -> str:
    r"""Return ``text`` without what the form's formulas do not leave out either.

    >>> without_never_seen("Mường\u2061 Than\x07")
    'Mường Than'
    """
    return text if text.isascii() and text.isprintable() else _NEVER_SEEN.sub("", text)


def _has_unseen(text: str) -> bool:
    if text.isprintable():  # nothing unseen is; most texts end here
        return WRITTEN_RETURN in text
    return any(ord(character) in _UNSEEN for character in text) or WRITTEN_RETURN in text


def without_unseen(text: str) -> str:
    r"""Return ``text`` squeezed if something unseen is in it; else as it is, to its last blank.

    >>> without_unseen("Mường\r\nThan"), without_unseen("Mường  Than ")
    ('Mường Than', 'Mường  Than ')
    """
    return squeeze(text) if _has_unseen(text) else text


def lines_without_unseen(text: str) -> str:
    r"""Return a text of several lines with every end of a line as ``\n``, each line cleaned.

    >>> lines_without_unseen("một_x000D_\nhai\r\n\u200bba\nbốn ")
    'một\nhai\nba\nbốn '
    """
    for end in _OTHER_LINE_ENDS:
        text = text.replace(end, "\n")
    return "\n".join(map(without_unseen, text.split("\n")))


def fold_choice(text: str) -> str:
    """Return ``text`` as choices are compared: squeezed, in lower case."""
    return squeeze(text).lower()


@lru_cache(maxsize=16_384)
def fold_text(text: str) -> str:
    """Return ``text`` as texts are compared.

    Punctuation as blanks, squeezed, lower case, the tone mark in one place.

    >>> fold_text("Hội nghị “Biểu dương người tốt, việc tốt”  Xã Mường Than")
    'hội nghị biểu dương người tốt việc tốt xã mường than'
    >>> fold_text("Tỉnh uỷ") == fold_text("Tỉnh ủy")
    True
    """
    for character in PUNCTUATION:
        text = text.replace(character, " ")
    text = fold_choice(text)
    for one, other in TONE_PLACES:
        text = text.replace(one, other)
    return text
