"""Where a run spent its time: step by step, in the parent and in its worker processes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tdkt_batch.cli.terminal import print_sentence, print_table
from tdkt_batch.machine.effort import Effort, effort_so_far, peak_memory
from tdkt_batch.months.request import Progress, Step
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import cli as say
from tdkt_batch.wording.shared import RUN_STEPS

_MIB = 1024 * 1024


class Timing(NamedTuple):
    """What a step took; ``step`` is None for all before the first, Python's start counted."""

    step: Step | None
    took: Effort


class Stopwatch:
    """Passes a run's progress on, and notes what each step took."""

    def __init__(self, on_progress: Progress) -> None:
        self._on_progress = on_progress
        self._step: Step | None = None
        now = effort_so_far()
        self._began = Effort(0.0, now.workers, now.clock)
        self._timings: list[Timing] = []

    def __call__(self, step: Step, done: int, of: int) -> None:
        """Take what a run tells; a new step ends the one before."""
        if step != self._step:
            self._end_step(step)
        self._on_progress(step, done, of)

    def stop(self) -> Sequence[Timing]:
        """Return what each step took, in their order."""
        self._end_step(None)
        return self._timings

    def _end_step(self, following: Step | None) -> None:
        now = effort_so_far()
        self._timings.append(Timing(self._step, now.since(self._began)))
        self._step, self._began = following, now


def print_timings(timings: Sequence[Timing]) -> None:
    """Print a table of what each step took, and the parent's memory."""
    taken = [(RUN_STEPS[one.step] if one.step else say.OPENING, one.took) for one in timings]
    total = Effort(*map(sum, zip(*((t.parent, t.workers, t.clock) for _, t in taken), strict=True)))
    rows = [
        (name, *(f"{seconds:.2f}".replace(".", ",") for seconds in (t.parent, t.workers, t.clock)))
        for name, t in (*taken, (say.ALL_STEPS, total))
    ]
    print_table(say.TIMING_HEADS, rows)
    memory = write_number(peak_memory() // _MIB)
    print_sentence(say.WHAT_TIMINGS_MEAN.format(memory=memory))


def timings_as_json(timings: Sequence[Timing]) -> dict[str, Any]:
    """Return the same for programs: seconds a step, and the parent's memory in bytes."""
    return {
        "steps": [
            {
                "step": one.step or "opening",
                "parent": round(one.took.parent, 3),
                "workers": round(one.took.workers, 3),
                "clock": round(one.took.clock, 3),
            }
            for one in timings
        ],
        "peak_memory": peak_memory(),
    }
