"""One cause, one finding: the same fault in a column or a block, with the rules that wait for it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from filled_forms import BLANK, read_bases
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.cli.show_check import Telling, checked_lines
from tdkt_batch.figures.believed import withholding
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Life, Month, Severity
from tdkt_batch.months.check_forms import check_files
from tdkt_batch.months.judge import decided_of
from tdkt_batch.report import UnitReport, UnitState
from tdkt_batch.rules.finding_lives import with_lives
from tdkt_batch.rules.findings import findings_of
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.values import Fault, TableRow

CAMPAIGN = load_campaign()
HELD = read_bases(Path(__file__).parent / "rule_cases" / "bieu-nen.md", CAMPAIGN)["xã, đã tổ chức"]
FORM, UNIT = HELD.form, HELD.unit
FEBRUARY, MARCH = Month(2015, 2), Month(2015, 3)


def with_habit(code, column, cells, month=MARCH):
    """Return the form's report with the same fault in a list's column, in as many rows."""
    submission = HELD.submission(month)
    (row,) = submission.tables["danh_sach"][:1]
    rows = []
    for number, cell in enumerate(cells, start=1):
        fault = Fault(code, f"danh_sach.{column}", "Danh sách", cell, {"raw": "?", "options": "…"})
        value = replace(row.values[column], value=None, raw="?", cell=cell, fault=fault)
        rows.append(TableRow(number, {**row.values, column: value}))
    return replace(submission, tables={**submission.tables, "danh_sach": tuple(rows)})


def found_in(submission):
    outcomes = form_outcomes(CAMPAIGN, FORM, submission, UNIT)
    return findings_of(CAMPAIGN, UNIT, submission, outcomes)


@given(
    st.sampled_from([("DL01", "nam_sinh"), ("DL06", "gioi_tinh"), ("DL06", "dan_toc")]),
    st.integers(1, 40),
)
def test_a_habit_repeated_is_one_finding(habit, times):
    code, column = habit
    cells = [f"C{number}" for number in range(7, 7 + times)]
    (finding,) = (one for one in found_in(with_habit(code, column, cells)) if one.code == code)
    assert finding.severity is Severity.READING
    assert finding.group == f"danh_sach.{column}"
    assert [cell for _, cell in finding.cells] == (cells if times > 1 else [])
    assert finding.cell == "C7"
    assert (f"cùng lỗi ở {times} ô: C7, C8" in finding.message) == (times > 1)


def test_the_same_habit_is_the_same_finding_in_the_next_month():
    before = found_in(with_habit("DL06", "gioi_tinh", ["D7", "D8"], FEBRUARY))
    now = found_in(with_habit("DL06", "gioi_tinh", ["D9"]))
    record = SimpleNamespace(month=FEBRUARY, findings=before, decided={UNIT.code: {}})
    lived = with_lives(MARCH, now, {}, [record], UNIT.code)
    (finding,) = (one for one in lived.findings if one.code == "DL06")
    assert (finding.life, finding.since) == (Life.OPEN, FEBRUARY)


def given_and_message(code, **typed):
    (one,) = (one for one in found_in(HELD.but(**typed).submission()) if one.code == code)
    return one.given, one.message


def test_what_was_left_blank_is_never_said_to_be_zero():
    typed = {"khach_moi_lanh_dao_th": "9", "khach_moi_th": "0", "lanh_dao_th": BLANK}
    assert given_and_message("A7b", **typed) == (
        "0 khách mời và (để trống) lãnh đạo, cộng chung 9",
        "Chưa ghi số lãnh đạo: mới ghi 0 trên số chung 9",
    )
    nobody = dict.fromkeys(("bieu_duong_tap_the", "bieu_duong_ho_gia_dinh"), BLANK)
    given, _ = given_and_message("P6b", bieu_duong_ca_nhan="0", **nobody)
    assert given == "(để trống) tập thể, 0 cá nhân, (để trống) hộ gia đình"


@pytest.mark.parametrize(
    ("total", "code", "settled"),
    [
        ("9102", "A7e", ("A7",)),
        ("0", "A7f", ("A7", "A7c", "A7d", "P6c", "P7d")),
    ],
)
def test_a_total_that_cannot_be_true_is_one_finding(total, code, settled):
    submission = HELD.but(tong_dai_bieu_th=total).submission()
    (finding,) = found_in(submission)
    assert (finding.code, finding.settled) == (code, settled)
    assert finding.message.endswith(f"; vì vậy chưa rà soát được {len(settled)} căn cứ")
    report = UnitReport(
        unit=UNIT, state=UnitState.ON_TIME, submission=submission, findings=(finding,)
    )
    apart = {name for _, names in withholding(CAMPAIGN, report) for name in names}
    assert ("bau_dai_bieu" in apart) == ("P7d" in settled)


def test_what_a_rule_found_before_is_not_mended_while_another_stands_for_it():
    before = found_in(HELD.but(nu_th="9999").submission(FEBRUARY))
    assert [one.code for one in before] == ["A7c"]
    submission = HELD.but(tong_dai_bieu_th="0").submission(MARCH)
    outcomes = form_outcomes(CAMPAIGN, FORM, submission, UNIT)
    report = UnitReport(unit=UNIT, state=UnitState.ON_TIME, outcomes=outcomes)
    record = SimpleNamespace(month=FEBRUARY, findings=before, decided={UNIT.code: {}})
    lived = with_lives(MARCH, found_in(submission), decided_of(report), [record], UNIT.code)
    assert ([one.code for one in lived.findings], lived.gone) == (["A7f"], ())


def test_the_same_fault_in_a_block_of_the_page_is_one_finding():
    submission = HELD.submission()
    values = dict(submission.values)
    for id_ in ("dh_cong_nhan_th", "dh_truc_tiep_th", "khach_moi_th", "so_cbccvc_nld"):
        fault = Fault("DL01", id_, "Báo cáo", values[id_].cell, {"raw": "?"})
        values[id_] = replace(values[id_], value=None, raw="?", fault=fault)
    found = [one for one in found_in(replace(submission, values=values)) if one.code == "DL01"]
    assert [len(one.cells) for one in found] == [0, 3]
    staff, block = found
    assert staff.message.endswith("vì vậy chưa rà soát được 3 căn cứ")
    assert block.message.endswith("vì vậy chưa rà soát được 3 căn cứ")


def test_one_unreadable_status_says_once_how_many_rules_wait():
    submission = HELD.submission()
    status = submission.values["trang_thai"]
    fault = Fault("DL06", "trang_thai", "Báo cáo", "C14", {"raw": "?", "options": "…"})
    spoilt = {"trang_thai": replace(status, value=None, raw="?", fault=fault)}
    found = found_in(replace(submission, values={**submission.values, **spoilt}))
    assert [one.code for one in found] == ["DL06"]
    assert re.search(r"vì vậy chưa rà soát được \d\d căn cứ$", found[0].message)


@pytest.mark.slow
@pytest.mark.parametrize("status", ["Đã tổ chức", "Tổ chức rồi đấy"])
def test_what_check_prints_does_not_grow_with_a_habit(tmp_path, status):
    lines = []
    for times in (2, 12):
        people = [
            {"ho_ten": f"Lò Văn {n}", "nam_sinh": "1/5/1980", "gioi_tinh": "x", "doi_tuong": "ND"}
            for n in range(times)
        ]
        filling = Filling(
            unit=UNIT,
            month=MARCH,
            values={"trang_thai": status, "khach_moi_th": "?", "lanh_dao_th": "?"},
            tables={"danh_sach": people},
        )
        path = tmp_path / f"{times}.xlsx"
        path.write_bytes(write_form(CAMPAIGN, FORM, filling))
        checked = check_files([path], CAMPAIGN, "lai_chau_2014", None)
        assert checked[0].is_to_be_mended
        told = checked_lines(checked, CAMPAIGN, Telling(width=100))
        lines.append(sum(one.text.startswith("  - ") for one in told))
        assert "Nam" not in {value.value for value in checked[0].submission.cells}
    assert lines[0] == lines[1]
