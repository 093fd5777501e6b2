"""What the annotated return says: what is asked, at which cell, and what came in."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared

SHORT_ACTIONS: Mapping[str, str] = {
    "complete": "đề nghị hoàn thiện",
    "correct": "đề nghị đính chính",
    "explain": "đề nghị giải trình",
    "resend": "đề nghị gửi lại",
    "awaiting": "đã nhận",
    "clear": "đã nhận",
}
"""What is asked first, in a file's name."""
WHICH_REPORT = "Báo cáo tháng {month} – {number}: {title}"

# --- what is asked --------------------------------------------------------------------------

HEADLINE = "{number} việc, khoảng {time}"
"""The first line: how many things are asked, and how long writing them takes."""
SEND_BACK = "Gửi lại chính tệp này chậm nhất ngày {day}"
GUIDE = (
    "Bấm vào số ô để đến ô cần xem (khung đậm, dấu ►) và ghi ngay trong tệp này; xong việc nào, "
    "đánh dấu việc ấy ở cột “Đã sửa”. Số phút là thời gian ghi, không kể thời gian xem lại hồ sơ."
)
HEADINGS: Mapping[str, str] = {
    "correct": "Đính chính ({number} việc): chỗ ghi sai thì ghi lại cho đúng",
    "complete": "Hoàn thiện ({number} việc): ghi bổ sung, sửa cho đúng",
    "explain": (
        "Giải trình ({number} việc): sửa cho đúng; giữ nguyên thì bấm ô “Giải trình” để ghi lý do"
    ),
}
HEADINGS_AFTER: Mapping[str, str] = {
    "correct": "Đính chính ({number} việc): chỗ ghi sai thì ghi lại cho đúng thực tế",
    "complete": "Hoàn thiện ({number} việc): ghi bổ sung cho đủ",
    "explain": (
        "Giải trình ({number} việc): {event} đã tổ chức, không sửa số liệu cho khớp quy định; "
        "bấm ô “Giải trình” để ghi lý do"
    ),
}
"""What is asked in one way, before the conference and after it."""
SENT_EMPTY = "Biểu gửi đến chưa ghi số liệu"
FILL_IN = "Ghi số liệu vào tệp này rồi gửi lại."
FRESH = "Gửi lại (1 việc): tệp đã gửi chưa dùng được"
FRESH_GUIDE = (
    "Biểu này đã ghi tên đơn vị, tháng và những gì báo cáo gần nhất của đơn vị đã nói (nếu có): "
    "kiểm tra, ghi tiếp ở các trang sau rồi gửi lại."
)
FRESH_FILE = "Tệp “{name}”: {cause}"
UNDER_REVIEW = "Đã giải trình, Ban đang xem xét: chưa phải làm gì"
NOTICES = "Lưu ý: không bắt buộc, xem lại nếu thấy cần"
WAIVED = "Đã chấp nhận giải trình: không phải làm gì"
KEEP_FILE = "Hãy giữ lại tệp cũ “{name}”: các phần trên chỉ còn ở tệp ấy. Khi gửi, chỉ gửi tệp này."

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
OPEN_SINCE = "(đã nêu từ tháng {month})"
REOPENED = "(đã khắc phục, nay lặp lại)"
REQUIRED = "Yêu cầu: {expected}"
ANSWER = "Ban trả lời: {answer}"
UNTIL = "{decision} đến hết tháng {month}"
LEFT_BLANK = "“{label}”: để trống"
NOT_READ = "“{label}”: chưa đọc được"
WRITE_IT = {False: "Ghi “{label}”.", True: "Ghi đủ cột “{label}”."}
"""What to do about a missing value: a cell's, a column's."""
WRITE_IT_AGAIN = "Ghi lại “{label}”."
TO_BE_CHECKED = "Cần để rà soát: {rules}"
IS_MISSING = "Chưa ghi “{label}”, vì vậy chưa rà soát đủ."
SEVERAL_CELLS = "{label} ({number} ô, ví dụ ô đầu)"
UNDERSTOOD_AS = "Đơn vị ghi “{typed}”, được hiểu là {understood}. {how}."
BLANK = shared.LEFT_BLANK

# --- the board's own records ----------------------------------------------------------------

RECORDS_OF_POINTS = "Sổ của Ban: mức độ, diễn biến, mã và căn cứ của từng nội dung"
RECORD = "{numbers}: {record}"
RECEIPT_HEAD = "Phiếu tiếp nhận"
RECEIPT_LINE = "{label}: {text}"
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
