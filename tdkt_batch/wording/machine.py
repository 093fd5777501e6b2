"""What a disk's refusals mean to an officer, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from tdkt_batch.wording import shared

ELSEWHERE = "hãy chọn thư mục khác bằng --out"
FREE_ROOM = "hãy giải phóng chỗ trống rồi chạy lại"
DISK_CAUSES: Mapping[int, tuple[str, str]] = {
    errno.EACCES: (shared.NO_RIGHT_TO_WRITE, ELSEWHERE),
    errno.EPERM: (shared.NO_RIGHT_TO_WRITE, ELSEWHERE),
    errno.EROFS: ("ổ đĩa chỉ cho đọc", ELSEWHERE),
    errno.ENOSPC: (shared.DISK_FULL, FREE_ROOM),
    errno.EDQUOT: ("hết dung lượng được cấp", FREE_ROOM),
    errno.ENOTDIR: ("là một tệp, không phải thư mục", ELSEWHERE),
    errno.EEXIST: ("là một tệp, không phải thư mục", ELSEWHERE),
}
NO_WORKER = (
    "không khởi động được tiến trình đọc tệp: hãy đóng bớt chương trình, chạy lại với --workers 1"
)
