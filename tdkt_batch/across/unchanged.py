"""Whether a report that says that nothing changed is as the last one, and one that is says so."""

from __future__ import annotations

from collections.abc import Iterator

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    CheckResult,
    Report,
    RuleInMonth,
    fails,
    passes,
)
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.roles import Role
from tdkt_batch.model import Scalar, Value
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import across as say
from tdkt_batch.wording.shared import LEFT_BLANK

_NAMED = 5
"""How many of the cells that differ are named."""


def unchanged_as_told(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask of a form that was pre-filled whether somebody looked at it.

    One that is ticked as unchanged differs nowhere from the unit's last report of an
    earlier month, but in unit, month and covering letter; one that differs nowhere is
    ticked, or has a letter, which no form is pre-filled with. That is asked of forms
    that were made for the month: last month's file used again is nobody's question, nor
    is a form without the tick, which is of before. Places: ``khac_nhau``, ``so_o``,
    ``thang_truoc``.
    """
    roles = rule.campaign.roles
    tick = roles.name(Role.UNCHANGED)
    value = report.submission.values.get(tick)
    earlier = (one for one in rule.every.get(report.unit.code, ()) if one.as_of is not None)
    last = next(earlier, None)
    if value is None or not value.cell or last is None or last.form.id != report.form.id:
        return NOT_APPLICABLE
    letter = (roles.name(Role.DOCUMENT_NUMBER), roles.name(Role.DOCUMENT_DATE))
    apart = {roles.unit, roles.month, tick, *letter}
    differing = list(_differing(report.form, report, last, apart))
    places = {
        "khac_nhau": first_of(differing, _NAMED),
        "so_o": str(len(differing)),
        "thang_truoc": last.submission.month.vietnamese,
    }
    if value.value is True and differing:
        return fails("ticked", places, value, tick)
    is_prefilled = report.submission.is_prefilled
    has_letter = any(not report.scope.blank(id_) for id_ in letter)
    if is_prefilled and value.is_blank and not differing and not has_letter:
        return fails("untouched", places, value, tick)
    return passes(value, tick)


def _differing(form: Form, report: Report, last: Report, apart: set[str]) -> Iterator[str]:
    """Yield what the fields and tables say that say otherwise than the last report."""
    for field in form.fields:
        if field.id in apart:
            continue
        old, new = _known(last, field.id), _known(report, field.id)
        if old != new:
            label = form.label(field.id)
            yield say.TAKEN_BACK.format(label=label, old=_said(old), new=_said(new))
    for table in form.tables:
        if _rows(last, table.id) != _rows(report, table.id):
            yield say.LIST_DIFFERS.format(table=table.title)


def _known(report: Report, id_: str) -> Scalar | None:
    return _value(report.submission.values.get(id_))


def _value(value: Value | None) -> Scalar | None:
    """Return what a cell says; of a blank mark and of a count left out, nothing."""
    if value is None or value.implied or value.value is False:
        return None
    return value.value


def _rows(report: Report, table: str) -> list[dict[str, Scalar]]:
    """Return what a table's rows say, one below the other."""
    rows = report.submission.tables.get(table, ())
    said = ({id_: _value(v) for id_, v in row.values.items()} for row in rows)
    filled = ({id_: one for id_, one in row.items() if one is not None} for row in said)
    return [row for row in filled if row]


def _said(known: Scalar | None) -> str:
    return LEFT_BLANK if known is None else write_result(known)
