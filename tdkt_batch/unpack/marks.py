"""Marks in the bytes themselves: what is a mail, an envelope, a picture, or may hold figures.

Also how the mails of a mail archive are parted from one another. Names and labels
do not count: senders give those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from mmap import mmap

from tdkt_batch.unpack.header_lines import SENDING, leading_fields
from tdkt_batch.workbooks import compound

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
OUTLOOK_PROPERTIES = "__properties_version1.0"
"""What an Outlook mail, and each thing in it, has its properties in."""
_OUTLOOK_MARK = OUTLOOK_PROPERTIES.encode("utf-16-le")
TNEF_START = b"\x78\x9f\x3e\x22"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_PKCS7 = rb"\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x01-\x06]"
_SMIME = rb"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01[\x09\x17]"
_ENVELOPE = re.compile(
    rb"\x30(?:[\x80-\x84][\x00-\xff]{0,4}?|[\x00-\x7f])\x06"
    rb"(?:\x09" + _PKCS7 + rb"|\x0b" + _SMIME + rb")"
)
ARMOUR = re.compile(rb"\s*-----BEGIN (?:PKCS ?#?7|CMS|PKCS7 SIGNED DATA|SIGNED MESSAGE)-----")
_CARRIERS = (
    *ZIP_STARTS, compound.START, TNEF_START, b"%PDF", b"Rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b",
)  # fmt: skip

_HEAD = 16 * 1024
_ENTITY = re.compile(rb"(?im)^content-type:\s*multipart/(?:mixed|signed|alternative)")
_SAVED_PAGE = re.compile(rb"(?im)^(?:x-document-type:|from:\s*<?saved by )")
_APPLE_COUNT = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n")
_FROM_LINE = re.compile(rb"From ([^\r\n]{5,300})\r?\n(?=[!-9;-~]{1,100}[ \t]*:)")
_CLOCK, _YEAR = re.compile(rb"\d:\d\d"), re.compile(rb"\b\d{4}\b")


def is_picture(content: bytes) -> bool:
    """Tell whether the bytes begin as a picture does (some have their mark a little further in)."""
    is_bitmap = content.startswith(b"BM") and content[6:10] == bytes(4)
    is_modern = content[8:12] == b"WEBP" or content[4:8] == b"ftyp"
    return is_bitmap or is_modern or content.startswith(_PICTURES)


def may_carry_figures(content: bytes) -> bool:
    """Tell whether the bytes begin as a workbook, a document or an archive, whatever the label."""
    return content.startswith(_CARRIERS)


def is_tnef(content: bytes) -> bool:
    """Tell whether the bytes are what Outlook calls winmail.dat."""
    return content.startswith(TNEF_START)


def may_be_outlook_message(content: bytes) -> bool:
    """Tell whether the bytes have an Outlook mail's marks; a workbook that holds one has too."""
    return content.startswith(compound.START) and _OUTLOOK_MARK in content


def is_envelope(content: bytes) -> bool:
    """Tell whether the bytes are a cryptographic envelope, signed or locked."""
    return bool(_ENVELOPE.match(content) or ARMOUR.match(content))


def is_mail(content: bytes) -> bool:
    """Tell whether the bytes begin with the headers of a mail, or of a part of one.

    A web page or workbook that a program saved in mail's clothes (MHTML) is none.
    """
    head = without_frame(content[:_HEAD])
    fields, block = leading_fields(head)
    if _SAVED_PAGE.search(block):
        return False
    return len(fields & SENDING) >= 2 or bool(_ENTITY.search(block))


def is_entity(content: bytes) -> bool:
    """Tell whether the bytes are a part of a mail with its own headers (signed mail has them)."""
    fields, _ = leading_fields(content[:_HEAD])
    return any(field.startswith(b"content-") for field in fields)


def is_mbox(content: bytes | mmap) -> bool:
    """Tell whether the bytes are mails one after another, each behind a line ``From …``."""
    if content[:5] != b"From ":
        return False
    starts = tuple(line.start() for line in islice(_starts_of_mails(content), 2))
    return len(starts) == 2 and starts[0] == 0


def without_frame(content: bytes) -> bytes:
    """Return a mail without what mail programs put before it (a count, a ``From`` line).

    Line ends that were doubled on the way are single ones again.
    """
    head, bare = content[:_HEAD], content.removeprefix(b"\xef\xbb\xbf")
    if head.count(b"\r\r\n") * 2 > head.count(b"\n"):
        bare = bare.replace(b"\r\r\n", b"\n")
    if count := _APPLE_COUNT.match(bare):
        bare = bare[count.end() : count.end() + int(count[1])]
    bare = bare.lstrip(b"\r\n")
    return bare.partition(b"\n")[2] if bare.startswith((b"From ", b">From ")) else bare


def mails_in(content: bytes | mmap) -> Iterator[bytes]:
    """Yield the mails of a mail archive, without the lines between them."""
    starts = tuple(line.span() for line in _starts_of_mails(content))
    ends = [*(start for start, _ in starts[1:]), len(content)]
    for (_, start), end in zip(starts, ends, strict=True):
        yield content[start:end]


def _starts_of_mails(content: bytes | mmap) -> Iterator[re.Match[bytes]]:
    """Yield the lines ``From … 09:15:00 2015`` that stand before each mail of an archive."""
    place = 0
    while place >= 0:
        line = _FROM_LINE.match(content, place)
        is_apart = not place or content[max(0, place - 3) : place].endswith((b"\n\n", b"\n\r\n"))
        if line and is_apart and _CLOCK.search(line[1]) and _YEAR.search(line[1]):
            yield line
        place = content.find(b"\nFrom ", place) + 1 or -1
