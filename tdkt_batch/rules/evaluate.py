"""Expression → function of one submission's values, in Kleene's three-valued logic.

A value that is missing is ``Unknown`` and names what is missing; a number over
rows, some of which are known, also knows between which bounds it lies, and a
comparison that every number between them decides alike is decided. ``and`` is
the least, ``or`` the greatest of false, unknown, true. A rule whose own evaluation
fails ends in ``error``; nothing else is caught.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial, reduce
from typing import Any, Literal, Protocol

from tdkt_batch.campaign import tree
from tdkt_batch.campaign.tree import Kind, Node, Share
from tdkt_batch.remembered import remembered
from tdkt_batch.vietnamese.folding import fold_text

Known = int | str | date | bool


UNBOUNDED = 10**12
"""Beyond what any form adds up; the form's formulas bound numbers by the same."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is missing; ``missing`` names the fields to blame, in reading order.

    A number lies from ``low`` to ``high``, both included.
    """

    missing: tuple[str, ...]
    low: int = -UNBOUNDED
    high: int = UNBOUNDED

    @property
    def is_bounded(self) -> bool:
        """Whether it is a number of which it is known between what it lies."""
        return self.low > -UNBOUNDED // 2 and self.high < UNBOUNDED // 2

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

    def blank(self, column: str) -> bool | Unknown:
        """Tell whether nothing was typed in the column, if that is known."""


class Scope(Protocol):
    """One submission, as expressions see it."""

    def value(self, name: str) -> Result:
        """Return a field, derived value or fact, or Unknown naming it."""

    def blank(self, name: str) -> bool | Unknown:
        """Tell whether nothing was typed in the field, if that is known."""

    def rows(self, table: str) -> Sequence[Row] | Unknown:
        """Return the table's existing rows, if it could be read."""


_MONTHS = 12
MORE = "…"
"""What a part of a text ends in that has one word more."""
Bounds = tuple[int, int]
"""The least and the greatest that a number may be."""
Function = Callable[[Scope, Row | None], Result]
Undecided = Sequence[tuple[Unknown, Row]]
"""Rows of which it is unknown whether they count, each with what is missing."""


def evaluate(node: Node, scope: Scope, row: Row | None = None) -> Result:
    """Return what ``node`` yields over ``scope``; ``row`` is the row of a column expression."""
    return compiled(node)(scope, row)


@remembered(8192)
def compiled(node: Node) -> Function:
    """Return the function of ``node``; the same node gives the same function."""
    match node:
        case tree.Constant(value):
            return lambda _scope, _row: value
        case tree.Name(id=id_):
            return lambda scope, _row: scope.value(id_)
        case tree.ColumnName(column=column):
            return lambda _scope, row: _row(row).value(column)
        case tree.IsBlank(tree.Name(id=id_)):
            return lambda scope, _row: scope.blank(id_)
        case tree.IsBlank(tree.ColumnName(column=column)):
            return lambda _scope, row: _row(row).blank(column)
        case tree.Compare(op, left, right):
            return _bounded(_COMPARE[op], partial(_decided, op), left, right)
        case tree.Arithmetic("*", left, right):
            return _bounded(operator.mul, partial(_product_of_bounds, node), left, right)
        case tree.Arithmetic(op, left, right):
            return _bounded(partial(_compute, op), _BOUNDS[op], left, right)
        case tree.Extreme(op, left, right):
            extreme = max if op == "max" else min
            return _bounded(extreme, partial(_extreme_of_bounds, extreme), left, right)
        case tree.StartsWith(text, prefix):
            return _strict(_starts_with, text, prefix)
        case tree.ConsistsOf(text, start, parts):
            return _consists_of(text, start, parts)
        case tree.ShareHolds(part, total, share, _, near):
            return _strict(lambda p, t: share_holds(p, t, share, near=near), part, total)
        case tree.LeastShare(total, share):
            return _strict(lambda t: least_share(t, share), total)
        case tree.Swapped(day):
            return _swapped(compiled(day))
        case tree.Between(operand, days):
            return _strict(lambda day: days.start <= day <= days.end, operand)
        case tree.OneOf(operand, options):
            chosen = frozenset(options)
            return _strict(lambda value: value in chosen, operand)
        case tree.Not(item):
            return _strict(operator.not_, item)
        case tree.And(items):
            return _kleene(items, decisive=False)
        case tree.Or(items):
            return _kleene(items, decisive=True)
        case tree.If(condition, then, otherwise):
            return _choice(*map(compiled, (condition, then, otherwise)))
        case tree.Count(table, condition):
            return _over_rows(table, condition, _count)
        case tree.Fold(op, folded, condition):
            return _over_rows(folded.table, condition, partial(_fold, op, folded))
    raise TypeError(node)


def _row(row: Row | None) -> Row:
    if row is None:
        raise TypeError("a column was evaluated outside its table")
    return row


def _strict(function: Callable[..., Known], *operands: Node) -> Function:
    """Compile to: the function of the operands, unknown when one of them is."""
    inner = tuple(compiled(operand) for operand in operands)

    def call(scope: Scope, row: Row | None) -> Result:
        values = [operand(scope, row) for operand in inner]
        unknown = [value for value in values if isinstance(value, Unknown)]
        return reduce(operator.or_, unknown) if unknown else function(*values)

    return call


def _bounded(
    function: Callable[..., Known],
    of_bounds: Callable[[Bounds, Bounds], bool | Bounds | None],
    left: Node,
    right: Node,
) -> Function:
    """Compile to: the function of two operands, of unknown numbers what their bounds say of it."""
    if left.kind is not Kind.NUMBER or right.kind is not Kind.NUMBER:
        return _strict(function, left, right)
    one, other = compiled(left), compiled(right)

    def call(scope: Scope, row: Row | None) -> Result:
        values = one(scope, row), other(scope, row)
        unknown = [value for value in values if isinstance(value, Unknown)]
        if not unknown:
            return function(*values)
        missing = reduce(operator.or_, unknown).missing
        match of_bounds(*map(bounds_of, values)):
            case bool() as decided:
                return decided
            case (low, high):
                return Unknown(missing, low, high)
        return Unknown(missing)

    return call


def bounds_of(number: Result) -> Bounds:
    """Return the least and the greatest that a number may be; a known one is both."""
    if isinstance(number, Unknown):
        return number.low, number.high
    return (number, number) if isinstance(number, int) else (-UNBOUNDED, UNBOUNDED)


def _decided(op: str, one: Bounds, other: Bounds) -> bool | None:
    """Return how all numbers between the bounds compare, None unless alike.

    >>> [_decided("<=", (2, 4), other) for other in ((4, 9), (0, 1), (3, 3))]
    [True, False, None]
    """
    match op:
        case "<" | "<=":
            compare = _COMPARE[op]
            always, never = compare(one[1], other[0]), not compare(one[0], other[1])
        case ">" | ">=":
            compare = _COMPARE[op]
            always, never = compare(one[0], other[1]), not compare(one[1], other[0])
        case _:
            apart = one[1] < other[0] or other[1] < one[0]
            same = one[0] == one[1] == other[0] == other[1]
            always, never = (same, apart) if op == "==" else (apart, same)
    return always if always or never else None


def _product_of_bounds(node: tree.Arithmetic, one: Bounds, other: Bounds) -> Bounds:
    """Return the bounds of a product with a constant; of two numbers nothing is known."""
    for factor, bounds in ((node.left, other), (node.right, one)):
        if isinstance(factor, tree.Constant) and isinstance(factor.value, int):
            least, greatest = sorted(factor.value * bound for bound in bounds)
            return least, greatest
    return -UNBOUNDED, UNBOUNDED


def _extreme_of_bounds(extreme: Callable[[int, int], int], one: Bounds, other: Bounds) -> Bounds:
    """Return the bounds of the greater or lesser; none where of one nothing is known."""
    if any(low <= -UNBOUNDED // 2 and high >= UNBOUNDED // 2 for low, high in (one, other)):
        return -UNBOUNDED, UNBOUNDED
    return extreme(one[0], other[0]), extreme(one[1], other[1])


_BOUNDS: Mapping[str, Callable[[Bounds, Bounds], Bounds]] = {
    "+": lambda one, other: (one[0] + other[0], one[1] + other[1]),
    "-": lambda one, other: (one[0] - other[1], one[1] - other[0]),
}


def _kleene(items: tuple[Node, ...], *, decisive: bool) -> Function:
    """Compile ``and`` (decided by a false item) or ``or`` (decided by a true one)."""
    functions = tuple(compiled(item) for item in items)

    def call(scope: Scope, row: Row | None) -> Result:
        unknown: list[Unknown] = []
        for function in functions:
            value = function(scope, row)
            if isinstance(value, Unknown):
                unknown.append(value)
            elif value is decisive:
                return decisive
        return reduce(operator.or_, unknown) if unknown else not decisive

    return call


def _choice(condition: Function, then: Function, otherwise: Function) -> Function:
    def call(scope: Scope, row: Row | None) -> Result:
        decided = condition(scope, row)
        if isinstance(decided, Unknown):
            return decided
        return (then if decided else otherwise)(scope, row)

    return call


def _swapped(day: Function) -> Function:
    """Compile to: the day with day and month exchanged, unknown where there is no such day."""

    def call(scope: Scope, row: Row | None) -> Result:
        value = day(scope, row)
        if not isinstance(value, date):
            return value
        is_day = value.day <= _MONTHS
        return value.replace(month=value.day, day=value.month) if is_day else Unknown(())

    return call


def _consists_of(text: Node, start: Node, parts: tuple[Node, ...]) -> Function:
    """Compile to: the text is the start and some of the parts; unknown when one of the two is."""
    begins, rest = _strict(_starts_with, text, start), left_behind(text, start, parts)

    def call(scope: Scope, row: Row | None) -> Result:
        begun = begins(scope, row)
        return not rest(scope, row)[-1] if begun is True else begun

    return call


def left_behind(
    text: Node, start: Node, parts: tuple[Node, ...]
) -> Callable[[Scope, Row | None], list[str]]:
    """Compile to: what remains of the folded text behind the start, then behind each part."""
    inner = tuple(compiled(part) for part in (text, start, *parts))

    def call(scope: Scope, row: Row | None) -> list[str]:
        known = (part(scope, row) for part in inner)
        folded = ("" if isinstance(one, Unknown) else fold_text(str(one)) for one in known)
        whole, begin, *others = folded
        rests = [whole[len(begin) :]]
        for part in others:
            rests.append(_behind(part, rests[-1]))
        return rests

    return call


def _behind(part: str, rest: str) -> str:
    """Return ``rest`` (a blank before each word) without the words of ``part``, if it begins so.

    >>> _behind("lần thứ …", " lần thứ iv 2015 2020"), _behind("nhiệm kỳ", " và")
    (' 2015 2020', ' và')
    """
    words, has_more = part.removesuffix(MORE).rstrip(), part.endswith(MORE)
    if not f"{rest} ".startswith(f" {words} "):
        return rest
    rest = rest[len(words) + 1 :]
    return " ".join(["", *rest.split(" ")[2:]]) if has_more else rest


def _over_rows(
    table: str, condition: Node | None, function: Callable[[list[Row], Undecided], Result]
) -> Function:
    """Compile to: the function of the rows where the condition holds and of those undecided."""
    holds = None if condition is None else compiled(condition)

    def call(scope: Scope, _row: Row | None) -> Result:
        rows = scope.rows(table)
        if isinstance(rows, Unknown):
            return rows
        if holds is None:
            return function(list(rows), ())
        decided = [(holds(scope, row), row) for row in rows]
        undecided = [(value, row) for value, row in decided if isinstance(value, Unknown)]
        return function([row for value, row in decided if value is True], undecided)

    return call


def _count(rows: list[Row], undecided: Undecided) -> Result:
    """Return how many rows there are; with undecided ones between which numbers."""
    if not undecided:
        return len(rows)
    missing = reduce(operator.or_, [unknown for unknown, _ in undecided]).missing
    return Unknown(missing, len(rows), len(rows) + len(undecided))


def _fold(op: str, column: tree.ColumnName, rows: list[Row], undecided: Undecided) -> Result:
    """Return a column's total, number of choices, or least or greatest of the known days.

    A count is never less than 0, so what is known is the least total.
    """
    values: list[Any] = [row.value(column.column) for row in rows]
    known = [value for value in values if not isinstance(value, Unknown)]
    missing = Unknown((column.id,))
    if undecided:
        missing = reduce(operator.or_, [unknown for unknown, _ in undecided])
    if op in ("earliest", "latest"):
        days = min if op == "earliest" else max
        return days(known) if known and not undecided else missing
    possible: list[Any] = [*values, *(row.value(column.column) for _, row in undecided)]
    counted = [value for value in possible if not isinstance(value, Unknown)]
    blanks = len(possible) - len(counted)
    if op == "sum":
        low, high = sum(known), UNBOUNDED if blanks else sum(counted)
    else:
        low, high = len(set(known)), min(len(column.choices), len(set(counted)) + blanks)
    is_known = len(known) == len(values) and not undecided
    return low if is_known else Unknown(missing.missing, low, high)


# --- what the operators mean -------------------------------------------------------------


def _equal(a: Known, b: Known) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return fold_text(a) == fold_text(b)
    return a == b


_COMPARE: Mapping[Literal["<", "<=", "==", "!=", ">=", ">"], Callable[..., bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": _equal,
    "!=": lambda a, b: not _equal(a, b),
    ">=": operator.ge,
    ">": operator.gt,
}
_SIGNS: Mapping[Literal["+", "-", "*"], Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def _compute(op: Literal["+", "-", "*"], a: Any, b: Any) -> Known:
    """Return whole-number arithmetic, day differences, or two texts joined with a blank."""
    if isinstance(a, str):
        return f"{a} {b}"
    if isinstance(a, date) and isinstance(b, int):
        b = timedelta(days=b)
    result: Known | timedelta = _SIGNS[op](a, b)
    return result.days if isinstance(result, timedelta) else result


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
