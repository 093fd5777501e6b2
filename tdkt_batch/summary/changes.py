"""Sheet “So với kỳ trước”: totals side by side, the life of findings, what changed unit by unit.

This month is compared with the last before it that was run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.figure import FigurePlace, Period
from tdkt_batch.figures.findings import Lives, lives_by
from tdkt_batch.model import Finding, Life
from tdkt_batch.report import MonthRecord, UnitReport
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    Link,
    column_range,
    count_where,
    literal,
)
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import HEAD_ROW, Page
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary import amounts, findings
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import LIVES, UNIT_STATES

COLUMNS = SheetColumns.headed(
    say.CHANGES_HEADS,
    ("number", 5, "center top"), ("name", 28, "text top"), ("change", 14, "center top"),
    ("what", 48, "text top"), ("cell", 10, "center top"), ("then", 14, "text top"),
    ("now", 14, "text top"), ("difference", 10, "number top"), ("severity", 12, "center top"),
    ("since", 9, "center top"), ("rule", 8, "center top small"), ("parent", 17, "text top small"),
)  # fmt: skip
_FIGURES = COLUMNS.index_of("cell")
"""The first column of figures in the first two parts; their labels fill what lies before."""
_LAST = len(COLUMNS) - 1
_STANDING = (Life.NEW, Life.REOPENED, Life.OPEN)
_SHORT = 40
"""A longer text of a unit stands in the message already."""
Record = dict[str, Cell]
LivesLines = list[tuple[str, str, Lives]]
"""The lines of a table of lives: key as it stands in a column of findings, label, counts."""


@dataclass(frozen=True, slots=True)
class ChangeRows:
    """The first and the last row of the changes unit by unit."""

    first: int
    last: int

    def range_of(self, id_: str) -> str:
        """Return the range of a column over all changes."""
        return column_range(say.CHANGES, COLUMNS.index_of(id_), self.first, self.last)


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; in the first month one sentence says that there is nothing to compare."""
    page.set_widths(COLUMNS.widths)
    page.title_block(plan.head, say.CHANGES_TITLE)
    page.sheet.freeze_panes(4, 2)
    page.fit_to_width()
    if not plan.report.past:
        page.merge(HEAD_ROW, 0, _LAST, say.FIRST_MONTH, "prose")
        page.sheet.repeat_rows(3)
        return
    then = plan.report.past[-1]
    lives = _write_totals(page, plan, then, HEAD_ROW) + 1
    tables = _lives_tables(plan)
    # heading, then of each table its head and its lines, else one sentence
    row = lives + 1 + (sum(len(lines) + 1 for lines in tables.values()) or 1) + 1
    changes = list(_changes(plan, then))
    rows = ChangeRows(row + 2, row + 1 + max(len(changes), 1))
    _write_lives(page, plan, tables, lives, rows)
    page.sheet.set_h_pagebreaks([row])
    months = {"now": plan.report.month.vietnamese, "then": then.month.vietnamese}
    _section(page, row, say.UNITS_PART.format(**months))
    _write_changes(page, changes, rows)


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


def _write_lives(
    page: Page, plan: Plan, tables: dict[str, LivesLines], row: int, changes: ChangeRows
) -> None:
    """Write the second part from ``row`` on; ``changes`` is where mended findings stand.

    Counts are numbers where findings are too many to stand in their sheet.
    """
    _section(page, row, say.LIVES_PART)
    row += 1
    if not tables:
        page.merge(row, 0, _LAST, say.NO_LIVES, "prose")
    mended = changes.range_of("change"), literal(LIVES[Life.FIXED])
    of_life = findings.cells(plan, "life")
    for column, lines in tables.items():
        _numbered(
            page, row, say.NUMBER, page.said(say.LIVES_TABLES[column]), say.LIVES_HEADS, "head"
        )
        noted, listed = findings.cells(plan, column), changes.range_of(column)
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
            fixed = lives.counts.get(Life.FIXED, 0)
            text = count_where(mended, (listed, literal(key)))
            counts += [Formula(text, fixed) if fixed else 0, lives.longest or None]
            _numbered(page, row, number, label, counts)
        row += 1


# --- C: what changed unit by unit ---------------------------------------------------------------


def _write_changes(page: Page, changes: list[Record], rows: ChangeRows) -> None:
    """Write the third part below its heading, its head repeated on every page."""
    head = rows.first - 1
    for index, column in enumerate(COLUMNS):
        page.put(head, index, column.head, "head")
    page.height(head, 2 * LINE + 3)
    page.sheet.repeat_rows(head)
    if not changes:
        page.merge(rows.first, 0, _LAST, say.NO_CHANGES, "center")
        return
    for number, record in enumerate(changes, start=1):
        row, link = rows.first + number - 1, record["number"]
        record["number"] = Link(number, link.target) if isinstance(link, Link) else number
        now, then = record.get("now"), record.get("then")
        if isinstance(now, int) and isinstance(then, int):
            at = COLUMNS.index_of
            record["difference"] = _difference(row, at("now"), at("then"), now - then)
        page.row(row, COLUMNS, record)
    page.filter(rows.first, rows.last, COLUMNS)


def _changes(plan: Plan, past: MonthRecord) -> Iterator[Record]:
    """Yield the lines: the state, the figures, the mended, new and waived findings of each unit."""
    for unit in plan.report.units:
        of_unit: Record = {
            "number": plan.to_unit(unit.unit.code, ""),
            "name": unit.unit.name,
            "parent": plan.district_of(unit),
        }
        for record in _changes_of(plan, past, unit):
            yield of_unit | record
    known = {unit.unit.code for unit in plan.report.units}
    names = {unit.code: unit.name for unit in plan.campaign.units}
    for code, state in past.states.items():
        if code not in known:
            left: Record = {"number": None, "name": names.get(code, code), "change": say.LEFT}
            yield left | {"then": UNIT_STATES[state]}


def _changes_of(plan: Plan, past: MonthRecord, report: UnitReport) -> Iterator[Record]:
    then, now = past.states.get(report.unit.code), UNIT_STATES[report.state]
    if then is None:
        yield {"change": say.JOINED, "now": now}
    elif then is not report.state:
        states: Record = {"then": UNIT_STATES[then], "now": now}
        yield {"change": say.STATE_CHANGED, "what": say.STATE_OF_REPORT, **states}
    for change in report.changes:
        figures: Record = {"then": _figure(change.old), "now": _figure(change.new)}
        what: Record = {"what": change.label, "cell": change.cell}
        yield {"change": say.FIGURE_CHANGED, **what, **figures}
    for finding in report.gone:
        yield _of_finding(plan, finding, Life.FIXED)
    for finding in report.findings:
        decision = finding.decision
        is_news = finding.life in (Life.NEW, Life.REOPENED)
        if finding.life is Life.WAIVED:
            is_news = decision is not None and decision.month == plan.report.month
        if is_news:
            record = _of_finding(plan, finding, finding.life)
            yield record | {"number": plan.to_finding(finding, "")}


def _figure(text: str) -> Cell:
    """Return a figure as a number where it is one, so that its difference can be taken."""
    if not text:
        return say.BLANK
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _of_finding(plan: Plan, finding: Finding, life: Life) -> Record:
    """Return the line of a finding; what the unit wrote stands where it belongs in time."""
    given = "then" if life is Life.FIXED else "now"
    return {
        "change": LIVES[life],
        "what": finding.message,
        "cell": finding.cell,
        given: _figure(finding.given) if 0 < len(finding.given) <= _SHORT else None,
        "severity": plan.campaign.words.severities[finding.severity],
        "since": (finding.since or finding.month).vietnamese,
        "rule": finding.code,
    }
