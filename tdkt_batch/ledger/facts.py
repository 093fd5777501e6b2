"""What the ledger knows: arrivals, decisions, runs, sendings, issues; facts are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tdkt_batch.model import Arrival, Container, Decision, DecisionKind, Month


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
class Issue:
    """A month's result as leadership signed it (ban hành): the ``number``-th of its month, from 1.

    It is that of a ``run``. ``files`` are what was signed, by name and SHA-256, ``record``
    the SHA-256 of what later months know of it: the bytes of all are kept.
    """

    month: Month
    number: int
    run: int
    moment: datetime
    operator: str
    files: tuple[tuple[str, str], ...]
    record: str


@dataclass(frozen=True, slots=True)
class ForgottenRun:
    """A run that was taken back: which, when and by whom, in the entry of this number."""

    run: Run
    moment: datetime
    operator: str
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A month that was removed for good: the numbers of its runs and of the files only it had."""

    month: Month
    runs: tuple[int, ...]
    arrivals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RemovedMonth:
    """A removal: of which month, when and by whom."""

    month: Month
    moment: datetime
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is written down at one time by one operator: all of it or nothing.

    ``form`` is raised when an older program could not understand what is written.
    ``forgotten`` is the number of a run that is taken back, 0 where none is.
    ``arrivals`` stand here without their paths, which are another machine's
    tomorrow.
    """

    number: int
    recorded: datetime
    operator: str
    form: int = 1
    arrivals: tuple[Arrival, ...] = ()
    decisions: tuple[Decision, ...] = ()
    run: Run | None = None
    sendings: tuple[Sending, ...] = ()
    issue: Issue | None = None
    forgotten: int = 0
    removed: Removal | None = None

    @property
    def own_form(self) -> int:
        """The oldest form whose programs understand it.

        The second knows extended deadlines and runs that are taken back, the third whose
        a file is, what the officer answered, and months that were removed.
        """
        kinds = {one.kind for one in self.decisions}
        if self.removed or kinds & _OF_THIRD_FORM or any(one.question for one in self.decisions):
            return 3
        return 2 if self.forgotten or any(one.due for one in self.decisions) else 1


_OF_THIRD_FORM = frozenset({DecisionKind.ATTRIBUTED, DecisionKind.SEEN, DecisionKind.ASKED})


@dataclass(frozen=True, slots=True)
class Cached:
    """Something computed that is kept to save time and may be thrown away."""

    kind: str
    key: str
    value: Any
    arrival: int = 0
    month: Month | None = None
    unit: str = ""


class Facts:
    """All facts of the entries that were taken in, whatever the order in which they came."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self.arrival_by_number: dict[int, Arrival] = {}
        self._run_numbers: set[int] = set()

    def take(self, entry: Entry) -> bool:
        """Take in an entry; False, and nothing of it, when it contradicts what is there.

        A number is given once, be it an entry's, an arrival's or a run's.
        """
        arrivals = {one.number: one for one in entry.arrivals}
        run = {entry.run.number} if entry.run else set()
        is_doubled = entry.number in self._entries or len(arrivals) < len(entry.arrivals)
        if is_doubled or self.arrival_by_number.keys() & arrivals or self._run_numbers & run:
            return False
        self._entries[entry.number] = entry
        self.arrival_by_number |= arrivals
        self._run_numbers |= run
        return True

    @property
    def entries(self) -> list[Entry]:
        """The entries in the order of their numbers."""
        return [entry for _, entry in sorted(self._entries.items())]

    @property
    def arrivals(self) -> list[Arrival]:
        """The arrivals in the order of their numbers."""
        return [arrival for _, arrival in sorted(self.arrival_by_number.items())]

    @property
    def forgotten(self) -> list[ForgottenRun]:
        """The runs that were taken back, in the order in which they were."""
        run_by_number = {run.number: run for run in self.runs}
        return [
            ForgottenRun(run_by_number[one.forgotten], one.recorded, one.operator, one.number)
            for one in self.entries
            if one.forgotten in run_by_number
        ]

    @property
    def removals(self) -> list[Removal]:
        """The removals of months, in the order in which they were."""
        return [one.removed for one in self.entries if one.removed]

    @property
    def runs(self) -> list[Run]:
        """All completed runs in the order of their numbers, those taken back among them."""
        runs = (entry.run for entry in self.entries if entry.run)
        return sorted(runs, key=lambda run: run.number)
