"""Silence is answered before the deadline: who is reminded, in which words, and who is not."""

from __future__ import annotations

import email
import json
import re
import shutil
from email.policy import default

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from small_province import make_small_province

from tdkt_batch.cli.commands import program

MONTH = ("--month", "2015-03")
REPROACHES = ("chưa gửi", "chưa nộp", "phê bình", "đôn đốc", "chậm trễ", "khẩn trương", "quá hạn")
WITH_ADDRESSES = {'of_units = ["phone", "email", "allotment"]': 'of_units = ["allotment"]'}
EXCUSED = {"Từ kỳ": "3/2015", "Nội dung": "Không tổ chức Hội nghị"}
SIGNED = {
    "Lý do": "Lũ cuốn đường",
    "Người quyết định": "Trưởng ban",
    "Ngày quyết định": "18/03/2015",
}


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """The province whose units can be reached: their telephones and addresses are their own."""
    return make_small_province(tmp_path_factory.mktemp("tinh-nho"), WITH_ADDRESSES)


@pytest.fixture(scope="module")
def run_once(province, tmp_path_factory):
    """Return the output folder after the run of 11/3, when three units had sent a report."""
    out = tmp_path_factory.mktemp("ra")
    run(province, out, province.first)
    return out


@pytest.fixture
def out(run_once, tmp_path):
    return shutil.copytree(run_once, tmp_path / "ra")


def ask(*arguments, status=0):
    done = CliRunner().invoke(program, [str(a) for a in arguments], prog_name="tdkt-batch")
    assert done.exit_code == status, done.output
    return done.stdout


def run(province, out, *paths, until="2015-03-11 08:00", letters=False):
    given = ["--campaign", province.campaign, "--received-until", until]
    given += [] if letters else ["--no-letters"]
    ask("run", *paths, *MONTH, *given, "--workers", "1", "--out", out)


def remind(out, moment="2015-03-12 08:00", *others):
    said = ask("remind", *MONTH, "--received-until", moment, "--out", out, "--json", *others)
    return json.loads(said)


def enter(out, sheet, row):
    """Type a decision into a sheet of the control workbook."""
    book = load_workbook(out / "so-quyet-dinh.xlsx")
    rows = book[sheet].iter_rows(max_row=30)
    head = next(row for row in rows if any(cell.value == "Mã đơn vị" for cell in row))
    column = {cell.value: cell.column for cell in head if cell.value}
    for name, value in {**row, **SIGNED}.items():
        book[sheet].cell(head[0].row + 1, column[name]).value = value
    book.save(out / "so-quyet-dinh.xlsx")


def who(said):
    """Return whom a draft goes to, whether for its own report, and for those of whom below it."""
    return [(one["unit"], one["own"], one["below"]) for one in said["drafts"]]


def mail_to(out, unit):
    (path,) = out.glob(f"2015-03/nhac-truoc-han/{unit.lower()}-*.eml")
    return email.message_from_bytes(path.read_bytes(), policy=default)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def bytes_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_silent_are_reminded_in_friendly_words_and_those_above_are_asked_to_help(out):
    said = remind(out)
    assert who(said) == [
        ("105", False, ["03387", "03388"]),
        ("03387", True, []),
        ("03388", True, []),
        ("SNV", True, []),
        ("DN11", True, []),
    ]
    assert said["past"] == []

    own = mail_to(out, "SNV")
    assert own["To"] == "snv@donvi.example"
    assert own["X-Unsent"] == "1"
    assert own["Subject"] == (
        "Nhắc lịch gửi báo cáo tháng 3/2015, chậm nhất ngày 25/03/2015: Sở Nội vụ"
    )
    text = text_of(own)
    assert "Kính gửi: Sở Nội vụ" in text
    for part in ("Mẫu số 02", "chậm nhất ngày 25/03/2015", "Ban Thi đua - Khen thưởng, Sở Nội vụ"):
        assert part in text

    above = text_of(mail_to(out, "105"))
    assert "Gửi biểu Mẫu số 01 về Phòng Nội vụ huyện, thành phố chậm nhất ngày 20/03/2015" in above
    assert re.search("- Phường Tân Phong, .*điện thoại 0000 000 003", above)
    assert "Quyết Thắng" not in above  # has sent its report
    for unit in ("105", "03387", "03388", "SNV", "DN11"):
        mail = mail_to(out, unit)
        html = mail.get_body(("html",)).get_content()
        for reproach in REPROACHES:
            assert reproach not in f"{mail['Subject']}\n{text_of(mail)}\n{html}".lower()


def test_who_sent_anything_is_not_reminded_be_it_unusable_late_empty_or_not_used(
    province, tmp_path
):
    run(province, tmp_path, province.all, until="2015-03-24 12:00")
    said = remind(tmp_path, "2015-03-19 08:00")
    assert (said["drafts"], said["past"], said["folder"]) == ([], [], None)
    assert not (tmp_path / "2015-03/nhac-truoc-han").exists()

    given = ("--campaign", province.campaign, "--received-until", "2015-03-11 08:00")
    aside = ("--set-aside", "105 thang 3.xlsx", "bản nháp")
    out = tmp_path / "khac"
    ask(
        "run",
        province.first,
        *MONTH,
        *given,
        *aside,
        "--no-letters",
        "--workers",
        "1",
        "--out",
        out,
    )
    assert ("105", False, ["03387", "03388"]) in who(remind(out))


def test_excused_units_get_none_and_an_extended_one_its_own_day(province, out):
    enter(out, "Không phải báo cáo", {"Mã đơn vị": "03388", **EXCUSED})
    enter(out, "Gia hạn", {"Mã đơn vị": "03387", "Kỳ": "3/2015", "Hạn mới": "27/03/2015"})
    run(province, out)
    said = remind(out, "2015-03-23 08:00")
    assert who(said) == [("105", False, ["03387"]), ("03387", True, []), ("SNV", True, [])]
    assert said["past"] == ["DN11"]
    assert "chậm nhất ngày 27/03/2015 (được Ban gia hạn)" in text_of(mail_to(out, "03387"))
    assert "chậm nhất ngày 27/03/2015 (1 đơn vị)" in text_of(mail_to(out, "105"))


def test_of_a_month_that_was_never_run_all_that_must_report_are_reminded(province, tmp_path):
    said = remind(tmp_path, "2015-03-02 08:00", "--campaign", province.campaign)
    assert who(said)[0] == ("105", True, ["03386", "03387", "03388"])
    assert [one["unit"] for one in said["drafts"] if one["own"]] == [
        *("105", "03386", "03387", "03388", "SNV", "DN08", "DN11")
    ]
    both = mail_to(tmp_path, "105")
    assert both["Subject"].endswith("thành phố Lai Châu và 3 đơn vị trực thuộc")
    assert "chậm nhất ngày 25/03/2015" in text_of(both)
    assert "chậm nhất ngày 20/03/2015 (3 đơn vị)" in text_of(both)


@pytest.mark.parametrize(
    ("moment", "drafted", "past"),
    [
        ("2015-03-20 16:59", ["105", "03387", "03388", "SNV", "DN11"], []),
        ("2015-03-20 17:00", ["SNV"], ["03387", "03388", "DN11"]),
        ("2015-03-25 17:00", [], ["03387", "03388", "SNV", "DN11"]),
    ],
)
def test_after_its_last_day_a_unit_gets_the_runs_letters(province, run_once, moment, drafted, past):
    said = remind(run_once, moment)
    assert [one["unit"] for one in said["drafts"]] == drafted
    assert said["past"] == past


def test_the_screen_says_how_many_for_whom_where_and_who_is_past_its_day(run_once):
    given = (*MONTH, "--out", run_once, "--received-until")
    lines = ask("remind", *given, "2015-03-12 08:00").splitlines()
    assert lines[0] == (
        "Tháng 3/2015: đã soạn 5 thư nhắc trước hạn về báo cáo của 4 đơn vị (1 thư nhờ nơi quản lý "
        f"nhắc giúp các đơn vị trực thuộc), tại: {run_once}/2015-03/nhac-truoc-han"
    )
    assert not [line for line in lines if "hết hạn" in line]

    lines = ask("remind", *given, "2015-03-25 17:00").splitlines()
    assert lines[0] == "Tháng 3/2015: không có đơn vị nào phải nhắc trước hạn."
    (past,) = [line for line in lines if "hết hạn" in line]
    assert past.startswith(
        "4 đơn vị đã hết hạn (Phường Tân Phong, Phường Quyết Tiến, Sở Nội vụ, …)"
    )
    assert past.endswith("tdkt-batch run --month 2015-03")  # that run wrote no letters
    (run_once / "2015-03/thong-bao").mkdir()
    again = ask("remind", *given, "2015-03-25 17:00")
    (run_once / "2015-03/thong-bao").rmdir()
    assert again == ask("remind", *given, "2015-03-25 17:00")
    assert "thong-bao" not in again  # it was before their day: they are urged by the next run


def test_who_was_urged_by_the_last_run_is_told_where(province, out):
    run(province, out, until="2015-03-25 17:00", letters=True)
    given = (*MONTH, "--out", out, "--received-until", "2015-03-25 18:00")
    (past,) = [line for line in ask("remind", *given).splitlines() if "hết hạn" in line]
    assert past.endswith(f"lệnh run: {out}/2015-03/thong-bao")


def test_the_folder_is_replaced_whole_the_same_twice_and_removed_with_its_month(out):
    remind(out)
    folder = out / "2015-03/nhac-truoc-han"
    first = bytes_in(folder)
    (folder / "cu.eml").write_text("của lần trước", encoding="utf-8")
    remind(out, "2015-03-12 16:00")
    assert bytes_in(folder) == first

    remind(out, "2015-03-21 08:00")
    assert [path.suffix for path in folder.iterdir()] == [".eml"]
    ask("months", "--remove", "2015-03", "--yes", "--out", out)
    assert not folder.exists()


def test_a_sample_address_gets_no_addressee_and_is_said(tmp_path):
    province = make_small_province(tmp_path / "mau")
    out = tmp_path / "ra"
    run(province, out, province.first)
    given = (*MONTH, "--out", out, "--received-until", "2015-03-12 08:00")
    (line,) = [one for one in ask("remind", *given).splitlines() if "để trống người nhận" in one]
    listed = out / "2015-03/nhac-truoc-han/don-vi-chua-co-dia-chi.txt"
    assert line.startswith("5 thư")
    assert line.endswith(str(listed))
    assert "phường Tân Phong (mã 03387)" in listed.read_text(encoding="utf-8-sig")
    mail = mail_to(out, "105")
    assert mail["To"] is None
    assert "0000 000" not in text_of(mail)
    assert "Phường Tân Phong, (chưa có số)" in text_of(mail)
