"""Sheet “Sổ tiếp nhận”: every file that came in, its state, its hash, and the versions in force."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from tdkt_batch import __version__
from tdkt_batch.model import Letter
from tdkt_batch.report import FileRecord
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import Cell, Formula, column_range, literal, within_sheet
from tdkt_batch.sheets.columns import SheetColumns, fitted_width
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import (
    ARRIVAL_BASES,
    CLUES,
    CONTAINERS,
    FILE_STATES,
    WHOSE_UNKNOWN,
    with_remedy,
)

COLUMNS = SheetColumns.headed(
    say.FILES_HEADS,
    ("number", 5, "center top small"), ("file", 66, "code top"), ("unit", 38, "text top small"),
    ("clue", 12, "text top small"),
    ("month", 7.5, "center top small"), ("state", 15, "center top small"),
    ("reason", 34, "code top"), ("repairs", 8, "number top small"),
    ("arrived", 15, "moment top small"), ("arrived_by", 12, "text top small"),
    ("check_figure", 11, "center top small"), ("sender", 30, "plain top tiny"),
    ("subject", 30, "plain top tiny"), ("size", 11, "number top small"),
    ("container", 30, "plain top tiny"), ("message_id", 30, "plain top tiny"),
    ("sha256", 52, "hash top"),
)  # fmt: skip
_CONTAINER_COLUMNS = SheetColumns.headed(
    say.CONTAINERS_HEADS,
    ("name", 56, "code"), ("kind", 38, "text small"), ("members", 7.5, "number small"),
)  # fmt: skip
_LAST_TITLED = COLUMNS.index_of("check_figure")
"""The title stands over what is looked at most; to the right lie the letter and the hash."""
_FITTED = {"file": (34, 9), "unit": (26, 10), "clue": (9, 10), "state": (12, 10),
           "reason": (18, 9), "arrived_by": (10, 10)}  # fmt: skip
"""The columns as wide as what stands in them, up to a bound: least width, letters' size."""


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    files, most = plan.report.files, overflow_files.MOST_ROWS
    hindered = plan.hindered
    records = [_record(plan, n, one, hindered) for n, one in enumerate(files, start=1)]
    columns = []
    for column in COLUMNS:
        if column.id in _FITTED:
            least, size = _FITTED[column.id]
            texts = (str(record.get(column.id) or "") for record in records)
            width = fitted_width(texts, column.head, most=column.width, size=size, least=least)
            column = replace(column, width=width)  # noqa: PLW2901
        columns.append(column)
    fitted, printed = SheetColumns(columns), _LAST_TITLED + 1
    page.open_table(plan.head, fitted, say.FILES_TITLE, say.FILES_NOTE, "small", printed=printed)
    page.leave_out(COLUMNS, records[most:], most, *(say.FILES_LEFT_OUT,) * 2)
    page.rows(COLUMNS, records[:most], FIRST_ROW)
    last = FIRST_ROW + min(len(files), most) - 1
    page.dense(FIRST_ROW, last)
    if not files:
        page.merge(FIRST_ROW, 0, _LAST_TITLED, say.NO_FILES, "center")
    page.filter(FIRST_ROW, last, COLUMNS)
    # the states add up to all files; what only held others is not counted among them
    last, is_whole = max(last, FIRST_ROW), len(files) <= most
    states = within_sheet(column_range(say.FILES, COLUMNS.index_of("state"), FIRST_ROW, last))
    counts: dict[str, Cell] = {}
    for state, words in FILE_STATES.items():
        count = sum(1 for file in files if file.state is state)
        counted = Formula(f"COUNTIF({states},{literal(words)})", count)
        counts[words] = counted if is_whole else count
    row = page.tally(last + 2, 1, say.FILE_STATES_HEADS, counts) + 1
    total = Formula(f"SUM(C{row - len(counts) + 1}:C{row})", len(files))
    page.put(row, 1, say.FILE_STATES_TOTAL, "text", "total")
    page.put(row, 2, total, "number", "total")
    row = _containers(page, plan, row + 2)
    # under which versions the figures were made
    campaign, first = plan.campaign, row + 2
    versions = {say.SOFTWARE: f"tdkt-batch {__version__}"}
    versions[say.RULE_SET] = f"{campaign.id} ({campaign.digest})"
    versions |= {say.FORM_VERSION.format(form=f.number): f.version for f in campaign.forms}
    for row, (label, version) in enumerate(versions.items(), start=first):
        page.put(row, 1, label, "text")
        page.put(row, 2, version, "code")
    page.for_screen()


def _record(plan: Plan, number: int, file: FileRecord, hindered: Container[str]) -> dict[str, Cell]:
    """Return a file's row; what is known of the mail that carried it is blank without one."""
    known = file.unit in plan.unit_rows
    nobodys = WHOSE_UNKNOWN if file.is_of_nobody else ""
    source, letter = file.source, file.source.letter or Letter()
    sender = letter.sender
    if letter.sender_name:
        sender = f"{letter.sender_name} <{letter.sender}>".strip()
    return {
        "number": plan.to_unit(file.unit, number) if known else number,
        "file": source.name,
        "unit": plan.lines[file.unit].unit.name if known else file.unit or nobodys,
        "clue": CLUES[file.clue] if file.clue else "",
        "month": file.month.vietnamese if file.month else "",
        "state": FILE_STATES[file.state],
        "reason": with_remedy(file) if file.unit in hindered else file.reason,
        "repairs": file.repairs or None,
        "arrived": source.arrived,
        "arrived_by": ARRIVAL_BASES[source.arrived_by],
        "sender": sender,
        "subject": letter.subject,
        "message_id": letter.message_id,
        "size": source.size,
        "check_figure": file.check_figure,
        "container": source.container,
        "sha256": source.sha256,
    }


def _containers(page: Page, plan: Plan, row: int) -> int:
    """List what only held others: it is not counted among the files; return the last row."""
    if not plan.report.containers:
        return row
    records: list[dict[str, Cell]] = [
        {"name": one.name, "kind": CONTAINERS[one.kind], "members": one.members}
        for one in plan.report.containers
    ]
    for index, column in enumerate(_CONTAINER_COLUMNS, start=1):
        page.put(row, index, column.head, "head")
    most, what = overflow_files.MOST_ROWS, say.CONTAINERS_LEFT_OUT
    page.leave_out(_CONTAINER_COLUMNS, records[most:], most, what, what)
    for number, record in enumerate(records[:most], start=1):
        page.row(row + number, _CONTAINER_COLUMNS, record, first=1)
    return row + len(records[:most])
