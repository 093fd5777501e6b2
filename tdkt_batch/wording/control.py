"""What the control workbook says: its sheets and heads, what it asks of the board, its notes."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared

# --- the sheets, by the family of their decisions -------------------------------------------

TITLES: Mapping[str, str] = {
    "question": "Cần quyết định",
    "answer": shared.UNITS_EXPLANATION,
    "correction": "Đính chính số liệu",
    "excuse": shared.EXCUSED,
    "extension": shared.EXTENDED,
    "file": "Tệp không dùng",
}
HEADINGS: Mapping[str, str] = {
    "question": "VIỆC CHƯƠNG TRÌNH HỎI BAN",
    "answer": "QUYẾT ĐỊNH VỀ GIẢI TRÌNH CỦA ĐƠN VỊ",
    "correction": "ĐÍNH CHÍNH SỐ LIỆU CỦA ĐƠN VỊ",
    "excuse": "ĐƠN VỊ KHÔNG PHẢI BÁO CÁO",
    "extension": "GIA HẠN BÁO CÁO",
    "file": "TỆP BAN KHÔNG DÙNG",
}
HOW_TO: Mapping[str, str] = {
    "question": (
        "Mọi điều chương trình hỏi đều ở trang này, việc gấp đứng trước: mỗi việc một dòng, chọn ở "
        "cột Quyết định; để trống là chưa xem xét, không có gì thay đổi. Lần chạy sau, màn hình và "
        "trang “Việc cần làm” nêu từng quyết định đã làm thay đổi gì.\n"
        "Giải trình, số chưa cộng, khác báo cáo trước (chấp nhận là bản mới đúng): Chấp nhận (ghi "
        "Lý do, Người quyết định, Ngày quyết định) hoặc Không chấp nhận. Tệp chưa rõ của ai: Không "
        "phải là báo cáo, Ban không dùng (ghi lý do), hoặc Là của đơn vị (chọn ở cột bên cạnh). "
        "Hai báo cáo cùng ngày: chọn bản được tính. Thư, trang không có biểu: Đã xem, không có "
        "biểu thì không nhắc nữa.\n"
        "Việc cần xem lại: Giữ nguyên thì không hỏi nữa cho đến khi đơn vị ghi khác; Đang hỏi lại "
        "đơn vị thì dòng còn ở đây. Không số nào vì thế mà đổi, không tính là lỗi của đơn vị."
    ),
    "answer": (
        "Quyết định đã có. Giải trình đang chờ xét ở trang “Cần quyết định”. Chỉ ghi vào ô màu.\n"
        "Chấp nhận thì phải ghi Lý do, Người quyết định, Ngày quyết định. Chấp nhận có giá trị khi "
        "đơn vị vẫn ghi như cột “Đơn vị ghi” và chưa quá tháng đã ghi (để trống: không hạn).\n"
        "Muốn bỏ một quyết định đã ghi: chọn Rút lại (xóa ô không làm mất quyết định).\n"
        "Nội dung mà đơn vị không giải trình: ghi Mã đơn vị, Mã căn cứ và quyết định vào dòng "
        "trống ở cuối; không ghi “Đơn vị ghi” thì quyết định chỉ có giá trị trong kỳ đó."
    ),
    "correction": (
        "Số liệu đơn vị báo sửa lại (điện thoại, văn bản): mỗi số một dòng, ghi vào ô màu. Số đã "
        "đính chính thay cho số đơn vị ghi trong biểu của đúng kỳ đó.\n"
        "Phải ghi đủ: số đúng, ai báo, ngày báo, vì sao, ai ghi sổ. Chỉ tiêu chọn trong danh sách; "
        "bảng danh sách kèm theo biểu không đính chính ở đây, đề nghị đơn vị gửi lại biểu.\n"
        "Muốn bỏ một đính chính đã ghi: chọn Rút lại (xóa dòng không làm mất đính chính)."
    ),
    "excuse": (
        "Mỗi đơn vị một dòng, ghi vào ô màu: từ kỳ nào, đến hết kỳ nào (để trống: đến hết đợt), vì "
        "sao, ai quyết định. Đơn vị ấy không bị tính là chưa gửi và không bị đôn đốc.\n"
        "Muốn bỏ một dòng đã ghi: chọn Rút lại (xóa dòng không làm mất quyết định)."
    ),
    "extension": (
        "Mỗi đơn vị, mỗi kỳ một dòng, ghi vào ô màu: được gửi đến hết ngày nào, vì sao, ai quyết "
        "định. Đơn vị gửi trong hạn mới là đúng hạn; chưa hết hạn mới thì không bị đôn đốc.\n"
        "Hạn mới là ngày làm việc sau thời hạn chung và chỉ áp dụng cho đúng kỳ đó.\n"
        "Muốn bỏ một dòng đã ghi: chọn Rút lại (xóa dòng không làm mất quyết định)."
    ),
    "file": (
        "Mỗi tệp một dòng, ghi vào ô màu: vì sao không dùng (bản nháp, tệp của đơn vị khác, ảnh "
        "không phải báo cáo), ai quyết định, ngày nào. Từ kỳ ấy tệp coi như chưa đến, kể cả khi "
        "gửi lại y nguyên; đơn vị đã gửi tệp là “đã gửi, Ban không dùng”, không phải chưa gửi.\n"
        "Chọn tệp trong danh sách, hoặc ghi tên tệp như ở trang Sổ tiếp nhận của sổ tổng hợp. Tệp "
        "chưa rõ của đơn vị nào thì hỏi ở trang “Cần quyết định”; cột “Của đơn vị” có ghi thì tệp "
        "là của đơn vị ấy, không phải tệp không dùng.\n"
        "Muốn dùng lại một tệp: chọn Rút lại (xóa dòng không làm mất quyết định)."
    ),
}
"""How each sheet is filled in, a paragraph a line."""
_COMMON_HEADS = {
    "name": shared.UNIT,
    "unit": shared.UNIT_CODE,
    "month": "Kỳ",
    "reason": shared.REASON,
    "withdrawn": shared.WITHDRAWN,
    "note": "Ghi chú của chương trình",
}
HEADS: Mapping[str, Mapping[str, str]] = {
    "question": {
        **_COMMON_HEADS,
        "topic": "Về việc",
        "message": shared.CONTENT,
        "given": "Biểu, tệp ghi",
        "expected": shared.REQUIREMENT,
        "place": "Trang, ô, tệp; ô của biểu khác",
        "explanation": shared.UNITS_EXPLANATION,
        "decision": "Quyết định",
        "of_unit": "Của đơn vị",
        "approver": "Người quyết định",
        "decided": "Ngày quyết định",
        "until": "Có giá trị đến hết tháng",
        "code": shared.RULE_CODE,
        "field": "Ô của biểu",
        "sha256": "Mã của tệp",
        "question": "Mã việc",
    },
    "answer": {
        **_COMMON_HEADS,
        "message": shared.CONTENT,
        "severity": shared.SEVERITY,
        "given": shared.GIVEN_BY_UNIT,
        "explanation": shared.UNITS_EXPLANATION,
        "code": shared.RULE_CODE,
        "field": "Ô của biểu",
        "decision": "Quyết định",
        "approver": "Người quyết định",
        "clause": shared.RULE,
        "decided": "Ngày quyết định",
        "until": "Có giá trị đến hết tháng",
    },
    "correction": {
        **_COMMON_HEADS,
        "field": shared.FIGURE,
        "value": "Giá trị đúng",
        "explanation": "Ai báo",
        "decided": "Ngày báo",
        "approver": "Người ghi sổ",
    },
    "excuse": {
        **_COMMON_HEADS,
        "month": "Từ kỳ",
        "until": "Đến hết kỳ",
        "explanation": shared.CONTENT,
        "approver": "Người quyết định",
        "decided": "Ngày quyết định",
    },
    "extension": {
        **_COMMON_HEADS,
        "due": "Hạn mới",
        "approver": "Người quyết định",
        "decided": "Ngày quyết định",
    },
    "file": {
        **_COMMON_HEADS,
        "file": shared.FILE,
        "sha256": "Mã của tệp",
        "month": "Từ kỳ",
        "state": "Tình trạng của tệp",
        "of_unit": "Của đơn vị",
        "approver": "Người quyết định",
        "decided": "Ngày quyết định",
    },
}
"""The heads of each sheet's columns, by id."""
YES, NO = "x", shared.NO
"""How a corrected mark is written."""
YES_TOO = ("x", shared.YES_IN_SENTENCE)
"""What withdraws a decision, besides the word itself."""

# --- around the tables ----------------------------------------------------------------------

BOOK_TITLE = "Sổ quyết định, tháng {month}"
SHEET_TITLE, FOOTER = "SỔ QUYẾT ĐỊNH: {heading}", "Sổ quyết định: {title}"
AS_OF = "(Số liệu đến {until})"
LISTS = "Danh mục"
"""The hidden sheet with what cells choose from."""
NOTES, NOTES_HEADING = (
    shared.ATTENTION,
    "CHÚ Ý CỦA CHƯƠNG TRÌNH",
)
NOTES_HEADS = ("STT", shared.CONTENT)
SEE_NOTES = "CHÚ Ý: có {number} nội dung cần xem lại ở trang “{notes}”."
SEE_NOTES_AND_REMARKS = (
    "CHÚ Ý: có {number} nội dung cần xem lại ở trang “{notes}” và cột “{remarks}”."
)
NO_REPORT = "Không phải là báo cáo"
"""The answer to whose a file is that is nobody's report."""
NO_FORM_IN_IT = "Đã xem, không có biểu"
COUNTED_STAYS, OTHER_COUNTS = "Giữ bản đang tính", "Tính báo cáo còn lại"
"""Answers to what is asked of mails, sheets and reports that came twice."""
OTHER_COUNTS_BECAUSE = "Ban tính báo cáo khác của đơn vị gửi cùng ngày"
"""Why a file is not used where the other of two was chosen."""
FILE_TOPICS: Mapping[str, str] = {
    "two": "Hai báo cáo",
    "mail": "Thư không có biểu",
    "sheet": "Trang ngoài biểu",
    "earlier": "Biểu của kỳ trước",
}
FILE_QUESTIONS: Mapping[str, tuple[str, str]] = {
    "two": (
        "Hai báo cáo khác nhau cùng ngày. “{other}” {reason}",
        "Tính bản nào?",
    ),
    "mail": (
        "Thư “{subject}” ({sender}), số tệp: {number}, không tệp nào là biểu đọc được. {reason}",
        "Có phải báo cáo của đơn vị nào không? Cần thì hỏi lại nơi gửi",
    ),
    "sheet": (
        "Trang trong bảng tính gộp không thuộc biểu nào",
        "Có số liệu cần ghi vào biểu không?",
    ),
    "earlier": (
        "Biểu tháng {month} đến sau lần tổng hợp tháng ấy: chỉ có thể tính vào số liệu đến nay",
        "Giữ như vậy? Bảng tháng {month} muốn tính cả biểu này thì chạy lại, chốt muộn hơn",
    ),
}
"""By topic: what is said of a file, and what is asked."""
DOUBT, EXPLAINED, STRAY = "Số chưa cộng", "Xét giải trình", "Tệp chưa rõ của ai"
TOLD_OTHERWISE = "Khác báo cáo trước"
"""What a question is about, besides the topics of ``wording.figures``."""
PLACE_ON_SHEET, PLACE_IN_FILE = "Trang {sheet}, ô {cell}", "tệp {file}"
FILE_ARRIVED = "{file}: đến {moment}"
WHOSE_IS_IT = "Của đơn vị nào, hay không phải báo cáo?"
BY_CLAUSE = "Căn cứ {code}: {clause}"
OTHER_CELL = "{unit}: {said}"
NOTHING_ASKED = "Không có việc nào chờ quyết định"
SETTLED = "Đã xem lại"
SENT_BY = "thư của {sender}: “{subject}”"
DAY, DAY_HEADING = shared.WORK_TO_DO, "VIỆC CẦN LÀM, THÁNG {month}"
DAY_HEADS = ("STT", shared.WORK, "Đơn vị, tệp", shared.CONTENT, shared.PHONE)
SINCE_PART, TASKS_PART = "I. CÓ GÌ MỚI TỪ LẦN CHẠY TRƯỚC", "II. VIỆC CẦN LÀM, THEO THỨ TỰ"
LAST_RUN_NOT_KEPT = (
    "Chưa so được với lần chạy trước: sổ tiếp nhận không còn giữ kết quả của lần ấy."
)
FIRST_RUN = "Lần chạy đầu của kỳ này: chưa có lần trước để so."
TASK_NAMES: Mapping[str, str] = {
    "rewrite": "Ghi lại dòng chưa nhận của sổ này",
    "decide": "Quyết định (trang “Cần quyết định”)",
    "call": "Gọi điện, nhắc gửi",
    "send": "Gửi biểu gửi lại, có đề nghị",
    "look": "Mở xem tệp (tên ở Sổ tiếp nhận; tệp chưa xử lý được: thư mục tep-chua-xu-ly)",
    "review": "Xem lại trước khi ban hành (trang “Cần quyết định”)",
}
TASKS: Mapping[str, str] = {
    "rewrite": "ghi lại {number} dòng chưa nhận của sổ quyết định",
    "decide": "quyết định {number} nội dung",
    "call": "gọi {number} đơn vị",
    "send": "gửi {number} biểu có đề nghị",
    "look": "mở xem {number} tệp",
    "review": "xem lại {number} trường hợp",
}
ASKED_OF_UNIT: Mapping[str, str] = {
    "complete": "Đề nghị hoàn thiện biểu, gửi lại",
    "correct": "Đề nghị đính chính",
    "explain": "Đề nghị giải trình",
    "resend": "Đề nghị gửi lại báo cáo vào biểu mới kèm theo",
}
ON_SHEET_OF = "Trang “{title}”"
MORE_TASKS = "… và {number} nữa"
CALL_ABOUT = "{state}: {remedy}"
NEXT_STEPS = "Việc tiếp theo: {tasks}."
NOTHING_TO_DO = "Việc tiếp theo: trình ký, ban hành (tdkt-batch issue)."
CHOOSE_ONE = "Chọn một trong: {choices}."
WRITE_A_DAY, WRITE_A_MONTH = shared.WRITE_DAY, shared.WRITE_MONTH

# --- remarks on rows ------------------------------------------------------------------------

EXPLAINED_ANEW = "Đơn vị giải trình lại: “{explanation}”"
NOT_ADDED = "Chưa cộng vào số liệu chung: chọn Chấp nhận thì cộng như đã ghi"
STILL_NOT_ADDED = "Đã chấp nhận nhưng chưa cộng, vì đơn vị còn {code}"
DECIDED_BEFORE = "Kỳ {month} đã {decision} khi đơn vị ghi “{given}”"
OUT_OF_FORCE = "Hết hiệu lực sau kỳ {until}"
NOT_FOUND_NOW = "Kỳ này đơn vị không có nội dung này"
GIVEN_NOW, GIVEN_OTHERWISE = "Nay đơn vị ghi “{given}”", "Nay số liệu đã khác"
DOES_NOT_APPLY = "{why}: quyết định này không áp dụng"
NOT_CORRECTED_YET = "Kỳ này đơn vị chưa có báo cáo dùng được: đính chính chưa áp dụng"
USUAL_DEADLINE, OF_ITS_MONTH_ONLY = "Thời hạn chung: {day}", "Chỉ áp dụng cho kỳ đã ghi"
EXCUSE_ENDED = "Đã hết hiệu lực"
NOT_OF_THIS_MONTH = "Không có trong kỳ này"
REFUSED = "Chưa nhận. {problem}"

# --- what could not be taken ----------------------------------------------------------------

UNREADABLE = (
    "{file}: chưa lấy được quyết định nào. {reason} "
    "Các quyết định đã nhận trước đây vẫn có hiệu lực; tệp này được giữ nguyên: hãy lưu lại "
    "cho đúng, hoặc đổi tên tệp, rồi chạy lại."
)
CANNOT_BE_READ = "Không đọc được ({error})."
OTHER_WORKBOOK = "Tệp không phải sổ quyết định của chương trình."
HEADS_LOST = (
    "{file}: trang “{title}” không còn hàng tiêu đề nên chưa đọc được trang ấy; tệp được "
    "giữ nguyên. Hãy ghi lại hàng tiêu đề, hoặc xóa cả trang để chương trình lập lại, rồi chạy lại."
)
ON_SHEET = "{file}, trang “{title}”"
IN_ROW, ABOUT = "{sheet}, dòng {row} của sổ trước lần chạy này{about}", " ({about})"
COLUMNS_LOST = "{sheet}: không có cột {heads}; đã hiểu là để trống"
TOO_MANY_ROWS = "{sheet}: chỉ đọc {number} dòng; xóa các dòng thừa"
NOT_TAKEN = "{where}: chưa nhận. {problem}"
STILL_STANDS = ". Quyết định đã nhận từ trước vẫn có hiệu lực; muốn bỏ thì chọn Rút lại"
BLANKED = (
    "{where}: {heads} đã xóa trắng nhưng quyết định đã nhận từ trước vẫn có hiệu lực; "
    "muốn bỏ thì chọn Rút lại"
)
UNDERSTOOD = "{where}: {said}"
YEAR_ADDED = "ô “{head}” ghi “{text}”, không có năm; đã hiểu là {month}"
SAID_TWICE = "{where}: trùng với {before}; đã lấy dòng sau"

# --- what is wrong with a cell: what stands there, what to do ------------------------------

WRONG_CELL = "Ô “{head}” {what}: {to_do}"
BLANK_CELL, BLANK_CELLS = (
    "Ô {heads} chưa ghi: ghi vào ô này",
    "Các ô {heads} chưa ghi: ghi vào các ô này",
)
NOTHING = "chưa ghi"
NO_UNIT, WRITE_A_UNIT = (
    "ghi “{text}”, không có trong danh sách đơn vị",
    "ghi mã đơn vị theo danh sách đăng ký",
)
NO_CODE, WRITE_A_CODE = "ghi “{text}”, không có mã này", "ghi mã căn cứ như ở sổ tổng hợp, ví dụ A4"
NO_FIELD, CHOOSE_A_FIELD = "“{text}” không có trong biểu của đơn vị", "chọn trong danh sách"
SEVERAL_FIELDS, CHOOSE_ONE_FIELD = (
    "“{text}” có thể là: {names}",
    "chọn một chỉ tiêu trong danh sách",
)
NO_FILE, WRITE_A_FILE = (
    "ghi “{text}”, chưa nhận tệp nào tên như vậy",
    "ghi tên tệp như ở trang Sổ tiếp nhận của sổ tổng hợp",
)
SEVERAL_FILES, WRITE_THE_HASH = (
    "ghi “{text}”, có {number} tệp khác nhau tên như vậy",
    "ghi mã SHA-256 của tệp như ở trang Sổ tiếp nhận (8 ký tự đầu là đủ)",
)
WRITE_THE_VALUE = "ghi số liệu đúng"
NOT_LATER, WRITE_A_LATER_DAY = (
    "ghi {due}, không sau thời hạn chung {usual}",
    "ghi ngày sau thời hạn chung",
)
NO_WORKING_DAY, WRITE_A_WORKING_DAY = (
    "ghi {due}, là ngày nghỉ",
    "ghi ngày làm việc, ví dụ {day}",
)
BEFORE_FIRST, MEND_IT = "là {last}, trước kỳ {first}", "sửa lại"
