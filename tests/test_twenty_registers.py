"""Twenty registers as people keep them, of one truth: read alike, or every fault named at once."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import Alignment

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.overlay import UNITS, OfficeLayers, Overlay, laid_over
from tdkt_batch.errors import InputError
from tdkt_batch.office.register import register_in

CAMPAIGN = load_campaign()


@dataclass(frozen=True, kw_only=True)
class One:
    """What an office knows of a unit."""

    code: str
    name: str
    kind: str
    parent: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    allotment: int | None = None
    since: date | None = None
    exempt: bool = False


TRUTH = (
    One(code="106", name="Huyện Tam Đường", kind="huyện", contact="Lò Văn Păn",
        phone="02133879123", email="noivu.td@laichau.gov.vn", allotment=17),
    One(code="03406", name="Xã Hồ Thầu", kind="xã", parent="106", contact="Vàng Thị Mỷ",
        phone="0912345678", email="hothau@laichau.gov.vn", allotment=9),
    One(code="03442", name="Xã Pa Ủ", kind="xã", parent="107", contact="Ly Xá Phì",
        phone="0987654321", email="pau@laichau.gov.vn", allotment=6, exempt=True),
    One(code="SNV", name="Sở Nội vụ", kind="sở", contact="Hoàng Quốc Khánh",
        phone="02133792456", email="snv@laichau.gov.vn", allotment=3),
    One(code="HTX01", name="Hợp tác xã Chè Tân Uyên", kind="doanh nghiệp", parent="",
        contact="Trần Đức Long", phone="0969112233", email="che@laichau.vn", allotment=1,
        since=date(2014, 12, 1)),
)  # fmt: skip
"""Four units that the campaign has and one that it does not, of an earlier date than its list."""
PARENT = {"": "", "106": "Huyện Tam Đường", "107": "Huyện Mường Tè"}


@dataclass
class Sheet:
    """A sheet while it is written: rows of cells, joined areas, its name."""

    rows: list[list[object]]
    title: str = "Danh sách"
    joined: tuple[str, ...] = ()
    others: dict[str, list[list[object]]] = field(default_factory=dict)

    def xlsx(self) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in {**self.others, self.title: self.rows}.items():
            at = book.create_sheet(title)
            for row in rows:
                at.append(row)
        for area in self.joined:
            book[self.title].merge_cells(area)
            book[self.title][area.split(":")[0]].alignment = Alignment(horizontal="center")
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def text(self, delimiter: str, encoding: str) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(self.rows)
        return out.getvalue().encode(encoding)


HEADS = ["Mã đơn vị", "Tên đơn vị", "Loại", "Trực thuộc", "Người liên hệ", "Điện thoại",
         "Thư điện tử", "Phân bổ đại biểu", "Từ ngày", "Miễn báo cáo"]  # fmt: skip


def cells(one: One, *, day=lambda day: f"{day:%d/%m/%Y}", parent=lambda code: code) -> list[object]:
    since = day(one.since) if one.since else None
    mark = "x" if one.exempt else None
    return [one.code, one.name, one.kind, parent(one.parent), one.contact, one.phone, one.email,
            one.allotment, since, mark]  # fmt: skip


def plain(**how) -> Sheet:
    return Sheet([list(HEADS), *(cells(one, **how) for one in TRUTH)])


def by_name(code: str) -> str:
    return PARENT[code]


# --- the habits --------------------------------------------------------------------------------


def as_the_guide_says():
    return plain().xlsx()


def title_rows_and_stt():
    sheet = plain()
    for number, row in enumerate(sheet.rows):
        row.insert(0, number or "STT")
    sheet.rows = [["SỞ NỘI VỤ TỈNH LAI CHÂU"], ["BAN THI ĐUA - KHEN THƯỞNG"], [],
                  ["DANH SÁCH ĐƠN VỊ NĂM 2015"], [], *sheet.rows]  # fmt: skip
    sheet.joined = ("A1:D1", "A2:D2", "A4:K4")
    return sheet.xlsx()


def heads_in_capitals():
    sheet = plain()
    sheet.rows[0] = [head.upper() for head in HEADS]
    return sheet.xlsx()


def heads_without_marks():
    sheet = plain()
    sheet.rows[0] = ["Ma don vi", "Ten don vi", "Loai", "Truc thuoc", "Nguoi lien he", "Dien thoai",
                     "Thu dien tu", "Phan bo dai bieu", "Tu ngay", "Mien bao cao"]  # fmt: skip
    return sheet.xlsx()


def heads_in_other_words():
    sheet = plain(parent=by_name)
    sheet.rows[0] = ["Mã ĐV", "Tên cơ quan, đơn vị", "Loại hình đơn vị", "Huyện, thành phố",
                     "Cán bộ đầu mối", "SĐT", "Email", "Số đại biểu được phân bổ", "Ngày thành lập",
                     "Được miễn"]  # fmt: skip
    return sheet.xlsx()


def merged_heads_over_two_rows():
    sheet = plain()
    top = [*HEADS[:4], "Liên hệ", None, None, *HEADS[7:]]
    below = [None] * 4 + ["Họ và tên", "Số ĐT", "Hộp thư"] + [None] * 3
    sheet.rows = [top, below, *sheet.rows[1:]]
    down = [f"{letter}1:{letter}2" for letter in "ABCDHIJ"]
    sheet.joined = ("E1:G1", *down)
    return sheet.xlsx()


def numbered_columns_and_a_total():
    sheet = plain()
    sheet.rows.insert(1, [f"({number})" for number in range(1, 11)])
    sheet.rows.append([None, "Tổng cộng", None, None, None, None, None, 36])
    return sheet.xlsx()


def signed_at_the_end():
    sheet = plain()
    sheet.rows += [[], [None, None, None, None, None, "Lai Châu, ngày 5 tháng 3 năm 2015"],
                   [None, "NGƯỜI LẬP BIỂU", None, None, None, "TRƯỞNG BAN"], [], [],
                   [None, "Lò Văn Păn", None, None, None, "Giàng A Tủa"]]  # fmt: skip
    return sheet.xlsx()


def on_the_third_sheet():
    sheet = plain()
    sheet.others = {
        "Ghi chú": [["Danh sách dùng cho năm 2015"], ["Lập ngày", "05/01/2015"]],
        "Đại biểu": [["STT", "Họ và tên", "Đơn vị"], [1, "Lò Văn A", "Xã Hồ Thầu"]],
    }
    return sheet.xlsx()


def semicolons():
    return plain().text(";", "utf-8-sig")


def commas_of_unix():
    return plain().text(",", "utf-8")


def vietnamese_windows():
    """Save as CSV on a PC whose language is Vietnamese: letters and marks apart."""

    def apart(text):
        marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

        out = []
        for letter in unicodedata.normalize("NFC", text):
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(mark for mark in parts if mark in marks)
            base = unicodedata.normalize("NFC", "".join(m for m in parts if m not in marks))
            out.append(base + tone)
        return "".join(out)

    text = plain().text(";", "utf-8").decode("utf-8")
    return apart(text).encode("cp1258")


def unicode_text_of_excel():
    return plain().text("\t", "utf-16")


def numbers_for_telephones_and_codes():
    sheet = plain()
    for row in sheet.rows[1:]:
        row[5] = int(row[5])
        row[0] = int(row[0]) if row[0].isdigit() else row[0]
    return sheet.xlsx()


def telephones_as_they_are_dictated():
    sheet = plain()
    for row in sheet.rows[1:]:
        row[5] = "+84 " + row[5][1:]
    return sheet.xlsx()


def dates_of_four_habits(day):
    return plain(day=day).xlsx()


def parents_by_name():
    return plain(parent=by_name).xlsx()


def without_any_code():
    sheet = plain(parent=by_name)
    for row in sheet.rows:
        del row[0]
    return sheet.xlsx()


def names_in_capitals_and_short():
    sheet = plain(parent=lambda code: PARENT[code].replace("Huyện ", "H. "))
    for row in sheet.rows[1:5]:
        row[1] = row[1].upper()
    return sheet.xlsx()


def other_columns_and_doubled_rows():
    sheet = plain()
    for row in sheet.rows:
        row.insert(2, "Dân số" if row[0] == "Mã đơn vị" else 4_500)
    sheet.rows.append(list(sheet.rows[2]))
    return sheet.xlsx()


def below_headings_of_districts():
    sheet = Sheet([["STT", *(head for head in HEADS if head != "Trực thuộc")]])
    for heading, codes in (("HUYỆN TAM ĐƯỜNG", ("106", "03406")), ("Huyện Mường Tè", ("03442",)),
                           ("KHỐI CƠ QUAN, DOANH NGHIỆP", ("SNV", "HTX01"))):  # fmt: skip
        sheet.rows.append([len(sheet.rows) and "I", None, heading])
        for one in TRUTH:
            if one.code in codes:
                row = cells(one)
                del row[3]
                sheet.rows.append([len(sheet.rows), *row])
    return sheet.xlsx()


def marks_and_counts_in_words():
    sheet = plain()
    for row in sheet.rows[1:]:
        row[7], row[9] = f"{row[7]} người", "Có" if row[9] else "không"
    return sheet.xlsx()


READ_ALIKE = {
    "như hướng dẫn": (as_the_guide_says, "a.xlsx"),
    "tiêu đề, STT": (title_rows_and_stt, "a.xlsx"),
    "chữ hoa": (heads_in_capitals, "a.xlsx"),
    "không dấu": (heads_without_marks, "a.xlsx"),
    "tên cột khác": (heads_in_other_words, "a.xlsx"),
    "ô gộp": (merged_heads_over_two_rows, "a.xlsx"),
    "đánh số cột, dòng cộng": (numbered_columns_and_a_total, "a.xlsx"),
    "chữ ký": (signed_at_the_end, "a.xlsx"),
    "trang khác": (on_the_third_sheet, "a.xlsx"),
    "chấm phẩy": (semicolons, "a.csv"),
    "CSV UTF-8": (commas_of_unix, "a.csv"),
    "CSV cp1258": (vietnamese_windows, "a.csv"),
    "Unicode text": (unicode_text_of_excel, "a.txt"),
    "số điện thoại, mã là số": (numbers_for_telephones_and_codes, "a.xlsx"),
    "+84": (telephones_as_they_are_dictated, "a.xlsx"),
    "ngày 1.12.2014": (lambda: dates_of_four_habits(lambda d: f"{d.day}.{d.month}.{d.year}"), "a.xlsx"),
    "ngày bằng lời": (
        lambda: dates_of_four_habits(lambda d: f"ngày {d.day:02} tháng {d.month} năm {d.year}"),
        "a.xlsx",
    ),
    "ngày của Excel": (lambda: dates_of_four_habits(lambda d: d), "a.xlsx"),
    "ngày ISO": (lambda: dates_of_four_habits(str), "a.xlsx"),
    "cấp trên theo tên": (parents_by_name, "a.xlsx"),
    "không có mã": (without_any_code, "a.xlsx"),
    "tên viết hoa, viết tắt": (names_in_capitals_and_short, "a.xlsx"),
    "cột thừa, dòng lặp": (other_columns_and_doubled_rows, "a.xlsx"),
    "theo huyện": (below_headings_of_districts, "a.xlsx"),
    "chữ cho dấu, số": (marks_and_counts_in_words, "a.xlsx"),
}  # fmt: skip


def units_of(content, name):
    read = register_in(content, name, CAMPAIGN)
    layers = OfficeLayers(register=Overlay.of({UNITS: list(read.rows)}))
    return laid_over(CAMPAIGN, layers.over(CAMPAIGN)), (*read.notes, *read.news)


def told(campaign):
    """Return what the campaign says of the truth's units, a new one by its name."""
    by_name = {unit.name: unit for unit in campaign.units}
    found = []
    for one in TRUTH:
        unit = by_name[one.name]
        phone = re.sub(r"\D", "", unit.phone)
        found.append(
            One(code=one.code if unit.code.startswith("DV") else unit.code, name=unit.name,
                kind=unit.kind, parent=unit.parent or "", contact=unit.contact, phone=phone,
                email=unit.email, allotment=unit.allotment,
                since=unit.valid_from if one.since else None, exempt=unit.exempt)
        )  # fmt: skip
    return tuple(found)


@pytest.mark.parametrize(("write", "name"), READ_ALIKE.values(), ids=list(READ_ALIKE))
def test_a_register_as_people_keep_it_is_read(write, name):
    campaign, _ = units_of(write(), name)
    assert told(campaign) == TRUTH
    assert len(campaign.units) == len(CAMPAIGN.units) + 1


def test_they_are_twenty_at_least():
    assert len(READ_ALIKE) >= 20


def test_what_was_passed_over_is_told():
    _, notes = units_of(other_columns_and_doubled_rows(), "a.xlsx")
    said = "\n".join(notes)
    assert "bỏ qua cột không dùng đến: “Dân số” (ô C1)" in said
    assert "đơn vị ghi hai lần, đã gộp: Xã Hồ Thầu (dòng 3, 7)" in said


def test_every_fault_of_a_list_is_named_with_its_cell():
    sheet = plain(parent=by_name)
    sheet.rows[1][5] = 9.12345e20
    sheet.rows[2][7] = "chín mươi"
    sheet.rows[2][8] = "sau Tết"
    sheet.rows[3][3] = "Huyện Không Có"
    sheet.rows[4][6] = "snv tại laichau"
    sheet.rows[5][2] = "tổ hợp tác"
    sheet.rows.append(["03406", "Xã Hồ Thầu", "xã", None, None, "0900000000"])
    sheet.rows.append([None, "Xã Pa Vệ Sửn", "xã"])
    with pytest.raises(InputError) as refusal:
        units_of(sheet.xlsx(), "danh sách.xlsx")
    at = [re.search(r", ô ([A-Z]+\d+)", fault)[1] for fault in refusal.value.faults]
    assert sorted(at) == sorted(["B8", "C6", "D4", "F2", "F7", "G5", "H3", "I3"])
    assert all("danh sách.xlsx, trang “Danh sách”" in fault for fault in refusal.value.faults)
