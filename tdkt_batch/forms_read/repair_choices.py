"""Choices as people write them: other marks, other names, a fraction that became a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache

from tdkt_batch.campaign.form import ChoiceList, Field
from tdkt_batch.forms.cell_meaning import Understood, unreadable
from tdkt_batch.model import Raw, Repair
from tdkt_batch.vietnamese.folding import fold_text, squeeze
from tdkt_batch.vietnamese.spelling import spelling_key, unmarked_key

spelling = lru_cache(maxsize=4096)(spelling_key)
"""The keys of a list's values are asked for again with every cell."""
unmarked = lru_cache(maxsize=4096)(unmarked_key)
_LEADING_FRACTION = re.compile(r"(\d{1,2})/(\d{1,2})\b")


def understand_choice(field: Field, raw: Raw) -> Understood:
    """Return the only value of the list that the cell can mean."""
    choices = field.choices
    if choices is None:
        raise TypeError(f"{field.id}: a choice without its list")
    steps: tuple[tuple[str, Callable[[Raw, ChoiceList], Iterable[str]]], ...] = (
        ("SC10", _spelled_otherwise),
        ("SC11", _aliased),
        ("SC12", _without_marks),
        ("SC07", _made_a_date),
        ("SC13", _same_fraction),
    )
    for repair, step in steps:
        found = sorted(set(step(raw, choices)))
        if len(found) == 1:
            return Understood(found[0], repair=Repair(repair))
    options = "; ".join(choices.values[:8]) + ("; …" if len(choices.values) > 8 else "")
    return unreadable(field, raw, "DL06", options=options)


def _spelled_otherwise(raw: Raw, choices: ChoiceList) -> Iterator[str]:
    """Yield the values that differ in composition, punctuation or the tone's place only."""
    if isinstance(raw, str):
        yield from (v for v in choices.values if spelling(v) == spelling(raw))


def _aliased(raw: Raw, choices: ChoiceList) -> Iterator[str]:
    if isinstance(raw, str):
        wanted = spelling(raw)
        yield from (v for alias, v in choices.aliases.items() if spelling(alias) == wanted)


def _without_marks(raw: Raw, choices: ChoiceList) -> Iterator[str]:
    """Yield the values meant by a text typed without any diacritic: ``da to chuc``."""
    if isinstance(raw, str) and raw.replace("\u00a0", " ").isascii():
        yield from (v for v in choices.values if unmarked(v) == unmarked(raw))


def _made_a_date(raw: Raw, choices: ChoiceList) -> Iterator[str]:
    """Yield the value whose leading fraction a spreadsheet made a day of: ``1/2`` → 1 February."""
    if isinstance(raw, date):
        for value, top, bottom in _fractions(choices):
            if (raw.day, raw.month) in ((top, bottom), (bottom, top)):
                yield value


def _same_fraction(raw: Raw, choices: ChoiceList) -> Iterator[str]:
    """Yield the value whose leading fraction is the number typed: ``0,5`` or ``½ ngày``."""
    for value, top, bottom in _fractions(choices):
        if isinstance(raw, str):
            behind = fold_text(value.partition(" ")[2])
            number = squeeze(raw).lower().replace("½", "1/2").replace(",", ".")
            number = re.sub(r"^0(?=\d/)", "", number.removesuffix(behind).strip())
            if number in (f"{top}/{bottom}", str(top / bottom)):
                yield value
        elif isinstance(raw, float) and raw == Fraction(top, bottom):
            yield value


def _fractions(choices: ChoiceList) -> Iterator[tuple[str, int, int]]:
    for value in choices.values:
        match = _LEADING_FRACTION.match(value)
        if match and int(match[2]):
            yield value, int(match[1]), int(match[2])
