"""What an earlier report of the same unit said is not silently taken back by a later one."""

from __future__ import annotations

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    CheckResult,
    Report,
    RuleInMonth,
    fails,
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

    The unit's last report of an earlier month is compared, and the last that was made
    public with its month, where they differ. A figure that was blank
    and is now filled completes it; a unit that was asked to mend its report may
    change its figures, but not the fact. Places: ``khac_nhau``, ``thang_truoc``,
    ``so_o``.
    """
    code = report.unit.code
    told = [one.get(code) for one in (rule.before, rule.published)]
    found = [_against(rule, report, before) for before in told if before is not None]
    kinds = [one.kind for one in found]
    for kind in (OutcomeKind.FAIL, OutcomeKind.PASS):
        if kind in kinds:
            return found[kinds.index(kind)]
    return NOT_APPLICABLE


def _against(rule: RuleInMonth, report: Report, before: Report) -> CheckResult:
    """Compare a report with one that the unit gave before."""
    if before.form.id != report.form.id or rule.stage(before) is not Stage.HELD:
        return NOT_APPLICABLE
    status = rule.campaign.roles.status
    is_held = report.scope.value(status) == before.scope.value(status)
    if is_held and report.unit.code in rule.to_mend:
        return NOT_APPLICABLE
    names = rule.parameter(Parameter.FIGURES, tuple) if is_held else (status,)
    changed = {}
    for name in names:
        old, new = before.submission.values.get(name), report.submission.values.get(name)
        if old is None or old.is_blank or old.value is None:
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
        "so_o": str(len(changed)),
    }
    first = next(iter(changed))
    return fails("figures" if is_held else "held", places, report.cell(first), first)


def _said(value: Value | None) -> str:
    """Return what a cell holds and where it stands."""
    if value is None or value.is_blank or value.value is None:
        return LEFT_BLANK
    known: Scalar = value.value
    return say.AT_CELL.format(value=write_result(known), sheet=value.sheet, cell=value.cell)
