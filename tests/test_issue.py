"""What leadership signed stays as it was; what is run after it says that it adjusts, and what."""

from __future__ import annotations

import email
import json
import re
from dataclasses import replace
from datetime import datetime
from email.policy import default

import docx
import pytest
from click.testing import CliRunner
from nine_months import APR, MAR
from officer import answer
from openpyxl import load_workbook
from sent_files import put
from small_province import UnitsAtTheirForms, make_small_province, request_of

from tdkt_batch.cli.commands import program
from tdkt_batch.months.run import run_month

BOOK, SHEET = "tong-hop-2015-03.xlsx", "Điều chỉnh"


def ask(*arguments, status=0):
    done = CliRunner().invoke(program, [str(a) for a in arguments], prog_name="tdkt-batch")
    assert done.exit_code == status, done.output
    return done.output


def issue(out, status=0):
    return ask("issue", "--month", "2015-03", "--out", out, status=status)


def rows_of(path, sheet):
    rows = load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    return [list(row) for row in rows if any(value is not None for value in row)]


def figure(path, label):
    """Return what stands in a figure's row of the page that is signed, by the table's heads."""
    sheet = load_workbook(path, data_only=True)["Tổng hợp"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if "Chỉ tiêu" in row)
    row = next(row for row in rows if label in row)
    return dict(zip(heads, row, strict=True))


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh-nho"))


@pytest.fixture
def run(province, tmp_path):
    def run(*paths, **others):
        return run_month(province.request(tmp_path / "ra", paths, **others))

    return run


@pytest.fixture
def out(tmp_path):
    return tmp_path / "ra"


def test_only_what_was_run_and_stands_as_it_was_written_is_issued(province, run, out):
    run(province.first, letters=True)
    said = ask("issue", "--month", "2015-04", "--out", out, status=1)
    assert "tháng 4/2015: chưa tổng hợp" in said

    book = out / "2015-03" / BOOK
    content = book.read_bytes()
    book.write_bytes(content + b" ")
    assert f"2015-03/{BOOK}" in issue(out, status=1)
    assert not (out / "2015-03/ban-hanh").exists()
    book.write_bytes(content)

    assert "Đã ban hành tháng 3/2015 (lần 1)" in issue(out)
    signed = out / "2015-03/ban-hanh/lan-1"
    assert sorted(one.name for one in signed.iterdir()) == [
        "bao-cao-2015-03.docx", "phieu-trinh-2015-03.docx",
        "so-lieu-2015-03-chi-tieu.csv", "so-lieu-2015-03.csv", BOOK,
    ]  # fmt: skip
    assert (signed / BOOK).read_bytes() == content


def test_issued_again_nothing_is_entered_and_a_lost_copy_is_there_again(province, run, out):
    run(province.first)
    issue(out)
    copy = out / "2015-03/ban-hanh/lan-1" / BOOK
    content = copy.read_bytes()
    copy.unlink()
    assert "đã ban hành lần 1" in issue(out)
    assert copy.read_bytes() == content
    assert json.loads(ask("months", "--out", out, "--json"))[0]["issue"]["number"] == 1


def test_the_same_result_is_no_adjustment_also_when_it_was_lost(province, run, out):
    run(province.first)
    book = out / "2015-03" / BOOK
    content = book.read_bytes()
    issue(out)
    assert run(province.first).is_unchanged
    book.unlink()
    run(province.first)
    assert book.read_bytes() == content


def test_the_same_result_of_a_later_run_is_the_issued_one(province, run, out):
    run(province.first)
    issue(out)
    run(province.all)
    ask("months", "--forget-run", 2, "--out", out)
    run(province.first)
    listed = " ".join(ask("months", "--out", out).split())
    assert "ban hành lần 1" in listed
    assert "điều chỉnh lần" not in listed
    assert "đã ban hành lần 1" in issue(out)
    assert [one.name for one in (out / "2015-03/ban-hanh").iterdir()] == ["lan-1"]
    (line,) = json.loads(ask("months", "--out", out, "--json"))
    assert (line["issue"]["number"], line["issue"]["run"], line["last_run"]["number"]) == (1, 1, 3)


def test_what_came_later_is_an_adjustment_that_says_what_changed_and_why(province, run, out):
    run(province.first)
    book = out / "2015-03" / BOOK
    signed = book.read_bytes()
    held = figure(book, "Hội nghị đã tổ chức")["Lũy kế"]
    issue(out)
    result = run(province.all)
    assert any("bản điều chỉnh lần 1" in note for note in result.notes)
    assert (out / "2015-03/ban-hanh/lan-1" / BOOK).read_bytes() == signed
    listed = " ".join(ask("months", "--out", out).split())
    assert "điều chỉnh lần 1" in listed
    assert "đã điều chỉnh mà chưa ban hành lại: 3/2015" in listed

    assert "Bản điều chỉnh lần 1" in " ".join(map(str, rows_of(book, "Tổng hợp")[4]))
    rows = rows_of(book, SHEET)
    heads = [n for n, row in enumerate(rows) if row[0] == "STT"]
    totals, units = rows[heads[0] + 1 : heads[1] - 1], rows[heads[1] + 1 :]
    # each total's change is the sum of what its units changed
    now_held = figure(book, "Hội nghị đã tổ chức")["Lũy kế"]
    assert [held, now_held, now_held - held] in [row[3:6] for row in totals]
    for _, _, label, then, now, difference, _ in totals:
        changed = [row[5] for row in units if row[2] == label]
        assert now - then == difference
        assert sum(changed) == difference or label.endswith("(tệp)"), label  # of no unit

    new = [row for row in units if row[1] == "Phường Tân Phong"]
    assert new
    assert all("Báo cáo đến 9 giờ 00 ngày 24/03/2015" in row[-1] for row in new)


def test_an_adjustment_says_so_on_the_slip_and_in_the_mail_that_takes_it_up(province, run, out):
    run(province.first, letters=True)
    issue(out)
    run(province.all, letters=True)
    folder = out / "2015-03/thong-bao"
    slip = docx.Document(str(folder / "phieu-trinh-2015-03.docx"))
    said = "Bản điều chỉnh lần 1 của bản đã ban hành ngày"
    assert any(line.text.startswith(said) for line in slip.paragraphs)
    content = (folder / "trinh-ky-2015-03.eml").read_bytes()
    mail = email.message_from_bytes(content, policy=default)
    assert mail["Subject"].endswith("(bản điều chỉnh lần 1)")
    assert mail.get_body(("plain",)).get_content().startswith(said)


def test_what_is_still_open_is_said_in_one_line_and_it_is_issued(province, run, out, tmp_path):
    """A photo of nobody, two reports of a day and a fault of data, all left as they are."""
    units = UnitsAtTheirForms(province.campaign)
    put(tmp_path / "them" / "x1.jpg", b"\xff\xd8\xff", datetime(2015, 3, 12, 9))
    for hour, fault in ((9, "A8"), (10, "O1")):
        name, moment = f"03386 {hour}.xlsx", datetime(2015, 3, 12, hour)
        put(tmp_path / "them" / name, units.form("03386", MAR, fault), moment)
    run(province.all, tmp_path / "them")
    lines = [line for line in issue(out).splitlines() if "Khi ban hành còn" in line]
    assert len(lines) == 1
    assert re.search(r"còn: [1-9]\d* việc chưa quyết định, 2 tệp chưa rõ của ai", lines[0])
    assert "Khi ban hành còn" not in issue(out)  # nothing is issued anew


def test_a_fault_that_waits_for_a_decision_is_counted_once(province, run, out, tmp_path):
    """While figures that cannot be true wait they are to be decided; refused, they are a fault."""
    content = UnitsAtTheirForms(province.campaign).form("SNV", MAR, nu_kh=9_999)
    put(tmp_path / "mot" / "SNV.xlsx", content, datetime(2015, 3, 12, 9))
    run(tmp_path / "mot")
    (line,) = [line for line in issue(out).splitlines() if "Khi ban hành còn" in line]
    assert "còn: 1 việc chưa quyết định (xem" in line
    answer(out / "so-quyet-dinh.xlsx", "Số chưa cộng", "Không chấp nhận")
    run(tmp_path / "mot")
    (line,) = [line for line in issue(out).splitlines() if "Khi ban hành còn" in line]
    assert "còn: 1 lỗi số liệu, sai số học chưa được đính chính (xem" in line


def test_nothing_open_is_no_line(province, run, out, tmp_path):
    content = UnitsAtTheirForms(province.campaign).form("SNV", MAR)
    put(tmp_path / "mot" / "SNV.xlsx", content, datetime(2015, 3, 12, 9))
    run(tmp_path / "mot")
    assert "Khi ban hành còn" not in issue(out)
    (line,) = json.loads(ask("months", "--out", out, "--json"))
    assert line["issue"]["number"] == 1


def test_the_adjustment_is_issued_as_the_second_and_the_first_still_stands(province, run, out):
    run(province.first)
    issue(out)
    run(province.all)
    assert "(lần 2)" in issue(out)
    assert (out / "2015-03/ban-hanh/lan-1" / BOOK).exists()
    book = out / "2015-03/ban-hanh/lan-2" / BOOK
    assert SHEET in load_workbook(book).sheetnames
    assert run(province.all).is_unchanged


def test_last_month_is_what_was_signed_whatever_was_run_after_it(province, run, out, tmp_path):
    run(province.first)
    signed = figure(out / "2015-03" / BOOK, "Tổng số đại biểu")["Lũy kế"]
    issue(out)
    run(province.all)
    adjusted = figure(out / "2015-03" / BOOK, "Tổng số đại biểu")["Lũy kế"]
    assert adjusted != signed

    april = tmp_path / "thang-4"
    content = UnitsAtTheirForms(province.campaign).form("105", APR)
    put(april / "105 thang 4.xlsx", content, datetime(2015, 4, 20, 9))
    run_month(replace(request_of(APR, province.campaign, out, (april,))))
    told = figure(out / "2015-04/tong-hop-2015-04.xlsx", "Tổng số đại biểu")
    assert told["Kỳ trước"] == signed
    assert told["Kỳ trước"] + told["Thực hiện trong tháng"] == told["Lũy kế"]
