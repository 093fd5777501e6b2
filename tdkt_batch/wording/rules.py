"""What the rule book says: a rule's expressions in words, and the labels of an entry's parts."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared

TREATMENTS: Mapping[str, str] = {
    "rule": "",
    "rule_of": "Đã nằm trong căn cứ khác",
    "reported": "Chỉ tổng hợp, không kết luận đúng hay chưa đúng",
    "not_checkable": "Máy không xét được: người rà soát đọc và đánh dấu",
    "decision": "Quyết định của Ban, áp dụng trong toàn chương trình",
}
"""What becomes of a statement, which is no rule."""

BASIS, QUOTE, QUOTED = shared.RULE, "Trích", "“{quote}”"
OURS, SECTION = "quy định của Ban", shared.CLAUSE
APPLIES_TO, ONLY_KINDS = "Áp dụng cho", "chỉ {kinds}"
CONDITION, CHECK = "Khi", shared.REQUIREMENT
CHECKED_AT, IN_FORM = "Nơi kiểm tra", "ngay trên biểu (trang Tự kiểm tra)"
CASE_WHEN = "{message} (khi {when})"
BEFORE, AFTER = "Trước {event}", "Sau {event}"
TREATMENT, NOTE, REASON = "Xử lý", "Ghi chú của Ban", shared.REASON
RELATED = "Yêu cầu liên quan"

YES_NO: Mapping[bool, str] = {True: shared.YES, False: shared.NO}

# --- an expression in words -------------------------------------------------------------------

COMPARED: Mapping[str, str] = {
    "<": "{left} nhỏ hơn {right}",
    "<=": "{left} không quá {right}",
    "==": "{left} là {right}",
    "!=": "{left} khác {right}",
    ">=": "{left} từ {right}",
    ">": "{left} lớn hơn {right}",
}
COMPARED_NUMBERS: Mapping[str, str] = {
    **COMPARED,
    "==": "{left} bằng {right}",
    ">=": "{left} từ {right} trở lên",
}
COMPARED_DAYS: Mapping[str, str] = {
    **COMPARED,
    "<": "{left} trước {right}",
    "<=": "{left} không sau {right}",
    ">=": "{left} không trước {right}",
    ">": "{left} sau {right}",
}
COMPUTED: Mapping[str, str] = {
    "+": "({left} cộng {right})",
    "-": "({left} trừ {right})",
    "*": "({left} nhân {right})",
    "max": "số lớn hơn trong {left} và {right}",
    "min": "số nhỏ hơn trong {left} và {right}",
}
FOLDED: Mapping[str, str] = {
    "sum": "tổng {column}",
    "earliest": "ngày sớm nhất của {column}",
    "latest": "ngày muộn nhất của {column}",
    "distinct": "số loại khác nhau của {column}",
}
COUNTED = "số dòng của “{table}”"
WHERE = " mà {condition}"
AND, OR = "; ", " hoặc "
BETWEEN = "{operand} từ {start} đến {end}"
ONE_OF = "{operand} là {options}"
NOT = "không phải ({item})"
FILLED, BLANK = "{operand} có ghi", "{operand} để trống"
JOINED = "{left} và tiếp theo {right}"
CHOSEN = "{then} nếu {condition}, nếu không thì {otherwise}"
SWAPPED = "{day} đổi ngày với tháng"
CONSISTS_OF = "{text} là {start}, sau đó chỉ có thể thêm {parts}"
STARTS_WITH = "{text} bắt đầu bằng {prefix}"
LEAST_SHARE = "số người ít nhất đạt {share} của {total}"
SHARES: Mapping[str, str] = {
    "at_least": "{part} ít nhất {share} (tính theo người) của {total}",
    "exact": "{part} đúng {share} (tính theo người) của {total}",
    "about": "{part} khoảng {share} (sai số {tolerance}) của {total}",
    "near": "{part} thiếu không quá {tolerance} so với {share} của {total}",
}

# --- faults of reading ------------------------------------------------------------------------

SAME_FAULTS = "cùng lỗi ở {number} ô: {cells}"
WAITING = "vì vậy chưa rà soát được {number} căn cứ"
"""What is added to a fault of reading or of data: where else it stands, how many rules wait."""
