"""Which day a text like 03/04/2015 means: by habit, or where that is in doubt by the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tdkt_batch.forms_read.locale_evidence import DateCell, Sign, Verdict, day_numbers, is_in
from tdkt_batch.model import Month


class Way(StrEnum):
    """How a day typed as text was understood."""

    ONLY_WAY = "only_way"  # one of the two orders is no day, or both are the same day
    HABIT = "habit"  # day first, as Vietnamese write, and nothing speaks of another habit
    SENSE = "sense"  # only one of the two days fits the form's month and the window
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class TextDay:
    """A day typed as text: the day, None while undecided, and the days that it could be."""

    day: date | None
    way: Way
    candidates: tuple[date, ...]


def day_in_text(cell: DateCell, month: Month, *, month_first_seen: bool = False) -> TextDay | None:
    """Return the day that ``03/04/2015`` means; None for what is no such text.

    The day stands first, as Vietnamese write it. Where the form shows signs of a
    PC or a writer that puts the month first (``shows_month_first``), only the
    form's month and the window decide.
    """
    numbers = day_numbers(cell.raw)
    if numbers is None:
        return None
    first, second, year = numbers
    orders = (_day(year, second, first), _day(year, first, second))
    days = tuple(dict.fromkeys(day for day in orders if day))
    if len(days) < 2:
        return TextDay(days[0], Way.ONLY_WAY, days) if days else None
    if not month_first_seen:
        return TextDay(days[0], Way.HABIT, days)
    fitting = [day for day in days if _fits(day, cell, month)]
    if len(fitting) == 1:
        return TextDay(fitting[0], Way.SENSE, days)
    return TextDay(None, Way.UNDECIDED, days)


def shows_month_first(verdict: Verdict) -> bool:
    """Tell whether a form shows any sign of a PC or writer that puts the month first."""
    return verdict.swapped is True or any(
        evidence.sign not in (Sign.DAY_BEYOND_12, Sign.SENSE_ONLY_AS_IT_STANDS)
        for evidence in verdict.evidence
    )


def _fits(day: date, cell: DateCell, month: Month) -> bool:
    if cell.happened and day > month.last_day:
        return False
    return cell.window is None or is_in(day, cell.window)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
