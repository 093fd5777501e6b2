"""A PC that puts the month first is recognised by its form's cells together, or not at all."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.tree import DateRange
from tdkt_batch.forms_read.day_in_text import Way, day_in_text, shows_month_first
from tdkt_batch.forms_read.locale_evidence import (
    DateCell,
    Evidence,
    Reason,
    Sign,
    days_swapped,
    swapped_day,
    thousands_lost,
)
from tdkt_batch.model import Month

MARCH = Month(2015, 3)
QUARTER = DateRange(date(2015, 1, 1), date(2015, 3, 31))
PAST, WINDOW = "past", "window"


def read(text):
    """Return what a cell shows as dd/mm/yyyy as a genuine day, with a leading ' as text."""
    return text[1:] if text.startswith("'") else datetime.strptime(text, "%d/%m/%Y").date()


def cells(table):
    """Return the date cells of a table: field | cell | past and/or window."""
    for line in table.strip().splitlines():
        field, shown, marks = (part.strip() for part in line.split("|"))
        yield DateCell(
            field=field,
            raw=read(shown),
            happened=PAST in marks,
            window=QUARTER if WINDOW in marks else None,
        )


def verdict(table, counts=(), month=MARCH):
    found = days_swapped(cells(table), month, counts)
    return found.swapped, found.reason, [(e.sign, e.field) for e in found.evidence]


# --- swapped ---------------------------------------------------------------------------


def test_two_texts_beyond_12_and_no_such_day():
    assert verdict("""
        ke_hoach | 05/03/2015    |
        to_chuc  | '25/03/2015   | past
        cong_van | '27/03/2015   | past
    """) == (True, Reason.SIGNS_AGREE, [
        (Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, "to_chuc"),
        (Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, "cong_van"),
    ])  # fmt: skip


def test_one_such_text_and_a_past_day_to_come():
    assert verdict("""
        tinh_den | 01/12/2015  | past
        cong_van | '25/03/2015 | past
    """) == (True, Reason.SIGNS_AGREE, [
        (Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, "cong_van"),
        (Sign.AFTER_THE_MONTH, "tinh_den"),
    ])  # fmt: skip


def test_past_days_in_two_months_to_come():
    assert verdict("""
        to_chuc  | 03/05/2015 | past
        cong_van | 03/09/2015 | past
    """)[:2] == (True, Reason.SIGNS_AGREE)


def test_lost_thousands_and_a_plan_outside_its_window():
    assert verdict("ke_hoach | 02/05/2015 | window", [1.234, 212]) == (
        True,
        Reason.SIGNS_AGREE,
        [(Sign.OUTSIDE_THE_WINDOW, "ke_hoach"), (Sign.COUNTS_WITH_FRACTIONS, "")],
    )


# --- not swapped -----------------------------------------------------------------------


def test_a_day_beyond_the_12th_was_understood():
    assert verdict("""
        to_chuc  | 25/03/2015 | past
        cong_van | 05/03/2015 | past
    """) == (False, Reason.SIGNS_AGAINST, [
        (Sign.DAY_BEYOND_12, "to_chuc"),
        (Sign.SENSE_ONLY_AS_IT_STANDS, "cong_van"),
    ])  # fmt: skip


def test_days_that_make_sense_only_as_they_stand():
    assert verdict("ke_hoach | 05/03/2015 | window")[:2] == (False, Reason.SIGNS_AGAINST)


# --- undecided --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "table", "reason"),
    [
        ("nothing", "ke_hoach | 05/02/2015 |", Reason.NO_SIGN),
        ("the same day either way", "to_chuc | 04/04/2015 | past", Reason.NO_SIGN),
        ("a window that both days keep", "ke_hoach | 01/02/2015 | window", Reason.NO_SIGN),
        ("one text", "to_chuc | 05/02/2015 |\ncong_van | '25/03/2015 |", Reason.TOO_FEW_SIGNS),
        (
            "late",
            "ke_hoach | 02/05/2015 | window\nto_chuc | 02/05/2015 | window",
            Reason.TOO_FEW_SIGNS,
        ),
        ("last month's form, late", "to_chuc | 02/05/2015 | past window", Reason.TOO_FEW_SIGNS),
        (
            "texts of both kinds",
            "a | 05/02/2015 |\nb | '25/03/2015 |\nc | '05/03/2015 |",
            Reason.NO_SIGN,
        ),
        (
            "two writers",
            "a | 25/03/2015 | past\nb | '25/03/2015 |\nc | 03/05/2015 | past\nd | 03/09/2015 | past",
            Reason.SIGNS_CONTRADICT,
        ),
        ("only texts", "a | '25/03/2015 |\nb | '26/03/2015 |", Reason.NO_SIGN),
    ],
)
def test_undecided(case, table, reason):
    assert verdict(table)[:2] == (None, reason), case


def test_no_cells():
    assert days_swapped([], MARCH).reason is Reason.NO_SIGN


def test_month_first_in_a_text_speaks_against_a_swap_and_for_the_habit():
    found = days_swapped(cells("a | '03/25/2015 |\nb | 05/02/2015 |"), MARCH)
    assert (found.swapped, found.evidence) == (False, (Evidence(Sign.MONTH_TYPED_FIRST, "a"),))
    assert shows_month_first(found)


# --- a PC, simulated -------------------------------------------------------------------------

TYPED = st.lists(
    st.tuples(st.dates(date(2015, 1, 1), date(2015, 3, 31)), st.booleans(), st.booleans()),
    max_size=6,
)


def on_a_pc(typed, *, month_first):
    for number, (day, happened, windowed) in enumerate(typed):
        raw = (swapped_day(day) or f"{day:%d/%m/%Y}") if month_first else day
        window = QUARTER if windowed else None
        yield DateCell(field=f"f{number}", raw=raw, happened=happened, window=window)


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
    assert (found.swapped is None) == (
        found.reason not in (Reason.SIGNS_AGREE, Reason.SIGNS_AGAINST)
    )


# --- a day left as text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "marks", "month_first", "day", "way"),
    [
        ("25/03/2015", "", True, date(2015, 3, 25), Way.ONLY_WAY),
        ("03/25/2015", "", False, date(2015, 3, 25), Way.ONLY_WAY),
        ("3-3-2015", "", True, date(2015, 3, 3), Way.ONLY_WAY),
        ("03/04/2015", "", False, date(2015, 4, 3), Way.HABIT),
        ("03/04/2015", "past", True, date(2015, 3, 4), Way.SENSE),
        ("03/04/2015", "window", True, date(2015, 3, 4), Way.SENSE),
        ("04.03.15", "past", True, date(2015, 3, 4), Way.SENSE),
        ("03/04/2015", "", True, None, Way.UNDECIDED),
        ("01/02/2015", "past window", True, None, Way.UNDECIDED),
        ("05/06/2015", "past window", True, None, Way.UNDECIDED),
    ],
)
def test_a_day_in_text(text, marks, month_first, day, way):
    cell = next(cells(f"a | '{text} | {marks}"))
    found = day_in_text(cell, MARCH, month_first_seen=month_first)
    assert (found.day, found.way) == (day, way)


@pytest.mark.parametrize("text", ["quý I", "31/02/2015", "13/13/2015", "3/2015", "", "2015-03-04"])
def test_no_day_in_text(text):
    assert day_in_text(DateCell(field="a", raw=text), MARCH) is None


# --- counts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "lost", "meant"),
    [
        ([1.234], True, (1234,)),
        ([1.2, 2.05, 212], True, (1200, 2050)),
        ([1.2, 212], None, (1200,)),
        ([1.25], None, (1250,)),
        ([0.5], False, ()),
        ([1.2, 0.5], False, ()),
        ([12.3456], False, ()),
        ([1234.5], False, ()),
        ([-1.2], False, ()),
        ([212, 1200, None, "1.2", True, date(2015, 1, 1)], None, ()),
        ([float("nan"), float("inf")], None, ()),
    ],
)
def test_lost_thousands(counts, lost, meant):
    found = thousands_lost(counts)
    assert (found.lost, found.meant) == (lost, meant)
