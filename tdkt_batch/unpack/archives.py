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
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

from tdkt_batch.unpack.first_bytes import ZIP_STARTS
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    Member,
    Opened,
    Reason,
    Refused,
)
from tdkt_batch.unpack.names import decoded

_PIECE = 1024 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x01
_UTF8_NAMES = 0x800
_UNICODE_PATH = 0x7075
_OFFICE_FOLDERS = ("xl/worksheets/", "word/", "ppt/")
_OFFICE_MEMBERS = frozenset(
    ("[content_types].xml", "mimetype", "content.xml", "xl/workbook.xml", "xl/workbook.bin")
)
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
            return not _is_document(entry.orig_filename for entry in archive.infolist())
    except (*_FAULTS, NotImplementedError):
        return b"[Content_Types].xml" not in content and b"mimetype" not in content[:100]


def open_archive(content: bytes, allowance: Allowance) -> Opened:
    """Return the archive's files; a member that cannot be had is refused by itself.

    Raises ``CannotOpen`` for the whole: damaged, empty, all of it encrypted, too
    many members, or members that lie over one another.
    """
    try:
        with _zip(content) as archive:
            entries = tuple(e for e in archive.infolist() if not _is_folder(e))
            _refuse_traps(content, entries, archive.start_dir, allowance)
            members = tuple(_members(content, archive, entries, allowance))
    except (*_FAULTS, NotImplementedError) as error:
        raise CannotOpen(Reason.DAMAGED_ARCHIVE, repr(error)) from error
    return Opened("zip", members)


def _zip(content: bytes) -> zipfile.ZipFile:
    """Return the opened zip; names marked as UTF-8 that are none are taken as unmarked."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except UnicodeDecodeError:
        return zipfile.ZipFile(io.BytesIO(_unmarked(content)))


def _unmarked(content: bytes) -> bytes:
    """Return the zip without the UTF-8 marks, in the list of members and before each."""
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
    return bytes(changed)


def _is_document(names: Iterable[str]) -> bool:
    plain = {name.replace("\\", "/").lstrip("/").lower() for name in names}
    return bool(plain & _OFFICE_MEMBERS) or any(n.startswith(_OFFICE_FOLDERS) for n in plain)


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.orig_filename.endswith(("/", "\\")) and entry.file_size == 0


def _refuse_traps(
    content: bytes, entries: tuple[zipfile.ZipInfo, ...], directory: int, allowance: Allowance
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


def _members(
    content: bytes,
    archive: zipfile.ZipFile,
    entries: tuple[zipfile.ZipInfo, ...],
    allowance: Allowance,
) -> Iterator[Member]:
    for entry in entries:
        name = _name(entry)
        try:
            yield File(name, _inflated(archive, entry, allowance), modified=_modified(entry))
        except CannotOpen as refusal:
            raw = content[entry.header_offset : _end(content, entry)]
            yield Refused(name, raw, refusal.reason, refusal.detail)


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> bytes:
    """Return a member's content; ``CannotOpen`` when it is locked, damaged, odd or too large."""
    if entry.flag_bits & _ENCRYPTED:
        raise CannotOpen(Reason.ENCRYPTED_ARCHIVE)
    if not allowance.has_room_for(entry.file_size):
        raise CannotOpen(Reason.TOO_LARGE, f"{entry.file_size} bytes")
    pieces: list[bytes] = []
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                allowance.take_bytes(len(piece))
                pieces.append(piece)
    except NotImplementedError as error:
        raise CannotOpen(Reason.UNKNOWN_COMPRESSION, str(error)) from error
    except RuntimeError as error:  # what zipfile raises for a password
        raise CannotOpen(Reason.ENCRYPTED_ARCHIVE, str(error)) from error
    except _FAULTS as error:
        raise CannotOpen(Reason.DAMAGED_MEMBER, repr(error)) from error
    return b"".join(pieces)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name: marked as UTF-8, given in UTF-8 beside it, or guessed."""
    if entry.flag_bits & _UTF8_NAMES:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437", "replace")
    return _unicode_path(entry.extra, raw) or decoded(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the name in UTF-8 that packers add for an old name, if it is for this one."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[1:5] == struct.pack("<I", crc32(raw)):
            return decoded(field[5:])
    return ""


def _modified(entry: zipfile.ZipInfo) -> datetime | None:
    """Return the member's own time; None where it has none (1980) or a wrong one."""
    if entry.date_time[0] <= 1980:
        return None
    try:
        return datetime(*entry.date_time)  # noqa: DTZ001 — a zip has no time zones
    except ValueError:
        return None
