"""The ledger of an output folder looked into: months judged again, nothing written there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tdkt_batch.ledger.store import look_into
from tdkt_batch.months.inputs import Desk
from tdkt_batch.outputs.publish import unpacking_room


@contextmanager
def reading_desk(out: Path, workers: int) -> Iterator[Desk]:
    """Yield what it takes to work a month out; a run may go on meanwhile.

    What has to be read again is kept for as long as the desk stands. Raises
    ``InputError`` when the folder has no ledger.
    """
    with look_into(out) as ledger, unpacking_room() as room:
        yield Desk(ledger=ledger, room=room, workers=workers)
