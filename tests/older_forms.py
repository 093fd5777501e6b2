"""Forms of before days were texts: what a PC's settings made of their days is judged together."""

from __future__ import annotations

import io
import zipfile

from tdkt_batch.forms.layout import DAYS_AS_TEXT


def with_real_days(content: bytes) -> bytes:
    """Return the form as one whose hidden identity does not say that its days are texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(DAYS_AS_TEXT.encode(), b""))
    return out.getvalue()
