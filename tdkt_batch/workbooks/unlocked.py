"""Workbooks that Excel locks with its own default password, and opens without asking.

Excel does so for workbooks whose structure or sheets are protected. The
password is the same everywhere, so such a file is nobody's secret.
"""

from __future__ import annotations

import io
import struct
from typing import Any

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, EncryptionError, FileFormatError, ParseError

_DEFAULT_PASSWORD = "VelvetSweatshop"
_NOT_OPENED = (
    DecryptionError,
    EncryptionError,
    FileFormatError,
    ParseError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    struct.error,
)


def unlocked(content: bytes) -> bytes | None:
    """Return the workbook without its lock; None when it has a password of its own."""
    target = io.BytesIO()
    try:
        locked: Any = msoffcrypto.OfficeFile(io.BytesIO(content))
        locked.load_key(password=_DEFAULT_PASSWORD)
        locked.decrypt(target)
    except _NOT_OPENED:
        return None
    return target.getvalue()
