"""Text as a cell of a workbook can hold it, and as it must be written to be read as it is."""

from __future__ import annotations

import re
from typing import Any, Protocol

LONGEST_TEXT = 32_767
"""The most characters that a cell holds (UTF-16 units)."""
CUT = " … [nội dung quá dài, đã cắt bớt; xem tệp gốc]"

_UNLAWFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SURELY_FITS = LONGEST_TEXT // 2
_SURROGATES = re.compile("[\ud800-\udfff]")
_JOINED_ESCAPES = re.compile("_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
_WITHIN_ESCAPES = re.compile("(?<=_)(?=x[0-9a-fA-F]{4}_)")


class Sheet(Protocol):
    """What is asked of XlsxWriter's sheet; each call returns less than 0 when it refuses."""

    def write_string(self, row: int, col: int, string: str, cell_format: Any, /) -> Any:
        """Write a text."""

    def write_rich_string(self, row: int, col: int, /, *args: Any) -> Any:
        """Write a text of several pieces, each after its format; the cell's format comes last."""


def clean_text(text: str) -> str:
    """Return ``text`` as a cell can hold it: lawful characters, not too long.

    Control characters go, a lone surrogate becomes U+FFFD, what is cut says so.
    """
    if len(text) <= _SURELY_FITS and not _ODD.search(text):
        return text
    lawful = _SURROGATES.sub("\ufffd", _UNLAWFUL.sub("", text.replace("\r\n", "\n")))
    lawful = lawful.replace("\r", "\n")
    letters = lawful.encode("utf-16-le")
    if len(letters) <= 2 * LONGEST_TEXT:
        return lawful
    return letters[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def write_text(sheet: Sheet, row: int, column: int, text: str, look: Any = None) -> int:
    """Write a text that is not too long; return less than 0 when the cell refuses it.

    A text of several pieces loses its control characters: XlsxWriter escapes them twice.
    """
    pieces = runs(text)
    pieces = pieces if len(pieces) == 1 else runs(clean_text(text))
    if len(pieces) == 1:
        return int(sheet.write_string(row, column, pieces[0], look))
    if look is None:
        return int(sheet.write_rich_string(row, column, *pieces))
    formatted = [part for piece in pieces for part in (look, piece)]
    return int(sheet.write_rich_string(row, column, *formatted, look))


def runs(text: str) -> list[str]:
    """Return the pieces in which a text is written so that it is read as it is.

    Mostly one. XlsxWriter takes a text like ``<r>…</r>`` for markup of its own, of
    two escapes that share an underscore it escapes the first alone, and in a text
    of several pieces it escapes each twice: there none may be whole.

    >>> runs("Xã A"), runs("<r>x</r>"), runs("_x0041_x0042_")
    (['Xã A'], ['<', 'r>x</r', '>'], ['_', 'x0041_', 'x0042_'])
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        return ["<", *_WITHIN_ESCAPES.split(text[1:-1]), ">"]
    return _WITHIN_ESCAPES.split(text) if _JOINED_ESCAPES.search(text) else [text]
