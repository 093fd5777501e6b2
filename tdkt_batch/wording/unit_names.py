"""How offices write the names of units: short forms, legal forms, what stands before a name."""

from __future__ import annotations

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
