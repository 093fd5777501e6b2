"""Files in a tar, and one file pressed together by itself (.gz, .bz2, .xz) → their members."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any

from tdkt_batch.model import OFFICE_TIME
from tdkt_batch.unpack.members import Allowance, CannotOpen, File, Opened, Reason, read_within
from tdkt_batch.unpack.names import decoded

_HEAD = 512
_SUM = slice(148, 156)
_PRESSED: Mapping[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b\x08": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
"""How a pressed file begins, and what opens it."""
_FAULTS = (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
_SHORT_FOR_TAR = (".tgz", ".tbz2", ".tbz", ".txz")


def is_pressed(content: bytes) -> bool:
    """Tell whether the bytes are one file pressed together."""
    return content.startswith(tuple(_PRESSED))


def open_pressed(file: File, _levels: int, allowance: Allowance) -> Opened:
    """Return the file that was pressed together; ``CannotOpen`` when it is cut or too large."""
    reader = next(reader for start, reader in _PRESSED.items() if file.content.startswith(start))
    name = PurePosixPath(file.name)
    suffix = ".tar" if name.suffix.lower() in _SHORT_FOR_TAR else ""
    try:
        with reader(io.BytesIO(file.content)) as stream:
            content = read_within(stream, allowance)
    except _FAULTS as error:
        raise CannotOpen(Reason.DAMAGED_ARCHIVE, repr(error)) from error
    return Opened("gz", (File(name.stem + suffix, content),))


def is_tar(content: bytes) -> bool:
    """Tell whether the bytes begin as a tar does: with a head whose sum is right."""
    head = content[:_HEAD]
    said = head[_SUM].strip(b"\0 ")
    if len(head) < _HEAD or not head[0] or not said or said.strip(b"01234567"):
        return False
    return int(said, 8) == sum(head) - sum(head[_SUM]) + 8 * ord(" ")


def open_tar(file: File, _levels: int, allowance: Allowance) -> Opened:
    """Return a tar's files; links and devices hold nothing, what was cut off is refused.

    Raises ``CannotOpen`` for the whole: damaged from its start, empty, or too many or too
    large members.
    """
    members: list[File] = []
    try:
        archive = tarfile.TarFile(fileobj=io.BytesIO(file.content))
    except _FAULTS as error:
        raise CannotOpen(Reason.DAMAGED_ARCHIVE, repr(error)) from error
    with archive:
        for member in _files_in(archive):
            if len(members) == allowance.members:
                raise CannotOpen(Reason.TOO_MANY, f"{len(members)} members and more")
            if not allowance.has_room_for(member.size):
                raise CannotOpen(Reason.TOO_LARGE, f"{member.size} bytes")
            members.append(_member(archive, member, allowance))
        rest = file.content[archive.offset :]
    is_whole = rest.startswith(bytes(_HEAD))
    if is_whole and not members:
        raise CannotOpen(Reason.EMPTY_ARCHIVE)
    if not is_whole and not any(member.reason for member in members):
        members.append(File(file.name, rest, Reason.DAMAGED_ARCHIVE, "no end"))
    return Opened("tar", tuple(members))


def _files_in(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield a tar's plain files, down to its end or to what is no tar any more."""
    with suppress(*_FAULTS):
        for member in archive:
            if member.isreg():
                yield member


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo, allowance: Allowance) -> File:
    """Return a member's file; one whose bytes are not all there is refused by itself."""
    name, time = decoded(member.name.encode("utf-8", "surrogateescape")), _modified(member)
    try:
        stream = archive.extractfile(member)
        return File(name, read_within(stream, allowance) if stream else b"", modified=time)
    except _FAULTS as error:
        return File(name, b"", Reason.DAMAGED_MEMBER, repr(error), modified=time)


def _modified(member: tarfile.TarInfo) -> datetime | None:
    """Return the member's own time in the office's; None where it has none."""
    if member.mtime <= 0:
        return None
    try:
        return datetime.fromtimestamp(int(member.mtime), OFFICE_TIME).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None
