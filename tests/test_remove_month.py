"""A month removed for good: nothing is left of it but that it was removed."""

from __future__ import annotations

import sqlite3
import tarfile
import zlib
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from tdkt_batch.cli.commands import program
from tdkt_batch.errors import InputError
from tdkt_batch.ledger import store
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import look_into, open_ledger
from tdkt_batch.model import Arrival, Decision, DecisionKind, Month, Source
from tdkt_batch.months.remove import remove_month

KEPT = Path(__file__).parent / "output_of_november_2026.tar.xz"
MARCH = Month(2015, 3)
NOW = datetime(2026, 11, 27, 9)
NAMES = (
    "Vàng Thị Mỷ",
    "Chị Mỷ",
    "Lò Văn Thiên",
    "Trưởng ban",
    "Hội trường chỉ cho thuê",
    "Đếm lại",
)


@pytest.fixture
def out(tmp_path):
    with tarfile.open(KEPT) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "output"


def run(*arguments: object, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(program, [str(one) for one in arguments], input=typed)
    return done.exit_code, done.output


def all_texts(out: Path) -> str:
    """Return whatever can be read in the folder, of the database its rows too."""
    pieces = [path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()]
    with sqlite3.connect(out / "so-tiep-nhan.sqlite") as connection:
        pieces += [zlib.decompress(row[0]) for row in connection.execute("SELECT content FROM log")]
        assert connection.execute("SELECT count(*) FROM cache").fetchone() == (0,)
    return b"\n".join(pieces).decode("utf-8", "replace")


def is_gone(out: Path) -> None:
    said = all_texts(out)
    assert [name for name in NAMES if name in said] == []
    assert {path.name for path in out.iterdir()} == {
        "luu-tru", "so-tiep-nhan.sqlite", "so-tiep-nhan.khoa",
    }  # fmt: skip
    kept = [path.suffix for path in (out / "luu-tru").rglob("*") if path.is_file()]
    assert kept == [".json"] * 5
    with look_into(out) as ledger:
        assert ledger.notes == ()
        assert (ledger.runs(), ledger.arrivals()) == ((), ())
        # that a unit need not report goes on to hold, without what somebody typed
        (excused,) = ledger.decisions()
        assert (excused.kind, excused.unit) == (DecisionKind.EXCUSED, "DN11")
        assert (excused.reason, excused.approver) == ("", "")
        (removed,) = ledger.removed()
        assert (removed.month, removed.operator) == (MARCH, "An")


def test_nothing_is_left_but_that_it_was_removed(out):
    assert all(name in all_of_before(out) for name in NAMES)
    remove_month(out, MARCH, "An", NOW)
    is_gone(out)
    with sqlite3.connect(out / "so-tiep-nhan.sqlite") as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    # a ledger that is rebuilt from luu-tru knows no more
    (out / "so-tiep-nhan.sqlite").unlink()
    with open_ledger(out, "An", NOW):
        pass
    is_gone(out)


def all_of_before(out: Path) -> str:
    log = sorted((out / "luu-tru" / "su-kien").iterdir())
    return "\n".join(path.read_text(encoding="utf-8") for path in log)


def test_one_that_is_interrupted_is_completed_by_the_next_opening(out, monkeypatch):
    class StoppedError(Exception):
        pass

    def stop(*_: object) -> bool:
        raise StoppedError

    monkeypatch.setattr(store, "complete_removals", stop)
    with pytest.raises(StoppedError):
        remove_month(out, MARCH, "An", NOW)
    monkeypatch.undo()
    with open_ledger(out, "An", NOW):
        pass
    is_gone(out)


def test_it_is_asked_back_and_told(out):
    files = sorted(out.rglob("*"))
    status, said = run("months", "--remove", "2015-03", "--out", out, typed="co\n")
    assert status == 1
    assert "Xóa hẳn tháng 3/2015" in said
    assert sorted(out.rglob("*")) == files
    status, said = run("months", "--remove", "2015-03", "--out", out, typed="2015-03\n")
    assert status == 0
    assert "Chưa tổng hợp tháng nào." in said
    assert "Đã xóa hẳn tháng 3/2015, lúc " in said
    status, said = run("months", "--remove", "2015-03", "--out", out, "--yes")
    assert status == 1
    assert "không có lần chạy nào của tháng 3/2015: không có gì để xóa" in said


# --- beside other months ----------------------------------------------------------------------


def give(ledger, folder: Path, name: str) -> int:
    path = folder / name
    path.write_bytes(name.encode())
    source = Source(
        name=name, sha256=sha256(name.encode()).hexdigest(), size=len(name), modified=NOW
    )
    (arrival,) = ledger.admit([Arrival(source=source, path=path)], NOW)
    return arrival.number


def ran(ledger, month: Month, given: list[int], package: str) -> None:
    ledger.record_run(
        Run(
            number=0, month=month, received_until=NOW, campaign="", package=ledger.keep(package.encode()),
            register="", version="", operator="An", started=NOW, given=tuple(given), containers=(),
            key=str(month), manifest="",
        )
    )  # fmt: skip


def test_what_another_month_needs_stays_and_a_month_between_others_cannot_go(tmp_path):
    out = tmp_path / "output"
    months = [Month(2015, number) for number in (1, 2, 3)]
    with open_ledger(out, "An", NOW) as ledger:
        both, own, later = (give(ledger, tmp_path, name) for name in ("a.xlsx", "b.xlsx", "c.xlsx"))
        for month, given, package in zip(
            months, ([both, own], [both], [later]), ("cu", "moi", "moi"), strict=True
        ):
            ran(ledger, month, given, package)
            kept = Decision(kind=DecisionKind.CORRECTED, unit="X", month=month, field="f", value=1, decided=date(2015, 1, 1))  # fmt: skip
            ledger.decide([kept], "An", NOW)
    with pytest.raises(InputError, match="xóa các tháng cũ trước, bắt đầu từ 1/2015"):
        remove_month(out, months[1], "An", NOW)
    remove_month(out, months[0], "An", NOW)
    with look_into(out) as ledger:
        assert [run.month for run in ledger.runs()] == months[1:]
        assert [arrival.source.name for arrival in ledger.arrivals()] == ["a.xlsx", "c.xlsx"]
        assert [one.month for one in ledger.decisions()] == months[1:]
        kept = {path.stem for path in (out / "luu-tru").glob("??/*")}
        names = ("a.xlsx", "c.xlsx", "moi")
        assert kept == {sha256(name.encode()).hexdigest() for name in names}
        assert ledger.next_run_number() == 4
