"""Programs of the web that save workbooks: exceljs and SheetJS, run by node."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "save_again.js"


@cache
def _is_there() -> bool:
    node = shutil.which("node")
    asked = [str(node), "-e", "require('exceljs'); require('xlsx')"]
    return (
        node is not None and not subprocess.run(asked, check=False, capture_output=True).returncode
    )


def require_javascript() -> None:
    """Skip the test where node has no exceljs and xlsx; fail it in CI, where it must."""
    if _is_there():
        return
    if os.environ.get("CI"):
        pytest.fail("exceljs and xlsx are required in CI: npm install, and NODE_PATH")
    pytest.skip("exceljs and xlsx are not installed; their files were not read")


def save_again(files: Iterable[Path], folder: Path) -> None:
    """Save each file as each program does, as ``name.program.suffix`` in the folder."""
    subprocess.run(
        ["node", str(SCRIPT), str(folder), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=600,
    )
