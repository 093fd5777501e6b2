"""The cells that a unit is asked to write anew: of faults of data, and where a remedy asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from month_sample import held, unit_report

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.model import Life
from tdkt_batch.rules.asked_to_mend import asked_to_mend, cells_asked_about

CAMPAIGN = load_campaign()
COMMUNE = next(unit for unit in CAMPAIGN.units if unit.kind == "xã")
RESULTS = frozenset(
    ("ngay_hoi_nghi_th", "tong_dai_bieu_th", "dien_hinh_th", "bieu_duong_ca_nhan", "bau_dai_bieu")
)


def report_of(total=90, exemplary=70, **typed):
    given = held(date(2015, 3, 3), total, exemplary, 20, loai_hoi_nghi="Đại biểu")
    given |= {"bieu_duong_ca_nhan": 8, "bau_dai_bieu": 2, "so_cbccvc_nld": 400}
    return unit_report(CAMPAIGN, COMMUNE, given | typed)


def asked(report, findings=None):
    """Return which cells of the result the unit is asked to write anew."""
    found = report.findings if findings is None else findings
    return asked_to_mend(CAMPAIGN, report.submission, COMMUNE, found) & RESULTS


@pytest.mark.parametrize(
    ("typed", "code", "cells"),
    [
        ({"nu_th": 91}, "A7c", {"tong_dai_bieu_th"}),
        ({"bau_dai_bieu": 95}, "P7d", {"tong_dai_bieu_th", "bau_dai_bieu"}),
        ({"total": 250, "exemplary": 180}, "A4", set()),
        ({"bieu_duong_ca_nhan": 0}, "P6b", {"bieu_duong_ca_nhan"}),
    ],
    ids=["a fault of data", "what cannot be true", "a violation is explained", "what it is to add"],
)
def test_what_a_finding_asks_to_write_anew(typed, code, cells):
    report = report_of(**typed)
    own = tuple(one for one in report.findings if one.code == code)
    assert own
    assert asked(report, own) == cells


def test_what_the_board_accepted_is_asked_no_more():
    report = report_of(nu_th=91)
    waived = [replace(one, life=Life.WAIVED) for one in report.findings]
    assert asked(report, waived) == set()


def test_whom_the_officer_asks_is_asked_about_all_figures_of_officers():
    cells = cells_asked_about(CAMPAIGN, report_of().submission)
    assert {"tong_dai_bieu_th", "bau_dai_bieu", "bieu_duong_ca_nhan"} <= cells
