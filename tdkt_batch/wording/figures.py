"""What figures are called where the form has no label, and what a question counts."""

from __future__ import annotations

UNNAMED_VALUE = "số liệu"
"""A value that a rule lacks, where it cannot say which."""

OTHER_UNITS = " và {number} đơn vị khác"
OTHER_FAULTS = " và {number} nội dung khác"

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
APART_COUNTED = "đơn vị {unit} có số chưa cộng mà vẫn được tính"
UNKNOWN_COUNTED = "đơn vị {unit} chưa rõ mà vẫn được tính"

NO_REQUEST = (
    *("không kiến nghị", "không có kiến nghị", "không có đề nghị", "không có ý kiến"),
    *("không vướng mắc", "không có vướng mắc", "không có khó khăn, vướng mắc"),
    *("không có vướng mắc, kiến nghị", "không có khó khăn, vướng mắc, kiến nghị"),
)
"""What is written into the box for requests by who has none, beside the words for none."""
