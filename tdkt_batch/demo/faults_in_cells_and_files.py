"""Cells typed as people type them, and files that are not sent, late, empty or damaged."""

from __future__ import annotations

from datetime import date, datetime

from tdkt_batch.demo.draft_forms import Draft, Fate
from tdkt_batch.demo.planting import (
    WITHOUT_TOTAL,
    Edit,
    Planting,
    broken_cell,
    held,
    in_row,
    planned,
    reworded,
    row_below,
    typed,
)
from tdkt_batch.demo.truth import notice, reading, unknown
from tdkt_batch.forms.layout import DAYS_AS_TEXT, META_SHEET

# --- cells repaired: nothing must be found --------------------------------------------------------


def _counts_with_words(draft: Draft) -> None:
    draft.set(
        tong_dai_bieu_th=f"{draft.number('tong_dai_bieu_th')} người",
        dien_hinh_th=f" {draft.number('dien_hinh_th')} ",
        khach_moi_lanh_dao_th=f"{draft.number('khach_moi_lanh_dao_th')},0",
        bieu_duong_ho_gia_dinh="không có",
    )


def _days_as_text(draft: Draft) -> None:
    day = draft.day("ngay_hoi_nghi_kh")
    draft.set(
        ngay_hoi_nghi_kh=f"{day.day}/{day.month}/{day.year}",
        ngay_ke_hoach="05-01-2015",
        ngay_tinh="ngày 1 tháng 1 năm 2015",
    )


def _months_first_on_an_older_form(draft: Draft) -> None:
    reworded({DAYS_AS_TEXT: ""})(draft)
    draft.set(ngay_tinh="01/25/2015", ngay_ke_hoach="02/01/2015")


def _other_names_and_ticks(draft: Draft) -> None:
    for row in draft.table("danh_sach"):
        if row["dan_toc"] == "HMông":
            row["dan_toc"] = "H'Mông"
        if row["duoc_bau"]:
            row["duoc_bau"] = "✓"


_TWO_O_CLOCK = datetime(2015, 3, 31, 14)  # noqa: DTZ001 — a cell has no zone
_WITHOUT_MARKS = typed(
    trang_thai="da to chuc", loai_hoi_nghi="  TOÀN\u00a0THỂ ", noi_dung_thieu=" ĐỦ"
)

_REPAIRED: tuple[Planting[Edit], ...] = (
    held("DN01", "Số người ghi “1.200”: đọc được", large=True).by(typed(so_cbccvc_nld="1.200")),
    held("03562", "Số kèm chữ, số dạng chữ: đọc được").by(_counts_with_words),
    planned("03565", "Ngày ghi bằng chữ: đọc được").by(_days_as_text),
    planned("DN02", "31/3/2015 lúc 14 giờ: đúng").by(typed(ngay_hoi_nghi_kh=_TWO_O_CLOCK)),
    held("03568", "“1/2” bị đổi thành ngày 01/02: đọc được").by(typed(thoi_luong=date(2015, 2, 1))),
    held("03571", "Ghi không dấu, thừa khoảng trắng: đọc được").by(_WITHOUT_MARKS),
    held("03574", "H'Mông và dấu ✓: đọc được").by(_other_names_and_ticks),
)

# --- cells that cannot be read -----------------------------------------------------------------

_TABLE_TYPED_ANEW = {
    "Phong trào &amp; tham luận": "Tham luận",
    **{
        f">{head}<": ">Nội dung<"
        for head in ("Tên phong trào", "Thời gian", "Kết quả chính", "Tên báo cáo", "Tác giả")
    },
}
_SHEET_RENAMED = {"'Khen thưởng'!": "'KT'!", 'name="Khen thưởng"': 'name="KT"'}
_LABELS_TYPED_OVER = {
    f">{label}<": ">Ghi chú<"
    for label in ("Địa điểm", "Thời lượng", "Số báo cáo tham luận", "Điện thoại")
}


OF_CELLS: tuple[Planting[Edit], ...] = (
    *_REPAIRED,
    held("03577", "Số tham luận ghi “nhiều”").by(typed(so_tham_luan="nhiều"), reading("DL01")),
    planned("03580", "Tổng số đại biểu ghi bằng chữ").by(
        typed(tong_dai_bieu_kh="khoảng một trăm"),
        reading("DL01"),
        WITHOUT_TOTAL,
        unknown("A7e", "A7f"),
    ),
    held("03583", "4,5 báo cáo tham luận").by(typed(so_tham_luan=4.5), reading("DL02")),
    held("03586", "Năm sinh 1897").by(in_row(3, "danh_sach.nam_sinh", 1897), reading("DL03")),
    held("03589", "Ngày tính ghi “cuối năm ngoái”").by(
        typed(ngay_tinh="cuối năm ngoái"), reading("DL04"), unknown("O5e")
    ),
    held("03592", "Ngày tính 01/01/2051").by(
        typed(ngay_tinh=date(2051, 1, 1)), reading("DL05"), unknown("O5e")
    ),
    held("03595", "Dân tộc ngoài danh sách").by(
        in_row(5, "danh_sach.dan_toc", "Pu Nả"), reading("DL06")
    ),
    held("03619", "Không rõ chương trình thiếu nội dung nào, dấu hỏi ở ô đánh dấu").by(
        typed(noi_dung_thieu="4/6", khong_thay_doi="?"),
        reading("DL56", "DL07"),
        unknown("P1", "P1b", "P4", "P4b", "P5", "P6", "P6b", "P8"),
    ),
    held("03625", "Số báo cáo bị đổi thành ngày").by(
        typed(so_bao_cao=date(2015, 3, 12)), reading("DL08")
    ),
    held("DN04", "Số người ghi “1,200”", large=True).by(
        typed(so_cbccvc_nld="1,200"), reading("DL09"), unknown("A2", "A2b", "A3")
    ),
    held("03631", "Tên đơn vị không có trong danh sách").by(
        typed(don_vi_bao_cao="Ủy ban nhân dân xã vùng cao"), reading("DL18")
    ),
    held("03632", "Ô báo lỗi #REF!").by(
        broken_cell("so_tham_luan", "<v>#REF!</v>"), reading("DL11")
    ),
    held("03634", "Công thức chưa được tính").by(
        broken_cell("so_tham_luan", "<f>1+3</f>"), reading("DL12")
    ),
    held("03637", "Nhãn bị sửa").by(
        reworded({"Số báo cáo tham luận": "Số tham luận đọc tại Hội nghị"}),
        reading("DL13"),
        notice("DL45"),
    ),
    planned("LDLD", "Trang bị thay bằng bảng khác").by(
        reworded(_TABLE_TYPED_ANEW), reading("DL14")
    ),
    planned("TAND", "Trang bị đổi tên: nhận ra theo nội dung").by(
        reworded(_SHEET_RENAMED), notice("DL32")
    ),
    planned("03403", "Bốn nhãn bị sửa").by(
        reworded(_LABELS_TYPED_OVER), reading("DL22"), unknown("A8", "N4")
    ),
    planned("03409", "Biểu cũ ghi tháng trước, một ngày hiểu được hai cách").by(
        _months_first_on_an_older_form,
        reading("DL23"),
        unknown("O2b", "O5d"),
    ),
    planned("HND", "Tiêu đề cột bị sửa").by(
        reworded({"Có hình ảnh minh họa (x)": "Ghi chú"}), reading("DL15")
    ),
    planned("HCCB", "Bảng tham luận thừa một dòng").by(
        row_below("tham_luan", "Báo cáo thứ 41"), reading("DL16")
    ),
)

# --- whole files -------------------------------------------------------------------------------

UNDECIDED_WITHOUT_STATUS = (
    "A2", "A2b", "A2c", "A3", "A4", "A5", "A5b", "A5c", "A7", "A7b", "A7c", "A7d", "A7e",
    "A7f", "A8", "A9", "AB9", "P1", "P1b", "P4", "P4b", "P5", "P6", "P6b", "P7b",
    "P8", "N1", "N3", "N4", "O1", "O2b", "S1", "S2", "P7", "O5", "O5f", "AMB29",
)  # fmt: skip
"""What cannot be decided about a commune that sends its form as it got it.

Left out is the rule that an empty form answers by itself: no list was written (P7c).
"""


def _arriving(day: int, hour: int, minute: int = 12, fate: Fate = Fate.LATE) -> Edit:
    def edit(draft: Draft) -> None:
        draft.fate = fate
        draft.arrives = datetime(2015, 3, day, hour, minute)  # noqa: DTZ001 — the office's clock

    return edit


def _met(fate: Fate, **values: str) -> Edit:
    def edit(draft: Draft) -> None:
        draft.fate = fate
        draft.set(**values)

    return edit


def _empty(draft: Draft) -> None:
    draft.fate = Fate.EMPTY
    draft.values.clear()
    draft.tables.clear()


OF_FILES: tuple[Planting[Edit], ...] = (
    planned("03448", "Gửi ngày 21/3, sau hạn 20/3").by(_arriving(21, 9), notice("AMB30")),
    held("03451", "Gửi ngày 23/3, sau hạn 20/3").by(_arriving(23, 8), notice("AMB30")),
    planned("03602", "Gửi ngày 24/3, sau hạn 20/3").by(_arriving(24, 15), notice("AMB30")),
    held("DN08", "Gửi ngày 25/3, sau hạn 20/3").by(_arriving(25, 10), notice("AMB30")),
    planned("DN12", "Gửi ngày 22/3, sau hạn 20/3").by(_arriving(22, 20), notice("AMB30")),
    held("03604", "Gửi trong giờ cuối của hạn: đúng hạn").by(_arriving(20, 23, 58, Fate.ARRIVED)),
    planned("KBNN", "Gửi trong giờ cuối của hạn: đúng hạn").by(_arriving(25, 16, 58, Fate.ARRIVED)),
    *(
        planned(unit, "Không gửi").by(_met(Fate.NOT_SENT))
        for unit in ("03466", "03469", "03472", "03473", "DN35", "DN36", "HLG", "CS06")
    ),
    planned("HCTD", "Chỉ gửi sau giờ chốt số liệu").by(_met(Fate.NOT_SENT)),
    planned("03607", "Gửi biểu trống").by(_empty, unknown(*UNDECIDED_WITHOUT_STATUS)),
    held("03610", "Tệp bị cắt một nửa").by(_met(Fate.TRUNCATED)),
    planned("03640", "Tệp có mật khẩu").by(_met(Fate.ENCRYPTED)),
    planned("03643", "Bảng dạng chữ mang đuôi .xlsx").by(_met(Fate.SAVED_AS_TEXT)),
    planned("DN28", "Tệp 0 byte").by(_met(Fate.NOT_DOWNLOADED)),
    held("03439", "Mất trang nhận dạng: đọc theo nhãn").by(
        reworded({META_SHEET: "Sheet9", ">form_version<": "><"}), notice("DL33")
    ),
    held("03628", "Biểu của xã này ghi tên xã khác").by(
        _met(Fate.OTHER_NAME, don_vi_bao_cao="Xã Khổng Lào")
    ),
    planned("DN22", "Tháng báo cáo ghi “kỳ này”").by(_met(Fate.NO_MONTH, thang_bao_cao="kỳ này")),
)
