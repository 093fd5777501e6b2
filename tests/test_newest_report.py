"""What is known of a unit from month to month: its newest report, its silence, what it took back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from nine_months import APR, FEB, MAR, MAY, MONTHS, NOV, Ruling, typed_by
from officer import enter
from openpyxl import load_workbook
from sent_files import put
from small_province import OPERATOR, UNITS, UnitsAtTheirForms, request_of, write_campaign

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.control.tasks import Task
from tdkt_batch.figures.questions_for_leadership import long_silent
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import Decision, DecisionKind
from tdkt_batch.months import judge
from tdkt_batch.months.earlier_months import figures_of
from tdkt_batch.months.run import run_month
from tdkt_batch.report import FileState
from tdkt_batch.rules.asked_to_mend import asked_to_mend

COMMUNE = "03387"


class Story:
    """A small province over some months; an enterprise reports in each of them."""

    def __init__(self, folder: Path, *months: int) -> None:
        self.folder, self.out = folder, folder / "ra"
        self._campaign = write_campaign(folder / "dot", UNITS)
        self.units = UnitsAtTheirForms(self._campaign)
        self.campaign = load_campaign(str(self._campaign))
        for month in months:
            self.put(month, "DN08.xlsx", self.units.form("DN08", month), 9)

    def put(self, month, name, content, day, *, folder=""):
        """Put a file into the folder of a month, as it arrived on a day of that month."""
        where = self.folder / (folder or str(MONTHS[month]))
        put(where / name, content, datetime(2015, MONTHS[month].number, day, 9))

    def form(self, month, **typed):
        return self.units.form(COMMUNE, month, **typed)

    def run(self, month, folder="", *, again=False, **terms):
        where = () if again else (self.folder / (folder or str(MONTHS[month])),)
        return run_month(replace(request_of(month, self._campaign, self.out, where), **terms))

    def unit(self, result, code=COMMUNE):
        return next(one for one in result.report.units if one.unit.code == code)

    def to_date(self, result):
        """Return from which file the commune's figures to date come."""
        one = self.unit(result).latest
        return one.submission.source.name if one.submission else None

    def decide(self, decision, day):
        with open_ledger(self.out, OPERATOR, day) as ledger:
            ledger.decide([decision], OPERATOR, day)
        (self.out / "so-quyet-dinh.xlsx").unlink()


@pytest.fixture
def story(tmp_path):
    return lambda *months: Story(tmp_path, *months)


def test_what_was_taken_back_is_asked_until_it_is_answered(story):
    told = story(MAR, APR, MAY)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    for month in (APR, MAY):
        told.put(month, "1.xlsx", told.form(month, as_of=NOV), 9)
    results = [told.run(month) for month in (MAR, APR, MAY)]
    lives = [[(f.code, f.life.value) for f in told.unit(one).findings] for one in results]
    assert lives == [[], [("O5h", "new")], [("O5h", "open")]]
    held = figures_of(told.campaign, results[-1].report).by_id["da_to_chuc"]
    assert COMMUNE not in held.known


def test_what_a_late_form_takes_back_is_not_counted_while_no_other_came(story):
    told = story(MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(MAR, "lui.xlsx", told.form(MAR, as_of=NOV), 28, folder=str(MONTHS[APR]))
    told.run(MAR)
    april = told.run(APR)
    assert told.to_date(april) == "lui.xlsx"
    assert [one.code for one in told.unit(april).latest.findings] == ["O5h"]
    figures = figures_of(told.campaign, april.report)
    for id_ in ("da_to_chuc", "da_co_ke_hoach", "qua_ngay_du_kien"):
        assert COMMUNE not in figures.by_id[id_].known


def test_a_month_whose_form_came_with_another_month_was_not_silent(story):
    told = story(MAR, APR, MAY)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(APR, "thang 4.xlsx", told.form(APR), 28, folder="3b")
    told.put(APR, "thang 3.xlsx", told.units.form("03388", MAR), 2, folder="3b")
    told.run(MAR)
    told.run(APR)
    told.run(MAR, "3b", received_until=datetime(2015, 4, 30, 17), now=datetime(2015, 4, 30, 18))
    may = told.run(MAY)
    assert told.to_date(may) == "thang 4.xlsx"
    assert told.unit(may).silent == 1
    assert COMMUNE not in {one.unit.code for one in long_silent(told.campaign, may.report)}


def test_a_month_whose_extended_day_is_still_to_come_is_not_silent(story):
    told = story(FEB, MAR, APR)
    told.put(FEB, "1.xlsx", told.form(FEB), 9)
    told.run(FEB)
    told.run(MAR)
    extended = Decision(
        kind=DecisionKind.EXTENDED, unit=COMMUNE, month=MONTHS[MAR], until=MONTHS[MAR],
        due=date(2015, 4, 30), reason="Lũ", approver="Trưởng ban", decided=date(2015, 3, 24),
    )  # fmt: skip
    told.decide(extended, datetime(2015, 3, 26))
    assert told.unit(told.run(MAR, again=True)).silent == 0
    april = told.run(APR)
    assert told.unit(april).silent == 1
    assert COMMUNE not in {one.unit.code for one in long_silent(told.campaign, april.report)}


def test_nobody_is_proposed_by_a_month_of_which_a_file_is_still_of_nobody(story):
    """The picture that came in March may be what the commune sent for it."""
    told = story(MAR, APR)
    told.put(MAR, "anh.png", b"\x89PNG\r\n\x1a\n", 24)
    (stray,) = told.run(MAR).report.of_nobody
    april = told.run(APR)
    assert (told.unit(april).silent, april.report.of_nobody) == (2, ())
    assert long_silent(told.campaign, april.report) == []
    aside = Decision(
        kind=DecisionKind.SET_ASIDE, unit="", month=MONTHS[APR], file=stray.source.sha256,
        reason="Ảnh hội trường", approver="Trưởng ban", decided=date(2015, 4, 26),
    )  # fmt: skip
    told.decide(aside, datetime(2015, 4, 26))
    again = told.run(APR, again=True)
    assert COMMUNE in {one.unit.code for one in long_silent(told.campaign, again.report)}


def test_an_empty_form_takes_no_reports_place_in_its_month_or_later(story):
    told = story(MAR, APR, MAY)
    told.put(APR, "1.xlsx", told.form(APR), 9)
    told.put(APR, "trong.xlsx", told.units.empty_form(COMMUNE, APR), 12)
    told.run(MAR)
    april = told.run(APR)
    states = {one.source.name: one.state for one in april.report.files}
    assert states["trong.xlsx"] is FileState.SUPERSEDED
    (reason,) = (one.reason for one in april.report.files if one.source.name == "trong.xlsx")
    assert reason == "Biểu trống, vẫn tính báo cáo đã gửi: “1.xlsx”"
    assert (told.to_date(april), told.to_date(told.run(MAY))) == ("1.xlsx", "1.xlsx")


def test_a_mended_table_that_leaves_it_blank_keeps_what_was_allotted(story):
    told = story(MAR, APR)

    def district(month, number):
        unit = told.campaign.unit("105")
        typed = typed_by(unit, month)
        rows = [{**row, "phan_bo": number} for row in typed.tables["truc_thuoc"]]
        tables = {**typed.tables, "truc_thuoc": rows}
        return told.units.form_typed("105", month, replace(typed, tables=tables))

    told.put(MAR, "105.xlsx", district(MAR, 6), 9)
    told.put(MAR, "105 sua.xlsx", district(MAR, None), 28, folder=str(MONTHS[APR]))
    told.put(APR, "1.xlsx", told.form(APR), 9)
    told.run(MAR)
    allotted = told.unit(told.run(APR)).allotment
    assert (allotted.number, allotted.month) == (6, MONTHS[MAR])


def test_what_the_board_does_not_use_accuses_nobody(story):
    told = story(FEB, MAR, APR)
    told.put(FEB, "1.xlsx", told.form(FEB, as_of=NOV), 9)
    told.put(MAR, "nham.xlsx", told.form(MAR), 9)
    told.put(APR, "1.xlsx", told.form(APR, as_of=NOV), 9)
    told.run(FEB)
    told.run(MAR)
    april = told.run(APR, set_aside=(("nham.xlsx", "Gửi nhầm của đơn vị khác"),))
    assert told.unit(april).findings == ()


def test_what_is_known_is_the_same_where_nothing_is_kept_any_more(story):
    told = story(MAR, APR, MAY)
    told.put(MAR, "IMG_77.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00photo", 10)
    told.put(MAR, "thang 3.xlsx", told.form(MAR), 28, folder=str(MONTHS[APR]))
    told.run(MAR)
    told.run(APR)
    may = told.run(MAY)
    with open_ledger(told.out, OPERATOR, datetime(2015, 5, 26)) as ledger:
        ledger.throw_away_cache()
    assert told.run(MAY).report == may.report


def test_without_a_bound_what_came_after_the_last_arrival_counts_neither(story):
    told = story(MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(APR, "sua.xlsx", told.form(MAR), 28, folder="3b")
    told.run(MAR)
    told.run(MAR, "3b", received_until=datetime(2015, 4, 30, 17), now=datetime(2015, 4, 30, 18))
    april = told.run(APR, received_until=None)
    assert april.report.received_until == datetime(2015, 4, 9, 9)
    assert told.to_date(april) == "1.xlsx"


def test_a_form_of_before_is_a_units_that_joins_the_register_later(story, tmp_path):
    told = story(MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    without = write_campaign(tmp_path / "truoc", [code for code in UNITS if code != COMMUNE])
    march = told.run(MAR, campaign=str(without))
    assert COMMUNE not in {one.unit.code for one in march.report.units}
    april = told.run(APR)
    assert told.to_date(april) == "1.xlsx"
    held = figures_of(told.campaign, april.report).by_id["da_to_chuc"]
    assert held.known[COMMUNE] == 1


# --- when it was first told that a conference was held ------------------------------------------

LATE_LETTER = {"ngay_cong_van": date(2015, 4, 13)}


def test_a_corrected_form_is_not_late_in_a_later_month_as_it_was_not_in_its_own(story):
    told = story(MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(MAR, "2.xlsx", told.form(MAR, ngay_cong_van=date(2015, 3, 24)), 24)
    told.put(APR, "1.xlsx", told.form(APR, **LATE_LETTER), 15)
    assert of_commune(told, told.run(MAR)) == []
    assert of_commune(told, told.run(APR)) == []


def test_what_a_file_told_first_that_the_board_does_not_use_was_not_told(story):
    told = story(MAR, APR, MAY)
    told.put(MAR, "nham.xlsx", told.form(MAR), 9)
    told.put(APR, "1.xlsx", told.form(APR, **LATE_LETTER), 15)
    told.run(MAR)
    assert of_commune(told, told.run(APR)) == []
    april = told.run(APR, again=True, set_aside=(("nham.xlsx", "Gửi nhầm"),))
    assert of_commune(told, april) == [("O5", "new")]


# --- an earlier form of the same month ---------------------------------------------------------


def of_commune(told, result):
    """Return the codes of what the commune is asked in a month's result, with their lives."""
    return [(one.code, one.life.value) for one in told.unit(result).findings]


def decided_on(told):
    """Return what waits for the officer as told otherwise, by unit: the rows' cells."""
    sheet = load_workbook(told.out / "so-quyet-dinh.xlsx")["Cần quyết định"]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    return {row[1]: row for row in rows if row[0] == "Khác báo cáo trước"}


def test_what_an_earlier_form_of_the_month_said_is_not_silently_taken_back(story):
    told = story(MAR, APR, MAY)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(MAR, "2.xlsx", told.form(MAR, as_of=NOV), 12)
    for month in (APR, MAY):
        told.put(month, "1.xlsx", told.form(month, as_of=NOV), 9)
    march = told.run(MAR)
    (found,) = told.unit(march).findings
    assert (found.code, found.field) == ("O5h", "trang_thai")
    assert found.expected == "như bản gửi trước của cùng tháng, “1.xlsx”"
    asked = decided_on(told)
    assert list(asked) == ["Phường Tân Phong"]
    assert [
        asked["Phường Tân Phong"][4].count(word) for word in ("Đã tổ chức (ô", "kế hoạch (ô")
    ] == [
        1,
        1,
    ]
    april, may = told.run(APR), told.run(MAY)
    assert [of_commune(told, one) for one in (april, may)] == [[("O5h", "open")]] * 2
    for result in (march, april, may):
        held = figures_of(told.campaign, result.report).by_id["da_to_chuc"]
        assert COMMUNE not in held.known


@pytest.mark.parametrize(
    "figures",
    [{"tong_dai_bieu_th": 41}, {"bieu_duong_ca_nhan": 9}, {"bau_dai_bieu": 4}],
    ids=["delegates", "honours", "elected"],
)
def test_other_figures_of_a_conference_in_a_newer_form_of_the_month_are_asked(story, figures):
    told = story(MAR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(MAR, "2.xlsx", told.form(MAR, **figures), 12)
    march = told.run(MAR)
    (found,) = (one for one in told.unit(march).findings if one.code == "O5h")
    assert found.fields == set(figures)
    assert list(decided_on(told)) == ["Phường Tân Phong"]


@pytest.mark.parametrize(
    ("unread", "back"),
    [
        ({"trang_thai": "Đã tỗ chứt rồi?"}, {"as_of": NOV}),
        ({"tong_dai_bieu_th": "5o?"}, {"tong_dai_bieu_th": 41}),
    ],
    ids=["status", "figure"],
)
def test_a_month_that_cannot_be_read_hides_no_take_back_of_the_month_before(story, unread, back):
    told = story(MAR, APR, MAY)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(APR, "1.xlsx", told.form(APR, **unread), 9)
    told.put(MAY, "1.xlsx", told.form(MAY, **back), 9)
    codes = [[code for code, _ in of_commune(told, told.run(one))] for one in (MAR, APR, MAY)]
    assert ["O5h" in one for one in codes] == [False, False, True]


def test_what_the_unit_was_asked_to_mend_is_no_take_back_but_what_is_beside_it_is(story):
    told = story(MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR, bieu_duong_ca_nhan=0, bieu_duong_tap_the=0,
                                      bieu_duong_ho_gia_dinh=0, tong_dai_bieu_th=124), 9)  # fmt: skip
    told.put(MAR, "2.xlsx", told.form(MAR), 12)
    assert of_commune(told, told.run(MAR)) == []
    # violations of the guidance are explained, the figures stay
    told.put(APR, "1.xlsx", told.form(APR, thoi_luong="1 ngày", bau_dai_bieu=1), 9)
    told.put(APR, "2.xlsx", told.form(APR, bau_dai_bieu=2), 12)
    assert "O5h" in dict(of_commune(told, told.run(APR)))


@pytest.mark.parametrize(("file", "found"), [("", []), ("ab" * 32, [("O5h", "new")])])
def test_what_the_officer_asked_of_its_figures_is_no_take_back_but_of_a_file_it_is(
    story, file, found
):
    told = story(MAR)
    told.put(MAR, "1.xlsx", told.form(MAR, bieu_duong_ca_nhan=80), 9)
    assert of_commune(told, told.run(MAR)) == []
    asked = Decision(
        kind=DecisionKind.ASKED, unit=COMMUNE, month=MONTHS[MAR], question="khác thường", file=file,
        given="Cá nhân được biểu dương: 80", approver="Cán bộ", decided=date(2015, 3, 11),
    )  # fmt: skip
    told.decide(asked, datetime(2015, 3, 26))
    told.put(MAR, "2.xlsx", told.form(MAR), 12)
    assert of_commune(told, told.run(MAR)) == found


def test_what_a_unit_was_asked_is_looked_up_once_it_sends_something_new(story, monkeypatch):
    looked = []

    def look(campaign, submission, *others):
        looked.append((submission.unit, submission.month))
        return asked_to_mend(campaign, submission, *others)

    monkeypatch.setattr(judge, "asked_to_mend", look)
    told = story(MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.run(MAR)
    told.run(APR)
    assert set(looked) == {("DN08", MONTHS[MAR])}


def test_who_sends_its_first_form_again_has_taken_nothing_back(story):
    told = story(MAR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(MAR, "2.xlsx", told.form(MAR, as_of=NOV), 12)
    told.put(MAR, "3.xlsx", told.form(MAR, nguoi_lap="Lò Thị Mai"), 15)
    assert of_commune(told, told.run(MAR)) == []


def test_nor_has_who_sends_the_very_same_file_again(story):
    told = story(MAR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(MAR, "2.xlsx", told.form(MAR, bieu_duong_ca_nhan=9), 12)
    told.put(MAR, "1 lai.xlsx", told.form(MAR), 15)
    assert of_commune(told, told.run(MAR)) == []


def test_what_came_late_is_held_against_what_came_late_before_it(story):
    told = story(MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR, as_of=NOV), 9)
    late = str(MONTHS[APR])
    told.put(MAR, "2.xlsx", told.form(MAR), 27, folder=late)
    told.put(MAR, "3.xlsx", told.form(MAR, bau_dai_bieu=4), 28, folder=late)
    told.run(MAR)
    told.run(APR)
    assert "“2.xlsx”" in decided_on(told)["Phường Tân Phong"][3]


def test_forms_of_a_month_that_was_never_made_are_held_against_each_other(story):
    told = story(APR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9, folder=str(MONTHS[APR]))
    told.put(MAR, "2.xlsx", told.form(MAR, as_of=NOV), 12, folder=str(MONTHS[APR]))
    april = told.run(APR)
    assert [one.code for one in told.unit(april).latest.findings] == ["O5h"]
    assert list(decided_on(told)) == ["Phường Tân Phong"]


def test_what_a_late_form_takes_back_waits_for_the_officer_and_once_accepted_no_more(story):
    told = story(MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR), 9)
    told.put(MAR, "lui.xlsx", told.form(MAR, as_of=NOV), 28, folder=str(MONTHS[APR]))
    told.run(MAR)
    assert decided_on(told) == {}
    april = told.run(APR)
    assert "lui.xlsx" in decided_on(told)["Phường Tân Phong"][6]
    assert "Phường Tân Phong" in [one.about for one in april.day.tasks if one.task is Task.DECIDE]
    ruling = Ruling(month=APR, kind=DecisionKind.ACCEPTED, unit=COMMUNE, code="O5h")
    enter(told.out / "so-quyet-dinh.xlsx", [ruling])
    again = told.run(APR, again=True)
    assert decided_on(told) == {}
    planned = figures_of(told.campaign, again.report).by_id["da_co_ke_hoach"]
    assert COMMUNE in planned.known
