"""Sheet “Đại biểu dự cấp trên”: allotted and elected delegates by unit, below each who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.figures.statistics import count_in, known, table_columns
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets import overflow
from tdkt_batch.sheets.cells import Cell, Formula, Link, column_range, literal, reference
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns, fitted_width
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import ELECTED, Plan
from tdkt_batch.vietnamese.writing import write_day

_COUNTS, _PERSON = "Số đại biểu (người)", "Đại biểu được bầu"
_SUMMED = ("allotment", "elected", "listed")
_STYLES: Mapping[FieldKind, str] = {FieldKind.COUNT: "center tiny"}
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
class Layout:
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
        return column_range(ELECTED, self.columns.index_of(id_), FIRST_ROW, self.last)


def layout_of(plan: Plan) -> Layout:
    """Return where the units stand: each above the delegates that it elected."""
    units = plan.report.units
    order = {report.unit.code: number for number, report in enumerate(units)}
    everyone = plan.statistics.elected.to_dict("records")
    everyone.sort(key=lambda person: order[str(person["unit"])])
    room = max(0, overflow.MOST_ROWS - len(units))
    shown: dict[str, list[Person]] = {code: [] for code in order}
    for person in islice(everyone, room):
        shown[str(person["unit"])].append({str(k): known(v) for k, v in person.items()})
    rows: dict[str, int] = {}
    row = FIRST_ROW
    for code, people in shown.items():
        rows[code] = row
        row += 1 + len(people)
    left_out = [{str(k): known(v) for k, v in one.items()} for one in everyone[room:]]
    return Layout(_columns(plan), rows, row - 1, shown, left_out)


def _columns(plan: Plan) -> SheetColumns:
    name, *others = person_columns(plan).items()
    widths = [_width(plan, id_, one) for id_, one in others]
    if widths:
        widths[-1] += max(0.0, _ROOM_FOR_STAGE - sum(widths))
    return SheetColumns((
        SheetColumn("number", "STT", 4.5, "center tiny"),
        SheetColumn(name[0], f"Đơn vị / {name[1].label}", 26, "text tiny"),
        SheetColumn("allotment", "Phân bổ", 5, "number tiny", _COUNTS),
        SheetColumn("elected", "Được bầu", 5, "number tiny", _COUNTS),
        SheetColumn("listed", "Trong danh sách", 5.5, "number tiny", _COUNTS),
        SheetColumn("difference", "Bầu so phân bổ", 5.5, "number tiny", _COUNTS),
        *(
            SheetColumn(id_, one.label, width, _style(one), _PERSON)
            for (id_, one), width in zip(others, widths, strict=True)
        ),
        SheetColumn("held_day", "Ngày tổ chức Hội nghị", 12, "date tiny"),
        SheetColumn("of_month", "Số liệu của tháng", 10, "month tiny"),
        SheetColumn("unit", "Mã đơn vị", 10, "code"),
    ))  # fmt: skip


def _style(column: Field) -> str:
    return _STYLES.get(column.kind, "text tiny")


def _width(plan: Plan, id_: str, column: Field) -> float:
    values = plan.statistics.elected[id_].dropna()
    seldom = len(values) < _SELDOM * len(plan.statistics.elected)
    texts = [str(known(value)) for value in values.unique()]
    if not texts:
        return min(column.width, _EMPTY_WIDTH)
    most = _SELDOM_WIDEST if seldom else _WIDEST
    return fitted_width(texts, column.label, most=min(column.width, most), size=9)


def person_columns(plan: Plan) -> dict[str, Field]:
    """Return the columns on a person elected: the name, the next, and those that are filled."""
    table, _, mark = plan.campaign.roles.tables["elected"].partition(".")
    found = table_columns(plan.campaign, table)
    people = plan.statistics.elected
    return {
        id_: column
        for number, (id_, column) in enumerate(found.items())
        if id_ != mark and (number <= 1 or people.empty or people[id_].notna().any())
    }


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    layout = layout_of(plan)
    widths = [column.width for column in layout.columns]
    page.set_widths(widths[:-_UNPRINTED])
    title = "BIỂU TỔNG HỢP ĐẠI BIỂU ĐƯỢC BẦU ĐI DỰ ĐẠI HỘI, HỘI NGHỊ CẤP TRÊN"
    page.title_block(plan.head, title)
    totals = reference(ELECTED, layout.last + 1, 1)
    page.put(6, 1, Link("Tổng cộng và cơ cấu: ở cuối biểu", totals), "small")
    page.set_widths(widths)
    page.table_head(layout.columns)
    for number, report in enumerate(plan.report.units, start=1):
        _write_unit(page, plan, layout, number, report)
    _say_what_is_left_out(page, layout)
    _totals(page, plan, layout)
    page.filter(FIRST_ROW, layout.last, layout.columns)
    last = _composition(page, plan, layout)
    page.dense(FIRST_ROW, last)
    page.sheet.print_area(0, 0, last, len(layout.columns) - _UNPRINTED - 1)
    page.sheet.set_portrait()
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _write_unit(page: Page, plan: Plan, layout: Layout, number: int, report: UnitReport) -> None:
    code, row = report.unit.code, layout.rows[report.unit.code]
    record: Mapping[str, Cell] = _record(plan, layout, number, report)
    carried = ("carried",) if report.latest.carried else ()
    for index, column in enumerate(layout.columns):
        style = (
            "plain indented" if record.get(column.id) and column.over == _PERSON else column.style
        )
        page.put(row, index, record.get(column.id), *style.split(), "tiny", "heading", *carried)
    people = layout.people[code]
    for offset, person in enumerate(people, start=1):
        record = {**person, "number": offset, "unit": code}
        for index, column in enumerate(layout.columns):
            look = ("indented",) if index == 1 else ()
            page.put(row + offset, index, record.get(column.id), *column.style.split(), *look)
    page.fold(range(row + 1, row + 1 + len(people)))


def _record(plan: Plan, layout: Layout, number: int, report: UnitReport) -> dict[str, Cell]:
    unit = plan.statistics.lines[report.unit.code]
    allotted, elected = unit["allotment"], unit["elected"]
    difference: Cell = None
    if allotted is not None and elected is not None:
        a, b = (xl_col_to_name(layout.columns.index_of(one)) for one in ("elected", "allotment"))
        row = layout.rows[report.unit.code] + 1
        difference = Formula(f"{a}{row}-{b}{row}", elected - allotted)
    stands = layout.columns[_FIRST_OF_PERSON]
    return {
        "number": plan.to_unit(report.unit.code, number),
        layout.columns[1].id: report.unit.name,
        **({stands.id: _conference(plan, unit)} if stands.over else {}),
        "of_month": unit["of_month"],
        "held_day": unit["held_day"],
        "allotment": allotted,
        "elected": elected,
        "listed": unit["listed"],
        "difference": difference,
        "unit": report.unit.code,
    }


def _conference(plan: Plan, unit: Mapping[str, Any]) -> str:
    """Say how the unit's conference stands; a unit with no report of the month says of which."""
    text = plan.campaign.roles.stages.get(str(unit["stage"]), "")
    if unit["held_day"]:
        text += f" ngày {write_day(unit['held_day'])}"
    if unit["of_month"] not in (None, plan.report.month.first_day):
        text += f" (báo cáo tháng {unit['of_month']:%m/%Y})"
    return text


def _say_what_is_left_out(page: Page, layout: Layout) -> None:
    if not layout.left_out:
        return
    name, of_person = layout.columns[1], layout.columns[_FIRST_OF_PERSON:-_UNPRINTED]
    columns = SheetColumns((layout.columns[-1], name, *of_person))
    path = page.rest.keep(ELECTED, columns, layout.left_out)
    shown = sum(map(len, layout.people.values()))
    page.notice(overflow.notice(shown, shown + len(layout.left_out), "đại biểu", path))


def _totals(page: Page, plan: Plan, layout: Layout) -> None:
    for index, column in enumerate(layout.columns):
        value: Cell = "Tổng cộng" if index == 1 else None
        if column.id in _SUMMED:
            cells = layout.range_of(column.id).split("!")[1]
            value = Formula(f"SUM({cells})", count_in(plan.statistics.overall, column.id))
        page.put(layout.last + 1, index, value, *column.style.split(), "total")


def _composition(page: Page, plan: Plan, layout: Layout) -> int:
    """Count the delegates elected by each column of choices; return the last row.

    The counts are formulas over the rows above, unless some people do not fit there.
    """
    people = plan.statistics.elected
    row = layout.last + 1
    for id_, column in person_columns(plan).items():
        if people.empty or column.kind is not FieldKind.CHOICE:
            continue
        cells = layout.range_of(id_).split("!")[1]
        for value, count in _value_counts(people[id_]):
            row += 1
            counted = Formula(f"SUMPRODUCT(--({cells}={literal(value)}))", count)
            name = f"Trong đó, {column.label.lower()}"
            record: dict[str, Cell] = {layout.columns[1].id: name, id_: value}
            record["listed"] = count if layout.left_out else counted
            page.rows(layout.columns, [record], row)
    return row


def _value_counts(values: pd.Series[str]) -> list[tuple[str, int]]:
    """Return the values that occur with their counts, the most frequent first, then by name."""
    counts: dict[str, int] = {}
    for value in values.dropna():
        counts[str(value)] = counts.get(str(value), 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
