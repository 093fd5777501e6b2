"""The officer at the control workbook: the board's decisions typed into its sheets."""

from __future__ import annotations

from datetime import date

from nine_months import MONTHS, Ruling
from openpyxl import load_workbook

from tdkt_batch.model import DecisionKind
from tdkt_batch.wording.shared import DECISIONS


def enter(path, rulings):
    """Type the board's decisions into its control workbook."""
    book = load_workbook(path)
    for ruling in rulings:
        match ruling.kind:
            case DecisionKind.ACCEPTED | DecisionKind.REFUSED:
                _answer(book["Cần quyết định"], ruling)
            case DecisionKind.CORRECTED:
                _type_below(book["Đính chính số liệu"], _correction(ruling))
            case DecisionKind.EXCUSED:
                _type_below(book["Không phải báo cáo"], _excuse(ruling))
    book.save(path)


def _heads(sheet):
    """Return the row of the heads, and the column of each head."""
    for row in sheet.iter_rows(max_row=40):
        columns = {cell.value: cell.column for cell in row if cell.value}
        if "Mã đơn vị" in columns:
            return row[0].row, columns
    raise AssertionError(sheet.title)


def asked_in(path):
    """Return the rows of what the officer is asked, by the heads of their columns."""
    sheet = load_workbook(path)["Cần quyết định"]
    head, columns = _heads(sheet)
    return [
        {name: sheet.cell(row, column).value for name, column in columns.items()}
        for row in range(head + 1, sheet.max_row + 1)
    ]


def answer(path, topic, decision, *, file="", **typed):
    """Fill in the one row of a topic that is about a file; cells by their heads, blanks as _."""
    book = load_workbook(path)
    sheet = book["Cần quyết định"]
    head, columns = _heads(sheet)
    (row,) = (
        row
        for row in range(head + 1, sheet.max_row + 1)
        if sheet.cell(row, columns["Về việc"]).value == topic
        and file in str(sheet.cell(row, columns["Biểu, tệp ghi"]).value)
    )
    for name, value in {"Quyết định": decision, **typed}.items():
        sheet.cell(row, columns[name.replace("_", " ")]).value = value
    book.save(path)


def _answer(sheet, ruling: Ruling):
    """Fill in the row that the program has listed for the unit's explanation."""
    head, columns = _heads(sheet)
    (row,) = (
        row
        for row in range(head + 1, sheet.max_row + 1)
        if sheet.cell(row, columns["Mã đơn vị"]).value == ruling.unit
        and sheet.cell(row, columns["Mã căn cứ"]).value == ruling.code
    )
    until = MONTHS[ruling.until].vietnamese if ruling.until is not None else None
    typed = {
        "Quyết định": DECISIONS[ruling.kind],
        "Lý do": ruling.reason,
        "Người quyết định": "Trưởng ban",
        "Ngày quyết định": date(2015, 1, 29),
        "Có giá trị đến hết tháng": until,
    }
    for name, value in typed.items():
        sheet.cell(row, columns[name]).value = value


def _correction(ruling: Ruling):
    return {
        "Mã đơn vị": ruling.unit,
        "Kỳ": MONTHS[ruling.month].vietnamese,
        "Chỉ tiêu": ruling.field,
        "Giá trị đúng": ruling.value,
        "Ai báo": "Chị Mỷ, kế toán",
        "Ngày báo": date(2014, 11, 28),
        "Lý do": ruling.reason,
        "Người ghi sổ": "Lò Văn Thiên",
    }


def _excuse(ruling: Ruling):
    is_held = "tổ chức, kết quả" in ruling.reason
    return {
        "Mã đơn vị": ruling.unit,
        "Từ kỳ": MONTHS[ruling.since].vietnamese,
        "Nội dung": "Đã nghiệm thu báo cáo kết quả" if is_held else "Không tổ chức Hội nghị",
        "Lý do": ruling.reason,
        "Người quyết định": "Trưởng ban",
        "Ngày quyết định": date(2014, 11, 28),
    }


def _type_below(sheet, typed):
    """Fill in the first row of the table that names no unit yet."""
    head, columns = _heads(sheet)
    row = head + 1
    while sheet.cell(row, columns["Mã đơn vị"]).value:
        row += 1
    for name, value in typed.items():
        sheet.cell(row, columns[name]).value = value
