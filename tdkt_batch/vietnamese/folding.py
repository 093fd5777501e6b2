"""How texts are compared: folded the same way here and in the form's formulas."""

from __future__ import annotations

PUNCTUATION = '\u00a0\n"“”,()-–—'
"""What folding a text turns into a blank, each by one SUBSTITUTE in the form."""


TONE_PLACES = tuple(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)
"""Two spellings of one syllable (hoà, hòa): folding a text turns the first into the second."""


def squeeze(text: str) -> str:
    """Return ``text`` with non-breaking blanks as blanks, trimmed, inner blanks single.

    The same as ``TRIM(SUBSTITUTE(x, nbsp, " "))`` in a spreadsheet: only the
    blank itself is trimmed, not tabs or line ends.
    """
    return " ".join(part for part in text.replace("\u00a0", " ").split(" ") if part)


def fold_choice(text: str) -> str:
    """Return ``text`` as choices are compared: squeezed, in lower case."""
    return squeeze(text).lower()


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
