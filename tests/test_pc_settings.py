"""A PC that puts the month first is recognised by its form's cells together, or not at all."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.tree import DateRange
from tdkt_batch.forms_read.pc_settings import (
    DateCell,
    DayOrder,
    Evidence,
    Sign,
    day_by_sense,
    days_in_text,
    days_swapped,
    swapped_day,
    thousandfold,
    thousands_lost,
)
from tdkt_batch.model import Month
from tdkt_batch.values import Value

MARCH = Month(2015, 3)
QUARTER = DateRange(date(2015, 1, 1), date(2015, 3, 31))
PAST, WINDOW = "past", "window"


def read(text):
    """Return what a cell shows as dd/mm/yyyy as a genuine day, with a leading ' as text."""
    return text[1:] if text.startswith("'") else datetime.strptime(text, "%d/%m/%Y").date()


def typed(field, raw):
    return Value(field=field, value=None, typed=None, raw=raw, sheet="", cell="")


def cells(table):
    """Return the date cells of a table: field | cell | past and/or window."""
    for line in table.strip().splitlines():
        field, shown, marks = (part.strip() for part in line.split("|"))
        window = QUARTER if WINDOW in marks else None
        yield DateCell(typed(field, read(shown)), happened=PAST in marks, window=window)


def verdict(table, counts=(), month=MARCH):
    found = days_swapped(cells(table), month, counts)
    return found.swapped, [(e.sign, e.field) for e in found.evidence]


# --- swapped ---------------------------------------------------------------------------


def test_two_texts_beyond_12_and_no_such_day():
    assert verdict("""
        ke_hoach | 05/03/2015    |
        to_chuc  | '25/03/2015   | past
        cong_van | '27/03/2015   | past
    """) == (True, [
        (Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, "to_chuc"),
        (Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, "cong_van"),
    ])  # fmt: skip


def test_one_such_text_and_a_past_day_to_come():
    assert verdict("""
        tinh_den | 01/12/2015  | past
        cong_van | '25/03/2015 | past
    """) == (True, [
        (Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, "cong_van"),
        (Sign.AFTER_THE_MONTH, "tinh_den"),
    ])  # fmt: skip


def test_past_days_in_two_months_to_come():
    assert (
        verdict("""
        to_chuc  | 03/05/2015 | past
        cong_van | 03/09/2015 | past
    """)[0]
        is True
    )


def test_lost_thousands_and_a_plan_outside_its_window():
    assert verdict("ke_hoach | 02/05/2015 | window", [1.234, 212]) == (
        True,
        [(Sign.OUTSIDE_THE_WINDOW, "ke_hoach"), (Sign.COUNTS_WITH_FRACTIONS, "")],
    )


# --- not swapped -----------------------------------------------------------------------


def test_a_day_beyond_the_12th_was_understood():
    assert verdict("""
        to_chuc  | 25/03/2015 | past
        cong_van | 05/03/2015 | past
    """) == (False, [
        (Sign.DAY_BEYOND_12, "to_chuc"),
        (Sign.SENSE_ONLY_AS_IT_STANDS, "cong_van"),
    ])  # fmt: skip


def test_days_that_make_sense_only_as_they_stand():
    assert verdict("ke_hoach | 05/03/2015 | window")[0] is False


# --- undecided --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "table", "signs"),
    [
        ("nothing", "ke_hoach | 05/02/2015 |", set()),
        ("the same day either way", "to_chuc | 04/04/2015 | past", set()),
        ("a window that both days keep", "ke_hoach | 01/02/2015 | window", set()),
        (
            "one text",
            "to_chuc | 05/02/2015 |\ncong_van | '25/03/2015 |",
            {Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT},
        ),
        (
            "late",
            "ke_hoach | 02/05/2015 | window\nto_chuc | 02/05/2015 | window",
            {Sign.OUTSIDE_THE_WINDOW},
        ),
        (
            "one text, and a day outside its window that a swap would bring inside",
            "to_chuc | 02/04/2015 | window\ncong_van | '25/03/2015 |",
            {Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, Sign.OUTSIDE_THE_WINDOW},
        ),
        (
            "last month's form, late",
            "to_chuc | 02/05/2015 | past window",
            {Sign.AFTER_THE_MONTH, Sign.OUTSIDE_THE_WINDOW},
        ),
        (
            "texts of both kinds",
            "a | 05/02/2015 |\nb | '25/03/2015 |\nc | '05/03/2015 |",
            set(),
        ),
        (
            "two writers",
            "a | 25/03/2015 | past\nb | '25/03/2015 |\nc | 03/05/2015 | past\nd | 03/09/2015 | past",
            {Sign.AFTER_THE_MONTH, Sign.DAY_BEYOND_12},
        ),
        ("only texts", "a | '25/03/2015 |\nb | '26/03/2015 |", set()),
    ],
)
def test_undecided(case, table, signs):
    swapped, evidence = verdict(table)
    assert (swapped, {sign for sign, _ in evidence}) == (None, signs), case


def test_no_cells():
    assert days_swapped([], MARCH) == DayOrder(None)


def test_month_first_in_a_text_speaks_against_a_swap_and_for_the_habit():
    found = days_swapped(cells("a | '03/25/2015 |\nb | 05/02/2015 |"), MARCH)
    assert (found.swapped, found.evidence) == (False, (Evidence(Sign.MONTH_TYPED_FIRST, "a"),))
    assert found.is_month_first


# --- a PC, simulated -------------------------------------------------------------------------

TYPED = st.lists(
    st.tuples(st.dates(date(2015, 1, 1), date(2015, 3, 31)), st.booleans(), st.booleans()),
    max_size=6,
)


def on_a_pc(days, *, month_first):
    for number, (day, happened, windowed) in enumerate(days):
        raw = (swapped_day(day) or f"{day:%d/%m/%Y}") if month_first else day
        window = QUARTER if windowed else None
        yield DateCell(typed(f"f{number}", raw), happened=happened, window=window)


@given(TYPED)
def test_a_vietnamese_pc_is_never_taken_for_the_other(typed):
    assert days_swapped(on_a_pc(typed, month_first=False), MARCH).swapped is not True


@given(TYPED)
def test_the_other_pc_is_never_taken_for_a_vietnamese_one(typed):
    assert days_swapped(on_a_pc(typed, month_first=True), MARCH).swapped is not False


@given(
    st.lists(st.tuples(st.dates(), st.booleans(), st.booleans()), max_size=6), st.lists(st.floats())
)
def test_anything_gets_a_verdict(typed, counts):
    found = days_swapped(on_a_pc(typed, month_first=True), MARCH, counts)
    assert found.swapped is None or found.evidence


# --- a day left as text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "marks", "days", "by_sense"),
    [
        ("25/03/2015", "", [date(2015, 3, 25)], date(2015, 3, 25)),
        ("03/25/2015", "", [date(2015, 3, 25)], date(2015, 3, 25)),
        ("3-3-2015", "", [date(2015, 3, 3)], date(2015, 3, 3)),
        ("03/04/2015", "past", [date(2015, 4, 3), date(2015, 3, 4)], date(2015, 3, 4)),
        ("03/04/2015", "window", [date(2015, 4, 3), date(2015, 3, 4)], None),
        ("04.03.15", "past", [date(2015, 3, 4), date(2015, 4, 3)], date(2015, 3, 4)),
        ("03/04/2015", "", [date(2015, 4, 3), date(2015, 3, 4)], None),
        ("01/02/2015", "past window", [date(2015, 2, 1), date(2015, 1, 2)], None),
        ("05/06/2015", "past window", [date(2015, 6, 5), date(2015, 5, 6)], None),
    ],
)
def test_a_day_in_text(text, marks, days, by_sense):
    cell = next(cells(f"a | '{text} | {marks}"))
    assert (list(days_in_text(cell.value.raw)), day_by_sense(cell, MARCH)) == (days, by_sense)


@pytest.mark.parametrize("text", ["quý I", "31/02/2015", "13/13/2015", "3/2015", "", "2015-03-04"])
def test_no_day_in_text(text):
    assert days_in_text(text) == ()
    assert day_by_sense(DateCell(typed("a", text)), MARCH) is None


# --- counts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "lost"),
    [
        ([1.234], True),
        ([1.2, 2.05, 212], True),
        ([1.2, 212], None),
        ([1.25], None),
        ([0.5], False),
        ([1.2, 0.5], False),
        ([12.3456], False),
        ([1234.5], False),
        ([-1.2], False),
        ([212, 1200, None, "1.2", True, date(2015, 1, 1)], None),
        ([float("nan"), float("inf")], None),
    ],
)
def test_lost_thousands(counts, lost):
    assert thousands_lost(counts) is lost


@pytest.mark.parametrize(
    ("count", "meant"), [(1.234, 1234), (1.2, 1200), (2.05, 2050), (1.25, 1250)]
)
def test_what_a_count_was_before_it_lost_its_thousands(count, meant):
    assert thousandfold(count) == meant
