"""First bytes by which intake tells containers, pictures and other binary files apart."""

from __future__ import annotations

import re

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TNEF_START = b"\x78\x9f\x3e\x22"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_PKCS7 = rb"\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x01-\x06]"
_SMIME = rb"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01[\x09\x17]"
_ENVELOPE = re.compile(
    rb"\x30(?:[\x80-\x84][\x00-\xff]{0,4}?|[\x00-\x7f])\x06"
    rb"(?:\x09" + _PKCS7 + rb"|\x0b" + _SMIME + rb")"
)
ARMOUR = re.compile(rb"\s*-----BEGIN (?:PKCS ?#?7|CMS|PKCS7 SIGNED DATA|SIGNED MESSAGE)-----")
_CARRIERS = (*ZIP_STARTS, OLE_START, TNEF_START, b"%PDF", b"Rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b")


def is_picture(content: bytes) -> bool:
    """Tell whether the bytes begin as a picture does (some have their mark a little further in)."""
    is_bitmap = content.startswith(b"BM") and content[6:10] == bytes(4)
    is_modern = content[8:12] == b"WEBP" or content[4:8] == b"ftyp"
    return is_bitmap or is_modern or content.startswith(_PICTURES)


def may_carry_figures(content: bytes) -> bool:
    """Tell whether the bytes begin as a workbook, a document or an archive, whatever the label."""
    return content.startswith(_CARRIERS)


def is_envelope(content: bytes) -> bool:
    """Tell whether the bytes are a cryptographic envelope, signed or locked."""
    return bool(_ENVELOPE.match(content) or ARMOUR.match(content))
