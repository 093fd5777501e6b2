"""Faults in an upper unit's form: delegates, days, name, plan, pilots (I.2, II.2.4, III)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tdkt_batch.demo.clean import Composition
from tdkt_batch.demo.draft import Draft
from tdkt_batch.demo.province import Planting
from tdkt_batch.demo.truth import Expected, notice, unknown, violation, warning
from tdkt_batch.demo.upper import fill_column

Found = Iterable[Expected]


# --- numbers and days (I.2) -------------------------------------------------------------------


def _attend(draft: Draft, exemplary: int, guests: int) -> None:
    fill_column(draft, "_kh", Composition(exemplary, guests - guests // 3, guests // 3))


def _320_delegates(draft: Draft) -> Found:
    _attend(draft, exemplary=230, guests=90)
    return [violation("B2")]


def _300_delegates(draft: Draft) -> Found:
    _attend(draft, exemplary=210, guests=90)
    return []


def _209_of_300_exemplary(draft: Draft) -> Found:
    _attend(draft, exemplary=209, guests=91)
    return [violation("B4")]


def _categories_lack_two(draft: Draft) -> Found:
    draft.set(dh_truc_tiep_kh=draft.number("dh_truc_tiep_kh") - 2)
    return [warning("A5b")]


def _total_ten_too_few(draft: Draft) -> Found:
    draft.set(tong_dai_bieu_kh=draft.number("tong_dai_bieu_kh") - 10)
    return [violation("A7")]


def _whole_day(draft: Draft) -> Found:
    draft.set(thoi_luong="Khác")
    return [warning("B6")]


def _planned_in_july(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_kh=date(2015, 7, 3))
    draft.set(dai_hoi_dang="Chưa ấn định", ngay_dai_hoi_dang=None)
    return [warning("B7")]


def _planned_on_31_march(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_kh=date(2015, 3, 31))
    return [warning("B7")]


def _held_in_july_by_mistake(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_th=date(2015, 7, 12))
    draft.set(dai_hoi_dang="Chưa ấn định", ngay_dai_hoi_dang=None)
    return [violation("B7")]


def _after_the_party_congress(draft: Draft) -> Found:
    draft.set(dai_hoi_dang="Đã có ngày", ngay_dai_hoi_dang=date(2015, 4, 9))
    return [warning("AB9")]


def _no_total(draft: Draft) -> Found:
    draft.clear("tong_dai_bieu_kh")
    return [unknown(code) for code in ("A7", "A7c", "A7d", "B2", "B4")]


# --- name, plan, pilots -------------------------------------------------------------------------


def _commune_phrase(draft: Draft) -> Found:
    draft.set(ten_hoi_nghi=f"Hội nghị biểu dương người tốt, việc tốt {draft.unit.name}")
    return [violation("N2")]


def _called_a_congress(draft: Draft) -> Found:
    draft.set(ten_hoi_nghi=str(draft.values["ten_hoi_nghi"]).replace("Hội nghị", "Đại hội"))
    return [warning("N2")]


def _no_plan_number(draft: Draft) -> Found:
    draft.clear("so_ke_hoach")
    return [warning("O2")]


def _no_pilot(draft: Draft) -> Found:
    for row in draft.table("truc_thuoc"):
        row["diem"] = None
    return [notice("O3")]


def _pilot_not_first(draft: Draft) -> Found:
    rows = draft.table("truc_thuoc")
    days = [row["ngay_du_kien"] for row in rows]
    last = max(day for day in days if isinstance(day, date))
    for row in rows:
        row["diem"] = None
    next(row for row in rows if row["ngay_du_kien"] == last)["diem"] = "x"
    return [notice("O3")]


def _still_no_plan(draft: Draft) -> Found:
    for name in tuple(draft.values):
        if name not in ("so_cong_van", "ngay_cong_van", "nguoi_lap", "dien_thoai"):
            del draft.values[name]
    draft.set(trang_thai="Chưa có kế hoạch")
    return []


OF_UPPER_UNITS: tuple[Planting, ...] = (
    Planting("106", "Dự kiến 320 đại biểu", _320_delegates, held=False),
    Planting("105", "Dự kiến 300 đại biểu, 210 điển hình: đúng", _300_delegates, held=False),
    Planting("108", "300 đại biểu, 209 điển hình", _209_of_300_exemplary, held=False),
    Planting("STTTT", "Các đối tượng cộng thiếu 2 người", _categories_lack_two, held=False),
    Planting("SKHCN", "Tổng số ít hơn các thành phần 10 người", _total_ten_too_few, held=False),
    Planting("SKHDT", "Thời lượng “Khác”", _whole_day, held=False),
    Planting("STC", "Dự kiến tháng 7/2015", _planned_in_july, held=False),
    Planting("SCT", "Dự kiến 31/3/2015, không phải điểm", _planned_on_31_march, held=False),
    Planting("SVHTTDL", "Ghi đã tổ chức ngày 12/7/2015", _held_in_july_by_mistake),
    Planting("SLDTBXH", "Sau Đại hội Đảng", _after_the_party_congress, held=False),
    Planting("SNGV", "Không ghi tổng số đại biểu", _no_total, held=False),
    Planting("STNMT", "Tên hội nghị của cấp xã", _commune_phrase, held=False),
    Planting("TDOAN", "Tên ghi “Đại hội”", _called_a_congress, held=False),
    Planting("HLHPN", "Không ghi số kế hoạch", _no_plan_number, held=False),
    Planting("111", "Không chọn đơn vị điểm", _no_pilot, held=False),
    Planting("107", "Đơn vị điểm tổ chức sau cùng", _pilot_not_first, held=False),
    Planting("UBMTTQ", "Chưa có kế hoạch, chưa đến Quý II: đúng", _still_no_plan, held=False),
)
