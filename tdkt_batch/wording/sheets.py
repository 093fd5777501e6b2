"""What any sheet says by itself: of texts cut, rows and links left out, its page."""

from __future__ import annotations

CUT = " … [nội dung quá dài, đã cắt bớt; xem tệp gốc]"
"""Ends a text that is longer than a cell may hold."""
CUT_SHORT = "… (dài quá, đã cắt)"
"""The same where a text must be shorter still."""
NOT_WRITTEN = "{sheet}: không ghi được ô dòng {row}, cột {column} ({code})"
MONTH = "Kỳ báo cáo: tháng {month}"
PAGE = "Trang &P/&N"
FOR_SCREEN = (
    "Trang này để tra cứu trên máy, không nằm trong bản in của sổ; "
    "muốn in, chọn các ô cần in rồi in vùng chọn"
)
LINKS_LOST = "{lost}/{of} chỗ cuối trang không có liên kết: Excel không đọc được nhiều hơn"
LEFT_OUT = (
    "Trang này chỉ ghi được {shown}/{of} {what}; "
    "{rest} {what} còn lại ở tệp {path} (cùng thư mục với sổ này)"
)
ROWS = "dòng"
"""What a sheet leaves out, unless it has another word for it."""
