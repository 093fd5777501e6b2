"""What could not be used is kept with its reason, never under its sender's name."""

from __future__ import annotations

from datetime import datetime

import pytest

from tdkt_batch.model import Source
from tdkt_batch.outputs.quarantine import keep_quarantined, printable, stored_stem, stored_suffix
from tdkt_batch.report import FileRecord, FileState

ARRIVED = datetime(2015, 3, 20, 8, 5)


def record(name, sha256="ab12", state=FileState.QUARANTINED, reason="Tệp hỏng"):
    source = Source(name=name, sha256=sha256, size=3, modified=ARRIVED)
    return FileRecord(source=source, state=state, reason=reason)


def kept(tmp_path, *records, content=b"abc"):
    def read():
        if isinstance(content, Exception):
            raise content
        return content

    folder = tmp_path / "tep-chua-xu-ly"
    keep_quarantined(records, {one.source: read for one in records}, folder)
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else None


def test_only_quarantined_files_are_kept(tmp_path):
    states = [state for state in FileState if state is not FileState.QUARANTINED]
    assert kept(tmp_path, *(record("a.xlsx", state=state) for state in states)) is None
    assert kept(tmp_path, record("a.xlsx")) == ["a-ab12.txt", "a-ab12.xlsx"]


def test_the_note_says_name_time_and_reason(tmp_path):
    kept(tmp_path, record("Xã Mường Than/báo cáo.xlsx"))
    note = (tmp_path / "tep-chua-xu-ly" / "bao-cao-ab12.txt").read_text(encoding="utf-8-sig")
    assert note.splitlines() == [
        "Tệp: Xã Mường Than/báo cáo.xlsx",
        "Nhận lúc: 8 giờ 05 ngày 20/03/2015",
        "Lý do: Tệp hỏng",
    ]


def test_files_of_one_content_stand_once_with_all_their_names(tmp_path):
    assert kept(tmp_path, record("a.xls"), record("b.xls")) == ["a-ab12.txt", "a-ab12.xls"]
    note = (tmp_path / "tep-chua-xu-ly" / "a-ab12.txt").read_text(encoding="utf-8-sig")
    assert "Tệp: a.xls" in note
    assert "Tệp: b.xls" in note


@pytest.mark.parametrize("error", [OSError(5, "I/O"), RuntimeError("password required")])
def test_a_file_whose_content_is_not_to_be_had_leaves_its_note(tmp_path, error):
    assert kept(tmp_path, record("a.xlsx"), content=error) == ["a-ab12.txt"]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("bao-cao.xlsx", ".xlsx"),
        ("BÁO CÁO.XLS", ".xls"),
        ("../../etc/passwd", ".bin"),
        ("bao-cao.xlsx.exe", ".bin"),
        ("macro.js", ".bin"),
        ("trang.html", ".bin"),
        ("ghi-chu.txt", ".bin"),
        ("con", ".bin"),
        ("a.xlsx\n", ".bin"),
    ],
)
def test_the_stored_suffix_is_harmless_and_never_that_of_the_note(name, suffix):
    assert stored_suffix(name) == suffix


def test_a_name_that_turns_itself_around_is_shown_as_it_is():
    assert printable("bao-cao\u202exslx.exe\nLý do: không") == "bao-cao?xslx.exe?Lý do: không"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Xã A/Báo cáo tháng 3.xlsx", "bao-cao-thang-3-ab12"),
        ("C:\\x\\CON.xlsx", "con-ab12"),
        ("../..", "ab12"),
        ("\u202e日本.xlsx", "ab12"),
        (f"{'a' * 300}.xlsx", f"{'a' * 60}-ab12"),
    ],
)
def test_a_stored_name_is_known_again_and_lawful_on_every_disk(name, stem):
    assert stored_stem(name, "ab12") == stem
