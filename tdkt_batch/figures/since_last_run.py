"""What stands otherwise than in an earlier result of the month, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable

from tdkt_batch.model import Finding


def found_otherwise(
    then: Iterable[Finding], now: Iterable[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """Return what was found then and is no more, and what is found now and was not."""
    before, found = ({one.key: one for one in some} for some in (then, now))
    return (
        [one for key, one in before.items() if key not in found],
        [one for key, one in found.items() if key not in before],
    )
