"""A list each row of which names its unit: the province's sums above, then unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tdkt_batch.campaign.sheet_list import ListFact, SheetList
from tdkt_batch.figures.list_rows import ListRow
from tdkt_batch.model import Unit
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import Cell, Formula, column_range, literal, within_sheet
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.list_columns import (
    columns_shown,
    of_figures,
    of_row,
    of_unit,
    sheet_columns,
)
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a unit: what it gives the list's figures (no ``row``), or one of its rows."""

    unit: Unit
    row: ListRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A list's columns, the values by which it is added up, and its lines with those left out."""

    of: SheetList
    columns: SheetColumns
    rows: Sequence[ListRow]
    values: Sequence[tuple[str, str]]
    lines: Sequence[_Line]
    left_out: Sequence[_Line]

    @property
    def total(self) -> int:
        """The row of the province's total, below the sums by value."""
        return FIRST_ROW + 1 + len(self.values)

    @property
    def first_line(self) -> int:
        """The first row of the units' lines, below their heading."""
        return self.total + 2

    @property
    def last_line(self) -> int:
        """The last row of the units' lines."""
        return self.first_line + max(len(self.lines), 1) - 1

    def range_of(self, id_: str) -> str:
        """Return the range of a column over the units' lines."""
        index = self.columns.index_of(id_)
        return within_sheet(column_range(self.of.sheet, index, self.first_line, self.last_line))


def write(page: Page, plan: Plan, of: SheetList) -> None:
    """Write the sheet of a list."""
    sheet, said = _sheet_of(plan, of), plan.campaign.words.said
    columns, last = sheet.columns, len(sheet.columns) - 1
    page.open_table(plan.head, columns, of.title, of.note, "small", filtered=False)
    page.merge(FIRST_ROW, 0, last, said(of.sums_head), "text", "heading")
    _sums(page, sheet, plan)
    for index in range(len(columns)):
        head = say.LIST_BY_UNIT if index == 1 else ""
        page.put(sheet.first_line - 1, index, head, "plain", "heading")
    if not sheet.lines:
        page.merge(sheet.first_line, 0, last, said(of.empty), "text")
    carried = {one.unit.code for one in plan.report.units if one.latest.carried}
    for row, line in enumerate(sheet.lines, start=sheet.first_line):
        look = ("carried",) if line.unit.code in carried else ()
        number = row - sheet.first_line + 1
        page.row(row, columns, _record(plan, of, line, number), *look)
    neighbours = enumerate(pairwise(sheet.lines), start=sheet.first_line + 1)
    page.fold(row for row, (above, line) in neighbours if above.unit == line.unit)
    left_out = [
        _record(plan, of, line, number)
        for number, line in enumerate(sheet.left_out, start=len(sheet.lines) + 1)
    ]
    page.leave_out(columns, left_out, len(sheet.lines), of.measure)
    page.filter(sheet.first_line, sheet.last_line, columns)
    page.for_screen()


def _sheet_of(plan: Plan, of: SheetList) -> _Sheet:
    rows = plan.list_rows[of.id]
    lines = list(_lines(plan, of))
    # what units give figures always stands in the sheet
    room = max(0, overflow_files.MOST_ROWS - sum(1 for line in lines if line.row is None))
    left_out = [line for line in lines if line.row is not None][room:]
    dropped = set(map(id, left_out))
    return _Sheet(
        of=of,
        columns=sheet_columns(plan, of, columns_shown(of, rows), rows),
        rows=rows,
        values=[(id_, value) for id_ in of.by for value in values_of(of, id_, rows)],
        lines=[line for line in lines if id(line) not in dropped],
        left_out=left_out,
    )


def _lines(plan: Plan, of: SheetList) -> Iterator[_Line]:
    """Yield the units' lines, each that gives the list's figures something with one of its own."""
    by_unit: dict[str, list[_Line]] = {}
    for row in plan.list_rows[of.id]:
        by_unit.setdefault(row.unit.code, []).append(_Line(row.unit, row))
    for report in plan.report.units:
        if any(value is not None for value in of_figures(plan, report.unit, of).values()):
            yield _Line(report.unit)
        yield from by_unit.get(report.unit.code, ())


def values_of(of: SheetList, id_: str, rows: Sequence[ListRow]) -> list[str]:
    """Return the values of a column that rows have, in the list's order, the unlisted ones last.

    Rows that say none have one of their own, so that the sums add up to the total.
    """
    given = {row.values.get(id_) for row in rows}
    choices = of.fields[id_].choices
    order = choices.values if choices else ()
    others = sorted(str(one) for one in given if one is not None and one not in order)
    blank = [say.NOT_WRITTEN] if None in given else []
    return [*(one for one in order if one in given), *others, *blank]


def _record(plan: Plan, of: SheetList, line: _Line, number: int) -> dict[str, Cell]:
    """Return a line; that of the unit itself says under which head its figures stand."""
    code = line.unit.code
    record: dict[str, Cell] = {
        ListFact.NUMBER: plan.to_unit(code, number),
        ListFact.UNIT: plan.lines[code].unit.name,
        **of_unit(plan, code),
    }
    if line.row is None:
        own = next(one.column for one in of.columns if one.column)
        record[own] = plan.campaign.words.said(of.figures[0].over or of.figures[0].head)
        figures = of_figures(plan, line.unit, of)
        return {**record, **figures, **_differences(of, figures)}
    del record[ListFact.STAGE], record[ListFact.HELD_DAY]  # they stand in the unit's own line
    blank = {id_: say.NOT_WRITTEN for id_ in of.by if line.row.values.get(id_) is None}
    return {**record, **of_row(line.row), **blank, ListFact.ROWS: 1}


def _differences(of: SheetList, figures: dict[str, int | None]) -> dict[str, Cell]:
    """Return what one figure is more than another, where a unit gave both."""
    by_figure = {column.figure: figures[column.id] for column in of.figures}
    found: dict[str, Cell] = {}
    for column in of.columns:
        one, other = by_figure.get(column.figure), by_figure.get(column.less)
        if column.less and one is not None and other is not None:
            found[column.id] = one - other
    return found


def _sums(page: Page, sheet: _Sheet, plan: Plan) -> None:
    """Write the sums by value over the units' lines, and the sums of all.

    They are formulas over the lines, unless some lines do not stand here.
    """

    def counted(formula: str, value: int) -> Cell:
        return value if sheet.left_out else Formula(formula, value)

    record: dict[str, Cell]
    of, shown = sheet.of, {column.id for column in sheet.columns}
    summed = [*of.summed, *({ListFact.ROWS} & shown)]
    for row, (id_, value) in enumerate(sheet.values, start=FIRST_ROW + 1):
        own = [one for one in sheet.rows if str(one.values.get(id_) or say.NOT_WRITTEN) == value]
        number = row - FIRST_ROW
        record = {ListFact.NUMBER: number, id_: value, ListFact.UNIT: say.PROVINCE}
        for column in summed:
            condition = f"--({sheet.range_of(id_)}={literal(value)})"
            text = f"SUMPRODUCT({condition},{sheet.range_of(column)})"
            record[column] = counted(text, summed_up(column, own))
        page.row(row, sheet.columns, record)
    totals = {column: summed_up(column, sheet.rows) for column in summed}
    totals |= {one.id: plan.figures.total(one.figure).value for one in of.figures}
    record = {ListFact.UNIT: say.TOTAL}
    for column, number in totals.items():
        record[column] = counted(f"SUM({sheet.range_of(column)})", number)
    page.row(sheet.total, sheet.columns, record, "total")


def summed_up(column: str, rows: Sequence[ListRow]) -> int:
    """Return the sum of a column over rows, or how many rows there are."""
    if column == ListFact.ROWS:
        return len(rows)
    values = (row.values.get(column) for row in rows)
    return sum(value for value in values if isinstance(value, int))
