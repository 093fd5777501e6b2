"""Sheet “Tình hình gửi báo cáo”: each unit of the register in one state, whom to call first.

Those without a usable report stand above, the longest silent first; then who was
late, who was in time, who need not report. Lateness cites the board's letter that
sets the deadline, never the guidance.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tdkt_batch.campaign.definition import Deadline
from tdkt_batch.report import FileState, UnitReport, UnitState
from tdkt_batch.sheets.cells import Cell, Formula, column_range, literal
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import ARRIVALS, Plan
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording.shared import DECISIONS, FILE_STATES, UNIT_STATES

COLUMNS = SheetColumns((
    SheetColumn("number", "STT", 5, "center"),
    SheetColumn("name", "Đơn vị", 32, "text"),
    SheetColumn("kind", "Loại", 13, "text small"),
    SheetColumn("parent", "Trực thuộc", 20, "text small"),
    SheetColumn("deadline", "Thời hạn", 11.5, "date"),
    SheetColumn("state", "Trạng thái", 13, "center"),
    SheetColumn("received", "Thời điểm nhận", 16.5, "moment"),
    SheetColumn("late", "Số ngày muộn", 7, "number"),
    SheetColumn("silent", "Số tháng liền chưa báo cáo", 8.5, "number"),
    SheetColumn("never", "Chưa từng báo cáo", 7.5, "mark"),
    SheetColumn("latest", "Báo cáo gần nhất", 8, "month"),
    SheetColumn("contact", "Người liên hệ", 18, "text"),
    SheetColumn("phone", "Điện thoại", 15, "center"),
    SheetColumn("file", "Tệp được dùng", 30, "code"),
    SheetColumn("note", "Ghi chú", 36, "text small"),
))  # fmt: skip
MARK = "x"
"""Marks a unit that never reported."""
_LOOKS = {
    UnitState.LATE: "warning",
    UnitState.EMPTY: "violation",
    UnitState.UNREADABLE: "violation",
    UnitState.MISSING: "violation",
    UnitState.NOT_REQUIRED: "unknown",
}
_ORDER = {
    UnitState.MISSING: 0,
    UnitState.EMPTY: 0,
    UnitState.UNREADABLE: 0,
    UnitState.LATE: 1,
    UnitState.ON_TIME: 2,
    UnitState.NOT_REQUIRED: 3,
}


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(
        plan.head,
        "BIỂU TỔNG HỢP TÌNH HÌNH GỬI BÁO CÁO",
        "Đơn vị cần gọi trước xếp trên: chưa có báo cáo dùng được nhiều tháng liền nhất",
    )
    page.table_head(COLUMNS)
    for number, report in enumerate(chase_order(plan.report.units), start=1):
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


def chase_order(units: Sequence[UnitReport]) -> list[UnitReport]:
    """Return the units as they are to be called: the longest silent first, else as registered."""

    def key(report: UnitReport) -> tuple[int, int, bool]:
        return _ORDER[report.state], -report.silent, report.ever_reported

    return sorted(units, key=key)


def _record(plan: Plan, number: int, report: UnitReport) -> dict[str, Cell]:
    unit = report.unit
    deadline = plan.campaign.deadline(unit.level).falls_on(plan.report.month)
    awaited = report.state is not UnitState.NOT_REQUIRED
    preparer, phone = (_given(plan, report, role) for role in ("preparer", "phone"))
    return {
        "number": plan.to_unit(unit.code, number),
        "name": unit.name,
        "kind": unit.kind,
        "parent": plan.statistics.lines[unit.code]["parent_name"],
        "deadline": deadline,
        "state": plan.to_file(report, UNIT_STATES[report.state]),
        "received": report.received,
        "late": _days_late(report, deadline),
        "silent": report.silent or None,
        "never": MARK if awaited and not report.ever_reported else "",
        "latest": plan.statistics.lines[unit.code]["of_month"],
        "contact": unit.contact or preparer,
        "phone": unit.phone or phone,
        "file": plan.file_name(report),
        "note": _note(plan, report),
    }


def _days_late(report: UnitReport, deadline: date) -> int | None:
    if report.state is not UnitState.LATE or report.received is None:
        return None
    return max((report.received.date() - deadline).days, 0) or None


def _given(plan: Plan, report: UnitReport, role: str) -> str:
    """Return what the unit's own form says, for want of an entry in the register."""
    name = plan.campaign.roles.figures.get(role, "")
    submission = report.latest.submission
    value = submission.values.get(name) if submission else None
    return value.value if value is not None and isinstance(value.value, str) else ""


def _note(plan: Plan, report: UnitReport) -> str:
    """Say why it need not report, and what else came from it and why that does not count."""
    unused = [
        f"{FILE_STATES[file.state]}: {file.source.name}"
        + (f" – {file.reason}" if file.reason else "")
        for file in plan.report.files
        if file.unit == report.unit.code and file.state is not FileState.USED
    ]
    return "\n".join(one for one in (_excuse(report), *unused, report.unit.note) if one)


def _excuse(report: UnitReport) -> str:
    excuse = report.excuse
    if excuse is None:
        return ""
    signed = f" ({excuse.approver})" if excuse.approver else ""
    return f"{DECISIONS[excuse.kind]}: {excuse.reason or 'theo quyết định của Ban'}{signed}"


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
    page.put(row + 1, name + 2, _agreement(plan, name, counts), "center", "total")
    last = len(COLUMNS) - 1
    for offset, deadline in enumerate(plan.campaign.deadlines, start=3):
        text = _deadline_in_words(plan, deadline)
        page.merge(row + offset, name, last, text, "prose", "italic")


def _agreement(plan: Plan, name: int, counts: str) -> Formula:
    """Return whether the states add up to the units of the register."""
    names = column_range(ARRIVALS, name, FIRST_ROW, plan.last_unit_row).split("!")[1]
    text = f'IF(SUM({counts})=COUNTA({names}),"Khớp danh sách","Không khớp")'
    return Formula(text, "Khớp danh sách")


def _deadline_in_words(plan: Plan, deadline: Deadline) -> str:
    """Say until when a level reports, to whom, and under which letter of the board."""
    month = plan.report.month
    moved = f" (chuyển từ ngày {deadline.day})" if month in deadline.moved else ""
    return (
        f"Thời hạn của {plan.campaign.level(deadline.level).name}: "
        f"{write_day(deadline.falls_on(month))}{moved}, gửi {deadline.recipient}; "
        f"căn cứ tính gửi muộn: {deadline.set_by(month)}."
    )
