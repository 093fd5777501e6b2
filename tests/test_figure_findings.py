from __future__ import annotations

from dataclasses import replace

import pytest
from month_sample import month_report, unit_report

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.findings import CommonFault, common_faults, lives_by
from tdkt_batch.model import Finding, Life, Month, Outcome, OutcomeKind, Severity
from tdkt_batch.report import UnitReport, UnitState

CAMPAIGN = load_campaign()
MARCH = Month(2015, 3)


def finding(unit, code="A4", **others):
    return Finding(
        unit=unit.code, month=MARCH, severity=Severity.WARNING, code=code, message="…", **others
    )


def a_unit(number, ends, codes=(), state=UnitState.ON_TIME):
    """Return a unit with outcomes by rule and findings by code."""
    unit = CAMPAIGN.units[number]
    outcomes = tuple(Outcome(rule=rule, outcome=end) for rule, end in ends.items())
    found = tuple(finding(unit, code) for code in codes)
    return UnitReport(unit=unit, state=state, outcomes=outcomes, findings=found)


def month_of(failing, passing, unconcerned=0):
    kinds = [OutcomeKind.FAIL] * failing + [OutcomeKind.PASS] * passing
    kinds += [OutcomeKind.NOT_APPLICABLE] * unconcerned
    return month_report(
        [
            a_unit(n, {"A4": kind}, ["A4"] if kind is OutcomeKind.FAIL else [])
            for n, kind in enumerate(kinds)
        ]
    )


@pytest.mark.parametrize(
    ("failing", "passing", "unconcerned", "is_common"),
    [
        (5, 5, 0, True),
        (5, 5, 30, True),
        (5, 6, 0, False),
        (4, 0, 0, False),
        (6, 0, 0, True),
    ],
)
def test_a_fault_is_common_from_half_of_the_units_concerned_and_five_on(
    failing, passing, unconcerned, is_common
):
    found = common_faults(CAMPAIGN, month_of(failing, passing, unconcerned))
    assert found == ((CommonFault("A4", failing, failing + passing),) if is_common else ())


def test_a_fault_of_reading_concerns_every_unit_that_reported():
    readings = [a_unit(n, {}, ["DL01"] if n < 5 else []) for n in range(10)]
    silent = [unit_report(CAMPAIGN, unit) for unit in CAMPAIGN.units[10:40]]
    assert common_faults(CAMPAIGN, month_report([*readings, *silent])) == (
        CommonFault("DL01", 5, 10),
    )
    more = [*readings, a_unit(41, {})]
    assert common_faults(CAMPAIGN, month_report(more)) == ()


def test_findings_are_counted_by_life_with_the_mended_ones_and_the_longest_open():
    unit = CAMPAIGN.units[1]
    lives = [Life.NEW, Life.OPEN, Life.OPEN, Life.REOPENED, Life.WAIVED]
    found = tuple(
        finding(unit, f"A{n}", life=life, months_open=n) for n, life in enumerate(lives, start=1)
    )
    gone = (finding(unit, "B1", months_open=9), finding(unit, "B2"))
    one = replace(a_unit(1, {}), findings=found, gone=gone)
    counted = lives_by(month_report([one]), lambda report, _: report.unit.name)[unit.name]
    expected = {Life.NEW: 1, Life.OPEN: 2, Life.REOPENED: 1, Life.WAIVED: 1, Life.FIXED: 2}
    assert dict(counted.counts) == expected
    assert (counted.standing, counted.longest) == (4, 4)


def test_forms_that_nobody_looked_at_speak_against_no_form():
    units = []
    for number in range(6):
        unit = CAMPAIGN.units_in(MARCH)[number]
        report = unit_report(CAMPAIGN, unit, {"trang_thai": "Chưa có kế hoạch"})
        units.append(replace(report, findings=(finding(unit, "O5i"),), outcomes=()))
    assert common_faults(CAMPAIGN, month_report(units)) == ()
    ticked = [
        replace(one, submission=replace(one.submission, values={
            **one.submission.values,
            "khong_thay_doi": replace(one.submission.values["khong_thay_doi"], value=True, raw="x"),
        }))
        for one in units
    ]  # fmt: skip
    assert common_faults(CAMPAIGN, month_report(ticked)) == (CommonFault("O5i", 6, 6),)
