"""What the reader of forms puts into its sentences, and what it knows of how people write."""

from __future__ import annotations

# --- in the places of the sentences about reading --------------------------------------------

QUOTED = "“{}”"
LEFT_BLANK = "để trống"
ON_SHEET = "{} (trang “{}”)"
IN_CELL = "{} (ô {})"
LOST_COLUMNS = " (không thấy cột {})"
LACKING = "; không có: {}"
"""What an older version of a form does not have."""
ONE_OR_OTHER = " hoặc "

EXTRA_SHEET = "trang “{}”"
EXTRA_PICTURES, EXTRA_CHARTS, EXTRA_COMMENTS = "{} hình ảnh", "{} biểu đồ", "{} ghi chú ở ô"
"""What a unit had added of its own to its form's file."""
