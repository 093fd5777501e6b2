"""The content of a mail's part: decoded as its header says, or as its own letters show.

Mail programs leave the header out, name another coding or write a comment into it;
gateways recode. What begins as a workbook, document or archive once it is decoded was
coded that way, whatever the header says.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from copy import copy
from email.errors import MessageError
from email.message import Message
from email.policy import compat32
from itertools import takewhile

from tdkt_batch.unpack.headers import file_name, raw_header
from tdkt_batch.unpack.marks import is_picture, may_carry_figures

ODD = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the parser of mails raises on odd ones."""
_COMMENT = re.compile(r"\([^()]*\)")
_CODINGS = ("base64", "quotedprintable", "uue")
_BASE64_LINES = re.compile(
    rb"\s*(?:[A-Za-z0-9+/]{40,1000}[ \t]*\r?\n)+[A-Za-z0-9+/]*={0,2}\s*"
    rb"|\s*[A-Za-z0-9+/]{64,}={0,2}\s*"
)
_BASE64_OF_A_FILE = re.compile(rb"(?m)^\s*(?:UEsD|0M8R4KGx|eJ8\+I|JVBERi|UmFyIR|N3q8r|H4sI)")
_BOUNDARY = re.compile(rb"(?m)^--")
_UUENCODED = re.compile(rb"(?m)^begin [0-7]{3,4} .+\r?\n")


def content_of(part: Message) -> bytes:
    """Return the bytes of a part that has no parts, decoded as far as they can be."""
    raw = _raw(part)
    coding = coding_of(part)
    declared = decoded_as(raw, coding)
    if _is_file(declared):
        return declared
    if _is_file(raw):
        return raw
    if is_base64(raw):
        return from_base64(raw)
    if coding == "base64" and (start := _BASE64_OF_A_FILE.search(raw)):
        return from_base64(raw[start.start() :])  # behind lines that are none of its own
    if file_name(part) and _is_file(unwound := decoded_as(raw, "uue")):
        return unwound
    return declared


def written(part: Message) -> bytes:
    """Return a part as it was sent, as nearly as it can be written again."""
    try:
        return part.as_bytes(policy=compat32.clone(mangle_from_=False))
    except (*ODD, OSError):
        return repr(part.items()).encode("utf-8", "replace")


def from_base64(text: bytes) -> bytes:
    r"""Return what base64 spells, also when it was cut, broken into pieces or written into.

    >>> from_base64(b"TeG6q3UgMDEueGxzeA==")[:3], from_base64(b"TeG6q3UgM")
    (b'M\xe1\xba', b'M\xe1\xba\xabu ')
    """
    letters = re.sub(rb"[^A-Za-z0-9+/=]+", b"", _BOUNDARY.split(text, maxsplit=1)[0])
    out = b""
    for run in re.split(rb"=+", letters):
        whole = run[: len(run) - (len(run) % 4 == 1)]
        out += base64.b64decode(whole + b"=" * (-len(whole) % 4))
    return out


def from_uuencode(lines: Iterable[bytes]) -> bytes:
    """Return what lines of uuencode spell, up to their end; ``binascii.Error`` for other lines."""
    coded = takewhile(lambda line: line.strip() != b"end", lines)
    return b"".join(binascii.a2b_uu(line) for line in coded if line.strip())


def is_base64(text: bytes) -> bool:
    """Tell whether a text is nothing but base64, or begins as a file does in it."""
    return bool(_BASE64_OF_A_FILE.match(text) or _BASE64_LINES.fullmatch(text))


def _raw(part: Message) -> bytes:
    """Return the bytes of a part as they travelled."""
    bare = copy(part)
    del bare["Content-Transfer-Encoding"]
    try:
        content = bare.get_payload(decode=True)
    except ODD:
        content = None
    return content if isinstance(content, bytes) else written(part)


def coding_of(part: Message) -> str:
    """Return the coding that the header names, without comments, marks and what follows it."""
    named = raw_header(part, "content-transfer-encoding").lower()
    word = re.sub(r"[^a-z0-9]", "", _COMMENT.sub(" ", named))
    return next((coding for coding in _CODINGS if coding in word), "")


def decoded_as(raw: bytes, coding: str) -> bytes:
    """Return what a text in a coding spells; the text itself when it is in none."""
    try:
        match coding:
            case "base64":
                return from_base64(raw)
            case "quotedprintable":
                return quopri.decodestring(raw)
            case "uue":
                start = _UUENCODED.search(raw)
                return from_uuencode(raw[start.end() :].splitlines()) if start else raw
    except binascii.Error:
        pass
    return raw


def _is_file(content: bytes) -> bool:
    return may_carry_figures(content) or is_picture(content)
