"""What the board asks of a unit after its report was examined, and by which day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.model import Finding, Life, Outcome, OutcomeKind, Severity
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.rules.submission_scope import SubmissionScope


class Action(StrEnum):
    """What is asked of a unit that sent a report, the most urgent first.

    A form completed and sent again, figures corrected (đính chính) after the
    conference, an explanation, patience while the board looks at what was
    explained, nothing.
    """

    COMPLETE = "complete"
    CORRECT = "correct"
    EXPLAIN = "explain"
    AWAITING = "awaiting"
    CLEAR = "clear"


def action_of(campaign: Campaign, report: UnitReport) -> Action:
    """Return the most that is asked of a unit that sent a report."""
    if report.state is UnitState.EMPTY or lacks_values(campaign, report):
        return Action.COMPLETE
    over = is_over(campaign, report)
    asked = {action_for(finding, over=over) for finding in report.findings}
    return next((action for action in Action if action in asked), Action.CLEAR)


def action_for(finding: Finding, *, over: bool) -> Action:
    """Return what one finding asks for; ``over``: the conference is.

    What has happened is explained, not mended, but a wrong figure of it is
    corrected. What is explained waits for the board's answer; what it accepted
    asks for nothing.
    """
    if finding.life in (Life.WAIVED, Life.FIXED) or finding.severity is Severity.NOTICE:
        return Action.CLEAR
    if finding.severity is Severity.READING:
        return Action.CORRECT if over else Action.COMPLETE
    if finding.explanation.strip() and finding.decision is None:
        return Action.AWAITING
    if finding.severity is Severity.ARITHMETIC and over:
        return Action.CORRECT
    return Action.EXPLAIN if over or finding.severity is Severity.WARNING else Action.COMPLETE


def is_over(campaign: Campaign, report: UnitReport) -> bool:
    """Tell whether the unit's conference has been held, by its own report."""
    submission = report.submission
    if submission is None:
        return False
    form = campaign.form(submission.form)
    scope = SubmissionScope.of(form, submission, report.unit)
    return scope.value(campaign.roles.held) is True


def lacks_values(campaign: Campaign, report: UnitReport) -> bool:
    """Tell whether a rule cannot be decided for want of a value that the unit should give."""
    if report.submission is None:
        return False
    form = campaign.form(report.submission.form)
    return any(missing_of(outcome, form) for outcome in report.outcomes)


def missing_of(outcome: Outcome, form: Form) -> tuple[str, ...]:
    """Return the cells that the unit has to write before the rule can be decided.

    What the register or the board has to know is not asked of the unit.
    """
    if outcome.outcome is not OutcomeKind.UNKNOWN:
        return ()
    return tuple(name for name in outcome.missing if name in form.field_by_id)


def reply_day(campaign: Campaign, report: MonthReport) -> date:
    """Return the day by which units answer: some working days after the month is closed."""
    days = campaign.letters.limits.reply_working_days
    return campaign.holidays.working_day_after(report.received_until.date(), days)
