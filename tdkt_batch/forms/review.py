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
    """One thing as the first sheet tells it: what the unit wrote, what would pass, where.

    ``wanted`` are sentences below one another. ``explained_at`` is the rule's id in the panel,
    empty where there is nothing to explain.
    """

    written: str
    wanted: tuple[str, ...] = ()
    target: Target | None = None
    explained_at: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """What is asked in one way, or only told: a heading, and point by point."""

    heading: str
    points: tuple[Point, ...]


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
    """The first sheet: how much is asked until when, of whom, point by point.

    The points of all ``asked`` and ``told`` are numbered one after the other; only what is
    asked has boxes to be ticked. ``left_out`` is what the unit had added of its own, one by
    one, with the ``advice`` what to do with it. ``records`` are the board's own: what came in
    and how, and of each point its grade, its clause and its code, by heading.
    """

    headline: str
    until: str
    whose: str
    which: str
    guide: str
    asked: tuple[Points, ...] = ()
    told: tuple[Points, ...] = ()
    reread: tuple[Reread, ...] = ()
    left_out: tuple[str, ...] = ()
    advice: str = ""
    records: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: Mapping[CellKey, CellNote] = with_default(default_factory=dict)
