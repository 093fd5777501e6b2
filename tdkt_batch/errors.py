"""What goes wrong for the operator: one root, its leaves.

What a unit did wrong is data (a finding). These exceptions are for what the
operator must mend, and only ``cli`` turns them into words and an exit status.
"""

from __future__ import annotations


class TdktError(Exception):
    """Something the operator must mend: the message says where, what, what to do.

    ``faults`` are the single places, each in a sentence, where there are several.
    """

    faults: tuple[str, ...] = ()


class CampaignError(TdktError):
    """A campaign folder cannot be used.

    ``file`` and ``key`` say where, ``problem`` what is wrong and what to do.
    """

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.file = file
        self.key = key
        self.problem = problem


class ExpressionError(TdktError):
    """A rule's expression is not lawful: wrong syntax, unknown name or wrong type."""


class InputError(TdktError):
    """What was given on the command line cannot be used: a missing folder, a wrong month."""


class OutputError(TdktError):
    """A result cannot be written."""


class BusyError(TdktError):
    """Another run is at work in the same output folder."""


class ConservationError(TdktError):
    """Files or units do not add up: a defect of the program, never of a unit."""
