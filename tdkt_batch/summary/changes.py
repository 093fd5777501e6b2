"""Sheet “So với kỳ trước”: the province's totals side by side, and the life of findings.

This month is compared with the last before it that was run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.figure import FigurePlace, Period
from tdkt_batch.figures.findings import Lives, lives_by
from tdkt_batch.model import Finding, Life
from tdkt_batch.report import MonthRecord, UnitReport
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    count_where,
    literal,
)
from tdkt_batch.sheets.page import HEAD_ROW, Page
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary import amounts, findings
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import LIVES

_WIDTHS = (5.0, 28.0, 14.0, 41.0, 10.0, 12.0, 12.0, 10.0, 12.0, 12.0, 8.0)
_FIGURES = 4
"""The first column of figures; the labels fill what lies before."""
_LAST = len(_WIDTHS) - 1
_STANDING = (Life.NEW, Life.REOPENED, Life.OPEN)
_FOR_SCREEN = "rule"
"""The table of the rules, the last and longest, is not printed."""
LivesLines = list[tuple[str, str, Lives]]
"""The lines of a table of lives: key as it stands in a column of findings, label, counts."""


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; in the first month one sentence says that there is nothing to compare."""
    page.set_widths(_WIDTHS)
    page.title_block(plan.head, say.CHANGES_TITLE)
    page.sheet.freeze_panes(4, 2)
    page.fit_to_width()
    page.sheet.repeat_rows(3)
    if not plan.report.past:
        page.merge(HEAD_ROW, 0, _LAST, say.FIRST_MONTH, "prose")
        return
    lives = _write_totals(page, plan, plan.report.past[-1], HEAD_ROW) + 1
    _write_lives(page, plan, _lives_tables(plan), lives)


def _section(page: Page, row: int, text: str) -> None:
    page.merge(row, 0, _LAST, text, "section")
    page.height(row, LINE + 6)


def _numbered(
    page: Page, row: int, number: Cell, label: str, figures: Sequence[Cell], *head: str
) -> None:
    """Write a line of the second part, or a head: number, label, figures."""
    page.put(row, 0, number, *(head or ("center",)))
    page.merge(row, 1, _FIGURES - 1, label, *(head or ("text",)))
    for index, figure in enumerate(figures, start=_FIGURES):
        page.put(row, index, figure, *(head or ("number", "dashed")))


def _difference(row: int, now: int, then: int, value: int) -> Formula:
    """Return what a row's column ``now`` is more than its column ``then``."""
    return Formula(f"{xl_col_to_name(now)}{row + 1}-{xl_col_to_name(then)}{row + 1}", value)


# --- A: the province's totals -----------------------------------------------------------------


def _write_totals(page: Page, plan: Plan, past: MonthRecord, row: int) -> int:
    """Write the first part from ``row`` on; return the row after it."""
    _section(page, row, say.TOTALS_PART)
    head = row + 1
    page.merge_block(head, head + 1, 0, 0, say.NUMBER, "head")
    page.merge_block(head, head + 1, 1, _FIGURES - 1, say.INDICATOR, "head")
    months = plan.report.month.vietnamese, past.month.vietnamese
    for first, over in ((_FIGURES, say.IN_MONTH), (_FIGURES + 3, say.TO_DATE)):
        page.merge(head, first, first + 2, over, "head")
        for index, text in enumerate((*months, say.DIFFERENCE), start=first):
            page.put(head + 1, index, text, "head")
    row += 3
    figures = plan.campaign.figures.standing_in(FigurePlace.COMPARISON)
    for number, figure in enumerate(figures, start=1):
        page.put(row, 0, number, "center")
        page.merge(row, 1, _FIGURES - 1, figure.label, "text")
        is_month, total = figure.period is Period.MONTH, plan.figures.total(figure.id)
        for first, is_own in ((_FIGURES, is_month), (_FIGURES + 3, not is_month)):
            current = difference = None
            if is_own:
                current = amounts.total(plan, figure.id)
                if total.last is not None:
                    change = total.value - total.last
                    difference = _difference(row, first, first + 1, change)
            page.put(row, first, current, "number")
            page.put(row, first + 1, total.last if is_own else None, "number")
            page.put(row, first + 2, difference, "signed")
        row += 1
    return row


# --- B: how long findings stand -----------------------------------------------------------------


def _lives_tables(plan: Plan) -> dict[str, LivesLines]:
    """Return the tables by the column of findings that they count by; none without findings.

    Lines stand in the order of what is registered, others by name; a rule's has its title.
    """
    words = plan.campaign.words.severities
    keys: dict[str, tuple[Callable[[UnitReport, Finding], str], list[str]]] = {
        "severity": (lambda _, one: words[one.severity], list(words.values())),
        "parent": (lambda unit, _: plan.district_of(unit), [u.name for u in plan.campaign.units]),
        "rule": (lambda _, one: one.code, [rule.id for rule in plan.campaign.rules]),
    }
    tables: dict[str, LivesLines] = {}
    for column, (key, order) in keys.items():
        lives = lives_by(plan.report, key)
        place = {name: number for number, name in enumerate(order)}
        for name in sorted(lives, key=lambda one: (place.get(one, len(place)), one)):
            title = plan.title_of(name)
            label = name if title == name else f"{name}  {title}"
            if fault := plan.common.get(name):
                label += say.SHARED_FAULT.format(units=fault.units, of=fault.of)
            tables.setdefault(column, []).append((name, label, lives[name]))
    return tables


def _write_lives(page: Page, plan: Plan, tables: dict[str, LivesLines], row: int) -> None:
    """Write the second part from ``row`` on.

    Counts are numbers where findings are too many to stand in their sheet; of what is
    mended always, for it stands there no more.
    """
    _section(page, row, say.LIVES_PART)
    row += 1
    if not tables:
        page.merge(row, 0, _LAST, say.NO_LIVES, "prose")
    of_life = findings.cells(plan, "life")
    for column, lines in tables.items():
        if column == _FOR_SCREEN:
            page.sheet.print_area(0, 0, row - 1, _LAST)
        _numbered(
            page, row, say.NUMBER, page.said(say.LIVES_TABLES[column]), say.LIVES_HEADS, "head"
        )
        noted = findings.cells(plan, column)
        for number, (key, label, lives) in enumerate(lines, start=1):
            row += 1
            texts = {
                life: count_where((noted, literal(key)), (of_life, literal(LIVES[life])))
                for life in (*_STANDING, Life.WAIVED)
            }
            found = [Formula(texts[one], lives.counts.get(one, 0)) for one in texts]
            together = "+".join(texts[one] for one in _STANDING)
            found.insert(len(_STANDING), Formula(together, lives.standing))
            counts: list[Cell] = [*found] if plan.lists_all else [one.value for one in found]
            counts += [lives.counts.get(Life.FIXED, 0), lives.longest or None]
            _numbered(page, row, number, label, counts)
        row += 1
