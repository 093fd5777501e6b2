"""The nearest composition of delegates that complies with cap and share at once."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.campaign.tree import Share
from tdkt_batch.rules.evaluate import share_holds


@dataclass(frozen=True, slots=True)
class HeadCounts:
    """Exemplary delegates, and guests with leaders."""

    exemplary: int
    guests: int

    @property
    def total(self) -> int:
        """All delegates."""
        return self.exemplary + self.guests


def nearest_composition(given: HeadCounts, cap: int, share: Share) -> HeadCounts | None:
    """Return the lawful head-counts nearest to those given; None when there are none.

    Nearest is what an officer would ask for: keep the conference as large as the
    cap allows, then change the number of exemplary delegates as little as the
    share demands.

    >>> from fractions import Fraction
    >>> nearest_composition(HeadCounts(130, 82), 200, Share(Fraction(7, 10)))
    HeadCounts(exemplary=140, guests=60)
    """
    for total in range(min(given.total, cap), 0, -1):
        by_distance = sorted(range(total + 1), key=lambda count: abs(count - given.exemplary))
        for exemplary in by_distance:
            if share_holds(exemplary, total, share):
                return HeadCounts(exemplary, total - exemplary)
    return None
