from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.model import Finding, Life, Month, OutcomeKind, Severity
from tdkt_batch.report import MonthRecord, UnitState
from tdkt_batch.rules.finding_lives import Lived, months_between, records_by_unit, with_lives

UNIT = "03386"
FIRST = Month(2014, 9)
OUTCOMES = {
    "F": OutcomeKind.FAIL,
    ".": OutcomeKind.PASS,
    "n": OutcomeKind.NOT_APPLICABLE,
    "?": OutcomeKind.UNKNOWN,
    "!": OutcomeKind.ERROR,
}
"""A month of one rule: found, passed, not applicable, unknown, error; "-" the unit was silent."""
SILENT = "-"


def month_at(index: int) -> Month:
    return Month(FIRST.year + (FIRST.number - 1 + index) // 12, (FIRST.number - 1 + index) % 12 + 1)


def finding(month: Month, code="A4", field="tong_dai_bieu_kh", unit=UNIT, **more) -> Finding:
    return Finding(
        unit=unit, month=month, severity=Severity.VIOLATION, code=code, message=f"{code} {month}",
        field=field, **more,
    )  # fmt: skip


def record(month: Month, findings=(), decided=None) -> MonthRecord:
    return MonthRecord(
        month=month, received_until=datetime(2015, 3, 25, 17, 0), campaign="x",
        states={UNIT: UnitState.MISSING}, used={}, findings=tuple(findings),
        decided=decided or {},
    )  # fmt: skip


def assessed(month: Month, outcome: OutcomeKind, code="A4") -> MonthRecord:
    found = [finding(month, code)] if outcome is OutcomeKind.FAIL else []
    return record(month, found, {UNIT: {code: outcome}})


def last_month(story: str) -> Lived:
    """Return what is said in the last month of a story such as ``F F . - F``."""
    signs = story.split()
    past = [
        record(month_at(i)) if sign == SILENT else assessed(month_at(i), OUTCOMES[sign])
        for i, sign in enumerate(signs[:-1])
    ]
    month, outcome = month_at(len(signs) - 1), OUTCOMES[signs[-1]]
    found = [finding(month)] if outcome is OutcomeKind.FAIL else []
    return with_lives(month, found, {"A4": outcome}, past, UNIT)


def words(lived: Lived) -> list[tuple[str, str, int]]:
    return [(str(f.life), str(f.since), f.months_open) for f in (*lived.findings, *lived.gone)]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("F", [("new", "2014-09", 1)]),
        (". F", [("new", "2014-10", 1)]),
        ("- - F", [("new", "2014-11", 1)]),
        ("? F", [("new", "2014-10", 1)]),
        ("F F", [("open", "2014-09", 2)]),
        ("F F F F F", [("open", "2014-09", 5)]),
        (". F F", [("open", "2014-10", 2)]),
        # silent months change nothing and are counted
        ("F - - - F", [("open", "2014-09", 5)]),
        ("F . - - F", [("reopened", "2015-01", 1)]),
        # undecided: pending, neither found nor gone
        ("F ?", []),
        ("F ! ?", []),
        ("F ? F", [("open", "2014-09", 3)]),
        ("F - ! - F", [("open", "2014-09", 5)]),
        ("F ? .", [("fixed", "2014-09", 1)]),
        ("F . ? F", [("reopened", "2014-12", 1)]),
        # mended, said once
        ("F .", [("fixed", "2014-09", 1)]),
        ("F n", [("fixed", "2014-09", 1)]),
        ("F F F .", [("fixed", "2014-09", 3)]),
        ("F - - .", [("fixed", "2014-09", 1)]),
        ("F . .", []),
        ("F . - .", []),
        (".", []),
        # a relapse begins anew and goes on
        ("F . F", [("reopened", "2014-11", 1)]),
        ("F . F F", [("open", "2014-11", 2)]),
        ("F F . - F F", [("open", "2015-01", 2)]),
        ("F . F .", [("fixed", "2014-11", 1)]),
        ("F . F . F", [("reopened", "2015-01", 1)]),
        ("F n F", [("reopened", "2014-11", 1)]),
    ],
)
def test_the_life_of_a_finding(story, expected):
    assert words(last_month(story)) == expected


def test_the_months_open_run_over_the_turn_of_the_year():
    assert months_between(Month(2014, 11), Month(2015, 2)) == 4


def test_what_is_gone_stands_as_it_was_last_with_the_month_in_which_it_was_mended():
    (gone,) = last_month("F F .").gone
    assert (gone.month, gone.message) == (month_at(2), "A4 2014-10")


def test_a_rule_that_points_elsewhere_is_the_same_finding():
    """Too many in the plan, then too many at the conference: told and not mended."""
    month = month_at(1)
    now = finding(month, field="tong_dai_bieu_th")
    past = [assessed(month_at(0), OutcomeKind.FAIL)]
    lived = with_lives(month, [now], {"A4": OutcomeKind.FAIL}, past, UNIT)
    assert words(lived) == [("open", "2014-09", 2)]


def test_faults_of_reading_are_told_apart_by_field_and_gone_once_absent():
    first, month = month_at(0), month_at(1)
    before = [finding(first, "DL01", "nu_kh"), finding(first, "DL01", "nu_th")]
    now = [finding(month, "DL01", "nu_th"), finding(month, "DL01", "dien_hinh_th")]
    past = [record(first, before, {UNIT: {"A4": OutcomeKind.PASS}})]
    lived = with_lives(month, now, {"A4": OutcomeKind.PASS}, past, UNIT)
    assert [(f.field, f.life) for f in lived.findings] == [
        ("nu_th", Life.OPEN),
        ("dien_hinh_th", Life.NEW),
    ]
    assert [(f.field, f.life) for f in lived.gone] == [("nu_kh", Life.FIXED)]


def test_several_findings_of_one_key_share_one_life():
    first, month = month_at(0), month_at(1)
    past = [record(first, [finding(first, "DL06", "danh_sach.gioi_tinh")], {UNIT: {}})]
    now = [finding(month, "DL06", "danh_sach.gioi_tinh", cell=cell) for cell in ("D12", "D15")]
    lived = with_lives(month, now, {}, past, UNIT)
    assert words(lived) == [("open", "2014-09", 2)] * 2


def test_the_findings_of_another_unit_are_not_its_own():
    first, month = month_at(0), month_at(1)
    past = [record(first, [finding(first, unit="03389")], {UNIT: {}, "03389": {}})]
    assert words(with_lives(month, [finding(month)], {}, past, UNIT)) == [("new", "2014-10", 1)]


def test_a_finding_that_was_waived_lives_on_underneath():
    """Once its waiver has ended it is open, not new."""
    first, month = month_at(0), month_at(1)
    waived = finding(first, life=Life.WAIVED, since=first)
    past = [record(first, [waived], {UNIT: {"A4": OutcomeKind.FAIL}})]
    lived = with_lives(month, [finding(month)], {"A4": OutcomeKind.FAIL}, past, UNIT)
    assert words(lived) == [("open", "2014-09", 2)]


def test_a_month_looked_back_at_knows_nothing_of_later_ones():
    past = [assessed(month_at(i), OutcomeKind.FAIL) for i in range(4)]
    now = finding(month_at(1))
    lived = with_lives(month_at(1), [now], {"A4": OutcomeKind.FAIL}, past, UNIT)
    assert words(lived) == [("open", "2014-09", 2)]


# --- laws -------------------------------------------------------------------------------

SIGNS = st.sampled_from([*OUTCOMES, SILENT])
STORIES = st.tuples(st.lists(SIGNS, max_size=9), st.sampled_from([*OUTCOMES])).map(
    lambda parts: " ".join((*parts[0], parts[1]))
)


def oracle(story: str) -> str:
    """Tell the same of the last month by another way: backwards, sign by sign."""
    *before, now = [s for s in story.split() if s != SILENT]
    decided = [s for s in before if s not in "?!"]
    stood = bool(decided) and decided[-1] == "F"
    if now == "F":
        return "open" if stood else "reopened" if "F" in decided else "new"
    return "fixed" if stood and now in ".n" else ""


@given(STORIES)
def test_every_story_ends_as_told_backwards(story):
    lived = last_month(story)
    assert [life for life, _, _ in words(lived)] == [life for life in [oracle(story)] if life]


@given(STORIES, st.integers(0, 9))
def test_a_silent_month_changes_no_life(story, at):
    """It may lengthen a finding's time, never change what is said of it."""
    signs = story.split()
    longer = [*signs[:at], SILENT, *signs[at:]] if at < len(signs) else [SILENT, *signs]
    one, other = last_month(story), last_month(" ".join(longer))
    assert [life for life, _, _ in words(one)] == [life for life, _, _ in words(other)]


@given(STORIES)
def test_what_is_found_after_it_was_fixed_is_reopened(story):
    if last_month(story).gone:
        assert [f.life for f in last_month(f"{story} F").findings] == [Life.REOPENED]


CODES = ("A4", "A5", "DL01")


@st.composite
def months_of_findings(draw):
    """Return months, each the codes found in it; None where the unit was silent."""
    codes = st.sets(st.sampled_from(CODES))
    return draw(st.lists(st.none() | codes, min_size=1, max_size=8))


def run(months) -> list[Lived]:
    """Return what is said month after month, each on the records that the others left."""
    past: list[MonthRecord] = []
    told = []
    for index, codes in enumerate(months):
        month = month_at(index)
        if codes is None:
            past.append(record(month))
            continue
        found = [finding(month, code, f"o_{code}") for code in sorted(codes)]
        decided = {c: OutcomeKind.FAIL if c in codes else OutcomeKind.PASS for c in ("A4", "A5")}
        lived = with_lives(month, found, decided, past, UNIT)
        told.append(lived)
        past.append(record(month, lived.findings, {UNIT: decided}))
    return told


@given(months_of_findings())
def test_lives_add_up_from_month_to_month(months):
    """Standing = those of before − fixed + new + reopened, and each finding has one life."""
    standing: Counter[str] = Counter()
    for lived in run(months):
        lives = {f.code: f.life for f in lived.findings}
        gone = Counter(f.code for f in lived.gone)
        begun = Counter(c for c, life in lives.items() if life in (Life.NEW, Life.REOPENED))
        assert not gone - standing
        standing = standing - gone + begun
        assert standing == Counter(lives.keys())
        assert {f.life for f in lived.gone} <= {Life.FIXED}


@given(months_of_findings())
def test_each_finding_is_new_once_in_its_life(months):
    news = Counter(f.code for lived in run(months) for f in lived.findings if f.life is Life.NEW)
    assert all(number == 1 for number in news.values())


@given(months_of_findings())
def test_records_sorted_by_unit_tell_the_same(months):
    past = []
    for index, codes in enumerate(months):
        month = month_at(index)
        found = [finding(month, code) for code in sorted(codes or ())]
        others = [finding(month, "A5", unit="03389")]
        decided = {"03389": {"A5": OutcomeKind.FAIL}} | ({UNIT: {}} if codes is not None else {})
        past.append(record(month, [*found, *others], decided))
    month = month_at(len(months))
    now = [finding(month)]
    own = records_by_unit(past).get(UNIT, ())
    assert with_lives(month, now, {}, own, UNIT) == with_lives(month, now, {}, past, UNIT)
