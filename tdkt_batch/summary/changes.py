"""Sheet “So với kỳ trước”: totals side by side, the life of findings, what changed unit by unit."""

from __future__ import annotations

from tdkt_batch.sheets.page import HEAD_ROW, Page
from tdkt_batch.summary import changes_lives, changes_totals, changes_units
from tdkt_batch.summary.changes_columns import COLUMNS
from tdkt_batch.summary.plan import Plan

FIRST_MONTH = "Đây là kỳ báo cáo đầu tiên được tổng hợp; chưa có kỳ trước để so sánh."


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; in the first month one sentence says that there is nothing to compare."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(plan.head, "BIỂU SO SÁNH VỚI KỲ TRƯỚC")
    page.sheet.freeze_panes(4, 2)
    page.fit_to_width()
    if not plan.report.past:
        page.merge(HEAD_ROW, 0, len(COLUMNS) - 1, FIRST_MONTH, "prose")
        page.sheet.repeat_rows(3)
        return
    lives = changes_totals.write(page, plan, HEAD_ROW) + 1
    units = lives + changes_lives.height_of(plan) + 1
    changes_lives.write(page, plan, lives, changes_units.Layout.of(plan, units))
    page.sheet.set_h_pagebreaks([units])
    changes_units.write(page, plan, units)
