"""What a row of the control workbook tells, whatever sheet it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.control.sheets import Cells
from tdkt_batch.model import Decision, Unit
from tdkt_batch.vietnamese.writing import write_day


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be written; ``is_open`` when its keys are the board's to type."""

    cells: Cells
    is_open: bool = False


def unit_cells(code: str, unit: Unit | None) -> dict[str, str]:
    """Return whom a row is about; a unit that left the register has no name."""
    return {"unit": code, "name": unit.name if unit else ""}


def decided_cells(decision: Decision) -> dict[str, str]:
    """Return from which month a decision holds, why, by whom and when it was taken."""
    return {
        "month": decision.month.vietnamese,
        "explanation": decision.explanation,
        "reason": decision.reason,
        "approver": decision.approver,
        "decided": write_day(decision.decided) if decision.decided else "",
        "until": decision.until.vietnamese if decision.until else "",
    }
