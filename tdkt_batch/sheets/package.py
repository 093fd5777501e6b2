"""A workbook's package (.xlsx) put together of members, some of them deflated before.

The same members give the same bytes: no member has a time of its own.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import NamedTuple

_BEST = 9
_MEMORY = 5
"""How much zlib bears in mind: with less than it may it begins a new code sooner, which suits a
sheet, whose formulas and texts differ from part to part, and saves up to 2 %."""
_DAY = (1980 - 1980) << 9 | 1 << 5 | 1
"""The first day that a package can name: 1 January 1980."""
_VERSION, _DEFLATED = 20, 8
_READABLE = 0o600 << 16


class PackedMember(NamedTuple):
    """A member as it stands in a package: its content deflated, with checksum and size."""

    name: str
    deflated: bytes
    checksum: int
    size: int


def member(name: str, content: bytes, level: int = _BEST) -> PackedMember:
    """Return a content as a member."""
    deflated = _deflated(content, level, zlib.Z_FINISH)
    return PackedMember(name, deflated, zlib.crc32(content), len(content))


def repacked(content: bytes) -> bytes:
    """Return a package with each member deflated as a whole, as small as it gets."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package_of(member(name, package.read(name)) for name in package.namelist())


class Segment(NamedTuple):
    """A part of a member that was deflated before, to be put between others."""

    content: bytes
    deflated: bytes


def segment(content: bytes) -> Segment:
    """Return a content as a part of members."""
    return Segment(content, _deflated(content, _BEST, zlib.Z_FULL_FLUSH))


def joined_member(name: str, parts: Iterable[bytes | Segment], level: int) -> PackedMember:
    """Return a member of these parts, some of which were deflated before."""
    deflated: list[bytes] = []
    loose: list[bytes] = []
    checksum = size = 0
    for part in (*parts, None):
        if isinstance(part, bytes):
            loose.append(part)
            continue
        content = b"".join(loose)
        checksum, size = zlib.crc32(content, checksum), size + len(content)
        end = zlib.Z_FINISH if part is None else zlib.Z_FULL_FLUSH
        deflated.append(_deflated(content, level, end))
        loose = []
        if part is not None:
            checksum, size = zlib.crc32(part.content, checksum), size + len(part.content)
            deflated.append(part.deflated)
    return PackedMember(name, b"".join(deflated), checksum, size)


def _deflated(content: bytes, level: int, end: int) -> bytes:
    deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)
    return deflater.compress(content) + deflater.flush(end)


def package_of(members: Iterable[PackedMember]) -> bytes:
    """Return the package of these members, whose names are plain letters."""
    written: list[bytes] = []
    listed: list[bytes] = []
    number = offset = 0
    for name, deflated, checksum, size in members:
        number += 1
        named = name.encode("ascii")
        about = struct.pack(
            "<5H3L2H", _VERSION, 0, _DEFLATED, 0, _DAY, checksum, len(deflated), size, len(named), 0
        )
        written += (b"PK\x03\x04", about, named, deflated)
        place = struct.pack("<3H2L", 0, 0, 0, _READABLE, offset)
        listed += (b"PK\x01\x02", struct.pack("<H", _VERSION), about, place, named)
        offset += 4 + len(about) + len(named) + len(deflated)
    index = b"".join(listed)
    end = struct.pack("<4H2LH", 0, 0, number, number, len(index), offset, 0)
    return b"".join((*written, index, b"PK\x05\x06", end))
