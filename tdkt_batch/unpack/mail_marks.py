"""How mails and mail archives look from outside: told by their bytes, parted from one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from mmap import mmap

_HEAD = 16 * 1024
_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_SENDING = frozenset(
    b"from to cc sender received return-path delivered-to reply-to message-id subject date"
    b" x-unsent x-sender thread-topic".split()
)
_ENTITY = re.compile(rb"(?im)^content-type:\s*multipart/(?:mixed|signed|alternative)")
_SAVED_PAGE = re.compile(rb"(?im)^(?:x-document-type:|from:\s*<?saved by )")
_APPLE_COUNT = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n")
_FROM_LINE = re.compile(rb"From ([^\r\n]{5,300})\r?\n(?=[!-9;-~]{1,100}[ \t]*:)")
_CLOCK, _YEAR = re.compile(rb"\d:\d\d"), re.compile(rb"\b\d{4}\b")


def is_maildir(folder_names: Iterable[str]) -> bool:
    """Tell from the names of a folder's folders whether it is a Maildir.

    Its files are mails, one each; those in ``tmp`` are not yet delivered.
    """
    return {"cur", "new", "tmp"} <= set(folder_names)


def is_mail(content: bytes) -> bool:
    """Tell whether the bytes begin with the headers of a mail, or of a part of one.

    A web page or workbook that a program saved in mail's clothes (MHTML) is none.
    """
    head = without_frame(content[:_HEAD])
    fields, block = _field_names(head)
    if _SAVED_PAGE.search(block):
        return False
    return len(fields & _SENDING) >= 2 or bool(_ENTITY.search(block))


def is_entity(content: bytes) -> bool:
    """Tell whether the bytes are a part of a mail with its own headers (signed mail has them)."""
    fields, _ = _field_names(content[:_HEAD])
    return any(field.startswith(b"content-") for field in fields)


def is_mbox(content: bytes | mmap) -> bool:
    """Tell whether the bytes are mails one after another, each behind a line ``From …``."""
    if content[:5] != b"From ":
        return False
    starts = tuple(line.start() for line in islice(_starts_of_mails(content), 2))
    return len(starts) == 2 and starts[0] == 0


def without_frame(content: bytes) -> bytes:
    """Return a mail without what mail programs put before it (a count, a ``From`` line)."""
    bare = content.removeprefix(b"\xef\xbb\xbf")
    if count := _APPLE_COUNT.match(bare):
        bare = bare[count.end() : count.end() + int(count[1])]
    bare = bare.lstrip(b"\r\n")
    return bare.partition(b"\n")[2] if bare.startswith((b"From ", b">From ")) else bare


def _field_names(head: bytes) -> tuple[set[bytes], bytes]:
    """Return the names of the leading headers in lower case, and their lines."""
    names: set[bytes] = set()
    lines: list[bytes] = []
    for line in head.splitlines():
        field = _FIELD.match(line)
        if not field and not (names and line[:1] in (b" ", b"\t")):
            break
        if field:
            names.add(field[1].lower())
        lines.append(line)
    return names, b"\n".join(lines)


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
