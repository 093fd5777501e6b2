"""Sheet “Đại biểu dự cấp trên”: allotted and elected delegates by unit, below each who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.definition import Field, FieldKind
from tdkt_batch.report import UnitReport
from tdkt_batch.statistics import count_in, known, table_columns
from tdkt_batch.summary.cells import Cell, Formula, column_range, literal
from tdkt_batch.summary.columns import Column, Columns
from tdkt_batch.summary.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import ELECTED, Plan

_COUNTS, _PERSON = "Số đại biểu (người)", "Đại biểu được bầu"
_SUMMED = ("allotment", "elected", "listed")
_TEXT = "text small"
_STYLES: Mapping[FieldKind, str] = {FieldKind.COUNT: "center small"}
_NARROWER = 0.88
"""What a column of the form takes here, where the letters are smaller."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns, the row of each unit, and the last row of the table."""

    columns: Columns
    rows: Mapping[str, int]
    last: int

    def range_of(self, id_: str) -> str:
        """Return the range of a column over all rows of the table."""
        return column_range(ELECTED, self.columns.index_of(id_), FIRST_ROW, self.last)


def layout_of(plan: Plan) -> Layout:
    """Return where the units stand: each above the delegates that it elected."""
    elected = plan.statistics.elected["unit"].value_counts()
    rows: dict[str, int] = {}
    row = FIRST_ROW
    for report in plan.report.units:
        rows[report.unit.code] = row
        row += 1 + int(elected.get(report.unit.code, 0))
    return Layout(_columns(plan), rows, row - 1)


def _columns(plan: Plan) -> Columns:
    return Columns((
        Column("number", "STT", 5, "center"),
        Column("name", "Đơn vị", 28, "text small"),
        Column("stage", "Tình trạng Hội nghị", 14.5, "center small"),
        Column("held_day", "Ngày tổ chức", 11.5, "date"),
        Column("allotment", "Phân bổ", 6.5, "number", _COUNTS),
        Column("elected", "Được bầu", 6.5, "number", _COUNTS),
        Column("listed", "Trong danh sách", 7, "number", _COUNTS),
        Column("difference", "Bầu so phân bổ", 7, "number", _COUNTS),
        *(
            Column(id_, one.label, one.width * _NARROWER, _STYLES.get(one.kind, _TEXT), _PERSON)
            for id_, one in person_columns(plan).items()
        ),
    ))  # fmt: skip


def person_columns(plan: Plan) -> dict[str, Field]:
    """Return the columns that say something of a person elected."""
    table, _, mark = plan.campaign.roles.tables["elected"].partition(".")
    found = table_columns(plan.campaign, table)
    people = plan.statistics.elected
    return {
        id_: column
        for id_, column in found.items()
        if id_ != mark and (people.empty or people[id_].notna().any())
    }


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    layout = layout_of(plan)
    page.set_widths([column.width for column in layout.columns])
    title = "BIỂU TỔNG HỢP ĐẠI BIỂU ĐƯỢC BẦU ĐI DỰ ĐẠI HỘI, HỘI NGHỊ CẤP TRÊN"
    page.title_block(plan.head, title)
    page.table_head(layout.columns)
    for number, report in enumerate(plan.report.units, start=1):
        _write_unit(page, plan, layout, number, report)
    _totals(page, plan, layout)
    page.filter(FIRST_ROW, layout.last, layout.columns)
    _composition(page, plan, layout)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _write_unit(page: Page, plan: Plan, layout: Layout, number: int, report: UnitReport) -> None:
    code, row = report.unit.code, layout.rows[report.unit.code]
    record = _record(plan, layout, number, report)
    for index, column in enumerate(layout.columns):
        page.put(row, index, record.get(column.id), *column.style.split(), "heading")
    people = plan.statistics.elected
    own = people[people["unit"] == code].to_dict("records")
    for offset, person in enumerate(own, start=1):
        cells: dict[str, Cell] = {str(key): known(value) for key, value in person.items()}
        page.rows(layout.columns, [{**cells, "name": report.unit.name}], row + offset)


def _record(plan: Plan, layout: Layout, number: int, report: UnitReport) -> dict[str, Cell]:
    unit = plan.statistics.lines[report.unit.code]
    allotted, elected = unit["allotment"], unit["elected"]
    difference: Cell = None
    if allotted is not None and elected is not None:
        a, b = (xl_col_to_name(layout.columns.index_of(one)) for one in ("elected", "allotment"))
        row = layout.rows[report.unit.code] + 1
        difference = Formula(f"{a}{row}-{b}{row}", elected - allotted)
    return {
        "number": plan.to_unit(report.unit.code, number),
        "name": report.unit.name,
        "stage": plan.campaign.roles.stages.get(str(unit["stage"]), ""),
        "held_day": unit["held_day"],
        "allotment": allotted,
        "elected": elected,
        "listed": unit["listed"],
        "difference": difference,
    }


def _totals(page: Page, plan: Plan, layout: Layout) -> None:
    for index, column in enumerate(layout.columns):
        value: Cell = "Tổng cộng" if column.id == "name" else None
        if column.id in _SUMMED:
            cells = layout.range_of(column.id).split("!")[1]
            value = Formula(f"SUM({cells})", count_in(plan.statistics.overall, column.id))
        page.put(layout.last + 1, index, value, *column.style.split(), "total")


def _composition(page: Page, plan: Plan, layout: Layout) -> None:
    """Count the delegates elected by each column of choices, by formulas over the rows above."""
    people = plan.statistics.elected
    row = layout.last + 2
    for id_, column in person_columns(plan).items():
        if people.empty or column.kind is not FieldKind.CHOICE:
            continue
        cells = layout.range_of(id_).split("!")[1]
        for value, count in _value_counts(people[id_]):
            formula = Formula(f"SUMPRODUCT(--({cells}={literal(value)}))", count)
            name = f"Trong đó, {column.label.lower()}"
            page.rows(layout.columns, [{"name": name, "listed": formula, id_: value}], row)
            row += 1


def _value_counts(values: pd.Series[str]) -> list[tuple[str, int]]:
    """Return the values that occur with their counts, the most frequent first, then by name."""
    counts: dict[str, int] = {}
    for value in values.dropna():
        counts[str(value)] = counts.get(str(value), 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
