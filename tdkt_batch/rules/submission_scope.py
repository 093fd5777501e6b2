"""A submission as expressions see it: fields, derived values, register facts, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from tdkt_batch.campaign.form import FACTS, Form, Table
from tdkt_batch.campaign.tree import ColumnName, Constant, If, Name, Node, children
from tdkt_batch.model import Submission, Unit
from tdkt_batch.rules.evaluate import Result, Unknown, evaluate
from tdkt_batch.values import TableRow, Value

Reading = Literal["value", "typed"]
"""Which reading of a cell counts: as repaired (``value``) or as the cell stands (``typed``)."""


class SubmissionRow:
    """An existing row of a submission's table."""

    def __init__(self, table: str, row: TableRow, reading: Reading) -> None:
        self._table = table
        self._row = row
        self._reading: Reading = reading

    def value(self, column: str) -> Result:
        """Return what the column holds, or Unknown naming ``bang.cot``."""
        return _result(self._row.values.get(column), f"{self._table}.{column}", self._reading)

    def blank(self, column: str) -> bool | Unknown:
        """Tell whether nothing was typed in the column; unknown where its cell was not found."""
        return _is_blank(self._row.values.get(column), f"{self._table}.{column}")


class SubmissionScope:
    """One submission over its form, with the register's facts about its unit.

    ``values`` and ``tables`` are a submission's, or what the form writer is
    about to write. Derived values are computed once, when first asked for.
    """

    def __init__(
        self,
        form: Form,
        values: Mapping[str, Value],
        tables: Mapping[str, tuple[TableRow, ...]],
        unit: Unit | None,
        reading: Reading = "value",
    ) -> None:
        self._form = form
        self._values = values
        self._reading: Reading = reading
        facts: tuple[str | int | None, ...] = (None,) * len(FACTS)
        if unit is not None:
            superior = unit.superior or None
            facts = (unit.code, unit.name, unit.kind, unit.allotment, superior)
        self._known: dict[str, Result] = {
            id_: Unknown((id_,)) if fact is None else fact
            for id_, fact in zip(FACTS, facts, strict=True)
        }
        self._derived = {d.id: d.expression for d in form.derived}
        self._tables = tables
        self._rows: dict[str, Sequence[SubmissionRow] | Unknown] = {}

    @classmethod
    def of(
        cls, form: Form, submission: Submission, unit: Unit | None, reading: Reading = "value"
    ) -> Self:
        """Return a submission over its form; of tables that could not be read nothing is known."""
        scope = cls(form, submission.values, submission.tables, unit, reading)
        scope._rows |= {id_: Unknown((id_,)) for id_ in submission.unread_tables}
        return scope

    @classmethod
    def of_none(cls, form: Form, unit: Unit | None) -> Self:
        """Return the form of a unit without a report: of its tables too nothing is known."""
        scope = cls(form, {}, {}, unit)
        scope._rows = {table.id: Unknown((table.id,)) for table in form.tables}
        return scope

    def value(self, name: str) -> Result:
        """Return a field, derived value or fact, or Unknown naming it."""
        if name not in self._known:
            expression = self._derived.get(name)
            if expression is not None:
                self._known[name] = evaluate(expression, self)
            else:
                value, asked = self._values.get(name), self._asked_in(name)
                self._known[name] = _result(value, asked, self._reading)
        return self._known[name]

    def _asked_in(self, name: str) -> str:
        """Return what is missing where ``name`` is: of an answer's part the answer in that cell."""
        answer = self._form.asked_in(name)
        if answer == name:
            return name
        one, other = (self._values.get(id_) for id_ in (name, answer))
        is_said = one is not None and other is not None and one.cell and one.cell == other.cell
        return answer if is_said else name

    def blank(self, name: str) -> bool | Unknown:
        """Tell whether nothing was typed in the field; unknown where its cell was not found.

        Of a figure in force it is unknown while it is unknown which cell is.
        """
        expression = self._derived.get(name)
        if isinstance(expression, If):
            decided = evaluate(expression.condition, self)
            if isinstance(decided, Unknown):
                return decided
        if expression is not None:
            return self.blank(self.locate(expression))
        if name in FACTS:
            return isinstance(self._known[name], Unknown)
        return _is_blank(self._values.get(name), name)

    def is_implied(self, node: Node) -> bool:
        """Tell whether ``node`` is an optional count left blank, which counts as 0."""
        match node:
            case Name(id=id_) if id_ in self._derived:
                return self.is_implied(self._derived[id_])
            case Name(id=id_):
                value = self._values.get(id_)
                return value is not None and value.implied
            case If(condition, then, otherwise):
                decided = evaluate(condition, self)
                known = not isinstance(decided, Unknown)
                return known and self.is_implied(then if decided else otherwise)
        return False

    def rows(self, table: str) -> Sequence[SubmissionRow] | Unknown:
        """Return the table's existing rows; Unknown when it could not be read."""
        if table not in self._rows:
            asked = next((one for one in self._form.tables if one.id == table), None)
            if asked is None:
                raise KeyError(table)
            self._rows[table] = existing_rows(asked, self._tables.get(table, ()), self._reading)
        return self._rows[table]

    def locate(self, node: Node) -> str:
        """Return the field, ``bang.cot`` or table that ``node`` first draws its value from.

        A figure in force leads to its planned or actual cell; empty when the
        node names nothing.
        """
        match node:
            case Name(id=id_) if id_ in self._derived:
                return self.locate(self._derived[id_])
            case Name(id=id_):
                return id_
            case ColumnName():
                return node.id
            case If(condition, then, otherwise):
                decided = evaluate(condition, self)
                if isinstance(decided, Unknown):
                    return self.locate(condition)
                return self.locate(then if decided else otherwise)
            case Constant():
                return ""
        places = (self.locate(child) for child in children(node))
        return next((place for place in places if place), getattr(node, "table", ""))


def existing_rows(
    table: Table, rows: Sequence[TableRow], reading: Reading = "value"
) -> tuple[SubmissionRow, ...]:
    """Return the rows in which one of the table's key columns is filled."""
    return tuple(
        SubmissionRow(table.id, row, reading)
        for row in rows
        if any(c in row.values and not row.values[c].is_blank for c in table.key)
    )


def _is_blank(value: Value | None, name: str) -> bool | Unknown:
    if value is None or value.cell:
        return value is None or (value.is_blank and value.fault is None)
    return Unknown((name,))


def _result(value: Value | None, name: str, reading: Reading) -> Result:
    if value is None:
        return Unknown((name,))
    known = value.value if reading == "value" else value.typed
    return Unknown((name,)) if known is None else known
