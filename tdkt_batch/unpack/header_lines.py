"""The lines of a mail's headers, with those among them that no mail program should have written.

To a parser a line that is no header ends the headers, and what stands below it, the
boundary and the coding of the attachments among it, is then text. One broken line
costs itself here, and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SENDING = frozenset(
    b"from to cc sender received return-path delivered-to reply-to message-id subject date"
    b" x-unsent x-sender thread-topic".split()
)
"""Headers that only a mail that was sent has, in lower case."""
_MOST_BROKEN = 3
"""More lines that are no headers make a text with colons, and no mail."""
_FIELD = re.compile(rb"([!-9;-~]{1,100})([ \t]*):")
_PARAMETER = re.compile(rb"[ \t]*[A-Za-z][\w*-]{0,40}[ \t]*=")
_BLOCK = re.compile(rb"(?m)(?:\A|^--[^\r\n]{1,300}\r?\n)(?:[^\r\n]+\r?\n)+")
"""The lines up to the first blank one, of a text or behind a boundary."""
_FORWARDED = re.compile(rb"(?im)^content-type[ \t]*:[ \t]*message/")
_INNER_BLOCK = re.compile(rb"\r?\n(?:[^\r\n]+\r?\n)+")


def leading_fields(head: bytes) -> tuple[set[bytes], bytes]:
    """Return the names of the leading headers in lower case, and their lines.

    A few broken lines among them are passed over when more headers of a mail follow
    than two, which a text may have by chance.
    """
    names: set[bytes] = set()
    lines: list[bytes] = []
    sound, broken = (names, b""), 0
    for line in head.splitlines():
        field = _FIELD.match(line)
        if not field and not (names and line[:1] in (b" ", b"\t")):
            if not names or not line or broken == _MOST_BROKEN:
                break
            if not broken:
                sound = set(names), b"\n".join(lines)
            broken += 1
            continue
        if field:
            names.add(field[1].lower())
        lines.append(line)
    return sound if broken and len(names & SENDING) < 3 else (names, b"\n".join(lines))


def mended(content: bytes) -> bytes:
    r"""Return a mail in which every line of its headers is one, of its parts' headers too.

    A parameter that lost the blank before it belongs to the header above; blanks
    before a colon go; what else is no header goes when headers follow it.

    >>> mended(b"From: a\nkhong phai\nTo : b\nContent-Type: x/y;\nname=z\n\nWords\n")
    b'From: a\nTo: b\nContent-Type: x/y;\n name=z\n\nWords\n'
    """
    out: list[bytes] = []
    place = 0
    while block := _BLOCK.search(content, place):
        out.append(content[place : block.start()])
        out.append(_mended(block[0]))
        while _FORWARDED.search(block[0]) and (inner := _INNER_BLOCK.match(content, block.end())):
            out.append(_mended(inner[0]))
            block = inner
        place = block.end()
    return b"".join((*out, content[place:]))


def _mended(block: bytes) -> bytes:
    """Return a block of headers without what breaks it; other text as it is."""
    lines = block.splitlines(keepends=True)
    headers = [number for number, line in enumerate(lines) if _is_known_header(line)]
    if not headers:
        return block
    start = 1 if not lines[0].strip() or lines[0].startswith(b"--") else 0
    kept = lines[:start]
    for number, line in enumerate(lines[start:], start=start):
        if field := _FIELD.match(line):
            kept.append(field[1] + line[field.end() - 1 :])
        elif line[:1] in (b" ", b"\t"):
            kept.append(line)
        elif _PARAMETER.match(line) and _name(kept).startswith(b"content-"):
            kept.append(b" " + line)
        elif number > headers[-1]:  # words that no blank line parts from the headers
            return b"".join((*kept, *lines[number:]))
    return b"".join(kept)


def _name(lines: Sequence[bytes]) -> bytes:
    """Return the name of the last header among the lines, in lower case."""
    fields = (_FIELD.match(line) for line in reversed(lines))
    return next((field[1].lower() for field in fields if field), b"")


def _is_known_header(line: bytes) -> bool:
    name = _name([line])
    return name in SENDING or name.startswith((b"content-", b"mime-", b"x-"))
