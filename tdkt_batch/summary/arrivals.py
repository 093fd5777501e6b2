"""Sheet “Tình hình gửi báo cáo”: each unit of the register in exactly one state, whom to call."""

from __future__ import annotations

from tdkt_batch.report import FileState, UnitReport, UnitState
from tdkt_batch.summary.cells import Cell, Formula, column_range, literal
from tdkt_batch.summary.columns import Column, Columns
from tdkt_batch.summary.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import ARRIVALS, Plan
from tdkt_batch.wording import FILE_STATES, UNIT_STATES

COLUMNS = Columns((
    Column("number", "STT", 5, "center"),
    Column("name", "Đơn vị", 32, "text"),
    Column("kind", "Loại", 13, "text small"),
    Column("parent", "Trực thuộc", 20, "text small"),
    Column("deadline", "Thời hạn", 11.5, "date"),
    Column("state", "Trạng thái", 13, "center"),
    Column("received", "Thời điểm nhận", 16.5, "moment"),
    Column("late", "Số ngày muộn", 7, "number"),
    Column("contact", "Người liên hệ", 18, "text"),
    Column("phone", "Điện thoại", 15, "center"),
    Column("file", "Tệp được dùng", 36, "code"),
    Column("note", "Ghi chú", 34, "text small"),
))  # fmt: skip
_LOOKS = {
    UnitState.LATE: "warning",
    UnitState.EMPTY: "violation",
    UnitState.UNREADABLE: "violation",
    UnitState.MISSING: "violation",
    UnitState.NOT_REQUIRED: "unknown",
}


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(plan.head, "BIỂU TỔNG HỢP TÌNH HÌNH GỬI BÁO CÁO")
    page.table_head(COLUMNS)
    for number, report in enumerate(plan.report.units, start=1):
        record = _record(plan, number, report)
        look = _LOOKS.get(report.state)
        for index, column in enumerate(COLUMNS):
            parts = (look,) if look and column.id == "state" else ()
            page.put(
                FIRST_ROW + number - 1, index, record[column.id], *column.style.split(), *parts
            )
    _state_counts(page, plan)
    page.filter(FIRST_ROW, plan.last_unit_row, COLUMNS)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _record(plan: Plan, number: int, report: UnitReport) -> dict[str, Cell]:
    unit = report.unit
    deadline = plan.campaign.deadline(unit.level).falls_on(plan.report.month)
    late = (report.received.date() - deadline).days if report.received else 0
    preparer, phone = (_given(plan, report, role) for role in ("preparer", "phone"))
    return {
        "number": plan.to_unit(unit.code, number),
        "name": unit.name,
        "kind": unit.kind,
        "parent": plan.statistics.lines[unit.code]["parent_name"],
        "deadline": deadline,
        "state": plan.to_file(report, UNIT_STATES[report.state]),
        "received": report.received,
        "late": late if report.state is UnitState.LATE and late > 0 else None,
        "contact": unit.contact or preparer,
        "phone": unit.phone or phone,
        "file": plan.file_name(report),
        "note": _note(plan, report),
    }


def _given(plan: Plan, report: UnitReport, role: str) -> str:
    """Return what the unit's own form says, for want of an entry in the register."""
    name = plan.campaign.roles.figures.get(role, "")
    value = report.submission.values.get(name) if report.submission else None
    return value.value if value is not None and isinstance(value.value, str) else ""


def _note(plan: Plan, report: UnitReport) -> str:
    """Say what came from a unit besides the file that counts, and why it does not count."""
    unused = [
        f"{FILE_STATES[file.state]}: {file.source.name}"
        + (f" – {file.reason}" if file.reason else "")
        for file in plan.report.files
        if file.unit == report.unit.code and file.state is not FileState.USED
    ]
    return "\n".join([*unused, *([report.unit.note] if report.unit.note else [])])


def _state_counts(page: Page, plan: Plan) -> None:
    """Count the states below the units: together they are all units."""
    row = plan.last_unit_row + 2
    name, state = COLUMNS.index_of("name"), COLUMNS.index_of("state")
    cells = column_range(ARRIVALS, state, FIRST_ROW, plan.last_unit_row).split("!")[1]
    page.put(row, name, "Số đơn vị theo trạng thái", "head")
    page.put(row, name + 1, "Số đơn vị", "head")
    for one, words in UNIT_STATES.items():
        row += 1
        count = int(plan.statistics.overall[f"state_{one}"])
        page.put(row, name, words, "text")
        page.put(row, name + 1, Formula(f"COUNTIF({cells},{literal(words)})", count), "number")
    first = row - len(UNIT_STATES) + 1
    counts = column_range(ARRIVALS, name + 1, first, row).split("!")[1]
    page.put(row + 1, name, "Tổng số đơn vị", "text", "total")
    total = Formula(f"SUM({counts})", int(plan.statistics.overall["units"]))
    page.put(row + 1, name + 1, total, "number", "total")
    last = len(COLUMNS) - 1
    for offset, deadline in enumerate(plan.campaign.deadlines, start=3):
        level = plan.campaign.level(deadline.level).name
        text = f"Thời hạn của {level}: gửi {deadline.recipient}; theo {deadline.letter}."
        page.merge(row + offset, name, last, text, "prose", "italic")
