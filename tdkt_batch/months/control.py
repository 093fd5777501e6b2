"""The board's answers: its control workbook, taken into the ledger before a month is judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.read import Control, read_control
from tdkt_batch.model import Decision
from tdkt_batch.wording.shared import RUN_NOTES

CONTROL = "so-quyet-dinh.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the control workbook said: ``sha256`` tells later whether it was edited meanwhile."""

    control: Control
    sha256: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be taken from it, in sentences."""
        return self.control.notes


def board_answers(
    out: Path, campaign: Campaign, record: Callable[[Sequence[Decision]], object]
) -> Answers:
    """Read the control workbook in ``out``, where there is one, and ``record`` what is new."""
    path = out / CONTROL
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Answers(control=Control(), sha256="")
    except OSError as error:
        said = {"file": str(path), "why": error.strerror or type(error).__name__}
        note = RUN_NOTES["control_unread"].format(**said)
        return Answers(control=Control(notes=(note,), is_unreadable=True), sha256="")
    control = read_control(content, campaign)
    record(control.decisions)
    return Answers(control=control, sha256=sha256(content).hexdigest())
