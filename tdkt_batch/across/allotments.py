"""Delegates against allotments: who was chosen (B3) and who was elected (P7)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tdkt_batch.across.reports import (
    NOT_APPLICABLE,
    Question,
    Report,
    Verdict,
    column_of,
    fails,
    is_unreadable,
    lacks,
    passes,
)
from tdkt_batch.across.subordinates import SubordinateTable, subordinate_table
from tdkt_batch.model import Unit, Value
from tdkt_batch.rules.evaluate import Unknown
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording.shared import BOARD_PHRASES


def roster_by_base_unit(question: Question, report: Report) -> Verdict:
    """Compare each base unit's exemplary delegates in the roster with its allotment (B3).

    A delegate without a base unit was sent by none; a base unit without an
    allotment is not yet due. Places: ``da_chon``, ``phan_bo``, ``chenh_lech``,
    ``so_don_vi``.
    """
    table = subordinate_table(question, report)
    allotment = column_of(question.text("allotment"))[1]
    cells = [line.values.get(allotment) for line in table.lines]
    issued = [cell for cell in cells if cell is not None and cell.value is not None]
    if unreadable := next((cell for cell in cells if is_unreadable(cell)), None):
        return lacks(question.text("allotment"), at=unreadable)
    if not issued:
        return NOT_APPLICABLE
    sent = _sent_by(question, report)
    if isinstance(sent, Verdict):
        return sent
    differing = _differences(question, table, sent)
    if not differing:
        return passes(issued[0], question.text("allotment"))
    at = next((one.cell for one in differing if one.cell is not None), issued[0])
    return fails("differs", _as_places(differing), at, question.text("allotment"))


def _sent_by(question: Question, report: Report) -> Counter[str] | Verdict:
    """Return how many exemplary delegates each named base unit sent, or why nobody can tell."""
    base_unit, category = question.text("base_unit"), question.text("category")
    roster, base_column = column_of(base_unit)
    rows = list(report.lines(roster))
    sent: Counter[str] = Counter()
    for row in rows:
        name, kind = row.values.get(base_column), row.values.get(column_of(category)[1])
        if is_unreadable(name):
            return lacks(base_unit, at=name)
        if name is None or name.value is None:
            continue
        if kind is None or kind.value is None:
            return lacks(category, at=kind)
        if kind.value != question.text("not_exemplary"):
            sent[str(name.value)] += 1
    if sent:
        return sent
    if rows:
        return lacks(base_unit, at=rows[0].values.get(base_column))
    return lacks(roster) if question.stage(report) == "held" else NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class _Difference:
    """A base unit whose delegates differ from its allotment; None where it has no line."""

    unit: str
    sent: int
    allotted: int | None
    cell: Value | None = None

    def phrase(self, name: str) -> str:
        """Return the difference in the words of one phrase."""
        return BOARD_PHRASES[name].format(
            unit=self.unit,
            sent=write_number(self.sent),
            allotted="" if self.allotted is None else write_number(self.allotted),
        )


def _differences(
    question: Question, table: SubordinateTable, sent: Counter[str]
) -> list[_Difference]:
    """Return the lines whose delegates differ, then the senders that have no line."""
    by_line: Counter[int] = Counter()
    strangers = []
    for name, number in sorted(sent.items()):
        place = table.place_of(name)
        if place is None:
            strangers.append(_Difference(name, number, None))
        else:
            by_line[place] += number
    allotment = column_of(question.text("allotment"))[1]
    differing = []
    for place, line in enumerate(table.lines):
        cell = line.values.get(allotment)
        if cell is None or not isinstance(cell.value, int) or cell.value == by_line[place]:
            continue
        differing.append(_Difference(table.names[place], by_line[place], cell.value, cell))
    return differing + strangers


def _as_places(differing: list[_Difference]) -> dict[str, str]:
    return {
        "da_chon": "; ".join(one.phrase("sent") for one in differing),
        "phan_bo": "; ".join(
            one.phrase("unallotted" if one.allotted is None else "allotted") for one in differing
        ),
        "chenh_lech": "; ".join(
            one.phrase("sent_unallotted" if one.allotted is None else "sent_and_allotted")
            for one in differing
        ),
        "so_don_vi": write_number(len(differing)),
    }


def elected_as_allotted(question: Question, report: Report) -> Verdict:
    """Compare the elected delegates with the allotment from above (P7).

    A commune's allotment is the one in its district's table, else the
    register's; the others' is the register's. Not issued is not yet due. Places:
    ``da_bau``, ``phan_bo``, ``chenh_lech``, ``can_cu``.
    """
    field = question.figure("elected")
    allotted, authority = _allotment_of(question, report.unit)
    if allotted is None:
        return NOT_APPLICABLE
    elected, at = report.scope.value(field), report.cell(field)
    if isinstance(elected, Unknown) or not isinstance(elected, int):
        return lacks(field, at=at)
    if elected == allotted:
        return passes(at, field)
    places = {
        "da_bau": write_number(elected),
        "phan_bo": write_number(allotted),
        "chenh_lech": write_number(abs(elected - allotted)),
        "can_cu": authority,
    }
    return fails("differs", places, at, field)


def _allotment_of(question: Question, unit: Unit) -> tuple[int | None, str]:
    """Return a unit's allotment for the higher congress and, in words, whose it is."""
    above = question.reports.get(unit.parent or "")
    if unit.kind in question.texts("kinds_allotted_by_upper") and above is not None:
        line = subordinate_table(question, above).line_of(unit.name)
        column = column_of(question.text("allotment"))[1]
        cell = None if line is None else line.values.get(column)
        if cell is not None and isinstance(cell.value, int):
            return cell.value, BOARD_PHRASES["by_upper_unit"].format(unit=above.unit.name)
    return unit.allotment, BOARD_PHRASES["by_board"]
