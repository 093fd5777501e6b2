"""A cell of a form: what was typed and what it counts as, alone and in the row of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from sys import intern
from types import EllipsisType
from typing import Any, cast

from tdkt_batch.vietnamese.folding import squeeze

Raw = str | int | float | bool | date | datetime | time | timedelta | None
"""What a spreadsheet cell holds, as the reader gives it."""

Scalar = int | str | date | bool
"""What a value is once understood: a count, a text, a day, a mark."""


@dataclass(frozen=True, slots=True)
class Repair:
    """How a typed cell was understood: the repair's name; the raw cell stands in the value."""

    rule: str

    @property
    def is_to_be_shown(self) -> bool:
        """Whether it is news to who typed: another name of a listed value is none."""
        return self.rule != "SC11"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of reading at one cell, or of the whole file when ``cell`` is empty.

    ``code`` is one of the ``DL…`` codes of ``wording``; ``details`` fill its sentence.
    """

    code: str
    field: str = ""
    sheet: str = ""
    cell: str = ""
    details: Mapping[str, str] = with_default(default_factory=dict)


class Found(StrEnum):
    """How the cell of a value was found in the workbook.

    Where the form has it (``position``); elsewhere, by the label that moved with it
    (``label``), or by the label and the cell's own defined name (``name``). A 0 that
    nobody typed is ``implied``.
    """

    POSITION = "position"
    NAME = "name"
    LABEL = "label"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One input cell: what was typed and what it counts as.

    ``typed`` follows the cell's own semantics, as the form's panel sees it;
    ``value`` is what counts after repair. None is missing: blank, or unreadable
    when ``fault`` is set. ``implied`` marks the 0 of an optional count left blank
    in a block that was filled.
    """

    field: str
    value: Scalar | None
    typed: Scalar | None
    raw: Raw
    sheet: str
    cell: str
    repair: Repair | None = None
    fault: Fault | None = None
    implied: bool = False
    found: Found = Found.POSITION

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed (white space is nothing)."""
        return is_blank_cell(self.raw)

    def in_short(self) -> tuple[Any, ...]:
        """Return what makes a cell, ``of_short`` gives it back: a month has millions of them.

        Place and value are most of them; ``...`` stands for what is the value once more.
        """
        raw, typed = (... if is_same(one, self.value) else one for one in (self.raw, self.typed))
        place = self.field, self.sheet, self.cell, self.value
        if self.repair is None and self.fault is None and not self.implied:
            if self.found is Found.POSITION:
                return place if raw is ... and typed is ... else (*place, raw, typed)
            return (*place, raw, typed, str(self.found))
        return (*place, raw, typed, str(self.found), self.implied, self.repair, self.fault)

    @classmethod
    def of_short(  # noqa: PLR0913, PLR0917 — the parts of ``in_short``
        cls,
        field: str,
        sheet: str,
        cell: str,
        value: Scalar | None,
        raw: Raw | EllipsisType = ...,
        typed: Scalar | EllipsisType | None = ...,
        found: str = "position",
        implied: bool = False,
        repair: Repair | None = None,
        fault: Fault | None = None,
    ) -> Value:
        """Return the cell; what all units have in common is held once."""
        return cls(
            field=intern(field),
            value=value,
            typed=value if isinstance(typed, EllipsisType) else typed,
            raw=value if isinstance(raw, EllipsisType) else raw,
            sheet=intern(sheet),
            cell=intern(cell),
            repair=repair,
            fault=fault,
            implied=implied,
            found=_FOUND[found],
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what is the same in most cells not at all."""
        return Value.of_short, self.in_short()


_FOUND: Mapping[str, Found] = {str(one): one for one in Found}


def is_same(one: Raw, other: Raw) -> bool:
    """Tell whether one can stand for the other: the same, and written the same."""
    if one is other:
        return True
    kind = type(one)
    return kind is type(other) and kind in _WRITTEN_AS_THEY_COMPARE and one == other


_WRITTEN_AS_THEY_COMPARE = frozenset((str, int, bool, date))
"""Of a float 0 may be -0, of an hour two are the same when clocks go back."""


def is_blank_cell(raw: Raw) -> bool:
    """Tell whether a cell holds nothing that is seen: empty, or blanks of any kind only."""
    if not isinstance(raw, str):
        return raw is None
    return not (raw[:1].isalnum() or squeeze(raw))


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a form's table; ``number`` counts from 1, ``values`` by column id."""

    number: int
    values: Mapping[str, Value]


# --- many cells in short ------------------------------------------------------------------

Head = tuple[tuple[str, str, str, str], ...]
"""Of each cell its id, field, sheet and letters: what the rows of a list have in common."""


@lru_cache(maxsize=1024)
def _shared(head: Head) -> tuple[Head, Mapping[str, int]]:
    """Return a head, the same one for the same cells, and each id's place in it."""
    names = tuple(tuple(map(intern, one)) for one in head)
    return cast("Head", names), {one[0]: at for at, one in enumerate(names)}


class CompactCells(Mapping[str, Value]):
    """Cells by their id, each made when asked for: they take a tenth of what they would.

    A month has millions of cells, and most of them say what was typed and nothing else: of
    such a cell only the value is held, of any other all. Where each stands is held once:
    of the rows of a list the columns, with the number of the ``line`` beside them; of a
    form's single cells the places, which are the same in all forms.
    """

    __slots__ = ("_cells", "_head", "_line", "_place")

    def __init__(self, head: Head, line: str, cells: tuple[Scalar | Value | None, ...]) -> None:
        self._head, self._place = _shared(head)
        self._line, self._cells = line, cells

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> CompactCells:
        """Return the same cells in short."""
        if isinstance(values, CompactCells):
            return values
        own = tuple(values.items())
        lines = {_LETTERS.sub("", value.cell) for _, value in own}
        line = lines.pop() if len(lines) == 1 else ""
        head = tuple((id_, one.field, one.sheet, one.cell.removesuffix(line)) for id_, one in own)
        return cls(head, line, tuple(_content(one) for _, one in own))

    @property
    def odd(self) -> Iterator[Value]:
        """The cells that say more than what was typed: a fault, a repair, a day in words."""
        return (one for one in self._cells if isinstance(one, Value))

    def __getitem__(self, id_: str) -> Value:
        """Return the cell."""
        at = self._place[id_]
        content = self._cells[at]
        if isinstance(content, Value):
            return content
        _, field, sheet, letters = self._head[at]
        return Value(
            field=field,
            value=content,
            typed=content,
            raw=content,
            sheet=sheet,
            cell=letters + self._line,
        )

    def __iter__(self) -> Iterator[str]:
        """Yield the ids in their order."""
        return iter(self._place)

    def __len__(self) -> int:
        """Return how many cells there are."""
        return len(self._cells)

    def __repr__(self) -> str:
        """Return the cells as they are at length."""
        return repr(dict(self))

    def in_short(self) -> tuple[Head, str, tuple[Scalar | Value | None, ...]]:
        """Return what makes these cells once more."""
        return self._head, self._line, self._cells

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what makes these cells once more."""
        return CompactCells, self.in_short()


def telling(cells: Mapping[str, Value]) -> Iterable[Value]:
    """Return those of all cells that may say more than what was typed."""
    return cells.odd if isinstance(cells, CompactCells) else cells.values()


_LETTERS = re.compile(r"^[A-Z]+", re.ASCII)


def _content(value: Value) -> Scalar | Value | None:
    """Return the value alone of a cell that says what was typed and nothing else."""
    short = value.in_short()
    return value.value if len(short) == _SHORTEST else value


_SHORTEST = 4
