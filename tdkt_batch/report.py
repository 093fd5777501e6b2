"""How a month stands: every file, every unit, and what the months before left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from tdkt_batch.model import (
    Allotment,
    Container,
    Decision,
    Finding,
    Month,
    Outcome,
    OutcomeKind,
    Source,
    Submission,
    Unit,
)


class FileState(StrEnum):
    """What became of a file; every file is in exactly one."""

    USED = "used"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    OTHER_MONTH = "other_month"
    NOT_A_FORM = "not_a_form"
    SET_ASIDE = "set_aside"
    QUARANTINED = "quarantined"


class Clue(StrEnum):
    """What told whose a file is, the surest first."""

    FORM = "form"
    BOARD = "board"
    CHECK_FIGURE = "check_figure"
    FILE_NAME = "file_name"
    BESIDE = "beside"
    SUBJECT = "subject"
    FOLDER = "folder"
    ADDRESS = "address"
    SENDER = "sender"
    COPY = "copy"


class Hindrance(StrEnum):
    """Why something that a unit sent is not its report of the month, the nearest to one first."""

    AFTER_CUT_OFF = "after_cut_off"
    OTHER_MONTH = "other_month"
    LOCKED = "locked"
    REFUSED = "refused"
    UNIDENTIFIED = "unidentified"
    DAMAGED = "damaged"
    LINK = "link"
    DOCUMENT = "document"
    PICTURE = "picture"
    WORDS = "words"
    OTHER_FILE = "other_file"
    SET_ASIDE = "set_aside"


class UnitState(StrEnum):
    """How a unit of the register stands in a month; every valid unit is in exactly one."""

    ON_TIME = "on_time"
    LATE = "late"
    AFTER_CUT_OFF = "after_cut_off"
    EMPTY = "empty"
    UNUSABLE = "unusable"
    MISSING = "missing"
    NOT_YET_DUE = "not_yet_due"
    NOT_REQUIRED = "not_required"


class ConferenceState(StrEnum):
    """How a unit's conference stands to date, as one mark can say it."""

    HELD = "held"
    PLANNED = "planned"
    PLANNED_LATE = "planned_late"
    PAST_ITS_DAY = "past_its_day"
    NO_PLAN = "no_plan"
    DOUBTFUL = "doubtful"
    UNUSABLE = "unusable"
    SILENT = "silent"
    CANCELLED = "cancelled"
    EXCUSED = "excused"


class Pace(StrEnum):
    """Whether a level will be in time, by its units' own word."""

    NOT_BEGUN = "not_begun"
    DONE = "done"
    ON_TIME = "on_time"
    UNSURE = "unsure"
    SLOW = "slow"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What became of one file: its state and, unless it is used, a sentence that says why.

    ``code`` is that reason's name, ``untyped_reason`` the sentence with “…” for all that
    somebody typed.
    ``clue`` is what told whose it is, None when nothing told it for sure: then
    ``unit`` is empty, or only whom to ask. ``hindrance`` is set when the file was an
    attempt to report the month that did not become a report. ``repairs`` counts the
    cells that count otherwise than they were typed.
    """

    source: Source
    state: FileState
    code: str = ""
    reason: str = ""
    untyped_reason: str = ""
    unit: str = ""
    clue: Clue | None = None
    hindrance: Hindrance | None = None
    month: Month | None = None
    check_figure: str = ""
    repairs: int = 0

    @property
    def is_of_nobody(self) -> bool:
        """Whether it was an attempt to report, nothing tells whose, and the board uses it."""
        is_open = self.state is not FileState.SET_ASIDE
        return is_open and self.hindrance is not None and self.clue is None


class Change(NamedTuple):
    """One cell that a unit's new report holds otherwise than its last one; "" is blank."""

    field: str
    label: str
    cell: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, order=True)
class ToldHeld:
    """The day on which a form first said that a conference was held, and its SHA-256."""

    day: date
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReport:
    """How one unit of the register stands in the month.

    ``submission`` is the one that counts, None when none arrived or none could be
    read; ``outcomes`` hold form rules and board rules; ``received`` is when the
    counting file arrived. ``takes_back_from`` is the earlier file that still stands beside it:
    it says something of that otherwise, or cannot be read there; else None. ``told_held`` is
    when the forms of the month first said that its conference was held.

    ``earlier`` is how the unit stood in the last month before this in which its
    report could be used, judged under the campaign of this month; None when it
    never reported. ``hindrance`` is why what it sent is not its report of the month.
    ``silent`` counts the months in a row, up to this one, for which a report was
    required and nothing at all arrived; 0 when anything of this month did. Of so many of
    them, the earliest, ``perhaps_sent`` tells that a file of nobody may have been its report.
    ``changes`` are the key figures that differ from the earlier report, ``gone`` the
    findings of earlier months that are mended. ``excuse`` is the decision that
    frees it from reporting, ``extension`` the one that gives it until a later day.
    ``carried`` marks a report of an earlier month that stands in for this one in
    figures to date. ``allotment`` is what the unit above
    allotted, which the ``unit`` bears then; None where only the register does.
    """

    unit: Unit
    state: UnitState
    allotment: Allotment | None = None
    submission: Submission | None = None
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    received: datetime | None = None
    takes_back_from: Source | None = None
    told_held: ToldHeld | None = None
    earlier: UnitReport | None = None
    hindrance: Hindrance | None = None
    silent: int = 0
    perhaps_sent: int = 0
    changes: tuple[Change, ...] = ()
    gone: tuple[Finding, ...] = ()
    excuse: Decision | None = None
    extension: Decision | None = None
    carried: bool = False

    @property
    def is_usable(self) -> bool:
        """Whether its figures count: a filled report that could be read, or one carried on."""
        return self.carried or self.state in (UnitState.ON_TIME, UnitState.LATE)

    @property
    def ever_reported(self) -> bool:
        """Whether a report of this month or of an earlier one could be used."""
        return self.is_usable or self.earlier is not None

    @property
    def latest(self) -> UnitReport:
        """The report that counts to date: this month's, else the last one, marked as carried."""
        if self.is_usable or self.earlier is None:
            return self
        return replace(
            self,
            submission=self.earlier.submission,
            outcomes=self.earlier.outcomes,
            findings=self.earlier.findings,
            received=self.earlier.received,
            carried=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRecord:
    """What later months must know of a month as it was last published.

    ``states`` are by unit code, ``used`` the key under which the ledger knows the
    file that counted, by unit. ``findings`` carry their life. ``decided`` says by
    unit how each rule ended. ``amounts`` is what each unit gave each declared figure, by
    figure and unit code; ``told_held`` the day on which the reports that the month knew
    first said that a unit's conference was held, ``told_by`` the SHA-256 of the file.
    ``told`` is, of a unit whose report takes something back or cannot be read, the earlier
    file that still stands beside it. ``of_nobody`` are the SHA-256 of the attempts to report
    of which nothing told whose they are.
    """

    month: Month
    received_until: datetime
    campaign: str
    states: Mapping[str, UnitState]
    used: Mapping[str, int]
    findings: tuple[Finding, ...]
    decided: Mapping[str, Mapping[str, OutcomeKind]]
    amounts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    told_held: Mapping[str, date] = field(default_factory=dict)
    told_by: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)
    of_nobody: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierResult:
    """A month's result as it stood before this one: signed by leadership, or of the last run.

    ``number`` is that of the signing (ban hành) or of the run, ``moment`` when it was
    signed, or until when what had arrived counted. ``record`` is what it said, ``files`` the
    SHA-256 of the file that counted, by unit, ``decided`` what the board decided since,
    ``known`` the SHA-256 of all that had been given by then.
    """

    number: int
    moment: datetime
    record: MonthRecord
    files: Mapping[str, str]
    decided: tuple[Decision, ...]
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """A month of the province: every file in one state, every valid unit in one state.

    ``units`` stand in the register's order. ``received_until`` is the moment up
    to which what arrived counts. ``containers`` are what only held the files.
    ``past`` are the earlier months that were run, in their order. ``notes`` are
    sentences for the board: what could not be taken from its control workbook.
    ``issued`` is the result that this one adjusts (bản điều chỉnh), None where none does.
    """

    month: Month
    received_until: datetime
    files: tuple[FileRecord, ...]
    units: tuple[UnitReport, ...]
    containers: tuple[Container, ...] = ()
    past: tuple[MonthRecord, ...] = ()
    notes: tuple[str, ...] = ()
    issued: EarlierResult | None = None

    @property
    def of_nobody(self) -> tuple[FileRecord, ...]:
        """The attempts to report of which nothing tells whose they are."""
        return tuple(file for file in self.files if file.is_of_nobody)

    @property
    def previous(self) -> MonthRecord | None:
        """The month just before; None when it was not run."""
        return next((one for one in self.past if one.month == self.month.previous), None)

    @property
    def is_provisional(self) -> bool:
        """Whether a unit that must report has not (số liệu tạm tính)."""
        required = (one for one in self.units if one.state is not UnitState.NOT_REQUIRED)
        return not all(one.is_usable for one in required)

    def to_date(self) -> MonthReport:
        """Return the same month with each unit's latest report (đến nay)."""
        return replace(self, units=tuple(one.latest for one in self.units))
