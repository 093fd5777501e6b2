"""Mails (.eml, mbox, messages inside messages, signed envelopes) → what is attached, each once.

What is a file is decided by its content, then by how it is labelled. The text of
a mail, its signature and the pictures shown in its text are none. A signature is
not judged: who sent a form is the mail's word.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from itertools import takewhile

from tdkt_batch.unpack.header_lines import mended
from tdkt_batch.unpack.headers import (
    content_id,
    content_type,
    disposition,
    file_name,
    in_charset,
    letter_of,
    raw_header,
)
from tdkt_batch.unpack.mail_text import own_text
from tdkt_batch.unpack.marks import (
    ARMOUR,
    is_entity,
    is_envelope,
    is_picture,
    mails_in,
    may_carry_figures,
    without_frame,
)
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    Member,
    NoContainer,
    Opened,
    Reason,
)
from tdkt_batch.unpack.names import decoded
from tdkt_batch.unpack.transfer import (
    ODD,
    coding_of,
    content_of,
    decoded_as,
    from_uuencode,
    is_base64,
    written,
)

_LONG_BOUNDARY = re.compile(rb"boundary=[^\r\n;]{500}", re.IGNORECASE)
"""70 characters are lawful; the parser takes seconds over very long ones."""
_CONTENT_ID = re.compile(rb"""cid:([^"'\s<>)]+)""", re.IGNORECASE)
_UUENCODED = re.compile(rb"begin [0-7]{3,4} (.+)")
_LOST_PART = re.compile(r"(?im)^content-(?:disposition|transfer-encoding):")
_LOST_IN_TEXT = re.compile(
    rb"(?im)^content-(?:disposition:\s*attachment|transfer-encoding:\s*base64)"
    rb"|^(?:UEsDB|0M8R4KGx|eJ8\+I)[A-Za-z0-9+/]{20}"
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_OWN_SIGNATURES = ("pkcs7-signature", "x-pkcs7-signature", "pgp-signature")
_ENVELOPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_LOCKED = ("enveloped_data", "encrypted_data", "authenticated_enveloped_data")
_ENVELOPE_SUFFIX = re.compile(r"\.p7[ms]$", re.IGNORECASE)
_PACKED = ("application/ms-tnef", "application/vnd.ms-tnef")
_MAILS = ("message/rfc822", "message/global", "message/news")


def open_mbox(file: File, _levels: int, _allowance: Allowance) -> Opened:
    """Return the mails of a mail archive, in its order."""
    return Opened("mbox", tuple(File("", mail) for mail in mails_in(file.content)))


def open_mail(file: File, levels: int, _allowance: Allowance) -> Opened:
    """Return the files that a mail carries; mails inside it are opened ``levels`` deep.

    Raises ``CannotOpen`` for one whose parts cannot be told from one another.
    """
    return _opened(_parsed(file.content), "", levels)


def open_envelope(file: File, levels: int, allowance: Allowance) -> Opened:
    """Return the files in a signed envelope (smime.p7m).

    Raises ``CannotOpen`` for a locked one, ``NoContainer`` for a signature that
    was sent apart from what it signs.
    """
    from asn1crypto.cms import ContentInfo

    content = file.content
    if ARMOUR.match(content):
        body = content.partition(b"-----BEGIN")[2].partition(b"-----")[2]
        content = base64.b64decode(body.partition(b"-----END")[0])
    info = ContentInfo.load(content)
    kind = info["content_type"].native
    if kind in _LOCKED:
        raise CannotOpen(Reason.ENCRYPTED_MAIL, kind)
    if kind == "data":
        inner = info["content"].native
    elif kind in ("signed_data", "compressed_data"):
        inner = info["content"]["encap_content_info"]["content"].native
    else:
        raise CannotOpen(Reason.DAMAGED_MAIL, kind)
    if inner is None:
        raise NoContainer
    if not isinstance(inner, bytes):
        raise CannotOpen(Reason.DAMAGED_MAIL, type(inner).__name__)
    if kind == "compressed_data":
        inner = zlib.decompressobj().decompress(inner, allowance.entry)
        allowance.take_bytes(len(inner))
    if is_entity(inner):
        return Opened("smime", _members(_parsed(inner), levels))
    return Opened("smime", (File(_ENVELOPE_SUFFIX.sub("", file.name), inner),))


def _parsed(content: bytes) -> Message:
    if _LONG_BOUNDARY.search(content):
        raise CannotOpen(Reason.DAMAGED_MAIL, "boundary too long")
    return BytesParser(policy=compat32).parsebytes(mended(without_frame(content)))


def _opened(message: Message, name: str, levels: int) -> Opened:
    return Opened("eml", _members(message, levels), letter_of(message), name)


def _members(message: Message, levels: int) -> tuple[Member, ...]:
    if _is_torn(message):
        raise CannotOpen(Reason.DAMAGED_MAIL, "no boundary")
    leaves = tuple(_leaves(message))
    pages = (content_of(leaf) for leaf in leaves if content_type(leaf) == "text/html")
    shown = frozenset(
        name.decode("latin-1").lower() for page in pages for name in _CONTENT_ID.findall(page)
    )
    members: list[Member] = []
    for leaf in leaves:
        kind = content_type(leaf)
        if kind == "multipart/encrypted":
            members.append(File(file_name(leaf), written(leaf), Reason.ENCRYPTED_MAIL))
        elif _is_torn(leaf):
            members.append(File(file_name(leaf), written(leaf), Reason.DAMAGED_MAIL))
        elif kind.startswith("message/"):
            members.extend(_inner_message(leaf, kind, levels))
        else:
            members.extend(_attached(leaf, kind, shown))
    members.extend(_left_beside(message))
    return (*members, *own_text(letter_of(message), _words(leaves), members))


def _words(leaves: Iterable[Message]) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each part that is the mail's own words."""
    for leaf in leaves:
        kind = content_type(leaf)
        if kind in ("text/plain", "text/html") and not file_name(leaf):
            charset = _CHARSET.search(raw_header(leaf, "content-type"))
            yield kind, in_charset(content_of(leaf), charset[1] if charset else "utf-8")


def _left_beside(part: Message) -> Iterator[File]:
    """Yield what stands before or behind the parts and looks like a part that got lost there."""
    if not content_type(part).startswith("multipart/"):
        return
    for text in (part.preamble, part.epilogue):
        if text and _LOST_PART.search(text):
            raw = text.encode("utf-8", "surrogateescape")
            yield File("", raw, Reason.DAMAGED_MAIL, "beside the parts")
    for child in _children(part):
        yield from _left_beside(child)


def _is_torn(part: Message) -> bool:
    """Tell whether a part says that it has parts, and they are not to be found."""
    is_whole = content_type(part).startswith("multipart/") and not part.is_multipart()
    return is_whole and bool(_text(part).strip())


def _text(part: Message) -> str:
    """Return the text of a part as it was sent; its bytes when it names no lawful charset."""
    try:
        payload = part.get_payload()
    except ODD:
        return written(part).decode("latin-1")
    return payload if isinstance(payload, str) else ""


def _leaves(part: Message) -> Iterator[Message]:
    """Yield the parts that have no parts; a mail inside counts as one."""
    kind = content_type(part)
    if not part.is_multipart() or kind.startswith("message/") or kind == "multipart/encrypted":
        yield part
        return
    for number, child in enumerate(_children(part)):
        if number and kind == "multipart/signed" and _subtype(child) in _OWN_SIGNATURES:
            continue
        if kind == "multipart/appledouble" and _subtype(child) == "applefile":
            continue
        yield from _leaves(child)


def _children(part: Message) -> tuple[Message, ...]:
    payload = part.get_payload()
    return tuple(p for p in payload if isinstance(p, Message)) if isinstance(payload, list) else ()


def _subtype(part: Message) -> str:
    return content_type(part).partition("/")[2]


def _inner_message(part: Message, kind: str, levels: int) -> Iterator[Member]:
    """Yield what a part of a ``message/…`` type is: a mail, a piece of one, a link, a notice."""
    name = file_name(part)
    inner = next(iter(_children(part)), None)
    if kind == "message/partial":
        yield File(name, written(part), Reason.PARTIAL_MAIL)
    elif kind == "message/external-body":
        yield File(name, written(part), Reason.LINKED_ATTACHMENT)
    elif kind not in _MAILS or inner is None:
        yield from _attached(part, kind, frozenset())
    elif coded := _wrongly_coded(part, inner):
        yield File(name, coded)
    elif levels <= 0:
        yield File(name, written(inner), Reason.TOO_DEEP)
    elif _is_torn(inner):
        yield File(name, written(inner), Reason.DAMAGED_MAIL)
    else:
        yield _opened(inner, name, levels - 1)


def _wrongly_coded(part: Message, inner: Message) -> bytes:
    """Return a mail that was attached in base64, which the parser took for its text."""
    if inner.items() or inner.is_multipart():
        return b""
    raw = _text(inner).encode("utf-8", "surrogateescape")
    coding = "base64" if is_base64(raw) else coding_of(part)
    return decoded_as(raw, coding) if coding else b""


def _attached(part: Message, kind: str, shown: frozenset[str]) -> Iterator[Member]:
    """Yield the file that a leaf is, or the files that its text holds.

    What should hold the mail's attachments (signed, packed) and cannot be made out
    is refused. A picture that the mail shows in its text is marked as inline.
    """
    name, content, placed = file_name(part), content_of(part), disposition(part)
    may_carry = may_carry_figures(content)
    is_labelled = name or placed == "attachment" or may_carry
    is_unlike_its_label = not may_carry and (
        kind in _PACKED
        or (kind in _ENVELOPES and not is_envelope(content) and not is_entity(content))
    )
    if not is_labelled and (kind.startswith(("text/", "message/")) or not content.strip()):
        yield from _written_into_text(content)
    elif is_unlike_its_label:
        yield File(name, content, Reason.DAMAGED_MAIL, kind)
    else:
        is_image = (kind.startswith("image/") and not may_carry) or is_picture(content)
        is_shown = placed == "inline" or content_id(part) in shown
        yield File(name, content, inline=is_image and is_shown)


def _written_into_text(text: bytes) -> Iterator[Member]:
    """Yield the files that an old mailer wrote into the text itself (``begin 644 name``).

    A text with the marks of attachments is a mail that was torn, or returned by a
    server as text: it is one refusal, because somebody must look at it.
    """
    if _LOST_IN_TEXT.search(text):
        yield File("", text, Reason.DAMAGED_MAIL, "an attachment in the text")
        return
    lines = iter(text.splitlines())
    for line in lines:
        if not (start := _UUENCODED.fullmatch(line)):
            continue
        name = decoded(start[1]).strip()
        coded = tuple(takewhile(lambda one: one.strip() != b"end", lines))
        try:
            yield File(name, from_uuencode(coded))
        except binascii.Error as error:
            yield File(name, b"\n".join(coded), Reason.DAMAGED_MAIL, str(error))
