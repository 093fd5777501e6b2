"""A Dask cluster of this machine's own: a scheduler, and workers that can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from distributed import Client

TESTS = Path(__file__).parent
_SECONDS_TO_START = 120


class OwnCluster:
    """A scheduler, and its workers by name, each with one thread."""

    def __init__(self, folder: Path, environment: Mapping[str, str], protocol: str) -> None:
        self._folder, self._protocol = folder, protocol
        path = os.pathsep.join((str(TESTS.parent), str(TESTS)))
        self._environment = {**os.environ, "PYTHONPATH": path, **environment}
        self._processes: list[subprocess.Popen[bytes]] = []
        self._file = folder / "scheduler.json"
        self._scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", self._file)
        self.address = ""
        while not self.address:
            time.sleep(0.1)
            self.address = _address_in(self._file)
        self.workers: dict[str, subprocess.Popen[bytes]] = {}

    def _start(self, what: str, *arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", what, "--host", "127.0.0.1", "--protocol",
                   self._protocol, "--no-dashboard", *map(str, arguments)]  # fmt: skip
        with (self._folder / "noi gi.txt").open("ab") as told:
            process = subprocess.Popen(
                command, cwd=self._folder, env=self._environment, stdout=told, stderr=told
            )
        self._processes.append(process)
        return process

    def hire(self, *names: str, nanny: bool = False) -> None:
        """Start workers, and wait until the scheduler knows them."""
        for name in names:
            self.workers[name] = self._start(
                "worker", self.address, "--nthreads", 1, "--name", name,
                "--nanny" if nanny else "--no-nanny",
            )  # fmt: skip
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=_SECONDS_TO_START)

    def kill(self, name: str) -> None:
        """Let a worker's machine fail, all its processes at once."""
        os.kill(self.workers[name].pid, signal.SIGKILL)
        self.workers.pop(name).wait()

    def kill_scheduler(self) -> None:
        """Let the machine fail that all others are joined by."""
        self._scheduler.kill()
        self._scheduler.wait()

    def end(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()


def _address_in(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError):
        return ""


@contextmanager
def own_cluster(
    folder: Path, environment: Mapping[str, str] | None = None, protocol: str = "tcp"
) -> Iterator[OwnCluster]:
    """Yield a cluster without workers, which ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = OwnCluster(folder, environment or {}, protocol)
    try:
        yield cluster
    finally:
        cluster.end()
