"""A unit that the board gave until a later day: late only after its own day, and told its own."""

from __future__ import annotations

import json

import docx
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from small_province import make_small_province

from tdkt_batch.cli.commands import program

SHEET = "Gia hạn"
SIGNED = {
    "Lý do": "Lũ cuốn đường",
    "Người quyết định": "Trưởng ban",
    "Ngày quyết định": "18/3/2015",
}
IN_TIME, PASSED = ("03387", "27/3/2015"), ("03388", "24/03/2015")


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh-nho"))


def run(province, out, *paths):
    until = ("--received-until", "2015-03-25 17:00", "--campaign", province.campaign)
    arguments = ["run", *paths, "--month", "2015-03", *until, "--out", out, "--json"]
    done = CliRunner().invoke(program, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def enter(out, *rows):
    """Type rows into the sheet of extensions, from the first one on."""
    path = out / "so-quyet-dinh.xlsx"
    book = load_workbook(path)
    sheet = book[SHEET]
    head = next(r for r in sheet.iter_rows(max_row=30) if any(c.value == "Mã đơn vị" for c in r))
    column = {cell.value: cell.column for cell in head if cell.value}
    for number, row in enumerate(rows, start=head[0].row + 1):
        for name, value in row.items():
            sheet.cell(number, column[name]).value = value
    book.save(path)


def extension(unit, day):
    return {"Mã đơn vị": unit, "Kỳ": "3/2015", "Hạn mới": day, **SIGNED}


def words_of(path):
    paper = docx.Document(str(path))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return [*(line.text for line in paper.paragraphs), *cells]


def row_of(out, unit):
    """Return the unit's row on the sheet of arrivals."""
    book = load_workbook(out / "2015-03" / "tong-hop-2015-03.xlsx")
    rows = (
        [str(value) for value in row if value is not None]
        for row in book["Tình hình gửi báo cáo"].iter_rows(values_only=True)
    )
    return next(row for row in rows if any(unit in value for value in row))


def test_a_unit_is_late_only_after_its_own_day(province, tmp_path):
    first = run(province, tmp_path, province.first)
    assert first["units"]["missing"] == 4
    enter(tmp_path, extension(*IN_TIME), extension(*PASSED))

    # still silent: whose own day has not passed is not urged, the other is told its own
    again = run(province, tmp_path)
    assert again["units"] == {**first["units"], "missing": 3, "not_yet_due": 1}
    (letter,) = tmp_path.glob("2015-03/thong-bao/cong-van-don-doc/105-*.docx")
    said = words_of(letter)
    assert not any("Tân Phong" in text for text in said)
    assert any(
        "báo cáo tháng 3/2015 phải gửi chậm nhất ngày 24/03/2015 (được Ban gia hạn)" in text
        for text in said
    )
    assert "Chưa gửi, được gia hạn, chậm nhất ngày 24/03/2015" in said
    (calls,) = tmp_path.glob("2015-03/thong-bao/danh-sach-goi-dien-*.docx")
    assert not any("Tân Phong" in text for text in words_of(calls))

    # its form came on the 24th, after the usual 20th
    whole = run(province, tmp_path, province.all)
    assert whole["units"]["late"] == 0
    late = [one for one in whole["finding_list"] if one["rule"] == "AMB30"]
    assert [one["unit"] for one in late] == []
    assert "Gia hạn từ 20/03/2015 đến 27/03/2015: Lũ cuốn đường (Trưởng ban)" in " ".join(
        row_of(tmp_path, "Phường Tân Phong")
    )

    # taken back, the usual day holds again
    enter(tmp_path, {"Rút lại": "x"})
    usual = run(province, tmp_path)
    assert usual["units"]["late"] == 1
    late = [one for one in usual["finding_list"] if one["rule"] == "AMB30"]
    assert [one["unit"] for one in late] == ["03387"]
    assert not any("Gia hạn" in text for text in row_of(tmp_path, "Phường Tân Phong"))
