"""What a result that adjusts an issued one says of itself, in workbook and report alike."""

from __future__ import annotations

from tdkt_batch.report import EarlierResult
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording.shared import ADJUSTMENT


def adjustment_of(issued: EarlierResult) -> str:
    """Say which issued result this one adjusts."""
    return ADJUSTMENT.format(number=issued.number, day=write_day(issued.moment.date()))
