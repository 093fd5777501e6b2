"""The rule language: parse an expression, check its names and kinds, give a typed tree.

The grammar is a small part of Python's expression grammar, read with ``ast``
against a whitelist; nothing is ever evaluated by Python itself. The tree is
compiled to a closure (``rules.evaluate``), to an Excel formula
(``forms_write.formulas``) and to words (``campaign.words``).

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
``count(bang)``, ``count(bang, c)``       rows of a table, those where c holds
``sum(bang.cot)``, ``sum(bang.cot, c)``   total of a column
``earliest(bang.cot)``, ``latest(…)``     least and greatest day of a column
``distinct(bang.cot)``                    how many different choices a column holds
``share(part, total, ty_le.x)``           the part reaches the share, by whole people
``share_near(part, total, ty_le.x)``      the same within the share's tolerance
``least(total, ty_le.x)``                 the fewest people that reach the share
``percent(ty_le.x)``                      the share in words: 70%
``max(a, b)``, ``min(a, b)``              of two counts or two days
========================================  =====================================
"""

from __future__ import annotations

import ast
import string
from collections.abc import Mapping
from datetime import date
from typing import Literal

from tdkt_batch.campaign.tree import (
    And,
    Arithmetic,
    Between,
    ColumnName,
    Compare,
    Constant,
    Count,
    DateRange,
    Extreme,
    Fold,
    If,
    IsBlank,
    Kind,
    LeastShare,
    Name,
    Names,
    Node,
    Not,
    OneOf,
    Or,
    Share,
    ShareHolds,
    StartsWith,
    Template,
)
from tdkt_batch.errors import ExpressionError
from tdkt_batch.vietnamese.writing import write_number


def parse(text: str, names: Names, *, kind: Kind | None = None) -> Node:
    """Return the typed tree of ``text``.

    Raises ``ExpressionError`` for anything outside the language, an unknown
    name, or operands whose kinds do not fit; with ``kind``, also when the whole
    yields another kind.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise ExpressionError(f"“{text}” không đúng cú pháp: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"“{text[:60]}” không đọc được: {error}") from None
    node = _Parser(text, names).read(tree.body)
    if kind is not None and node.kind is not kind:
        raise ExpressionError(f"“{text}” phải là {kind.value}, nhưng là {node.kind.value}")
    return node


def parse_template(text: str, names: Names) -> Template:
    """Return the template written in ``text``; ``{{`` and ``}}`` stand for braces.

    Raises ``ExpressionError`` like ``parse``.
    """
    parts: list[str | Node] = []
    try:
        pieces = list(string.Formatter().parse(text))
    except ValueError as error:
        raise ExpressionError(f"mẫu câu “{text}” sai dấu ngoặc nhọn: {error}") from None
    for literal, expression, _, _ in pieces:
        if literal:
            parts.append(literal)
        if expression is not None:
            parts.append(parse(expression, names))
    return Template(tuple(parts))


_COMPARISONS: Mapping[type[ast.cmpop], Literal["<", "<=", "==", "!=", ">=", ">"]] = {
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


class _Parser:
    """Reads one expression; ``table`` is the table whose rows are being looked at."""

    def __init__(self, text: str, names: Names, table: str | None = None) -> None:
        self.text = text
        self.names = names
        self.table = table

    def fail(self, problem: str) -> ExpressionError:
        return ExpressionError(f"“{self.text}”: {problem}")

    def read(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Constant(value=int() | str() as value) if not isinstance(value, bool):
                kind = Kind.TEXT if isinstance(value, str) else Kind.NUMBER
                return Constant(value, kind)
            case ast.Name() | ast.Attribute():
                return self.read_name(_dotted(tree))
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                return self.read_comparison([left, *comparators], ops)
            case ast.BoolOp(op=op, values=values):
                items = tuple(self.read_logic(v) for v in values)
                return And(items) if isinstance(op, ast.And) else Or(items)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.read_logic(operand))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
                return Constant(-value, Kind.NUMBER)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return self.read_arithmetic(_ARITHMETIC[type(op)], left, right)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.read_if(test, body, orelse)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self.read_call(name, args)
        raise self.fail(f"không dùng được “{ast.unparse(tree)}” trong biểu thức")

    def read_logic(self, tree: ast.expr) -> Node:
        return self.of_kind(self.read(tree), Kind.LOGIC)

    def of_kind(self, node: Node, *kinds: Kind) -> Node:
        if node.kind not in kinds:
            wanted = " hoặc ".join(k.value for k in kinds)
            raise self.fail(f"cần {wanted}, nhưng gặp {node.kind.value}")
        return node

    def read_name(self, name: str) -> Node:
        if symbol := self.names.scalars.get(name):
            return Name(name, symbol.kind, symbol.choices)
        if (column := self.column(name)) is not None:
            if self.table != column.table:
                raise self.fail(f"cột “{name}” chỉ dùng được trong count(), sum()… của bảng đó")
            return column
        value = self.names.values.get(name)
        if isinstance(value, str):
            return Constant(value, Kind.TEXT, name)
        if isinstance(value, date):
            return Constant(value, Kind.DATE, name)
        if isinstance(value, int):
            return Constant(value, Kind.NUMBER, name)
        if value is not None:
            raise self.fail(f"“{name}” không dùng được ở chỗ này")
        raise self.fail(f"không có tên “{name}”")

    def column(self, name: str) -> ColumnName | None:
        table, _, column = name.partition(".")
        symbol = self.names.tables.get(table, {}).get(column)
        if symbol is None:
            return None
        return ColumnName(table, column, symbol.kind, symbol.choices)

    def read_comparison(self, operands: list[ast.expr], ops: list[ast.cmpop]) -> Node:
        pairs = zip(operands, ops, operands[1:], strict=False)
        items = tuple(self.read_pair(left, op, right) for left, op, right in pairs)
        return items[0] if len(items) == 1 else And(items)

    def read_pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        if isinstance(op, ast.In):
            return self.read_membership(left, right)
        if isinstance(op, ast.NotIn):
            return Not(self.read_membership(left, right))
        if type(op) not in _COMPARISONS:
            raise self.fail("chỉ so sánh được bằng <, <=, ==, !=, >=, >, in, not in")
        return self.compare(_COMPARISONS[type(op)], self.read(left), self.read(right))

    def compare(self, op: Literal["<", "<=", "==", "!=", ">=", ">"], a: Node, b: Node) -> Node:
        for one, other in ((a, b), (b, a)):
            if one.kind is Kind.CHOICE and isinstance(other, Constant):
                self.check_option(one, other.value)
        kinds = {a.kind, b.kind}
        if kinds <= {Kind.CHOICE, Kind.TEXT}:
            if op not in ("==", "!="):
                raise self.fail("chữ chỉ so sánh được bằng == và !=")
            if len(kinds) > 1:
                constant = a if isinstance(a, Constant) else b
                if not isinstance(constant, Constant):
                    raise self.fail("không so sánh được giá trị chọn với ô chữ")
        elif len(kinds) > 1 or Kind.LOGIC in kinds:
            raise self.fail(f"không so sánh được {a.kind.value} với {b.kind.value}")
        return Compare(op, a, b)

    def check_option(self, choice: Node, option: object) -> None:
        choices = getattr(choice, "choices", ())
        if option not in choices:
            raise self.fail(f"“{option}” không có trong danh sách chọn {list(choices)}")

    def read_membership(self, left: ast.expr, right: ast.expr) -> Node:
        operand = self.read(left)
        if isinstance(right, ast.Name | ast.Attribute):
            value = self.names.values.get(_dotted(right))
            if isinstance(value, DateRange):
                return Between(self.of_kind(operand, Kind.DATE), value, _dotted(right))
            if not isinstance(value, tuple):
                raise self.fail(f"“{_dotted(right)}” không phải là khoảng ngày hay danh sách")
            options = value
        elif isinstance(right, ast.Tuple):
            options = tuple(self.literal_text(item) for item in right.elts)
        else:
            raise self.fail("sau “in” phải là khoảng ngày hoặc danh sách trong ngoặc")
        self.of_kind(operand, Kind.CHOICE)
        for option in options:
            self.check_option(operand, option)
        return OneOf(operand, options)

    def literal_text(self, tree: ast.expr) -> str:
        if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
            return tree.value
        raise self.fail("danh sách sau “in” chỉ gồm chữ trong ngoặc kép")

    def read_arithmetic(self, op: Literal["+", "-", "*"], left: ast.expr, right: ast.expr) -> Node:
        a, b = self.read(left), self.read(right)
        kinds = (a.kind, b.kind)
        if kinds == (Kind.NUMBER, Kind.NUMBER):
            return Arithmetic(op, a, b, Kind.NUMBER)
        if kinds == (Kind.DATE, Kind.DATE) and op == "-":
            return Arithmetic(op, a, b, Kind.NUMBER)
        if kinds == (Kind.DATE, Kind.NUMBER) and op in ("+", "-"):
            return Arithmetic(op, a, b, Kind.DATE)
        if kinds == (Kind.TEXT, Kind.TEXT) and op == "+":
            return Arithmetic(op, a, b, Kind.TEXT)
        raise self.fail(f"không tính được {a.kind.value} {op} {b.kind.value}")

    def read_if(self, test: ast.expr, body: ast.expr, orelse: ast.expr) -> Node:
        condition, then, otherwise = self.read_logic(test), self.read(body), self.read(orelse)
        if then.kind is not otherwise.kind:
            raise self.fail("hai nhánh của if … else phải cùng loại")
        choices = getattr(then, "choices", ())
        if choices != getattr(otherwise, "choices", ()):
            raise self.fail("hai nhánh của if … else phải cùng danh sách chọn")
        return If(condition, then, otherwise, then.kind, choices)

    def read_call(self, name: str, args: list[ast.expr]) -> Node:
        match name, args:
            case "is_blank", [operand]:
                node = self.read(operand)
                if not isinstance(node, Name | ColumnName):
                    raise self.fail("is_blank() cần tên một ô")
                return IsBlank(node)
            case "starts_with", [text, prefix]:
                return StartsWith(
                    self.of_kind(self.read(text), Kind.TEXT),
                    self.of_kind(self.read(prefix), Kind.TEXT),
                )
            case "count", [ast.Name(id=table), *condition] if len(condition) < 2:
                return Count(table, self.row_condition(table, condition))
            case "sum" | "earliest" | "latest" | "distinct" as op, [column, *condition] if (
                len(condition) < 2
            ):
                return self.read_fold(op, column, condition)
            case "share" | "share_near", [part, total, share]:
                value, source = self.read_share(share)
                near = name == "share_near"
                return ShareHolds(self.number(part), self.number(total), value, source, near)
            case "least", [total, share]:
                value, source = self.read_share(share)
                return LeastShare(self.number(total), value, source)
            case "percent", [share]:
                value, source = self.read_share(share)
                percent = write_number(100 * value.part, decimals=1)
                return Constant(f"{percent}%", Kind.TEXT, source)
            case "max" | "min" as op, [left, right]:
                a = self.of_kind(self.read(left), Kind.NUMBER, Kind.DATE)
                return Extreme(op, a, self.of_kind(self.read(right), a.kind), a.kind)
        raise self.fail(f"không có hàm “{name}” với {len(args)} tham số")

    def number(self, tree: ast.expr) -> Node:
        return self.of_kind(self.read(tree), Kind.NUMBER)

    def row_condition(self, table: str, condition: list[ast.expr]) -> Node | None:
        if table not in self.names.tables:
            raise self.fail(f"không có bảng “{table}”")
        if self.table is not None:
            raise self.fail("không lồng được bảng trong bảng")
        if not condition:
            return None
        return _Parser(self.text, self.names, table).read_logic(condition[0])

    def read_fold(
        self,
        op: Literal["sum", "earliest", "latest", "distinct"],
        tree: ast.expr,
        condition: list[ast.expr],
    ) -> Node:
        column = self.column(_dotted(tree)) if isinstance(tree, ast.Attribute) else None
        if column is None:
            raise self.fail(f"{op}() cần một cột dạng bang.cot")
        wanted = {"sum": Kind.NUMBER, "distinct": Kind.CHOICE}.get(op, Kind.DATE)
        self.of_kind(column, wanted)
        kind = Kind.DATE if wanted is Kind.DATE else Kind.NUMBER
        return Fold(op, column, self.row_condition(column.table, condition), kind)

    def read_share(self, tree: ast.expr) -> tuple[Share, str]:
        name = _dotted(tree) if isinstance(tree, ast.Name | ast.Attribute) else ""
        value = self.names.values.get(name)
        if not isinstance(value, Share):
            raise self.fail("cần một tỷ lệ của đợt, ví dụ ty_le.dien_hinh")
        return value, name


def _dotted(tree: ast.expr) -> str:
    """Return ``a.b`` for a name or attribute; other trees give a name that nothing has."""
    match tree:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=group), attr=name):
            return f"{group}.{name}"
    return ast.unparse(tree)
