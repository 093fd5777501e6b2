"""The columns of a list that becomes a sheet: how wide they are, how their cells look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.sheet_list import ListColumn, ListFact, ListLayout, SheetList
from tdkt_batch.figures.list_rows import ListRow
from tdkt_batch.model import Unit
from tdkt_batch.sheets.cells import Cell
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns, fitted_width
from tdkt_batch.summary.plan import Plan, names_width
from tdkt_batch.values import Scalar
from tdkt_batch.wording import summary as say

_STYLES: Mapping[FieldKind, str] = {
    FieldKind.COUNT: "number",
    FieldKind.DATE: "date",
    FieldKind.MONTH: "month",
    FieldKind.MARK: "center",
}
"""How the cells of a column look by its kind; all else is text."""
_FACTS: Mapping[ListFact, tuple[str, float, float]] = {
    ListFact.NUMBER: ("center", 5, 4.5),
    ListFact.UNIT: ("text", 40, 40),
    ListFact.CODE: ("code", 10, 10),
    ListFact.OF_MONTH: ("month", 8, 10),
    ListFact.STAGE: ("center", 14.5, 14.5),
    ListFact.HELD_DAY: ("date", 10.5, 12),
    ListFact.ROWS: ("number", 7, 5.5),
    ListFact.ALLOTTED_BY: ("text", 38, 38),
}
"""The style of a fact's cells, and its width where rows name their unit and where they do not."""
_OF_FIGURE = 7
_WIDEST, _SELDOM_WIDEST = 27.0, 11.0
"""What a column of the rows may take, in digits, and one that few rows fill: the rest wraps."""
_EMPTY_WIDTH = 13.0
_SELDOM = 0.3
"""The share of rows below which a column is filled seldom."""


def columns_shown(of: SheetList, rows: Sequence[ListRow]) -> tuple[ListColumn, ...]:
    """Return the columns without those that are shown only when a row fills them."""
    return tuple(
        one
        for one in of.columns
        if not (one.only_if_any and rows)
        or any(row.values.get(one.column) is not None for row in rows)
    )


def sheet_columns(
    plan: Plan, of: SheetList, shown: Sequence[ListColumn], rows: Sequence[ListRow]
) -> SheetColumns:
    """Return the columns that are shown as the sheet has them."""
    is_below = of.layout is ListLayout.BELOW_UNITS
    size = "tiny" if is_below else "small"

    def look(one: ListColumn) -> tuple[str, float]:
        if one.fact is ListFact.UNIT:
            names = (report.unit.name for report in plan.report.units)
            return f"text {size}", names_width(names, most=40)
        if one.fact:
            style, wide, narrow = _FACTS[one.fact]
            style = style if one.fact is ListFact.CODE else f"{style} {size}"
            return style, narrow if is_below else wide
        if one.figure:
            return f"{'percent' if one.share else 'number'} {size}", _OF_FIGURE
        field = of.fields[one.column]
        style = "center" if field.is_year else _STYLES.get(field.kind, "text")
        texts = [str(value) for value in dict.fromkeys(_values(one.column, rows))]
        seldom = sum(1 for _ in _values(one.column, rows)) < _SELDOM * len(rows)
        most = min(field.width, _SELDOM_WIDEST if seldom else _WIDEST)
        fitted = fitted_width(texts, one.head, most=most, size=9 if is_below else 10)
        return f"{style} {size}", fitted if texts else min(field.width, _EMPTY_WIDTH)

    made = []
    for one in shown:
        style, width = look(one)
        made.append(SheetColumn(one.id, one.head, one.width or width, style, one.over))
    return SheetColumns(made)


def _values(column: str, rows: Sequence[ListRow]) -> Iterator[Scalar]:
    values = (row.values.get(column) for row in rows)
    return (value for value in values if value is not None)


def of_row(row: ListRow) -> dict[str, Cell]:
    """Return what a row's own columns hold as cells: a mark as it is typed, or nothing."""
    marks = {True: say.MARKED, False: None}
    return {
        id_: marks[value] if isinstance(value, bool) else value for id_, value in row.values.items()
    }


def of_unit(plan: Plan, code: str) -> dict[str, Cell]:
    """Return what a list tells of a unit besides its name and its number there."""
    line = plan.lines[code]
    return {
        ListFact.CODE: code,
        ListFact.OF_MONTH: line.of_month,
        ListFact.STAGE: plan.stage_of(code),
        ListFact.HELD_DAY: line.held_day,
        ListFact.ALLOTTED_BY: line.allotted_by or None,
    }


def of_figures(plan: Plan, unit: Unit, of: SheetList) -> dict[str, int | None]:
    """Return what a unit gives the figures of a list, by column id; None where it is not known."""
    amounts: dict[str, int | None] = {}
    for column in of.figures:
        amount = plan.figures.by_id[column.figure].by_unit.get(unit.code)
        amounts[column.id] = amount.value if amount is not None and amount.counts else None
    return amounts
