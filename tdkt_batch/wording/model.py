"""What is said of a month that cannot be read."""

from __future__ import annotations

BAD_MONTH = "kỳ báo cáo “{text}” không hợp lệ: hãy ghi NĂM-THÁNG, ví dụ 2015-03"
