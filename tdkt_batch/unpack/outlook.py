"""Outlook's own mails (.msg) → what is attached; messages inside messages are opened.

What Outlook records of mails and attachments is the same in .msg and in winmail.dat.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from email.policy import compat32
from enum import IntEnum

from olefile import OleFileIO

from tdkt_batch.model import Letter
from tdkt_batch.unpack import marks
from tdkt_batch.unpack.headers import in_charset, letter_of, office_moment
from tdkt_batch.unpack.mail_text import own_text
from tdkt_batch.unpack.marks import OUTLOOK_PROPERTIES, is_picture
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    Member,
    Opened,
    Reason,
)
from tdkt_batch.unpack.names import decoded

TEXT_8, TEXT_16, BINARY, OBJECT, BOOLEAN, TIME = 0x1E, 0x1F, 0x102, 0x0D, 0x0B, 0x40
"""Types of a property: text in a code page, text in UTF-16, bytes, an object, yes or no, a time."""

BY_VALUE, BY_REFERENCE, EMBEDDED_MESSAGE, OLE_OBJECT = 1, (2, 3, 4, 7), 5, 6
"""How an attachment is attached."""

_SHOWN_IN_TEXT = 4
_FIRST_FILETIME = datetime(1601, 1, 1, tzinfo=UTC)
_UNICODE_PAGES = {65001: "utf-8", 1200: "utf-16-le"}


class Tag(IntEnum):
    """Numbers of the properties that are read here."""

    SUBJECT = 0x0037
    SUBMITTED = 0x0039
    BEHALF_NAME = 0x0042
    BEHALF_ADDRESS = 0x0065
    HEADERS = 0x007D
    SENDER_NAME = 0x0C1A
    SENDER_ADDRESS = 0x0C1F
    DELIVERED = 0x0E06
    BODY = 0x1000
    HTML = 0x1013
    MESSAGE_ID = 0x1035
    DISPLAY_NAME = 0x3001
    DATA = 0x3701
    SHORT_NAME = 0x3704
    METHOD = 0x3705
    LONG_NAME = 0x3707
    PATH = 0x3708
    LONG_PATH = 0x370D
    CONTENT_ID = 0x3712
    ATTACHMENT_FLAGS = 0x3714
    BODY_PAGE = 0x3FDE
    TEXT_PAGE = 0x3FFD
    SENDER_SMTP = 0x5D01
    BEHALF_SMTP = 0x5D02
    HIDDEN = 0x7FFE


@dataclass(frozen=True, slots=True)
class Properties:
    """Properties of a mail or an attachment by number: type and bytes as they are kept."""

    raw: Mapping[int, tuple[int, bytes]]
    code_page: int = 0

    def text(self, *tags: Tag) -> str:
        """Return the first of the properties that is a text with something in it."""
        return next(self.texts(*tags), "")

    def texts(self, *tags: Tag) -> Iterator[str]:
        """Yield those of the properties that are texts with something in them."""
        for tag in tags:
            kind, raw = self.raw.get(tag, (TEXT_16, b""))
            if kind == TEXT_16:
                text = raw.decode("utf-16-le", "replace").partition("\0")[0].strip()
            else:
                encoding = _encoding(self.code_page or self.number(Tag.TEXT_PAGE))
                text = decoded(raw.partition(b"\0")[0], encoding).strip()
            if text:
                yield text

    def data(self, tag: Tag) -> bytes:
        """Return a property's bytes; none when it is not there."""
        return self.raw.get(tag, (BINARY, b""))[1]

    def number(self, tag: Tag) -> int:
        """Return a whole number or a yes (1); 0 when it is not there."""
        kind, raw = self.raw.get(tag, (0, b""))
        return int.from_bytes(raw[: 2 if kind == BOOLEAN else 4], "little")

    def moment(self, *tags: Tag) -> datetime | None:
        """Return the first of the times that can be read, as the clock showed it in Việt Nam."""
        for tag in tags:
            ticks = int.from_bytes(self.data(tag)[:8], "little")
            try:
                moment = office_moment(_FIRST_FILETIME + timedelta(microseconds=ticks // 10))
            except OverflowError:
                continue
            if moment:
                return moment.replace(microsecond=0)
        return None


def _encoding(page: int) -> str:
    """Return the encoding that Windows numbers so."""
    return _UNICODE_PAGES.get(page, f"cp{page}")


def letter_in(properties: Properties) -> Letter:
    """Return whose mail it is: by the headers that it travelled with, else by what Outlook kept.

    An address that is a name inside an office's server is none.
    """
    parser = HeaderParser(policy=compat32)
    addresses = properties.texts(
        Tag.SENDER_SMTP, Tag.SENDER_ADDRESS, Tag.BEHALF_SMTP, Tag.BEHALF_ADDRESS
    )
    headers = letter_of(parser.parsestr(properties.text(Tag.HEADERS)))
    moment = properties.moment(Tag.SUBMITTED, Tag.DELIVERED)
    return Letter(
        sender=headers.sender or next((one for one in addresses if "@" in one), ""),
        sender_name=headers.sender_name or properties.text(Tag.SENDER_NAME, Tag.BEHALF_NAME),
        subject=properties.text(Tag.SUBJECT) or headers.subject,
        sent=headers.sent or moment,
        message_id=properties.text(Tag.MESSAGE_ID) or headers.message_id,
    )


def words_in(properties: Properties) -> tuple[tuple[str, str], ...]:
    """Return the kind and the text of each form in which Outlook keeps a mail's own words."""
    page = _encoding(properties.number(Tag.BODY_PAGE))
    html = in_charset(properties.data(Tag.HTML), page)
    return ("text/plain", properties.text(Tag.BODY)), ("text/html", html)


def attachment_name(properties: Properties) -> str:
    """Return what the sender called the attachment."""
    return properties.text(Tag.LONG_NAME, Tag.SHORT_NAME, Tag.DISPLAY_NAME)


def is_shown_in_text(properties: Properties, content: bytes, page: bytes) -> bool:
    """Tell whether an attachment is a picture that the mail's text ``page`` shows."""
    if not is_picture(content):
        return False
    name = properties.text(Tag.CONTENT_ID).strip("<>").lower()
    is_marked = properties.number(Tag.ATTACHMENT_FLAGS) & _SHOWN_IN_TEXT
    is_named = bool(name) and f"cid:{name}".encode() in page.lower()
    return bool(is_marked or is_named or properties.number(Tag.HIDDEN))


# --- a mail that Outlook saved ----------------------------------------------------------------

_STREAM = re.compile(r"__substg1\.0_(?P<tag>[0-9A-Fa-f]{4})(?P<kind>[0-9A-Fa-f]{4})")
"""What ``__substg1.0_3701010D`` is the stream of: a property's number and type."""
_ATTACHMENT = "__attach_version1.0_"
_EMBEDDED = f"__substg1.0_{Tag.DATA:04X}{OBJECT:04X}"
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
    if not marks.may_be_outlook_message(content):
        return False
    try:
        with OleFileIO(io.BytesIO(content)) as ole:
            return bool(ole.exists(OUTLOOK_PROPERTIES))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return _WORKBOOK not in content


def open_message(file: File, levels: int, allowance: Allowance) -> Opened:
    """Return the files that an Outlook mail carries; mails in it are opened ``levels`` deep."""
    with OleFileIO(io.BytesIO(file.content)) as ole:
        return _Compound(ole, len(file.content), allowance).message((), "", levels)


class _Compound:
    """A compound file, read storage by storage within what the whole file may take."""

    def __init__(self, ole: OleFileIO, size: int, allowance: Allowance) -> None:
        self._ole = ole
        self._size = size
        self._allowance = allowance
        self._names: dict[Place, list[str]] = {}
        for path in ole.listdir(streams=True, storages=True):
            self._names.setdefault(tuple(path[:-1]), []).append(path[-1])

    def message(self, place: Place, name: str, levels: int) -> Opened:
        """Return the mail at a storage; ``CannotOpen`` when its attachments are gone.

        That is known by its count of them; some writers leave the count at none.
        """
        header = _HEADER_OF_EMBEDDED if place else _HEADER_OF_ROOT
        properties = self._properties(place, header)
        names = self._names.get(place, ())
        members = tuple(
            self._attachment((*place, name), properties, levels)
            for name in sorted(names)
            if name.startswith(_ATTACHMENT) and self._is_storage((*place, name))
        )
        is_counted = not members and OUTLOOK_PROPERTIES in names
        if is_counted and any(self._bytes((*place, OUTLOOK_PROPERTIES))[_COUNT_OF_ATTACHMENTS]):
            raise CannotOpen(Reason.DAMAGED_MAIL, "attachments are gone")
        letter = letter_in(properties)
        return Opened(
            "msg", (*members, *own_text(letter, words_in(properties), members)), letter, name
        )

    def _attachment(self, place: Place, mail: Properties, levels: int) -> Member:
        properties = self._properties(place, _HEADER_OF_ATTACHMENT, mail.number(Tag.TEXT_PAGE))
        name = attachment_name(properties)
        inner = (*place, _EMBEDDED)
        if _EMBEDDED in self._names.get(place, ()) and self._is_storage(inner):
            if OUTLOOK_PROPERTIES not in self._names.get(inner, ()):
                return File(name, self._all_bytes(inner), Reason.EMBEDDED_OBJECT)
            if levels <= 0:
                return File(name, self._all_bytes(inner), Reason.TOO_DEEP)
            return self.message(inner, name, levels - 1)
        if Tag.DATA in properties.raw:
            content = properties.data(Tag.DATA)
            inline = is_shown_in_text(properties, content, mail.data(Tag.HTML))
            return File(name, content, inline=inline)
        if properties.number(Tag.METHOD) in BY_REFERENCE:
            link = properties.text(Tag.LONG_PATH, Tag.PATH)
            return File(name, f"{name}\n{link}".encode(), Reason.LINKED_ATTACHMENT, link)
        return File(name, b"")

    def _properties(self, place: Place, header: int, code_page: int = 0) -> Properties:
        raw: dict[int, tuple[int, bytes]] = {}
        names = self._names.get(place, ())
        records = (
            self._bytes((*place, OUTLOOK_PROPERTIES))[header:]
            if OUTLOOK_PROPERTIES in names
            else b""
        )
        for start in range(0, len(records) - _RECORD + 1, _RECORD):
            record = records[start : start + _RECORD]
            kind, tag = (int.from_bytes(record[n : n + 2], "little") for n in (0, 2))
            if kind not in (TEXT_8, TEXT_16, BINARY, OBJECT):
                raw[tag] = (kind, record[8:])
        for name in names:
            if not (stream := _STREAM.match(name)):
                continue
            tag, kind = int(stream["tag"], 16), int(stream["kind"], 16)
            if tag in Tag.__members__.values() and kind != OBJECT:
                raw[tag] = (kind, self._bytes((*place, name)))
        return Properties(raw, code_page)

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
