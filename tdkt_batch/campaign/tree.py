"""The typed tree of a rule's expression: what it may consist of, and walking it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Literal

from tdkt_batch.remembered import remembered


class Kind(StrEnum):
    """What an expression yields."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    CHOICE = "choice"
    LOGIC = "logic"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a number of people, judged by whole people (decision AMB-5).

    ``mode`` is ``at_least`` (the lower whole number passes, more is welcome),
    ``exact`` (one of the two whole numbers around the product) or ``about``
    (within ``tolerance`` either way).
    """

    part: Fraction
    mode: Literal["at_least", "exact", "about"] = "at_least"
    tolerance: Fraction = Fraction(0)


CampaignValue = int | str | date | DateRange | Share | tuple[str, ...]
"""A value of the campaign that expressions may name."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a name in an expression stands for: its kind and, for a choice, its list."""

    kind: Kind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """All names an expression may use.

    ``scalars`` are fields, derived values and register facts, ``tables`` the
    columns of each table, ``values`` the campaign's limits, dates and phrases.
    """

    scalars: Mapping[str, Symbol]
    tables: Mapping[str, Mapping[str, Symbol]] = field(default_factory=dict)
    values: Mapping[str, CampaignValue] = field(default_factory=dict)


class Node:
    """A part of an expression; ``kind`` is what it yields."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()
    kind: Kind


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number, text or day written in the expression or taken from the campaign.

    ``source`` is the campaign value's name, empty for a literal.
    """

    value: int | str | date
    kind: Kind
    source: str = ""


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A field, a derived value or a register fact."""

    id: str
    kind: Kind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnName(Node):
    """A column of the row that a table function is looking at."""

    table: str
    column: str
    kind: Kind
    choices: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The column as expressions write it: ``bang.cot``."""
        return f"{self.table}.{self.column}"


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """Two operands of one kind; of choices and texts only ``==`` and ``!=``."""

    op: Literal["<", "<=", "==", "!=", ">=", ">"]
    left: Node
    right: Node
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class Between(Node):
    """A day within a range, both ends included; ``source`` names the range."""

    operand: Node
    range: DateRange
    source: str
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    """A choice that is one of the given ones."""

    operand: Node
    options: tuple[str, ...]
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class And(Node):
    """All items hold: the least of false 0, unknown ½, true 1."""

    items: tuple[Node, ...]
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class Or(Node):
    """One item holds: the greatest of false 0, unknown ½, true 1."""

    items: tuple[Node, ...]
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The contrary; of unknown it is unknown."""

    item: Node
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Whole-number arithmetic; a day minus a day is a number of days.

    ``+`` of two texts joins them with one blank.
    """

    op: Literal["+", "-", "*"]
    left: Node
    right: Node
    kind: Kind


@dataclass(frozen=True, slots=True)
class Extreme(Node):
    """The greater (``max``) or the lesser (``min``) of two operands."""

    op: Literal["max", "min"]
    left: Node
    right: Node
    kind: Kind


@dataclass(frozen=True, slots=True)
class If(Node):
    """One of two values by a condition; unknown when the condition is."""

    condition: Node
    then: Node
    otherwise: Node
    kind: Kind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IsBlank(Node):
    """Nothing was typed in the field or column."""

    operand: Name | ColumnName
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class StartsWith(Node):
    """The folded text is the folded prefix, or goes on after it with a blank."""

    text: Node
    prefix: Node
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class ConsistsOf(Node):
    """The folded text is the folded start, then nothing but some of the parts in their order.

    A part that ends in “…” stands for its words and the next one; one that is
    missing is passed over.
    """

    text: Node
    start: Node
    parts: tuple[Node, ...]
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class Count(Node):
    """How many existing rows fulfil the condition; unknown within bounds when one row's is."""

    table: str
    condition: Node | None
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Fold(Node):
    """A column's ``sum``, ``earliest``, ``latest`` or ``distinct`` over existing rows.

    Only rows where the condition holds count; a row whose condition or cell is
    unknown makes the result unknown, a number within bounds. ``earliest`` and
    ``latest`` pass over unknown cells and are unknown only when no row has a day.
    """

    op: Literal["sum", "earliest", "latest", "distinct"]
    column: ColumnName
    condition: Node | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class ShareHolds(Node):
    """``part`` reaches ``share`` of ``total`` by whole people; ``near``: within tolerance."""

    part: Node
    total: Node
    share: Share
    source: str
    near: bool = False
    kind: Kind = Kind.LOGIC


@dataclass(frozen=True, slots=True)
class LeastShare(Node):
    """The fewest whole people of ``total`` that reach ``share``."""

    total: Node
    share: Share
    source: str
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Swapped(Node):
    """The day with day and month exchanged (03/12 → 12/03); unknown where there is no such day."""

    day: Node
    kind: Kind = Kind.DATE


@remembered(8192)
def children(node: Node) -> tuple[Node, ...]:
    """Return the direct operands of ``node``, in reading order, which is that of its fields."""
    parts = (getattr(node, name) for name in node.__match_args__)
    listed = (part if isinstance(part, tuple) else (part,) for part in parts)
    return tuple(part for parts in listed for part in parts if isinstance(part, Node))


def walk(node: Node) -> Iterator[Node]:
    """Yield ``node`` and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence whose ``{expression}`` places are filled from a submission."""

    parts: tuple[str | Node, ...]

    @property
    def expressions(self) -> tuple[Node, ...]:
        """The expressions among the parts."""
        return tuple(part for part in self.parts if not isinstance(part, str))
