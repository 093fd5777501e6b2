"""The words that make a workbook a form: by these the reader knows what the writer wrote."""

PANEL_SHEET = "Tự kiểm tra"
REVIEW_SHEET = "Nội dung đề nghị chỉnh sửa"
"""The first sheet of a returned form; the reader passes it over."""
NOTE_TITLE = "Rà soát của Ban"
"""How each of the board's own comments begins, so that they are known from a unit's."""
PAGE_HEADS = ("STT", "Nội dung", "Kế hoạch", "Thực hiện", "Hướng dẫn ghi")
"""What stands above the columns of a page."""
PANEL_COLUMNS = (
    "STT", "Nội dung", "Kết quả", "Giá trị", "Yêu cầu", "Cần điều chỉnh", "Mức độ", "Căn cứ",
    "Giải trình", "Mã",
)  # fmt: skip
"""What stands above the columns of the check panel."""
