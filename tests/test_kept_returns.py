"""A return that stands as it would be written is not written again, and never one that does not."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from click.testing import CliRunner
from nine_months import MAR
from sent_files import put
from small_province import UnitsAtTheirForms, make_small_province

from tdkt_batch.cli.commands import program
from tdkt_batch.months.request import Step
from tdkt_batch.months.run import run_month

RETURNS = "2015-03/thong-bao/bieu-gui-lai"


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """Return a province whose units each left out where their conference is to be held."""
    province = make_small_province(tmp_path_factory.mktemp("tinh-nho"))
    units = UnitsAtTheirForms(province.campaign)
    for code, day, folders in (
        ("105", 10, (province.first, province.all)),
        ("03386", 10, (province.first, province.all)),
        ("DN08", 10, (province.first, province.all)),
        ("03387", 24, (province.all,)),
    ):
        content = units.form(code, MAR, dia_diem=None)
        for folder in folders:
            put(folder / f"{code} thang 3.xlsx", content, datetime(2015, 3, day, 9))
    return province


@pytest.fixture
def run(province):
    def run(out, *paths, **others):
        """Run March with letters; return the returns' bytes by name, and how many were written."""
        written = []

        def told(step, done, of):
            if step is Step.RETURNS:
                written.append(of)

        run_month(province.request(out, paths, letters=True, workers=1, **others), told)
        returns = {one.name: one.read_bytes() for one in (out / RETURNS).iterdir()}
        return returns, max(written, default=0)

    return run


def test_with_one_more_report_only_its_return_is_written(province, run, tmp_path):
    _, first = run(tmp_path / "dan", province.first)
    assert first == 3
    # a ward and a department with an empty form are new, another ward and an enterprise get fresh
    # forms for what could not be used, the district is told of its wards; the ward of before stands, and the
    # enterprise, which mended its form, gets none
    returns, again = run(tmp_path / "dan", province.all)
    fresh, alone = run(tmp_path / "mot-lan", province.all)
    assert returns == fresh
    assert (len(fresh), alone, again) == (6, 6, 5)


def test_where_a_unit_is_registered_changes_no_return(province, run, tmp_path):
    """The first run writes what the register says into the settings, which say it from then on."""
    register = tmp_path / "danh-sach.csv"
    heads, unit = (
        "ma,ten,loai,cap,truc_thuoc",
        "DN77,Công ty Cổ phần Chè Pa Tần,doanh nghiệp,base,",
    )
    register.write_text(f"{heads}\n{unit}\n", encoding="utf-8")
    out, given = tmp_path / "ra", {"register": register, "keeps_samples": False}
    returns, _ = run(out, province.first, **given)
    assert (out / "thiet-lap.xlsx").exists()
    (out / "2015-03" / "tong-hop-2015-03.xlsx").unlink()
    assert run(out, province.first, **given) == (returns, 0)


@pytest.mark.parametrize("harm", ["changed", "removed"])
def test_what_does_not_stand_as_it_was_written_is_written_again(province, run, tmp_path, harm):
    out = tmp_path / "ra"
    returns, _ = run(out, province.first)
    name = min(returns)
    if harm == "changed":
        (out / RETURNS / name).write_bytes(returns[name][:-1] + b"?")
    else:
        (out / RETURNS / name).unlink()
    assert run(out, province.first) == (returns, 1)


def test_letters_of_the_same_result_stay_and_those_of_another_go_with_a_word(province, tmp_path):
    """What nothing has changed in is not written anew because no letters are asked for."""
    out = tmp_path / "ra"
    run_month(province.request(out, (province.first,), letters=True))
    same = run_month(province.request(out, (province.first,)))
    assert same.is_unchanged
    assert (out / RETURNS).exists()
    other = run_month(province.request(out, (province.all,)))
    assert not (out / RETURNS).exists()
    assert [note for note in other.notes if "thong-bao: đã xóa thư, biểu gửi lại" in note]
    again = run_month(province.request(out, (province.first,), received_until=None))
    assert not [note for note in again.notes if "thong-bao" in note]


def test_another_moment_is_another_receipt(province, run, tmp_path):
    out = tmp_path / "ra"
    returns, _ = run(out, province.first)
    other = province.request(out, ()).received_until.replace(hour=16)
    later, written = run(out, province.first, received_until=other)
    assert written == 3
    assert all(later[name] != returns[name] for name in returns)


def test_the_manifest_lists_returns_that_were_taken_over(province, run, tmp_path):
    out = tmp_path / "ra"
    run(out, province.first)
    returns, _ = run(out, province.all)
    manifest = json.loads((out / "2015-03/bang-ke-2015-03.json").read_text(encoding="utf-8"))
    listed = {one["name"] for one in manifest["outputs"]}
    assert {f"{RETURNS}/{name}" for name in returns} <= listed
    done = CliRunner().invoke(program, ["months", "--out", str(out), "--json"])
    assert json.loads(done.output)[0]["whole"] is True
