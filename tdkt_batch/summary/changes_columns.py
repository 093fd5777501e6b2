"""The columns that the three parts of “So với kỳ trước” share, and their headings."""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.report import MonthRecord
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary.plan import Plan

COLUMNS = SheetColumns((
    SheetColumn("number", "STT", 5, "center top"),
    SheetColumn("name", "Đơn vị", 28, "text top"),
    SheetColumn("change", "Thay đổi", 14, "center top"),
    SheetColumn("what", "Nội dung", 48, "text top"),
    SheetColumn("cell", "Ô", 10, "center top"),
    SheetColumn("then", "Kỳ trước", 14, "text top"),
    SheetColumn("now", "Kỳ này", 14, "text top"),
    SheetColumn("difference", "Tăng, giảm", 10, "number top"),
    SheetColumn("severity", "Mức độ", 12, "center top"),
    SheetColumn("since", "Từ tháng", 9, "center top"),
    SheetColumn("rule", "Mã căn cứ", 8, "center top small"),
    SheetColumn("parent", "Huyện, ngành", 17, "text top small"),
))  # fmt: skip
FIGURES = COLUMNS.index_of("cell")
"""The first column of figures in the first two parts; their labels fill what lies before."""


def compared(plan: Plan) -> MonthRecord:
    """Return the month that this one is compared with: the last before it that was run."""
    return plan.report.past[-1]


def section(page: Page, row: int, text: str) -> None:
    """Write the heading of a part of the sheet."""
    page.merge(row, 0, len(COLUMNS) - 1, text, "section")
    page.height(row, LINE + 6)


def heads(page: Page, row: int, label: str, figures: Sequence[str]) -> None:
    """Write a head of one row: number, label, then the figures' heads."""
    page.put(row, 0, "STT", "head")
    page.merge(row, 1, FIGURES - 1, label, "head")
    for index, head in enumerate(figures, start=FIGURES):
        page.put(row, index, head, "head")
