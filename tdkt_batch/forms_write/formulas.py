"""Expression → Excel formula over helper cells, each with its true value.

Every field, fact, derived value and longer part of an expression has a helper
cell of its own, so that no formula grows long: a number, a day's serial number,
a choice's number in its list or a folded text, "" when missing; logic is false
0, unknown ½, true 1, so that ``and`` is MIN, ``or`` MAX and ``not`` 1−x. What
is said of each row of a table stands in a helper column beside that table.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache, partial

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
from tdkt_batch.forms_write.cell_formulas import literal
from tdkt_batch.forms_write.demands import Demands
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.helper_cells import (
    HelperCell,
    HelperColumn,
    made_once,
    reference,
    represent,
)
from tdkt_batch.forms_write.helper_inputs import Inputs
from tdkt_batch.forms_write.values import Cached, Once, Test
from tdkt_batch.rules.evaluate import (
    MORE,
    UNBOUNDED,
    Result,
    Unknown,
    bounds_of,
    evaluate,
    left_behind,
)
from tdkt_batch.vietnamese.folding import fold_text

LONGEST_PART = 160
"""A part of an expression that is longer gets a helper cell of its own."""


@lru_cache(maxsize=4096)
def stands_in_row(node: Node) -> bool:
    """Tell whether ``node`` is said of one row of a table (what counts rows is not)."""
    if isinstance(node, ColumnName):
        return True
    return not isinstance(node, Count | Fold) and any(stands_in_row(c) for c in children(node))


class Formulas:
    """Compiles expressions over the inputs of one form into its helper sheet."""

    def __init__(self, design: FormDesign) -> None:
        self.design = design
        self.inputs = Inputs(design)
        self.demands = Demands(self.inputs)
        self.sheet = self.inputs.sheet
        self.derived = {d.id: d for d in design.form.derived}

    @made_once
    def result(self, node: Node) -> Once[Result]:
        """Return what ``node`` yields of what is filled in."""
        return Once(partial(_evaluated, node))

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
        row = self.sheet.add_row()
        choices = getattr(node, "choices", ())
        self.sheet.put(row, formula, partial(_represented, self.result(node), node.kind, choices))
        return row

    @made_once
    def _column(self, node: Node, table: str) -> HelperColumn:
        """Return the helper column of what is said of each row; "" where there is no row."""
        if isinstance(node, ColumnName):
            return self.inputs.column(node.table, node.column)
        exists, values = self.inputs.row_exists(table), partial(_in_rows, node, table)
        formula = f'IF({exists.here}=1,{self.formula(node)},"")'
        return self.sheet.add_column(table, formula, values, "")

    @made_once
    def _counted(self, typed: HelperColumn, rows: HelperColumn) -> HelperColumn:
        """Return a column's cells in the rows that count; "" elsewhere."""
        values = partial(_where, typed, rows, (1,))
        formula = f'IF({rows.here}=1,{typed.here},"")'
        return self.sheet.add_column(typed.table, formula, values, "")

    @made_once
    def _possible(self, typed: HelperColumn, rows: HelperColumn) -> HelperColumn:
        """Return a column's cells in the rows that count or may count; "" elsewhere."""
        values = partial(_where, typed, rows, (0.5, 1))
        formula = f'IF(N({rows.here})>0,{typed.here},"")'
        return self.sheet.add_column(typed.table, formula, values, "")

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
                swapped = f"1*DATE(YEAR({a}),DAY({a}),MONTH({a}))"  # a number, no day to show
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
            case Compare(op, left, right) if left.kind is Kind.NUMBER and self.is_bounded(node):
                (a, b), (c, d) = self.bounds(left), self.bounds(right)
                ways = {
                    "<": (f"{b}<{c}", f"{a}>={d}"),
                    "<=": (f"{b}<={c}", f"{a}>{d}"),
                    ">": (f"{a}>{d}", f"{b}<={c}"),
                    ">=": (f"{a}>={d}", f"{b}<{c}"),
                    "==": (f"AND({a}={b},{a}={c},{a}={d})", f"OR({b}<{c},{d}<{a})"),
                }
                always, never = ways.get(op, ways["=="][::-1])
                return f"IF({always},1,IF({never},0,0.5))"
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
        rests = Once(partial(_rests, node))
        put, a, b = self.sheet.put, self.reference(node.text), self.reference(node.start)
        begun = f"MID({a},LEN({b})+1,LEN({a}))"
        rest = put(self.sheet.add_row(), begun, partial(_rest, rests, 0))
        for number, part in enumerate(node.parts, start=1):
            words, behind = self.reference(part), f"MID({rest},LEN({{0}})+2,LEN({rest}))"
            if isinstance(part, Constant) and str(part.value).endswith(MORE):
                words = literal(fold_text(str(part.value).removesuffix(MORE)))
                behind = f'IFERROR(MID({rest},FIND(" ",{rest},LEN({{0}})+3),LEN({rest})),"")'
            begins = f'EXACT(LEFT({rest}&" ",LEN({words})+2)," "&{words}&" ")'
            formula = f"IF({begins},{behind.format(words)},{rest})"
            rest = put(self.sheet.add_row(), formula, partial(_rest, rests, number))
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

    # --- numbers of which only bounds are known -------------------------------------------

    @made_once
    def is_bounded(self, node: Node) -> bool:
        """Tell whether a number over rows stands in ``node``, which may be known in part."""
        if isinstance(node, Name) and node.id in self.derived:
            return self.is_bounded(self.derived[node.id].expression)
        match node:
            case Count(condition=condition) if condition is not None:
                return True
            case Fold(kind=Kind.NUMBER):
                return True
        return any(self.is_bounded(child) for child in children(node))

    @made_once
    def bounds(self, node: Node) -> tuple[str, str]:
        """Return where the least and the greatest stand that a number may be."""
        if isinstance(node, Constant):
            return self.reference(node), self.reference(node)
        row = self.row(node)
        known, least, greatest = reference(row), *self._bounds(node)
        low, high = (partial(_bound, self.result(node), end) for end in (0, 1))
        return (
            self.sheet.put(row, f'IF({known}="",{least},{known})', low, HelperCell.LOW),
            self.sheet.put(row, f'IF({known}="",{greatest},{known})', high, HelperCell.HIGH),
        )

    def _bounds(self, node: Node) -> tuple[str, str]:
        """Return the formulas of a number's bounds while the number itself is missing."""
        match node:
            case Name(id=id_) if id_ in self.derived and self.is_bounded(node):
                return self._bounds(self.derived[id_].expression)
            case Count(table, condition) if condition is not None:
                cells = self._column(condition, table).range
                return f"COUNTIF({cells},1)", f"COUNTIF({cells},1)+COUNTIF({cells},0.5)"
            case Fold() if node.kind is Kind.NUMBER:
                return self._bounds_of_fold(node)
            case Arithmetic("*", left, right):
                for factor, other in ((left, right), (right, left)):
                    if isinstance(factor, Constant) and self.is_bounded(other):
                        (a, b), n = self.bounds(other), self.reference(factor)
                        return f"MIN({n}*{a},{n}*{b})", f"MAX({n}*{a},{n}*{b})"
            case Arithmetic(op, left, right) if self.is_bounded(node):
                (a, b), (c, d) = self.bounds(left), self.bounds(right)
                return (f"{a}+{c}", f"{b}+{d}") if op == "+" else (f"{a}-{d}", f"{b}-{c}")
            case Extreme(op, left, right) if self.is_bounded(node):
                (a, b), (c, d) = self.bounds(left), self.bounds(right)
                half = UNBOUNDED // 2
                nothing = f"OR(AND({a}<={-half},{b}>={half}),AND({c}<={-half},{d}>={half}))"
                return (
                    f"IF({nothing},{-UNBOUNDED},{op.upper()}({a},{c}))",
                    f"IF({nothing},{UNBOUNDED},{op.upper()}({b},{d}))",
                )
            case If(condition, then, otherwise) if self.is_bounded(node):
                c = self.reference(condition)
                (low, high), (other_low, other_high) = self.bounds(then), self.bounds(otherwise)
                return (
                    f"IF({c}=1,{low},IF({c}=0,{other_low},{-UNBOUNDED}))",
                    f"IF({c}=1,{high},IF({c}=0,{other_high},{UNBOUNDED}))",
                )
        return str(-UNBOUNDED), str(UNBOUNDED)

    @made_once
    def rows_that_break(self, check: Node) -> tuple[HelperColumn, str] | None:
        """Return of a check that no row of a table is so, which rows are; else None.

        With them comes the column that is named there most often.
        """
        match check:
            case Compare("==", counted, Constant(0)):
                if isinstance(counted, Name) and counted.id in self.derived:
                    counted = self.derived[counted.id].expression
                if isinstance(counted, Count) and counted.condition is not None:
                    named = [n.column for n in walk(counted.condition) if isinstance(n, ColumnName)]
                    column = max(named, key=named.count)
                    return self._column(counted.condition, counted.table), column
        return None

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

    def _bounds_of_fold(self, node: Fold) -> tuple[str, str]:
        """Return the bounds of a column's total, or of how many choices it holds."""
        column, table = node.column, node.column.table
        typed, rows = self.inputs.column(table, column.column), self.inputs.row_exists(table)
        known = possible = self._counted(typed, rows).range
        if node.condition is not None:
            rows = self._column(node.condition, table)
            known, possible = self._counted(typed, rows).range, self._possible(typed, rows).range
        blanks = f"COUNTIF({rows.range},1)+COUNTIF({rows.range},0.5)-COUNT({possible})"
        if node.op == "sum":
            return f"SUM({known})", f"IF({blanks}>0,{UNBOUNDED},SUM({possible}))"
        numbers = self.inputs.list_of(column.choices).numbers
        low, high = (f"SUMPRODUCT(--(COUNTIF({c},{numbers})>0))" for c in (known, possible))
        return low, f"MIN({len(column.choices)},{high}+{blanks})"

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


# --- what they yield -------------------------------------------------------------------------


def yields(result: Once[Result], expected: bool | None) -> Test:
    """Tell whether logic is decided so; None asks whether a value is missing."""
    return partial(_yields, result, expected)


def _yields(result: Once[Result], expected: bool | None, filled: FilledForm) -> bool:
    known = result(filled)
    return (None if isinstance(known, Unknown) else known) is expected


def _evaluated(node: Node, filled: FilledForm) -> Result:
    return evaluate(node, filled.scope)


def _represented(
    result: Once[Result], kind: Kind, choices: tuple[str, ...], filled: FilledForm
) -> Cached:
    return represent(result(filled), kind, choices)


def _bound(result: Once[Result], end: int, filled: FilledForm) -> Cached:
    return bounds_of(result(filled))[end]


def _in_rows(node: Node, table: str, filled: FilledForm) -> Sequence[Cached]:
    choices, rows = getattr(node, "choices", ()), filled.existing[table]
    results = (evaluate(node, filled.scope, row) if row else None for row in rows)
    return [
        "" if row is None else represent(result, node.kind, choices)
        for row, result in zip(rows, results, strict=True)
    ]


def _where(
    typed: HelperColumn, rows: HelperColumn, counting: tuple[Cached, ...], filled: FilledForm
) -> Sequence[Cached]:
    both = zip(typed.values(filled), rows.values(filled), strict=True)
    return [value if counts in counting else "" for value, counts in both]


def _rests(node: ConsistsOf, filled: FilledForm) -> Sequence[str]:
    return left_behind(node.text, node.start, node.parts)(filled.scope, None)


def _rest(rests: Once[Sequence[str]], number: int, filled: FilledForm) -> Cached:
    return rests(filled)[number]
