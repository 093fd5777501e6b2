"""Results written beside their target and moved into place: never a half one.

A run builds everything in a staging folder inside its target folder and moves
the finished pieces, the manifest last: a manifest that stands speaks of a whole
result. On Windows a workbook that is open in Excel cannot be replaced; it is
tried a few times, then the operator is told, and the old result still stands.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tdkt_batch.errors import OutputError

STAGING_PREFIX = ".dang-ghi-"
STALE_SECONDS = 600
"""A staging folder is filled in seconds: one this much older than ours was left by a dead run."""
RETRY_DELAYS = (0.2, 0.5, 1.0)
"""Seconds between attempts to replace what a virus scanner or Excel may hold for a moment."""


@contextmanager
def staging_in(folder: Path) -> Iterator[Path]:
    """Yield a fresh folder inside ``folder``, removed at the end; sweep those of dead runs."""
    staging = folder / f"{STAGING_PREFIX}{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        _sweep(folder, staging)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _sweep(folder: Path, ours: Path) -> None:
    """Remove old staging folders; the age is taken against our own, so no clock is asked."""
    now = ours.stat().st_mtime
    for left in folder.glob(f"{STAGING_PREFIX}*"):
        if left != ours and now - left.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def move_into_place(staged: Path, target: Path) -> None:
    """Make ``target`` what ``staged`` is: a file, a folder, or nothing when ``staged`` is missing.

    ``staged`` must be on the same volume. Raises ``OutputError`` when the target
    is held by another program; the target is then what it was.
    """
    try:
        if staged.is_dir():
            _replace_folder(staged, target)
        elif staged.exists():
            _sync(staged)
            _patiently(staged.replace, target)
        elif target.exists():
            _patiently(target.replace, staged.with_name(staged.name + ".cu"))
        _sync_folder(target.parent)
    except PermissionError as error:
        raise OutputError(
            f"{target}: không ghi đè được: tệp đang mở trong Excel hoặc thư mục không cho ghi; "
            "hãy đóng tệp rồi chạy lại (kết quả cũ vẫn còn nguyên)"
        ) from error
    except OSError as error:
        raise _cannot_write(target, error) from error


def _replace_folder(staged: Path, target: Path) -> None:
    """Put a whole folder in the place of another, which is put back when that fails."""
    for file in sorted(p for p in staged.rglob("*") if p.is_file()):
        _sync(file)
    aside = staged.with_name(staged.name + ".cu")
    if target.exists():
        _patiently(target.replace, aside)
    try:
        _patiently(staged.replace, target)
    except OSError:
        if aside.exists():
            aside.replace(target)
        raise


def _patiently(replace: Callable[[Path], Path], target: Path) -> None:
    for delay in RETRY_DELAYS:
        try:
            replace(target)
        except PermissionError:
            time.sleep(delay)
        else:
            return
    replace(target)


def _sync(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the renames in ``folder`` durable where the system lets a folder be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_write(place: Path, error: OSError) -> OutputError:
    reason = error.strerror or type(error).__name__
    return OutputError(
        f"{place}: không ghi được ({reason}): "
        "hãy chọn thư mục khác bằng --out hoặc giải phóng chỗ trống trên ổ đĩa"
    )
