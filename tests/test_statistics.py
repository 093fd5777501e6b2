"""The month's figures, each total recomputed by plain Python from what the units typed."""

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
    with_past,
)
from said_of_units import rows_of

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.statistics import COUNTED, OF_THE_MONTH, joined, summarise
from tdkt_batch.figures.unit_figures import Verdict, verdict
from tdkt_batch.model import GRAVEST_FIRST, Finding, Life, Month, Outcome, OutcomeKind, Severity
from tdkt_batch.report import Hindrance, UnitReport, UnitState
from tdkt_batch.summary.workbook import build_workbook

FIGURES = {
    "total": "tong_dai_bieu",
    "exemplary": "dien_hinh",
    "guests": "khach_moi_lanh_dao",
    "women": "nu",
    "minorities": "dan_toc_thieu_so",
}
FEBRUARY = Month(2015, 2)
UNIT = load_campaign().units[1]
HONOURS = {
    "collectives": "bieu_duong_tap_the",
    "individuals": "bieu_duong_ca_nhan",
    "elected": "bau_dai_bieu",
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
def statistics(campaign, report):
    return summarise(campaign, report)


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


@pytest.mark.parametrize(("role", "field"), FIGURES.items())
def test_planned_and_actual_delegates_add_up(statistics, typed, role, field):
    overall = statistics.overall
    has_plan, done = ("Đã có kế hoạch", "Đã tổ chức"), ("Đã tổ chức",)
    assert overall[f"planned_{role}"] == added(typed, f"{field}_kh", stages=has_plan)
    assert overall[f"actual_{role}"] == added(typed, f"{field}_th", stages=done)


@pytest.mark.parametrize(("role", "field"), HONOURS.items())
def test_results_of_the_conferences_add_up(statistics, typed, role, field):
    assert statistics.overall[role] == added(typed, field, stages=("Đã tổ chức",))


def test_stages_and_states_are_counted_by_group_and_superior(statistics, campaign, typed):
    units = campaign.units_in(MONTH)
    counted = Counter(
        unit.parent
        for unit in units
        if unit.parent and typed[unit.code] and typed[unit.code]["trang_thai"] == "Đã tổ chức"
    )
    assert {k: v for k, v in statistics.by_parent["stage_held"].items() if v} == counted
    silent = sum(1 for answers in typed.values() if answers is None)
    assert statistics.overall["state_missing"] == silent
    assert statistics.overall["reported"] == len(units) - silent
    assert statistics.by_group["units"].sum() == statistics.overall["units"] == len(units)


def test_findings_and_unknown_outcomes_are_counted_apart(statistics, report):
    found = Counter(f.severity for unit in report.units for f in unit.findings)
    assert {s: statistics.overall[s] for s in Severity if found[s]} == found
    ends = Counter(o.outcome for unit in report.units for o in unit.outcomes)
    assert statistics.overall["unknown"] == ends[OutcomeKind.UNKNOWN]


def test_a_required_figure_left_blank_is_missing_and_not_zero(campaign):
    unit = campaign.units[1]
    answers = {k: v for k, v in held(date(2015, 3, 1), 90, 60, 30).items() if k != "dien_hinh_th"}
    statistics = summarise(campaign, month_report([unit_report(campaign, unit, answers)]))
    assert statistics.lines[unit.code]["actual_exemplary"] is None
    assert "dien_hinh_th" in {value.field for value in statistics.missing}


def test_a_missing_value_stands_once_with_all_its_rules(statistics):
    keys = [(value.unit, value.field) for value in statistics.missing]
    assert len(keys) == len(set(keys))
    assert all(value.label and value.rules for value in statistics.missing)


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
    month = replace(month_report([report]), received_until=until)
    overall = summarise(campaign, month).overall
    assert (overall["overdue"], overall["past_plan"]) == (overdue, past_plan)


def test_what_a_report_of_before_leaves_open_is_not_overdue(campaign):
    unit = next(u for u in campaign.units if u.level == "base")
    then = unit_report(campaign, unit, planned(date(2015, 3, 20), 90, 60, 30))  # came on 19 March
    now = replace(unit_report(campaign, unit), earlier=then)
    sent = replace(now, state=UnitState.UNUSABLE, hindrance=Hindrance.PICTURE)
    for one, past_plan in ((now, 1), (sent, 0)):
        month = replace(month_report([one]), received_until=datetime(2015, 4, 1, 8))
        overall = summarise(campaign, month.to_date()).overall
        assert (overall["overdue"], overall["past_plan"]) == (0, past_plan)


@pytest.mark.parametrize("state", [UnitState.EMPTY, UnitState.UNUSABLE, UnitState.NOT_REQUIRED])
def test_a_report_that_does_not_count_gives_no_figures(campaign, state):
    unit = campaign.units[1]
    sent = unit_report(campaign, unit, held(date(2015, 3, 1), 90, 60, 30), state=state)
    overall = summarise(campaign, month_report([sent])).overall
    assert (overall["reported"], overall["stage_held"], overall["actual_total"]) == (0, 0, 0)
    assert overall["required"] == (state is not UnitState.NOT_REQUIRED)
    assert verdict(sent) is Verdict.NO_REPORT


def test_the_parts_of_the_exemplary_and_of_the_guests_are_the_lines_below_them(
    campaign, statistics
):
    assert list(statistics.part_labels) == [
        "dh_cong_nhan", "dh_nong_dan", "dh_truc_tiep", "dh_nghien_cuu", "dh_lao_dong_gioi",
        "dh_nguoi_tot", "khach_moi", "lanh_dao",
    ]  # fmt: skip


# --- the month and to date ------------------------------------------------------------------


def test_a_silent_unit_counts_to_date_with_its_last_report_and_not_in_the_month(campaign):
    before = unit_report(campaign, UNIT, held(date(2015, 2, 3), 90, 63, 27), month=FEBRUARY)
    report = month_report([silent(before)])
    month, to_date = summarise(campaign, report), summarise(campaign, report.to_date())
    keys = ("required", "reported", "expected", "stage_held", "actual_total")
    assert [month.overall[key] for key in keys] == [1, 0, 1, 0, 0]
    assert [to_date.overall[key] for key in keys] == [1, 1, 1, 1, 90]
    assert to_date.lines[UNIT.code]["of_month"] == date(2015, 2, 1)
    assert month.lines[UNIT.code]["of_month"] is None


def test_a_unit_that_need_not_report_any_more_still_counts_to_date(campaign):
    before = unit_report(campaign, UNIT, held(date(2015, 2, 3), 90, 63, 27), month=FEBRUARY)
    report = month_report([silent(before, UnitState.NOT_REQUIRED)])
    to_date = summarise(campaign, report.to_date()).overall
    assert [to_date[key] for key in ("required", "expected", "stage_held")] == [0, 1, 1]


def test_never_reported_counts_units_that_must_and_never_did(campaign):
    first, second, third = campaign.units[1:4]
    before = unit_report(campaign, second, held(date(2015, 2, 3), 90, 63, 27), month=FEBRUARY)
    units = [
        unit_report(campaign, first),
        silent(before),
        unit_report(campaign, third, state=UnitState.NOT_REQUIRED),
    ]
    assert summarise(campaign, month_report(units)).overall["never_reported"] == 1


def test_an_accepted_explanation_takes_a_finding_out_of_its_severity(campaign):
    sent = unit_report(campaign, UNIT, held(date(2015, 3, 3), 210, 142, 68))
    grave = [f for f in sent.findings if f.severity is Severity.VIOLATION]
    waived = replace(sent, findings=tuple(replace(f, life=Life.WAIVED) for f in sent.findings))
    line = summarise(campaign, month_report([waived])).lines[UNIT.code]
    assert grave
    assert [line[one] for one in Severity] == [0] * len(Severity)
    assert line["waived"] == len(sent.findings)
    decided = tuple(o for o in sent.outcomes if o.outcome is not OutcomeKind.UNKNOWN)
    assert verdict(replace(waived, outcomes=decided)) is Verdict.WAIVED


def test_what_another_unit_owes_is_not_held_against_a_unit(campaign):
    sent = unit_report(campaign, UNIT, held(date(2015, 3, 3), 40, 28, 12))
    own = Outcome(rule="AMB29", outcome=OutcomeKind.UNKNOWN, missing=("ngay_hoi_nghi",))
    alone = replace(sent, findings=(), outcomes=(own,))
    assert verdict(alone) is Verdict.UNKNOWN
    waiting = replace(alone, outcomes=(replace(own, owed_by="106"),))
    assert verdict(waiting) is Verdict.PASS
    counted = [summarise(campaign, month_report([one])) for one in (alone, waiting)]
    assert [one.lines[UNIT.code]["unknown"] for one in counted] == [1, 0]
    (missing,), (owed,) = (one.missing for one in counted)
    assert (missing.unit, missing.waiting) == (UNIT.code, 0)
    assert (owed.unit, owed.waiting, owed.rules) == ("106", 1, ("AMB29",))


def test_what_a_silent_unit_owes_to_many_stands_once_beside_its_own_name(campaign):
    day = "Ngày Hội nghị của Huyện Mường Tè"
    owed = Outcome(rule="AMB29", outcome=OutcomeKind.UNKNOWN, missing=(day,), owed_by="107")
    communes = [unit for unit in campaign.units if unit.parent == "107"][:3]
    sent = [unit_report(campaign, one, held(date(2015, 3, 3), 40, 28, 12)) for one in communes]
    waiting = [replace(one, findings=(), outcomes=(owed,)) for one in sent]
    report = month_report([unit_report(campaign, campaign.unit("107")), *waiting])
    month = summarise(campaign, report)
    rows = rows_of(build_workbook(campaign, report, month, month).content, "Nội dung cần xem xét")
    said = [(row["Đơn vị"], row["Nội dung"], row["Mã căn cứ"]) for row in rows if row["Đơn vị"]]
    assert said == [
        (
            "Huyện Mường Tè",
            f"Chưa đủ số liệu: thiếu {day} – ảnh hưởng AMB29 của 3 đơn vị trực thuộc",
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
        line = summarise(campaign, month_report([replace(sent, findings=findings)])).lines
        assert line[UNIT.code]["stage_held"] == is_held
        assert line[UNIT.code]["overdue"] == 0


def test_joined_figures_take_reporting_from_the_month_and_the_rest_to_date(campaign):
    report = with_past(varied_month(campaign), {})
    month, to_date = summarise(campaign, report), summarise(campaign, report.to_date())
    both = joined(month, to_date)
    for column in COUNTED:
        source = month if column in OF_THE_MONTH else to_date
        assert both.overall[column] == source.overall[column], column
        assert both.by_group[column].sum() == source.overall[column], column
    assert month.overall["stage_held"] < to_date.overall["stage_held"]


def test_figures_keep_the_totals_of_the_province_and_of_its_groups(statistics):
    figures = statistics.figures()
    assert {key: value for key, value in figures.items() if ":" not in key} == dict(
        statistics.overall
    )
    held_by_group = [v for key, v in figures.items() if key.startswith("stage_held:")]
    assert sum(held_by_group) == figures["stage_held"]


def test_verdicts_stand_in_the_order_in_which_findings_are_told():
    severities = [one for one in Verdict if one in set(map(str, GRAVEST_FIRST))]
    assert severities == list(map(str, GRAVEST_FIRST))
