"""Which rows fold: the communes below their district."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tdkt_batch.report import UnitReport


def subordinate(units: Sequence[UnitReport]) -> Iterator[int]:
    """Yield the places, from 0, of the units that stand in a row below their superior unit."""
    head = ""
    for index, one in enumerate(units):
        if one.unit.parent and one.unit.parent == head:
            yield index
        else:
            head = one.unit.code
