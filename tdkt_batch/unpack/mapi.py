"""What Outlook records of mails and attachments, the same in .msg and in winmail.dat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from email.policy import compat32
from enum import IntEnum

from tdkt_batch.model import Letter
from tdkt_batch.unpack.first_bytes import is_picture
from tdkt_batch.unpack.headers import EARLIEST_YEAR, LATEST_YEAR, letter_of
from tdkt_batch.unpack.members import OFFICE_TIME
from tdkt_batch.unpack.names import decoded

TEXT_8, TEXT_16, BINARY, OBJECT, BOOLEAN, TIME = 0x1E, 0x1F, 0x102, 0x0D, 0x0B, 0x40
"""Types of a property: text in a code page, text in UTF-16, bytes, an object, yes or no, a time."""

BY_VALUE, BY_REFERENCE, EMBEDDED_MESSAGE, OLE_OBJECT = 1, (2, 3, 4, 7), 5, 6
"""How an attachment is attached."""

_SHOWN_IN_TEXT = 4
_FIRST_FILETIME = datetime(1601, 1, 1, tzinfo=UTC)
_NO_CODE_PAGE = 0
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
    code_page: int = _NO_CODE_PAGE

    def text(self, *tags: Tag) -> str:
        """Return the first of the properties that is a text with something in it."""
        return next(filter(None, (self._text(tag) for tag in tags)), "")

    def data(self, tag: Tag) -> bytes:
        """Return a property's bytes; none when it is not there."""
        return self.raw.get(tag, (BINARY, b""))[1]

    def number(self, tag: Tag) -> int:
        """Return a whole number or a yes (1); 0 when it is not there."""
        kind, raw = self.raw.get(tag, (0, b""))
        return int.from_bytes(raw[: 2 if kind == BOOLEAN else 4], "little")

    def moment(self, *tags: Tag) -> datetime | None:
        """Return the first of the times that can be read, as the clock showed it in Việt Nam."""
        return next(filter(None, (self._moment(tag) for tag in tags)), None)

    def _text(self, tag: Tag) -> str:
        kind, raw = self.raw.get(tag, (TEXT_16, b""))
        if kind == TEXT_16:
            return raw.decode("utf-16-le", "replace").partition("\0")[0].strip()
        page = self.code_page or self.number(Tag.TEXT_PAGE)
        encoding = _UNICODE_PAGES.get(page, f"cp{page}")
        return decoded(raw.partition(b"\0")[0], encoding).strip()

    def _moment(self, tag: Tag) -> datetime | None:
        ticks = int.from_bytes(self.data(tag)[:8], "little")
        try:
            moment = (_FIRST_FILETIME + timedelta(microseconds=ticks // 10)).astimezone(OFFICE_TIME)
        except OverflowError:
            return None
        if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            return None
        return moment.replace(tzinfo=None, microsecond=0)


def letter_in(properties: Properties) -> Letter:
    """Return whose mail it is: by the headers that it travelled with, else by what Outlook kept."""
    parser = HeaderParser(policy=compat32)
    headers = letter_of(parser.parsestr(properties.text(Tag.HEADERS)))
    moment = properties.moment(Tag.SUBMITTED, Tag.DELIVERED)
    return Letter(
        sender=headers.sender or _address(properties),
        sender_name=headers.sender_name or properties.text(Tag.SENDER_NAME, Tag.BEHALF_NAME),
        subject=properties.text(Tag.SUBJECT) or headers.subject,
        sent=headers.sent or moment,
        message_id=properties.text(Tag.MESSAGE_ID) or headers.message_id,
    )


def file_name(properties: Properties) -> str:
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


def _address(properties: Properties) -> str:
    """Return the sender's address; one that is a name inside an office's server is none."""
    tags = (Tag.SENDER_SMTP, Tag.SENDER_ADDRESS, Tag.BEHALF_SMTP, Tag.BEHALF_ADDRESS)
    return next((text for tag in tags if "@" in (text := properties.text(tag))), "")
