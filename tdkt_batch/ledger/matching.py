"""Which given files the ledger knows already: the same content under the same name in one mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from tdkt_batch.ledger.facts import Admitted, Given
from tdkt_batch.model import Source


def known_arrivals(
    given: Sequence[Given], known: Iterable[Admitted]
) -> tuple[Admitted | None, ...]:
    """Return for each given file the arrival that it is, None for a new one.

    A file given again is the same arrival, also from another folder or copied,
    with another time. Each arrival is matched once: two copies are two arrivals.
    The whole name counts first, so that copies in two folders stay apart.
    """
    free: defaultdict[tuple[str, ...], list[Admitted]] = defaultdict(list)
    for admitted in known:
        free[_key(admitted.source)].append(admitted)
    found: list[Admitted | None] = [None] * len(given)
    for by_whole_name in (True, False):
        for place, one in enumerate(given):
            if found[place] is None:
                found[place] = _taken(one, free[_key(one.source)], by_whole_name=by_whole_name)
    return tuple(found)


def _key(source: Source) -> tuple[str, ...]:
    message = source.letter.message_id if source.letter else ""
    return source.sha256, PurePosixPath(source.name).name, message


def _taken(one: Given, free: list[Admitted], *, by_whole_name: bool) -> Admitted | None:
    for admitted in free:
        if not by_whole_name or admitted.source.name == one.source.name:
            free.remove(admitted)
            return admitted
    return None
