"""What a cell of the workbook may hold, and how formulas name cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter.utility import xl_col_to_name


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

    ``tip`` is shown while the mouse rests on it. LibreOffice does not wrap a text that
    is a link, so names are no links.
    """

    text: str | int
    target: str
    tip: str = ""


Cell = str | int | float | date | datetime | Formula | Link | None


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
    return f"COUNTIFS({','.join(map(','.join, conditions))})"


def sum_where(summed: str, *conditions: tuple[str, str]) -> str:
    """Return SUMIFS of a range over pairs of range and criterion."""
    return f"SUMIFS({','.join((summed, *map(','.join, conditions)))})"


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


def within_sheet(reference_: str) -> str:
    """Return a reference to another sheet as formulas of that sheet write it.

    >>> within_sheet("'Theo đơn vị'!$A$1:$A$9")
    '$A$1:$A$9'
    """
    return reference_.rsplit("!", 1)[1]
