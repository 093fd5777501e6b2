"""Faults in a base unit's form: its kind of conference, its delegates, its days (I.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tdkt_batch.demo.base import attend
from tdkt_batch.demo.draft import Draft
from tdkt_batch.demo.province import Planting
from tdkt_batch.demo.truth import Expected, notice, unknown, violation, warning

Found = Iterable[Expected]


# --- kind of conference (I.1) --------------------------------------------------------------


def _as_delegates(draft: Draft) -> None:
    """Let a plenary become a conference of delegates that is right in itself."""
    draft.set(loai_hoi_nghi="Đại biểu")
    attend(draft, exemplary=84, guests=36)


def _few_staff_send_delegates(draft: Draft) -> Found:
    _as_delegates(draft)
    draft.explanations["A2"] = "Người lao động làm việc theo ca, không họp toàn thể được."
    return [violation("A2")]


def _commune_sends_delegates(draft: Draft) -> Found:
    _as_delegates(draft)
    draft.explanations["A2"] = "Xã mời nông dân ở các bản làm đại biểu."
    return [warning("A2")]


def _one_below_the_threshold(draft: Draft) -> Found:
    _as_delegates(draft)
    draft.set(so_cbccvc_nld=299)
    return [violation("A2")]


def _at_the_threshold(draft: Draft) -> Found:
    _as_delegates(draft)
    draft.set(so_cbccvc_nld=300)
    return [notice("A2b")]


def _one_above_the_threshold(draft: Draft) -> Found:
    draft.set(so_cbccvc_nld=301)
    return []


def _no_day_of_counting(draft: Draft) -> Found:
    draft.clear("ngay_tinh")
    return [notice("A2c")]


def _many_staff_meet_in_full(draft: Draft) -> Found:
    draft.set(so_cbccvc_nld=412, loai_hoi_nghi="Toàn thể")
    attend(draft, exemplary=96, guests=14, others=280)
    return [violation("A3")]


def _no_staff_number(draft: Draft) -> Found:
    draft.clear("so_cbccvc_nld")
    return [unknown("A2"), unknown("A2b"), unknown("A3")]


# --- numbers of delegates (I.1) --------------------------------------------------------------


def _stage(draft: Draft) -> str:
    return "_th" if draft.is_held else "_kh"


def _raise(draft: Draft, field: str, by: int) -> None:
    name = field + _stage(draft)
    draft.set(**{name: draft.number(name) + by})


def _212_delegates(draft: Draft) -> Found:
    attend(draft, exemplary=150, guests=62)
    return [violation("A4")]


def _201_delegates(draft: Draft) -> Found:
    attend(draft, exemplary=142, guests=59)
    return [violation("A4")]


def _200_delegates(draft: Draft) -> Found:
    attend(draft, exemplary=140, guests=60)
    return []


def _139_of_200_exemplary(draft: Draft) -> Found:
    attend(draft, exemplary=139, guests=61)
    return [violation("A5")]


def _90_of_150_exemplary(draft: Draft) -> Found:
    attend(draft, exemplary=90, guests=60)
    return [violation("A5")]


def _212_delegates_few_exemplary(draft: Draft) -> Found:
    attend(draft, exemplary=100, guests=112)
    return [violation("A4"), violation("A5")]


def _categories_lack_three(draft: Draft) -> Found:
    _raise(draft, "dh_truc_tiep", -3)
    return [warning("A5b")]


def _roster_lacks_two(draft: Draft) -> Found:
    del draft.table("danh_sach")[-2:]
    return [notice("A5c")]


def _total_five_too_many(draft: Draft) -> Found:
    _raise(draft, "tong_dai_bieu", 5)
    return [violation("A7")]


def _guests_do_not_add_up(draft: Draft) -> Found:
    _raise(draft, "khach_moi", 2)
    return [violation("A7b")]


def _more_women_than_delegates(draft: Draft) -> Found:
    draft.set(**{f"nu{_stage(draft)}": draft.number(f"tong_dai_bieu{_stage(draft)}") + 1})
    return [violation("A7c")]


def _more_minorities_than_delegates(draft: Draft) -> Found:
    total = draft.number(f"tong_dai_bieu{_stage(draft)}")
    draft.set(**{f"dan_toc_thieu_so{_stage(draft)}": total + 4})
    return [violation("A7d")]


# --- days (I.1, I.2) ------------------------------------------------------------------------


def _whole_day(draft: Draft) -> Found:
    draft.set(thoi_luong="1 ngày")
    return [warning("A8")]


def _no_party_day(draft: Draft) -> None:
    draft.set(dai_hoi_dang="Chưa ấn định", ngay_dai_hoi_dang=None)


def _planned_on_1_april(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_kh=date(2015, 4, 1))
    _no_party_day(draft)
    return [warning("A9")]


def _held_in_april_by_mistake(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_th=date(2015, 4, 3))
    _no_party_day(draft)
    return [violation("A9")]


def _planned_in_december(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_kh=date(2014, 12, 30), ngay_ke_hoach=date(2014, 12, 1))
    return [warning("A9")]


def _pilot_planned_in_december(draft: Draft) -> Found:
    _planned_in_december(draft)
    draft.set(hoi_nghi_diem="Có")
    return [notice("A9")]


def _held_on_31_march(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_kh=date(2015, 3, 31))
    return []


def _no_day(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_kh=None, dai_hoi_dang="Đã có ngày", ngay_dai_hoi_dang=date(2015, 5, 12))
    return [unknown("A9"), unknown("AB9"), unknown("O2b"), unknown("AMB29")]


def _on_the_day_of_the_party_congress(draft: Draft) -> Found:
    draft.set(dai_hoi_dang="Đã có ngày", ngay_dai_hoi_dang=draft.conference_day)
    return [warning("AB9")]


def _no_word_of_the_party_congress(draft: Draft) -> Found:
    draft.clear("dai_hoi_dang", "ngay_dai_hoi_dang")
    return [unknown("AB9")]


OF_DELEGATES: tuple[Planting, ...] = (
    Planting("DN05", "Dưới 300 người, tổ chức hội nghị đại biểu", _few_staff_send_delegates),
    Planting("CS04", "Dưới 300 người, tổ chức hội nghị đại biểu", _few_staff_send_delegates),
    Planting("03397", "Xã dưới 300 người, chọn hình thức đại biểu", _commune_sends_delegates),
    Planting("DN06", "299 người, tổ chức hội nghị đại biểu", _one_below_the_threshold),
    Planting("DN09", "Đúng 300 người", _at_the_threshold, held=False),
    Planting("DN10", "301 người, hội nghị đại biểu: đúng", _one_above_the_threshold, large=True),
    Planting("03400", "Không ghi ngày tính số người", _no_day_of_counting),
    Planting("DN07", "412 người, tổ chức hội nghị toàn thể", _many_staff_meet_in_full),
    Planting("03405", "Không ghi số người", _no_staff_number, held=False),
    Planting("DN03", "212 đại biểu", _212_delegates, large=True),
    Planting("DN13", "Dự kiến 201 đại biểu", _201_delegates, held=False, large=True),
    Planting("DN11", "200 đại biểu, 140 điển hình: đúng", _200_delegates, large=True),
    Planting("DN15", "200 đại biểu, 139 điển hình", _139_of_200_exemplary, large=True),
    Planting("DN17", "150 đại biểu, 90 điển hình", _90_of_150_exemplary, held=False, large=True),
    Planting("DN19", "212 đại biểu, 100 điển hình", _212_delegates_few_exemplary, large=True),
    Planting("03406", "Các đối tượng điển hình cộng thiếu 3 người", _categories_lack_three),
    Planting("DN21", "Các đối tượng cộng thiếu 3 người", _categories_lack_three, held=False),
    Planting("03412", "Danh sách thiếu 2 điển hình", _roster_lacks_two),
    Planting("03413", "Tổng số nhiều hơn các thành phần 5 người", _total_five_too_many),
    Planting("03415", "Khách mời và lãnh đạo cộng lại khác số chung", _guests_do_not_add_up),
    Planting("03418", "Nữ nhiều hơn tổng số", _more_women_than_delegates),
    Planting("03421", "Dân tộc thiểu số nhiều hơn tổng số", _more_minorities_than_delegates),
    Planting("03424", "Hội nghị 1 ngày", _whole_day, held=False),
    Planting("03427", "Dự kiến 01/4/2015, sau Quý I", _planned_on_1_april, held=False),
    Planting("03499", "Ghi đã tổ chức ngày 03/4/2015", _held_in_april_by_mistake),
    Planting("DN23", "Dự kiến tháng 12/2014, không phải điểm", _planned_in_december, held=False),
    Planting("DN25", "Điểm, dự kiến tháng 12/2014", _pilot_planned_in_december, held=False),
    Planting("DN27", "Dự kiến 31/3/2015: đúng", _held_on_31_march, held=False),
    Planting("03430", "Không ghi ngày tổ chức", _no_day, held=False),
    Planting("03505", "Cùng ngày Đại hội Đảng", _on_the_day_of_the_party_congress),
    Planting("03508", "Không ghi về Đại hội Đảng", _no_word_of_the_party_congress),
)
