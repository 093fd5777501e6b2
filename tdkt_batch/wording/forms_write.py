"""What a form says to the clerk who fills it in, and to the one who gets it back.

What differs by the kind of a field stands by the kind's id.
"""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared

# --- official head and foot of a page ---------------------------------------------------------

DOTS = "……………"
"""Stands where something is still to be written."""
ISSUED = "(Kèm theo {document})"
UNIT_NAME = "TÊN ĐƠN VỊ BÁO CÁO"
DOCUMENT_NUMBER = "Số: {number}"
PLACE_AND_DAY = "{place}, {day}"
DAY = "ngày {day} tháng {month} năm {year}"
NO_DAY = "ngày …… tháng …… năm ………"
MONTH, MONTH_IN_LINE = shared.MONTH, "tháng"
MONTH_LINE = "{month_word} {month} năm {year}"
NO_MONTH = "{month_word} …… năm ………"
UNIT_AND_MONTH = "{unit}, {month}"
MEASURE = "Đơn vị tính: người (trừ dòng có ghi khác)"
CHECK_FIGURE = shared.CHECK_FIGURE
FIGURE_HINT = "Máy tự tính: bản giấy ký, đóng dấu và tệp gửi đi phải cùng một mã"
HEAD = "THỦ TRƯỞNG ĐƠN VỊ"
SIGN, SIGN_AND_SEAL = shared.SIGN_HERE, "(Ký tên, đóng dấu)"
FOOTER = '&L&"Times New Roman,Regular"&10&F&R&"Times New Roman,Regular"&10Trang &P/&N'

# --- lines and lists --------------------------------------------------------------------------

NUMBER = "STT"
WEEKDAYS = ("Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy")
DAY_IN_FULL = "{weekday}, {day} tháng {month} năm {year}"
"""What a cell for a day shows beside what is none."""
NO_ALLOTMENT = "cấp trên chưa phân bổ"
BOARD_COMPARES = "{board} đối chiếu"
AS_ALLOTTED = "Số thực bầu đúng số được phân bổ"
NOT_AS_ALLOTTED = "Số thực bầu KHÁC số được phân bổ: kiểm tra lại, trừ khi cấp trên đã phân bổ lại"
BEGINS_WITH = "{hint}: “{words} …”"
DAY_HINT = "Ngày/tháng/năm"
"""A hint that begins so says how a day is written."""
REFUSED = "Ô “{label}” {what}. {to_do}."
HINT_AND_TO_DO = "{hint}. {to_do}"
REFUSALS: Mapping[str, tuple[str, str]] = {
    "count": (
        "phải là số nguyên từ {low} đến {high}",
        "Ghi số nguyên viết liền (1200, không ghi 1.200); không có thì ghi 0 hoặc “-”",
    ),
    "optional_count": (
        "phải là số nguyên từ {low} đến {high}",
        (
            "Ghi số viết liền (1200, không ghi 1.200); không có thì ghi 0, “-” hoặc để trống (là 0 "
            "khi ô khác của phần đã ghi)"
        ),
    ),
    "year": ("phải là số nguyên từ {low} đến {high}", "Ghi số nguyên"),
    "date": ("", shared.WRITE_DAY),
    "month": ("phải chọn trong danh sách", "Bấm mũi tên bên phải ô để chọn tháng"),
    "mark": ("chỉ nhận chữ x", "Ghi x nếu có, để trống nếu không"),
    "choice": ("phải chọn trong danh sách", "Bấm mũi tên bên phải ô để chọn"),
    "unit": (
        "phải chọn trong danh sách",
        "Không gõ tên: bấm mũi tên bên phải ô để chọn (tên kèm đơn vị cấp trên)",
    ),
}
"""What is wrong with a refused entry and what to do; whole numbers from 1 on are a year's."""

# --- the check panel --------------------------------------------------------------------------

PANEL_TITLE = "TỰ KIỂM TRA BÁO CÁO"
PANEL_NOTE = (
    "Bấm vào một việc để đến ô cần ghi. “Không đạt”: sửa theo cột Cần điều chỉnh, hoặc ghi lý do ở "
    "cột Giải trình; nền xanh lam chỉ là lưu ý. “Ban đối chiếu”: Ban kiểm tra sau khi nhận báo cáo."
)
EXPLAINED = " (đã giải trình)"
EXPLAINED_HERE = "đã giải trình"
"""Beside a cell about which the unit has explained itself."""
OF_THE_PLAN = "Kế hoạch: "
"""Before what is said of the planned cell where the other is asked for too."""
LEFT_TO_DO = "Còn {number} việc. Việc 1: {first}"
TASK = "{number}. {what}"
AT_CELL, AT_CELL_OF_SHEET = " (ô {cell})", " (trang “{sheet}”, ô {cell})"
"""Behind what a rule asks for: where it is done, on the first page or on another."""
DONE = "ĐẠT phần tự kiểm tra. In các trang trước “{panel}”, ký, đóng dấu, gửi {recipient}{until}"
UNTIL = " chậm nhất {day}/{month}"
DONE_AGAIN = (
    "ĐẠT phần tự kiểm tra. Xong các việc ở trang đầu thì in, ký, đóng dấu. "
    "{until}, nơi nhận: {recipient}"
)
"""In a form that goes back, whose first sheet says until when."""
ROW_CHECK = "Kiểm tra từng dòng"
"""The head of the column that says beside each row of a list what is to be done there."""
ROW_FAULTS: Mapping[str, str] = {
    "year": "{label}: ghi từ {low} đến {high}",
    "count": "{label}: ghi số nguyên",
    "date": "{label}: ghi ngày/tháng/năm",
    "choice": "{label}: chọn trong danh sách",
    "mark": "{label}: chỉ ghi x",
}
"""What is wrong with a cell of a list."""
ROW_LACKS = "Ghi"
OWN_LIST = "Danh sách riêng của đơn vị: Ban đọc theo hàng tiêu đề này"
ROW_TO_DO, MORE_ROWS = "Trang “{sheet}”, dòng {row}: {what}{more}", " (còn {number} dòng khác)"
"""What is to be done in the first of a list's rows, and in how many others."""
BOARDS_OWN = "của Ban"
"""The clause of a rule that is the board's alone begins so."""
BOARDS_BASIS = "Quy định {clause}"
UNQUOTED_BASIS = "Quy định của Ban (mục {clause})"
PART = "Phần"
"""A clause that begins so is no section."""
SECTION = "Mục {clause}"
QUOTED_BASIS = "{place}: “{quote}”"
YES, NO = shared.YES, shared.NO
STAND_INS: Mapping[str, str] = {
    "number": "000",
    "date": "00/00/0000",
    "logic": NO,
    "choice": "lựa chọn dài",
    "text": "tên của một đơn vị",
}
"""What takes the place of a value, by its kind, while a sentence's room is measured."""

WRITE = "Ghi “{label}” (ô {cell})"
CHOOSE = "Chọn “{label}” (ô {cell})"
CHOOSE_AGAIN = "Chọn lại “{label}” (ô {cell}) trong danh sách"
WRITE_LETTER = "Ghi số, ngày công văn gửi kèm (ô {number}, {day})"
NEW_OR_NOT = (
    "Không có gì mới thì ghi x ở ô “{label}” ({tick}); có thì ghi số, ngày công văn (ô {number})"
)
FILL_COLUMN = "Ghi đủ cột “{label}” của trang “{sheet}”"
WRITE_AGAIN: Mapping[str, str] = {
    "count": "Ô {cell} chưa đúng dạng số: ghi số viết liền, ví dụ 1200",
    "date": "Ô {cell} chưa đúng dạng ngày: xóa và ghi lại, ví dụ {example_day}",
    "month": "Ô {cell} chưa đúng: chọn lại trong danh sách",
    "choice": "Ô {cell} chưa đúng: chọn lại trong danh sách",
    "mark": "Ô {cell} chỉ nhận chữ x: xóa và ghi lại",
    "text": "Ô {cell} chưa đúng dạng chữ: xóa và ghi lại",
    "note": "Ô {cell} chưa đúng dạng chữ: xóa và ghi lại",
    "lacking": "Ô {cell} chưa rõ: ghi đủ, hoặc số thứ tự của nội dung thiếu, ví dụ 4; 6",
}
"""What to do about a cell that holds what the form does not take."""
LACKS_THESE = "thiếu: {contents}"
ALL_ARE_THERE = "đủ {number} nội dung"
"""What an answer says of a list's contents, in words beside it."""
THIS_CELL = "ô {column}"
"""So these name a cell, before its row."""

# --- a form that goes back --------------------------------------------------------------------

SEE_FIRST_SHEET = "{mark} Xem nội dung số {numbers} ở trang đầu. "
POINT_HEADS = (
    "STT", "Đơn vị đã ghi", "Ghi thế nào thì đạt", "Trang", "Ô", "Đã sửa", shared.EXPLANATION,
)  # fmt: skip
"""Heads of what is asked; the last two are boxes to be ticked."""
BOX, FULL_BOX, NO_BOX = "□", "■", "–"
WHOLE_FILE = "cả tệp"
LINK_TIP = "Bấm để đến ô {cell} của trang {sheet}"
EXPLAIN_TIP = "Bấm để đến chỗ ghi giải trình; ghi xong thì ô này tự đánh dấu"
REREAD = "Ô được hiểu khác cách ghi: kiểm tra lại, nếu đúng thì không cần làm gì"
REREAD_AS = "{label}: đã ghi “{typed}”, được hiểu là {value}"
LEFT_OUT = "Đơn vị tự thêm vào tệp đã gửi, không chuyển sang tệp này"
LEFT_OUT_LINE = "– {what}"

CANNOT_WRITE = "{path}: không ghi được ({why}); hãy đóng tệp nếu đang mở"
