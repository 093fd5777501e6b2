"""Texts of others made fit for a workbook: what Excel refuses is replaced, what is cut says so."""

from __future__ import annotations

from tdkt_batch.sheets.cell_text import LONGEST_TEXT

CUT = "… (dài quá, đã cắt)"

_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))


def legible(text: str, longest: int = LONGEST_TEXT) -> str:
    r"""Return ``text`` without half characters and no longer than ``longest``, saying so.

    U+FFFE and U+FFFF, which are no characters, are left out.

    >>> legible("a\ud800b")
    'a\ufffdb'
    >>> legible("dài" * 20, 30)
    'dàidàidàidà… (dài quá, đã cắt)'
    """
    letters = text.translate(_NO_CHARACTERS).encode("utf-16-le", "surrogatepass")
    if len(letters) <= 2 * longest:
        return letters.decode("utf-16-le", "replace")
    kept = letters[: 2 * (longest - len(CUT))]
    return kept.decode("utf-16-le", "replace").rstrip("\ufffd") + CUT
