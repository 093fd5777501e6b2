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
from typing import Any

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
        raw, typed = (... if _is(one, self.value) else one for one in (self.raw, self.typed))
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


def _is(one: Raw, other: Raw) -> bool:
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


# --- the rows of a list -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RowHead:
    """What the rows of a list have in common: the sheet, and each column's id, field and letters.

    ``at`` is each column's place among them.
    """

    sheet: str
    columns: tuple[tuple[str, str, str], ...]
    at: Mapping[str, int] = with_default(compare=False)


@lru_cache(maxsize=1024)
def head_of_rows(sheet: str, columns: tuple[tuple[str, str, str], ...]) -> RowHead:
    """Return the head of rows, the same one for the same columns."""
    names = tuple((intern(id_), intern(field), intern(letters)) for id_, field, letters in columns)
    return RowHead(intern(sheet), names, {id_: at for at, (id_, _, _) in enumerate(names)})


class CompactRow(Mapping[str, Value]):
    """The values of a row by column id, made when asked for: a row of ten takes a tenth.

    A list has hundreds of rows, and most of their cells say what was typed and nothing
    else: of such a cell only the value is held, of any other all.
    """

    __slots__ = ("_cells", "_head", "_line")

    def __init__(self, head: RowHead, line: str, cells: tuple[Scalar | Value | None, ...]) -> None:
        self._head, self._line, self._cells = head, line, cells

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """Return the row in short; as it is where its cells are of several sheets or lines."""
        own = tuple(values.items())
        places = [_CELL.fullmatch(value.cell) for _, value in own]
        lines = {place[2] for place in places if place}
        sheets = {value.sheet for _, value in own}
        if not own or not all(places) or len(lines) != 1 or len(sheets) != 1:
            return values
        head = head_of_rows(
            sheets.pop(),
            tuple(
                (id_, one.field, at[1]) for (id_, one), at in zip(own, places, strict=True) if at
            ),
        )
        return cls(head, lines.pop(), tuple(_content(one) for _, one in own))

    @property
    def odd(self) -> Iterator[Value]:
        """The cells that say more than what was typed: a fault, a repair, another place."""
        return (one for one in self._cells if isinstance(one, Value))

    def __getitem__(self, id_: str) -> Value:
        """Return the value of a column."""
        return self._value(self._head.at[id_])

    def __iter__(self) -> Iterator[str]:
        """Yield the columns in their order."""
        return iter(self._head.at)

    def __len__(self) -> int:
        """Return how many columns there are."""
        return len(self._cells)

    def __repr__(self) -> str:
        """Return the row as it is at length."""
        return repr(dict(self))

    def in_short(
        self,
    ) -> tuple[str, tuple[tuple[str, str, str], ...], str, tuple[Scalar | Value | None, ...]]:
        """Return what makes the row, ``of_short`` gives it back."""
        return self._head.sheet, self._head.columns, self._line, self._cells

    @classmethod
    def of_short(
        cls,
        sheet: str,
        columns: tuple[tuple[str, str, str], ...],
        line: str,
        cells: tuple[Scalar | Value | None, ...],
    ) -> CompactRow:
        """Return the row; the head is held once for all rows of a list."""
        return cls(head_of_rows(sheet, columns), line, cells)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the head as what makes it."""
        return CompactRow.of_short, self.in_short()

    def _value(self, at: int) -> Value:
        content = self._cells[at]
        if isinstance(content, Value):
            return content
        _, field, letters = self._head.columns[at]
        return Value(
            field=field,
            value=content,
            typed=content,
            raw=content,
            sheet=self._head.sheet,
            cell=f"{letters}{self._line}",
        )


def telling(row: TableRow) -> Iterable[Value]:
    """Return the cells of a row that may say more than what was typed."""
    return row.values.odd if isinstance(row.values, CompactRow) else row.values.values()


_CELL = re.compile(r"([A-Z]+)(\d+)", re.ASCII)


def _content(value: Value) -> Scalar | Value | None:
    """Return the value alone of a cell that says what was typed and nothing else."""
    short = value.in_short()
    return value.value if len(short) == _SHORTEST else value


_SHORTEST = 4
