"""Signed mails whose text lies inside the signature (smime.p7m) → what is in them.

The signature itself is not judged: who sent a form is the mail's word, here as
with any other mail.
"""

from __future__ import annotations

import base64
import re
import zlib

from asn1crypto.cms import ContentInfo

from tdkt_batch.unpack.first_bytes import ARMOUR
from tdkt_batch.unpack.mail import entity_members
from tdkt_batch.unpack.mail_marks import is_entity
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    NoContainer,
    Opened,
    Reason,
)

_LOCKED = ("enveloped_data", "encrypted_data", "authenticated_enveloped_data")
_SUFFIX = re.compile(r"\.p7[ms]$", re.IGNORECASE)


def open_envelope(name: str, content: bytes, levels: int, allowance: Allowance) -> Opened:
    """Return the files in a signed envelope.

    Raises ``CannotOpen`` for a locked one, ``NoContainer`` for a signature that
    was sent apart from what it signs.
    """
    info = ContentInfo.load(_without_armour(content))
    kind = info["content_type"].native
    if kind in _LOCKED:
        raise CannotOpen(Reason.ENCRYPTED_MAIL, kind)
    inner = _inner(info, kind, allowance)
    if is_entity(inner):
        return Opened("smime", entity_members(inner, levels))
    return Opened("smime", (File(_SUFFIX.sub("", name), inner),))


def _inner(info: ContentInfo, kind: str, allowance: Allowance) -> bytes:
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
    return inner


def _without_armour(content: bytes) -> bytes:
    if not ARMOUR.match(content):
        return content
    body = content.partition(b"-----BEGIN")[2].partition(b"-----")[2].partition(b"-----END")[0]
    return base64.b64decode(body)
