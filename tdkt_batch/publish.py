"""Results written beside their target and moved into place: never a half one.

A run builds everything in a staging folder inside its target folder and moves
the finished pieces, the manifest last: a manifest that stands speaks of a whole
result. On Windows a workbook that is open in Excel cannot be replaced; it is
tried a few times, then the operator is told, and the old result still stands.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_batch.errors import OutputError

STAGING_PREFIX = ".dang-ghi-"
STALE_SECONDS = 600
"""A staging folder is filled in seconds: one this much older than ours was left by a dead run."""
_CAUSES: Mapping[int, tuple[str, str]] = {
    errno.EACCES: ("không có quyền ghi", "hãy chọn thư mục khác bằng --out"),
    errno.EPERM: ("không có quyền ghi", "hãy chọn thư mục khác bằng --out"),
    errno.EROFS: ("ổ đĩa chỉ cho đọc", "hãy chọn thư mục khác bằng --out"),
    errno.ENOSPC: ("ổ đĩa hết chỗ", "hãy giải phóng chỗ trống rồi chạy lại"),
    errno.ENOTDIR: ("là một tệp, không phải thư mục", "hãy chọn thư mục khác bằng --out"),
    errno.EEXIST: ("là một tệp, không phải thư mục", "hãy chọn thư mục khác bằng --out"),
}
"""What the system's error means to an officer, and what to do."""
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


@contextmanager
def unpacking_room() -> Iterator[Path]:
    """Yield a folder of the system's temporary ones for what is unpacked, removed at the end."""
    with TemporaryDirectory(prefix="tdkt-batch-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _sweep(folder: Path, ours: Path) -> None:
    """Remove old staging folders; the age is taken against our own, so no clock is asked."""
    now = ours.stat().st_mtime
    for left in folder.glob(f"{STAGING_PREFIX}*"):
        if left != ours and now - left.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def publish(staging: Path, folder: Path, names: Sequence[str]) -> None:
    """Make each of ``names`` in ``folder`` what it is in ``staging``, in this order.

    A name is a file, a folder, or nothing when ``staging`` lacks it. Files that
    another program holds are found before anything is moved; folders come first
    in ``names``, because only moving them tells. Raises ``OutputError``.
    """
    for name in names:
        with _in_words(folder / name):
            if (folder / name).is_file():
                _patiently(_open_for_writing, folder / name)
    for name in names:
        with _in_words(folder / name):
            _move(staging / name, folder / name)
    _sync_folder(folder)


@contextmanager
def _in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise OutputError(
            f"{target}: không ghi đè được: tệp đang mở trong Excel hoặc thư mục không cho ghi; "
            "hãy đóng tệp rồi chạy lại (kết quả cũ vẫn còn nguyên)"
        ) from error
    except OSError as error:
        raise _cannot_write(target, error) from error


def _open_for_writing(target: Path) -> None:
    """Fail as replacing would: on Windows while another program has the file open."""
    target.open("rb+").close()


def _move(staged: Path, target: Path) -> None:
    if staged.is_dir():
        _replace_folder(staged, target)
    elif staged.exists():
        _sync(staged)
        _patiently(staged.replace, target)
    elif target.exists():
        _patiently(target.replace, staged.with_name(staged.name + ".cu"))


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


def _patiently(replace: Callable[[Path], object], target: Path) -> None:
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
    reason, remedy = _CAUSES.get(error.errno or 0, (error.strerror or type(error).__name__, ""))
    remedy = remedy or "hãy chọn thư mục khác bằng --out"
    return OutputError(f"{place}: không ghi được ({reason}): {remedy}")
