"""Sheet “Cơ cấu đại biểu”: planned and actual delegates of each unit, their shares and parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.figures.statistics import Statistics, known, line_of
from tdkt_batch.figures.unit_figures import DELEGATES
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets.cells import Cell, Formula, column_range, ratio_value
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.outline import names_width, subordinate
from tdkt_batch.summary.plan import DELEGATES as SHEET
from tdkt_batch.summary.plan import Plan

HEADS = {
    "total": "Tổng số",
    "exemplary": "Điển hình",
    "guests": "Khách mời, lãnh đạo",
    "others": "Thành phần khác",
    "women": "Nữ",
    "minorities": "Dân tộc thiểu số",
}
SHARED = ("exemplary", "guests", "women", "minorities")
"""The roles whose share of all delegates is shown."""
_PLANNED, _ACTUAL, _SHARES = "Kế hoạch", "Thực hiện (đơn vị đã tổ chức)", "Tỷ lệ trong tổng số"
_PARTS = "Trong đó (số có hiệu lực: thực hiện nếu đã tổ chức, nếu chưa thì kế hoạch)"


def columns_of(statistics: Statistics) -> SheetColumns:
    """Return the sheet's columns; the parts are the forms' own."""
    names = (str(line["name"]) for line in statistics.lines.values())
    return SheetColumns((
        SheetColumn("number", "STT", 4.5, "center small"),
        SheetColumn("name", "Đơn vị", names_width(names, most=36), "text small"),
        SheetColumn("of_month", "Số liệu của tháng", 7, "month small"),
        SheetColumn("stage", "Tình trạng", 14.5, "center small"),
        SheetColumn("held_day", "Ngày tổ chức", 10, "date small"),
        *(SheetColumn(f"planned_{r}", HEADS[r], 6.6, "number small", _PLANNED) for r in DELEGATES),
        *(SheetColumn(f"actual_{r}", HEADS[r], 6.6, "number small", _ACTUAL) for r in DELEGATES),
        *(SheetColumn(f"share_{r}", HEADS[r], 6.6, "percent small", _SHARES) for r in SHARED),
        *(
            SheetColumn(id_, label.removeprefix("Trong đó: ").capitalize(), 7, "number small", _PARTS)  # noqa: E501
            for id_, label in statistics.part_labels.items()
        ),
    ))  # fmt: skip


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    statistics = plan.statistics
    columns = columns_of(statistics)
    page.set_widths([column.width for column in columns])
    page.title_block(plan.head, "BIỂU TỔNG HỢP CƠ CẤU ĐẠI BIỂU", "Đơn vị tính: người")
    page.table_head(columns, "small")
    for number, report in enumerate(plan.report.units, start=1):
        record = _record(plan, columns, number, report)
        carried = ("carried",) if report.latest.carried else ()
        page.rows(columns, [record], FIRST_ROW + number - 1, *carried)
    _totals(page, plan, columns)
    page.dense(FIRST_ROW, plan.last_unit_row)
    page.fold(FIRST_ROW + index for index in subordinate(plan.report.units))
    page.filter(FIRST_ROW, plan.last_unit_row, columns)
    _roster(page, plan)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _record(plan: Plan, columns: SheetColumns, number: int, report: UnitReport) -> dict[str, Cell]:
    code = report.unit.code
    row = plan.statistics.lines[code]
    record: dict[str, Cell] = {
        "number": plan.to_unit(code, number),
        "name": report.unit.name,
        "of_month": row["of_month"],
        "stage": plan.campaign.roles.stages.get(str(row["stage"]), ""),
        "held_day": row["held_day"],
    }
    for prefix in ("planned", "actual"):
        for role in DELEGATES:
            record[f"{prefix}_{role}"] = row[f"{prefix}_{role}"]
    for id_, value in line_of(plan.statistics.parts, code).items():
        record[str(id_)] = known(value)
    for role in SHARED:
        record[f"share_{role}"] = _share(columns, FIRST_ROW + number, row, role)
    return record


def _share(columns: SheetColumns, excel_row: int, row: Mapping[str, Any], role: str) -> Cell:
    """Return the share in force of one role, by a formula over the unit's own row."""
    prefix = "actual" if row["stage"] == "held" else "planned"
    part, whole = row[f"{prefix}_{role}"], row[f"{prefix}_total"]
    if part is None or whole is None:
        return None
    cells = (
        f"{xl_col_to_name(columns.index_of(f'{prefix}_{one}'))}{excel_row}"
        for one in (role, "total")
    )
    a, b = cells
    return Formula(f'IF({b}=0,"–",{a}/{b})', ratio_value(part, whole))


def _totals(page: Page, plan: Plan, columns: SheetColumns) -> None:
    row = plan.last_unit_row + 1
    for index, column in enumerate(columns):
        page.put(row, index, _total(plan, columns, column), *column.style.split(), "total")


def _total(plan: Plan, columns: SheetColumns, column: SheetColumn) -> Cell:
    if column.id == "name":
        return "Tổng cộng"
    cells = _own_range(plan, columns, column.id)
    if column.over in (_PLANNED, _ACTUAL):
        return Formula(f"SUM({cells})", int(plan.statistics.overall[column.id]))
    if column.over == _PARTS:
        return Formula(f"SUM({cells})", int(plan.statistics.parts[column.id].sum()))
    return None


def _own_range(plan: Plan, columns: SheetColumns, id_: str) -> str:
    whole = column_range(SHEET, columns.index_of(id_), FIRST_ROW, plan.last_unit_row)
    return whole.split("!")[1]


def _roster(page: Page, plan: Plan) -> None:
    """Write what the delegates' lists say: people by group of units, column and value."""
    roster = plan.statistics.roster
    if roster.empty:
        return
    groups = [group.name for level in plan.campaign.levels for group in level.groups]
    top = plan.last_unit_row + 4
    text = "Theo danh sách kèm báo cáo (đại biểu điển hình tiên tiến và đại biểu được bầu)"
    page.merge(top - 1, 0, 15, text, "section")
    page.merge(top, 0, 1, "Đặc điểm", "head")
    page.merge(top, 2, 3, "Giá trị", "head")
    for number, group in enumerate((*groups, "Tổng số")):
        page.merge(top, 4 + 2 * number, 5 + 2 * number, group, "head")
    page.height(top, 62)
    counts = roster.pivot_table(
        index=["column", "value"], columns="group", values="people", fill_value=0, sort=False
    )
    for row, (key, line) in enumerate(counts.iterrows(), start=top + 1):
        name, value = key if isinstance(key, tuple) else (key, "")
        page.merge(row, 0, 1, str(name), "text")
        page.merge(row, 2, 3, str(value), "text", "small")
        for number, group in enumerate(groups):
            people = int(line.get(group, 0))
            page.merge(row, 4 + 2 * number, 5 + 2 * number, people, "number")
        last = 4 + 2 * len(groups)
        cells = f"E{row + 1}:{xl_col_to_name(last - 1)}{row + 1}"
        page.merge(row, last, last + 1, Formula(f"SUM({cells})", int(line.sum())), "number", "bold")
