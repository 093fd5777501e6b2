"""One cell of a report: which is meant, what was read there, what counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tdkt_batch.campaign.form import Form
from tdkt_batch.errors import InputError
from tdkt_batch.model import Decision, DecisionKind, Submission
from tdkt_batch.rules.decisions import in_force
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.trace.lookup import FieldName
from tdkt_batch.values import Scalar, TableRow, Value
from tdkt_batch.vietnamese.spelling import unmarked_key
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import trace as say

_NAMED = 8
"""How many of a table's rows a sentence names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellReference:
    """Which cell of a form is meant: a field, or a column with the row of its table.

    ``row_name`` is what stands in the row's first key column of ``key``.
    """

    field: str
    label: str
    row: int | None = None
    row_name: str = ""
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedCell:
    """A value as it was read, and what counts once the board has corrected it."""

    read: Value
    counts: Scalar | None
    correction: Decision | None = None


def cell_reference(
    name: FieldName, row: str | None, form: Form, submission: Submission
) -> CellReference:
    """Return the cell that a name means in a report.

    ``row`` is the number of a table's row, or what stands first in it; the only row
    needs no naming. Raises ``InputError`` when it is lacking or not wanted.
    """
    table_id, _, column = name.id.partition(".")
    if not column:
        if row is not None:
            raise InputError(say.NOT_IN_TABLE.format(label=name.label))
        return CellReference(field=name.id, label=form.label(name.id))
    table = next(one for one in form.tables if one.id == table_id)
    named = {one.number: _name_of(table.key, one) for one in submission.tables.get(table.id, ())}
    rows = {number: name for number, name in named.items() if name}
    found = [n for n, name in rows.items() if row is None or _is_meant(row, n, name)]
    if len(found) == 1:
        return CellReference(
            field=name.id,
            label=form.field(name.id).label,
            row=found[0],
            row_name=rows[found[0]],
            key=table.key,
        )
    if not rows:
        raise InputError(say.NO_ROWS.format(table=table.title))
    shown = [f"{number} ({name})" for number, name in rows.items()]
    sentence = say.ADD_ROW if row is None else say.NO_SUCH_ROW
    raise InputError(sentence.format(table=table.title, row=row, rows=first_of(shown, _NAMED)))


def _name_of(key: Sequence[str], row: TableRow) -> str:
    values = (row.values[column] for column in key if column in row.values)
    return next((write_result(v.value) for v in values if v.value is not None), "")


def _is_meant(asked: str, number: int, name: str) -> bool:
    return asked.strip() == str(number) or unmarked_key(asked) == unmarked_key(name)


def cell_at(
    submission: Submission, ref: CellReference, decisions: Sequence[Decision]
) -> TracedCell | None:
    """Return the cell of a report as it was read, with the board's correction if there is one.

    A row of another report is found by name, else by number. Cells of tables are
    never corrected. None when the report has no such cell.
    """
    correction = None
    if ref.row is None:
        value = submission.values.get(ref.field)
        about = (DecisionKind.CORRECTED, submission.unit, ref.field)
        own = (
            one
            for one in in_force(decisions, submission.month)
            if (one.kind, one.unit, one.field) == about
        )
        correction = next(own, None)
    else:
        table, _, column = ref.field.partition(".")
        rows = submission.tables.get(table, ())
        named = [row for row in rows if _is_meant(ref.row_name, -1, _name_of(ref.key, row))]
        chosen = named if len(named) == 1 else [row for row in rows if row.number == ref.row]
        value = chosen[0].values.get(column) if chosen else None
    if value is None and correction is None:
        return None
    read = value or Value(field=ref.field, value=None, typed=None, raw=None, sheet="", cell="")
    counts = correction.value if correction else read.value
    return TracedCell(read=read, counts=counts, correction=correction)
