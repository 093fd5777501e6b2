"""What is said of the office's own data: heads of its register and settings, faults, hints."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.model import Life
from tdkt_batch.wording import shared
from tdkt_batch.wording.campaign import COMMON_PLACES, UNIT_COLUMNS
from tdkt_batch.wording.forms import NONE
from tdkt_batch.wording.unit_names import HEADS_OF_LISTS, OFFICE

# --- the register's heads, as offices write them ------------------------------------------------

REGISTER_HEADS: Mapping[str, tuple[str, ...]] = {
    id_: (*((UNIT_COLUMNS[id_][1], id_) if id_ in UNIT_COLUMNS else ()), *others)
    for id_, others in HEADS_OF_LISTS.items()
}
"""By column, the heading and all else that people write above it."""
NONE_AT_ALL = tuple(word for word in NONE if word != "0")
"""What is written where there is none: the campaign's own value does not hold then."""
OUTLINE = r"[IVX]+|[A-ZĐ]"
"""The number of a heading between units: a Roman figure or a letter."""
CODE_PREFIX = "DV"
"""How the code begins that a unit without one is given."""

# --- where a fault stands -----------------------------------------------------------------------

ON_SHEET = "{file}, trang “{sheet}”"
AT_CELL = "{where}, ô {cell}: {problem}"
AT_CELL_ABOUT = "{where}, ô {cell} ({about}): {problem}"
AND_TO_DO = "{problem}: {remedy}"
FAULTS = "{file} có {number} chỗ phải sửa, chưa dùng được; hãy sửa rồi chạy lại"
FAULT = "{file}: đơn vị {unit}: {problem}"

# --- what is wrong in a register ----------------------------------------------------------------

NOT_OPENED = "{file}: không mở được: kiểm tra đường dẫn ({why})"
NOT_READ = (
    "{file}: không đọc được danh sách đơn vị (không phải bảng tính, có mật khẩu, hoặc đã hỏng): "
    "hãy lưu lại dạng .xlsx hoặc .csv"
)
NO_TABLE = (
    "{file}: không thấy bảng danh sách đơn vị ở trang nào: cần một hàng tiêu đề có cột "
    "“Tên đơn vị” hoặc “Mã đơn vị” cùng ít nhất một cột khác ({known})"
)
EMPTY = "{file}: danh sách đơn vị trống: không có dòng nào dưới hàng tiêu đề"
NO_NAME = "thiếu tên đơn vị: ghi tên, hoặc xóa dòng này"
NEAR_NAME = (
    "không có đơn vị “{name}”, gần giống “{other}” (mã {code}): sửa tên, hoặc ghi mã "
    "ở cột “{head}” (đơn vị mới thì ghi mã mới)"
)
SEVERAL_UNITS = (
    "“{name}” có thể là {units}: ghi mã ở cột “{head}”, hoặc ghi đơn vị cấp trên ở cột “{parent}”"
)
NAMED_UNIT = "{name} ({code})"
OTHER_UNITS_CODE = (
    "mã {code} là của “{own}”, nhưng tên ghi ở dòng này là “{name}” (mã {other}): sửa mã hoặc tên"
)
NO_KIND = "đơn vị mới, chưa rõ loại: ghi một trong: {known}; nếu là đơn vị đã có thì sửa lại tên"
NO_PARENT = "không có đơn vị cấp trên “{name}”: ghi đúng tên hoặc mã của một đơn vị"
SEVERAL_PARENTS = "đơn vị cấp trên “{name}” có thể là {units}: ghi mã"
TWO_VALUES = "ghi “{value}”, nhưng cùng đơn vị ấy ở ô {cell} đã ghi “{other}”: bỏ bớt một"
ROUNDED_PHONE = (
    "số điện thoại “{text}” đã bị máy làm tròn, mất số cuối: "
    "định dạng cột là Văn bản (Text) rồi ghi lại số"
)
NO_PHONE = "“{text}” không phải số điện thoại: ghi đủ số, ví dụ 0213 3876 543"
LETTER_IN_PHONE = "“{text}” có chữ lẫn trong số điện thoại: ghi lại chỉ bằng chữ số"
NO_ADDRESS = (
    "“{text}” không phải địa chỉ thư điện tử: ghi như ten@coquan.gov.vn, "
    "nhiều địa chỉ thì cách nhau bằng dấu chấm phẩy"
)
BAD_UNIT = "{problem}: sửa ô này"
BROKEN_CELL = "ô đang lỗi ({text}): xóa công thức hỏng và ghi trực tiếp giá trị"

# --- what is to be known of a register that was read ----------------------------------------------

PASSED_OVER_COLUMNS = "{where}: bỏ qua cột không dùng đến: {heads}"
TWICE_COLUMNS = "{where}: cột ghi hai lần, chỉ lấy cột đầu: {heads}"
PASSED_OVER_ROWS = "{where}: bỏ qua {number} dòng không phải đơn vị: {rows}"
NOTED_ROW = "dòng {number} “{text}”"
NOTED_HEAD = "“{head}” (ô {cell})"
DOUBLED = "{where}: đơn vị ghi hai lần, đã gộp: {rows}"
NOTED_DOUBLE = "{name} (dòng {first}, {second})"
OWN_CODES = "{where}: mã riêng của danh sách, đã nhận ra đơn vị theo tên: {rows}"
NOTED_CODE = "{own} là {name} ({code})"
RENAMED = "{where}: đơn vị mang tên mới: {rows}"
NOTED_NAME = "{code}: {name}"
NEW_UNITS = "{where}: thêm {number} đơn vị mới: {rows}"
LEVEL_BY_KIND = "{where}: cột “{head}” ghi khác tên cấp, đã lấy cấp theo loại đơn vị: {rows}"

# --- the settings: what may be set, in the order in which it stands ------------------------------

SETTINGS_FILE = "thiet-lap.xlsx"
OFFICE_SHEET, DEADLINES_SHEET, MOVED_SHEET = OFFICE, shared.DEADLINE, "Thời hạn dời"
HOLIDAYS_SHEET, REASONS_SHEET, UNITS_SHEET = "Ngày nghỉ", shared.REASON, shared.UNIT
SETTING_GROUPS: Mapping[str, str] = {
    "board": "Cơ quan, nơi nhận báo cáo",
    "signatories": "Người ký, người lập",
    "contact": "Điện thoại, thư điện tử",
    "papers": "Ký hiệu, thể thức văn bản",
    "limits": "Thời hạn trả lời, giới hạn của thư",
    "units": "Danh sách",
}
SETTINGS: Mapping[str, tuple[str, str]] = {
    "board.superior": ("Cơ quan cấp trên của Ban", "in ở góc trái trên của sổ, công văn"),
    "board.name": ("Tên Ban", "in dưới cơ quan cấp trên, trong thư và công văn"),
    "board.place": ("Địa danh", "đứng trước ngày, tháng ở văn bản"),
    "board.province": ("Địa phương", "ghi đủ như trong văn bản"),
    "board.reports_to": ("Nơi Ban báo cáo lên", "nơi nhận báo cáo tháng"),
    "board.signatory_title": ("Chức danh người ký", "viết hoa, in trên chữ ký"),
    "letters.office.signatory_name": ("Họ tên người ký", "để trống: ghi khi ký"),
    "board.preparer_title": ("Chức danh người lập", "viết hoa, in trên chữ ký bên trái"),
    "letters.office.phone": ("Điện thoại của Ban", "in ở cuối thư, tin nhắn"),
    "letters.office.email": (
        "Thư điện tử nhận biểu", "in cạnh điện thoại, nơi đơn vị gửi lại biểu; để trống: không in",
    ),
    "letters.office.leader_email": (
        "Thư điện tử lãnh đạo", "nơi nhận báo cáo trình ký; để trống: tự ghi khi gửi",
    ),
    "letters.office.letter_symbol": ("Ký hiệu công văn", "đứng sau số công văn"),
    "letters.office.report_symbol": ("Ký hiệu báo cáo", "đứng sau số báo cáo"),
    "letters.office.slip_symbol": ("Ký hiệu phiếu trình", "đứng sau số phiếu trình"),
    "letters.office.filing": ("Nơi lưu", "dòng cuối của Nơi nhận"),
    "letters.style": ("Thể thức văn bản", "chọn quy định đang áp dụng"),
    "letters.limits.reply_working_days": (
        "Số ngày để giải trình", "ngày làm việc, tính từ ngày chốt số liệu",
    ),
    "letters.limits.reminder_working_days": (
        "Số ngày khi đôn đốc", "ngày làm việc cho đơn vị chưa có báo cáo",
    ),
    "letters.limits.silent_months": (
        "Số tháng không gửi", "từ bấy nhiêu tháng liền thì xin ý kiến lãnh đạo",
    ),
    "letters.limits.attachments_megabytes": (
        "Dung lượng tệp kèm (MB)", "thư nặng hơn thì chia làm nhiều thư",
    ),
    "letters.limits.message_letters": ("Độ dài tin nhắn", "số chữ nhiều nhất, không kể danh sách"),
    "units_are_all": (
        "Danh sách đã đầy đủ",
        "chọn Có: đơn vị không có ở trang “Đơn vị” thì không tính; Không: vẫn tính",
    ),
}  # fmt: skip
"""By what is set: its label, and the hint beside it."""
SETTINGS_HEADS = ("Mục thiết lập", shared.CONTENT, "Hướng dẫn")
DEADLINE_HEADS: Mapping[str, tuple[str, str]] = {
    "level": ("Nơi gửi", "cấp gửi báo cáo; dòng cuối là hạn Ban báo cáo lên"),
    "day": ("Ngày hằng tháng", "từ 1 đến 31; tháng ngắn thì ngày cuối tháng"),
    "recipient": ("Gửi đến", "nơi nhận báo cáo"),
    "letter": ("Văn bản quy định", "số, ngày, cơ quan: in trong công văn đôn đốc"),
}
MOVED_HEADS: Mapping[str, tuple[str, str]] = {
    "level": ("Nơi gửi", "như ở trang “Thời hạn”"),
    "month": (shared.MONTH, "tháng/năm được dời hạn, ví dụ 2/2015"),
    "day": ("Hạn dời đến", "ngày/tháng/năm"),
    "letter": ("Văn bản dời hạn", "để trống: như văn bản quy định"),
}
HOLIDAY_HEADS: Mapping[str, tuple[str, str]] = {
    "name": ("Tên ngày nghỉ", "Tết, Giỗ Tổ, ngày hoán đổi: ghi theo thông báo của từng năm"),
    "each_year": ("Mỗi năm", "ngày/tháng, ví dụ 30/4; trùng cuối tuần thì nghỉ bù"),
    "first": (UNIT_COLUMNS["tu_ngay"][1], "của một năm, ngày/tháng/năm"),
    "last": (UNIT_COLUMNS["den_ngay"][1], "để trống: nghỉ một ngày"),
    "worked": ("Làm bù ngày", "thứ Bảy, Chủ nhật đi làm thay, nếu có"),
}
REASON_USES: Mapping[str, str] = {
    "excused": shared.EXCUSED,
    "accepted": shared.LIVES[Life.WAIVED],
}
"""What reasons are chosen for, by their place in the campaign."""
REASON_HEADS: Mapping[str, tuple[str, str]] = {
    "use": ("Dùng khi", "đơn vị không phải báo cáo, hoặc Ban chấp nhận giải trình"),
    "reason": (shared.REASON, "ghi đúng lời sẽ in trong sổ"),
}
LEADERSHIP_LEVEL = "Ban báo cáo lên"
BOOK_TITLE = "Thiết lập của cơ quan"
UNITS_TITLE = "Danh sách đơn vị của Ban"
SHEET_HEADINGS: Mapping[str, str] = {
    OFFICE_SHEET: "THIẾT LẬP CỦA CƠ QUAN",
    DEADLINES_SHEET: "THỜI HẠN BÁO CÁO HẰNG THÁNG",
    MOVED_SHEET: "THỜI HẠN DỜI TRONG TỪNG THÁNG",
    HOLIDAYS_SHEET: "NGÀY NGHỈ LỄ, TẾT",
    REASONS_SHEET: "LÝ DO BAN CHẤP NHẬN",
    UNITS_SHEET: "DANH SÁCH ĐƠN VỊ",
}
SHEET_HINTS: Mapping[str, str] = {
    OFFICE_SHEET: (
        "Ghi vào ô có màu, lưu lại, đóng tệp: lần chạy sau dùng ngay. Ô để trống thì theo bộ mẫu "
        "đi kèm; ghi “-” là không có. Tháng cũ chạy lại vẫn theo thiết lập của tháng ấy."
    ),
    DEADLINES_SHEET: "Mỗi cấp một dòng. Văn bản để trống thì công văn chừa chỗ để ghi tay.",
    MOVED_SHEET: "Chỉ ghi tháng có hạn khác ngày thường; hết thì xóa dòng.",
    HOLIDAYS_SHEET: (
        "Hạn trả lời không rơi vào các ngày này, thứ Bảy, Chủ nhật. Mỗi dòng một đợt nghỉ: ghi "
        "“Mỗi năm”, hoặc “Từ ngày”, “Đến ngày” của một năm."
    ),
    REASONS_SHEET: (
        "Mỗi lý do một dòng; sổ quyết định cho chọn đúng các lý do này. “Không phải báo cáo” chỉ "
        "nhận lý do trong danh sách; “Chấp nhận giải trình” thì ghi lý do khác cũng được. Không "
        "còn dòng nào của một loại thì loại ấy theo bộ mẫu đi kèm."
    ),
    UNITS_SHEET: (
        "Mỗi đơn vị một dòng. Ô trống là giữ như cũ, “-” là không có. Đơn vị mới: thêm dòng, mã để "
        "trống thì chương trình đặt. Đơn vị không còn: ghi “Đến ngày”, hoặc xóa dòng."
    ),
}
UNIT_HINTS: Mapping[str, str] = {
    "ma": "đơn vị mới: để trống cũng được",
    "loai": "chọn một loại; loại cho biết cấp",
    "truc_thuoc": "mã hoặc tên đơn vị ngay trên",
    "tu_ngay": "ngày/tháng/năm",
    "den_ngay": "ngày/tháng/năm: từ sau ngày ấy không tính",
    "dien_thoai": "để in vào danh sách gọi điện",
    "thu_dien_tu": "nhiều địa chỉ: cách nhau dấu chấm phẩy",
    "phan_bo": "số đại biểu được bầu dự cấp trên",
    "mien_bao_cao": "ghi x",
}

# --- what is wrong in the settings ---------------------------------------------------------------

SETTINGS_NOT_READ = (
    "{file}: không đọc được thiết lập (không phải bảng tính, có mật khẩu, hoặc đã hỏng): lưu lại "
    "dạng .xlsx, hoặc đổi tên tệp rồi chạy lại để có tệp thiết lập mới"
)
NO_SETTINGS = (
    "{file}: không thấy trang nào của tệp thiết lập ({known}): đổi tên tệp rồi chạy lại "
    "để có tệp mới"
)
SETTING_UNKNOWN = "{where}, ô {cell}: không có mục “{label}”, đã bỏ qua"
SETTING_TWICE = "mục này đã ghi ở ô {cell}: bỏ bớt một"
NEEDS_LEVEL = "thiếu nơi gửi: chọn một trong: {known}"
LEVEL_TWICE = "“{level}” đã ghi ở ô {cell}: mỗi nơi gửi một dòng"
NEEDS_DAY = "thiếu ngày: ghi một số từ 1 đến 31"
NEEDS_MONTH = "thiếu kỳ: ghi tháng/năm, ví dụ 2/2015"
NEEDS_NEW_DAY = "thiếu hạn dời đến: ghi ngày/tháng/năm"
NEEDS_NAME = "thiếu tên ngày nghỉ: ghi tên"
NEEDS_ONE_KIND = "ghi “Mỗi năm” hoặc “Từ ngày”, một trong hai"
NOT_EACH_YEAR = "“{text}” không phải ngày/tháng mà năm nào cũng có: ghi như 30/4"
NEEDS_USE = "thiếu chỗ dùng: chọn một trong: {known}"
NEEDS_REASON = "thiếu lý do: ghi lý do, hoặc xóa dòng này"
REASON_TWICE = "lý do này đã ghi ở ô {cell}: bỏ bớt một"
LAST_IS_BEFORE = "ngày cuối trước ngày đầu: sửa một trong hai"
LONG_HOLIDAY = "đợt nghỉ dài hơn 31 ngày: kiểm tra lại năm"
SETTINGS_LEFT_OUT = (
    "Danh sách ở trang “Đơn vị” của {file} không có {number} đơn vị đi kèm chương trình, nên không "
    "tính: {units}"
)

REGISTER_OVERRULES = (
    "Danh sách {register} của lần chạy trước còn lấn {number} đơn vị ghi khác ở {file} ({units}); "
    "muốn dùng trang “Đơn vị” của tệp thiết lập thì thêm --register {file}"
)

# --- what a run says of them ---------------------------------------------------------------------

SETTINGS_WRITTEN = (
    "Đã ghi tệp thiết lập {file}: mở ra ghi cơ quan, điện thoại, thời hạn, danh sách đơn vị "
    "của mình"
)
NO_SUCH_SETTINGS = "{file}: không có tệp thiết lập này: kiểm tra đường dẫn"
SETTINGS_STAND = "{file}: đã có; sửa ngay trong tệp ấy, hoặc đổi tên nó để ghi tệp mới"
UNITS_STAND = "{file}: đã có, không ghi đè; ghi tên khác bằng --to"
UNITS_WRITTEN = "Đã ghi danh sách {number} đơn vị, kèm mã: {file}"
STILL_SAMPLES = "Còn {number} mục là dữ liệu mẫu: {items}; sửa ở {file}"
SAMPLE_NAMES: Mapping[str, str] = {
    "office_phone": COMMON_PLACES["dien_thoai"],
    "letter": "văn bản quy định thời hạn ({number})",
    "moved": "văn bản dời thời hạn ({number})",
    "unit": "{number} đơn vị không có thật",
    "phone": "điện thoại ({number} đơn vị)",
    "email": "thư điện tử ({number} đơn vị)",
    "allotment": "số phân bổ ({number} đơn vị)",
}
"""By kind, the gravest first."""
