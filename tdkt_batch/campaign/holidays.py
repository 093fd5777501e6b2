"""Days on which no office works: the campaign's holidays, and Saturdays and Sundays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.wording import campaign as say

_SATURDAY = 5
_DAY_OF_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One holiday: a day of each year ("30/4"), or the days of one year from first to last.

    The days of one year are taken as they were announced, with the day of a weekend that
    is ``worked`` in exchange (ngày làm bù). Of a day of each year that falls on a weekend
    the next working day is off (Labour Code 2012, article 115.3).
    """

    name: str
    each_year: str = ""
    first: date = date.max
    last: date = date.max
    worked: date = date.max

    def day_in(self, year: int) -> date:
        """Return its day in a year, of a holiday of each year."""
        day, month = map(int, self.each_year.split("/"))
        return date(year, month, day)


@dataclass(frozen=True, slots=True)
class Holidays:
    """All holidays of a campaign."""

    of_campaign: tuple[Holiday, ...] = ()

    def is_off(self, day: date) -> bool:
        """Tell whether no office works on ``day``: a weekend, a holiday, one made up for."""
        is_worked = any(one.worked == day for one in self.of_campaign)
        is_weekend = day.weekday() >= _SATURDAY and not is_worked
        return is_weekend or day in _off_in(self.of_campaign, day.year)

    def working_day_after(self, day: date, days: int) -> date:
        """Return the day that lies ``days`` working days after ``day``, itself a working day.

        >>> Holidays().working_day_after(date(2015, 3, 25), 5)
        datetime.date(2015, 4, 1)
        """
        while days:
            day += _ONE_DAY
            days -= not self.is_off(day)
        return day


@lru_cache(maxsize=64)
def _off_in(holidays: tuple[Holiday, ...], year: int) -> frozenset[date]:
    """Return the holidays of a year, with the days off for those that fall on a weekend."""
    off = {day for one in holidays if not one.each_year for day in _days(one)}
    fixed = sorted(one.day_in(year) for one in holidays if one.each_year)
    announced = frozenset(off)
    off.update(fixed)
    for day in fixed:
        # where the days of that year were announced the announcement has made up for it
        if day.weekday() < _SATURDAY or day in announced:
            continue
        instead = day
        while instead.weekday() >= _SATURDAY or instead in off:
            instead += _ONE_DAY
        off.add(instead)
    return frozenset(off)


def _days(holiday: Holiday) -> Iterator[date]:
    day = holiday.first
    while day <= holiday.last:
        yield day
        day += _ONE_DAY


def load_holidays(sections: Iterable[Section]) -> Holidays:
    """Return the holidays of ``[[holidays]]``; ``CampaignError`` for the first that is wrong."""
    holidays = []
    for section in sections:
        one = section.read(Holiday)
        is_spanned = "first" in section.content or "last" in section.content
        section.check(bool(one.each_year) != is_spanned, "each_year", say.ONE_KIND_OF_HOLIDAY)
        if one.each_year:
            section.check(is_day_of_year(one.each_year), "each_year", say.NOT_A_DAY_OF_YEAR)
        else:
            first = section.day("first")
            last = section.day("last", first)
            section.check(first <= last, "last", say.LAST_BEFORE_FIRST)
            section.check((last - first).days < LONGEST, "last", say.TOO_LONG_A_HOLIDAY)
            one = replace(one, first=first, last=last)
        holidays.append(one)
    return Holidays(tuple(holidays))


LONGEST = 31
"""A holiday of more days is a slip of the pen."""


def is_day_of_year(text: str) -> bool:
    """Tell whether a text is a day and a month that each year has."""
    found = _DAY_OF_YEAR.fullmatch(text)
    try:
        return found is not None and bool(date(2015, int(found[2]), int(found[1])))
    except ValueError:
        return False
