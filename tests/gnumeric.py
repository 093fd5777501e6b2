"""Gnumeric without a window."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def require_gnumeric() -> None:
    """Skip the test where Gnumeric is not installed; fail it in CI, where it must be."""
    if shutil.which("ssconvert"):
        return
    if os.environ.get("CI"):
        pytest.fail("Gnumeric (ssconvert) is required in CI: install gnumeric")
    pytest.skip("Gnumeric (ssconvert) is not installed; its files were not read")


def convert(file: Path, exporter: str, target: Path) -> bytes:
    """Return the file as Gnumeric saves it by one of its exporters."""
    subprocess.run(
        ["ssconvert", "-T", exporter, str(file), str(target)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return target.read_bytes()
