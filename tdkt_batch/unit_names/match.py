"""Which unit a typed name means: the one it fits, or all that it may mean; never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from tdkt_batch.model import Unit
from tdkt_batch.unit_names.keys import (
    How,
    NameKey,
    in_full,
    initials_of,
    keys_of,
    name_key,
    names_as_parent,
    squashed,
)
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
        self._keys = tuple(self._all_keys(aliases or {}))
        self._by_key = _grouped((key.key, key) for key in self._keys)
        self._by_unmarked = _grouped((without_marks(key.key), key) for key in self._keys)
        self._by_initials = _grouped(
            (initials, NameKey(initials, unit.code, How.ALIAS))
            for unit in self._units.values()
            for initials in initials_of(unit)
        )
        self._by_code = {name_key(code): unit for code, unit in self._units.items()}
        self._above = tuple(names_as_parent(self._units))

    def _all_keys(self, aliases: Mapping[str, tuple[str, ...]]) -> Iterator[NameKey]:
        for unit in self._units.values():
            parent = self._units.get(unit.parent or "")
            yield from keys_of(unit, parent, aliases.get(unit.code, ()))

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
        variants = tuple(dict.fromkeys(self._variants(key)))
        hits = self._fitting(variants)
        if hits:
            return self._settled(hits, level, parent)
        split = self._split(variants)
        if split is None:
            return self._settled(self._nearest(variants, lambda _: True), level, parent)
        upper, head = split
        elsewhere = self._fitting((head,))
        if elsewhere:
            return Ambiguous(self._in_order(elsewhere))
        near = self._nearest((head, *variants), lambda key: self._parent_of(key) == upper)
        near = near or self._nearest(variants, lambda key: not key.has_parent)
        return self._settled(near, level, parent)

    def _parent_of(self, key: NameKey) -> str | None:
        return self._units[key.code].parent

    # --- what fits -----------------------------------------------------------------------

    def _variants(self, key: str) -> Iterator[str]:
        """Yield what was typed, with short forms written out, and without the province."""
        for variant in (key, in_full(key)):
            yield variant
            yield from self._without_province(variant)

    def _without_province(self, key: str) -> Iterator[str]:
        kind, _, name = self._province.partition(" ")
        for province in (self._province, without_marks(self._province)):
            if province and key.endswith(" " + province):
                rest = key.removesuffix(" " + province)
                yield f"{rest} {kind}"
                yield rest
        for short in (name, without_marks(name)):
            if short and key.endswith(" " + short):
                yield key.removesuffix(" " + short)

    def _fitting(self, variants: Collection[str]) -> _Hits:
        """Return the units that one of the variants names, in the surest way found."""
        exact = _surest(k for variant in variants for k in self._by_key.get(variant, ()))
        if not exact:
            typed = {squashed(variant) for variant in variants}
            exact = _surest(k for one in sorted(typed) for k in self._by_initials.get(one, ()))
        if exact and not _are_plain(variants):
            return exact
        unmarked = _surest(self._with_marks_lost(variants))
        if set(exact) >= set(unmarked):
            return exact
        return {code: exact.get(code, How.WITHOUT_MARKS) for code in {*exact, *unmarked}}

    def _with_marks_lost(self, variants: Collection[str]) -> Iterator[NameKey]:
        """Yield the names that a variant is when all or some of their marks are left out."""
        for variant in variants:
            same = self._by_unmarked.get(without_marks(variant), ())
            yield from (key for key in same if _has_lost_marks(variant, key.key))

    # --- the unit above ---------------------------------------------------------------------

    def _split(self, variants: Iterable[str]) -> tuple[str, str] | None:
        """Return the code of the unit above that stands last, and what stands before it."""
        for variant in variants:
            plain = without_marks(variant)
            for name, code in self._above:
                if plain.endswith(" " + without_marks(name)):
                    return code, variant[: -len(name) - 1].strip()
        return None

    # --- the nearest ------------------------------------------------------------------------

    def _nearest(self, variants: Iterable[str], counts: Callable[[NameKey], bool]) -> _Hits:
        """Return the units nearest to a variant, with all whose distance is within the margin.

        Only the names that ``counts`` allows. Marks do not count; numbers in a name
        must agree, they are no misspelling.
        """
        distances: dict[str, int] = {}
        is_near = False
        for plain in dict.fromkeys(without_marks(variant) for variant in variants):
            limit = _misspellings(plain)
            for other, keys in self._by_unmarked.items():
                away = _distance(plain, other, limit + MARGIN)
                if away is None:
                    continue
                for key in filter(counts, keys):
                    distances[key.code] = min(away, distances.get(key.code, away))
                    is_near = is_near or away <= limit
        if not is_near:
            return {}
        best = min(distances.values())
        return {c: How.NEAREST for c, away in distances.items() if away < best + MARGIN}

    # --- the answer ----------------------------------------------------------------------------

    def _settled(
        self, hits: _Hits, level: str | None, parent: str | None
    ) -> Match | Ambiguous | None:
        candidates = self._in_order(hits)
        chosen = _narrowed(_narrowed(candidates, "level", level), "parent", parent)
        if len(chosen) == 1:
            return Match(chosen[0], hits[chosen[0].code], candidates)
        return Ambiguous(candidates) if candidates else None

    def _in_order(self, codes: Collection[str]) -> tuple[Unit, ...]:
        return tuple(unit for code, unit in self._units.items() if code in codes)


def _are_plain(variants: Iterable[str]) -> bool:
    """Tell whether what was typed has no mark at all; the first variant is as typed."""
    return next(iter(variants), "").isascii()


def _grouped(pairs: Iterable[tuple[str, NameKey]]) -> Mapping[str, tuple[NameKey, ...]]:
    found: dict[str, list[NameKey]] = {}
    for key, name in pairs:
        found.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def _surest(keys: Iterable[NameKey]) -> _Hits:
    """Return the units of the keys; a full name goes before all others.

    An alias and a name without its kind are alike: both are what people say.
    """
    hows: dict[str, How] = {}
    order = list(How)
    for key in keys:
        known = hows.get(key.code, key.how)
        hows[key.code] = min(known, key.how, key=order.index)
    named = {code: how for code, how in hows.items() if how is How.NAME}
    return named or hows


def _has_lost_marks(typed: str, full: str) -> bool:
    """Tell whether each letter has the full one's marks or fewer.

    >>> _has_lost_marks("mương te", "mường tè"), _has_lost_marks("tả mít", "tà mít")
    (True, False)
    """
    pairs = zip(_letters(typed), _letters(full), strict=False)
    return all(set(one) <= set(other) for one, other in pairs)


def _letters(text: str) -> list[str]:
    """Return each letter with its marks behind it, đ as a marked d."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d\u0335"))
    return re.findall("[^\u0300-\u036f][\u0300-\u036f]*", plain)


def _misspellings(plain: str) -> int:
    """Return how many letters of a name may be wrong."""
    return 0 if len(plain) < 5 else 1 if len(plain) < 12 else 2


def _distance(typed: str, key: str, cutoff: int) -> int | None:
    """Return how many letters are wrong, missing, too many or exchanged; None beyond ``cutoff``."""
    if abs(len(typed) - len(key)) > cutoff or _digits(typed) != _digits(key):
        return None
    away = OSA.distance(typed, key, score_cutoff=cutoff)
    return away if away <= cutoff else None


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _narrowed(units: tuple[Unit, ...], attribute: str, wanted: str | None) -> tuple[Unit, ...]:
    """Return the units that a hint allows; all when it allows none."""
    if wanted is None:
        return units
    return tuple(unit for unit in units if getattr(unit, attribute) == wanted) or units
