"""One month of seven units through every room, by the command line alone.

Each room has tests of its own, most of them slow; here each does its part once, so that the fast
tests reach all of them. ``test_fast_tests.py`` says when a module is left out.
"""

from __future__ import annotations

import email
import json
import re
import shutil
from collections import Counter
from email.policy import default
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from schemas import Schema, check_schema, manifest_schema
from small_province import make_small_province

from tdkt_batch import __version__
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.cli import main
from tdkt_batch.cli.commands import program
from tdkt_batch.months.run import run_month

MONTH = ("--month", "2015-03")
UNITS = ("105", "03386", "03387", "03388", "SNV", "DN08", "DN11")


def ask(*arguments: object, status: int = 0) -> str:
    done = CliRunner().invoke(program, [str(a) for a in arguments], prog_name="tdkt-batch")
    assert done.exit_code == status, done.output
    return done.output


def as_json(*arguments: object) -> Any:
    return json.loads(ask(*arguments, "--json"))


def texts_of(path: Path) -> dict[str, list[str]]:
    """Return each sheet's rows, what stands in a row's cells joined by bars."""
    return {
        sheet.title: [
            " | ".join(str(value) for value in row if value is not None)
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in load_workbook(path).worksheets
    }


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh-nho"))


@pytest.fixture(scope="module")
def out(province, tmp_path_factory):
    """Return the folder of results of runs in this process, letters and returns with the last."""
    out = tmp_path_factory.mktemp("ket-qua")
    run_month(province.request(out, (province.first,), keeps_samples=False))
    run_month(province.request(out, (province.all,), letters=True, keeps_samples=False))
    return out


@pytest.fixture(scope="module")
def file_of(out):
    def find(pattern: str) -> Path:
        (path,) = out.rglob(pattern)
        return path

    return find


def test_the_book_has_every_unit_once_and_the_fault_of_one(file_of):
    book = texts_of(file_of("tong-hop-2015-03.xlsx"))
    for code in UNITS:
        rows = [row for row in book["Theo đơn vị"] if code in row.split(" | ")]
        assert len(rows) == 1, code
    (fault,) = [row for row in book["Nội dung cần xem xét"] if "Chưa ghi người chủ trì" in row]
    assert "Phường Tân Phong" in fault


def test_the_screen_counts_what_is_not_known_as_the_book_does(out, file_of):
    """Each value that is lacking once, whatever the number of rules that wait for it."""
    rows = texts_of(file_of("tong-hop-2015-03.xlsx"))["Nội dung cần xem xét"]
    lacking = [row for row in rows if "Chưa đủ số liệu" in row.split(" | ")]
    (line,) = [
        line
        for line in ask("run", "--month", "2015-03", "--out", out).splitlines()
        if "Chưa đủ số liệu" in line
    ]
    assert lacking
    assert re.findall(r"\d+", line) == [str(len(lacking))]


def test_what_is_new_since_the_last_run_and_what_is_to_be_done_stand_first(out):
    rows = texts_of(out / "so-quyet-dinh.xlsx")["Việc cần làm"]
    assert any(row.startswith("Từ lần chạy trước") and "2 báo cáo mới nhận" in row for row in rows)
    assert any("Gọi điện" in row and "Sở Nội vụ" in row for row in rows)


def test_every_file_has_one_state(file_of):
    manifest = json.loads(file_of("bang-ke-2015-03.json").read_text(encoding="utf-8"))
    states = [one["state"] for one in manifest["inputs"]]
    assert len(states) == manifest["attachments"]["total"] == 9
    assert states.count("used") == manifest["attachments"]["used"] == 5


@pytest.fixture(scope="module")
def checked(province):
    """Return what a program is told of two forms, the first with a finding and people in it."""
    forms = (province.all / name for name in ("03387 thang 3.xlsx", "SNV trong.xlsx"))
    return as_json("check", *forms, "--campaign", province.campaign)


def test_what_programs_read_is_as_its_schema_says(checked, file_of):
    manifest = json.loads(file_of("bang-ke-2015-03.json").read_text(encoding="utf-8"))
    assert problems_of(manifest, manifest_schema()) == []
    assert problems_of(checked, check_schema()) == []
    assert problems_of({**manifest, "more": 1}, manifest_schema())
    assert problems_of([{**checked[0], "state": "lost"}], check_schema())


def problems_of(told: Any, schema: Schema) -> list[str]:
    Draft202012Validator.check_schema(schema)
    return [one.message for one in Draft202012Validator(schema).iter_errors(told)]


def test_the_manifest_lists_what_the_book_counts_and_the_form_tells(checked, file_of):
    manifest = json.loads(file_of("bang-ke-2015-03.json").read_text(encoding="utf-8"))
    listed = manifest["finding_list"]
    lives = Counter(one["life"] for one in listed)
    assert lives == Counter({life: n for life, n in manifest["lives"].items() if n})
    severities = Counter(one["severity"] for one in listed)
    assert severities == Counter({kind: n for kind, n in manifest["findings"].items() if n})
    (own,) = (one for one in checked[0]["findings"] if one["rule"] == "O1")
    (same,) = (one for one in listed if (one["unit"], one["rule"]) == ("03387", "O1"))
    keys = ("severity", "cells", "given", "expected")
    assert [same[key] for key in keys] == [own[key] for key in keys]
    assert [(one["sheet"], one["cell"]) for one in own["cells"]] == [("Báo cáo", "C30")]


def test_the_manifest_names_nobody(province, checked, file_of):
    manifest = file_of("bang-ke-2015-03.json").read_text(encoding="utf-8").casefold()
    forms = load_campaign(str(province.campaign)).forms
    personal = {field for form in forms for field in form.personal}
    values = (value for file in checked for value in file["values"])
    people = {v["raw"] for v in values if re.sub(r"\[.*", "", v["field"]) in personal and v["raw"]}
    assert len(people) > 5
    assert [name for name in people if str(name).casefold() in manifest] == []


def test_a_unit_with_something_to_do_gets_a_form_and_one_without_none(out, file_of):
    returned = load_workbook(file_of("*(03388)*.xlsx"))
    first = returned.worksheets[0]
    assert first["A1"].value.startswith("1 việc, khoảng ")
    assert "Ghi lại số liệu vào biểu này" in {
        str(cell.value).partition(",")[0] for row in first for cell in row
    }
    assert not [*out.rglob("bieu-gui-lai/*(03387)*")]  # it has explained, and the board looks at it


def test_a_unit_is_told_by_mail_and_the_leader_by_a_report(out, file_of):
    drafts = [
        email.message_from_bytes(path.read_bytes(), policy=default) for path in out.rglob("*.eml")
    ]
    told = " ".join(
        body.get_content() for one in drafts if (body := one.get_body(("plain",))) is not None
    )
    assert "Tân Phong" in told
    papers = [docx.Document(str(path)) for path in out.rglob("*.docx")]
    assert any("tháng 3/2015" in line.text for paper in papers for line in paper.paragraphs)


def test_the_board_has_a_workbook_to_decide_in(file_of):
    sheets = texts_of(file_of("so-quyet-dinh.xlsx"))
    assert any("O1" in row for rows in sheets.values() for row in rows)


def test_a_figure_is_followed_home(out):
    assert "03386 thang 3.xlsx" in ask("trace", "03386", "tong_dai_bieu_th", *MONTH, "--out", out)
    assert "03386" in ask("trace", "--total", "da_to_chuc", *MONTH, "--out", out)


def test_the_entry_point_runs_the_command_that_was_typed(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["tdkt-batch", "--version"])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 0
    assert capsys.readouterr().out == f"tdkt-batch {__version__}\n"


def test_the_forms_of_the_month_after_hold_what_was_said(out, province, tmp_path):
    given = ("--month", "2015-04", "--campaign", province.campaign, "--ledger", out)
    written = as_json("templates", "--all-units", *given, "--out", tmp_path)
    (own,) = [path for path in written if "03386" in path]
    (sheet,) = [rows for title, rows in texts_of(Path(own)).items() if title == "Báo cáo"]
    assert any("Đã tổ chức" in row for row in sheet)
    assert any("4/2015" in row for row in sheet)


def test_a_month_is_listed(out):
    assert "3/2015" in ask("months", "--out", out)


def test_a_form_is_checked_before_it_is_sent(province, checked):
    form = province.all / "03387 thang 3.xlsx"
    assert "O1" in ask("check", form, "--codes", "--campaign", province.campaign)
    empty = ask("check", province.all / "SNV trong.xlsx", "--campaign", province.campaign)
    assert empty.splitlines()[1:] == ["  Sở Nội vụ, tháng 3/2015: biểu trống, chưa ghi số liệu nào"]
    told = checked[0]
    values = {value["field"]: value["value"] for value in told["values"]}
    assert (told["unit"], told["empty"]) == ("03387", False)
    assert (values["thang_bao_cao"], values["trang_thai"]) == ("2015-03-01", "Đã tổ chức")


def test_a_folder_of_forms_is_checked_form_by_form(province):
    told = as_json("check", province.first, "--campaign", province.campaign)
    found = [sorted(one["rule"] for one in form["findings"]) for form in told]
    said = ask("check", province.first, "--campaign", province.campaign)
    assert found == [[], [], ["A8"]]
    assert all(path.name in said for path in province.first.iterdir())


def test_a_second_run_says_the_same_of_every_file(province, out, file_of):
    before = file_of("bang-ke-2015-03.json").read_text(encoding="utf-8")
    run_month(province.request(out, (province.all,), letters=True))
    after = file_of("bang-ke-2015-03.json").read_text(encoding="utf-8")
    assert json.loads(after)["inputs"] == json.loads(before)["inputs"]


def test_blank_forms_are_written(tmp_path, province):
    ask("templates", "--out", tmp_path, "--campaign", province.campaign)
    assert list(tmp_path.glob("*.xlsx"))


def test_what_was_signed_stays_and_what_is_run_after_it_adjusts_it(out, tmp_path):
    own = shutil.copytree(out, tmp_path / "ra")
    (book,) = own.rglob("tong-hop-2015-03.xlsx")
    signed = book.read_bytes()
    ask("issue", *MONTH, "--out", own)
    assert "đã ban hành" in ask("months", "--forget-run", 2, "--out", own, status=1)
    again = ("--no-letters", "--received-until", "2015-03-15", "--timings")
    assert "Đang rà soát" in ask("run", *MONTH, "--out", own, *again)
    (kept,) = own.glob("2015-03/ban-hanh/*/tong-hop-2015-03.xlsx")
    assert kept.read_bytes() == signed
    assert any("Phường Tân Phong" in row for row in texts_of(book)["Điều chỉnh"])


def test_who_has_sent_nothing_is_reminded_before_the_deadline(province, tmp_path):
    given = (*MONTH, "--campaign", province.campaign, "--received-until", "2015-03-02 08:00")
    drafts = as_json("remind", *given, "--out", tmp_path)["drafts"]
    assert [one["unit"] for one in drafts if one["own"]] == list(UNITS)
    (mail,) = tmp_path.glob("2015-03/nhac-truoc-han/snv-*.eml")
    message = email.message_from_bytes(mail.read_bytes(), policy=default)
    assert "chậm nhất ngày 25/03/2015" in message["Subject"]
