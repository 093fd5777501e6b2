"""Files that could not be used (tệp chưa xử lý được), kept with the reason beside each.

A file is stored under plain letters of its name, so that the officer knows it
again, and the beginning of its SHA-256; never under its sender's name itself, which
may hold path separators, reserved words or letters that turn the name around.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile

from tdkt_batch.model import Source
from tdkt_batch.report import FileRecord, FileState
from tdkt_batch.vietnamese.writing import plain_letters, write_moment
from tdkt_batch.wording.outputs import QUARANTINE_LABELS

FOLDER = "tep-chua-xu-ly"
SUFFIXES = frozenset((
    ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".doc", ".docx", ".odt", ".pdf", ".zip",
    ".rar", ".7z", ".eml", ".msg",
))  # fmt: skip
"""Suffixes that are kept, so that a double click opens the file; all others become ``.bin``."""

Contents = Callable[[], bytes]
"""Gives a file's content; OSError, BadZipFile or RuntimeError when it is not to be had."""


def keep_quarantined(
    records: Iterable[FileRecord], contents: Mapping[Source, Contents], folder: Path
) -> None:
    """Write every quarantined file and its reason into ``folder``; no folder when there is none.

    Files of the same content stand once, with all their names and reasons.
    """
    by_hash: dict[str, list[FileRecord]] = {}
    for record in records:
        if record.state is FileState.QUARANTINED:
            by_hash.setdefault(record.source.sha256, []).append(record)
    for sha256, same in by_hash.items():
        folder.mkdir(exist_ok=True)
        notes = []
        for one in same:
            texts = (printable(one.source.name), write_moment(one.source.arrived))
            labelled = zip(QUARANTINE_LABELS, (*texts, one.unit, one.reason), strict=True)
            notes.append("\n".join(f"{label}: {text}" for label, text in labelled if text))
        note = "\n\n".join(notes)
        name = same[0].source.name
        stem = stored_stem(name, sha256)
        (folder / f"{stem}.txt").write_text(f"{note}\n", encoding="utf-8-sig", newline="\r\n")
        try:
            content = contents[same[0].source]()
        except (OSError, BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError):
            continue  # the note says why
        (folder / f"{stem}{stored_suffix(name)}").write_bytes(content)


def stored_stem(name: str, sha256: str) -> str:
    """Return the name without suffix under which a file is stored: lawful on every disk.

    >>> stored_stem("Xã A/BÁO CÁO tháng 3 (sửa).xlsx", "ab12cd34ef567890")
    'bao-cao-thang-3-sua-ab12cd34ef56'
    """
    last = PurePosixPath(name.replace("\\", "/")).stem
    return "-".join(part for part in (plain_letters(last)[:60].strip("-"), sha256[:12]) if part)


def stored_suffix(name: str) -> str:
    """Return the suffix under which a file is stored.

    >>> stored_suffix("BÁO CÁO.XLS"), stored_suffix("bao-cao.xlsx.exe")
    ('.xls', '.bin')
    """
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in SUFFIXES else ".bin"


def printable(text: str) -> str:
    r"""Return ``text`` with what cannot be seen replaced by a question mark.

    >>> printable("bao-cao\u202exslx.exe")
    'bao-cao?xslx.exe'
    """
    return "".join(c if c.isprintable() else "?" for c in text)
