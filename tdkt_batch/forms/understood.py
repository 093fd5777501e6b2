"""What a cell counts as once it is understood, or why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tdkt_batch.campaign.definition import Field
from tdkt_batch.model import Fault, Raw, Repair, Scalar
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.writing import write_day


@dataclass(frozen=True, slots=True)
class Understood:
    """What a cell counts as: a value, with its repair if any, or a fault; neither if blank.

    ``typed`` is what the form's own formulas take the cell for.
    """

    value: Scalar | None
    typed: Scalar | None = None
    repair: Repair | None = None
    fault: Fault | None = None


def unreadable(field: Field, raw: Raw, code: str, **details: str) -> Understood:
    """Return a cell that cannot be read, with what was typed; its place is left to the reader."""
    return Understood(None, fault=Fault(code, field.id, details={"raw": write_raw(raw), **details}))


def write_raw(raw: Raw) -> str:
    """Return a raw cell as a sentence quotes it: days as dd/mm/yyyy, long text cut."""
    match raw:
        case None:
            return ""
        case bool():
            return "TRUE" if raw else "FALSE"
        case datetime():
            return f"{raw:%d/%m/%Y %H:%M}"
        case date():
            return write_day(raw)
        case float():
            return f"{raw:g}".replace(".", ",")
    text = squeeze(str(raw))
    return text if len(text) <= 80 else text[:79] + "…"
