"""Sentences broken into lines as wide as the window; no word of them is broken or lost."""

from __future__ import annotations

import shutil
import textwrap
from typing import NamedTuple

WIDEST, NARROWEST = 100, 40
"""Longer lines are hard to read; in a narrower window the terminal breaks them itself."""
_TIED = "\N{NO-BREAK SPACE}"


class Paragraph(NamedTuple):
    """An item on as many lines as it takes, and those of its words that tell how grave it is.

    ``colour`` is how a terminal that has colours shows ``words``.
    """

    text: str
    words: str = ""
    colour: str = ""


def width_of_window() -> int:
    """Return how many columns a line may fill; a window's last one stays free.

    Consoles of old go on to the next line once their last column is filled.
    """
    columns = shutil.get_terminal_size(fallback=(WIDEST + 1, 0)).columns - 1
    return max(NARROWEST, min(columns, WIDEST))


def fill(text: str, width: int, first: str = "", rest: str = "") -> str:
    """Return ``text`` over as many lines as it takes, ``first`` before the first of them.

    >>> print(fill("Số đại biểu: 212", 12, "- ", "  "))
    - Số đại
      biểu: 212
    """
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def item(text: str, width: int, words: str = "", colour: str = "") -> Paragraph:
    """Return an item of a list; ``words`` stand before it in brackets, on one line."""
    said = f"[{words.replace(' ', _TIED)}] {text}" if words else text
    lines = fill(said, width, "  - ", " " * 4).replace(_TIED, " ")
    return Paragraph(lines, f"[{words}]" if words else "", colour)


def part(label: str, text: str, width: int, colour: str = "") -> Paragraph:
    """Return what belongs to an item, behind its label; with a ``colour``, the label has it."""
    indent = " " * 6
    tied = f"{label.replace(' ', _TIED)}: {text}"
    lines = fill(tied, width, indent, indent).replace(_TIED, " ")
    return Paragraph(lines, f"{label}:" if colour else "", colour)
