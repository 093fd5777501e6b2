"""One cell of a report: which is meant, what was read there, what counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Form, Table
from tdkt_batch.errors import InputError
from tdkt_batch.model import Decision, DecisionKind, Month, Scalar, Submission, TableRow, Value
from tdkt_batch.rules.decisions import in_force
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.trace.lookup import Name
from tdkt_batch.vietnamese.spelling import unmarked_key

_NAMED = 8
"""How many of a table's rows a sentence names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Which cell of a form is meant: a field, or a column with the row of its table.

    ``row_name`` is what stands in the row's first key column of ``key``.
    """

    field: str
    label: str
    row: int | None = None
    row_name: str = ""
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value as it was read, and what counts once the board has corrected it."""

    read: Value
    counts: Scalar | None
    correction: Decision | None = None


# --- which cell is meant ------------------------------------------------------------------------


def spot_of(name: Name, row: str | None, form: Form, submission: Submission) -> Spot:
    """Return the cell that a name means in a report.

    ``row`` is the number of a table's row, or what stands first in it; the only row
    needs no naming. Raises ``InputError`` when it is lacking or not wanted.
    """
    if "." in name.id:
        return _in_table(name, row, form, submission)
    if row is not None:
        raise InputError(f"“{name.label}” không nằm trong bảng: hãy bỏ --row")
    return Spot(field=name.id, label=form.label(name.id))


def _in_table(name: Name, row: str | None, form: Form, submission: Submission) -> Spot:
    table = next(one for one in form.tables if one.id == name.id.partition(".")[0])
    named = {one.number: _name_of(table.key, one) for one in submission.tables.get(table.id, ())}
    rows = {number: said for number, said in named.items() if said}
    found = list(rows) if row is None else [n for n, said in rows.items() if _is(row, n, said)]
    if len(found) != 1:
        raise InputError(_which_row(table, rows, row))
    return Spot(
        field=name.id,
        label=form.field(name.id).label,
        row=found[0],
        row_name=rows[found[0]],
        key=table.key,
    )


def _name_of(key: Sequence[str], row: TableRow) -> str:
    values = (row.values[column] for column in key if column in row.values)
    return next((write_result(v.value) for v in values if v.value is not None), "")


def _is(asked: str, number: int, name: str) -> bool:
    return asked.strip() == str(number) or unmarked_key(asked) == unmarked_key(name)


def _which_row(table: Table, rows: dict[int, str], row: str | None) -> str:
    if not rows:
        return f"bảng “{table.title}”: đơn vị không ghi dòng nào"
    named = [f"{number} ({name})" for number, name in rows.items()]
    said = "; ".join((*named[:_NAMED], "…") if len(named) > _NAMED else named)
    what = "hãy ghi thêm --row" if row is None else f"không có đúng một dòng “{row}”"
    return f"bảng “{table.title}”: {what}; các dòng: {said}"


# --- what stands in it --------------------------------------------------------------------------


def cell_at(submission: Submission, spot: Spot, decisions: Sequence[Decision]) -> Cell | None:
    """Return the cell of a report as it was read, with the board's correction if there is one.

    None when the report has no such cell.
    """
    value = _value_at(submission, spot)
    correction = _correction(decisions, submission.unit, spot, submission.month)
    if value is None and correction is None:
        return None
    read = value or Value(field=spot.field, value=None, typed=None, raw=None, sheet="", cell="")
    return Cell(
        read=read, counts=correction.value if correction else read.value, correction=correction
    )


def _value_at(submission: Submission, spot: Spot) -> Value | None:
    """Return what stands at a spot; a row of another report is found by name, else by number."""
    if spot.row is None:
        return submission.values.get(spot.field)
    table, _, column = spot.field.partition(".")
    rows = submission.tables.get(table, ())
    named = [row for row in rows if _is(spot.row_name, -1, _name_of(spot.key, row))]
    chosen = named if len(named) == 1 else [row for row in rows if row.number == spot.row]
    return chosen[0].values.get(column) if chosen else None


def _correction(
    decisions: Sequence[Decision], unit: str, spot: Spot, month: Month
) -> Decision | None:
    """Return the board's correction of a figure; cells of tables are never corrected."""
    own = (
        one
        for one in in_force(decisions, month)
        if one.kind is DecisionKind.CORRECTED and (one.unit, one.field) == (unit, spot.field)
    )
    return None if spot.row is not None else next(own, None)
