"""The program's Vietnamese stands in ``wording``, each sentence once; what stands elsewhere falls."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tdkt_batch.campaign.load import load_campaign

PACKAGE = Path(__file__).parent.parent / "tdkt_batch"
VIETNAMESE = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
"""A letter that no other language of this program has."""

ELSEWHERE = {"campaign": 1, "demo": 409, "sheets": 2, "vietnamese": 67}
"""How many texts stand outside ``wording`` by room, at most; lower a number once it is too high.

In ``demo`` they are what invented units typed, in ``vietnamese`` letters and syllables, in the
others letters that a pattern looks for: data, not the program's words.
"""
OTHER_MEANING = {"ban"}
"""A kind of unit whose word is also a part of others (“ban hành”)."""
OF_NAMES = ("wording/unit_names.py", "wording/forms_read.py")
"""Modules of words that names of units and people anywhere in the country are written with."""
STANDING_TWICE = 9
"""How many texts stand in two modules or more, at most."""


def texts_of(path: Path) -> Iterator[str]:
    """Yield the Vietnamese texts of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for parent in ast.walk(tree)
        if isinstance(parent, ast.Module | ast.ClassDef | ast.FunctionDef)
        for node in parent.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_text = len(node.value.strip()) > 1 and VIETNAMESE.search(node.value)
            if is_text and id(node) not in docstrings:
                yield node.value


@cache
def texts_by_module() -> dict[str, list[str]]:
    return {
        path.relative_to(PACKAGE).as_posix(): list(texts_of(path))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def room_of(module: str) -> str:
    return module.partition("/")[0]


def texts_by_room() -> Counter[str]:
    counts = Counter[str]()
    for module, texts in texts_by_module().items():
        counts[room_of(module)] += len(texts)
    return counts


@pytest.mark.parametrize("room", sorted({*texts_by_room()} - {"wording"}))
def test_texts_outside_wording_only_become_fewer(room):
    count, most = texts_by_room()[room], ELSEWHERE.get(room, 0)
    assert count <= most, f"{room}: write new sentences into wording/{room}.py"
    assert count == most, f"{room}: lower ELSEWHERE to {count}, so that it stays so"


def test_texts_in_two_modules_only_become_fewer():
    modules: dict[str, set[str]] = {}
    for module, texts in texts_by_module().items():
        if room_of(module) != "demo":
            for text in texts:
                modules.setdefault(text, set()).add(module)
    twice = {text: sorted(where) for text, where in modules.items() if len(where) > 1}
    assert len(twice) <= STANDING_TWICE, twice
    assert len(twice) == STANDING_TWICE, f"lower STANDING_TWICE to {len(twice)}"


def test_no_sentence_names_the_units_of_one_guidance():
    """Nor what they hold: both are the campaign's own words (``campaign.words``)."""
    campaign = load_campaign()
    kinds = {kind for level in campaign.levels for kind in level.unit_kinds}
    words = campaign.words
    superiors = {*words.upper_units.split(", "), *words.superiors.split(", ")}
    own = {*kinds, *superiors, words.event, words.event.lower()} - OTHER_MEANING
    named = re.compile(rf"\b({'|'.join(sorted(own, key=len, reverse=True))})\b")
    said = {
        (module, text)
        for module, texts in texts_by_module().items()
        if room_of(module) == "wording" and module not in OF_NAMES
        for text in texts
        if named.search(text)
    }
    assert said == set()


def test_there_is_no_sentence_that_nobody_says():
    said, defined = set(), {}
    for path in (*sorted(PACKAGE.rglob("*.py")), PACKAGE.parent / "docs" / "generate.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(attr=name) | ast.Name(id=name, ctx=ast.Load()):
                    said.add(name)
                case ast.ImportFrom(names=names):
                    said.update(one.name for one in names)
                case ast.Name(id=name, ctx=ast.Store()) if path.parent.name == "wording":
                    defined[name] = path.stem
    assert {name: module for name, module in defined.items() if name not in said} == {}


def test_wording_is_words_alone():
    """No function but plain choosing, no import but the enums that name what is said."""
    for path in sorted((PACKAGE / "wording").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                is_words = (node.module or "").startswith("tdkt_batch.wording")
                nouns = ("tdkt_batch.model", "tdkt_batch.report", "tdkt_batch.values")
                allowed = ("__future__", "collections.abc", *nouns)
                assert is_words or node.module in allowed, f"{path.name}: {node.module}"


def test_every_wording_module_is_named_after_a_room():
    rooms = {path.stem for path in PACKAGE.iterdir()}
    # what help pages say stands apart from what commands say, so that --help loads no noun
    apart = {"__init__", "shared", "commands"}
    names = {path.stem for path in (PACKAGE / "wording").glob("*.py")} - apart
    assert names <= rooms
