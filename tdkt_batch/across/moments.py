"""Time has a direction: nothing that was done lies after the moment at which it was reported."""

from __future__ import annotations

from datetime import date

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    CheckResult,
    Report,
    RuleInMonth,
    fails,
    lacks,
    passes,
)
from tdkt_batch.campaign.board_checks import Parameter
from tdkt_batch.campaign.tree import Kind, Name, Swapped
from tdkt_batch.rules.evaluate import evaluate
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording import across as say


def done_before_reported(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask that the days of what was done lie no later than the report's moment.

    That is the day of the mail that brought it, else the month's cut-off: a loose
    file's own time accuses nobody. A day after the covering letter's is asked about
    by the form itself, and not again here. Places: ``cac_ngay``, ``ngay_nhan``,
    ``co_phai``.
    """
    moment, letter = rule.moment_of(report), rule.text(Parameter.LETTER_DATE)
    if moment is None:
        return lacks(say.ARRIVAL)
    names = rule.parameter(Parameter.DONE, tuple)
    days = {name: report.scope.value(name) for name in names if name in report.form.field_by_id}
    written = report.scope.value(letter)
    known = {name: day for name, day in days.items() if isinstance(day, date)}
    late = {
        name: day
        for name, day in known.items()
        if day > moment and not (isinstance(written, date) and day > written)
    }
    if not late:
        return passes() if known else NOT_APPLICABLE
    first = next(iter(late))
    swapped = evaluate(Swapped(Name(first, Kind.DATE)), report.scope)
    perhaps = ""
    if isinstance(swapped, date) and swapped <= moment:
        perhaps = say.PERHAPS.format(day=write_day(swapped))
    places = {
        "cac_ngay": "; ".join(
            say.DAY_OF.format(label=report.form.label(name), day=write_day(day))
            for name, day in late.items()
        ),
        "ngay_nhan": write_day(moment),
        "co_phai": perhaps,
    }
    return fails("later", places, report.cell(first), first)
