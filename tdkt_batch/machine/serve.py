"""A worker process from inside: one job after another, until the parent hangs up."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from time import process_time
from typing import Any


def serve(
    pipe: Connection,
    do: Callable[[Any], Any],
    prepare: Callable[..., None] | None,
    given: tuple[Any, ...],
    memory: int,
) -> None:
    """Do one job after another until the parent hangs up; what it raises ends the process.

    Each answer goes with how many seconds the processor has worked for this process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers itself
    nowhere = os.open(os.devnull, os.O_WRONLY)  # what a dying reader writes is not the operator's
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    with suppress(ImportError, OSError, ValueError):  # there is no such bound on Windows
        import resource  # noqa: PLC0415 — not on Windows

        # what grows faster than the parent looks
        resource.setrlimit(resource.RLIMIT_AS, (4 * memory, 4 * memory))
    if prepare:
        prepare(*given)
    pipe.send((None, process_time()))
    with suppress(EOFError, OSError):
        while True:
            result = do(pipe.recv())
            pipe.send((result, process_time()))
