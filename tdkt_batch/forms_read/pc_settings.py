"""Whether a PC with US settings read the form's days and numbers the wrong way round.

Such a PC makes 1 May of ``05/01/2015``, leaves ``25/03/2015`` as text because no
month is 25, and makes 1,2 of ``1.200``. One cell never shows it; the form's cells
together may, by signs that have no other explanation and none against them. Else
the verdict stays open: nothing is guessed, the unit is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from tdkt_batch.campaign.tree import DateRange
from tdkt_batch.model import Month
from tdkt_batch.values import Raw, Value
from tdkt_batch.vietnamese.folding import squeeze


class Sign(StrEnum):
    """What speaks for days and months having been swapped, or against."""

    ONLY_IMPOSSIBLE_LEFT_AS_TEXT = "only_impossible_left_as_text"
    """All genuine days could be swapped ones, and every text has a day beyond 12."""
    AFTER_THE_MONTH = "after_the_month"
    """What has happened lies after the form's month, and before its end when swapped."""
    OUTSIDE_THE_WINDOW = "outside_the_window"
    """The day lies outside the days allowed for it, and inside when swapped."""
    COUNTS_WITH_FRACTIONS = "counts_with_fractions"
    """Head-counts lost their thousands, as on a PC with a decimal point."""
    DAY_BEYOND_12 = "day_beyond_12"
    """Against: a genuine day beyond the 12th was understood as it was typed."""
    SENSE_ONLY_AS_IT_STANDS = "sense_only_as_it_stands"
    """Against: swapped, the day would lie after the month, or outside its window."""
    MONTH_TYPED_FIRST = "month_typed_first"
    """Against: a text like 03/25/2015, so the writer means the month first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign and the field that shows it; "" when the form as a whole does."""

    sign: Sign
    field: str = ""


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Whether days and months were swapped: None while undecided; the evidence either way."""

    swapped: bool | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_month_first(self) -> bool:
        """Whether the form shows the habit of a PC or a writer to put the month first.

        That a day lies late, or outside its window, is no such sign by itself: the
        guidance's own rules speak of it.
        """
        habits = _OF_THE_PC | {Sign.MONTH_TYPED_FIRST}
        return self.swapped is True or any(one.sign in habits for one in self.evidence)


_AGAINST = {Sign.DAY_BEYOND_12, Sign.SENSE_ONLY_AS_IT_STANDS, Sign.MONTH_TYPED_FIRST}
_OF_THE_PC = {Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, Sign.COUNTS_WITH_FRACTIONS}


@dataclass(frozen=True, slots=True)
class DateCell:
    """A filled date cell: a genuine day, or the text that was left in it.

    Leave out cells that the form came with. ``happened`` says that the day tells
    of something past (held, counted, signed), so that it cannot lie after the
    form's month; ``window`` are the days allowed for it.
    """

    value: Value
    happened: bool = False
    window: DateRange | None = None

    @property
    def day(self) -> date | None:
        """The genuine day that stands in the cell."""
        raw = self.value.raw
        if isinstance(raw, datetime):
            return raw.date()
        return raw if isinstance(raw, date) else None

    @property
    def numbers(self) -> tuple[int, int, int] | None:
        """The three numbers of a text that was left in it."""
        return day_numbers(self.value.raw)

    @property
    def swapped(self) -> date | None:
        """The other day that a genuine one becomes with day and month exchanged."""
        other = swapped_day(self.day) if self.day else None
        return None if other == self.day else other

    def is_late(self, day: date, month: Month) -> bool:
        """Tell whether ``day`` lies after the form's month although it tells of the past."""
        return self.happened and day > month.last_day

    def is_outside(self, day: date) -> bool:
        """Tell whether ``day`` is none of the days allowed."""
        return self.window is not None and not self.window.start <= day <= self.window.end


def swapped_day(day: date) -> date | None:
    """Return the day with day and month exchanged; None beyond the 12th.

    >>> swapped_day(date(2015, 5, 1)), swapped_day(date(2015, 5, 13))
    (datetime.date(2015, 1, 5), None)
    """
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def days_swapped(cells: Iterable[DateCell], month: Month, counts: Sequence[Raw] = ()) -> DayOrder:
    """Return whether the form's genuine days have day and month exchanged.

    ``counts`` are the form's head-counts as they stand: lost thousands are a sign
    of the same PC. A late conference is no swapped day, and a month left over from
    the last report makes days look too late; so the calendar alone does not
    decide, unless past days lie in two different months to come. Two texts left
    over decide; so do lost thousands together with another kind of sign, and one
    text together with a past day to come. One text and a day outside its window
    do not: a cell may be a text for other reasons, and exchanging the days would
    lift just the violation that the window is there to find.
    """
    cells = tuple(cells)
    evidence = tuple(_evidence(cells, month, counts))
    against = tuple(one for one in evidence if one.sign in _AGAINST)
    pro = tuple(one for one in evidence if one.sign not in _AGAINST)
    if not any(cell.day and cell.day.day <= 12 for cell in cells):
        return DayOrder(False if against else None, against)
    if against:
        return DayOrder(None if pro else False, pro + against)
    signs = [one.sign for one in pro]
    late = {one.field for one in pro if one.sign is Sign.AFTER_THE_MONTH}
    is_conclusive = (
        signs.count(Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT) > 1
        or len({Month.of(c.day) for c in cells if c.day and c.value.field in late}) > 1
        or (len(set(signs)) > 1 and Sign.COUNTS_WITH_FRACTIONS in signs)
        or {Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, Sign.AFTER_THE_MONTH} <= set(signs)
    )
    return DayOrder(True if is_conclusive else None, pro)


def _evidence(cells: Sequence[DateCell], month: Month, counts: Sequence[Raw]) -> Iterator[Evidence]:
    """Yield the signs for and against swapped days; of texts with a day beyond 12 at most two."""
    texts = [(cell.value.field, *cell.numbers) for cell in cells if cell.numbers]
    impossible = [field for field, first, second, _ in texts if first > 12 >= second]
    if len(impossible) == len(texts) and all(c.day is None or c.day.day <= 12 for c in cells):
        yield from (Evidence(Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, f) for f in impossible[:2])
    yield from (
        Evidence(Sign.MONTH_TYPED_FIRST, f) for f, first, other, _ in texts if first <= 12 < other
    )
    for cell in cells:
        field, day, other = cell.value.field, cell.day, cell.swapped
        if day and day.day > 12:
            yield Evidence(Sign.DAY_BEYOND_12, field)
        if day is None or other is None:
            continue
        late, other_late = cell.is_late(day, month), cell.is_late(other, month)
        outside, other_outside = cell.is_outside(day), cell.is_outside(other)
        if late and not other_late:
            yield Evidence(Sign.AFTER_THE_MONTH, field)
        if outside and not other_outside:
            yield Evidence(Sign.OUTSIDE_THE_WINDOW, field)
        if (other_late and not late) or (other_outside and not outside):
            yield Evidence(Sign.SENSE_ONLY_AS_IT_STANDS, field)
    if thousands_lost(counts):
        yield Evidence(Sign.COUNTS_WITH_FRACTIONS)


# --- a day left as text -------------------------------------------------------------------

_NUMBERS = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})\s*")


def day_numbers(raw: Raw) -> tuple[int, int, int] | None:
    """Return the three numbers of a text like ``25/03/2015``.

    >>> day_numbers("25/3/15"), day_numbers("quý I")
    ((25, 3, 2015), None)
    """
    match = _NUMBERS.fullmatch(squeeze(raw)) if isinstance(raw, str) else None
    if match is None:
        return None
    year = int(match[3])
    return int(match[1]), int(match[2]), year if year > 99 else 2000 + year


def days_in_text(raw: Raw) -> tuple[date, ...]:
    """Return the days that ``03/04/2015`` can mean: day first, as Vietnamese write it, or month.

    One where one of the two orders is no day, or both are the same; none of other texts.
    """
    first, second, year = day_numbers(raw) or (0, 0, 0)
    days: list[date] = []
    for day, month in ((first, second), (second, first)):
        with suppress(ValueError):
            days.append(date(year, month, day))
    return tuple(dict.fromkeys(days))


def day_by_sense(cell: DateCell, month: Month) -> date | None:
    """Return the only day that the text of a cell can mean by the form's month.

    Its window decides nothing: it would choose the day that breaks no rule.
    """
    days = days_in_text(cell.value.raw)
    fitting = [day for day in days if not cell.is_late(day, month)]
    return fitting[0] if len(fitting) == 1 else None


# --- counts ---------------------------------------------------------------------------------


def thousands_lost(counts: Iterable[Raw]) -> bool | None:
    """Return whether 1.200 people, typed on a PC with a decimal point, became 1,2.

    People are whole, so a fraction is no count. Three decimals (1,234) show it,
    or two counts with fractions; each must be from 1 to 999 with three decimals
    at most. One 1,2 alone may be anything: None.

    >>> thousands_lost([1.2, 212, 1.05]), thousands_lost([1.234])
    (True, True)
    >>> thousands_lost([1.2, 212]), thousands_lost([0.5]), thousands_lost([212])
    (None, False, None)
    """
    fractions = [c for c in counts if isinstance(c, float) and c % 1 > 0]
    if not fractions:
        return None
    meant = [thousandfold(c) for c in fractions]
    if not all(1 <= c < 1000 for c in fractions) or any(number % 1 for number in meant):
        return False
    return True if len(fractions) > 1 or meant[0] % 10 else None


def thousandfold(count: Raw) -> Decimal:
    """Return a count with its thousands: what 1,2 or 1,234 was before it lost them."""
    return Decimal(repr(count)) * 1000
