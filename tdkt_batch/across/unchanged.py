"""Whether a report that says that nothing changed is as the last one, and one that is says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    CheckResult,
    Report,
    RuleInMonth,
    fails,
    passes,
)
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Table
from tdkt_batch.campaign.roles import Role
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.values import Scalar, Value
from tdkt_batch.vietnamese.folding import fold_text
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import across as say
from tdkt_batch.wording.shared import LEFT_BLANK

SIGNING = (Role.PREPARER, Role.PHONE, Role.HEAD)
"""Who signs a report says nothing of what it reports."""
_NAMED = 5
"""How many of the cells that differ are named."""
_Row = frozenset[tuple[str, Scalar]]
"""What a row of a list says: its cells by column id."""


def unchanged_as_told(rule: RuleInMonth, report: Report) -> CheckResult:
    """Ask of a form that was pre-filled whether somebody looked at it.

    One that is ticked as unchanged differs nowhere from the unit's last report of an
    earlier month, but in unit, month, covering letter and who signs; one that differs
    nowhere is ticked, has a letter, which no form is pre-filled with, or is signed by
    somebody else. That is asked of forms that were made for the month: last month's file
    used again is nobody's question, nor is a form without the tick, which is of before.
    Places: ``khac_nhau``, ``so_o``, ``thang_truoc``.
    """
    roles = rule.campaign.roles
    tick = roles.name(Role.UNCHANGED)
    value = report.submission.values.get(tick)
    earlier = (one for one in rule.every.get(report.unit.code, ()) if one.as_of is not None)
    last = next(earlier, None)
    if value is None or not value.cell or last is None or last.form.id != report.form.id:
        return NOT_APPLICABLE
    letter = (roles.name(Role.DOCUMENT_NUMBER), roles.name(Role.DOCUMENT_DATE))
    signing = [roles.name(role) for role in SIGNING]
    apart = {roles.unit, roles.month, tick, *letter, *signing}
    differing = list(_differing(rule.campaign, report, last, apart))
    places = {
        "khac_nhau": first_of(differing, _NAMED),
        "so_o": str(len(differing)),
        "thang_truoc": last.submission.month.vietnamese,
    }
    if value.value is True and differing:
        return fails("ticked", places, value, tick)
    is_prefilled = report.submission.is_prefilled
    is_looked_at = (
        bool(differing)
        or any(not report.scope.blank(id_) for id_ in letter)
        or any(_known(report, id_) != _known(last, id_) for id_ in signing)
    )
    if is_prefilled and value.is_blank and not is_looked_at:
        return fails("untouched", places, value, tick)
    return passes(value, tick)


def _differing(campaign: Campaign, report: Report, last: Report, apart: set[str]) -> Iterator[str]:
    """Yield what the fields and tables say that say otherwise than the last report."""
    form = report.form
    for field in form.fields:
        if field.id in apart:
            continue
        old, new = _known(last, field.id), _known(report, field.id)
        if old != new:
            label = form.label(field.id)
            yield say.TAKEN_BACK.format(label=label, old=_said(old), new=_said(new))
    for table in form.tables:
        names = _filled_in(table, report, campaign)
        if not _is_same(table, _rows(last, table, names), _rows(report, table, names)):
            yield say.LIST_DIFFERS.format(table=table.title)


def _known(report: Report, id_: str) -> Scalar | None:
    return _value(report.submission.values.get(id_))


def _value(value: Value | None) -> Scalar | None:
    """Return what a cell says; of a blank mark and of a count left out, nothing."""
    if value is None or value.implied or value.value is False:
        return None
    return value.value


def _is_same(table: Table, old: Counter[_Row], new: Counter[_Row]) -> bool:
    """Tell whether two lists say the same, in whatever order.

    Where the register fills in the names, a row under another name that is new says so too.
    """
    gone, come = old - new, new - old
    if not table.names_units_below:
        return not gone and not come
    named, others = (
        {(id_, one) for row in rows for id_, one in row if id_ == table.columns[0].id}
        for rows in (gone, come)
    )
    return not named & others and _unnamed(table, gone) == _unnamed(table, come)


def _unnamed(table: Table, rows: Counter[_Row]) -> Counter[_Row]:
    first = table.columns[0].id
    return Counter(frozenset(cell for cell in row if cell[0] != first) for row in rows.elements())


def _filled_in(table: Table, report: Report, campaign: Campaign) -> set[str]:
    """Return the names that stand in a table from the start: alone in a row they say nothing."""
    if table.names_units_below:
        return {fold_text(one.name) for one in campaign.units_below(report.unit)}
    choices = table.columns[0].choices
    return set(map(fold_text, choices.values)) if table.prefill and choices else set()


def _rows(report: Report, table: Table, names: set[str]) -> Counter[_Row]:
    """Return what a table's rows say, but those in which nothing but one of ``names`` stands."""
    first = table.columns[0].id
    rows: list[_Row] = []
    for row in report.submission.tables.get(table.id, ()):
        said = {id_: one for id_, v in row.values.items() if (one := _value(v)) is not None}
        is_name = said.keys() == {first} and fold_text(str(said[first])) in names
        rows += [frozenset(said.items())] if said and not is_name else []
    return Counter(rows)


def _said(known: Scalar | None) -> str:
    return LEFT_BLANK if known is None else write_result(known)
