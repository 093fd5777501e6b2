"""The rule book in words: every requirement is found, no formula and no place is left in it."""

from __future__ import annotations

import re

import pytest

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.rules.rulebook import entries_named, labelled, rule_book
from tdkt_batch.wording.rules import TREATMENTS


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def book(campaign):
    return rule_book(campaign)


def ids(entries):
    return [entry.id for entry in entries]


def test_rules_stand_in_the_campaigns_order_and_statements_after_them(book, campaign):
    assert ids(book) == [r.id for r in campaign.rules] + [s.id for s in campaign.statements]


def test_an_entry_is_found_by_its_id_whatever_the_case(book):
    assert ids(entries_named(book, "a4")) == ["A4"]


def test_a_requirement_without_a_rule_of_its_own_leads_to_those_that_cover_it(book):
    assert "A5" in ids(entries_named(book, "A6"))
    assert "N1" in ids(entries_named(book, "a1"))


def test_what_nobody_knows_is_not_found(book):
    assert entries_named(book, "Z9") == ()


def test_every_rule_says_in_words_when_and_what_it_asks(book):
    for entry in book:
        if entry.scope:
            assert entry.check, entry.id
            assert entry.condition or set(entry.stages), entry.id
            assert entry.cases, entry.id
            assert entry.clause, entry.id


def test_no_field_id_and_no_place_is_left_in_the_words(book, campaign):
    names = {name for form in campaign.forms for name in form.names.scalars if "_" in name}
    for entry in book:
        text = " ".join(part for _, part in labelled(entry, campaign))
        assert not re.search(r"\{\w+\}", text), entry.id
        assert not [name for name in names if re.search(rf"\b{name}\b", text)], entry.id


def test_a_statement_says_what_becomes_of_it(book):
    statements = [entry for entry in book if not entry.scope]
    assert statements
    assert [e.id for e in statements if e.treatment_code not in TREATMENTS] == []


def test_a_rule_of_the_board_is_never_said_to_be_the_guidances(book, campaign):
    for entry in (e for e in book if e.is_ours):
        lines = dict(labelled(entry, campaign))
        assert lines["Căn cứ"] == "quy định của Ban"
        assert lines["Ghi chú của Ban"]
