"""One unit's month: its figures by the role they play, its stage, its verdict.

A figure that the unit did not give is None, never 0. Planned figures count where
the unit has a plan or has held its conference, actual ones only where it has
held it. A finding whose explanation the board accepted counts as waived, not
under its severity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.roles import ACTUAL, PLANNED, Role, Stage
from tdkt_batch.figures.believed import believed
from tdkt_batch.model import Finding, Life, OutcomeKind, Scalar, Severity, Submission
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.rules.evaluate import Unknown
from tdkt_batch.rules.submission_scope import SubmissionScope
from tdkt_batch.vietnamese.folding import fold_choice
from tdkt_batch.wording.figures import NO_REQUEST, UNNAMED_VALUE
from tdkt_batch.wording.forms import NONE

DELEGATES = (
    Role.TOTAL, Role.EXEMPLARY, Role.GUESTS, Role.OTHERS, Role.WOMEN, Role.MINORITIES
)  # fmt: skip
"""The roles of the delegates' figures, which stand planned and actual."""
HONOURED = (Role.COLLECTIVES, Role.INDIVIDUALS, Role.HOUSEHOLDS)
RESULTS = (*HONOURED, Role.ELECTED)
STATES = tuple(f"state_{state}" for state in UnitState)
STAGES = tuple(f"stage_{stage}" for stage in Stage)
SEVERITIES = tuple(str(severity) for severity in Severity)
WAIVED = str(Life.WAIVED)


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


class UnitFigures:
    """One unit of the report with its figures by role."""

    def __init__(self, campaign: Campaign, report: MonthReport, unit_report: UnitReport) -> None:
        self._campaign = campaign
        self._month_report = report
        self.report = unit_report
        self.unit = unit_report.unit
        self.submission: Submission | None = believed(campaign, unit_report)
        self.form: Form = campaign.form_of(self.unit)
        self._scope: SubmissionScope | None = None
        if self.submission is not None:
            self.form = campaign.form(self.submission.form)
            self._scope = SubmissionScope.of(self.form, self.submission, self.unit)

    def value(self, name: str) -> Scalar | None:
        """Return what the unit gave for a name of its form, None when missing."""
        if self._scope is None:
            return None
        result = self._scope.value(name)
        return None if isinstance(result, Unknown) else result

    def figure(self, role: Role, suffix: str = "") -> Scalar | None:
        """Return the figure that holds ``role``; the suffix chooses planned or actual."""
        name = self._campaign.roles.figures.get(role)
        return None if name is None else self.value(name + suffix)

    @property
    def stage(self) -> Stage | None:
        """The stage of the unit's conference; None when not known."""
        roles = self._campaign.roles
        return roles.stage_of(self.value(roles.status))

    @property
    def of_month(self) -> date | None:
        """The month of the report that gives the figures, by its first day; None without one."""
        return None if self.submission is None else self.submission.month.first_day

    def record(self) -> dict[str, object]:
        """Return the unit's row of ``Statistics.units``."""
        unit, report, stage = self.unit, self.report, f"stage_{self.stage}"
        required, reported = report.state is not UnitState.NOT_REQUIRED, self.submission is not None
        standing = standing_findings(report)
        severities = Counter(str(finding.severity) for finding in standing)
        undecided = sum(outcome.is_undecided for outcome in report.outcomes)
        errors = sum(outcome.outcome is OutcomeKind.ERROR for outcome in report.outcomes)
        return {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "group": group_of(self._campaign, unit.kind),
            "parent": unit.parent or "",
            "parent_name": unit.superior,
            "state": str(report.state),
            "of_month": self.of_month,
            "stage": self.stage or "",
            "verdict": str(verdict(report)),
            "units": 1,
            "required": int(required),
            "reported": int(reported),
            "expected": int(required or reported),
            "never_reported": int(required and not report.ever_reported),
            **{f"state_{one}": int(report.state is one) for one in UnitState},
            **{one: int(one == stage) for one in STAGES},
            **self._conference(),
            **{severity: severities[severity] for severity in SEVERITIES},
            WAIVED: len(report.findings) - len(standing),
            str(OutcomeKind.UNKNOWN): undecided,
            str(OutcomeKind.ERROR): errors,
        }

    def _conference(self) -> dict[str, object]:
        """Return the conference's days and figures, and what has passed until the report's moment.

        ``overdue``: by a report that arrived after the level's window had ended the
        unit had neither held nor cancelled; what an older report leaves open is not
        known, and nothing unknown is overdue. ``past_plan``: its planned day has passed
        and it has not reported since, nor sent anything that could not be used.
        """
        until = self._month_report.received_until.date()
        has_plan, held = self.stage in (Stage.PLANNED, Stage.HELD), self.stage is Stage.HELD
        is_open, sent = self.stage in (Stage.NONE, Stage.PLANNED), self.report.received
        may_have_told = self.report.hindrance is not None
        planned, held_on = self.figure(Role.DATE, PLANNED), self.figure(Role.DATE, ACTUAL)
        planned_day = planned if has_plan and isinstance(planned, date) else None
        held_day = held_on if held and isinstance(held_on, date) else None
        end = self._campaign.level(self.unit.level).window.end
        is_over = sent is not None and end < sent.date()
        figures: dict[str, object] = {
            "planned_day": planned_day,
            "held_day": held_day,
            "overdue": int(is_open and is_over),
            "past_plan": int(
                is_open and not may_have_told and planned_day is not None and planned_day < until
            ),
        }
        for role in DELEGATES:
            figures[f"planned_{role}"] = self.figure(role, PLANNED) if has_plan else None
            figures[f"actual_{role}"] = self.figure(role, ACTUAL) if held else None
        for role in RESULTS:
            figures[role] = self.figure(role) if held else None
        figures["allotment"] = self.unit.allotment
        figures["requests"] = self._requests()
        figures["reason"] = self.figure(Role.REASON) or ""
        return figures

    def _requests(self) -> str:
        """Return the unit's requests in its words; “Không” is none."""
        said = str(self.figure(Role.REQUESTS) or "")
        is_none = fold_choice(said).rstrip(" .") in (*NONE, *NO_REQUEST)
        return "" if is_none else said

    def missing(self) -> Iterator[MissingValue]:
        """Yield each value that leaves rules undecided, once, with these rules.

        One that cannot be read is a finding by itself, which names its rules.
        """
        rules: dict[str, list[str]] = {}
        told = told_of(self.report)
        for outcome in self.report.outcomes:
            if outcome.is_undecided:
                for name in outcome.missing or (outcome.field,):
                    rules.setdefault(name, []).append(outcome.rule)
        for name, affected in rules.items():
            if name in told:
                continue
            label = self.form.label(name) if name else UNNAMED_VALUE
            yield MissingValue(self.unit.code, name, label, tuple(affected))


def owed_values(report: MonthReport) -> Iterator[MissingValue]:
    """Yield each value that a unit owes to rules of others, once, as the unit's own matter."""
    waiting: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for unit in report.units:
        for outcome in unit.outcomes:
            if outcome.owed_by:
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
        found.add(WAIVED)
    return next((one for one in Verdict if one in found), Verdict.PASS)


def group_of(campaign: Campaign, kind: str) -> str:
    """Return the name of the group of units that a kind belongs to; the kind when in none."""
    groups = (group for level in campaign.levels for group in level.groups)
    return next((group.name for group in groups if kind in group.kinds), kind)
