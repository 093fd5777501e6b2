"""Mails that Outlook saved (.msg) → what is attached; messages inside messages are opened."""

from __future__ import annotations

import io
from collections.abc import Iterator

from olefile import OleFileIO

from tdkt_batch.unpack import mapi
from tdkt_batch.unpack.first_bytes import OLE_START
from tdkt_batch.unpack.mapi import Properties, Tag
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    Member,
    Opened,
    Reason,
    Refused,
)

_PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_ATTACHMENT = "__attach_version1.0_"
_EMBEDDED = f"{_STREAM}{Tag.DATA:04X}{mapi.OBJECT:04X}"
_WORKBOOK = "Workbook".encode("utf-16-le")
_HEADER_OF_ROOT, _HEADER_OF_EMBEDDED, _HEADER_OF_ATTACHMENT = 32, 24, 8
_COUNT_OF_ATTACHMENTS = slice(20, 24)
_RECORD = 16
_STORAGE = 1

Place = tuple[str, ...]
"""The way to a storage: the names of the storages around it and its own."""


def is_message(content: bytes) -> bool:
    """Tell whether the bytes are an Outlook mail; a workbook that holds one is none.

    A compound file too damaged to tell counts as a mail when it has a mail's
    marks and none of a workbook.
    """
    if not content.startswith(OLE_START) or _PROPERTIES.encode("utf-16-le") not in content:
        return False
    try:
        with OleFileIO(io.BytesIO(content)) as ole:
            return bool(ole.exists(_PROPERTIES))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return _WORKBOOK not in content


def open_message(content: bytes, levels: int, allowance: Allowance) -> Opened:
    """Return the files that an Outlook mail carries; mails in it are opened ``levels`` deep."""
    with OleFileIO(io.BytesIO(content)) as ole:
        return _Compound(ole, len(content), allowance).message((), "", levels)


class _Compound:
    """A compound file, read storage by storage within what the whole pile may take."""

    def __init__(self, ole: OleFileIO, size: int, allowance: Allowance) -> None:
        self._ole = ole
        self._size = size
        self._allowance = allowance
        self._names: dict[Place, list[str]] = {}
        for path in ole.listdir(streams=True, storages=True):
            self._names.setdefault(tuple(path[:-1]), []).append(path[-1])

    def message(self, place: Place, name: str, levels: int) -> Opened:
        header = _HEADER_OF_EMBEDDED if place else _HEADER_OF_ROOT
        properties = self._properties(place, header)
        members = tuple(self._attachments(place, properties, levels))
        if not members and self._declares_attachments(place):
            raise CannotOpen(Reason.DAMAGED_MAIL, "attachments are gone")
        return Opened("msg", members, mapi.letter_in(properties), name)

    def _attachments(self, place: Place, mail: Properties, levels: int) -> Iterator[Member]:
        for name in sorted(self._names.get(place, ())):
            if name.startswith(_ATTACHMENT) and self._is_storage((*place, name)):
                yield self._attachment((*place, name), mail, levels)

    def _attachment(self, place: Place, mail: Properties, levels: int) -> Member:
        properties = self._properties(place, _HEADER_OF_ATTACHMENT, mail.number(Tag.TEXT_PAGE))
        name = mapi.file_name(properties)
        inner = (*place, _EMBEDDED)
        if _EMBEDDED in self._names.get(place, ()) and self._is_storage(inner):
            return self._embedded(inner, name, levels)
        if Tag.DATA in properties.raw:
            content = properties.data(Tag.DATA)
            inline = mapi.is_shown_in_text(properties, content, mail.data(Tag.HTML))
            return File(name, content, inline)
        if properties.number(Tag.METHOD) in mapi.BY_REFERENCE:
            link = properties.text(Tag.LONG_PATH, Tag.PATH)
            return Refused(name, f"{name}\n{link}".encode(), Reason.LINKED_ATTACHMENT, link)
        return File(name, b"")

    def _embedded(self, place: Place, name: str, levels: int) -> Member:
        """Return a message inside the message, or an object of another program."""
        if _PROPERTIES not in self._names.get(place, ()):
            return Refused(name, self._all_bytes(place), Reason.EMBEDDED_OBJECT)
        if levels <= 0:
            return Refused(name, self._all_bytes(place), Reason.TOO_DEEP)
        return self.message(place, name, levels - 1)

    def _properties(self, place: Place, header: int, code_page: int = 0) -> Properties:
        raw: dict[int, tuple[int, bytes]] = {}
        names = self._names.get(place, ())
        records = self._bytes((*place, _PROPERTIES))[header:] if _PROPERTIES in names else b""
        for start in range(0, len(records) - _RECORD + 1, _RECORD):
            record = records[start : start + _RECORD]
            kind, tag = (int.from_bytes(record[n : n + 2], "little") for n in (0, 2))
            if kind not in (mapi.TEXT_8, mapi.TEXT_16, mapi.BINARY, mapi.OBJECT):
                raw[tag] = (kind, record[8:])
        for name in names:
            tag, kind = _tag_and_type(name)
            if tag in Tag.__members__.values() and kind != mapi.OBJECT:
                raw[tag] = (kind, self._bytes((*place, name)))
        return Properties(raw, code_page)

    def _declares_attachments(self, place: Place) -> bool:
        """Tell whether the mail counts attachments; some writers leave the count at none."""
        if _PROPERTIES not in self._names.get(place, ()):
            return False
        return any(self._bytes((*place, _PROPERTIES))[_COUNT_OF_ATTACHMENTS])

    def _is_storage(self, place: Place) -> bool:
        return bool(self._ole.get_type(list(place)) == _STORAGE)

    def _bytes(self, place: Place) -> bytes:
        size = self._ole.get_size(list(place))
        if size > self._size:
            raise CannotOpen(Reason.DAMAGED_MAIL, f"{place[-1]}: {size} bytes")
        self._allowance.take_bytes(size)
        with self._ole.openstream(list(place)) as stream:
            return bytes(stream.read())

    def _all_bytes(self, place: Place) -> bytes:
        """Return what stands under a storage, one stream after another."""
        inner = ((*place, name) for name in sorted(self._names.get(place, ())))
        return b"".join(
            self._all_bytes(path) if self._is_storage(path) else self._bytes(path) for path in inner
        )


def _tag_and_type(name: str) -> tuple[int, int]:
    """Return what ``__substg1.0_3701010D`` is the stream of: a property's number and type."""
    digits = name.removeprefix(_STREAM)
    try:
        return (int(digits[:4], 16), int(digits[4:8], 16)) if digits != name else (0, 0)
    except ValueError:
        return 0, 0
