"""What figures are called where the form has no label, and what a question counts."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.report import ConferenceState, Pace
from tdkt_batch.wording import shared

ALLOTTED_BY_BOARD = "Danh sách của Ban"
ALLOTTED_BY_TABLE = "Bảng của {unit}, tháng {month}"
"""Who allotted a unit its delegates for the higher congress."""

UNNAMED_VALUE = "số liệu"
"""A value that a rule lacks, where it cannot say which."""

REST_APART = "; chưa tính {number} đơn vị chưa đến hạn gửi, đang hỏi lại, làm rõ hoặc nêu riêng"
"""Of whom nothing says that they will be in time, and who are not to be urged."""
OTHER_UNITS = shared.OTHER_UNITS
OTHER_FAULTS = " và {number} nội dung khác"

# --- beside a figure ---------------------------------------------------------------------------

UNCLEAR = "{number} chưa rõ"
PLANNED_SHARE = "Kế hoạch: {share}"
IN_UNITS = "Ở {number} đơn vị"
QUOTIENT = ": {part}/{of}"
OF_BOTH = ", tính trên {units} {per} ghi cả hai số{beyond}: {part}/{of}"
OF_PLANNED = ", chỉ tính {units} đơn vị có {plan}: {part}/{of}"
BEYOND = ", chưa tính {number} đơn vị ghi phần lớn hơn tổng"
BELOW = "; {number} nơi dưới mức"
GIVEN_BY = "{given}/{counted} {per} có số liệu"
GIVEN_OF = "{given}: {labels}"
APART_NOTE = "chưa cộng: {units} đơn vị, {number} {measure}"
TOLD_LATE = "trong đó {number} trước ngày {day}, nay mới báo"
ADJUSTED = "điều chỉnh {sign}{number}"

# --- a law that does not hold -----------------------------------------------------------------

FIGURE = "“{label}” ({id})"
LAW_BROKEN = (
    "Chỉ tiêu {figure}: {problem}. Không ghi sổ tổng hợp để tránh số liệu trái nhau; "
    "đề nghị kiểm tra figures.toml của đợt, hoặc báo người quản trị phần mềm."
)
LAST_AND_THIS = "kỳ trước {last} cộng kỳ này {month} không bằng lũy kế {to_date}"
PARTS_EXCEED = "đơn vị {unit}: các phần cộng lại vượt tổng {rest}"
PARTS_OUTSIDE = "đơn vị {unit} có ở một phần mà không có ở tổng"
SHARE_OF_OTHERS = "tỷ lệ lấy trên số không cùng đơn vị (đơn vị {unit})"
GROUPS_DIFFER = "các nhóm đơn vị cộng lại {groups}, toàn tỉnh {whole}"
SHARE_BEYOND = "tỷ lệ {part}/{whole} nằm ngoài 0–100%"
APART_COUNTED = "đơn vị {unit} có số chưa cộng mà vẫn được tính"
UNKNOWN_COUNTED = "đơn vị {unit} chưa rõ mà vẫn được tính"

NO_REQUEST = (
    *("không kiến nghị", "không có kiến nghị", "không có đề nghị", "không có ý kiến"),
    *("không vướng mắc", "không có vướng mắc", "không có khó khăn, vướng mắc"),
    *("không có vướng mắc, kiến nghị", "không có khó khăn, vướng mắc, kiến nghị"),
)
"""What is written into the box for requests by who has none, beside the words for none."""

# --- what an officer is asked -------------------------------------------------------------------

TOPICS: Mapping[str, str] = {
    "movers": "Góp nhiều nhất",
    "unusual": "Khác thường",
    "person": "Trùng người",
    "roster": "Trùng danh sách",
    "figures": "Trùng số liệu",
    "at_limit": "Đúng mức",
}
"""What a question to an officer is about."""
UNUSUAL = "{label} {value}, {than}"
TIMES, PART = "gấp {times} lần {base}", "bằng 1/{times} {base}"
PEERS = "trung vị {median} của {number} đơn vị khác loại {kind}"
LAST_REPORT, OWN_PLAN = "kỳ trước của chính đơn vị ({value})", "kế hoạch của chính đơn vị ({value})"
MOVERS = "{label}, tổng {total}. Góp nhiều nhất từ lần tổng hợp trước: {units}"
MOVER = "{unit} {change} (bằng {share} tổng)"
HEAVY_MOVER = (
    "Xem lại trước khi ban hành sổ: {label} của {unit} làm tổng thay đổi {change}, "
    "bằng {share} của tổng {total}."
)
SAME_PERSON = (
    "Cùng họ tên, năm sinh, giới tính, dân tộc mà được bầu ở {number} đơn vị: "
    "là một người, hay trùng tên? Hỏi lại từng đơn vị, không nêu đơn vị kia"
)
SAME_ROSTER = (
    "Danh sách của hai đơn vị có {number} người trùng họ tên, năm sinh, giới tính, dân tộc: "
    "có phải chép nhầm tệp của đơn vị khác?"
)
SAME_FIGURES = (
    "{units} đơn vị ghi giống hệt nhau cả {number} số liệu khác 0 của kết quả: "
    "có phải chép của nhau?"
)
AT_LIMIT = (
    "{label}: cả {units} đơn vị có số liệu của {superior} đều đúng mức tối thiểu, "
    "không hơn người nào: số thật hay ghi theo mức?"
)
MORE_QUESTIONS = "Còn {number} trường hợp tương tự, không nêu ở đây"
QUESTIONS_WAIT = (
    "Có {number} trường hợp cần xem lại trước khi ban hành sổ: trang “Cần quyết định” "
    "của sổ quyết định."
)

# --- since the last run -----------------------------------------------------------------------

NEWS: Mapping[str, str] = {
    "arrived": "Báo cáo mới nhận",
    "late": "Báo cáo đến sau chốt số liệu, tính vào kỳ sau",
    "unusable": "Đơn vị gửi chưa dùng được",
    "mended": "Nội dung đã khắc phục",
    "gone": "Nội dung không còn nêu",
    "found": "Nội dung mới",
    "decided": shared.BOARDS_DECISION,
    "counted_otherwise": "Báo cáo nay tính bản khác",
    "counted_no_more": "Báo cáo không còn được tính",
}
ASKED_NO_MORE, WAITS_FOR_UNIT = "không hỏi lại nữa", "chờ đơn vị trả lời"
AS_IF_NOT_DECIDED = "tính lại như chưa có quyết định"
NOT_OF_MONTH, NOT_FOUND_IN_MONTH = "kỳ này không có", "kỳ này đơn vị không có nội dung ấy"
FILE_IS_OF_UNIT, FILE_NOT_COUNTED = "tính là đã gửi", "không còn tính tệp này"
COUNTED_AS_CORRECTED, NOT_YET = "đã tính theo số đúng", "kỳ này chưa có gì để áp dụng"
NOT_MISSING, LATER_DEADLINE = "không còn tính là chưa gửi", "đã tính theo hạn mới"
STILL_NOT_ADDED = "không còn đếm; số liệu vẫn chưa cộng, vì đơn vị còn {code}"
NOT_COUNTED, STILL_ASKED = "không còn đếm", "vẫn đếm, biểu gửi lại nêu rõ"
GIVEN_OTHERWISE = "chưa áp dụng: nay đơn vị ghi khác"
"""What a decision did in a month."""
DECIDED_WITH_EFFECT = "{decided} → {effect}"
RECOUNTED = " Đã tính lại theo quyết định: {number} nội dung ({names})."
RECOUNTED_ONE, RECOUNTED_FILE = "{unit}: {effect}", "tệp {file}: {effect}"
REPORT_ARRIVED, REPORT_REPLACED = "Đến {moment}", "Đến {moment}, thay báo cáo trước"
SAME_REPORT, UNDECIDED_NOW = " (báo cáo vẫn như trước)", " (nay chưa đủ số liệu để xét)"
LEFT_REGISTER = "Không còn trong danh sách đơn vị"
SINCE_LAST_RUN = "Từ lần chạy trước (lần ấy lấy số liệu đến {moment}): {news}."
NO_NEWS = "không có gì thay đổi ở các đơn vị"

# --- how far the conferences are ----------------------------------------------------------------

_HOW_FAR = "{held}/{expected} đã tổ chức ({share})"
_LEFT = "{left} chưa, {unclear} chưa rõ, còn {days} ngày (đến {end})"
_BY_PLANS = "theo kế hoạch của đơn vị, đến {end} sẽ đạt {least}{forecast}"
AT_LEAST = "ít nhất "
PACES: Mapping[Pace, str] = {
    Pace.NOT_BEGUN: (
        "{level} CHƯA ĐẾN KỲ (từ {start} đến {end}): {held}/{expected} đã tổ chức, "
        "{planned}/{expected} đã có kế hoạch."
    ),
    Pace.DONE: "{level} ĐÃ XONG: {held}/{expected} đã tổ chức.",
    Pace.ON_TIME: f"{{level}} KỊP: {_HOW_FAR}, {_LEFT}; {_BY_PLANS}.",
    Pace.UNSURE: f"{{level}} CHƯA CHẮC KỊP: {_HOW_FAR}, {_LEFT}; {_BY_PLANS}.",
    Pace.SLOW: f"{{level}} CÓ NGUY CƠ KHÔNG KỊP HẠN: {_HOW_FAR}, {_LEFT}; {_BY_PLANS}.",
    Pace.OVER: (
        f"{{level}} CHƯA XONG: {_HOW_FAR}, {{left}} chưa, {{unclear}} chưa rõ; "
        "quá {end} đã {days} ngày."
    ),
}
BEHIND = (
    f"{{level}} CHẬM SO VỚI KẾ HOẠCH: {_HOW_FAR}, theo ngày dự kiến thì đến nay là "
    f"{{due}}; {_LEFT}; {_BY_PLANS} ({{in_time}}/{{expected}})."
)
"""Of a level that is slow because units are past the days they set themselves."""
OPEN = " Chưa chắc kịp {number}: {states}."
OPEN_AFTER = " Còn {number}: {states}."
OPEN_OF = "{number} {state}"
LOWEST, LOWEST_IN = " Tỷ lệ thấp nhất: {places}.", "{name} {held}/{of}"
MOST_LEFT, LEFT_IN = " Còn nhiều nhất: {places}.", "{name} {left}"
TILES_OF = "{name} {held}/{number}"
STANDINGS: Mapping[ConferenceState, str] = {
    ConferenceState.HELD: "đã tổ chức",
    ConferenceState.PLANNED: "có kế hoạch kịp hạn",
    ConferenceState.PLANNED_LATE: "sau hạn hoặc chưa có ngày",
    ConferenceState.PAST_ITS_DAY: "quá ngày dự kiến",
    ConferenceState.NO_PLAN: "chưa có kế hoạch",
    ConferenceState.DOUBTFUL: "cần làm rõ",
    ConferenceState.UNUSABLE: "đã gửi, chưa tính được",
    ConferenceState.SILENT: "chưa có báo cáo",
    ConferenceState.CANCELLED: "báo không tổ chức",
    ConferenceState.EXCUSED: "không phải báo cáo",
}
OPEN_STATES: Mapping[ConferenceState, str] = {
    **STANDINGS,
    ConferenceState.PLANNED_LATE: "có kế hoạch sau hạn hoặc chưa có ngày",
    ConferenceState.UNUSABLE: "đã gửi nhưng chưa tính được",
}
