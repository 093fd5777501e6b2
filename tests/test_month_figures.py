"""Declared figures over a month: three-valued, told apart by when they became known, lawful."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from month_sample import (
    MONTH,
    held,
    month_report,
    planned,
    unit_report,
    varied_month,
    with_past,
)
from random_months import random_month

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.errors import ConservationError
from tdkt_batch.figures import laws
from tdkt_batch.figures.amounts import Amount
from tdkt_batch.figures.laws import check_laws
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.model import Month, Outcome, OutcomeKind
from tdkt_batch.report import UnitState

CAMPAIGN = load_campaign()
COMMUNES = [unit for unit in CAMPAIGN.units if unit.kind == "xã"]
IN_MARCH = held(date(2015, 3, 3), 90, 63, 27, loai_hoi_nghi="Đại biểu", so_cbccvc_nld=400)
IN_FEBRUARY = held(date(2015, 2, 25), 80, 50, 30, loai_hoi_nghi="Toàn thể", so_cbccvc_nld=30)


def month_of(*typed, state=None):
    """Return a month in which the communes typed this, one after the other."""
    units = zip(COMMUNES, typed, strict=False)
    return month_report([unit_report(CAMPAIGN, u, t, state=state) for u, t in units])


def totals(report, *ids):
    figures = month_figures(CAMPAIGN, report)
    check_laws(figures)
    return [figures.total(id_) for id_ in ids]


def after(report, earlier):
    """Return the month with an earlier one that left these amounts, by figure and unit."""
    full = {figure.id: {} for figure in CAMPAIGN.figures.all} | earlier
    past = with_past(report).past[-1]
    return replace(report, past=(replace(past, amounts=full),))


# --- three values -----------------------------------------------------------------------------


def test_a_sum_says_how_many_of_the_units_that_count_gave_it():
    without = {k: v for k, v in IN_MARCH.items() if k != "tong_dai_bieu_th"}
    (people,) = totals(month_of(IN_MARCH, without, planned(date(2015, 3, 9), 9, 7, 2)), "dai_bieu")
    assert (people.value, people.given, people.counted, people.is_whole) == (90, 1, 2, False)


def test_what_is_not_known_is_neither_counted_nor_overdue():
    april = month_of().received_until.replace(month=4)
    month = month_of(planned(date(2015, 3, 9), 9, 7, 2), {"dia_diem": "Nhà văn hóa"}, None)
    units = tuple(replace(one, received=one.received and april) for one in month.units)
    in_april = replace(month, units=units, received_until=april)
    (overdue,) = totals(in_april, "qua_thoi_gian")
    assert (overdue.value, overdue.unknown) == (1, 2)


@pytest.mark.parametrize(("state", "unknown"), [("MISSING", 1), ("NOT_REQUIRED", 0)])
def test_who_need_not_report_and_never_did_leaves_nothing_unclear(state, unknown):
    month = month_of(None, state=UnitState[state])
    for figure in totals(month, "qua_thoi_gian", "da_to_chuc", "dai_bieu"):
        assert (figure.value, figure.unknown) == (0, unknown), figure


def test_rows_of_a_report_that_never_came_are_not_none():
    upper = next(unit for unit in CAMPAIGN.units if unit.kind == "huyện")
    silent, sent = (
        month_report([unit_report(CAMPAIGN, upper, typed, state=UnitState.MISSING)])
        for typed in (None, {"trang_thai": "Đã có kế hoạch"})
    )
    (rows,) = totals(silent, "don_vi_lam_diem")
    assert (rows.given, rows.counted) == (0, 1)
    (rows,) = totals(replace(sent, units=(replace(sent.units[0], state=UnitState.ON_TIME),)),
                     "don_vi_lam_diem")  # fmt: skip
    assert (rows.value, rows.given) == (0, 1)


def test_rows_of_a_table_that_could_not_be_read_are_not_none():
    upper = next(unit for unit in CAMPAIGN.units if unit.kind == "huyện")
    sent = unit_report(CAMPAIGN, upper, {"trang_thai": "Đã có kế hoạch"}, state=UnitState.ON_TIME)
    lost = replace(sent, submission=replace(sent.submission, unread_tables=("truc_thuoc",)))
    (rows,) = totals(month_report([lost]), "don_vi_lam_diem")
    assert (rows.given, rows.counted) == (0, 1)


def test_what_another_unit_owes_is_not_a_units_own_gap():
    month = month_of(IN_MARCH)
    open_ = Outcome(rule="B8", outcome=OutcomeKind.UNKNOWN)
    own, others = (
        totals(replace(month, units=(replace(month.units[0], outcomes=(one,)),)), "chua_du_so_lieu")
        for one in (open_, replace(open_, owed_by="105"))
    )
    assert [one.value for one in (*own, *others)] == [1, 0]


def test_what_no_part_holds_is_not_clear():
    figures = month_figures(CAMPAIGN, month_of(IN_MARCH, planned(date(2015, 3, 9), 9, 7, 2), None))
    assert figures.rest("phai_to_chuc") == 1


# --- a share that a rule judges ---------------------------------------------------------------


def test_a_judged_share_counts_the_conferences_under_the_rule_and_says_how_many_are_below():
    below = IN_MARCH | {"dien_hinh_th": 50, "khach_moi_lanh_dao_th": 40}
    exemplary, people = totals(
        month_of(IN_MARCH, below, IN_FEBRUARY), "dien_hinh_theo_ty_le", "dai_bieu_theo_ty_le"
    )
    assert (exemplary.value, people.value) == (63 + 50, 180)  # the plenary of February apart
    assert (people.counted, exemplary.below) == (2, 1)


# --- what became known this month -------------------------------------------------------------


def test_a_conference_of_last_month_told_only_now_is_of_this_month_and_named():
    (count, people) = totals(after(month_of(IN_MARCH, IN_FEBRUARY), {}), "da_to_chuc", "dai_bieu")
    assert (count.last, count.month, count.value) == (0, 2, 2)
    assert (count.late, count.late_units) == (1, 1)
    assert (people.month, people.late) == (170, 80)


def test_a_correction_and_a_unit_that_left_are_adjustments():
    first, left = COMMUNES[0].code, "99999"
    report = after(
        month_of(IN_MARCH),
        {"dai_bieu": {first: 95, left: 40}, "da_to_chuc": {first: 1, left: 1}},
    )
    people, count = totals(report, "dai_bieu", "da_to_chuc")
    assert (people.last, people.month, people.value, people.adjusted) == (135, -45, 90, -45)
    assert (count.last, count.month, count.value, count.adjusted) == (2, -1, 1, -1)
    assert people.late == 0


def test_in_the_first_month_all_became_known_now():
    (count,) = totals(month_of(IN_MARCH, IN_FEBRUARY), "da_to_chuc")
    assert (count.last, count.month) == (None, 2)


def test_of_a_figure_that_no_record_has_nothing_is_said_of_this_month():
    report = with_past(month_of(IN_MARCH))
    (count,) = totals(report, "da_to_chuc")
    assert (count.last, count.month, count.value) == (None, None, 1)


def test_a_unit_that_falls_silent_keeps_what_it_reported():
    now = unit_report(CAMPAIGN, COMMUNES[0])
    then = unit_report(CAMPAIGN, COMMUNES[0], IN_MARCH, month=MONTH.previous)
    report = after(month_report([replace(now, earlier=then)]), {"dai_bieu": {COMMUNES[0].code: 90}})
    people, sent = totals(report, "dai_bieu", "da_gui")
    assert (people.last, people.month, people.value, sent.value) == (90, 0, 90, 0)


# --- laws -------------------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=20)
@given(seed=st.integers(0, 10**9), chance=st.randoms(use_true_random=False))
def test_the_laws_hold_of_any_month(seed, chance: random.Random):
    """Of months of chance, each after one of chance: amounts of any units, known and gone."""
    report = random_month(CAMPAIGN, seed)
    codes = [*(one.unit.code for one in report.units), "gone"]
    earlier = {
        figure.id: {code: chance.randrange(90) for code in codes if chance.random() < 0.5}
        for figure in CAMPAIGN.figures.all
    }
    for one in (report, after(report, earlier), replace(report, month=Month(2015, 4))):
        check_laws(month_figures(CAMPAIGN, one))


def broken(id_, **changes):
    """Return the figures of a varied month in which one figure was changed."""
    figures = month_figures(CAMPAIGN, varied_month(CAMPAIGN))
    changed = replace(figures.by_id[id_], **changes)
    return replace(figures, by_id={**figures.by_id, id_: changed})


@pytest.mark.slow
def test_a_broken_law_stops_the_run_with_the_figure_by_name():
    units = month_figures(CAMPAIGN, varied_month(CAMPAIGN)).by_id["phai_gui"].by_unit
    fewer = dict(list(units.items())[1:])
    unknown = {code: Amount(counts=None, fails=True) for code in units}
    more = dict.fromkeys((*units, "99999"), Amount(counts=True, value=1))
    for changed, problem in (
        (broken("phai_gui", by_unit=fewer), "ở một phần mà không có ở tổng"),
        (broken("dai_bieu_theo_ty_le", by_unit={}), "không cùng đơn vị"),
        (broken("co_so_lieu", by_unit=more), "nằm ngoài 0–100%"),
        (broken("nu", by_unit=unknown), "chưa rõ mà vẫn được tính"),
        (broken("nu", by_unit={"99999": Amount(counts=True, value=3)}), "các nhóm đơn vị"),
    ):
        with pytest.raises(ConservationError, match=problem):
            check_laws(changed)


def test_last_and_this_month_are_held_against_the_figure_to_date(monkeypatch):
    figures = month_figures(CAMPAIGN, month_of(IN_MARCH))
    one = figures.by_id["nu"]
    wrong = replace(one.total(), month=7)
    monkeypatch.setattr(type(one), "total", lambda *_: wrong)
    with pytest.raises(ConservationError, match=r"Đại biểu nữ.*kỳ trước 0 cộng kỳ này 7"):
        check_laws(replace(figures, by_id={"nu": one}))


def test_every_law_is_checked():
    named = {name for name in dir(laws) if name.islower() and callable(getattr(laws, name))}
    assert named - {"check_laws"} == {law.__name__ for law in laws.LAWS}
