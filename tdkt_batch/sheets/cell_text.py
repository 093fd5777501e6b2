"""Text as a cell of a workbook can hold it, and as it must be written to be read as it is."""

from __future__ import annotations

import re

from tdkt_batch.wording.sheets import CUT, CUT_SHORT

LONGEST_TEXT = 32_767
"""The most characters that a cell holds (UTF-16 units)."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_JOINED_ESCAPES = re.compile("_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
_WITHIN_ESCAPES = re.compile("(?<=_)(?=x[0-9a-fA-F]{4}_)")


def clean_text(text: str, longest: int = LONGEST_TEXT, *, as_typed: bool = False) -> str:
    r"""Return ``text`` as a cell can hold it: lawful characters, no longer than ``longest``.

    Control characters go, a lone surrogate becomes U+FFFD, what is cut says so.
    ``as_typed`` keeps control characters and ends of lines, which a form gives back
    to the unit that typed them: XlsxWriter escapes them.

    >>> clean_text("a\ud800b\r\n\x07c"), clean_text("a\x07", as_typed=True)
    ('a\ufffdb\nc', 'a\x07')
    >>> clean_text("dài" * 20, 30)
    'dàidàidàidà… (dài quá, đã cắt)'
    """
    if len(text) <= longest // 2 and not _ODD.search(text):
        return text
    lawful = _NO_CHARACTERS.sub("", text)
    if not as_typed:
        lawful = _CONTROLS.sub("", lawful.replace("\r\n", "\n")).replace("\r", "\n")
    letters = lawful.encode("utf-16-le", "surrogatepass")
    if len(letters) <= 2 * longest:
        return letters.decode("utf-16-le", "replace")
    cut = CUT if longest == LONGEST_TEXT else CUT_SHORT
    kept = letters[: 2 * (longest - len(cut))].decode("utf-16-le", "replace")
    return kept.rstrip("\ufffd") + cut


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
