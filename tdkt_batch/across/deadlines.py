"""When reports were made and arrived: results after a conference (O5), monthly reports (AMB-30)."""

from __future__ import annotations

from datetime import date, timedelta

from tdkt_batch.across.reports import (
    CheckResult,
    Report,
    RuleInMonth,
    fails,
    is_unreadable,
    lacks,
    passes,
)
from tdkt_batch.campaign.board_checks import Parameter
from tdkt_batch.campaign.roles import Role
from tdkt_batch.model import Decision
from tdkt_batch.rules.decisions import due_day
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import across as say
from tdkt_batch.wording.shared import NOT_WRITTEN


def result_reported(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask for actual figures and a covering document within the board's days (O5).

    The day of the report is its covering document's, or the arrival if that is
    earlier, and of several the first that told of the conference: forms come every
    month, under a new letter each. Places:
    ``ngay_hoi_nghi``, ``cong_van``, ``ngay_bao_cao``, ``han``, ``so_ngay``.
    """
    number, letter = rule.text(Parameter.LETTER_NUMBER), rule.text(Parameter.LETTER_DATE)
    total, conference = rule.figure(Role.TOTAL), rule.figure(Role.DATE)
    held_on, sent_on = report.scope.value(conference), report.scope.value(letter)
    due = reported = None
    if isinstance(held_on, date):
        due = held_on + timedelta(days=rule.parameter(Parameter.DAYS, int))
    if isinstance(sent_on, date):
        reported = sent_on if report.received is None else min(sent_on, report.received.date())
        reported = min(reported, rule.first_told.get(report.unit.code, reported))
    late = (reported - due).days if due and reported else 0
    document = say.LETTER.format(number=_written(report.scope.value(number)), day=_written(sent_on))
    places = {
        "ngay_hoi_nghi": _written(held_on),
        "cong_van": document,
        "ngay_bao_cao": _written(reported),
        "han": _written(due),
        "so_ngay": say.DAYS.format(number=write_number(late)) if late > 0 else "",
    }
    if report.scope.blank(total):
        return fails("no_figures", places, report.cell(total), total)
    for name in (number, letter):
        if report.scope.blank(name):
            return fails("no_letter", places, report.cell(name), name)
    for name in (number, letter, conference):
        if is_unreadable(report.cell(name)):
            return lacks(name, at=report.cell(name))
    if due is None or reported is None:
        missing = conference if due is None else letter
        return lacks(missing, at=report.cell(missing))
    if late > 0:
        return fails("late", places, report.cell(letter), letter)
    return passes(report.cell(letter), letter)


def _written(value: object) -> str:
    if isinstance(value, date):
        return write_day(value)
    return value if isinstance(value, str) else NOT_WRITTEN


def received_by_deadline(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask that the month's report arrived by the board's deadline, or the unit's own (AMB-30).

    Places: ``ngay_nhan``, ``han``, ``so_ngay``, ``cong_van``, ``noi_nhan``.
    """
    deadline = rule.campaign.deadline(report.unit.level)
    extension = rule.extended.get(report.unit.code)
    due = due_day(rule.campaign, report.unit, rule.month, extension)
    if report.received is None:
        return lacks(say.ARRIVAL)
    arrived = report.received.date()
    if arrived <= due:
        return passes()
    places = {
        "ngay_nhan": write_day(arrived),
        "han": write_day(due),
        "so_ngay": write_number((arrived - due).days),
        "cong_van": _extended_by(extension) if extension else deadline.set_by(rule.month),
        "noi_nhan": deadline.recipient,
    }
    return fails("late", places)


def _extended_by(extension: Decision) -> str:
    """Return in words the decision that gave a unit until a later day."""
    day = write_day(extension.decided) if extension.decided else NOT_WRITTEN
    return say.EXTENDED_BY.format(day=day, reason=extension.reason)
