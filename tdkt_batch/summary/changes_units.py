"""The third part of “So với kỳ trước”: unit by unit what changed, each row with a way to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.model import Finding, Life
from tdkt_batch.report import Change, UnitReport
from tdkt_batch.sheets.cells import Cell, Formula, Link, column_range
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.writing import LINE
from tdkt_batch.summary.changes_columns import COLUMNS, compared, section
from tdkt_batch.summary.plan import CHANGES, Plan
from tdkt_batch.wording.shared import LIVES, SEVERITIES, UNIT_STATES

NOTHING = "Không có thay đổi nào so với kỳ trước."
_BLANK = "(để trống)"
_STATE, _FIGURE = "Gửi báo cáo", "Số liệu"
_SHORT = 40
"""A longer text of a unit stands in the message already."""
_JOINED, _LEFT = "Mới có trong danh sách", "Không còn trong danh sách"
Record = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Layout:
    """The first and the last row of the part's lines."""

    first: int
    last: int

    @classmethod
    def of(cls, plan: Plan, row: int) -> Layout:
        """Return where the lines stand when the part begins at ``row``."""
        lines = sum(1 for _ in _records(plan))
        return cls(row + 2, row + 2 + max(lines, 1) - 1)

    def range_of(self, id_: str) -> str:
        """Return the range of a column over all lines."""
        return column_range(CHANGES, COLUMNS.index_of(id_), self.first, self.last)


def write(page: Page, plan: Plan, row: int) -> None:
    """Write the part from ``row`` on, its head repeated on every page."""
    then, now = compared(plan).month.vietnamese, plan.report.month.vietnamese
    section(page, row, f"C. Thay đổi theo đơn vị: tháng {now} so với tháng {then}")
    for index, column in enumerate(COLUMNS):
        page.put(row + 1, index, column.head, "head")
    page.height(row + 1, 2 * LINE + 3)
    page.sheet.repeat_rows(row + 1)
    layout = Layout.of(plan, row)
    records = list(_records(plan))
    if not records:
        page.merge(layout.first, 0, len(COLUMNS) - 1, NOTHING, "center")
        return
    for number, record in enumerate(records, start=1):
        at = layout.first + number - 1
        record["number"] = _numbered(record["number"], number)
        record["difference"] = _difference(record, at)
        page.rows(COLUMNS, [record], at)
    page.filter(layout.first, layout.last, COLUMNS)


def _numbered(link: Cell, number: int) -> Cell:
    return Link(number, link.target) if isinstance(link, Link) else number


def _difference(record: Record, row: int) -> Formula | None:
    then, now = record.get("then"), record.get("now")
    if not isinstance(then, int) or not isinstance(now, int):
        return None
    a, b = (xl_col_to_name(COLUMNS.index_of(one)) for one in ("now", "then"))
    return Formula(f"{a}{row + 1}-{b}{row + 1}", now - then)


def _records(plan: Plan) -> Iterator[Record]:
    """Yield the lines: the state, the figures, the mended, new and waived findings of each unit."""
    for unit in plan.report.units:
        for record in _of_unit(plan, unit):
            yield {
                "number": plan.to_unit(unit.unit.code, ""),
                "name": unit.unit.name,
                "parent": plan.district_of(unit),
                **record,
            }
    known = {unit.unit.code for unit in plan.report.units}
    names = {unit.code: unit.name for unit in plan.campaign.units}
    for code, state in compared(plan).states.items():
        if code not in known:
            left: Record = {"number": None, "name": names.get(code, code), "change": _LEFT}
            yield left | {"then": UNIT_STATES[state]}


def _of_unit(plan: Plan, report: UnitReport) -> Iterator[Record]:
    yield from _of_state(plan, report)
    for change in report.changes:
        yield _of_figure(change)
    for finding in report.gone:
        yield _of_finding(finding, Life.FIXED)
    for finding in report.findings:
        if _is_news(plan, finding):
            record = _of_finding(finding, finding.life)
            yield record | {"number": plan.to_finding(finding, "")}


def _of_state(plan: Plan, report: UnitReport) -> Iterator[Record]:
    then = compared(plan).states.get(report.unit.code)
    if then is None:
        yield {"change": _JOINED, "now": UNIT_STATES[report.state]}
    elif then is not report.state:
        words = {"then": UNIT_STATES[then], "now": UNIT_STATES[report.state]}
        yield {"change": _STATE, "what": "Trạng thái gửi báo cáo", **words}


def _of_figure(change: Change) -> Record:
    record: Record = {"change": _FIGURE, "what": change.label, "cell": change.cell}
    return record | {"then": _figure(change.old), "now": _figure(change.new)}


def _figure(text: str) -> Cell:
    """Return a figure as a number where it is one, so that its difference can be taken."""
    if not text:
        return _BLANK
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _is_news(plan: Plan, finding: Finding) -> bool:
    """Tell whether a finding came, came back or was answered in this month."""
    decision = finding.decision
    if finding.life is Life.WAIVED:
        return decision is not None and decision.month == plan.report.month
    return finding.life in (Life.NEW, Life.REOPENED)


def _of_finding(finding: Finding, life: Life) -> Record:
    """Return the line of a finding; what the unit wrote stands where it belongs in time."""
    given = "then" if life is Life.FIXED else "now"
    return {
        "change": LIVES[life],
        "what": finding.message,
        "cell": finding.cell,
        given: _figure(finding.given) if 0 < len(finding.given) <= _SHORT else None,
        "severity": SEVERITIES[finding.severity],
        "since": (finding.since or finding.month).vietnamese,
        "rule": finding.code,
    }
