"""Work in child processes that may die: a death costs the job in hand, and no other.

One job at a time is in a worker's hands, and each worker has its own pipe, so a
panic, an abort, a hang or a growing memory is always known by its job. Children
are spawned, measured from outside, and replaced; nothing here needs ``fork``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import wait
from time import monotonic
from typing import Any, Generic, Self, TypeVar

from tdkt_batch.errors import TdktError
from tdkt_batch.machine.effort import count_worker
from tdkt_batch.machine.serve import serve
from tdkt_batch.wording.machine import NO_WORKER

_MIB = 1024 * 1024
_LOOK_EVERY = 0.1
"""Seconds between two looks at the workers' time and memory."""
_SECONDS_TO_START = 120
_FAILED_STARTS = 3
"""How many workers in a row may fail to start before the run is given up."""

Job = TypeVar("Job")
Result = TypeVar("Result")


class Death(StrEnum):
    """What ended a worker and its job; also a key of ``wording.shared.FILE_REASONS``."""

    CRASHED = "crashed"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How many work at once; what one job may take: seconds of work, and bytes of memory.

    The seconds are of the processor, so that a busy machine ends nothing that an
    idle one would finish; ``clock`` bounds what waits instead of working.
    """

    workers: int
    seconds: float
    memory: int = 1024 * _MIB
    clock: float = 600


@dataclass(frozen=True, slots=True)
class Work(Generic[Job, Result]):
    """What a worker does with each job, after ``prepare`` was called once with ``given``.

    All of it travels to the child processes, so it is functions of modules and
    plain values.
    """

    do: Callable[[Job], Result]
    prepare: Callable[..., None] | None = None
    given: tuple[Any, ...] = ()


def work_apart(
    work: Work[Job, Result],
    jobs: Iterable[Job],
    conditions: Conditions,
    on_done: Callable[[Job, Result | Death], None] = lambda _job, _result: None,
) -> tuple[Result | Death, ...]:
    """Return what came of each job, in their order, as ``Crew.do`` does once."""
    with Crew(work) as crew:
        return crew.do(jobs, conditions, on_done)


# --- the parent's side -----------------------------------------------------------------------


class _Worker:
    """A child process and the job in its hands; ``job`` is None while it is idle or starting.

    ``worked`` is how many seconds the processor had worked for it when it last told.
    """

    def __init__(self, work: Work[Any, Any], memory: int) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=serve, args=(theirs, work.do, work.prepare, work.given, memory), daemon=True
        )
        self.process.start()
        theirs.close()
        self.is_ready = False
        self.job: int | None = None
        self.deadline = monotonic() + _SECONDS_TO_START
        self.worked = self.worked_before = 0.0

    def take(self, job: int, conditions: Conditions) -> None:
        """Take a job in hand: from now on its time is counted."""
        self.job = job
        self.deadline = monotonic() + conditions.clock
        self.worked_before = self.worked

    def work(self) -> float:
        """Return how many seconds the processor worked for the process so far."""
        import psutil

        try:
            times = psutil.Process(self.process.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def end(self) -> None:
        count_worker(self.worked if self.job is None else self.work())
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def memory(self) -> int:
        """Return how many bytes the process holds; 0 once it is gone."""
        import psutil

        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0


class Crew(Generic[Job, Result]):
    """Workers that stay for several rounds of jobs, until they are dismissed."""

    def __init__(self, work: Work[Job, Result]) -> None:
        self._work = work
        self._conditions = Conditions(workers=1, seconds=0)
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._look_again = monotonic() + _LOOK_EVERY

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._dismiss()

    def do(
        self,
        jobs: Iterable[Job],
        conditions: Conditions,
        on_done: Callable[[Job, Result | Death], None] = lambda _job, _result: None,
    ) -> tuple[Result | Death, ...]:
        """Return what came of each job, in their order.

        A job that ended its worker is tried once more at the end, alone: a
        neighbour may have taken time and memory from it. ``on_done`` is told each
        job with what came of it. Raises ``TdktError`` when no worker can be started.
        """
        given, self._conditions = tuple(jobs), conditions
        results: dict[int, Result | Death] = {}
        for number, result in self._results(given, conditions.workers):
            results[number] = result
            if not isinstance(result, Death):
                on_done(given[number], result)
        for number in sorted(n for n, result in results.items() if isinstance(result, Death)):
            self._dismiss()
            ((_, last),) = self._results((given[number],), 1)
            results[number] = last
            on_done(given[number], last)
        return tuple(results[number] for number in range(len(given)))

    def _dismiss(self) -> None:
        while self._workers:
            self._workers.pop().end()

    def _results(self, jobs: Sequence[Job], workers: int) -> Iterator[tuple[int, Any]]:
        """Yield the number and the result of each job, as they are done."""
        waiting = deque(range(len(jobs)))
        left = len(waiting)
        while left:
            while len(self._workers) < min(workers, left):
                self._workers.append(_Worker(self._work, self._conditions.memory))
            for worker in list(self._workers):
                if worker.is_ready and worker.job is None and waiting:
                    job = waiting.popleft()
                    worker.take(job, self._conditions)
                    try:
                        worker.pipe.send(jobs[job])
                    except OSError:  # it died while it was idle: the job is not to blame
                        waiting.appendleft(job)
                        self._remove(worker)
            for done in self._look():
                left -= 1
                yield done

    def _look(self) -> Iterator[tuple[int, Any]]:
        """Yield the jobs that were done or lost since the last look."""
        ready = wait([worker.pipe for worker in self._workers], _LOOK_EVERY)
        is_time = monotonic() >= self._look_again
        if is_time:
            self._look_again = monotonic() + _LOOK_EVERY
        for worker in list(self._workers):
            if worker.pipe in ready:
                try:
                    answer, worker.worked = worker.pipe.recv()
                except (EOFError, OSError):
                    yield from self._lost(worker, Death.CRASHED)
                    continue
                if worker.is_ready and worker.job is not None:
                    yield worker.job, answer
                worker.is_ready, worker.job = True, None
                self._failed_starts = 0
            elif not is_time or (worker.is_ready and worker.job is None):
                continue
            elif monotonic() > worker.deadline:
                yield from self._lost(worker, Death.TIMEOUT)
            elif not worker.is_ready:  # it loads the program yet, and nothing from elsewhere
                continue
            elif worker.work() - worker.worked_before > self._conditions.seconds:
                yield from self._lost(worker, Death.TIMEOUT)
            elif worker.memory() > self._conditions.memory:
                yield from self._lost(worker, Death.OUT_OF_MEMORY)

    def _lost(self, worker: _Worker, death: Death) -> Iterator[tuple[int, Death]]:
        """Remove a worker and yield the job that it was at, if any.

        Raises ``TdktError`` when too many failed in a row before they were ready.
        """
        if worker.job is not None:
            yield worker.job, death
        self._remove(worker)
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise TdktError(NO_WORKER)

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()
