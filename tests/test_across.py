"""Board checks: each case over a small province of one district and its communes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from filled_forms import BLANK, UNREADABLE, Filled, day_of, read_bases

from tdkt_batch.across import checks as board
from tdkt_batch.across import take_backs
from tdkt_batch.across.checks import BoardInMonth, Known
from tdkt_batch.across.reports import match_name
from tdkt_batch.campaign.board_checks import NEEDS_OF_CHECK, BoardCheck
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.model import Decision, DecisionKind, Letter, Month, Outcome, OutcomeKind, Severity
from tdkt_batch.report import Hindrance

CAMPAIGN = load_campaign()
BASES = read_bases(Path(__file__).parent / "rule_cases" / "bieu-nen.md", CAMPAIGN)
COMMUNE_PLANNED, COMMUNE = BASES["xã, đã có kế hoạch"], BASES["xã, đã tổ chức"]
DISTRICT_PLANNED, DISTRICT = BASES["huyện, đã có kế hoạch"], BASES["huyện, đã tổ chức"]
ENTERPRISE = BASES["doanh nghiệp, đã tổ chức"]
THEN_SIN, BAN_BO, TAM_DUONG = "03394", "03424", "106"
MARCH, APRIL, MAY = Month(2015, 3), Month(2015, 4), Month(2015, 5)

BOARD_RULES = [rule for rule in CAMPAIGN.rules if rule.board]
PASS, FAIL = OutcomeKind.PASS, OutcomeKind.FAIL
NOT_APPLICABLE, UNKNOWN = OutcomeKind.NOT_APPLICABLE, OutcomeKind.UNKNOWN


def named(filled: Filled, name: str) -> Filled:
    """Return the form sent by the commune with this name, all of whose forms are in one district."""
    unit = next(u for u in CAMPAIGN.units if u.name == name and u.parent == TAM_DUONG)
    return filled.of(unit)


def outcomes(
    *forms: Filled, month: Month = MARCH, arrivals=None, campaign=CAMPAIGN, before=(), **known
):
    """Return outcomes by unit and rule of what these forms say together.

    ``before`` are forms of March, known still where nothing newer came; the cut-off
    is late, so that every day of the base forms lies behind it.
    """
    known.setdefault("until", date(2015, 6, 30))
    received = {one.unit.code: one.submission(month) for one in forms}
    earlier = {one.unit.code: one.submission(MARCH) for one in before}
    everything = Known(received=received, arrivals=arrivals or {}, before=earlier, **known)
    found = BoardInMonth(campaign, month, everything).outcomes()
    return {unit: {o.rule: o for o in several} for unit, several in found.items()}


def outcome(rule: str, asked: Filled, *others: Filled, **kwargs) -> Outcome:
    return outcomes(asked, *others, **kwargs)[asked.unit.code][rule]


def allotted(filled: Filled, *numbers: str) -> Filled:
    for line, number in enumerate(numbers, start=1):
        filled = filled.with_row("truc_thuoc", line, phan_bo=number)
    return filled


# --- what each unit gets ---------------------------------------------------------------------


def test_each_unit_with_a_form_has_every_rule_of_its_form_once_in_order():
    received = {f.unit.code: f.submission() for f in (COMMUNE, DISTRICT)}
    found = BoardInMonth(CAMPAIGN, MARCH, Known(received=received, arrivals={})).outcomes()
    by_form = {
        form: [r.id for r in BOARD_RULES if form in r.board.conditions]
        for form in ("mau_01", "mau_02")
    }
    assert {code: [o.rule for o in several] for code, several in found.items()} == {
        THEN_SIN: by_form["mau_01"],
        TAM_DUONG: by_form["mau_02"],
    }
    assert by_form["mau_01"] == ["P7", "O5", "O5f", "O5g", "O5h", "O5i", "AMB29", "AMB30"]
    assert by_form["mau_02"] == [
        "B3",
        "B8",
        "P7",
        "O5",
        "O5f",
        "O5g",
        "O5h",
        "O5i",
        "AMB20",
        "AMB30",
    ]


def test_no_form_decides_a_board_rule_as_typed():
    found = outcomes(COMMUNE, DISTRICT)
    assert {o.as_typed for several in found.values() for o in several.values()} == {None}


def test_a_unit_without_status_is_undecided_except_where_every_stage_is_asked():
    found = outcomes(DISTRICT.but(trang_thai=BLANK), arrivals={TAM_DUONG: datetime(2015, 3, 25)})
    kinds = {rule: o.outcome for rule, o in found[TAM_DUONG].items()}
    assert kinds == {
        "B3": UNKNOWN,
        "B8": FAIL,
        "P7": UNKNOWN,
        "O5": UNKNOWN,
        "O5f": UNKNOWN,
        "O5g": PASS,
        "O5h": NOT_APPLICABLE,
        "O5i": NOT_APPLICABLE,
        "AMB20": UNKNOWN,
        "AMB30": PASS,
    }
    assert found[TAM_DUONG]["P7"].missing == ("trang_thai",)


def test_a_unit_without_a_plan_is_not_asked_for_results():
    found = outcomes(COMMUNE.but(trang_thai="Chưa có kế hoạch"))[THEN_SIN]
    assert [found[rule].outcome for rule in ("P7", "O5", "AMB29")] == [NOT_APPLICABLE] * 3


def test_one_crashing_check_costs_its_own_outcomes_only(monkeypatch):
    def crash(_question, _report):
        raise ZeroDivisionError("boom")

    broken = {**board.CHECKS, BoardCheck.ELECTED_AS_ALLOTTED: crash}
    monkeypatch.setattr(board, "CHECKS", broken)
    found = outcomes(COMMUNE, DISTRICT)
    assert {found[u]["P7"].outcome for u in found} == {OutcomeKind.ERROR}
    assert found[THEN_SIN]["P7"].error == "ZeroDivisionError: boom"
    kinds = {o.outcome for several in found.values() for r, o in several.items() if r != "P7"}
    assert OutcomeKind.ERROR not in kinds


def test_nor_does_a_crash_while_comparing_with_earlier_reports_stop_the_month(monkeypatch):
    def crash(_value):
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(take_backs, "is_unreadable", crash)
    code = COMMUNE.unit.code
    march, april = ({code: COMMUNE.submission(one)} for one in (MARCH, APRIL))
    known = Known(received=april, arrivals={}, before=march)
    in_month = BoardInMonth(CAMPAIGN, APRIL, known)
    kinds = {one.rule: one.outcome for one in in_month.outcomes()[code]}
    assert (kinds["O5h"], in_month.told_otherwise()) == (OutcomeKind.ERROR, {})


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("xã  THÈN SIN", 0),
        ("Thèn Sin", 0),
        ("Mường Tè", None),
        ("Thị trấn Mường Tè", 1),
        ("Xã Mường Tè", 2),
        ("Xã Giang Ma", None),
        ("", None),
    ],
)
def test_names_are_folded_and_the_kind_word_may_be_missing(typed, place):
    names = ["Xã Thèn Sin", "Thị trấn Mường Tè", "Xã Mường Tè"]
    assert match_name(typed, names, ["xã", "thị trấn"]) == place


# --- B3 ----------------------------------------------------------------------------------------


def test_b3_roster_as_allotted():
    assert outcome("B3", DISTRICT).outcome is PASS


def test_b3_one_sent_too_few_and_one_too_many():
    found = outcome("B3", allotted(DISTRICT, "3", "2"))
    assert (found.outcome, found.severity) == (FAIL, Severity.WARNING)
    assert found.message == (
        "Số điển hình trong danh sách khác số phân bổ ở 2 đơn vị cơ sở: "
        "Xã Thèn Sin: 2 người, phân bổ 3; Xã Bản Bo: 3 người, phân bổ 2"
    )
    assert found.given == "Xã Thèn Sin: 2; Xã Bản Bo: 3"
    assert found.expected == "Xã Thèn Sin: 3; Xã Bản Bo: 2"
    assert (found.difference, found.cell) == ("2 đơn vị", "ô của truc_thuoc.phan_bo")
    assert found.remedy.startswith("Giải trình")


def test_b3_without_kind_word_and_in_capitals():
    filled = DISTRICT.with_row("danh_sach", 1, don_vi_co_so="THÈN SIN")
    assert outcome("B3", filled).outcome is PASS


def test_b3_sender_that_has_no_line():
    filled = DISTRICT.with_row("danh_sach", 6, don_vi_co_so="Xã Ở Đâu Đó")
    found = outcome("B3", filled)
    assert found.message.endswith("Xã Ở Đâu Đó: 1 người, không rõ trong bảng phân bổ")
    assert found.expected == "Xã Ở Đâu Đó không có trong bảng"


def test_b3_who_is_not_exemplary_was_not_sent():
    filled = DISTRICT.with_row("danh_sach", 1, doi_tuong="Đại biểu khác được bầu")
    assert outcome("B3", allotted(filled, "1", "3")).outcome is PASS


def test_b3_nothing_allotted_is_not_yet_due():
    assert outcome("B3", allotted(DISTRICT, BLANK, BLANK)).outcome is NOT_APPLICABLE


def test_b3_a_line_without_allotment_is_not_compared():
    assert outcome("B3", allotted(DISTRICT, BLANK, "3")).outcome is PASS


def test_b3_no_roster_before_the_conference_is_not_yet_due():
    assert outcome("B3", DISTRICT_PLANNED).outcome is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("filled", "missing"),
    [
        (DISTRICT.with_rows("danh_sach", []), "danh_sach"),
        (allotted(DISTRICT, UNREADABLE, "3"), "truc_thuoc.phan_bo"),
        (
            DISTRICT.with_row("danh_sach", 1, don_vi_co_so=UNREADABLE),
            "danh_sach.don_vi_co_so",
        ),
        (DISTRICT.with_row("danh_sach", 1, doi_tuong=BLANK), "danh_sach.doi_tuong"),
        (
            DISTRICT.with_rows("danh_sach", [{"ho_ten": "Lò Văn A", "doi_tuong": "Nông dân"}]),
            "danh_sach.don_vi_co_so",
        ),
    ],
)
def test_b3_undecided_names_what_is_missing(filled, missing):
    found = outcome("B3", filled)
    assert (found.outcome, found.missing) == (UNKNOWN, (missing,))


# --- P7 ----------------------------------------------------------------------------------------


def test_p7_commune_elects_what_its_district_allots():
    district = allotted(DISTRICT_PLANNED, "1")
    assert outcome("P7", COMMUNE, district).outcome is PASS


def test_p7_commune_elects_one_too_many():
    found = outcome("P7", COMMUNE.but(bau_dai_bieu="2"), allotted(DISTRICT_PLANNED, "1"))
    assert (found.outcome, found.severity) == (FAIL, Severity.WARNING)
    assert found.message == (
        "Số đại biểu được bầu là 2, khác số phân bổ 1 theo phân bổ của Huyện Tam Đường là 1 người"
    )
    assert (found.given, found.expected) == (
        "2 đại biểu được bầu",
        "1 đại biểu theo phân bổ của Huyện Tam Đường",
    )
    assert found.cell == "ô của bau_dai_bieu"


def test_p7_the_districts_table_of_an_earlier_month_goes_before_the_boards_list():
    before = [allotted(DISTRICT_PLANNED, "5")]
    five = COMMUNE.but(bau_dai_bieu="5")
    assert outcome("P7", five, month=APRIL, before=before).outcome is PASS
    found = outcome("P7", COMMUNE.but(bau_dai_bieu="4"), month=APRIL, before=before)
    assert found.expected == (
        "5 đại biểu theo phân bổ của Huyện Tam Đường (theo báo cáo tháng 3/2015)"
    )


@pytest.mark.parametrize("newer", [BLANK, UNREADABLE])
def test_p7_an_allotment_stands_until_a_newer_table_gives_another(newer):
    five, last = COMMUNE.but(bau_dai_bieu="5"), {"before": [allotted(DISTRICT_PLANNED, newer)]}
    older = {TAM_DUONG: [allotted(DISTRICT_PLANNED, n).submission(MARCH) for n in ("9", "5")]}
    assert outcome("P7", five, month=APRIL, older=older, **last).outcome is PASS
    this_month = allotted(DISTRICT_PLANNED, newer)
    assert outcome("P7", five, this_month, month=APRIL, older=older, **last).outcome is PASS
    six = allotted(DISTRICT_PLANNED, "6")
    assert outcome("P7", five, six, month=APRIL, older=older, **last).outcome is FAIL


@pytest.mark.parametrize("district", [None, allotted(DISTRICT_PLANNED, BLANK)])
def test_p7_commune_falls_back_on_the_register(district):
    others = [district] if district else []
    number = str(COMMUNE.unit.allotment)
    assert outcome("P7", COMMUNE.but(bau_dai_bieu=number), *others).outcome is PASS
    found = outcome("P7", COMMUNE.but(bau_dai_bieu="99"), *others)
    assert found.expected == f"{number} đại biểu theo danh sách phân bổ của Ban"


def test_p7_enterprise_and_district_follow_the_register():
    for filled in (ENTERPRISE, DISTRICT):
        number = filled.unit.allotment
        assert outcome("P7", filled.but(bau_dai_bieu=str(number))).outcome is PASS
        assert outcome("P7", filled.but(bau_dai_bieu=str(number - 1))).outcome is FAIL


def test_p7_nothing_allotted_is_not_yet_due():
    unit = replace(ENTERPRISE.unit, allotment=None)
    units = tuple(unit if u.code == unit.code else u for u in CAMPAIGN.units)
    campaign = replace(CAMPAIGN, units=units)
    assert outcome("P7", ENTERPRISE, campaign=campaign).outcome is NOT_APPLICABLE


def test_p7_elected_left_blank_is_undecided():
    found = outcome("P7", COMMUNE.but(bau_dai_bieu=BLANK))
    assert (found.outcome, found.missing) == (UNKNOWN, ("bau_dai_bieu",))
    assert found.cell == "ô của bau_dai_bieu"


def test_p7_planned_is_not_yet_due():
    assert outcome("P7", COMMUNE_PLANNED).outcome is NOT_APPLICABLE


# --- B8 ----------------------------------------------------------------------------------------

COMMUNES = [u for u in CAMPAIGN.units_in(MARCH) if u.parent == TAM_DUONG]


def communes(filled: Filled) -> list[Filled]:
    return [filled.of(unit) for unit in COMMUNES]


def test_b8_all_held():
    assert outcome("B8", DISTRICT_PLANNED, *communes(COMMUNE), month=APRIL).outcome is PASS


def test_b8_planned_is_enough_until_the_deadline_has_passed():
    everyone = communes(COMMUNE_PLANNED)
    assert outcome("B8", DISTRICT_PLANNED, *everyone, month=MARCH).outcome is PASS
    found = outcome("B8", DISTRICT_PLANNED, *everyone, month=APRIL)
    assert (found.outcome, found.severity) == (FAIL, Severity.WARNING)
    assert found.message.startswith(
        f"Đã quá hạn 31/03/2015, còn {len(COMMUNES)} trên {len(COMMUNES)} đơn vị trực thuộc "
        "chưa xong: chưa tổ chức: Thị trấn Tam Đường, Xã Thèn Sin"
    )


def test_b8_lists_who_is_silent_and_who_has_no_plan():
    first, second, third, *others = communes(COMMUNE)
    second = second.but(trang_thai="Chưa có kế hoạch")
    third = third.but(trang_thai=BLANK)
    found = outcome("B8", DISTRICT_PLANNED, second, third, *others, month=MARCH)
    assert (found.outcome, found.severity) == (FAIL, Severity.NOTICE)
    assert found.given == (
        f"chưa báo cáo: {first.unit.name}; chưa ghi tình trạng: {third.unit.name}; "
        f"chưa có kế hoạch: {second.unit.name}"
    )
    assert found.difference == "3 đơn vị"


def test_b8_points_at_the_line_of_the_first_unit():
    others = [one for one in communes(COMMUNE) if one.unit.code != THEN_SIN]
    found = outcome("B8", DISTRICT_PLANNED, *others)
    assert (found.field, found.cell) == ("truc_thuoc.ten", "ô của truc_thuoc.ten")


def test_b8_what_was_reported_in_an_earlier_month_is_known():
    held, planned, *others = communes(COMMUNE)
    planned = planned.but(trang_thai="Đã có kế hoạch", ngay_hoi_nghi_kh="10/04/2015")
    due = replace(planned, unit=others[0].unit).but(ngay_hoi_nghi_kh="28/03/2015")
    before = [held, planned, due]
    assert outcome("B8", DISTRICT_PLANNED, *others[1:], before=before).outcome is PASS
    found = outcome("B8", DISTRICT_PLANNED, *others[1:], month=APRIL, before=before)
    assert found.given == (
        f"chưa tổ chức (theo báo cáo tháng 3/2015): {planned.unit.name}; "
        f"đã đến ngày dự kiến, chưa báo cáo kết quả (theo báo cáo tháng 3/2015): {due.unit.name}"
    )


def test_b8_who_is_excused_or_sent_what_cannot_be_read_is_not_called_silent():
    excused, unread, late, *others = communes(COMMUNE)
    known = {
        "excused": {excused.unit.code},
        "unusable": {unread.unit.code: Hindrance.PICTURE, late.unit.code: Hindrance.AFTER_CUT_OFF},
    }
    found = outcome("B8", DISTRICT_PLANNED, *others, month=APRIL, **known)
    assert found.given == (
        f"đã gửi nhưng chưa dùng được: {unread.unit.name}; "
        f"đã gửi, đến sau thời điểm chốt số liệu: {late.unit.name}"
    )
    assert f"trên {len(COMMUNES) - 1} đơn vị" in found.message


def test_b8_whose_own_last_day_is_not_over_is_not_held_against_the_district():
    first, planned, *others = communes(COMMUNE)
    planned = planned.but(trang_thai="Đã có kế hoạch", ngay_hoi_nghi_kh="28/03/2015")
    known = {"month": APRIL, "before": [planned]}
    both = {first.unit.code, planned.unit.code}
    found = outcome("B8", DISTRICT_PLANNED, *others, awaited=both, **known)
    assert (found.outcome, found.owed_by) == (UNKNOWN, first.unit.code)
    assert found.missing == (f"Báo cáo chưa đến hạn của {first.unit.name}, {planned.unit.name}",)
    one = outcome("B8", DISTRICT_PLANNED, *others, awaited={planned.unit.code}, **known)
    assert one.given == f"chưa báo cáo: {first.unit.name}"
    everyone = communes(COMMUNE)[1:]
    assert outcome("B8", DISTRICT_PLANNED, *everyone, month=APRIL).outcome is FAIL


def test_b8_cancelled_with_its_report_is_done():
    everyone = communes(COMMUNE.but(trang_thai="Không tổ chức", ly_do="Sáp nhập"))
    assert outcome("B8", DISTRICT_PLANNED, *everyone, month=APRIL).outcome is PASS


def test_b8_exempt_units_are_not_waited_for():
    units = tuple(replace(u, exempt=u.parent == TAM_DUONG) for u in CAMPAIGN.units)
    campaign = replace(CAMPAIGN, units=units)
    assert outcome("B8", DISTRICT_PLANNED, campaign=campaign).outcome is NOT_APPLICABLE


def test_b8_department_without_subordinate_units():
    department = DISTRICT_PLANNED.of(CAMPAIGN.unit("SNV"))
    assert outcome("B8", department).outcome is NOT_APPLICABLE


# --- O5 ----------------------------------------------------------------------------------------


def test_o5_reported_on_the_last_day():
    filled = COMMUNE.but(ngay_hoi_nghi_th="10/03/2015", ngay_cong_van="25/03/2015")
    assert outcome("O5", filled).outcome is PASS


def test_o5_reported_a_day_late():
    filled = COMMUNE.but(ngay_hoi_nghi_th="10/03/2015", ngay_cong_van="26/03/2015")
    found = outcome("O5", filled)
    assert (found.outcome, found.severity) == (FAIL, Severity.WARNING)
    assert found.message == (
        "Hội nghị ngày 10/03/2015, báo cáo kết quả ngày 26/03/2015, "
        "chậm so với hạn 25/03/2015 là 1 ngày"
    )
    assert found.given == "Hội nghị ngày 10/03/2015, công văn số 25/BC ngày 26/03/2015"
    assert (found.difference, found.cell) == ("1 ngày", "ô của ngay_cong_van")


@pytest.mark.parametrize(("first", "kind"), [(25, PASS), (26, FAIL), (31, FAIL)])
def test_o5_the_first_report_of_the_conference_counts(first, kind):
    again = COMMUNE.but(ngay_hoi_nghi_th="10/03/2015", ngay_cong_van="15/04/2015")
    found = outcome("O5", again, month=APRIL, first_told={THEN_SIN: date(2015, 3, first)})
    assert found.outcome is kind
    assert kind is PASS or f"báo cáo kết quả ngày {first}/03/2015" in found.message


def test_o5_an_arrival_before_the_letters_date_counts():
    filled = COMMUNE.but(ngay_hoi_nghi_th="10/03/2015", ngay_cong_van="26/03/2015")
    assert outcome("O5", filled, arrivals={THEN_SIN: datetime(2015, 3, 20)}).outcome is PASS


@pytest.mark.parametrize("blank", ["so_cong_van", "ngay_cong_van"])
def test_o5_without_its_covering_document(blank):
    found = outcome("O5", COMMUNE.but(**{blank: BLANK}))
    assert (found.outcome, found.severity) == (FAIL, Severity.WARNING)
    assert found.message == "Báo cáo kết quả chưa ghi đủ số và ngày của công văn gửi kèm"
    assert found.cell == f"ô của {blank}"


def test_o5_without_actual_figures():
    found = outcome("O5", COMMUNE.but(tong_dai_bieu_th=BLANK))
    assert found.outcome is FAIL
    assert found.message == (
        "Hội nghị đã tổ chức ngày 10/03/2015 nhưng báo cáo chưa có số đại biểu thực hiện"
    )
    assert found.cell == "ô của tong_dai_bieu_th"


@pytest.mark.parametrize(
    ("cell", "text", "missing"),
    [
        ("ngay_cong_van", UNREADABLE, "ngay_cong_van"),
        ("ngay_hoi_nghi_th", BLANK, "ngay_hoi_nghi"),
    ],
)
def test_o5_undecided(cell, text, missing):
    found = outcome("O5", COMMUNE.but(**{cell: text}))
    assert (found.outcome, found.missing) == (UNKNOWN, (missing,))


def test_o5_before_the_conference_is_not_yet_due():
    assert outcome("O5", COMMUNE_PLANNED).outcome is NOT_APPLICABLE


# --- O5f, O5g ----------------------------------------------------------------------------------

JUNE = COMMUNE.but(ngay_hoi_nghi_th="30/06/2015", ngay_cong_van=BLANK)
UNTIL_APRIL = {"until": date(2015, 4, 10), "month": APRIL}


def mailed(filled: Filled, sent: datetime) -> Known:
    """Return that the form came by mail, long before the cut-off."""
    submission = filled.submission(APRIL)
    source = replace(submission.source, letter=Letter(sent=sent))
    received = {filled.unit.code: replace(submission, source=source)}
    return Known(received=received, arrivals={}, until=date(2015, 12, 31))


def test_o5f_what_is_done_lies_no_later_than_the_cut_off():
    assert outcome("O5f", COMMUNE.but(ngay_cong_van=BLANK), **UNTIL_APRIL).outcome is PASS
    found = outcome("O5f", JUNE, **UNTIL_APRIL)
    assert (found.outcome, found.severity) == (FAIL, Severity.READING)
    assert found.message == (
        "Ngày tổ chức Hội nghị (thực hiện) 30/06/2015, sau ngày nhận báo cáo 10/04/2015: "
        "chưa đến ngày thì chưa thể đã tổ chức"
    )
    assert found.cell == "ô của ngay_hoi_nghi_th"


def test_o5f_offers_the_swapped_day_where_it_is_possible():
    swapped = JUNE.but(ngay_hoi_nghi_th="03/12/2015")
    assert outcome("O5f", swapped, **UNTIL_APRIL).message.endswith("; có phải là ngày 12/03/2015?")


def test_o5f_the_mails_day_goes_before_the_cut_off_and_a_files_own_time_accuses_nobody():
    known = mailed(JUNE, datetime(2015, 4, 10, 9))
    found = {o.rule: o for o in BoardInMonth(CAMPAIGN, APRIL, known).outcomes()[THEN_SIN]}
    assert found["O5f"].outcome is FAIL
    # the loose file says 20/3/2015, and nothing else bounds it before June
    assert outcome("O5f", JUNE, until=date(2015, 7, 1)).outcome is PASS


def test_o5f_what_lies_after_the_covering_letter_is_asked_once_by_the_form():
    assert outcome("O5f", JUNE.but(ngay_cong_van="10/04/2015"), **UNTIL_APRIL).outcome is PASS


def test_o5g_days_of_documents_and_of_the_covering_letter_itself():
    filled = COMMUNE.but(ngay_bao_cao="01/05/2015", ngay_cong_van="02/05/2015")
    found = outcome("O5g", filled, **UNTIL_APRIL)
    assert (found.outcome, found.severity) == (FAIL, Severity.READING)
    assert found.message == (
        "Ngày công văn 02/05/2015; Ngày báo cáo tổng kết 01/05/2015, "
        "sau ngày nhận báo cáo 10/04/2015; có phải là ngày 05/02/2015?"
    )


def test_a_conference_that_is_yet_to_come_is_not_held_for_its_district_either():
    others = communes(COMMUNE)[1:]
    first = JUNE.of(COMMUNES[0])
    found = outcome("B8", DISTRICT_PLANNED, first, *others, **UNTIL_APRIL)
    assert found.given == f"báo đã tổ chức ở ngày chưa đến: {COMMUNES[0].name}"


# --- O5h ---------------------------------------------------------------------------------------


def test_o5h_the_same_report_again_takes_nothing_back():
    assert outcome("O5h", COMMUNE, month=APRIL, before=[COMMUNE]).outcome is PASS


def test_o5h_held_is_not_planned_again():
    found = outcome("O5h", COMMUNE_PLANNED, month=APRIL, before=[COMMUNE])
    assert (found.outcome, found.severity) == (FAIL, Severity.WARNING)
    assert found.message == (
        "Hội nghị đã được báo cáo là đã tổ chức (báo cáo tháng 3/2015), báo cáo này ghi khác "
        "(Tình trạng: trước Đã tổ chức (ô Báo cáo!ô của trang_thai), nay Đã có kế hoạch "
        "(ô Báo cáo!ô của trang_thai)): báo cáo nào đúng?"
    )
    assert found.cell == "ô của trang_thai"


def test_o5h_other_figures_of_a_conference_that_is_over_are_asked_with_both_cells():
    changed = COMMUNE.but(tong_dai_bieu_th="12", bieu_duong_ca_nhan=BLANK)
    found = outcome("O5h", changed, month=APRIL, before=[COMMUNE])
    assert found.difference == "2 ô"
    assert "trước 10 (ô Báo cáo!ô của tong_dai_bieu_th), nay 12 (ô " in found.given
    assert found.given.endswith("nay để trống")


def test_o5h_what_was_blank_and_is_filled_completes_the_report():
    before = COMMUNE.but(bau_dai_bieu=BLANK)
    assert outcome("O5h", COMMUNE, month=APRIL, before=[before]).outcome is PASS


def test_o5h_a_cell_that_it_was_asked_to_mend_is_no_take_back_but_others_and_the_fact_are():
    mended = {COMMUNE.submission(MARCH).source: frozenset({"tong_dai_bieu_th"})}
    known = {"month": APRIL, "before": [COMMUNE], "to_mend": mended}
    changed = COMMUNE.but(tong_dai_bieu_th="12")
    assert outcome("O5h", changed, **known).outcome is PASS
    found = outcome("O5h", changed.but(bieu_duong_ca_nhan="7"), **known)
    assert (found.outcome, found.difference) == (FAIL, "1 ô")
    assert outcome("O5h", COMMUNE_PLANNED, **known).outcome is FAIL


def test_o5h_what_cannot_be_read_is_asked_as_such_and_takes_nothing_back():
    changed = COMMUNE.but(tong_dai_bieu_th=UNREADABLE)
    assert outcome("O5h", changed, month=APRIL, before=[COMMUNE]).outcome is PASS


def replaced(*older: Filled):
    return {COMMUNE.unit.code: [one.submission(MARCH) for one in older]}


def test_o5h_an_earlier_form_of_the_same_month_is_named_by_its_file():
    found = outcome("O5h", COMMUNE_PLANNED, replaced=replaced(COMMUNE))
    name = COMMUNE.submission(MARCH).source.file_name
    assert found.expected == f"như bản gửi trước của cùng tháng, “{name}”"
    assert found.given.count("Báo cáo!ô của trang_thai") == 2


def test_o5h_who_goes_back_to_what_it_said_first_takes_nothing_back():
    other, back = COMMUNE.but(tong_dai_bieu_th="12"), COMMUNE
    assert outcome("O5h", back, replaced=replaced(COMMUNE, other)).outcome is PASS
    assert outcome("O5h", back, replaced=replaced(other, COMMUNE_PLANNED)).outcome is FAIL
    known = {"month": APRIL, "before": [COMMUNE]}
    of_april = {COMMUNE.unit.code: [other.submission(APRIL)]}
    assert outcome("O5h", back, replaced=of_april, **known).outcome is PASS
    assert outcome("O5h", other, replaced=of_april, **known).outcome is FAIL


def test_o5h_a_form_that_cannot_be_read_hides_no_take_back_behind_it():
    unread = COMMUNE.but(trang_thai=UNREADABLE)
    assert outcome("O5h", COMMUNE_PLANNED, replaced=replaced(COMMUNE, unread)).outcome is FAIL
    unread, changed = (COMMUNE.but(tong_dai_bieu_th=one) for one in (UNREADABLE, "12"))
    found = outcome("O5h", changed, replaced=replaced(COMMUNE, unread, unread))
    assert (found.outcome, found.difference) == (FAIL, "1 ô")
    assert outcome("O5h", COMMUNE, replaced=replaced(COMMUNE, unread)).outcome is PASS
    of_april = {COMMUNE.unit.code: [unread.submission(APRIL)]}
    found = outcome("O5h", changed, month=APRIL, before=[COMMUNE], replaced=of_april)
    assert found.expected == "như báo cáo tháng 3/2015"


def test_o5h_a_conference_that_was_yet_to_come_was_not_held():
    before = COMMUNE.but(ngay_hoi_nghi_th="03/12/2015")
    assert outcome("O5h", COMMUNE_PLANNED, month=APRIL, before=[before]).outcome is NOT_APPLICABLE


@pytest.mark.parametrize("before", [[], [COMMUNE_PLANNED]])
def test_o5h_nothing_was_reported_as_held(before):
    assert outcome("O5h", COMMUNE, month=APRIL, before=before).outcome is NOT_APPLICABLE


# --- AMB-29 ------------------------------------------------------------------------------------


def test_amb29_the_day_before_the_district():
    filled = COMMUNE_PLANNED.but(ngay_hoi_nghi_kh="14/05/2015")
    assert outcome("AMB29", filled, DISTRICT_PLANNED).outcome is PASS


def test_amb29_the_same_day_is_not_before():
    filled = COMMUNE_PLANNED.but(ngay_hoi_nghi_kh="15/05/2015")
    found = outcome("AMB29", filled, DISTRICT_PLANNED)
    assert (found.outcome, found.severity) == (FAIL, Severity.WARNING)
    assert found.message == (
        "Hội nghị ngày 15/05/2015, không trước Hội nghị của Huyện Tam Đường ngày 15/05/2015"
    )
    assert (found.given, found.cell) == ("ngày 15/05/2015", "ô của ngay_hoi_nghi_kh")


def test_amb29_the_districts_actual_day_counts_once_held():
    district = DISTRICT.but(ngay_hoi_nghi_kh="01/04/2015", ngay_hoi_nghi_th="15/05/2015")
    filled = COMMUNE_PLANNED.but(ngay_hoi_nghi_kh="10/05/2015")
    assert outcome("AMB29", filled, district).outcome is PASS


def test_amb29_nobody_above():
    assert outcome("AMB29", ENTERPRISE).outcome is NOT_APPLICABLE


def test_amb29_the_districts_day_of_an_earlier_month_counts_and_is_named():
    filled = COMMUNE_PLANNED.but(ngay_hoi_nghi_kh="20/05/2015")
    found = outcome("AMB29", filled, month=APRIL, before=[DISTRICT_PLANNED])
    assert found.message == (
        "Hội nghị ngày 20/05/2015, không trước Hội nghị của Huyện Tam Đường ngày 15/05/2015 "
        "(theo báo cáo tháng 3/2015)"
    )


@pytest.mark.parametrize("status", ["Chưa có kế hoạch", "Không tổ chức"])
def test_amb29_district_without_a_conference(status):
    district = DISTRICT_PLANNED.but(trang_thai=status)
    assert outcome("AMB29", COMMUNE_PLANNED, district).outcome is NOT_APPLICABLE


def test_amb29_undecided_for_want_of_a_day():
    own = outcome("AMB29", COMMUNE_PLANNED.but(ngay_hoi_nghi_kh=BLANK), DISTRICT_PLANNED)
    silent = outcome("AMB29", COMMUNE_PLANNED)
    blank = outcome("AMB29", COMMUNE_PLANNED, DISTRICT_PLANNED.but(ngay_hoi_nghi_kh=BLANK))
    assert (own.outcome, own.missing) == (UNKNOWN, ("ngay_hoi_nghi",))
    assert {silent.outcome, blank.outcome} == {UNKNOWN}
    assert silent.missing == blank.missing == ("Ngày Hội nghị của Huyện Tam Đường",)
    assert (own.owed_by, silent.owed_by, blank.owed_by) == ("", TAM_DUONG, TAM_DUONG)
    assert (own.is_undecided, silent.is_undecided) == (True, False)


# --- AMB-20 ------------------------------------------------------------------------------------

AGREEING = COMMUNE.but(ngay_hoi_nghi_kh="05/03/2015")


def test_amb20_table_and_commune_agree():
    assert outcome("AMB20", DISTRICT_PLANNED, AGREEING).outcome is PASS


def test_amb20_table_says_otherwise():
    district = DISTRICT_PLANNED.with_row(
        "truc_thuoc", 1, da_to_chuc="Không", ngay_du_kien="06/03/2015"
    )
    ban_bo = named(COMMUNE_PLANNED, "Xã Bản Bo").but(ngay_hoi_nghi_kh="10/03/2015")
    found = outcome("AMB20", district, AGREEING, ban_bo)
    assert (found.outcome, found.severity) == (FAIL, Severity.NOTICE)
    assert found.given == (
        "Xã Thèn Sin: bảng ghi chưa tổ chức, đơn vị báo cáo đã tổ chức; "
        "Xã Thèn Sin: bảng ghi dự kiến ngày 06/03/2015, đơn vị ghi ngày 05/03/2015; "
        "Xã Bản Bo: bảng ghi đã tổ chức, đơn vị báo cáo chưa tổ chức"
    )
    assert (found.difference, found.cell) == ("2 đơn vị", "ô của truc_thuoc.da_to_chuc")


def test_amb20_of_an_earlier_report_only_what_was_held_is_compared():
    # the commune planned in March; its district's table of April may know better
    district = DISTRICT_PLANNED.with_row(
        "truc_thuoc", 1, da_to_chuc="Có", ngay_du_kien="06/04/2015"
    )
    found = outcome("AMB20", district, month=APRIL, before=[COMMUNE_PLANNED])
    assert found.outcome is NOT_APPLICABLE
    held = district.with_row("truc_thuoc", 1, da_to_chuc="Không")
    found = outcome("AMB20", held, month=APRIL, before=[AGREEING])
    assert found.given == (
        "Xã Thèn Sin: bảng ghi chưa tổ chức, đơn vị báo cáo đã tổ chức (theo báo cáo tháng 3/2015)"
    )


def test_amb20_nothing_to_compare():
    blank = DISTRICT_PLANNED.with_row("truc_thuoc", 1, da_to_chuc=BLANK, ngay_du_kien=BLANK)
    assert outcome("AMB20", DISTRICT_PLANNED).outcome is NOT_APPLICABLE
    assert outcome("AMB20", blank, AGREEING).outcome is NOT_APPLICABLE


def test_amb20_unreadable_cell_is_undecided():
    district = DISTRICT_PLANNED.with_row("truc_thuoc", 1, da_to_chuc=UNREADABLE)
    found = outcome("AMB20", district, AGREEING)
    assert (found.outcome, found.missing) == (UNKNOWN, ("truc_thuoc.da_to_chuc",))


# --- AMB-30 ------------------------------------------------------------------------------------


def test_amb30_on_the_evening_of_the_deadline():
    arrivals = {THEN_SIN: datetime(2015, 3, 20, 23, 59)}
    assert outcome("AMB30", COMMUNE, arrivals=arrivals).outcome is PASS


def test_amb30_a_day_late_cites_the_boards_letter_and_never_the_guidance():
    found = outcome("AMB30", COMMUNE, arrivals={THEN_SIN: datetime(2015, 3, 21, 0, 1)})
    letter = CAMPAIGN.deadline("base").letter
    assert (found.outcome, found.severity) == (FAIL, Severity.NOTICE)
    assert found.message == (
        f"Báo cáo nhận ngày 21/03/2015, chậm 1 ngày so với hạn 20/03/2015 theo {letter}"
    )
    assert CAMPAIGN.document.number not in found.message + found.expected
    assert CAMPAIGN.rule("AMB30").quotes == ()


def test_amb30_moved_deadline():
    february = Month(2015, 2)
    late = {THEN_SIN: datetime(2015, 2, 14)}
    found = outcome("AMB30", COMMUNE_PLANNED, month=february, arrivals=late)
    assert found.expected.startswith("chậm nhất ngày 13/02/2015, gửi Phòng Nội vụ")
    assert "theo Công văn số 21/BTĐKT-NV" in found.message  # the letter that moved it


@pytest.mark.parametrize(("day", "late"), [(23, 0), (24, 1)])
def test_amb30_an_extended_deadline_is_the_units_own(day, late):
    extension = Decision(
        kind=DecisionKind.EXTENDED, unit=THEN_SIN, month=MARCH, due=date(2015, 3, 23),
        reason="Lũ cuốn đường", decided=date(2015, 3, 18),
    )  # fmt: skip
    arrivals = {THEN_SIN: datetime(2015, 3, day, 9)}
    found = outcome("AMB30", COMMUNE, arrivals=arrivals, extended={THEN_SIN: extension})
    assert found.outcome is (FAIL if late else PASS)
    assert found.message == (
        "Báo cáo nhận ngày 24/03/2015, chậm 1 ngày so với hạn 23/03/2015 theo ý kiến gia hạn "
        "của Ban ngày 18/03/2015 (Lũ cuốn đường)" if late else ""
    )  # fmt: skip


def test_amb30_unknown_arrival():
    assert outcome("AMB30", COMMUNE).missing == ("Ngày nhận báo cáo",)


# --- the rule book and the checks --------------------------------------------------------------


def test_every_check_is_used():
    checks = {rule.board.check for rule in BOARD_RULES}
    assert checks == set(board.CHECKS) == set(NEEDS_OF_CHECK) == set(BoardCheck)


@pytest.mark.parametrize("name", board.CHECKS)
def test_a_check_says_in_its_docstring_what_it_fills(name):
    text = board.CHECKS[name].__doc__ or ""
    assert {one for one in NEEDS_OF_CHECK[name].places if f"``{one}``" not in text} == set()


def test_checks_fill_exactly_the_places_they_declare(monkeypatch):
    seen: dict[str, set[frozenset[str]]] = {}

    def noting(name: BoardCheck) -> board.Check:
        check = board.CHECKS[name]

        def note(rule, report):
            verdict = check(rule, report)
            if verdict.kind is FAIL:
                seen.setdefault(name, set()).add(frozenset(verdict.places))
            return verdict

        return note

    monkeypatch.setattr(board, "CHECKS", {name: noting(name) for name in board.CHECKS})
    late = {TAM_DUONG: datetime(2015, 6, 1), THEN_SIN: datetime(2015, 6, 1)}
    commune = COMMUNE.but(
        bau_dai_bieu="99", ngay_hoi_nghi_th="20/05/2015", ngay_cong_van="01/07/2015"
    )
    district = allotted(DISTRICT, "9").with_row("truc_thuoc", 1, da_to_chuc="Không")
    outcomes(commune, district, arrivals={})
    outcomes(commune, district, arrivals=late)
    outcomes(COMMUNE_PLANNED, month=APRIL, before=[COMMUNE])
    unlettered = COMMUNE.but(so_cong_van=BLANK, ngay_cong_van=BLANK)
    ticked = unlettered.but(khong_thay_doi="x", dia_diem="Nhà văn hóa")
    outcomes(ticked, month=APRIL, before=[COMMUNE])
    assert seen == {name: {needs.places} for name, needs in NEEDS_OF_CHECK.items()}


def test_days_are_read_as_people_write_them():
    assert day_of("3/2015") == day_of("1/3/2015")
