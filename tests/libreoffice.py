"""LibreOffice without a window, with a profile that always recalculates what it loads."""

from __future__ import annotations

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def require_libreoffice() -> None:
    """Skip the test where LibreOffice is not installed; fail it in CI, where it must be."""
    if shutil.which("soffice"):
        return
    if os.environ.get("CI"):
        pytest.fail("LibreOffice (soffice) is required in CI: install libreoffice-calc")
    pytest.skip("LibreOffice (soffice) is not installed; form and batch were not compared")


def convert(files: list[Path], folder: Path, suffix: str = "xlsx") -> list[Path]:
    """Return the files as LibreOffice saves them, every formula calculated anew.

    Many files are shared out to two processes, each with a profile of its own.
    """
    halves = [files[::2], files[1::2]] if len(files) > 20 else [files]
    with ThreadPoolExecutor(len(halves)) as pool:
        parts = [
            pool.submit(_convert, half, folder, f"profile-{number}", suffix)
            for number, half in enumerate(halves)
        ]
        for part in parts:
            part.result()
    return [folder / "out" / file.with_suffix(f".{suffix}").name for file in files]


def _convert(files: list[Path], folder: Path, name: str, suffix: str) -> None:
    profile = folder / name
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            suffix,
            "--outdir",
            str(folder / "out"),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
