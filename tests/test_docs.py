"""The documents say what the program does: generated ones are current, written ones complete."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.cli.click_in_vietnamese import EXIT_STATUSES
from tdkt_batch.cli.commands import program
from tdkt_batch.wording.shared import FILE_STATES, OUTCOMES, UNIT_STATES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def generate():
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


def test_the_generated_documents_are_current(generate):
    stale = [
        name
        for name, text in generate.documents().items()
        if (DOCS / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: python docs/generate.py"


def test_every_rule_and_statement_stands_in_the_rule_book(campaign):
    book = (DOCS / "can-cu-ra-soat.md").read_text(encoding="utf-8")
    assert [r.id for r in campaign.rules if f"\n### {r.id}. " not in book] == []
    assert [s.id for s in campaign.statements if f"\n| {s.id} |" not in book] == []


def test_every_field_and_column_stands_in_the_field_list(campaign):
    fields = (DOCS / "o-bieu-mau.md").read_text(encoding="utf-8")
    wanted = {f.id for form in campaign.forms for f in form.fields}
    wanted |= {f"{t.id}.{c.id}" for form in campaign.forms for t in form.tables for c in t.columns}
    assert sorted(id_ for id_ in wanted if f"`{id_}`" not in fields) == []


def test_every_command_and_option_stands_in_the_command_reference():
    reference = (DOCS / "lenh.md").read_text(encoding="utf-8")
    for name, command in program.commands.items():
        assert f"\n## {name}\n" in reference
        for param in command.params:
            assert all(option in reference for option in param.opts if option.startswith("-"))


def test_every_command_is_told_to_the_board_and_to_developers():
    for page in ("HUONG-DAN.md", "README.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [c for c in program.commands if f"tdkt-batch {c}" not in text] == [], page


def test_every_exit_status_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [s for s in EXIT_STATUSES if f"| {s} |" not in readme] == []


@pytest.mark.parametrize(
    "words", [FILE_STATES, UNIT_STATES, OUTCOMES, load_campaign().words.severities]
)
def test_every_word_for_a_state_stands_in_the_glossary(words):
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert [k for k, word in words.items() if f"| {word} | `{k}` |" not in glossary] == []


@pytest.mark.parametrize("page", ["README.md", "HUONG-DAN.md", "docs/glossary.md"])
def test_what_a_page_links_to_is_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in t]
    assert [t for t in targets if not (ROOT / page).parent.joinpath(t).exists()] == []
