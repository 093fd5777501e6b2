"""How a trace says what it found: values, raw cells and places, as an office writes them."""

from __future__ import annotations

from datetime import date

from tdkt_batch.campaign.definition import Campaign, Field, FieldKind
from tdkt_batch.forms.cell_meaning import quoted_raw
from tdkt_batch.model import Decision, DecisionKind, Month, Raw, Repair, Scalar, Value
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording.shared import DECISIONS, REPAIRS

BLANK = "(để trống)"
UNREADABLE = "(không đọc được)"
NOTHING = "(không tính được)"
"""What the form's own formulas take a text in a number cell for."""


def write_scalar(value: Scalar | None, field: Field | None = None) -> str:
    """Return a value that counts; a month as ``3/2015``."""
    if isinstance(value, date) and field is not None and field.kind is FieldKind.MONTH:
        return Month.of(value).vietnamese
    return BLANK if value is None else write_result(value)


def write_typed(raw: Raw) -> str:
    """Return what was typed, a text whole and in its marks."""
    if isinstance(raw, str):
        return f"“{raw}”"
    return quoted_raw(raw) or BLANK


def write_read(value: Value, field: Field | None = None) -> str:
    """Return what a cell counts as; of one that cannot be read, what was typed."""
    if value.value is not None:
        return write_scalar(value.value, field)
    return BLANK if value.is_blank else f"{UNREADABLE} {write_typed(value.raw)}"


def write_repair(repair: Repair) -> str:
    """Return a repair in words, with its code."""
    return f"{REPAIRS[repair.rule]} ({repair.rule})"


def place_of(value: Value) -> str:
    """Return where a cell lies in its workbook; empty when it has no place."""
    return f"trang “{value.sheet}”, ô {value.cell}" if value.cell else ""


def field_of(campaign: Campaign, form: str, id_: str) -> Field | None:
    """Return a field of a form; None for what is no single cell."""
    try:
        return campaign.form(form).field(id_)
    except KeyError:
        return None


def write_decision(decision: Decision) -> str:
    """Return who decided, when and why; of a corrected figure who gave the right one."""
    day = f"ngày {write_day(decision.decided)}" if decision.decided else ""
    by, why, reason = decision.approver, decision.explanation, decision.reason
    if decision.kind is DecisionKind.CORRECTED:
        told = " ".join(part for part in (why, "báo", day) if part) if why or day else ""
        parts = [told, reason and f"lý do: {reason}", by and f"người ghi sổ: {by}"]
    elif decision.kind is DecisionKind.EXCUSED:
        parts = [why, reason, by, day]
    else:
        parts = [by, day, reason and f"lý do: {reason}"]
    return "; ".join(part for part in parts if part) or DECISIONS[decision.kind].lower()
