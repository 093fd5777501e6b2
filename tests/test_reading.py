"""Files that arrived → readings: what is no form says what it is, and a death costs one file."""

import os
import time

import pytest
from mail_samples import compound
from sent_files import put

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.choose.choose import choose
from tdkt_batch.model import Arrival, Month
from tdkt_batch.reading import read_files as guard
from tdkt_batch.reading.read_files import read_all
from tdkt_batch.report import FileState
from tdkt_batch.unpack import gather as sources

CAMPAIGN = load_campaign()
MARCH = Month(2015, 3)

SPOOL = []


@pytest.fixture(autouse=True)
def _spool(tmp_path_factory):
    SPOOL[:] = [tmp_path_factory.mktemp("spool")]


def gather(paths):
    return sources.gather(paths, SPOOL[0]).arrivals


def names(arrivals):
    return [a.source.name for a in arrivals]


# --- what is no form ----------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_each_file_that_is_no_form_says_what_it_is(tmp_path):
    files = {
        "a-rỗng.xlsx": b"",
        "b-chưa tải.xlsx": bytes(5000),
        "c-ảnh.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(20),
        "d-quét.pdf": b"%PDF-1.4",
        "e-bảng.xls": b"<html><table><tr><td>1</td></tr></table></html>",
        "f-bảng.csv": "Tên;Số\nXã A;12".encode(),
        "g-ghi chú.txt": "gửi lại sau".encode(),
        "h-mật khẩu.xlsx": compound({"EncryptedPackage": bytes(600)}),
        "i-văn bản.doc": compound({"WordDocument": bytes(600)}),
        "j-cụt.xlsx": b"PK\x03\x04" + bytes(100),
        "k-cụt.xls": OLE + bytes(600),
        "l-rác.xlsx": bytes(range(256)) * 4,
        "m.rar": b"Rar!\x1a\x07",
        "n-thư.eml": b"Subject: x\r\n\r\nx",
        "~$o.xlsx": b"x",
        ".~lock.o.xlsx#": b"x",
        "._o.xlsx": b"x",
        "Thumbs.db": OLE,
    }
    for name, content in files.items():
        put(tmp_path / name, content)
    readings = read_all(gather([tmp_path]), CAMPAIGN, workers=0)
    assert {r.source.name: r.unread.reason for r in readings} == {
        "a-rỗng.xlsx": "empty_file",
        "b-chưa tải.xlsx": "not_downloaded",
        "c-ảnh.xlsx": "picture",
        "d-quét.pdf": "pdf",
        "e-bảng.xls": "other_workbook",
        "f-bảng.csv": "plain_table",
        "g-ghi chú.txt": "text",
        "h-mật khẩu.xlsx": "encrypted",
        "i-văn bản.doc": "document",
        "j-cụt.xlsx": "damaged",
        "k-cụt.xls": "damaged",
        "l-rác.xlsx": "damaged",
        "m.rar": "other_archive",
        "n-thư.eml": "mail",
        "~$o.xlsx": "lock_file",
        ".~lock.o.xlsx#": "lock_file",
        "._o.xlsx": "system_file",
        "Thumbs.db": "system_file",
    }
    records = choose(readings, CAMPAIGN, MARCH).records
    assert {r.state for r in records} == {FileState.NOT_A_FORM, FileState.QUARANTINED}
    assert all(r.reason for r in records)


# --- worker processes -----------------------------------------------------------------------


class Deadly(Arrival):
    def read(self):
        os._exit(1)


class Slow(Arrival):
    def read(self):
        time.sleep(60)


class Faulty(Arrival):
    def read(self):
        raise RuntimeError("lỗi lạ")


def test_what_kills_a_worker_costs_that_file_only(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "CLOCK_A_FILE", 10)
    for name in "abcde":
        put(tmp_path / f"{name}.txt", name.encode())
    good = gather([tmp_path])
    kinds = [Arrival, Deadly, Slow, Faulty, Arrival]
    sent = [kind(a.source, a.path) for kind, a in zip(kinds, good, strict=True)]
    done = []
    readings = read_all(sent, CAMPAIGN, workers=2, on_progress=done.append)
    assert [(r.source.name, r.unread.reason) for r in readings] == [
        ("a.txt", "text"),
        ("b.txt", "crashed"),
        ("c.txt", "timeout"),
        ("d.txt", "reader_error"),
        ("e.txt", "text"),
    ]
    assert sorted(reading.source.name for reading in done) == names(good)


def test_a_file_that_changes_meanwhile_is_not_read(tmp_path):
    path = put(tmp_path / "a.txt")
    sent = gather([tmp_path])
    path.write_bytes(b"y")
    assert [r.unread.reason for r in read_all(sent, CAMPAIGN, workers=0)] == ["changed"]
