"""Whether a PC with US settings read the form's days and numbers the wrong way round.

Such a PC makes 1 May of ``05/01/2015``, leaves ``25/03/2015`` as text because no
month is 25, and makes 1,2 of ``1.200``. One cell never shows it; the form's cells
together may, by signs that have no other explanation and none against them. Else
the verdict stays open: nothing is guessed, the unit is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from tdkt_batch.campaign.tree import DateRange
from tdkt_batch.model import Month, Raw


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


class Reason(StrEnum):
    """Why a verdict is what it is."""

    SIGNS_AGREE = "signs_agree"
    SIGNS_AGAINST = "signs_against"
    SIGNS_CONTRADICT = "signs_contradict"
    TOO_FEW_SIGNS = "too_few_signs"
    NO_SIGN = "no_sign"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign and the field that shows it; "" when the form as a whole does."""

    sign: Sign
    field: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether days and months were swapped: None while undecided; the evidence either way."""

    swapped: bool | None
    reason: Reason
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCell:
    """A filled date cell: a genuine day, or the text that was left in it.

    Leave out cells that the form came with. ``happened`` says that the day tells
    of something past (held, counted, signed), so that it cannot lie after the
    form's month; ``window`` are the days allowed for it.
    """

    field: str
    raw: Raw
    happened: bool = False
    window: DateRange | None = None

    @property
    def day(self) -> date | None:
        """The genuine day that stands in the cell."""
        if isinstance(self.raw, datetime):
            return self.raw.date()
        return self.raw if isinstance(self.raw, date) else None


def swapped_day(day: date) -> date | None:
    """Return the day with day and month exchanged; None beyond the 12th.

    >>> swapped_day(date(2015, 5, 1)), swapped_day(date(2015, 5, 13))
    (datetime.date(2015, 1, 5), None)
    """
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def days_swapped(cells: Iterable[DateCell], month: Month, counts: Sequence[Raw] = ()) -> Verdict:
    """Return whether the form's genuine days have day and month exchanged.

    ``counts`` are the form's head-counts as they stand: lost thousands are a sign
    of the same PC. A late conference is no swapped day, and a month left over from
    the last report makes days look too late; so the calendar alone does not
    decide, unless past days lie in two different months to come.
    """
    cells = tuple(cells)
    against = tuple(_against(cells, month))
    if not any(cell.day and swapped_day(cell.day) for cell in cells):
        return Verdict(False if against else None, _one_sided(against), against)
    pro = tuple(_for(cells, month, counts))
    if pro and against:
        return Verdict(None, Reason.SIGNS_CONTRADICT, pro + against)
    if against:
        return Verdict(False, Reason.SIGNS_AGAINST, against)
    if _is_conclusive(pro, cells):
        return Verdict(True, Reason.SIGNS_AGREE, pro)
    return Verdict(None, Reason.TOO_FEW_SIGNS if pro else Reason.NO_SIGN, pro)


def _is_conclusive(pro: Sequence[Evidence], cells: Sequence[DateCell]) -> bool:
    """Tell whether the signs have no other explanation.

    Two texts left over; past days in two months to come; or a sign of the PC
    (a text, lost thousands) together with another kind of sign.
    """
    signs = [evidence.sign for evidence in pro]
    if signs.count(Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT) > 1:
        return True
    late = {evidence.field for evidence in pro if evidence.sign is Sign.AFTER_THE_MONTH}
    if len({Month.of(cell.day) for cell in cells if cell.day and cell.field in late}) > 1:
        return True
    of_pc = {Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, Sign.COUNTS_WITH_FRACTIONS}
    return len(set(signs)) > 1 and not of_pc.isdisjoint(signs)


def _one_sided(against: Sequence[Evidence]) -> Reason:
    return Reason.SIGNS_AGAINST if against else Reason.NO_SIGN


def _for(cells: Sequence[DateCell], month: Month, counts: Sequence[Raw]) -> Iterator[Evidence]:
    yield from _left_as_text(cells)
    for cell in cells:
        yield from (Evidence(sign, cell.field) for sign in _signs(cell, month))
    if thousands_lost(counts).lost:
        yield Evidence(Sign.COUNTS_WITH_FRACTIONS)


def _left_as_text(cells: Sequence[DateCell]) -> Iterator[Evidence]:
    """Yield the texts, at most two, if all have a day beyond 12 and no genuine day has."""
    texts = [(cell.field, numbers) for cell in cells if (numbers := day_numbers(cell.raw))]
    impossible = [f for f, (first, second, _) in texts if first > 12 >= second]
    possible = all(cell.day is None or cell.day.day <= 12 for cell in cells)
    if possible and len(impossible) == len(texts):
        yield from (Evidence(Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, f) for f in impossible[:2])


def _signs(cell: DateCell, month: Month) -> Iterator[Sign]:
    other = swapped_day(cell.day) if cell.day else None
    if cell.day is None or other is None or other == cell.day:
        return
    if cell.happened and other <= month.last_day < cell.day:
        yield Sign.AFTER_THE_MONTH
    if cell.window and is_in(other, cell.window) and not is_in(cell.day, cell.window):
        yield Sign.OUTSIDE_THE_WINDOW


def _against(cells: Iterable[DateCell], month: Month) -> Iterator[Evidence]:
    for cell in cells:
        numbers = day_numbers(cell.raw)
        if numbers and numbers[0] <= 12 < numbers[1]:
            yield Evidence(Sign.MONTH_TYPED_FIRST, cell.field)
        if cell.day is None:
            continue
        other = swapped_day(cell.day)
        if other is None:
            yield Evidence(Sign.DAY_BEYOND_12, cell.field)
        elif other != cell.day and _makes_less_sense(other, cell, cell.day, month):
            yield Evidence(Sign.SENSE_ONLY_AS_IT_STANDS, cell.field)


def _makes_less_sense(other: date, cell: DateCell, day: date, month: Month) -> bool:
    if cell.happened and day <= month.last_day < other:
        return True
    return cell.window is not None and is_in(day, cell.window) and not is_in(other, cell.window)


def is_in(day: date, window: DateRange) -> bool:
    """Tell whether the day lies in the window, its first and last day included."""
    return window.start <= day <= window.end


# --- a day left as text -------------------------------------------------------------------

_NUMBERS = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})\s*")


def day_numbers(raw: Raw) -> tuple[int, int, int] | None:
    """Return the three numbers of a text like ``25/03/2015``.

    >>> day_numbers("25/3/15"), day_numbers("quý I")
    ((25, 3, 2015), None)
    """
    match = _NUMBERS.fullmatch(raw.replace("\u00a0", " ")) if isinstance(raw, str) else None
    if match is None:
        return None
    year = int(match[3])
    return int(match[1]), int(match[2]), year if year > 99 else 2000 + year


# --- counts ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ThousandsVerdict:
    """Whether head-counts lost their thousands: None while undecided.

    ``fractions`` are the counts with fractions, ``meant`` what they would be.
    """

    lost: bool | None
    reason: Reason
    fractions: tuple[float, ...] = ()
    meant: tuple[int, ...] = ()


def thousands_lost(counts: Iterable[Raw]) -> ThousandsVerdict:
    """Return whether 1.200 people, typed on a PC with a decimal point, became 1,2.

    People are whole, so a fraction is no count. Three decimals (1,234) show it,
    or two counts with fractions; each must be from 1 to 999 with three decimals
    at most. One 1,2 alone may be anything.

    >>> thousands_lost([1.2, 212, 1.05]).meant
    (1200, 1050)
    >>> thousands_lost([1.2, 212]).lost, thousands_lost([0.5]).lost, thousands_lost([212]).lost
    (None, False, None)
    """
    fractions = tuple(c for c in counts if isinstance(c, float) and c % 1 > 0)
    if not fractions:
        return ThousandsVerdict(None, Reason.NO_SIGN)
    thousandfold = [Decimal(repr(c)) * 1000 for c in fractions]
    if not all(1 <= c < 1000 for c in fractions) or any(t % 1 for t in thousandfold):
        return ThousandsVerdict(False, Reason.SIGNS_AGAINST, fractions)
    meant = tuple(int(t) for t in thousandfold)
    if len(fractions) > 1 or meant[0] % 10:
        return ThousandsVerdict(True, Reason.SIGNS_AGREE, fractions, meant)
    return ThousandsVerdict(None, Reason.TOO_FEW_SIGNS, fractions, meant)
