"""What the ledger knows: arrivals, decisions, runs, sendings; facts are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tdkt_batch.model import Container, Decision, Month, Source


@dataclass(frozen=True, slots=True)
class Given:
    """A file about to be admitted: where it came from and where its content lies.

    ``problem`` is a reason of ``wording.FILE_REASONS`` when it cannot be used as
    it is, ``detail`` what fills its sentence.
    """

    source: Source
    path: Path
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file as it is written down when it is first seen; ``number`` never changes."""

    number: int
    source: Source
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as the ledger knows it, with the name and times of the day it was first seen.

    ``path`` is where its bytes are kept, or should be when they could not be had.
    """

    number: int
    source: Source
    problem: str
    detail: str
    path: Path


@dataclass(frozen=True, slots=True)
class Run:
    """One completed run of a month: what went in, under which guidance, what came out.

    ``given`` are numbers of arrivals. ``campaign`` is the campaign's digest,
    ``package`` the SHA-256 of the campaign as it is kept, ``register`` the
    register's file name or empty. ``key`` is a digest of all that the result
    depends on, ``manifest`` the SHA-256 of the manifest.
    """

    number: int
    month: Month
    received_until: datetime
    campaign: str
    package: str
    register: str
    version: str
    operator: str
    started: datetime
    given: tuple[int, ...]
    containers: tuple[Container, ...]
    key: str
    manifest: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One thing that was made to be sent: a returned form, a letter; ``kind`` says which."""

    month: Month
    unit: str
    kind: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is written down at one time by one operator: all of it or nothing.

    ``form`` is raised when an older program could not understand what is written.
    """

    number: int
    recorded: datetime
    operator: str
    form: int = 1
    arrivals: tuple[Admitted, ...] = ()
    decisions: tuple[Decision, ...] = ()
    run: Run | None = None
    sendings: tuple[Sending, ...] = ()


@dataclass(frozen=True, slots=True)
class Cached:
    """Something computed that is kept to save time and may be thrown away."""

    kind: str
    key: str
    value: Any
    arrival: int = 0
    month: Month | None = None
    unit: str = ""
