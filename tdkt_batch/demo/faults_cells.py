"""Cells typed as people type them: what is repaired in silence, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tdkt_batch.demo.draft import Draft
from tdkt_batch.demo.province import Planting
from tdkt_batch.demo.truth import Expected, notice, reading, unknown

Found = Iterable[Expected]


# --- repaired: nothing must be found ---------------------------------------------------------


def _thousands_point(draft: Draft) -> Found:
    draft.set(so_cbccvc_nld="1.200")
    return []


def _counts_with_words(draft: Draft) -> Found:
    draft.set(
        tong_dai_bieu_th=f"{draft.number('tong_dai_bieu_th')} người",
        dien_hinh_th=f" {draft.number('dien_hinh_th')} ",
        khach_moi_lanh_dao_th=f"{draft.number('khach_moi_lanh_dao_th')},0",
        bieu_duong_ho_gia_dinh="không có",
    )
    return []


def _days_as_text(draft: Draft) -> Found:
    day = draft.day("ngay_hoi_nghi_kh")
    draft.set(
        ngay_hoi_nghi_kh=f"{day.day}/{day.month}/{day.year}",
        ngay_ke_hoach="05-01-2015",
        ngay_tinh="ngày 1 tháng 1 năm 2015",
    )
    return []


def _day_with_time(draft: Draft) -> Found:
    draft.set(ngay_hoi_nghi_kh=datetime(2015, 3, 31, 14))  # noqa: DTZ001 — a cell has no zone
    return []


def _half_day_became_a_date(draft: Draft) -> Found:
    draft.set(thoi_luong=date(2015, 2, 1))
    return []


def _choices_without_marks(draft: Draft) -> Found:
    draft.set(trang_thai="da to chuc", loai_hoi_nghi="  TOÀN\u00a0THỂ ", du_chuong_trinh="có")
    return []


def _other_names_and_ticks(draft: Draft) -> Found:
    for row in draft.table("danh_sach"):
        if row["dan_toc"] == "HMông":
            row["dan_toc"] = "H'Mông"
        if row["duoc_bau"]:
            row["duoc_bau"] = "✓"
    return []


# --- unreadable ------------------------------------------------------------------------------


def _words_for_a_number(draft: Draft) -> Found:
    draft.set(so_tham_luan="nhiều")
    return [reading("DL01")]


def _total_in_words(draft: Draft) -> Found:
    draft.set(tong_dai_bieu_kh="khoảng một trăm")
    return [reading("DL01"), unknown("A7"), unknown("A7c"), unknown("A7d")]


def _half_a_paper(draft: Draft) -> Found:
    draft.set(so_tham_luan=4.5)
    return [reading("DL02")]


def _born_in_1897(draft: Draft) -> Found:
    draft.table("danh_sach")[3]["nam_sinh"] = 1897
    return [reading("DL03")]


def _words_for_a_day(draft: Draft) -> Found:
    draft.set(ngay_tinh="cuối năm ngoái")
    return [reading("DL04")]


def _year_2051(draft: Draft) -> Found:
    draft.set(ngay_tinh=date(2051, 1, 1))
    return [reading("DL05")]


def _unlisted_group(draft: Draft) -> Found:
    draft.table("danh_sach")[5]["dan_toc"] = "Pu Nả"
    return [reading("DL06")]


def _question_mark(draft: Draft) -> Found:
    draft.set(thieu_be_mac="?")
    return [reading("DL07"), unknown("P1b")]


def _number_became_a_date(draft: Draft) -> Found:
    draft.set(so_bao_cao=date(2015, 3, 12))
    return [reading("DL08")]


def _ambiguous_comma(draft: Draft) -> Found:
    draft.set(so_cbccvc_nld="1,200")
    return [reading("DL09"), unknown("A2"), unknown("A2b"), unknown("A3")]


def _unregistered_name(draft: Draft) -> Found:
    draft.set(don_vi_bao_cao="Ủy ban nhân dân xã vùng cao")
    return [reading("DL18")]


def _broken_formula(draft: Draft) -> Found:
    draft.cells["so_tham_luan"] = "<v>#REF!</v>"
    return [reading("DL11")]


def _formula_without_result(draft: Draft) -> Found:
    draft.cells["so_tham_luan"] = "<f>1+3</f>"
    return [reading("DL12")]


def _label_typed_over(draft: Draft) -> Found:
    draft.texts["Số báo cáo tham luận"] = "Số tham luận đọc tại Hội nghị"
    return [reading("DL13")]


def _sheet_renamed(draft: Draft) -> Found:
    draft.texts["'Khen thưởng'!"] = "'KT'!"
    draft.texts['name="Khen thưởng"'] = 'name="KT"'
    return [notice("DL32")]


def _sheet_made_anew(draft: Draft) -> Found:
    draft.texts["Phong trào &amp; tham luận"] = "Tham luận"
    for head in ("Tên phong trào", "Thời gian", "Kết quả chính", "Tên báo cáo", "Tác giả"):
        draft.texts[f">{head}<"] = ">Nội dung<"
    return [reading("DL14")]


def _labels_typed_over(draft: Draft) -> Found:
    for ceremony in ("Chào cờ", "Khai mạc", "Bế mạc", "Phát động thi đua"):
        draft.texts[f">Thiếu: {ceremony}<"] = ">Ghi chú<"
    return [reading("DL22"), unknown("P1b")]


def _months_first(draft: Draft) -> Found:
    draft.set(ngay_tinh="01/25/2015", ngay_ke_hoach="02/01/2015")
    return [reading("DL23"), unknown("O2b")]


def _head_typed_over(draft: Draft) -> Found:
    draft.texts["Có hình ảnh minh họa (x)"] = "Ghi chú"
    return [reading("DL15")]


def _one_row_too_many(draft: Draft) -> Found:
    draft.surplus["tham_luan"] = "Báo cáo thứ 41"
    return [reading("DL16")]


OF_CELLS: tuple[Planting, ...] = (
    Planting("DN01", "Số người ghi “1.200”: đọc được", _thousands_point, large=True),
    Planting("03562", "Số kèm chữ, số dạng chữ: đọc được", _counts_with_words),
    Planting("03565", "Ngày ghi bằng chữ: đọc được", _days_as_text, held=False),
    Planting("DN02", "31/3/2015 lúc 14 giờ: đúng", _day_with_time, held=False),
    Planting("03568", "“1/2” bị đổi thành ngày 01/02: đọc được", _half_day_became_a_date),
    Planting("03571", "Ghi không dấu, thừa khoảng trắng: đọc được", _choices_without_marks),
    Planting("03574", "H'Mông và dấu ✓: đọc được", _other_names_and_ticks),
    Planting("03577", "Số tham luận ghi “nhiều”", _words_for_a_number),
    Planting("03580", "Tổng số đại biểu ghi bằng chữ", _total_in_words, held=False),
    Planting("03583", "4,5 báo cáo tham luận", _half_a_paper),
    Planting("03586", "Năm sinh 1897", _born_in_1897),
    Planting("03589", "Ngày tính ghi “cuối năm ngoái”", _words_for_a_day),
    Planting("03592", "Ngày tính 01/01/2051", _year_2051),
    Planting("03595", "Dân tộc ngoài danh sách", _unlisted_group),
    Planting("03619", "Dấu hỏi ở ô đánh dấu", _question_mark),
    Planting("03625", "Số báo cáo bị đổi thành ngày", _number_became_a_date),
    Planting("DN04", "Số người ghi “1,200”", _ambiguous_comma, large=True),
    Planting("03631", "Tên đơn vị không có trong danh sách", _unregistered_name),
    Planting("03632", "Ô báo lỗi #REF!", _broken_formula),
    Planting("03634", "Công thức chưa được tính", _formula_without_result),
    Planting("03637", "Nhãn bị sửa", _label_typed_over),
    Planting("LDLD", "Trang bị thay bằng bảng khác", _sheet_made_anew, held=False),
    Planting("TAND", "Trang bị đổi tên: nhận ra theo nội dung", _sheet_renamed, held=False),
    Planting("03403", "Bốn nhãn bị sửa", _labels_typed_over, held=False),
    Planting(
        "03409", "Ngày ghi tháng trước, một ngày hiểu được hai cách", _months_first, held=False
    ),
    Planting("HND", "Tiêu đề cột bị sửa", _head_typed_over, held=False),
    Planting("HCCB", "Bảng tham luận thừa một dòng", _one_row_too_many, held=False),
)
