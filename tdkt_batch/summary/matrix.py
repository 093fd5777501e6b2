"""Sheet “Kết quả rà soát”: how every rule ended for every unit, as one mark a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tdkt_batch.model import Finding, Life, OutcomeKind
from tdkt_batch.report import UnitReport
from tdkt_batch.rules.rulebook import rule_book
from tdkt_batch.sheets import overflow
from tdkt_batch.sheets.cells import Cell, Formula, Link, column_range, literal, reference
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, HEAD_ROW, Page
from tdkt_batch.summary.outline import names_width, subordinate
from tdkt_batch.summary.plan import MATRIX, RULES, Plan
from tdkt_batch.wording.shared import OUTCOMES

MARKS: Mapping[str, str] = {
    OutcomeKind.PASS: "✓",
    OutcomeKind.FAIL: "✗",
    Life.WAIVED: "○",
    OutcomeKind.NOT_APPLICABLE: "–",
    OutcomeKind.UNKNOWN: "?",
    OutcomeKind.ERROR: "!",
}
"""A mark each way in which a rule may end; they differ in shape, so colour is not needed."""
_WORDS: Mapping[str, str] = {
    **{str(kind): words for kind, words in OUTCOMES.items()},
    Life.WAIVED: "Không đạt, đã chấp nhận giải trình",
}
_LOOKS: Mapping[str, str] = {
    OutcomeKind.PASS: "passed",
    OutcomeKind.FAIL: "failed",
    Life.WAIVED: "accepted",
    OutcomeKind.NOT_APPLICABLE: "passed",
    OutcomeKind.UNKNOWN: "undecided",
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
    shown = plan.campaign.rules[: overflow.MOST_COLUMNS - _UNIT_COLUMNS]
    names = (report.unit.name for report in plan.report.units)
    columns = (SheetColumn(rule.id, rule.id, _RULE_WIDTH, "mark") for rule in shown)
    return SheetColumns((
        SheetColumn("number", "STT", 4.5, "center small"),
        SheetColumn("name", "Đơn vị", names_width(names, most=36, size=9, least=28), "text small"),
        *columns,
    ))  # fmt: skip


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    columns = columns_of(plan)
    page.set_widths([column.width for column in columns])
    page.title_block(plan.head, "BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT")
    page.prose(6, _legend(), "prose", "small", size=10)
    _head(page, columns)
    ends = [
        _write_unit(page, plan, columns, FIRST_ROW + index)
        for index in range(len(plan.report.units))
    ]
    _totals(page, plan, columns, ends)
    _say_what_is_left_out(page, plan, columns, ends)
    page.dense(FIRST_ROW, plan.last_unit_row)
    page.fold(FIRST_ROW + index for index in subordinate(plan.report.units))
    page.filter(FIRST_ROW, plan.last_unit_row, columns)
    _key(page, plan, columns)
    page.repeat_and_freeze(_UNIT_COLUMNS)
    page.fit_to_width()


def _ends(report: UnitReport) -> Mapping[str, str]:
    """Return how each rule ended for a unit; a failing one that the board waived is so called."""
    waived = {one.code for one in report.findings if one.life is Life.WAIVED}
    return {
        one.rule: Life.WAIVED
        if one.outcome is OutcomeKind.FAIL and one.rule in waived
        else one.outcome
        for one in report.outcomes
    }


def _head(page: Page, columns: SheetColumns) -> None:
    """Write the heads, the rules' upright: there are many; each leads to its rule."""
    longest = max((len(column.head) for column in columns[_UNIT_COLUMNS:]), default=5)
    for index, column in enumerate(columns):
        if index < _UNIT_COLUMNS:
            page.merge_block(HEAD_ROW, HEAD_ROW + 1, index, index, column.head, "head")
            continue
        target = reference(RULES, FIRST_ROW + index - _UNIT_COLUMNS, 1)
        head = Link(column.head, target)
        page.merge_block(HEAD_ROW, HEAD_ROW + 1, index, index, head, "head", "upright", "small")
    page.height(HEAD_ROW, longest * _LINE_OF_CODE)
    page.height(HEAD_ROW + 1, 18)


def _legend() -> str:
    marks = "; ".join(f"{mark} {_WORDS[kind]}" for kind, mark in MARKS.items())
    return (
        f"{marks}; ô trống: không có báo cáo để rà soát hoặc căn cứ của cấp khác. "
        "Chú giải các mã: cuối biểu. Bấm mã: đến căn cứ; bấm ✗: đến nội dung cần xem xét"
    )


def _write_unit(page: Page, plan: Plan, columns: SheetColumns, row: int) -> Mapping[str, str]:
    """Write a unit's marks; return how each rule ended for it."""
    report = plan.report.units[row - FIRST_ROW]
    ends = _ends(report)
    findings = {one.code: one for one in report.findings}
    page.put(row, 0, plan.to_unit(report.unit.code, row - FIRST_ROW + 1), "center", "tiny")
    page.put(row, 1, report.unit.name, "text", "tiny")
    for index, column in enumerate(columns[_UNIT_COLUMNS:], start=_UNIT_COLUMNS):
        kind = ends.get(column.id)
        if kind is None:
            page.put(row, index, "", "mark")
        else:
            page.put(row, index, _mark(plan, kind, findings.get(column.id)), "mark", _LOOKS[kind])
    return ends


def _mark(plan: Plan, kind: str, finding: Finding | None) -> Cell:
    """Return a mark; one that failed leads to what was found."""
    return MARKS[kind] if finding is None else plan.to_finding(finding, MARKS[kind])


def _totals(
    page: Page, plan: Plan, columns: SheetColumns, ends: Sequence[Mapping[str, str]]
) -> None:
    """Count each mark of each rule below the units."""
    counts = Counter((rule, kind) for one in ends for rule, kind in one.items())
    most = max(counts.values(), default=0)
    for row, (kind, mark) in enumerate(MARKS.items(), start=plan.last_unit_row + 1):
        page.merge(row, 0, 1, f"{mark}  {_WORDS[kind]}", "text", "total", "small")
        for index, column in enumerate(columns[_UNIT_COLUMNS:], start=_UNIT_COLUMNS):
            cells = column_range(MATRIX, index, FIRST_ROW, plan.last_unit_row).split("!")[1]
            count = Formula(f"SUMPRODUCT(--({cells}={literal(mark)}))", counts[(column.id, kind)])
            page.put(row, index, count, "mark", "total", "upright")
        page.height(row, 6 + _LINE_OF_CODE * max(2, len(str(most))))


def _say_what_is_left_out(
    page: Page, plan: Plan, columns: SheetColumns, ends: Sequence[Mapping[str, str]]
) -> None:
    """Keep the marks of the rules for which the sheet has no columns."""
    left_out = plan.campaign.rules[len(columns) - _UNIT_COLUMNS :]
    if not left_out:
        return
    kept = SheetColumns(
        (*columns[:_UNIT_COLUMNS], *(SheetColumn(one.id, one.id, 5) for one in left_out))
    )
    records: list[dict[str, Cell]] = [
        {"number": n, "name": report.unit.name, **{r: MARKS[k] for r, k in end.items()}}
        for n, (report, end) in enumerate(zip(plan.report.units, ends, strict=True), start=1)
    ]
    path = page.rest.keep(MATRIX, kept, records)
    page.notice(overflow.notice(len(columns) - _UNIT_COLUMNS, len(plan.campaign.rules), "mã", path))


# --- the key to the codes ---------------------------------------------------------------------


def _key(page: Page, plan: Plan, columns: SheetColumns) -> None:
    """Write what each code stands for, several abreast, below the counts."""
    titles = {entry.id: f"{entry.title} ({entry.clause})" for entry in rule_book(plan.campaign)}
    top = plan.last_unit_row + len(MARKS) + 3
    page.merge(top - 1, 0, len(columns) - 1, "Chú giải các mã căn cứ", "section")
    parts = _parts(page)
    codes = [column.id for column in columns[_UNIT_COLUMNS:]]
    rows = -(-len(codes) // len(parts))
    for number, code in enumerate(codes):
        first, last = parts[number // rows]
        end = first + (_CODE_COLUMNS - 1 if first else 0)
        row = top + number % rows
        link = Link(code, reference(RULES, FIRST_ROW + number, 1))
        page.merge(row, first, end, link, "center", "tiny")
        page.merge(row, end + 1, last, titles[code], "text", "tiny")


def _parts(page: Page) -> list[tuple[int, int]]:
    """Return the first and last columns of the parts into which the key divides the page."""
    last = len(page.widths) - 1
    if last < _WIDE_ENOUGH:
        return [(0, last)]
    ends = [page.column_at((n + 1) / _KEYS_ABREAST) for n in range(_KEYS_ABREAST - 1)]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, last], strict=True))
