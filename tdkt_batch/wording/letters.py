"""What mails, reminders and the report say in the program's own words, each with its places.

What the board may word for itself stands in the campaign's ``letters.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared

# --- everywhere -----------------------------------------------------------------------------

SHORTENED = "{kept} […] (lược {lost} ký tự, xem đủ tại {where})"
FORM_ENCLOSED, LIST_OF_UNITS = shared.FRESH_FORM, "danh sách đơn vị"
WORKBOOK_ENCLOSED = "biểu kèm theo, tệp {workbook}"
UNITS_OWN_FORM = "biểu của đơn vị"
"""Where a text that was shortened stands in full."""
TO_FILL_IN = "…………"
"""Where something is to be written in by hand."""
PROVISIONAL = ", số liệu tạm tính"
SEE_NAMES = "{counts}; tên từng đơn vị: {where}"
NOBODY_OF_NAME = "don-vi"
"""The file name of a unit whose name has no letter."""

# --- papers ---------------------------------------------------------------------------------

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PAPER_NUMBER = "Số:         /{symbol}"
PLACE_AND_DAY = "{place}, ngày        tháng {month} năm {year}"
RECIPIENTS, DEAR, SUBMITTED_TO = "Nơi nhận:", "Kính gửi:", "Kính trình:"
TABLE = "Bảng {number}. {name}"

# --- what is told of a unit -----------------------------------------------------------------

DUE = "chậm nhất ngày {day}"
EXTENDED_UNTIL = "Được gia hạn, chậm nhất ngày {day}"
EXTENDED_DAY, EXTENDED_DAY_OF = "{day} (được Ban gia hạn)", "{day} ({unit}, được Ban gia hạn)"
SILENT_MONTHS = "Tháng thứ {months} liền"
NEVER_IN_MESSAGE = ", chưa từng có báo cáo dùng được"
EMPTY_FORM = "đã gửi biểu trống; đề nghị điền đủ rồi gửi lại"
ADJUSTED_SUBJECT = "{subject} (bản điều chỉnh lần {number})"
CONTACT, CONTACT_WITH_ADDRESS = "điện thoại {phone}", "điện thoại {phone}, thư điện tử {address}"
"""How the board is reached."""
SENT_NOT_USED = "{sent}: {reasons}"
"""What a unit sent that the board does not use, and why."""
SENT_AND_TO_DO = "{sent}; đề nghị {remedy}"
SITUATION = ("{number} đơn vị chưa gửi báo cáo", "{number} đơn vị đã gửi nhưng chưa dùng được")
"""How many have sent nothing, how many what cannot be used."""
UNUSABLE_FILE = "tệp “{name}”: {cause}"
MORE_WORK = "Còn {number} việc khác, xem {where}."
FIXED = "{fixed}: {number} nội dung của kỳ trước."
CLAUSE, SECTION = "(Căn cứ: {clause})", "mục "
REOPENED = "Nội dung này đã khắc phục, nay lặp lại."
OPEN_SINCE = "Đã nêu từ tháng {since}, nay là tháng thứ {months}."
UNDER_REVIEW = "{message} Đơn vị đã giải trình, đang xem xét."
REFUSED = "Giải trình không được chấp nhận"

# --- what is asked of a unit ------------------------------------------------------------------

WORK: Mapping[str, str] = {
    "correct": "Đính chính: {text}",
    "complete": "Hoàn thiện: {text}",
    "explain": "Sửa hoặc giải trình: {text}",
}
WORK_AFTER: Mapping[str, str] = {**WORK, "explain": "Giải trình: {text}"}
"""One thing to do, before the conference and after it."""
LEFT_BLANK, NOT_READ = "ghi “{label}” (đang để trống).", "ghi lại “{label}” (chưa đọc được)."
SEND_AGAIN = "Gửi lại: {sent}. {remedy}."
SEND_AGAIN_EMPTY = "Gửi lại: đã gửi biểu trống. Ghi số liệu vào biểu kèm theo rồi gửi lại."
SEND_IN = "Gửi báo cáo: chưa gửi{silence}."
SILENCE = " ({silence})"
AT_CELL, NO_PLACE = "ô {cell}, trang “{sheet}”", "–"

# --- mails ----------------------------------------------------------------------------------

SENT_LATE = "gửi muộn"
NO_ADDRESS_HEAD = (
    "Có {number} đơn vị chưa có địa chỉ thư điện tử dùng được. Thư của các đơn vị này "
    "để trống người nhận: hãy ghi địa chỉ khi gửi, và bổ sung vào tệp danh sách đơn vị."
)
NO_ADDRESS_LINE = "{name} (mã {code}): {why}; điện thoại: {phone}"
NO_ADDRESS, BAD_ADDRESS, NO_PHONE = "chưa có địa chỉ", "địa chỉ ghi sai: {email}", "chưa có"

WORK_HEADING, KNOW_HEADING = shared.WORK_TO_DO, "Để biết, không phải làm gì"
WORK_HEADS = (shared.UNIT, shared.WORK, "Ô", "Chậm nhất ngày")
OWN_DAYS = " (đơn vị được gia hạn: ngày riêng, ghi ở từng đơn vị)"
WITH_DAY = "{name}, chậm nhất ngày {day}"
WITH_PLACE = "{text} [{place}]"
ATTACHED_HEADING = "Tệp kèm theo"
ATTACHED_RETURN, ATTACHED_FRESH = "biểu của {name} ({number} việc)", "biểu mới của {name}"
ATTACHED_BOOK = "sổ tình hình, nội dung rà soát và số liệu của các đơn vị"
ATTACHED_FILE = "{file}: {what}"
NAME_AND_NUMBER = "{name} ({number} nội dung)"
WAIVED_OF = "{waived}: {names}."

# --- before the deadline ----------------------------------------------------------------------

EARLY_SUBJECT = "Nhắc lịch gửi báo cáo tháng {month}, chậm nhất ngày {day}: {unit}"
EARLY_SUBJECT_BELOW = "Nhờ nhắc lịch gửi báo cáo tháng {month}: {number} đơn vị trực thuộc {unit}"
EARLY_SUBJECT_BOTH = (
    "Nhắc lịch gửi báo cáo tháng {month}, chậm nhất ngày {day}: {unit} "
    "và {number} đơn vị trực thuộc"
)
EARLY_ASK = "Kính đề nghị {addressee} gửi báo cáo tháng {month} theo {form} chậm nhất ngày {day}."
EARLY_ASK_BELOW = (
    "Kính nhờ {addressee} nhắc giúp {number} đơn vị trực thuộc có tên dưới đây gửi báo cáo "
    "tháng {month} đúng hạn."
)
EARLY_ASK_BELOW_TOO = (
    "Đồng thời nhờ nhắc giúp {number} đơn vị trực thuộc có tên dưới đây gửi báo cáo đúng hạn."
)
EARLY_INTRO = (
    "Để việc tổng hợp báo cáo tháng {month} theo {guidance} được đầy đủ, kịp thời, {board} "
    "xin nhắc lịch gửi báo cáo như sau:"
)
EARLY_OF_UNIT = "Báo cáo của {unit}"
EARLY_WHAT = "Nội dung gửi: biểu {form} của tháng {month}, ghi bằng Excel"
EARLY_WHERE = "Nơi nhận: {recipient}"
EARLY_UNTIL = "Thời hạn: chậm nhất ngày {day}"
EARLY_OF_OTHERS = "Gửi biểu {form} về {recipient} chậm nhất ngày {day} ({number} đơn vị)"
EARLY_PHONE = "điện thoại {phone}"
EARLY_CROSSED = "Nếu báo cáo vừa được gửi thì xin bỏ qua thư này; trân trọng cảm ơn đơn vị."

# --- reminders, call list -------------------------------------------------------------------

REMINDER_HEADS = ("STT", shared.UNIT, shared.STAGE, shared.PHONE)
WITH_LIST = "{name} (có danh sách kèm theo)"
CALL_HEADS = (
    "STT", shared.UNIT, shared.SUPERIOR, shared.CONTACT, shared.PHONE, "Nội dung cần gọi",
    "Kết quả gọi",
)  # fmt: skip
NO_PHONE_IN_LIST = "(chưa có số)"

# --- the report: frame, requests, decisions -------------------------------------------------

REPORT, REPORT_TITLE = "BÁO CÁO", "Báo cáo {title}"
SLIP, SLIP_TITLE = "PHIẾU TRÌNH", "Phiếu trình {title}"
MORE_REQUESTS = "Còn {number} kiến nghị khác, xem {where}."
TOLD_IN: Mapping[str, str] = {
    "cancelled": "xem mục III",
    "overdue": "xem mục III",
    "at_risk": "xem mục I",
    "silent": "xem mục II",
    "explained": "xem mục IV",
    "common": "xem mục IV",
    "requests": "xem mục V",
}
"""Which part of the report's appendix tells of a question, by its topic."""
GROUNDS, ALL_OF_THEM, NAMED = "Căn cứ:", "Tên đơn vị:", "Gồm:"
EXPLAINED = "{name}, về “{title}”: “{words}”"
TILES_CAPTION = "Hình 1. Mỗi ô là một đơn vị (số đã tổ chức/số phải tổ chức)"
MORE_TILES = "{place} và các nơi sau: xem “Tiến độ” của biểu kèm theo"
TILE_LEGEND = "{standing}: {number}"
TOTAL, UNIT_GROUP = shared.TOTAL, shared.KIND_OF_UNIT
NUMBERED_UNITS = "{words} ({number}): {names}."

# --- the report: its figures ----------------------------------------------------------------

WITH_SHARE = "{value}, tỷ lệ {share}"
PART_OF_WHOLE = "{value}/{base} ({share})"
FIGURE_IS = "{label} {value}"
OF_GROUP, WINDOW = "{group}{window}: {figures}", " (tổ chức từ {start} đến {end})"
MONTH_OF_IT = ", trong tháng {month}"
OF_GROUP_IN_SHORT, IN_SHORT = "{value}/{base} {group}", "{label}: {values}"
NUMBERED = "{number}. {title}"
FIGURE, MEASURE, PLAN = shared.FIGURE, shared.MEASURE, shared.PLAN
RESULT_IN_MONTH, CUMULATIVE, SHARE = shared.RESULT_IN_MONTH, shared.CUMULATIVE, shared.SHARE
LAST_RUN, NOTE, MONTH, UNCLEAR = shared.LAST_RUN, shared.NOTE, shared.MONTH, shared.UNCLEAR
SUPERIOR = shared.SUPERIOR
BY_GROUP = "{title} theo loại đơn vị"
BY_PARENT = "{title} theo {superiors}"
MONTHS_TABLE = "Tiến độ qua các tháng"
BECAME_KNOWN = "{label} (trong tháng)"

# --- the report, I: arrivals ----------------------------------------------------------------

UNTIL_NOW = "Đến {until}: {figures}."
NOT_SENT, NOT_USABLE = "Đơn vị chưa gửi", "Đơn vị đã gửi nhưng chưa dùng được, {sent}"
SENT_EMPTY = "đã gửi biểu trống"
CAME_LATE = "Báo cáo đến sau thời điểm chốt số liệu, tính vào lần tổng hợp sau"
OF_NOBODY = (
    "Có {number} tệp của tháng chưa rõ là của đơn vị nào (tên từng tệp: {where}); đơn vị ghi là "
    "chưa gửi có thể đã gửi tệp ấy, vì vậy chưa đề xuất phê bình đơn vị nào."
)
NEVER_REPORTED = "Chưa từng báo cáo và không gửi báo cáo từ {months} tháng liền trở lên"
LONG_SILENT = "Đã từng báo cáo nhưng không gửi báo cáo từ {months} tháng liền trở lên"
TO_DATE = (
    "Số liệu đến nay trong báo cáo này tính theo {reported}/{required} đơn vị "
    "({share}{provisional}){by_last}."
)
BY_LAST_REPORT = "; trong đó {number} đơn vị lấy theo báo cáo gần nhất"

# --- the report, II: conferences ------------------------------------------------------------

AS_OF = "Đến {until}{provisional}:"
WITH_REASON, WITHOUT_REASON = "{name} (lý do: {reason})", "{name} (chưa ghi lý do)"

# --- the report, III: findings --------------------------------------------------------------

REVIEWED, NONE_LEFT = (
    "Qua rà soát báo cáo tháng {month}: {found}.",
    "không còn nội dung nào chưa xử lý",
)
COMMON_FAULTS = (
    "Sai sót phổ biến: {faults}; nên sửa biểu mẫu, hướng dẫn ghi biểu hơn là nhắc từng đơn vị."
)
LIVES_TABLE = "Diễn biến của nội dung rà soát (số nội dung)"
MONTH_BEFORE_HEAD = shared.MONTH_BEFORE
NOT_SEEN_AGAIN = "Chưa rà soát lại"
RULES_TABLE, MOST_FREQUENT = (
    "Theo nội dung rà soát (số lượt{more})",
    ", {shown} nội dung nhiều nhất trong {all}",
)
RULES_HEADS = ("STT", shared.WHAT_IS_CHECKED, shared.RULE)
RULES_LAST_HEADS = (shared.UNIT, "Khắc phục")
UNITS_TABLE = "Đơn vị có nhiều nội dung nhất ({shown} trong {all} đơn vị)"
UNITS_HEADS = ("STT", shared.UNIT, shared.SUPERIOR)
LONGEST = "Số tháng lâu nhất"
