"""The office's settings through the command line: what letters print, what a month keeps, samples."""

from __future__ import annotations

import email
import io
import json
import re
import shutil
import zipfile
from datetime import datetime
from email.policy import default
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from nine_months import FEB
from openpyxl import load_workbook
from sent_files import put
from small_province import UnitsAtTheirForms, make_small_province

from tdkt_batch.cli.commands import program

MARCH = ("--month", "2015-03", "--received-until", "2015-03-25 17:00")
LETTER = "Công văn số 15/BTĐKT-NV ngày 10/01/2015 của Ban Thi đua - Khen thưởng"


def ask(*arguments, status=0):
    done = CliRunner().invoke(program, [str(a) for a in arguments], prog_name="tdkt-batch")
    assert done.exit_code == status, done.output
    return done.output


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    province = make_small_province(tmp_path_factory.mktemp("tinh"))
    # who sends nothing is urged in a letter
    (province.all / "SNV trong.xlsx").unlink()
    return province


@pytest.fixture(scope="module")
def first(province, tmp_path_factory):
    """Return the folder of a first run, and what it said."""
    out = tmp_path_factory.mktemp("ra")
    said = ask("run", province.all, *MARCH, "--campaign", province.campaign, "--out", out)
    return out, said


@pytest.fixture
def out(first, tmp_path):
    return shutil.copytree(first[0], tmp_path / "ra")


def fill(out, **values):
    """Type into the settings workbook as an officer does, by label, head and unit."""
    path = out / "thiet-lap.xlsx"
    book = load_workbook(path)
    for row in book["Cơ quan"].iter_rows(min_row=4):
        if row[0].value in values:
            row[1].value = values[row[0].value]
    for row in book["Thời hạn"].iter_rows(min_row=4):
        row[3].value = values.get("văn bản", row[3].value)
    for row in book["Đơn vị"].iter_rows(min_row=4):
        if row[0].value and "thư" in values:
            row[7].value, row[8].value = 912345678, f"{row[0].value}@laichau.gov.vn".lower()
        if row[0].value and "phân bổ" in values:
            row[9].value = values["phân bổ"]
    book.save(path)


FILLED = {
    "Điện thoại của Ban": "0213 3792 456",
    "Thư điện tử nhận biểu": "btdkt@laichau.gov.vn",
    "Họ tên người ký": "Nguyễn Văn Thật",
    "Ký hiệu công văn": "BTĐKT-TH",
    "Tên Ban": "Ban Thi đua - Khen thưởng tỉnh",
    "văn bản": LETTER,
    "thư": True,
}


def letters_of(out):
    """Return addressees of the mails, and all texts of mails, messages and papers."""
    folder = out / "2015-03" / "thong-bao"
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=default)
        for path in sorted(folder.glob("thu-thong-bao/*.eml"))
    ]
    texts = [mail.get_body(("plain",)).get_content() for mail in mails]
    texts += [path.read_text(encoding="utf-8") for path in sorted(folder.glob("tin-nhan/*"))]
    for path in sorted(folder.rglob("*.docx")):
        paper = docx.Document(str(path))
        cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
        texts += [*(line.text for line in paper.paragraphs), *cells]
    return [mail["To"] for mail in mails], "\n".join(texts)


def test_the_first_run_writes_the_settings_and_counts_what_is_a_sample(first):
    out, said = first
    assert (out / "thiet-lap.xlsx").is_file()
    assert "Đã ghi tệp thiết lập" in said
    lines = [line for line in said.splitlines() if "dữ liệu mẫu" in line]
    assert len(lines) == 1
    assert "Còn 7 mục là dữ liệu mẫu: điện thoại của Ban, văn bản quy định thời hạn (3)" in lines[0]
    assert "thư điện tử (7 đơn vị)" in lines[0]
    assert "số phân bổ (7 đơn vị)" in lines[0]


def test_no_sample_is_printed_and_no_letter_has_a_sample_addressee(first):
    addressees, texts = letters_of(first[0])
    assert set(addressees) == {None}
    for sample in ("0000 000", ".example", "giả định)"):
        assert sample not in texts
    assert "điện thoại …………" in texts
    assert "theo văn bản số …………… ngày …………" in texts
    book = load_workbook(first[0] / "2015-03" / "tong-hop-2015-03.xlsx")
    cells = (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not [text for text in cells if "0000 000" in text]


def rules_found(out):
    manifest = json.loads((out / "2015-03" / "bang-ke-2015-03.json").read_text(encoding="utf-8"))
    return {one["rule"] for one in manifest["finding_list"]}


def test_a_sample_allotment_does_not_judge_until_the_office_sets_its_own(out):
    """A commune is allotted by its district, an enterprise by the office's list alone."""
    sheet = load_workbook(out / "2015-03" / "tong-hop-2015-03.xlsx")["Đại biểu dự cấp trên"]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert "Danh sách của Ban" not in texts
    assert "P7" not in rules_found(out)
    fill(out, **{"phân bổ": 99})
    said = ask("run", *MARCH, "--out", out)
    assert "số phân bổ" not in said
    assert "P7" in rules_found(out)


def test_a_second_run_finds_nothing_new(out):
    said = ask("run", *MARCH, "--out", out)
    assert "Không có gì mới" in said
    assert said.count("dữ liệu mẫu") == 1


def test_what_the_office_sets_is_what_its_letters_print(out):
    fill(out, **FILLED)
    said = ask("run", *MARCH, "--out", out)
    addressees, texts = letters_of(out)
    assert None not in addressees
    assert all(one.endswith("@laichau.gov.vn") for one in addressees)
    for printed in (
        "0213 3792 456, thư điện tử btdkt@laichau.gov.vn",
        "Nguyễn Văn Thật",
        "BTĐKT-TH",
        LETTER,
        "0912345678",
    ):
        assert printed in texts, printed
    assert "Ban Thi đua - Khen thưởng tỉnh" in texts
    assert "…………" not in texts.replace("……………", "")
    (line,) = [line for line in said.splitlines() if "dữ liệu mẫu" in line]
    assert "Còn 3 mục là dữ liệu mẫu: văn bản dời thời hạn (2), 2 đơn vị không có thật" in line

    # settings that are gone hold as they were, and are written again
    (out / "thiet-lap.xlsx").unlink()
    assert "Không có gì mới" in ask("run", *MARCH, "--out", out)
    book = load_workbook(out / "thiet-lap.xlsx")
    assert "Nguyễn Văn Thật" in {row[1].value for row in book["Cơ quan"].iter_rows()}


def test_an_older_month_keeps_the_settings_that_it_had(province, out, tmp_path):
    units = UnitsAtTheirForms(province.campaign)
    put(tmp_path / "nhan" / "105.xlsx", units.form("105", FEB), datetime(2015, 2, 10, 9))
    february = ("run", "--month", "2015-02", "--received-until", "2015-02-15 17:00", "--out", out)
    ask(*february, tmp_path / "nhan", "--campaign", province.campaign)
    fill(out, **FILLED)
    ask("run", *MARCH, "--out", out)
    assert "Không có gì mới" in ask(*february)
    said = ask(*february, "--settings", out / "thiet-lap.xlsx")
    assert "Không có gì mới" not in said


def test_wrong_settings_stop_the_run_with_every_cell_and_the_old_result_stands(out):
    before = (out / "2015-03" / "tong-hop-2015-03.xlsx").read_bytes()
    fill(out, **{"Điện thoại của Ban": "gọi Ban", "Số ngày để giải trình": "năm"})
    said = ask("run", *MARCH, "--out", out, status=1)
    assert "thiet-lap.xlsx có 2 chỗ phải sửa" in said
    assert [line[:2] for line in said.splitlines()] == ["Kh", "- ", "- "]
    assert (out / "2015-03" / "tong-hop-2015-03.xlsx").read_bytes() == before
    assert "2 chỗ phải sửa" in ask("rules", "--settings", out / "thiet-lap.xlsx", status=1)


def test_a_register_of_an_earlier_run_that_overrules_the_settings_is_told(out, tmp_path):
    register = tmp_path / "danh-sach.csv"
    register.write_text("ten;dien thoai\nSở Nội vụ;0911 222 333\n", encoding="utf-8")
    assert "còn lấn" not in ask("run", *MARCH, "--out", out, "--register", register)
    fill(out, thư=True)
    said = ask("run", *MARCH, "--out", out)
    assert "danh-sach.csv của lần chạy trước còn lấn 1 đơn vị" in said
    assert "0911 222 333" in letters_of(out)[1]
    ask("run", *MARCH, "--out", out, "--register", out / "thiet-lap.xlsx")
    assert "còn lấn" not in ask("run", *MARCH, "--out", out)
    assert "0911 222 333" not in letters_of(out)[1]


def test_the_register_is_exported_filled_and_given_back(province, out, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    campaign = ("--campaign", province.campaign)
    said = ask("units", *campaign)
    assert "7 đơn vị" in said
    assert "đã có" in ask("units", *campaign, status=1)
    book = load_workbook("output/danh-sach-don-vi.xlsx")
    sheet = book["Đơn vị"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "03387")
    row[7].value = 987654321
    sheet.append([None, "Công ty TNHH Mới Toanh", "doanh nghiệp"])
    book.save("da-dien.xlsx")
    said = ask("run", *MARCH, "--out", out, "--register", "da-dien.xlsx")
    assert "thêm 1 đơn vị mới: DV" in said
    for again in ((), ("--register", "da-dien.xlsx")):
        assert "đơn vị mới" not in ask("run", *MARCH, "--out", out, *again)
    sheet.append([None, "Công ty TNHH Mới Nữa", "doanh nghiệp"])
    book.save("da-dien-them.xlsx")
    more = ask("run", *MARCH, "--out", out, "--register", "da-dien-them.xlsx")
    assert "thêm 2 đơn vị mới: DV" in more
    ask("units", *campaign, "--register", "da-dien.xlsx", "--to", "lan-hai.xlsx")
    rows = {r[1].value: r for r in load_workbook("lan-hai.xlsx")["Đơn vị"].iter_rows(min_row=4)}
    assert rows["Phường Tân Phong"][7].value == "0987654321"
    assert rows["Công ty TNHH Mới Toanh"][0].value in said


def allotted_in(folder):
    """Return what the pre-filled forms say that their units were allotted."""
    found = set()
    for form in (folder / "output" / "bieu-gui-di").rglob("*.xlsx"):
        rows = {row[0].value: row[1].value for row in load_workbook(form)["_meta"].iter_rows()}
        found.add(rows["allotment"])
    return found


def test_a_fresh_office_sets_up_before_its_first_run(province, tmp_path, monkeypatch):
    """As the guide says: init, fill, run; nothing but the workbook is touched."""
    monkeypatch.chdir(tmp_path)
    assert "Đã ghi tệp thiết lập" in ask("init", "--campaign", province.campaign)
    assert "đã có" in ask("init", "--campaign", province.campaign, status=1)
    fill(tmp_path / "output", **FILLED)
    ask("run", province.all, *MARCH, "--campaign", province.campaign)
    addressees, texts = letters_of(tmp_path / "output")
    assert None not in addressees
    assert "0213 3792 456" in texts
    templates = ("templates", "--all-units", "--month", "2015-04", "--campaign", province.campaign)
    assert "7 biểu" in ask(*templates)
    assert allotted_in(tmp_path) == {None}
    fill(tmp_path / "output", **{"phân bổ": 12})
    ask(*templates)
    assert allotted_in(tmp_path) == {12}

    # the guide says where telephones lie, and of no other place that there are any
    ask("units", "--campaign", province.campaign)
    guide = (Path(__file__).parent.parent / "HUONG-DAN.md").read_text(encoding="utf-8")
    table = guide.partition("| Ở đâu | Có gì |")[2].partition("\n\n")[0]
    said = {
        place
        for row in table.strip().splitlines()
        for place in re.findall(r"`([^`]+)`", row.split("|")[1])
        if re.search("điện thoại|thư, tệp", row) and "không có người" not in row
    }
    assert places_with("912345678", tmp_path / "output") == said


def places_with(text, out):
    """Return what of the output folder holds a text, in whatever package it lies."""

    def holds(content):
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return text.encode() in content
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return any(holds(package.read(name)) for name in package.namelist())

    files = [path for path in out.rglob("*") if path.is_file()]
    found = {path.relative_to(out).parts[0] for path in files if holds(path.read_bytes())}
    return {place for place in found if not place.endswith("-wal")}
