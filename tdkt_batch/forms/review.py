"""What the board says of a form that goes back to its unit: words for the sheet and the cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default

from tdkt_batch.model import Severity

CellKey = tuple[str, int]
"""A field's id and 0, or ``bang.cot`` and the row, counted from 0."""


@dataclass(frozen=True, slots=True)
class CellNote:
    """What is said at one cell: its grade, the comment, the numbers on the first sheet.

    Without a ``severity`` nothing is wrong: the cell was only understood otherwise
    than it was typed.
    """

    severity: Severity | None
    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A cell of the returned form to which a row leads."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One finding as the first sheet tells it; ``explained_at`` is the rule's id in the panel."""

    severity: Severity
    message: str
    given: str = ""
    expected: str = ""
    difference: str = ""
    remedy: str = ""
    basis: str = ""
    life: str = ""
    answer: str = ""
    code: str = ""
    explained_at: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that the unit did not give, and the rules that wait for it, in words."""

    label: str
    waiting: str
    remedy: str
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Reread:
    """Cells of one field that were understood otherwise than they were typed."""

    label: str
    typed: str
    value: str
    how: str
    target: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The first sheet: what is asked, of whom, point by point; what came in, and how."""

    action: str
    whose: str
    which: str
    guide: str
    remedy_head: str
    points: tuple[Point, ...] = ()
    gaps: tuple[Gap, ...] = ()
    reread: tuple[Reread, ...] = ()
    left_out: tuple[str, ...] = ()
    receipt: tuple[tuple[str, str], ...] = ()
    notes: Mapping[CellKey, CellNote] = with_default(default_factory=dict)
