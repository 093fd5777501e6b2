"""A cell of a form: what was typed and what it counts as, alone and in the row of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date, datetime, time, timedelta
from enum import StrEnum
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

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle only what differs from most cells: a month has millions of them."""
        usual = self.repair is None and self.fault is None and not self.implied
        rest = () if usual else (self.repair, self.fault, self.implied)
        found = () if usual and self.found is Found.POSITION else (str(self.found),)
        typed = ... if self.typed is self.value else self.typed
        place = self.field, self.sheet, self.cell
        return _value, (self.value, typed, self.raw, *place, found, *rest)


def _value(  # noqa: PLR0913, PLR0917 — only __reduce__ calls it
    value: Scalar | None,
    typed: Scalar | EllipsisType | None,
    raw: Raw,
    field: str,
    sheet: str,
    cell: str,
    found: tuple[str, ...],
    repair: Repair | None = None,
    fault: Fault | None = None,
    implied: bool = False,
) -> Value:
    """Return the value that was pickled, ``...`` standing for ``typed`` that is ``value``.

    What all units have in common is held once.
    """
    return Value(
        field=intern(field),
        value=value,
        typed=value if isinstance(typed, EllipsisType) else typed,
        raw=raw,
        sheet=intern(sheet),
        cell=intern(cell),
        repair=repair,
        fault=fault,
        implied=implied,
        found=Found(found[0]) if found else Found.POSITION,
    )


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
