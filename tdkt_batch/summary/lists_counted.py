"""A list that is only counted: its rows by column of choices and value, group by group of units."""

from __future__ import annotations

from collections import Counter

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.sheet_list import SheetList
from tdkt_batch.figures.unit_lines import group_of
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.page import HEAD_ROW, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say

_HEAD_HEIGHT = 62
_COLUMN = 8.0
"""The width of each of the two columns that a cell takes, on a sheet of its own."""


def write(page: Page, plan: Plan, of: SheetList) -> None:
    """Write a counted list on a sheet of its own."""
    heads = len(say.ROSTER_HEADS) + len(_groups(plan)) + 1
    page.set_widths([_COLUMN] * (2 * heads))
    page.title_block(plan.head, of.title, of.note)
    page.for_screen()
    if plan.list_rows[of.id]:
        _counts(page, plan, of, HEAD_ROW)
    else:
        said = plan.campaign.words.said(of.empty)
        page.merge(HEAD_ROW, 0, len(page.widths) - 1, said, "text")


def write_below(page: Page, plan: Plan, of: SheetList, top: int) -> int:
    """Write a counted list below a sheet's table, its title in row ``top``.

    Returns where the next may begin. Without any row of the list nothing is written.
    """
    if not plan.list_rows[of.id]:
        return top
    page.merge(top, 0, 15, plan.campaign.words.said(of.title), "section")
    return _counts(page, plan, of, top + 1) + 2


def _groups(plan: Plan) -> list[str]:
    return [group.name for level in plan.campaign.levels for group in level.groups]


def _counts(page: Page, plan: Plan, of: SheetList, top: int) -> int:
    """Write the heads in row ``top`` and the counts below; return the last row.

    Who left a column blank, or wrote what cannot be read, is counted as not clear, the
    last of the column's values: each column's lines add up to all who are listed.
    """
    rows, groups = plan.list_rows[of.id], _groups(plan)
    for number, head in enumerate((*say.ROSTER_HEADS, *groups, say.ALL)):
        page.merge(top, 2 * number, 2 * number + 1, head, "head")
    page.height(top, _HEAD_HEIGHT)
    row = top
    for id_ in of.by:
        given = [(one.unit, one.values[id_]) for one in rows if id_ in one.values]
        given.sort(key=lambda one: one[1] is None)
        counts: dict[str, Counter[str]] = {}
        for unit, value in given:
            words = say.UNCLEAR_HEAD if value is None else str(value)
            counts.setdefault(words, Counter())[group_of(plan.campaign, unit.kind)] += 1
        for value, by_group in counts.items():
            row += 1
            page.merge(row, 0, 1, of.fields[id_].label, "text")
            page.merge(row, 2, 3, value, "text", "small")
            for first, group in enumerate(groups, start=2):
                page.merge(row, 2 * first, 2 * first + 1, by_group[group], "number")
            last = 4 + 2 * len(groups)
            cells = f"E{row + 1}:{xl_col_to_name(last - 1)}{row + 1}"
            total = Formula(f"SUM({cells})", by_group.total())
            page.merge(row, last, last + 1, total, "number", "bold")
    return row
