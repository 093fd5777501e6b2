"""What sheets with a row a unit take from the units: the names' width, the rows that fold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tdkt_batch.report import UnitReport
from tdkt_batch.sheets.columns import fitted_width


def subordinate(units: Sequence[UnitReport]) -> Iterator[int]:
    """Yield the places, from 0, of the units that stand in a row below their superior unit."""
    head = ""
    for index, one in enumerate(units):
        if one.unit.parent and one.unit.parent == head:
            yield index
        else:
            head = one.unit.code


def names_width(names: Iterable[str], *, most: float, size: float = 10, least: float = 20) -> float:
    """Return the width at which every unit's name stands on one line, ``most`` at most."""
    return fitted_width(names, "Đơn vị", most=most, size=size, least=least)
