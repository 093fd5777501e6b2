"""From what was sent to what counts: attachments, readings, file states, unit states."""

import os
import re
import time
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime
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

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.choose.choose import choose
from tdkt_batch.choose.states import Came, unit_states
from tdkt_batch.errors import InputError
from tdkt_batch.machine.workers import Death
from tdkt_batch.model import Arrival, Month, Source, Submission, Value
from tdkt_batch.reading import read_files as guard
from tdkt_batch.reading.read_files import Reading, read_all
from tdkt_batch.report import FileRecord, FileState
from tdkt_batch.unpack import gather as sources
from tdkt_batch.unpack.members import Reason
from tdkt_batch.wording.shared import FILE_REASONS, file_reason
from tdkt_batch.workbooks.read import Unread
from tdkt_batch.workbooks.sniff import Kind

CAMPAIGN = load_campaign()
MARCH = Month(2015, 3)
FEBRUARY = Month(2015, 2)
COMMUNE, OTHER_COMMUNE = [u.code for u in CAMPAIGN.units if u.kind == "xã"][:2]
TEN_IN_THE_MORNING = datetime(2015, 3, 18, 10)


# --- gathering --------------------------------------------------------------------------

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


def names(attachments):
    return [a.source.name for a in attachments]


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


def test_pictures_in_a_mails_text_are_no_files_and_a_mail_without_files_has_none(tmp_path):
    shown = part(PNG, 'filename="logo.png"', kind="image/png", disposition="inline")
    put(tmp_path / "thư.eml", mail(text(), shown))
    found = all_of(tmp_path)
    assert found.arrivals == ()
    assert [(c.name, c.members) for c in found.containers] == [("thư.eml", 0)]


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
    assert {str(kind) for kind in Kind} - set(FILE_REASONS) == {"xlsx", "xlsb", "xls", "ods"}


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
        "h-mật khẩu.xlsx": OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "i-văn bản.doc": OLE + bytes(600) + "WordDocument".encode("utf-16-le"),
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
    readings = read_all(gather([tmp_path]), CAMPAIGN.id, workers=0)
    assert {r.source.name: r.unread.reason for r in readings} == {
        "a-rỗng.xlsx": "empty_file",
        "b-chưa tải.xlsx": "not_downloaded",
        "c-ảnh.xlsx": "picture",
        "d-quét.pdf": "pdf",
        "e-bảng.xls": "html_table",
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


class Panicking(Arrival):
    def read(self):
        raise type("PanicException", (BaseException,), {})


class Faulty(Arrival):
    def read(self):
        raise RuntimeError("lỗi lạ")


def test_what_kills_a_worker_costs_that_file_only(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "SECONDS_A_FILE", 3)
    for name in "abcdef":
        put(tmp_path / f"{name}.txt", name.encode())
    good = gather([tmp_path])
    kinds = [Arrival, Deadly, Slow, Panicking, Faulty, Arrival]
    sent = [kind(a.source, a.path) for kind, a in zip(kinds, good, strict=True)]
    done = []
    readings = read_all(sent, CAMPAIGN.id, workers=2, on_progress=done.append)
    assert [(r.source.name, r.unread.reason) for r in readings] == [
        ("a.txt", "text"),
        ("b.txt", "crashed"),
        ("c.txt", "timeout"),
        ("d.txt", "damaged"),
        ("e.txt", "reader_error"),
        ("f.txt", "text"),
    ]
    assert sorted(reading.source.name for reading in done) == names(good)


def test_a_file_that_changes_meanwhile_is_not_read(tmp_path):
    path = put(tmp_path / "a.txt")
    sent = gather([tmp_path])
    path.write_bytes(b"y")
    assert [r.unread.reason for r in read_all(sent, CAMPAIGN.id, workers=0)] == ["changed"]


# --- which one counts -------------------------------------------------------------------------


def reading(name, day=18, unit=COMMUNE, content=None, **said):
    """A form that was read; ``content`` stands for what is in the file."""
    source = Source(name=name, sha256=content or name, size=1, modified=datetime(2015, 3, day, 9))
    field = next(f for f in CAMPAIGN.form("mau_01").fields if not f.prefill)
    cell = Value(field=field.id, value="x", typed="x", raw="x", sheet="Báo cáo", cell="C9")
    submission = Submission(
        source=source,
        form="mau_01",
        form_version="",
        unit=unit,
        values={field.id: cell},
        tables={},
        **{"month": MARCH, **said},
    )
    return Reading(source=source, submission=submission)


def unread(name, reason, day=18, unit="", **details):
    source = Source(name=name, sha256=name, size=1, modified=datetime(2015, 3, day, 9))
    return Reading(source=source, unread=Unread(reason, details, unit))


def states(readings, until=None):
    chosen = choose(readings, CAMPAIGN, MARCH, until)
    assert len(chosen.records) == len(readings)
    return [(r.source.name, r.state.value) for r in chosen.records]


def test_the_last_of_a_units_forms_counts():
    sent = [reading("b", 19), reading("a", 17), reading("c", 18), reading("d", 17, OTHER_COMMUNE)]
    assert states(sent) == [
        ("b", "used"),
        ("a", "superseded"),
        ("c", "superseded"),
        ("d", "used"),
    ]
    chosen = choose(sent, CAMPAIGN, MARCH)
    assert set(chosen.readings) == {COMMUNE, OTHER_COMMUNE}
    assert chosen.readings[COMMUNE].source.name == "b"
    assert chosen.records[1].reason == "Đã có bản mới hơn: “b”; số liệu không khác"


def test_a_correction_does_not_make_a_unit_late_but_an_empty_form_does_not_make_it_punctual():
    empty = reading("o", 16)
    empty = replace(empty, submission=replace(empty.submission, values={}))
    sent = [empty, reading("b", 19), reading("c", 24)]
    chosen = choose(sent, CAMPAIGN, MARCH)
    assert chosen.readings[COMMUNE].source.name == "c"
    assert chosen.arrivals[COMMUNE] == datetime(2015, 3, 19, 9)


def test_of_two_at_the_same_moment_the_name_decides_whatever_the_order():
    one, other = reading("a"), reading("b")
    assert states([one, other]) == [("a", "superseded"), ("b", "used")]
    assert states([other, one]) == [("b", "used"), ("a", "superseded")]


def test_the_same_content_counts_once_from_its_first_arrival():
    sent = [reading("qua huyện", 23, content="s"), reading("trực tiếp", 18, content="s")]
    assert states(sent) == [("qua huyện", "duplicate"), ("trực tiếp", "used")]
    assert choose(sent, CAMPAIGN, MARCH).arrivals[COMMUNE] == datetime(2015, 3, 18, 9)


def test_a_form_sent_again_after_another_counts():
    sent = [
        reading("a", 16, content="cũ"),
        reading("b", 17, content="mới"),
        reading("c", 18, content="cũ"),
    ]
    assert states(sent) == [("a", "used"), ("b", "superseded"), ("c", "duplicate")]


def test_a_form_of_another_month_does_not_count():
    sent = [reading("a", month=FEBRUARY), reading("b", 1)]
    assert states(sent) == [("a", "other_month"), ("b", "used")]
    assert choose(sent, CAMPAIGN, MARCH).records[0].reason == "Báo cáo của tháng 2/2015"


def test_what_arrives_after_the_cut_off_does_not_count():
    sent = [reading("a", 18), reading("b", 26), unread("c", "damaged", 26), unread("d", "pdf", 26)]
    assert states(sent, datetime(2015, 3, 25, 17)) == [
        ("a", "used"),
        ("b", "other_month"),
        ("c", "other_month"),
        ("d", "not_a_form"),
    ]
    reason = choose(sent, CAMPAIGN, MARCH, datetime(2015, 3, 25, 17)).records[1].reason
    assert reason == "Đến 9 giờ 00 ngày 26/3/2015, sau thời điểm chốt số liệu"


def test_a_unit_outside_its_dates_is_kept_with_how_to_add_it():
    campaign = replace(
        CAMPAIGN,
        units=tuple(
            replace(u, valid_from=date(2015, 4, 1)) if u.code == COMMUNE else u
            for u in CAMPAIGN.units
        ),
    )
    (record,) = choose([reading("a")], campaign, MARCH).records
    assert record.state is FileState.QUARANTINED
    assert COMMUNE in record.reason
    assert "--register" in record.reason


def test_every_reason_has_its_sentence():
    places = dict.fromkeys(
        (
            "arrived", "campaign", "candidates", "cell", "differences", "form", "given", "label", "month", "named", "one", "other", "own",
            "name", "problem", "raw", "seconds", "sheet", "unit", "version", "wanted",
        ),
        "Xã A",
    )  # fmt: skip
    assert all(file_reason(code, places)[0].isupper() for code in FILE_REASONS)


# --- how each unit stands -----------------------------------------------------------------------


def unit_state(*readings, campaign=CAMPAIGN, unit=COMMUNE):
    chosen = choose(readings, campaign, MARCH)
    submissions = {code: r.submission for code, r in chosen.readings.items()}
    found = unit_states(
        campaign,
        MARCH,
        Came(records=chosen.records, submissions=submissions, arrivals=chosen.arrivals),
    )
    assert list(found) == [u.code for u in campaign.units_in(MARCH)]
    return found[unit].value


def blank(one):
    """The same form with nothing typed in it but what was pre-filled."""
    prefilled = {
        f.id: Value(field=f.id, value="x", typed="x", raw="x", sheet="Báo cáo", cell="C9")
        for f in CAMPAIGN.form("mau_01").fields
        if f.prefill
    }
    return replace(one, submission=replace(one.submission, values=prefilled))


def test_the_day_of_the_deadline_is_in_time():
    assert CAMPAIGN.deadline("base").falls_on(MARCH) == date(2015, 3, 20)
    assert unit_state(reading("a", 20)) == "on_time"
    assert unit_state(reading("a", 21)) == "late"


def test_a_unit_without_a_file_is_missing():
    assert unit_state() == "missing"
    assert unit_state(reading("a", month=FEBRUARY)) == "missing"


def test_a_unit_whose_only_file_cannot_be_used_is_unreadable():
    broken = unread("a", "damaged", unit=COMMUNE)
    assert unit_state(broken) == "unreadable"
    assert unit_state(broken, reading("b", 20)) == "on_time"
    assert unit_state(broken, unit=OTHER_COMMUNE) == "missing"


def test_a_form_with_nothing_typed_is_empty():
    assert unit_state(blank(reading("a"))) == "empty"


def test_an_exempt_unit_is_not_required():
    units = tuple(replace(u, exempt=u.code == COMMUNE) for u in CAMPAIGN.units)
    assert unit_state(campaign=replace(CAMPAIGN, units=units)) == "not_required"


def test_every_file_is_in_one_state():
    sent = [reading("a"), reading("b", 19), unread("c", "pdf"), unread("d", "damaged")]
    records = choose(sent, CAMPAIGN, MARCH).records
    assert [type(r) for r in records] == [FileRecord] * 4
