"""The fast tests leave no module of the program out."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tdkt_batch"
LEFT_OUT = {
    "__main__.py": "runs in a process of its own only",
    "demo/run.py": "runs both months of the sample province, two minutes: test_run.py",
    "months/request.py": "its one function does nothing",
}
"""Modules that no fast test can enter, each with its reason."""


@pytest.fixture(scope="module")
def reached(tmp_path_factory):
    """Run the fast tests once; return the lines reached in each module."""
    folder = tmp_path_factory.mktemp("nhanh")
    data, told = folder / "reached", folder / "reached.json"
    coverage = [sys.executable, "-m", "coverage"]
    tests = ["-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider", str(ROOT / "tests")]
    done = subprocess.run(
        [*coverage, "run", f"--data-file={data}", f"--source={PACKAGE}", *tests],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    subprocess.run(
        [*coverage, "json", f"--data-file={data}", "-o", str(told), "-q"], cwd=ROOT, check=True
    )
    files = json.loads(told.read_text(encoding="utf-8"))["files"]
    return {
        (ROOT / name).relative_to(PACKAGE).as_posix(): set(one["executed_lines"])
        for name, one in files.items()
    }


def functions_of(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_every_module_is_entered(reached):
    left_out = [
        name
        for path in sorted(PACKAGE.rglob("*.py"))
        if (name := path.relative_to(PACKAGE).as_posix()) not in LEFT_OUT
        and (functions := functions_of(path))
        and not any(
            reached.get(name, set()) & {line.lineno for line in one.body} for one in functions
        )
    ]
    assert not left_out, left_out
