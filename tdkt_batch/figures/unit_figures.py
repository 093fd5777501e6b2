"""One unit's month: its figures by the role they play, its stage, its verdict.

A figure that the unit did not give is None, never 0. Planned figures count where
the unit has a plan or has held its conference, actual ones only where it has
held it. A finding whose explanation the board accepted counts as waived, not
under its severity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.model import Finding, Life, Outcome, OutcomeKind, Scalar, Severity, Submission
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.rules.evaluate import Unknown
from tdkt_batch.rules.submission_scope import SubmissionScope

DELEGATES = ("total", "exemplary", "guests", "others", "women", "minorities")
"""The roles of the delegates' figures, which stand planned and actual."""
HONOURED = ("collectives", "individuals", "households")
RESULTS = (*HONOURED, "elected")
STATES = tuple(f"state_{state}" for state in UnitState)
STAGES = ("stage_none", "stage_planned", "stage_held", "stage_cancelled")
SEVERITIES = tuple(str(severity) for severity in Severity)
WAIVED = str(Life.WAIVED)


class Verdict(StrEnum):
    """What stands against a unit's report, the gravest thing; ``NO_REPORT`` when there is none."""

    VIOLATION = "violation"
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
    """A value that a unit did not give, and the rules that could not be decided without it."""

    unit: str
    field: str
    label: str
    rules: tuple[str, ...]


class UnitFigures:
    """One unit of the report with its figures by role."""

    def __init__(self, campaign: Campaign, report: MonthReport, unit_report: UnitReport) -> None:
        self._campaign = campaign
        self._month_report = report
        self.report = unit_report
        self.unit = unit_report.unit
        self.submission: Submission | None = None
        if unit_report.is_usable:
            self.submission = unit_report.submission
        self.form: Form = campaign.form_of(self.unit)
        self._scope: SubmissionScope | None = None
        if self.submission is not None:
            self.form = campaign.form(self.submission.form)
            values, tables = self.submission.values, self.submission.tables
            self._scope = SubmissionScope(self.form, values, tables, self.unit)

    def value(self, name: str) -> Scalar | None:
        """Return what the unit gave for a name of its form, None when missing."""
        if self._scope is None:
            return None
        result = self._scope.value(name)
        return None if isinstance(result, Unknown) else result

    def figure(self, role: str, suffix: str = "") -> Scalar | None:
        """Return the figure that holds ``role``; the suffix chooses planned or actual."""
        name = self._campaign.roles.figures.get(role)
        return None if name is None else self.value(name + suffix)

    @property
    def stage(self) -> str:
        """The stage of the unit's conference by role; empty when not known."""
        status = self.value(self._campaign.roles.status)
        stages = self._campaign.roles.stages
        return next((stage for stage, choice in stages.items() if choice == status), "")

    @property
    def of_month(self) -> date | None:
        """The month of the report that gives the figures, by its first day; None without one."""
        return None if self.submission is None else self.submission.month.first_day

    def record(self) -> dict[str, object]:
        """Return the unit's row of ``Statistics.units``."""
        return (
            self._identity() | self._flags() | self._dates() | self._figures() | self._severities()
        )

    def _identity(self) -> dict[str, object]:
        unit = self.unit
        return {
            "code": unit.code,
            "name": unit.name,
            "level": unit.level,
            "kind": unit.kind,
            "group": group_of(self._campaign, unit.kind),
            "parent": unit.parent or "",
            "parent_name": self._parent_name(),
            "state": str(self.report.state),
            "of_month": self.of_month,
            "stage": self.stage,
            "verdict": str(verdict(self.report)),
        }

    def _parent_name(self) -> str:
        """Return the superior unit's name, from the month's units or else the register."""
        superior = self._campaign.superior_of(self.unit)
        return superior.name if superior else self.unit.parent or ""

    def _flags(self) -> dict[str, object]:
        state, stage = self.report.state, self.stage
        required, reported = state is not UnitState.NOT_REQUIRED, self.submission is not None
        flags = {
            "units": True,
            "required": required,
            "reported": reported,
            "expected": required or reported,
            "never_reported": required and not self.report.ever_reported,
        }
        flags |= {f"state_{one}": state is one for one in UnitState}
        flags |= {one: one == f"stage_{stage}" for one in STAGES}
        return {name: int(flag) for name, flag in flags.items()}

    def _dates(self) -> dict[str, object]:
        """Return planned and actual day, and what has passed until the report's moment.

        ``overdue``: the level's window has ended and the unit, which reported, has
        neither held nor cancelled. ``past_plan``: the same of its own planned day.
        """
        until = self._month_report.received_until.date()
        window = self._campaign.level(self.unit.level).window
        open_ = self.submission is not None and self.stage not in ("held", "cancelled")
        planned = self._day("_kh") if self.stage in ("planned", "held") else None
        held = self._day("_th") if self.stage == "held" else None
        return {
            "planned_day": planned,
            "held_day": held,
            "held_in_month": int(held is not None and _in_month(held, self._month_report)),
            "overdue": int(open_ and window.end < until),
            "past_plan": int(open_ and planned is not None and planned < until),
        }

    def _day(self, suffix: str) -> date | None:
        day = self.figure("date", suffix)
        return day if isinstance(day, date) else None

    def _figures(self) -> dict[str, object]:
        has_plan, held = self.stage in ("planned", "held"), self.stage == "held"
        figures: dict[str, object] = {}
        for role in DELEGATES:
            figures[f"planned_{role}"] = self.figure(role, "_kh") if has_plan else None
            figures[f"actual_{role}"] = self.figure(role, "_th") if held else None
        for role in RESULTS:
            figures[role] = self.figure(role) if held else None
        figures["staff"] = self.figure("staff")
        figures["allotment"] = self.unit.allotment
        figures["listed"] = sum(1 for _ in self.elected()) if self.submission else None
        figures["requests"] = self.figure("requests") or ""
        figures["reason"] = self.figure("reason") or ""
        return figures

    def _severities(self) -> dict[str, object]:
        standing = standing_findings(self.report)
        counts: dict[str, object] = {
            severity: sum(1 for finding in standing if finding.severity == severity)
            for severity in SEVERITIES
        }
        counts[WAIVED] = len(self.report.findings) - len(standing)
        for kind in (OutcomeKind.UNKNOWN, OutcomeKind.ERROR):
            counts[str(kind)] = sum(1 for o in self.report.outcomes if o.outcome is kind)
        return counts

    def rows(self, table: str) -> tuple[Mapping[str, Scalar | None], ...]:
        """Return the existing rows of one of the form's tables, values by column."""
        if self._scope is None or table not in self.form.names.tables:
            return ()
        columns = self.form.names.tables[table]
        rows = []
        for row in self._scope.rows(table):
            results = {column: row.value(column) for column in columns}
            rows.append({c: None if isinstance(r, Unknown) else r for c, r in results.items()})
        return tuple(rows)

    def elected(self) -> Iterator[Mapping[str, Scalar | None]]:
        """Yield the rows of the delegates' list that are marked as elected."""
        table, _, mark = self._campaign.roles.tables["elected"].partition(".")
        return (row for row in self.rows(table) if row.get(mark) is True)

    def missing(self) -> Iterator[MissingValue]:
        """Yield each value that leaves rules undecided, once, with these rules."""
        rules: dict[str, list[str]] = {}
        for outcome in self.report.outcomes:
            if outcome.outcome is OutcomeKind.UNKNOWN:
                for name in self._lacking(outcome):
                    rules.setdefault(name, []).append(outcome.rule)
        for name, affected in rules.items():
            label = self.form.label(name) if name else "số liệu"
            yield MissingValue(self.unit.code, name, label, tuple(affected))

    def _lacking(self, outcome: Outcome) -> tuple[str, ...]:
        return outcome.missing or (outcome.field,)


def _in_month(day: date, report: MonthReport) -> bool:
    return report.month.first_day <= day <= report.month.last_day


def standing_findings(report: UnitReport) -> tuple[Finding, ...]:
    """Return a unit's findings without those whose explanation the board accepted."""
    return tuple(one for one in report.findings if one.life is not Life.WAIVED)


def verdict(report: UnitReport) -> Verdict:
    """Return the gravest thing that stands against a unit's report."""
    if not report.is_usable:
        return Verdict.NO_REPORT
    standing = standing_findings(report)
    found = {str(finding.severity) for finding in standing}
    found |= {str(outcome.outcome) for outcome in report.outcomes} & {"unknown", "error"}
    if len(standing) < len(report.findings):
        found.add(WAIVED)
    return next((one for one in Verdict if one in found), Verdict.PASS)


def group_of(campaign: Campaign, kind: str) -> str:
    """Return the name of the group of units that a kind belongs to; the kind when in none."""
    groups = (group for level in campaign.levels for group in level.groups)
    return next((group.name for group in groups if kind in group.kinds), kind)
