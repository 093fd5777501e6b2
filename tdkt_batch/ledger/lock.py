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
from tdkt_batch.ledger.database import in_words
from tdkt_batch.vietnamese.writing import write_moment
from tdkt_batch.wording import ledger as say

NAME = "so-tiep-nhan.khoa"
SOFT_NAME = "so-tiep-nhan.khoa-tep"
"""The lock where a share knows no locking of files: its existence is the lock."""
HOLDER_NAME = "so-tiep-nhan.dang-chay.json"
PATIENCE = 0.5
"""How many seconds a second run waits for the first before it refuses."""
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
        try:
            lock = _acquired(FileLock(folder / NAME), folder)
        except (NotImplementedError, OSError) as error:
            if isinstance(error, OSError) and error.errno not in _NO_LOCKING:
                raise
            lock = _acquired(SoftFileLock(folder / SOFT_NAME), folder)
    holder = folder / HOLDER_NAME
    try:
        with in_words(holder):
            left = say.LEFT_BEHIND.format(folder=folder, holder=_said_of(holder))
            notes = (left,) if holder.exists() else ()
            about = {"operator": operator, "process": os.getpid(), "since": moment.isoformat()}
            holder.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        yield Held(notes, knows_locking=not isinstance(lock, SoftFileLock))
    finally:
        with suppress(OSError):  # what stopped the run must be told, not this
            holder.unlink(missing_ok=True)
        lock.release()


def _acquired(lock: BaseFileLock, folder: Path) -> BaseFileLock:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it becomes a soft lock by itself is as well
            lock.acquire(timeout=PATIENCE, poll_interval=_POLL)
    except Timeout as error:
        busy = say.BUSY.format(folder=folder, holder=_said_of(folder / HOLDER_NAME))
        if isinstance(lock, SoftFileLock):
            busy += say.REMOVE_THE_LOCK.format(file=Path(lock.lock_file).name)
        raise BusyError(busy) from error
    return lock


def _said_of(holder: Path) -> str:
    """Return who is at work and since when, in brackets; nothing when it cannot be read."""
    try:
        about = json.loads(holder.read_text(encoding="utf-8"))
        since = write_moment(datetime.fromisoformat(about["since"]))
        return say.HOLDER.format(operator=about["operator"], since=since)
    except (OSError, ValueError, KeyError, TypeError):
        return ""
