"""How many lines a text fills in a cell: rows are as high as their text in every program.

Spreadsheet programs do not agree on fitting a row to its text when a file is
opened, and none fits merged cells; so each height is set, on the safe side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

_WIDTHS: Mapping[int, str] = {
    250: " .,",
    278: "ijlt/:;|",
    333: "frI-()[]!‘’`",
    389: "sJ",
    444: 'acezv?“”"',
    500: "bdghknopquxyđ0123456789$–*#_",
    556: "FPS~",
    611: "ELTZ",
    667: "BCR+=<>",
    722: "wADGHKNOQUVXYĐ",
    778: "m&",
    889: "M%",
    944: "W",
    1000: "—…✓✗→",
}
"""The letters of Times New Roman by their width, in thousandths of the font's size."""
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_DIGIT = 500
_HORN = 60
"""What the horn of ơ and ư adds."""
_SAFETY = 1.03
_ROUNDED_DIGIT = 7 / 7.33
"""A column is counted in digits of whole pixels, somewhat narrower than the letters'."""
DEFAULT_SIZE = 11


@lru_cache(maxsize=1024)
def _thousandths(character: str) -> int:
    decomposed = unicodedata.normalize("NFD", character)
    horn = _HORN if "\u031b" in decomposed else 0
    return _WIDTH_OF.get(decomposed[0], 722) + horn


def text_width(text: str, *, size: float = DEFAULT_SIZE, bold: bool = False) -> float:
    """Return how many digits of the default size ``text`` is wide on one line."""
    width = sum(map(_thousandths, text)) / _DIGIT * size / DEFAULT_SIZE
    return width * (1.08 if bold else 1.0)


@lru_cache(maxsize=8192)
def lines_needed(text: str, width: float, *, size: float = DEFAULT_SIZE, bold: bool = False) -> int:
    """Return how many lines ``text`` fills in cells of this width together.

    >>> lines_needed("Xã Mường Than", 30)
    1
    >>> lines_needed("Xã Mường Than", 11)
    2
    """
    room = max(1.0, width * _ROUNDED_DIGIT / _SAFETY)
    if "\n" not in text and text_width(text, size=size, bold=bold) < room:
        return 1
    blank = text_width(" ", size=size)
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in paragraph.split(" "):
            needed = text_width(word, size=size, bold=bold)
            if used and used + blank + needed > room:
                lines, used = lines + 1, 0.0
            used += needed + (blank if used else 0.0)
            while used > room:
                lines, used = lines + 1, used - room
    return lines


def chunks(text: str, longest: int) -> Iterator[str]:
    """Yield ``text`` in pieces of at most ``longest`` characters, cut at blanks where it can.

    >>> list(chunks("một hai ba", 7))
    ['một hai', 'ba']
    """
    while len(text) > longest:
        cut = text.rfind(" ", 1, longest + 1)
        cut = cut if cut > 0 else longest
        yield text[:cut]
        text = text[cut:].lstrip(" ")
    if text:
        yield text
