"""What a command says when it is done: results, months, traces."""

from __future__ import annotations

from tdkt_batch.wording import shared

# --- results ---------------------------------------------------------------------------------

NOTE = "Chú ý: {text}"
NUMBER, UNIT, FINDINGS = "Số lượng", shared.UNIT, shared.FINDINGS
MONTH = "Tháng {month}"
RUN_SECTIONS = {
    "attachments": "Tệp nhận được",
    "units": UNIT,
    "findings": FINDINGS,
}
"""What a run counts, by the manifest's key."""
OF_THESE = "  trong đó: {life} so với kỳ trước"
MANY_OUTSIDE_THE_MONTH = (
    "{number} biểu nằm ngoài kỳ này (của tháng khác, hoặc nhận sau "
    "thời điểm chốt): kiểm tra --month và --received-until. Tệp chép lại sau ngày chốt "
    "mang ngày mới; nên lưu nguyên cả thư để giữ ngày gửi."
)
NOTHING_NEW = (
    "Không có gì mới từ lần chạy trước: giữ nguyên kết quả đã có. "
    "Việc cần làm: xem trang “Việc cần làm” của sổ quyết định."
)
WORKBOOK = "Sổ tổng hợp"
MANIFEST = "Bảng kê"
LETTERS = "Biểu gửi lại, thông báo, báo cáo"
QUARANTINE = "Tệp chưa xử lý được, kèm lý do"
CONTROL = "Sổ quyết định của Ban"
SAMPLE_INPUTS = "Báo cáo mẫu các đơn vị gửi về (số liệu giả định): {path}"
SAMPLE_TRUTH = "Các lỗi đã cài sẵn để thử chương trình:           {path}"
MORE_FORMS = "… và {number} biểu khác"
FORMS_WRITTEN = "Đã ghi {number} biểu vào {folder}."

# --- check -----------------------------------------------------------------------------------

CHECKED = "{unit}, tháng {month}: {verdict}"
EMPTY_FORM = "{unit}, tháng {month}: biểu trống, chưa ghi số liệu nào"
CLEAN = "không có nội dung cần xem xét (chưa gồm căn cứ Ban đối chiếu)"
FINDING_PARTS = ("Ô", "Đã ghi", shared.REQUIREMENT, shared.TO_DO, shared.EXPLANATION, shared.RULE)
CLAUSE = shared.CLAUSE
MISSING = "Thiếu {missing}: chưa rà soát được {number} căn cứ"
AND_OTHERS = " và {number} ô khác"
UNDERSTOOD_OTHERWISE = "Đã hiểu lại {number} ô:"

# --- months ----------------------------------------------------------------------------------

MONTHS_HEADS = (
    shared.MONTH, "Số liệu đến", shared.SENT, "Cần xem xét", "Lần chạy", "Hiện trạng",
)  # fmt: skip
FOUND_OF_MONTH = "{number} ({new} mới)"
PROVISIONAL = "tạm tính"
TIMING_HEADS = ("Bước", "Tiến trình chính", "Các tiến trình đọc, ghi", "Đồng hồ")
OPENING = "Khởi động, mở sổ tiếp nhận"
ALL_STEPS = "Cả lần chạy"
WHAT_TIMINGS_MEAN = (
    "Tính bằng giây; hai cột đầu là thời gian bộ xử lý. Tiến trình chính dùng nhiều nhất "
    "{memory} MB bộ nhớ."
)
RUN_NUMBER = "số {run} (lần {number})"
FORGOTTEN = (
    "Đã bỏ lần chạy số {number} (tháng {month}, số liệu đến {until}), bỏ lúc {moment}, "
    "bởi {operator}; lần chạy sau coi như không có lần ấy, kể cả danh sách đơn vị giao cùng lần ấy "
    "(--register)."
)
REMOVED = "Đã xóa hẳn tháng {month}, lúc {moment}, bởi {operator}."
REMOVE_FOR_GOOD = (
    "Xóa hẳn tháng {month} trong {folder}: kết quả (cả bản đã ban hành), tệp đã nhận mà tháng khác "
    "không cần, quyết định của tháng ấy; không lấy lại được. Sổ quyết định được lập lại ở lần chạy "
    "sau: ô mới ghi mà chưa chạy thì mất. Gõ {option} để xóa"
)
STILL_OF_FORGOTTEN = "kết quả trên máy còn là của lần chạy số {number} đã bỏ"
RUN_TAKEN_BACK = "đã bỏ lần chạy số {number}"
TO_RUN_AGAIN = (
    "Tháng {month}: {why}; hãy lập lại, ghi đúng thư mục và thời điểm: "
    'tdkt-batch run THƯ_MỤC --month {month_option} --received-until "NĂM-THÁNG-NGÀY GIỜ:PHÚT".'
)
FILES_MISSING, FILES_CHANGED = "thiếu tệp", "tệp đã bị sửa"
FILES_OF_FORGOTTEN = "tệp của lần đã bỏ"
NO_MONTHS = "Chưa tổng hợp tháng nào."
MONTHS_RUN = "Đã tổng hợp {number} tháng, từ {first} đến {last}"
STILL_PROVISIONAL = "còn tạm tính: {months}"
ALL_WHOLE = "kết quả các tháng còn nguyên vẹn"
OF_FORGOTTEN = "kết quả trên máy còn là của lần chạy đã bỏ: {months}"
NOT_WHOLE = "kết quả không còn nguyên vẹn: {months}"
MISSING_OF_MONTH, CHANGED_OF_MONTH = "không còn", "đã bị sửa"
LOST_FILES = (
    "Tháng {month}: {what} {files}; chạy lại tdkt-batch run --month {month_option} để ghi lại."
)
AND_MORE_FILES = " và {number} tệp khác"
DECIDED_SINCE_RUN = (
    "Tháng {month}: Ban có {number} quyết định sau lần chạy cuối, "
    "đã tính ở bảng trên nhưng chưa có trong sổ; chạy lại tdkt-batch run --month {month_option}."
)

ISSUED, ADJUSTED = "ban hành lần {number}", "điều chỉnh lần {number}"
NOT_ISSUED = "chưa ban hành"
ADJUSTED_SINCE_ISSUE = "đã điều chỉnh mà chưa ban hành lại: {months}"

# --- remind ----------------------------------------------------------------------------------

REMINDED = (
    "Tháng {month}: đã soạn {drafts} thư nhắc trước hạn về báo cáo của {units} đơn vị{above}, "
    "tại: {folder}"
)
REMINDED_ABOVE = " ({number} thư nhờ nơi quản lý nhắc giúp các đơn vị trực thuộc)"
NOBODY_TO_REMIND = "Tháng {month}: không có đơn vị nào phải nhắc trước hạn."
NO_ADDRESSEE = "{number} thư để trống người nhận, vì đơn vị chưa có địa chỉ: xem {file}"
PAST_ITS_DAY = (
    "{number} đơn vị đã hết hạn ({names}): không soạn thư nhắc trước hạn; dùng thư, công văn của "
    "lệnh run: {letters}"
)
RUN_FOR_LETTERS = "tdkt-batch run --month {month}"

# --- issue -----------------------------------------------------------------------------------

MONTH_ISSUED = "Đã ban hành tháng {month} (lần {number}), giữ nguyên tại: {folder}"
ISSUED_BEFORE = (
    "Tháng {month} đã ban hành lần {number} ngày {day} và từ đó không có gì mới; bản ấy ở: {folder}"
)
FROM_NOW_ON = "Từ nay, lần chạy nào làm số liệu thay đổi thì ghi thành bản điều chỉnh lần {number}."

# --- trace -----------------------------------------------------------------------------------

STANDING = "{unit} ({code}), tháng {month}: {standing}"
SILENT = ", đã {number} tháng liền không gửi báo cáo"
ROW = ", dòng {number} ({name})"
NEVER_A_REPORT = "không có số, đơn vị chưa từng có báo cáo dùng được"
NO_SUCH_CELL = "báo cáo của đơn vị không có ô này"
CARRIED = "Không có số của tháng {month}; số đến nay lấy báo cáo gần nhất, tháng {source}:"
REPLACED = "Về sau: số đến nay đã thay bằng báo cáo tháng {month}."

TRACE_SECTIONS = {
    "value": shared.VALUE,
    "source": "Nguồn",
    "uses": "Căn cứ rà soát dùng số này",
    "findings": FINDINGS,
    "files": "Tệp của đơn vị trong tháng",
    "other_files": "Tệp khác của đơn vị trong tháng",
    "months": "Các tháng khác",
}
CORRECTED = "Ban đính chính"
VALUE_PARTS = {
    "typed": "Đã ghi trong ô",
    "formula": "Công thức của biểu",
    "understood": "Được hiểu lại",
    "corrected": CORRECTED,
    "note": shared.ATTENTION,
}
UNDERSTOOD_AS = "hiểu là {value}"
IMPLIED = "0: để trống mà các ô cùng khối đã ghi"
NOT_YET_IN_THE_WORKBOOK = "Ban {changed}; sổ của tháng chưa có số này"
CHANGED_SINCE = "{what} sau lần tổng hợp này ({decision})"
SOURCE_PARTS = {
    "file": shared.FILE,
    "kept": "Lưu tại",
    "hash": "SHA-256",
    "sender": "Thư của",
    "subject": shared.SUBJECT,
    "message_id": "Mã thư",
    "container": shared.INSIDE,
    "arrived": shared.ARRIVED,
    "first_seen": "Vào sổ tiếp nhận",
    "cell": "Ô",
    "form": "Mẫu biểu",
    "campaign": shared.RULE_SET,
    "run": "Lần tổng hợp",
}
NO_LONGER_THERE = " (không còn ở đó)"
SENT = ", gửi {moment}"
ARRIVED = "{moment} (theo {basis})"
FORM_VERSION = "{form}, phiên bản {version}"
RUN = "số {number}, {moment}, {operator}"
AS_TYPED = " (theo ô như đã ghi: {outcome})"
SINCE = ", có từ tháng {month}"
BOARD_ON_EXPLANATION = " Ban {answer} giải trình: {decision}."
ARRIVED_ON = "Đến {day}"
TYPED_THERE = ", ghi {value} (ô {cell})"
VALUE_OF_MONTH = ": {value} (ô {cell}; tệp {file})"
CORRECTED_VALUE_OF_MONTH = ": {value} (ô {cell}, Ban đính chính; tệp {file})"

# --- trace --total ---------------------------------------------------------------------------

IN_MONTH, TO_DATE = shared.IN_MONTH, shared.TO_DATE
TOTAL_HEADS = (UNIT, IN_MONTH, TO_DATE, "Tệp, ô", shared.NOTE)
TOTAL = "{label} [{id}], tháng {month}"
LATEST_REPORT = "báo cáo gần nhất, tháng {month}"
UNDERSTOOD = "đã ghi {typed}, hiểu lại ({rule})"
SUM_IN_MONTH = "Cộng trong tháng: {sum} ({units} đơn vị)."
SUM_TO_DATE = "Cộng đến nay: {sum} ({units} đơn vị{carried})."
OF_WHICH_CARRIED = ", trong đó {number} lấy báo cáo gần nhất"
WHAT_THE_SUMS_MEAN = (
    "Trong tháng: số mới biết, kể cả việc tháng trước nay mới báo và điều chỉnh số kỳ trước. "
    "Đến nay: theo báo cáo gần nhất của mỗi đơn vị; bằng số kỳ trước cộng số trong tháng."
)
NOT_ADDED = (
    "Chưa cộng: {unit}, {value} {measure} ({place}); {rule}: {expected}. "
    "Chờ đơn vị đính chính hoặc Ban xác nhận."
)
TOLD_LATE = "có từ trước tháng này, nay mới báo"
CORRECTS_EARLIER = "điều chỉnh số kỳ trước"
LEFT_REGISTER = "không còn trong danh sách đơn vị"
