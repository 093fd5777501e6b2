"""Work on the machines of a Dask cluster, as it is done in child processes of this one.

The cluster's workers need the same edition of the program and no folder of ours: each
job brings its file along. A worker that is lost costs no job, since the scheduler gives
it to another; a job whose workers are lost time and again is tried once more alone, and
put aside like one that ends its child process.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any, TypeVar

from tdkt_batch.errors import TdktError
from tdkt_batch.machine.on_cluster import Answer, Refusal, do_there, rest
from tdkt_batch.machine.program import edition
from tdkt_batch.machine.workers import Conditions, Death, Work
from tdkt_batch.machine.workplace import ThisMachine, Workplace
from tdkt_batch.wording import machine as say

Job = TypeVar("Job")
Result = TypeVar("Result")
_SECONDS_TO_CONNECT = 30
_SECONDS_WITHOUT_WORKERS = 120
_LOOK_EVERY = 5.0
"""Seconds between two looks at who works on the cluster."""
_IN_HAND = 2
"""So many jobs go out for each thread: one is done while the next travels."""
_REFUSALS = {
    Refusal.OTHER_EDITION: say.OTHER_EDITION,
    Refusal.NO_CHILDREN: say.NO_CHILDREN,
}


@contextmanager
def workplace_at(address: str) -> Iterator[Workplace]:
    """Yield the cluster whose scheduler is at ``address``; this machine where it is empty.

    The connection is TLS where the address begins so, with the certificates that
    distributed's own configuration names. Raises ``TdktError`` when there is no such
    cluster.
    """
    if not address:
        yield ThisMachine()
        return
    with _client_of(address) as client:
        cluster = Cluster(client, address)
        try:
            yield cluster
        finally:
            cluster.leave()


def _client_of(address: str) -> Any:
    """Return a client of the scheduler at ``address``; raise ``TdktError`` where there is none."""
    try:
        from distributed import Client, Security
        from distributed.comm.addressing import parse_address, parse_host_port
    except ImportError as error:
        raise TdktError(say.NO_CLUSTER_PART) from error
    _be_quiet()
    client: Any = Client  # neither has types
    security: Any = Security
    try:
        # a client that fails otherwise than by not being answered does not end well
        protocol, place = parse_address(address)
        parse_host_port(place)
        if protocol == "tls" and not security().get_connection_args("client").get("ssl_context"):
            raise TdktError(say.NO_CERTIFICATES)
        return client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        said = {"address": address, "problem": str(error) or type(error).__name__}
        raise TdktError(say.NO_SCHEDULER.format(**said)) from error


def _be_quiet() -> None:
    """Leave it to this module to say what goes wrong between the machines."""
    for name in [
        name for name in logging.root.manager.loggerDict if name.startswith("distributed")
    ]:
        logging.getLogger(name).setLevel(logging.CRITICAL)


class Cluster:
    """The workers of a Dask cluster, reached through its client."""

    has_our_files = False

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._executor = client.get_executor(pure=False)
        self._keys: set[str] = set()
        self._threads = 0
        self._worked = monotonic()
        self._look_again = 0.0

    def leave(self) -> None:
        """End what was begun on the cluster for this run; it may be gone already."""
        with suppress(Exception):
            if self._client.status == "running":
                self._client.run(rest, frozenset(self._keys), on_error="ignore")

    def do(
        self,
        work: Work[Job, Result],
        jobs: Iterable[Job],
        conditions: Conditions,
        on_done: Callable[[Job, Result | Death], None] = lambda _job, _result: None,
    ) -> tuple[Result | Death, ...]:
        """Return what came of each job, in their order; few are held here at a time.

        How many work at once is the cluster's own. Raises ``TdktError`` when the cluster
        is lost, has no worker, or has one that is not fit for the program.
        """
        packed = pickle.dumps((work.do, work.prepare, work.given))
        key = hashlib.sha256(packed).hexdigest()
        self._keys.add(key)
        results: dict[int, Result | Death] = {}
        alone: dict[int, Job] = {}
        for number, job, result in self._results(key, packed, enumerate(jobs), conditions):
            if result is None:
                alone[number] = job
            else:
                results[number] = result
                on_done(job, result)
        for number, job in sorted(alone.items(), key=lambda pair: pair[0]):
            ((_, _, last),) = self._results(key, packed, [(number, job)], conditions)
            results[number] = last or Death.CRASHED
            on_done(job, results[number])
        return tuple(results[number] for number in range(len(results)))

    def _results(
        self, key: str, work: bytes, jobs: Iterable[tuple[int, Job]], conditions: Conditions
    ) -> Iterator[tuple[int, Job, Any]]:
        """Yield the number, the job and what came of it; None where its workers were lost."""
        waiting, flying = iter(jobs), dict[Future[Answer], tuple[int, Job]]()
        self._worked = monotonic()

        def send(number: int, job: Job, known: bytes | None) -> None:
            packed = (pickle.dumps(job), conditions)
            future = self._executor.submit(do_there, edition(), key, known, packed)
            flying[future] = number, job

        while True:
            room = max(1, _IN_HAND * self._workers()) - len(flying)
            for _, (number, job) in zip(range(room), waiting, strict=False):
                send(number, job, None)
            if not flying:
                return
            done, _ = wait(flying, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED)
            for future in done:
                number, job = flying.pop(future)
                answer = self._answer(future)
                if answer is None:
                    yield number, job, None
                elif answer.end is Refusal.NO_WORK:
                    send(number, job, work)
                elif isinstance(answer.end, Refusal):
                    raise TdktError(_REFUSALS[answer.end].format(host=answer.host))
                else:
                    yield number, job, answer.end or pickle.loads(answer.result)  # noqa: S301 — of our own workers

    def _answer(self, future: Future[Answer]) -> Answer | None:
        """Return what a worker answers; None when the job's workers were lost."""
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            return None
        except TdktError:
            raise
        except CancelledError as error:
            raise TdktError(say.CLUSTER_LOST.format(address=self._address)) from error
        except Exception as error:
            said = {"address": self._address, "problem": f"{type(error).__name__}: {error}"}
            raise TdktError(say.CLUSTER_FAILED.format(**said)) from error

    def _workers(self) -> int:
        """Return how many threads work on the cluster, as it was at the last look.

        Raises ``TdktError`` when it cannot be reached or nobody has worked for too long.
        """
        now = monotonic()
        if now < self._look_again:
            return self._threads
        self._look_again = now + _LOOK_EVERY
        try:
            self._threads = sum(self._client.nthreads().values())
        except (OSError, TimeoutError, RuntimeError) as error:
            raise TdktError(say.CLUSTER_LOST.format(address=self._address)) from error
        if self._threads:
            self._worked = now
        elif now - self._worked > _SECONDS_WITHOUT_WORKERS:
            raise TdktError(say.NO_CLUSTER_WORKER.format(address=self._address))
        return self._threads
