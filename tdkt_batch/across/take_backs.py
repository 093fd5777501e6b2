"""What an earlier report of the same unit said is not silently taken back by a later one."""

from __future__ import annotations

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    CheckResult,
    Report,
    RuleInMonth,
    fails,
    is_unreadable,
    passes,
)
from tdkt_batch.campaign.board_checks import Parameter
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.model import OutcomeKind, Scalar, Value
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.wording import across as say
from tdkt_batch.wording.shared import LEFT_BLANK


def nothing_taken_back(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask that what was reported as held stays held, with the figures that were reported.

    The last report is compared that took nothing back itself, of an earlier month or of
    this one. A figure that was blank and is now filled completes it; a cell that the unit
    was asked to write anew is no take-back, and one that cannot be read is asked as such.
    Places: ``khac_nhau``, ``thang_truoc``, ``ban_truoc``, ``so_o``.
    """
    stands = last_that_stands(rule, report)
    return NOT_APPLICABLE if stands is None else _against(rule, report, stands)


def last_that_stands(rule: RuleInMonth, report: Report) -> Report | None:
    """Return what a unit said last before ``report`` without taking back what it had said."""
    stands: Report | None = None
    for one in rule.told.get(report.unit.code, ()):
        if stands is None or _against(rule, one, stands).kind is not OutcomeKind.FAIL:
            stands = one
    return stands


def _against(rule: RuleInMonth, report: Report, before: Report) -> CheckResult:
    """Compare a report with one that the unit gave before."""
    if before.form.id != report.form.id or rule.stage(before) is not Stage.HELD:
        return NOT_APPLICABLE
    status = rule.campaign.roles.status
    is_held = report.scope.value(status) == before.scope.value(status)
    names = rule.parameter(Parameter.FIGURES, tuple) if is_held else (status,)
    to_mend = rule.to_mend.get(before.submission.source, frozenset())
    changed = {}
    for name in names:
        old, new = before.submission.values.get(name), report.submission.values.get(name)
        if old is None or old.is_blank or old.value is None:
            continue
        if name in to_mend or is_unreadable(new):
            continue
        if new is None or new.is_blank or new.value != old.value:
            changed[name] = (old, new)
    if not changed:
        return passes(report.cell(status), status)
    places = {
        "khac_nhau": "; ".join(
            say.TAKEN_BACK.format(label=report.form.label(name), old=_said(old), new=_said(new))
            for name, (old, new) in changed.items()
        ),
        "thang_truoc": before.submission.month.vietnamese,
        "ban_truoc": _named(before, report),
        "so_o": str(len(changed)),
    }
    first = next(iter(changed))
    return fails("figures" if is_held else "held", places, report.cell(first), first)


def _named(before: Report, report: Report) -> str:
    """Return which report is meant: that of its month, of the same month its file."""
    if before.submission.month != report.submission.month:
        return say.REPORT_OF.format(month=before.submission.month.vietnamese)
    return say.FORM_BEFORE.format(name=before.submission.source.file_name)


def _said(value: Value | None) -> str:
    """Return what a cell holds and where it stands."""
    if value is None or value.is_blank or value.value is None:
        return LEFT_BLANK
    known: Scalar = value.value
    return say.AT_CELL.format(value=write_result(known), sheet=value.sheet, cell=value.cell)
