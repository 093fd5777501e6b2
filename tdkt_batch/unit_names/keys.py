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


_SHORT_FORMS = {
    "x": "xã", "p": "phường", "tt": "thị trấn", "h": "huyện", "tp": "thành phố", "tx": "thị xã",
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "hdnd": "hội đồng nhân dân",
    "vp": "văn phòng", "cty": "công ty", "cp": "cổ phần", "mtv": "một thành viên",
    "dntn": "doanh nghiệp tư nhân", "thpt": "trung học phổ thông", "thcs": "trung học cơ sở",
    "kkt": "khu kinh tế", "lhpn": "liên hiệp phụ nữ",
    "mttq": "mặt trận tổ quốc", "ccb": "cựu chiến binh", "&": "và",
}  # fmt: skip
"""What offices shorten in the name of any unit."""
_LONG_FORMS = {"trách nhiệm hữu hạn": "tnhh", "uỷ": "ủy"}
_LEGAL_FORMS = (
    "công ty tnhh một thành viên", "công ty cổ phần", "công ty tnhh", "doanh nghiệp tư nhân",
    "công ty",
)  # fmt: skip
_OFFICES = ("ủy ban nhân dân", "uy ban nhan dan", "đơn vị", "don vi")
"""What communes and districts write before their name."""


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
    full = " ".join(_SHORT_FORMS.get(word, word) for word in words)
    for long, short in _LONG_FORMS.items():
        full = full.replace(long, short)
    for office in _OFFICES:
        full = full.removeprefix(office + " ")
    return full


def squashed(key: str) -> str:
    """Return a key without blanks, as initials are compared: ``sở lđ-tb&xh`` → ``sởlđtbxh``."""
    return re.sub("[ &]", "", key)


def keys_of(unit: Unit, parent: Unit | None, aliases: tuple[str, ...]) -> Iterator[NameKey]:
    """Yield every name of the unit, alone and with the unit above behind it."""
    above = tuple(dict.fromkeys(_names_of_parent(parent))) if parent else ()
    for key, how in _own_keys(unit, aliases):
        yield NameKey(key, unit.code, how)
        yield from (NameKey(f"{key} {upper}", unit.code, how, has_parent=True) for upper in above)


def initials_of(unit: Unit) -> Iterator[str]:
    """Yield the squashed initials of a unit's name, three or more: ``sởgdđt``, ``bhxhtỉnh``.

    “và” has none; a first word that is the unit's kind and a last “tỉnh” stand
    in full, the latter also not at all.
    """
    words = [word for word in in_full(name_key(unit.name)).split() if word not in ("và", "-")]
    ends = [""]
    if words and words[-1] == "tỉnh":
        words, ends = words[:-1], ["tỉnh", ""]
    kind = unit.kind.lower().split()
    starts = [""]
    if words[: len(kind)] == kind:
        words, starts = words[len(kind) :], ["".join(kind)]
    if len(words) >= 3:
        letters = "".join(word[0] for word in words)
        yield from (start + letters + end for start in starts for end in ends)


def _own_keys(unit: Unit, aliases: tuple[str, ...]) -> Iterator[tuple[str, How]]:
    name, kind = in_full(name_key(unit.name)), unit.kind.lower()
    yield name, How.NAME
    yield from ((bare, How.WITHOUT_KIND) for bare in _without_kind(name, kind))
    for alias in aliases:
        key = in_full(name_key(alias))
        yield key, How.ALIAS
        if not key.startswith(kind + " "):
            yield f"{kind} {key}", How.ALIAS
        yield from ((bare, How.ALIAS) for bare in _without_kind(key, kind))


def _without_kind(name: str, kind: str) -> Iterator[str]:
    if name.startswith(kind + " "):
        yield name.removeprefix(kind + " ")
    if name.endswith(" tỉnh"):
        yield name.removesuffix(" tỉnh")
    legal = next((form for form in _LEGAL_FORMS if name.startswith(form + " ")), None)
    if legal:
        rest = name.removeprefix(legal + " ")
        yield rest
        if legal.startswith("công ty "):
            yield f"công ty {rest}"


def _names_of_parent(parent: Unit) -> Iterator[str]:
    name = in_full(name_key(parent.name))
    yield name
    yield from _without_kind(name, parent.kind.lower())


def names_as_parent(units: Mapping[str, Unit]) -> Iterator[tuple[str, str]]:
    """Yield name and code of each unit that stands above others, full names first."""
    above = {unit.parent for unit in units.values() if unit.parent}
    found = [
        (name, code) for code in above & units.keys() for name in _names_of_parent(units[code])
    ]
    yield from sorted(found, key=lambda pair: (-len(pair[0]), pair))
