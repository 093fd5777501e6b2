"""Names that senders gave, decoded.

A sender's name is data. Nothing is ever written to disk under it.
"""

from __future__ import annotations

import unicodedata


def decoded(raw: bytes, *others: str) -> str:
    """Return bytes of an unknown or misnamed encoding as text in NFC.

    UTF-8 is tried first (no other text passes for it), then ``others``, then
    Windows' Vietnamese page, at last one that takes every byte.

    >>> decoded("Mẫu 01.xlsx".encode())
    'Mẫu 01.xlsx'
    >>> decoded(unicodedata.normalize("NFD", "Báo cáo").encode("cp1258"))
    'Báo cáo'
    """
    for encoding in ("utf-8", *others, "cp1258", "cp437"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")
