"""What goes wrong with whole files: not sent, late, empty, damaged on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from tdkt_batch.demo.draft import Draft, Fate
from tdkt_batch.demo.province import Plant, Planting
from tdkt_batch.demo.truth import Expected, notice, unknown
from tdkt_batch.forms.layout import META_SHEET

Found = Iterable[Expected]

UNDECIDED_WITHOUT_STATUS = (
    "A2", "A2b", "A2c", "A3", "A4", "A5", "A5b", "A5c", "A7", "A7b", "A7c", "A7d", "A8", "A9",
    "AB9", "P1", "P1b", "P4", "P4b", "P5", "P6", "P6b", "P7b", "P8", "N1", "N3", "N4", "O1",
    "O2b", "S1", "S2", "P7", "O5", "AMB29",
)  # fmt: skip
"""What cannot be decided about a commune that sends its form as it got it.

Left out is the rule that an empty form answers by itself: no list was written (P7c).
"""


def _late(day: int, hour: int) -> Plant:
    def plant(draft: Draft) -> Found:
        draft.fate = Fate.LATE
        draft.arrives = datetime(2015, 3, day, hour, 12)  # noqa: DTZ001 — the office's clock
        return [notice("AMB30")]

    return plant


def _in_the_last_hour(draft: Draft) -> Found:
    hour = 23 if draft.unit.level == "base" else 16
    day = 20 if draft.unit.level == "base" else 25
    draft.arrives = datetime(2015, 3, day, hour, 58)  # noqa: DTZ001 — the office's clock
    return []


def _fate(fate: Fate) -> Callable[[Draft], Found]:
    def plant(draft: Draft) -> Found:
        draft.fate = fate
        return []

    return plant


def _empty(draft: Draft) -> Found:
    draft.fate = Fate.EMPTY
    draft.values.clear()
    draft.tables.clear()
    return [unknown(code) for code in UNDECIDED_WITHOUT_STATUS]


def _unreadable_month(draft: Draft) -> Found:
    draft.fate = Fate.NO_MONTH
    draft.set(thang_bao_cao="tháng ba")
    return []


def _named_after_the_neighbour(draft: Draft) -> Found:
    draft.fate = Fate.OTHER_NAME
    draft.set(don_vi_bao_cao="Xã Khổng Lào")
    return []


def _identity_lost(draft: Draft) -> Found:
    draft.texts |= {META_SHEET: "Sheet9", ">form_version<": "><"}
    return [notice("DL33")]


_not_sent = _fate(Fate.NOT_SENT)

OF_FILES: tuple[Planting, ...] = (
    Planting("03448", "Gửi ngày 21/3, sau hạn 20/3", _late(21, 9), held=False),
    Planting("03451", "Gửi ngày 23/3, sau hạn 20/3", _late(23, 8)),
    Planting("03602", "Gửi ngày 24/3, sau hạn 20/3", _late(24, 15), held=False),
    Planting("DN08", "Gửi ngày 25/3, sau hạn 20/3", _late(25, 10)),
    Planting("DN12", "Gửi ngày 22/3, sau hạn 20/3", _late(22, 20), held=False),
    Planting("03604", "Gửi trong giờ cuối của hạn: đúng hạn", _in_the_last_hour),
    Planting("KBNN", "Gửi trong giờ cuối của hạn: đúng hạn", _in_the_last_hour, held=False),
    Planting("03466", "Không gửi", _not_sent, held=False),
    Planting("03469", "Không gửi", _not_sent, held=False),
    Planting("03472", "Không gửi", _not_sent, held=False),
    Planting("03473", "Không gửi", _not_sent, held=False),
    Planting("DN35", "Không gửi", _not_sent, held=False),
    Planting("DN36", "Không gửi", _not_sent, held=False),
    Planting("HLG", "Không gửi", _not_sent, held=False),
    Planting("HCTD", "Chỉ gửi sau giờ chốt số liệu", _not_sent, held=False),
    Planting("CS06", "Không gửi", _not_sent, held=False),
    Planting("03607", "Gửi biểu trống", _empty, held=False),
    Planting("03610", "Tệp bị cắt một nửa", _fate(Fate.TRUNCATED)),
    Planting("03640", "Tệp có mật khẩu", _fate(Fate.ENCRYPTED), held=False),
    Planting("03643", "Bảng dạng chữ mang đuôi .xlsx", _fate(Fate.SAVED_AS_TEXT), held=False),
    Planting("DN28", "Tệp 0 byte", _fate(Fate.NOT_DOWNLOADED), held=False),
    Planting("03439", "Mất trang nhận dạng: đọc theo nhãn", _identity_lost),
    Planting("03628", "Biểu của xã này ghi tên xã khác", _named_after_the_neighbour),
    Planting("DN22", "Tháng báo cáo ghi “tháng ba”", _unreadable_month, held=False),
)
