"""A month's form pre-filled with the unit's last report: ticked, changed in a cell, sent untouched."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from nine_months import APR, MAR, MONTHS
from sent_files import put
from test_newest_report import COMMUNE, Story
from test_read import read

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.cli.commands import program
from tdkt_batch.forms_write.filling import FilledForm, Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.months.carried_over import fillings_of_month
from tdkt_batch.months.earlier_months import figures_of

TICK = "khong_thay_doi"


@pytest.fixture(scope="module")
def march(tmp_path_factory):
    """A province whose March was run, and what its forms for April hold from the start."""
    told = Story(tmp_path_factory.mktemp("ky-truoc"), MAR, APR)
    told.put(MAR, "1.xlsx", told.form(MAR, so_cong_van="12/BC-UBND", ngay_cong_van="9/3/2015"), 9)
    result = told.run(MAR)
    fillings = fillings_of_month(told.campaign, told.out, MONTHS[APR], 1)
    shutil.copytree(told.out, told.folder / "sau-thang-3")
    return told, told.unit(result).submission, fillings


def april(march, **typed):
    """Return the commune's report of April, the pre-filled form sent with some cells typed."""
    told, _, fillings = march
    filling = fillings[COMMUNE]
    filling = replace(filling, values={**filling.values, **typed})
    form = told.campaign.form_of(filling.unit)
    place = told.folder / str(MONTHS[APR]) / "1.xlsx"
    put(place, write_form(told.campaign, form, filling), datetime(2015, 4, 9, 9))
    shutil.rmtree(told.out)
    shutil.copytree(told.folder / "sau-thang-3", told.out)
    result = told.run(APR)
    return told.unit(result), result


def said(submission, apart=()):
    """Return what a report says, in its cells and lists."""
    cells = {id_: v.value for id_, v in submission.values.items() if id_ not in apart}
    lists = {
        id_: [{c: v.value for c, v in row.values.items()} for row in rows]
        for id_, rows in submission.tables.items()
    }
    return cells, lists


OWN = {TICK, "thang_bao_cao", "so_cong_van", "ngay_cong_van"}


def test_the_form_holds_all_that_was_said_but_the_covering_letter(march):
    told, before, fillings = march
    values = fillings[COMMUNE].values
    assert before.values["so_cong_van"].value == "12/BC-UBND"
    assert not OWN & {id_ for id_, raw in values.items() if raw is not None}
    assert values["trang_thai"] == before.values["trang_thai"].value
    assert set(fillings) == {"DN08", COMMUNE}  # of the others nothing is known
    assert told.campaign.units


def test_ticked_and_sent_it_is_the_same_report_and_nothing_is_found(march):
    unit, result = april(march, **{TICK: "x"})
    assert said(unit.submission, OWN) == said(march[1], OWN)
    assert unit.findings == ()
    assert unit.changes == ()
    assert figures_of(march[0].campaign, result.report).by_id["da_to_chuc"]


def test_changed_in_one_cell_it_is_exactly_that_change(march):
    unit, _ = april(march, dia_diem="Nhà văn hóa xã")
    now, before = said(unit.submission, OWN), said(march[1], OWN)
    assert {id_ for id_ in now[0] if now[0][id_] != before[0][id_]} == {"dia_diem"}
    assert now[1] == before[1]
    assert unit.findings == ()


def test_sent_untouched_it_is_asked_about(march):
    unit, _ = april(march)
    assert [(one.code, one.severity.value, one.field) for one in unit.findings] == [
        ("O5i", "warning", TICK)
    ]
    assert "giống hệt báo cáo tháng 3/2015" in unit.findings[0].message


def test_a_letter_of_its_own_says_that_somebody_looked_at_it(march):
    unit, _ = april(march, so_cong_van="31/BC-UBND", ngay_cong_van="9/4/2015")
    assert unit.findings == ()


def test_last_months_file_used_again_is_no_notice(march):
    told, before, fillings = march
    again = replace(fillings[COMMUNE], month=MONTHS[MAR])  # made for March, April is typed
    month = {"thang_bao_cao": "4/2015"}
    unit, _ = april((told, before, {COMMUNE: again}), **month)
    assert (unit.findings, unit.submission.faults) == ((), ())


def test_ticked_although_a_cell_differs_it_is_asked_which_holds(march):
    unit, _ = april(march, dia_diem="Nhà văn hóa xã", **{TICK: "x"})
    assert [one.code for one in unit.findings] == ["O5i"]
    assert "nay Nhà văn hóa xã" in unit.findings[0].message


def test_who_signs_is_no_change_but_somebody_who_looked_at_it(march):
    signing = {"nguoi_lap": "Tẩn Mý Dao", "dien_thoai": "0213 555 001", "thu_truong": "Lò Văn An"}
    ticked, _ = april(march, **{TICK: "x"}, **signing)
    assert ticked.findings == ()
    signed, _ = april(march, **signing)
    assert signed.findings == ()


def test_a_list_in_another_order_is_the_same_and_with_another_row_is_not(march):
    told, before, fillings = march
    rows = list(fillings[COMMUNE].tables["danh_sach"])
    assert len(rows) > 2

    def ticked(rows):
        other = replace(fillings[COMMUNE], tables={"danh_sach": rows})
        return april((told, before, {COMMUNE: other}), **{TICK: "x"})[0].findings

    assert ticked(rows[::-1]) == ()
    other = {**rows[-1], "ho_ten": "Tẩn Mý Dao"}
    assert [one.code for one in ticked([*rows[:-1], other])] == ["O5i"]


# --- a list whose names the register fills in ------------------------------------------------

CITY = "105"


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A city whose March was run; it said something of each of its wards, and of another."""
    told = Story(tmp_path_factory.mktemp("thanh-pho"), MAR, APR)
    below = [one.name for one in told.campaign.units if one.parent == CITY]
    rows = [{"ten": name, "phan_bo": 5 + at} for at, name in enumerate(below)]
    unit = told.campaign.unit(CITY)
    filling = Filling(
        unit=unit,
        month=MONTHS[MAR],
        values={"trang_thai": "Chưa có kế hoạch"},
        tables={"truc_thuoc": [*rows, {"ten": "Trung tâm Y tế"}]},
    )
    content = write_form(told.campaign, told.campaign.form_of(unit), filling)
    put(told.folder / str(MONTHS[MAR]) / "tp.xlsx", content, datetime(2015, 3, 9, 9))
    told.run(MAR)
    shutil.copytree(told.out, told.folder / "sau-thang-3")
    return told, below


def of_april(city, units):
    """Return the campaign with other units, and what the city's form for April holds."""
    told, _ = city
    campaign = replace(told.campaign, units=tuple(units))
    return campaign, fillings_of_month(campaign, told.out, MONTHS[APR], 1)[CITY]


def said_of_wards(filling):
    return {row["ten"]: row.get("phan_bo") for row in filling.tables["truc_thuoc"]}


def test_a_ward_that_the_register_gained_is_listed_and_none_is_lost(city):
    told, below = city
    new = replace(told.campaign.unit("03386"), code="03999", name="Phường Mới")
    _, filling = of_april(city, [*told.campaign.units, new])
    assert list(said_of_wards(filling).items()) == [
        *((name, 5 + at) for at, name in enumerate(below)),
        ("Phường Mới", None),
        ("Trung tâm Y tế", None),
    ]


def test_a_ward_that_was_renamed_has_its_new_name(city):
    told, below = city
    first = next(one for one in told.campaign.units if one.parent == CITY)
    units = [replace(u, name="Phường Đổi Tên") if u is first else u for u in told.campaign.units]
    _, filling = of_april(city, units)
    assert below[0] not in said_of_wards(filling)
    assert said_of_wards(filling)["Phường Đổi Tên"] == 5


def test_what_was_said_of_a_ward_that_is_gone_stands_below_for_the_city_to_say(city):
    told, below = city
    units = [one for one in told.campaign.units if one.name != below[0]]
    _, filling = of_april(city, units)
    assert list(said_of_wards(filling)) == [*below[1:], below[0], "Trung tâm Y tế"]


def test_names_that_the_register_filled_in_are_no_change(city):
    told, below = city
    register = told.folder / "dot" / "units.csv"
    text = register.read_text(encoding="utf-8")
    (row,) = [line for line in text.splitlines() if line.startswith("03386,")]
    new = row.replace("03386", "03999").replace(below[0], "Phường Mới")
    changed = text.replace(below[1], "Phường Đổi Tên") + new + "\n"
    register.write_text(changed, encoding="utf-8")
    campaign = load_campaign(str(told.folder / "dot"))
    filling = fillings_of_month(campaign, told.out, MONTHS[APR], 1)[CITY]
    assert {"Phường Mới", "Phường Đổi Tên"} < said_of_wards(filling).keys()
    filling = replace(filling, values={**filling.values, TICK: "x"})
    content = write_form(campaign, campaign.form_of(filling.unit), filling)
    put(told.folder / str(MONTHS[APR]) / "tp.xlsx", content, datetime(2015, 4, 9, 9))
    assert "O5i" not in {one.code for one in told.unit(told.run(APR), CITY).findings}
    register.write_text(text, encoding="utf-8")
    shutil.rmtree(told.out)
    shutil.copytree(told.folder / "sau-thang-3", told.out)


def test_days_are_carried_over_as_the_form_takes_them(march):
    campaign, filling = march[0].campaign, march[2][COMMUNE]
    raws = FilledForm(campaign, campaign.form_of(filling.unit), filling).raws
    days = [raw for id_, raw in raws.items() if id_.startswith("ngay_") and raw is not None]
    assert {type(raw) for raw in days} == {str}


def test_the_command_writes_the_forms_of_a_month_by_the_ledger(march, tmp_path):
    told, before, _ = march
    given = ["templates", "--all-units", "--month", "2015-04", "--ledger", str(told.out)]
    given += ["--campaign", str(told.folder / "dot"), "--out", str(tmp_path), "--json"]
    done = CliRunner().invoke(program, given)
    assert done.exit_code == 0, done.output
    (own,) = [path for path in json.loads(done.stdout) if COMMUNE in path]
    submission = read(Path(own).read_bytes())
    assert (str(submission.month), submission.is_prefilled) == ("2015-04", True)
    assert said(submission, OWN) == said(before, OWN)
    assert all(submission.values[id_].is_blank for id_ in OWN - {"thang_bao_cao"})


def test_a_folder_without_a_ledger_is_said(tmp_path):
    given = ["templates", "--all-units", "--month", "2015-04", "--ledger", str(tmp_path)]
    done = CliRunner().invoke(program, [*given, "--out", str(tmp_path / "ra")], prog_name="x")
    assert done.exit_code == 1
