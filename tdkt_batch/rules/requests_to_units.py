"""What the board asks of a unit after its report was examined, one by one, and by which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.rule import Asks
from tdkt_batch.model import GRAVEST_FIRST, Finding, Life, Outcome, OutcomeKind, Severity
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.rules.decisions import due_day
from tdkt_batch.rules.submission_scope import SubmissionScope


class Action(StrEnum):
    """What is asked of a unit that sent a report, what is to be done first before the rest.

    Figures that were written wrong corrected (đính chính), a form completed (hoàn thiện), an
    explanation (giải trình), patience while the board looks at what was explained, nothing.
    """

    CORRECT = "correct"
    COMPLETE = "complete"
    EXPLAIN = "explain"
    AWAITING = "awaiting"
    CLEAR = "clear"

    @property
    def is_asked(self) -> bool:
        """Whether the unit has to do something."""
        return self in (Action.CORRECT, Action.COMPLETE, Action.EXPLAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing that is asked of a unit (một việc).

    It is about a ``finding``, or about a ``field`` that the unit left out and for which
    ``rules`` wait; about neither where the whole form is to be filled in.
    """

    action: Action
    finding: Finding | None = None
    field: str = ""
    rules: tuple[str, ...] = ()


MINUTES_A_CELL = 1
MINUTES_AN_EXPLANATION = 3
MINUTES_A_FORM = 25
"""No stage of a conference asks for more cells than so many."""
MINUTES_TO_SEND = 2


def minutes_of(requests: Iterable[Request]) -> int:
    """Return about how long the writing takes: cell by cell, and what is explained; then to send.

    What has to be looked up or decided first is not in it. Past ten minutes the next
    multiple of five is said, for more is not known.
    """
    minutes = MINUTES_TO_SEND
    for one in requests:
        if one.action is Action.EXPLAIN:
            minutes += MINUTES_AN_EXPLANATION
        elif one.finding is None and not one.field:
            minutes += MINUTES_A_FORM
        else:
            cells = len(one.finding.places) if one.finding is not None else 1
            minutes += MINUTES_A_CELL * max(cells, 1)
    return minutes if minutes <= 10 else -(-minutes // 5) * 5


def requests_to(campaign: Campaign, report: UnitReport) -> tuple[Request, ...]:
    """Return what is asked of a unit that sent a report, one by one, in the order of ``Action``.

    Of one kind the gravest findings come first, then what the unit left out. An empty
    form is to be filled in, and nothing else is asked.
    """
    if report.submission is None:
        return ()
    if report.state is UnitState.EMPTY:
        return (Request(action=Action.COMPLETE),)
    over = is_over(campaign, report)
    findings = sorted(report.findings, key=lambda one: GRAVEST_FIRST.index(one.severity))
    asked = [
        Request(action=action, finding=finding)
        for finding in findings
        if (action := action_for(campaign, finding, over=over)).is_asked
    ]
    # a cell is asked for once: a finding that wants it filled says more than that it is blank
    told = {one.finding.field for one in asked if one.finding and one.action is Action.COMPLETE}
    asked += [
        Request(action=Action.COMPLETE, field=name, rules=rules)
        for name, rules in lacking_values(campaign, report).items()
        if name not in told
    ]
    return tuple(sorted(asked, key=lambda one: tuple(Action).index(one.action)))


def action_of(campaign: Campaign, report: UnitReport) -> Action:
    """Return what is asked first of a unit that sent a report."""
    if requests := requests_to(campaign, report):
        return requests[0].action
    waits = any(action_for(campaign, one, over=False) is Action.AWAITING for one in report.findings)
    return Action.AWAITING if waits else Action.CLEAR


def action_for(campaign: Campaign, finding: Finding, *, over: bool) -> Action:
    """Return what one finding asks for; ``over``: the conference is.

    A fault of data is corrected. What has happened is explained, not mended, unless the
    rule asks for something that lacks. What is explained waits for the board's answer;
    what it accepted asks for nothing.
    """
    if finding.life in (Life.WAIVED, Life.FIXED) or finding.severity is Severity.NOTICE:
        return Action.CLEAR
    if finding.severity is Severity.READING:
        return Action.CORRECT
    if finding.explanation.strip() and finding.decision is None:
        return Action.AWAITING
    if finding.severity is Severity.ARITHMETIC:
        return Action.CORRECT
    rule = campaign.rule_by_id.get(finding.code)
    if rule is not None and rule.asks is not None:
        return Action.CORRECT if rule.asks is Asks.CORRECT else Action.COMPLETE
    return Action.EXPLAIN if over or finding.severity is Severity.WARNING else Action.COMPLETE


def is_over(campaign: Campaign, report: UnitReport) -> bool:
    """Tell whether the unit's conference has been held, by its own report."""
    submission = report.submission
    if submission is None:
        return False
    form = campaign.form(submission.form)
    scope = SubmissionScope.of(form, submission, report.unit)
    return scope.value(campaign.roles.held) is True


def lacking_values(campaign: Campaign, report: UnitReport) -> dict[str, tuple[str, ...]]:
    """Return the values that a unit left out, each with the rules that wait for it.

    One that could not be read is asked for by the fault of reading, which names its rules,
    and one whose line is lost from the sheet by the fault that says so.
    """
    if report.submission is None:
        return {}
    form = campaign.form(report.submission.form)
    values = report.submission.values
    of_reading = [one for one in report.findings if one.severity is Severity.READING]
    told = {field for one in of_reading for field in one.fields}
    if not all(one.fields for one in of_reading):
        told |= {name for name in form.field_by_id if name in values and not values[name].cell}
    waiting: dict[str, list[str]] = {}
    for outcome in report.outcomes:
        for name in missing_of(outcome, form):
            if name not in told:
                waiting.setdefault(name, []).append(outcome.rule)
    return {name: tuple(rules) for name, rules in waiting.items()}


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


def resend_day(campaign: Campaign, report: MonthReport) -> date:
    """Return the day by which those send of whom nothing can be used."""
    days = campaign.letters.limits.reminder_working_days
    return campaign.holidays.working_day_after(report.received_until.date(), days)


def answer_day(campaign: Campaign, month: MonthReport, report: UnitReport) -> date:
    """Return the day by which a unit is to answer: one that sent nothing of use has its own.

    Nobody is to send a report before its own last day for it.
    """
    if report.state in (UnitState.ON_TIME, UnitState.LATE):
        return reply_day(campaign, month)
    due = due_day(campaign, report.unit, month.month, report.extension)
    return max(due, resend_day(campaign, month))


def gets_fresh_form(report: UnitReport) -> bool:
    """Tell whether a unit is to send again what could not be used, for which it gets a form."""
    is_unusable = report.state is UnitState.UNUSABLE and report.hindrance is not None
    return is_unusable or report.state is UnitState.EMPTY


def gets_file(campaign: Campaign, report: UnitReport) -> bool:
    """Tell whether a file goes back to a unit: it has something to do in it."""
    if gets_fresh_form(report):
        return True
    return not report.carried and action_of(campaign, report).is_asked
