"""Expression → Excel formula over helper cells, each with its true value.

Every field, fact, derived value and longer part of an expression has a helper
cell of its own, so that no formula grows long: a number, a day's serial number,
a choice's number in its list or a folded text, "" when missing; logic is false
0, unknown ½, true 1, so that ``and`` is MIN, ``or`` MAX and ``not`` 1−x. What
is said of each row of a table stands in a helper column beside that table.
"""

from __future__ import annotations

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
    Kind,
    LeastShare,
    Name,
    Node,
    Not,
    OneOf,
    Or,
    ShareHolds,
    StartsWith,
    children,
)
from tdkt_batch.forms_write import helper_cells as work
from tdkt_batch.forms_write.cells import literal
from tdkt_batch.forms_write.helper_cells import HelperColumn, WorkSheet
from tdkt_batch.forms_write.inputs import Inputs
from tdkt_batch.forms_write.represent import represent_node
from tdkt_batch.rules.evaluate import evaluate
from tdkt_batch.vietnamese.folding import fold_text

LONGEST_PART = 160
"""A part of an expression that is longer gets a helper cell of its own."""


def stands_in_row(node: Node) -> bool:
    """Tell whether ``node`` is said of one row of a table (what counts rows is not)."""
    if isinstance(node, ColumnName):
        return True
    return not isinstance(node, Count | Fold) and any(stands_in_row(c) for c in children(node))


class Formulas:
    """Compiles expressions over the inputs of one form into its helper sheet."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.filled = inputs.filled
        self.sheet: WorkSheet = inputs.sheet
        self._derived = {d.id: d for d in inputs.filled.form.derived}
        self._rows: dict[Node, int] = {}
        self._columns: dict[tuple[str, Node], HelperColumn] = {}
        self._picked: dict[tuple[Node, str], HelperColumn] = {}

    # --- where a value stands ---------------------------------------------------------

    def reference(self, node: Node) -> str:
        """Return where the value of ``node`` stands; a constant stands for itself."""
        match node:
            case Constant(value, Kind.TEXT):
                return literal(fold_text(str(value)))
            case Constant(value):
                return literal(value)
        if stands_in_row(node):
            return self._column(node, _tables(node)[0]).here
        return work.reference(self.row(node), work.Column.VALUE)

    def row(self, node: Node) -> int:
        """Return the helper row that holds ``node``, made when first asked for."""
        if isinstance(node, Name) and node.id in self.inputs.rows:
            return self.inputs.rows[node.id]
        if node not in self._rows:
            self._rows[node] = self._new_row(node)
        return self._rows[node]

    def _new_row(self, node: Node) -> int:
        note = ""
        expression = node
        if isinstance(node, Name):
            note, expression = self._derived[node.id].label, self._derived[node.id].expression
        formula = self.formula(expression)
        row = self.sheet.add_row(note)
        value = represent_node(node, evaluate(node, self.filled.scope))
        self.sheet.put(row, work.Column.VALUE, formula, value)
        return row

    def _column(self, node: Node, table: str) -> HelperColumn:
        """Return the helper column of what is said of each row; "" where there is no row."""
        if isinstance(node, ColumnName):
            return self.inputs.column(node.table, node.column)
        if (table, node) not in self._columns:
            exists = self.inputs.row_exists(table)
            formula = f'IF({exists.here}=1,{self.formula(node)},"")'
            rows = self.filled.existing[table]
            values = tuple(
                represent_node(node, evaluate(node, self.filled.scope, rows[n]))
                if n in rows
                else ""
                for n in range(len(exists.values))
            )
            added = self.sheet.add_column("", formula, exists.input_row, values)
            self._columns[table, node] = added
        return self._columns[table, node]

    # --- formulas -----------------------------------------------------------------------

    def formula(self, node: Node) -> str:
        """Return the formula of ``node``, its parts inside or in helper cells."""
        return self.logic(node) if node.kind is Kind.LOGIC else self._value(node)

    def _value(self, node: Node) -> str:
        match node:
            case Arithmetic("+", left, right, Kind.TEXT):
                return self._joined(left, right)
            case Arithmetic(op, left, right):
                a, b = self.reference(left), self.reference(right)
                return f'IF(COUNT({a},{b})=2,{a}{op}{b},"")'
            case Extreme(op, left, right):
                a, b = self.reference(left), self.reference(right)
                return f'IF(COUNT({a},{b})=2,{op.upper()}({a},{b}),"")'
            case If(condition, then, otherwise):
                c = self.reference(condition)
                a, b = self.reference(then), self.reference(otherwise)
                return f'IF({c}=1,{a},IF({c}=0,{b},""))'
            case LeastShare(total, share):
                a = self.reference(total)
                n, d = share.part.numerator, share.part.denominator
                return f'IF(COUNT({a})=1,({n}*{a}-MOD({n}*{a},{d}))/{d},"")'
            case Count(table, None):
                return f"SUM({self.inputs.row_exists(table).range})"
            case Count(table, condition) if condition is not None:
                cells = self._column(condition, table).range
                return f'IF(COUNTIF({cells},0.5)>0,"",SUM({cells}))'
            case Fold():
                return self._fold(node)
        return self.reference(node)

    def _joined(self, left: Node, right: Node) -> str:
        a, b = self.reference(left), self.reference(right)
        return f'IF(OR({a}="",{b}=""),"",{a}&" "&{b})'

    def logic(self, node: Node) -> str:
        """Return the formula of false 0, unknown ½, true 1."""
        match node:
            case Compare():
                return self._compare(node)
            case Between(operand, days):
                a = self.reference(operand)
                first, last = literal(days.start), literal(days.end)
                return f"IF(COUNT({a})=1,--AND({a}>={first},{a}<={last}),0.5)"
            case OneOf(operand, options):
                a = self.reference(operand)
                choices: tuple[str, ...] = getattr(operand, "choices", ())
                tests = ",".join(f"{a}={choices.index(o) + 1}" for o in options)
                return f"IF(COUNT({a})=1,--OR({tests}),0.5)"
            case Not(item):
                return f"(1-{self._part(item)})"
            case And(items):
                return f"MIN({','.join(self._part(item) for item in items)})"
            case Or(items):
                return f"MAX({','.join(self._part(item) for item in items)})"
            case If(condition, then, otherwise):
                c = self.reference(condition)
                return f"IF({c}=1,{self._part(then)},IF({c}=0,{self._part(otherwise)},0.5))"
            case IsBlank(operand):
                return f"(1-{self._filled(operand)})"
            case StartsWith(text, prefix):
                a, b = self.reference(text), self.reference(prefix)
                begins = f'OR(EXACT({a},{b}),EXACT(LEFT({a},LEN({b})+1),{b}&" "))'
                return f'IF(OR({a}="",{b}=""),0.5,--{begins})'
            case ShareHolds():
                return self._share(node)
        return self.reference(node)

    def _part(self, node: Node) -> str:
        """Return the formula of a part, or where it stands when that would be long."""
        formula = self.logic(node)
        return formula if len(formula) <= LONGEST_PART else self.reference(node)

    def _compare(self, node: Compare) -> str:
        sign = {"==": "=", "!=": "<>"}.get(node.op, node.op)
        if Kind.CHOICE in (node.left.kind, node.right.kind):
            a, b = self._choice(node.left, node.right), self._choice(node.right, node.left)
            return f"IF(COUNT({a},{b})=2,--({a}{sign}{b}),0.5)"
        a, b = self.reference(node.left), self.reference(node.right)
        if node.left.kind is Kind.TEXT:
            same = f"EXACT({a},{b})"
            same = f"--{same}" if node.op == "==" else f"1-{same}"
            return f'IF(OR({a}="",{b}=""),0.5,{same})'
        return f"IF(COUNT({a},{b})=2,--({a}{sign}{b}),0.5)"

    def _choice(self, node: Node, other: Node) -> str:
        """Return a choice's number; a constant has its number in the other's list."""
        choices: tuple[str, ...] = getattr(other, "choices", ())
        if isinstance(node, Constant):
            return str(choices.index(str(node.value)) + 1)
        if not isinstance(other, Constant) and getattr(node, "choices", ()) != choices:
            raise TypeError(f"choices of different lists: {node}, {other}")
        return self.reference(node)

    def _share(self, node: ShareHolds) -> str:
        a, b, share = self.reference(node.part), self.reference(node.total), node.share
        within = node.near or share.mode == "about"
        low = share.part - share.tolerance if within else share.part
        high = share.part + share.tolerance if within else share.part
        holds = f"{low.denominator}*{a}>{low.numerator}*{b}-{low.denominator}"
        if not node.near and share.mode != "at_least":
            below = f"{high.denominator}*{a}<{high.numerator}*{b}+{high.denominator}"
            holds = f"AND({holds},{below})"
        return f"IF(COUNT({a},{b})=2,--({holds}),0.5)"

    # --- tables ---------------------------------------------------------------------------

    def _fold(self, node: Fold) -> str:
        table, column = node.column.table, node.column
        if node.condition is None:
            rows, unknown = self.inputs.row_exists(table), ""
        else:
            rows = self._column(node.condition, table)
            unknown = f"COUNTIF({rows.range},0.5)>0"
        cells = self._chosen(node.column, rows).range
        if node.op in ("earliest", "latest"):
            name = "MIN" if node.op == "earliest" else "MAX"
            tests = ",".join(filter(None, (unknown, f"COUNT({cells})=0")))
            return f'IF(OR({tests}),"",{name}({cells}))'
        tests = ",".join(filter(None, (unknown, f"COUNT({cells})<COUNTIF({rows.range},1)")))
        result = f"SUM({cells})"
        if node.op == "distinct":
            numbers = self.inputs.lists.of_values(column.choices).numbers
            result = f"SUMPRODUCT(--(COUNTIF({cells},{numbers})>0))"
        return f'IF(OR({tests}),"",{result})'

    def _chosen(self, column: ColumnName, rows: HelperColumn) -> HelperColumn:
        """Return the column's cells in the rows that count; "" elsewhere."""
        cell = self.inputs.column(column.table, column.column)
        key = (column, rows.here)
        if key not in self._picked:
            values = tuple(
                value if counts == 1 else ""
                for value, counts in zip(cell.values, rows.values, strict=True)
            )
            formula = f'IF({rows.here}=1,{cell.here},"")'
            self._picked[key] = self.sheet.add_column("", formula, cell.input_row, values)
        return self._picked[key]

    # --- what is blank -----------------------------------------------------------------------

    def _filled(self, node: Node) -> str:
        match node:
            case ColumnName(table, column):
                return self.inputs.filled_column(table, column).here
            case Name(id=id_) if id_ in self._derived:
                return self._filled(self._derived[id_].expression) or "0"
            case Name(id=id_):
                return self.inputs.filled_cell(id_)
            case If(condition, then, otherwise):
                c = self.reference(condition)
                a, b = (self._filled(n) or "0" for n in (then, otherwise))
                return f"IF({c}=1,{a},IF({c}=0,{b},0.5))"
            case Count() | Fold():
                return "0"
        return next((f for f in map(self._filled, children(node)) if f), "")


def _tables(node: Node) -> tuple[str, ...]:
    if isinstance(node, ColumnName):
        return (node.table,)
    return tuple(table for child in children(node) for table in _tables(child))
