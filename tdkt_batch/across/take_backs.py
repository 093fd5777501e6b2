"""What an earlier report of the same unit said is not silently taken back by a later one."""

from __future__ import annotations

from collections.abc import Sequence

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
from tdkt_batch.model import OutcomeKind, Source
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.values import Scalar, Value
from tdkt_batch.wording import across as say
from tdkt_batch.wording.shared import LEFT_BLANK


def nothing_taken_back(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask that what was reported as held stays held, with the figures that were reported.

    The last report is compared that took nothing back itself, of an earlier month or of
    this one; of a cell that cannot be read there what the reports before it said. A figure
    that was blank and is now filled completes it; a cell that the unit
    was asked to write anew is no take-back, and one that cannot be read is asked as such.
    Places: ``khac_nhau``, ``thang_truoc``, ``ban_truoc``, ``so_o``.
    """
    return _against(rule, report, _standing(rule, report))


def left_standing(rule: RuleInMonth, report: Report, kind: OutcomeKind) -> Source | None:
    """Return the file of an earlier report that stands beside one that is judged ``kind``.

    It is the earliest that still says something: all that it said where the newer one took
    something back or its status cannot be read, else what cannot be read in the newer one.
    None where the newer one says everything itself.
    """
    status = rule.campaign.roles.status
    names = (status, *rule.parameter(Parameter.FIGURES, tuple))
    unread = [name for name in names if is_unreadable(report.submission.values.get(name))]
    if kind is not OutcomeKind.FAIL and not unread:
        return None
    stands = _standing(rule, report)
    if kind is not OutcomeKind.FAIL and status not in unread:
        names = tuple(unread)
    if not stands or stands[0].form.id != report.form.id:
        return None
    places = [stands.index(_last_with(name, stands)) for name in names]
    return stands[max(places)].submission.source


def _standing(rule: RuleInMonth, report: Report) -> tuple[Report, ...]:
    """Return the reports of a unit before ``report`` that agree, the newest first.

    One whose status cannot be read says nothing of the conference and takes no one's place.
    """
    stands: tuple[Report, ...] = ()
    for one in rule.told.get(report.unit.code, ()):
        if is_unreadable(one.submission.values.get(rule.campaign.roles.status)):
            continue
        kind = _against(rule, one, stands).kind
        if kind is not OutcomeKind.FAIL:
            stands = (one,) if kind is OutcomeKind.NOT_APPLICABLE else (one, *stands)
    return stands


def _against(rule: RuleInMonth, report: Report, stands: Sequence[Report]) -> CheckResult:
    """Compare a report with those that the unit gave before and that agree, the newest first."""
    if not stands:
        return NOT_APPLICABLE
    last = stands[0]
    if last.form.id != report.form.id or rule.stage(last) is not Stage.HELD:
        return NOT_APPLICABLE
    status = rule.campaign.roles.status
    is_held = report.scope.value(status) == last.scope.value(status)
    names = rule.parameter(Parameter.FIGURES, tuple) if is_held else (status,)
    changed: dict[str, tuple[Report, Value, Value | None]] = {}
    for name in names:
        before = _last_with(name, stands)
        old, new = before.submission.values.get(name), report.submission.values.get(name)
        if old is None or old.is_blank or old.value is None:
            continue
        if name in rule.to_mend.get(before.submission.source, ()) or is_unreadable(new):
            continue
        if new is None or new.is_blank or new.value != old.value:
            changed[name] = (before, old, new)
    if not changed:
        return passes(report.cell(status), status)
    first = next(iter(changed))
    names_before = dict.fromkeys(_named(before, report) for before, _, _ in changed.values())
    places = {
        "khac_nhau": "; ".join(
            say.TAKEN_BACK.format(label=report.form.label(name), old=_said(old), new=_said(new))
            for name, (_, old, new) in changed.items()
        ),
        "thang_truoc": changed[first][0].submission.month.vietnamese,
        "ban_truoc": "; ".join(names_before),
        "so_o": str(len(changed)),
    }
    return fails("figures" if is_held else "held", places, report.cell(first), first)


def _last_with(name: str, stands: Sequence[Report]) -> Report:
    """Return the newest report in which a cell can be read, the newest of all where in none."""
    values = ((one, one.submission.values.get(name)) for one in stands)
    return next((one for one, value in values if not is_unreadable(value)), stands[0])


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
