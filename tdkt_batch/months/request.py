"""A run from outside: what the operator asks for, is told while it goes on, and gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from tdkt_batch.campaign.words import Words
from tdkt_batch.control.tasks import OfficersDay
from tdkt_batch.model import Month
from tdkt_batch.report import MonthReport
from tdkt_batch.wording.office import SETTINGS_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRequest:
    """What the operator asks for.

    ``paths`` may be empty: then the month is made of what the ledger holds of it.
    ``campaign`` and ``register`` are as in the month's last run where not given.
    ``received_until`` bounds what counts; without it all that is given counts.
    ``settings`` is the office's settings workbook, where not given that of ``out``,
    which does not touch a month that is older than the newest.
    ``set_aside`` are files, by name, that are not to be used, each with the reason.
    A sample province ``keeps_samples``: its data is all there is of it.
    Files are read and returns written by ``workers`` processes, or by those of the
    ``cluster`` whose scheduler is at that address.
    ``now`` is the operator's clock, ``operator`` who runs it on which machine;
    both stand in the ledger only.
    """

    paths: tuple[Path, ...]
    month: Month
    now: datetime
    operator: str
    campaign: str | None = None
    register: Path | None = None
    settings: Path | None = None
    received_until: datetime | None = None
    set_aside: tuple[tuple[str, str], ...] = ()
    out: Path = Path("output")
    workers: int = 1
    cluster: str = ""
    letters: bool = True
    keeps_samples: bool = False

    @property
    def settings_file(self) -> Path:
        """The settings workbook, whether it is there or not."""
        return self.settings or self.out / SETTINGS_FILE


class Step(StrEnum):
    """A part of a run that takes its time."""

    SAMPLE = "sample"
    UNPACKING = "unpacking"
    READING = "reading"
    JUDGING = "judging"
    WORKBOOK = "workbook"
    CONTROL = "control"
    RETURNS = "returns"
    LETTERS = "letters"
    PUBLISHING = "publishing"


Progress = Callable[[Step, int, int], None]
"""Is told the step, how much of it is done, of how much; 0 of 0 where that is not counted."""


def silent(_step: Step, _done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthResult:
    """What came of it, and where it stands.

    ``quarantine`` and ``letters`` are None when there is nothing in them. ``lacking``
    counts the values that leave rules undecided, as the workbook lists them.
    ``notes`` are sentences for the operator, ``day`` what is new and what is to be done;
    ``is_unchanged`` tells that the result stood already and nothing was written.
    """

    report: MonthReport
    words: Words
    manifest: Mapping[str, Any]
    workbook: Path
    manifest_file: Path
    control: Path
    lacking: int
    quarantine: Path | None
    letters: Path | None
    notes: tuple[str, ...]
    is_unchanged: bool
    day: OfficersDay | None = None
