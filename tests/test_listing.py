"""The list of the months that were run: coverage, findings, and whether what stands is whole."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from click.testing import CliRunner
from nine_months import APR, MAR
from traced_province import CORRECTION, OPERATOR, run, run_three_months

from tdkt_batch.cli.commands import program
from tdkt_batch.ledger.store import open_ledger


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ba-thang")


@pytest.fixture(scope="module")
def results(folder):
    return run_three_months(folder)


@pytest.fixture(scope="module")
def out(folder, results):
    return folder / "output"


def listed(place, *options):
    command = ["months", "--out", str(place), *options]
    done = CliRunner().invoke(program, command, prog_name="tdkt-batch")
    assert done.exit_code == 0, done.output
    return done.stdout


def objects(place):
    return {line["month"]: line for line in json.loads(listed(place, "--json"))}


def test_each_month_stands_once_with_its_last_run(out):
    months = objects(out)
    assert list(months) == ["2015-02", "2015-03", "2015-04"]
    assert [line["runs"] for line in months.values()] == [1, 2, 1]
    march = months["2015-03"]
    assert march["received_until"] == "2015-03-25T17:00:00"
    assert march["last_run"]["operator"] == OPERATOR
    assert march["last_run"]["started"] == "2015-03-25T17:30:00"


def test_coverage_and_findings_are_those_of_the_manifest(out, results):
    march, manifest = objects(out)["2015-03"], results[MAR].manifest
    on_time, late = manifest["units"]["on_time"], manifest["units"]["late"]
    assert (march["reported"], march["required"]) == (on_time + late, manifest["units"]["total"])
    assert (march["reported"], march["required"], march["provisional"]) == (4, 6, True)
    assert march["findings"] == manifest["findings"]
    assert sum(march["lives"].values()) >= sum(march["findings"].values())


def test_mended_findings_count_in_the_month_in_which_they_are_found_no_more(out, results):
    gone = {
        month: sum(len(unit.gone) for unit in result.report.units)
        for month, result in results.items()
    }
    months = objects(out)
    assert (months["2015-03"]["lives"]["fixed"], months["2015-04"]["lives"]["fixed"]) == (
        gone[MAR],
        gone[APR],
    )


def test_the_table_says_it_in_words(out):
    text = " ".join(listed(out).split())
    for words in ("3/2015", "4/6", "tạm tính", "(lần 2)", " mới)"):
        assert words in text
    assert "Đã tổng hợp 3 tháng, từ 2/2015 đến 4/2015; còn tạm tính: 2/2015, 3/2015, 4/2015" in text
    assert "kết quả các tháng còn nguyên vẹn" in text


def test_a_month_is_one_line_in_a_window_of_80_columns(out, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    table = listed(out).partition("Đã tổng hợp")[0].splitlines()
    months = [line for line in table if re.match(r" +\d+/\d{4} ", line)]
    assert len(months) == 3
    assert len([line for line in table if line.strip()]) == 3 + len(("heads", "rule"))


def test_a_changed_and_a_missing_file_are_named(out, tmp_path):
    copy = shutil.copytree(out, tmp_path / "output")
    (copy / "2015-03" / "tong-hop-2015-03.xlsx").write_bytes(b"saved by somebody")
    (copy / "2015-04" / "tong-hop-2015-04.xlsx").unlink()
    (copy / "2015-02" / "bang-ke-2015-02.json").unlink()
    months = objects(copy)
    assert [line["whole"] for line in months.values()] == [False, False, False]
    assert months["2015-03"]["changed"] == ["2015-03/tong-hop-2015-03.xlsx"]
    assert months["2015-04"]["missing"] == ["2015-04/tong-hop-2015-04.xlsx"]
    assert months["2015-02"]["missing"] == ["2015-02/bang-ke-2015-02.json"]
    text = " ".join(listed(copy).split())
    assert "Tháng 3/2015: đã bị sửa 2015-03/tong-hop-2015-03.xlsx; chạy lại" in text
    assert "Tháng 4/2015: không còn 2015-04/tong-hop-2015-04.xlsx; chạy lại" in text
    assert "kết quả không còn nguyên vẹn: 2/2015, 3/2015, 4/2015" in text


def test_a_decision_that_the_months_workbook_does_not_know_is_pointed_out(out, tmp_path):
    copy = shutil.copytree(out, tmp_path / "output")
    later = datetime(2015, 4, 30, 8)
    with open_ledger(copy, OPERATOR, later) as ledger:
        ledger.decide([replace(CORRECTION, unit="03387", value=40)], OPERATOR, later)
    assert [m["decided_since"] for m in objects(out).values()] == [0, 0, 0]
    assert [m["decided_since"] for m in objects(copy).values()] == [0, 1, 1]
    assert objects(copy)["2015-03"]["findings"]["violation"] == 0
    text = " ".join(listed(copy).split())
    assert "Tháng 3/2015: Ban có 1 quyết định sau lần chạy cuối, đã tính ở bảng trên" in text


def test_what_is_lost_comes_back_with_another_run(out, tmp_path, folder):
    copy = shutil.copytree(out, tmp_path / "output")
    (copy / "2015-04" / "tong-hop-2015-04.xlsx").unlink()
    run(copy, folder / "dot", APR)
    assert objects(copy)["2015-04"]["whole"]


def test_a_folder_without_ledger_is_one_sentence(tmp_path):
    done = CliRunner().invoke(program, ["months", "--out", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "chưa chạy tháng nào trong thư mục này" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_ledger_without_a_completed_run_has_no_months(tmp_path):
    with open_ledger(tmp_path, OPERATOR, datetime(2015, 3, 25, 17)):
        pass
    assert listed(tmp_path) == "Chưa tổng hợp tháng nào.\n"
    assert objects(tmp_path) == {}
