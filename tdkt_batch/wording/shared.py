"""What two rooms or more say: words for states and kinds, column heads, common sentences.

The guidance's words are the campaign's. What one room alone says stands in the module
that bears its name. Sentences say where, what, and what to do, in this order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tdkt_batch.model import ArrivalBasis, DecisionKind, Life, OutcomeKind, Severity
from tdkt_batch.report import Change, Clue, FileRecord, FileState, Hindrance, UnitState
from tdkt_batch.values import Fault, Found

# --- words over columns and in sentences, the same in every book, paper and command --------------

SIGN_HERE = "(Ký, ghi rõ họ tên)"
BLANK = "(để trống)"
RULE_SET = "Bộ căn cứ"
ATTENTION = "Chú ý"
UNCLEAR = "Chưa rõ"
FIGURE = "Chỉ tiêu"
MEASURE = "ĐVT"
LAST_RUN = "Kỳ trước"
HOW_TO_MEND = "Cách hoàn thiện"
YES = "Có"
RULE = "Căn cứ"
TO_DO = "Cần làm"
WORK, WORK_TO_DO = "Việc", "Việc cần làm"
NOTE = "Ghi chú"
DEADLINE = "Thời hạn"
WRITE_DAY = "Ghi ngày/tháng/năm, ví dụ {example_day}"
WRITE_MONTH = "Ghi tháng/năm, ví dụ {example_month}"
VALUE = "Giá trị"
EXPLANATION = "Giải trình"
UNITS_EXPLANATION = "Giải trình của đơn vị"
NO = "Không"
EXCUSED = "Không phải báo cáo"
EXTENDED = "Gia hạn"
BOARDS_DECISION = "Quyết định của Ban"
CANCELLED = "Không tổ chức"
PLAN = "Kế hoạch"
KIND = "Loại"
KIND_OF_UNIT = "Loại đơn vị"
REASON = "Lý do"
CUMULATIVE = "Lũy kế"
ARITHMETIC = "Sai số học"
FAULT_OF_DATA = "Lỗi số liệu"
CODE = "Mã"
RULE_CODE = "Mã căn cứ"
UNIT_CODE = "Mã đơn vị"
CHECK_FIGURE = "Mã đối chiếu"
SEVERITY = "Mức độ"
SENDER = "Người gửi"
CONTACT = "Người liên hệ"
RECEIVED_AT = "Nhận lúc"
INSIDE = "Nằm trong"
CONTENT = "Nội dung"
FINDINGS = "Nội dung cần xem xét"
WHAT_IS_CHECKED = "Nội dung rà soát"
REQUIRED = "Phải gửi"
WITHDRAWN = "Rút lại"
NUMBER_OF_UNITS = "Số đơn vị"
MONTH = "Tháng"
MONTH_BEFORE = "Tháng trước"
EMAIL = "Thư điện tử"
ARRIVED = "Thời điểm đến"
RESULT = "Thực hiện"
RESULT_IN_MONTH = "Thực hiện trong tháng"
SUBJECT = "Tiêu đề thư"
PROVINCE = "Toàn tỉnh"
IN_MONTH = "Trong tháng"
SUPERIOR = "Trực thuộc"
STAGE = "Tình trạng"
FILE = "Tệp"
OTHER_UNITS = " và {number} đơn vị khác"
TOTAL = "Tổng số"
SHARE = "Tỷ lệ"
REQUIREMENT = "Yêu cầu"
YES_IN_SENTENCE = "có"
ROW = "dòng {number}"
NO_RIGHT_TO_WRITE = "không có quyền ghi"
CLAUSE = "mục {clause}"
FILES_COUNTED = "tệp"
PHONE = "Điện thoại"
PLANNED = "Đã có kế hoạch"
SENT = "Đã gửi"
HELD = "Đã tổ chức"
UNIT = "Đơn vị"
GIVEN_BY_UNIT = "Đơn vị ghi"
TO_DATE = "Đến nay"
UNITS_COUNTED = "đơn vị"
LEFT_BLANK = "để trống"
DISK_FULL = "ổ đĩa hết chỗ"

OUTCOMES: Mapping[OutcomeKind, str] = {
    OutcomeKind.PASS: "Đạt",
    OutcomeKind.FAIL: "Không đạt",
    OutcomeKind.NOT_APPLICABLE: "Không áp dụng",
    OutcomeKind.UNKNOWN: "Chưa đủ số liệu",
    OutcomeKind.ERROR: "Lỗi rà soát",
}
ADJUSTMENT = "Bản điều chỉnh lần {number} của bản đã ban hành ngày {day}"
"""Says so on every sheet of a workbook, and in the report, that follow an issued one."""
RECIPIENTS = "{recipient} (đơn vị thuộc {kinds}), {others} (đơn vị khác)"
"""To whom a level reports whose units do not all report to the same."""
CITATION = "{kind} số {number} ngày {day}"
"""How an office cites the guidance."""
APART = "{unit}: {given}; có thể có {expected} (trang {sheet}, ô {cell})"
STILL_APART = "; còn {code} nên chưa cộng, kể cả khi đã xác nhận: {message}"
APART_LEAD = "Chưa cộng vào số liệu chung, chờ đính chính hoặc xác nhận: {number} đơn vị: {units}."
"""Figures that cannot be true, which are added to no total before they are confirmed."""
COMMON_FAULT = "{title} ({units}/{of} đơn vị)"
"""A finding that many units share."""
BOARD_CHECKS = "Ban đối chiếu"
"""What the form's panel says of a rule that only the board can check."""

NOTICE = "Lưu ý"
SEVERITIES: Mapping[Severity, str] = {
    Severity.VIOLATION: "Chưa đúng {guidance}",
    Severity.WARNING: "Cần giải trình",
    Severity.NOTICE: NOTICE,
    Severity.ARITHMETIC: ARITHMETIC,
    Severity.READING: FAULT_OF_DATA,
}
"""A campaign's ``words.severities`` are these in its own words."""

NOT_WRITTEN = "(chưa ghi)"
"""What stands in a sentence in the place of a value that is missing."""
BLANK_COUNT = "(để trống)"
"""What stands in a sentence in the place of a count left blank, which is added up as 0."""
BETWEEN = "{low} đến {high}"
"""What stands there of a number of which it is known between what it lies."""

NOT_USED = "Ban không dùng"
WHOSE_UNKNOWN = "(chưa rõ)"
"""Stands for a unit of which nothing is known."""
FILE_STATES: Mapping[FileState, str] = {
    FileState.USED: "Đã dùng",
    FileState.SUPERSEDED: "Đã có bản mới hơn",
    FileState.DUPLICATE: "Trùng nội dung",
    FileState.OTHER_MONTH: "Ngoài kỳ này",
    FileState.NOT_A_FORM: "Không phải biểu mẫu",
    FileState.SET_ASIDE: NOT_USED,
    FileState.QUARANTINED: "Chưa xử lý được",
}

CLUES: Mapping[Clue, str] = {
    Clue.FORM: "Biểu",
    Clue.BOARD: BOARDS_DECISION,
    Clue.CHECK_FIGURE: "Mã đối chiếu trong tệp",
    Clue.FILE_NAME: "Tên của tệp",
    Clue.BESIDE: "Biểu gửi cùng",
    Clue.SUBJECT: SUBJECT,
    Clue.FOLDER: "Thư mục, gói chứa tệp",
    Clue.ADDRESS: "Địa chỉ thư",
    Clue.SENDER: "Tên người gửi",
    Clue.COPY: "Tệp cùng nội dung",
}
"""What told whose a file is."""

_SENT: Mapping[Hindrance, str] = {
    Hindrance.AFTER_CUT_OFF: "đã gửi, đến sau thời điểm chốt số liệu",
    Hindrance.OTHER_MONTH: "đã gửi biểu ghi tháng khác",
    Hindrance.LOCKED: "đã gửi tệp có mật khẩu hoặc bị mã hóa",
    Hindrance.REFUSED: "đã gửi biểu chưa đúng mẫu",
    Hindrance.UNIDENTIFIED: "đã gửi biểu chưa rõ đơn vị, tháng hoặc mẫu",
    Hindrance.DAMAGED: "đã gửi tệp chưa mở, chưa đọc được",
    Hindrance.LINK: "đã gửi đường dẫn, không kèm tệp",
    Hindrance.DOCUMENT: "đã gửi văn bản, không kèm biểu Excel",
    Hindrance.PICTURE: "đã gửi ảnh, không kèm biểu Excel",
    Hindrance.WORDS: "đã gửi thư chỉ có lời, không kèm tệp",
    Hindrance.OTHER_FILE: "đã gửi tệp khác, không phải biểu mẫu",
    Hindrance.SET_ASIDE: "đã gửi, Ban không dùng",
}
"""What a unit sent that is not its report of the month."""
WITH_FRESH_FORM: Mapping[Hindrance, str] = {
    Hindrance.OTHER_MONTH: "ghi số liệu của tháng này vào {form} rồi gửi lại",
    Hindrance.LOCKED: "chép số liệu sang {form}, không đặt mật khẩu, rồi gửi lại",
    Hindrance.REFUSED: "chép số liệu sang {form} rồi gửi lại",
    Hindrance.UNIDENTIFIED: ("chép số liệu sang {form} (đã ghi tên đơn vị và tháng) rồi gửi lại"),
    Hindrance.DAMAGED: "ghi lại số liệu vào {form}, lưu, mở lại xem rồi gửi",
    Hindrance.LINK: "chép số liệu sang {form} rồi đính kèm chính biểu ấy vào thư",
    Hindrance.DOCUMENT: "ghi số liệu vào {form} rồi gửi lại",
    Hindrance.PICTURE: "ghi số liệu vào {form} rồi gửi lại",
    Hindrance.WORDS: "ghi số liệu vào {form} rồi gửi lại",
    Hindrance.OTHER_FILE: "ghi số liệu vào {form} rồi gửi lại",
    Hindrance.SET_ASIDE: "ghi số liệu vào {form} rồi gửi lại",
}
"""The one thing to do, by what was sent; ``{form}`` is the fresh form that goes with the letter."""
FRESH_FORM, THIS_FORM = "biểu kèm theo", "biểu này"
NEW_FORM = "biểu mới Ban gửi kèm thư"
"""What a fresh form is called in a letter, in itself, and in what tells of the letter."""
HINDRANCES: Mapping[Hindrance, tuple[str, str]] = {
    hindrance: (
        sent,
        WITH_FRESH_FORM[hindrance].format(form=NEW_FORM)
        if hindrance in WITH_FRESH_FORM
        else "không phải gửi lại; báo cáo được tính vào lần tổng hợp sau",
    )
    for hindrance, sent in _SENT.items()
}
"""What a unit sent, and what it is asked to do about it: the same wherever it is said."""
_REMEDY_UNSAID = (
    Hindrance.OTHER_MONTH, Hindrance.DOCUMENT, Hindrance.PICTURE, Hindrance.WORDS,
    Hindrance.OTHER_FILE, Hindrance.SET_ASIDE,
)  # fmt: skip
"""The kinds whose file's own reason says nothing of what to do."""

ALLOTTED = "Số đại biểu được phân bổ"
NEVER_USABLE = "Chưa từng có báo cáo dùng được"
SENT_NOTHING = "Chưa gửi"
MONTHS_SENT_NOTHING = "Số tháng liền chưa gửi"
UNIT_STATES: Mapping[UnitState, str] = {
    UnitState.ON_TIME: "Đúng hạn",
    UnitState.LATE: "Gửi muộn",
    UnitState.AFTER_CUT_OFF: "Đến sau chốt số liệu",
    UnitState.EMPTY: "Biểu trống",
    UnitState.UNUSABLE: "Đã gửi, chưa dùng được",
    UnitState.MISSING: SENT_NOTHING,
    UnitState.NOT_YET_DUE: "Chưa đến hạn",
    UnitState.NOT_REQUIRED: "Không phải gửi",
}

LIVES: Mapping[Life, str] = {
    Life.NEW: "Mới",
    Life.OPEN: "Còn",
    Life.FIXED: "Đã khắc phục",
    Life.REOPENED: "Lặp lại",
    Life.WAIVED: "Chấp nhận giải trình",
}

DECISIONS: Mapping[DecisionKind, str] = {
    DecisionKind.ACCEPTED: "Chấp nhận",
    DecisionKind.REFUSED: "Không chấp nhận",
    DecisionKind.CORRECTED: "Đính chính",
    DecisionKind.EXCUSED: EXCUSED,
    DecisionKind.EXTENDED: EXTENDED,
    DecisionKind.SET_ASIDE: NOT_USED,
    DecisionKind.ATTRIBUTED: "Là của đơn vị",
    DecisionKind.SEEN: "Giữ nguyên",
    DecisionKind.ASKED: "Đang hỏi lại đơn vị",
    DecisionKind.WITHDRAWN: WITHDRAWN,
}

READING_FAULTS: Mapping[str, tuple[str, str]] = {
    "DL01": (
        "Ô “{label}” ghi “{raw}”, không đọc được thành số",
        "Ghi một số nguyên, không kèm chữ",
    ),
    "DL02": (
        "Ô “{label}” ghi {raw}, không phải số nguyên",
        "Ghi số nguyên; dấu chấm, dấu phẩy dễ bị máy hiểu sai thì bỏ đi",
    ),
    "DL03": (
        "Ô “{label}” ghi {raw}, ngoài khoảng từ {minimum} đến {maximum}",
        "Kiểm tra và ghi lại số đúng",
    ),
    "DL04": (
        "Ô “{label}” ghi “{raw}”, không đọc được thành ngày",
        WRITE_DAY,
    ),
    "DL05": (
        "Ô “{label}” ghi {raw}, ngoài khoảng từ {earliest} đến {latest}",
        "Kiểm tra ngày, tháng, năm và ghi lại",
    ),
    "DL06": (
        "Ô “{label}” ghi “{raw}”, không có trong danh sách chọn",
        "Chọn một trong: {options}",
    ),
    "DL07": (
        "Ô “{label}” ghi “{raw}”, không rõ là có hay không",
        "Ghi x hoặc để trống, theo hướng dẫn của ô",
    ),
    "DL56": (
        "Ô “{label}” ghi “{raw}”, không rõ thiếu nội dung nào",
        "Ghi “đủ”, hoặc số thứ tự của từng nội dung thiếu, ví dụ 4; 6",
    ),
    "DL08": (
        "Ô “{label}” phải ghi chữ nhưng trong tệp là “{raw}” (máy đã tự đổi)",
        "Ghi lại nội dung, đặt dấu nháy đơn (') ở đầu ô",
    ),
    "DL09": (
        "Ô “{label}” ghi “{raw}”, có thể hiểu là hàng nghìn hoặc số lẻ",
        "Ghi số nguyên, không dùng dấu phẩy",
    ),
    "DL10": (
        "Ô “{label}” ghi “{raw}”, không đọc được thành tháng",
        WRITE_MONTH,
    ),
    "DL11": (
        "Ô “{label}” đang báo lỗi {raw}",
        "Xóa công thức hỏng và ghi trực tiếp giá trị",
    ),
    "DL12": (
        "Ô “{label}” có công thức chưa được tính ({raw})",
        "Mở tệp bằng Excel, lưu lại rồi gửi, hoặc ghi trực tiếp giá trị",
    ),
    "DL13": (
        "Trang “{sheet}” không còn đúng một dòng “{label}” nên không rõ ô cần đọc",
        "Không xóa, chèn hay sửa nhãn của biểu; chép số liệu sang biểu mẫu gốc",
    ),
    "DL14": (
        "Biểu không còn trang “{sheet}”",
        "Chép số liệu sang biểu mẫu gốc có đủ các trang",
    ),
    "DL15": (
        "Trang “{sheet}” không còn nguyên hàng tiêu đề của bảng “{table}”{lost}",
        "Không xóa, chèn hay sửa tiêu đề cột; chép số liệu sang biểu mẫu gốc",
    ),
    "DL16": (
        "Bảng “{table}” có {rows} dòng ghi ngoài {capacity} dòng của biểu",
        "Kiểm tra và bỏ dòng thừa; số liệu các dòng này vẫn được đọc",
    ),
    "DL18": (
        "Ô “{label}” ghi “{raw}”, không có trong danh sách đơn vị; đã hiểu theo mã là {unit}",
        "Ghi đúng tên đơn vị theo danh sách đăng ký",
    ),
    "DL19": (
        "“{label}” ghi hai nơi khác nhau: {one}; {other}",
        "Chỉ để lại một nơi ghi đúng rồi gửi lại",
    ),
    "DL20": (
        "Trang “{sheet}” không còn tiêu đề cột “Kế hoạch”, “Thực hiện” nên không rõ cột cần đọc",
        "Không xóa, sửa tiêu đề cột; chép số liệu sang biểu mẫu gốc",
    ),
    "DL21": (
        "Bảng “{label}” ghi ở hai trang khác nhau: “{sheet}” và “{other}”",
        "Chỉ để lại một trang ghi đúng rồi gửi lại",
    ),
    "DL22": (
        "Trang “{sheet}” không còn {number} dòng của biểu: {lines}",
        "Không xóa hay sửa nhãn của biểu; chép số liệu sang biểu mẫu gốc",
    ),
    "DL23": (
        "Ô “{label}” ghi “{raw}”, có thể là {days}",
        "Ghi lại ngày theo thứ tự ngày/tháng/năm; sửa cài đặt ngày của máy nếu tháng đứng trước",
    ),
    "DL24": (
        "Ô “{label}” trong tệp lưu khác thường, hai cách đọc cho kết quả khác nhau: {raw}",
        "Mở tệp bằng Excel, kiểm tra ô này, lưu lại dạng .xlsx rồi gửi",
    ),
}
"""Faults of reading, by code: what is wrong and what to do.

Both sentences may have the places ``{label}``, ``{sheet}``, ``{cell}`` and those
that the fault's details fill (``{raw}`` is what was typed).
"""

READING_NOTICES: Mapping[str, tuple[str, str]] = {
    "DL31": (
        "Trang “{sheet}” có {number} ô dời chỗ, ví dụ “{example}” từ {laid_out} sang {moved_to}",
        "Không chèn, xóa hay dời dòng, cột của biểu",
    ),
    "DL32": (
        "Trang “{expected}” nay có tên “{sheet}”; đã nhận ra theo nội dung",
        "Không đổi tên trang của biểu",
    ),
    "DL33": (
        "Biểu không có phần nhận dạng (chép sang tệp khác); đã đọc theo nhãn, tên đơn vị và tháng",
        "Lần sau ghi vào biểu mẫu gốc",
    ),
    "DL34": (
        "Biểu mẫu không phải bản hiện hành; đã đọc theo nhãn{lacking}",
        "Lần sau dùng biểu mẫu hiện hành",
    ),
    "DL35": (
        "Ô “{label}” ghi “{raw}”, đã hiểu là {unit}",
        "Ghi đúng tên đơn vị theo danh sách đăng ký",
    ),
    "DL36": (
        "Biểu được lập cho tháng {made_out} nhưng ghi tháng {typed}; đã hiểu là tháng {typed}",
        "Kiểm tra tháng báo cáo",
    ),
    "DL37": (
        "Máy đặt tháng trước ngày, làm đổi {number} ngày: “{label}” là {day}, đã hiểu là {other}",
        "Kiểm tra lại các ngày; đặt máy theo thứ tự ngày/tháng/năm",
    ),
    "DL38": (
        "Trang “{sheet}” có bản sao giống hệt hoặc ghi thiếu: {copies}; đã lấy các ô có ghi",
        "Xóa trang sao chép trước khi gửi",
    ),
    "DL39": (
        "Ngày có thể bị máy đổi chỗ ngày và tháng: “{label}” đang là {day}, có phải {other} không",
        "Kiểm tra lại các ngày; nếu sai thì đặt máy theo thứ tự ngày/tháng/năm và ghi lại",
    ),
    "DL40": (
        "Ô “{label}” không ghi tên đơn vị; đã hiểu là {unit} theo địa chỉ thư {sender}",
        "Ghi tên đơn vị trong biểu",
    ),
    "DL41": (
        "Biểu được gửi từ địa chỉ thư {sender} của {unit}",
        "Hỏi lại đơn vị nếu không rõ vì sao",
    ),
    "DL42": (
        "Ô “{label}” là tháng {typed} do máy đặt tháng trước ngày; đã hiểu là tháng {made_out}",
        "Kiểm tra tháng báo cáo; đặt máy theo thứ tự ngày/tháng/năm",
    ),
    "DL43": (
        "Máy hiểu dấu chấm là dấu lẻ, làm đổi {number} số: “{label}” là {raw}, đã hiểu là {meant}",
        "Kiểm tra lại các số; ghi số không có dấu chấm",
    ),
    "DL44": (
        "Tệp “{other}” ghi {number} ô mà tệp này để trống (ví dụ “{example}”), không trái nhau",
        "Chỉ tệp đến sau được dùng: nếu hai người ghi hai phần thì gộp vào một biểu rồi gửi lại",
    ),
    "DL45": (
        "Trang “{sheet}” có {number} ô ghi ngoài các ô của biểu, chưa được tính: {cells}",
        "Số liệu thì ghi vào đúng ô của biểu; ghi chú thì chuyển xuống dưới bảng",
    ),
    "DL46": (
        "Cột “{label}” ghi ở hai cột ({number} dòng, từ ô {cell} và {other}); đã ghép lại",
        "Ghi cả vào một ô, không tách cột",
    ),
    "DL47": (
        "Bảng “{label}” có {number} dòng ghi nhiều người trong một ô, mới tính một: {rows}",
        "Ghi mỗi người một dòng",
    ),
    "DL48": (
        "Bảng “{label}” có {number} dòng không phải là người hoặc đã gạch, không tính: {rows}",
        "Không ghi đề mục, dòng cộng, chữ ký xen trong danh sách; nếu là người thì ghi lại họ tên",
    ),
    "DL49": (
        "Trang “{sheet}” có {number} ô bị gạch ngang cả ô, coi như để trống: {cells}",
        "Ghi lại giá trị đúng, hoặc xóa hẳn nội dung đã gạch",
    ),
    "DL50": (
        "Bảng “{label}” có {number} dòng tiêu đề, cộng, chữ ký hoặc đã gạch, không tính: {rows}",
        "Chỉ ghi số liệu trong bảng; dòng nào phải tính thì ghi lại ở ô đầu dòng",
    ),
    "DL51": (
        "Trang “{sheet}” lưu khác thường, chưa đối chiếu được bằng cách đọc thứ hai",
        "Mở tệp xem lại số liệu; nếu khác thì mở bằng Excel, lưu lại dạng .xlsx rồi gửi",
    ),
    "DL52": (
        "Biểu có {number} ô chữ sai bảng mã, không đọc được dấu, giữ nguyên như đã ghi: {cells}",
        "Gõ lại chữ ở các ô này bằng phông Unicode (như Times New Roman)",
    ),
    "DL53": (
        "Trang “{sheet}” có {number} ô ghi ngoài cột Giải trình, chưa được tính: {cells}",
        "Ghi giải trình vào cột Giải trình, ở dòng của nội dung ấy",
    ),
    "DL54": (
        "Tệp có thêm {extras}: chương trình không đọc, không tính",
        "Số liệu, giải trình thì ghi vào ô của biểu; chỉ để tham khảo thì không cần sửa",
    ),
    "DL55": (
        "Bảng “{label}” có {number} dòng chưa ghi “{key}”, không tính: {rows}",
        "Dòng nào phải tính thì ghi “{key}”; dòng thừa thì xóa",
    ),
}
"""What the board and the unit should know of how a form was read, by code; as above."""

REMEDIES_IN_RETURN: Mapping[str, str] = {
    "DL12": "Ghi trực tiếp giá trị vào ô này",
    "DL13": "Ghi lại ô này trong biểu gửi lại, biểu có đủ các dòng",
    "DL14": "Ghi lại trang này trong biểu gửi lại, biểu có đủ các trang",
    "DL15": "Ghi lại bảng này trong biểu gửi lại, biểu có đủ các cột",
    "DL19": "Ghi lại một nội dung đúng vào ô này",
    "DL20": "Ghi lại số liệu vào đúng cột “Kế hoạch”, “Thực hiện” của biểu gửi lại",
    "DL21": "Ghi lại bảng này cho đúng trong biểu gửi lại",
    "DL22": "Ghi lại các dòng này trong biểu gửi lại, biểu có đủ các dòng",
    "DL24": "Kiểm tra và ghi lại ô này",
}
"""What is asked instead where the form goes back: it is the original form, and whole."""
ADVICE = "Gợi ý: {advice}"
"""What a notice's remedy is where units read it: nothing that they have to do."""
FOR_THE_OFFICER = frozenset({"DL41"})
"""What is found for the officer alone: no unit is told of it."""


READING_TITLES: Mapping[str, str] = {
    "DL01": "Số ghi bằng chữ, không đọc được",
    "DL02": "Số ghi lẻ, không phải số nguyên",
    "DL03": "Số ngoài khoảng có thể có",
    "DL04": "Ngày không đọc được",
    "DL05": "Ngày ngoài khoảng có thể có",
    "DL06": "Nội dung không có trong danh sách chọn",
    "DL07": "Ô đánh dấu x không rõ là có hay không",
    "DL08": "Chữ bị máy đổi thành số hoặc ngày",
    "DL09": "Số có thể hiểu là hàng nghìn hoặc số lẻ",
    "DL10": "Tháng không đọc được",
    "DL11": "Ô đang báo lỗi công thức",
    "DL12": "Ô có công thức chưa được tính",
    "DL13": "Nhãn của một dòng không còn đúng một nơi",
    "DL14": "Biểu thiếu trang",
    "DL15": "Bảng không còn nguyên hàng tiêu đề",
    "DL16": "Bảng có dòng ghi ngoài số dòng của biểu",
    "DL18": "Tên đơn vị không có trong danh sách, đã hiểu theo mã",
    "DL19": "Một nội dung ghi hai nơi khác nhau",
    "DL20": "Trang không còn tiêu đề cột “Kế hoạch”, “Thực hiện”",
    "DL21": "Bảng ghi ở hai trang khác nhau",
    "DL22": "Trang không còn nhiều dòng của biểu",
    "DL23": "Ngày có thể hiểu hai cách",
    "DL24": "Ô lưu khác thường, hai cách đọc khác nhau",
    "DL31": "Ô của biểu bị dời chỗ",
    "DL32": "Trang bị đổi tên",
    "DL33": "Biểu không có phần nhận dạng",
    "DL34": "Biểu mẫu không phải bản hiện hành",
    "DL35": "Tên đơn vị ghi khác, đã hiểu là đơn vị nào",
    "DL36": "Tháng ghi khác tháng của biểu được lập",
    "DL37": "Máy đặt tháng trước ngày, làm đổi ngày",
    "DL38": "Trang có bản sao",
    "DL39": "Ngày có thể bị máy đổi chỗ ngày và tháng",
    "DL40": "Biểu không ghi tên đơn vị, đã hiểu theo địa chỉ thư",
    "DL41": "Biểu gửi từ địa chỉ thư của đơn vị khác",
    "DL42": "Tháng bị máy đổi do đặt tháng trước ngày",
    "DL43": "Máy hiểu dấu chấm là dấu lẻ, làm đổi số",
    "DL44": "Hai tệp ghi hai phần khác nhau, mới dùng tệp đến sau",
    "DL45": "Ô ghi ngoài các ô của biểu, chưa được tính",
    "DL46": "Một cột ghi tách thành hai, đã ghép lại",
    "DL47": "Nhiều người ghi trong một ô, mới tính một",
    "DL48": "Danh sách có dòng không phải là người hoặc đã gạch",
    "DL49": "Ô bị gạch ngang, coi như để trống",
    "DL50": "Bảng có dòng tiêu đề, cộng, chữ ký hoặc đã gạch",
    "DL51": "Trang lưu khác thường, chưa đối chiếu được",
    "DL52": "Chữ sai bảng mã, không đọc được dấu",
    "DL53": "Giải trình ghi ngoài cột Giải trình",
    "DL54": "Tệp có nội dung chương trình không đọc",
    "DL55": "Bảng có dòng chưa ghi tên, không tính",
    "DL56": "Không rõ chương trình, báo cáo thiếu nội dung nào",
}
"""What each fault of reading is about, by code: where faults are named without their places."""


def reading_fault(fault: Fault, label: str, said: Callable[[str], str]) -> tuple[str, str]:
    """Return a fault of reading in words: what is wrong at the field ``label``, what to do.

    ``said`` puts a sentence into the campaign's words.
    """
    message, remedy = map(said, READING_FAULTS.get(fault.code) or READING_NOTICES[fault.code])
    places = {"label": label, "sheet": fault.sheet, "cell": fault.cell, **fault.details}
    return message.format(**places), remedy.format(**places)


REPAIRS: Mapping[str, str] = {
    "SC01": "Số ghi dạng chữ, đã hiểu là số",
    "SC02": "Số ghi dạng chữ có dấu phân cách hàng nghìn, đã hiểu là số",
    "SC03": "Số ghi dạng chữ có phần lẻ bằng không, đã bỏ phần lẻ",
    "SC04": "Ghi “không”, đã hiểu là 0",
    "SC05": "Số kèm chữ, đã bỏ phần chữ",
    "SC06": "Ngày, tháng ghi dạng chữ, đã hiểu theo thứ tự ngày/tháng/năm",
    "SC07": "Phân số bị máy đổi thành ngày, đã hiểu lại theo danh sách chọn",
    "SC08": "Dấu ghi kiểu khác “x”, đã hiểu là có hay không",
    "SC09": "Chữ gõ theo kiểu dấu tổ hợp, đã đổi về kiểu dựng sẵn",
    "SC10": "Viết khác cách bỏ dấu hoặc dấu câu, đã hiểu theo danh sách chọn",
    "SC11": "Ghi tên khác, đã hiểu theo danh sách chọn",
    "SC12": "Ghi không dấu, đã hiểu theo danh sách chọn",
    "SC13": "Phân số ghi cách khác, đã hiểu theo danh sách chọn",
    "SC15": "Chữ gõ bằng phông TCVN3 (.VnTime), đã đổi sang Unicode",
    "SC16": "Chữ gõ bằng phông VNI, đã đổi sang Unicode",
    "SC17": "Số thứ tự, đã đổi sang chữ số La Mã",
    "SC18": "Ngày ghi dạng chữ theo thứ tự tháng/ngày/năm, đã hiểu là ngày",
    "SC19": "Ngày bị máy đổi chỗ ngày và tháng, đã đổi lại",
    "SC20": "Ngày ghi dạng chữ có thể hiểu hai cách, đã chọn cách hợp với tháng báo cáo",
    "SC21": "Dấu phân cách hàng nghìn bị máy hiểu là dấu lẻ, đã đổi lại",
    "SC22": "Ô có ký tự không nhìn thấy (xuống dòng, tab, dấu cách lạ), đã bỏ",
    "SC23": "Ghi cả ngày sinh, đã lấy năm",
    "SC24": "Phần chữ bị gạch ngang, đã bỏ, chỉ lấy phần còn lại",
    "SC25": "Ô gộp với ô trên, đã lấy giá trị của ô trên",
    "SC26": "Dấu thay cho chữ của dòng trên, đã lấy giá trị của dòng trên",
    "SC28": "Ghi dấu ở cột mang tên giá trị (như cột Nam, cột Nữ), đã hiểu theo tên cột",
    "SC29": "Chữ Unicode bị máy đọc sai bảng mã (Ã, áº…), đã đọc lại",
    "SC30": "Chữ gõ dấu kiểu VIQR (a^, o+) khi bộ gõ tắt, đã đổi ra chữ có dấu",
    "SC31": "Chữ gõ dấu bằng số kiểu VNI (a6, o7) khi bộ gõ tắt, đã đổi ra chữ có dấu",
    "SC32": "Nội dung thiếu ghi bằng lời, đã hiểu là “đủ” hoặc theo số thứ tự",
    "SC27": "Tên kèm số thứ tự hoặc “Ông”, “Bà”, đã lấy riêng họ tên",
    "board_correction": "Số liệu đã được Ban đính chính theo báo lại của đơn vị",
}
"""How a typed cell was understood, by the repair's name."""

FILE_REASONS: Mapping[str, str] = {
    # not a form
    "lock_file": "tệp khóa tạm của Excel hoặc LibreOffice, không chứa số liệu",
    "system_file": "tệp phụ do máy tự tạo, không chứa số liệu",
    "picture": "tệp ảnh, không phải biểu mẫu",
    "pdf": "tệp PDF (thường là bản ký, đóng dấu), không phải biểu mẫu",
    "document": "văn bản, không phải biểu mẫu",
    "text": "tệp chữ, không phải biểu mẫu",
    "unknown_type": "tệp phim, âm thanh hoặc chương trình, không phải bảng tính",
    "words_only": "thư chỉ có lời, không kèm tệp nào",
    "other_workbook": "bảng tính khác, không phải biểu mẫu của đợt này",
    "sheet_of_no_form": (
        "trang không thuộc biểu nào trong bảng tính gộp: mở xem có số liệu cần ghi vào biểu không"
    ),
    "blank_sheet": "trang biểu mẫu để trống trong bảng tính gộp, không tính là báo cáo",
    # not usable
    "empty_file": "tệp rỗng (0 byte): đề nghị đơn vị gửi lại",
    "not_downloaded": (
        "tệp chỉ toàn byte 0, có lẽ chưa tải hết từ mạng về máy: hãy tải lại rồi chạy lại"
    ),
    "encrypted": "tệp có mật khẩu: đề nghị gửi lại bản không đặt mật khẩu",
    "damaged": "tệp hỏng, không mở được: đề nghị đơn vị gửi lại",
    "not_understood": (
        "chương trình không đọc được kiểu tệp này: nếu là biểu thì mở bằng Excel hoặc LibreOffice, "
        "lưu lại dạng .xlsx rồi gửi lại"
    ),
    "lost_letters": (
        "biểu lưu kiểu Excel 5.0/95, chữ tiếng Việt đã mất dấu thành “?”: "
        "mở bản gốc, lưu lại dạng .xlsx rồi gửi lại"
    ),
    "document_with_workbook": (
        "văn bản có bảng tính nhúng bên trong: mở văn bản, lưu riêng bảng tính đó "
        "thành tệp .xlsx rồi gửi lại"
    ),
    "too_large": "tệp khai dung lượng bất thường, không mở để bảo đảm an toàn: hỏi lại đơn vị",
    "too_many_parts": (
        "tệp có quá nhiều phần bên trong, không mở để bảo đảm an toàn: hỏi lại đơn vị"
    ),
    "overlapping_parts": (
        "các phần bên trong tệp chồng lên nhau, không mở để bảo đảm an toàn: hỏi lại đơn vị"
    ),
    "far_cell": "trang “{sheet}” có ô {cell} ở quá xa: xóa ô đó, lưu lại rồi gửi lại",
    "no_sheets": (
        "bảng tính không có trang nào: đề nghị đơn vị mở tệp, kiểm tra, lưu lại rồi gửi lại"
    ),
    "archive": "tệp nén không mở tiếp được: hãy giải nén rồi chạy lại",
    "other_archive": (
        "tệp nén loại này (.rar, .7z…) không mở được: hãy giải nén rồi chạy lại, "
        "hoặc đề nghị gửi tệp .zip"
    ),
    "mail": (
        "tệp mang đuôi thư điện tử nhưng không đọc được như thư: "
        "mở thư, lưu tệp đính kèm ra thư mục rồi chạy lại"
    ),
    "html_table": (
        "biểu lưu thành trang web, không đọc được đủ: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại"
    ),
    "web_archive": (
        "biểu lưu thành trang web (.mht), không đọc được đủ: "
        "mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại"
    ),
    "xml_2003": (
        "biểu lưu thành XML kiểu 2003, không đọc được đủ: "
        "mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại"
    ),
    "flat_ods": (
        "biểu lưu thành XML của LibreOffice (.fods), không đọc được đủ: "
        "mở ra, lưu lại dạng .xlsx rồi gửi lại"
    ),
    "plain_table": "bảng dạng chữ (CSV): chép số liệu sang biểu mẫu gốc rồi gửi lại",
    # an archive or a mail that stays shut
    "damaged_archive": "tệp nén hỏng, không mở được: đề nghị đơn vị nén lại rồi gửi lại",
    "damaged_member": "tệp này hỏng trong tệp nén: đề nghị đơn vị nén lại rồi gửi lại",
    "damaged_mail": (
        "thư hoặc phần này của thư bị hỏng, không tách được tệp đính kèm: "
        "mở thư kiểm tra, hoặc đề nghị đơn vị gửi lại"
    ),
    "empty_archive": "tệp nén không có tệp nào bên trong: đề nghị đơn vị gửi lại",
    "encrypted_archive": "tệp nén có mật khẩu: đề nghị gửi lại bản không đặt mật khẩu",
    "encrypted_mail": (
        "thư bị mã hóa, chỉ người nhận mở được: mở thư, lưu tệp đính kèm ra thư mục rồi chạy lại"
    ),
    "unknown_compression": (
        "tệp nén theo cách chương trình không đọc được: hãy giải nén rồi chạy lại"
    ),
    "overlapping_members": (
        "các tệp trong tệp nén chồng lên nhau, không mở để bảo đảm an toàn: hỏi lại đơn vị"
    ),
    "archive_too_large": (
        "giải nén ra dung lượng bất thường, không mở để bảo đảm an toàn: hỏi lại đơn vị"
    ),
    "too_many_members": (
        "có quá nhiều tệp bên trong, không mở để bảo đảm an toàn: "
        "hãy giải nén, bỏ tệp thừa rồi chạy lại"
    ),
    "nested_too_deep": (
        "thư hoặc tệp nén lồng nhau quá nhiều lớp: hãy mở từng lớp, lưu tệp ra rồi chạy lại"
    ),
    "partial_mail": (
        "thư chỉ là một phần của thư bị chia nhỏ: đề nghị đơn vị gửi lại trong một thư"
    ),
    "linked_attachment": (
        "thư gửi đường dẫn đến tệp thay cho tệp: đề nghị gửi lại kèm chính tệp đó"
    ),
    "pasted_table": (
        "số liệu dán thành bảng trong lời thư, không ở tệp nào: "
        "đề nghị ghi vào biểu mẫu rồi gửi lại kèm tệp"
    ),
    "embedded_object": (
        "tệp được dán vào nội dung thư dưới dạng đối tượng: đề nghị gửi lại dạng tệp đính kèm"
    ),
    "unpacking_crashed": (
        "chương trình bị dừng đột ngột khi tách thư hoặc tệp nén này: "
        "hãy tự lưu các tệp bên trong ra thư mục rồi chạy lại"
    ),
    "unpacking_timeout": (
        "tách thư hoặc tệp nén này quá lâu, đã dừng: "
        "hãy tự lưu các tệp bên trong ra thư mục rồi chạy lại"
    ),
    "unpacking_out_of_memory": (
        "tách thư hoặc tệp nén này tốn quá nhiều bộ nhớ, đã dừng: "
        "hãy tự lưu các tệp bên trong ra thư mục rồi chạy lại"
    ),
    # not read
    "not_readable": "không đọc được tệp trên đĩa ({problem})",
    "changed": "tệp bị thay đổi trong lúc chạy: hãy chạy lại",
    "timeout": "đọc quá {seconds} giây, đã dừng: mở tệp, xóa vùng thừa, lưu lại rồi gửi lại",
    "out_of_memory": (
        "đọc tốn quá nhiều bộ nhớ, đã dừng: mở tệp, xóa vùng thừa, lưu lại rồi gửi lại"
    ),
    "crashed": "chương trình đọc bị dừng đột ngột ở tệp này: mở tệp, lưu lại rồi gửi lại",
    "reader_error": "lỗi của chương trình khi đọc tệp này ({problem}): báo người phụ trách",
    # a form that cannot count
    "no_identity": "giống biểu nhưng không rõ là mẫu nào, thiếu nhiều dòng: dùng biểu mẫu gốc",
    "other_campaign": "biểu của đợt khác ({campaign}): dùng biểu mẫu của đợt này",
    "unknown_form": "đợt này không có mẫu “{form}”: dùng biểu mẫu của đợt này",
    "cells_differ": (
        "số ô đọc được của trang “{sheet}” không khớp với số ô đã ghi: báo người phụ trách"
    ),
    "broken_layout": "biểu không còn trang “{sheet}”: chép số liệu sang biểu mẫu gốc",
    "no_unit": "chưa ghi tên đơn vị báo cáo: đề nghị đơn vị ghi rồi gửi lại",
    "unknown_unit": "không có đơn vị “{unit}” trong danh sách: {how}",
    "ambiguous_unit": "tên “{unit}” trùng nhiều đơn vị ({candidates}): ghi kèm tên đơn vị cấp trên",
    "unit_not_valid": "đơn vị {unit} không có trong danh sách tháng {month}: {how}",
    "disputed_unit": "biểu cấp cho {own} nhưng ô {cell} ghi {named}: hỏi lại là của đơn vị nào",
    "copied_sheet": (
        "trang “{one}” và “{other}” ghi khác nhau ở “{label}”: biểu của nhiều đơn vị, nhiều tháng "
        "thì giữ đủ các trang, lưu mỗi biểu thành một tệp rồi gửi lại"
    ),
    "several_on_sheet": (
        "trang “{sheet}” có nhiều biểu ghi chung, không rõ phần nào của đơn vị, tháng nào: "
        "giữ đủ các phần, lưu mỗi biểu thành một tệp rồi gửi lại"
    ),
    "wrong_form": "{unit} phải dùng {wanted}, nhưng gửi {given}: lập lại theo đúng mẫu",
    "no_month": "chưa ghi tháng báo cáo: đề nghị đơn vị ghi rồi gửi lại",
    "unreadable_month": "tháng báo cáo ghi “{raw}” (ô {cell}), không đọc được: ghi dạng tháng/năm",
    # a form that does not count this time
    "set_aside": "Ban không dùng: {why}",
    "other_month": "báo cáo của tháng {month}",
    "after_cut_off": "đến {arrived}, sau thời điểm chốt số liệu",
    "duplicate": "trùng nội dung với tệp “{name}”",
    "superseded": "đã có bản mới hơn: “{name}”{differences}",
    "blank_beside": "biểu trống, vẫn tính báo cáo đã gửi: “{name}”",
}
"""Why a file does not count, by reason; ``{places}`` are filled by the reason's details."""

ARRIVAL_BASES: Mapping[ArrivalBasis, str] = {
    ArrivalBasis.LETTER: "Ngày gửi thư",
    ArrivalBasis.MEMBER: "Tệp trong gói",
    ArrivalBasis.FILE: "Tệp trên máy",
}
"""What a file's time of arrival was taken from."""

FOUND: Mapping[Found, str] = {
    Found.POSITION: "đúng chỗ của biểu",
    Found.LABEL: "tìm theo nhãn của dòng, cột, vì ô đã dời chỗ",
    Found.NAME: "tìm theo nhãn và tên của ô, vì ô đã dời chỗ",
    Found.IMPLIED: "ô để trống, tính là 0 vì các ô cùng khối đã ghi",
}
"""How the cell of a value was found in the workbook."""

CONTAINERS: Mapping[str, str] = {
    "zip": "Tệp nén (zip)",
    "gz": "Tệp nén (gz, bz2, xz)",
    "tar": "Tệp gói (tar)",
    "workbook": "Bảng tính gộp nhiều biểu",
    "eml": EMAIL,
    "msg": "Thư Outlook (.msg)",
    "mbox": "Hộp thư (mbox)",
    "tnef": "Gói winmail.dat",
    "smime": "Thư ký số (S/MIME)",
}
"""What only holds files, by its kind."""

MOST_DIFFERENCES = 3
"""How many differing cells a sentence names."""
HOW_TO_ADD_A_UNIT = (
    "thêm một dòng (mã, tên, loại, cấp, trực thuộc) vào tệp danh sách đơn vị "
    "rồi chạy lại với --register"
)


def file_reason(code: str, details: Mapping[str, str]) -> str:
    """Return in words why a file does not count, beginning with a capital letter."""
    sentence = FILE_REASONS[code].format(how=HOW_TO_ADD_A_UNIT, **details)
    return sentence[0].upper() + sentence[1:]


_NEVER_TYPED = frozenset(("cell", "month", "arrived", "seconds", "name"))
"""The details of a reason that nobody types, but as a file's name."""


def untyped_reason(code: str, details: Mapping[str, str]) -> str:
    """Return the same with “…” in the place of each detail that somebody may have typed.

    >>> untyped_reason("unreadable_month", {"raw": "của ông Páo", "cell": "C7"})
    'Tháng báo cáo ghi “…” (ô C7), không đọc được: ghi dạng tháng/năm'
    """
    kept = {name: said if name in _NEVER_TYPED else "…" for name, said in details.items()}
    return file_reason(code, kept)


_LONG = 120
"""From so many minutes on hours are said."""


def time_in_words(minutes: int) -> str:
    """Return how long something takes; past two hours in hours, the one begun with them.

    >>> time_in_words(5), time_in_words(125)
    ('5 phút', '3 giờ')
    """
    return f"{-(-minutes // 60)} giờ" if minutes > _LONG else f"{minutes} phút"


def cause_of(file: FileRecord) -> str:
    """Return why a file does not count, without what is to be done: that says the officer's book.

    Why the board sets a file aside is its own word to the unit, and whole.
    """
    remedy = FILE_REASONS.get(file.code, "").partition(": ")[2]
    if not remedy or "{" in remedy.replace("{how}", ""):
        return file.reason
    return file.reason.removesuffix(f": {remedy.format(how=HOW_TO_ADD_A_UNIT)}")


def with_remedy(file: FileRecord) -> str:
    """Return why a file does not count, with what its unit is asked to do."""
    if file.hindrance not in _REMEDY_UNSAID:
        return file.reason
    return f"{file.reason}: đề nghị {HINDRANCES[file.hindrance][1]}"


def differing_cells(changes: Sequence[Change]) -> str:
    """Return in words how many cells differ between two files, with the first few.

    >>> differing_cells([Change("nu_th", "Đại biểu nữ", "D46", "40", "")])
    'khác 1 ô: “Đại biểu nữ” (D46) từ 40 thành để trống'
    """
    if not changes:
        return "số liệu không khác"
    blank = LEFT_BLANK
    said = [
        f"“{one.label}” ({one.cell}) từ {one.old or blank} thành {one.new or blank}"
        for one in changes[:MOST_DIFFERENCES]
    ]
    more = "; …" if len(changes) > MOST_DIFFERENCES else ""
    return f"khác {len(changes)} ô: {'; '.join(said)}{more}"


RUN_STEPS: Mapping[str, str] = {
    "sample": "Đang viết biểu mẫu giả định",
    "unpacking": "Đang tìm và mở thư, tệp nén",
    "reading": "Đang đọc biểu",
    "judging": "Đang rà soát",
    "workbook": "Đang tính chỉ tiêu, lập sổ tổng hợp",
    "control": "Đang lập sổ quyết định",
    "returns": "Đang ghi biểu gửi lại các đơn vị",
    "letters": "Đang soạn thông báo, báo cáo",
    "publishing": "Đang đưa kết quả vào thư mục",
}
"""What a run is at, by ``months.request.Step``."""
