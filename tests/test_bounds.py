"""What cannot be true is asked before it is added, and told apart until it is confirmed."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st
from month_sample import MONTH, held, month_report, unit_report, write_workbook
from openpyxl import load_workbook

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.rule import RuleScope
from tdkt_batch.control.listing import Listing
from tdkt_batch.control.write import write_control
from tdkt_batch.figures.apart import doubts
from tdkt_batch.figures.laws import check_laws
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.model import Decision, DecisionKind, Life
from tdkt_batch.rules.decisions import answered
from tdkt_batch.trace.totals import trace_total

CAMPAIGN = load_campaign()
COMMUNES = [unit for unit in CAMPAIGN.units if unit.kind == "xã"]
DAY = date(2015, 3, 3)


def commune(total: int, **others):
    """Return what a commune of 20 types that held a conference of all."""
    guests, exemplary = 20, 60
    rest = {"thanh_phan_khac_kh": 22, "thanh_phan_khac_th": max(total - guests - exemplary, 0)}
    typed = held(DAY, 102, exemplary, guests, loai_hoi_nghi="Toàn thể", so_cbccvc_nld=20)
    return typed | rest | {"tong_dai_bieu_th": total} | others


def month_of(*typed):
    units = zip(COMMUNES, typed, strict=False)
    return month_report([unit_report(CAMPAIGN, unit, one) for unit, one in units])


def confirmed(report):
    """Return the report with every finding that withholds figures accepted by the board."""
    return confirmed_only(report, *(rule.id for rule in CAMPAIGN.rules if rule.withholds))


def confirmed_only(report, *codes):

    def decided(one):
        decisions = [
            Decision(
                kind=DecisionKind.ACCEPTED,
                unit=found.unit,
                month=MONTH,
                code=found.code,
                field=found.field,
                given=found.given,
                approver="Vàng Thị Mỷ",
            )
            for found in one.findings
            if found.code in codes
        ]
        return replace(one, findings=answered(one.findings, one.submission, decisions, MONTH))

    return replace(report, units=tuple(map(decided, report.units)))


def totals(report, id_="dai_bieu"):
    figures = month_figures(CAMPAIGN, report)
    check_laws(figures)
    return figures.total(id_)


def apart_of(report, name):
    """Return what `trace --total` tells as not added."""
    inputs = SimpleNamespace(decisions=())
    published = SimpleNamespace(campaign=CAMPAIGN, report=report, inputs=inputs, as_read={})
    return trace_total(published, name).apart


# --- the case that was found ------------------------------------------------------------------


def test_a_commune_of_20_does_not_add_9102_delegates():
    total = totals(month_of(commune(102), commune(9_102), commune(90)))
    assert (total.value, total.given, total.counted) == (192, 2, 3)
    assert (total.apart, total.apart_units) == (9_102, 1)


def test_what_stands_apart_is_named_with_cell_and_bound():
    (doubt,) = doubts(CAMPAIGN, month_of(commune(102), commune(9_102)))
    found = doubt.finding
    assert (doubt.unit, found.code, str(found.severity)) == (COMMUNES[1], "A7e", "reading")
    assert (found.given, found.expected) == ("9.102 đại biểu", "không quá 600 đại biểu")
    assert found.sheet
    assert found.cell


def test_a_trace_gives_the_cell_of_the_figure_that_was_asked_for():
    report = month_of(commune(9_102))
    values = report.units[0].submission.values
    for name, field in (("Đại biểu nữ", "nu_th"), ("dai_bieu", "tong_dai_bieu_th")):
        (one,) = apart_of(report, name)
        assert one.read is values[field]
    assert values["nu_th"].cell != values["tong_dai_bieu_th"].cell


def test_share_and_total_are_of_the_same_units():
    right = month_of(commune(102), commune(90))
    wrong = month_of(commune(102), commune(90), commune(9_102))
    for id_ in ("dai_bieu", "dien_hinh", "khach_moi_lanh_dao", "thanh_phan_khac"):
        assert totals(wrong, id_).value == totals(right, id_).value


def test_what_cannot_be_true_is_no_breach_of_the_guidance():
    typed = commune(9_102, loai_hoi_nghi="Đại biểu", so_cbccvc_nld=400, thanh_phan_khac_th=0)
    (unit,) = month_of(typed | {"dien_hinh_th": 9_082}).units
    assert [str(f.severity) for f in unit.findings if f.code in ("A4", "A5")] == []


def test_a_plan_that_cannot_be_true_is_apart_beside_a_result_that_counts():
    report = month_of(commune(102, tong_dai_bieu_kh=1_020))
    assert (totals(report, "dai_bieu_kh").apart, totals(report, "dai_bieu").value) == (1_020, 102)


def test_more_women_than_delegates_leave_the_other_figures_alone():
    report = month_of(commune(102, nu_th=103))
    assert (totals(report, "nu").apart, totals(report, "dai_bieu").value) == (103, 102)


def test_lawful_units_are_not_asked():
    lawful = [
        commune(599, so_cbccvc_nld=299),
        held(DAY, 200, 140, 60, loai_hoi_nghi="Đại biểu", so_cbccvc_nld=2_000),
    ]
    assert doubts(CAMPAIGN, month_of(*lawful)) == ()


def test_what_the_board_confirmed_is_added():
    report = confirmed(month_of(commune(102), commune(9_102)))
    assert (totals(report).value, totals(report).apart) == (9_204, 0)
    assert doubts(CAMPAIGN, report) == ()


def test_what_is_confirmed_but_kept_out_by_another_fault_stays_said_with_the_reason():
    """The board confirms 9.102 delegates of a conference that is yet to come by its letter."""
    future = {"ngay_hoi_nghi_th": date(2015, 6, 30), "ngay_cong_van": date(2015, 3, 10)}
    report = confirmed_only(month_of(commune(102), commune(9_102, **future)), "A7e")
    assert (totals(report).value, totals(report).apart) == (102, 9_102)
    assert [one.finding.code for one in apart_of(report, "dai_bieu")] == ["O5b"]
    assert totals(report, "dh_cong_nhan").apart_units == 0
    (doubt,) = doubts(CAMPAIGN, report)
    assert (doubt.finding.code, doubt.because.code) == ("A7e", "O5b")
    assert "; còn O5b nên chưa cộng" in doubt.in_words(CAMPAIGN)
    # nothing waits for the officer any more but the fault itself
    listing = Listing(CAMPAIGN, report, ())
    assert [one.cells["code"] for one in listing.waiting] == []
    assert doubts(CAMPAIGN, confirmed(report)) == ()


# --- where it is read -------------------------------------------------------------------------


def rows_of(content: bytes, sheet: str) -> list[list[str]]:
    rows = load_workbook(io.BytesIO(content)).worksheets
    (found,) = [one for one in rows if one.title == sheet]
    return [
        [str(value) for value in row if value is not None]
        for row in found.iter_rows(values_only=True)
    ]


def test_the_book_tells_it_once_in_words_and_once_beside_the_figure():
    report = month_of(commune(102), commune(9_102))
    content = write_workbook(CAMPAIGN, report)
    overview = [text for row in rows_of(content, "Tổng hợp") for text in row]
    (lead,) = [text for text in overview if "Chưa cộng vào số liệu chung" in text]
    assert "9.102 đại biểu; có thể có không quá 600 đại biểu" in lead
    (note,) = [text for text in overview if "chưa cộng: 1 đơn vị, 9.102 người" in text]
    assert note
    amounts = rows_of(content, "Số liệu")
    assert any("Chưa cộng, chờ xác nhận" in row and "9102" in row for row in amounts)


def test_the_decision_book_waits_for_the_officer_and_no_longer_once_decided():
    report = month_of(commune(9_102))
    waiting = rows_of(
        write_control(CAMPAIGN, report, Listing(CAMPAIGN, report, []), []), "Cần quyết định"
    )
    (row,) = [row for row in waiting if "A7e" in row]
    assert any("chọn Chấp nhận thì cộng" in text for text in row)
    decided = [f.decision for f in confirmed(report).units[0].findings if f.decision]
    report = confirmed(report)
    after = write_control(CAMPAIGN, report, Listing(CAMPAIGN, report, decided), [])
    (row,) = [row for row in rows_of(after, "Giải trình của đơn vị") if "A7e" in row]
    assert "Chấp nhận" in row
    assert not any("chọn Chấp nhận thì cộng" in text for text in row)


# --- laws over any month ----------------------------------------------------------------------

FIGURES = st.integers(0, 1_300) | st.sampled_from((0, 7, 90, 102, 600, 601, 9_102, 99_999))
TYPED = st.builds(
    commune,
    FIGURES,
    dien_hinh_th=FIGURES,
    nu_th=FIGURES,
    tong_dai_bieu_kh=FIGURES,
    bau_dai_bieu=FIGURES,
    bieu_duong_ca_nhan=FIGURES,
    bieu_duong_ho_gia_dinh=FIGURES,
    bieu_duong_tap_the=FIGURES,
)


@settings(max_examples=15, deadline=None)
@given(typed=st.lists(TYPED, min_size=1, max_size=4), chance=st.randoms(use_true_random=False))
def test_a_figure_is_added_or_apart_and_never_both(typed, chance: random.Random):
    report = month_of(*typed)
    as_sent = month_figures(CAMPAIGN, confirmed(report))
    figures = month_figures(CAMPAIGN, report)
    check_laws(figures)
    for id_, one in figures.by_id.items():
        if one.apart and not one.figure.rules:
            assert one.total().value + one.total().apart == as_sent.total(id_).value
            assert as_sent.total(id_).apart == 0
    # the order in which units stand changes nothing
    units = list(report.units)
    chance.shuffle(units)
    again = month_figures(CAMPAIGN, replace(report, units=tuple(units)))
    assert {id_: one.total() for id_, one in again.by_id.items()} == {
        id_: one.total() for id_, one in figures.by_id.items()
    }


@settings(max_examples=10, deadline=None)
@given(typed=st.lists(TYPED, min_size=2, max_size=4))
def test_no_unit_stands_apart_because_of_another(typed):
    together = month_figures(CAMPAIGN, month_of(*typed))
    for number in range(len(typed)):
        code = COMMUNES[number].code
        alone = month_report([unit_report(CAMPAIGN, COMMUNES[number], typed[number])])
        for id_, one in month_figures(CAMPAIGN, alone).by_id.items():
            assert one.apart.get(code) == together.by_id[id_].apart.get(code)
            assert one.known.get(code) == together.by_id[id_].known.get(code)


def test_each_rule_that_withholds_figures_is_a_fault_of_data():
    grades = {rule.id: rule.severities for rule in CAMPAIGN.rules if rule.withholds}
    assert {"A7c", "A7d", "A7e", "A7f", "A7g", "P6c", "P7d"} <= grades.keys()
    for severities in grades.values():
        assert all(severity.is_of_data for severity in severities)
    of_form = {rule.id for rule in CAMPAIGN.rules if rule.scope is RuleScope.FORM}
    assert grades.keys() - of_form == {"O5f"}


def test_a_confirmation_holds_for_what_was_given_alone():
    report = confirmed(month_of(commune(9_102)))
    (unit,) = report.units
    assert [f.life for f in unit.findings if f.code == "A7e"] == [Life.WAIVED]
    (other,) = month_of(commune(9_103)).units
    decision = next(f.decision for f in unit.findings if f.code == "A7e")
    assert decision is not None
    still = answered(other.findings, other.submission, [replace(decision, month=MONTH)], MONTH)
    assert Life.WAIVED not in {f.life for f in still}
