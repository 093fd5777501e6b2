"""What the reader of forms puts into its sentences, and what it knows of how people write."""

from __future__ import annotations

from tdkt_batch.wording import forms
from tdkt_batch.wording.forms import BESIDE_NUMBERS, LACKS, NOT, SAID_IN_MORE_WORDS

# --- in the places of the sentences about reading --------------------------------------------

QUOTED = "“{}”"
ON_SHEET = "{} (trang “{}”)"
CELL_SAYS, ROW_SAYS, AND_OTHERS = "{} ghi “{}”", "dòng {} “{}”", "và {}"
IN_CELL, IN_HEAD = "{} (ô {})", "{} (tiêu đề cột)"
CELL = "{} ghi {}"
LOST_COLUMNS = " (không thấy cột {})"
LACKING = "; không có: {}"
"""What an older version of a form does not have."""
ONE_OR_OTHER = " hoặc "

BLOCK = "{sheet} từ ô {cell}"
"""What a form is called that begins at this cell, of several on one sheet."""

EXTRA_SHEET = "trang “{}”"
EXTRA_PICTURES, EXTRA_CHARTS, EXTRA_COMMENTS = "{} hình ảnh", "{} biểu đồ", "{} ghi chú ở ô"
EXTRA_BOXES = "{} khung chữ"
EXTRA_COMMENT, MORE_COMMENTS = "ghi chú ở ô {cell} trang “{sheet}”: “{text}”", "{} ghi chú khác"
"""What a unit had added of its own to its form's file."""

# --- as people write ------------------------------------------------------------------------

COUNTED = (
    "người", "đại biểu", "đ/b", "đb", "đồng chí", "đ/c", "đc", "cán bộ", "tập thể", "cá nhân",
    "hộ gia đình", "gia đình", "hộ", "bài", "tin", "báo cáo", "chuyên mục", "chuyên trang",
)  # fmt: skip
"""What is counted, behind a number."""

YES, NO = forms.YES, forms.NO
NOT_TICKED = (*NO, "-", "–", "không có")
WORDS_OF_LACKING = " ".join((LACKS, NOT, BESIDE_NUMBERS, *SAID_IN_MORE_WORDS)).split()
"""Words of an answer that says what lacks, as they may be typed without marks."""
ALL_THERE = (
    r"(?:(?:có|đã) )?(?:đầy )?đủ(?: cả| hết| tất cả)?(?: {number}(?:/{number})?)?(?: nội dung)?"
    r"(?: (?:của|theo) hướng dẫn)?|không thiếu(?: nội dung)?(?: nào| gì)?"
)
BEFORE_A_NUMBER = r"(?:(?:nội dung|số thứ tự|stt|số|thứ)\s+)+(?=\d)"
A_NUMBER_OF_CONTENTS = r"\d\s+nội dung"
BEFORE_A_CONTENT = r"^thiếu: "
IS_THERE = "có"
"""What may mean, where a mark says that something lacks, that it does not."""

DAY_TEXTS = (
    r"(?:ngày )?(?P<d>\d\d?){sep}(?P<m>\d\d?){sep}(?P<y>\d\d(?:\d\d)?)",
    r"(?:ngày )?(?P<d>\d\d?),? tháng (?P<m>\d\d?),? năm (?P<y>\d\d\d\d)",
    r"(?:ngày )?(?P<y>\d\d\d\d){sep}(?P<m>\d\d?){sep}(?P<d>\d\d?)",
)
"""How days are written, as patterns; ``sep`` is what stands between numbers."""
_MINUTES = r"\d\d(?!\d| ?[/.\\-] ?\d|,? tháng)(?: ?(?:'|’|phút|p))?"
"""Behind the hour; no day of a month, as in 14h 30/3/2015."""
_HOUR = (
    rf"\d\d?(?: ?(?:giờ|h|g) ?(?:{_MINUTES})?|:\d\d(?::\d\d)?)"
    r"(?: ?(?:am|pm|sa|ch|sáng|trưa|chiều|tối))?"
)
_TIME = (
    rf"(?:(?:buổi )?(?:sáng|trưa|chiều|tối)(?: ngày)?|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])"
    rf"|chủ nhật|(?:1/2|½|nửa|một|1) (?:ngày|buổi)|{_HOUR})"
)
TIME_BEFORE = rf"(?:(?:vào|lúc|từ|hồi) )?{_TIME}[ ,;:]*"
TIME_AFTER = rf"(?:[ ,;]+\(?|\(|t)(?:(?:vào|lúc|từ|hồi) )?{_TIME}\)?"
"""The time of day, the day of the week or how long, beside a day."""
FIRST_MONTH = "giêng"
"""January has a word of its own; the others are counted."""
MONTH_IN_WORDS = r"\btháng ([^\W\d_]+(?: (?:một|hai)\b)?)"
MONTH_IN_ROMAN = r"(?:(?<=[/.\-])|^)(xi{0,2}|ix|iv|vi{0,3}|i{1,3})(?=[/.\-]\d{4}$)"
MONTH_FIRST = (r"(?P<m>\d\d?){sep}(?P<d>\d\d?){sep}(?P<y>\d\d(?:\d\d)?)",)
MONTH_TEXTS = (
    r"(?:tháng |thang |thg ?|t)?(?P<m>\d\d?)(?:{sep}| )(?P<y>\d\d\d\d)",
    r"(?:th[aá]ng )?(?P<m>\d\d?),? năm (?P<y>\d\d\d\d)",
    r"(?P<y>\d\d\d\d){sep}(?P<m>\d\d?)",
    r"(?P<m>\d\d?){sep}(?P<y>1[3-9]|[2-9]\d)",
)
MONTH_ALONE = r"(?:tháng |thang |thg ?|t)(?P<m>\d\d?)"
"""A month without its year."""
BORN = (
    r"^(?:sinh )?(?:ngày |năm |n\.?s\.?|sn|n/s|s\b)(?: sinh)?[ .:]*"
    r"|\s*\((?:âl|dl|[^)]*lịch|[^)]*tuổi)\)$"
)
"""What stands beside a year of birth."""
BORN_UNKNOWN = r"[0 .\-–_…?]*/(?:[0 .\-–_…?]*|\d\d?)/? ?(?P<y>\d\d\d\d)"
BORN_TOGETHER = r"(\d\d?)(\d\d)(\d\d\d\d)|(\d\d?) (\d\d?) (\d\d\d\d)"
"""A day of birth of which only the year is known, and one without signs between its numbers."""

# --- as people write lists of people -----------------------------------------------------------

TICK_IN_HEAD = r" (?:(?:ghi|đánh|đánh dấu|tích) )?x$"
BETWEEN_VALUES = r"\s*(?:[/;]|\bhoặc\b|\bhay\b| )\s*"
"""What a head says of a mark below it, and what stands between values that it names."""
HEADS = r"(?:họ và tên|họ,? tên|họ đệm|họ|tên|stt|số tt|tt)(?: (?:đệm|tên|đại biểu|người))*"
"""The head of a list of people, in other words than the form's."""
TOTALS = r"tổng|cộng|trong đó|(?:nam|nữ)\W*\d+"
TOTAL_ALONE = r"(?:tổng|cộng)(?: (?:số|cộng|chung))*\W*(?:\d.*|\(.*)?"
"""How a row begins that sums up; in a table of other things than people only by itself."""
SIGNATURES = (
    r"người lập(?: biểu)?|thủ trưởng|ký (?:tên|ghi|và|đóng)|nơi nhận|tm|kt|t/m|k/t|xác nhận của|"
    r"(?:[^\W\d_]+ ){1,6}ngày (?:\d+|…+|\.+) tháng"
)
SIGNED_BELOW_PEOPLE = r"ký|xác nhận|ngày|(?:[^\W\d_]+ )+ngày (?:\d|…|\.)"
"""How a row begins that is a paper's end: never a person's."""
GROUPS = (
    "cá nhân|tập thể|hộ gia đình|gia đình|đại biểu|danh sách|nhóm|khối|điển hình|xã|phường|thị trấn"
    "|huyện|thành phố|tỉnh|thôn|bản|tổ|đội|khu|cơ quan|đơn vị|ghi chú|chính thức|dự khuyết|cấp|hội"
    "|chi hội|đảng|chi bộ|ủy ban|ubnd|hđnd|mttq|mặt trận|đoàn (?:thanh niên|thể|viên|xã|phường)"
    "|công đoàn|liên đoàn|trường|trạm|trung tâm|phòng|ban|sở|công an|quân sự|bộ đội|doanh nghiệp"
    "|công ty|hợp tác xã|htx|lực lượng|ngành|lĩnh vực|diện|người|gương|lao động|cán bộ|công chức"
    "|viên chức|lãnh đạo|khách mời|học sinh|giáo viên|phụ nữ|thanh niên|cựu chiến binh|dân tộc"
    "|thành phần|ấn định|bằng chữ|số người|số đại biểu|số lượng|tỷ lệ|hết"
)
"""How a row begins, alone in its row, that is a heading."""
BEFORE_A_NAME = (
    r"(?:(?:ô|b|đ\.c)\.|(?:(?:vợ chồng )?(?:ông|bà)(?:\s*[/,(]\s*(?:ông|bà)\)?)?|anh|chị|cô|chú|bác"
    r"|thầy|cụ|em|cháu|đồng chí|đ/c|đc|già làng|trưởng bản|nghệ nhân|bác sĩ|bs|ths|ts)(?!\w)[.:]?)"
)
WITHIN_A_NAME = ("văn", "thị", "thì", "a", "van", "thi")
"""What even who writes names with capitals may write small."""
NUMBERED = (
    r"(?:[(\[]?(?P<number>(?:\d{1,3}|[IVX]+)(?= ?[/.)\]:\-–]|(?<=\d) )"
    r"|[A-ZĐa-zđ](?= ?[.)\]:]| [-–]))[/.)\]:\-– ]+|[-+*•–] ?)(?P<rest>[^\W\d_].*)"
)
"""A number, a letter or a dash typed before a text."""
BETWEEN_NAMES = (
    r"\s*(?:[,;\n&+/(]|\s(?:và|với|cùng|-|–)\s)\s*(?:(?:vợ|chồng|con)(?: là)?\s*:?\s)?"
    r"|\s{3,}|\t|\s+(?=\d{1,2}[.)]\s)"
)
DITTO = (
    r"[-–—_ (]*(?:[\"”“″〃„]+(?: [\"”“″〃„]+)?|''|,,|n\.?t\.?|//|như (?:dòng |người |ở )?trên"
    r"|cùng trên|giống trên|↓)[-–—_ )]*\.?"
)
"""What stands for the same as in the row above."""
