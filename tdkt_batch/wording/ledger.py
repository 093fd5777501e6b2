"""What the ledger says to the operator: of its lock, of damage, of what a disk refuses."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared
from tdkt_batch.wording.machine import ELSEWHERE, FREE_ROOM

_CLOSE_IT = "hãy đóng chương trình ấy rồi chạy lại"
_RUN_AGAIN = "hãy chạy lại, sổ sẽ được dựng lại"

SQLITE_CAUSES: Mapping[str, tuple[str, str]] = {
    "SQLITE_FULL": (shared.DISK_FULL, FREE_ROOM),
    "SQLITE_READONLY": (shared.NO_RIGHT_TO_WRITE, ELSEWHERE),
    "SQLITE_PERM": (shared.NO_RIGHT_TO_WRITE, ELSEWHERE),
    "SQLITE_CANTOPEN": ("không mở được", ELSEWHERE),
    "SQLITE_BUSY": ("chương trình khác đang mở sổ", _CLOSE_IT),
    "SQLITE_LOCKED": ("chương trình khác đang mở sổ", _CLOSE_IT),
    "SQLITE_IOERR": ("ổ đĩa hoặc mạng báo lỗi", "hãy kiểm tra ổ đĩa, đường mạng rồi chạy lại"),
    "SQLITE_CORRUPT": ("sổ bị hỏng", _RUN_AGAIN),
    "SQLITE_NOTADB": ("sổ bị hỏng", _RUN_AGAIN),
}
"""What SQLite's families of errors mean to an officer, and what to do."""

NOT_WRITTEN = "{place}: không ghi được sổ tiếp nhận ({reason}): {remedy}"
NO_MONTH_YET = (
    "{folder}: chưa chạy tháng nào trong thư mục này: "
    "hãy kiểm tra --out, hoặc chạy tdkt-batch run trước"
)
NEWER = (
    "{place}: do phiên bản mới hơn của chương trình ghi, bản này không đọc được: "
    "hãy cập nhật chương trình rồi chạy lại"
)
ARRIVAL_LOST = (
    "{vault}: sổ tiếp nhận không còn tệp số {number}: hãy lấy lại thư mục này từ bản sao lưu"
)

# what was noticed when it was opened
COMPLETED = "{place}: đã ghi nốt {number} mục của lần chạy bị dừng giữa chừng"
REBUILT = "{place}: bị mất; đã dựng lại từ {vault}"
SET_ASIDE = "{place}: bị hỏng, đã để riêng ở {aside} và dựng lại từ luu-tru"
READ_FROM_LOG = "{place}: không đọc được; tạm dựng lại từ những gì còn trong {vault}"
RESTORED = "{file}: bị mất hoặc hỏng, đã ghi lại từ sổ tiếp nhận"
LOST = (
    "{file}: không đọc được, những gì ghi trong đó bị mất: "
    "hãy lấy lại tệp này từ bản sao lưu nếu có; tệp đã nhận thì cho chạy lại"
)

# the lock
BUSY = "{folder}: đang có lần chạy khác{holder}: hãy đợi lần ấy xong rồi chạy lại"
REMOVE_THE_LOCK = " (nếu chắc chắn không còn ai chạy: xóa tệp {file})"
LEFT_BEHIND = (
    "{folder}: lần chạy trước{holder} bị dừng giữa chừng; "
    "sổ tiếp nhận đã được kiểm tra lại và dùng tiếp được"
)
HOLDER = " ({operator}, từ {since})"
