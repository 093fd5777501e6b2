"""The control workbook: its decisions are taken before a month is judged, its rows written after.

Nothing that the board typed is lost: a workbook that cannot be read, or that was
edited while the run went on, is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.read import Control, read_control
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.machine.disk import hash_of
from tdkt_batch.months.request import MonthRequest
from tdkt_batch.wording import months as say

CONTROL = "so-quyet-dinh.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAsRead:
    """What the control workbook said: ``sha256`` tells later whether it was edited meanwhile."""

    control: Control
    sha256: str


def take_decisions(request: MonthRequest, campaign: Campaign, ledger: Ledger) -> ControlAsRead:
    """Read the control workbook, where there is one, and enter what is new in the ledger."""
    path = request.out / CONTROL
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ControlAsRead(control=Control(), sha256="")
    except OSError as error:
        why = error.strerror or type(error).__name__
        notes = (say.CONTROL_UNREAD.format(file=path, why=why),)
        return ControlAsRead(control=Control(notes=notes, is_unreadable=True), sha256="")
    control = read_control(content, campaign)
    ledger.decide(control.decisions, request.operator, request.now)
    return ControlAsRead(control=control, sha256=sha256(content).hexdigest())


def why_left_as_is(read: ControlAsRead, request: MonthRequest, ledger: Ledger) -> str:
    """Return why this run may not write the control workbook; empty when it may.

    Its rows are of the newest month that was run. What was typed since it was read,
    or in a book that cannot be read, would be lost.
    """
    newest = max((run.month for run in ledger.runs()), default=request.month)
    if read.control.is_unreadable:
        return say.CONTROL_UNREADABLE
    if hash_of(request.out / CONTROL) != read.sha256:
        return say.CONTROL_EDITED
    if request.month < newest:
        return say.CONTROL_OF_LATER_MONTH.format(month=newest.vietnamese)
    return ""
