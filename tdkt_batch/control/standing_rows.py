"""A decision that stands → the cells of its row that it gives."""

from __future__ import annotations

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.columns import Cells
from tdkt_batch.control.field_names import correctable, names_of, written_value
from tdkt_batch.model import Decision
from tdkt_batch.rules.decisions import Family, family_of
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
            return {"file": decision.given, "sha256": decision.file}
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
