"""The ledger when things go wrong: killed runs, damaged files, two runs at once, no room."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tdkt_batch.errors import BusyError, InputError, OutputError
from tdkt_batch.ledger import database, lock
from tdkt_batch.ledger import kept_files as vault
from tdkt_batch.ledger.facts import Cached, Run, Sending
from tdkt_batch.ledger.store import look_into, open_ledger
from tdkt_batch.model import Arrival, Container, Decision, DecisionKind, Month, Source

MARCH = Month(2015, 3)
MORNING = datetime(2015, 3, 25, 14, 5)
EVENING = datetime(2015, 3, 28, 17, 0)
DECISION = Decision(kind=DecisionKind.REFUSED, unit="LC01", month=MARCH, code="A4")
SENDING = Sending(MARCH, "LC01", "return", "LC01.xlsx", "0")


def given(folder: Path, *names: str) -> list[Arrival]:
    folder.mkdir(exist_ok=True)
    files = []
    for name in names:
        content = name.encode() * 3000
        (folder / name).write_bytes(content)
        digest = sha256(content).hexdigest()
        source = Source(name=name, sha256=digest, size=len(content), modified=MORNING)
        files.append(Arrival(source, folder / name))
    return files


def month(ledger, files, moment=MORNING) -> None:
    """Do what a month's run does with the ledger."""
    admitted = ledger.admit(files, moment)
    package = ledger.keep(b"campaign" * 999, ".zip")
    ledger.cache([Cached("reading", one.source.sha256, one.source, one.number) for one in admitted])
    ledger.decide([DECISION], "an", moment)
    numbers = tuple(one.number for one in admitted)
    containers = (Container(name="x.zip", kind="zip", members=2),)
    run = Run(
        0, MARCH, EVENING, "c", package, "", "0.1", "an", moment, numbers, containers, "k", "m"
    )
    ledger.record_run(run, [SENDING])


def facts(ledger):
    """Return all that the ledger knows, without the moments that each run brings along."""
    arrivals = [replace(a, source=replace(a.source, first_seen=None)) for a in ledger.arrivals()]
    runs = [replace(run, started=MORNING) for run in ledger.runs()]
    return arrivals, ledger.decisions(), runs, ledger.sendings()


def log_of(out: Path) -> list[Path]:
    return [out / "luu-tru" / vault.LOG / name for name in vault.log_names(out / "luu-tru")]


@pytest.fixture
def out(tmp_path):
    return tmp_path / "output"


@pytest.fixture
def done(out, tmp_path):
    """An output folder in which two months were run; what it then knows."""
    for files in (("a.xlsx", "b.xlsx"), ("b.xlsx", "c.xlsx")):
        with open_ledger(out, "an@may-01", MORNING) as ledger:
            month(ledger, given(tmp_path / "in", *files))
    with look_into(out) as ledger:
        return facts(ledger)


def assert_as_before(out: Path, before, *notes: str):
    """Assert that the ledger knows what it knew, says so once, and then is quiet."""
    with look_into(out) as ledger:
        assert facts(ledger) == before
    with open_ledger(out, "an@may-01", EVENING) as ledger:
        assert facts(ledger) == before
        assert len(ledger.notes) == len(notes), ledger.notes
        for note, said in zip(notes, ledger.notes, strict=True):
            assert note in said
    with open_ledger(out, "an@may-01", EVENING) as ledger:
        assert facts(ledger) == before
        assert ledger.notes == ()


# --- killed -----------------------------------------------------------------------------------

STEPS = {"execute", "replace", "fsync", "unlink", "mkdir", "write", "open", "close", "rollback"}
"""Calls into the system between which a run may be killed."""

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")


def steps_of(work, at: int = 0) -> int:
    """Do ``work`` and return how many steps it took; die at step ``at``."""
    count = 0

    def step(_frame, event, called):
        nonlocal count
        if event == "c_call" and getattr(called, "__name__", "") in STEPS:
            count += 1
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def killed(work, at: int) -> bool:
    """Do ``work`` in a process that is killed at step ``at``; tell whether it was."""
    child = os.fork()
    if child == 0:
        try:
            steps_of(work, at)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@needs_fork
def test_killed_at_any_step_the_next_run_goes_on_as_if_nothing_had_happened(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the machine goes on, only the run dies
    first, second = (
        given(tmp_path / "in", "a.xlsx", "b.xlsx"),
        given(tmp_path / "in", "b.xlsx", "c.xlsx"),
    )

    def work(out: Path, files, moment):
        with open_ledger(out, "an@may-01", moment) as ledger:
            month(ledger, files, moment)

    work(tmp_path / "start", first, MORNING)
    shutil.copytree(tmp_path / "start", tmp_path / "calm")
    total = steps_of(lambda: work(tmp_path / "calm", second, EVENING))
    assert total > 60
    for at in range(1, total + 1):
        out = tmp_path / f"killed-{at}"
        shutil.copytree(tmp_path / "start", out)
        assert killed(lambda out=out: work(out, second, MORNING), at)
        with look_into(out) as ledger:
            seen = facts(ledger)
        with open_ledger(out, "an@may-01", EVENING) as ledger:
            assert facts(ledger) == seen
            assert all("hỏng" not in note for note in ledger.notes)
            recorded = len(ledger.runs()) == 2
            ledger.admit(second, EVENING)
            ledger.decide([DECISION], "an", EVENING)
            if not recorded:
                month(ledger, second, EVENING)
        assert_same_facts(out, tmp_path / "calm")
        shutil.rmtree(out)


def assert_same_facts(one: Path, other: Path):
    with look_into(one) as ledger, look_into(other) as calm:
        arrivals, *rest = facts(ledger)
        expected, *others = facts(calm)
        assert [replace(a, path=Path(a.path.name)) for a in arrivals] == [
            replace(a, path=Path(a.path.name)) for a in expected
        ]
        assert rest == others
        for arrival in arrivals:
            assert sha256(arrival.path.read_bytes()).hexdigest() == arrival.source.sha256
    assert not list(one.glob("luu-tru/.dang-ghi/*"))


def test_what_only_the_log_has_is_entered(out, tmp_path):
    with open_ledger(out, "an@may-01", MORNING) as ledger:
        month(ledger, given(tmp_path / "in", "a.xlsx"))
    older = (out / database.NAME).read_bytes()
    with open_ledger(out, "an@may-01", MORNING) as ledger:
        month(ledger, given(tmp_path / "in", "b.xlsx"))
        known = facts(ledger)
    (out / database.NAME).write_bytes(older)
    assert_as_before(out, known, "đã ghi nốt 2 mục")


def test_drafts_of_a_dead_run_are_swept(out, done):
    draft = out / "luu-tru" / ".dang-ghi" / "left.xlsx"
    draft.parent.mkdir(exist_ok=True)
    draft.write_bytes(b"half")
    assert_as_before(out, done)
    assert not draft.exists()


# --- damaged ----------------------------------------------------------------------------------


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _cut_off_page(content: bytes) -> bytes:
    return content[:-4096]


def _zeros_in_the_middle(content: bytes) -> bytes:
    return content[:8192] + bytes(4096) + content[12288:]


def _other_header(content: bytes) -> bytes:
    return b"X" * 100 + content[100:]


def _other_column(content: bytes) -> bytes:
    return content.replace(b"        content ", b"        kontent ")


def _one_letter(content: bytes) -> bytes:
    """Change one byte in a row, which no check of SQLite's own can notice."""
    place = content.index(b".json") + 50
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _other_number(content: bytes) -> bytes:
    """Change the number in a file's name, which its hash says nothing of."""
    assert content.count(b"000003-") == 1
    return content.replace(b"000003-", b"000007-")


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _cut_off_page,
        _zeros_in_the_middle,
        _other_header,
        _other_column,
        _one_letter,
        _other_number,
        lambda _: b"?",
    ],
)
def test_a_damaged_database_is_set_aside_and_rebuilt(out, done, damage):
    damaged = damage((out / database.NAME).read_bytes())
    (out / database.NAME).write_bytes(damaged)
    assert_as_before(out, done, "bị hỏng, đã để riêng ở so-tiep-nhan.hong-1.sqlite")
    assert (out / "so-tiep-nhan.hong-1.sqlite").read_bytes() == damaged


def test_each_damaged_database_is_kept_aside(out, done):
    for _ in range(2):
        (out / database.NAME).write_bytes(b"no database, this is")
        with open_ledger(out, "an@may-01", EVENING):
            pass
    aside = sorted(p.name for p in out.glob("*.hong-*"))
    assert aside == ["so-tiep-nhan.hong-1.sqlite", "so-tiep-nhan.hong-2.sqlite"]


@pytest.mark.parametrize("content", [None, b""])
def test_a_lost_or_empty_database_is_rebuilt(out, done, content):
    if content is None:
        (out / database.NAME).unlink()
    else:
        (out / database.NAME).write_bytes(content)
    assert_as_before(out, done, "bị mất; đã dựng lại từ luu-tru")
    assert not list(out.glob("*.hong-*"))


def test_another_programs_database_is_set_aside_not_used(out, done):
    (out / database.NAME).unlink()
    connection = sqlite3.connect(out / database.NAME)
    connection.execute("CREATE TABLE entry (number INTEGER, seal TEXT)")
    connection.close()
    assert_as_before(out, done, "đã để riêng")


VERSION = range(60, 64)
"""Where SQLite's header has the version of the tables: a higher one is a newer program's."""


def test_every_single_damaged_byte_is_noticed_or_harmless(out, done):
    """Facts never come back changed; what was computed is at worst computed again."""
    whole = (out / database.NAME).read_bytes()
    for place in range(0, len(whole), len(whole) // 60):
        damaged = bytearray(whole)
        damaged[place] ^= 0x15
        (out / database.NAME).write_bytes(damaged)
        try:
            with look_into(out) as ledger:
                assert facts(ledger) == done
                assert ledger.cached("reading", "x", Source) is None
        except InputError:
            assert place in VERSION


def test_a_damaged_computation_is_computed_again(out, tmp_path):
    (one,) = given(tmp_path / "in", "a.xlsx")
    with open_ledger(out, "an@may-01", MORNING) as ledger:
        ledger.cache([Cached("reading", "k", one.source)])
    connection = sqlite3.connect(out / database.NAME)
    connection.execute("UPDATE cache SET value = substr(value, 1, 20)")
    connection.commit()
    connection.close()
    with look_into(out) as ledger:
        assert ledger.cached("reading", "k", Source) is None


def test_a_lost_or_damaged_log_file_is_written_again_from_the_database(out, done):
    files = log_of(out)
    contents = [file.read_bytes() for file in files]
    files[0].unlink()
    files[1].write_bytes(contents[1][:-9])
    assert_as_before(out, done, f"{files[0]}: bị mất hoặc hỏng, đã ghi lại", files[1].name)
    assert [file.read_bytes() for file in log_of(out)] == contents


def test_a_damaged_log_file_costs_itself_only(out, done):
    (out / database.NAME).unlink()
    arrivals, decisions, runs, sendings = done
    file = log_of(out)[1]
    assert b"decisions" in file.read_bytes()
    file.write_bytes(b"{}")
    notes = ("bị mất; đã dựng lại", "những gì ghi trong đó bị mất")
    assert_as_before(out, (arrivals, (), runs, sendings), *notes)
    assert file.with_name(f"{file.name}.hong").exists()
    assert decisions


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize(("entry", "left", "lost"), [(0, [3], "a.xlsx"), (3, [1, 2], "c.xlsx")])
def test_arrivals_that_are_lost_keep_their_numbers(out, tmp_path, entry, left, lost):
    (out / database.NAME).unlink()
    log_of(out)[entry].write_bytes(b"{}")
    with open_ledger(out, "an@may-01", EVENING) as ledger:
        assert [a.number for a in ledger.arrivals()] == left
        given_then = [tuple(n for n in numbers if n in left) for numbers in ((1, 2), (2, 3))]
        assert [run.given for run in ledger.runs()] == given_then
        with pytest.raises(InputError, match="không còn tệp số"):
            ledger.arrival(4 - left[0])
        admitted = ledger.admit(given(tmp_path / "in", lost), EVENING)
        assert [a.number for a in admitted] == [4]


def test_two_entries_that_contradict_each_other_are_told(out, done):
    first = log_of(out)[0]
    content = first.read_bytes().replace(b'"number": 2\n', b'"number": 9\n')
    assert content != first.read_bytes()
    twin = first.with_name(f"{first.name[:6]}-{sha256(content).hexdigest()[:16]}.json")
    twin.write_bytes(content)
    assert_as_before(out, done, f"{twin.name}: không đọc được")


def test_without_log_and_database_content_is_admitted_again(out, done, tmp_path):
    (out / database.NAME).unlink()
    shutil.rmtree(out / "luu-tru" / vault.LOG)
    with pytest.raises(InputError, match="chưa chạy tháng nào"), look_into(out):
        pass
    with open_ledger(out, "an@may-01", EVENING) as ledger:
        assert ledger.arrivals() == ()
        kept = [p for p in out.glob("luu-tru/??/*") if p.suffix == ".xlsx"]
        admitted = ledger.admit(given(tmp_path / "in", "a.xlsx", "b.xlsx"), EVENING)
        assert {a.path for a in admitted} <= set(kept)


# --- two at once ------------------------------------------------------------------------------

HOLD = """
import sys, time
from datetime import datetime
from pathlib import Path
from tdkt_batch.ledger.store import open_ledger
with open_ledger(Path(sys.argv[1]), "an@may-01", datetime(2015, 3, 25, 14, 5)):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_run(out: Path):
    with subprocess.Popen([sys.executable, "-c", HOLD, out], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            yield process
        finally:
            process.kill()


def test_a_second_run_is_refused_within_a_second_and_told_who_is_at_work(out, done):
    with another_run(out):
        with pytest.raises(BusyError) as refused, open_ledger(out, "binh@may-02", EVENING):
            pass
        assert lock.PATIENCE < 1
        assert str(refused.value) == (
            f"{out}: đang có lần chạy khác (an@may-01, từ 14 giờ 05 ngày 25/03/2015): "
            "hãy đợi lần ấy xong rồi chạy lại"
        )
        with look_into(out) as ledger:
            assert facts(ledger) == done


def test_a_killed_runs_lock_is_free_and_its_end_is_told(out, done):
    with another_run(out) as process:
        process.kill()
        process.wait()
        note = "lần chạy trước (an@may-01, từ 14 giờ 05 ngày 25/03/2015) bị dừng giữa chừng"
        assert_as_before(out, done, note)


def test_a_run_that_ends_with_an_error_leaves_no_lock_and_no_word(out, done):
    with pytest.raises(ZeroDivisionError), open_ledger(out, "an@may-01", MORNING):
        raise ZeroDivisionError
    assert_as_before(out, done)


def test_who_is_at_work_may_be_unknown(out, done):
    with another_run(out):
        (out / lock.HOLDER_NAME).write_text("{", encoding="utf-8")
        with pytest.raises(BusyError, match="đang có lần chạy khác: hãy đợi"):
            open_ledger(out, "binh@may-02", EVENING).__enter__()


class NoLocking:
    """A file system that cannot lock, as some network shares."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def acquire(self, **_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")


def test_where_files_cannot_be_locked_a_file_is_the_lock(out, done, monkeypatch):
    monkeypatch.setattr(lock, "FileLock", NoLocking)
    with open_ledger(out, "an@may-01", MORNING) as ledger:
        assert facts(ledger) == done
        assert (out / lock.SOFT_NAME).exists()
        with pytest.raises(BusyError, match=f"xóa tệp {lock.SOFT_NAME}"):
            open_ledger(out, "binh@may-02", EVENING).__enter__()
    assert not (out / lock.SOFT_NAME).exists()


@needs_fork
def test_a_file_that_a_killed_run_left_as_lock_is_recovered(out, done, monkeypatch):
    monkeypatch.setattr(lock, "FileLock", NoLocking)

    def work():
        with open_ledger(out, "an@may-01", MORNING):
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed(work, 0)
    assert (out / lock.SOFT_NAME).exists()
    assert_as_before(out, done, "bị dừng giữa chừng")


# --- no room, no right ------------------------------------------------------------------------


def test_a_full_disk_is_told_and_costs_nothing_that_stood(out, done, tmp_path, monkeypatch):
    files = given(tmp_path / "in", "d.xlsx")
    for place in ("fsync", "replace"):

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with open_ledger(out, "an@may-01", EVENING) as ledger, monkeypatch.context() as patched:
            patched.setattr(os, place, full)
            with pytest.raises(OutputError, match=r"ổ đĩa hết chỗ.*giải phóng chỗ trống"):
                ledger.admit(files, EVENING)
        assert_as_before(out, done)
        assert not list(out.glob("luu-tru/.dang-ghi/*"))


def test_a_database_that_cannot_grow_is_told_and_the_log_has_it(out, done, tmp_path):
    many = [replace(SENDING, unit=sha256(b"%d" % n).hexdigest()) for n in range(500)]
    with open_ledger(out, "an@may-01", EVENING) as ledger:
        connection = ledger._connection  # noqa: SLF001 — the disk that is full
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        run = ledger.runs()[0]
        with pytest.raises(OutputError, match="ổ đĩa hết chỗ"):
            ledger.record_run(run, many)
        assert facts(ledger) == done
    with open_ledger(out, "an@may-01", EVENING) as ledger:
        assert ledger.sendings() == (*done[3], *many)


def test_a_program_that_reads_the_database_for_long_is_told(out, done, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    with open_ledger(out, "an@may-01", EVENING) as ledger:
        reader = sqlite3.connect(out / database.NAME)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM log").fetchone()
        with pytest.raises(OutputError, match=r"chương trình khác đang mở sổ.*hãy đóng"):
            ledger.throw_away_cache()
        reader.close()
        ledger.throw_away_cache()
    assert_as_before(out, done)


def test_an_output_folder_that_is_a_file_is_told(out):
    out.write_text("a file")
    with pytest.raises(OutputError, match="là một tệp, không phải thư mục"):
        open_ledger(out, "an@may-01", MORNING).__enter__()


@contextmanager
def as_nobody():
    """Go without the rights of an administrator, whom no folder refuses."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are others on Windows")
def test_a_folder_without_the_right_to_write_is_told_and_can_be_looked_into(tmp_path):
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "output"
        with open_ledger(out, "an@may-01", MORNING) as ledger:
            month(ledger, given(tmp_path / "in", "a.xlsx"))
            known = facts(ledger)
        for folder in (Path(place), out):
            folder.chmod(0o555)
        try:
            with as_nobody():
                with look_into(out) as ledger:
                    assert facts(ledger) == known
                with pytest.raises(OutputError, match=r"không có quyền ghi.*--out"):
                    open_ledger(out, "binh@may-02", EVENING).__enter__()
                with pytest.raises(OutputError, match=r"không có quyền ghi.*--out"):
                    open_ledger(Path(place) / "new", "binh@may-02", EVENING).__enter__()
        finally:
            for folder in (Path(place), out):
                folder.chmod(0o755)
