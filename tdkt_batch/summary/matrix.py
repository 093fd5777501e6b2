"""Sheet “Kết quả rà soát”: how every rule ended for every unit, as one mark a cell."""

from __future__ import annotations

from tdkt_batch.model import OutcomeKind
from tdkt_batch.report import UnitReport
from tdkt_batch.statistics import count_in, line_of
from tdkt_batch.summary.cells import Cell, Formula, column_range, literal
from tdkt_batch.summary.columns import Column, Columns
from tdkt_batch.summary.page import FIRST_ROW, HEAD_ROW, Page
from tdkt_batch.summary.plan import MATRIX, Plan
from tdkt_batch.wording import OUTCOMES

MARKS = {
    OutcomeKind.PASS: "✓",
    OutcomeKind.FAIL: "✗",
    OutcomeKind.NOT_APPLICABLE: "–",
    OutcomeKind.UNKNOWN: "?",
    OutcomeKind.ERROR: "!",
}
_LOOKS = {
    OutcomeKind.FAIL: "violation",
    OutcomeKind.UNKNOWN: "unknown",
    OutcomeKind.ERROR: "error",
}
_RULE_WIDTH = 3.1


def columns_of(plan: Plan) -> Columns:
    """Return the sheet's columns: the unit's, then one a rule."""
    rules = (Column(rule.id, rule.id, _RULE_WIDTH, "mark") for rule in plan.campaign.rules)
    return Columns((
        Column("number", "STT", 5, "center"),
        Column("name", "Đơn vị", 30, "text small"),
        *rules,
    ))  # fmt: skip


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    columns = columns_of(plan)
    page.set_widths([column.width for column in columns])
    page.title_block(plan.head, "BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT")
    page.prose(6, _legend(), "prose", "small", size=10)
    _head(page, columns)
    for number, report in enumerate(plan.report.units, start=1):
        _write_unit(page, plan, columns, number, report)
    _totals(page, plan, columns)
    page.filter(FIRST_ROW, plan.last_unit_row, columns)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _head(page: Page, columns: Columns) -> None:
    """Write the heads, the rules' upright: there are many."""
    for index, column in enumerate(columns):
        upright = ("upright",) if index > 1 else ()
        page.merge_block(HEAD_ROW, HEAD_ROW + 1, index, index, column.head, "head", *upright)
    for row in (HEAD_ROW, HEAD_ROW + 1):
        page.height(row, 22)


def _legend() -> str:
    marks = "; ".join(f"{mark} {OUTCOMES[kind]}" for kind, mark in MARKS.items())
    return f"{marks}; ô trống: không có báo cáo để rà soát hoặc căn cứ của cấp khác"


def _write_unit(page: Page, plan: Plan, columns: Columns, number: int, report: UnitReport) -> None:
    row = FIRST_ROW + number - 1
    ends = {outcome.rule: outcome.outcome for outcome in report.outcomes}
    page.put(row, 0, plan.to_unit(report.unit.code, number), "center")
    page.put(row, 1, report.unit.name, "text", "small")
    for index, column in enumerate(columns[2:], start=2):
        kind = ends.get(column.id)
        look = (_LOOKS[kind],) if kind in _LOOKS else ()
        page.put(row, index, MARKS[kind] if kind else "", "mark", *look)


def _totals(page: Page, plan: Plan, columns: Columns) -> None:
    """Count each mark of each rule below the units."""
    counts = plan.statistics.rules
    for row, (kind, mark) in enumerate(MARKS.items(), start=plan.last_unit_row + 1):
        page.merge(row, 0, 1, f"{mark}  {OUTCOMES[kind]}", "text", "total")
        for index, column in enumerate(columns[2:], start=2):
            cells = column_range(MATRIX, index, FIRST_ROW, plan.last_unit_row).split("!")[1]
            value: Cell = Formula(
                f"SUMPRODUCT(--({cells}={literal(mark)}))",
                count_in(line_of(counts, column.id), str(kind)),
            )
            page.put(row, index, value, "mark", "total")
