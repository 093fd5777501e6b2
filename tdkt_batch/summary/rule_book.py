"""Sheet “Căn cứ rà soát”: the rule book with the guidance's own words and our decisions."""

from __future__ import annotations

from tdkt_batch.model import Severity
from tdkt_batch.rules.rulebook import rule_book
from tdkt_batch.sheets.cells import Cell, Link, reference
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, HEAD_ROW, Page
from tdkt_batch.summary import outcomes
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say

COLUMNS = SheetColumns.headed(
    say.RULE_BOOK_HEADS,
    ("number", 5, "center top"), ("title", 26, "text top bold"), ("clause", 8, "center top"),
    ("quote", 46, "text top italic"), ("condition", 26, "text top small"),
    ("check", 32, "text top small"), ("cases", 34, "text top small"),
    ("levels", 20, "text top small"), ("decision", 34, "text top small"), ("id", 8, "code top"),
)  # fmt: skip


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; each code leads to the column of the units' outcomes."""
    page.open_table(plan.head, COLUMNS, say.RULE_BOOK_TITLE, say.RULE_BOOK_NOTE)
    marks = {column.id: index for index, column in enumerate(outcomes.columns_of(plan))}
    book, severities = rule_book(plan.campaign), plan.campaign.words.severities
    for row, entry in enumerate(book, start=FIRST_ROW):
        cases = []
        for case in entry.cases:
            when = say.CASE_WHEN.format(condition=case.when) if case.when else ""
            cases.append(f"{severities[Severity(case.severity)]}{when}: {case.message}")
        ours = say.OF_THE_BOARD.format(decision=entry.decision)
        record: dict[str, Cell] = {
            "number": row - FIRST_ROW + 1,
            "title": entry.title,
            "clause": entry.clause,
            "quote": "\n".join(f"“{quote}”" for quote in entry.quotes),
            "condition": entry.condition,
            "check": entry.check,
            "cases": "\n".join(cases) or entry.treatment,
            "levels": "; ".join((*entry.level_names, *entry.unit_kinds)),
            "decision": ours if entry.is_ours else entry.decision,
            "id": entry.id,
        }
        if entry.id in marks:
            record["id"] = Link(entry.id, reference(say.REVIEW, HEAD_ROW, marks[entry.id]))
        page.row(row, COLUMNS, record)
    page.filter(FIRST_ROW, FIRST_ROW + len(book) - 1, COLUMNS)
    page.for_screen()
