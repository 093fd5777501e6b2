"""A list of the units: what each gives some figures, their shares beside them, the sums at the end.

The lists that are counted on its sheet stand below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.figure import DeclaredFigures
from tdkt_batch.campaign.sheet_list import ListColumn, ListFact, SheetList
from tdkt_batch.figures.figure_lines import given_by
from tdkt_batch.figures.month_figures import is_share
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets.cells import Cell, Formula, column_range, ratio, ratio_value, within_sheet
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import amounts, lists_counted
from tdkt_batch.summary.list_columns import of_figures, of_unit, sheet_columns
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import capital
from tdkt_batch.wording import summary as say


def write(page: Page, plan: Plan, of: SheetList) -> None:
    """Write the sheet of a list of units."""
    columns, last = sheet_columns(plan, of, of.columns, ()), plan.last_unit_row
    printed = sum(one.printed for one in of.columns)
    page.open_table(plan.head, columns, of.title, of.note, "small", printed=printed)
    for row, report in enumerate(plan.report.units, start=FIRST_ROW):
        carried = ("carried",) if report.latest.carried else ()
        page.row(row, columns, _record(plan, of, columns, row, report), *carried)
    total: dict[str, Cell] = {ListFact.UNIT: say.TOTAL}
    for one in of.figures:
        cells = column_range(of.sheet, columns.index_of(one.id), FIRST_ROW, last)
        value = plan.figures.total(one.figure).value
        total[one.id] = Formula(f"SUM({within_sheet(cells)})", value)
    page.row(last + 1, columns, total, "total")
    shown = map(plan.campaign.figures.figure, dict.fromkeys(one.figure for one in of.figures))
    if said := given_by(plan.figures, shown):
        page.merge(last + 2, 1, len(columns) - 1, capital(said), "prose", "italic")
    page.dense(FIRST_ROW, last)
    page.fold(plan.folded_rows)
    page.filter(FIRST_ROW, last, columns)
    page.for_screen()
    top = last + 4
    for other in plan.campaign.sheet_lists:
        if other.stands_below(of):
            top = lists_counted.write_below(page, plan, other, top)


def _record(
    plan: Plan, of: SheetList, columns: SheetColumns, row: int, report: UnitReport
) -> dict[str, Cell]:
    """Return a unit's row: its figures as “Số liệu” has them, and what is made of two of them."""
    code, values = report.unit.code, of_figures(plan, report.unit, of)
    record: dict[str, Cell] = {
        ListFact.NUMBER: plan.to_unit(code, row - FIRST_ROW + 1),
        ListFact.UNIT: report.unit.name,
        **of_unit(plan, code),
    }
    column_of = {one.figure: one.id for one in of.figures}
    for one in of.figures:
        value = values[one.id]
        if value is not None:
            record[one.id] = Formula(amounts.cell_of(plan, one.figure, row), value)
    pairs = ((one, pair) for one in of.columns for pair in _pairs(plan.campaign.figures, one))
    for column, pair in pairs:
        ids = [column_of.get(figure, "") for figure in pair]
        first, second = (values.get(id_) for id_ in ids)
        if column.id in record or (first is None and second is None):
            continue
        if first is None or second is None:
            record[column.id] = None  # a plan's share does not take a result's place
            continue
        if column.share and not is_share(plan.campaign.figures.figure(pair[0]), first, second):
            record[column.id] = None
            continue
        a, b = (f"{xl_col_to_name(columns.index_of(id_))}{row + 1}" for id_ in ids)
        if column.share:
            record[column.id] = Formula(ratio(a, b), ratio_value(first, second))
        else:
            record[column.id] = Formula(f"{a}-{b}", first - second)
    return record


def _pairs(declared: DeclaredFigures, column: ListColumn) -> Iterator[Sequence[str]]:
    """Yield which two figures make up a column: of a share the result's, else the plan's."""
    if column.less:
        yield column.figure, column.less
    if not column.share:
        return
    figure = declared.figure(column.figure)
    for one in (figure, declared.figure(figure.plan) if figure.plan else None):
        if one is not None and one.share is not None:
            yield one.id, one.share.of
