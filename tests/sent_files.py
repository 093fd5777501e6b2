"""Files laid into a folder as an officer saves what was sent: with the hour at which it came."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from tdkt_batch.model import OFFICE_TIME


def put(path: Path, content: bytes = b"x", moment: datetime = datetime(2015, 3, 18, 10)) -> Path:
    """Write a file that came at ``moment`` by the office's clock, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    seconds = moment.replace(tzinfo=OFFICE_TIME).timestamp()
    os.utime(path, (seconds, seconds))
    return path
