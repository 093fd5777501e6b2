"""Write down which modules of the package had a function entered in a run of tests.

A plugin of pytest (``-p reach``, with this folder on the path): it puts one statement at the head of
each function as the package is imported, which costs next to nothing, where a measure of lines
makes a run take three times as long. ``REACHED`` in the environment names the file to write to.
"""

from __future__ import annotations

import ast
import builtins
import os
import sys
from importlib.machinery import FileFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

PACKAGE = Path(__file__).parent.parent / "tdkt_batch"

entered: set[str] = set()
builtins.__entered__ = entered.add


class _Marked(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path))
        place = Path(path).relative_to(PACKAGE).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                mark = ast.parse(f"__entered__({place!r})").body[0]
                node.body.insert(1 if ast.get_docstring(node) is not None else 0, mark)
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def _finder(path: str) -> FileFinder:
    if not Path(path).is_relative_to(PACKAGE):
        raise ImportError
    return FileFinder(path, (_Marked, [".py"]))


sys.path_hooks.insert(0, _finder)


def pytest_sessionfinish() -> None:
    """Write the modules, one a line."""
    Path(os.environ["REACHED"]).write_text("\n".join(sorted(entered)), encoding="utf-8")
