"""Expression → function of one submission's values, in Kleene's three-valued logic.

A value that is missing is ``Unknown`` and names what is missing. ``and`` is the
least, ``or`` the greatest of false, unknown, true. A rule whose own evaluation
fails ends in ``error``; nothing else is caught.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, Protocol

from tdkt_batch.campaign.tree import (
    And,
    Arithmetic,
    Between,
    ColumnName,
    Compare,
    Constant,
    Count,
    Extreme,
    Fold,
    If,
    IsBlank,
    LeastShare,
    Name,
    Node,
    Not,
    OneOf,
    Or,
    Share,
    ShareHolds,
    StartsWith,
)
from tdkt_batch.vietnamese.folding import fold_text

Known = int | str | date | bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is missing; ``missing`` names the fields to blame, in reading order."""

    missing: tuple[str, ...]

    def __or__(self, other: object) -> Unknown:
        if not isinstance(other, Unknown):
            return self
        added = tuple(name for name in other.missing if name not in self.missing)
        return Unknown(self.missing + added)


Result = Known | Unknown


class Row(Protocol):
    """One existing row of a table, as expressions see it."""

    def value(self, column: str) -> Result:
        """Return what the column holds, or Unknown naming ``bang.cot``."""

    def blank(self, column: str) -> bool:
        """Tell whether nothing was typed in the column."""


class Scope(Protocol):
    """One submission, as expressions see it."""

    def value(self, name: str) -> Result:
        """Return a field, derived value or fact, or Unknown naming it."""

    def blank(self, name: str) -> bool | Unknown:
        """Tell whether nothing was typed in the field; of a derived value it may be unknown."""

    def rows(self, table: str) -> Sequence[Row]:
        """Return the table's existing rows."""


Function = Callable[[Scope, Row | None], Result]


def evaluate(node: Node, scope: Scope, row: Row | None = None) -> Result:
    """Return what ``node`` yields over ``scope``; ``row`` is the row of a column expression."""
    return compiled(node)(scope, row)


@lru_cache(maxsize=4096)
def compiled(node: Node) -> Function:
    """Return the function of ``node``; the same node gives the same function."""
    match node:
        case Constant(value):
            return lambda _scope, _row: value
        case Name(id=id_):
            return lambda scope, _row: scope.value(id_)
        case ColumnName(column=column):
            return lambda _scope, row: _row(row).value(column)
        case IsBlank(Name(id=id_)):
            return lambda scope, _row: scope.blank(id_)
        case IsBlank(ColumnName(column=column)):
            return lambda _scope, row: _row(row).blank(column)
        case Compare(op, left, right):
            return _binary(left, right, _COMPARE[op])
        case Arithmetic(op, left, right):
            return _binary(left, right, _ARITHMETIC[op])
        case Extreme(op, left, right):
            return _binary(left, right, max if op == "max" else min)
        case StartsWith(text, prefix):
            return _binary(text, prefix, _starts_with)
        case ShareHolds(part, total, share, _, near):
            return _binary(part, total, lambda p, t: share_holds(p, t, share, near=near))
        case LeastShare(total, share):
            return _unary(total, lambda t: least_share(t, share))
        case Between(operand, days):
            return _unary(operand, lambda day: days.start <= day <= days.end)
        case OneOf(operand, options):
            chosen = frozenset(options)
            return _unary(operand, lambda value: value in chosen)
        case Not(item):
            return _unary(item, lambda value: not value)
        case And(items):
            return _kleene(items, decisive=False)
        case Or(items):
            return _kleene(items, decisive=True)
        case If():
            return _if(node)
        case Count(table, condition):
            return _count(table, condition)
        case Fold():
            return _fold(node)
    raise TypeError(node)


def _row(row: Row | None) -> Row:
    if row is None:
        raise TypeError("a column was evaluated outside its table")
    return row


def _unary(operand: Node, function: Callable[..., Known]) -> Function:
    inner = compiled(operand)

    def call(scope: Scope, row: Row | None) -> Result:
        value = inner(scope, row)
        return value if isinstance(value, Unknown) else function(value)

    return call


def _binary(left: Node, right: Node, function: Callable[..., Known]) -> Function:
    first, second = compiled(left), compiled(right)

    def call(scope: Scope, row: Row | None) -> Result:
        a, b = first(scope, row), second(scope, row)
        if isinstance(a, Unknown):
            return a | b
        return b if isinstance(b, Unknown) else function(a, b)

    return call


def _kleene(items: tuple[Node, ...], *, decisive: bool) -> Function:
    """Compile ``and`` (decided by a false item) or ``or`` (decided by a true one)."""
    functions = tuple(compiled(item) for item in items)

    def call(scope: Scope, row: Row | None) -> Result:
        unknown: Unknown | None = None
        for function in functions:
            value = function(scope, row)
            if isinstance(value, Unknown):
                unknown = value if unknown is None else unknown | value
            elif value is decisive:
                return decisive
        return (not decisive) if unknown is None else unknown

    return call


def _if(node: If) -> Function:
    condition, then, otherwise = map(compiled, (node.condition, node.then, node.otherwise))

    def call(scope: Scope, row: Row | None) -> Result:
        decided = condition(scope, row)
        if isinstance(decided, Unknown):
            return decided
        return (then if decided else otherwise)(scope, row)

    return call


def _matching(
    table: str, condition: Node | None
) -> Callable[[Scope], tuple[list[Row], Unknown | None]]:
    """Compile to: the rows where the condition holds, and what was unknown about any row."""
    holds = None if condition is None else compiled(condition)

    def rows(scope: Scope) -> tuple[list[Row], Unknown | None]:
        if holds is None:
            return list(scope.rows(table)), None
        found: list[Row] = []
        unknown: Unknown | None = None
        for row in scope.rows(table):
            value = holds(scope, row)
            if isinstance(value, Unknown):
                unknown = value if unknown is None else unknown | value
            elif value:
                found.append(row)
        return found, unknown

    return rows


def _count(table: str, condition: Node | None) -> Function:
    matching = _matching(table, condition)

    def call(scope: Scope, _row: Row | None) -> Result:
        rows, unknown = matching(scope)
        return len(rows) if unknown is None else unknown

    return call


def _fold(node: Fold) -> Function:
    matching = _matching(node.column.table, node.condition)
    column = node.column

    def call(scope: Scope, _row: Row | None) -> Result:
        rows, unknown = matching(scope)
        if unknown is not None:
            return unknown
        return _FOLDS[node.op]([row.value(column.column) for row in rows], column.id)

    return call


def _sum_or_unknown(values: list[Result], column: str) -> Result:
    return _if_all_known(values, column, sum)


def _distinct_or_unknown(values: list[Result], column: str) -> Result:
    return _if_all_known(values, column, lambda known: len(set(known)))


def _if_all_known(values: list[Result], column: str, function: Callable[..., Known]) -> Result:
    if any(isinstance(value, Unknown) for value in values):
        return Unknown((column,))
    return function(values)


def _earliest(values: list[Result], column: str) -> Result:
    days = [value for value in values if isinstance(value, date)]
    return min(days) if days else Unknown((column,))


def _latest(values: list[Result], column: str) -> Result:
    days = [value for value in values if isinstance(value, date)]
    return max(days) if days else Unknown((column,))


_FOLDS: Mapping[str, Callable[[list[Result], str], Result]] = {
    "sum": _sum_or_unknown,
    "distinct": _distinct_or_unknown,
    "earliest": _earliest,
    "latest": _latest,
}


# --- what the operators mean -------------------------------------------------------------


def _equal(a: Known, b: Known) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return fold_text(a) == fold_text(b)
    return a == b


_COMPARE: Mapping[Literal["<", "<=", "==", "!=", ">=", ">"], Callable[..., bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": _equal,
    "!=": lambda a, b: not _equal(a, b),
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}


def _add(a: Known, b: Known) -> Known:
    if isinstance(a, str):
        return f"{a} {b}"
    if isinstance(a, date) and isinstance(b, int):
        return a + timedelta(days=b)
    return a + b  # type: ignore[operator]  # kinds were checked at parsing


def _subtract(a: Known, b: Known) -> Known:
    if isinstance(a, date) and isinstance(b, date):
        return (a - b).days
    if isinstance(a, date) and isinstance(b, int):
        return a - timedelta(days=b)
    return a - b  # type: ignore[operator, return-value]  # kinds were checked at parsing


_ARITHMETIC: Mapping[Literal["+", "-", "*"], Callable[..., Known]] = {
    "+": _add,
    "-": _subtract,
    "*": lambda a, b: a * b,
}


def _starts_with(text: str, prefix: str) -> bool:
    folded, start = fold_text(text), fold_text(prefix)
    return folded == start or folded.startswith(f"{start} ")


def least_share(total: int, share: Share) -> int:
    """Return the fewest whole people of ``total`` that reach ``share``: the product rounded down.

    >>> from fractions import Fraction
    >>> least_share(23, Share(Fraction(7, 10)))
    16
    """
    return total * share.part.numerator // share.part.denominator


def share_holds(part: int, total: int, share: Share, *, near: bool = False) -> bool:
    """Tell whether ``part`` people of ``total`` reach ``share`` (decision AMB-5).

    ``at_least``: no fewer than the product rounded down. ``exact``: one of the
    two whole numbers around the product. ``about``: within the tolerance either
    way, by whole people. ``near`` asks whether ``part`` falls short by no more
    than the tolerance.

    >>> from fractions import Fraction
    >>> [share_holds(m, 23, Share(Fraction(7, 10))) for m in (15, 16, 17, 23)]
    [False, True, True, True]
    """
    if near or share.mode == "about":
        low, high = share.part - share.tolerance, share.part + share.tolerance
    else:
        low = high = share.part
    reaches = part > low * total - 1
    if near or share.mode == "at_least":
        return reaches
    return reaches and part < high * total + 1
