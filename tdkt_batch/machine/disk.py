"""What disks do to programs: a file held for a moment, a rename not yet durable, a refusal."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tdkt_batch.wording.machine import DISK_CAUSES, ELSEWHERE

RETRY_DELAYS = (0.2, 0.5, 1.0)
"""Seconds between attempts to replace what a virus scanner or Excel may hold for a moment."""


def cause_of(error: OSError) -> tuple[str, str]:
    """Return what the system's refusal means to an officer, and what to do."""
    unknown = (error.strerror or type(error).__name__, ELSEWHERE)
    return DISK_CAUSES.get(error.errno or 0, unknown)


def patiently(do: Callable[[Path], object], target: Path) -> None:
    """Do something with a file, again where another program holds it for a moment (Windows)."""
    for delay in RETRY_DELAYS:
        try:
            do(target)
        except PermissionError:
            time.sleep(delay)
        else:
            return
    do(target)


def sync(file: Path) -> None:
    """Make a file's content durable."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make the renames in a folder durable where the system lets a folder be opened and synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network shares cannot
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_of(path: Path) -> str:
    """Return a file's SHA-256; empty when there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
