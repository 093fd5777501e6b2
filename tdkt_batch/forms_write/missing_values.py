"""Which value is missing when a rule cannot be judged."""

from __future__ import annotations

from tdkt_batch.campaign.tree import (
    And,
    ColumnName,
    ConsistsOf,
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
from tdkt_batch.forms_write.cell_formulas import FormFormula, constant, where
from tdkt_batch.forms_write.formulas import Formulas, yields
from tdkt_batch.forms_write.helper_cells import HelperCell, made_once
from tdkt_batch.forms_write.values import Test, always, is_said

NOTHING = constant("")


class Missing:
    """Tells the first missing value of an expression by its number among all (``Demands``)."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas

    @made_once
    def first(self, node: Node) -> FormFormula | None:
        """Return where the number of the first missing value stands.

        It is empty while ``node`` can be evaluated; None where nothing can be missing.
        """
        found = self._first(node)
        if found is None or found.text.startswith("$"):
            return found
        row, put = self.formulas.row(node), self.formulas.sheet.put
        cell = put(row, found.text, found.value, HelperCell.MISSING)
        return FormFormula(cell, self.formulas.sheet.value(row, HelperCell.MISSING))

    def _first(self, node: Node) -> FormFormula | None:
        derived = self.formulas.derived
        match node:
            case Constant():
                return None
            case IsBlank(Name(id=id_)) if id_ in derived:
                # which cell a figure in force is may be undecided
                expression = derived[id_].expression
                return self.first(expression.condition) if isinstance(expression, If) else None
            case IsBlank():
                return None
            case Name(id=id_) if id_ in derived:
                return self.first(derived[id_].expression)
            case Name(id=id_):
                return self._if_missing(node, self._demand(id_))
            case Count(condition=condition) | Fold(condition=condition):
                # the column that a row's condition lacks, or the one that is added up
                asked = walk(condition) if condition else ()
                columns = [part.id for part in asked if isinstance(part, ColumnName)]
                blame = self._demand(columns[0]) if columns else NOTHING
                if isinstance(node, Fold):
                    own = self._demand(node.column.id)
                    if condition is None:
                        return self._if_missing(node, own)
                    counted = Count(node.column.table, condition)
                    test = f'{self.formulas.reference(counted)}=""'
                    blame = where(test, self._is(counted, None), blame, own)
                return self._if_missing(node, blame)
            case If(condition, then, otherwise):
                c = self.formulas.reference(condition)
                a, b, u = (self.first(n) or NOTHING for n in (then, otherwise, condition))
                is_false = where(f"{c}=0", self._is(condition, False), b, u)
                return where(f"{c}=1", self._is(condition, True), a, is_false)
            case Not(item):
                return self.first(item)
            case ConsistsOf(text, start):
                # a part that is missing is passed over
                return self.first(text) or self.first(start)
        lacking = [found for found in map(self.first, children(node)) if found]
        if not lacking:
            return None
        *others, chain = lacking
        for found in reversed(others):
            chain = where(f'{found.text}<>""', is_said(found.value), found, chain)
        # what is missing may not matter to these
        is_lenient = isinstance(node, And | Or) or self.formulas.is_bounded(node)
        return self._if_missing(node, chain) if is_lenient else chain

    def _if_missing(self, node: Node, found: FormFormula) -> FormFormula:
        unknown = "0.5" if node.kind is Kind.LOGIC else '""'
        test = f"{self.formulas.reference(node)}={unknown}"
        return where(test, self._is(node, None), found, NOTHING)

    def _demand(self, id_: str) -> FormFormula:
        number = self.formulas.demands.number[id_]
        return FormFormula(str(number), always(number))

    def _is(self, node: Node, expected: bool | None) -> Test:
        """Tell whether an expression yields so, None while a value is missing."""
        return yields(self.formulas.result(node), expected)
