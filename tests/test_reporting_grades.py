"""How units report, graded: only what is their own doing counts, best first, ties share a rank."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from month_sample import MONTH, held, month_report, unit_report, varied_month, write_workbook
from openpyxl import load_workbook

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.reporting_grades import Criterion, grades, ranked
from tdkt_batch.model import (
    Decision,
    DecisionKind,
    Finding,
    Life,
    Outcome,
    OutcomeKind,
    Severity,
    Source,
)
from tdkt_batch.report import FileRecord, FileState, Hindrance, UnitState

CAMPAIGN = load_campaign()
COMMUNES = [unit for unit in CAMPAIGN.units if unit.kind == "xã"]
GOOD = held(date(2015, 3, 3), 90, 63, 27)
EXCUSE = Decision(kind=DecisionKind.EXCUSED, unit="", month=MONTH, reason="Đã sáp nhập")
REFUSED = Decision(kind=DecisionKind.REFUSED, unit="", month=MONTH, reason="Chưa rõ")
ACCEPTED = Decision(kind=DecisionKind.ACCEPTED, unit="", month=MONTH, reason="Đúng thực tế")
IN_TIME, RIGHT, MENDED = Criterion
OWN = {"OTHER_MONTH", "LOCKED", "LINK", "DOCUMENT", "PICTURE", "WORDS"}


def sent(*findings, unit=COMMUNES[0], **more):
    given = {"findings": findings, "outcomes": (), **more}
    return replace(unit_report(CAMPAIGN, unit, GOOD), **given)


def found(code="A4", severity=Severity.VIOLATION, life=Life.NEW, **more):
    return Finding(
        unit=COMMUNES[0].code, month=MONTH, severity=severity, code=code, message="…", life=life,
        **more,
    )  # fmt: skip


def graded(unit, others=(), files=()):
    return grades(CAMPAIGN, month_report([unit, *others], files))[0].met


@pytest.mark.parametrize(
    ("state", "in_time"),
    [
        (UnitState.ON_TIME, True), (UnitState.LATE, False), (UnitState.AFTER_CUT_OFF, False),
        (UnitState.EMPTY, False), (UnitState.MISSING, False), (UnitState.NOT_YET_DUE, None),
        (UnitState.NOT_REQUIRED, None), (UnitState.UNUSABLE, None),
    ],
)  # fmt: skip
def test_who_is_in_time(state, in_time):
    typed = GOOD if state in (UnitState.ON_TIME, UnitState.LATE) else None
    report = unit_report(CAMPAIGN, COMMUNES[0], typed, state=state)
    assert graded(replace(report, findings=())).get(IN_TIME) is in_time
    assert graded(replace(report, excuse=EXCUSE)) == {}


@pytest.mark.parametrize("how", list(Hindrance))
def test_who_sent_no_form_is_judged_only_where_that_is_its_own_doing(how):
    state = UnitState.AFTER_CUT_OFF if how is Hindrance.AFTER_CUT_OFF else UnitState.UNUSABLE
    report = replace(unit_report(CAMPAIGN, COMMUNES[0], state=state), hindrance=how)
    is_own = how.name in OWN or how is Hindrance.AFTER_CUT_OFF
    assert graded(report) == ({IN_TIME: False} if is_own else {})


def test_nobody_is_called_silent_while_a_file_is_of_nobody():
    silent = unit_report(CAMPAIGN, COMMUNES[0])
    assert graded(silent) == {IN_TIME: False}
    assert graded(silent, files=[STRAY]) == {}


@pytest.mark.parametrize(
    ("finding", "right"),
    [
        (found(), False), (found(severity=Severity.ARITHMETIC), False),
        (found(severity=Severity.READING), False), (found(life=Life.REOPENED), False),
        (found(explanation="Đường lũ", decision=REFUSED), False),
        (found("S1", severity=Severity.WARNING), False),
        (found(severity=Severity.WARNING), True), (found(severity=Severity.NOTICE), True),
        (found(explanation="Đường lũ"), True), (found(life=Life.WAIVED, decision=ACCEPTED), True),
        (found(life=Life.OPEN), True),
    ],
)  # fmt: skip
def test_what_is_right_at_once(finding, right):
    assert graded(sent(finding))[RIGHT] is right


LACKING = Outcome(rule="A4", outcome=OutcomeKind.UNKNOWN, missing=("dien_hinh_kh",))


@pytest.mark.parametrize(
    ("now", "before", "met"),
    [
        ((LACKING,), None, {RIGHT: False}),
        ((LACKING,), (), {RIGHT: False}),
        ((LACKING,), (LACKING,), {RIGHT: True, MENDED: False}),
        ((), (LACKING,), {RIGHT: True, MENDED: True}),
        ((), (), {RIGHT: True}),
    ],
)
def test_what_is_still_to_be_written_is_not_right_and_once_written_is_mended(now, before, met):
    earlier = None if before is None else sent(outcomes=before)
    assert graded(sent(outcomes=now, earlier=earlier)) == {IN_TIME: True, **met}


@pytest.mark.parametrize("state", [UnitState.UNUSABLE, UnitState.EMPTY, UnitState.AFTER_CUT_OFF])
def test_nobody_is_late_before_the_day_that_the_board_gave(state):
    report = unit_report(CAMPAIGN, COMMUNES[0], state=state)
    if state is not UnitState.EMPTY:
        how = Hindrance.PICTURE if state is UnitState.UNUSABLE else Hindrance.AFTER_CUT_OFF
        report = replace(report, hindrance=how)
    assert graded(report) == {IN_TIME: False}
    for due, in_time in ((date(2015, 3, 24), {IN_TIME: False}), (date(2015, 3, 30), {})):
        until = replace(EXCUSE, kind=DecisionKind.EXTENDED, due=due)
        assert graded(replace(report, extension=until)) == in_time


UNTOUCHED = found("O5i", severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("finding", "met"),
    [
        (UNTOUCHED, {RIGHT: False, MENDED: False}),
        (replace(UNTOUCHED, explanation="Vẫn đúng"), {RIGHT: True, MENDED: True}),
        (replace(UNTOUCHED, life=Life.WAIVED, decision=ACCEPTED), {RIGHT: True, MENDED: True}),
    ],
)
def test_a_form_that_nobody_looked_at_meets_only_its_day_until_that_is_answered(finding, met):
    others = [sent(finding, unit=unit) for unit in COMMUNES[1:8]]
    assert graded(sent(finding, gone=(found(),)), others) == {IN_TIME: True, **met}


def test_a_fault_that_half_of_the_units_share_counts_against_none():
    others = [sent(found(), unit=unit) for unit in COMMUNES[1:5]]
    assert graded(sent(found()), others[:3])[RIGHT] is False
    assert graded(sent(found()), others)[RIGHT] is True


@pytest.mark.parametrize(
    ("before", "mended"),
    [
        ({}, None),
        ({"gone": (found(),)}, True),
        ({"findings": (found(life=Life.OPEN),)}, False),
        ({"findings": (found(life=Life.OPEN),), "gone": (found("A5"),)}, False),
        ({"findings": (found(life=Life.OPEN, explanation="Đường lũ"),)}, True),
        ({"findings": (found(life=Life.OPEN, explanation="Lũ", decision=REFUSED),)}, False),
        ({"findings": (found(life=Life.OPEN, severity=Severity.WARNING),)}, False),
        ({"findings": (found(life=Life.OPEN, severity=Severity.NOTICE),)}, None),
        ({"gone": (found(severity=Severity.NOTICE),)}, None),
    ],
)
def test_what_was_mended(before, mended):
    assert graded(replace(sent(), **before)).get(MENDED) is mended


@given(st.lists(st.none() | st.fractions(0, 1, max_denominator=6), max_size=12))
def test_ranks_are_those_of_a_race(shares):
    told = ranked(list(enumerate(shares)), lambda one: one[1])
    assert sorted(number for _, (number, _) in told) == list(range(len(shares)))
    assert all(shares[number] == share for _, (number, share) in told)
    for rank, (_, share) in told:
        better = sum(1 for one in shares if one is not None and share is not None and one > share)
        assert rank == (None if share is None else better + 1)
    known = [rank for rank, _ in told if rank is not None]
    assert known == sorted(known)
    assert [rank for rank, _ in told][: len(known)] == known


@pytest.fixture(scope="module")
def book():
    campaign = replace(CAMPAIGN, units=CAMPAIGN.units[:40])
    return load_workbook(
        io.BytesIO(write_workbook(campaign, varied_month(campaign))), data_only=True
    )


def rows(sheet, first=10):
    return [row for row in sheet.iter_rows(min_row=first, values_only=True) if row[1] is not None]


def test_the_places_add_up_their_units_marks(book):
    units = rows(book["Chấp hành theo đơn vị"])
    *places, everywhere = rows(book["Chấp hành báo cáo"])
    assert len(units) == 40 == everywhere[2]
    for place in (*places, everywhere):
        own = [one for one in units if place is everywhere or one[3] == place[1]]
        assert place[2] == len(own)
        met = judged = 0
        for at, column in enumerate((4, 5, 6)):
            marks = Counter(one[column] for one in own)
            assert set(marks) <= {"Đạt", "Không đạt", "–"}
            counted = (marks["Đạt"], marks["Đạt"] + marks["Không đạt"])
            assert place[4 + 3 * at : 6 + 3 * at] == counted
            met, judged = met + counted[0], judged + counted[1]
        assert place[13:15] == (met, judged)
        assert place[3] == sum(one[8] == 0 for one in own)


@pytest.mark.parametrize(
    ("name", "rank", "share"), [("Chấp hành theo đơn vị", 1, 9), ("Chấp hành báo cáo", 0, 15)]
)
def test_the_best_stand_first_and_ties_share_a_rank(book, name, rank, share):
    table = [row for row in rows(book[name]) if row[rank] is not None]
    shares = [Fraction(row[share]).limit_denominator(10**6) for row in table if row[rank] != "–"]
    assert len(set(shares)) > 1
    assert shares == sorted(shares, reverse=True)
    assert [row[rank] for row in table][: len(shares)] == [1 + shares.index(one) for one in shares]


STRAY = FileRecord(
    source=Source(name="báo cáo.xlsx", sha256="e" * 64, size=9, modified=datetime(2015, 3, 20)),
    state=FileState.QUARANTINED,
    hindrance=Hindrance.UNIDENTIFIED,
)


@pytest.mark.parametrize(
    ("reporting", "files", "ranks"),
    [
        ((1, 8), [STRAY], {"A": ("–", 7), "B": (1, 0)}),
        ((4, 3), [STRAY], {"A": (1, 4), "B": ("–", 5)}),
        ((1, 8), [], {"A": (2, 0), "B": (1, 0)}),
        ((0, 8), [], {"A": ("–", 0), "B": (1, 0)}),
        ((0, 0), [], {"A": ("–", 0), "B": ("–", 0)}),
    ],
)
def test_no_place_is_ranked_of_which_little_is_known_or_that_meets_nothing(reporting, files, ranks):
    campaign = replace(CAMPAIGN, units=units_of_places(dict(zip("AB", reporting, strict=True))))
    units = [sent(unit=one) if one.email else unit_report(campaign, one) for one in campaign.units]
    report = month_report(units, files)
    content = load_workbook(io.BytesIO(write_workbook(campaign, report)), data_only=True)
    *places, _ = rows(content["Chấp hành báo cáo"])
    assert {one[1]: (one[0], one[3]) for one in places} == ranks
    is_ranked = {row[2]: row[1] != "–" for row in rows(content["Chấp hành theo đơn vị"])}
    assert is_ranked == {one.name: bool(one.email) for one in campaign.units}


def units_of_places(reporting):
    """Return eight communes of each place; so many of them report and have an address."""
    own = iter(COMMUNES)
    return tuple(
        replace(next(own), superior=name, parent="", email="a@b.vn" if at < number else "")
        for name, number in reporting.items()
        for at in range(8)
    )


def test_each_mark_against_a_unit_has_its_reason(book):
    for row in rows(book["Chấp hành theo đơn vị"]):
        assert bool(row[10]) is ("Không đạt" in row[4:7] or row[4] == "–"), row
