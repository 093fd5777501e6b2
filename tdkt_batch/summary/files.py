"""Sheet “Sổ tiếp nhận”: every file that came in, its state, its hash, and the versions in force."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch import __version__
from tdkt_batch.model import Letter
from tdkt_batch.report import FileRecord, FileState
from tdkt_batch.sheets import overflow
from tdkt_batch.sheets.cells import Cell, Formula, column_range, literal
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns, fitted_width
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import FILES, Plan
from tdkt_batch.wording.shared import ARRIVAL_BASES, CONTAINERS, FILE_STATES

COLUMNS = SheetColumns((
    SheetColumn("number", "STT", 5, "center top small"),
    SheetColumn("file", "Tệp", 66, "code top"),
    SheetColumn("unit", "Đơn vị", 38, "text top small"),
    SheetColumn("month", "Tháng", 7.5, "center top small"),
    SheetColumn("state", "Trạng thái", 15, "center top small"),
    SheetColumn("reason", "Lý do, cách xử lý", 34, "code top"),
    SheetColumn("repairs", "Số ô được hiểu lại", 8, "number top small"),
    SheetColumn("arrived", "Thời điểm đến", 15, "moment top small"),
    SheetColumn("arrived_by", "Theo", 12, "text top small"),
    SheetColumn("check_figure", "Mã đối chiếu", 11, "center top small"),
    SheetColumn("sender", "Người gửi", 30, "plain top tiny"),
    SheetColumn("subject", "Tiêu đề thư", 30, "plain top tiny"),
    SheetColumn("size", "Dung lượng (byte)", 11, "number top small"),
    SheetColumn("container", "Nằm trong", 30, "plain top tiny"),
    SheetColumn("message_id", "Mã thư (Message-ID)", 30, "plain top tiny"),
    SheetColumn("sha256", "SHA-256", 52, "hash top"),
))  # fmt: skip
_CONTAINER_COLUMNS = SheetColumns((
    SheetColumn("name", "Thư và tệp nén (không tính vào số tệp)", 56, "code"),
    SheetColumn("kind", "Loại", 38, "text small"),
    SheetColumn("members", "Số tệp", 7.5, "number small"),
))  # fmt: skip
LAST_PRINTED = COLUMNS.index_of("check_figure")
"""What lies to the right is for looking up on the screen: the letter, the hash."""
_FITTED: Mapping[str, tuple[float, float]] = {
    "file": (34, 9),
    "unit": (26, 10),
    "state": (12, 10),
    "reason": (18, 9),
    "arrived_by": (10, 10),
}
"""The columns that are as wide as what stands in them: their least width, their letters' size."""


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    files = plan.report.files
    records = [_record(plan, number, one) for number, one in enumerate(files, start=1)]
    widths = _widths(records)
    page.set_widths(widths[: LAST_PRINTED + 1])
    page.title_block(plan.head, "SỔ TIẾP NHẬN", "Bấm STT: đến đơn vị")
    page.set_widths(widths)
    page.table_head(COLUMNS, "small")
    page.rows(COLUMNS, page.fitting(COLUMNS, records, "tệp"), FIRST_ROW)
    last = FIRST_ROW + min(len(files), overflow.MOST_ROWS) - 1
    page.dense(FIRST_ROW, last)
    if not files:
        page.merge(FIRST_ROW, 0, LAST_PRINTED, "Không nhận được tệp nào.", "center")
    page.filter(FIRST_ROW, last, COLUMNS)
    row = _state_counts(page, plan, last)
    row = _containers(page, plan, row + 2)
    row = _versions(page, plan, row + 2)
    page.sheet.print_area(0, 0, row, LAST_PRINTED)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _widths(records: list[dict[str, Cell]]) -> list[float]:
    """Return the columns' widths; texts of changing length take what they need, up to a bound."""
    return [_width(one, records) if one.id in _FITTED else one.width for one in COLUMNS]


def _width(column: SheetColumn, records: list[dict[str, Cell]]) -> float:
    least, size = _FITTED[column.id]
    texts = (str(record.get(column.id) or "") for record in records)
    return fitted_width(texts, column.head, most=column.width, size=size, least=least)


def _record(plan: Plan, number: int, file: FileRecord) -> dict[str, Cell]:
    known = file.unit in plan.unit_rows
    name = plan.statistics.lines[file.unit]["name"] if known else file.unit
    return {
        "number": plan.to_unit(file.unit, number) if known else number,
        "file": file.source.name,
        "unit": name,
        "month": file.month.vietnamese if file.month else "",
        "state": FILE_STATES[file.state],
        "reason": file.reason,
        "repairs": file.repairs or None,
        "arrived": file.source.arrived,
        "arrived_by": ARRIVAL_BASES[file.source.arrived_by],
        **_letter(file.source.letter),
        "size": file.source.size,
        "check_figure": file.check_figure,
        "container": file.source.container,
        "sha256": file.source.sha256,
    }


def _letter(letter: Letter | None) -> dict[str, Cell]:
    """Return what is known of the mail that carried a file; blank for what came without one."""
    one = letter or Letter()
    return {
        "sender": f"{one.sender_name} <{one.sender}>".strip() if one.sender_name else one.sender,
        "subject": one.subject,
        "message_id": one.message_id,
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
    shown = page.fitting(_CONTAINER_COLUMNS, records, "thư và tệp nén")
    for number, record in enumerate(shown, start=1):
        for index, column in enumerate(_CONTAINER_COLUMNS, start=1):
            page.put(row + number, index, record[column.id], *column.style.split())
    return row + len(shown)


def _state_counts(page: Page, plan: Plan, last: int) -> int:
    """Count the states below the files: together they are all files; return the last row."""
    row = max(last, FIRST_ROW) + 2
    page.put(row, 1, "Số tệp theo trạng thái", "head")
    page.put(row, 2, "Số tệp", "head")
    state = COLUMNS.index_of("state")
    cells = column_range(FILES, state, FIRST_ROW, max(last, FIRST_ROW)).split("!")[1]
    is_whole = len(plan.report.files) <= overflow.MOST_ROWS
    for one, words in FILE_STATES.items():
        row += 1
        count = sum(1 for file in plan.report.files if file.state is one)
        page.put(row, 1, words, "text")
        counted = Formula(f"COUNTIF({cells},{literal(words)})", count)
        page.put(row, 2, counted if is_whole else count, "number")
    first = row - len(FileState) + 2
    page.put(row + 1, 1, "Tổng số tệp", "text", "total")
    total = Formula(f"SUM(C{first}:C{row + 1})", len(plan.report.files))
    page.put(row + 1, 2, total, "number", "total")
    return row + 1


def _versions(page: Page, plan: Plan, row: int) -> int:
    """Say under which versions the figures were made; return the last row."""
    campaign = plan.campaign
    forms = [(f"Phiên bản {form.number}", form.version) for form in campaign.forms]
    for label, value in (
        ("Phần mềm", f"tdkt-batch {__version__}"),
        ("Bộ căn cứ", f"{campaign.id} ({campaign.digest})"),
        *forms,
    ):
        page.put(row, 1, label, "text")
        page.put(row, 2, value, "code")
        row += 1
    return row - 1
