"""The fast tests leave no module of the program out."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

from reach import PACKAGE

TESTS = Path(__file__).parent
LEFT_OUT = {
    "demo/run.py": "runs both months of the sample province, two minutes: test_run.py",
    "machine/serve.py": "is a worker process: test_workers.py",
    "machine/on_cluster.py": "runs in a cluster's workers: test_cluster.py",
}
"""Modules that no fast test can enter, each with its reason."""


def entered_by_the_fast_tests(folder):
    told = folder / "reached.txt"
    plugins = ("-p", "reach", "-p", "no:cacheprovider")
    path = os.pathsep.join((str(TESTS), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not slow", *plugins, str(TESTS)],
        cwd=TESTS.parent,
        env=os.environ | {"PYTHONPATH": path, "REACHED": str(told)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return set(told.read_text(encoding="utf-8").split("\n"))


def has_a_function(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))


def test_every_module_with_a_function_is_entered(tmp_path):
    there = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if has_a_function(path)
    }
    left_out = there - entered_by_the_fast_tests(tmp_path)
    assert left_out == set(LEFT_OUT), sorted(left_out ^ set(LEFT_OUT))
