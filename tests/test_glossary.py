"""The glossary knows every noun that a newcomer meets: rooms, and the values that go between them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tdkt_batch"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
KNOWN = set(re.findall(r"`([^`]+)`", GLOSSARY))


def rooms() -> list[str]:
    return sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))


def nouns() -> list[str]:
    """Return the public classes of the innermost values, and those that two rooms or more use."""
    defined: dict[str, str] = {}
    used: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                defined[node.name] = room
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tdkt_batch"):
                for name in node.names:
                    used.setdefault(name.name, set()).add(room)
    innermost = ("model.py", "report.py", "values.py")
    return sorted(
        name
        for name, room in defined.items()
        if room in innermost or len(used.get(name, set()) - {room}) >= 2
    )


@pytest.mark.parametrize("room", rooms())
def test_the_glossary_names_every_room(room):
    assert f"{room}/" in KNOWN


@pytest.mark.parametrize("noun", nouns())
def test_the_glossary_knows_the_noun(noun):
    assert noun in KNOWN


def test_a_class_name_means_one_thing():
    seen: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                seen.setdefault(node.name, []).append(path.relative_to(PACKAGE).as_posix())
    assert {name: where for name, where in seen.items() if len(where) > 1} == {}
