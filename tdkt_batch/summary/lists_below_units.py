"""A list by unit: each unit with its figures, its rows folding below it, the sums at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.sheet_list import ListColumn, ListFact, SheetList
from tdkt_batch.figures.list_rows import ListRow
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    Link,
    column_range,
    literal,
    reference,
    within_sheet,
)
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.list_columns import (
    columns_shown,
    of_figures,
    of_row,
    of_unit,
    sheet_columns,
)
from tdkt_batch.summary.lists_of_rows import summed_up
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording import summary as say

_ROOM_FOR_STAGE = 52.0
"""What the rows' columns take together at least: a unit's row says there how it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A list's columns, the row of each unit, the last row of the table, and what stands below.

    ``stage_at`` is the column that says how a unit stands, empty where the rows have
    but a name. ``left_out`` are the rows that do not fit into the sheet, ``number_of_rows`` how
    many each unit has, with these.
    """

    of: SheetList
    shown: Sequence[ListColumn]
    columns: SheetColumns
    stage_at: str
    every: Sequence[ListRow]
    rows: Mapping[str, int]
    last: int
    below: Mapping[str, Sequence[ListRow]]
    left_out: Sequence[ListRow]
    number_of_rows: Mapping[str, int]

    def range_of(self, id_: str) -> str:
        """Return the range of a column over all rows of the table."""
        index = self.columns.index_of(id_)
        return within_sheet(column_range(self.of.sheet, index, FIRST_ROW, self.last))


def _sheet_of(plan: Plan, of: SheetList) -> _Sheet:
    """Return where the units stand: each above its rows."""
    every = plan.list_rows[of.id]
    shown = columns_shown(of, every)
    columns = [*sheet_columns(plan, of, shown, every)]
    own = [index for index, one in enumerate(shown) if one.column][1:]
    if own:
        room = _ROOM_FOR_STAGE - sum(columns[index].width for index in own)
        last = columns[own[-1]]
        columns[own[-1]] = replace(last, width=last.width + max(0.0, room))
    name = columns[1]
    columns[1] = replace(name, head=say.UNIT_OR_NAME.format(name=name.head))
    units = [report.unit.code for report in plan.report.units]
    room_for_rows = max(0, overflow_files.MOST_ROWS - len(units))
    below: dict[str, list[ListRow]] = {code: [] for code in units}
    for one in every[:room_for_rows]:
        below[one.unit.code].append(one)
    rows: dict[str, int] = {}
    row = FIRST_ROW
    for code, own_rows in below.items():
        rows[code] = row
        row += 1 + len(own_rows)
    return _Sheet(
        of=of,
        shown=shown,
        columns=SheetColumns(columns),
        stage_at=columns[own[0]].id if own else "",
        every=every,
        rows=rows,
        last=row - 1,
        below=below,
        left_out=every[room_for_rows:],
        number_of_rows=Counter(one.unit.code for one in every),
    )


def write(page: Page, plan: Plan, of: SheetList) -> None:
    """Write the sheet of a list."""
    sheet = _sheet_of(plan, of)
    columns, totals, name = sheet.columns, sheet.last + 1, sheet.columns[1].id
    below = Link(say.TOTALS_BELOW, reference(of.sheet, totals, 1))
    printed = sum(one.printed for one in sheet.shown)
    page.open_table(plan.head, columns, of.title, below, printed=printed)
    for number, report in enumerate(plan.report.units, start=1):
        code, row = report.unit.code, sheet.rows[report.unit.code]
        record = _of_unit(plan, sheet, number, report)
        carried = ("carried",) if report.latest.carried else ()
        for index, column in enumerate(columns):
            is_stage = column.id == sheet.stage_at and record.get(column.id)
            style = "plain indented" if is_stage else column.style
            page.put(row, index, record.get(column.id), *style.split(), "tiny", "heading", *carried)
        for offset, one in enumerate(sheet.below[code], start=1):
            own = {**of_row(one), ListFact.NUMBER: offset, ListFact.CODE: code}
            page.row(row + offset, columns, own, looks={name: "indented"})
        page.fold(range(row + 1, row + 1 + len(sheet.below[code])))
    _leave_out(page, sheet)
    total: dict[str, Cell] = {name: say.TOTAL}
    values = {one.id: plan.figures.total(one.figure).value for one in of.figures}
    values |= {id_: summed_up(id_, sheet.every) for id_ in _summed(sheet)}
    for id_, value in values.items():
        total[id_] = Formula(f"SUM({sheet.range_of(id_)})", value)
    page.row(totals, columns, total, "total")
    page.filter(FIRST_ROW, sheet.last, columns)
    last = _composition(page, sheet)
    page.dense(FIRST_ROW, last)
    page.for_screen()


def _summed(sheet: _Sheet) -> list[str]:
    """Return the columns that add up over rows: their own counts, and how many there are."""
    shown = {one.id for one in sheet.columns}
    return [id_ for id_ in (*sheet.of.summed, ListFact.ROWS) if id_ in shown]


def _leave_out(page: Page, sheet: _Sheet) -> None:
    """Keep the rows that do not fit: whose each is, and its own columns."""
    heads = {one.column for one in sheet.shown if one.column}
    code = SheetColumn(ListFact.CODE, say.LIST_FACTS[ListFact.CODE], 10, "code")
    kept = SheetColumns((code, *(one for one in sheet.columns if one.id in heads)))
    records = [{**of_row(one), ListFact.CODE: one.unit.code} for one in sheet.left_out]
    shown = sum(map(len, sheet.below.values()))
    page.leave_out(kept, records, shown, sheet.of.measure)


def _of_unit(plan: Plan, sheet: _Sheet, number: int, report: UnitReport) -> dict[str, Cell]:
    """Return a unit's row; how its conference stands is said where its rows' columns begin.

    A unit with no report of the month says of which month its last one is.
    """
    of, code = sheet.of, report.unit.code
    unit = plan.lines[code]
    figures = of_figures(plan, report.unit, of)
    record: dict[str, Cell] = {
        ListFact.NUMBER: plan.to_unit(code, number),
        sheet.columns[1].id: report.unit.name,
        **of_unit(plan, code),
        **figures,
    }
    if unit.of_month is not None:
        record[ListFact.ROWS] = sheet.number_of_rows[code]
    if sheet.stage_at:
        text = str(record[ListFact.STAGE])
        if unit.held_day:
            text += say.ON_DAY.format(day=write_day(unit.held_day))
        if unit.of_month not in (None, plan.report.month.first_day):
            text += say.REPORT_OF.format(month=f"{unit.of_month:%m/%Y}")
        record[sheet.stage_at] = text
    by_figure = {one.figure: one.id for one in of.figures}
    for one in of.columns:
        ids = by_figure.get(one.figure, ""), by_figure.get(one.less, "")
        a, b = (figures.get(id_) for id_ in ids)
        if one.less and a is not None and b is not None:
            places = (xl_col_to_name(sheet.columns.index_of(id_)) for id_ in ids)
            row = sheet.rows[code] + 1
            record[one.id] = Formula("-".join(f"{place}{row}" for place in places), a - b)
    return record


def _composition(page: Page, sheet: _Sheet) -> int:
    """Add the rows up by each column of choices; return the last row.

    The most frequent values come first, those that say none last: each column's lines
    add up to the total. They are formulas over the rows above, unless some rows do not
    stand here.
    """
    row, name = sheet.last + 1, sheet.columns[1].id
    for id_ in sheet.of.by if sheet.every else ():
        if id_ not in {one.id for one in sheet.columns}:
            continue
        own = [one for one in sheet.every if one.values.get(id_) is not None]
        counts = Counter(str(one.values[id_]) for one in own)
        label = say.OF_WHICH_BY.format(label=sheet.of.fields[id_].label.lower())
        for value, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            row += 1
            having = [one for one in own if str(one.values[id_]) == value]
            record: dict[str, Cell] = {name: label, id_: value}
            condition = f"--({sheet.range_of(id_)}={literal(value)})"
            for column in _summed(sheet):
                cells = "" if column == ListFact.ROWS else f",{sheet.range_of(column)}"
                number = summed_up(column, having)
                formula = Formula(f"SUMPRODUCT({condition}{cells})", number)
                record[column] = number if sheet.left_out else formula
            page.row(row, sheet.columns, record)
        if unclear := [one for one in sheet.every if one.values.get(id_) is None]:
            row += 1
            record = {name: label, id_: say.UNCLEAR_HEAD}
            for column in _summed(sheet):
                place = xl_col_to_name(sheet.columns.index_of(column))
                lines = f"{place}{row + 1 - len(counts)}:{place}{row}"
                rest = (
                    f"{place}{sheet.last + 2}-SUM({lines})"
                    if counts
                    else f"{place}{sheet.last + 2}"
                )
                number = summed_up(column, unclear)
                record[column] = number if sheet.left_out else Formula(rest, number)
            page.row(row, sheet.columns, record)
    return row
