"""Who runs the program, on which machine and when: asked here, passed on as arguments."""

from __future__ import annotations

import getpass
import socket
from datetime import datetime

from tdkt_batch.unpack.members import OFFICE_TIME


def now_here() -> datetime:
    """Return the moment by the office's clock, to the second."""
    return datetime.now(OFFICE_TIME).replace(tzinfo=None, microsecond=0)


def operator() -> str:
    """Return who runs the program: ``name@machine``."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such account, as in some containers
        name = "không rõ"
    return f"{name}@{socket.gethostname()}"
