"""Where jobs are done apart from the program: on this machine, or on a cluster of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart

Job = TypeVar("Job")
Result = TypeVar("Result")


class Workplace(Protocol):
    """Has workers that do jobs, each in a process that may die without harm to the others.

    ``has_our_files`` tells whether the workers see the program's own disk: where not,
    a job brings its file along and what is made of it comes back.
    """

    has_our_files: bool

    def do(
        self,
        work: Work[Job, Result],
        jobs: Iterable[Job],
        conditions: Conditions,
        on_done: Callable[[Job, Result | Death], None] = lambda _job, _result: None,
    ) -> tuple[Result | Death, ...]:
        """Return what came of each job, in their order; ``on_done`` is told each at once.

        Raises ``TdktError`` when no worker can be had.
        """


class ThisMachine:
    """Child processes of the program."""

    has_our_files = True

    def do(
        self,
        work: Work[Job, Result],
        jobs: Iterable[Job],
        conditions: Conditions,
        on_done: Callable[[Job, Result | Death], None] = lambda _job, _result: None,
    ) -> tuple[Result | Death, ...]:
        """Return what came of each job, done in children that end with the last."""
        return work_apart(work, jobs, conditions, on_done)
