"""What a month's run says: refusals, each with what to do, and notes beside its result."""

from __future__ import annotations

from tdkt_batch.wording import shared

NO_FILES_TO_CHECK = "không có tệp nào để kiểm tra: hãy ghi tên tệp biểu đã điền"
NO_UNITS = (
    "danh sách đơn vị: không có đơn vị nào tồn tại trong tháng {month}; "
    "hãy kiểm tra --month, hoặc cột Từ ngày, Đến ngày của danh sách"
)
NOTHING_OF_MONTH = (
    "tháng {month}: chưa nhận được tệp nào và không cho thư mục nào; "
    "hãy ghi thư mục chứa báo cáo các đơn vị gửi về"
)
EMPTY_FOLDERS = (
    "không có tệp nào trong các thư mục đã cho: "
    "hãy kiểm tra đường dẫn, hoặc ghi --received-until để lập sổ khi chưa đơn vị nào gửi"
)
OTHER_MONTHS_ONLY = (
    "tháng {month}: trong những gì đã cho chỉ có biểu của tháng "
    "{found}; hãy kiểm tra --month và đường dẫn"
)
NOTHING_OF_USE = (
    "{workbook}: không ghi đè, vì trong những gì đã cho không có báo cáo nào của tháng "
    "{month} dùng được; hãy kiểm tra đường dẫn và tháng"
)
RETURNS_ENDED = (
    "biểu gửi lại cho đơn vị: tiến trình ghi biểu bị dừng giữa chừng; "
    "hãy chạy lại với --workers 1, hoặc --no-letters để bỏ qua biểu gửi lại"
)
SUMS_DIFFER = (
    "số {what} không khớp: có {expected}, tổng hợp được {found} (ví dụ: {stray}); "
    "kết quả không được ghi, hãy báo người phụ trách chương trình"
)
SUMMED = {"files": shared.FILES_COUNTED, "units": shared.UNITS_COUNTED, "used": "báo cáo được dùng"}
"""What must be there exactly once, in ``SUMS_DIFFER``."""

NOT_RUN_YET = (
    "tháng {month}: chưa tổng hợp nên chưa có gì để ban hành; "
    "hãy chạy tdkt-batch run --month {option} trước"
)
NOTHING_TO_REMOVE = "Sổ tiếp nhận không có lần chạy nào của tháng {month}: không có gì để xóa."
REMOVE_OLDER_FIRST = (
    "Chưa xóa được tháng {month}: có tháng trước và tháng sau nó còn trong sổ, số kỳ trước và vòng "
    "đời nội dung của tháng sau tính theo nó; xóa các tháng cũ trước, bắt đầu từ {oldest}."
)
NOT_REMOVED = "Chưa xóa được {place}: {reason}; {remedy}, rồi chạy lại lệnh."
FORGOTTEN_ALREADY = "lần chạy số {number} đã được bỏ từ trước; xem tdkt-batch months"
NO_SUCH_RUN = "không có lần chạy số {number}; các lần chạy đang tính: {known}"
NONE_YET = "chưa có lần nào"
ISSUED_RUN = (
    "lần chạy số {number} là kết quả tháng {month} đã ban hành nên không bỏ được; "
    "hãy chạy lại cho đúng, kết quả mới ghi thành bản điều chỉnh"
)
RUN_OF_MONTH = "số {number} (tháng {month})"
RUN_BEFORE_OTHERS = (
    "lần chạy số {number} chưa bỏ được vì sau đó có lần chạy dùng cả tệp của lần ấy: {later}; hãy "
    "bỏ những lần này trước, lần mới nhất bỏ trước tiên: tdkt-batch months --forget-run {newest}"
)
RUN_BEFORE_ISSUED = (
    "lần chạy số {number} không bỏ được vì lần chạy số {issued} sau đó dùng cả tệp của lần ấy và "
    "là kết quả tháng {month} đã ban hành; hãy chạy lại cho đúng, kết quả mới ghi thành bản điều "
    "chỉnh"
)
NOT_AS_WRITTEN = (
    "tháng {month}: kết quả trên máy không còn như lần chạy cuối ({files}); "
    "hãy chạy lại tdkt-batch run --month {option}, xem lại sổ rồi ban hành"
)
DECIDED_SINCE = (
    "tháng {month}: Ban có {number} quyết định sau lần chạy cuối, chưa có trong sổ; "
    "hãy chạy lại tdkt-batch run --month {option}, xem lại sổ rồi ban hành"
)
STILL_OPEN = "Khi ban hành còn: {parts} (xem trang “Việc cần làm” của sổ quyết định)."
UNDECIDED, STRAYS = "{number} việc chưa quyết định", "{number} tệp chưa rõ của ai"
FAULTS_LEFT = "{number} lỗi số liệu, sai số học chưa được đính chính"
LETTERS_REMOVED = (
    "{folder}: đã xóa thư, biểu gửi lại của lần chạy trước, vì lần này không soạn thư; "
    "chạy lại không có --no-letters để soạn lại."
)
ADJUSTS = (
    "Tháng {month} đã ban hành ngày {day}: sổ và báo cáo vừa ghi là bản điều chỉnh lần {number} "
    "(trang “Điều chỉnh” ghi những gì khác và vì sao); bản đã ban hành vẫn giữ nguyên."
)

REGISTER_OF_LAST_RUN = (
    "Không cho --register: dùng danh sách đơn vị “{register}” của lần chạy tháng {month}."
)
CAMPAIGN_OF_LAST_RUN = "Không cho --campaign: dùng đợt (bộ căn cứ) của lần chạy tháng {month}."
JUDGED_UNDER_TODAYS = (
    "Bộ căn cứ mà sổ tiếp nhận giữ của tháng {months} do phiên bản trước ghi, chưa đủ cho phiên "
    "bản này ({problem}): tháng ấy được tính theo bộ căn cứ “{name}” đang dùng, danh sách đơn vị "
    "vẫn của lần chạy ấy."
)
CAMPAIGN_OUTDATED = (
    "tháng {month}: bộ căn cứ mà sổ tiếp nhận giữ không dùng được với phiên bản này ({problem}); "
    "hãy bổ sung vào thư mục đợt của Ban rồi chạy lại với --campaign THƯ_MỤC"
)
MOMENT_MOVED = (
    "Số liệu tính đến {now}; lần chạy trước của tháng này tính đến {before}. "
    'Muốn giữ thời điểm cũ thì thêm --received-until "{option}".'
)
MAILS_WITHOUT_FORMS = (
    "{number} thư không có biểu nào đọc được: {named}. "
    "Hãy hỏi lại nơi gửi, rồi trả lời ở trang “{asked}” của sổ quyết định."
)
CAME_FOR_EARLIER_MONTH = (
    "Tháng {month} có {number} biểu đến sau lần tổng hợp của tháng ấy: {units}. Số liệu đến nay đã "
    "tính theo các biểu này; bảng tháng {month} giữ nguyên cho đến khi chạy lại tháng {month} với "
    "thời điểm chốt muộn hơn (trả lời ở trang “{asked}” của sổ quyết định)."
)
NOT_YET_DUE = (
    "Số liệu tính đến {moment}, lúc tệp sau cùng đến; khi ấy {number} đơn vị chưa gửi vẫn còn hạn "
    "nên không bị đôn đốc. Muốn tính đến lúc khác thì ghi --received-until."
)
MAIL = "“{subject}” ({sender})"
SHEETS_OF_NO_FORM = (
    "{number} trang trong bảng tính gộp không thuộc biểu nào: {named}. "
    "Hãy mở xem có số liệu cần ghi vào biểu không, rồi trả lời ở trang “{asked}” của sổ quyết định."
)
NO_REASON = (
    "--set-aside “{file}”: chưa ghi lý do không dùng tệp; "
    'hãy ghi lý do sau tên tệp, ví dụ --set-aside "{file}" "bản nháp"'
)
CONTROL_UNREAD = (
    "{file}: không đọc được ({why}), quyết định mới của Ban chưa được tính; "
    "hãy đóng tệp rồi chạy lại."
)
CONTROL_OF_LATER_MONTH = (
    "so-quyet-dinh.xlsx: quyết định đã được tính; sổ giữ nguyên, vì đang là của tháng {month}."
)
CONTROL_EDITED = (
    "so-quyet-dinh.xlsx: vừa được sửa trong lúc chạy nên giữ nguyên, chưa tính phần mới sửa; "
    "hãy chạy lại."
)
CONTROL_UNREADABLE = (
    "so-quyet-dinh.xlsx: chưa đọc được hết nên giữ nguyên; "
    "hãy sửa hoặc đổi tên tệp ấy rồi chạy lại."
)
