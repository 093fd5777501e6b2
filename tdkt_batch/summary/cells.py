"""What a cell of the workbook may hold, and text made safe for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter.utility import xl_col_to_name

LONGEST_TEXT = 32_767
"""The most characters that a cell holds (UTF-16 units)."""
CUT = " … [nội dung quá dài, đã cắt bớt; xem tệp gốc]"

_UNLAWFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_JOINED_ESCAPES = re.compile("_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
_WITHIN_ESCAPES = re.compile("(?<=_)(?=x[0-9a-fA-F]{4}_)")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that it yields, which viewers without a calculator show.

    ``target`` is where the rows stand that it adds up: the cell leads there.
    """

    text: str
    value: int | float | str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A short text or a number that leads to a cell; ``target`` is ``'Sheet'!A1``.

    LibreOffice does not wrap a text that is a link, so names are no links.
    """

    text: str | int
    target: str


Cell = str | int | float | date | datetime | Formula | Link | None


def clean_text(text: str) -> str:
    """Return ``text`` as a cell can hold it: lawful characters, not too long.

    Control characters go, a lone surrogate becomes U+FFFD, what is cut says so.
    """
    lawful = _SURROGATES.sub("\ufffd", _UNLAWFUL.sub("", text.replace("\r\n", "\n")))
    lawful = lawful.replace("\r", "\n")
    if _length(lawful) <= LONGEST_TEXT:
        return lawful
    return (
        lawful.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore")
        + CUT
    )


def runs(text: str) -> list[str]:
    """Return the pieces in which a text is written so that it is read as it is.

    Mostly one. XlsxWriter takes a text like ``<r>…</r>`` for markup of its own, of
    two escapes that share an underscore it escapes the first alone, and in a text
    of several pieces it escapes each twice: there none may be whole.

    >>> runs("Xã A"), runs("<r>x</r>"), runs("_x0041_x0042_")
    (['Xã A'], ['<', 'r>x</r>'], ['_', 'x0041_', 'x0042_'])
    """
    is_markup = text.startswith("<r>") and text.endswith("</r>")
    if not is_markup and not _JOINED_ESCAPES.search(text):
        return [text]
    pieces = _WITHIN_ESCAPES.split(text)
    return [text[:1], pieces[0][1:], *pieces[1:]] if is_markup else pieces


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def reference(sheet: str, row: int, column: int) -> str:
    """Return ``'Sheet'!A1`` for a cell counted from 0."""
    return f"{quoted(sheet)}!{xl_col_to_name(column)}{row + 1}"


def column_range(sheet: str, column: int, first: int, last: int) -> str:
    """Return the absolute range of a column's rows, counted from 0, both included."""
    name = xl_col_to_name(column)
    return f"{quoted(sheet)}!${name}${first + 1}:${name}${last + 1}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def literal(text: str) -> str:
    """Return a text as a formula's literal, its quotes doubled."""
    return '"' + text.replace('"', '""') + '"'


def count_where(*conditions: tuple[str, str]) -> str:
    """Return COUNTIFS over pairs of range and criterion."""
    return f"COUNTIFS({_joined(conditions)})"


def sum_where(summed: str, *conditions: tuple[str, str]) -> str:
    """Return SUMIFS of a range over pairs of range and criterion."""
    return f"SUMIFS({summed},{_joined(conditions)})"


def _joined(conditions: Sequence[tuple[str, str]]) -> str:
    return ",".join(f"{cells},{criterion}" for cells, criterion in conditions)


def within(cells: str, first: date, last: date) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the two conditions that hold for days from ``first`` to ``last``."""
    return (cells, f'">="&{day_literal(first)}'), (cells, f'"<="&{day_literal(last)}')


def day_literal(day: date) -> str:
    """Return a day as a formula writes it; a text like “3/2015” would be taken for a date."""
    return f"DATE({day.year},{day.month},{day.day})"


def ratio(part: str, whole: str) -> str:
    """Return the quotient of two expressions, a dash where the divisor is 0."""
    return f'IF({whole}=0,"–",{part}/{whole})'


def ratio_value(part: int, whole: int) -> float | str:
    """Return what ``ratio`` yields."""
    return "–" if whole == 0 else part / whole
