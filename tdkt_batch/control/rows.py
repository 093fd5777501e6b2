"""One typed row of the control workbook → a decision, or None and its problems."""

from __future__ import annotations

from tdkt_batch.control.sheets import EXCUSES, Role
from tdkt_batch.control.typed import Typed
from tdkt_batch.model import Decision, DecisionKind
from tdkt_batch.rules.decisions import Family
from tdkt_batch.wording.shared import DECISIONS

_ANSWERS = {
    DECISIONS[kind]: kind
    for kind in (DecisionKind.ACCEPTED, DecisionKind.REFUSED, DecisionKind.WITHDRAWN)
}


def says_nothing(typed: Typed) -> bool:
    """Tell whether a row decides nothing: an empty one, or one that waits for a decision.

    A row that the program lists has its words in the columns that are its own;
    a month alone stands in every empty row.
    """
    sheet = typed.sheet
    inputs = [c.id for c in sheet.columns if c.role is Role.INPUT]
    if not typed.is_blank(*inputs):
        return False
    if sheet.family is Family.ANSWER and not typed.is_blank("message"):
        return True
    keys = [c.id for c in sheet.columns if c.role is Role.KEY and c.id != "month"]
    return typed.is_blank(*keys)


# --- decisions --------------------------------------------------------------------------------


def decision_of(typed: Typed) -> Decision | None:
    """Return what a row decides; None when it cannot be taken, which its problems tell."""
    match typed.sheet.family:
        case Family.ANSWER:
            decision = _answer(typed)
        case Family.CORRECTION:
            decision = _correction(typed)
        case Family.EXCUSE:
            decision = _excuse(typed)
    return None if typed.problems else decision


def _answer(typed: Typed) -> Decision | None:
    unit, code, month = typed.unit(), typed.code(), typed.month("month")
    typed.require("month", "decision")
    kind = _ANSWERS.get(typed.choice("decision", tuple(_ANSWERS)))
    decided, until = typed.day("decided"), typed.month("until")
    if kind is DecisionKind.ACCEPTED:
        typed.require("reason", "approver", "decided")
    typed.require_order(month, until, "until")
    if unit is None or month is None or kind is None:
        return None
    return Decision(
        kind=kind,
        unit=unit.code,
        month=month,
        code=code,
        field=typed.exact("field"),
        given=typed.exact("given"),
        explanation=typed.exact("explanation"),
        reason=typed.text("reason"),
        approver=typed.text("approver"),
        clause=typed.text("clause"),
        decided=decided,
        until=until,
    )


def _correction(typed: Typed) -> Decision | None:
    unit, month = typed.unit(), typed.month("month")
    typed.require("month")
    field = typed.field(unit) if unit else None
    is_withdrawn = typed.is_withdrawn()
    decided = typed.day("decided")
    value = None
    if not is_withdrawn:
        value = typed.value(field).value if field else None
        typed.require("explanation", "decided", "reason", "approver")
    if unit is None or month is None or field is None:
        return None
    return Decision(
        kind=DecisionKind.WITHDRAWN if is_withdrawn else DecisionKind.CORRECTED,
        unit=unit.code,
        month=month,
        field=field.id,
        value=value,
        explanation=typed.text("explanation"),
        reason=typed.text("reason"),
        approver=typed.text("approver"),
        decided=decided,
    )


def _excuse(typed: Typed) -> Decision | None:
    unit, month, until = typed.unit(), typed.month("month"), typed.month("until")
    typed.require("month")
    is_withdrawn = typed.is_withdrawn()
    explanation, decided = typed.choice("explanation", EXCUSES), typed.day("decided")
    if not is_withdrawn:
        typed.require("explanation", "reason", "approver", "decided")
    typed.require_order(month, until, "until")
    if unit is None or month is None:
        return None
    return Decision(
        kind=DecisionKind.WITHDRAWN if is_withdrawn else DecisionKind.EXCUSED,
        unit=unit.code,
        month=month,
        explanation=explanation,
        reason=typed.text("reason"),
        approver=typed.text("approver"),
        decided=decided,
        until=until,
    )
