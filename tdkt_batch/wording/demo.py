"""What the sample province says of the faults that are planted in it."""

from __future__ import annotations

# --- planted faults of time -------------------------------------------------------------------

REPORT_AFTER_LETTER = "Báo cáo tổng kết ghi ngày sau công văn"
STAFF_AFTER_LETTER = "Ngày tính số người sau công văn"
HELD_ON_A_DAY_TO_COME = "Ghi đã tổ chức ngày chưa đến, không ghi ngày công văn"
LETTER_ON_A_DAY_TO_COME = "Công văn ghi ngày chưa đến"

ONE_DIGIT_MORE = "Xã gõ 9102 đại biểu thay 102"
NO_CATEGORY_HAS_ANYONE = "Đối tượng điển hình nào cũng gạch ngang, chưa tách"
GUESTS_MORE_THAN_ALL = "Khách mời, lãnh đạo gõ thừa một chữ số"
PLAN_AND_HONOURED = "Kế hoạch và số biểu dương gõ thừa chữ số"
WOMEN_PLANNED_AND_ELECTED = "Kế hoạch có nữ nhiều hơn tổng số, bầu 200 người"
