"""Folders, files and zip archives → attachments: everything that was sent, each once.

Nothing is opened here beyond the archives, and nothing is left out: lock files
and pictures are attachments too, for ``read_all`` to say what they are. What
only holds others is named in its members' ``container``.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tdkt_batch.errors import InputError
from tdkt_batch.forms.sniff import (
    MAXIMUM_ENTRIES,
    MAXIMUM_ENTRY,
    MAXIMUM_SUM,
    Kind,
    kind_of,
)
from tdkt_batch.model import Source

OFFICE_TIME = timezone(timedelta(hours=7))
"""Việt Nam has one time zone and no summer time; moments are shown in it, whatever the machine."""
_UTF8_NAMES = 0x800
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that was sent: where it came from and how to get its content.

    ``member`` is its position inside the archive at ``path``, None for a loose
    file. ``problem`` is a reason of ``wording.FILE_REASONS`` when its content is
    not to be had; it fills ``{problem}`` with ``detail``.
    """

    source: Source
    path: Path
    member: int | None = None
    problem: str = ""
    detail: str = ""

    def read(self) -> bytes:
        """Return the content; OSError or BadZipFile when it cannot be had any more."""
        if self.member is None:
            return self.path.read_bytes()
        with zipfile.ZipFile(self.path) as archive:
            return _unpacked(archive, archive.infolist()[self.member])


def gather(paths: Iterable[Path]) -> tuple[Attachment, ...]:
    """Return all files in ``paths``, folders with their sub-folders, sorted by name.

    A file reached twice is one attachment. Names are in NFC and begin with the
    given folder's own name where several paths are given. Raises ``InputError``
    for a path that does not exist.
    """
    given = tuple(paths)
    found: dict[Path, str] = {}
    for path in given:
        if not path.exists():
            raise InputError(f"{path}: không có tệp hoặc thư mục này; hãy kiểm tra đường dẫn")
        for file, name in _files_in(path, with_root=len(given) > 1):
            found.setdefault(file.resolve(), name)
    attachments = (a for file, name in found.items() for a in _attachments_of(file, name))
    return tuple(sorted(attachments, key=lambda a: (a.source.name, a.source.sha256)))


def _files_in(path: Path, *, with_root: bool) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, _nfc(path.name)
        return
    for file in sorted(p for p in path.rglob("*") if not p.is_dir()):
        name = _nfc(file.relative_to(path).as_posix())
        yield file, f"{_nfc(path.resolve().name)}/{name}" if with_root else name


def _attachments_of(file: Path, name: str) -> tuple[Attachment, ...]:
    try:
        content = file.read_bytes()
        modified = _moment(file.stat().st_mtime)
    except OSError as error:
        source = _source(name, b"", datetime(1980, 1, 1))  # noqa: DTZ001 — no time is known
        return (Attachment(source, file, None, "not_readable", type(error).__name__),)
    if kind_of(content, name) is Kind.ARCHIVE:
        return _members_of(file, name, content, modified)
    return (Attachment(_source(name, content, modified), file),)


def _members_of(
    file: Path, name: str, content: bytes, modified: datetime
) -> tuple[Attachment, ...]:
    """Return the files in an archive; the archive itself when it has none to give."""
    whole = _source(name, content, modified)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MAXIMUM_ENTRIES or sum(e.file_size for e in entries) > MAXIMUM_SUM:
            return (Attachment(whole, file, None, "too_large"),)
        members = tuple(
            _member(file, whole, archive, number)
            for number, entry in enumerate(entries)
            if not entry.is_dir()
        )
    return members or (Attachment(whole, file, None, "empty_archive"),)


def _member(file: Path, whole: Source, archive: zipfile.ZipFile, number: int) -> Attachment:
    entry = archive.infolist()[number]
    name = f"{whole.name}/{_entry_name(entry)}"
    modified = _entry_moment(entry, whole.modified)
    try:
        content = _unpacked(archive, entry)
    except RuntimeError:  # what zipfile raises for a password
        source = _source(name, b"", modified, whole.name)
        return Attachment(source, file, number, Kind.ENCRYPTED)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        source = _source(name, b"", modified, whole.name)
        return Attachment(source, file, number, Kind.DAMAGED, type(error).__name__)
    return Attachment(_source(name, content, modified, whole.name), file, number)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return an entry's content, counted while it is unpacked."""
    with archive.open(entry) as stream:
        pieces = []
        size = 0
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > MAXIMUM_ENTRY:
                raise ValueError(entry.filename)
            pieces.append(piece)
    return b"".join(pieces)


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the entry's name; one not marked as UTF-8 is tried as UTF-8 first."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAMES:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp1258"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return _nfc(name.replace("\\", "/").lstrip("/"))


def _entry_moment(entry: zipfile.ZipInfo, otherwise: datetime) -> datetime:
    """Return the entry's own time; the archive's where it has none (1980) or a wrong one."""
    if entry.date_time[0] <= 1980:
        return otherwise
    try:
        return datetime(*entry.date_time)  # noqa: DTZ001 — a zip has no time zones
    except ValueError:
        return otherwise


def _source(name: str, content: bytes, modified: datetime, container: str = "") -> Source:
    return Source(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        modified=modified,
        container=container,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), OFFICE_TIME).replace(tzinfo=None)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
