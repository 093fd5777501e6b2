"""Faults inside one unit's form: delegates, days, programme, name, plan, result report."""

from __future__ import annotations

from datetime import date
from functools import partial

from tdkt_batch.demo.draft_forms import Draft
from tdkt_batch.demo.planting import (
    WITHOUT_TOTAL,
    Edit,
    Planting,
    all_blank_but,
    attend,
    blank,
    column,
    early_pilot,
    explained,
    first_blanked,
    first_rows,
    held,
    in_row,
    in_turn,
    moved_to,
    over_total,
    planned,
    programme_lacks,
    raised,
    renamed,
    report_lacks,
    typed,
)
from tdkt_batch.demo.truth import arithmetic, notice, reading, unknown, violation, warning
from tdkt_batch.wording import demo as say

# --- base units: kind of conference, delegates, days (I.1) -------------------------------------


def _by_delegates(*more: Edit) -> Edit:
    """Let a plenary become a conference of delegates that is right in itself."""
    return in_turn(typed(loai_hoi_nghi="Đại biểu"), attend(84, 36), *more)


def _on_the_day_of_the_party_congress(draft: Draft) -> None:
    draft.set(dai_hoi_dang="Đã có ngày", ngay_dai_hoi_dang=draft.conference_day)


_OF_SHIFTS = _by_delegates(
    explained("A2", "Người lao động làm việc theo ca, không họp toàn thể được.")
)
_OF_FARMERS = _by_delegates(explained("A2", "Xã mời nông dân ở các bản làm đại biểu."))
_IN_FULL = in_turn(typed(so_cbccvc_nld=412, loai_hoi_nghi="Toàn thể"), attend(96, 14, 280))
_MORE_WOMEN_PLANNED = typed(nu_kh=500)


def _one_digit_more(draft: Draft) -> None:
    others = 9_102 - draft.number("dien_hinh_th") - draft.number("khach_moi_lanh_dao_th")
    draft.set(tong_dai_bieu_th=9_102, thanh_phan_khac_th=others)


_CATEGORIES = ("dh_nong_dan_th", "dh_truc_tiep_th", "dh_lao_dong_gioi_th", "dh_nguoi_tot_th")
_IN_DECEMBER = {"ngay_hoi_nghi_kh": date(2014, 12, 30), "ngay_ke_hoach": date(2014, 12, 1)}

OF_DELEGATES: tuple[Planting[Edit], ...] = (
    held("DN05", "Dưới 300 người, tổ chức hội nghị đại biểu").by(_OF_SHIFTS, violation("A2")),
    held("CS04", "Dưới 300 người, tổ chức hội nghị đại biểu").by(_OF_SHIFTS, violation("A2")),
    held("03397", "Xã dưới 300 người, chọn hình thức đại biểu").by(_OF_FARMERS, warning("A2")),
    held("DN06", "299 người, tổ chức hội nghị đại biểu").by(
        _by_delegates(typed(so_cbccvc_nld=299)), violation("A2")
    ),
    planned("DN09", "Đúng 300 người").by(_by_delegates(typed(so_cbccvc_nld=300)), notice("A2b")),
    held("DN10", "301 người, hội nghị đại biểu: đúng", large=True).by(typed(so_cbccvc_nld=301)),
    held("03400", "Không ghi ngày tính số người").by(blank("ngay_tinh"), notice("A2c")),
    held("DN07", "412 người, tổ chức hội nghị toàn thể").by(_IN_FULL, violation("A3")),
    planned("03405", "Không ghi số người").by(blank("so_cbccvc_nld"), unknown("A2", "A2b", "A3")),
    held("DN03", "212 đại biểu", large=True).by(attend(150, 62), violation("A4")),
    planned("DN13", "Dự kiến 201 đại biểu", large=True).by(attend(142, 59), violation("A4")),
    held("DN11", "200 đại biểu, 140 điển hình: đúng", large=True).by(attend(140, 60)),
    held("DN15", "200 đại biểu, 139 điển hình", large=True).by(attend(139, 61), violation("A5")),
    planned("DN17", "150 đại biểu, 90 điển hình", large=True).by(attend(90, 60), violation("A5")),
    held("DN19", "212 đại biểu, 100 điển hình", large=True).by(
        attend(100, 112), violation("A4", "A5")
    ),
    held("03406", "Các đối tượng điển hình cộng thiếu 3 người").by(
        raised("dh_truc_tiep", -3), arithmetic("A5b")
    ),
    held("03605", say.NO_CATEGORY_HAS_ANYONE).by(
        typed(**dict.fromkeys(_CATEGORIES, "-")), warning("A5b")
    ),
    planned("DN21", "Chỉ ghi khách mời, không ghi lãnh đạo").by(
        blank("lanh_dao_kh"), warning("A7b")
    ),
    held("03412", "Danh sách thiếu 2 điển hình").by(first_rows("danh_sach", -2), notice("A5c")),
    held("03413", "Tổng số nhiều hơn các thành phần 5 người").by(
        raised("tong_dai_bieu", 5), arithmetic("A7")
    ),
    held("03415", "Khách mời và lãnh đạo cộng lại khác số chung").by(
        raised("khach_moi", 2), arithmetic("A7b")
    ),
    held("03418", "Nữ nhiều hơn tổng số").by(over_total("nu", 1), arithmetic("A7c")),
    held("03421", "Dân tộc thiểu số nhiều hơn tổng số").by(
        over_total("dan_toc_thieu_so", 4), arithmetic("A7d")
    ),
    held("03487", say.ONE_DIGIT_MORE).by(_one_digit_more, reading("A7e")),
    held("03493", say.GUESTS_MORE_THAN_ALL).by(
        raised("khach_moi_lanh_dao", 900), arithmetic("A7f")
    ),
    held("03496", say.PLAN_AND_HONOURED).by(
        typed(tong_dai_bieu_kh=1_020, bieu_duong_ca_nhan=900), reading("A7g", "P6c")
    ),
    held("03499", say.WOMEN_PLANNED_AND_ELECTED).by(
        in_turn(_MORE_WOMEN_PLANNED, typed(bau_dai_bieu=200)), arithmetic("A7g"), reading("P7d")
    ),
    planned("03424", "Hội nghị 1 ngày").by(typed(thoi_luong="1 ngày"), warning("A8")),
    planned("03427", "Dự kiến 01/4/2015, sau Quý I").by(moved_to(date(2015, 4, 1)), warning("A9")),
    held("DN26", "Ghi đã tổ chức ngày 03/4/2015, sau ngày công văn").by(
        moved_to(date(2015, 4, 3)), reading("O5b")
    ),
    planned("DN23", "Dự kiến tháng 12/2014, không phải điểm").by(
        typed(**_IN_DECEMBER), warning("A9")
    ),
    planned("DN25", "Điểm, dự kiến tháng 12/2014").by(
        typed(hoi_nghi_diem="Có", **_IN_DECEMBER), notice("A9")
    ),
    planned("DN27", "Dự kiến 31/3/2015: đúng").by(typed(ngay_hoi_nghi_kh=date(2015, 3, 31))),
    planned("03430", "Không ghi ngày tổ chức").by(
        typed(
            ngay_hoi_nghi_kh=None, dai_hoi_dang="Đã có ngày", ngay_dai_hoi_dang=date(2015, 5, 12)
        ),
        unknown("A9", "AB9", "O2b", "AMB29"),
    ),
    held("03505", "Cùng ngày Đại hội Đảng").by(_on_the_day_of_the_party_congress, warning("AB9")),
    held("03508", "Không ghi về Đại hội Đảng").by(
        blank("dai_hoi_dang", "ngay_dai_hoi_dang"), unknown("AB9")
    ),
)

# --- base units: programme (II.1), name (II.2.4), organisation (III), status --------------------


def _name_in_capitals(draft: Draft) -> None:
    name = str(draft.values["ten_hoi_nghi"]).upper()
    draft.set(ten_hoi_nghi=f"“{name}”\nlần thứ IV", nhiem_ky="2015 – 2020")


def _planned_on_the_day_itself(draft: Draft) -> None:
    draft.set(ngay_ke_hoach=draft.conference_day)


_CANCELLED = partial(all_blank_but, "thu_truong", trang_thai="Không tổ chức")
_NO_PLAN_YET = partial(all_blank_but, trang_thai="Chưa có kế hoạch")
_HONOURED = ("bieu_duong_tap_the", "bieu_duong_ca_nhan", "bieu_duong_ho_gia_dinh")

OF_PROGRAMME: tuple[Planting[Edit], ...] = (
    held("03511", "Chương trình thiếu chào cờ, bế mạc").by(
        programme_lacks("chao_co", "be_mac"), notice("P1")
    ),
    held("03509", "Ghi đủ 9 nội dung nhưng đánh dấu thiếu").by(
        typed(thieu_khai_mac="x"), warning("P1b")
    ),
    held("03514", "Ghi không đủ nhưng không đánh dấu").by(programme_lacks(), warning("P1b")),
    planned("03517", "Chương trình thiếu báo cáo tổng kết").by(
        programme_lacks("bao_cao"), violation("P4")
    ),
    held("03520", "Không ghi số báo cáo tổng kết").by(blank("so_bao_cao"), violation("P4b")),
    held("03523", "Chương trình thiếu tham luận").by(programme_lacks("tham_luan"), warning("P5")),
    planned("03526", "Chương trình thiếu biểu dương").by(
        programme_lacks("bieu_duong"), violation("P6")
    ),
    held("03527", "Không biểu dương ai").by(typed(**dict.fromkeys(_HONOURED, 0)), violation("P6b")),
    planned("03529", "Chương trình dự kiến thiếu bầu đại biểu").by(
        programme_lacks("bau"), notice("P7b")
    ),
    held("03532", "Danh sách đánh dấu thiếu 1 người được bầu").by(
        first_blanked("danh_sach.duoc_bau"), arithmetic("P7c")
    ),
    held("03535", "Chương trình thiếu phát động thi đua").by(
        programme_lacks("phat_dong"), warning("P8")
    ),
    held("03538", "Tên hội nghị của cấp huyện").by(
        renamed("người tốt, việc tốt", "điển hình tiên tiến xuất sắc"), violation("N1")
    ),
    held("03541", "Tên ghi “Đại hội”").by(renamed("Hội nghị", "Đại hội"), warning("N1")),
    held("CS01", "Tên không có tên đơn vị").by(
        typed(ten_hoi_nghi="Hội nghị biểu dương người tốt, việc tốt nhà trường"), notice("N1")
    ),
    held("03544", "Tên viết hoa, trong ngoặc kép: đúng").by(_name_in_capitals),
    held("03547", "Nhiệm kỳ 2010-2015").by(typed(nhiem_ky="2010-2015"), warning("N3")),
    held("03391", "Không ghi nhiệm kỳ").by(blank("nhiem_ky"), warning("N3")),
    held("03549", "Không ghi lần thứ").by(blank("lan_thu"), warning("N3")),
    planned("03550", "Không ghi địa điểm").by(blank("dia_diem"), warning("N4")),
    held("03553", "Không ghi chủ trì").by(blank("chu_tri"), warning("O1")),
    held("DN29", "Không ghi số, ngày kế hoạch").by(
        blank("so_ke_hoach", "ngay_ke_hoach"), warning("O2")
    ),
    held("DN30", "Kế hoạch cùng ngày Hội nghị").by(_planned_on_the_day_itself, warning("O2")),
    held("03556", "Không ghi số kế hoạch").by(blank("so_ke_hoach"), notice("O2b")),
    planned("03559", "Kế hoạch cùng ngày Hội nghị, là ngày chưa đến").by(
        _planned_on_the_day_itself, notice("O2b"), reading("O5d")
    ),
    held("03390", say.REPORT_AFTER_LETTER).by(
        typed(ngay_bao_cao=date(2015, 3, 24)), reading("O5c")
    ),
    held("03394", say.STAFF_AFTER_LETTER).by(typed(ngay_tinh=date(2015, 3, 24)), reading("O5e")),
    held("03436", say.HELD_ON_A_DAY_TO_COME).by(
        in_turn(moved_to(date(2015, 3, 30)), blank("ngay_cong_van")), reading("O5f")
    ),
    planned("03408", say.LETTER_ON_A_DAY_TO_COME).by(
        typed(ngay_cong_van=date(2015, 3, 30)), reading("O5g")
    ),
    held("DN31", "Không tổ chức, không ghi lý do").by(_CANCELLED(), warning("S1")),
    held("DN32", "Không tổ chức, có lý do: đúng").by(
        _CANCELLED(ly_do="Đang sáp nhập, tổ chức chung với đơn vị khác")
    ),
    held("DN33", "Vẫn chưa có kế hoạch").by(
        _NO_PLAN_YET("thu_truong", "so_cbccvc_nld", "ngay_tinh"), warning("S2")
    ),
    held("DN34", "Theo hướng dẫn của tập đoàn").by(
        typed(van_ban_huong_dan="Hướng dẫn số 15/HD-TĐ của Tập đoàn (giả định)"), notice("S3")
    ),
)

# --- upper units: delegates, days, name, plan, pilots (I.2, II.2.4, III) ------------------------


def _commune_phrase(draft: Draft) -> None:
    draft.set(ten_hoi_nghi=f"Hội nghị biểu dương người tốt, việc tốt {draft.unit.name}")


def _pilot_not_first(draft: Draft) -> None:
    rows = draft.table("truc_thuoc")
    last = max(day for row in rows if isinstance(day := row["ngay_du_kien"], date))
    column("truc_thuoc.diem", None)(draft)
    next(row for row in rows if row["ngay_du_kien"] == last)["diem"] = "x"


OF_UPPER_UNITS: tuple[Planting[Edit], ...] = (
    planned("106", "Dự kiến 320 đại biểu").by(attend(230, 90), violation("B2")),
    planned("105", "Dự kiến 300 đại biểu, 210 điển hình: đúng").by(attend(210, 90)),
    planned("108", "300 đại biểu, 209 điển hình").by(attend(209, 91), violation("B4")),
    planned("STTTT", "Các đối tượng cộng thiếu 2 người").by(
        raised("dh_truc_tiep", -2), arithmetic("A5b")
    ),
    planned("SKHCN", "Tổng số ít hơn các thành phần 10 người").by(
        raised("tong_dai_bieu", -10), arithmetic("A7")
    ),
    planned("SKHDT", "Thời lượng “Khác”").by(typed(thoi_luong="Khác"), warning("B6")),
    planned("STC", "Dự kiến tháng 7/2015").by(moved_to(date(2015, 7, 3)), warning("B7")),
    planned("SCT", "Dự kiến 31/3/2015, không phải điểm").by(
        typed(ngay_hoi_nghi_kh=date(2015, 3, 31)), warning("B7")
    ),
    held("SVHTTDL", "Ghi đã tổ chức ngày 12/7/2015, sau ngày công văn").by(
        moved_to(date(2015, 7, 12)), reading("O5b")
    ),
    planned("SLDTBXH", "Sau Đại hội Đảng").by(
        typed(dai_hoi_dang="Đã có ngày", ngay_dai_hoi_dang=date(2015, 4, 9)), warning("AB9")
    ),
    planned("SNGV", "Không ghi tổng số đại biểu").by(
        blank("tong_dai_bieu_kh"), WITHOUT_TOTAL, unknown("B2", "B4")
    ),
    planned("STNMT", "Tên hội nghị của cấp xã").by(_commune_phrase, violation("N2")),
    planned("TDOAN", "Tên ghi “Đại hội”").by(renamed("Hội nghị", "Đại hội"), warning("N2")),
    planned("HLHPN", "Không ghi số kế hoạch").by(blank("so_ke_hoach"), warning("O2")),
    planned("111", "Không chọn đơn vị điểm").by(column("truc_thuoc.diem", None), notice("O3")),
    planned("107", "Đơn vị điểm tổ chức sau cùng").by(_pilot_not_first, notice("O3")),
    planned("UBMTTQ", "Chưa có kế hoạch, chưa đến Quý II: đúng").by(_NO_PLAN_YET()),
)

# --- upper units: what is sent once the conference is over (I.2, II.2.1, II.2.2) ----------------


OF_REPORTS: tuple[Planting[Edit], ...] = (
    early_pilot("SNV", "Điểm, tổ chức sớm trong tháng 3").by(typed()),
    early_pilot("SGTVT", "Danh sách không có nữ").by(
        column("danh_sach.gioi_tinh", "Nam"), notice("B4n")
    ),
    early_pilot("SXD", "Danh sách không có người dân tộc thiểu số").by(
        column("danh_sach.dan_toc", "Kinh"), notice("B4d")
    ),
    early_pilot("STP", "Danh sách không ghi thành phần kinh tế").by(
        column("danh_sach.thanh_phan_kinh_te", None), notice("B4k")
    ),
    early_pilot("BDT", "Báo cáo tổng kết giai đoạn 2011-2015").by(
        typed(giai_doan_qua="2011-2015"), notice("R1")
    ),
    early_pilot("TTT", "Báo cáo không đủ nhưng không đánh dấu").by(report_lacks(), warning("R1b")),
    early_pilot("VPUBND", "Báo cáo đủ nhưng đánh dấu thiếu").by(
        typed(thieu_ton_tai="x"), warning("R1b")
    ),
    early_pilot("VPHDND", "Không ghi phong trào thi đua nào").by(
        first_rows("phong_trao", 0), warning("R2")
    ),
    early_pilot("BQLKKT", "Báo cáo thiếu phần phong trào").by(
        report_lacks("phong_trao"), warning("R2b")
    ),
    early_pilot("VPTU", "Khen thưởng: nữ nhiều hơn số cá nhân").by(
        in_row(0, "khen_thuong.nu", 5), arithmetic("R3")
    ),
    early_pilot("BTCTU", "Báo cáo thiếu phần khen thưởng").by(
        report_lacks("khen_thuong"), warning("R3b")
    ),
    early_pilot("UBKTTU", "Bảng khen thưởng để trống").by(
        first_rows("khen_thuong", 0), notice("R3c")
    ),
    early_pilot("BTGTU", "Báo cáo thiếu phần lãnh đạo, chỉ đạo").by(
        report_lacks("lanh_dao"), warning("R4")
    ),
    early_pilot("BDVTU", "Báo cáo thiếu phần tồn tại").by(report_lacks("ton_tai"), warning("R5")),
    early_pilot("DUKCCQ", "Báo cáo thiếu mục tiêu và giải pháp").by(
        report_lacks("phuong_huong", "giai_phap"), warning("R6")
    ),
    early_pilot("CAT", "Tham luận cùng một lĩnh vực").by(
        column("tham_luan.linh_vuc", "Y tế"), notice("T1")
    ),
    early_pilot("BCHQS", "Tham luận cùng một thành phần kinh tế").by(
        column("tham_luan.thanh_phan_kinh_te", "Nhà nước"), notice("T1")
    ),
)
