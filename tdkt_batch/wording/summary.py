"""What the consolidated workbook says: its sheets, their heads, titles and sentences.

The heads of a table stand by the ids of its columns; of a pair the first is the joint
head of neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.model import Life, OutcomeKind
from tdkt_batch.report import UnitState
from tdkt_batch.wording import shared
from tdkt_batch.wording.shared import LIVES

Heads = Mapping[str, str | tuple[str, str]]

FIRST_PAGE = "Tiến độ"
OVERVIEW = "Tổng hợp"
ABOUT = "Về sổ này"
ADJUSTMENTS = "Điều chỉnh"
GRADES = "Chấp hành báo cáo"
DISTRICTS = "Theo {superiors}"
UNITS = "Theo đơn vị"
AMOUNTS = "Số liệu"
FINDINGS = shared.FINDINGS
CHANGES = "So với kỳ trước"
UNIT_CHANGES = "Thay đổi theo đơn vị"
ARRIVALS = "Tình hình gửi báo cáo"
UNIT_GRADES = "Chấp hành theo đơn vị"
REVIEW = "Kết quả rà soát"
RULE_BOOK = "Căn cứ rà soát"
FILES = "Sổ tiếp nhận"
SHEETS = (
    FIRST_PAGE, OVERVIEW, ABOUT, ADJUSTMENTS, GRADES, DISTRICTS, UNITS, FINDINGS, CHANGES,
    UNIT_CHANGES, ARRIVALS, AMOUNTS, UNIT_GRADES, REVIEW, RULE_BOOK, FILES,
)  # fmt: skip
"""The program's own sheets in their order; the campaign's lists stand behind ARRIVALS."""

# --- on every sheet -----------------------------------------------------------------------------

BOOK_TITLE = "Biểu tổng hợp tháng {month}"
GUIDANCE = "Theo {citation}"
UNTIL = "Số liệu đến {moment}"
COVERAGE = "Tổng hợp từ báo cáo của {value}/{base} đơn vị phải báo cáo trong tháng ({share})"
COVERAGE_TO_DATE = (
    "; số đến nay từ {value}/{base} đơn vị ({share}), "
    "trong đó {carried} đơn vị lấy báo cáo gần nhất"
)
PROVISIONAL = ". Số liệu tạm tính"
NUMBER, UNIT, TOTAL, ALL = "STT", shared.UNIT, "Tổng cộng", shared.TOTAL
CONTENT, INDICATOR, DIFFERENCE = shared.CONTENT, shared.FIGURE, "Tăng, giảm"
PROVINCE = shared.PROVINCE
IN_MONTH, TO_DATE = shared.IN_MONTH, shared.TO_DATE
NOT_WRITTEN = shared.NOT_WRITTEN

# --- Tiến độ ------------------------------------------------------------------------------------

FIRST_PAGE_TITLE = "Tiến độ {campaign}"
OF_LEVEL = "{level}: {rest}"
CARD_HELD, CARD_PLANNED = "{level}: đã tổ chức, hạn {end}", "{level}: đã có kế hoạch, hạn {end}"
CARD_FOUND = "{label}, ở {units} đơn vị"
TILES_TITLE = "Mỗi ô là một đơn vị; sau tên nơi là số đã tổ chức/số phải tổ chức"
TILES_LEVEL = "{groups}: hạn {end}"
TILES_ADD_UP = "Cộng {number} ô: {parts}."
WITH_REPORT = "{number} có báo cáo tháng này"
WITH_EARLIER = "{number} tính theo báo cáo gần nhất{newer}"
WITH_MARK = " (trong đó {number} ô {mark}: biểu mới chưa tính được)"
WITHOUT_REPORT = "{number} chưa có báo cáo nào dùng được"
NOT_REQUIRED = "{number} không phải báo cáo"
TILE_TIP = "{unit}: {standing}"
MORE_TILES = "Từ {place} trở đi: xem “{sheet}”."
TILE_LEGEND = "{standing}: {number}"
CALENDAR_TITLE = "Số {event} theo {superiors} và tuần (đã tổ chức, và theo kế hoạch)"
CALENDAR_HEAD = "{Superiors}"
BEFORE, AFTER, AFTER_THE_END = "trước", "sau", "sau hạn"
CUT_OFF, END_DAY = "chốt {day}/{month}", "hạn {day}/{month}"
CALENDAR_NOTE = (
    "Đầu cột là ngày đầu của khoảng; chữ đỏ đậm là sau hạn. Ngày đã tổ chức và ngày dự kiến đều do "
    "đơn vị báo; chưa rõ ngày thì không có trong bảng."
)
CALENDAR_OF_EARLIER = (
    " Kể cả {number} đơn vị có biểu mới chưa tính được (ô {mark}), theo báo cáo gần nhất."
)
BOXES = "□\u00a0Đồng\u00a0ý   □\u00a0Không   □\u00a0Ý\u00a0kiến\u00a0khác"
CANCELLED_LIST = "Đơn vị báo không tổ chức ({level})"
AT_RISK_LIST = "{number} đơn vị chưa chắc kịp hạn ({level})"
LEFT_LIST = "{number} đơn vị chưa tổ chức, đã hết thời gian ({level})"
IN_STATE = "{mark} {number} {state}: {names}."
BELOW = "{superior}: {names}"
OF_DAY, OF_NO_DAY, OF_REASON = " ({day})", " (chưa có ngày)", " (lý do: {reason})"
EXPLAINED_LIST = "Nội dung giải trình đang chờ ý kiến"
EXPLAINED_ROW = "– {unit}, về “{title}”: “{explanation}”"
REQUESTS_LIST = "Vướng mắc, kiến nghị, theo nội dung (toàn văn, đủ tên đơn vị: “Tổng hợp”)"
OTHER_UNITS = shared.OTHER_UNITS
REQUEST_ROW = "– {number} đơn vị: “{request}” ({names}{more})"
MORE_ROWS = "Còn {number} nội dung khác: xem “{sheet}”."
BOXES_NOTE = "Ý kiến chỉ đạo được cán bộ của Ban ghi vào sổ quyết định."

# --- Tổng hợp: the page that is signed ----------------------------------------------------------

OVERVIEW_HEADS: Heads = {
    "number": NUMBER,
    "label": INDICATOR,
    "measure": shared.MEASURE,
    "plan": shared.PLAN,
    "month": shared.RESULT_IN_MONTH,
    "to_date": shared.CUMULATIVE,
    "share": shared.SHARE,
    "previous": shared.LAST_RUN,
    "note": shared.NOTE,
}
OVERVIEW_TITLE = "Biểu tổng hợp tiến độ, kết quả tổ chức {campaign}"
ATTACHED_TO = "(Kèm theo Báo cáo số         /{symbol} ngày       tháng {month} của {board})"
LONG_MONTH_AFTER = " tháng "
"""What stands in a long day before its month."""
SIGNED = shared.SIGN_HERE
REQUESTS_SECTION = "Vướng mắc, kiến nghị của đơn vị"
DECISIONS_SECTION = "Nội dung xin ý kiến chỉ đạo"
DETAILS_SECTION = "Số liệu chi tiết"
CONTROL_SECTION = "Nội dung trong sổ quyết định cần xem lại"
ALL_REQUESTS_SECTION = "Toàn văn vướng mắc, kiến nghị của {number} đơn vị"
CONTINUED = "(tiếp)"

# --- Tổng hợp: its sentences --------------------------------------------------------------------

BY_DAY = "Đến ngày {day}, {sentence}"
NOBODY_EXPECTED = "{group}: không có đơn vị phải báo cáo."
OF_GROUP = "{value}/{base} {group} ({share}) {said}{growth}"
STILL_LEFT = "{answer}; còn {number} đơn vị{stages}{who}."
MORE, LESS = "tăng", "giảm"
GROWTH = ", {word} {number} so với tháng trước"
UNCLEAR, NO_REPORT = "chưa rõ tình trạng", "chưa có báo cáo dùng được"
"""How the units stand that no part of the whole holds."""
COUNTED_AS = "{number} {said}"
LEFT_AS = " ({stages})"
NOT_YET_DUE = "{level} (tổ chức từ {start} đến {end}): {figures}."
SHARE_OF_UNITS = "{value}/{base} đơn vị ({share}) {said}"
NUMBER_OF_UNITS = "{value} đơn vị {said}"
SILENT = "Chưa gửi báo cáo tháng: {number} đơn vị{who}{never}."
NEVER = "; trong đó {number} đơn vị chưa từng có báo cáo dùng được"
UNUSABLE = "Đã gửi nhưng chưa dùng được, đã đề nghị gửi lại: {number} đơn vị{who}."
CAME_LATE = "Báo cáo đến sau chốt số liệu, tính vào lần tổng hợp sau: {number} đơn vị{who}."
OF_NOBODY = (
    "Chưa rõ {number} tệp là của đơn vị nào (xem “{sheet}”): đơn vị ghi là chưa gửi có thể đã gửi "
    "tệp ấy, nên chưa đề xuất phê bình đơn vị nào."
)
NAMED = "{label}: {number} {measure}{who}."
FOUND = "Rà soát theo {guidance}: {findings}."
FOUND_OF = "{number} {label}"
FOUND_AT = " ở {number} đơn vị"
FOUND_LIVES: Mapping[Life, str] = {
    Life.FIXED: "đã khắc phục {} nội dung của kỳ trước",
    Life.REOPENED: "{} nội dung lặp lại",
    Life.WAIVED: "đã chấp nhận giải trình {} nội dung",
}
MOST_FOUND = " (nhiều nhất: {units})"
WHO = ", gồm: {units}"
WHERE_ALL = " (xem “{sheet}”)"
ELSEWHERE = "nơi khác {number}"
AND_OTHERS = " và {number} đơn vị khác (xem “{sheet}”)"
NO_REQUESTS = "Các đơn vị đã báo cáo không nêu vướng mắc, kiến nghị."
MORE_REQUESTS, FULL_REQUESTS = "Còn {number} đơn vị khác; toàn văn", "Toàn văn"
REQUESTS_BELOW = "{what} ở trang sau của “{sheet}”."
NO_DECISIONS = "Không có."
SEE, SEE_NEXT_PAGES = "xem “{sheet}”", "toàn văn ở trang sau"
SEE_PAGE_2 = "xem trang 2"

# --- Tổng hợp: its figures ----------------------------------------------------------------------

UNCLEAR_HEAD = shared.UNCLEAR
MORE_APART = "; còn {number} nội dung khác, xem “{sheet}”"

# --- Tổng hợp: its charts -----------------------------------------------------------------------

PROGRESS_TITLE = "{label} qua các tháng (lũy kế, {measure})"
WITHOUT_DAY = "; {number} chưa rõ ngày, không vẽ"
UNTIL_END_OF, DUE = "Đến hết tháng", "Phải xong theo thời gian của {guidance}"
PARTS_TITLE = "{label} theo {{superiors}}, loại đơn vị (tỷ trọng; số trong thanh: {measure})"
SUPERIOR, SHARE, LEAST = "{Superiors}", shared.SHARE, "Mức {guidance} quy định"
SHARES_TITLE = "Tỷ lệ: {label}, theo {{superiors}}{lowest}"
LOWEST = " ({number} nơi thấp nhất)"
BROKEN_RULES_HEAD = shared.RULE
BROKEN_RULES_TITLE = "Căn cứ chưa đạt nhiều nhất (số nội dung)"

# --- by superior --------------------------------------------------------------------------------

DISTRICTS_HEADS: Heads = {
    "number": NUMBER,
    "name": "{Superiors}, loại đơn vị",
}
DISTRICTS_TITLE = "BIỂU TỔNG HỢP THEO {SUPERIORS}"
MORE_OF_SECTION = "{section} (tiếp)"
OF_MONTH, TO_DATE_OF = "{sections}: trong tháng", "{sections}: đến nay"
DISTRICTS_PARTS = (
    "A. Đơn vị trực thuộc {upper_units}",
    "B. Toàn tỉnh theo nhóm đơn vị",
    "C. Chi tiết theo loại đơn vị",
)
DISTRICTS_TOTAL = "Cộng đơn vị trực thuộc"

# --- Về sổ này ----------------------------------------------------------------------------------

ABOUT_HEADS: Heads = {"number": NUMBER, "sheet": "Trang", "what": "Có gì", "row": "Mỗi dòng là"}
ABOUT_TITLE = "VỀ SỔ NÀY: CÁC TRANG VÀ CÁCH ĐỌC"
_A_UNIT, _A_FIGURE = "một đơn vị", "một chỉ tiêu"
ABOUT_SHEETS: Mapping[str, tuple[str, str]] = {
    FIRST_PAGE: ("Kịp hay chậm, mỗi đơn vị một ô, nội dung xin ý kiến chỉ đạo", "không phải bảng"),
    OVERVIEW: ("Biểu kèm theo báo cáo, để ký; số liệu chi tiết, toàn văn kiến nghị", _A_FIGURE),
    ABOUT: ("Các trang của sổ, cách đọc ô trống, ký hiệu, chữ viết tắt", "một trang"),
    ADJUSTMENTS: ("Khác bản đã ban hành ở đâu và vì sao", "một số liệu hoặc một đơn vị"),
    GRADES: ("Chấp hành chế độ báo cáo, nơi tốt nhất đứng đầu", "một nơi: {superiors} hoặc nhóm"),
    DISTRICTS: ("Số liệu cộng theo {superiors}, theo loại đơn vị", "một nơi hoặc một loại đơn vị"),
    UNITS: ("Tình trạng, ngày tổ chức, số liệu chính, kết luận của từng đơn vị", _A_UNIT),
    AMOUNTS: ("Số liệu từng đơn vị góp vào từng chỉ tiêu: mọi số tổng cộng từ đây", _A_UNIT),
    FINDINGS: ("Nội dung cần xem xét: đã ghi gì, yêu cầu gì, cần làm gì, ở ô nào", "một nội dung"),
    CHANGES: ("Số liệu hai kỳ cạnh nhau; nội dung mới, còn, đã khắc phục", _A_FIGURE),
    UNIT_CHANGES: ("Đơn vị có thay đổi so với kỳ trước, bằng lời", _A_UNIT),
    UNIT_GRADES: ("Chấp hành chế độ báo cáo của từng đơn vị, và vì sao", _A_UNIT),
    ARRIVALS: ("Ai đã gửi, chưa gửi, gửi lúc nào, gọi cho ai", _A_UNIT),
    REVIEW: ("Kết quả rà soát theo từng căn cứ", _A_UNIT),
    RULE_BOOK: ("Căn cứ rà soát kèm lời văn của {guidance}", "một căn cứ"),
    FILES: ("Mọi tệp đã nhận: của ai, trạng thái, lý do", "một tệp"),
}
ABOUT_LIST = "một dòng danh sách hoặc một đơn vị"
ABOUT_NOTES = (
    (
        "Ô trống: chỉ tiêu không có ở đơn vị ấy, hoặc đơn vị chưa ghi; 0: đơn vị ghi không có; "
        "“–”: chưa biết hoặc không có gì để chia. Số chưa rõ không cộng vào tổng, có ghi chú."
    ),
    (
        "Trang có mỗi dòng một đơn vị, một nội dung, một tệp: một bảng, đầu bảng ở dòng 8 và 9, "
        "không ghép ô trong bảng; số là số, ngày là ngày nên lọc, sắp xếp, cộng được."
    ),
    (
        "Số liệu cho phần mềm khác: so-lieu-{month}.csv (mỗi dòng một đơn vị, một chỉ tiêu) và "
        "so-lieu-{month}-chi-tieu.csv (mỗi chỉ tiêu là gì), cùng thư mục với sổ này."
    ),
)

# --- Chấp hành báo cáo, Chấp hành theo đơn vị ----------------------------------------------------

_MET, _JUDGED = shared.OUTCOMES[OutcomeKind.PASS], "Được xét"
_IN_TIME = shared.UNIT_STATES[UnitState.ON_TIME]
GRADES_HEADS: Heads = {
    "rank": "Hạng",
    "name": "{Superiors}, nhóm",
    "units": shared.NUMBER_OF_UNITS,
    "unjudged": "Chưa xét",
}
GRADES_OVER: Mapping[str, str] = {
    "in_time": _IN_TIME,
    "right": "Đúng ngay",
    "mended": "Sửa xong",
    "all": "Cả ba tiêu chí",
}
GRADES_OF: Mapping[str, str] = {"met": _MET, "judged": _JUDGED, "share": shared.SHARE}
UNIT_GRADES_HEADS: Heads = {
    "number": NUMBER,
    "rank": "Hạng",
    "name": UNIT,
    "place": "{Superiors}, nhóm",
    "in_time": _IN_TIME,
    "right": "Đúng ngay",
    "mended": "Sửa xong",
    "met": _MET,
    "judged": _JUDGED,
    "share": shared.SHARE,
    "why": "Vì sao chưa đạt, chưa xét",
}
GRADES_TITLE = "BIỂU XẾP HẠNG CHẤP HÀNH CHẾ ĐỘ BÁO CÁO"
UNIT_GRADES_TITLE = "BIỂU XẾP HẠNG CHẤP HÀNH CHẾ ĐỘ BÁO CÁO CỦA TỪNG ĐƠN VỊ"
GRADES_NOTE = (
    "Đúng hạn: có báo cáo dùng được trong hạn của đơn vị. Đúng ngay: báo cáo không có nội dung mới "
    "chưa đúng {guidance}, sai số học, lỗi số liệu hoặc phải ghi thêm, không phải biểu điền sẵn "
    "chưa ai ghi gì. Sửa xong: nội dung kỳ trước đề nghị hoàn thiện, giải trình đều đã sửa hoặc "
    "giải trình; giải trình không được chấp nhận thì chưa tính. Tỷ lệ: số lượt tiêu chí đạt trên "
    "số lượt được xét; bằng nhau thì đồng hạng; không xếp hạng nơi có quá nửa số đơn vị chưa xét, "
    "nơi và đơn vị chưa đạt lượt nào. Không xét: đơn vị được miễn, chưa đến hạn; tệp Ban không "
    "dùng hoặc chưa đọc được mà chưa rõ do đơn vị; đơn vị chưa gửi khi còn tệp chưa rõ của ai; nội "
    "dung từ một nửa số đơn vị cùng mắc"
)
GRADES_PROVISIONAL = (
    "Hạng tạm thời: còn {files} tệp chưa rõ của đơn vị nào, nên {units} đơn vị chưa gửi chưa "
    "được xét"
)
NOT_JUDGED = "Chưa xét đúng hạn: {why}"
NEW_FAULTS = "{number} nội dung mới phải sửa, ghi thêm"
LEFT_OPEN = "còn {number}/{of} nội dung của kỳ trước"

# --- Theo đơn vị --------------------------------------------------------------------------------

_HELD = "{event}"
UNITS_HEADS: Heads = {
    "number": NUMBER,
    "name": UNIT,
    "code": shared.CODE,
    "kind": shared.KIND,
    "parent": shared.SUPERIOR,
    "state": "Gửi báo cáo",
    "of_month": "Số liệu của tháng",
    "stage": (_HELD, shared.STAGE),
    "planned_day": (_HELD, "Ngày dự kiến"),
    "held_day": (_HELD, "Ngày tổ chức"),
    "verdict": "Kết luận",
}
UNITS_TITLE = "BIỂU TỔNG HỢP THEO ĐƠN VỊ"
UNITS_NOTE = (
    "Chữ nghiêng, nền xám: số liệu của báo cáo gần nhất. Bấm STT: đến nội dung cần xem xét; "
    "bấm “Gửi báo cáo”: đến tệp"
)

# --- Số liệu ------------------------------------------------------------------------------------

AMOUNTS_HEADS: Heads = {
    "number": NUMBER,
    "name": UNIT,
    "code": shared.CODE,
    "kind": shared.KIND,
    "parent": shared.SUPERIOR,
    "group": "Nhóm đơn vị",
}
AS_OF_LAST, DAY_OF = "{label} (kỳ trước)", "{label} (ngày)"
AMOUNTS_TITLE = "BIỂU SỐ LIỆU TỪNG ĐƠN VỊ THEO CHỈ TIÊU"
NOT_ADDED = "Chưa cộng, chờ xác nhận"
AMOUNTS_NOTE = (
    "Số tổng ở mọi trang được cộng từ trang này. Ô trống: đơn vị không thuộc chỉ tiêu; "
    "?: chưa rõ, hoặc chưa cộng. Chữ nghiêng ở cuối: đơn vị không còn trong danh sách"
)

# --- Nội dung cần xem xét -----------------------------------------------------------------------

_LIFE, _PLACE = "Theo dõi qua các tháng", "Vị trí trong tệp"
FINDINGS_HEADS: Heads = {
    "number": NUMBER,
    "name": UNIT,
    "month": (_LIFE, "Tháng báo cáo"),
    "message": CONTENT,
    "severity": shared.SEVERITY,
    "life": "Vòng đời",
    "since": (_LIFE, "Từ tháng"),
    "months_open": (_LIFE, "Số tháng"),
    "common": (_LIFE, "Sai sót phổ biến"),
    "given": shared.GIVEN_BY_UNIT,
    "expected": shared.REQUIREMENT,
    "difference": "Chênh lệch",
    "remedy": shared.HOW_TO_MEND,
    "explanation": shared.UNITS_EXPLANATION,
    "answer": "Ý kiến của Ban",
    "clause": shared.RULE,
    "quote": "Trích {guidance}",
    "file": (_PLACE, shared.FILE),
    "sheet": (_PLACE, "Trang"),
    "cell": (_PLACE, "Ô"),
    "rule": shared.RULE_CODE,
    "unit": shared.UNIT_CODE,
    "parent": "{Superiors}",
    "unit_number": "STT đơn vị",
}
FINDINGS_TITLE = "BIỂU TỔNG HỢP NỘI DUNG CẦN XEM XÉT"
FINDINGS_NOTE = (
    "Bấm STT: đến dòng của đơn vị; bấm ô: đến tệp trong sổ tiếp nhận. "
    "Đơn vị chỉ có lưu ý hoặc đã được chấp nhận giải trình ở cuối, không in"
)
NO_FINDINGS = "Không có nội dung nào cần xem xét."
FINDINGS_LEFT_OUT = "nội dung"
WHOLE_FILE = shared.FILES_COUNTED
"""Stands in the column of cells for what concerns the whole file."""
UNTIL_MONTH = "đến tháng {month}"
MISSING = "Chưa ghi “{label}” nên chưa rà soát được {number} căn cứ"
MISSING_REMEDY = "Ghi “{label}” rồi gửi lại biểu"
OWED_VALUE = "Chưa báo cáo “{label}” nên chưa rà soát được {number} đơn vị trực thuộc: {titles}"
OWED_VALUE_REMEDY = "Báo cáo “{label}”"

# --- Điều chỉnh ---------------------------------------------------------------------------------

ADJUSTMENT_HEADS: Heads = {
    "number": NUMBER,
    "name": UNIT,
    "what": CONTENT,
    "then": "Bản đã ban hành",
    "now": "Bản này",
    "difference": DIFFERENCE,
    "why": "Nguyên nhân",
}
ADJUSTMENTS_TITLE = "NHỮNG GÌ KHÁC VỚI BẢN ĐÃ BAN HÀNH"
ADJUSTED_TOTALS_PART = "A. Số liệu toàn tỉnh"
ADJUSTED_UNITS_PART = "B. Theo đơn vị"
NO_ADJUSTED_TOTALS = "Không có số liệu nào của toàn tỉnh thay đổi."
NO_ADJUSTMENTS = "Không có đơn vị nào thay đổi."
MEASURED = "{label} ({measure})"
STATE_OF_REPORT = "Trạng thái gửi báo cáo"
THROUGH_UNITS = "Do thay đổi ở {number} đơn vị (phần B)"
CAME_SINCE = "Báo cáo đến {moment}, nay mới tính"
COUNTED_BY_LAST = "Nay tính theo báo cáo tháng {month}, đến hoặc được biết sau khi ban hành"
CAME_UNUSABLE = "Tình trạng gửi nay đã khác; chưa có báo cáo dùng được"
REPLACED_BY = "Thay bằng báo cáo đến {moment}"
COUNTED_NO_MORE = "Báo cáo trong bản đã ban hành không còn được tính"
DECIDED_BY_BOARD = "Ban đã quyết định: {decisions}"
JUDGED_OTHERWISE = (
    "Cùng một báo cáo; căn cứ, danh sách đơn vị hoặc báo cáo của đơn vị khác đã thay đổi"
)
FOUND_NOW = "Nội dung cần xem xét (thêm): {message}"
FOUND_NO_MORE = "Nội dung cần xem xét (bỏ): {message}"

# --- So với kỳ trước ----------------------------------------------------------------------------

CHANGES_TITLE = "BIỂU SO SÁNH VỚI KỲ TRƯỚC"
FIRST_MONTH = "Đây là kỳ báo cáo đầu tiên được tổng hợp; chưa có kỳ trước để so sánh."
TOTALS_PART = "A. Số liệu toàn tỉnh"
LIVES_PART = "B. Vòng đời nội dung cần xem xét (số nội dung)"
LIVES_HEADS = (
    *(LIVES[life] for life in (Life.NEW, Life.REOPENED, Life.OPEN)), "Cộng phải xử lý",
    LIVES[Life.WAIVED], LIVES[Life.FIXED], "Lâu nhất (tháng)",
)  # fmt: skip
LIVES_TABLES = {
    "severity": "Theo mức độ", "parent": "Theo {superiors}", "rule": "Theo căn cứ"
}  # fmt: skip
SHARED_FAULT = " (sai sót phổ biến: {units}/{of} đơn vị)"
NO_LIVES = "Tháng này và kỳ trước không có nội dung nào cần xem xét."

# --- Thay đổi theo đơn vị -----------------------------------------------------------------------

UNIT_CHANGES_HEADS: Heads = {
    "number": NUMBER,
    "name": UNIT,
    "parent": "{Superiors}",
    "state": "Gửi báo cáo",
    "figures": "Số liệu thay đổi",
    "found": "Nội dung mới phải xử lý",
    "settled": "Nội dung đã giải quyết",
}
UNIT_CHANGES_TITLE = "THAY ĐỔI CỦA TỪNG ĐƠN VỊ SO VỚI KỲ TRƯỚC"
UNIT_CHANGES_NOTE = (
    "Tháng {now} so với tháng {then}; chỉ ghi đơn vị có thay đổi. Bấm STT: đến dòng của đơn vị"
)
NO_CHANGES = "Không có thay đổi nào so với kỳ trước."
BLANK = shared.BLANK
FROM_TO = "{then} → {now}"
FIGURE_CHANGED = "{label}: {then} → {now}"
NEWLY_FILLED = "ghi mới {number} ô"
OF_KIND = "{kind}: {titles}"
TIMES = "{title} ({number})"
JOINED, LEFT = "Mới có trong danh sách", "Không còn trong danh sách"

# --- Tình hình gửi báo cáo ----------------------------------------------------------------------

ARRIVALS_HEADS: Heads = {
    "number": NUMBER,
    "name": UNIT,
    "kind": shared.KIND,
    "parent": shared.SUPERIOR,
    "deadline": shared.DEADLINE,
    "state": "Trạng thái",
    "received": "Thời điểm nhận",
    "late": "Số ngày muộn",
    "silent": shared.MONTHS_SENT_NOTHING,
    "never": shared.NEVER_USABLE,
    "latest": "Báo cáo gần nhất",
    "contact": shared.CONTACT,
    "phone": shared.PHONE,
    "file": "Tệp được dùng",
    "note": shared.NOTE,
}
ARRIVALS_TITLE = "BIỂU TỔNG HỢP TÌNH HÌNH GỬI BÁO CÁO"
ARRIVALS_NOTE = (
    "Đơn vị cần gọi trước xếp trên: chưa gửi nhiều tháng liền nhất, rồi đã gửi nhưng chưa dùng "
    "được; đơn vị đúng hạn, chưa đến hạn, không phải gửi ở cuối, không in"
)
SENT_AND_TO_DO = "{sent}: {remedy}"
EXTENDED = "Gia hạn từ {usual} đến {due}: {reason}"
BY_DECISION = "theo quyết định của Ban"
UNIT_STATES_HEADS = ("Số đơn vị theo trạng thái", shared.NUMBER_OF_UNITS)
UNIT_STATES_TOTAL = "Tổng số đơn vị"
ADDS_UP, DOES_NOT_ADD_UP = "Khớp danh sách", "Không khớp"
DEADLINE = "Thời hạn của {level}: {day}{moved}, gửi {recipient}; căn cứ tính gửi muộn: {set_by}."
DEADLINE_MOVED = " (chuyển từ ngày {day})"

# --- the campaign's lists -----------------------------------------------------------------------

ROSTER_HEADS = ("Đặc điểm", shared.VALUE)
LIST_FACTS: Mapping[str, str] = {
    "number": NUMBER,
    "unit": UNIT,
    "code": shared.UNIT_CODE,
    "of_month": "Số liệu của tháng",
    "stage": shared.STAGE,
    "held_day": "Ngày tổ chức {event}",
    "rows": "Số dòng",
    "allotted_by": "Căn cứ phân bổ",
}
LIST_SUMS, LIST_BY_UNIT = "A. Toàn tỉnh", "B. Chi tiết theo đơn vị"
LIST_EMPTY, LIST_MEASURE = "Chưa có đơn vị nào báo cáo.", "dòng"
MARKED = "x"
UNIT_OR_NAME = "Đơn vị / {name}"
TOTALS_BELOW = "Tổng cộng và cơ cấu: ở cuối biểu"
ON_DAY, REPORT_OF = " ngày {day}", " (báo cáo tháng {month})"
OF_WHICH_BY = "Trong đó, {label}"

# --- Kết quả rà soát ----------------------------------------------------------------------------

REVIEW_HEADS: Heads = {"number": NUMBER, "name": UNIT}
REVIEW_TITLE = "BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT"
FAILED_BUT_WAIVED = "Không đạt, đã chấp nhận giải trình"
OWED = "Chờ số liệu của đơn vị khác"
LEGEND = (
    "{marks}; ô trống: không có báo cáo để rà soát hoặc căn cứ của cấp khác. "
    "Chú giải các mã: cuối biểu. Bấm mã: đến căn cứ; bấm ✗: đến nội dung cần xem xét"
)
REVIEW_LEFT_OUT = "mã"
KEY_SECTION = "Chú giải các mã căn cứ"

# --- Căn cứ rà soát -----------------------------------------------------------------------------

RULE_BOOK_HEADS: Heads = {
    "number": NUMBER,
    "title": shared.WHAT_IS_CHECKED,
    "clause": "Mục",
    "quote": "Trích {guidance}",
    "condition": "Khi",
    "check": shared.REQUIREMENT,
    "cases": "Mức độ khi không đạt",
    "levels": "Cấp áp dụng",
    "decision": "Quyết định của Ban, lý do",
    "id": shared.CODE,
}
RULE_BOOK_TITLE = "CĂN CỨ RÀ SOÁT"
RULE_BOOK_NOTE = "Bấm mã: đến kết quả rà soát của các đơn vị"
OF_THE_BOARD = "Quy định của Ban: {decision}"
CASE_WHEN = " (khi {condition})"

# --- Sổ tiếp nhận -------------------------------------------------------------------------------

FILES_HEADS: Heads = {
    "number": NUMBER,
    "file": shared.FILE,
    "unit": UNIT,
    "clue": "Đơn vị theo",
    "month": shared.MONTH,
    "state": "Trạng thái",
    "reason": "Lý do, cách xử lý",
    "repairs": "Số ô được hiểu lại",
    "arrived": shared.ARRIVED,
    "arrived_by": "Theo",
    "check_figure": shared.CHECK_FIGURE,
    "sender": shared.SENDER,
    "subject": shared.SUBJECT,
    "size": "Dung lượng (byte)",
    "container": shared.INSIDE,
    "message_id": "Mã thư (Message-ID)",
    "sha256": "SHA-256",
}
CONTAINERS_HEADS: Heads = {
    "name": "Thư và tệp nén (không tính vào số tệp)",
    "kind": shared.KIND,
    "members": "Số tệp",
}
FILES_TITLE = "SỔ TIẾP NHẬN"
FILES_NOTE = (
    "Bấm STT: đến đơn vị. Tệp ghi “(chưa rõ)”: chép lại với tên bắt đầu bằng mã đơn vị rồi chạy lại"
)
NO_FILES = "Không nhận được tệp nào."
FILES_LEFT_OUT, CONTAINERS_LEFT_OUT = shared.FILES_COUNTED, "thư và tệp nén"
FILE_STATES_HEADS = ("Số tệp theo trạng thái", "Số tệp")
FILE_STATES_TOTAL = "Tổng số tệp"
SOFTWARE, RULE_SET, FORM_VERSION = "Phần mềm", shared.RULE_SET, "Phiên bản {form}"

# --- the small book of a unit with others below it ----------------------------------------------

DISTRICT_BOOK_FILE = "{month} Sổ của {name} ({code}).xlsx"
DISTRICT_COVER = "Xác nhận"
DISTRICT_TITLE = "TÌNH HÌNH, NỘI DUNG RÀ SOÁT, SỐ LIỆU BÁO CÁO CỦA {unit}"
DISTRICT_STATES = "1. Tình hình gửi báo cáo của {number} đơn vị"
DISTRICT_CONTENTS = "2. Trong sổ này (bấm tên trang để đến)"
DISTRICT_SHEETS: Mapping[str, str] = {
    UNITS: "mỗi đơn vị một dòng: tình hình gửi, tiến độ tổ chức, kết quả rà soát",
    FINDINGS: "từng nội dung cần xem xét, cách hoàn thiện",
    AMOUNTS: "từng số liệu của từng đơn vị, để đối chiếu (xem trên máy)",
}
DISTRICT_NOTES: Mapping[str, str] = {
    UNITS_NOTE: (
        "Chữ nghiêng, nền xám: số liệu của báo cáo gần nhất. Bấm STT: đến nội dung cần xem xét"
    ),
    FINDINGS_NOTE: (
        "Bấm STT: đến dòng của đơn vị. "
        "Đơn vị chỉ có lưu ý hoặc đã được chấp nhận giải trình ở cuối, không in"
    ),
}
"""What the notes of the consolidated workbook's sheets say in this book."""
DISTRICT_CONFIRMS = "3. Xác nhận"
DISTRICT_RIGHT = "□ Số liệu trong sổ đúng với báo cáo của các đơn vị."
DISTRICT_WRONG = "□ Có số liệu chưa đúng, ghi ở bảng dưới và báo lại Ban chậm nhất ngày {day}."
DISTRICT_ROOM_HEADS = ("STT", UNIT, "Số liệu", "Trong sổ", "Đúng là")
DISTRICT_SIGNS = "NGƯỜI XÁC NHẬN"

# --- the figures for programs -------------------------------------------------------------------

HAS_VALUE, NO_VALUE = "có số", "chưa có số"
NOT_CLEAR, SET_APART = "chưa rõ", "chưa cộng"
BASIS_PLAN, BASIS_RESULT, YES = "kế hoạch", "thực hiện", shared.YES_IN_SENTENCE
