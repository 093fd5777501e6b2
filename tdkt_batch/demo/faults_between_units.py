"""Faults that lie between units: planted when all forms are filled."""

from __future__ import annotations

from datetime import date, timedelta

from tdkt_batch.demo.draft_forms import Draft, Fate, Province, Row
from tdkt_batch.demo.planting import (
    WITHOUT_TOTAL,
    Edit,
    EditAcross,
    Planting,
    at_any_stage,
    blank,
    early_pilot,
    first_blanked,
    held,
    moved_to,
    planned,
    typed,
)
from tdkt_batch.demo.truth import notice, unknown, warning


def _own_form(edit: Edit) -> EditAcross:
    return lambda draft, _: edit(draft)


def _line_above(draft: Draft, province: Province) -> Row:
    """Return the line of a subordinate unit in the table of the unit above it."""
    rows = province[str(draft.unit.parent)].table("truc_thuoc")
    return next(row for row in rows if row["ten"] == draft.unit.name)


def _elect(more: int | None) -> EditAcross:
    """Let so many more be elected than allotted; None: nobody."""

    def edit(draft: Draft, _: Province) -> None:
        number = 0 if more is None else (draft.unit.allotment or 0) + more
        draft.set(bau_dai_bieu=number)
        for place, row in enumerate(draft.table("danh_sach")):
            row["duoc_bau"] = "x" if place < number else None

    return edit


def _district_allots_two_more(draft: Draft, province: Province) -> None:
    _line_above(draft, province)["phan_bo"] = (draft.unit.allotment or 0) + 2


def _after_its_district(draft: Draft, province: Province) -> None:
    day = province[str(draft.unit.parent)].conference_day + timedelta(days=7)
    moved_to(day)(draft)
    _line_above(draft, province)["ngay_du_kien"] = day


def _first_below(draft: Draft, province: Province, *, is_held: bool) -> Draft:
    """Return the first unit below whose form arrived in time and that is at this stage."""
    below = province.of_parent(draft.unit.code)
    return next(d for d in below if d.fate is Fate.ARRIVED and d.is_held is is_held)


def _says_not_held(draft: Draft, province: Province) -> None:
    below = _first_below(draft, province, is_held=True)
    _line_above(below, province)["da_to_chuc"] = "Không"


def _has_another_day(draft: Draft, province: Province) -> None:
    below = _first_below(draft, province, is_held=False)
    _line_above(below, province)["ngay_du_kien"] = below.conference_day + timedelta(days=1)


def _some_below_are_silent(draft: Draft, province: Province) -> None:
    below = province.of_parent(draft.unit.code)
    if all(one.fate in (Fate.ARRIVED, Fate.LATE) for one in below):
        raise ValueError(f"{draft.unit.code}: all units below have reported")


_FEBRUARY_26 = date(2015, 2, 26)
_REPORTED_AFTER_SIXTEEN_DAYS = typed(
    ngay_hoi_nghi_kh=_FEBRUARY_26,
    ngay_hoi_nghi_th=_FEBRUARY_26,
    ngay_bao_cao=_FEBRUARY_26,
    ngay_ke_hoach=date(2015, 1, 12),
    ngay_cong_van=_FEBRUARY_26 + timedelta(days=16),
)


PLANTINGS_ACROSS: tuple[Planting[EditAcross], ...] = (
    held("03457", "Bầu nhiều hơn phân bổ 1 người").by(_elect(more=1), warning("P7")),
    held("DN14", "Không bầu ai, được phân bổ").by(_elect(more=None), warning("P7")),
    held("03463", "Không ghi số được bầu").by(
        _own_form(blank("bau_dai_bieu")), unknown("P7", "P7c")
    ),
    held("03467", "Huyện phân bổ nhiều hơn 2 người").by(_district_allots_two_more, warning("P7")),
    early_pilot("SGDDT", "Đơn vị cơ sở cử thiếu 1 điển hình").by(
        _own_form(first_blanked("danh_sach.don_vi_co_so")), warning("B3")
    ),
    planned("03388", "Dự kiến sau Hội nghị của thành phố").by(
        _after_its_district, warning("A9", "AMB29")
    ),
    at_any_stage("109", "Bảng ghi xã chưa tổ chức, xã đã tổ chức").by(
        _says_not_held, notice("AMB20")
    ),
    at_any_stage("110", "Bảng ghi ngày khác của xã").by(_has_another_day, notice("AMB20")),
    at_any_stage("107", "Có xã chưa gửi báo cáo").by(_some_below_are_silent, notice("B8")),
    at_any_stage("110", "Có xã gửi tệp không đọc được").by(_some_below_are_silent, notice("B8")),
    at_any_stage("111", "Có xã gửi biểu trống, tệp hỏng").by(_some_below_are_silent, notice("B8")),
    at_any_stage("112", "Có xã chưa gửi báo cáo").by(_some_below_are_silent, notice("B8")),
    at_any_stage("SLDTBXH", "Đơn vị cơ sở chưa gửi báo cáo").by(
        _some_below_are_silent, notice("B8")
    ),
    held("DN16", "Công văn sau Hội nghị 16 ngày").by(
        _own_form(_REPORTED_AFTER_SIXTEEN_DAYS), warning("O5")
    ),
    held("DN18", "Không ghi số công văn").by(_own_form(blank("so_cong_van")), warning("O5")),
    held("DN20", "Đã tổ chức, không ghi số thực hiện").by(
        _own_form(blank("tong_dai_bieu_th")), warning("O5"), WITHOUT_TOTAL
    ),
)
