"""Delegates against allotments: who was chosen (B3) and who was elected (P7)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    CheckResult,
    Report,
    RuleInMonth,
    SubordinateTable,
    column_of,
    fails,
    in_column,
    is_unreadable,
    lacks,
    passes,
    subordinate_table,
)
from tdkt_batch.campaign.board_checks import Parameter
from tdkt_batch.campaign.roles import Role, Stage
from tdkt_batch.model import Allotment, Unit
from tdkt_batch.rules.evaluate import Unknown
from tdkt_batch.values import Value
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import across as say


@dataclass(frozen=True, slots=True)
class _Difference:
    """A base unit whose delegates differ from its allotment; None where it has no line."""

    unit: str
    sent: int
    allotted: int | None
    cell: Value | None = None


def roster_by_base_unit(rule: RuleInMonth, report: Report) -> CheckResult:
    """Compare each base unit's exemplary delegates in the roster with its allotment (B3).

    A delegate without a base unit was sent by none; a base unit without an
    allotment is not yet due. Places: ``da_chon``, ``phan_bo``, ``chenh_lech``,
    ``so_don_vi``.
    """
    table, allotment = subordinate_table(rule, report), rule.text(Parameter.ALLOTMENT)
    cells = [in_column(line, allotment) for line in table.lines]
    issued = [cell for cell in cells if cell is not None and cell.value is not None]
    if unreadable := next((cell for cell in cells if is_unreadable(cell)), None):
        return lacks(allotment, at=unreadable)
    if not issued:
        return NOT_APPLICABLE
    sent = _sent_by(rule, report)
    if isinstance(sent, CheckResult):
        return sent
    differing = _differences(table, allotment, sent)
    if not differing:
        return passes(issued[0], allotment)

    def said(phrase: str, unallotted: str) -> str:
        return "; ".join(
            (phrase if one.allotted is not None else unallotted).format(
                unit=one.unit,
                sent=write_number(one.sent),
                allotted="" if one.allotted is None else write_number(one.allotted),
            )
            for one in differing
        )

    places = {
        "da_chon": said(say.SENT, say.SENT),
        "phan_bo": said(say.ALLOTTED, say.UNALLOTTED),
        "chenh_lech": said(say.SENT_AND_ALLOTTED, say.SENT_UNALLOTTED),
        "so_don_vi": write_number(len(differing)),
    }
    at = next((one.cell for one in differing if one.cell is not None), issued[0])
    return fails("differs", places, at, allotment)


def _sent_by(rule: RuleInMonth, report: Report) -> Counter[str] | CheckResult:
    """Return how many exemplary delegates each named base unit sent, or why nobody can tell."""
    base_unit, category = rule.text(Parameter.BASE_UNIT), rule.text(Parameter.CATEGORY)
    roster = column_of(base_unit)[0]
    rows = list(report.lines(roster))
    sent: Counter[str] = Counter()
    for row in rows:
        name, kind = in_column(row, base_unit), in_column(row, category)
        if is_unreadable(name):
            return lacks(base_unit, at=name)
        if name is None or name.value is None:
            continue
        if kind is None or kind.value is None:
            return lacks(category, at=kind)
        if kind.value != rule.text(Parameter.NOT_EXEMPLARY):
            sent[str(name.value)] += 1
    if sent:
        return sent
    if rows:
        return lacks(base_unit, at=in_column(rows[0], base_unit))
    return lacks(roster) if rule.stage(report) is Stage.HELD else NOT_APPLICABLE


def _differences(table: SubordinateTable, allotment: str, sent: Counter[str]) -> list[_Difference]:
    """Return the lines whose delegates differ, then the senders that have no line."""
    by_line: Counter[int] = Counter()
    strangers = []
    for name, number in sorted(sent.items()):
        place = table.place_of(name)
        if place is None:
            strangers.append(_Difference(name, number, None))
        else:
            by_line[place] += number
    differing = []
    for place, line in enumerate(table.lines):
        cell = in_column(line, allotment)
        if cell is not None and isinstance(cell.value, int) and cell.value != by_line[place]:
            differing.append(_Difference(table.names[place], by_line[place], cell.value, cell))
    return differing + strangers


def allotment_of(rule: RuleInMonth, unit: Unit) -> Allotment | None:
    """Return what the unit above allotted; None where it did not, or others do (AMB-15).

    It stands in the newest table of that unit that gives a figure for this one.
    """
    kinds = rule.parameter(Parameter.KINDS_ALLOTTED_BY_UPPER, tuple)
    if unit.parent is None or unit.kind not in kinds:
        return None
    for report in rule.every.get(unit.parent, ()):
        line = subordinate_table(rule, report).line_of(unit.name)
        cell = in_column(line, rule.text(Parameter.ALLOTMENT)) if line else None
        if cell is not None and isinstance(cell.value, int):
            return Allotment(
                number=cell.value,
                by=report.unit.name,
                month=report.submission.month,
                source=report.submission.source,
                sheet=cell.sheet,
                cell=cell.cell,
            )
    return None


def elected_as_allotted(rule: RuleInMonth, report: Report) -> CheckResult:
    """Compare the elected delegates with the allotment from above (P7).

    That is what the unit above allotted, else what the register has. Places:
    ``da_bau``, ``phan_bo``, ``chenh_lech``, ``can_cu``.
    """
    field, by_upper = rule.figure(Role.ELECTED), allotment_of(rule, report.unit)
    allotted = by_upper.number if by_upper else report.unit.allotment
    if allotted is None:
        return NOT_APPLICABLE
    elected, at = report.scope.value(field), report.cell(field)
    if isinstance(elected, Unknown) or not isinstance(elected, int):
        return lacks(field, at=at)
    if elected == allotted:
        return passes(at, field)
    authority = say.ALLOTTED_BY_BOARD
    if by_upper:
        authority = say.ALLOTTED_BY_UPPER_UNIT.format(unit=by_upper.by)
        if by_upper.month < rule.month:
            authority += say.AS_OF.format(month=by_upper.month.vietnamese)
    places = {
        "da_bau": write_number(elected),
        "phan_bo": write_number(allotted),
        "chenh_lech": write_number(abs(elected - allotted)),
        "can_cu": authority,
    }
    return fails("differs", places, at, field)
