"""The nouns that travel through a run: units, values, submissions, outcomes, findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as with_default
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache, partial, total_ordering
from itertools import chain
from pathlib import Path
from typing import Any

from tdkt_batch.errors import InputError
from tdkt_batch.machine.plain_files import read_plain
from tdkt_batch.values import Fault, Scalar, TableRow, Value, telling
from tdkt_batch.wording.model import BAD_MONTH

OFFICE_TIME = timezone(timedelta(hours=7))
"""Việt Nam has one time zone and no summer time; moments are shown in it, whatever the machine."""


# --- months and units ---------------------------------------------------------------------


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A reporting month (kỳ báo cáo).

    >>> Month.parse("2015-03").vietnamese
    '3/2015'
    >>> Month.parse("2015-01").previous
    Month(year=2014, number=12)
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Return the month written ``YYYY-MM`` or ``M/YYYY``; ``InputError`` for anything else."""
        match = re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d{1,2})", text) or re.fullmatch(
            r"(?P<month>\d{1,2})/(?P<year>\d{4})", text
        )
        if not match or not 1 <= int(match["month"]) <= 12:
            raise InputError(BAD_MONTH.format(text=text))
        return cls(int(match["year"]), int(match["month"]))

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month that ``day`` lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        following = date(self.year + self.number // 12, self.number % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month.of(self.first_day - timedelta(days=1))

    @property
    def vietnamese(self) -> str:
        """The month as an office writes it: ``3/2015``."""
        return f"{self.number}/{self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __lt__(self, other: Month) -> bool:
        return (self.year, self.number) < (other.year, other.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of the register (đơn vị), with the dates between which it exists.

    ``parent`` is the code of the unit right above it and ``superior`` that one's
    name. ``allotment`` is the number of delegates allotted to it for the higher
    congress, None while not issued.
    """

    code: str
    name: str
    kind: str
    level: str
    parent: str | None = None
    superior: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    contact: str = ""
    phone: str = ""
    email: str = ""
    allotment: int | None = None
    exempt: bool = False
    note: str = ""

    def is_valid_in(self, month: Month) -> bool:
        """Tell whether the unit exists on any day of ``month``."""
        starts = self.valid_from is None or self.valid_from <= month.last_day
        ends = self.valid_to is None or self.valid_to >= month.first_day
        return starts and ends


# --- what arrived -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Whose mail it was: ``sent`` is the time in Việt Nam, None when no date can be read."""

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    sent: datetime | None = None
    message_id: str = ""


class ArrivalBasis(StrEnum):
    """What the time of arrival was taken from."""

    LETTER = "letter"
    MEMBER = "member"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a file came from: its name inside what was given, its content's hash, its time.

    ``container`` names what it lay in, from the outside in. ``letter`` is the
    innermost mail that carried it. ``modified`` is the file's own time, inside an
    archive the one that the archive keeps of it. ``first_seen`` is when a run of
    the ledger first met it, None without a ledger.
    """

    name: str
    sha256: str
    size: int
    modified: datetime
    container: str = ""
    letter: Letter | None = None
    first_seen: datetime | None = None

    @property
    def file_name(self) -> str:
        """Its name without the folders before it, those of Windows too."""
        return self.name.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def arrived(self) -> datetime:
        """When it arrived: the mail's own date; of a loose file its time or when first seen.

        Of the two the earlier: a file copied later keeps the day on which it was
        first seen.
        """
        if self.letter and self.letter.sent:
            return self.letter.sent
        return min(self.modified, self.first_seen or self.modified)

    @property
    def arrived_by(self) -> ArrivalBasis:
        """What ``arrived`` was taken from."""
        if self.letter and self.letter.sent:
            return ArrivalBasis.LETTER
        return ArrivalBasis.MEMBER if self.container else ArrivalBasis.FILE


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that arrived: where it came from, and where its content lies.

    ``number`` is the ledger's and never changes; 0 before it is entered, or where
    there is no ledger. ``path`` is where its bytes are, or should be when they
    cannot be had. ``problem`` is a key of ``wording.shared.FILE_REASONS`` when it
    cannot be used as it is, ``detail`` what fills its sentence.
    """

    source: Source
    path: Path = Path()
    problem: str = ""
    detail: str = ""
    number: int = 0

    def read(self) -> bytes:
        """Return the content; OSError when it cannot be had any more."""
        return read_plain(self.path, self.source.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """What only holds others (a mail, an archive) and is not itself a file to be counted.

    ``kind`` is zip, gz, tar, workbook, eml, mbox, msg, tnef or smime. ``members`` counts what lies
    directly in it, pictures in a mail's text not among them.
    """

    name: str
    kind: str
    members: int
    letter: Letter | None = None


# --- a unit's report, and how each rule ended for it --------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What one unit sent for one month: every value with its provenance.

    ``values`` are by field id, ``tables`` by table id; ``explanations`` are what
    the unit wrote beside a rule in its check panel, by rule id. ``unread_tables``
    are those of which nothing is known, so that they count as neither filled nor blank.
    ``extras`` say in words what else the file held: sheets, pictures, comments. It
    ``is_prefilled`` when its form was made for this month with what the unit said last.
    """

    source: Source
    form: str
    form_version: str
    unit: str
    month: Month
    values: Mapping[str, Value]
    tables: Mapping[str, tuple[TableRow, ...]]
    unread_tables: tuple[str, ...] = ()
    check_figure: str = ""
    explanations: Mapping[str, str] = with_default(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    extras: tuple[str, ...] = ()
    is_prefilled: bool = False

    @property
    def cells(self) -> tuple[Value, ...]:
        """All cells in reading order: the single ones, then the tables row by row."""
        rows = (row.values.values() for rows in self.tables.values() for row in rows)
        return (*self.values.values(), *chain.from_iterable(rows))

    @property
    def telling_cells(self) -> tuple[Value, ...]:
        """Those of all cells that may say more than what was typed, in reading order."""
        rows = (telling(row.values) for rows in self.tables.values() for row in rows)
        return (*telling(self.values), *chain.from_iterable(rows))

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        """The faults of the file and of each of its cells, in reading order."""
        return (*self.faults, *(value.fault for value in self.telling_cells if value.fault))

    @property
    def repaired_cells(self) -> tuple[Value, ...]:
        """The cells of which it is to be shown how they were understood, in reading order."""
        return tuple(v for v in self.telling_cells if v.repair and v.repair.is_to_be_shown)


class OutcomeKind(StrEnum):
    """How a rule ended for a unit."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    ERROR = "error"


class Severity(StrEnum):
    """How grave a failing rule is.

    ``ARITHMETIC`` marks figures that contradict each other, ``READING`` a fault of
    reading: both are the clerk's and not of the guidance, counted apart and to be
    corrected also when the conference is over.
    """

    VIOLATION = "violation"
    WARNING = "warning"
    NOTICE = "notice"
    ARITHMETIC = "arithmetic"
    READING = "reading"

    @property
    def is_of_data(self) -> bool:
        """Whether it is a fault of the figures as they were written, not of what they tell."""
        return self in (Severity.ARITHMETIC, Severity.READING)


GRAVEST_FIRST = (
    Severity.VIOLATION,
    Severity.ARITHMETIC,
    Severity.READING,
    Severity.WARNING,
    Severity.NOTICE,
)
"""In which order a unit is told what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one rule ended for one unit.

    ``as_typed`` is the outcome with the cells' own semantics, None for a board
    rule, which one form cannot decide. Texts are empty unless the rule failed;
    ``missing`` names the fields that an unknown outcome lacks, ``owed_by`` the unit
    that owes them where it is another one. ``field`` is the field (or
    ``table.column``) that the outcome points at, ``sheet`` and ``cell`` where it
    stands. ``is_settled`` marks a rule that does not apply because it fails by the
    cause of another, which fails too and stands for it.
    """

    rule: str
    outcome: OutcomeKind
    as_typed: OutcomeKind | None = None
    severity: Severity | None = None
    message: str = ""
    given: str = ""
    expected: str = ""
    difference: str = ""
    remedy: str = ""
    field: str = ""
    sheet: str = ""
    cell: str = ""
    missing: tuple[str, ...] = ()
    owed_by: str = ""
    is_settled: bool = False
    error: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said but how the rule ended and where it looked."""
        return self == plain_outcome(*self.in_short())

    def in_short(self) -> tuple[str, str, str, str, str, str]:
        """Return what a plain outcome consists of: most are, and are the same for many units."""
        as_typed = "" if self.as_typed is None else str(self.as_typed)
        return self.rule, str(self.outcome), as_typed, self.field, self.sheet, self.cell

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle a plain one as what is held once for all units."""
        if self.is_plain:
            return plain_outcome, self.in_short()
        given = ((one, getattr(self, one.name)) for one in fields(self))
        said = {one.name: what for one, what in given if what != one.default}
        return partial(Outcome, **said), ()

    @property
    def is_undecided(self) -> bool:
        """Whether it is unknown for want of what the unit itself should give."""
        return self.outcome is OutcomeKind.UNKNOWN and not self.owed_by


@lru_cache(maxsize=20_000)
def plain_outcome(  # noqa: PLR0913, PLR0917 — the parts of ``Outcome.in_short``
    rule: str, outcome: str, as_typed: str, field: str, sheet: str, cell: str
) -> Outcome:
    """Return how a rule ended that says no more, the same object for all units."""
    return Outcome(
        rule=rule,
        outcome=OutcomeKind(outcome),
        as_typed=OutcomeKind(as_typed) if as_typed else None,
        field=field,
        sheet=sheet,
        cell=cell,
    )


# --- findings, their lives, the board's decisions -----------------------------------------


class Life(StrEnum):
    """How a finding stands against the months before (vòng đời của một nội dung)."""

    NEW = "new"
    OPEN = "open"
    FIXED = "fixed"
    REOPENED = "reopened"
    WAIVED = "waived"


class DecisionKind(StrEnum):
    """What the board decided about a unit, a finding or a figure.

    ``ACCEPTED`` and ``REFUSED`` answer a unit's explanation of a finding,
    ``CORRECTED`` replaces a figure (đính chính), ``EXCUSED`` frees a unit from
    reporting, ``EXTENDED`` gives a unit until a later day (gia hạn), ``SET_ASIDE``
    leaves a file out, ``ATTRIBUTED`` says whose it is. ``SEEN`` and ``ASKED`` answer
    what the program asks the officer: it is right as it stands, or the unit was asked.
    ``WITHDRAWN`` takes back the earlier decision of the same subject.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CORRECTED = "corrected"
    EXCUSED = "excused"
    EXTENDED = "extended"
    SET_ASIDE = "set_aside"
    ATTRIBUTED = "attributed"
    SEEN = "seen"
    ASKED = "asked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of the board, as its control workbook holds it.

    It holds from ``month`` to ``until`` (None: to the end). An accepted
    explanation waives the finding ``code`` at ``field`` only as long as the unit
    gives the same as ``given``: other figures are another finding. A corrected
    figure and an extended deadline (``due``) hold in ``month`` alone. A file is known by
    its content: ``file`` is its SHA-256, ``given`` its name; ``unit`` is whose the board
    says it is, empty where it is set aside. ``question`` is the mark of what the officer
    was asked, ``given`` its words, ``file`` what it is about where that is no figure.
    """

    kind: DecisionKind
    unit: str
    month: Month
    code: str = ""
    field: str = ""
    given: str = ""
    value: Scalar | None = None
    explanation: str = ""
    reason: str = ""
    approver: str = ""
    clause: str = ""
    decided: date | None = None
    until: Month | None = None
    file: str = ""
    due: date | None = None
    question: str = ""

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What it is about; a later decision of the same subject takes its place."""
        if self.question:
            return "", "", "", self.question
        if self.file:
            return "", "", "", self.file
        if self.due:
            return self.unit, str(self.month), "", "due"
        return self.unit, str(self.month), self.code, self.field

    def holds_in(self, month: Month) -> bool:
        """Tell whether it is in force in ``month``."""
        if self.kind is DecisionKind.CORRECTED or self.due:
            return month == self.month
        return self.month <= month and (self.until is None or month <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """How many delegates a unit may send to the higher congress, by the unit above it.

    ``by`` is that unit's name; its report of ``month``, the file ``source``, has the
    number in ``cell``.
    """

    number: int
    by: str
    month: Month
    source: Source
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing for a unit to mend or explain: a failing rule, or a fault of reading.

    The same fault of reading in a column or a block (``group``) is one finding;
    ``cells`` are its fields with their cells, ``cell`` is the first.
    ``life`` says how it stands against the months before, ``since`` is the month
    in which it was found first of those in a row, ``months_open`` counts them.
    ``explanation`` is what the unit wrote of it, ``decision`` what the board
    answered. ``settled`` are the rules that fail by the same cause: they are named
    here, and nowhere else.
    """

    unit: str
    month: Month
    severity: Severity
    code: str
    message: str
    given: str = ""
    expected: str = ""
    difference: str = ""
    remedy: str = ""
    clause: str = ""
    quote: str = ""
    file: str = ""
    sha256: str = ""
    sheet: str = ""
    cell: str = ""
    field: str = ""
    group: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    settled: tuple[str, ...] = ()
    life: Life = Life.NEW
    since: Month | None = None
    months_open: int = 1
    explanation: str = ""
    decision: Decision | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same finding in another month."""
        return self.unit, self.code, self.group or self.field

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The fields that it is about with their cells; none where it is about no cell."""
        return self.cells or (((self.field, self.cell),) if self.cell else ())

    @property
    def fields(self) -> frozenset[str]:
        """The fields that it is about."""
        return frozenset({self.field, *(field for field, _ in self.cells)} - {""})
