"""A worker of a cluster from inside: each of its threads has a child process that does the jobs.

So a file does to its reader what it does on the program's own machine, within the same
bounds and with the same reason; the cluster's worker itself goes on.
"""

from __future__ import annotations

import pickle
import socket
import threading
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import current_process
from typing import Any

from tdkt_batch.machine.program import edition
from tdkt_batch.machine.workers import Conditions, Crew, Death, Work


class Refusal(StrEnum):
    """Why a worker does not do a job."""

    NO_WORK = "no_work"
    """What is to be done with jobs was not handed to it yet."""
    OTHER_EDITION = "other_edition"
    NO_CHILDREN = "no_children"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job on a machine: ``result`` packed, or why nothing did."""

    host: str
    result: bytes = b""
    end: Death | Refusal | None = None


@dataclass(slots=True)
class _Hand:
    """A thread's child process, and the key of the work that it knows."""

    key: str
    crew: Crew[Any, Any]


_hands: dict[int, _Hand] = {}
"""By the threads of this process."""


def do_there(of: str, key: str, work: bytes | None, packed: tuple[bytes, Conditions]) -> Answer:
    """Do a job, as far as this worker is fit for it, in the thread's child process.

    ``of`` is the edition that asks. ``work`` says what is done with jobs; it is None
    where the worker should know it by ``key`` from an earlier one.
    """
    host = socket.gethostname()
    if edition() != of:
        return Answer(host, end=Refusal.OTHER_EDITION)
    if current_process().daemon:
        return Answer(host, end=Refusal.NO_CHILDREN)
    thread = threading.get_ident()
    hand = _hands.get(thread)
    if hand is None or hand.key != key:
        if work is None:
            return Answer(host, end=Refusal.NO_WORK)
        _let_go(thread)
        hand = _hands[thread] = _Hand(key, Crew(Work(*pickle.loads(work))))  # noqa: S301 — from the program that asks
    job, conditions = packed
    (result,) = hand.crew.do((pickle.loads(job),), conditions)  # noqa: S301 — as above
    if isinstance(result, Death):
        return Answer(host, end=result)
    return Answer(host, pickle.dumps(result))


def rest(keys: frozenset[str]) -> None:
    """End the child processes that know these works."""
    for thread in [thread for thread, hand in tuple(_hands.items()) if hand.key in keys]:
        _let_go(thread)


def _let_go(thread: int) -> None:
    hand = _hands.pop(thread, None)
    if hand is not None:
        hand.crew.__exit__()
