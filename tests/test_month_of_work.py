"""A month as an officer works it, from an own list of units to the adjustment of a signed book."""

from __future__ import annotations

import email
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.policy import default
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from month_at_the_desk import (
    columns_below,
    enter,
    opened,
    persons,
    records,
    send,
    set_up,
    share,
    shown,
    table,
    write_list,
)

from tdkt_batch.cli.commands import program

TITLE = ("ỦY BAN NHÂN DÂN TỈNH SƠN LA", "BAN THI ĐUA - KHEN THƯỞNG", "DANH SÁCH ĐƠN VỊ NĂM 2015")
LIST = """
Tên đơn vị                  | Loại         | Thuộc huyện    | Cán bộ đầu mối  | Số điện thoại | Email                      | Phân bổ đại biểu
HUYỆN MỘC CHÂU              | huyện        |                | Hà Thị Lan      | 0212 3866 101 | noivu.mocchau@sonla.gov.vn | 12
XÃ CHIỀNG HẮC               | xã           | Huyện Mộc Châu | Lường Văn Thân  | 912345601     | chienghac@sonla.gov.vn     | 3
Xã Đông Sang                | xã           | H. Mộc Châu    | Vì Thị Oanh     | 912345602     | dongsang@sonla.gov.vn      | 2
Xã Lóng Sập                 | xã           | huyện mộc châu | Sồng A Dế       | 912345603     | longsap@sonla.gov.vn       | 2
Xã Tân Lập                  | xã           | HUYỆN MỘC CHÂU | Hoàng Văn Chất  | 912345604     | tanlap@sonla.gov.vn        | 2
Thị trấn Mộc Châu           | thị trấn     | Huyện Mộc Châu | Bùi Minh Đức    | 912345605     | ttmocchau@sonla.gov.vn     | 3
SỞ TÀI CHÍNH                | sở           |                | Đỗ Thu Hà       | 0212 3852 202 | stc@sonla.gov.vn           | 2
SỞ Y TẾ                     | sở           |                | Cầm Văn Bình    | 0212 3852 303 | syt@sonla.gov.vn           | 4
Công ty Cổ phần Chè Mộc Sơn | doanh nghiệp |                | Trần Quốc Toản  | 912345606     | chemocson@sonla.vn         | 2
"""
"""The office's own list: new units in capitals, the district above them in four spellings."""

OWN = {
    "HUYỆN MỘC CHÂU": "Huyện Mộc Châu", "XÃ CHIỀNG HẮC": "Xã Chiềng Hắc",
    "Xã Đông Sang": "Xã Đông Sang", "Xã Lóng Sập": "Xã Lóng Sập", "Xã Tân Lập": "Xã Tân Lập",
    "Thị trấn Mộc Châu": "Thị trấn Mộc Châu", "Sở Tài chính": "Sở Tài chính",
    "Sở Y tế": "Sở Y tế", "Công ty Cổ phần Chè Mộc Sơn": "Công ty Cổ phần Chè Mộc Sơn",
}  # fmt: skip
SAID = {
    "Cơ quan cấp trên của Ban": "Sở Nội vụ tỉnh Sơn La",
    "Tên Ban": "Ban Thi đua - Khen thưởng tỉnh",
    "Địa danh": "Sơn La",
    "Địa phương": "tỉnh Sơn La",
    "Họ tên người ký": "Quàng Thị Vân",
    "Điện thoại của Ban": "0212 3852 456",
    "Thư điện tử nhận biểu": "banthidua@sonla.gov.vn",
    "Ký hiệu công văn": "BTĐKT-TH",
}
LETTER = "Công văn số 15/BTĐKT-TH ngày 10/01/2015 của Ban Thi đua - Khen thưởng tỉnh"

# --- what the units send ---------------------------------------------------------------------

FORMS = """
tệp                | đơn vị                      | đến         | tình trạng     | ngày KH   | ngày TH   | người | hình thức | KH  | ĐH KH | KM KH | khác KH | TH  | ĐH TH | KM TH | khác TH | nữ | dân tộc | tập thể | cá nhân | hộ | bầu
Chiềng Hắc         | Xã Chiềng Hắc               | 10/3 09:00  | Đã tổ chức     | 5/3/2015  | 5/3/2015  | 45    | Toàn thể  | 40  | 10    | 12    | 18      | 38  | 10    | 12    | 16      | 15 | 30      | 2       | 8       | 1  | 3
Đông Sang          | Xã Đông Sang                | 12/3 14:00  | Đã tổ chức     | 10/3/2015 | 10/3/2015 | 50    | Toàn thể  | 44  | 12    | 12    | 20      | 44  | 12    | 12    | 20      | 20 | 35      | 1       | 11      | 2  | 2
Che Moc Son        | Công ty Cổ phần Chè Mộc Sơn | 13/3 08:00  | Đã tổ chức     | 7/3/2015  | 7/3/2015  | 412   | Đại biểu  | 100 | 70    | 30    |         | 100 | 70    | 30    |         | 55 | 20      | 3       | 60      | 0  | 2
BC nhap Tan Lap    | Xã Tân Lập                  | 14/3 08:00  | Đã tổ chức     | 12/3/2015 | 12/3/2015 | 52    | Toàn thể  | 50  | 13    | 12    | 25      | 50  | 13    | 12    | 25      | 22 | 41      | 3       | 9       | 1  | 2
Long Sap           | Xã Lóng Sập                 | 23/3 10:00  | Đã có kế hoạch | 27/3/2015 |           | 38    | Toàn thể  | 36  | 9     | 10    | 17      |     |       |       |         | 14 | 36      |         |         |    |
Moc Chau           | Huyện Mộc Châu              | 24/3 15:00  | Đã có kế hoạch | 22/5/2015 |           |       |           | 200 | 140   | 60    |         |     |       |       |         | 80 | 120     |         |         |    |
STC                | Sở Tài chính                | 25/3 08:00  | Đã có kế hoạch | 20/5/2015 |           |       |           | 66  | 42    | 18    |         |     |       |       |         | 30 | 12      |         |         |    |
"""
LATE = """
tệp                | đơn vị                      | đến         | tình trạng     | ngày KH   | ngày TH   | người | hình thức | KH  | ĐH KH | KM KH | khác KH | TH  | ĐH TH | KM TH | khác TH | nữ | dân tộc | tập thể | cá nhân | hộ | bầu
Tan Lap            | Xã Tân Lập                  | 30/3 09:00  | Đã tổ chức     | 19/3/2015 | 19/3/2015 | 52    | Toàn thể  | 48  | 12    | 12    | 24      | 46  | 12    | 12    | 22      | 19 | 38      | 2       | 9       | 1  | 2
TT Moc Chau        | Thị trấn Mộc Châu           | 30/3 10:00  | Đã tổ chức     | 26/3/2015 | 26/3/2015 | 60    | Toàn thể  | 55  | 15    | 14    | 26      | 52  | 15    | 14    | 23      | 25 | 31      | 2       | 12      | 3  | 3
Che Moc Son sua    | Công ty Cổ phần Chè Mộc Sơn | 30/3 11:00  | Đã tổ chức     | 7/3/2015  | 7/3/2015  | 412   | Đại biểu  | 100 | 70    | 30    |         | 98  | 70    | 28    |         | 53 | 20      | 3       | 60      | 0  | 2
"""
WHOLE_DAY = ("Đông Sang", "Hội trường chỉ cho thuê cả ngày.")


def send_all(forms: Path, to: Path, rows: str) -> None:
    """Fill in the forms that went out, and save what comes back with the hour at which it came."""
    heads, *lines = table(rows)
    for line in lines:
        one = dict(zip(heads, line, strict=True))
        day, hour = one["đến"].split()
        is_held = one["tình trạng"] == "Đã tổ chức"
        explains = one["tệp"] == WHOLE_DAY[0]
        single = {
            "Tình trạng": one["tình trạng"], "Lần thứ": "IV", "Địa điểm": "Hội trường đơn vị",
            "Thời lượng": "1 ngày" if explains else "1/2 ngày",
            "Đại hội Đảng của đơn vị": "Chưa ấn định",
            "Số, ký hiệu kế hoạch chi tiết": "12/KH-ĐV", "Ngày ban hành kế hoạch": "28/8/2014",
            "Chủ trì (họ tên, chức vụ)": "Lò Văn Thiên, Thủ trưởng", "Là Hội nghị điểm": "Không",
            "Nội dung chương trình (đủ, hay thiếu số nào)": "đủ", "Số báo cáo tham luận": "3",
            "Người lập biểu": "Vàng Thị Mỷ", "Thủ trưởng đơn vị": "Lò Văn Thiên",
        }  # fmt: skip
        if one["người"]:
            single |= {
                "Số cán bộ, công chức, viên chức, người lao động": one["người"],
                "Ngày tính số người": "25/8/2014", "Hình thức Hội nghị": one["hình thức"],
            }  # fmt: skip
        if is_held:
            single |= {
                "Số, ký hiệu công văn gửi kèm": "25/BC-ĐV", "Ngày công văn": one["ngày TH"],
                "Số, ký hiệu báo cáo tổng kết": "24/BC-ĐV", "Ngày báo cáo tổng kết": one["ngày TH"],
                "Tập thể được biểu dương": one["tập thể"],
                "Cá nhân được biểu dương": one["cá nhân"],
                "Hộ gia đình được biểu dương": one["hộ"],
                "Đại biểu được bầu đi dự Đại hội cấp trên": one["bầu"],
            }  # fmt: skip
        roster = persons(one["đơn vị"], int(one["ĐH TH"] or 0), int(one["bầu"] or 0))
        (form,) = forms.rglob(FORMS_OUT[one["đơn vị"]])
        send(
            form,
            to / f"{one['tệp']}.xlsx",
            datetime.strptime(f"{day}/2015 {hour}", "%d/%m/%Y %H:%M"),
            single=single,
            planned=_people(one, "KH"),
            actual=_people(one, "TH") if is_held else {},
            tables={"Danh sách": list(roster)},
            explains={"Thời lượng Hội nghị cấp xã, doanh nghiệp": WHOLE_DAY[1]} if explains else {},
        )


def _people(one: Mapping[str, str], column: str) -> Mapping[str, str]:
    people = {
        "Ngày tổ chức Hội nghị": one[f"ngày {column}"],
        "Tổng số đại biểu": one[column],
        "Đại biểu điển hình tiên tiến": one[f"ĐH {column}"],
        "Người trực tiếp sản xuất, công tác": one[f"ĐH {column}"],
        "Khách mời và lãnh đạo": one[f"KM {column}"],
        "Đại biểu nữ": one["nữ"],
        "Đại biểu dân tộc thiểu số": one["dân tộc"],
    }
    if one["người"]:
        people["Thành phần dự khác (Hội nghị toàn thể)"] = one[f"khác {column}"]
    return people


FORMS_OUT = {
    "Huyện Mộc Châu": "*-huyen-moc-chau-2015-03.xlsx",
    "Xã Chiềng Hắc": "huyen-moc-chau/*-xa-chieng-hac-2015-03.xlsx",
    "Xã Đông Sang": "huyen-moc-chau/*-xa-dong-sang-2015-03.xlsx",
    "Xã Lóng Sập": "huyen-moc-chau/*-xa-long-sap-2015-03.xlsx",
    "Xã Tân Lập": "huyen-moc-chau/*-xa-tan-lap-2015-03.xlsx",
    "Thị trấn Mộc Châu": "huyen-moc-chau/*-thi-tran-moc-chau-2015-03.xlsx",
    "Sở Tài chính": "stc-so-tai-chinh-2015-03.xlsx",
    "Sở Y tế": "syt-so-y-te-2015-03.xlsx",
    "Công ty Cổ phần Chè Mộc Sơn": "*-cong-ty-co-phan-che-moc-son-2015-03.xlsx",
}

# --- the month -------------------------------------------------------------------------------

RIGHT, WRONG, LATER = "2015-03-26 17:00", "2015-03-16 17:00", "2015-04-01 17:00"
MONTH = ("--month", "2015-03")
SETTINGS, CONTROL = Path("output/thiet-lap.xlsx"), Path("output/so-quyet-dinh.xlsx")
BOOK, SIGNED = Path("output/2015-03/tong-hop-2015-03.xlsx"), Path("output/2015-03/ban-hanh")


def ask(*arguments: object) -> list[str]:
    """Give a command as it is typed; return what the screen says, line by line."""
    done = CliRunner().invoke(program, [str(one) for one in arguments], prog_name="tdkt-batch")
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def run(*paths: str, until: str) -> list[str]:
    return ask("run", *paths, *MONTH, "--received-until", until, "--workers", 1)


@dataclass(frozen=True, kw_only=True)
class Month:
    """What is there when the month is over; ``said`` what the screen said, by step."""

    folder: Path
    said: Mapping[str, list[str]]

    def version(self, number: int) -> Path:
        """Return the book that was signed first, or second."""
        return self.folder / SIGNED / f"lan-{number}" / BOOK.name


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    folder = tmp_path_factory.mktemp("so-noi-vu")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return Month(folder=folder, said=_work())


def _work() -> dict[str, list[str]]:
    said = {}
    forms, inbox = Path("output/bieu-gui-di/2015-03"), Path("nhan/2015-03")
    register = write_list(Path("Danh sach don vi 2015.xlsx"), TITLE, LIST)
    said["init"] = ask("init", "--register", register)
    set_up(SETTINGS, SAID, LETTER, OWN)
    said["templates"] = ask("templates", "--all-units", *MONTH)
    send_all(forms, inbox, FORMS)
    said["first"] = run(str(inbox), until=RIGHT)
    for sheet, rows, in_row_of in DECIDED:
        enter(CONTROL, sheet, rows, in_row_of)
    said["wrong"] = run(until=WRONG)
    shutil.copy(BOOK, "sai.xlsx")
    said["forgotten"] = ask("months", "--forget-run", 2)
    said["right"] = run(until=RIGHT)
    shutil.copy(CONTROL, "so-quyet-dinh truoc ban hanh.xlsx")
    shutil.copytree("output/2015-03/thong-bao", "thong-bao")
    said["issued"] = ask("issue", *MONTH)
    send_all(forms, inbox, LATE)
    enter(CONTROL, *EXCUSED)
    said["later"] = run(str(inbox), until=LATER)
    said["issued again"] = ask("issue", *MONTH)
    said["months"] = ask("months")
    return said


DECIDED = (
    (
        "Tệp không dùng",
        """
        Tệp                  | Lý do                  | Người quyết định | Ngày quyết định
        BC nhap Tan Lap.xlsx | Bản nháp, xã gửi nhầm  | Trưởng ban       | 27/3/2015
        """,
        None,
    ),
    (
        "Đính chính số liệu",
        """
        Mã đơn vị | Chỉ tiêu                    | Giá trị đúng | Ai báo     | Ngày báo  | Lý do    | Người ghi sổ
        STC       | Tổng số đại biểu (kế hoạch) | 60           | Chị Thu Hà | 27/3/2015 | Gõ nhầm  | Vàng Thị Mỷ
        """,
        None,
    ),
    (
        "Cần quyết định",
        """
        Quyết định | Lý do                         | Người quyết định | Ngày quyết định
        Chấp nhận  | Hội trường chỉ cho thuê cả ngày | Trưởng ban       | 27/3/2015
        """,
        {"Đơn vị": "Xã Đông Sang", "Về việc": "Xét giải trình"},
    ),
)
EXCUSED = (
    "Không phải báo cáo",
    """
    Mã đơn vị | Nội dung                | Lý do                         | Người quyết định | Ngày quyết định
    SYT       | Không tổ chức Hội nghị  | Tổ chức chung với ngành dọc   | Trưởng ban       | 31/3/2015
    """,
)

# --- what must be seen -----------------------------------------------------------------------


def truth(text: str) -> list[dict[str, str]]:
    """Return the rows of a table of the truth by its heads, shares as the books show them."""
    heads, *rows = table(text)
    return [dict(zip(heads, map(share, row), strict=True)) for row in rows]


def only(found: Iterable[Mapping[str, str]], heads: Iterable[str]) -> list[dict[str, str]]:
    """Return these columns of what was found."""
    return [{head: one[head] for head in heads} for one in found]


def test_the_offices_list_is_the_register_with_codes_parents_and_telephones(month):
    assert sum("thêm 7 đơn vị mới" in line for line in month.said["init"]) == 1
    assert month.said["templates"][-1] == "Đã ghi 9 biểu vào output/bieu-gui-di/2015-03."
    book = openpyxl.load_workbook(month.folder / SETTINGS)["Đơn vị"]
    head, columns = columns_below(book, "Tên đơn vị")
    rows = [
        {
            name: shown(row[at - 1]).partition(" – ")[2] or shown(row[at - 1])
            for name, at in columns.items()
        }
        for row in book.iter_rows(min_row=head + 1, values_only=True)
        if any(row)
    ]
    asked = truth("""
        Tên đơn vị                  | Loại         | Trực thuộc     | Người liên hệ  | Điện thoại    | Phân bổ đại biểu
        Sở Tài chính                | sở           |                | Đỗ Thu Hà      | 0212 3852 202 | 2
        Sở Y tế                     | sở           |                | Cầm Văn Bình   | 0212 3852 303 | 4
        Huyện Mộc Châu              | huyện        |                | Hà Thị Lan     | 0212 3866 101 | 12
        Xã Chiềng Hắc               | xã           | HUYỆN MỘC CHÂU | Lường Văn Thân | 0912345601    | 3
        Xã Đông Sang                | xã           | HUYỆN MỘC CHÂU | Vì Thị Oanh    | 0912345602    | 2
        Xã Lóng Sập                 | xã           | HUYỆN MỘC CHÂU | Sồng A Dế      | 0912345603    | 2
        Xã Tân Lập                  | xã           | HUYỆN MỘC CHÂU | Hoàng Văn Chất | 0912345604    | 2
        Thị trấn Mộc Châu           | thị trấn     | HUYỆN MỘC CHÂU | Bùi Minh Đức   | 0912345605    | 3
        Công ty Cổ phần Chè Mộc Sơn | doanh nghiệp |                | Trần Quốc Toản | 0912345606    | 2
        """)
    assert only(rows, asked[0]) == asked


def test_the_screen_says_each_step_and_the_next(month):
    said = {step: [lines[0], lines[-1]] for step, lines in month.said.items()}
    assert said["first"] == [
        "Lần chạy đầu của kỳ này: chưa có lần trước để so.",
        "Việc tiếp theo: quyết định 1 nội dung; gọi 2 đơn vị; gửi 1 biểu có đề nghị.",
    ]
    # three came after the wrong moment, and the draft is set aside
    assert said["wrong"][0] == (
        "Từ lần chạy trước (lần ấy lấy số liệu đến 17 giờ 00 ngày 26/03/2015): 3 quyết định của Ban, "
        "4 báo cáo không còn được tính. Đã tính lại theo quyết định: 2 nội dung (Xã Đông Sang: không "
        "còn đếm; tệp BC nhap Tan Lap.xlsx: không còn tính tệp này)."
    )
    assert said["right"] == [
        (
            "Từ lần chạy trước (lần ấy lấy số liệu đến 17 giờ 00 ngày 26/03/2015): 2 nội dung không còn "
            "nêu, 3 quyết định của Ban, 1 báo cáo không còn được tính. Đã tính lại theo quyết định: 3 nội "
            "dung (Xã Đông Sang: không còn đếm; Sở Tài chính: đã tính theo số đúng; tệp BC nhap Tan "
            "Lap.xlsx: không còn tính tệp này)."
        ),
        # the unit of the draft that is set aside gets a fresh form
        "Việc tiếp theo: gọi 3 đơn vị; gửi 1 biểu có đề nghị.",
    ]
    assert said["later"] == [
        (
            "Từ lần chạy trước (lần ấy lấy số liệu đến 17 giờ 00 ngày 26/03/2015): 3 báo cáo mới nhận, 1 "
            "nội dung không còn nêu, 3 nội dung mới, 1 quyết định của Ban. Đã tính lại theo quyết định: 1 "
            "nội dung (Sở Y tế: không còn tính là chưa gửi)."
        ),
        # an enterprise reports two delegates fewer than it had, and nobody had asked it
        "Việc tiếp theo: quyết định 1 nội dung; gửi 1 biểu có đề nghị.",
    ]
    assert any("là bản điều chỉnh lần 1" in line for line in month.said["later"])
    assert "(lần 1)" in said["issued"][0]
    assert "(lần 2)" in said["issued again"][0]
    assert (
        "Đã bỏ lần chạy số 2 (tháng 3/2015, số liệu đến 17 giờ 00 ngày 16/03/2015)"
        in said["months"][1]
    )


def test_the_wrong_moment_was_seen_and_left_nothing(month):
    wrong = {
        one["Chỉ tiêu"]: one for one in records(month.folder / "sai.xlsx", "Tổng hợp", "Chỉ tiêu")
    }
    assert wrong["Đơn vị đã gửi báo cáo dùng được"]["Thực hiện trong tháng"] == "3"
    for number in (1, 2):
        sheet = opened(month.version(number))["Sổ tiếp nhận"]
        assert not any(
            "16/3/2015" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row
        )


PAGE = """
    Chỉ tiêu                                            | KH  | tháng | lũy kế | tỷ lệ  | KH 2 | tháng 2 | lũy kế 2 | tỷ lệ 2
    Đơn vị đã gửi báo cáo dùng được                     | 9   | 6     |        | 6/9    | 8    | 8       |          | 8/8
    Chưa gửi báo cáo                                    |     | 2     |        | 2/9    |      | 0       |          | 0/8
    Đã gửi nhưng chưa dùng được                         |     | 1     |        | 1/9    |      | 0       |          | 0/8
    Chưa từng có báo cáo dùng được                      |     | 3     |        |        |      | 0       |          |
    Hội nghị đã tổ chức                                 | 6   | 3     | 3      | 3/9    | 8    | 5       | 5        | 5/8
    Xã, phường, thị trấn                                | 3   | 2     | 2      | 2/5    | 5    | 4       | 4        | 4/5
    Doanh nghiệp                                        | 1   | 1     | 1      | 1/1    | 1    | 1       | 1        | 1/1
    Huyện, thành phố                                    | 1   | 0     | 0      | 0/1    | 1    | 0       | 0        | 0/1
    Sở, ban, ngành, đoàn thể tỉnh                       | 1   | 0     | 0      | 0/2    | 1    | 0       | 0        | 0/1
    Báo không tổ chức                                   |     |       | 0      |        |      |         | 0        |
    Quá thời gian quy định, chưa tổ chức                |     |       | 0      |        |      |         | 0        |
    Qua ngày dự kiến, chưa báo tổ chức                  |     |       | 0      |        |      |         | 1        |
    Tổng số đại biểu                                    | 480 | 182   | 182    |        | 583  | 278     | 278      |
    Đại biểu điển hình tiên tiến                        | 283 | 92    | 92     | 92/182 | 310  | 119     | 119      | 119/278
    Đại biểu nữ                                         | 214 | 90    | 90     | 90/182 | 256  | 132     | 132      | 132/278
    Đại biểu dân tộc thiểu số                           | 253 | 85    | 85     | 85/182 | 322  | 154     | 154      | 154/278
    Điển hình tiên tiến của Hội nghị phải bảo đảm tỷ lệ |     | 70    | 70     | 70/100 |      | 70      | 70       | 70/98
    Đại biểu được bầu đi dự Đại hội cấp trên            | 32  | 7     | 7      | 7/32   | 32   | 12      | 12       | 12/32
    Nội dung chưa đúng Hướng dẫn                        |     | 0     |        |        |      | 0       |          |
    Nội dung cần giải trình                             |     | 0     |        |        |      | 1       |          |
    Gửi báo cáo đúng hạn                                |     | 5     |        |        |      | 5       |          |
    Gửi báo cáo muộn                                    |     | 1     |        |        |      | 3       |          |
    Đến sau thời điểm chốt số liệu                      |     | 0     |        | 0/9    |      | 0       |          | 0/8
    Không phải gửi báo cáo                              | –   | –     | –      | –      |      | 1       |          |
    Đơn vị có số liệu đến nay                           |     |       | 6      | 6/9    |      |         | 8        | 8/8
    Đã có kế hoạch, chưa tổ chức                        |     |       | 3      |        |      |         | 3        |
    Hội nghị toàn thể đã tổ chức                        |     | 2     | 2      |        |      | 4       | 4        |
    Hội nghị đại biểu cấp xã, doanh nghiệp đã tổ chức   |     | 1     | 1      |        |      | 1       | 1        |
    Khách mời và lãnh đạo                               | 142 | 54    | 54     | 54/182 | 168  | 78      | 78       | 78/278
    Thành phần dự khác (Hội nghị toàn thể)              | 55  | 36    | 36     | 36/182 | 105  | 81      | 81       | 81/278
    Đại biểu của Hội nghị phải bảo đảm tỷ lệ điển hình  |     | 100   | 100    |        |      | 98      | 98       |
    Người trực tiếp sản xuất, công tác                  |     | 92    | 92     |        |      | 119     | 119      |
    Tập thể được biểu dương                             |     | 6     | 6      |        |      | 10      | 10       |
    Cá nhân được biểu dương                             |     | 79    | 79     |        |      | 100     | 100      |
    Hộ gia đình được biểu dương                         |     | 3     | 3      |        |      | 7       | 7        |
    Người được đánh dấu được bầu trong danh sách        |     |       | 7      |        |      |         | 12       |
    Nội dung lưu ý                                      |     | 3     |        |        |      | 4       |          |
    Đã chấp nhận giải trình (tính riêng)                |     | 1     |        |        |      | 1       |          |
    Số báo cáo tham luận                                |     | 9     | 9      |        |      | 15      | 15       |
"""
"""The page that is signed, and the details below it, of both versions; what is not here is 0."""
PAGE_HEADS = {
    "KH": "Kế hoạch",
    "tháng": "Thực hiện trong tháng",
    "lũy kế": "Lũy kế",
    "tỷ lệ": "Tỷ lệ",
}


@pytest.mark.parametrize(("number", "suffix"), [(1, ""), (2, " 2")])
def test_each_figure_of_the_page_that_is_signed(month, number, suffix):
    found = {one["Chỉ tiêu"]: one for one in records(month.version(number), "Tổng hợp", "Chỉ tiêu")}
    asked = {one.pop("Chỉ tiêu"): one for one in truth(PAGE)}
    for label, cells in asked.items():
        row = found.pop(label, None)
        told = {short: row[head] if row else "–" for short, head in PAGE_HEADS.items()}
        assert told == {short: cells[short + suffix] for short in PAGE_HEADS}, label
    for label, row in found.items():
        assert {row[head] for head in PAGE_HEADS.values()} <= {"", "0", "0.000000"}, label


DISTRICTS = """
    nơi                           | đơn vị | phải gửi | dùng được | muộn | còn lại | phải tổ chức | đã tổ chức | tỷ lệ | đã có KH | chưa rõ | KH  | TH  | lưu ý | chấp nhận
    Huyện Mộc Châu                | 5      | 5        | 3         | 1    | 2       | 5            | 2          | 2/5   | 1        | 2       | 120 | 82  | 1     | 1
    Xã, phường, thị trấn          | 5      | 5        | 3         | 1    | 2       | 5            | 2          | 2/5   | 1        | 2       | 120 | 82  | 1     | 1
    Doanh nghiệp                  | 1      | 1        | 1         | 0    | 0       | 1            | 1          | 1/1   | 0        | 0       | 100 | 100 | 0     | 0
    Huyện, thành phố              | 1      | 1        | 1         | 0    | 0       | 1            | 0          | 0/1   | 1        | 0       | 200 | 0   | 2     | 0
    Sở, ban, ngành, đoàn thể tỉnh | 2      | 2        | 1         | 0    | 1       | 2            | 0          | 0/2   | 1        | 1       | 60  | 0   | 0     | 0
    Toàn tỉnh                     | 9      | 9        | 6         | 1    | 3       | 9            | 3          | 3/9   | 3        | 3       | 480 | 182 | 3     | 1
"""
DISTRICTS_2 = """
    nơi                           | đơn vị | phải gửi | dùng được | muộn | còn lại | phải tổ chức | đã tổ chức | tỷ lệ | đã có KH | chưa rõ | KH  | TH  | lưu ý | chấp nhận
    Huyện Mộc Châu                | 5      | 5        | 5         | 3    | 0       | 5            | 4          | 4/5   | 1        | 0       | 223 | 180 | 3     | 1
    Xã, phường, thị trấn          | 5      | 5        | 5         | 3    | 0       | 5            | 4          | 4/5   | 1        | 0       | 223 | 180 | 3     | 1
    Doanh nghiệp                  | 1      | 1        | 1         | 0    | 0       | 1            | 1          | 1/1   | 0        | 0       | 100 | 98  | 0     | 0
    Huyện, thành phố              | 1      | 1        | 1         | 0    | 0       | 1            | 0          | 0/1   | 1        | 0       | 200 | 0   | 1     | 0
    Sở, ban, ngành, đoàn thể tỉnh | 2      | 1        | 1         | 0    | 0       | 1            | 0          | 0/1   | 1        | 0       | 60  | 0   | 0     | 0
    Toàn tỉnh                     | 9      | 8        | 8         | 3    | 0       | 8            | 5          | 5/8   | 3        | 0       | 583 | 278 | 4     | 1
"""
DISTRICT_HEADS = {
    "nơi": "Huyện, ngành, loại đơn vị", "đơn vị": "Gửi báo cáo (đơn vị)/Số đơn vị",
    "phải gửi": "Gửi báo cáo (đơn vị)/Phải gửi", "dùng được": "Gửi báo cáo (đơn vị)/Dùng được",
    "muộn": "Gửi báo cáo (đơn vị)/Trong đó muộn", "còn lại": "Gửi báo cáo (đơn vị)/Còn lại",
    "phải tổ chức": "Hội nghị/Phải tổ chức", "đã tổ chức": "Hội nghị/Đã tổ chức",
    "tỷ lệ": "Hội nghị/Tỷ lệ", "đã có KH": "Hội nghị/Đã có KH", "chưa rõ": "Hội nghị/Chưa rõ",
    "KH": "Đại biểu (người)/Kế hoạch", "TH": "Đại biểu (người)/Thực hiện",
    "lưu ý": "Cần xem xét (tiếp)/Lưu ý", "chấp nhận": "Cần xem xét (tiếp)/Chấp nhận GT",
}  # fmt: skip


@pytest.mark.parametrize(("number", "asked"), [(1, DISTRICTS), (2, DISTRICTS_2)])
def test_province_and_district(month, number, asked):
    found = records(
        month.version(number), "Theo huyện, ngành", "Huyện, ngành, loại đơn vị", heads=2
    )
    places = [one["nơi"] for one in truth(asked)]
    told = [
        {short: one[head] for short, head in DISTRICT_HEADS.items()}
        for one in found
        if one["Huyện, ngành, loại đơn vị"] in places
    ]
    assert told == truth(asked)


UNITS = """
    Đơn vị                      | gửi                    | tình trạng     | dự kiến   | tổ chức   | qua ngày | KH  | TH  | ĐH | tỷ lệ  | lưu ý | chấp nhận | kết luận
    Sở Tài chính                | Đúng hạn               | Đã có kế hoạch | 20/5/2015 |           |          | 60  |     |    |        | 0     | 0         | Đạt
    Sở Y tế                     | Chưa gửi               |                |           |           |          |     |     |    |        |       |           | Chưa gửi
    Huyện Mộc Châu              | Đúng hạn               | Đã có kế hoạch | 22/5/2015 |           |          | 200 |     |    |        | 2     | 0         | Lưu ý
    Xã Chiềng Hắc               | Đúng hạn               | Đã tổ chức     | 5/3/2015  | 5/3/2015  |          | 40  | 38  | 10 | 10/38  | 0     | 0         | Đạt
    Xã Đông Sang                | Đúng hạn               | Đã tổ chức     | 10/3/2015 | 10/3/2015 |          | 44  | 44  | 12 | 12/44  | 0     | 1         | Chấp nhận giải trình
    Xã Lóng Sập                 | Gửi muộn               | Đã có kế hoạch | 27/3/2015 |           |          | 36  |     |    |        | 1     | 0         | Lưu ý
    Xã Tân Lập                  | Đã gửi, chưa dùng được |                |           |           |          |     |     |    |        |       |           | Đã gửi, Ban không dùng
    Thị trấn Mộc Châu           | Chưa gửi               |                |           |           |          |     |     |    |        |       |           | Chưa gửi
    Công ty Cổ phần Chè Mộc Sơn | Đúng hạn               | Đã tổ chức     | 7/3/2015  | 7/3/2015  |          | 100 | 100 | 70 | 70/100 | 0     | 0         | Đạt
"""
UNITS_2 = """
    Đơn vị                      | gửi                    | tình trạng     | dự kiến   | tổ chức   | qua ngày | KH  | TH  | ĐH | tỷ lệ  | lưu ý | chấp nhận | kết luận
    Sở Tài chính                | Đúng hạn               | Đã có kế hoạch | 20/5/2015 |           |          | 60  |     |    |        | 0     | 0         | Đạt
    Sở Y tế                     | Không phải gửi         |                |           |           |          |     |     |    |        |       |           | Không phải gửi
    Huyện Mộc Châu              | Đúng hạn               | Đã có kế hoạch | 22/5/2015 |           |          | 200 |     |    |        | 1     | 0         | Lưu ý
    Xã Chiềng Hắc               | Đúng hạn               | Đã tổ chức     | 5/3/2015  | 5/3/2015  |          | 40  | 38  | 10 | 10/38  | 0     | 0         | Đạt
    Xã Đông Sang                | Đúng hạn               | Đã tổ chức     | 10/3/2015 | 10/3/2015 |          | 44  | 44  | 12 | 12/44  | 0     | 1         | Chấp nhận giải trình
    Xã Lóng Sập                 | Gửi muộn               | Đã có kế hoạch | 27/3/2015 |           | x        | 36  |     |    |        | 1     | 0         | Lưu ý
    Xã Tân Lập                  | Gửi muộn               | Đã tổ chức     | 19/3/2015 | 19/3/2015 |          | 48  | 46  | 12 | 12/46  | 1     | 0         | Lưu ý
    Thị trấn Mộc Châu           | Gửi muộn               | Đã tổ chức     | 26/3/2015 | 26/3/2015 |          | 55  | 52  | 15 | 15/52  | 1     | 0         | Lưu ý
    Công ty Cổ phần Chè Mộc Sơn | Đúng hạn               | Đã tổ chức     | 7/3/2015  | 7/3/2015  |          | 100 | 98  | 70 | 70/98  | 0     | 0         | Cần giải trình
"""
UNIT_HEADS = {
    "Đơn vị": "Đơn vị", "gửi": "Gửi báo cáo", "tình trạng": "Hội nghị/Tình trạng",
    "dự kiến": "Hội nghị/Ngày dự kiến", "tổ chức": "Hội nghị/Ngày tổ chức",
    "qua ngày": "Hội nghị/Qua ngày dự kiến", "KH": "Đại biểu (người)/Kế hoạch",
    "TH": "Đại biểu (người)/Thực hiện", "ĐH": "Đại biểu (người)/Điển hình",
    "tỷ lệ": "Đại biểu (người)/Tỷ lệ", "lưu ý": "Cần xem xét/Lưu ý",
    "chấp nhận": "Cần xem xét/Chấp nhận GT", "kết luận": "Kết luận",
}  # fmt: skip


@pytest.mark.parametrize(("number", "asked"), [(1, UNITS), (2, UNITS_2)])
def test_each_unit_in_its_state_with_its_figures(month, number, asked):
    found = records(month.version(number), "Theo đơn vị", "Đơn vị", heads=2)
    told = [{short: one[head] for short, head in UNIT_HEADS.items()} for one in found if one["STT"]]
    assert told == truth(asked)
    to_explain = [one["Cần xem xét/Cần giải trình"] for one in found if one["STT"]]
    concluded = [one["kết luận"] == "Cần giải trình" for one in truth(asked)]
    assert [one not in {"", "0"} for one in to_explain] == concluded
    never = {"Quá thời gian": "Hội nghị", "Chưa đúng HD": "Cần xem xét",
             "Chưa đủ SL": "Cần xem xét",
             "Sai số học": "Cần xem xét", "Lỗi SL": "Cần xem xét"}  # fmt: skip
    assert {one[f"{above}/{head}"] for one in found for head, above in never.items()} <= {"", "0"}


ADDED_BY_FORM = {
    "Kế hoạch": "KH", "Thực hiện": "TH", "Điển hình": "ĐH TH", "Khách mời và lãnh đạo": "KM TH",
    "Thành phần dự khác (Hội nghị toàn thể)": "khác TH",
    "Đại biểu điển hình tiên tiến (kế hoạch)": "ĐH KH",
    "Khách mời và lãnh đạo (kế hoạch)": "KM KH",
    "Thành phần dự khác (Hội nghị toàn thể) (kế hoạch)": "khác KH",
    "Đại biểu nữ (kế hoạch)": "nữ", "Đại biểu dân tộc thiểu số (kế hoạch)": "dân tộc",
    "Người trực tiếp sản xuất, công tác": "ĐH TH", "Được bầu trong danh sách": "bầu",
    "Tập thể được biểu dương": "tập thể", "Cá nhân được biểu dương": "cá nhân",
    "Hộ gia đình được biểu dương": "hộ", "Đại biểu được bầu đi dự Đại hội cấp trên": "bầu",
}  # fmt: skip
"""What each unit adds to a figure is what stands in its form."""


@pytest.mark.parametrize(("number", "sent"), [(1, (FORMS,)), (2, (FORMS, LATE))])
def test_each_unit_adds_what_its_form_says_or_the_board_corrected(month, number, sent):
    typed = {one["đơn vị"]: one for rows in sent for one in _rows_of(rows)}
    typed["Sở Tài chính"]["KH"] = "60"
    if number == 1:
        del typed["Xã Tân Lập"]  # whose draft is set aside
    found = records(month.version(number), "Số liệu", "Đơn vị", heads=2)
    units = {
        one["Đơn vị"]: {k.rpartition("/")[2]: v for k, v in one.items()}
        for one in found
        if one["STT"]
    }
    assert len(units) == 9
    for unit, cells in units.items():
        told = {head: cells[head].strip("?") or "0" for head in ADDED_BY_FORM}
        form = typed.get(unit, {})
        assert told == {head: form.get(place) or "0" for head, place in ADDED_BY_FORM.items()}, unit


def _rows_of(rows: str) -> list[dict[str, str]]:
    heads, *lines = table(rows)
    return [dict(zip(heads, line, strict=True)) for line in lines]


ARRIVED = """
    Tệp                  | Đơn vị                      | Trạng thái       | Thời điểm đến   | Trạng thái 2
    BC nhap Tan Lap.xlsx | Xã Tân Lập                  | Ban không dùng   | 14/3/2015 08:00 | Ban không dùng
    Che Moc Son sua.xlsx | Công ty Cổ phần Chè Mộc Sơn |                  | 30/3/2015 11:00 | Đã dùng
    Che Moc Son.xlsx     | Công ty Cổ phần Chè Mộc Sơn | Đã dùng          | 13/3/2015 08:00 | Đã có bản mới hơn
    Chiềng Hắc.xlsx      | Xã Chiềng Hắc               | Đã dùng          | 10/3/2015 09:00 | Đã dùng
    Long Sap.xlsx        | Xã Lóng Sập                 | Đã dùng          | 23/3/2015 10:00 | Đã dùng
    Moc Chau.xlsx        | Huyện Mộc Châu              | Đã dùng          | 24/3/2015 15:00 | Đã dùng
    STC.xlsx             | Sở Tài chính                | Đã dùng          | 25/3/2015 08:00 | Đã dùng
    TT Moc Chau.xlsx     | Thị trấn Mộc Châu           |                  | 30/3/2015 10:00 | Đã dùng
    Tan Lap.xlsx         | Xã Tân Lập                  |                  | 30/3/2015 09:00 | Đã dùng
    Đông Sang.xlsx       | Xã Đông Sang                | Đã dùng          | 12/3/2015 14:00 | Đã dùng
"""


@pytest.mark.parametrize(("number", "state"), [(1, "Trạng thái"), (2, "Trạng thái 2")])
def test_each_file_in_its_state(month, number, state):
    found = [one for one in records(month.version(number), "Sổ tiếp nhận", "Tệp") if one["STT"]]
    told = [
        tuple(one[h] for h in ("Tệp", "Đơn vị", "Trạng thái", "Thời điểm đến")) for one in found
    ]
    assert told == [
        (one["Tệp"], one["Đơn vị"], one[state], one["Thời điểm đến"])
        for one in _rows_of(ARRIVED)
        if one[state]
    ]


FOUND = """
    Đơn vị            | Mức độ         | Vòng đời             | Mã căn cứ | 1 | 2
    Công ty Cổ phần Chè Mộc Sơn | Cần giải trình | Mới | O5h |   | x
    Huyện Mộc Châu    | Lưu ý          | Mới                  | B8        | x |
    Huyện Mộc Châu    | Lưu ý          | Mới                  | O3        | x | x
    Xã Lóng Sập       | Lưu ý          | Mới                  | AMB30     | x | x
    Xã Tân Lập        | Lưu ý          | Mới                  | AMB30     |   | x
    Thị trấn Mộc Châu | Lưu ý          | Mới                  | AMB30     |   | x
    Xã Đông Sang      | Cần giải trình | Chấp nhận giải trình | A8        | x | x
"""


@pytest.mark.parametrize("number", [1, 2])
def test_each_finding(month, number):
    found = records(month.version(number), "Nội dung cần xem xét", "Đơn vị", heads=2)
    heads = {"Đơn vị": "Đơn vị", "Mức độ": "Mức độ", "Vòng đời": "Vòng đời",
             "Mã căn cứ": "Mã căn cứ"}  # fmt: skip
    told = [tuple(one[head] for head in heads.values()) for one in found]
    assert told == [tuple(one[h] for h in heads) for one in _rows_of(FOUND) if one[str(number)]]


# --- what the adjustment says -----------------------------------------------------------------

TOTALS = """
    nội dung                                                      | ban hành | nay | số đơn vị
    Đơn vị phải gửi báo cáo (đơn vị)                              | 9        | 8   | 1
    Đơn vị đã gửi báo cáo dùng được (đơn vị)                      | 6        | 8   | 2
    Gửi báo cáo muộn (đơn vị)                                     | 1        | 3   | 2
    Chưa gửi báo cáo (đơn vị)                                     | 2        | 0   | 2
    Đã gửi nhưng chưa dùng được (đơn vị)                          | 1        | 0   | 1
    Chưa từng có báo cáo dùng được (đơn vị)                       | 3        | 0   | 3
    Không phải gửi báo cáo (đơn vị)                               | 0        | 1   | 1
    Đơn vị có số liệu đến nay (đơn vị)                            | 6        | 8   | 2
    Hội nghị phải tổ chức (hội nghị)                              | 9        | 8   | 1
    Hội nghị có kế hoạch, kể cả đã tổ chức (hội nghị)             | 6        | 8   | 2
    Hội nghị đã tổ chức (hội nghị)                                | 3        | 5   | 2
    Qua ngày dự kiến, chưa báo tổ chức (hội nghị)                 | 0        | 1   | 1
    Hội nghị toàn thể đã tổ chức (hội nghị)                       | 2        | 4   | 2
    Tổng số đại biểu (kế hoạch) (người)                           | 480      | 583 | 2
    Tổng số đại biểu (người)                                      | 182      | 278 | 3
    Đại biểu điển hình tiên tiến (người)                          | 92       | 119 | 2
    Khách mời và lãnh đạo (người)                                 | 54       | 78  | 3
    Thành phần dự khác (Hội nghị toàn thể) (người)                | 36       | 81  | 2
    Đại biểu nữ (người)                                           | 90       | 132 | 3
    Đại biểu dân tộc thiểu số (người)                             | 85       | 154 | 2
    Đại biểu điển hình tiên tiến (kế hoạch) (người)               | 283      | 310 | 2
    Khách mời và lãnh đạo (kế hoạch) (người)                      | 142      | 168 | 2
    Thành phần dự khác (Hội nghị toàn thể) (kế hoạch) (người)     | 55       | 105 | 2
    Đại biểu nữ (kế hoạch) (người)                                | 214      | 256 | 3
    Đại biểu dân tộc thiểu số (kế hoạch) (người)                  | 253      | 322 | 2
    Đại biểu của Hội nghị phải bảo đảm tỷ lệ điển hình (người)    | 100      | 98  | 1
    Người trực tiếp sản xuất, công tác (người)                    | 92       | 119 | 2
    Tập thể được biểu dương (tập thể)                             | 6        | 10  | 2
    Cá nhân được biểu dương (người)                               | 79       | 100 | 2
    Hộ gia đình được biểu dương (hộ)                              | 3        | 7   | 2
    Đại biểu được bầu đi dự Đại hội cấp trên (người)              | 7        | 12  | 2
    Người được đánh dấu được bầu trong danh sách (người)          | 7        | 12  | 2
    Nội dung cần giải trình (nội dung)                            | 0        | 1   | 1
    Nội dung lưu ý (nội dung)                                     | 3        | 4   | 3
    Số báo cáo tham luận (báo cáo)                                | 9        | 15  | 2
"""
CAME = """
    nội dung                                                      | Xã Tân Lập | Thị trấn Mộc Châu
    Đơn vị đã gửi báo cáo dùng được (đơn vị)                      | +1         | +1
    Gửi báo cáo muộn (đơn vị)                                     | +1         | +1
    Chưa gửi báo cáo (đơn vị)                                     |            | -1
    Đã gửi nhưng chưa dùng được (đơn vị)                          | -1         |
    Chưa từng có báo cáo dùng được (đơn vị)                       | -1         | -1
    Đơn vị có số liệu đến nay (đơn vị)                            | +1         | +1
    Hội nghị có kế hoạch, kể cả đã tổ chức (hội nghị)             | +1         | +1
    Hội nghị đã tổ chức (hội nghị)                                | +1         | +1
    Hội nghị toàn thể đã tổ chức (hội nghị)                       | +1         | +1
    Tổng số đại biểu (kế hoạch) (người)                           | +48        | +55
    Tổng số đại biểu (người)                                      | +46        | +52
    Đại biểu điển hình tiên tiến (người)                          | +12        | +15
    Khách mời và lãnh đạo (người)                                 | +12        | +14
    Thành phần dự khác (Hội nghị toàn thể) (người)                | +22        | +23
    Đại biểu nữ (người)                                           | +19        | +25
    Đại biểu dân tộc thiểu số (người)                             | +38        | +31
    Đại biểu điển hình tiên tiến (kế hoạch) (người)               | +12        | +15
    Khách mời và lãnh đạo (kế hoạch) (người)                      | +12        | +14
    Thành phần dự khác (Hội nghị toàn thể) (kế hoạch) (người)     | +24        | +26
    Đại biểu nữ (kế hoạch) (người)                                | +19        | +25
    Đại biểu dân tộc thiểu số (kế hoạch) (người)                  | +38        | +31
    Người trực tiếp sản xuất, công tác (người)                    | +12        | +15
    Tập thể được biểu dương (tập thể)                             | +2         | +2
    Cá nhân được biểu dương (người)                               | +9         | +12
    Hộ gia đình được biểu dương (hộ)                              | +1         | +3
    Đại biểu được bầu đi dự Đại hội cấp trên (người)              | +2         | +3
    Người được đánh dấu được bầu trong danh sách (người)          | +2         | +3
    Nội dung lưu ý (nội dung)                                     | +1         | +1
    Số báo cáo tham luận (báo cáo)                                | +3         | +3
"""
OTHERS = """
    đơn vị                      | nội dung                                                   | ban hành | nay | chênh
    Sở Y tế                     | Đơn vị phải gửi báo cáo (đơn vị)                           | 1        |     | -1
    Sở Y tế                     | Chưa gửi báo cáo (đơn vị)                                  | 1        |     | -1
    Sở Y tế                     | Chưa từng có báo cáo dùng được (đơn vị)                    | 1        |     | -1
    Sở Y tế                     | Không phải gửi báo cáo (đơn vị)                            |          | 1   | 1
    Sở Y tế                     | Hội nghị phải tổ chức (hội nghị)                           | 1        |     | -1
    Huyện Mộc Châu              | Nội dung lưu ý (nội dung)                                  | 2        | 1   | -1
    Xã Lóng Sập                 | Qua ngày dự kiến, chưa báo tổ chức (hội nghị)              |          | 1   | 1
    Công ty Cổ phần Chè Mộc Sơn | Nội dung cần giải trình (nội dung)                         | 0        | 1   | 1
    Công ty Cổ phần Chè Mộc Sơn | Tổng số đại biểu (người)                                   | 100      | 98  | -2
    Công ty Cổ phần Chè Mộc Sơn | Khách mời và lãnh đạo (người)                              | 30       | 28  | -2
    Công ty Cổ phần Chè Mộc Sơn | Đại biểu nữ (người)                                        | 55       | 53  | -2
    Công ty Cổ phần Chè Mộc Sơn | Đại biểu nữ (kế hoạch) (người)                             | 55       | 53  | -2
    Công ty Cổ phần Chè Mộc Sơn | Đại biểu của Hội nghị phải bảo đảm tỷ lệ điển hình (người) | 100      | 98  | -2
"""
SAYINGS = """
    đơn vị            | nội dung                                                                            | ban hành               | nay
    Công ty Cổ phần Chè Mộc Sơn | Nội dung cần xem xét (thêm): Kết quả Hội nghị khác bản gửi trước của cùng tháng, “Che Moc Son.xlsx”: Tổng số đại biểu (thực hiện): trước 100 (ô Báo cáo!D34), nay 98 (ô Báo cáo!D34) | |
    Sở Y tế           | Trạng thái gửi báo cáo                                                              | Chưa gửi               | Không phải gửi
    Huyện Mộc Châu    | Nội dung cần xem xét (bỏ): Còn 2 trên 5 đơn vị trực thuộc chưa xong, hạn 31/03/2015 |                        |
    Xã Tân Lập        | Trạng thái gửi báo cáo                                                              | Đã gửi, chưa dùng được | Gửi muộn
    Xã Tân Lập        | Nội dung cần xem xét (thêm): Báo cáo nhận ngày 30/03/2015, chậm 10 ngày so với hạn 20/03/2015 theo Công văn số 15/BTĐKT-TH ngày 10/01/2015 của Ban Thi đua - Khen thưởng tỉnh | |
    Thị trấn Mộc Châu | Trạng thái gửi báo cáo                                                              | Chưa gửi               | Gửi muộn
    Thị trấn Mộc Châu | Nội dung cần xem xét (thêm): Báo cáo nhận ngày 30/03/2015, chậm 10 ngày so với hạn 20/03/2015 theo Công văn số 15/BTĐKT-TH ngày 10/01/2015 của Ban Thi đua - Khen thưởng tỉnh | |
"""
WHY = {
    "Sở Y tế": "Tình trạng gửi nay đã khác; chưa có báo cáo dùng được. Ban đã quyết định: không phải báo cáo",
    "Huyện Mộc Châu": "Cùng một báo cáo; căn cứ, danh sách đơn vị hoặc báo cáo của đơn vị khác đã thay đổi",
    "Xã Lóng Sập": "Cùng một báo cáo; căn cứ, danh sách đơn vị hoặc báo cáo của đơn vị khác đã thay đổi",
    "Xã Tân Lập": "Báo cáo đến 9 giờ 00 ngày 30/03/2015, nay mới tính",
    "Thị trấn Mộc Châu": "Báo cáo đến 10 giờ 00 ngày 30/03/2015, nay mới tính",
    "Công ty Cổ phần Chè Mộc Sơn": "Thay bằng báo cáo đến 11 giờ 00 ngày 30/03/2015",
}
ADJUSTED = ("Đơn vị", "Nội dung", "Bản đã ban hành", "Bản này", "Tăng, giảm", "Nguyên nhân")


def test_the_adjustment_names_each_figure_that_leadership_saw_otherwise(month):
    rows = records(month.version(2), "Điều chỉnh", "Nguyên nhân")
    told = [tuple(one[h] for h in ADJUSTED) for one in rows if one["Đơn vị"] == "Toàn tỉnh"]
    assert told == [
        (
            "Toàn tỉnh",
            label,
            then,
            now,
            str(int(now) - int(then)),
            f"Do thay đổi ở {units} đơn vị (phần B)",
        )
        for label, then, now, units in table(TOTALS)[1:]
    ]


def test_the_adjustment_names_what_changed_unit_by_unit_and_why(month):
    rows = records(month.version(2), "Điều chỉnh", "Nguyên nhân")
    told = [tuple(one[h] for h in ADJUSTED) for one in rows if one["Đơn vị"] != "Toàn tỉnh"]
    asked = [(*line, WHY[line[0]]) for line in table(OTHERS)[1:]]
    asked += [(*line, "", WHY[line[0]]) for line in table(SAYINGS)[1:]]
    (_, *units), *lines = table(CAME)
    for label, *numbers in lines:
        for unit, number in zip(units, numbers, strict=True):
            if number:
                then, now = ("1", "") if number == "-1" else ("", number[1:])
                asked.append((unit, label, then, now, number.removeprefix("+"), WHY[unit]))
    # a finding's sentence goes on with the units that it is about
    told = [(unit, what.partition(": chưa báo cáo:")[0], *others) for unit, what, *others in told]
    assert sorted(told) == sorted(asked)


def test_what_was_signed_first_stays_and_says_nothing_of_an_adjustment(month):
    assert sorted(one.name for one in (month.folder / SIGNED).iterdir()) == ["lan-1", "lan-2"]
    first, second = (opened(month.version(number)) for number in (1, 2))
    assert "Điều chỉnh" not in first.sheetnames
    heads = [
        [str(book["Tổng hợp"].cell(row, 1).value) for row in (6, 7)] for book in (first, second)
    ]
    assert heads[0] == [
        "(Số liệu đến 17 giờ 00 ngày 26/03/2015)",
        "(Tổng hợp từ báo cáo của 6/9 đơn vị phải báo cáo trong tháng (66,7%). Số liệu tạm tính)",
    ]
    assert heads[1][0].startswith(
        "(Số liệu đến 17 giờ 00 ngày 01/04/2015. Bản điều chỉnh lần 1 của bản đã ban hành ngày "
    )
    assert heads[1][1] == "(Tổng hợp từ báo cáo của 8/8 đơn vị phải báo cáo trong tháng (100%))"


# --- the first page, and what goes out -------------------------------------------------------

FIRST_PAGE = (
    (
        "Cấp xã và các doanh nghiệp CHƯA CHẮC KỊP: 3/6 đã tổ chức (50%), 1 chưa, 2 chưa rõ, còn 5 ngày (đến 31/03/2015); theo kế hoạch của đơn vị, đến 31/03/2015 sẽ đạt ít nhất 66,7%.",
        "Chưa chắc kịp 2: 1 đã gửi nhưng chưa tính được, 1 chưa có báo cáo.",
        "Cấp huyện, thành phố, cấp ngành của tỉnh CHƯA ĐẾN KỲ (từ 01/04/2015 đến 30/06/2015): 0/3 đã tổ chức, 2/3 đã có kế hoạch.",
        "3/6", "2/3", "6/9",
        "Huyện Mộc Châu 2/5 ●●○▲–", "Doanh nghiệp 1/1 ●", "Sở, ban, ngành, đoàn thể tỉnh 0/2 ○–", "Huyện, thành phố 0/1 ○",
    ),
    (
        "Cấp xã và các doanh nghiệp CHƯA XONG: 5/6 đã tổ chức (83,3%), 1 chưa, 0 chưa rõ; quá 31/03/2015 đã 1 ngày.",
        "Còn 1: 1 quá ngày dự kiến.",
        "Cấp huyện, thành phố, cấp ngành của tỉnh KỊP: 0/2 đã tổ chức (0%), 2 chưa, 0 chưa rõ, còn 90 ngày (đến 30/06/2015); theo kế hoạch của đơn vị, đến 30/06/2015 sẽ đạt 100%.",
        "5/6", "0/2", "8/8",
        "Huyện Mộc Châu 4/5 ●●●●!", "Doanh nghiệp 1/1 ●", "Sở, ban, ngành, đoàn thể tỉnh 0/1 ○m", "Huyện, thành phố 0/1 ○",
    ),
)  # fmt: skip


@pytest.mark.parametrize("number", [1, 2])
def test_the_first_page_says_how_far_it_is(month, number):
    sheet = opened(month.version(number))["Tiến độ"]
    rows = [
        [str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)
    ]
    told = {text for row in rows for text in (*row, f"{row[0]} {''.join(row[1:])}" if row else "")}
    assert [text for text in FIRST_PAGE[number - 1] if text not in told] == []


def test_what_goes_out_is_the_offices_own(month):
    folder = month.folder / "thong-bao"
    mails = {
        path.stem.partition("-")[2]: email.message_from_bytes(path.read_bytes(), policy=default)
        for path in folder.glob("thu-thong-bao/*.eml")
    }
    assert {name: mail["To"] for name, mail in mails.items()} == {
        "huyen-moc-chau": "noivu.mocchau@sonla.gov.vn",
        "so-tai-chinh": "stc@sonla.gov.vn",
        "cong-ty-co-phan-che-moc-son": "chemocson@sonla.vn",
    }
    texts = {name: mail.get_body(("plain",)).get_content() for name, mail in mails.items()}
    texts |= {path.name: path.read_text(encoding="utf-8") for path in folder.glob("tin-nhan/*")}
    for path in folder.rglob("*.docx"):
        paper = docx.Document(str(path))
        cells = (cell.text for one in paper.tables for row in one.rows for cell in row.cells)
        texts[path.name] = "\n".join([*(line.text for line in paper.paragraphs), *cells])
    for name in (*mails, "nhom-so-ban-nganh-doan-the-tinh.txt"):
        assert "0212 3852 456" in texts[name], name
        assert "Ban Thi đua - Khen thưởng tỉnh" in texts[name]
    urged = texts["nhom-so-ban-nganh-doan-the-tinh.docx"]
    for printed in ("/BTĐKT-TH", "Quàng Thị Vân", LETTER, "Sơn La, ngày", "Kính gửi: Sở Y tế"):
        assert printed in urged
    called = texts["danh-sach-goi-dien-2015-03.docx"]
    for printed in (
        "Cầm Văn Bình",
        "0212 3852 303",
        "Bùi Minh Đức",
        "0912345605",
        "Hoàng Văn Chất",
    ):
        assert printed in called
    district = texts["huyen-moc-chau"]
    for printed in (
        "Ban không dùng (tệp “BC nhap Tan Lap.xlsx”: Bản nháp, xã gửi nhầm)",
        "Đã chấp nhận giải trình: ",
        "Đề nghị 1 đơn vị chưa gửi khẩn trương gửi báo cáo chậm nhất ngày 02/04/2015.",
        "Gửi báo cáo: chưa gửi",
        " (gửi muộn)",
    ):
        assert printed in district
    for sample in ("0000 000", ".example", "giả định", "…………"):
        assert not [name for name, text in texts.items() if sample in text and name in mails]
    assert not [line for lines in month.said.values() for line in lines if "dữ liệu mẫu" in line]
