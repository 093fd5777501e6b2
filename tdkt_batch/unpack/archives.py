"""Zip archives → their members: names in any encoding, sizes counted, overlaps refused.

A workbook or document of an office program is a zip too, and is left whole.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from binascii import crc32
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from tdkt_batch.unpack.marks import ZIP_STARTS
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    Member,
    Opened,
    Reason,
    read_within,
)
from tdkt_batch.unpack.names import decoded

_LOCAL_HEADER = 30
_ENCRYPTED = 0x01
_UTF8_NAMES = 0x800
_UNICODE_PATH = 0x7075
_OFFICE_FOLDERS = ("xl/worksheets/", "word/", "ppt/")
_OFFICE_MEMBERS = frozenset((
    "[content_types].xml", "mimetype", "content.xml", "xl/workbook.xml", "xl/workbook.bin",
    "index/document.iwa",
))  # fmt: skip
_FAULTS = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)


def is_archive(content: bytes) -> bool:
    """Tell whether the bytes are a zip that holds files, not the parts of one document.

    A zip whose list of members is lost counts as an archive unless what is left
    of it speaks of a workbook.
    """
    if not content.startswith(ZIP_STARTS):
        return False
    try:
        with _zip(content) as archive:
            names = {
                entry.orig_filename.replace("\\", "/").lstrip("/").lower()
                for entry in archive.infolist()
            }
            return not names & _OFFICE_MEMBERS and not any(
                name.startswith(_OFFICE_FOLDERS) for name in names
            )
    except (*_FAULTS, NotImplementedError):
        return b"[Content_Types].xml" not in content and b"mimetype" not in content[:100]


def open_archive(file: File, _levels: int, allowance: Allowance) -> Opened:
    """Return the archive's files; a member that cannot be had is refused by itself.

    Raises ``CannotOpen`` for the whole: damaged, empty, all of it encrypted, too
    many members, or members that lie over one another.
    """
    members: list[Member] = []
    content = file.content
    try:
        with _zip(content) as archive:
            entries = [
                entry
                for entry in archive.infolist()
                if entry.file_size or not entry.orig_filename.endswith(("/", "\\"))
            ]
            _refuse_traps(content, entries, archive.start_dir, allowance)
            for entry in entries:
                name = _name(entry)
                try:
                    inflated = _inflated(archive, entry, allowance)
                    members.append(File(name, inflated, modified=_modified(entry)))
                except CannotOpen as refusal:
                    raw = content[entry.header_offset : _end(content, entry)]
                    members.append(File(name, raw, refusal.reason, refusal.detail))
    except (*_FAULTS, NotImplementedError) as error:
        raise CannotOpen(Reason.DAMAGED_ARCHIVE, repr(error)) from error
    return Opened("zip", tuple(members))


def _zip(content: bytes) -> zipfile.ZipFile:
    """Return the opened zip; names marked as UTF-8 that are none are taken as unmarked.

    The marks stand in the list of members and before each.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except UnicodeDecodeError:
        changed = bytearray(content)
    end = content.rfind(b"PK\x05\x06")
    size, start = struct.unpack_from("<II", content, end + 12)
    place = content.find(b"PK\x01\x02", start, start + size)
    while place >= 0:
        (member,) = struct.unpack_from("<I", content, place + 42)
        for flags_at in (place + 8, member + 6):
            (flags,) = struct.unpack_from("<H", content, flags_at)
            struct.pack_into("<H", changed, flags_at, flags & ~_UTF8_NAMES)
        place = content.find(b"PK\x01\x02", place + 4, start + size)
    return zipfile.ZipFile(io.BytesIO(bytes(changed)))


def _refuse_traps(
    content: bytes, entries: Sequence[zipfile.ZipInfo], directory: int, allowance: Allowance
) -> None:
    if not entries:
        raise CannotOpen(Reason.EMPTY_ARCHIVE)
    if len(entries) > allowance.members:
        raise CannotOpen(Reason.TOO_MANY, f"{len(entries)} members")
    if all(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise CannotOpen(Reason.ENCRYPTED_ARCHIVE)
    spans = sorted((entry.header_offset, _end(content, entry)) for entry in entries)
    if any(end > start for (_, end), (start, _) in pairwise((*spans, (directory, directory)))):
        raise CannotOpen(Reason.OVERLAPPING_MEMBERS)


def _end(content: bytes, entry: zipfile.ZipInfo) -> int:
    """Return where a member's bytes end: after its own header, which has its own lengths."""
    name, extra = struct.unpack_from("<HH", content, entry.header_offset + 26)
    return int(entry.header_offset + _LOCAL_HEADER + name + extra + entry.compress_size)


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> bytes:
    """Return a member's content; ``CannotOpen`` when it is locked, damaged, odd or too large."""
    if entry.flag_bits & _ENCRYPTED:
        raise CannotOpen(Reason.ENCRYPTED_ARCHIVE)
    if not allowance.has_room_for(entry.file_size):
        raise CannotOpen(Reason.TOO_LARGE, f"{entry.file_size} bytes")
    try:
        with archive.open(entry) as stream:
            return read_within(stream, allowance)
    except NotImplementedError as error:
        raise CannotOpen(Reason.UNKNOWN_COMPRESSION, str(error)) from error
    except RuntimeError as error:  # what zipfile raises for a password
        raise CannotOpen(Reason.ENCRYPTED_ARCHIVE, str(error)) from error
    except _FAULTS as error:
        raise CannotOpen(Reason.DAMAGED_MEMBER, repr(error)) from error


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name: marked as UTF-8, given in UTF-8 beside it, or guessed.

    Packers add the name in UTF-8 to an old name, with a sum that says for which.
    """
    if entry.flag_bits & _UTF8_NAMES:
        return entry.orig_filename
    raw, extra = entry.orig_filename.encode("cp437", "replace"), entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[1:5] == struct.pack("<I", crc32(raw)):
            return decoded(field[5:]) or decoded(raw)
    return decoded(raw)


def _modified(entry: zipfile.ZipInfo) -> datetime | None:
    """Return the member's own time; None where it has none (1980) or a wrong one."""
    if entry.date_time[0] <= 1980:
        return None
    try:
        return datetime(*entry.date_time)  # noqa: DTZ001 — a zip has no time zones
    except ValueError:
        return None
