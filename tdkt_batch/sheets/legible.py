"""Texts of others made fit for a workbook: what Excel refuses is replaced, what is cut says so."""

from __future__ import annotations

from tdkt_batch.sheets.cell_text import LONGEST_TEXT, clean_text


def legible(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return ``clean_text`` of what a unit typed."""
    return clean_text(text, longest, as_typed=True)
