"""What is said of the office's own data: heads of its register and settings, faults, hints."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording.campaign import UNIT_COLUMNS
from tdkt_batch.wording.forms import NONE
from tdkt_batch.wording.unit_names import HEADS_OF_LISTS

# --- the register's heads, as offices write them ------------------------------------------------

REGISTER_HEADS: Mapping[str, tuple[str, ...]] = {
    id_: (*((UNIT_COLUMNS[id_][1], id_) if id_ in UNIT_COLUMNS else ()), *others)
    for id_, others in HEADS_OF_LISTS.items()
}
"""By column, the heading and all else that people write above it."""
NONE_AT_ALL = tuple(word for word in NONE if word != "0")
"""What is written where there is none: the campaign's own value does not hold then."""
OUTLINE = r"[IVX]+|[A-ZĐ]"
"""The number of a heading between units: a Roman figure or a letter."""
CODE_PREFIX = "DV"
"""How the code begins that a unit without one is given."""

# --- where a fault stands -----------------------------------------------------------------------

ON_SHEET = "{file}, trang “{sheet}”"
AT_CELL = "{where}, ô {cell}: {problem}"
AT_CELL_ABOUT = "{where}, ô {cell} ({about}): {problem}"
AND_TO_DO = "{problem}: {remedy}"
FAULTS = "{file} có {number} chỗ phải sửa, chưa dùng được; hãy sửa rồi chạy lại"
FAULT = "{file}: đơn vị {unit}: {problem}"

# --- what is wrong in a register ----------------------------------------------------------------

NOT_OPENED = "{file}: không mở được: kiểm tra đường dẫn ({why})"
NOT_READ = (
    "{file}: không đọc được danh sách đơn vị (không phải bảng tính, có mật khẩu, hoặc đã hỏng): "
    "hãy lưu lại dạng .xlsx hoặc .csv"
)
NO_TABLE = (
    "{file}: không thấy bảng danh sách đơn vị ở trang nào: cần một hàng tiêu đề có cột "
    "“Tên đơn vị” hoặc “Mã đơn vị” cùng ít nhất một cột khác ({known})"
)
EMPTY = "{file}: danh sách đơn vị trống: không có dòng nào dưới hàng tiêu đề"
NO_NAME = "thiếu tên đơn vị: ghi tên, hoặc xóa dòng này"
NEAR_NAME = (
    "không có đơn vị “{name}”, gần giống “{other}” (mã {code}): sửa tên, hoặc ghi mã "
    "ở cột “{head}” (đơn vị mới thì ghi mã mới)"
)
SEVERAL_UNITS = (
    "“{name}” có thể là {units}: ghi mã ở cột “{head}”, hoặc ghi đơn vị cấp trên ở cột “{parent}”"
)
NAMED_UNIT = "{name} ({code})"
OTHER_UNITS_CODE = (
    "mã {code} là của “{own}”, nhưng tên ghi ở dòng này là “{name}” (mã {other}): sửa mã hoặc tên"
)
NO_KIND = "đơn vị mới, chưa rõ loại: ghi một trong: {known}; nếu là đơn vị đã có thì sửa lại tên"
NO_PARENT = "không có đơn vị cấp trên “{name}”: ghi đúng tên hoặc mã của một đơn vị"
SEVERAL_PARENTS = "đơn vị cấp trên “{name}” có thể là {units}: ghi mã"
TWO_VALUES = "ghi “{value}”, nhưng cùng đơn vị ấy ở ô {cell} đã ghi “{other}”: bỏ bớt một"
ROUNDED_PHONE = (
    "số điện thoại “{text}” đã bị máy làm tròn, mất số cuối: "
    "định dạng cột là Văn bản (Text) rồi ghi lại số"
)
NO_PHONE = "“{text}” không phải số điện thoại: ghi đủ số, ví dụ 0213 3876 543"
NO_ADDRESS = (
    "“{text}” không phải địa chỉ thư điện tử: ghi như ten@coquan.gov.vn, "
    "nhiều địa chỉ thì cách nhau bằng dấu chấm phẩy"
)
BAD_UNIT = "{problem}: sửa ô này"
BROKEN_CELL = "ô đang lỗi ({text}): xóa công thức hỏng và ghi trực tiếp giá trị"

# --- what is to be known of a register that was read ----------------------------------------------

PASSED_OVER_COLUMNS = "{where}: bỏ qua cột không dùng đến: {heads}"
TWICE_COLUMNS = "{where}: cột ghi hai lần, chỉ lấy cột đầu: {heads}"
PASSED_OVER_ROWS = "{where}: bỏ qua {number} dòng không phải đơn vị: {rows}"
NOTED_ROW = "dòng {number} “{text}”"
NOTED_HEAD = "“{head}” (ô {cell})"
DOUBLED = "{where}: đơn vị ghi hai lần, đã gộp: {rows}"
NOTED_DOUBLE = "{name} (dòng {first}, {second})"
OWN_CODES = "{where}: mã riêng của danh sách, đã nhận ra đơn vị theo tên: {rows}"
NOTED_CODE = "{own} là {name} ({code})"
RENAMED = "{where}: đơn vị mang tên mới: {rows}"
NOTED_NAME = "{code}: {name}"
NEW_UNITS = "{where}: thêm {number} đơn vị mới: {rows}"
LEVEL_BY_KIND = "{where}: cột “{head}” ghi khác tên cấp, đã lấy cấp theo loại đơn vị: {rows}"
