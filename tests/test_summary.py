from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from libreoffice import require_libreoffice
from month_sample import MONTH, UNTIL, held, month_report, planned, unit_report, write_workbook
from openpyxl import load_workbook
from recalculated import differences
from xlsxwriter import Workbook

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.errors import OutputError
from tdkt_batch.model import Container, Letter, Outcome, OutcomeKind, Source
from tdkt_batch.report import FileRecord, FileState, UnitState
from tdkt_batch.sheets.cell_text import LONGEST_TEXT, clean_text
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.text_width import lines_needed
from tdkt_batch.summary import files, findings
from tdkt_batch.wording.sheets import CUT
from tdkt_batch.wording.summary import ADJUSTMENTS
from tdkt_batch.wording.summary import SHEETS as SHEET_NAMES

SHEETS = [
    "Tiến độ", "Tổng hợp", "Về sổ này", "Chấp hành báo cáo", "Theo huyện, ngành", "Theo đơn vị",
    "Nội dung cần xem xét", "So với kỳ trước", "Thay đổi theo đơn vị", "Tình hình gửi báo cáo",
    "Cơ cấu đại biểu", "Khen thưởng", "Đại biểu dự cấp trên", "Số liệu", "Chấp hành theo đơn vị",
    "Kết quả rà soát", "Căn cứ rà soát", "Sổ tiếp nhận",
]  # fmt: skip
FOR_SCREEN = [
    "Cơ cấu đại biểu", "Khen thưởng", "Đại biểu dự cấp trên", "Số liệu", "Chấp hành theo đơn vị",
    "Kết quả rà soát", "Căn cứ rà soát", "Sổ tiếp nhận",
]  # fmt: skip
"""The sheets that are looked things up in and not printed."""
HOSTILE = '=HYPERLINK("http://x.example","bấm vào đây")'
PEOPLE = (
    {"ho_ten": "Lò Văn A", "gioi_tinh": "Nam", "dan_toc": "Thái", "duoc_bau": True},
    {"ho_ten": HOSTILE, "gioi_tinh": "Nữ", "dan_toc": "Mông", "duoc_bau": True},
    {"ho_ten": "Vàng Thị B", "gioi_tinh": "Nữ", "dan_toc": "Dao"},
)
AWARDS = (
    {"hinh_thuc": "Lao động tiên tiến", "ca_nhan": 120, "nu": 40},
    {"hinh_thuc": "Cờ thi đua của Chính phủ", "tap_the": 2},
)


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


LETTER_SENT = datetime(2015, 3, 19, 8, 15)


@pytest.fixture(scope="module")
def report(campaign):
    """Every state of a unit, every stage, people, awards, requests and hostile texts."""
    answers = {
        "03386": (
            held(date(2015, 2, 7), 100, 70, 30, nu_kh=40, nu_th=45, kien_nghi=HOSTILE),
            PEOPLE,
        ),
        "03387": (
            held(date(2015, 3, 12), 210, 142, 68, loai_hoi_nghi="Đại biểu", bau_dai_bieu=7),
            (),
        ),
        "03388": (planned(date(2015, 3, 20), 90, 60, 30), ()),
        "03389": ({"trang_thai": "Chưa có kế hoạch"}, ()),
        "03403": ({"trang_thai": "Không tổ chức", "ly_do": "Thiên tai"}, ()),
        "03408": (held(date(2015, 3, 1), 50, 35, 15, bieu_duong_ca_nhan=20), ()),
    }
    states = {"03390": UnitState.UNUSABLE, "03394": UnitState.NOT_REQUIRED}
    empty = {"03397"}
    units = []
    for unit in campaign.units_in(MONTH):
        if unit.code in answers:
            typed, people = answers[unit.code]
            units.append(unit_report(campaign, unit, typed, {"danh_sach": people}))
        elif unit.code == "STC":
            typed = planned(date(2015, 5, 5), 300, 210, 90)
            units.append(
                unit_report(campaign, unit, typed, {"khen_thuong": AWARDS}, state=UnitState.LATE)
            )
        elif unit.code in empty:
            units.append(unit_report(campaign, unit, {}, state=UnitState.EMPTY))
        else:
            units.append(unit_report(campaign, unit, state=states.get(unit.code)))
    letter = Letter(
        sender="xa@laichau.example", subject="=Báo cáo", sent=LETTER_SENT, message_id="<1@x>"
    )
    source = Source(
        name="=1+1\x07.jpg",
        sha256="f" * 64,
        size=3,
        modified=UNTIL,
        container="thư.eml",
        letter=letter,
    )
    stray = FileRecord(source=source, state=FileState.NOT_A_FORM, reason="Tệp ảnh")
    held_in = Container(name="thư.eml", kind="eml", members=1, letter=letter)
    return replace(month_report(units, [stray]), containers=(held_in,))


@pytest.fixture(scope="module")
def content(campaign, report):
    return write_workbook(campaign, report)


@pytest.fixture(scope="module")
def book(content):
    return load_workbook(io.BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def formulas(content):
    return load_workbook(io.BytesIO(content))


def texts_of(sheet):
    return [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


def row_of(sheet, column, value):
    return next(r for r in sheet.iter_rows(min_row=FIRST_ROW + 1) if r[column].value == value)


# --- the workbook as a whole -------------------------------------------------------------


def test_the_sheets_stand_in_the_order_asked_for(book, campaign):
    assert book.sheetnames == SHEETS
    own = {one.sheet for one in campaign.sheet_lists}
    assert [one for one in SHEETS if one not in own] == [
        campaign.words.said(one) for one in SHEET_NAMES if one != ADJUSTMENTS
    ]


DETAILS = [
    "Về sổ này", "Theo đơn vị", "Số liệu", "Nội dung cần xem xét", "Thay đổi theo đơn vị",
    "Chấp hành theo đơn vị", "Tình hình gửi báo cáo", "Kết quả rà soát", "Căn cứ rà soát",
    "Sổ tiếp nhận",
]  # fmt: skip
"""The sheets with one row a unit, a finding, a file: data, not a form."""
WORDS_OF_DIGITS = {"Mã", "Mã đơn vị", "Điện thoại", "Mục", "Căn cứ", "SHA-256", "Ô"}
"""Heads of columns of which digits are no number."""


def table_of(sheet):
    """Return the rows of a sheet's table, of cells that lie below one another without a gap."""
    rows = []
    for row in sheet.iter_rows(min_row=FIRST_ROW + 1):
        if row[0].value is None:
            break
        rows.append(row)
    return rows


@pytest.mark.parametrize("name", DETAILS)
def test_a_detail_sheet_is_one_table_without_merged_cells(book, name):
    rows = table_of(book[name])
    last = rows[-1][0].row
    merged = [one for one in book[name].merged_cells.ranges if FIRST_ROW < one.min_row <= last]
    is_sentence = len(rows) == 1 == len(merged)  # that there is nothing in the table
    assert merged == [] or is_sentence


@pytest.mark.parametrize("name", DETAILS)
def test_numbers_are_numbers(book, name):
    sheet = book[name]
    heads = [
        own.value or over.value
        for over, own in zip(sheet[FIRST_ROW - 1], sheet[FIRST_ROW], strict=True)
    ]
    typed = {
        heads[cell.column - 1]
        for row in table_of(sheet)
        for cell in row
        if isinstance(cell.value, str) and re.fullmatch(r"[+-]?[0-9][0-9.,]*%?", cell.value.strip())
    }
    assert typed <= WORDS_OF_DIGITS


def test_the_cover_note_names_each_sheet_with_a_link_and_words(book):
    rows = table_of(book["Về sổ này"])
    assert [row[1].value for row in rows] == book.sheetnames
    assert [row[0].hyperlink.location for row in rows] == [f"'{n}'!A1" for n in book.sheetnames]
    assert all(row[2].value and row[3].value for row in rows)


def test_what_is_for_the_screen_stands_behind_all_that_is_printed(book):
    assert book.sheetnames[-len(FOR_SCREEN) :] == FOR_SCREEN


def test_every_sheet_is_set_up_for_a4_with_title_block_and_page_numbers(book):
    for sheet in book:
        texts = texts_of(sheet)
        assert sheet.page_setup.paperSize == 9
        # an empty page that a program prints of a sheet for the screen is empty
        footer = sheet.oddFooter.right.text or ""
        assert ("&P" in footer) == (sheet.title not in FOR_SCREEN)
        assert "BAN THI ĐUA - KHEN THƯỞNG" in texts
        assert any("Số liệu đến 17 giờ 00 ngày 25/03/2015" in text for text in texts)
        assert "Kỳ báo cáo: tháng 3/2015" in texts
        assert any(re.search(r"báo cáo của 7/206 đơn vị", text) for text in texts)
        if sheet.title != "Tiến độ":
            assert sheet.freeze_panes
        if sheet.title in FOR_SCREEN:
            assert any("không nằm trong bản in của sổ" in text for text in texts)
            held = {c.coordinate for row in sheet.iter_rows() for c in row if c.value is not None}
            assert sheet.print_area.rpartition("!")[2].replace("$", "") not in held
        elif sheet.title in ("Tiến độ", "Tổng hợp"):  # their breaks would not hold otherwise
            assert 80 <= sheet.page_setup.scale <= 100
        else:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToHeight == 0
            assert sheet.print_title_rows


def test_every_cell_is_in_times_new_roman(book):
    fonts = {cell.font.name for sheet in book for row in sheet.iter_rows() for cell in row}
    assert fonts == {"Times New Roman"}


def test_the_same_month_gives_the_same_bytes(campaign, report, content):
    again = write_workbook(campaign, report)
    assert again == content


def test_no_clock_stands_in_the_file(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"2015-03-25T17:00:00Z" in file.read("docProps/core.xml")
        # XlsxWriter's own day for parts that were files meanwhile
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_only_functions_of_excel_2007_are_used(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        xml = "".join(file.read(name).decode() for name in sheets)
    used = set(re.findall(r"\b([A-Z]+)\(", " ".join(re.findall(r"<f>(.*?)</f>", xml))))
    known = {"SUM", "IF", "COUNTIF", "COUNTIFS", "SUMIFS", "SUMPRODUCT", "DATE", "ISNUMBER"}
    known |= {"AND", "COUNT", "COUNTA", "LEN", "RANK"}
    assert used <= known


def test_libreoffice_recalculates_every_formula_to_its_cached_value(content, tmp_path):
    require_libreoffice()
    assert differences(content, tmp_path) == {}


# --- text from units ---------------------------------------------------------------------


def test_text_from_units_is_never_a_formula_or_an_outer_link(formulas):
    hostile = [
        cell
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        and ("HYPERLINK" in cell.value or cell.value.startswith("=1+1"))
    ]
    assert len(hostile) >= 3
    assert {cell.data_type for cell in hostile} == {"s"}
    links = [
        cell.hyperlink
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert links
    assert all(link.target is None and link.location for link in links)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("A\x00\x07B", "AB"),
        ("dòng\r\nhai\rba", "dòng\nhai\nba"),
        ("\ud83d lẻ", "\ufffd lẻ"),
        ("\uffff", ""),
        ("vẫn 😀", "vẫn 😀"),
    ],
)
def test_text_that_a_cell_cannot_hold_is_cleaned(text, cleaned):
    assert clean_text(text) == cleaned


@pytest.mark.parametrize("letter", ["a", "😀"])
def test_text_too_long_for_a_cell_is_cut_and_says_so(letter):
    cut = clean_text(letter * 40_000)
    assert cut.endswith(CUT)
    assert LONGEST_TEXT - 1 <= len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_a_text_over_several_lines_makes_its_row_higher():
    assert [lines_needed("một hai ba bốn năm", width) for width in (30, 10, 5)] == [1, 2, 5]
    assert lines_needed("a\nb", 30) == 2
    assert lines_needed("x" * 100, 10) >= 10


def charts_of(content):
    """Return the charts of a workbook by the text of their parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [name for name in file.namelist() if name.startswith("xl/charts/chart")]
        return [file.read(name).decode() for name in names]


# --- sheet by sheet ----------------------------------------------------------------------


def test_the_overview_opens_with_the_answer(book):
    texts = texts_of(book["Tổng hợp"])
    first = next(text for text in texts if "đã tổ chức Hội nghị" in text)
    assert first.startswith(
        "– Đến ngày 25/03/2015, 3/107 xã, phường, thị trấn (2,8%) đã tổ chức Hội nghị; "
        "còn 104 đơn vị (1 đã có kế hoạch, 1 chưa có kế hoạch, 1 không tổ chức, "
        "101 chưa có báo cáo dùng được), gồm: Huyện "
    )
    assert "Thành phố Lai Châu 4" in first
    assert first.endswith("(xem “Theo đơn vị”).")


def test_few_units_are_named_and_many_are_counted_by_place(book):
    texts = texts_of(book["Tổng hợp"])
    silent = next(t for t in texts if t.startswith("– Chưa gửi báo cáo tháng"))
    counted = re.findall(r"(\d+)(?=[,; ])", silent.partition("gồm:")[2].partition(" (xem")[0] + ",")
    assert "tháng: 197 đơn vị, gồm: " in silent
    assert sum(map(int, counted)) == 197
    past = next(t for t in texts if t.startswith("– Qua ngày dự kiến"))
    assert past == "– Qua ngày dự kiến, chưa báo tổ chức: 1 hội nghị, gồm: Phường Quyết Tiến."


def test_the_overview_has_its_columns_its_chart_and_its_signatures(book, content):
    texts = texts_of(book["Tổng hợp"])
    heads = [
        "STT",
        "Chỉ tiêu",
        "ĐVT",
        "Kế hoạch",
        "Thực hiện trong tháng",
        "Lũy kế",
        "Tỷ lệ",
        "Kỳ trước",
        "Ghi chú",
    ]
    assert all(head in texts for head in heads)
    assert {"NGƯỜI LẬP BIỂU", "TRƯỞNG BAN", "Lai Châu, ngày 25 tháng 3 năm 2015"} <= set(texts)
    report = "(Kèm theo Báo cáo số         /BC-BTĐKT ngày       tháng 3 năm 2015 của Ban "
    assert report + "Thi đua - Khen thưởng)" in texts
    assert len(charts_of(content)) == 5


def test_the_overviews_figures(book):
    sheet = book["Tổng hợp"]
    figures = {
        row[1].value: [cell.value for cell in row[3:7]]
        for row in sheet.iter_rows()
        if isinstance(row[1].value, str) and row[2].value
    }
    assert figures["Tổng số đại biểu"] == [750, 360, 360, None]
    assert figures["Đại biểu điển hình tiên tiến"] == [517, 247, 247, pytest.approx(247 / 360)]
    assert figures["Đại biểu nữ"] == [40, 45, 45, pytest.approx(45 / 360)]
    assert figures["Hội nghị đã tổ chức"] == [5, 3, 3, pytest.approx(3 / 206)]
    assert figures["Qua ngày dự kiến, chưa báo tổ chức"] == [None, None, 1, None]
    assert figures["Cá nhân được biểu dương"] == [None, 20, 20, None]


def test_without_a_ledger_the_month_before_is_a_dash(book):
    sheet = book["Tổng hợp"]
    head = next(r for r in sheet.iter_rows() if r[7].value == "Kỳ trước")[7].row
    below = {r[7].value for r in sheet.iter_rows(min_row=head + 1, max_row=head + 25)}
    assert below <= {"–", None}


def test_a_unit_row_leads_to_its_findings_and_its_file(formulas, report):
    row = row_of(formulas["Theo đơn vị"], 1, "Phường Tân Phong")
    target = row[0].hyperlink.location
    assert target.startswith("'Nội dung cần xem xét'!B")
    found = formulas["Nội dung cần xem xét"][target.split("!")[1]]
    assert found.value == "Phường Tân Phong"
    file = formulas["Sổ tiếp nhận"][row[2].hyperlink.location.split("!")[1]]
    assert file.value == "03387.xlsx"


def test_a_finding_leads_to_its_unit_and_its_file(formulas):
    row = row_of(formulas["Nội dung cần xem xét"], 1, "Phường Tân Phong")
    assert (
        formulas["Theo đơn vị"][row[0].hyperlink.location.split("!")[1]].value == "Phường Tân Phong"
    )
    place = row[findings.COLUMNS.index_of("cell")].hyperlink.location.split("!")[1]
    assert formulas["Sổ tiếp nhận"][place].value == "03387.xlsx"


def test_findings_stand_unit_by_unit_the_gravest_first(book):
    rows = [
        (row[1].value, row[3].value)
        for row in book["Nội dung cần xem xét"].iter_rows(min_row=FIRST_ROW + 1)
        if row[1].value
    ]
    order = ["Chưa đúng Hướng dẫn", "Sai số học", "Lỗi số liệu", "Cần giải trình"]
    order += ["Chưa đủ số liệu", "Lưu ý"]
    units = list(dict.fromkeys(unit for unit, _ in rows))
    blocks = [[order.index(s) for u, s in rows if u == unit] for unit in units]
    assert [unit for unit, _ in rows] == [
        u for u in units for _ in range(Counter(x for x, _ in rows)[u])
    ]
    assert all(block == sorted(block) for block in blocks)
    assert [block[0] for block in blocks] == sorted(block[0] for block in blocks)


def test_every_finding_is_shown(book, report):
    unit = findings.COLUMNS.index_of("unit")
    shown = Counter(
        (row[unit].value, row[2].value)
        for row in book["Nội dung cần xem xét"].iter_rows(min_row=FIRST_ROW + 1)
        if row[3].value != "Chưa đủ số liệu" and row[unit].value
    )
    given = Counter((f.unit, f.message) for unit in report.units for f in unit.findings)
    assert shown == given


def test_a_missing_value_is_listed_once_with_the_rules_that_lack_it(campaign):
    unit = campaign.unit("03386")
    sent = unit_report(campaign, unit, planned(date(2015, 3, 1), 90, 60, 30))
    lacking = [
        Outcome(
            rule=rule,
            outcome=OutcomeKind.UNKNOWN,
            missing=("tong_dai_bieu_kh",),
            sheet="Báo cáo",
            cell="C27",
        )
        for rule in ("A4", "A5", "A7")
    ]
    report = month_report([replace(sent, outcomes=tuple(lacking), findings=())])
    content = write_workbook(campaign, report)
    sheet = load_workbook(io.BytesIO(content))["Nội dung cần xem xét"]
    rows = [
        [c.value for c in row]
        for row in sheet.iter_rows(min_row=FIRST_ROW + 1, max_row=FIRST_ROW + 2)
    ]
    label = campaign.form_of(unit).label("tong_dai_bieu_kh")
    assert rows[0][2] == f"Chưa ghi “{label}” nên chưa rà soát được 3 căn cứ"
    assert rows[0][findings.COLUMNS.index_of("sheet")] == "Báo cáo"
    assert rows[1][1] is None


def test_without_findings_the_sentence_stands_within_what_is_printed(campaign):
    report = month_report([unit_report(campaign, campaign.unit("03386"))])
    sheet = load_workbook(io.BytesIO(write_workbook(campaign, report)))["Nội dung cần xem xét"]
    assert sheet.cell(FIRST_ROW + 1, 1).value == "Không có nội dung nào cần xem xét."
    (merged,) = [one for one in sheet.merged_cells.ranges if one.min_row == FIRST_ROW + 1]
    assert sheet.print_area.endswith(
        f"${merged.coord.split(':')[1].rstrip('0123456789')}${FIRST_ROW + 1}"
    )


def test_every_unit_is_in_one_state_and_the_states_add_up(book):
    sheet = book["Tình hình gửi báo cáo"]
    rows = [r for r in sheet.iter_rows(min_row=FIRST_ROW + 1) if isinstance(r[0].value, int)]
    assert len(rows) == 207
    states = Counter(r[2].value for r in rows)
    assert states == {
        "Đúng hạn": 6,
        "Gửi muộn": 1,
        "Đã gửi, chưa dùng được": 1,
        "Không phải gửi": 1,
        "Chưa gửi": 197,
        "Biểu trống": 1,
    }
    assert row_of(sheet, 1, "Tổng số đơn vị")[2].value == 207


def test_the_matrix_has_a_mark_a_rule_and_counts_them(book, report, campaign):
    sheet = book["Kết quả rà soát"]
    heads = [cell.value for cell in sheet[8]]
    assert heads[2:] == [rule.id for rule in campaign.rules]
    row = row_of(sheet, 1, "Phường Tân Phong")
    marks = {"pass": "✓", "fail": "✗", "not_applicable": "–", "unknown": "?", "error": "!"}
    outcomes = next(u for u in report.units if u.unit.code == "03387").outcomes
    expected = {o.rule: marks[o.outcome] for o in outcomes}
    assert {h: c.value for h, c in zip(heads[2:], row[2:], strict=True) if c.value} == expected
    failing = row_of(sheet, 1, "Không đạt")
    counted = Counter(o.rule for u in report.units for o in u.outcomes if o.outcome == "fail")
    assert {h: c.value for h, c in zip(heads[2:], failing[2:], strict=True) if c.value} == counted


def test_the_people_elected_stand_below_their_unit(book):
    sheet = book["Đại biểu dự cấp trên"]
    row = row_of(sheet, 1, "Phường Quyết Thắng")[0].row
    below = [sheet.cell(row + offset, 2).value for offset in range(4)]
    assert below == ["Phường Quyết Thắng", "Lò Văn A", HOSTILE, "Phường Tân Phong"]
    assert sheet.cell(row, 5).value == 2


def test_the_awards_add_up_by_kind(book):
    sheet = book["Khen thưởng"]
    row = row_of(sheet, 2, "Lao động tiên tiến")
    assert [c.value for c in row[8:11]] == [0, 120, 0]
    total = row_of(sheet, 1, "Tổng cộng")
    assert [c.value for c in total[5:11]] == [0, 20, 0, 2, 120, 0]


def test_every_file_is_listed_with_its_state_and_hash(book, report):
    sheet = book["Sổ tiếp nhận"]
    rows = [r for r in sheet.iter_rows(min_row=FIRST_ROW + 1) if isinstance(r[0].value, int)]
    assert [r[1].value for r in rows] == [clean_text(f.source.name) for f in report.files]
    assert rows[-1][5].value == "Không phải biểu mẫu"
    said = {column.id: cell.value for column, cell in zip(files.COLUMNS, rows[-1], strict=False)}
    assert said["sha256"] == "f" * 64
    assert (said["arrived"], said["arrived_by"]) == (LETTER_SENT, "Ngày gửi thư")
    assert (said["sender"], said["subject"]) == ("xa@laichau.example", "=Báo cáo")
    assert (said["message_id"], said["container"]) == ("<1@x>", "thư.eml")
    below = [[c.value for c in r[1:4]] for r in sheet.iter_rows(min_row=rows[-1][0].row)]
    assert ["thư.eml", "Thư điện tử", 1] in below
    assert row_of(sheet, 1, "Tổng số tệp")[2].value == 9


def test_the_rule_book_has_every_rule_and_statement(book, campaign):
    sheet = book["Căn cứ rà soát"]
    ids = [r[9].value for r in sheet.iter_rows(min_row=FIRST_ROW + 1) if r[9].value]
    assert ids == [r.id for r in campaign.rules] + [s.id for s in campaign.statements]


def test_a_month_without_any_report_still_makes_a_workbook(campaign):
    report = month_report([unit_report(campaign, unit) for unit in campaign.units_in(MONTH)[:3]])
    content = write_workbook(campaign, report)
    book = load_workbook(io.BytesIO(content))
    assert (
        book["Nội dung cần xem xét"].cell(FIRST_ROW + 1, 1).value
        == "Không có nội dung nào cần xem xét."
    )


def test_a_refused_write_is_an_error():
    book = Workbook(io.BytesIO(), {"in_memory": True})
    page = Page(book, Styles(book), "Trang")
    with pytest.raises(OutputError, match="Trang: không ghi được ô dòng 2000001, cột 1"):
        page.put(2_000_000, 0, "ngoài trang tính", "text")
