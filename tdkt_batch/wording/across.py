"""What board checks put into the places of the campaign's sentences."""

from __future__ import annotations

AS_OF = " (theo báo cáo tháng {month})"
"""Behind what an earlier month's report said: nothing newer is known."""

WAITED_FOR = {
    "not_reported": "chưa báo cáo: {units}",
    "unusable": "đã gửi nhưng chưa dùng được: {units}",
    "after_cut_off": "đã gửi, đến sau thời điểm chốt số liệu: {units}",
    "no_status": "chưa ghi tình trạng{as_of}: {units}",
    "to_come": "báo đã tổ chức ở ngày chưa đến{as_of}: {units}",
    "no_plan": "chưa có kế hoạch{as_of}: {units}",
    "not_held": "chưa tổ chức{as_of}: {units}",
    "no_result": "đã đến ngày dự kiến, chưa báo cáo kết quả{as_of}: {units}",
}
"""Subordinate units, by what they have still to do."""

AWAITED = "Báo cáo chưa đến hạn của {units}"
"""What is not known of subordinate units whose last day is not over."""

SENT = "{unit}: {sent}"
ALLOTTED = "{unit}: {allotted}"
SENT_AND_ALLOTTED = "{unit}: {sent} người, phân bổ {allotted}"
SENT_UNALLOTTED = "{unit}: {sent} người, không rõ trong bảng phân bổ"
UNALLOTTED = "{unit} không có trong bảng"
ALLOTTED_BY_UPPER_UNIT = "phân bổ của {unit}"
ALLOTTED_BY_BOARD = "danh sách phân bổ của Ban"

TABLE_SAYS_HELD = "{unit}: bảng ghi đã tổ chức, đơn vị báo cáo chưa tổ chức"
TABLE_SAYS_NOT_HELD = "{unit}: bảng ghi chưa tổ chức, đơn vị báo cáo đã tổ chức"
OTHER_DAY = "{unit}: bảng ghi dự kiến ngày {table_day}, đơn vị ghi ngày {own_day}"

REPORT_OF = "báo cáo tháng {month}"
FORM_BEFORE = "bản gửi trước của cùng tháng, “{name}”"
LIST_DIFFERS = "danh sách “{table}”"
TAKEN_BACK = "{label}: trước {old}, nay {new}"
AT_CELL = "{value} (ô {sheet}!{cell})"

DAY_OF = "{label} {day}"
PERHAPS = "; có phải là ngày {day}?"
EXTENDED_BY = "ý kiến gia hạn của Ban ngày {day} ({reason})"
LETTER = "số {number} ngày {day}"
ARRIVAL = "Ngày nhận báo cáo"
CONFERENCE_DAY_OF = "Ngày {event} của {unit}"
DAYS = "{number} ngày"
