"""How offices write the names of units: short forms, legal forms, what stands before a name."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared

SHORT_FORMS = {
    "x": "xã", "p": "phường", "tt": "thị trấn", "h": "huyện", "tp": "thành phố", "tx": "thị xã",
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "hdnd": "hội đồng nhân dân",
    "vp": "văn phòng", "cty": "công ty", "cp": "cổ phần", "mtv": "một thành viên",
    "dntn": "doanh nghiệp tư nhân", "thpt": "trung học phổ thông", "thcs": "trung học cơ sở",
    "kkt": "khu kinh tế", "lhpn": "liên hiệp phụ nữ",
    "mttq": "mặt trận tổ quốc", "ccb": "cựu chiến binh", "&": "và",
}  # fmt: skip
"""What offices shorten in the name of any unit."""
LONG_FORMS = {"trách nhiệm hữu hạn": "tnhh", "uỷ": "ủy"}
LEGAL_FORMS = (
    "công ty tnhh một thành viên", "công ty cổ phần", "công ty tnhh", "doanh nghiệp tư nhân",
    "công ty",
)  # fmt: skip
COMPANY = "công ty"
OFFICES = ("ủy ban nhân dân", "uy ban nhan dan", "đơn vị", "don vi")
"""What communes and districts write before their name."""
PROVINCE = "tỉnh"
AND = "và"
LABEL = "{} – {}"
"""A unit and the one above it."""
OFFICE = "Cơ quan"
NUMBER_COLUMN = "stt"
HEADS_OF_LISTS: Mapping[str, tuple[str, ...]] = {
    NUMBER_COLUMN: ("STT", "TT", "Số TT", "Số thứ tự"),
    "ma": (shared.CODE, "Mã ĐV", "Mã số", "Mã số đơn vị", "Mã xã", "Mã ĐVHC",
           "Mã đơn vị hành chính"),
    "ten": (
        shared.UNIT, "Tên", "Tên cơ quan", "Tên cơ quan, đơn vị", "Cơ quan, đơn vị", OFFICE,
        "Tên đơn vị, cơ quan", "Tên xã, phường, thị trấn", "Xã, phường, thị trấn",
        "Tên doanh nghiệp", "Đơn vị báo cáo", "Danh sách các đơn vị", "Tên đơn vị báo cáo",
    ),
    "loai": ("Loại ĐV", "Loại hình", "Loại hình đơn vị", "Phân loại", "Khối"),
    "cap": ("Cấp đơn vị", "Cấp báo cáo"),
    "truc_thuoc": (
        "Đơn vị cấp trên", "Cấp trên", "Thuộc", "Thuộc huyện", "Cơ quan chủ quản",
        "Đơn vị chủ quản", "Huyện", "Huyện, thành phố", "Thuộc đơn vị",
        "Cấp trên trực tiếp", "Trực thuộc đơn vị", "Cơ quan cấp trên",
    ),
    "tu_ngay": ("Ngày thành lập", "Có từ ngày", "Hiệu lực từ", "Thành lập ngày"),
    "den_ngay": ("Ngày giải thể", "Hết hiệu lực", "Có đến ngày", "Hiệu lực đến", "Giải thể ngày"),
    "lien_he": (
        "Liên hệ", "Cán bộ đầu mối", "Đầu mối", "Cán bộ phụ trách", "Người phụ trách",
        "Đầu mối liên hệ", "Người đầu mối", "Cán bộ liên hệ", "Họ và tên", "Họ tên",
        "Họ tên người liên hệ", "Họ và tên cán bộ đầu mối",
    ),
    "dien_thoai": (
        "SĐT", "ĐT", "Số điện thoại", "Số ĐT", "Điện thoại liên hệ", "Di động",
        "Điện thoại di động", "Số điện thoại liên hệ", "Số di động",
    ),
    "thu_dien_tu": (
        "Email", "E-mail", "Mail", "Hộp thư", "Hòm thư", "Địa chỉ hộp thư", "Địa chỉ email",
        "Địa chỉ thư điện tử", "Hộp thư điện tử", "Hộp thư công vụ",
    ),
    "phan_bo": (shared.ALLOTTED,
        "Phân bổ", "Số đại biểu phân bổ", "Đại biểu được phân bổ",
        "Số phân bổ", "Chỉ tiêu đại biểu", "Đại biểu phân bổ", "Số đại biểu",
    ),
    "mien_bao_cao": ("Miễn", "Được miễn", shared.EXCUSED, "Được miễn gửi báo cáo"),
    "ghi_chu": ("Chú thích", "Ghi chú thêm"),
}  # fmt: skip
"""What stands above the columns of lists of units, besides our own words for them, by column."""
