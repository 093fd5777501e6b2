"""Faults in a base unit's form: programme (II.1), name (II.2.4), organisation (III), status."""

from __future__ import annotations

from collections.abc import Iterable

from tdkt_batch.demo.draft import Draft
from tdkt_batch.demo.province import Planting
from tdkt_batch.demo.truth import Expected, notice, violation, warning

Found = Iterable[Expected]


# --- programme (II.1) ------------------------------------------------------------------------


def _lacks(draft: Draft, *items: str) -> None:
    draft.set(du_chuong_trinh="Không", **dict.fromkeys(items, "x"))


def _no_flag_no_closing(draft: Draft) -> Found:
    _lacks(draft, "thieu_chao_co", "thieu_be_mac")
    return [notice("P1")]


def _complete_yet_marked(draft: Draft) -> Found:
    draft.set(thieu_khai_mac="x")
    return [warning("P1b")]


def _incomplete_yet_unmarked(draft: Draft) -> Found:
    _lacks(draft)
    return [warning("P1b")]


def _no_summary_report(draft: Draft) -> Found:
    _lacks(draft, "thieu_bao_cao")
    return [violation("P4")]


def _summary_report_without_number(draft: Draft) -> Found:
    draft.clear("so_bao_cao")
    return [violation("P4b")]


def _no_papers(draft: Draft) -> Found:
    _lacks(draft, "thieu_tham_luan")
    return [warning("P5")]


def _no_honours(draft: Draft) -> Found:
    _lacks(draft, "thieu_bieu_duong")
    return [violation("P6")]


def _honoured_nobody(draft: Draft) -> Found:
    draft.set(bieu_duong_tap_the=0, bieu_duong_ca_nhan=0, bieu_duong_ho_gia_dinh=0)
    return [violation("P6b")]


def _no_election_planned(draft: Draft) -> Found:
    _lacks(draft, "thieu_bau")
    return [notice("P7b")]


def _one_mark_forgotten(draft: Draft) -> Found:
    next(row for row in draft.table("danh_sach") if row["duoc_bau"])["duoc_bau"] = None
    return [warning("P7c")]


def _no_launch(draft: Draft) -> Found:
    _lacks(draft, "thieu_phat_dong")
    return [warning("P8")]


# --- name, term, place (II.2.4) --------------------------------------------------------------


def _district_phrase(draft: Draft) -> Found:
    name = str(draft.values["ten_hoi_nghi"])
    draft.set(ten_hoi_nghi=name.replace("người tốt, việc tốt", "điển hình tiên tiến xuất sắc"))
    return [violation("N1")]


def _called_a_congress(draft: Draft) -> Found:
    draft.set(ten_hoi_nghi=str(draft.values["ten_hoi_nghi"]).replace("Hội nghị", "Đại hội"))
    return [warning("N1")]


def _school_without_its_name(draft: Draft) -> Found:
    draft.set(ten_hoi_nghi="Hội nghị biểu dương người tốt, việc tốt nhà trường")
    return [notice("N1")]


def _name_in_capitals(draft: Draft) -> Found:
    name = str(draft.values["ten_hoi_nghi"]).upper()
    draft.set(ten_hoi_nghi=f"“{name}”\nlần thứ IV", nhiem_ky="2015 – 2020")
    return []


def _wrong_term(draft: Draft) -> Found:
    draft.set(nhiem_ky="2010-2015")
    return [warning("N3")]


def _no_term(draft: Draft) -> Found:
    draft.clear("nhiem_ky")
    return [warning("N3")]


def _no_ordinal(draft: Draft) -> Found:
    draft.clear("lan_thu")
    return [warning("N3")]


def _no_place(draft: Draft) -> Found:
    draft.clear("dia_diem")
    return [warning("N4")]


# --- organisation (III) and status --------------------------------------------------------------


def _no_chair(draft: Draft) -> Found:
    draft.clear("chu_tri")
    return [warning("O1")]


def _enterprise_without_plan(draft: Draft) -> Found:
    draft.clear("so_ke_hoach", "ngay_ke_hoach")
    return [warning("O2")]


def _enterprise_planned_afterwards(draft: Draft) -> Found:
    draft.set(ngay_ke_hoach=draft.conference_day)
    return [warning("O2")]


def _commune_without_plan(draft: Draft) -> Found:
    draft.clear("so_ke_hoach")
    return [notice("O2b")]


def _commune_planned_afterwards(draft: Draft) -> Found:
    draft.set(ngay_ke_hoach=draft.conference_day)
    return [notice("O2b")]


def _keep_only(draft: Draft, *kept: str) -> None:
    keep = (*kept, "so_cong_van", "ngay_cong_van", "nguoi_lap", "dien_thoai", "thu_truong")
    for name in tuple(draft.values):
        if name not in keep:
            del draft.values[name]
    draft.tables.clear()


def _cancelled_without_reason(draft: Draft) -> Found:
    _keep_only(draft)
    draft.set(trang_thai="Không tổ chức")
    return [warning("S1")]


def _cancelled_with_reason(draft: Draft) -> Found:
    _keep_only(draft)
    draft.set(trang_thai="Không tổ chức", ly_do="Đang sáp nhập, tổ chức chung với đơn vị khác")
    return []


def _still_no_plan(draft: Draft) -> Found:
    _keep_only(draft, "so_cbccvc_nld", "ngay_tinh")
    draft.set(trang_thai="Chưa có kế hoạch")
    return [warning("S2")]


def _guidance_of_the_group(draft: Draft) -> Found:
    draft.set(van_ban_huong_dan="Hướng dẫn số 15/HD-TĐ của Tập đoàn (giả định)")
    return [notice("S3")]


OF_PROGRAMME: tuple[Planting, ...] = (
    Planting("03511", "Chương trình thiếu chào cờ, bế mạc", _no_flag_no_closing),
    Planting("03509", "Ghi đủ 9 nội dung nhưng đánh dấu thiếu", _complete_yet_marked),
    Planting("03514", "Ghi không đủ nhưng không đánh dấu", _incomplete_yet_unmarked),
    Planting("03517", "Chương trình thiếu báo cáo tổng kết", _no_summary_report, held=False),
    Planting("03520", "Không ghi số báo cáo tổng kết", _summary_report_without_number),
    Planting("03523", "Chương trình thiếu tham luận", _no_papers),
    Planting("03526", "Chương trình thiếu biểu dương", _no_honours, held=False),
    Planting("03527", "Không biểu dương ai", _honoured_nobody),
    Planting("03529", "Chương trình dự kiến thiếu bầu đại biểu", _no_election_planned, held=False),
    Planting("03532", "Danh sách đánh dấu thiếu 1 người được bầu", _one_mark_forgotten),
    Planting("03535", "Chương trình thiếu phát động thi đua", _no_launch),
    Planting("03538", "Tên hội nghị của cấp huyện", _district_phrase),
    Planting("03541", "Tên ghi “Đại hội”", _called_a_congress),
    Planting("CS01", "Tên không có tên đơn vị", _school_without_its_name),
    Planting("03544", "Tên viết hoa, trong ngoặc kép: đúng", _name_in_capitals),
    Planting("03547", "Nhiệm kỳ 2010-2015", _wrong_term),
    Planting("03391", "Không ghi nhiệm kỳ", _no_term),
    Planting("03549", "Không ghi lần thứ", _no_ordinal),
    Planting("03550", "Không ghi địa điểm", _no_place, held=False),
    Planting("03553", "Không ghi chủ trì", _no_chair),
    Planting("DN29", "Không ghi số, ngày kế hoạch", _enterprise_without_plan),
    Planting("DN30", "Kế hoạch cùng ngày Hội nghị", _enterprise_planned_afterwards),
    Planting("03556", "Không ghi số kế hoạch", _commune_without_plan),
    Planting("03559", "Kế hoạch cùng ngày Hội nghị", _commune_planned_afterwards, held=False),
    Planting("DN31", "Không tổ chức, không ghi lý do", _cancelled_without_reason),
    Planting("DN32", "Không tổ chức, có lý do: đúng", _cancelled_with_reason),
    Planting("DN33", "Vẫn chưa có kế hoạch", _still_no_plan),
    Planting("DN34", "Theo hướng dẫn của tập đoàn", _guidance_of_the_group),
)
