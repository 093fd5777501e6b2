"""What the board checks look at: each unit's report, and what a check says of one unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tdkt_batch.campaign.definition import BoardRule, Campaign, Form
from tdkt_batch.model import Month, OutcomeKind, Submission, TableRow, Unit, Value
from tdkt_batch.rules.submission_scope import SubmissionScope, existing_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one unit sent that counts, as expressions see it, and when it arrived."""

    unit: Unit
    form: Form
    submission: Submission
    scope: SubmissionScope
    received: datetime | None

    def cell(self, name: str) -> Value | None:
        """Return the field's cell; of a figure in force the planned or the actual one."""
        located = name if name in self.submission.values else self._located(name)
        return self.submission.values.get(located)

    def _located(self, name: str) -> str:
        derived = next((d for d in self.form.derived if d.id == name), None)
        return name if derived is None else self.scope.locate(derived.expression)

    def lines(self, table: str) -> Iterator[TableRow]:
        """Yield the table's existing rows; none where the form has no such table."""
        for one in self.form.tables:
            if one.id == table:
                rows = self.submission.tables.get(table, ())
                yield from (row for row in rows if existing_rows(one, (row,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One board rule in one month, with all that it may look at.

    ``reports`` hold, by unit code, the units that sent something; ``units`` are
    all that exist in the month, in the register's order.
    """

    campaign: Campaign
    rule: BoardRule
    month: Month
    units: tuple[Unit, ...]
    reports: Mapping[str, Report]

    def text(self, parameter: str) -> str:
        """Return a parameter of the rule that is a text: mostly the name of a cell."""
        value = self.rule.parameters[parameter]
        if not isinstance(value, str):
            raise TypeError(parameter)
        return value

    def number(self, parameter: str) -> int:
        """Return a parameter of the rule that is a whole number."""
        value = self.rule.parameters[parameter]
        if not isinstance(value, int):
            raise TypeError(parameter)
        return value

    def day(self, parameter: str) -> date:
        """Return a parameter of the rule that is a day."""
        value = self.rule.parameters[parameter]
        if not isinstance(value, date):
            raise TypeError(parameter)
        return value

    def texts(self, parameter: str) -> tuple[str, ...]:
        """Return a parameter of the rule that is a list of texts."""
        value = self.rule.parameters[parameter]
        if not isinstance(value, tuple):
            raise TypeError(parameter)
        return value

    def figure(self, role: str) -> str:
        """Return the name that plays a role, such as ``date`` or ``elected``."""
        return self.campaign.roles.figures[role]

    def stage(self, report: Report) -> str:
        """Return the stage that a unit's status says, empty when it says none."""
        status = report.scope.value(self.campaign.roles.status)
        stages = self.campaign.roles.stages
        return next((stage for stage, choice in stages.items() if choice == status), "")

    def subordinates(self, unit: Unit) -> tuple[Unit, ...]:
        """Return the units directly below ``unit`` that exist in the month."""
        return tuple(one for one in self.units if one.parent == unit.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check says of one unit.

    A failing one names the ``case`` of the rule and fills its ``places``; an
    unknown one names what is ``missing``. ``at`` is the cell to point at and
    ``field`` its name.
    """

    kind: OutcomeKind
    case: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    at: Value | None = None
    field: str = ""


NOT_APPLICABLE = Verdict(kind=OutcomeKind.NOT_APPLICABLE)


def passes(at: Value | None = None, field_: str = "") -> Verdict:
    """Return the verdict that the rule holds."""
    return Verdict(kind=OutcomeKind.PASS, at=at, field=field_)


def lacks(*missing: str, at: Value | None = None) -> Verdict:
    """Return the verdict that the rule cannot be decided for want of ``missing``."""
    return Verdict(kind=OutcomeKind.UNKNOWN, missing=missing, at=at, field=missing[0])


def fails(
    case: str, places: Mapping[str, str], at: Value | None = None, field_: str = ""
) -> Verdict:
    """Return the verdict that the rule fails in the way ``case``."""
    return Verdict(kind=OutcomeKind.FAIL, case=case, places=places, at=at, field=field_)


def is_unreadable(value: Value | None) -> bool:
    """Tell whether something was typed that could not be understood."""
    return value is not None and value.value is None and not value.is_blank


def column_of(name: str) -> tuple[str, str]:
    """Return table and column of ``bang.cot``."""
    table, _, column = name.partition(".")
    return table, column
