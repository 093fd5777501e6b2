"""Cells as a sheet's XML holds them, where they are not XlsxWriter's: what is filled in."""

from __future__ import annotations

import re
from datetime import datetime

from xlsxwriter.utility import _datetime_to_excel_datetime, _preserve_whitespace

from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.values import Raw

_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_USUAL_HEIGHT = 20
"""Pixels of a row that needs no height of its own; four make three points."""


def escaped(content: str) -> str:
    """Return a text as XML holds it."""
    if "&" in content:
        content = content.replace("&", "&amp;")
    if "<" in content:
        content = content.replace("<", "&lt;")
    return content.replace(">", "&gt;") if ">" in content else content


def escaped_text(text: str) -> str:
    r"""Return a cell's text as a workbook holds it: no XML may hold a control character.

    >>> escaped_text("a\x07"), escaped_text("_x0041_x0042_"), escaped_text("<b>")
    ('a_x0007_', '_x005F_x0041_x005F_x0042_', '&lt;b&gt;')
    """
    if _ODD.search(text):
        text = _ESCAPE.sub("_x005F_", text)
        text = _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
    return escaped(text)


def text_xml(text: str) -> str:
    """Return what follows a cell's name and look: a text of its own."""
    space = ' xml:space="preserve"' if _preserve_whitespace(text) else ""
    return f' t="inlineStr"><is><t{space}>{escaped_text(text)}</t></is></c>'


def content_xml(content: Raw) -> str:
    """Return what follows a cell's name and look: its content in its own way.

    A text stays text, whatever it begins with; nothing and an empty text leave a blank
    cell; a moment is written as its own clock shows it, for a workbook knows no zones.
    """
    match content:
        case None | "":
            return "/>"
        case str():
            return text_xml(clean_text(content, as_typed=True))
        case bool():
            return f' t="b"><v>{content:d}</v></c>'
        case int() | float():
            return f"><v>{content:.16G}</v></c>"
        case datetime():
            content = content.replace(tzinfo=None)
    number = _datetime_to_excel_datetime(content, False, False)
    return f"><v>{number:.16G}</v></c>"


def row_size_xml(height: float, hidden: bool) -> str:
    """Return a row's height, given in points, and whether it is hidden, as its attributes."""
    pixels = int(height * 4.0 / 3.0 + 0.5)
    size, hides, custom = "", ' hidden="1"' if hidden else "", ""
    if pixels != _USUAL_HEIGHT:
        size, custom = f' ht="{pixels * 0.75:.16g}"', ' customHeight="1"'
    return f"{size}{hides}{custom}"
