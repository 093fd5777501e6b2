"""The first part of “So với kỳ trước”: the province's totals of this month and of the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.figures.unit_figures import DELEGATES as ROLES
from tdkt_batch.figures.unit_figures import HONOURED, RESULTS, SEVERITIES, WAIVED
from tdkt_batch.report import UnitState
from tdkt_batch.sheets.cells import Cell, Formula, count_where, literal, sum_where
from tdkt_batch.sheets.page import Page
from tdkt_batch.summary import awards, delegates, districts, elected, units
from tdkt_batch.summary.changes_columns import FIGURES, compared, section
from tdkt_batch.summary.plan import DELEGATES, UNITS, Plan
from tdkt_batch.summary.sentences import lowered
from tdkt_batch.wording.shared import SEVERITIES as SEVERITY_WORDS
from tdkt_batch.wording.shared import UNIT_STATES

_RESULT_WORDS = (
    "Tập thể được biểu dương", "Cá nhân được biểu dương", "Hộ gia đình được biểu dương",
    "Đại biểu được bầu đi dự cấp trên",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """A total: its column, and its formulas of the month and to date, None where it has none."""

    label: str
    column: str
    month: str = ""
    to_date: str = ""


def write(page: Page, plan: Plan, row: int) -> int:
    """Write the part from ``row`` on; return the row after it."""
    section(page, row, "A. Số liệu toàn tỉnh")
    _heads(page, plan, row + 1)
    row += 3
    for number, line in enumerate(_lines(plan), start=1):
        _write_line(page, plan, row, number, line)
        row += 1
    return row


def _heads(page: Page, plan: Plan, row: int) -> None:
    page.merge_block(row, row + 1, 0, 0, "STT", "head")
    page.merge_block(row, row + 1, 1, FIGURES - 1, "Chỉ tiêu", "head")
    now, then = plan.report.month.vietnamese, compared(plan).month.vietnamese
    for first, over in ((FIGURES, "Trong tháng"), (FIGURES + 3, "Đến nay")):
        page.merge(row, first, first + 2, over, "head")
        for index, head in enumerate((now, then, "Tăng, giảm"), start=first):
            page.put(row + 1, index, head, "head")


def _write_line(page: Page, plan: Plan, row: int, number: int, line: Compared) -> None:
    past = compared(plan)
    page.put(row, 0, number, "center")
    page.merge(row, 1, FIGURES - 1, line.label, "text")
    for first, text, now, then in (
        (FIGURES, line.month, plan.month, past.month_figures),
        (FIGURES + 3, line.to_date, plan.to_date, past.figures_to_date),
    ):
        old = then.get(line.column) if text else None
        cells: list[Cell] = [None, old, None]
        if text:
            value = int(now.overall[line.column])
            cells[0] = Formula(text, value)
            cells[2] = _difference(row, first, value, old)
        for index, cell in enumerate(cells, start=first):
            page.put(row, index, cell, "signed" if index == first + 2 else "number")


def _difference(row: int, first: int, now: int, then: int | None) -> Formula | None:
    if then is None:
        return None
    a, b = (xl_col_to_name(one) for one in (first, first + 1))
    return Formula(f"{a}{row + 1}-{b}{row + 1}", now - then)


# --- the totals -------------------------------------------------------------------------------


def _lines(plan: Plan) -> Iterator[Compared]:
    yield from _reports(plan)
    yield from _conferences(plan)
    for role in ROLES:
        yield _delegates(
            plan, f"actual_{role}", f"Đại biểu đã dự: {lowered(delegates.HEADS[role])}"
        )
    yield _delegates(plan, "planned_total", "Đại biểu theo kế hoạch: tổng số")
    for role, label in zip(RESULTS, _RESULT_WORDS, strict=True):
        yield _result(plan, role, label)
    labels = {str(severity): words for severity, words in SEVERITY_WORDS.items()}
    labels |= {"unknown": "Chưa đủ số liệu để rà soát", WAIVED: "Đã chấp nhận giải trình"}
    for id_ in (*SEVERITIES, "unknown", WAIVED):
        text = f"SUM({plan.unit_range(UNITS, units.COLUMNS, id_)})"
        yield Compared(f"Nội dung cần xem xét: {lowered(labels[id_])}", id_, text)


def _reports(plan: Plan) -> Iterator[Compared]:
    total = districts.layout_of(plan).total
    months = plan.unit_range(UNITS, units.COLUMNS, "of_month")
    required, late, cells = (
        districts.cell_of(total, "required"),
        districts.cell_of(total, "state_late"),
        districts.cell_of(total, "reported"),
    )
    yield Compared("Đơn vị phải báo cáo", "required", required)
    yield Compared("Đơn vị có báo cáo dùng được", "reported", cells, f"COUNT({months})")
    yield Compared(f"Trong đó {lowered(UNIT_STATES[UnitState.LATE])}", "state_late", late)


def _conferences(plan: Plan) -> Iterator[Compared]:
    total = districts.layout_of(plan).total
    stages = plan.unit_range(UNITS, units.COLUMNS, "stage")
    reported = units.of_this_month(plan, plan.unit_range(UNITS, units.COLUMNS, "of_month"))
    in_month = districts.cell_of(total, "held_in_month")
    for stage, words in plan.campaign.roles.stages.items():
        column = f"stage_{stage}"
        text = count_where((stages, literal(words)), reported)
        label = f"Hội nghị: {lowered(words)}"
        yield Compared(label, column, text, districts.cell_of(total, column))
    yield Compared("Hội nghị tổ chức trong tháng", "held_in_month", in_month)
    marks = plan.unit_range(UNITS, units.COLUMNS, "overdue")
    condition = (marks, literal(units.MARK))
    label = "Hội nghị quá thời gian quy định mà chưa tổ chức"
    yield Compared(label, "overdue", count_where(condition, reported), count_where(condition))


def _delegates(plan: Plan, column: str, label: str) -> Compared:
    columns = delegates.columns_of(plan.statistics)
    cells, months = (plan.unit_range(DELEGATES, columns, one) for one in (column, "of_month"))
    month = sum_where(cells, units.of_this_month(plan, months))
    return Compared(label, column, month, f"SUM({cells})")


def _result(plan: Plan, role: str, label: str) -> Compared:
    layout = awards.layout_of(plan) if role in HONOURED else elected.layout_of(plan)
    cells, months = layout.range_of(role), layout.range_of("of_month")
    month = sum_where(cells, units.of_this_month(plan, months))
    return Compared(label, role, month, f"SUM({cells})")
