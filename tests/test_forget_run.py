"""A run made with a wrong cut-off is taken back: the next run is as if it had not been."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime

import pytest
from click.testing import CliRunner
from nine_months import APR
from sent_files import put
from small_province import UnitsAtTheirForms, make_small_province

from tdkt_batch.cli.commands import program
from tdkt_batch.ledger.store import look_into

MARCH = ("--month", "2015-03")
RIGHT, WRONG = "2015-03-25 17:00", "2015-03-11 17:00"


def ask(*arguments, status=0):
    done = CliRunner().invoke(program, [str(one) for one in arguments], prog_name="tdkt-batch")
    assert done.exit_code == status, done.output
    return done


def run(province, out, *paths, until=None):
    cut_off = ("--received-until", until) if until else ()
    ask("run", *paths, *MARCH, *cut_off, "--campaign", province.campaign, "--out", out)


def written(out):
    """Return all results of an output folder, without the ledger."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.is_relative_to(out / "luu-tru")
        and not path.name.startswith("so-tiep-nhan")
    }  # fmt: skip


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh-nho"))


@pytest.fixture(scope="module")
def first(province, tmp_path_factory):
    """The first mail of the month, run with the right cut-off."""
    out = tmp_path_factory.mktemp("lan-dau")
    run(province, out, province.first, until=RIGHT)
    return out


@pytest.fixture(scope="module")
def wrong(province, first, tmp_path_factory):
    """After it all mail, run with a wrong cut-off."""
    out = shutil.copytree(first, tmp_path_factory.mktemp("nham") / "ra")
    run(province, out, province.all, until=WRONG)
    return out


@pytest.fixture
def forgotten(wrong, tmp_path):
    out = shutil.copytree(wrong, tmp_path / "ra")
    assert ask("months", "--forget-run", 2, "--out", out).stdout.count("tdkt-batch run") == 1
    return out


def test_the_next_run_is_as_if_it_had_not_been(province, first, wrong, forgotten, tmp_path):
    never = shutil.copytree(first, tmp_path / "khong-nham")
    run(province, never, province.all, until=RIGHT)
    run(province, forgotten, province.all, until=RIGHT)
    assert written(forgotten) == written(never)
    assert written(wrong) != written(never)


def test_what_only_it_was_given_counts_no_more(province, first, forgotten):
    run(province, forgotten)
    assert written(forgotten) == written(first)


def test_the_ledger_remembers_that_it_was_and_that_it_was_taken_back(wrong, forgotten):
    (before,) = json.loads(ask("months", "--json", "--out", wrong).stdout)
    assert (before["runs"], before["last_run"]["number"], before["forgotten"]) == (2, 2, [])
    (line,) = json.loads(ask("months", "--json", "--out", forgotten).stdout)
    assert (line["runs"], line["last_run"]["number"], line["forgotten"]) == (1, 1, [2])
    assert line["received_until"] == "2015-03-25T17:00:00"
    assert (line["whole"], line["of_forgotten_run"]) == (False, 2)
    said = " ".join(ask("months", "--out", forgotten).stdout.split())
    assert re.search(
        r"Đã bỏ lần chạy số 2 \(tháng 3/2015, số liệu đến 17 giờ 00 ngày 11/03/2015\), "
        r"bỏ lúc \d+ giờ \d\d ngày [\d/]+, bởi \S.*; lần chạy sau",
        said,
    )
    # nobody edited what stands, and one sentence says what to do
    assert "kết quả trên máy còn là của lần chạy đã bỏ: 3/2015." in said
    assert said.count("tdkt-batch run") == said.count("lần chạy số 2 đã bỏ; hãy lập lại") == 1
    assert "đã bị sửa" not in said
    assert "nguyên vẹn" not in said
    (forgotten / "so-tiep-nhan.sqlite").unlink()
    with look_into(forgotten) as ledger:
        assert [one.run.number for one in ledger.forgotten()] == [2]
        assert [one.number for one in ledger.runs()] == [1]
        assert [one.number for one in ledger.runs(as_of=2)] == [1, 2]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (2, "lần chạy số 2 đã được bỏ từ trước"),
        (7, "không có lần chạy số 7; các lần chạy đang tính: 1 (3/2015)"),
        (0, "không có lần chạy số 0"),
    ],
)
def test_what_cannot_be_taken_back_is_one_sentence(forgotten, number, sentence):
    done = ask("months", "--forget-run", number, "--out", forgotten, status=1)
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert sentence in done.stderr


def test_an_issued_run_cannot_be_taken_back(first, tmp_path):
    out = shutil.copytree(first, tmp_path / "ra")
    ask("issue", *MARCH, "--out", out)
    done = ask("months", "--forget-run", 1, "--out", out, status=1)
    assert "lần chạy số 1 là kết quả tháng 3/2015 đã ban hành nên không bỏ được" in done.stderr
    assert json.loads(ask("months", "--json", "--out", out).stdout)[0]["runs"] == 1


def test_the_only_run_of_a_month_is_taken_back(province, first, tmp_path):
    out = shutil.copytree(first, tmp_path / "ra")
    said = ask("months", "--forget-run", 1, "--out", out).stdout
    assert said.startswith("Chưa tổng hợp tháng nào.")
    assert "Đã bỏ lần chạy số 1" in said
    run(province, out, province.first, until=RIGHT)
    assert written(out) == written(first)
    (line,) = json.loads(ask("months", "--json", "--out", out).stdout)
    assert (line["last_run"]["number"], line["forgotten"], line["whole"]) == (2, [1], True)


def test_an_earlier_run_is_taken_back_after_those_that_stand_on_its_files(
    province, wrong, tmp_path
):
    out = shutil.copytree(wrong, tmp_path / "ra")
    run(province, out, until=RIGHT)
    for number, later in ((1, "số 3 (tháng 3/2015), số 2 (tháng 3/2015)"), (2, "số 3 (")):
        done = ask("months", "--forget-run", number, "--out", out, status=1)
        assert f"dùng cả tệp của lần ấy: {later}" in done.stderr
        assert done.stderr.endswith("--forget-run 3\n")
    for number in (3, 2, 1):
        ask("months", "--forget-run", number, "--out", out)


def test_what_was_signed_keeps_the_files_of_the_runs_before_it(province, wrong, tmp_path):
    out = shutil.copytree(wrong, tmp_path / "ra")
    run(province, out, until=RIGHT)
    ask("issue", *MARCH, "--out", out)
    before = written(out)
    done = ask("months", "--forget-run", 1, "--out", out, status=1)
    assert "lần chạy số 3 sau đó" in done.stderr
    assert "đã ban hành" in done.stderr
    run(province, out)
    assert written(out) == before


def test_a_run_whose_files_another_month_counts_is_taken_back_after_it(province, first, tmp_path):
    out, april = shutil.copytree(first, tmp_path / "ra"), ("--month", "2015-04")
    # given for April are March's files that came late, which March's next run counts too
    shutil.copytree(province.all, tmp_path / "gui")
    content = UnitsAtTheirForms(province.campaign).form("105", APR)
    put(tmp_path / "gui/105 thang 4.xlsx", content, datetime(2015, 4, 20, 9))
    ask("run", tmp_path / "gui", *april, "--campaign", province.campaign, "--out", out)
    run(province, out, until=RIGHT)
    before = written(out)
    done = ask("months", "--forget-run", 2, "--out", out, status=1)
    assert "dùng cả tệp của lần ấy: số 3 (tháng 3/2015)" in done.stderr
    run(province, out)
    assert written(out) == before
    # what the later run of another month gave, or nobody counts, is in nobody's way
    ask("months", "--forget-run", 3, "--out", out)
    ask("months", "--forget-run", 2, "--out", out)
    run(province, out)
    assert {n: c for n, c in written(out).items() if n.startswith("2015-03")} == {
        n: c for n, c in written(first).items() if n.startswith("2015-03")
    }
