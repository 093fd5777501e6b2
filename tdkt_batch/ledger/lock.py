"""One run at a time in an output folder; who is at work stands beside the lock."""

from __future__ import annotations

import errno
import json
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

from tdkt_batch.errors import BusyError
from tdkt_batch.ledger.trouble import in_words
from tdkt_batch.vietnamese.writing import write_moment

NAME = "so-tiep-nhan.khoa"
SOFT_NAME = "so-tiep-nhan.khoa-tep"
"""The lock where a share knows no locking of files: its existence is the lock."""
HOLDER_NAME = "so-tiep-nhan.dang-chay.json"
_PATIENCE = 0.5
_POLL = 0.05
_NO_LOCKING = frozenset((errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK))


@dataclass(frozen=True, slots=True)
class Held:
    """How the lock is held; ``knows_locking`` tells whether the folder's drive can lock files."""

    notes: tuple[str, ...]
    knows_locking: bool


@contextmanager
def only_run(folder: Path, operator: str, moment: datetime) -> Iterator[Held]:
    """Hold the lock of ``folder``; yield how, with a note when the last run died at work.

    The system frees the lock of a process that dies; what it leaves is its name.
    Raises ``BusyError`` within a second when another run holds it.
    """
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = _acquired(folder)
    holder = folder / HOLDER_NAME
    try:
        with in_words(holder):
            notes = _left_behind(holder)
            holder.write_text(_about(operator, moment), encoding="utf-8")
        yield Held(notes, knows_locking=not isinstance(lock, SoftFileLock))
    finally:
        with suppress(OSError):  # what stopped the run must be told, not this
            holder.unlink(missing_ok=True)
        lock.release()


def _acquired(folder: Path) -> BaseFileLock:
    try:
        return _waited_for(FileLock(folder / NAME), folder)
    except NotImplementedError:
        pass
    except OSError as error:
        if isinstance(error, Timeout) or error.errno not in _NO_LOCKING:
            raise
    return _waited_for(SoftFileLock(folder / SOFT_NAME), folder)


def _waited_for(lock: BaseFileLock, folder: Path) -> BaseFileLock:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it becomes a soft lock by itself is as well
            lock.acquire(timeout=_PATIENCE, poll_interval=_POLL)
    except Timeout as error:
        raise BusyError(_busy(folder, lock)) from error
    return lock


def _busy(folder: Path, lock: BaseFileLock) -> str:
    sentence = (
        f"{folder}: đang có lần chạy khác{_said_of(folder / HOLDER_NAME)}: "
        "hãy đợi lần ấy xong rồi chạy lại"
    )
    if isinstance(lock, SoftFileLock):
        sentence += f" (nếu chắc chắn không còn ai chạy: xóa tệp {Path(lock.lock_file).name})"
    return sentence


def _about(operator: str, moment: datetime) -> str:
    about = {"operator": operator, "process": os.getpid(), "since": moment.isoformat()}
    return json.dumps(about, ensure_ascii=False)


def _said_of(holder: Path) -> str:
    """Return who is at work and since when, in brackets; nothing when it cannot be read."""
    try:
        about = json.loads(holder.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(about["since"])
        return f" ({about['operator']}, từ {write_moment(since)})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _left_behind(holder: Path) -> tuple[str, ...]:
    if not holder.exists():
        return ()
    note = (
        f"{holder.parent}: lần chạy trước{_said_of(holder)} bị dừng giữa chừng; "
        "sổ tiếp nhận đã được kiểm tra lại và dùng tiếp được"
    )
    return (note,)
