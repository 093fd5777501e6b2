"""How each unit stands besides its declared figures: stage, days, words, verdict, what is missing.

A stage, a day and a reason are those of its latest report (đến nay), its requests those
of the month's. A finding whose explanation the board accepted counts as waived, not
under its severity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.roles import ACTUAL, PLANNED, Role, Stage
from tdkt_batch.figures.believed import believed
from tdkt_batch.model import Finding, Life, OutcomeKind, Severity, Unit
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.rules.evaluate import Unknown
from tdkt_batch.rules.submission_scope import SubmissionScope
from tdkt_batch.values import Scalar
from tdkt_batch.vietnamese.folding import fold_choice
from tdkt_batch.wording.figures import (
    ALLOTTED_BY_BOARD,
    ALLOTTED_BY_TABLE,
    NO_REQUEST,
    UNNAMED_VALUE,
)
from tdkt_batch.wording.forms import NONE


class Verdict(StrEnum):
    """What stands against a unit's report, the gravest thing; ``NO_REPORT`` when there is none.

    Their order is that in which findings are told, ``GRAVEST_FIRST`` among them.
    """

    VIOLATION = "violation"
    ARITHMETIC = "arithmetic"
    READING = "reading"
    WARNING = "warning"
    ERROR = "error"
    UNKNOWN = "unknown"
    NOTICE = "notice"
    WAIVED = "waived"
    PASS = "pass"
    NO_REPORT = "no_report"


@dataclass(frozen=True, slots=True)
class MissingValue:
    """A value that a unit did not give, and the rules that could not be decided without it.

    ``waiting`` counts the other units whose rules these are; 0 for the unit's own.
    """

    unit: str
    field: str
    label: str
    rules: tuple[str, ...]
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """How a unit stands to date, and what it asks for in its report of the month.

    ``group`` is the name of its group of kinds. ``of_month`` is the month of its latest
    report, by its first day, None where it never sent one; ``stage`` is None where it is
    not known. A planned day counts where the unit has a plan or has held its conference,
    the day on which that was held only then. ``reason`` says why it is not held,
    ``allotted_by`` who allotted its delegates for the higher congress.
    """

    unit: Unit
    group: str
    of_month: date | None
    stage: Stage | None
    planned_day: date | None
    held_day: date | None
    reason: str
    requests: str
    allotted_by: str


def unit_lines(campaign: Campaign, report: MonthReport) -> dict[str, UnitLine]:
    """Return how each unit stands, by code, in the report's order."""
    return {one.unit.code: _line(campaign, one) for one in report.units}


def _line(campaign: Campaign, report: UnitReport) -> UnitLine:
    now, latest = _Told(campaign, report), report.latest
    told = now if latest is report else _Told(campaign, latest)
    stage = campaign.roles.stage_of(told.value(campaign.roles.status))
    planned, held = told.role(Role.DATE, PLANNED), told.role(Role.DATE, ACTUAL)
    requests = str(now.role(Role.REQUESTS) or "")
    is_none = fold_choice(requests).rstrip(" .") in (*NONE, *NO_REQUEST)
    has_plan = stage in (Stage.PLANNED, Stage.HELD)
    return UnitLine(
        unit=report.unit,
        group=group_of(campaign, report.unit.kind),
        of_month=told.of_month,
        stage=stage,
        planned_day=planned if has_plan and isinstance(planned, date) else None,
        held_day=held if stage is Stage.HELD and isinstance(held, date) else None,
        reason=str(told.role(Role.REASON) or ""),
        requests="" if is_none else requests,
        allotted_by=allotted_by(report),
    )


def allotted_by(report: UnitReport) -> str:
    """Return in words who allotted a unit its delegates; empty while nobody did."""
    if (one := report.allotment) is not None:
        return ALLOTTED_BY_TABLE.format(unit=one.by, month=one.month.vietnamese)
    return ALLOTTED_BY_BOARD if report.unit.allotment is not None else ""


class _Told:
    """What a unit's report says, as it is believed; None for all that it does not say."""

    def __init__(self, campaign: Campaign, report: UnitReport) -> None:
        self._campaign = campaign
        submission = believed(campaign, report)
        self.of_month = None if submission is None else submission.month.first_day
        self._scope: SubmissionScope | None = None
        if submission is not None:
            form = campaign.form(submission.form)
            self._scope = SubmissionScope.of(form, submission, report.unit)

    def value(self, name: str) -> Scalar | None:
        """Return what the report gives for a name of its form."""
        result = None if self._scope is None else self._scope.value(name)
        return None if isinstance(result, Unknown) else result

    def role(self, role: Role, suffix: str = "") -> Scalar | None:
        """Return what stands in the field of a role; the suffix chooses planned or actual."""
        name = self._campaign.roles.name(role, suffix)
        return self.value(name) if name else None


def missing_values(campaign: Campaign, report: MonthReport) -> tuple[MissingValue, ...]:
    """Return what units did not give in the month's reports, and what they owe to others."""
    own = (value for one in report.units for value in _missing(campaign, one))
    return (*own, *owed_values(report))


def _missing(campaign: Campaign, report: UnitReport) -> Iterator[MissingValue]:
    """Yield each value that leaves rules undecided, once, with these rules.

    One that cannot be read is a finding by itself, which names its rules.
    """
    rules: dict[str, list[str]] = {}
    told = told_of(report)
    for outcome in report.outcomes:
        if outcome.is_undecided:
            for name in outcome.missing or (outcome.field,):
                rules.setdefault(name, []).append(outcome.rule)
    for name, affected in rules.items():
        if name not in told:
            label = _form_of(campaign, report).label(name) if name else UNNAMED_VALUE
            yield MissingValue(report.unit.code, name, label, tuple(affected))


def _form_of(campaign: Campaign, report: UnitReport) -> Form:
    if report.is_usable and report.submission is not None:
        return campaign.form(report.submission.form)
    return campaign.form_of(report.unit)


def owed_values(report: MonthReport) -> Iterator[MissingValue]:
    """Yield each value that a unit owes to rules of others, once, as the unit's own matter.

    A unit that sent nothing, and whose last day is not over, owes nothing yet.
    """
    awaited = {one.unit.code for one in report.units if one.state is UnitState.NOT_YET_DUE}
    waiting: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for unit in report.units:
        for outcome in unit.outcomes:
            if outcome.owed_by and outcome.owed_by not in awaited:
                owed = outcome.owed_by, outcome.missing[0]
                waiting.setdefault(owed, []).append((unit.unit.code, outcome.rule))
    for (code, label), pairs in sorted(waiting.items()):
        rules = dict.fromkeys(rule for _, rule in pairs)
        units = len({unit for unit, _ in pairs})
        yield MissingValue(code, "", label, tuple(rules), units)


def told_of(report: UnitReport) -> frozenset[str]:
    """Return the fields of which a fault of reading says that they cannot be read."""
    faults = (one for one in report.findings if one.severity is Severity.READING)
    return frozenset(field for one in faults for field in one.fields)


def standing_findings(report: UnitReport) -> tuple[Finding, ...]:
    """Return a unit's findings without those whose explanation the board accepted."""
    return tuple(one for one in report.findings if one.life is not Life.WAIVED)


def verdict(report: UnitReport) -> Verdict:
    """Return the gravest thing that stands against a unit's report.

    What another unit owes is not held against it.
    """
    if not report.is_usable:
        return Verdict.NO_REPORT
    standing = standing_findings(report)
    found = {str(finding.severity) for finding in standing}
    if any(outcome.is_undecided for outcome in report.outcomes):
        found.add(Verdict.UNKNOWN)
    if any(outcome.outcome is OutcomeKind.ERROR for outcome in report.outcomes):
        found.add(Verdict.ERROR)
    if len(standing) < len(report.findings):
        found.add(Verdict.WAIVED)
    return next((one for one in Verdict if one in found), Verdict.PASS)


def group_of(campaign: Campaign, kind: str) -> str:
    """Return the name of the group of units that a kind belongs to; the kind when in none."""
    groups = (group for level in campaign.levels for group in level.groups)
    return next((group.name for group in groups if kind in group.kinds), kind)
