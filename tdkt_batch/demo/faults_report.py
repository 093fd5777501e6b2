"""Faults in what an upper unit sends once its conference is over (I.2, II.2.1, II.2.2).

Such a conference was held as a pilot ahead of its quarter, so each of these units is
also found early (B7, a notice).
"""

from __future__ import annotations

from collections.abc import Iterable

from tdkt_batch.demo.draft import Draft
from tdkt_batch.demo.province import Planting
from tdkt_batch.demo.truth import Expected, notice, violation, warning

Found = Iterable[Expected]


EARLY = notice("B7")
"""What every conference of an upper unit that is over shows: it was an early pilot."""


def _early_pilot(_: Draft) -> Found:
    return [EARLY]


# --- roster (I.2) --------------------------------------------------------------------------------


def _roster_of(draft: Draft, column: str, content: str | None) -> None:
    for row in draft.table("danh_sach"):
        row[column] = content


def _no_women(draft: Draft) -> Found:
    _roster_of(draft, "gioi_tinh", "Nam")
    return [EARLY, notice("B4n")]


def _no_minorities(draft: Draft) -> Found:
    _roster_of(draft, "dan_toc", "Kinh")
    return [EARLY, notice("B4d")]


def _no_sectors(draft: Draft) -> Found:
    _roster_of(draft, "thanh_phan_kinh_te", None)
    return [EARLY, notice("B4k")]


# --- result report (II.2.1, II.2.2) --------------------------------------------------------------


def _other_five_years(draft: Draft) -> Found:
    draft.set(giai_doan_qua="2011-2015")
    return [EARLY, notice("R1")]


def _lacks(draft: Draft, *items: str) -> None:
    draft.set(du_noi_dung="Không", **dict.fromkeys(items, "x"))


def _incomplete_yet_unmarked(draft: Draft) -> Found:
    _lacks(draft)
    return [EARLY, warning("R1b")]


def _complete_yet_marked(draft: Draft) -> Found:
    draft.set(thieu_ton_tai="x")
    return [EARLY, warning("R1b")]


def _no_movement(draft: Draft) -> Found:
    draft.tables["phong_trao"] = []
    return [EARLY, warning("R2")]


def _movements_not_judged(draft: Draft) -> Found:
    _lacks(draft, "thieu_phong_trao")
    return [EARLY, warning("R2b")]


def _more_women_than_people(draft: Draft) -> Found:
    draft.table("khen_thuong")[0]["nu"] = 5
    return [EARLY, violation("R3")]


def _awards_not_judged(draft: Draft) -> Found:
    _lacks(draft, "thieu_khen_thuong")
    return [EARLY, warning("R3b")]


def _no_awards(draft: Draft) -> Found:
    draft.tables["khen_thuong"] = []
    return [EARLY, notice("R3c")]


def _leadership_not_judged(draft: Draft) -> Found:
    _lacks(draft, "thieu_lanh_dao")
    return [EARLY, warning("R4")]


def _no_shortcomings(draft: Draft) -> Found:
    _lacks(draft, "thieu_ton_tai")
    return [EARLY, warning("R5")]


def _no_aims_no_solutions(draft: Draft) -> Found:
    _lacks(draft, "thieu_phuong_huong", "thieu_giai_phap")
    return [EARLY, warning("R6")]


def _papers_of_one_field(draft: Draft) -> Found:
    for row in draft.table("tham_luan"):
        row["linh_vuc"] = "Y tế"
    return [EARLY, notice("T1")]


def _papers_of_one_sector(draft: Draft) -> Found:
    for row in draft.table("tham_luan"):
        row["thanh_phan_kinh_te"] = "Nhà nước"
    return [EARLY, notice("T1")]


OF_REPORTS: tuple[Planting, ...] = (
    Planting("SNV", "Điểm, tổ chức sớm trong tháng 3", _early_pilot),
    Planting("SGTVT", "Danh sách không có nữ", _no_women),
    Planting("SXD", "Danh sách không có người dân tộc thiểu số", _no_minorities),
    Planting("STP", "Danh sách không ghi thành phần kinh tế", _no_sectors),
    Planting("BDT", "Báo cáo tổng kết giai đoạn 2011-2015", _other_five_years),
    Planting("TTT", "Báo cáo không đủ nhưng không đánh dấu", _incomplete_yet_unmarked),
    Planting("VPUBND", "Báo cáo đủ nhưng đánh dấu thiếu", _complete_yet_marked),
    Planting("VPHDND", "Không ghi phong trào thi đua nào", _no_movement),
    Planting("BQLKKT", "Báo cáo thiếu phần phong trào", _movements_not_judged),
    Planting("VPTU", "Khen thưởng: nữ nhiều hơn số cá nhân", _more_women_than_people),
    Planting("BTCTU", "Báo cáo thiếu phần khen thưởng", _awards_not_judged),
    Planting("UBKTTU", "Bảng khen thưởng để trống", _no_awards),
    Planting("BTGTU", "Báo cáo thiếu phần lãnh đạo, chỉ đạo", _leadership_not_judged),
    Planting("BDVTU", "Báo cáo thiếu phần tồn tại", _no_shortcomings),
    Planting("DUKCCQ", "Báo cáo thiếu mục tiêu và giải pháp", _no_aims_no_solutions),
    Planting("CAT", "Tham luận cùng một lĩnh vực", _papers_of_one_field),
    Planting("BCHQS", "Tham luận cùng một thành phần kinh tế", _papers_of_one_sector),
)
