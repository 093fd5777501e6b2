"""Files written so that what stands under a name is whole and lasts, whenever the power goes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from tdkt_batch.machine.disk import patiently, sync, sync_folder

DraftOf = Callable[[Path], Path]
"""Says where to write what shall stand under a target."""
_DRAFTS = ".dang-ghi"
_THREADS = 8


@contextmanager
def written_beside(vault: Path) -> Iterator[DraftOf]:
    """Yield where to write; at the end move every draft that is there to its target.

    All are on the disk before the first is moved. Only the holder of the lock
    writes in ``vault``, so a draft's name needs no more than its target's.
    """
    drafts: dict[Path, Path] = {}

    def draft_of(target: Path) -> Path:
        drafts[target] = vault / _DRAFTS / target.name
        drafts[target].parent.mkdir(parents=True, exist_ok=True)
        return drafts[target]

    try:
        yield draft_of
        _settle({target: draft for target, draft in drafts.items() if draft.exists()})
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def sweep_drafts(vault: Path) -> None:
    """Remove what a dead run left half written; the lock is ours, so nobody else writes."""
    shutil.rmtree(vault / _DRAFTS, ignore_errors=True)


def _settle(drafts: dict[Path, Path]) -> None:
    _at_once(sync, drafts.values())
    for target, draft in drafts.items():
        target.parent.mkdir(exist_ok=True)
        patiently(draft.replace, target)
    _at_once(sync_folder, {target.parent for target in drafts})


def _at_once(sync: Callable[[Path], None], paths: Iterable[Path]) -> None:
    """Sync many in threads: a disk that is asked for many writes them together."""
    with ThreadPoolExecutor(_THREADS) as threads:
        for _ in threads.map(sync, paths):
            pass
