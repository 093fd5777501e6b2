"""Names and subjects that senders gave, cleaned for showing."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 200
_PATH_MARKS = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"^[A-Za-z]:$")
_HIDDEN = ("Cc", "Cf", "Co", "Cn")
"""Categories of controls and format marks: directions, zero width, what is not assigned."""


def shown_path(name: str) -> str:
    r"""Return a name with its folders, fit to be shown; it leads nowhere.

    >>> shown_path("C:\\..\\Xã A\\Mẫu\u202e 01.xlsx\x00")
    'Xã A/Mẫu 01.xlsx'
    """
    parts = (shown_text(part) for part in _PATH_MARKS.split(name))
    return "/".join(p for p in parts if p not in ("", ".", "..") and not _DRIVE.match(p))


def shown_text(text: str) -> str:
    """Return a subject or a part of a name on one line, without marks that reorder it.

    >>> shown_text("Báo cáo\u202e tháng 3/2015")
    'Báo cáo tháng 3/2015'
    """
    kinds = ((unicodedata.category(c), c) for c in re.sub(r"\s+", " ", text))
    visible = "".join("�" if kind == "Cs" else c for kind, c in kinds if kind not in _HIDDEN)
    return unicodedata.normalize("NFC", visible).strip()[:_LONGEST]
