"""What the annotated return says: what is asked, at which cell, and what came in."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared

ACTIONS: Mapping[str, str] = {
    "complete": "Đề nghị hoàn thiện, gửi lại chậm nhất ngày {day}",
    "correct": "Đề nghị đính chính số liệu, gửi lại chậm nhất ngày {day}",
    "explain": "Đề nghị giải trình chậm nhất ngày {day}",
    "awaiting": "Đã nhận, không cần sửa; Ban đang xem xét giải trình",
    "clear": "Đã nhận, không cần sửa",
}
"""The call to action, in the first line of the first sheet."""
SHORT_ACTIONS: Mapping[str, str] = {
    "complete": "đề nghị hoàn thiện",
    "correct": "đề nghị đính chính",
    "explain": "đề nghị giải trình",
    "awaiting": "đã nhận",
    "clear": "đã nhận",
}
"""The same in a file's name."""
WHICH_REPORT = "Báo cáo tháng {month} – {number}: {title}"

# --- how to go on ---------------------------------------------------------------------------

NOTHING_TO_DO = "Tháng này không phải gửi lại."
LOOK_AT_NOTICES = "Các nội dung dưới đây chỉ để lưu ý hoặc đã có giải trình gửi Ban."
FILL_IN = "Biểu gửi đến chưa ghi số liệu: đề nghị ghi vào tệp này rồi gửi lại."
MEND_HERE = (
    "Cách làm: bấm vào một nội dung để đến ô cần xem (ô có khung đậm và dấu ►), sửa ngay trong tệp "
    "này, lưu lại rồi gửi lại chính tệp này. Nội dung nào giữ nguyên thì ghi lý do ở cột Giải "
    "trình (bấm vào ô để đến chỗ ghi)."
)
EXPLAIN_HERE = (
    "Cách làm: {event} đã tổ chức thì không sửa số liệu cho khớp quy định; bấm vào cột Giải trình "
    "để ghi lý do từng nội dung. Ô ghi nhầm, ghi thiếu, cộng sai (Lỗi số liệu, Sai số học) thì sửa "
    "cho đúng thực tế. Xong thì lưu lại rồi gửi lại chính tệp này."
)

# --- findings and cells ---------------------------------------------------------------------

HOW_TO_MEND, HOW_TO_EXPLAIN = shared.HOW_TO_MEND, "Nội dung cần giải trình, đính chính"
"""Heads of what is asked, before the conference and after it."""
POINT, GIVEN, EXPECTED, BASIS = (
    "Nội dung số {number} ({severity})",
    shared.GIVEN_BY_UNIT,
    shared.REQUIREMENT,
    shared.RULE,
)
"""Heads of what is said of a finding at its cell."""
OPEN_SINCE = "{open} từ tháng {month}"
UNTIL = "{decision} đến hết tháng {month}"
UNDER_REVIEW = "Ban đang xem xét giải trình"
WRITE_IT = {False: "Ghi “{label}”", True: "Ghi đủ cột “{label}”"}
"""What to do about a missing value: a cell's, a column's."""
WRITE_IT_AGAIN = "Ghi lại “{label}”: chưa đọc được"
IS_MISSING = "Chưa ghi “{label}”, vì vậy chưa rà soát đủ."
SEVERAL_CELLS = "{label} ({number} ô, ví dụ ô đầu)"
UNDERSTOOD_AS = "Đơn vị ghi “{typed}”, được hiểu là {understood}. {how}."
BLANK = shared.LEFT_BLANK

# --- the receipt ----------------------------------------------------------------------------

RECEIPT = (
    shared.RECEIVED_AT,
    "Hình thức",
    shared.SENDER,
    "Tên tệp",
    "Dung lượng",
    shared.CHECK_FIGURE,
    "Mã băm SHA-256",
    shared.STAGE,
    "Nơi nhận",
)
"""The receipt's lines, in their order."""
RECEIVED_BY = "{board}; rà soát số liệu đến {until}"
CHECK_FIGURE = "{figure} (phải trùng với mã in trên bản giấy)"
NO_CHECK_FIGURE = "không có"
IN_A_PACKAGE, LOOSE_FILE = "Tệp trong gói “{container}”", "Tệp gửi trực tiếp"
MAIL, MAIL_ABOUT = shared.EMAIL, "Thư điện tử “{subject}”"
UNKNOWN_SENDER = "không rõ (tệp không kèm thư)"
