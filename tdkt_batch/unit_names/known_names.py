"""The names under which a unit of the register is known, as keys for comparing.

Registered name; other spellings and initials; the name without its
kind. Each also with the unit above behind it: “Xã Mường Than – Huyện Than Uyên”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.model import Unit
from tdkt_batch.vietnamese.spelling import spelling_key
from tdkt_batch.wording import unit_names as say


class How(StrEnum):
    """How what was typed led to a unit, from the surest."""

    NAME = "name"
    ALIAS = "alias"
    WITHOUT_KIND = "without_kind"
    WITHOUT_MARKS = "without_marks"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class NameKey:
    """One name of a unit; ``has_parent`` when the unit above stands behind it."""

    key: str
    code: str
    how: How
    has_parent: bool = False


def name_key(text: str) -> str:
    """Return the key of a name as typed: one spelling, no punctuation, lower case.

    >>> name_key("TT.Mường Tè – H. Mường Tè")
    'tt mường tè h mường tè'
    """
    return " ".join(re.sub("[./:;_]", " ", spelling_key(text)).split())


def in_full(key: str) -> str:
    """Return a key with its short forms written out, without the office before the name.

    >>> in_full("ubnd x mường than"), in_full("cty cp chè")
    ('xã mường than', 'công ty cổ phần chè')
    """
    words = re.sub("&", " & ", key).split()
    full = " ".join(say.SHORT_FORMS.get(word, word) for word in words)
    for long, short in say.LONG_FORMS.items():
        full = full.replace(long, short)
    for office in say.OFFICES:
        full = full.removeprefix(office + " ")
    return full


def squashed(key: str) -> str:
    """Return a key without blanks, as initials are compared: ``sở lđ-tb&xh`` → ``sởlđtbxh``."""
    return re.sub("[ &]", "", key)


def keys_of(unit: Unit, parent: Unit | None, aliases: tuple[str, ...]) -> Iterator[NameKey]:
    """Yield every name of the unit, alone and with the unit above behind it."""
    own, kind = list(_registered(unit)), unit.kind.lower()
    for alias in aliases:
        key = in_full(name_key(alias))
        names = [key, *_without_kind(key, kind)]
        if not key.startswith(kind + " "):
            names.insert(1, f"{kind} {key}")
        own += [(name, How.ALIAS) for name in names]
    above = dict.fromkeys(name for name, _ in _registered(parent)) if parent else ()
    for key, how in own:
        yield NameKey(key, unit.code, how)
        yield from (NameKey(f"{key} {upper}", unit.code, how, has_parent=True) for upper in above)


def initials_of(unit: Unit) -> Iterator[str]:
    """Yield the squashed initials of a unit's name, three or more: ``sởgdđt``, ``bhxhtỉnh``.

    “và” has none; a first word that is the unit's kind and a last “tỉnh” stand
    in full, the latter also not at all.
    """
    words = [word for word in in_full(name_key(unit.name)).split() if word not in (say.AND, "-")]
    ends = [""]
    if words and words[-1] == say.PROVINCE:
        words, ends = words[:-1], [say.PROVINCE, ""]
    kind = unit.kind.lower().split()
    start = ""
    if words[: len(kind)] == kind:
        words, start = words[len(kind) :], "".join(kind)
    if len(words) >= 3:
        letters = "".join(word[0] for word in words)
        yield from (start + letters + end for end in ends)


def _registered(unit: Unit) -> Iterator[tuple[str, How]]:
    """Yield the registered name, and the same without the unit's kind."""
    name = in_full(name_key(unit.name))
    yield name, How.NAME
    yield from ((bare, How.WITHOUT_KIND) for bare in _without_kind(name, unit.kind.lower()))


def _without_kind(name: str, kind: str) -> Iterator[str]:
    if name.startswith(kind + " "):
        yield name.removeprefix(kind + " ")
    if name.endswith(f" {say.PROVINCE}"):
        yield name.removesuffix(f" {say.PROVINCE}")
    legal = next((form for form in say.LEGAL_FORMS if name.startswith(form + " ")), None)
    if legal:
        rest = name.removeprefix(legal + " ")
        yield rest
        if legal.startswith(say.COMPANY + " "):
            yield f"{say.COMPANY} {rest}"


def names_as_parent(units: Mapping[str, Unit]) -> Iterator[tuple[str, str]]:
    """Yield name and code of each unit that stands above others, full names first."""
    above = {unit.parent for unit in units.values() if unit.parent}
    found = [(name, code) for code in above & units.keys() for name, _ in _registered(units[code])]
    yield from sorted(found, key=lambda pair: (-len(pair[0]), pair))
