"""What a run is at, told while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """A part of a run that takes its time."""

    SAMPLE = "sample"
    UNPACKING = "unpacking"
    READING = "reading"
    JUDGING = "judging"
    RETURNS = "returns"
    PUBLISHING = "publishing"


Progress = Callable[[Step, int, int], None]
"""Is told the step, how much of it is done, of how much; 0 of 0 where that is not counted."""


def silent(_step: Step, _done: int, _of: int) -> None:
    """Tell nobody."""
