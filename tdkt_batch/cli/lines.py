"""Sentences broken into lines of the terminal; no word of them is lost."""

from __future__ import annotations

import textwrap

WIDTH = 100


def item_lines(text: str) -> str:
    """Return an item of a list."""
    return textwrap.fill(text, WIDTH, initial_indent="  - ", subsequent_indent=" " * 4)


def part_lines(label: str, text: str) -> str:
    """Return what belongs to an item, behind its label."""
    indent = " " * 6
    said = f"{label}: {text}"
    return textwrap.fill(said, WIDTH, initial_indent=indent, subsequent_indent=indent)
