"""Lists that become sheets are data: declared they stand in the book, taken out they do not."""

from __future__ import annotations

import io
import re
import shutil
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from libreoffice import require_libreoffice
from month_sample import held, month_report, planned, unit_report, write_workbook
from openpyxl import load_workbook
from random_months import random_month
from recalculated import differences

from tdkt_batch.campaign.load import BUILT_IN, load_campaign
from tdkt_batch.campaign.load_forms import Context
from tdkt_batch.campaign.load_sheet_lists import load_sheet_lists
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.errors import CampaignError
from tdkt_batch.figures.list_rows import list_rows
from tdkt_batch.wording.summary import ADJUSTMENTS, SHEETS

SOURCE = BUILT_IN / "lai_chau_2014"
CAMPAIGN = load_campaign()
OWN_SHEETS = [CAMPAIGN.words.said(one) for one in SHEETS if one != ADJUSTMENTS]
PAPERS = """
[[lists]]
id = "tham_luan"
sheet = "Tham luận"
title = "DANH SÁCH THAM LUẬN TẠI {guidance}"
layout = "rows"
table = "tham_luan"
when = "tham_luan.mo_hinh_moi and trang_thai == 'Đã tổ chức'"
by = ["linh_vuc"]
measure = "tham luận"
columns = [
  { fact = "number" },
  { fact = "unit" },
  { column = "ten" },
  { column = "linh_vuc" },
  { fact = "rows", head = "Số tham luận" },
  { column = "minh_hoa" },
]
"""
MOVEMENTS = """
[[lists]]
id = "phong_trao"
sheet = "Phong trào"
title = "PHONG TRÀO THI ĐUA TIÊU BIỂU"
layout = "below_units"
table = "phong_trao"
columns = [
  { fact = "number" },
  { column = "ten" },
  { fact = "rows" },
  { column = "ket_qua" },
]
"""
SHARES = """
[[lists]]
id = "ty_le_nu"
sheet = "Tỷ lệ nữ"
title = "TỶ LỆ NỮ THEO {SUPERIORS}"
layout = "units"
columns = [
  { fact = "number" },
  { fact = "unit" },
  { fact = "stage" },
  { figure = "dai_bieu_kh" },
  { figure = "nu_kh", head = "Nữ (kế hoạch)" },
  { figure = "dai_bieu" },
  { figure = "nu" },
  { figure = "nu", share = true, head = "Tỷ lệ nữ" },
  { figure = "dai_bieu", less = "dai_bieu_kh", head = "So kế hoạch" },
]
"""
COUNTED = """
[[lists]]
id = "dem_tham_luan"
sheet = "Thống kê tham luận"
title = "THỐNG KÊ THAM LUẬN"
layout = "counted"
table = "tham_luan"
by = ["loai", "linh_vuc"]
"""
FIELDS = ("Giáo dục và đào tạo", "Y tế")
SOME_PAPERS = (
    {"ten": "Trồng quế", "linh_vuc": "Y tế", "mo_hinh_moi": True, "minh_hoa": True},
    {"ten": "Dạy chữ", "linh_vuc": FIELDS[0], "mo_hinh_moi": True, "loai": "Tập thể"},
    {"ten": "Chưa ghi lĩnh vực", "mo_hinh_moi": True},
    {"ten": "Không phải mô hình mới", "linh_vuc": "Y tế"},
)
PEOPLE = (
    {
        "ho_ten": "Lò Văn A",
        "nam_sinh": 1970,
        "gioi_tinh": "Nam",
        "dan_toc": "Thái",
        "duoc_bau": True,
    },
    {"ho_ten": "Vàng Thị B", "nam_sinh": 1980, "gioi_tinh": "Nữ", "duoc_bau": True},
    {
        "ho_ten": "Giàng A C",
        "nam_sinh": 1985,
        "gioi_tinh": "Nam",
        "dan_toc": "Thái",
        "duoc_bau": True,
    },
    {"ho_ten": "Tẩn D", "gioi_tinh": "Nữ", "dan_toc": "Dao"},
)
AWARDS = (
    {"hinh_thuc": "Lao động tiên tiến", "ca_nhan": 120, "nu": 40},
    {"ca_nhan": 7},
)


SOURCE_TEXT = (SOURCE / "lists.toml").read_text(encoding="utf-8")


def with_lists(text):
    """Return the built-in campaign as if its ``lists.toml`` were this text."""
    file = Section("lists.toml", "", tomllib.loads(text))
    context = Context(
        CAMPAIGN.lists, CAMPAIGN.levels, CAMPAIGN.values, CAMPAIGN.roles, CAMPAIGN.document
    )
    lists = load_sheet_lists(file, CAMPAIGN.forms, CAMPAIGN.figures, context, CAMPAIGN.words)
    return replace(CAMPAIGN, sheet_lists=lists)


def without_list(id_):
    """Return the built-in campaign without one of its lists."""
    first, *lists = re.split(r"(?m)^(?=\[\[lists\]\])", SOURCE_TEXT)
    kept = [one for one in lists if f'id = "{id_}"' not in one]
    assert len(kept) == len(lists) - 1
    return with_lists("".join([first, *kept]))


def month_of(campaign):
    """Return a month of three upper units: two that held their conference, one that did not."""
    tables = {"tham_luan": SOME_PAPERS, "danh_sach": PEOPLE, "khen_thuong": AWARDS}
    tables["phong_trao"] = ({"ten": "Nông thôn mới", "ket_qua": "15 xã"}, {"ten": "Dạy tốt"})
    units = [unit for unit in campaign.units if unit.level == "upper"][:3]
    typed = held(date(2015, 3, 3), 90, 63, 27, bau_dai_bieu=3, bieu_duong_ca_nhan=4)
    planned = {"trang_thai": "Đã có kế hoạch"}
    return month_report([
        unit_report(campaign, units[0], typed, tables),
        unit_report(campaign, units[1], typed, tables),
        unit_report(campaign, units[2], planned, {"tham_luan": SOME_PAPERS}),
    ])  # fmt: skip


def book_of(campaign, *, values=True):
    report = month_of(campaign)
    content = write_workbook(campaign, report)
    return load_workbook(io.BytesIO(content), data_only=values)


def rows_of(sheet, first=10):
    """Return the rows of a sheet below its head, without what is empty at the end of each."""
    rows = []
    for row in sheet.iter_rows(min_row=first, values_only=True):
        filled = [number for number, value in enumerate(row, start=1) if value is not None]
        rows.append(list(row[: max(filled, default=0)]))
    return rows


# --- a list by TOML alone -------------------------------------------------------------------------


def test_a_list_of_another_table_needs_no_python():
    campaign = with_lists(SOURCE_TEXT + PAPERS)
    sheet = book_of(campaign)["Tham luận"]
    one, other = (report.unit.name for report in month_of(campaign).units[:2])
    assert sheet["A4"].value == "DANH SÁCH THAM LUẬN TẠI Hướng dẫn"
    assert [cell.value for cell in sheet[8][:6]] == [
        "STT", "Đơn vị", "Tên báo cáo", "Lĩnh vực", "Số tham luận", "Có hình ảnh minh họa (x)"
    ]  # fmt: skip
    assert rows_of(sheet) == [
        ["A. Toàn tỉnh"],
        [1, "Toàn tỉnh", None, "Giáo dục và đào tạo", 2],
        [2, "Toàn tỉnh", None, "Y tế", 2],
        [3, "Toàn tỉnh", None, "(chưa ghi)", 2],
        [None, "Tổng cộng", None, None, 6],
        [None, "B. Chi tiết theo đơn vị"],
        [1, one, "Trồng quế", "Y tế", 1, "x"],
        [2, one, "Dạy chữ", "Giáo dục và đào tạo", 1],
        [3, one, "Chưa ghi lĩnh vực", "(chưa ghi)", 1],
        [4, other, "Trồng quế", "Y tế", 1, "x"],
        [5, other, "Dạy chữ", "Giáo dục và đào tạo", 1],
        [6, other, "Chưa ghi lĩnh vực", "(chưa ghi)", 1],
    ]


def test_a_list_below_its_units_needs_no_python():
    campaign = with_lists(SOURCE_TEXT + MOVEMENTS)
    sheet = book_of(campaign)["Phong trào"]
    one, other, third = (report.unit.name for report in month_of(campaign).units)
    said = "Đã tổ chức ngày 03/03/2015"
    assert rows_of(sheet) == [
        [1, one, 2, said],
        [1, "Nông thôn mới", None, "15 xã"],
        [2, "Dạy tốt"],
        [2, other, 2, said],
        [1, "Nông thôn mới", None, "15 xã"],
        [2, "Dạy tốt"],
        [3, third, 0, "Đã có kế hoạch"],
        [None, "Tổng cộng", 4],
    ]


def test_a_list_that_is_only_counted_may_have_a_sheet_of_its_own():
    campaign = with_lists(SOURCE_TEXT + COUNTED)
    rows = rows_of(book_of(campaign)["Thống kê tham luận"], first=9)
    counts = [(row[0], row[2], row[-1]) for row in rows]
    assert counts == [
        ("Tập thể, cá nhân", "Tập thể", 3),
        ("Tập thể, cá nhân", "Chưa rõ", 9),
        ("Lĩnh vực", "Y tế", 6),
        ("Lĩnh vực", "Giáo dục và đào tạo", 3),
        ("Lĩnh vực", "Chưa rõ", 3),
    ]


def month_of_shares(campaign):
    """Return a month of three units: one that held its conference, one with a plan, one silent."""
    units = [unit for unit in campaign.units if unit.level == "upper"][:3]
    done = {**held(date(2015, 3, 3), 90, 63, 27, nu_th=30), "tong_dai_bieu_kh": 80, "nu_kh": 20}
    asked = {**planned(date(2015, 3, 30), 50, 40, 10), "nu_kh": 25}
    answers = (done, asked, None)
    pairs = zip(units, answers, strict=True)
    return month_report([unit_report(campaign, *pair) for pair in pairs])


def test_a_list_of_units_with_shares_and_differences_needs_no_python():
    campaign = with_lists(SOURCE_TEXT + SHARES)
    report = month_of_shares(campaign)
    content = write_workbook(campaign, report)
    sheet = load_workbook(io.BytesIO(content), data_only=True)["Tỷ lệ nữ"]
    one, other, third = (report.unit.name for report in report.units)
    assert sheet["A4"].value == "TỶ LỆ NỮ THEO HUYỆN, NGÀNH"
    assert [cell.value for cell in sheet[8]] == [
        "STT", "Đơn vị", "Tình trạng", "Kế hoạch", "Nữ (kế hoạch)", "Thực hiện", "Đại biểu nữ",
        "Tỷ lệ nữ", "So kế hoạch",
    ]  # fmt: skip
    assert rows_of(sheet) == [
        [1, one, "Đã tổ chức", 80, 20, 90, 30, pytest.approx(1 / 3), 10],
        [2, other, "Đã có kế hoạch", 50, 25, None, None, pytest.approx(1 / 2)],
        [3, third],
        [None, "Tổng cộng", None, 130, 45, 90, 30],
    ]


def test_a_result_that_has_no_share_gets_none_of_its_plan():
    campaign = with_lists(SOURCE_TEXT + SHARES)
    (unit,) = [unit for unit in campaign.units if unit.level == "upper"][:1]
    done = held(date(2015, 3, 3), 90, 63, 27, nu_th=95)
    typed = {**done, "tong_dai_bieu_kh": 80, "nu_kh": 20}
    report = month_report([unit_report(campaign, unit, typed)])
    content = write_workbook(campaign, report)
    (row, *_) = rows_of(load_workbook(io.BytesIO(content), data_only=True)["Tỷ lệ nữ"])
    assert row[:4] == [1, unit.name, "Đã tổ chức", 80]
    assert pytest.approx(1 / 4) not in row


# --- a list taken out -----------------------------------------------------------------------------


@pytest.mark.parametrize("id_", [one.id for one in CAMPAIGN.sheet_lists])
def test_a_list_taken_out_has_no_sheet(id_):
    campaign = without_list(id_)
    book = book_of(campaign)
    gone = next(one for one in CAMPAIGN.sheet_lists if one.id == id_)
    own = {one.sheet for one in campaign.sheet_lists}
    assert set(book.sheetnames) == {*OWN_SHEETS, *own}
    texts = [c.value for sheet in book for row in sheet.iter_rows() for c in row]
    assert gone.title not in texts


def test_a_campaign_without_lists_has_the_programs_sheets():
    assert book_of(with_lists("")).sheetnames == OWN_SHEETS


# --- what stands in the sheets --------------------------------------------------------------------


def test_the_rows_are_those_that_are_known_to_count():
    rows = list_rows(CAMPAIGN, month_of(CAMPAIGN))
    assert {id_: len(own) for id_, own in rows.items()} == {
        "thong_ke_danh_sach": 8, "khen_thuong": 4, "dai_bieu_duoc_bau": 6,
    }  # fmt: skip
    assert rows["dai_bieu_duoc_bau"][1].values["dan_toc"] is None


def test_the_sums_by_value_add_up_to_the_total_with_who_says_none():
    rows = rows_of(book_of(CAMPAIGN)["Đại biểu dự cấp trên"])
    end = next(number for number, row in enumerate(rows) if row[1] == "Tổng cộng")
    total, *below = rows[end:]
    assert total[3:5] == [6, 6]
    by_label = {}
    for row in below:
        by_label.setdefault(row[1], []).append((row[-1], row[4]))
    assert by_label == {
        "Trong đó, giới tính": [("Nam", 4), ("Nữ", 2)],
        "Trong đó, dân tộc": [("Thái", 4), ("Chưa rõ", 2)],
    }
    formulas = rows_of(book_of(CAMPAIGN, values=False)["Đại biểu dự cấp trên"])
    assert formulas[-1][4] == f"=E{10 + end}-SUM(E{9 + len(rows) - 1}:E{9 + len(rows) - 1})"


def test_a_row_that_says_no_value_is_a_line_of_the_sums():
    rows = rows_of(book_of(CAMPAIGN)["Khen thưởng"])
    assert [(row[2], row[9]) for row in rows[1:3]] == [
        ("Lao động tiên tiến", 240), ("(chưa ghi)", 14)
    ]  # fmt: skip
    assert rows[3][9] == 254
    assert rows[5][2:7] == [
        "Biểu dương, tôn vinh tại Hội nghị", *rows[5][3:6], 4
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_sums_by_value_add_up_in_months_by_chance(seed):
    report = random_month(CAMPAIGN, seed)
    content = write_workbook(CAMPAIGN, report)
    book, rows = load_workbook(io.BytesIO(content), data_only=True), list_rows(CAMPAIGN, report)
    elected = rows_of(book["Đại biểu dự cấp trên"])
    end = next(number for number, row in enumerate(elected) if row[1:2] == ["Tổng cộng"])
    by_label = Counter()
    for row in elected[end + 1 :]:
        by_label[row[1]] += row[4]
    assert set(by_label.values()) <= {len(rows["dai_bieu_duoc_bau"])}
    awards = rows_of(book["Khen thưởng"])
    end = next(number for number, row in enumerate(awards) if row[1:2] == ["Tổng cộng"])
    own = [row[8:16] + [None] * (16 - len(row)) for row in awards[1 : end + 1]]
    sums = [sum(value or 0 for value in column) for column in zip(*own[:-1], strict=True)]
    assert sums == own[-1] or not own[:-1]


@pytest.mark.slow
def test_libreoffice_calculates_the_formulas_of_lists_to_what_is_cached(tmp_path):
    require_libreoffice()
    campaign = with_lists(SOURCE_TEXT + PAPERS + MOVEMENTS + COUNTED)
    report = month_of(campaign)
    content = write_workbook(campaign, report)
    assert differences(content, tmp_path) == {}
    campaign = with_lists(SOURCE_TEXT + SHARES)
    report = month_of_shares(campaign)
    content = write_workbook(campaign, report)
    assert differences(content, tmp_path) == {}


# --- what the loader refuses ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('table = "tham_luan"', 'table = "tham_luann"', r"tham_luan\]\.table: không có “tham_luann”; gần giống nhất: tham_luan"),
        ('column = "ten"', 'column = "tenn"', r"columns\[3\]\.column: không có “tenn”; gần giống nhất: ten"),
        ('by = ["linh_vuc"]', 'by = ["linh_vu"]', "by: không có “linh_vu”; gần giống nhất: linh_vuc"),
        ('by = ["linh_vuc"]', 'by = ["ten"]', "by: không có “ten”"),
        ('by = ["linh_vuc"]', 'by = ["loai"]', "cộng theo “loai” thì cột ấy phải có trong columns"),
        ('{ fact = "rows", head = "Số tham luận" }', '{ column = "tac_gia" }', "chưa có gì để cộng"),
        ('fact = "rows"', 'fact = "row"', "fact: không có “row”; gần giống nhất: rows"),
        ('fact = "rows"', 'figure = "tap_thee"', "figure: không có “tap_thee”; gần giống nhất: tap_the"),
        ('fact = "rows"', 'figure = "tap_the", less = "phan_b"', "less: không có “phan_b”; gần giống nhất: phan_bo"),
        ('{ column = "minh_hoa" }', '{ column = "minh_hoa", less = "phan_bo" }', "less chỉ đi với figure"),
        ('column = "minh_hoa"', 'column = "minh_hoa", fact = "code"', "cần đúng một trong ba khóa"),
        ('{ column = "minh_hoa" }', '{ head = "Trống" }', "cần đúng một trong ba khóa"),
        ('column = "minh_hoa"', 'column = "minh_hoa", width = -1', "bề rộng không được âm"),
        ('column = "minh_hoa"', 'column = "minh_hoa", wide = 9', "không có khóa này"),
        ('column = "minh_hoa"', 'column = "minh_hoa", head = "{thang}"', "không có chỗ điền “{thang}”"),
        ('column = "minh_hoa"', 'column = "ten"', "cột “ten” dùng hai lần"),
        ('column = "ten"', 'column = "ten", printed = false', "phải đứng sau các cột in"),
        ('{ fact = "number" },', '{ fact = "code" },', "hai cột đầu phải là fact = number, fact = unit"),
        ("mo_hinh_moi and", "mo_hinh_mo and", "when: không có “tham_luan.mo_hinh_mo”; gần giống nhất: tham_luan.mo_hinh_moi"),
        ("trang_thai ==", "trang_thay ==", "when: không có “trang_thay”; gần giống nhất: trang_thai"),
        ("'Đã tổ chức'", "'Đã họp'", "when"),
        ('when = "tham_luan.mo_hinh_moi and', 'when = "count(tham_luan) and', "when"),
        ('"rows"\ntable', '"row"\ntable', "layout: “row” phải là một trong rows, below_units, units, counted"),
        ('"rows"\ntable', '"below_units"\ntable', "một cột của bảng"),
        ('"rows"\ntable', '"counted"\ntable', "không có cột riêng"),
        ('id = "tham_luan"', 'id = "khen_thuong"', "mã danh sách “khen_thuong” dùng hai lần"),
        ('id = "tham_luan"', 'id = "Tham luận"', "chữ thường không dấu"),
        ('sheet = "Tham luận"', 'sheet = "khen thưởng"', "trang “khen thưởng” đã có"),
        ('sheet = "Tham luận"', 'sheet = "Tổng hợp"', "trang “Tổng hợp” đã có"),
        ('sheet = "Tham luận"', 'sheet = "Cơ cấu đại biểu"', "trang “Cơ cấu đại biểu” đã có"),
        ('sheet = "Tham luận"', 'sheet = "Tham luận/mô hình"', "không đặt tên trang được"),
        ('sheet = "Tham luận"', 'sheet = "Tham luận về các mô hình mới tiêu biểu"', "không đặt tên trang được"),
        ('title = "DANH', 'titel = "DANH', "không có khóa này .có phải “title”"),
        ("{guidance}", "{huong_dan}", "title: không có chỗ điền “{huong_dan}”"),
        ('table = "tham_luan"', 'table = "tham_luan"\nlevels = ["base"]', "table: không có “tham_luan”"),
        ('table = "tham_luan"', 'table = "tham_luan"\nlevels = ["uper"]', "levels: không có “uper”; gần giống nhất: upper"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_key(old, new, problem):
    assert old in PAPERS
    with pytest.raises(CampaignError, match=problem):
        with_lists(SOURCE_TEXT + PAPERS.replace(old, new))


@pytest.mark.parametrize(
    ("text", "old", "new", "problem"),
    [
        (MOVEMENTS, "table =", 'note = "x"\ntable =', "bỏ note"),
        (MOVEMENTS, '  { column = "ten" },\n', "", "một cột của bảng"),
        (COUNTED, 'by = ["loai", "linh_vuc"]', "", "đếm theo cột chọn nào"),
        (COUNTED, "Thống kê tham luận", "Khen thưởng", "trang “Khen thưởng” đã có"),
        (SHARES, "Tỷ lệ nữ", "Cơ cấu đại biểu", "trang “Cơ cấu đại biểu” đã có"),
        (SHARES, 'layout = "units"', 'layout = "units"\ntable = "danh_sach"', "không có khóa này"),
        (SHARES, '{ fact = "unit" }', '{ fact = "code" }', "fact = number, fact = unit"),
        (SHARES, '{ fact = "stage" }', '{ fact = "rows" }', "không có dòng của bảng"),
        (SHARES, '{ fact = "stage" }', '{ figure = "tep_chua_xu_ly" }', "figure: tệp"),
        (SHARES, '{ fact = "stage" }', '{ column = "ho_ten" }', "không có “ho_ten”"),
        (SHARES, '  { figure = "dai_bieu" },\n', "", "“dai_bieu” phải là một cột của danh sách"),
        (SHARES, '  { figure = "nu" },\n', "", "“nu” phải là một cột của danh sách"),
        (SHARES, '"nu", share', '"dai_bieu", share', "share chỉ đi với figure của một chỉ tiêu có tỷ lệ"),
        (PAPERS, '{ fact = "rows", head = "Số tham luận" }', '{ figure = "nu", share = true }', "chỉ có ở danh sách đơn vị"),
        (PAPERS, '  { column = "ten" },\n  { column = "linh_vuc" },\n', "", "ít nhất một cột của bảng"),
    ],
)  # fmt: skip
def test_what_no_layout_can_hold_is_refused(text, old, new, problem):
    assert old in text
    changed = text.replace(old, new).replace('  { column = "minh_hoa" },\n', "")
    with pytest.raises(CampaignError, match=problem):
        with_lists(SOURCE_TEXT + changed)


def test_a_campaign_without_its_file_of_lists_is_refused(tmp_path):
    folder = shutil.copytree(SOURCE, tmp_path / "dot")
    (folder / "lists.toml").unlink()
    with pytest.raises(CampaignError, match=r"lists\.toml: không có tệp này"):
        load_campaign(folder)
