"""What Outlook packs into winmail.dat (TNEF) → the files in it.

Read by hand, because a reader that drops what it cannot decode, or zeros at the
end of a file, loses forms without a word.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from tdkt_batch.unpack import outlook
from tdkt_batch.unpack.mail_text import own_text
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    Opened,
    Reason,
)
from tdkt_batch.unpack.names import decoded
from tdkt_batch.unpack.outlook import Properties, Tag

_ATTACHMENT_BEGINS, _ATTACHMENT_DATA, _ATTACHMENT_TITLE = 0x9002, 0x800F, 0x8010
_ATTACHMENT_PROPERTIES, _MAIL_PROPERTIES, _CODE_PAGE = 0x9005, 0x9003, 0x9007
_LEVELS = (1, 2)
_START, _HEAD, _CHECK = 6, 9, 2
_SIZES = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 2, 20: 8, 0x40: 8, 0x48: 16}
_VARIABLE = (outlook.TEXT_8, outlook.TEXT_16, outlook.BINARY, outlook.OBJECT)
_MANY = 0x1000
_NAMED = 0x8000
_OF_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
"""The class of an attached message: TNEF again follows it."""


@dataclass(slots=True)
class _Attachment:
    """What was read of an attachment; ``is_whole`` tells whether all its properties could be."""

    title: bytes = b""
    content: bytes | None = None
    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    is_whole: bool = True

    def member(self, code_page: int, page: bytes) -> File:
        """Return the file that it is; ``page`` is the mail's text, which may show it."""
        properties = Properties(self.properties, code_page)
        name = outlook.attachment_name(properties) or decoded(self.title)
        content = self.content
        if content is None:
            content = properties.data(Tag.DATA).removeprefix(_OF_MESSAGE)
            if not content and not self.is_whole:
                return File(name, self.title, Reason.DAMAGED_MAIL, "no data")
            if properties.number(Tag.METHOD) == outlook.OLE_OBJECT:
                return File(name, content, Reason.EMBEDDED_OBJECT)
        inline = outlook.is_shown_in_text(properties, content, page)
        return File(name, content, inline=inline)


def open_tnef(file: File, _levels: int, _allowance: Allowance) -> Opened:
    """Return the files in a winmail.dat; raise ``CannotOpen`` when it is cut or scrambled."""
    mail: dict[int, tuple[int, bytes]] = {}
    attachments: list[_Attachment] = []
    page = 0
    for kind, data in _attributes(file.content):
        if kind == _CODE_PAGE:
            page = int.from_bytes(data[:4], "little")
        elif kind == _MAIL_PROPERTIES:
            mail = _properties_in(data)[0]
        elif kind == _ATTACHMENT_BEGINS:
            attachments.append(_Attachment())
        elif not attachments:
            continue
        elif kind == _ATTACHMENT_TITLE:
            attachments[-1].title = data.partition(b"\0")[0]
        elif kind == _ATTACHMENT_DATA:
            attachments[-1].content = data
        elif kind == _ATTACHMENT_PROPERTIES:
            attachments[-1].properties, attachments[-1].is_whole = _properties_in(data)
    letter = Properties(mail, page)
    page_shown = letter.data(Tag.HTML)
    members = tuple(one.member(page, page_shown) for one in attachments)
    sent = outlook.letter_in(letter)
    return Opened("tnef", (*members, *own_text(sent, outlook.words_in(letter), members)), sent)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of each attribute; zeros and line ends may follow the last."""
    offset = _START
    while len(content) - offset >= _HEAD:
        level, number, _, size = struct.unpack_from("<BHHI", content, offset)
        if level not in _LEVELS:
            break
        end = offset + _HEAD + size
        if end > len(content):
            raise CannotOpen(Reason.DAMAGED_MAIL, f"attribute {number:04x} is cut")
        yield number, content[offset + _HEAD : end]
        offset = end + _CHECK
    if content[offset:].strip(b"\0\r\n "):
        raise CannotOpen(Reason.DAMAGED_MAIL, f"no attribute at {offset}")


def _properties_in(data: bytes) -> tuple[dict[int, tuple[int, bytes]], bool]:
    """Return the properties, and whether all of them could be read."""
    found: dict[int, tuple[int, bytes]] = {}
    try:
        (count,) = struct.unpack_from("<I", data)
        offset = 4
        for _ in range(count):
            kind, tag = struct.unpack_from("<HH", data, offset)
            offset += 4
            if tag >= _NAMED:  # the property has a name beside its number: a text, or a number
                is_text, length = struct.unpack_from("<II", data, offset + 16)
                offset += 24 + (_padded(length) if is_text else 0)
            offset, value = _value(data, offset, kind)
            if offset > len(data):
                return found, False
            found.setdefault(tag, (kind, value))
    except (struct.error, KeyError):
        return found, False
    return found, True


def _value(data: bytes, offset: int, kind: int) -> tuple[int, bytes]:
    """Return where a property ends and its value; of several values the first."""
    plain = kind & ~_MANY
    count = 1
    if kind & _MANY or plain in _VARIABLE:
        (count,) = struct.unpack_from("<I", data, offset)
        offset += 4
    if plain not in _VARIABLE:
        size = _SIZES[plain]
        return offset + _padded(count * size), data[offset : offset + size]
    values: list[bytes] = []
    for _ in range(count):
        (length,) = struct.unpack_from("<I", data, offset)
        if not values:
            values.append(data[offset + 4 : offset + 4 + length])
        offset += 4 + _padded(length)
    return offset, values[0] if values else b""


def _padded(size: int) -> int:
    return size + -size % 4
