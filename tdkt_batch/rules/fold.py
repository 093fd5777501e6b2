"""How texts are compared: folded the same way here and in the form's formulas."""

from __future__ import annotations

PUNCTUATION = '\u00a0\n"“”,()-–—'
"""What folding a text turns into a blank, each by one SUBSTITUTE in the form."""


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
    """Return ``text`` as texts are compared: punctuation as blanks, squeezed, lower case.

    >>> fold_text("Hội nghị “Biểu dương người tốt, việc tốt”  Xã Mường Than")
    'hội nghị biểu dương người tốt việc tốt xã mường than'
    """
    for character in PUNCTUATION:
        text = text.replace(character, " ")
    return fold_choice(text)
