"""How each unit stands, and what they add up to, recomputed by plain Python from what they typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from month_sample import (
    MONTH,
    held,
    month_report,
    planned,
    typed_by,
    unit_report,
    varied_month,
)
from said_of_units import rows_of

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.figures.unit_lines import Verdict, missing_values, unit_lines, verdict
from tdkt_batch.model import GRAVEST_FIRST, Finding, Life, Month, Outcome, OutcomeKind, Severity
from tdkt_batch.report import Hindrance, UnitReport, UnitState
from tdkt_batch.summary.workbook import build_workbook

FIGURES = {
    "dai_bieu": "tong_dai_bieu",
    "dien_hinh": "dien_hinh",
    "khach_moi_lanh_dao": "khach_moi_lanh_dao",
    "nu": "nu",
    "dan_toc_thieu_so": "dan_toc_thieu_so",
}
"""The fields of the figures of delegates, planned and actual."""
FEBRUARY = Month(2015, 2)
UNIT = load_campaign().units[1]
RESULTS = {
    "tap_the": "bieu_duong_tap_the",
    "ca_nhan": "bieu_duong_ca_nhan",
    "duoc_bau": "bau_dai_bieu",
}


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def typed(campaign):
    return {u.code: typed_by(n, u) for n, u in enumerate(campaign.units_in(MONTH))}


@pytest.fixture(scope="module")
def report(campaign):
    return varied_month(campaign)


@pytest.fixture(scope="module")
def figures(campaign, report):
    return month_figures(campaign, report)


def totals_of(campaign, *units, until=None):
    """Return the figures by id over these units' reports; those to date of the latest."""
    report = month_report(units)
    report = report if until is None else replace(report, received_until=until)
    figures = month_figures(campaign, report)
    return {one.id: figures.total(one.id).value for one in campaign.figures.all}


def silent(before, state=UnitState.MISSING):
    """Return a unit that sent nothing this month, after what it sent before."""
    return UnitReport(unit=before.unit, state=state, earlier=before, silent=1)


def added(typed, field, *, stages):
    """Add up a field over the units in these stages."""
    return sum(
        answers.get(field, 0)
        for answers in typed.values()
        if answers and answers["trang_thai"] in stages
    )


@pytest.mark.parametrize(("id_", "field"), FIGURES.items())
def test_planned_and_actual_delegates_add_up(figures, typed, id_, field):
    has_plan, done = ("Đã có kế hoạch", "Đã tổ chức"), ("Đã tổ chức",)
    assert figures.total(f"{id_}_kh").value == added(typed, f"{field}_kh", stages=has_plan)
    assert figures.total(id_).value == added(typed, f"{field}_th", stages=done)


@pytest.mark.parametrize(("id_", "field"), RESULTS.items())
def test_results_of_the_conferences_add_up(figures, typed, id_, field):
    assert figures.total(id_).value == added(typed, field, stages=("Đã tổ chức",))


def test_stages_and_states_are_counted_by_group_and_superior(figures, campaign, typed):
    units = campaign.units_in(MONTH)
    counted = Counter(
        unit.parent
        for unit in units
        if unit.parent and typed[unit.code] and typed[unit.code]["trang_thai"] == "Đã tổ chức"
    )
    by_parent = figures.units_by_parent.items()
    held_below = {code: figures.total("da_to_chuc", units).value for code, units in by_parent}
    assert {code: number for code, number in held_below.items() if number} == counted
    silent = sum(1 for answers in typed.values() if answers is None)
    assert figures.total("chua_gui").value == silent
    assert figures.total("da_gui").value == len(units) - silent
    by_group = (figures.total("don_vi", codes).value for codes in figures.units_by_group.values())
    assert sum(by_group) == figures.total("don_vi").value == len(units)


def test_findings_and_unknown_outcomes_are_counted_apart(figures, report):
    found = Counter(f.severity for unit in report.units for f in unit.findings)
    counted = {
        Severity.VIOLATION: "chua_dung", Severity.WARNING: "can_giai_trinh",
        Severity.NOTICE: "luu_y", Severity.ARITHMETIC: "sai_so_hoc", Severity.READING: "loi_so_lieu",
    }  # fmt: skip
    assert {s: n for s, id_ in counted.items() if (n := figures.total(id_).value)} == found
    ends = Counter(o.outcome for unit in report.units for o in unit.outcomes)
    assert figures.total("chua_du_so_lieu").value == ends[OutcomeKind.UNKNOWN]


def test_a_required_figure_left_blank_is_missing_and_not_zero(campaign):
    unit = campaign.units[1]
    answers = {k: v for k, v in held(date(2015, 3, 1), 90, 60, 30).items() if k != "dien_hinh_th"}
    month = month_report([unit_report(campaign, unit, answers)])
    assert month_figures(campaign, month).by_id["dien_hinh"].by_unit[unit.code].value is None
    assert "dien_hinh_th" in {value.field for value in missing_values(campaign, month)}


def test_a_missing_value_stands_once_with_all_its_rules(campaign, report):
    missing = missing_values(campaign, report)
    keys = [(value.unit, value.field) for value in missing]
    assert len(keys) == len(set(keys)) > 0
    assert all(value.label and value.rules for value in missing)


@pytest.mark.parametrize(
    ("until", "answers", "overdue", "past_plan"),
    [
        (datetime(2015, 3, 31, 23), planned(date(2015, 3, 31), 90, 60, 30), 0, 0),
        (datetime(2015, 4, 1, 8), planned(date(2015, 3, 31), 90, 60, 30), 1, 1),
        (datetime(2015, 4, 1, 8), {"trang_thai": "Chưa có kế hoạch"}, 1, 0),
        (datetime(2015, 4, 1, 8), {"trang_thai": "Không tổ chức"}, 0, 0),
        (datetime(2015, 4, 1, 8), held(date(2015, 3, 31), 90, 60, 30), 0, 0),
        (datetime(2015, 4, 1, 8), {}, 0, 0),  # what it did not say is not known
        (datetime(2015, 4, 1, 8), None, 0, 0),
    ],
)
def test_a_conference_is_overdue_by_a_report_of_the_day_after_its_window(
    campaign, until, answers, overdue, past_plan
):
    unit = next(u for u in campaign.units if u.level == "base")
    report = replace(unit_report(campaign, unit, answers), received=until)
    totals = totals_of(campaign, report, until=until)
    assert (totals["qua_thoi_gian"], totals["qua_ngay_du_kien"]) == (overdue, past_plan)


def test_what_a_report_of_before_leaves_open_is_not_overdue(campaign):
    unit = next(u for u in campaign.units if u.level == "base")
    then = unit_report(campaign, unit, planned(date(2015, 3, 20), 90, 60, 30))  # came on 19 March
    now = replace(unit_report(campaign, unit), earlier=then)
    sent = replace(now, state=UnitState.UNUSABLE, hindrance=Hindrance.PICTURE)
    for one, past_plan in ((now, 1), (sent, 0)):
        until = datetime(2015, 4, 1, 8)
        totals = totals_of(campaign, one, until=until)
        assert (totals["qua_thoi_gian"], totals["qua_ngay_du_kien"]) == (0, past_plan)
        # nor is it known not to be: what stands is of before
        for moment, unknown in ((until, 1), (datetime(2015, 3, 31, 23), 0)):
            month = replace(month_report([one]), received_until=moment)
            assert month_figures(campaign, month).total("qua_thoi_gian").unknown == unknown


@pytest.mark.parametrize("state", [UnitState.EMPTY, UnitState.UNUSABLE, UnitState.NOT_REQUIRED])
def test_a_report_that_does_not_count_gives_no_figures(campaign, state):
    unit = campaign.units[1]
    sent = unit_report(campaign, unit, held(date(2015, 3, 1), 90, 60, 30), state=state)
    totals = totals_of(campaign, sent)
    assert (totals["da_gui"], totals["da_to_chuc"], totals["dai_bieu"]) == (0, 0, 0)
    assert totals["phai_gui"] == (state is not UnitState.NOT_REQUIRED)
    assert verdict(sent) is Verdict.NO_REPORT


# --- the month and to date ------------------------------------------------------------------


def test_a_silent_unit_counts_to_date_with_its_last_report_and_not_in_the_month(campaign):
    before = unit_report(campaign, UNIT, held(date(2015, 2, 3), 90, 63, 27), month=FEBRUARY)
    (now,) = month_report([silent(before)]).units
    totals = totals_of(campaign, now)
    keys = ("phai_gui", "da_gui", "co_so_lieu", "phai_to_chuc", "da_to_chuc", "dai_bieu")
    assert [totals[key] for key in keys] == [1, 0, 1, 1, 1, 90]
    line = unit_lines(campaign, month_report([now]))[UNIT.code]
    assert (line.of_month, line.stage, line.held_day) == (
        date(2015, 2, 1), Stage.HELD, date(2015, 2, 3)
    )  # fmt: skip


def test_requests_are_those_of_the_months_report_and_none_is_no_request(campaign):
    asks = held(date(2015, 2, 3), 90, 63, 27, kien_nghi="Đề nghị cấp kinh phí")
    before = unit_report(campaign, UNIT, asks, month=FEBRUARY)
    none = unit_report(campaign, UNIT, asks | {"kien_nghi": "Không có."})
    now = unit_report(campaign, UNIT, asks)
    said = [
        unit_lines(campaign, month_report([one]))[UNIT.code].requests
        for one in (silent(before), none, now)
    ]
    assert said == ["", "", "Đề nghị cấp kinh phí"]


def test_a_unit_that_need_not_report_any_more_still_counts_to_date(campaign):
    before = unit_report(campaign, UNIT, held(date(2015, 2, 3), 90, 63, 27), month=FEBRUARY)
    totals = totals_of(campaign, silent(before, UnitState.NOT_REQUIRED))
    keys = ("phai_gui", "phai_to_chuc", "da_to_chuc")
    assert [totals[key] for key in keys] == [0, 1, 1]


def test_never_reported_counts_units_that_must_and_never_did(campaign):
    first, second, third = campaign.units[1:4]
    before = unit_report(campaign, second, held(date(2015, 2, 3), 90, 63, 27), month=FEBRUARY)
    units = [
        unit_report(campaign, first),
        silent(before),
        unit_report(campaign, third, state=UnitState.NOT_REQUIRED),
    ]
    assert totals_of(campaign, *units)["chua_tung_gui"] == 1


def test_an_accepted_explanation_takes_a_finding_out_of_its_severity(campaign):
    sent = unit_report(campaign, UNIT, held(date(2015, 3, 3), 210, 142, 68))
    grave = [f for f in sent.findings if f.severity is Severity.VIOLATION]
    waived = replace(sent, findings=tuple(replace(f, life=Life.WAIVED) for f in sent.findings))
    totals = totals_of(campaign, waived)
    assert grave
    ids = ("chua_dung", "can_giai_trinh", "luu_y", "sai_so_hoc", "loi_so_lieu")
    assert [totals[one] for one in ids] == [0] * len(ids)
    assert totals["chap_nhan"] == len(sent.findings)
    decided = tuple(o for o in sent.outcomes if o.outcome is not OutcomeKind.UNKNOWN)
    assert verdict(replace(waived, outcomes=decided)) is Verdict.WAIVED


def test_what_another_unit_owes_is_not_held_against_a_unit(campaign):
    sent = unit_report(campaign, UNIT, held(date(2015, 3, 3), 40, 28, 12))
    own = Outcome(rule="AMB29", outcome=OutcomeKind.UNKNOWN, missing=("ngay_hoi_nghi",))
    alone = replace(sent, findings=(), outcomes=(own,))
    assert verdict(alone) is Verdict.UNKNOWN
    waiting = replace(alone, outcomes=(replace(own, owed_by="106"),))
    assert verdict(waiting) is Verdict.PASS
    counted = [totals_of(campaign, one)["chua_du_so_lieu"] for one in (alone, waiting)]
    assert counted == [1, 0]
    (missing,), (owed,) = (
        missing_values(campaign, month_report([one])) for one in (alone, waiting)
    )
    assert (missing.unit, missing.waiting) == (UNIT.code, 0)
    assert (owed.unit, owed.waiting, owed.rules) == ("106", 1, ("AMB29",))
    (district,) = (unit for unit in campaign.units if unit.code == "106")
    awaited = UnitReport(unit=district, state=UnitState.NOT_YET_DUE)
    assert missing_values(campaign, month_report([waiting, awaited])) == ()


def test_what_a_silent_unit_owes_to_many_stands_once_beside_its_own_name(campaign):
    day = "Ngày Hội nghị của Huyện Mường Tè"
    owed = Outcome(rule="AMB29", outcome=OutcomeKind.UNKNOWN, missing=(day,), owed_by="107")
    communes = [unit for unit in campaign.units if unit.parent == "107"][:3]
    sent = [unit_report(campaign, one, held(date(2015, 3, 3), 40, 28, 12)) for one in communes]
    waiting = [replace(one, findings=(), outcomes=(owed,)) for one in sent]
    report = month_report([unit_report(campaign, campaign.unit("107")), *waiting])
    rows = rows_of(build_workbook(campaign, report).content, "Nội dung cần xem xét")
    said = [(row["Đơn vị"], row["Nội dung"], row["Mã căn cứ"]) for row in rows if row["Đơn vị"]]
    title = "hội nghị cơ sở trước Hội nghị của cấp trên"
    assert said == [
        (
            "Huyện Mường Tè",
            f"Chưa báo cáo “{day}” nên chưa rà soát được 3 đơn vị trực thuộc: {title}",
            "AMB29",
        )
    ]


def test_a_conference_on_a_day_that_is_yet_to_come_is_not_counted_as_held(campaign):
    sent = unit_report(campaign, UNIT, held(date(2015, 3, 3), 40, 28, 12))
    to_come = Finding(
        unit=UNIT.code, month=Month(2015, 3), severity=Severity.READING, code="O5f", message=""
    )
    for findings, is_held in (
        ((), 1),
        ((to_come,), 0),
        ((replace(to_come, life=Life.WAIVED),), 1),
    ):
        totals = totals_of(campaign, replace(sent, findings=findings))
        assert (totals["da_to_chuc"], totals["qua_thoi_gian"]) == (is_held, 0)


def test_verdicts_stand_in_the_order_in_which_findings_are_told():
    severities = [one for one in Verdict if one in set(map(str, GRAVEST_FIRST))]
    assert severities == list(map(str, GRAVEST_FIRST))
