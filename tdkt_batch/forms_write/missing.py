"""Which value is missing when a rule cannot be judged: what to do, as a formula and in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tdkt_batch.campaign.definition import Form
from tdkt_batch.campaign.tree import (
    And,
    ColumnName,
    Constant,
    Count,
    Fold,
    If,
    IsBlank,
    Kind,
    Name,
    Node,
    Not,
    Or,
    children,
    walk,
)
from tdkt_batch.forms_write import helper_cells as work
from tdkt_batch.forms_write.demands import Demands
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.rules.evaluate import Unknown, evaluate
from tdkt_batch.rules.submission_scope import SubmissionScope


class Missing:
    """Names the first missing value of an expression by formulas over helper cells."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self.demands = Demands(formulas)
        self._form = formulas.filled.form
        self._derived = {d.id: d.expression for d in self._form.derived}
        self._missing: dict[Node, str] = {}

    def first(self, node: Node) -> str:
        """Return what to do about the first missing value, as the formula finds it."""
        return first_missing(node, self._form, self.formulas.filled.scope, self._say)

    def _say(self, id_: str) -> str:
        return str(self.demands.of(id_).value) if id_ else ""

    def _said(self, id_: str) -> str:
        return self.demands.of(id_).formula if id_ else '""'

    def label(self, node: Node) -> str:
        """Return where that stands; "" where nothing can be missing."""
        if node not in self._missing:
            formula, value = self._missing_formula(node), self.first(node)
            if not formula:
                self._missing[node] = ""
            elif formula.startswith("$"):
                self._missing[node] = formula
            else:
                row = self.formulas.row(node)
                put = self.formulas.sheet.put
                self._missing[node] = put(row, work.Column.MISSING, formula, value)
        return self._missing[node]

    def _missing_formula(self, node: Node) -> str:
        match node:
            case Constant():
                return ""
            case IsBlank(operand):
                decides = undecided(operand, self._derived)
                return "" if decides is None else self.label(decides)
            case Name(id=id_) if id_ not in self._derived:
                return self._if_missing(node, self._said(id_))
            case Name(id=id_):
                return self.label(self._derived[id_])
            case Count() | Fold():
                return self._table_missing(node)
            case If(condition, then, otherwise):
                c = self.formulas.reference(condition)
                a, b, u = (self.label(n) or '""' for n in (then, otherwise, condition))
                return f"IF({c}=1,{a},IF({c}=0,{b},{u}))"
            case Not(item):
                return self.label(item)
        chain = _chain([m for m in map(self.label, children(node)) if m])
        if chain and isinstance(node, And | Or):
            return self._if_missing(node, chain)
        return chain

    def _if_missing(self, node: Node, label: str) -> str:
        cell = self.formulas.reference(node)
        unknown = "0.5" if node.kind is Kind.LOGIC else '""'
        return f'IF({cell}={unknown},{label},"")'

    def _table_missing(self, node: Count | Fold) -> str:
        condition, column = table_blame(node)
        if not isinstance(node, Fold) or node.condition is None:
            return self._if_missing(node, self._said(column or condition))
        rows = self.formulas.reference(Count(node.column.table, node.condition))
        return self._if_missing(node, f'IF({rows}="",{self._said(condition)},{self._said(column)})')


def _chain(places: list[str]) -> str:
    """Return the formula of the first of the cells that is not empty."""
    if len(places) < 2:
        return "".join(places)
    first, *others = places
    return f'IF({first}<>"",{first},{_chain(others)})'


def undecided(operand: Node, derived: Mapping[str, Node]) -> Node | None:
    """Return what decides which cell a figure in force is; None for a cell of its own."""
    expression = derived.get(operand.id) if isinstance(operand, Name) else None
    return expression.condition if isinstance(expression, If) else None


def table_blame(node: Count | Fold) -> tuple[str, str]:
    """Return the columns to name when a row's condition, or its cell, is missing."""
    columns = (
        [n.id for n in walk(node.condition) if isinstance(n, ColumnName)] if node.condition else []
    )
    own = node.column.id if isinstance(node, Fold) else ""
    return (columns[0] if columns else ""), own


def first_missing(node: Node, form: Form, scope: SubmissionScope, say: Callable[[str], str]) -> str:
    """Return what to ``say`` of the first missing value, as the form's formula finds it."""
    derived = {d.id: d.expression for d in form.derived}

    def look(node: Node) -> str:
        if isinstance(node, IsBlank):
            decides = undecided(node.operand, derived)
            return "" if decides is None else look(decides)
        if isinstance(node, Constant):
            return ""
        if not isinstance(node, If) and not isinstance(evaluate(node, scope), Unknown):
            return ""
        match node:
            case Name(id=id_):
                return look(derived[id_]) if id_ in derived else say(id_)
            case Count() | Fold():
                condition, column = table_blame(node)
                if not isinstance(node, Fold) or node.condition is None:
                    return say(column or condition)
                rows = evaluate(Count(node.column.table, node.condition), scope)
                return say(condition if isinstance(rows, Unknown) else column)
            case If(condition, then, otherwise):
                decided = evaluate(condition, scope)
                if isinstance(decided, Unknown):
                    return look(condition)
                return look(then if decided else otherwise)
        return next((found for found in map(look, children(node)) if found), "")

    return look(node)
