"""Runs of a small province that come to grief: killed or refused at the n-th write, or any time.

The functions at the end are jobs of worker processes. Each takes a copy of an output
folder as an earlier run left it, lets a forked child run the month again and fail,
looks at what is left, and runs the month once more undisturbed. What they return is
said in words, empty when all is as it must be.

A write is what Python says that it does to files in the output folder (its audit
events: opening to write, renaming, removing, making a folder), each fsync, and the
begin and the end of each of SQLite's transactions.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

from small_province import SmallProvince

from tdkt_batch.errors import BusyError, TdktError
from tdkt_batch.ledger.store import look_into, open_ledger
from tdkt_batch.machine import disk
from tdkt_batch.months import earlier_months as earlier
from tdkt_batch.months import results
from tdkt_batch.months.run import run_month
from tdkt_batch.outputs.publish import SEALED_PREFIX, STAGING_PREFIX, finish_interrupted
from tdkt_batch.reading import read_files as guard

WORKBOOK, MANIFEST = "2015-03/tong-hop-2015-03.xlsx", "2015-03/bang-ke-2015-03.json"
CONTROL = "so-quyet-dinh.xlsx"
_LEDGERS_OWN = ("so-tiep-nhan", "luu-tru")
"""What stands in the output folder and is the ledger's: looked at by itself."""

Snapshot = Mapping[str, str]
"""The SHA-256 of each published file by its name in the output folder."""


def snapshot(out: Path) -> Snapshot:
    """Return what is published in ``out``: everything but the ledger's own files."""
    files = {p.relative_to(out).as_posix(): p for p in out.rglob("*") if p.is_file()}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(files.items())
        if not name.startswith(_LEDGERS_OWN)
    }


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a job needs: the province, the folder as it was left, what stood and what must come."""

    province: SmallProvince
    before: Path
    old: Snapshot
    new: Snapshot

    def request(self, out: Path) -> Any:
        """Return the order for the run that is disturbed."""
        return self.province.request(out, (self.province.all,))


# --- what counts as a write ------------------------------------------------------------------

Spring = Callable[[int, str], None]
"""What happens at a write: it is told its number and what it is."""


class Trap:
    """Counts the writes of a run and does something at one of them, or from one of them on."""

    def __init__(self, out: Path, spring: Spring) -> None:
        self._out = os.fspath(out)
        self._spring = spring
        self.writes = 0

    def audit(self, event: str, given: tuple[Any, ...]) -> None:
        """Take one of Python's audit events."""
        if event == "open":
            path, _, flags = given
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC) and self._is_ours(path):
                self.write(event)
        elif event in _CHANGES and self._is_ours(given[0]):
            self.write(event)

    def write(self, what: str) -> None:
        """Count one write."""
        self.writes += 1
        self._spring(self.writes, what)

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._out)


_CHANGES = frozenset(("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"))
_TAKES_NO_ROOM = frozenset(("os.rename", "os.remove", "os.rmdir"))
_WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "BEGIN")
_trap: list[Trap] = []
"""The trap that is set, in a forked child only."""


def _audit(event: str, given: tuple[Any, ...]) -> None:
    if _trap:
        _trap[0].audit(event, given)


class _Connection(sqlite3.Connection):
    """A connection whose transactions count, where they begin and where they end."""

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
        if _trap and self._writes(sql.lstrip().upper()):
            try:
                _trap[0].write("sqlite")
            except OSError as error:
                raise _of_sqlite(error) from error
        return super().execute(sql, *given)

    def _writes(self, sql: str) -> bool:
        if self.in_transaction:
            return sql.startswith("COMMIT")
        return sql.startswith(_WRITING)


def _of_sqlite(error: OSError) -> sqlite3.OperationalError:
    """Return what SQLite says of the same trouble."""
    is_full = error.errno == errno.ENOSPC
    said = sqlite3.OperationalError(
        "database or disk is full" if is_full else "attempt to write a readonly database"
    )
    said.sqlite_errorname = "SQLITE_FULL" if is_full else "SQLITE_READONLY"
    return said


def prepare(room: Path) -> None:
    """Make a worker process ready: everything imported, each write seen, nothing waited for.

    What killed runs leave among temporary files stays in ``room``.
    """
    tempfile.tempdir = str(room)
    sys.addaudithook(_audit)
    connect, fsync = sqlite3.connect, os.fsync

    def counted_fsync(descriptor: int) -> None:
        if _trap:
            _trap[0].write("fsync")
        fsync(descriptor)

    _replace(sqlite3, "connect", lambda *a, **k: connect(*a, **{"factory": _Connection, **k}))
    _replace(os, "fsync", counted_fsync)
    _replace(disk, "RETRY_DELAYS", ())
    _replace(guard, "read_one", _read_once(guard.read_one))
    _replace(earlier, "month_figures", _figures_once(earlier.month_figures))
    _replace(results, "build_workbook", _quick_workbook)


def _replace(place: Any, name: str, by: Any) -> None:
    """Put something in the place of what stands there; AttributeError when nothing does."""
    getattr(place, name)
    setattr(place, name, by)


def _read_once(read_one: Callable[..., Any]) -> Callable[..., Any]:
    """Return a reader that remembers: what a killed run loses is not how to read."""
    known: dict[str, Any] = {}

    def read(arrival: Any, campaign: Any, **how: Any) -> Any:
        source = arrival.source
        if source.sha256 not in known:
            known[source.sha256] = read_one(arrival, campaign, **how)
        found = known[source.sha256]
        submission = found.submission and replace(found.submission, source=source)
        return replace(found, source=source, submission=submission)

    return read


def _figures_once(month_figures: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[str, Any] = {}

    def figures(campaign: Any, report: Any) -> Any:
        key = repr(report)
        if key not in known:
            known[key] = month_figures(campaign, report)
        return known[key]

    return figures


def _quick_workbook(_campaign: object, report: object, *_: object) -> SimpleNamespace:
    """Return as a workbook the report itself: what must be equal is in it, and it is there at once."""
    return SimpleNamespace(content=repr(report).encode() * 2, rest={})


# --- a run in a forked child -------------------------------------------------------------------


@dataclass(frozen=True)
class End:
    """How a child ended: its exit status, negative when a signal ended it, and what it said."""

    status: int
    said: str

    @property
    def problems(self) -> list[str]:
        """What is wrong with the end of a run that was refused: it says so, or goes on."""
        return [] if self.status in (0, REFUSED) else [f"không nói thành câu: {self.said}"]


class Child:
    """A forked process at work."""

    def __init__(self, work: Callable[[], None]) -> None:
        ear, mouth = os.pipe()
        self._ear = ear
        self.process = os.fork()
        if self.process == 0:
            _be_child(work, mouth)
        os.close(mouth)

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)

    def end(self) -> End:
        """Wait for it; return how it ended."""
        _, status = os.waitpid(self.process, 0)
        with os.fdopen(self._ear, "rb") as said:
            return End(os.waitstatus_to_exitcode(status), said.read().decode())


def _in_child(work: Callable[[], None]) -> End:
    """Do ``work`` in a forked child."""
    return Child(work).end()


REFUSED, CRASHED, BUSY = 3, 4, 5
"""Exit statuses of a child: the run said in words that it could not be done; it broke down;
another run was at work."""


def _be_child(work: Callable[[], None], mouth: int) -> NoReturn:
    status = 0
    try:
        work()
    except BusyError as error:
        status = BUSY
        os.write(mouth, str(error).encode())
    except TdktError as error:
        status = REFUSED
        os.write(mouth, str(error).encode()[-60_000:])
    except BaseException:  # noqa: BLE001 — the child's end, whatever it was
        status = CRASHED
        os.write(mouth, traceback.format_exc().encode()[-60_000:])
    os._exit(status)


# --- what must be true afterwards ---------------------------------------------------------------


def _problems(scene: Scene, out: Path) -> list[str]:
    """Return what is wrong with what a disturbed run left in ``out``, then run undisturbed."""
    problems = [f"tệp nửa chừng: {name}" for name in _half(scene, out)]
    problems += _after_start(scene, out)
    run_month(scene.request(out))
    if snapshot(out) != scene.new:
        problems.append(f"lần sau khác lần không bị ngắt: {_differing(scene.new, snapshot(out))}")
    problems += [
        f"còn rác: {path.name}"
        for pattern in (f"{STAGING_PREFIX}*", f"{SEALED_PREFIX}*", "luu-tru/.dang-ghi/*")
        for path in out.glob(pattern)
    ]
    return problems + _facts_problems(scene, out)


def _half(scene: Scene, out: Path) -> list[str]:
    """Return which of the published files is neither the old one nor the new one."""
    now = snapshot(out)
    return [
        name
        for name in (WORKBOOK, MANIFEST, CONTROL)
        if now.get(name) not in (scene.old.get(name), scene.new[name])
    ]


def _after_start(scene: Scene, out: Path) -> list[str]:
    """Start as a run does; then workbook and manifest belong together, as the ledger knows them."""
    request = scene.request(out)
    with open_ledger(out, request.operator, request.now) as ledger:
        manifests = [run.manifest for run in ledger.runs()]
        finish_interrupted(out, set(manifests))
    now = snapshot(out)
    pair = now.get(WORKBOOK), now.get(MANIFEST)
    known = {(one.get(WORKBOOK), one.get(MANIFEST)) for one in (scene.old, scene.new)}
    problems = [] if pair in known else ["sổ tổng hợp và bảng kê không cùng một lần chạy"]
    if manifests and manifests[-1] != now.get(MANIFEST):
        problems.append("bảng kê không phải của lần chạy cuối trong sổ tiếp nhận")
    return problems


def _facts_problems(scene: Scene, out: Path) -> list[str]:
    """Return what is wrong with the ledger after the last run: every file once, its bytes there."""
    with look_into(out) as ledger:
        problems = [f"sổ tiếp nhận: {note}" for note in ledger.notes]
        arrivals = ledger.arrivals()
        runs = ledger.runs()
    names = sorted(one.source.name for one in arrivals)
    expected = sorted(path.name for path in scene.province.all.iterdir())
    if names != expected:
        problems.append(f"sổ tiếp nhận có {names}")
    problems += [
        f"nội dung lưu trữ sai: {one.source.name}"
        for one in arrivals
        if hashlib.sha256(one.path.read_bytes()).hexdigest() != one.source.sha256
    ]
    expected_runs = 2 if scene.old else 1
    return problems if len(runs) == expected_runs else [*problems, f"số lần chạy: {len(runs)}"]


def _differing(one: Snapshot, other: Snapshot) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


# --- jobs ---------------------------------------------------------------------------------------


def count_writes(scene: Scene, out: Path) -> int:
    """Return how many writes an undisturbed run does."""
    _fresh(scene, out)
    counter = out.with_suffix(".so")

    def work() -> None:
        trap = Trap(out, lambda _number, _what: None)
        _trap.append(trap)
        run_month(scene.request(out))
        _trap.clear()
        counter.write_text(str(trap.writes))

    _in_child(work)
    return int(counter.read_text())


def seconds_of_a_run(scene: Scene, out: Path) -> float:
    """Return how long an undisturbed run takes in a child, the longer of two."""
    taken = []
    for _ in range(2):
        _fresh(scene, out)
        began = time.monotonic()
        _in_child(lambda: _run(scene, out))
        taken.append(time.monotonic() - began)
    return max(taken)


def reference(scene: Scene, out: Path) -> Snapshot:
    """Return what a run that is not disturbed publishes."""
    _fresh(scene, out)
    return run_once(scene.province, out, (scene.province.all,))


def killed_at_write(scene: Scene, out: Path, number: int) -> list[str]:
    """Kill a run at its n-th write; return what is wrong then."""
    _fresh(scene, out)

    def spring(count: int, what: str) -> None:
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    end = _in_child(lambda: _run_trapped(scene, out, spring))
    ended = [] if end.status == -signal.SIGKILL else [f"không bị giết: {end}"]
    return [f"giết ở lần ghi {number}: {p}" for p in (*ended, *_problems(scene, out))]


def killed_after(scene: Scene, out: Path, seconds: float) -> list[str]:
    """Kill a run after so many seconds; return what is wrong then."""
    _fresh(scene, out)
    child = Child(lambda: _run(scene, out))
    time.sleep(seconds)
    child.kill()
    child.end()
    return [f"giết sau {seconds:.3f} giây: {problem}" for problem in _problems(scene, out)]


def killed_in_file(scene: Scene, out: Path, size: int) -> list[str]:
    """Let the system kill a run in the middle of the first file that grows beyond ``size``."""
    _fresh(scene, out)

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        _run(scene, out)

    _in_child(work)
    return [f"giết khi tệp đến {size} byte: {problem}" for problem in _problems(scene, out)]


def refused_in_file(scene: Scene, out: Path, size: int) -> list[str]:
    """Let no file grow beyond ``size``; return what is wrong then."""
    _fresh(scene, out)

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        _run(scene, out)

    end = _in_child(work)
    return [f"hết chỗ ở {size} byte: {p}" for p in (*end.problems, *_problems(scene, out))]


def refused_at_write(scene: Scene, out: Path, number: int, code: int, lasting: bool) -> list[str]:
    """Refuse a run its n-th write, or all from the n-th on; return what is wrong then.

    A full disk still lets names be changed and files be removed.
    """
    _fresh(scene, out)

    def spring(count: int, what: str) -> None:
        is_full = code == errno.ENOSPC and what not in _TAKES_NO_ROOM
        if count == number or (lasting and count > number and (is_full or code != errno.ENOSPC)):
            raise OSError(code, os.strerror(code))

    end = _in_child(lambda: _run_trapped(scene, out, spring))
    name = f"{errno.errorcode[code]} {'từ' if lasting else 'ở'} lần ghi {number}"
    return [f"{name}: {problem}" for problem in (*end.problems, *_problems(scene, out))]


def _run_trapped(scene: Scene, out: Path, spring: Spring) -> None:
    _trap.append(Trap(out, spring))
    try:
        _run(scene, out)
    finally:
        _trap.clear()


def _run(scene: Scene, out: Path) -> None:
    run_month(scene.request(out))


def _fresh(scene: Scene, out: Path) -> None:
    """Lay the output folder out as the run before left it."""
    shutil.rmtree(out, ignore_errors=True)
    if scene.before.exists():
        shutil.copytree(scene.before, out)


def run_once(province: SmallProvince, out: Path, paths: tuple[Path, ...]) -> Snapshot:
    """Run the month undisturbed; return what it published."""
    run_month(province.request(out, paths))
    return snapshot(out)


# --- two at once --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """How two runs of the same month ended that began together.

    ``statuses`` are their exit statuses in the order in which they ended, ``said``
    is what the first to end said.
    """

    statuses: tuple[int, int]
    said: str
    problems: list[str]


class _Gate:
    """Lets children through once the parent opens it."""

    def __init__(self) -> None:
        self._way, self._bar = os.pipe()

    def let_go(self) -> None:
        """Give the bar away: the parent to open the gate, a child to leave it to the parent."""
        os.close(self._bar)

    def pass_through(self) -> None:
        """Wait, in a child, until the gate is open."""
        os.read(self._way, 1)

    def close(self) -> None:
        """Forget the gate."""
        os.close(self._way)


def meet(scene: Scene, out: Path) -> Meeting:
    """Let two runs begin together; the one that gets to work stays until the other has ended."""
    _fresh(scene, out)
    start, over = _Gate(), _Gate()
    children = {}
    for _ in range(2):
        child = Child(lambda: _run_between(scene, out, start, over))
        children[child.process] = child
    start.let_go()
    first = children.pop(_first_to_end(children))
    over.let_go()
    (second,) = children.values()
    ends = first.end(), second.end()
    start.close()
    over.close()
    return Meeting(
        statuses=(ends[0].status, ends[1].status),
        said=ends[0].said,
        problems=[*_problems(scene, out), *([ends[1].said] if ends[1].said else [])],
    )


def _run_between(scene: Scene, out: Path, start: _Gate, over: _Gate) -> None:
    start.let_go()
    over.let_go()
    write = results.build_workbook

    def write_when_over(*given: Any) -> Any:
        over.pass_through()
        return write(*given)

    _replace(results, "build_workbook", write_when_over)
    start.pass_through()
    _run(scene, out)


def _first_to_end(children: Iterable[int], patience: float = 20) -> int:
    """Return the process that ends first; the first of them when none does."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for process in children:
            if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                return process
        time.sleep(0.005)
    return next(iter(children))
