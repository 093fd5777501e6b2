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
from tdkt_batch.campaign.roles import Role, Stage
from tdkt_batch.model import Decision
from tdkt_batch.rules.decisions import due_day
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import across as say
from tdkt_batch.wording.shared import NOT_WRITTEN


def result_reported(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask for actual figures and a covering document within the board's days (O5).

    The day of the report is its covering document's, or the arrival if that is
    earlier, and of several the first that told of the conference: forms come every
    month. One without a letter, as forms are pre-filled, stands on the letter of the
    last report of an earlier month that had told of the conference. Places:
    ``ngay_hoi_nghi``, ``cong_van``, ``ngay_bao_cao``, ``han``, ``so_ngay``.
    """
    number, letter = rule.text(Parameter.LETTER_NUMBER), rule.text(Parameter.LETTER_DATE)
    total, conference = rule.figure(Role.TOTAL), rule.figure(Role.DATE)
    lettered = _with_letter(rule, report, (number, letter))
    held_on, sent_on = report.scope.value(conference), lettered.scope.value(letter)
    due = reported = None
    if isinstance(held_on, date):
        due = held_on + timedelta(days=rule.parameter(Parameter.DAYS, int))
    if isinstance(sent_on, date):
        reported = sent_on if report.received is None else min(sent_on, report.received.date())
        reported = min(reported, rule.first_told.get(report.unit.code, reported))
    late = (reported - due).days if due and reported else 0
    document = say.LETTER.format(
        number=_written(lettered.scope.value(number)), day=_written(sent_on)
    )
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
        if lettered.scope.blank(name):
            return fails("no_letter", places, report.cell(name), name)
    for name, of in ((number, lettered), (letter, lettered), (conference, report)):
        if is_unreadable(of.cell(name)):
            return lacks(name, at=report.cell(name))
    if due is None or reported is None:
        missing = conference if due is None else letter
        return lacks(missing, at=report.cell(missing))
    if late > 0:
        return fails("late", places, report.cell(letter), letter)
    return passes(report.cell(letter), letter)


def _with_letter(rule: RuleInMonth, report: Report, letter: tuple[str, str]) -> Report:
    """Return the report whose letter counts: an earlier one's where this has none at all."""
    if not all(report.scope.blank(name) for name in letter):
        return report
    for one in rule.every.get(report.unit.code, ()):
        is_earlier = one.as_of is not None and one.form.id == report.form.id
        if is_earlier and rule.stage(one) is Stage.HELD:
            return report if any(one.scope.blank(name) for name in letter) else one
    return report


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
        "noi_nhan": rule.campaign.recipient_of(report.unit),
    }
    return fails("late", places)


def _extended_by(extension: Decision) -> str:
    """Return in words the decision that gave a unit until a later day."""
    day = write_day(extension.decided) if extension.decided else NOT_WRITTEN
    return say.EXTENDED_BY.format(day=day, reason=extension.reason)
