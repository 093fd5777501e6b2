"""What the system or SQLite refused, in a sentence for the operator: where – what – what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tdkt_batch.errors import OutputError
from tdkt_batch.machine.disk import ELSEWHERE, FREE_ROOM, cause_of

_AGAIN = "hãy đóng chương trình ấy rồi chạy lại"

_BY_SQLITE: Mapping[str, tuple[str, str]] = {
    "SQLITE_FULL": ("ổ đĩa hết chỗ", FREE_ROOM),
    "SQLITE_READONLY": ("không có quyền ghi", ELSEWHERE),
    "SQLITE_PERM": ("không có quyền ghi", ELSEWHERE),
    "SQLITE_CANTOPEN": ("không mở được", ELSEWHERE),
    "SQLITE_BUSY": ("chương trình khác đang mở sổ", _AGAIN),
    "SQLITE_LOCKED": ("chương trình khác đang mở sổ", _AGAIN),
    "SQLITE_IOERR": ("ổ đĩa hoặc mạng báo lỗi", "hãy kiểm tra ổ đĩa, đường mạng rồi chạy lại"),
    "SQLITE_CORRUPT": ("sổ bị hỏng", "hãy chạy lại, sổ sẽ được dựng lại"),
    "SQLITE_NOTADB": ("sổ bị hỏng", "hãy chạy lại, sổ sẽ được dựng lại"),
}


@contextmanager
def in_words(place: Path) -> Iterator[None]:
    """Turn what the system or SQLite refuses at ``place`` into an ``OutputError``."""
    try:
        with sqlite_in_words(place):
            yield
    except OSError as error:
        raise OutputError(_sentence(place, *cause_of(error))) from error


@contextmanager
def sqlite_in_words(place: Path) -> Iterator[None]:
    """Turn what SQLite refuses into an ``OutputError``, and nothing else."""
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(_sentence(place, *_sqlite_cause(error))) from error


def _sentence(place: Path, reason: str, remedy: str) -> str:
    return f"{place}: không ghi được sổ tiếp nhận ({reason}): {remedy}"


def _sqlite_cause(error: sqlite3.Error) -> tuple[str, str]:
    """Return the cause by the family that SQLite's error belongs to (SQLITE_IOERR_FSYNC …)."""
    name = getattr(error, "sqlite_errorname", "")
    family = "_".join(name.split("_")[:2])
    return _BY_SQLITE.get(family, (str(error), ELSEWHERE))
