"""What is said when results cannot be written, and beside a file that could not be used."""

from __future__ import annotations

from tdkt_batch.wording import shared

OPEN_ELSEWHERE = (
    "{place}: không ghi đè được: tệp đang mở trong Excel hoặc thư mục không cho ghi; "
    "hãy đóng tệp rồi chạy lại ({meanwhile})"
)
NOT_WRITTEN = "{place}: không ghi được ({reason}): {remedy}"
UNTOUCHED = "kết quả cũ vẫn còn nguyên"
TO_BE_FINISHED = "phần kết quả mới chưa đưa vào được sẽ được đưa nốt khi chạy lại"
"""What stands meanwhile: before anything was moved, and after a part of it was."""

QUARANTINE_LABELS = (shared.FILE, shared.RECEIVED_AT, shared.UNIT_CODE, shared.REASON)
"""A file's name, when it was received, whose it is, why it could not be used."""
