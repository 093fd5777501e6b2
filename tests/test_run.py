"""The monthly run as a whole, over a handful of files: states, sums, output, same bytes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime

import pytest
from click.testing import CliRunner
from mail_samples import HEADERS, mail, text
from openpyxl import load_workbook
from sent_files import put

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.cli.commands import program
from tdkt_batch.demo.clean_forms import base_draft
from tdkt_batch.demo.files import form_bytes
from tdkt_batch.demo.truth import Truth
from tdkt_batch.errors import ConservationError, InputError
from tdkt_batch.ledger import kept_files as vault
from tdkt_batch.model import Month
from tdkt_batch.months import inputs
from tdkt_batch.months.request import MonthRequest
from tdkt_batch.months.run import check_sums, run_month
from tdkt_batch.outputs.quarantine import stored_stem
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import FileState, UnitState
from tdkt_batch.unpack.gather import gather
from tdkt_batch.wording.shared import file_reason
from tdkt_batch.workbooks.read import Unread

MARCH = Month(2015, 3)
UNTIL = datetime(2015, 3, 25, 17)
NOW = datetime(2015, 3, 26, 8)


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def forms(campaign):
    """The bytes of a few communes' forms, by unit code."""
    communes = [u for u in campaign.units if u.level == "base" and u.is_valid_in(MARCH)][:6]
    drafts = [base_draft(campaign, u, held=False, pilot=False, large=False) for u in communes]
    return {draft.unit.code: form_bytes(campaign, draft) for draft in drafts}


@pytest.fixture(scope="module")
def sent(forms, tmp_path_factory):
    """Four good forms, a late one, one cut in half, a picture, a copy, and last month's nothing."""
    folder = tmp_path_factory.mktemp("sent")
    codes = list(forms)
    for code in codes[:4]:
        put(folder / "xa" / f"{code}.xlsx", forms[code])
    put(folder / f"{codes[4]} muon.xlsx", forms[codes[4]], datetime(2015, 3, 24, 8))
    put(folder / f"{codes[5]}.xlsx", forms[codes[5]][:9000])
    put(folder / "anh.png", b"\x89PNG\r\n\x1a\n")
    put(folder / "ban sao.xlsx", forms[codes[0]], datetime(2015, 3, 19))
    return folder


def run(out, *paths, **options):
    request = MonthRequest(
        paths=paths, out=out, workers=0,
        **{"month": MARCH, "received_until": UNTIL, "now": NOW, "operator": "thử@máy", "letters": False, "keeps_samples": True, **options},
    )  # fmt: skip
    return run_month(request)


@pytest.fixture(scope="module")
def result(sent, tmp_path_factory):
    return run(tmp_path_factory.mktemp("out"), sent)


# --- states and sums -------------------------------------------------------------------------


def test_every_file_and_every_unit_is_in_exactly_one_state(result, campaign):
    assert result.manifest["attachments"] == {
        "used": 5, "superseded": 0, "duplicate": 1, "other_month": 0, "not_a_form": 1,
        "set_aside": 0, "quarantined": 1, "total": 8,
    }  # fmt: skip
    valid = len(campaign.units_in(MARCH))
    assert result.manifest["units"] == {
        "on_time": 4, "late": 1, "after_cut_off": 0, "empty": 0, "unusable": 1,
        "missing": valid - 6, "not_yet_due": 0, "not_required": 0, "total": valid,
    }  # fmt: skip


def test_one_unreadable_file_costs_only_that_file(result, forms):
    codes = list(forms)
    states = {one.unit.code: one.state for one in result.report.units}
    assert states[codes[5]] is UnitState.UNUSABLE
    assert {states[code] for code in codes[:4]} == {UnitState.ON_TIME}
    (damaged,) = (f for f in result.report.files if f.state is FileState.QUARANTINED)
    assert damaged.reason


def test_form_and_board_outcomes_stand_in_the_rule_books_order(result, campaign):
    order = [rule.id for rule in campaign.rules]
    for unit in result.report.units:
        rules = [outcome.rule for outcome in unit.outcomes]
        assert rules == sorted(rules, key=order.index)
    assert any(o.as_typed is None for unit in result.report.units for o in unit.outcomes)


@pytest.mark.parametrize("part", ["files", "units"])
def test_a_file_or_unit_that_goes_missing_stops_the_run(result, sent, campaign, part):
    for changed in (getattr(result.report, part)[1:], getattr(result.report, part)[:1] * 2):
        report = dataclasses.replace(result.report, **{part: changed})
        with pytest.raises(ConservationError, match="không khớp"):
            check_sums(report, gather([sent], sent).arrivals, campaign)
    check_sums(result.report, gather([sent], sent).arrivals, campaign)


def test_a_used_file_without_its_unit_stops_the_run(result, sent, campaign):
    units = tuple(dataclasses.replace(u, submission=None) for u in result.report.units)
    report = dataclasses.replace(result.report, units=units)
    with pytest.raises(ConservationError, match="báo cáo được dùng"):
        check_sums(report, gather([sent], sent).arrivals, campaign)


# --- what goes out ---------------------------------------------------------------------------


def test_the_month_has_its_folder_with_workbook_manifest_and_quarantine(result):
    folder = result.workbook.parent
    assert sorted(p.name for p in folder.iterdir()) == [
        "bang-ke-2015-03.json",
        "so-lieu-2015-03-chi-tieu.csv",
        "so-lieu-2015-03.csv",
        "tep-chua-xu-ly",
        "tong-hop-2015-03.xlsx",
    ]
    (quarantined,) = (i for i in result.manifest["inputs"] if i["state"] == "quarantined")
    assert sorted(p.name for p in result.quarantine.iterdir()) == [
        stored_stem(quarantined["name"], quarantined["sha256"]) + ".txt",
        stored_stem(quarantined["name"], quarantined["sha256"]) + ".xlsx",
    ]


def test_the_workbook_opens_and_has_the_sheets_in_order(result):
    assert load_workbook(result.workbook, read_only=True).sheetnames == [
        "Tiến độ", "Tổng hợp", "Về sổ này", "Chấp hành báo cáo", "Theo huyện, ngành", "Theo đơn vị",
        "Nội dung cần xem xét", "So với kỳ trước", "Thay đổi theo đơn vị", "Tình hình gửi báo cáo",
        "Cơ cấu đại biểu", "Khen thưởng", "Đại biểu dự cấp trên", "Số liệu", "Chấp hành theo đơn vị",
        "Kết quả rà soát", "Căn cứ rà soát", "Sổ tiếp nhận",
    ]  # fmt: skip


def test_the_manifest_names_the_workbooks_hash_and_every_input(result, sent):
    written = json.loads(result.manifest_file.read_text(encoding="utf-8"))
    assert written == result.manifest
    digest = hashlib.sha256(result.workbook.read_bytes()).hexdigest()
    figures = ("so-lieu-2015-03-chi-tieu.csv", "so-lieu-2015-03.csv")
    assert written["outputs"] == [
        *({"name": f"2015-03/{name}", "sha256": sha256(result.workbook.parent / name)}
          for name in figures),
        *({"name": f"2015-03/tep-chua-xu-ly/{p.name}", "sha256": sha256(p)}
          for p in sorted(result.quarantine.iterdir())),
        {"name": "2015-03/tong-hop-2015-03.xlsx", "sha256": digest},
    ]  # fmt: skip
    assert written["received_until"] == "2015-03-25T17:00:00"
    assert len(written["inputs"]) == sum(1 for p in sent.rglob("*") if p.is_file())


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_later_run_adds_to_what_was_received_before(sent, forms, tmp_path):
    first = run(tmp_path / "out", sent)
    code = list(forms)[5]
    put(tmp_path / "late" / f"{code}.xlsx", forms[code])
    second = run(tmp_path / "out", tmp_path / "late")
    assert first.manifest["units"]["unusable"] == 1
    assert second.manifest["units"]["unusable"] == 0
    assert second.manifest["attachments"] == {
        **first.manifest["attachments"], "used": 6, "total": 9,
    }  # fmt: skip


def test_the_same_folder_again_and_none_at_all_change_nothing(sent, tmp_path):
    first = run(tmp_path, sent)
    before = {p: (p.stat().st_mtime_ns, sha256(p)) for p in first.workbook.parent.rglob("*.*")}
    for paths in ((sent,), ()):
        again = run(tmp_path, *paths, now=datetime(2015, 4, 20))
        assert again.is_unchanged
        assert again.manifest == first.manifest
    after = {p: (p.stat().st_mtime_ns, sha256(p)) for p in first.workbook.parent.rglob("*.*")}
    assert after == before


def test_a_file_copied_elsewhere_with_a_new_date_is_the_same_file(sent, tmp_path):
    first = run(tmp_path / "out", sent)
    shutil.copytree(sent, tmp_path / "copied", copy_function=shutil.copyfile)
    again = run(tmp_path / "out", tmp_path / "copied", now=datetime(2015, 4, 20))
    assert again.is_unchanged
    assert again.manifest == first.manifest


def test_a_result_that_somebody_changed_is_written_again(sent, tmp_path):
    first = run(tmp_path, sent)
    content = first.workbook.read_bytes()
    first.workbook.write_bytes(b"changed")
    again = run(tmp_path, sent)
    assert not again.is_unchanged
    assert again.workbook.read_bytes() == content


# --- the moment up to which what arrived counts -------------------------------------------------


def test_without_a_moment_all_counts_and_the_latest_arrival_is_named(sent, tmp_path):
    report = run(tmp_path, sent, received_until=None).report
    assert report.received_until == datetime(2015, 3, 24, 8)


def test_what_arrived_later_does_not_count(sent, tmp_path):
    result = run(tmp_path, sent, received_until=datetime(2015, 3, 20))
    assert result.manifest["attachments"]["used"] == 4


def test_nothing_sent_and_no_moment_given_cannot_be_done(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="không có tệp nào"):
        run(tmp_path, tmp_path / "empty", received_until=None)


def test_a_month_of_which_nothing_was_ever_given_cannot_be_done(tmp_path):
    with pytest.raises(InputError, match="hãy ghi thư mục"):
        run(tmp_path, received_until=None)


def test_nothing_sent_by_a_given_moment_is_a_month_of_missing_units(tmp_path, campaign):
    (tmp_path / "empty").mkdir()
    units = run(tmp_path, tmp_path / "empty").manifest["units"]
    assert units["missing"] == units["total"] == len(campaign.units_in(MARCH))


@pytest.mark.parametrize("text", ["2015-03", "2015-3", "3/2015", "03/2015"])
def test_a_month_may_be_written_as_an_office_does(text):
    assert Month.parse(text) == MARCH


@pytest.mark.parametrize("text", ["2015-13", "0/2015", "3-2015", "03/15", "", "tháng 3"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(InputError, match="hãy ghi NĂM-THÁNG"):
        Month.parse(text)


def test_more_forms_outside_the_month_than_in_it_are_pointed_out(sent, tmp_path):
    command = ["run", str(sent), "--month", "3/2015", "--out", str(tmp_path), "--workers", "1"]
    early = [*command, "--no-letters", "--received-until", "2015-03-12"]
    assert "biểu nằm ngoài kỳ này" in CliRunner().invoke(program, early).output
    assert (
        "biểu nằm ngoài kỳ này"
        not in CliRunner().invoke(program, [*command, "--no-letters"]).output
    )


def test_forms_of_another_month_alone_make_no_month(sent, tmp_path):
    with pytest.raises(InputError, match="chỉ có biểu của tháng 3/2015; hãy kiểm tra --month"):
        run(tmp_path, sent, month=Month(2015, 4), received_until=None)
    assert not (tmp_path / "2015-04").exists()
    assert run(tmp_path, sent).manifest["attachments"]["total"] == 8


def test_a_run_that_moves_the_moment_says_so(sent, tmp_path):
    assert run(tmp_path, sent).notes == ()
    note, in_peace = run(tmp_path, sent, received_until=None).notes
    assert note.startswith("Số liệu tính đến 8 giờ 00 ngày 24/03/2015; lần chạy trước")
    assert in_peace.startswith("Số liệu tính đến 8 giờ 00 ngày 24/03/2015, lúc tệp sau cùng đến")
    assert '--received-until "2015-03-25 17:00"' in note


def test_a_folder_without_a_report_of_the_month_does_not_replace_the_months_book(sent, tmp_path):
    book = run(tmp_path, sent).workbook
    before = book.read_bytes()
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="không ghi đè"):
        run(tmp_path, tmp_path / "empty")
    assert book.read_bytes() == before


def test_a_folder_of_mails_without_a_form_is_a_run_in_which_nothing_is_used(sent, tmp_path):
    put(tmp_path / "thu/1.eml", mail(text("Em gửi: https://drive.google.com/file/d/1AbC/view")))
    put(tmp_path / "thu/2.eml", mail(text("Kính gửi Ban."), headers={**HEADERS, "Subject": "BC"}))
    result = run(tmp_path / "moi", tmp_path / "thu", received_until=None)
    files = {one.source.name: (one.state, one.reason) for one in result.report.files}
    assert files == {
        "1.eml/lời thư.eml": (FileState.QUARANTINED, file_reason("linked_attachment", {})),
        "2.eml/lời thư.eml": (FileState.NOT_A_FORM, file_reason("words_only", {})),
    }
    note, _, waiting = result.notes
    assert waiting.startswith("Có 2 trường hợp cần xem lại")
    assert note.startswith("2 thư không có biểu nào đọc được: “Báo cáo tháng 3” (muongthan@")
    # beside a month that stands they are what came later
    run(tmp_path, sent)
    assert run(tmp_path, tmp_path / "thu").manifest["attachments"]["used"] == 5


# --- the same bytes --------------------------------------------------------------------------


def bytes_of_run(out, *paths, workers, **environment):
    command = [sys.executable, "-m", "tdkt_batch", "run", *map(str, paths), "--month", "2015-03"]
    command += ["--out", str(out), "--workers", str(workers), "--json"]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, check=True, timeout=300
    )
    assert done.stderr == b""
    folder = out / "2015-03"
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_hash_seed_time_zone_order_and_workers_do_not_change_a_byte(sent, tmp_path):
    reversed_copy = tmp_path / sent.name
    for file in sorted((p for p in sent.rglob("*") if p.is_file()), reverse=True):
        target = reversed_copy / file.relative_to(sent)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    one = bytes_of_run(
        tmp_path / "one", sent, workers=1, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8"
    )
    other = bytes_of_run(
        tmp_path / "two", reversed_copy, workers=3, PYTHONHASHSEED="2", TZ="America/New_York"
    )
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_the_order_of_the_given_folders_does_not_change_a_byte(sent, forms, tmp_path):
    code = next(iter(forms))
    more = put(tmp_path / "more" / f"{code} moi.xlsx", forms[code], datetime(2015, 3, 20)).parent
    first = run(tmp_path / "one", sent, more)
    second = run(tmp_path / "two", more, sent)
    assert first.workbook.read_bytes() == second.workbook.read_bytes()
    assert first.manifest == second.manifest


# --- on the terminal -------------------------------------------------------------------------


def test_the_closing_table_counts_and_says_where_the_workbook_is(sent, tmp_path):
    arguments = ["run", str(sent), "--month", "2015-03", "--out", str(tmp_path), "--workers", "1"]
    done = CliRunner().invoke(program, arguments, prog_name="tdkt-batch")
    assert done.exit_code == 0
    assert done.stderr == ""
    table = {
        name.strip(): number
        for name, _, number in (line.rstrip().rpartition(" ") for line in done.stdout.splitlines())
    }
    assert table["Tệp nhận được"] == "8"
    assert table["Chưa xử lý được"] == "1"
    assert table["Đơn vị"] == "207"
    assert table["Gửi muộn"] == "1"
    assert "Nội dung cần xem xét" in table
    assert str(tmp_path / "2015-03" / "tong-hop-2015-03.xlsx") in done.stdout
    assert (tmp_path / "2015-03" / "tong-hop-2015-03.xlsx").is_file()


def test_the_demo_leaves_its_inputs_its_truth_and_its_month(sent, tmp_path, monkeypatch):
    def make(folder, *_):
        shutil.copytree(sent, folder)
        return Truth(planted=(), units={}, files={}, names={})

    monkeypatch.setattr("tdkt_batch.demo.run.make_province", make)
    monkeypatch.setattr(
        "tdkt_batch.demo.run.make_february", lambda folder, *_: folder.mkdir(parents=True)
    )
    for _ in range(2):
        done = CliRunner().invoke(program, ["demo", "--out", str(tmp_path), "--workers", "1"])
        assert done.exit_code == 0
        assert str(tmp_path / "demo" / "2015-03" / "tong-hop-2015-03.xlsx") in done.stdout
        assert str(tmp_path / "demo" / "mau-gui-ve") in done.stdout
    assert sorted(p.name for p in (tmp_path / "demo").iterdir()) == [
        "2015-02",
        "2015-03",
        "luu-tru",
        "mau-gui-ve",
        "so-quyet-dinh.xlsx",
        "so-tiep-nhan.khoa",
        "so-tiep-nhan.sqlite",
        "su-that.csv",
    ]


# --- what is no plain file, and what dies ------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_or_device_is_named_and_never_opened(forms, tmp_path):
    code = next(iter(forms))
    put(tmp_path / "sent" / f"{code}.xlsx", forms[code])
    os.mkfifo(tmp_path / "sent" / "ống.xlsx")
    (tmp_path / "sent" / "vô tận.xlsx").symlink_to("/dev/zero")
    result = run(tmp_path / "out", tmp_path / "sent")
    assert result.manifest["attachments"]["used"] == 1
    assert result.manifest["attachments"]["quarantined"] == 2
    again = run(tmp_path / "out", month=MARCH)
    assert again.manifest == result.manifest


def test_a_file_that_grows_without_end_is_copied_only_as_far_as_it_was_seen(tmp_path, monkeypatch):
    put(tmp_path / "a.txt", b"a" * 100)
    source = gather([tmp_path], tmp_path).arrivals[0].source
    put(tmp_path / "a.txt", b"a" * 5_000_000)
    contents = vault.Contents(tmp_path / "luu-tru")
    written = []
    unlink = type(tmp_path).unlink

    def seen(draft, **how):
        written.extend([draft.stat().st_size] if draft.exists() else [])
        unlink(draft, **how)

    monkeypatch.setattr(type(tmp_path), "unlink", seen)
    contents.keep_files([(tmp_path / "a.txt", source)])
    assert written == [101]
    assert not contents.has(source.sha256, source.size)


def test_a_death_is_no_reading_and_is_tried_again(forms, tmp_path, monkeypatch):
    code = next(iter(forms))
    put(tmp_path / "sent" / f"{code}.xlsx", forms[code])
    read = inputs.read_all

    def dying(arrivals, campaign, workers, on_progress, workplace):
        readings = [Reading(source=a.source, unread=Unread("timeout", {"seconds": "20"})) for a in arrivals]  # fmt: skip
        for reading in readings:
            on_progress(reading)
        return tuple(readings)

    monkeypatch.setattr(inputs, "read_all", dying)
    assert run(tmp_path / "out", tmp_path / "sent").manifest["attachments"]["quarantined"] == 1
    # another month knows that it was tried, and does not take it for its own
    put(tmp_path / "other" / "a.txt", b"a")
    april = run(tmp_path / "out", tmp_path / "other", month=Month(2015, 4), received_until=None)
    assert april.manifest["attachments"]["total"] == 1
    monkeypatch.setattr(inputs, "read_all", read)
    again = run(tmp_path / "out", tmp_path / "sent")
    assert again.manifest["attachments"]["used"] == 1
    assert not again.is_unchanged
