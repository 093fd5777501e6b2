"""What the board checks look at: each unit's report, and what a check says of one unit."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from tdkt_batch.campaign.board_checks import Parameter
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.roles import Role, Stage
from tdkt_batch.campaign.rule import BoardRule
from tdkt_batch.model import ArrivalBasis, Decision, Month, OutcomeKind, Source, Submission, Unit
from tdkt_batch.report import Hindrance
from tdkt_batch.rules.submission_scope import SubmissionScope, existing_rows
from tdkt_batch.values import TableRow, Value
from tdkt_batch.vietnamese.folding import fold_text
from tdkt_batch.wording import across as say

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one unit sent that counts, as expressions see it, and when it arrived.

    ``as_of`` is the month that it is of where that is an earlier one than the
    month being run, else None.
    """

    unit: Unit
    form: Form
    submission: Submission
    scope: SubmissionScope
    received: datetime | None
    as_of: Month | None

    @property
    def source_month(self) -> str:
        """In words the earlier month that its figures come from; empty for this month's."""
        return say.AS_OF.format(month=self.as_of.vietnamese) if self.as_of else ""

    def cell(self, name: str) -> Value | None:
        """Return the field's cell; of a figure in force the planned or the actual one."""
        derived = next((d for d in self.form.derived if d.id == name), None)
        if derived is not None and name not in self.submission.values:
            name = self.scope.locate(derived.expression)
        return self.submission.values.get(name)

    def lines(self, table: str) -> Iterator[TableRow]:
        """Yield the table's existing rows; none where the form has no such table."""
        for one in self.form.tables:
            if one.id == table:
                rows = self.submission.tables.get(table, ())
                yield from (row for row in rows if existing_rows(one, (row,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInMonth:
    """One board rule in one month, with all that it may look at.

    ``reports`` hold, by unit code, each unit's newest report up to this month,
    ``every`` of units that others are under all of them, the newest first;
    ``unit_by_code`` has all that exist in the month, ``units_below`` those right below each,
    in the register's order. ``excused`` need not
    report by the board's decision, ``extended`` have a day of their own, ``awaited``
    sent nothing but have until a day that is not over; ``unusable``
    says of what something arrived why it is no report. ``until`` is the day of the
    cut-off, None where nothing bounds.
    ``told`` are the reports that each unit gave before the one that is judged, the oldest
    first: of earlier months, and of this one those that a newer form replaced. ``to_mend``
    are the cells that it was asked to write anew in one of them, by the file.
    ``first_told`` is the day on which an earlier report first said that a unit's
    conference was held.
    """

    campaign: Campaign
    definition: BoardRule
    month: Month
    unit_by_code: Mapping[str, Unit]
    units_below: Mapping[str, Sequence[Unit]]
    reports: Mapping[str, Report]
    every: Mapping[str, Sequence[Report]]
    told: Mapping[str, Sequence[Report]]
    first_told: Mapping[str, date]
    to_mend: Mapping[Source, frozenset[str]]
    excused: Container[str]
    extended: Mapping[str, Decision]
    awaited: Container[str]
    unusable: Mapping[str, Hindrance]
    until: date | None

    def parameter(self, name: Parameter, shape: type[T]) -> T:
        """Return a parameter of the rule, which is of this type."""
        value = self.definition.parameters[name]
        if not isinstance(value, shape):
            raise TypeError(name)
        return value

    def text(self, name: Parameter) -> str:
        """Return a parameter of the rule that is a text: mostly the name of a cell."""
        return self.parameter(name, str)

    def figure(self, role: Role) -> str:
        """Return the name that plays a role which the rule's check needs."""
        return self.campaign.roles.figures[role]

    def stage(self, report: Report) -> Stage | None:
        """Return the stage that a unit's status says, None when it says none.

        A conference held on a day that was yet to come when it was reported was not
        held: the stage is not known.
        """
        roles = self.campaign.roles
        stage = roles.stage_of(report.scope.value(roles.status))
        if stage is not Stage.HELD:
            return stage
        held_on, letter = (
            report.scope.value(roles.figures[role]) if role in roles.figures else None
            for role in (Role.DATE, Role.DOCUMENT_DATE)
        )
        moments = [day for day in (self.moment_of(report), letter) if isinstance(day, date)]
        is_to_come = isinstance(held_on, date) and bool(moments) and held_on > min(moments)
        return None if is_to_come else stage

    def moment_of(self, report: Report) -> date | None:
        """Return the day on which a report was made at the latest: its mail's, else the cut-off."""
        source = report.submission.source
        if source.arrived_by is ArrivalBasis.LETTER:
            return source.arrived.date()
        return self.until

    def subordinates(self, unit: Unit) -> tuple[Unit, ...]:
        """Return the units directly below ``unit`` that exist in the month."""
        return tuple(self.units_below.get(unit.code, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What a check says of one unit.

    A failing one names the ``case`` of the rule and fills its ``places``; an
    unknown one names what is ``missing``, and the unit that it is ``owed_by`` where
    that is another one. ``at`` is the cell to point at and ``field`` its name.
    """

    kind: OutcomeKind
    case: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    owed_by: str = ""
    at: Value | None = None
    field: str = ""


NOT_APPLICABLE = CheckResult(kind=OutcomeKind.NOT_APPLICABLE)


def passes(at: Value | None = None, field_: str = "") -> CheckResult:
    """Return that the rule holds."""
    return CheckResult(kind=OutcomeKind.PASS, at=at, field=field_)


def lacks(*missing: str, at: Value | None = None, owed_by: str = "") -> CheckResult:
    """Return that the rule cannot be decided for want of ``missing``.

    ``owed_by`` is the code of the unit that should give it, where it is not the
    unit asked.
    """
    kind = OutcomeKind.UNKNOWN
    return CheckResult(kind=kind, missing=missing, owed_by=owed_by, at=at, field=missing[0])


def fails(
    case: str, places: Mapping[str, str], at: Value | None = None, field_: str = ""
) -> CheckResult:
    """Return that the rule fails in the way ``case``."""
    return CheckResult(kind=OutcomeKind.FAIL, case=case, places=places, at=at, field=field_)


def is_unreadable(value: Value | None) -> bool:
    """Tell whether something was typed that could not be understood."""
    return value is not None and value.value is None and not value.is_blank


def column_of(name: str) -> tuple[str, str]:
    """Return table and column of ``bang.cot``."""
    table, _, column = name.partition(".")
    return table, column


def in_column(line: TableRow, name: str) -> Value | None:
    """Return a line's cell in the column ``bang.cot``."""
    return line.values.get(column_of(name)[1])


# --- the table of subordinate units in an upper unit's form ---------------------------------------


@dataclass(frozen=True, slots=True)
class SubordinateTable:
    """The existing lines with the names that they give; ``kinds`` are all kind words."""

    lines: tuple[TableRow, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]

    def place_of(self, name: str) -> int | None:
        """Return which line is meant by ``name``, None when none or more than one is."""
        return match_name(name, self.names, self.kinds)

    def line_of(self, name: str) -> TableRow | None:
        """Return the line meant by ``name``, None when none or more than one is."""
        place = self.place_of(name)
        return None if place is None else self.lines[place]


def subordinate_table(rule: RuleInMonth, report: Report) -> SubordinateTable:
    """Return the table whose name column is the rule's parameter ``subordinate``."""
    name = rule.text(Parameter.SUBORDINATE)
    lines = tuple(report.lines(column_of(name)[0]))
    cells = (in_column(line, name) for line in lines)
    return SubordinateTable(
        lines,
        tuple("" if cell is None or cell.value is None else str(cell.value) for cell in cells),
        tuple(kind for level in rule.campaign.levels for kind in level.unit_kinds),
    )


def match_name(text: str, names: Sequence[str], kinds: Sequence[str]) -> int | None:
    """Return which of ``names`` is meant by ``text``, None when none or more than one is.

    The whole name decides first. Where no whole name fits, the kind word may be
    missing on either side, unless that leaves two candidates: a district has
    both Thị trấn Mường Tè and Xã Mường Tè.

    >>> match_name("Thèn  Sin", ["Xã Giang Ma", "Xã Thèn Sin"], ["xã"])
    1
    >>> match_name("Mường Tè", ["Thị trấn Mường Tè", "Xã Mường Tè"], ["xã", "thị trấn"])
    """
    wanted = fold_text(text)
    whole = [place for place, name in enumerate(names) if fold_text(name) == wanted]
    if whole:
        return whole[0] if len(whole) == 1 else None
    bare = [
        place
        for place, name in enumerate(names)
        if wanted == without_kind(name, kinds) or fold_text(name) == without_kind(text, kinds)
    ]
    return bare[0] if len(bare) == 1 else None


def without_kind(name: str, kinds: Sequence[str]) -> str:
    """Return the folded name without the kind word it begins with.

    >>> without_kind("Xã Thèn Sin", ["xã", "thị trấn"])
    'thèn sin'
    """
    folded = fold_text(name)
    for kind in _longest_first(tuple(kinds)):
        if folded.startswith(f"{kind} "):
            return folded.removeprefix(f"{kind} ")
    return folded


@lru_cache(maxsize=16)
def _longest_first(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(map(fold_text, kinds), key=len, reverse=True))
