"""The office's list that a run was given holds for forms and lists after it too."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook

from tdkt_batch.cli.commands import program

LIST = """STT;Tên đơn vị;Loại;Trực thuộc;Điện thoại
1;Xã Đồi Xanh;xã;Huyện Than Uyên;912345678
"""


def ask(*arguments, status=0):
    done = CliRunner().invoke(program, [str(one) for one in arguments])
    assert done.exit_code == status, done.output
    return done


def test_the_list_of_the_last_run_is_exported_without_being_given_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("ds.csv").write_text(LIST, encoding="utf-8-sig")
    Path("gui").mkdir()
    bound = ("--month", "2015-03", "--received-until", "2015-03-25 17:00", "--no-letters")
    ask("run", "gui", *bound, "--register", "ds.csv", "--workers", 1)
    done = ask("units", "--to", "don-vi.xlsx")
    assert "“ds.csv” của lần chạy tháng 3/2015" in done.stderr
    cells = {
        cell.value
        for sheet in load_workbook("don-vi.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert {"Xã Đồi Xanh", "0912345678"} <= cells
