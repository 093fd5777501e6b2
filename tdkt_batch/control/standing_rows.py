"""A decision that stands → its row in the control workbook, and the decision of such a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.columns import SHEETS, Cells, ColumnUse, ControlSheet
from tdkt_batch.control.field_names import correctable, names_of, written_value
from tdkt_batch.model import Decision
from tdkt_batch.rules.decisions import Family, family_of, same_words, standing, words_key
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording.shared import DECISIONS


def cells_of(campaign: Campaign, decision: Decision) -> Cells:
    """Return whom a decision is about, what it says, why, by whom and when it was taken."""
    return {
        "unit": decision.unit,
        "month": decision.month.vietnamese,
        "explanation": decision.explanation,
        "reason": decision.reason,
        "approver": decision.approver,
        "decided": write_day(decision.decided) if decision.decided else "",
        "until": decision.until.vietnamese if decision.until else "",
        **_own_cells(campaign, decision),
    }


def _own_cells(campaign: Campaign, decision: Decision) -> Cells:
    """Return the cells that only the sheet of the decision's family has."""
    match family_of(decision):
        case Family.ANSWER:
            return {
                "given": decision.given,
                "code": decision.code,
                "field": decision.field,
                "decision": DECISIONS[decision.kind],
                "clause": decision.clause,
            }
        case Family.CORRECTION:
            return _correction(campaign, decision)
        case Family.EXTENSION:
            return {"due": write_day(decision.due) if decision.due else ""}
        case Family.FILE:
            return {"file": decision.given, "sha256": decision.file, "of_unit": decision.unit}
        case Family.QUESTION:
            return {"decision": DECISIONS[decision.kind], "question": decision.question}
        case Family.EXCUSE:
            return {}


def _correction(campaign: Campaign, decision: Decision) -> Cells:
    """Return the figure by its name, and its value; both as kept where the unit is none now."""
    unit, name, field = campaign.unit_by_code.get(decision.unit), decision.field, None
    if unit is not None:
        form = campaign.form_of(unit)
        name = names_of(campaign, form).get(name, name)
        fields = correctable(campaign, form)
        field = next((one for one in fields if one.id == decision.field), None)
    return {"field": name, "value": written_value(field, decision.value)}


class StandingRows:
    """The rows of the decisions that stand, as the control workbook lists them."""

    def __init__(self, campaign: Campaign, decisions: Iterable[Decision]) -> None:
        self._rows: dict[_RowKey, tuple[Decision, Cells]] = {}
        for decision in standing(decisions):
            cells = cells_of(campaign, decision)
            self._rows.setdefault(_key(family_of(decision), cells), (decision, cells))

    def of(self, sheet: ControlSheet, typed: Cells) -> StandingRow | None:
        """Return the row that ``typed`` is, or was before the board typed into it."""
        found = self._rows.get(_key(sheet.family, typed))
        if found is None:
            return None
        decision, cells = found
        now = {c.id: typed.get(c.id, "") for c in sheet.columns if c.use is ColumnUse.INPUT}
        changed = (id_ for id_ in now if not same_words(now[id_], cells.get(id_, "")))
        return StandingRow(decision, {id_: now[id_] for id_ in changed})


_RowKey = tuple[str, ...]
_KEYS = {
    sheet.family: [
        column.id
        for column in sheet.columns
        if column.use in {ColumnUse.KEY, ColumnUse.HIDDEN}
        # a file is known by its content, whatever name it came under
        if (sheet.family, column.id) != (Family.FILE, "file")
    ]
    for sheet in SHEETS
} | {Family.QUESTION: ["question"]}
"""The columns by which a row is known again."""


def _key(family: Family, cells: Cells) -> _RowKey:
    return (family, *(words_key(cells.get(id_, "")) for id_ in _KEYS[family]))


@dataclass(frozen=True, slots=True)
class StandingRow:
    """The row of a decision that stands; ``changed`` is what the board typed in it otherwise."""

    decision: Decision
    changed: Cells

    @property
    def is_blanked(self) -> bool:
        """Whether something was taken out of the row and nothing else written."""
        return bool(self.changed) and not any(text.strip() for text in self.changed.values())
