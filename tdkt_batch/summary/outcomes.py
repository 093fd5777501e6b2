"""Sheet “Kết quả rà soát”: how every rule ended for every unit, as one mark a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tdkt_batch.model import Life, OutcomeKind
from tdkt_batch.rules.rulebook import rule_book
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    Link,
    column_range,
    literal,
    reference,
    within_sheet,
)
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, HEAD_ROW, Page
from tdkt_batch.summary.plan import Plan, names_width
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import OUTCOMES

OWED = "owed"
"""The mark of a rule that cannot be decided for want of what another unit should give."""
MARKS: Mapping[str, str] = {
    OutcomeKind.PASS: "✓",
    OutcomeKind.FAIL: "✗",
    Life.WAIVED: "○",
    OutcomeKind.NOT_APPLICABLE: "–",
    OutcomeKind.UNKNOWN: "?",
    OWED: "…",
    OutcomeKind.ERROR: "!",
}
"""A mark each way in which a rule may end; they differ in shape, so colour is not needed."""
_WORDS: Mapping[str, str] = {
    **{str(kind): words for kind, words in OUTCOMES.items()},
    Life.WAIVED: say.FAILED_BUT_WAIVED,
    OWED: say.OWED,
}
_LOOKS: Mapping[str, str] = {
    OutcomeKind.PASS: "passed",
    OutcomeKind.FAIL: "failed",
    Life.WAIVED: "accepted",
    OutcomeKind.NOT_APPLICABLE: "passed",
    OutcomeKind.UNKNOWN: "undecided",
    OWED: "passed",
    OutcomeKind.ERROR: "broken",
}
_RULE_WIDTH = 1.9
_UNIT_COLUMNS = 2
_LINE_OF_CODE = 6.0
"""What a letter of an upright head is high, in points."""
_KEYS_ABREAST = 3
_WIDE_ENOUGH = 30
"""From how many columns on the key stands several abreast."""
_CODE_COLUMNS = 4
"""How many of the narrow columns a code of the key takes."""


def columns_of(plan: Plan) -> SheetColumns:
    """Return the sheet's columns: the unit's, then one a rule as far as a sheet goes."""
    names = (report.unit.name for report in plan.report.units)
    width = names_width(names, most=36, size=9, least=28)
    unit = ("number", 4.5, "center small"), ("name", width, "text small")
    shown = plan.campaign.rules[: overflow_files.MOST_COLUMNS - _UNIT_COLUMNS]
    rules = (SheetColumn(rule.id, rule.id, _RULE_WIDTH, "mark") for rule in shown)
    return SheetColumns((*SheetColumns.headed(say.REVIEW_HEADS, *unit), *rules))


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    columns = columns_of(plan)
    page.set_widths(columns.widths)
    marks = "; ".join(f"{mark} {_WORDS[kind]}" for kind, mark in MARKS.items())
    page.title_block(plan.head, say.REVIEW_TITLE)
    # upright: LibreOffice garbles slanted letters beside marks that the font lacks
    page.merge(6, 0, page.title_end, say.LEGEND.format(marks=marks), "prose")
    _head(page, columns)
    rows = range(FIRST_ROW, plan.last_unit_row + 1)
    ends = [_write_unit(page, plan, columns, row) for row in rows]
    _totals(page, plan, columns, ends)
    # the rules for which the sheet has no columns
    left_out = plan.campaign.rules[len(columns) - _UNIT_COLUMNS :]
    others = (SheetColumn(one.id, one.id, 5) for one in left_out)
    if left_out:
        records: list[dict[str, Cell]] = [
            {"number": n, "name": report.unit.name, **{r: MARKS[k] for r, k in end.items()}}
            for n, (report, end) in enumerate(zip(plan.report.units, ends, strict=True), start=1)
        ]
        path = page.rest.keep(page.name, SheetColumns((*columns[:_UNIT_COLUMNS], *others)), records)
        shown, of = len(columns) - _UNIT_COLUMNS, len(plan.campaign.rules)
        page.notice(overflow_files.notice(shown, of, say.REVIEW_LEFT_OUT, path))
    page.dense(FIRST_ROW, plan.last_unit_row)
    page.fold(plan.folded_rows)
    page.filter(FIRST_ROW, plan.last_unit_row, columns)
    _key(page, plan, columns)
    page.repeat_head(_UNIT_COLUMNS)
    page.for_screen()


def _head(page: Page, columns: SheetColumns) -> None:
    """Write the heads, the rules' upright: there are many; each leads to its rule."""
    longest = max((len(column.head) for column in columns[_UNIT_COLUMNS:]), default=5)
    for index, column in enumerate(columns):
        head: Cell = column.head
        upright: tuple[str, ...] = ()
        if index >= _UNIT_COLUMNS:
            rule = reference(say.RULE_BOOK, FIRST_ROW + index - _UNIT_COLUMNS, 1)
            head, upright = Link(column.head, rule), ("upright", "small")
        page.merge_block(HEAD_ROW, HEAD_ROW + 1, index, index, head, "head", *upright)
    page.height(HEAD_ROW, longest * _LINE_OF_CODE)
    page.height(HEAD_ROW + 1, 18)


def _write_unit(page: Page, plan: Plan, columns: SheetColumns, row: int) -> dict[str, str]:
    """Write a unit's marks; return how each rule ended for it.

    A failing rule that the board waived is so called; one that failed leads to its finding.
    """
    report = plan.report.units[row - FIRST_ROW]
    findings = {one.code: one for one in report.findings}
    waived = {code for code, one in findings.items() if one.life is Life.WAIVED}
    ends: dict[str, str] = {
        one.rule: OWED if one.owed_by else one.outcome for one in report.outcomes
    }
    ends |= {rule: Life.WAIVED for rule in waived if ends.get(rule) == OutcomeKind.FAIL}
    page.put(row, 0, plan.to_unit(report.unit.code, row - FIRST_ROW + 1), "center", "tiny")
    page.put(row, 1, report.unit.name, "text", "tiny")
    for index, column in enumerate(columns[_UNIT_COLUMNS:], start=_UNIT_COLUMNS):
        kind, finding = ends.get(column.id, ""), findings.get(column.id)
        mark: Cell = MARKS.get(kind, "")
        if finding and mark:
            mark = plan.to_finding(finding, MARKS[kind])
        page.put(row, index, mark, "mark", *_LOOKS.get(kind, "").split())
    return ends


def _totals(
    page: Page, plan: Plan, columns: SheetColumns, ends: Sequence[Mapping[str, str]]
) -> None:
    """Count each mark of each rule below the units."""
    counts = Counter((rule, kind) for one in ends for rule, kind in one.items())
    most = max(counts.values(), default=0)
    for row, (kind, mark) in enumerate(MARKS.items(), start=plan.last_unit_row + 1):
        page.put(row, 0, mark, "center", "total", "small")
        page.put(row, 1, _WORDS[kind], "text", "total", "small")
        for index, column in enumerate(columns[_UNIT_COLUMNS:], start=_UNIT_COLUMNS):
            whole = column_range(say.REVIEW, index, FIRST_ROW, plan.last_unit_row)
            text = f"SUMPRODUCT(--({within_sheet(whole)}={literal(mark)}))"
            count = Formula(text, counts[column.id, kind])
            page.put(row, index, count, "mark", "total", "upright")
        page.height(row, 6 + _LINE_OF_CODE * max(2, len(str(most))))


def _key(page: Page, plan: Plan, columns: SheetColumns) -> None:
    """Write what each code stands for, several abreast, below the counts."""
    titles = {entry.id: f"{entry.title} ({entry.clause})" for entry in rule_book(plan.campaign)}
    top, last = plan.last_unit_row + len(MARKS) + 3, len(columns) - 1
    page.merge(top - 1, 0, last, say.KEY_SECTION, "section")
    parts, width = [(0, last)], sum(page.widths)
    if last >= _WIDE_ENOUGH:
        ends = [page.column_at(width * (n + 1) / _KEYS_ABREAST) for n in range(_KEYS_ABREAST - 1)]
        parts = list(zip([0, *(end + 1 for end in ends)], [*ends, last], strict=True))
    codes = [column.id for column in columns[_UNIT_COLUMNS:]]
    rows = -(-len(codes) // len(parts))
    for number, code in enumerate(codes):
        first, end = parts[number // rows]
        title = first + (_CODE_COLUMNS if first else 1)
        row = top + number % rows
        link = Link(code, reference(say.RULE_BOOK, FIRST_ROW + number, 1))
        page.merge(row, first, title - 1, link, "center", "tiny")
        page.merge(row, title, end, titles[code], "text", "tiny")
