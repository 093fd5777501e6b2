"""Expression → Excel formula over helper cells, each with its true value.

Every field, fact, derived value and longer part of an expression has a helper
cell of its own, so that no formula grows long: a number, a day's serial number,
a choice's number in its list or a folded text, "" when missing; logic is false
0, unknown ½, true 1, so that ``and`` is MIN, ``or`` MAX and ``not`` 1−x. What
is said of each row of a table stands in a helper column beside that table.
"""

from __future__ import annotations

from fractions import Fraction

from tdkt_batch.campaign.tree import (
    And,
    Arithmetic,
    Between,
    ColumnName,
    Compare,
    ConsistsOf,
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
    Swapped,
    children,
    walk,
)
from tdkt_batch.forms_write.cell_formulas import Cached, literal
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.helper_cells import HelperColumn, made_once, reference, represent
from tdkt_batch.forms_write.helper_inputs import Inputs
from tdkt_batch.rules.evaluate import MORE, Row, evaluate, left_behind
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

    def __init__(self, filled: FilledForm) -> None:
        self.filled = filled
        self.inputs = Inputs(filled)
        self.sheet = self.inputs.sheet
        self.derived = {d.id: d for d in filled.form.derived}

    # --- where a value stands ---------------------------------------------------------

    def reference(self, node: Node) -> str:
        """Return where the value of ``node`` stands; a constant stands for itself."""
        match node:
            case Constant(value, Kind.TEXT):
                return literal(fold_text(str(value)))
            case Constant(value):
                return literal(value)
        if stands_in_row(node):
            table = next(n.table for n in walk(node) if isinstance(n, ColumnName))
            return self._column(node, table).here
        return reference(self.row(node))

    @made_once
    def row(self, node: Node) -> int:
        """Return the helper row that holds ``node``, made when first asked for."""
        if isinstance(node, Name) and node.id in self.inputs.rows:
            return self.inputs.rows[node.id]
        derived = self.derived[node.id] if isinstance(node, Name) else None
        formula = self.formula(derived.expression if derived else node)
        row = self.sheet.add_row(derived.label if derived else "")
        self.sheet.put(row, formula, self._cached(node))
        return row

    @made_once
    def _column(self, node: Node, table: str) -> HelperColumn:
        """Return the helper column of what is said of each row; "" where there is no row."""
        if isinstance(node, ColumnName):
            return self.inputs.column(node.table, node.column)
        exists, rows = self.inputs.row_exists(table), self.filled.existing[table]
        formula = f'IF({exists.here}=1,{self.formula(node)},"")'
        values = tuple(self._cached(node, row) if row else "" for row in rows)
        return self.sheet.add_column("", formula, exists.input_row, values)

    @made_once
    def _counted(self, typed: HelperColumn, rows: HelperColumn) -> HelperColumn:
        """Return a column's cells in the rows that count; "" elsewhere."""
        both = zip(typed.values, rows.values, strict=True)
        values = tuple(value if counts == 1 else "" for value, counts in both)
        formula = f'IF({rows.here}=1,{typed.here},"")'
        return self.sheet.add_column("", formula, typed.input_row, values)

    def _cached(self, node: Node, row: Row | None = None) -> Cached:
        result = evaluate(node, self.filled.scope, row)
        return represent(result, node.kind, getattr(node, "choices", ()))

    # --- formulas -----------------------------------------------------------------------

    def formula(self, node: Node) -> str:
        """Return the formula of ``node``, its parts inside or in helper cells."""
        if node.kind is Kind.LOGIC:
            return self.logic(node)
        match node:
            case Arithmetic(op, left, right) | Extreme(op, left, right):
                a, b = self.reference(left), self.reference(right)
                if node.kind is Kind.TEXT:
                    return f'IF(OR({a}="",{b}=""),"",{a}&" "&{b})'
                both = f"{op.upper()}({a},{b})" if isinstance(node, Extreme) else f"{a}{op}{b}"
                return f'IF(COUNT({a},{b})=2,{both},"")'
            case If(condition, then, otherwise):
                c = self.reference(condition)
                a, b = self.reference(then), self.reference(otherwise)
                return f'IF({c}=1,{a},IF({c}=0,{b},""))'
            case LeastShare(total, share):
                a = self.reference(total)
                n, d = share.part.numerator, share.part.denominator
                return f'IF(COUNT({a})=1,({n}*{a}-MOD({n}*{a},{d}))/{d},"")'
            case Swapped(day):
                a = self.reference(day)
                swapped = f"DATE(YEAR({a}),DAY({a}),MONTH({a}))"
                return f'IF(COUNT({a})=1,IF(DAY({a})<=12,{swapped},""),"")'
            case Count(table, None):
                return f"SUM({self.inputs.row_exists(table).range})"
            case Count(table, condition) if condition is not None:
                cells = self._column(condition, table).range
                return f'IF(COUNTIF({cells},0.5)>0,"",SUM({cells}))'
            case Fold():
                return self._fold(node)
        return self.reference(node)

    def logic(self, node: Node) -> str:
        """Return the formula of false 0, unknown ½, true 1."""
        match node:
            case Compare(op, left, right):
                a, b = self._comparable(left, right), self._comparable(right, left)
                if left.kind is Kind.TEXT and right.kind is Kind.TEXT:
                    same = f"--EXACT({a},{b})" if op == "==" else f"1-EXACT({a},{b})"
                    return f'IF(OR({a}="",{b}=""),0.5,{same})'
                sign = {"==": "=", "!=": "<>"}.get(op, op)
                return f"IF(COUNT({a},{b})=2,--({a}{sign}{b}),0.5)"
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
            case ConsistsOf(text, start):
                a, b, rest = self.reference(text), self.reference(start), self._left_behind(node)
                holds = f'AND(EXACT(LEFT({a}&" ",LEN({b})+1),{b}&" "),{rest}="")'
                return f'IF(OR({a}="",{b}=""),0.5,--{holds})'
            case ShareHolds(part, total, share, near=near):
                a, b = self.reference(part), self.reference(total)
                tolerance = share.tolerance if near or share.mode == "about" else Fraction(0)
                low, high = share.part - tolerance, share.part + tolerance
                holds = f"{low.denominator}*{a}>{low.numerator}*{b}-{low.denominator}"
                if not near and share.mode != "at_least":
                    below = f"{high.denominator}*{a}<{high.numerator}*{b}+{high.denominator}"
                    holds = f"AND({holds},{below})"
                return f"IF(COUNT({a},{b})=2,--({holds}),0.5)"
        return self.reference(node)

    @made_once
    def _left_behind(self, node: ConsistsOf) -> str:
        """Return the cell of what remains of a text behind its start and parts, one by one."""
        rests = iter(left_behind(node.text, node.start, node.parts)(self.filled.scope, None))
        put, a, b = self.sheet.put, self.reference(node.text), self.reference(node.start)
        rest = put(self.sheet.add_row(""), f"MID({a},LEN({b})+1,LEN({a}))", next(rests))
        for part, value in zip(node.parts, rests, strict=True):
            words, behind = self.reference(part), f"MID({rest},LEN({{0}})+2,LEN({rest}))"
            if isinstance(part, Constant) and str(part.value).endswith(MORE):
                words = literal(fold_text(str(part.value).removesuffix(MORE)))
                behind = f'IFERROR(MID({rest},FIND(" ",{rest},LEN({{0}})+3),LEN({rest})),"")'
            begins = f'EXACT(LEFT({rest}&" ",LEN({words})+2)," "&{words}&" ")'
            formula = f"IF({begins},{behind.format(words)},{rest})"
            rest = put(self.sheet.add_row(""), formula, value)
        return rest

    def _part(self, node: Node) -> str:
        """Return the formula of a part, or where it stands when that would be long."""
        formula = self.logic(node)
        return formula if len(formula) <= LONGEST_PART else self.reference(node)

    def _comparable(self, node: Node, other: Node) -> str:
        """Return where ``node`` stands; a constant choice has its number in the other's list."""
        if Kind.CHOICE in (node.kind, other.kind):
            choices: tuple[str, ...] = getattr(other, "choices", ())
            if isinstance(node, Constant):
                return str(choices.index(str(node.value)) + 1)
            if not isinstance(other, Constant) and getattr(node, "choices", ()) != choices:
                raise TypeError(f"choices of different lists: {node}, {other}")
        return self.reference(node)

    # --- tables ---------------------------------------------------------------------------

    def _fold(self, node: Fold) -> str:
        column, table = node.column, node.column.table
        if node.condition is None:
            rows, unknown = self.inputs.row_exists(table), ""
        else:
            rows = self._column(node.condition, table)
            unknown = f"COUNTIF({rows.range},0.5)>0"
        cells = self._counted(self.inputs.column(table, column.column), rows).range
        if node.op in ("earliest", "latest"):
            lacking = f"COUNT({cells})=0"
            result = f"MIN({cells})" if node.op == "earliest" else f"MAX({cells})"
        else:
            lacking = f"COUNT({cells})<COUNTIF({rows.range},1)"
            result = f"SUM({cells})"
        if node.op == "distinct":
            numbers = self.inputs.list_of(column.choices).numbers
            result = f"SUMPRODUCT(--(COUNTIF({cells},{numbers})>0))"
        tests = ",".join(filter(None, (unknown, lacking)))
        return f'IF(OR({tests}),"",{result})'

    # --- what is blank -----------------------------------------------------------------------

    def _filled(self, node: Node) -> str:
        match node:
            case ColumnName(table, column):
                return self.inputs.filled_column(table, column).here
            case Name(id=id_) if id_ in self.derived:
                return self._filled(self.derived[id_].expression) or "0"
            case Name(id=id_):
                return self.inputs.filled_cell(id_)
            case If(condition, then, otherwise):
                c = self.reference(condition)
                a, b = (self._filled(n) or "0" for n in (then, otherwise))
                return f"IF({c}=1,{a},IF({c}=0,{b},0.5))"
            case Count() | Fold():
                return "0"
        return next((f for f in map(self._filled, children(node)) if f), "")
