"""Texts of others made fit for a workbook: what Excel refuses is replaced, what is cut says so."""

from __future__ import annotations

LONGEST_TEXT = 32_767
"""So many letters (counted as UTF-16 has them) fit into a cell."""
CUT = "… (dài quá, đã cắt)"


def legible(text: str, longest: int = LONGEST_TEXT) -> str:
    r"""Return ``text`` without half characters and no longer than ``longest``, saying so.

    >>> legible("a\ud800b")
    'a\ufffdb'
    >>> legible("dài" * 20, 30)
    'dàidàidàidà… (dài quá, đã cắt)'
    """
    letters = text.encode("utf-16-le", "surrogatepass")
    if len(letters) <= 2 * longest:
        return letters.decode("utf-16-le", "replace")
    kept = letters[: 2 * (longest - len(CUT))]
    return kept.decode("utf-16-le", "replace").rstrip("\ufffd") + CUT
