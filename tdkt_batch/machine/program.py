"""The program itself, told from another edition of it."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from zlib import ZLIB_RUNTIME_VERSION

_LIBRARIES = ("openpyxl", "python-calamine", "xlsxwriter")
"""By what they do readings and returns are what they are."""


@cache
def program_digest() -> str:
    """Return the digest of the program itself: another reader may read otherwise."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def edition() -> str:
    """Return what two machines must have alike to read and write the same bytes."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    system = f"{sys.platform}, Python {sys.version_info[0]}.{sys.version_info[1]}"
    return ", ".join((program_digest(), system, f"zlib {ZLIB_RUNTIME_VERSION}", *libraries))
