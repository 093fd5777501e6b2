"""Names that senders gave: decoded, cleaned for showing, made alike for comparing.

A sender's name is data. Nothing is ever written to disk under it.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_SHOWN = 200

_SYSTEM_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db"})
_PATH_MARKS = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"^[A-Za-z]:$")


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


def shown(name: str) -> str:
    r"""Return the last part of a name, fit to be shown: one line, no marks that reorder it.

    >>> shown("..\\..\\etc/Mẫu\u202e 01\x00.xlsx")
    'Mẫu 01.xlsx'
    """
    parts = _parts(name)
    return parts[-1] if parts else ""


def shown_path(name: str) -> str:
    r"""Return a name with its folders, fit to be shown; it leads nowhere.

    >>> shown_path("C:\\..\\Xã A\\Mẫu 01.xlsx")
    'Xã A/Mẫu 01.xlsx'
    """
    return "/".join(_parts(name))


def shown_text(text: str) -> str:
    """Return a subject or another line of a sender's, fit to be shown.

    >>> shown_text("Báo cáo\u202e tháng 3/2015")
    'Báo cáo tháng 3/2015'
    """
    return _cleaned(text)


def compared(name: str) -> str:
    """Return the form in which two names are compared: NFC, lower case, single blanks.

    >>> compared("MẪU  01.XLSX") == compared(unicodedata.normalize("NFD", "mẫu 01.xlsx"))
    True
    """
    return unicodedata.normalize("NFC", shown(name).casefold())


def is_lock_file(name: str) -> bool:
    """Tell whether an office program or macOS made the file for itself (``~$…``, ``._…``).

    >>> is_lock_file("Xã A/~$Mẫu 01.xlsx"), is_lock_file("__MACOSX/._Mẫu 01.xlsx")
    (True, True)
    """
    return shown(name).startswith(("~$", "._", ".~lock."))


def is_system_file(name: str) -> bool:
    """Tell whether a file manager left the file in a folder (``Thumbs.db``)."""
    return shown(name).lower() in _SYSTEM_NAMES


def _parts(name: str) -> tuple[str, ...]:
    cleaned = (_cleaned(part) for part in _PATH_MARKS.split(name))
    return tuple(p for p in cleaned if p not in ("", ".", "..") and not _DRIVE.match(p))


def _cleaned(part: str) -> str:
    """Return a part of a name without what is not seen or turns the reading order."""
    spaced = re.sub(r"\s+", " ", part)
    visible = "".join("�" if _is_half(c) else c for c in spaced if not _is_hidden(c))
    return unicodedata.normalize("NFC", visible).strip()[:LONGEST_SHOWN]


def _is_hidden(character: str) -> bool:
    """Tell whether a character is a control or a format mark (directions, zero width)."""
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn")


def _is_half(character: str) -> bool:
    return unicodedata.category(character) == "Cs"
