"""Sheet “Tình hình gửi báo cáo”: each unit of the register in one state, whom to call first.

Those without a usable report stand above, the longest silent first; then who was
late, who was in time, who need not report. Lateness cites the board's letter that
sets the deadline, never the guidance.
"""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.campaign.definition import Deadline
from tdkt_batch.report import FileState, UnitReport, UnitState
from tdkt_batch.sheets.cells import Cell, Formula, column_range, literal, within_sheet
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import DECISIONS, FILE_STATES, UNIT_STATES

COLUMNS = SheetColumns.headed(
    say.ARRIVALS_HEADS,
    ("number", 5, "center"),
    ("name", 32, "text"),
    ("kind", 13, "text small"),
    ("parent", 20, "text small"),
    ("deadline", 11.5, "date"),
    ("state", 13, "center"),
    ("received", 16.5, "moment"),
    ("late", 7, "number"),
    ("silent", 8.5, "number"),
    ("never", 7.5, "mark"),
    ("latest", 8, "month"),
    ("contact", 18, "text"),
    ("phone", 15, "center"),
    ("file", 30, "code"),
    ("note", 36, "text small"),
)
MARK = "x"
"""Marks a unit that never reported."""
_URGENCY_AND_LOOK = {
    UnitState.MISSING: (0, "violation"),
    UnitState.EMPTY: (0, "violation"),
    UnitState.UNREADABLE: (0, "violation"),
    UnitState.LATE: (1, "warning"),
    UnitState.ON_TIME: (2, ""),
    UnitState.NOT_REQUIRED: (3, "unknown"),
}


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.open_table(plan.head, COLUMNS, say.ARRIVALS_TITLE, say.ARRIVALS_NOTE)
    for number, report in enumerate(chase_order(plan.report.units), start=1):
        look = {"state": _URGENCY_AND_LOOK[report.state][1]}
        page.row(FIRST_ROW + number - 1, COLUMNS, _record(plan, number, report), looks=look)
    row = _state_counts(page, plan)
    for offset, deadline in enumerate(plan.campaign.deadlines, start=2):
        text = _deadline_in_words(plan, deadline)
        page.merge(row + offset, 1, len(COLUMNS) - 1, text, "prose", "italic")
    page.filter(FIRST_ROW, plan.last_unit_row, COLUMNS)


def cells(plan: Plan, id_: str) -> str:
    """Return a column's range over all units, as formulas of other sheets name it."""
    return plan.unit_range(say.ARRIVALS, COLUMNS, id_)


def chase_order(units: Sequence[UnitReport]) -> list[UnitReport]:
    """Return the units as they are to be called: the longest silent first, else as registered."""

    def key(report: UnitReport) -> tuple[int, int, bool]:
        return _URGENCY_AND_LOOK[report.state][0], -report.silent, report.ever_reported

    return sorted(units, key=key)


def _record(plan: Plan, number: int, report: UnitReport) -> dict[str, Cell]:
    """Return a unit's row; for want of an entry in the register its own form says whom to call."""
    unit, line = report.unit, plan.statistics.lines[report.unit.code]
    deadline = plan.campaign.deadline(unit.level).falls_on(plan.report.month)
    awaited = report.state is not UnitState.NOT_REQUIRED
    late = None
    if report.state is UnitState.LATE and report.received is not None:
        late = max((report.received.date() - deadline).days, 0) or None
    given = report.latest.submission.values if report.latest.submission else {}
    people = []
    for role in ("preparer", "phone"):
        value = given.get(plan.campaign.roles.figures.get(role, ""))
        people.append(value.value if value and isinstance(value.value, str) else "")
    return {
        "number": plan.to_unit(unit.code, number),
        "name": unit.name,
        "kind": unit.kind,
        "parent": line["parent_name"],
        "deadline": deadline,
        "state": plan.to_file(report, UNIT_STATES[report.state]),
        "received": report.received,
        "late": late,
        "silent": report.silent or None,
        "never": MARK if awaited and not report.ever_reported else "",
        "latest": line["of_month"],
        "contact": unit.contact or people[0],
        "phone": unit.phone or people[1],
        "file": plan.file_name(report),
        "note": _note(plan, report),
    }


def _note(plan: Plan, report: UnitReport) -> str:
    """Say why it need not report, and what else came from it and why that does not count."""
    texts = []
    if excuse := report.excuse:
        signed = f" ({excuse.approver})" if excuse.approver else ""
        texts.append(f"{DECISIONS[excuse.kind]}: {excuse.reason or say.BY_DECISION}{signed}")
    for file in plan.report.files:
        if file.unit == report.unit.code and file.state is not FileState.USED:
            reason = f" – {file.reason}" if file.reason else ""
            texts.append(f"{FILE_STATES[file.state]}: {file.source.name}{reason}")
    return "\n".join(text for text in (*texts, report.unit.note) if text)


def _state_counts(page: Page, plan: Plan) -> int:
    """Count the states below the units: together they are all units; return the last row."""
    row, name = plan.last_unit_row + 2, COLUMNS.index_of("name")
    states, names = (within_sheet(cells(plan, one)) for one in ("state", "name"))
    for index, head in enumerate(say.UNIT_STATES_HEADS, start=name):
        page.put(row, index, head, "head")
    first = row + 1
    for row, (one, words) in enumerate(UNIT_STATES.items(), start=first):
        count = int(plan.statistics.overall[f"state_{one}"])
        page.put(row, name, words, "text")
        page.put(row, name + 1, Formula(f"COUNTIF({states},{literal(words)})", count), "number")
    counts = within_sheet(column_range(say.ARRIVALS, name + 1, first, row))
    total = Formula(f"SUM({counts})", int(plan.statistics.overall["units"]))
    adds_up = f"IF(SUM({counts})=COUNTA({names}),{literal(say.ADDS_UP)},"
    agreement = Formula(f"{adds_up}{literal(say.DOES_NOT_ADD_UP)})", say.ADDS_UP)
    page.put(row + 1, name, say.UNIT_STATES_TOTAL, "text", "total")
    page.put(row + 1, name + 1, total, "number", "total")
    page.put(row + 1, name + 2, agreement, "center", "total")
    return row + 1


def _deadline_in_words(plan: Plan, deadline: Deadline) -> str:
    """Say until when a level reports, to whom, and under which letter of the board."""
    month = plan.report.month
    return say.DEADLINE.format(
        level=plan.campaign.level(deadline.level).name,
        day=write_day(deadline.falls_on(month)),
        moved=say.DEADLINE_MOVED.format(day=deadline.day) if month in deadline.moved else "",
        recipient=deadline.recipient,
        set_by=deadline.set_by(month),
    )
