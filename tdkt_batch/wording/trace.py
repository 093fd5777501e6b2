"""What a trace says: refusals with what may be meant instead, values and decisions in words."""

from __future__ import annotations

from tdkt_batch.wording import shared

# --- what cannot be traced -------------------------------------------------------------------

NEAREST = "; gần giống: {nearest}"
AMBIGUOUS_UNIT = "“{text}” có thể là {number} đơn vị: {units}; hãy ghi mã đơn vị"
UNIT_OF_OTHER_MONTH = "{unit} ({code}): không có trong danh sách đơn vị tháng {month}"
NO_UNIT = "không có đơn vị “{text}” trong tháng {month}"
AMBIGUOUS_FIELD = "“{text}” có thể là {number} ô của {form}: {fields}; hãy ghi mã trong ngoặc"
NO_FIELD = "{form} không có ô “{text}”"
SEE_FIELD_LIST = "; mã các ô: xem docs/o-bieu-mau.md"
SEVERAL_CELLS = (
    "“{label}” ({id}) không phải một ô của {form} mà được tính từ nhiều ô "
    "({expression}); hãy hỏi từng ô"
)
NOT_IN_TABLE = "“{label}” không nằm trong bảng: hãy bỏ --row"
NO_ROWS = "bảng “{table}”: đơn vị không ghi dòng nào"
ADD_ROW = "bảng “{table}”: hãy ghi thêm --row; các dòng: {rows}"
NO_SUCH_ROW = "bảng “{table}”: không có đúng một dòng “{row}”; các dòng: {rows}"
UNDECIDED = (
    "“{label}”: chưa rõ số nào có hiệu lực, vì đơn vị chưa ghi “{status}”; "
    "hãy hỏi {one} hoặc {other}"
)
AMBIGUOUS_TOTAL = "“{text}” có thể là {number} chỉ tiêu: {totals}; hãy ghi mã trong ngoặc"
NO_TOTAL = "không có chỉ tiêu “{text}”"
NEVER_RUN = "tháng {month}: chưa được tổng hợp trong thư mục này"
MONTHS_RUN = "; đã tổng hợp các tháng: {months}"

# --- beside what was asked -------------------------------------------------------------------

DECIDED_SINCE = (
    "Sau lần tổng hợp này Ban có {number} quyết định liên quan đến tháng: "
    "hãy chạy lại tháng để sổ có số mới."
)
TAMPERED_WITH = "không còn như khi ghi (đã sửa, xóa hoặc chép đè)"
OF_FORGOTTEN = "còn là của lần chạy số {run} đã bỏ"
WORKBOOK_DIFFERS = "{file}: tệp trên máy {why}: số liệu ở đây theo sổ tiếp nhận, không theo tệp ấy."

# --- totals, as they may be asked for --------------------------------------------------------

PLANNED = "{label} (kế hoạch)"
OF_GROUP = "{label}: {group}"

# --- values and decisions --------------------------------------------------------------------

BLANK = shared.BLANK
UNREADABLE = "(không đọc được)"
NOTHING = "(không tính được)"
"""What the form's own formulas take a text in a number cell for."""
PLACE = "trang “{sheet}”, ô {cell}"
ON_DAY = "ngày {day}"
TOLD_BY = "báo"
REASON = "lý do: {reason}"
EXTENDED_UNTIL = "gia hạn đến hết ngày {day}"
ENTERED_BY = "người ghi sổ: {name}"
