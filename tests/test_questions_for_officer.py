"""What an officer is asked before the book is published: notices that change no total."""

from __future__ import annotations

import ast
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median_low

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from month_sample import held, month_report, unit_report, with_past

import tdkt_batch
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.alike import person_of
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.figures.officer_questions import OfficerTopic
from tdkt_batch.figures.questions_for_officer import before_publishing, questions_for_officer
from tdkt_batch.figures.unusual import beside_peers
from tdkt_batch.vietnamese.writing import write_number

CAMPAIGN = load_campaign()
LIMITS = CAMPAIGN.figures.officer
assert LIMITS is not None
COMMUNES = [unit for unit in CAMPAIGN.units if unit.kind == "xã"]
DISTRICT = next(one for one in CAMPAIGN.units if one.code == COMMUNES[0].parent)
DAY = date(2015, 3, 3)
PAO = {"ho_ten": "Giàng A Páo", "nam_sinh": 1980, "gioi_tinh": "Nam", "dan_toc": "HMông"}


def commune(total: int, **others):
    """Return what a commune types that held a conference of delegates, all figures its own."""
    return held(DAY, total, total - 20, 20, loai_hoi_nghi="Đại biểu", so_cbccvc_nld=400) | others


def person(name: str, *, elected: bool = True, **others):
    return PAO | {"ho_ten": name, "duoc_bau": elected} | others


def month_of(*typed, rosters=(), units=COMMUNES):
    lists = [*rosters, *[()] * len(typed)]
    return month_report(
        [
            unit_report(CAMPAIGN, unit, one, {"danh_sach": rows})
            for unit, one, rows in zip(units, typed, lists, strict=False)
        ]
    )


def asked(report, *topics):
    """Return topic and units of each question, of these topics."""
    figures = month_figures(CAMPAIGN, report)
    return [
        (str(one.topic), [e.unit.code for e in one.evidence])
        for one in questions_for_officer(CAMPAIGN, report, figures)
        if one.topic in topics
    ]


def told(report, topic):
    figures = month_figures(CAMPAIGN, report)
    return [
        one.text for one in questions_for_officer(CAMPAIGN, report, figures) if one.topic is topic
    ]


# --- soft bounds ------------------------------------------------------------------------------


def test_a_figure_unlike_its_peers_is_told_with_the_comparison():
    usual = [commune(90 + number) for number in range(12)]
    (text,) = told(month_of(*usual, commune(500)), OfficerTopic.UNUSUAL)
    assert "Tổng số đại biểu 500, gấp 5 lần trung vị 95 của 12 đơn vị khác loại xã" in text


def test_few_peers_prove_nothing():
    usual = [commune(90 + number) for number in range(LIMITS.least_peers - 1)]
    assert told(month_of(*usual, commune(500)), OfficerTopic.UNUSUAL) == []


@pytest.mark.parametrize(
    ("value", "peers", "is_told"),
    [
        (300, [100] * 10, True),  # so many times the median, with no deviation at all
        (299, [100] * 10, False),
        (300, [100] * 9, False),
        (30, [100] * 10, True),
        (0, [100] * 10, False),  # none is no figure typed wrongly
        (12, [3] * 10, False),  # small numbers are far from each other by chance
        (300, [10, 40, 80, 100, 130, 170, 210, 250, 290, 330], False),  # peers differ by as much
    ],
)
def test_both_median_and_deviation_must_be_passed(value, peers, is_told):
    of_kind = sorted([*peers, value] if value else peers)
    assert bool(beside_peers(value, of_kind, LIMITS, "xã")) is is_told


@given(st.lists(st.integers(1, 400), min_size=1, max_size=24), st.data())
def test_a_figure_is_compared_with_all_others_of_its_kind(of_kind, data):
    value = data.draw(st.sampled_from([0, *of_kind]))
    others = sorted(of_kind)
    if value:
        others.remove(value)
    said = beside_peers(value, sorted(of_kind), LIMITS, "xã")
    if len(others) < LIMITS.least_peers:
        assert not said
        return
    middle = median_low(others)
    away = abs(value - middle)
    is_far = away > LIMITS.deviations * median_low([abs(one - middle) for one in others])
    times = LIMITS.times_of_median
    is_many = value >= times * middle or (value and value * times <= middle)
    assert bool(said) is bool(is_far and away >= LIMITS.least_difference and is_many)
    assert not said or f"trung vị {write_number(middle)} của {len(others)} đơn vị khác" in said


def test_a_figure_unlike_the_units_own_last_report_or_plan():
    report = month_of(commune(390, tong_dai_bieu_kh=100, dien_hinh_kh=80))
    (text,) = told(report, OfficerTopic.UNUSUAL)
    assert "gấp 3 lần kế hoạch của chính đơn vị (100)" in text
    code = COMMUNES[0].code
    full = {figure.id: {} for figure in CAMPAIGN.figures.all} | {"dai_bieu": {code: 39}}
    past = replace(with_past(report).past[-1], amounts=full)
    (text,) = told(replace(report, past=(past,)), OfficerTopic.UNUSUAL)
    assert "gấp 10 lần kỳ trước của chính đơn vị (39)" in text


def test_only_what_is_new_is_asked_about():
    usual = [commune(90 + number) for number in range(12)]
    report = month_of(*usual, commune(500))
    units = [replace(one, state="missing", earlier=one, submission=None) for one in report.units]
    assert questions_for_officer(
        CAMPAIGN, replace(report, units=tuple(units)), month_figures(CAMPAIGN, report)
    ) == tuple(
        one
        for one in questions_for_officer(CAMPAIGN, report, month_figures(CAMPAIGN, report))
        if one.topic is OfficerTopic.MOVERS
    )


# --- movers -----------------------------------------------------------------------------------


def test_the_largest_movers_of_a_total_are_named_with_cell_and_share():
    report = month_of(commune(100), commune(60), commune(240), commune(50), commune(70))
    figures = month_figures(CAMPAIGN, report)
    found = questions_for_officer(CAMPAIGN, report, figures)
    mover = next(one for one in found if one.text.startswith("Tổng số đại biểu, tổng 520"))
    assert [one.unit.code for one in mover.evidence] == [COMMUNES[i].code for i in (2, 0, 4)]
    assert "+240 (bằng 46,2% tổng)" in mover.text
    assert all(one.cell and one.sheet for one in mover.evidence)


def test_the_screen_names_the_heaviest_and_says_what_waits():
    usual = [commune(90 + number) for number in range(12)]
    report = month_of(*usual, commune(590))
    figures = month_figures(CAMPAIGN, report)
    found = questions_for_officer(CAMPAIGN, report, figures)
    said = before_publishing(CAMPAIGN, report, figures, found)
    assert any(COMMUNES[12].name[3:] in one and "+590" in one for one in said)
    assert said[-1].startswith("Có 1 trường hợp cần xem lại")
    assert len(said) <= 6


# --- what two units report alike --------------------------------------------------------------


def test_one_person_elected_in_two_communes_is_asked_whatever_case_and_tones():
    rosters = [person("Giàng A Páo")], [person("GIANG A PAO")]
    report = month_of(commune(90), commune(100), rosters=rosters)
    codes = [one.code for one in COMMUNES[:2]]
    assert asked(report, OfficerTopic.PERSON) == [("person", codes)]


@pytest.mark.parametrize(
    "other",
    [
        person("Giàng A Páo", nam_sinh=1981),
        person("Giàng A Páo", gioi_tinh="Nữ"),
        person("Giàng A Páo", dan_toc="Thái"),
        person("Giàng A Páo", nam_sinh=None),
        person("Giàng A Páo", elected=False),
        person("Giàng A Sử"),
    ],
)
def test_a_namesake_is_no_error(other):
    report = month_of(commune(90), commune(100), rosters=([person("Giàng A Páo")], [other]))
    assert asked(report, OfficerTopic.PERSON, OfficerTopic.ROSTER) == []


def test_whom_a_commune_elects_stands_lawfully_in_its_districts_list():
    rosters = [person("Giàng A Páo")], [person("Giàng A Páo")]
    report = month_of(commune(90), commune(100), rosters=rosters, units=(COMMUNES[0], DISTRICT))
    assert asked(report, OfficerTopic.PERSON) == []


def test_a_list_copied_from_another_unit_is_one_question():
    rows = [person(f"Lò Văn {name}") for name in ("An", "Bình", "Chung", "Dũng", "Én")]
    report = month_of(commune(90), commune(100), rosters=(rows, rows))
    codes = [one.code for one in COMMUNES[:2]]
    found = asked(report, OfficerTopic.PERSON, OfficerTopic.ROSTER)
    assert found == [("roster", codes)]


def test_rows_without_a_person_are_nobody():
    (unit,) = month_of(commune(90), rosters=([{"nam_sinh": 1980}],)).units
    rows = unit.submission.tables["danh_sach"]
    assert [person_of(row, LIMITS.person) for row in rows] == [None]


RESULTS = {
    "nu_th": 33, "dan_toc_thieu_so_th": 41, "bieu_duong_tap_the": 3, "bieu_duong_ca_nhan": 17,
    "bieu_duong_ho_gia_dinh": 5, "bau_dai_bieu": 4,
}  # fmt: skip


def test_figures_copied_from_another_unit_are_asked_about():
    same = commune(93, **RESULTS)
    report = month_of(same, commune(94, **RESULTS), same)
    codes = [COMMUNES[0].code, COMMUNES[2].code]
    assert asked(report, OfficerTopic.FIGURES) == [("figures", codes)]


def test_blanks_and_zeros_are_not_alike():
    zeros = commune(90, **dict.fromkeys(RESULTS, 0))
    assert asked(month_of(zeros, zeros), OfficerTopic.FIGURES) == []


def test_a_share_at_exactly_the_limit_in_a_whole_district():
    exact = [
        held(DAY, total, total * 7 // 10, total - total * 7 // 10, loai_hoi_nghi="Đại biểu")
        for total in (100, 113, 127, 131)
    ]
    own = [one for one in COMMUNES if one.parent == "106"]
    ((_, codes),) = asked(month_of(*exact, units=own), OfficerTopic.AT_LIMIT)
    assert codes == [one.code for one in own[:4]]
    above = held(DAY, 100, 71, 29, loai_hoi_nghi="Đại biểu")
    assert asked(month_of(*exact, above, units=own), OfficerTopic.AT_LIMIT) == []
    assert asked(month_of(*exact[:3], units=own), OfficerTopic.AT_LIMIT) == []


# --- laws -------------------------------------------------------------------------------------

PEOPLE = st.builds(
    person,
    st.sampled_from(["Lò Văn An", "LÒ VĂN AN", "Giàng A Páo", "Tẩn Mý D", ""]),
    nam_sinh=st.sampled_from([1980, 1981, None]),
    elected=st.booleans(),
)
UNITS = st.tuples(
    st.builds(commune, st.sampled_from([60, 90, 100, 590, 601])), st.lists(PEOPLE, max_size=7)
)


@settings(max_examples=12, deadline=None)
@given(units=st.lists(UNITS, min_size=2, max_size=14), chance=st.randoms(use_true_random=False))
def test_questions_change_no_total_and_do_not_depend_on_order(units, chance: random.Random):
    report = month_of(*[one for one, _ in units], rosters=[rows for _, rows in units])
    figures = month_figures(CAMPAIGN, report)
    found = questions_for_officer(CAMPAIGN, report, figures)
    # bounded, and every question has its units and cells
    for topic in OfficerTopic:
        assert sum(one.topic is topic for one in found) <= max(LIMITS.most, 9) + 1
    # no total: each unit adds what it adds alone, whoever else reported
    for number, (typed, rows) in enumerate(units):
        alone = month_figures(CAMPAIGN, month_of(typed, rosters=[rows], units=COMMUNES[number:]))
        code = COMMUNES[number].code
        for id_ in LIMITS.figures:
            assert alone.by_id[id_].known.get(code) == figures.by_id[id_].known.get(code)
    # the order of units, so of files, changes nothing of what is asked
    shuffled = list(report.units)
    chance.shuffle(shuffled)
    other = replace(report, units=tuple(shuffled))
    again = questions_for_officer(CAMPAIGN, other, month_figures(CAMPAIGN, other))

    def about(all_):
        return sorted((str(q.topic), sorted(e.unit.code for e in q.evidence)) for q in all_)

    if all(sum(q.topic is topic for q in found) < LIMITS.most for topic in OfficerTopic):
        assert about(found) == about(again)


def test_units_are_told_nothing_of_it():
    """Letters, returns and unit notices do not know the questions at all."""
    root = Path(tdkt_batch.__file__).parent
    knowing = {
        path.relative_to(root).parts[0]
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith(("questions_for_officer", "officer_questions", "alike"))
    }
    assert knowing == {"figures", "control", "months"}
