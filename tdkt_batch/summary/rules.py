"""Sheet “Căn cứ rà soát”: the rule book with the guidance's own words and our decisions."""

from __future__ import annotations

from tdkt_batch.model import Severity
from tdkt_batch.rules.rulebook import RuleBookEntry, rule_book
from tdkt_batch.sheets.cells import Cell, Link, reference
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, HEAD_ROW, Page
from tdkt_batch.summary import matrix
from tdkt_batch.summary.plan import MATRIX, Plan
from tdkt_batch.wording.shared import SEVERITIES

_TEXT = "text top"
COLUMNS = SheetColumns((
    SheetColumn("number", "STT", 5, "center top"),
    SheetColumn("title", "Nội dung rà soát", 26, "text top bold"),
    SheetColumn("clause", "Mục", 8, "center top"),
    SheetColumn("quote", "Trích Hướng dẫn", 46, "text top italic"),
    SheetColumn("condition", "Khi", 26, "text top small"),
    SheetColumn("check", "Yêu cầu", 32, "text top small"),
    SheetColumn("cases", "Mức độ khi không đạt", 34, "text top small"),
    SheetColumn("levels", "Cấp áp dụng", 20, "text top small"),
    SheetColumn("decision", "Quyết định của Ban, lý do", 34, "text top small"),
    SheetColumn("id", "Mã", 8, "code top"),
))  # fmt: skip


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(plan.head, "CĂN CỨ RÀ SOÁT", "Bấm mã: đến kết quả rà soát của các đơn vị")
    page.table_head(COLUMNS)
    marks = {column.id: index for index, column in enumerate(matrix.columns_of(plan))}
    records = [
        _record(number, entry, marks.get(entry.id))
        for number, entry in enumerate(rule_book(plan.campaign), start=1)
    ]
    page.rows(COLUMNS, records, FIRST_ROW)
    page.filter(FIRST_ROW, FIRST_ROW + len(records) - 1, COLUMNS)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _record(number: int, entry: RuleBookEntry, marks: int | None) -> dict[str, Cell]:
    """Return a rule's row; its code leads to the column ``marks`` of the units' marks."""
    decision = entry.decision
    if entry.is_ours:
        decision = f"Quy định của Ban: {decision}"
    return {
        "number": number,
        "title": entry.title,
        "clause": entry.clause,
        "quote": "\n".join(f"“{quote}”" for quote in entry.quotes),
        "condition": entry.condition,
        "check": entry.check,
        "cases": "\n".join(
            f"{SEVERITIES[Severity(case.severity)]}"
            + (f" (khi {case.when})" if case.when else "")
            + f": {case.message}"
            for case in entry.cases
        )
        or entry.treatment,
        "levels": "; ".join((*entry.level_names, *entry.unit_kinds)),
        "decision": decision,
        "id": entry.id if marks is None else Link(entry.id, reference(MATRIX, HEAD_ROW, marks)),
    }
