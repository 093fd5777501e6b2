"""Sheet “Tình hình gửi báo cáo”: each unit of the register in one state, whom to call first.

Those of whom nothing arrived stand above, the longest silent first; then those who
sent what cannot be used, who came after the month's moment, who was late, who was in
time, who need not report. Lateness cites the board's letter that
sets the deadline, never the guidance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tdkt_batch.campaign.roles import Role
from tdkt_batch.report import FileState, UnitReport, UnitState
from tdkt_batch.rules.decisions import due_day
from tdkt_batch.sheets.cells import Cell, Formula, column_range, literal, within_sheet
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import capital, write_day
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import DECISIONS, FILE_STATES, HINDRANCES, UNIT_STATES, cause_of

COLUMNS = SheetColumns.headed(
    say.ARRIVALS_HEADS,
    ("number", 5, "center"), ("name", 24, "text"), ("state", 13, "center"),
    ("deadline", 10.5, "date"), ("received", 15, "moment"), ("late", 8, "number"),
    ("silent", 10, "number"), ("latest", 8, "month"), ("contact", 14, "text"),
    ("phone", 12, "center"), ("note", 44, "text"),
    ("never", 14, "mark"), ("kind", 13, "plain"), ("parent", 22, "plain"), ("file", 40, "plain"),
)  # fmt: skip
LAST_PRINTED = COLUMNS.index_of("note")
"""What lies to the right is for looking up on the screen."""
MARK = "x"
"""Marks a unit that never reported."""
_URGENCY_AND_LOOK = {
    UnitState.MISSING: (0, "violation"),
    UnitState.EMPTY: (1, "warning"),
    UnitState.UNUSABLE: (1, "warning"),
    UnitState.AFTER_CUT_OFF: (2, "warning"),
    UnitState.LATE: (3, "warning"),
    UnitState.NOT_YET_DUE: (4, "unknown"),
    UnitState.ON_TIME: (5, ""),
    UnitState.NOT_REQUIRED: (6, "unknown"),
}
_LAST_ASKED, _ = _URGENCY_AND_LOOK[UnitState.LATE]
"""The least urgent of whom something is asked or said: the others are not printed."""


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    printed = LAST_PRINTED + 1
    page.open_table(plan.head, COLUMNS, say.ARRIVALS_TITLE, say.ARRIVALS_NOTE, printed=printed)
    units = chase_order(plan.report.units)
    asked = sum(_URGENCY_AND_LOOK[one.state][0] <= _LAST_ASKED for one in units)
    page.print_table(asked, printed)
    for number, report in enumerate(units, start=1):
        look = {"state": _URGENCY_AND_LOOK[report.state][1]}
        page.row(FIRST_ROW + number - 1, COLUMNS, _record(plan, number, report), looks=look)
    # below the units their states, which together are all units
    in_state, first = Counter(one.state for one in plan.report.units), plan.last_unit_row + 2
    states, names = (within_sheet(cells(plan, one)) for one in ("state", "name"))
    counts: dict[str, Cell] = {
        words: Formula(f"COUNTIF({states},{literal(words)})", in_state[one])
        for one, words in UNIT_STATES.items()
    }
    row = page.tally(first, 1, say.UNIT_STATES_HEADS, counts) + 1
    counted = within_sheet(column_range(say.ARRIVALS, 2, first + 1, row - 1))
    adds_up = f"IF(SUM({counted})=COUNTA({names}),{literal(say.ADDS_UP)},"
    agreement = Formula(f"{adds_up}{literal(say.DOES_NOT_ADD_UP)})", say.ADDS_UP)
    page.put(row, 1, say.UNIT_STATES_TOTAL, "text", "total")
    page.put(row, 2, Formula(f"SUM({counted})", in_state.total()), "number", "total")
    page.put(row, 3, agreement, "center", "total")
    # until when each level reports, to whom, and under which letter of the board
    month = plan.report.month
    for offset, deadline in enumerate(plan.campaign.deadlines, start=2):
        due = deadline.falls_on(month, plan.campaign.holidays)
        text = say.DEADLINE.format(
            level=plan.campaign.level(deadline.level).name,
            day=write_day(due),
            moved=say.DEADLINE_MOVED.format(day=deadline.day) if due.day != deadline.day else "",
            recipient=plan.campaign.recipients_of(deadline),
            set_by=deadline.set_by(month),
        )
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
    """Return a unit's row; for want of an entry in the register its own form says whom to call.

    Its note says why it need not report, and what else came and why that does not count.
    """
    unit = report.unit
    deadline = due_day(plan.campaign, unit, plan.report.month, report.extension)
    awaited = report.state is not UnitState.NOT_REQUIRED
    late = None
    if report.state is UnitState.LATE and report.received is not None:
        late = max((report.received.date() - deadline).days, 0) or None
    given = report.latest.submission.values if report.latest.submission else {}
    people = []
    for role in (Role.PREPARER, Role.PHONE):
        value = given.get(plan.campaign.roles.name(role))
        people.append(value.value if value and isinstance(value.value, str) else "")
    notes = []
    if excuse := report.excuse:
        signed = f" ({excuse.approver})" if excuse.approver else ""
        notes.append(f"{DECISIONS[excuse.kind]}: {excuse.reason or say.BY_DECISION}{signed}")
    if extension := report.extension:
        usual = due_day(plan.campaign, unit, plan.report.month, None)
        signed = f" ({extension.approver})" if extension.approver else ""
        said = {"usual": write_day(usual), "due": write_day(deadline), "reason": extension.reason}
        notes.append(say.EXTENDED.format(**said) + signed)
    if report.hindrance is not None:
        sent, remedy = HINDRANCES[report.hindrance]
        notes.append(say.SENT_AND_TO_DO.format(sent=capital(sent), remedy=remedy))
    for file in plan.report.files:
        if file.unit == unit.code and file.state is not FileState.USED:
            why = file.reason if report.hindrance is None else cause_of(file)
            reason = f" – {why}" if why else ""
            notes.append(f"{FILE_STATES[file.state]}: {file.source.file_name}{reason}")
    return {
        "number": plan.to_unit(unit.code, number),
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.superior,
        "deadline": deadline,
        "state": plan.to_file(report, UNIT_STATES[report.state]),
        "received": report.received,
        "late": late,
        "silent": report.silent or None,
        "never": MARK if awaited and not report.ever_reported else "",
        "latest": plan.lines[unit.code].of_month,
        "contact": unit.contact or people[0],
        "phone": unit.phone or people[1],
        "file": plan.file_name(report),
        "note": "\n".join(text for text in (*notes, unit.note) if text),
    }
