"""Sheet “Đại biểu dự cấp trên”: allotted and elected delegates by unit, below each who they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.campaign.roles import TableRole
from tdkt_batch.figures.statistics import count_in, known, table_columns
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
from tdkt_batch.sheets.columns import SheetColumns, fitted_width
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording import summary as say

_SUMMED = ("allotment", "elected", "listed")
_FIRST_OF_PERSON = 6
"""Where the columns on people begin, after their name."""
_UNPRINTED = 3
"""The last columns are to filter and to add up by, on the screen."""
_WIDEST, _SELDOM_WIDEST = 27.0, 11.0
"""What a column of the list may take, in digits, and one that few people fill: the rest wraps."""
_EMPTY_WIDTH = 13.0
_ROOM_FOR_STAGE = 52.0
"""What the columns on people take together at least: a unit's row says there how it stands."""
_SELDOM = 0.3
"""The share of people below which a column is filled seldom."""

Person = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ElectedRows:
    """The columns, the row of each unit, the last row of the table, and who stands below whom.

    ``left_out`` are the people who do not fit into the sheet.
    """

    columns: SheetColumns
    rows: Mapping[str, int]
    last: int
    people: Mapping[str, Sequence[Person]]
    left_out: Sequence[Person]

    def range_of(self, id_: str) -> str:
        """Return the range of a column over all rows of the table."""
        return column_range(say.ELECTED, self.columns.index_of(id_), FIRST_ROW, self.last)


def rows_of(plan: Plan) -> ElectedRows:
    """Return where the units stand: each above the delegates that it elected."""
    order = {report.unit.code: number for number, report in enumerate(plan.report.units)}
    everyone: list[Person] = [
        {str(key): known(value) for key, value in person.items()}
        for person in plan.statistics.elected.to_dict("records")
    ]
    everyone.sort(key=lambda person: order[str(person["unit"])])
    room = max(0, overflow_files.MOST_ROWS - len(order))
    shown: dict[str, list[Person]] = {code: [] for code in order}
    for person in everyone[:room]:
        shown[str(person["unit"])].append(person)
    rows: dict[str, int] = {}
    row = FIRST_ROW
    for code, people in shown.items():
        rows[code] = row
        row += 1 + len(people)
    return ElectedRows(_columns(plan), rows, row - 1, shown, everyone[room:])


def _columns(plan: Plan) -> SheetColumns:
    (name, named), *others = person_columns(plan).items()
    heads = {id_: (say.ELECTED_PERSON, one.label) for id_, one in others}
    people, widths = plan.statistics.elected, []
    for id_, one in others:
        values = people[id_].dropna()
        texts = [str(known(value)) for value in values.unique()]
        seldom = len(values) < _SELDOM * len(people)
        most = min(one.width, _SELDOM_WIDEST if seldom else _WIDEST)
        fitted = fitted_width(texts, one.label, most=most, size=9)
        widths.append(fitted if texts else min(one.width, _EMPTY_WIDTH))
    if widths:
        widths[-1] += max(0.0, _ROOM_FOR_STAGE - sum(widths))
    return SheetColumns.headed(
        {**say.ELECTED_HEADS, name: say.UNIT_OR_NAME.format(name=named.label), **heads},
        ("number", 4.5, "center tiny"),
        (name, 26, "text tiny"),
        ("allotment", 5, "number tiny"),
        ("elected", 5, "number tiny"),
        ("listed", 5.5, "number tiny"),
        ("difference", 5.5, "number tiny"),
        *(
            (id_, width, "center tiny" if one.kind is FieldKind.COUNT else "text tiny")
            for (id_, one), width in zip(others, widths, strict=True)
        ),
        ("held_day", 12, "date tiny"),
        ("of_month", 10, "month tiny"),
        ("unit", 10, "code"),
    )


def person_columns(plan: Plan) -> dict[str, Field]:
    """Return the columns on a person elected: the name, the next, and those that are filled."""
    table, _, mark = plan.campaign.roles.tables[TableRole.ELECTED].partition(".")
    found = table_columns(plan.campaign, table)
    people = plan.statistics.elected
    return {
        id_: column
        for number, (id_, column) in enumerate(found.items())
        if id_ != mark and (number <= 1 or people.empty or people[id_].notna().any())
    }


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    rows = rows_of(plan)
    columns, totals = rows.columns, rows.last + 1
    below = Link(say.TOTALS_BELOW, reference(say.ELECTED, totals, 1))
    printed = len(columns) - _UNPRINTED
    page.open_table(plan.head, columns, say.ELECTED_TITLE, below, printed=printed)
    for number, report in enumerate(plan.report.units, start=1):
        code, row = report.unit.code, rows.rows[report.unit.code]
        record = _record(plan, rows, number, report)
        carried = ("carried",) if report.latest.carried else ()
        for index, column in enumerate(columns):
            is_stage = record.get(column.id) and column.over == say.ELECTED_PERSON
            style = "plain indented" if is_stage else column.style
            page.put(row, index, record.get(column.id), *style.split(), "tiny", "heading", *carried)
        people, name = rows.people[code], columns[1].id
        for offset, person in enumerate(people, start=1):
            own = {**person, "number": offset, "unit": code}
            page.row(row + offset, columns, own, looks={name: "indented"})
        page.fold(range(row + 1, row + 1 + len(people)))
    if rows.left_out:
        of_person = columns[_FIRST_OF_PERSON:-_UNPRINTED]
        kept = SheetColumns((columns[-1], columns[1], *of_person))
        shown = sum(map(len, rows.people.values()))
        page.leave_out(kept, rows.left_out, shown, say.ELECTED_LEFT_OUT)
    total: dict[str, Cell] = {columns[1].id: say.TOTAL}
    for id_ in _SUMMED:
        cells = within_sheet(rows.range_of(id_))
        total[id_] = Formula(f"SUM({cells})", count_in(plan.statistics.overall, id_))
    page.row(totals, columns, total, "total")
    page.filter(FIRST_ROW, rows.last, columns)
    last = _composition(page, plan, rows)
    page.dense(FIRST_ROW, last)
    page.sheet.print_area(0, 0, last, printed - 1)
    page.sheet.set_portrait()


def _record(plan: Plan, rows: ElectedRows, number: int, report: UnitReport) -> dict[str, Cell]:
    """Return a unit's row; how its conference stands is said where its people's columns begin.

    A unit with no report of the month says of which month its last one is.
    """
    unit, columns = plan.statistics.lines[report.unit.code], rows.columns
    record: dict[str, Cell] = {
        "number": plan.to_unit(report.unit.code, number),
        columns[1].id: report.unit.name,
        "unit": report.unit.code,
        **{id_: unit[id_] for id_ in ("of_month", "held_day", *_SUMMED)},
    }
    if columns[_FIRST_OF_PERSON].over:
        text = plan.campaign.roles.stages.get(unit["stage"], "")
        if unit["held_day"]:
            text += say.ON_DAY.format(day=write_day(unit["held_day"]))
        if unit["of_month"] not in (None, plan.report.month.first_day):
            text += say.REPORT_OF.format(month=f"{unit['of_month']:%m/%Y}")
        record[columns[_FIRST_OF_PERSON].id] = text
    if None not in (unit["allotment"], unit["elected"]):
        a, b = (xl_col_to_name(columns.index_of(one)) for one in ("elected", "allotment"))
        row = rows.rows[report.unit.code] + 1
        record["difference"] = Formula(f"{a}{row}-{b}{row}", unit["elected"] - unit["allotment"])
    return record


def _composition(page: Page, plan: Plan, rows: ElectedRows) -> int:
    """Count the delegates elected by each column of choices; return the last row.

    The most frequent values come first. The counts are formulas over the rows
    above, unless some people do not fit there.
    """
    people = plan.statistics.elected
    row = rows.last + 1
    for id_, column in person_columns(plan).items():
        if people.empty or column.kind is not FieldKind.CHOICE:
            continue
        cells = within_sheet(rows.range_of(id_))
        counts = Counter(map(str, people[id_].dropna()))
        for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            row += 1
            counted = Formula(f"SUMPRODUCT(--({cells}={literal(value)}))", count)
            name = say.OF_WHICH_BY.format(label=column.label.lower())
            record: dict[str, Cell] = {rows.columns[1].id: name, id_: value}
            record["listed"] = count if rows.left_out else counted
            page.row(row, rows.columns, record)
    return row
