"""The rule language: parse an expression, check its names and kinds, give a typed tree.

The grammar is a small part of Python's expression grammar, read with ``ast``
against a whitelist; nothing is ever evaluated by Python itself. The tree is
compiled to a closure (``rules.evaluate``), to an Excel formula
(``forms_write.formulas``) and to words (``rules.rulebook``).

========================================  =====================================
``a <= b``, ``a == b``, ``a <= b <= c``   comparison of counts, days, choices;
                                          texts are equal after folding
``a + b - 2 * c``                         whole-number arithmetic, day differences
``and``, ``or``, ``not``                  Kleene's three-valued logic
``x in ("a", "b")``                       membership in choices
``d in thoi_gian.quy_1``                  a day within a range, both ends included
``a if c else b``                         choice by condition
``is_blank(x)``                           nothing was typed
``starts_with(x, y)``                     folded text begins with whole words of y
``consists_of(x, y, 'lần thứ …', z)``     folded text is y, then only the given parts in order,
                                          each or not; “…” stands for one word more
``count(bang)``, ``count(bang, c)``       rows of a table, those where c holds
``sum(bang.cot)``, ``sum(bang.cot, c)``   total of a column
``earliest(bang.cot)``, ``latest(…)``     least and greatest day of a column
``distinct(bang.cot)``                    how many different choices a column holds
``share(part, total, ty_le.x)``           the part reaches the share, by whole people
``share_near(part, total, ty_le.x)``      the same within the share's tolerance
``least(total, ty_le.x)``                 the fewest people that reach the share
``percent(ty_le.x)``                      the share in words: 70%
``max(a, b)``, ``min(a, b)``              of two counts or two days
``swapped(d)``                            the day with day and month exchanged
========================================  =====================================
"""

from __future__ import annotations

import ast
import string
from collections.abc import Mapping
from datetime import date
from typing import Literal

from tdkt_batch.campaign import tree
from tdkt_batch.campaign.tree import Kind, Names, Node, Share, Template
from tdkt_batch.errors import ExpressionError
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import campaign as say

_Comparison = Literal["<", "<=", "==", "!=", ">=", ">"]
_COMPARISONS: Mapping[type[ast.cmpop], _Comparison] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.GtE: ">=",
    ast.Gt: ">",
}
_ARITHMETIC: Mapping[type[ast.operator], Literal["+", "-", "*"]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
}
_RESULTS: Mapping[tuple[Kind, str, Kind], Kind] = {
    **{(Kind.NUMBER, op, Kind.NUMBER): Kind.NUMBER for op in "+-*"},
    (Kind.DATE, "-", Kind.DATE): Kind.NUMBER,
    (Kind.DATE, "+", Kind.NUMBER): Kind.DATE,
    (Kind.DATE, "-", Kind.NUMBER): Kind.DATE,
    (Kind.TEXT, "+", Kind.TEXT): Kind.TEXT,
}
"""What arithmetic yields; no other operands can be computed."""


def parse(
    text: str,
    names: Names,
    *,
    kind: Kind | None = None,
    table: str | None = None,
    is_place: bool = False,
) -> Node:
    """Return the typed tree of ``text``; with ``table`` it may name this table's columns.

    What is a place only names a cell, so of two it may choose whatever stands in them.

    Raises ``ExpressionError`` for anything outside the language, an unknown
    name, or operands whose kinds do not fit; with ``kind``, also when the whole
    yields another kind.
    """
    try:
        parsed = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise ExpressionError(say.SYNTAX.format(text=text, error=error.msg)) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(say.NOT_PARSED.format(text=text[:60], error=error)) from None
    node = _Parser(text, names, table, is_place=is_place).read(parsed.body)
    if kind is not None and node.kind is not kind:
        problem = say.YIELDS_OTHER.format(text=text, wanted=kind.value, given=node.kind.value)
        raise ExpressionError(problem)
    return node


def parse_template(text: str, names: Names) -> Template:
    """Return the template written in ``text``; ``{{`` and ``}}`` stand for braces.

    Raises ``ExpressionError`` like ``parse``.
    """
    parts: list[str | Node] = []
    try:
        pieces = list(string.Formatter().parse(text))
    except ValueError as error:
        raise ExpressionError(say.TEMPLATE_BRACES.format(text=text, error=error)) from None
    for literal, expression, _, _ in pieces:
        if literal:
            parts.append(literal)
        if expression is not None:
            parts.append(parse(expression, names))
    return Template(tuple(parts))


class _Parser:
    """Reads one expression; ``table`` is the table whose rows are being looked at."""

    def __init__(
        self, text: str, names: Names, table: str | None = None, *, is_place: bool = False
    ) -> None:
        self.text = text
        self.names = names
        self.table = table
        self.is_place = is_place

    def fail(self, problem: str, **places: object) -> ExpressionError:
        said = problem.format(**places)
        return ExpressionError(say.IN_EXPRESSION.format(text=self.text, problem=said))

    def read(self, part: ast.expr, *kinds: Kind) -> Node:
        """Return the tree of a part, which must yield one of ``kinds`` where they are given."""
        node = self.read_any(part)
        return self.of_kind(node, *kinds) if kinds else node

    def of_kind(self, node: Node, *kinds: Kind) -> Node:
        if node.kind not in kinds:
            wanted = say.OR.join(kind.value for kind in kinds)
            raise self.fail(say.NEEDS_KIND, wanted=wanted, given=node.kind.value)
        return node

    def read_any(self, part: ast.expr) -> Node:
        match part:
            case ast.Constant(value=int() | str() as value) if not isinstance(value, bool):
                return tree.Constant(value, Kind.TEXT if isinstance(value, str) else Kind.NUMBER)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
                return tree.Constant(-value, Kind.NUMBER)
            case ast.Name() | ast.Attribute():
                return self.read_name(_dotted(part))
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                sides = [left, *comparators]
                pairs = zip(sides, ops, comparators, strict=False)
                items = tuple(self.read_comparison(one, op, other) for one, op, other in pairs)
                return items[0] if len(items) == 1 else tree.And(items)
            case ast.BoolOp(op=op, values=values):
                items = tuple(self.read(value, Kind.LOGIC) for value in values)
                return tree.And(items) if isinstance(op, ast.And) else tree.Or(items)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return tree.Not(self.read(operand, Kind.LOGIC))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                sign, a, b = _ARITHMETIC[type(op)], self.read(left), self.read(right)
                result = _RESULTS.get((a.kind, sign, b.kind))
                if result is None:
                    kinds = {"one": a.kind.value, "other": b.kind.value}
                    raise self.fail(say.NOT_COMPUTABLE, op=sign, **kinds)
                return tree.Arithmetic(sign, a, b, result)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                condition, a, b = self.read(test, Kind.LOGIC), self.read(body), self.read(orelse)
                if self.is_place:
                    return tree.If(condition, a, b, a.kind, _choices(a))
                if a.kind is not b.kind:
                    raise self.fail(say.BRANCH_KINDS)
                if _choices(a) != _choices(b):
                    raise self.fail(say.BRANCH_CHOICES)
                return tree.If(condition, a, b, a.kind, _choices(a))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self.read_call(name, args)
        raise self.fail(say.NOT_IN_LANGUAGE, part=ast.unparse(part))

    # --- names --------------------------------------------------------------------------

    def read_name(self, name: str) -> Node:
        if symbol := self.names.scalars.get(name):
            return tree.Name(name, symbol.kind, symbol.choices)
        if (column := self.column(name)) is not None:
            if self.table != column.table:
                raise self.fail(say.COLUMN_OUTSIDE_TABLE, name=name)
            return column
        value = self.names.values.get(name)
        for kind, known in ((str, Kind.TEXT), (date, Kind.DATE), (int, Kind.NUMBER)):
            if isinstance(value, kind):
                return tree.Constant(value, known, name)
        raise self.fail(say.NO_NAME if value is None else say.NOT_USABLE_HERE, name=name)

    def column(self, name: str) -> tree.ColumnName | None:
        table, _, column = name.partition(".")
        symbol = self.names.tables.get(table, {}).get(column)
        return tree.ColumnName(table, column, symbol.kind, symbol.choices) if symbol else None

    def read_share(self, part: ast.expr) -> tuple[Share, str]:
        name = _dotted(part) if isinstance(part, ast.Name | ast.Attribute) else ""
        value = self.names.values.get(name)
        if not isinstance(value, Share):
            raise self.fail(say.NEEDS_SHARE)
        return value, name

    # --- comparison ---------------------------------------------------------------------

    def read_comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        if isinstance(op, ast.In):
            return self.read_membership(left, right)
        if isinstance(op, ast.NotIn):
            return tree.Not(self.read_membership(left, right))
        if type(op) not in _COMPARISONS:
            raise self.fail(say.OPERATORS)
        sign, a, b = _COMPARISONS[type(op)], self.read(left), self.read(right)
        for one, other in ((a, b), (b, a)):
            if one.kind is Kind.CHOICE and isinstance(other, tree.Constant):
                self.check_option(one, other.value)
        kinds = {a.kind, b.kind}
        if kinds <= {Kind.CHOICE, Kind.TEXT}:
            if sign not in ("==", "!="):
                raise self.fail(say.TEXT_OPERATORS)
            has_constant = isinstance(a, tree.Constant) or isinstance(b, tree.Constant)
            if len(kinds) > 1 and not has_constant:
                raise self.fail(say.CHOICE_WITH_TEXT)
        elif len(kinds) > 1 or Kind.LOGIC in kinds:
            raise self.fail(say.NOT_COMPARABLE, one=a.kind.value, other=b.kind.value)
        return tree.Compare(sign, a, b)

    def check_option(self, choice: Node, option: object) -> None:
        if option not in _choices(choice):
            raise self.fail(say.NO_OPTION, option=option, choices=list(_choices(choice)))

    def read_membership(self, left: ast.expr, right: ast.expr) -> Node:
        operand = self.read(left)
        if isinstance(right, ast.Name | ast.Attribute):
            name = _dotted(right)
            value = self.names.values.get(name)
            if isinstance(value, tree.DateRange):
                return tree.Between(self.of_kind(operand, Kind.DATE), value, name)
            if not isinstance(value, tuple):
                raise self.fail(say.NOT_RANGE_OR_LIST, name=name)
            options = value
        elif isinstance(right, ast.Tuple):
            given = [getattr(one, "value", None) for one in right.elts]
            options = tuple(one for one in given if isinstance(one, str))
            if len(options) < len(given):
                raise self.fail(say.ONLY_TEXTS_AFTER_IN)
        else:
            raise self.fail(say.AFTER_IN)
        self.of_kind(operand, Kind.CHOICE)
        for option in options:
            self.check_option(operand, option)
        return tree.OneOf(operand, options)

    # --- functions ----------------------------------------------------------------------

    def read_call(self, name: str, args: list[ast.expr]) -> Node:
        match name, args:
            case "is_blank", [operand]:
                node = self.read(operand)
                if not isinstance(node, tree.Name | tree.ColumnName):
                    raise self.fail(say.IS_BLANK_NEEDS_CELL)
                return tree.IsBlank(node)
            case "starts_with", [text, prefix]:
                return tree.StartsWith(self.read(text, Kind.TEXT), self.read(prefix, Kind.TEXT))
            case "consists_of", [text, start, *parts] if parts:
                one, first = self.read(text, Kind.TEXT), self.read(start, Kind.TEXT)
                others = tuple(self.read(part, Kind.TEXT) for part in parts)
                return tree.ConsistsOf(one, first, others)
            case "count", [ast.Name(id=table), *condition] if len(condition) < 2:
                return tree.Count(table, self.row_condition(table, condition))
            case "sum" | "earliest" | "latest" | "distinct" as op, [column, *condition] if (
                len(condition) < 2
            ):
                return self.read_fold(op, column, condition)
            case "share" | "share_near", [part, total, share]:
                value, source = self.read_share(share)
                one, all_ = self.read(part, Kind.NUMBER), self.read(total, Kind.NUMBER)
                return tree.ShareHolds(one, all_, value, source, name == "share_near")
            case "least", [total, share]:
                value, source = self.read_share(share)
                return tree.LeastShare(self.read(total, Kind.NUMBER), value, source)
            case "percent", [share]:
                value, source = self.read_share(share)
                percent = write_number(100 * value.part, decimals=1)
                return tree.Constant(f"{percent}%", Kind.TEXT, source)
            case "swapped", [day]:
                return tree.Swapped(self.read(day, Kind.DATE))
            case "max" | "min" as op, [left, right]:
                a = self.read(left, Kind.NUMBER, Kind.DATE)
                return tree.Extreme(op, a, self.read(right, a.kind), a.kind)
        raise self.fail(say.NO_FUNCTION, name=name, number=len(args))

    def row_condition(self, table: str, condition: list[ast.expr]) -> Node | None:
        if table not in self.names.tables:
            raise self.fail(say.NO_TABLE, name=table)
        if self.table is not None:
            raise self.fail(say.NESTED_TABLE)
        if not condition:
            return None
        return _Parser(self.text, self.names, table).read(condition[0], Kind.LOGIC)

    def read_fold(
        self,
        op: Literal["sum", "earliest", "latest", "distinct"],
        part: ast.expr,
        condition: list[ast.expr],
    ) -> Node:
        column = self.column(_dotted(part)) if isinstance(part, ast.Attribute) else None
        if column is None:
            raise self.fail(say.NEEDS_COLUMN, function=op)
        wanted = {"sum": Kind.NUMBER, "distinct": Kind.CHOICE}.get(op, Kind.DATE)
        self.of_kind(column, wanted)
        kind = Kind.DATE if wanted is Kind.DATE else Kind.NUMBER
        return tree.Fold(op, column, self.row_condition(column.table, condition), kind)


def _choices(node: Node) -> tuple[str, ...]:
    """Return the values that a choice may take; none for another kind."""
    return getattr(node, "choices", ())


def _dotted(part: ast.expr) -> str:
    """Return ``a.b`` for a name or attribute; other parts give a name that nothing has."""
    match part:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=group), attr=name):
            return f"{group}.{name}"
    return ast.unparse(part)
