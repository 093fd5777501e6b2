"""What refusals of disks, processes and other machines mean to an officer, and what to do."""

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
NO_CLUSTER_PART = (
    "chưa cài phần chạy trên cụm máy: gõ pip install 'tdkt-batch[cluster]' rồi chạy lại, hoặc bỏ "
    "--cluster"
)
NO_CERTIFICATES = (
    "địa chỉ tls:// cần chứng thư: ghi distributed.comm.tls (ca-file, client.cert, client.key) ở "
    "cấu hình Dask rồi chạy lại"
)
NO_SCHEDULER = (
    "không nối được với cụm máy {address} ({problem}): kiểm tra địa chỉ, chứng thư (tls://) rồi "
    "chạy lại, hoặc bỏ --cluster"
)
CLUSTER_LOST = (
    "mất liên lạc với cụm máy {address}: kiểm tra máy điều phối rồi chạy lại; biểu đã đọc thì "
    "không phải đọc lại"
)
NO_CLUSTER_WORKER = (
    "cụm máy {address} không còn máy nào làm việc: khởi động máy làm việc rồi chạy lại; biểu đã "
    "đọc thì không phải đọc lại"
)
OTHER_EDITION = (
    "máy {host} của cụm dùng bản khác của chương trình, của Python hay của thư viện: cài cùng một "
    "bản như máy này rồi chạy lại"
)
NO_CHILDREN = (
    "máy {host} của cụm không được mở tiến trình con: khởi động lại máy làm việc với --no-nanny "
    "rồi chạy lại"
)
CLUSTER_FAILED = (
    "cụm máy {address} không làm được ({problem}): cài tdkt-batch trên mọi máy của cụm rồi chạy lại"
)
NO_WORKER = (
    "không khởi động được tiến trình đọc tệp: hãy đóng bớt chương trình, chạy lại với --workers 1"
)
