"""Which unit a typed name means: the one it fits, or all that it may mean; never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tdkt_batch.model import Unit
from tdkt_batch.unit_names.known_names import (
    How,
    NameKey,
    in_full,
    initials_of,
    keys_of,
    name_key,
    names_as_parent,
    squashed,
)
from tdkt_batch.vietnamese.labels import letters_wrong
from tdkt_batch.vietnamese.spelling import without_marks

MARGIN = 2
"""How many more letters any other unit must differ by, for the nearest to be clear."""


@dataclass(frozen=True, slots=True)
class Match:
    """The unit that was meant and how it was found; ``candidates`` are all that were possible.

    There are several candidates when a hint chose among them.
    """

    unit: Unit
    how: How
    candidates: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Units that the name may mean, in the register's order.

    A single one stands here when a unit above was typed that is not its own.
    """

    candidates: tuple[Unit, ...]


_Hits = Mapping[str, How]
"""Codes of units, and how the name fits each."""


class UnitNames:
    """The names of a register's units, ready to be looked up.

    ``aliases`` are other spellings by code. ``province`` (“tỉnh Lai Châu”) may
    stand behind any name.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        aliases: Mapping[str, tuple[str, ...]] | None = None,
        province: str = "",
    ) -> None:
        self._units = {unit.code: unit for unit in units}
        self._province = name_key(province)
        keys = [
            key
            for unit in self._units.values()
            for key in keys_of(
                unit, self._units.get(unit.parent or ""), (aliases or {}).get(unit.code, ())
            )
        ]
        self._by_key = _grouped((key.key, key) for key in keys)
        self._by_unmarked = _grouped((without_marks(key.key), key) for key in keys)
        self._by_initials = _grouped(
            (initials, NameKey(initials, unit.code, How.ALIAS))
            for unit in self._units.values()
            for initials in initials_of(unit)
        )
        self._by_code = {name_key(code): unit for code, unit in self._units.items()}
        self._above = tuple(names_as_parent(self._units))

    def find(
        self, text: str, *, level: str | None = None, parent: str | None = None
    ) -> Match | Ambiguous | None:
        """Return the unit that ``text`` names, all units it may name, or None.

        In order: the registered name or code; an alias, a short form or initials;
        the name without its kind; the same with marks lost; the nearest, when no
        other unit differs by less than ``MARGIN`` letters more. A name typed
        without any mark may have lost them, so all units count that share it.
        ``level`` and ``parent`` (a code) choose among several, and never against
        what was typed.
        """
        key = name_key(text)
        if not key:
            return None
        if key in self._by_code:
            return Match(self._by_code[key], How.NAME, (self._by_code[key],))
        variants = list(dict.fromkeys(self._variants(key)))
        hits = self._fitting(variants)
        # the code of the unit above that stands last, and what stands before it
        split = (
            (code, variant[: -len(name) - 1].strip())
            for variant in variants
            for name, code in self._above
            if without_marks(variant).endswith(" " + without_marks(name))
        )
        upper, head = ("", "") if hits else next(split, ("", ""))
        if upper:
            if elsewhere := self._fitting([head]):
                return Ambiguous(self._in_order(elsewhere))
            hits = self._nearest(
                [head, *variants],
                lambda key: upper in (key.code, self._units[key.code].parent),
            ) or self._nearest(variants, lambda key: not key.has_parent)
        elif not hits:
            hits = self._nearest(variants, lambda _: True)
        candidates = chosen = self._in_order(hits)
        for attribute, wanted in (("level", level), ("parent", parent)):
            if wanted is not None:
                allowed = (unit for unit in chosen if getattr(unit, attribute) == wanted)
                chosen = tuple(allowed) or chosen
        if len(chosen) == 1:
            return Match(chosen[0], hits[chosen[0].code], candidates)
        return Ambiguous(candidates) if candidates else None

    def _in_order(self, codes: Collection[str]) -> tuple[Unit, ...]:
        return tuple(unit for code, unit in self._units.items() if code in codes)

    def _variants(self, key: str) -> Iterator[str]:
        """Yield what was typed, with short forms written out, and without the province."""
        kind, _, name = self._province.partition(" ")
        for variant in (key, in_full(key)):
            yield variant
            for province in (self._province, without_marks(self._province)):
                if province and variant.endswith(" " + province):
                    rest = variant.removesuffix(" " + province)
                    yield from (f"{rest} {kind}", rest)
            for short in (name, without_marks(name)):
                if short and variant.endswith(" " + short):
                    yield variant.removesuffix(" " + short)

    def _fitting(self, variants: Sequence[str]) -> _Hits:
        """Return the units that one of the variants names, in the surest way found.

        What was typed, the first of them, may have no mark at all: then all that it
        is when marks are left out counts too.
        """
        exact = _surest(k for variant in variants for k in self._by_key.get(variant, ()))
        if not exact:
            typed = {squashed(variant) for variant in variants}
            exact = _surest(k for one in sorted(typed) for k in self._by_initials.get(one, ()))
        if exact and not variants[0].isascii():
            return exact
        unmarked = _surest(
            key
            for variant in variants
            for key in self._by_unmarked.get(without_marks(variant), ())
            if _has_lost_marks(variant, key.key)
        )
        if set(exact) >= set(unmarked):
            return exact
        return {code: exact.get(code, How.WITHOUT_MARKS) for code in {*exact, *unmarked}}

    def _nearest(self, variants: Iterable[str], counts: Callable[[NameKey], bool]) -> _Hits:
        """Return the units nearest to a variant, with all whose distance is within the margin.

        Only the names that ``counts`` allows. Marks do not count; numbers in a name
        must agree, they are no misspelling.
        """
        distances: dict[str, int] = {}
        is_near = False
        for plain in dict.fromkeys(without_marks(variant) for variant in variants):
            limit = 0 if len(plain) < 5 else 1 if len(plain) < 12 else 2
            for other, keys in self._by_unmarked.items():
                away = letters_wrong(plain, other, limit + MARGIN)
                if away is None:
                    continue
                for key in filter(counts, keys):
                    distances[key.code] = min(away, distances.get(key.code, away))
                    is_near = is_near or away <= limit
        if not is_near:
            return {}
        best = min(distances.values())
        return {c: How.NEAREST for c, away in distances.items() if away < best + MARGIN}


def _grouped(pairs: Iterable[tuple[str, NameKey]]) -> Mapping[str, list[NameKey]]:
    found: dict[str, list[NameKey]] = {}
    for key, name in pairs:
        found.setdefault(key, []).append(name)
    return found


def _surest(keys: Iterable[NameKey]) -> _Hits:
    """Return the units of the keys; a full name goes before all others.

    An alias and a name without its kind are alike: both are what people say.
    """
    hows: dict[str, How] = {}
    order = list(How)
    for key in keys:
        hows[key.code] = min(hows.get(key.code, key.how), key.how, key=order.index)
    return {code: how for code, how in hows.items() if how is How.NAME} or hows


def _has_lost_marks(typed: str, full: str) -> bool:
    """Tell whether each letter has the full one's marks or fewer.

    >>> _has_lost_marks("mương te", "mường tè"), _has_lost_marks("tả mít", "tà mít")
    (True, False)
    """
    letters, full_letters = (
        # each with its marks behind it, đ as a marked d
        re.findall(
            "[^\u0300-\u036f][\u0300-\u036f]*",
            unicodedata.normalize("NFD", text.replace("đ", "d\u0335")),
        )
        for text in (typed, full)
    )
    return all(set(one) <= set(other) for one, other in zip(letters, full_letters, strict=False))
