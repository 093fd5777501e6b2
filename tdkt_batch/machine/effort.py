"""What work took: seconds of the processor in this process and in its workers, and memory."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(slots=True)
class _Workers:
    seconds: float = 0.0


_workers = _Workers()
"""What the worker processes that ended took, all together."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Seconds of the processor so far, ``parent`` in this process, ``workers`` in those ended.

    ``clock`` counts from a moment of its own: only differences say something.
    """

    parent: float
    workers: float
    clock: float

    def since(self, before: Effort) -> Effort:
        """Return what was taken between two moments."""
        return Effort(
            self.parent - before.parent, self.workers - before.workers, self.clock - before.clock
        )


def effort_so_far() -> Effort:
    """Return what this process has taken since it started, and its workers."""
    return Effort(time.process_time(), _workers.seconds, time.monotonic())


def count_worker(seconds: float) -> None:
    """Add what a worker took that is being ended."""
    _workers.seconds += seconds


def peak_memory() -> int:
    """Return the most bytes that this process held at once."""
    try:
        import resource
    except ImportError:  # on Windows
        import psutil

        return int(getattr(psutil.Process().memory_info(), "peak_wset", 0))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
