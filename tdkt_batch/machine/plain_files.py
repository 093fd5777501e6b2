"""Plain files and nothing else: a pipe may never open, and a device never end."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path


@contextmanager
def plain_file(path: Path) -> Iterator[BufferedReader]:
    """Open a plain file to be read; OSError for a pipe, a device or a folder."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    with path.open("rb") as stream:
        yield stream


def read_plain(path: Path, size: int) -> bytes:
    """Return a plain file's content, and no more than one byte beyond the ``size`` that was seen.

    One that grows meanwhile is another file then; it may not fill the memory.
    """
    with plain_file(path) as stream:
        return stream.read(size + 1)
