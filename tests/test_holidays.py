"""No deadline for an answer falls on a day on which no office works."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tdkt_batch.campaign.holidays import Holiday, Holidays
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.model import Month

WORKED = {date(2014, 12, 27), date(2015, 2, 14), date(2015, 4, 25)}
"""Saturdays on which offices work in exchange for a day between holidays."""


@pytest.fixture(scope="module")
def holidays():
    return load_campaign().holidays


@pytest.mark.parametrize(
    ("after", "days", "due"),
    [
        # 28/4 (Giỗ Tổ) to 3/5/2015 are off: whatever would end there ends on Monday 4/5;
        # Saturday 25/4 is worked instead
        (date(2015, 4, 24), 1, date(2015, 4, 25)),
        (date(2015, 4, 24), 2, date(2015, 4, 27)),
        (date(2015, 4, 27), 1, date(2015, 5, 4)),
        (date(2015, 4, 24), 3, date(2015, 5, 4)),
        (date(2015, 4, 23), 5, date(2015, 5, 5)),
        (date(2015, 4, 30), 1, date(2015, 5, 4)),
        (date(2015, 5, 1), 1, date(2015, 5, 4)),
        (date(2015, 5, 3), 1, date(2015, 5, 4)),
        (date(2015, 5, 4), 1, date(2015, 5, 5)),
        # Tết Ất Mùi, 15/02 to 23/02/2015, for which Saturday 14/02 is worked
        (date(2015, 2, 13), 1, date(2015, 2, 14)),
        (date(2015, 2, 13), 2, date(2015, 2, 24)),
        (date(2015, 2, 11), 5, date(2015, 2, 25)),
        # New Year, with Friday 2/1 off
        (date(2014, 12, 31), 1, date(2015, 1, 5)),
        # National Day, a Wednesday
        (date(2015, 9, 1), 1, date(2015, 9, 3)),
        # 2016: 30/4 and 1/5 fall on a weekend, Monday and Tuesday are off instead
        (date(2016, 4, 29), 1, date(2016, 5, 4)),
        # 2017: 1/1 is a Sunday, 2/9 a Saturday
        (date(2016, 12, 30), 1, date(2017, 1, 3)),
        (date(2017, 9, 1), 1, date(2017, 9, 5)),
        # weekdays as ever, and nothing asked
        (date(2015, 3, 25), 5, date(2015, 4, 1)),
        (date(2015, 3, 25), 0, date(2015, 3, 25)),
    ],
)
def test_working_days_are_counted_over_holidays(holidays, after, days, due):
    assert holidays.working_day_after(after, days) == due


def test_every_day_to_answer_by_is_one_on_which_offices_work(holidays):
    start = date(2014, 8, 19)
    for offset in range(900):
        after = start + timedelta(days=offset)
        for days in (1, 3, 5):
            due = holidays.working_day_after(after, days)
            between = [after + timedelta(days=n) for n in range(1, (due - after).days + 1)]
            assert not holidays.is_off(due)
            assert due.weekday() < 5 or due in WORKED
            assert (due.day, due.month) not in {(1, 1), (30, 4), (1, 5), (2, 9)}
            assert sum(not holidays.is_off(day) for day in between) == days


@pytest.mark.parametrize(
    ("level", "month", "due"),
    [
        ("base", Month(2014, 9), date(2014, 9, 22)),  # 20/9 is a Saturday
        ("upper", Month(2014, 10), date(2014, 10, 27)),  # 25/10 too
        ("upper", Month(2015, 1), date(2015, 1, 26)),  # 25/1 is a Sunday
        ("upper", Month(2015, 4), date(2015, 4, 25)),  # a Saturday that is worked
        ("upper", Month(2016, 4), date(2016, 4, 25)),  # a Monday
        ("base", Month(2015, 3), date(2015, 3, 20)),
        ("upper", Month(2015, 2), date(2015, 2, 14)),  # moved by the board: a Saturday worked
    ],
)
def test_a_monthly_deadline_gives_way_to_the_next_working_day(level, month, due):
    campaign = load_campaign()
    deadline = campaign.deadline(level)
    assert deadline.falls_on(month, campaign.holidays) == due
    usual = replace(deadline, next_working_day=False).falls_on(month, campaign.holidays)
    assert usual == (
        due if month in deadline.moved else date(month.year, month.number, deadline.day)
    )


def test_a_holiday_of_one_day_needs_no_last_day_and_a_campaign_no_holidays():
    one = Holiday(name="Giỗ Tổ", first=date(2014, 4, 9), last=date(2014, 4, 9))
    assert Holidays((one,)).is_off(date(2014, 4, 9))
    assert not Holidays().is_off(date(2014, 4, 9))
