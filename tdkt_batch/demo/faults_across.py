"""Faults that lie between units: planted when all forms are filled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tdkt_batch.demo.draft import Draft, Fate, Province, Row
from tdkt_batch.demo.province import PlantingAcross
from tdkt_batch.demo.truth import Expected, notice, unknown, warning

Found = Iterable[Expected]


# --- elected and chosen delegates -----------------------------------------------------------


def _elect(draft: Draft, number: int) -> None:
    draft.set(bau_dai_bieu=number)
    for place, row in enumerate(draft.table("danh_sach")):
        row["duoc_bau"] = "x" if place < number else None


def _one_elected_too_many(province: Province, unit: str) -> Found:
    _elect(province[unit], (province[unit].unit.allotment or 0) + 1)
    return [warning("P7")]


def _nobody_elected(province: Province, unit: str) -> Found:
    _elect(province[unit], 0)
    return [warning("P7")]


def _number_elected_left_blank(province: Province, unit: str) -> Found:
    province[unit].clear("bau_dai_bieu")
    return [unknown("P7"), unknown("P7c")]


def _district_allots_more(province: Province, unit: str) -> Found:
    draft = province[unit]
    line = line_of(province[str(draft.unit.parent)], draft)
    line["phan_bo"] = (draft.unit.allotment or 0) + 2
    return [warning("P7")]


def _one_sent_too_few(province: Province, unit: str) -> Found:
    rows = province[unit].table("danh_sach")
    next(row for row in rows if row["don_vi_co_so"])["don_vi_co_so"] = None
    return [notice("B7"), warning("B3")]


# --- a unit and the one above it ------------------------------------------------------------


def line_of(above: Draft, draft: Draft) -> Row:
    """Return the line of a subordinate unit in the table of the unit above it."""
    return next(row for row in above.table("truc_thuoc") if row["ten"] == draft.unit.name)


def _after_its_district(province: Province, unit: str) -> Found:
    draft = province[unit]
    above = province[str(draft.unit.parent)]
    day = above.conference_day + timedelta(days=7)
    draft.set(ngay_hoi_nghi_kh=day, dai_hoi_dang="Chưa ấn định", ngay_dai_hoi_dang=None)
    line_of(above, draft)["ngay_du_kien"] = day
    return [warning("A9"), warning("AMB29")]


def _reporting(province: Province, unit: str) -> list[Draft]:
    return [draft for draft in province.of_parent(unit) if draft.fate is Fate.ARRIVED]


def _district_says_not_held(province: Province, unit: str) -> Found:
    above = province[unit]
    held = next(d for d in _reporting(province, unit) if d.is_held)
    line_of(above, held)["da_to_chuc"] = "Không"
    return [notice("AMB20")]


def _district_has_another_day(province: Province, unit: str) -> Found:
    above = province[unit]
    planned = next(d for d in _reporting(province, unit) if not d.is_held)
    line_of(above, planned)["ngay_du_kien"] = planned.conference_day + timedelta(days=1)
    return [notice("AMB20")]


def _some_below_are_silent(province: Province, unit: str) -> Found:
    silent = [d for d in province.of_parent(unit) if d.fate not in (Fate.ARRIVED, Fate.LATE)]
    if not silent:
        raise ValueError(f"{unit}: all units below have reported")
    return [notice("B8")]


# --- the result report ------------------------------------------------------------------------


def _reported_after_sixteen_days(province: Province, unit: str) -> Found:
    draft = province[unit]
    day = date(2015, 2, 26)
    draft.set(ngay_hoi_nghi_kh=day, ngay_hoi_nghi_th=day, ngay_bao_cao=day)
    draft.set(ngay_ke_hoach=date(2015, 1, 12), ngay_cong_van=day + timedelta(days=16))
    return [warning("O5")]


def _no_number_of_the_covering_document(province: Province, unit: str) -> Found:
    province[unit].clear("so_cong_van")
    return [warning("O5")]


def _no_actual_figures(province: Province, unit: str) -> Found:
    province[unit].clear("tong_dai_bieu_th")
    return [warning("O5"), unknown("A7"), unknown("A7c"), unknown("A7d")]


PLANTINGS_ACROSS: tuple[PlantingAcross, ...] = (
    PlantingAcross("03457", "Bầu nhiều hơn phân bổ 1 người", _one_elected_too_many, held=True),
    PlantingAcross("DN14", "Không bầu ai, được phân bổ", _nobody_elected, held=True),
    PlantingAcross("03463", "Không ghi số được bầu", _number_elected_left_blank, held=True),
    PlantingAcross("03467", "Huyện phân bổ nhiều hơn 2 người", _district_allots_more, held=True),
    PlantingAcross("SGDDT", "Đơn vị cơ sở cử thiếu 1 điển hình", _one_sent_too_few, held=True),
    PlantingAcross("03388", "Dự kiến sau Hội nghị của thành phố", _after_its_district, held=False),
    PlantingAcross("109", "Bảng ghi xã chưa tổ chức, xã đã tổ chức", _district_says_not_held),
    PlantingAcross("110", "Bảng ghi ngày khác của xã", _district_has_another_day),
    PlantingAcross("107", "Có xã chưa gửi báo cáo", _some_below_are_silent),
    PlantingAcross("110", "Có xã gửi tệp không đọc được", _some_below_are_silent),
    PlantingAcross("111", "Có xã gửi biểu trống, tệp hỏng", _some_below_are_silent),
    PlantingAcross("112", "Có xã chưa gửi báo cáo", _some_below_are_silent),
    PlantingAcross("SLDTBXH", "Đơn vị cơ sở chưa gửi báo cáo", _some_below_are_silent),
    PlantingAcross(
        "DN16", "Công văn sau Hội nghị 16 ngày", _reported_after_sixteen_days, held=True
    ),
    PlantingAcross("DN18", "Không ghi số công văn", _no_number_of_the_covering_document, held=True),
    PlantingAcross("DN20", "Đã tổ chức, không ghi số thực hiện", _no_actual_figures, held=True),
)
