"""A mail as a draft that a mail program opens to be sent: the same input, the same bytes.

Header fields hold no line breaks, an address is taken only when it is one; the
boundaries and the Message-ID come from the content, the date from its moment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from tdkt_batch.letters.phrases import one_line

VIETNAM = timezone(timedelta(hours=7))
_SPREADSHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_PAPER = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_TYPES = {".xlsx": _SPREADSHEET, ".docx": _PAPER}
_ADDRESS = re.compile(
    r"(?P<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?P<domain>[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+)"
)
_LONGEST_ADDRESS = 254
_LINE, _SUBJECT = "\r\n", "-"
"""Ends a line; stands for the subject, of which the library loses spaces where it folds it."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a mail: its content, or where it stands, and in words what it is."""

    name: str
    content: bytes | Path
    what: str = ""

    @property
    def size(self) -> int:
        """How many bytes it has."""
        content = self.content
        return len(content) if isinstance(content, bytes) else content.stat().st_size

    def read(self) -> bytes:
        """Return its content."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDraft:
    """A mail to be sent: to whom (empty: not known), what it says, what goes with it."""

    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    moment: datetime
    attached: Sequence[Attached] = ()


def addresses_in(text: str) -> tuple[str, ...] | None:
    r"""Return the addresses in a register's entry; None when something in it is no address.

    >>> addresses_in("a@tam.duong.vn; b@tam.duong.vn"), addresses_in("")
    (('a@tam.duong.vn', 'b@tam.duong.vn'), ())
    >>> addresses_in("a@b.vn\r\nBcc: c@d.vn") is None
    True
    """
    if any(ord(letter) < ord(" ") for letter in text.strip()):
        return None
    parts = [part for part in re.split(r"[;, ]+", text.strip()) if part]
    if all(_ADDRESS.fullmatch(part) and len(part) <= _LONGEST_ADDRESS for part in parts):
        return tuple(parts)
    return None


def draft_bytes(draft: MailDraft) -> bytes:
    """Return the draft as an .eml file that Outlook opens to be sent (``X-Unsent``)."""
    hashed = hashlib.sha256()
    for text in (*draft.to, draft.subject, draft.text, draft.html, draft.moment.isoformat()):
        hashed.update(text.encode("utf-8", "replace") + b"\0")
    contents = [file.read() for file in draft.attached]
    for file, content in zip(draft.attached, contents, strict=True):
        hashed.update(file.name.encode("utf-8", "replace") + b"\0" + content)
    digest, message = hashed.hexdigest(), EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if draft.to:
        message["To"] = tuple(Address(addr_spec=one) for one in draft.to)
    message["Subject"] = _SUBJECT
    message["Date"] = format_datetime(draft.moment.replace(tzinfo=VIETNAM))
    message["Message-ID"] = f"<{digest[:32]}@tdkt-batch.invalid>"
    message.set_content(draft.text)
    message.add_alternative(draft.html, subtype="html")
    for file, content in zip(draft.attached, contents, strict=True):
        main, sub = _TYPES.get(file.name[-5:].lower(), ("application", "octet-stream"))
        message.add_attachment(content, maintype=main, subtype=sub, filename=file.name)
    # a boundary made from the content's digest, which no content holds
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{number}_{digest[:40]}")
    written = Header(one_line(draft.subject), "utf-8", header_name="Subject").encode(linesep=_LINE)
    subject, stands = (f"Subject: {text}{_LINE}".encode("ascii") for text in (written, _SUBJECT))
    return message.as_bytes().replace(stands, subject, 1)


def encoded_size(size: int) -> int:
    """Return how many bytes a file takes in a mail: base64, with a line end each 76 letters."""
    letters = -(-size // 3) * 4
    return letters + 2 * -(-letters // 76)
