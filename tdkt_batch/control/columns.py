"""The sheets of the control workbook: their columns, known here to its writer and its reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.model import DecisionKind
from tdkt_batch.rules.decisions import Family
from tdkt_batch.wording import control as say
from tdkt_batch.wording.shared import DECISIONS


class ColumnUse(StrEnum):
    """Who fills a column.

    A ``KEY`` says what a row is about: the program's in a row that it lists, the
    board's in a row added by hand. ``INPUT`` is always the board's, ``SHOWN``
    always the program's; ``HIDDEN`` is a key that nobody types.
    """

    KEY = "key"
    HIDDEN = "hidden"
    INPUT = "input"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class ControlColumn:
    """A column: its id, its head, its width in digits, who fills it, from which list."""

    id: str
    head: str
    width: float
    use: ColumnUse
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ControlSheet:
    """One sheet: the decisions that it holds, and its columns."""

    family: Family
    columns: tuple[ControlColumn, ...]

    @property
    def title(self) -> str:
        """The sheet's name in the workbook."""
        return say.TITLES[self.family]

    @property
    def key(self) -> str:
        """The column that says first what a row is about; of the questions their mark."""
        if self.family is Family.QUESTION:
            return "question"
        return next(column.id for column in self.columns if column.use is ColumnUse.KEY)

    @property
    def shown(self) -> tuple[ControlColumn, ...]:
        """The columns that can be seen."""
        return tuple(column for column in self.columns if column.use is not ColumnUse.HIDDEN)

    def index(self, id_: str) -> int:
        """Return at which place a column stands, counted from 0."""
        return self.columns.index(self.column(id_))

    def column(self, id_: str) -> ControlColumn:
        """Return the column with this id; KeyError when there is none."""
        for column in self.columns:
            if column.id == id_:
                return column
        raise KeyError(id_)


Cells = Mapping[str, str]
"""The texts of one row, by column id."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that could not be taken, with what was typed in it and why."""

    family: Family
    cells: Cells
    problem: str


ANSWERS = {
    DECISIONS[kind]: kind
    for kind in (DecisionKind.ACCEPTED, DecisionKind.REFUSED, DecisionKind.WITHDRAWN)
}
"""How the board answers an explanation, and what it means."""
FILE_ANSWERS = {
    say.NO_REPORT: DecisionKind.SET_ASIDE,
    DECISIONS[DecisionKind.ATTRIBUTED]: DecisionKind.ATTRIBUTED,
    DECISIONS[DecisionKind.SET_ASIDE]: DecisionKind.SET_ASIDE,
}
"""How the board answers whose a file is, and what it means."""
QUESTION_ANSWERS = {
    DECISIONS[kind]: kind
    for kind in (DecisionKind.SEEN, DecisionKind.ASKED, DecisionKind.WITHDRAWN)
}
"""How the officer answers what is unlike the rest, and what it means."""
FILE_QUESTION_ANSWERS = {
    say.NO_FORM_IN_IT: DecisionKind.SEEN,
    say.COUNTED_STAYS: DecisionKind.SEEN,
    say.OTHER_COUNTS: DecisionKind.SET_ASIDE,
    **FILE_ANSWERS,
    **QUESTION_ANSWERS,
}
"""How the officer answers what is asked of files whose senders are known, and what it means."""
WITHDRAW = DECISIONS[DecisionKind.WITHDRAWN]
NOTE = "note"
"""The column in which the program speaks to the board."""


def _sheet(
    family: Family, *columns: tuple[str, float, ColumnUse], choices: Mapping[str, tuple[str, ...]]
) -> ControlSheet:
    heads = say.HEADS[family]
    return ControlSheet(
        family,
        tuple(
            ControlColumn(id_, heads[id_], width, use, choices.get(id_, ()))
            for id_, width, use in columns
        ),
    )


_KEY, _HIDDEN, _INPUT, _SHOWN = ColumnUse.KEY, ColumnUse.HIDDEN, ColumnUse.INPUT, ColumnUse.SHOWN

SHEETS = (
    _sheet(
        Family.QUESTION,
        ("topic", 9, _SHOWN), ("name", 12, _SHOWN), ("month", 7, _KEY), ("message", 24, _SHOWN),
        ("given", 12, _KEY), ("expected", 12, _SHOWN), ("place", 23, _SHOWN),
        ("explanation", 12, _KEY), ("decision", 11, _INPUT), ("of_unit", 8, _INPUT),
        ("reason", 10, _INPUT), ("approver", 10, _INPUT), ("decided", 10, _INPUT),
        ("until", 9, _INPUT), (NOTE, 18, _SHOWN), ("unit", 8, _HIDDEN), ("code", 4, _HIDDEN),
        ("field", 4, _HIDDEN), ("sha256", 4, _HIDDEN), ("question", 4, _HIDDEN),
        choices={},
    ),
    _sheet(
        Family.ANSWER,
        ("name", 14, _SHOWN), ("unit", 8, _KEY), ("month", 7, _KEY), ("message", 24, _SHOWN),
        ("severity", 10, _SHOWN), ("given", 14, _KEY), ("explanation", 19, _KEY),
        ("code", 7, _KEY), ("field", 4, _HIDDEN), ("decision", 11, _INPUT), ("reason", 15, _INPUT),
        ("approver", 11, _INPUT), ("clause", 10, _INPUT), ("decided", 10, _INPUT),
        ("until", 9, _INPUT), (NOTE, 20, _SHOWN),
        choices={"decision": tuple(ANSWERS)},
    ),
    _sheet(
        Family.CORRECTION,
        ("name", 16, _SHOWN), ("unit", 8, _KEY), ("month", 8, _KEY), ("field", 32, _KEY),
        ("value", 15, _INPUT), ("explanation", 18, _INPUT), ("decided", 11, _INPUT),
        ("reason", 25, _INPUT), ("approver", 15, _INPUT), ("withdrawn", 9, _INPUT),
        (NOTE, 20, _SHOWN),
        choices={"withdrawn": (WITHDRAW,)},
    ),
    _sheet(
        Family.EXCUSE,
        ("name", 16, _SHOWN), ("unit", 8, _KEY), ("month", 9, _KEY), ("until", 9, _INPUT),
        ("explanation", 25, _INPUT), ("reason", 32, _INPUT), ("approver", 17, _INPUT),
        ("decided", 11, _INPUT), ("withdrawn", 9, _INPUT), (NOTE, 20, _SHOWN),
        choices={"withdrawn": (WITHDRAW,)},
    ),
    _sheet(
        Family.EXTENSION,
        ("name", 16, _SHOWN), ("unit", 8, _KEY), ("month", 9, _KEY), ("due", 11, _INPUT),
        ("reason", 40, _INPUT), ("approver", 17, _INPUT), ("decided", 11, _INPUT),
        ("withdrawn", 9, _INPUT), (NOTE, 26, _SHOWN),
        choices={"withdrawn": (WITHDRAW,)},
    ),
    _sheet(
        Family.FILE,
        ("name", 16, _SHOWN), ("file", 34, _KEY), ("sha256", 4, _HIDDEN), ("month", 9, _KEY),
        ("state", 29, _SHOWN), ("of_unit", 11, _INPUT), ("reason", 26, _INPUT),
        ("approver", 15, _INPUT),
        ("decided", 11, _INPUT), ("withdrawn", 9, _INPUT), (NOTE, 20, _SHOWN),
        choices={"withdrawn": (WITHDRAW,)},
    ),
)  # fmt: skip
"""The sheets in their order."""
