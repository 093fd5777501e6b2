"""Folders, archives and mails → arrivals: everything that was sent, each once."""

import os
import re
import time
import unicodedata
import zipfile
from datetime import datetime
from multiprocessing import parent_process
from pathlib import Path

import pytest
from mail_samples import (
    HEADERS,
    PNG,
    Entry,
    attached,
    forwarded,
    mail,
    mbox,
    part,
    raw_zip,
    text,
)
from mail_samples import zipped as zipped_bytes
from sent_files import put

from tdkt_batch.errors import InputError
from tdkt_batch.machine.workers import Death
from tdkt_batch.unpack import gather as sources
from tdkt_batch.unpack.members import Reason
from tdkt_batch.wording.shared import FILE_REASONS
from tdkt_batch.workbooks.sniff import FileKind

TEN_IN_THE_MORNING = datetime(2015, 3, 18, 10)

SPOOL = []


@pytest.fixture(autouse=True)
def _spool(tmp_path_factory):
    SPOOL[:] = [tmp_path_factory.mktemp("spool")]


def gather(paths):
    return sources.gather(paths, SPOOL[0]).arrivals


def zipped(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2015, 3, 17, 8, 30, 0)), content)
    return path


def names(arrivals):
    return [a.source.name for a in arrivals]


def test_a_folder_gives_its_files_and_those_of_its_sub_folders_sorted(tmp_path):
    for name in ("b.xlsx", "a.xlsx", "huyện/c.xlsx", "~$b.xlsx", ".DS_Store"):
        put(tmp_path / name)
    assert names(gather([tmp_path])) == [
        ".DS_Store",
        "a.xlsx",
        "b.xlsx",
        "huyện/c.xlsx",
        "~$b.xlsx",
    ]


def test_a_file_given_twice_is_one_attachment(tmp_path):
    path = put(tmp_path / "a.xlsx")
    assert len(gather([tmp_path, path, tmp_path])) == 1


def test_files_of_several_folders_are_named_with_their_folder(tmp_path):
    put(tmp_path / "một/a.xlsx")
    put(tmp_path / "hai/a.xlsx")
    assert names(gather([tmp_path / "một", tmp_path / "hai"])) == ["hai/a.xlsx", "một/a.xlsx"]


def test_names_are_composed(tmp_path):
    put(tmp_path / unicodedata.normalize("NFD", "xã Hồng Thu.xlsx"))
    assert names(gather([tmp_path])) == ["xã Hồng Thu.xlsx"]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/New_York"])
def test_the_time_of_a_file_is_the_offices_whatever_the_machine(tmp_path, monkeypatch, zone):
    put(tmp_path / "a.xlsx")
    monkeypatch.setenv("TZ", zone)
    if hasattr(time, "tzset"):
        time.tzset()
    assert gather([tmp_path])[0].source.modified == TEN_IN_THE_MORNING
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_a_missing_path_is_the_operators_to_mend(tmp_path):
    with pytest.raises(InputError, match="không có"):
        gather([tmp_path / "không có"])


def test_an_archive_gives_its_members_and_is_not_itself_counted(tmp_path):
    zipped(tmp_path / "huyện.zip", {"xã A.xlsx": b"a", "thư mục/xã B.xlsx": b"b"})
    found = gather([tmp_path])
    assert [(a.source.name, a.source.container, a.read()) for a in found] == [
        ("huyện.zip/thư mục/xã B.xlsx", "huyện.zip", b"b"),
        ("huyện.zip/xã A.xlsx", "huyện.zip", b"a"),
    ]
    assert found[0].source.modified == datetime(2015, 3, 17, 8, 30)


def test_an_archives_names_without_utf8_mark_are_understood(tmp_path):
    path = zipped(tmp_path / "a.zip", {"x" * 14: b"a"})
    raw = path.read_bytes().replace(b"x" * 14, "xã Mườ".encode() + b".xls")
    path.write_bytes(raw)
    assert names(gather([path])) == ["a.zip/xã Mườ.xls"]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, [("a.zip", "empty_archive")]),
        ({"b.zip": b"PK\x05\x06" + bytes(18)}, [("a.zip/b.zip", "empty_archive")]),
    ],
)
def test_an_archive_without_files_is_an_attachment_itself(tmp_path, members, expected):
    zipped(tmp_path / "a.zip", members)
    assert [(a.source.name, a.problem) for a in gather([tmp_path])] == expected


def test_a_damaged_member_costs_that_member_only(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.xlsx": b"a" * 50, "b.xlsx": b"b" * 50})
    path.write_bytes(path.read_bytes().replace(b"a" * 50, b"c" * 50))
    assert [(a.source.name, a.problem) for a in gather([path])] == [
        ("a.zip/a.xlsx", "damaged_member"),
        ("a.zip/b.xlsx", ""),
    ]


# --- mails and archives inside one another ------------------------------------------------------


def all_of(*paths):
    return sources.gather(paths, SPOOL[0])


def test_what_a_mail_carries_knows_its_letter_and_arrives_with_it(tmp_path):
    put(tmp_path / "thư.eml", mail(text(), attached(b"bieu", "Mẫu 01.xlsx")))
    found = all_of(tmp_path)
    (one,) = found.arrivals
    letter = one.source.letter
    assert (one.source.name, one.source.container) == ("thư.eml/Mẫu 01.xlsx", "thư.eml")
    assert (letter.sender, letter.subject) == ("muongthan@laichau.example", "Báo cáo tháng 3")
    assert letter.message_id == "<1@laichau.example>"
    assert (one.source.arrived, one.source.arrived_by) == (datetime(2015, 3, 24, 9, 15), "letter")
    assert one.read() == b"bieu"
    assert [(c.name, c.kind, c.members) for c in found.containers] == [("thư.eml", "eml", 1)]


def test_the_innermost_mail_says_when_it_arrived(tmp_path):
    older = {**HEADERS, "Date": "Fri, 20 Mar 2015 08:00:00 +0700", "Subject": "Gửi Ban"}
    inner = mail(
        attached(zipped_bytes(("xã A.xlsx", b"a")), "gói.zip"), boundary="b1", headers=older
    )
    put(tmp_path / "chuyển tiếp.eml", mail(text(), forwarded(inner)))
    found = all_of(tmp_path)
    (one,) = found.arrivals
    assert one.source.name == "chuyển tiếp.eml/Gửi Ban/gói.zip/xã A.xlsx"
    assert one.source.arrived == datetime(2015, 3, 20, 8)
    assert sorted((c.kind, c.members) for c in found.containers) == [
        ("eml", 1), ("eml", 1), ("zip", 1),
    ]  # fmt: skip


def test_pictures_in_a_mails_text_are_no_files_and_a_mail_without_files_is_its_words(tmp_path):
    shown = part(PNG, 'filename="logo.png"', kind="image/png", disposition="inline")
    put(tmp_path / "thư.eml", mail(text(), shown))
    found = all_of(tmp_path)
    (words,) = found.arrivals
    assert (words.source.name, words.problem) == ("thư.eml/lời thư.eml", "words_only")
    assert words.source.letter.message_id == HEADERS["Message-ID"]
    assert [(c.name, c.members) for c in found.containers] == [("thư.eml", 1)]


def test_a_mail_archive_gives_the_files_of_each_mail(tmp_path):
    mails = [mail(text(), attached(b"bieu %d" % n, "Mẫu 01.xlsx")) for n in range(3)]
    put(tmp_path / "Inbox", mbox(*mails))
    found = all_of(tmp_path)
    assert [a.source.name for a in found.arrivals] == [
        "Inbox/#1/Mẫu 01.xlsx", "Inbox/#2/Mẫu 01.xlsx", "Inbox/#3/Mẫu 01.xlsx",
    ]  # fmt: skip
    assert [a.read() for a in found.arrivals] == [b"bieu 0", b"bieu 1", b"bieu 2"]
    assert [(c.name, c.kind, c.members) for c in found.containers] == [
        ("Inbox", "mbox", 3), ("Inbox/#1", "eml", 1), ("Inbox/#2", "eml", 1), ("Inbox/#3", "eml", 1),
    ]  # fmt: skip


def test_what_is_not_yet_delivered_in_a_maildir_is_passed_over(tmp_path):
    for folder in ("cur", "new", "tmp"):
        put(tmp_path / f"Maildir/{folder}/1.eml", mail(attached(folder.encode(), "a.xlsx")))
    assert [a.read() for a in gather([tmp_path])] == [b"cur", b"new"]


def test_what_cannot_be_unpacked_is_one_file_with_its_reason(tmp_path):
    locked = raw_zip(Entry(b"a.xlsx", b"a", flags=1))
    put(tmp_path / "gói.zip", zipped_bytes(("a.xlsx", b"a"), ("khóa.zip", locked)))
    assert [(a.source.name, a.problem, a.read()) for a in gather([tmp_path])] == [
        ("gói.zip/a.xlsx", "", b"a"),
        ("gói.zip/khóa.zip", "encrypted_archive", locked),
    ]


def test_every_reason_for_which_a_container_stays_shut_has_its_sentence():
    assert {str(reason) for reason in Reason} <= set(FILE_REASONS)
    assert {*sources.UNPACKING_ENDED.values(), *(str(d) for d in Death)} <= set(FILE_REASONS)
    assert {str(kind) for kind in FileKind} - set(FILE_REASONS) == {"xlsx", "xlsb", "xls", "ods"}


def test_nothing_is_written_under_a_senders_name(tmp_path):
    put(tmp_path / "sent" / "a.zip", zipped_bytes(("../../../etc/x.xlsx", b"a"), ("CON", b"b")))
    assert names(gather([tmp_path / "sent"])) == ["a.zip/CON", "a.zip/etc/x.xlsx"]
    assert all(re.fullmatch("[0-9a-f]{64}", p.name) for p in SPOOL[0].iterdir())
    assert [p.name for p in tmp_path.iterdir()] == ["sent"]


def test_a_folder_that_cannot_be_opened_is_the_operators_to_mend(tmp_path, monkeypatch):
    def walk(path, onerror):
        onerror(PermissionError(13, "Permission denied", str(path)))
        return ()

    monkeypatch.setattr(sources.os, "walk", walk)
    with pytest.raises(InputError, match="không mở được thư mục"):
        gather([tmp_path])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_is_no_plain_file_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "ống.xlsx")
    (tmp_path / "mất.xlsx").symlink_to(tmp_path / "không có")
    assert [a.problem for a in gather([tmp_path])] == ["not_readable"] * 2


class Bomb(Path().__class__):
    """A path whose opening ends the worker, and the worker only."""

    def open(self, *args, **kwargs):
        if parent_process():
            os._exit(1)
        return super().open(*args, **kwargs)


def test_what_ends_the_unpacking_costs_that_file_only(tmp_path):
    put(tmp_path / "a.eml", mail(attached(b"a", "a.xlsx")))
    put(tmp_path / "b.eml", mail(attached(b"b", "b.xlsx")))
    paths = [Bomb(tmp_path / "a.eml"), tmp_path / "b.eml"]
    found = sources.gather(paths, SPOOL[0], workers=2).arrivals
    assert [(a.source.name, a.problem, a.source.size) for a in found] == [
        ("a.eml", "unpacking_crashed", (tmp_path / "a.eml").stat().st_size),
        ("b.eml/b.xlsx", "", 1),
    ]
