"""The sheets behind the first ones: keys and links, what prints, and what a sheet cannot hold."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from month_sample import (
    MONTH,
    PEOPLE,
    held,
    month_report,
    unit_report,
    varied_month,
    write_workbook,
)
from openpyxl import load_workbook
from xlsxwriter import Workbook

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.model import Container, Life, OutcomeKind
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import Formula, Link
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns, fitted_width
from tdkt_batch.sheets.overflow_files import csv_of
from tdkt_batch.sheets.page import FIRST_ROW, FIRST_SCREEN, HEAD_ROW, NOTICE_ROW, Page
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.text_width import lines_needed, text_width
from tdkt_batch.summary.outcomes import MARKS
from tdkt_batch.summary.workbook import build_workbook
from tdkt_batch.wording.sheets import FOR_SCREEN

ELECTED, MATRIX, AWARDS, RULES, FILES, DELEGATES, FINDINGS = (
    "Đại biểu dự cấp trên", "Kết quả rà soát", "Khen thưởng", "Căn cứ rà soát", "Sổ tiếp nhận",
    "Cơ cấu đại biểu", "Nội dung cần xem xét",
)  # fmt: skip
SOME_AWARDS = (
    {"hinh_thuc": "Lao động tiên tiến", "ca_nhan": 120, "nu": 40},
    {"hinh_thuc": "Cờ thi đua của Chính phủ", "tap_the": 2},
)
OWN = (DELEGATES, AWARDS, ELECTED, MATRIX, RULES, FILES)


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def report(campaign):
    """The units of two districts and some others, the first with a finding that was waived."""
    units = []
    for number, unit in enumerate(campaign.units_in(MONTH)[:40]):
        typed = held(date(2015, 3, 7), 210, 142, 68, loai_hoi_nghi="Đại biểu", bau_dai_bieu=1)
        tables = {"danh_sach": PEOPLE, "khen_thuong": SOME_AWARDS}
        known = {t.id for t in campaign.form_of(unit).tables}
        sent = {id_: rows for id_, rows in tables.items() if id_ in known}
        units.append(unit_report(campaign, unit, typed if number % 5 else None, sent))
    first, *others = units[1].findings
    units[1] = replace(units[1], findings=(replace(first, life=Life.WAIVED), *others))
    return month_report(units)


@pytest.fixture(scope="module")
def book(campaign, report):
    content = write_workbook(campaign, report)
    return load_workbook(io.BytesIO(content))


def target_of(book, cell):
    sheet, _, place = cell.hyperlink.location.partition("!")
    return book[sheet.strip("'")][place]


def row_of(sheet, column, value):
    return next(r for r in sheet.iter_rows(min_row=FIRST_ROW + 1) if r[column].value == value)


def widths_of(sheet):
    """Return the width in digits of each column that has one of its own, by number."""
    kept = [(one.min, one.max, one.width - 5 / 7) for one in sheet.column_dimensions.values()]
    return {n: width for first, last, width in kept for n in range(first, last + 1)}


# --- what every sheet has ----------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
def test_a_sheet_is_of_a4_with_its_heads_in_sight_and_can_be_filtered(book, name):
    sheet = book[name]
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == f"${HEAD_ROW + 1}:${HEAD_ROW + 2}"
    assert sheet.freeze_panes == f"C{FIRST_ROW + 1}"
    assert sheet.auto_filter.ref


def test_every_title_block_is_read_on_the_first_screen(book):
    """However wide its table is: what stands in the middle of many columns is not seen."""
    for sheet in book:
        widths = widths_of(sheet)
        titles = [one for one in sheet.merged_cells.ranges if one.min_row <= HEAD_ROW]
        ends = {sum(widths[n] + 5 / 7 for n in range(1, one.max_col + 1)) for one in titles}
        assert max(ends) <= FIRST_SCREEN, sheet.title


def test_no_filter_button_covers_a_word_of_a_head(book):
    """In Excel it stands at the foot of its cell, in LibreOffice beside the words."""
    button, line = 2.4, 15
    for sheet in book:
        filters = sheet.auto_filter.ref
        if not filters or sheet.title == MATRIX or f"A{FIRST_ROW}:" not in filters:
            continue
        over = {cell for one in sheet.merged_cells.ranges for cell in one.cells}
        lower, widths = sheet.row_dimensions[FIRST_ROW].height, widths_of(sheet)
        for cell in sheet[FIRST_ROW]:
            if (cell.row, cell.column) in over or not cell.value:
                continue
            width, size = widths[cell.column], cell.font.size
            words = [text_width(word, size=size, bold=True) for word in cell.value.split()]
            assert max(words) + button <= width, (sheet.title, cell.value)
            lines = lines_needed(cell.value, width, size=size, bold=True)
            assert (lines + 1) * line * size / 11 <= lower, (sheet.title, cell.value)


@pytest.mark.parametrize("name", [DELEGATES, MATRIX])
def test_communes_fold_below_their_district(book, report, name):
    rows = book[name].row_dimensions
    levels = [rows[FIRST_ROW + n].outlineLevel for n in range(1, len(report.units) + 1)]
    assert levels == [1 if one.unit.parent else 0 for one in report.units]
    assert not book[name].sheet_properties.outlinePr.summaryBelow


# --- sheet by sheet ----------------------------------------------------------------------------


def test_every_code_of_the_matrix_is_explained_where_it_is_printed(book, campaign):
    sheet = book[MATRIX]
    shown = [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
    assert all(f"{rule.title} ({rule.clause})" in shown for rule in campaign.rules)
    assert all(shown.count(rule.id) == 2 for rule in campaign.rules)
    assert len(set(MARKS.values())) == len(MARKS) == len(OutcomeKind) + 2


def test_a_code_leads_to_its_rule_and_back(book):
    for head in book[MATRIX][HEAD_ROW + 1][2:]:
        rule = book[RULES][target_of(book, head).row]
        assert rule[9].value == head.value
        assert target_of(book, rule[9]).coordinate == head.coordinate


def test_a_mark_that_failed_is_framed_and_leads_to_its_finding(book, report):
    heads = [cell.value for cell in book[MATRIX][HEAD_ROW + 1]]
    seen = 0
    for number, one in enumerate(report.units, start=FIRST_ROW + 1):
        failed = {f.code for f in one.findings if f.life is not Life.WAIVED} & set(heads)
        marks = {h: c for h, c in zip(heads, book[MATRIX][number], strict=True) if c.value == "✗"}
        assert set(marks) == failed
        for code, cell in marks.items():
            found = book[FINDINGS][target_of(book, cell).row]
            assert one.unit.name in {c.value for c in found}
            assert code in {c.value for c in found}
            assert (cell.border.left.style, cell.font.bold) == ("medium", True)
            seen += 1
    assert seen > 30


def test_a_waived_rule_has_a_mark_of_its_own_and_counts_apart(campaign, book, report):
    code = report.units[1].findings[0].code
    heads = [cell.value for cell in book[MATRIX][HEAD_ROW + 1]]
    column = heads.index(code)
    assert book[MATRIX][FIRST_ROW + 2][column].value == "○"
    cached = load_workbook(io.BytesIO(write_workbook(campaign, report)), data_only=True)[MATRIX]
    waived = row_of(cached, 1, "Không đạt, đã chấp nhận giải trình")
    failed = row_of(cached, 1, "Không đạt")
    ends = [o.outcome for u in report.units for o in u.outcomes if o.rule == code]
    assert (waived[column].value, failed[column].value) == (1, ends.count(OutcomeKind.FAIL) - 1)


def test_the_elected_fold_below_their_unit_and_the_code_stands_last(book, report):
    sheet = book[ELECTED]
    row = row_of(sheet, 1, report.units[1].unit.name)[0].row
    assert sheet.cell(row + 1, 2).value == PEOPLE[0]["ho_ten"]
    assert [sheet.row_dimensions[row + n].outlineLevel for n in (0, 1, 2)] == [0, 1, 0]
    heads = [cell.value for cell in sheet[HEAD_ROW + 1]]
    assert heads[heads.index("Căn cứ phân bổ") :] == [
        "Căn cứ phân bổ", "Ngày tổ chức Hội nghị", "Số liệu của tháng", "Mã đơn vị"
    ]  # fmt: skip


def test_a_file_leads_to_its_unit_and_the_unit_to_its_file(book, report):
    row = row_of(book[FILES], 1, f"{report.units[1].unit.code}.xlsx")
    unit = target_of(book, row[0])
    assert unit.value == report.units[1].unit.name
    state = book["Theo đơn vị"].cell(unit.row, 3)
    assert target_of(book, state).row == row[0].row


def test_a_column_is_as_wide_as_its_longest_name_within_bounds():
    assert fitted_width(["Xã A"], "Đơn vị", most=36, least=20) == 20
    assert 20 < fitted_width(["Sở Nông nghiệp và Phát triển nông thôn"], "Đơn vị", most=60) < 45
    assert fitted_width(["x" * 500], "Đơn vị", most=36) == 36
    assert fitted_width([], "Nghiêng", most=36) > 7


# --- what does not fit ---------------------------------------------------------------------------


@pytest.fixture
def little_room(monkeypatch):
    monkeypatch.setattr(overflow_files, "MOST_ROWS", 45)


def rows_of(content):
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def written(campaign, report):
    made = build_workbook(campaign, report)
    return load_workbook(io.BytesIO(made.content), data_only=True), made.rest


def notice_of(sheet):
    return sheet.cell(NOTICE_ROW + 1, 1).value


def test_what_fits_needs_no_file_and_no_notice_of_one(campaign, report):
    made, rest = written(campaign, report)
    assert rest == {}
    assert {notice_of(made[name]) for name in OWN} == {f"{FOR_SCREEN}."}


def test_files_beyond_the_sheet_stand_in_a_csv_that_the_title_names(campaign, report, monkeypatch):
    monkeypatch.setattr(overflow_files, "MOST_ROWS", 10)
    many = replace(
        report,
        containers=tuple(Container(name=f"{n}.zip", kind="zip", members=n) for n in range(12)),
    )
    made, rest = written(campaign, many)
    sheet, (head, *left) = made[FILES], rows_of(rest["so-lieu-du/so-tiep-nhan-tep.csv"])
    shown = [r[1].value for r in sheet.iter_rows(min_row=FIRST_ROW + 1, max_row=FIRST_ROW + 10)]
    assert [*shown, *(row[1] for row in left)] == [f.source.name for f in report.files]
    assert head[:3] == ["STT", "Tệp", "Đơn vị"]
    assert (
        "Trang này chỉ ghi được 10/32 tệp; 22 tệp còn lại ở tệp so-lieu-du/so-tiep-nhan-tep.csv"
        in notice_of(sheet)
    )
    assert row_of(sheet, 1, "Tổng số tệp")[2].value == len(report.files)
    packed = rows_of(rest["so-lieu-du/so-tiep-nhan-thu-va-tep-nen.csv"])
    assert packed[1:] == [["10.zip", "Tệp nén (zip)", "10"], ["11.zip", "Tệp nén (zip)", "11"]]


@pytest.mark.usefixtures("little_room")
def test_the_elected_beyond_the_sheet_stand_in_a_csv_and_are_counted(campaign, report):
    made, rest = written(campaign, report)
    sheet, (_, *left) = made[ELECTED], rows_of(rest["so-lieu-du/dai-bieu-du-cap-tren.csv"])
    shown = [r for r in sheet.iter_rows(values_only=True) if r[1] == PEOPLE[0]["ho_ten"]]
    assert (len(shown), len(left)) == (5, len([u for u in report.units if u.submission]) - 5)
    assert left[0][1] == PEOPLE[0]["ho_ten"]
    assert "5/32 đại biểu" in notice_of(sheet)
    counts = {
        r[6 + n]: r[4]
        for r in sheet.iter_rows(values_only=True)
        for n in range(4)
        if isinstance(r[1], str) and r[1].startswith("Trong đó")
    }
    assert counts["Nam"] == 32


@pytest.mark.usefixtures("little_room")
def test_awards_beyond_the_sheet_stand_in_a_csv_and_are_counted(campaign):
    units = [u for u in campaign.units_in(MONTH) if u.level == "upper"][:30]
    typed = held(date(2015, 5, 5), 90, 63, 27, bieu_duong_ca_nhan=3)
    report = month_report(
        [unit_report(campaign, u, typed, {"khen_thuong": SOME_AWARDS}) for u in units]
    )
    made, rest = written(campaign, report)
    left = rows_of(rest["so-lieu-du/khen-thuong.csv"])[1:]
    assert len(left) == 30 * len(SOME_AWARDS) - 15
    total = row_of(made[AWARDS], 1, "Tổng cộng")
    assert 120 * 30 in [cell.value for cell in total]
    assert 3 * 30 in [cell.value for cell in total]


@pytest.mark.usefixtures("little_room")
def test_findings_beyond_the_sheet_stand_in_a_csv_and_are_counted(campaign, report):
    content = build_workbook(campaign, report)
    formulas = load_workbook(io.BytesIO(content.content))
    sheet = formulas[FINDINGS]
    left = rows_of(content.rest["so-lieu-du/noi-dung-can-xem-xet.csv"])[1:]
    shown = [r for r in sheet.iter_rows(min_row=FIRST_ROW + 1, values_only=True) if r[1]]
    assert len(shown) == 45
    assert [int(row[0]) for row in left] == list(range(46, 46 + len(left)))
    assert f"45/{45 + len(left)} nội dung" in notice_of(sheet)
    counts = [cell for row in formulas["Theo đơn vị"].iter_rows() for cell in row]
    assert not [c for c in counts if c.data_type == "f" and FINDINGS in c.value]


def test_rules_beyond_the_columns_stand_in_a_csv(campaign, report, monkeypatch):
    monkeypatch.setattr(overflow_files, "MOST_COLUMNS", 12)
    made, rest = written(campaign, report)
    heads = [cell.value for cell in made[MATRIX][HEAD_ROW + 1] if cell.value]
    head, *rows = rows_of(rest["so-lieu-du/ket-qua-ra-soat.csv"])
    assert [*heads[2:], *head[2:]] == [rule.id for rule in campaign.rules]
    assert len(rows) == len(report.units)
    assert f"10/{len(campaign.rules)} mã" in notice_of(made[MATRIX])


def test_a_csv_is_one_that_excel_in_viet_nam_opens_and_holds_no_command():
    columns = SheetColumns((SheetColumn("a", "Tên", 5), SheetColumn("b", "Số", 5, over="Nhóm")))
    records = [
        {"a": 'một; hai\n"ba"', "b": 1.5},
        {"a": "=1+1", "b": Formula("SUM(A1:A2)", 3)},
        {"a": Link("@x", "'A'!A1"), "b": date(2015, 3, 25)},
        {"a": "\ud83d"},
    ]
    content = b"".join(csv_of(columns, records))
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows_of(content) == [
        ["Tên", "Nhóm: Số"],
        ['một; hai\n"ba"', "1,5"],
        ["'=1+1", "3"],
        ["'@x", "25/03/2015"],
        ["?", ""],
    ]


def test_a_file_of_what_is_left_is_never_written_twice():
    rest = overflow_files.Rest()
    rest.keep("Sổ tiếp nhận", SheetColumns(), [])
    with pytest.raises(ValueError, match="so-tiep-nhan"):
        rest.keep("Sổ tiếp nhận", SheetColumns(), [])


def test_links_beyond_excels_number_are_written_as_text_and_the_sheet_says_so(monkeypatch):
    monkeypatch.setattr("tdkt_batch.sheets.page.MOST_LINKS", 2)
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as made:
        page = Page(made, Styles(made), "Trang")
        page.set_widths([30])
        for row in range(4):
            page.put(row + FIRST_ROW, 0, Link(f"x{row}", "'Trang'!A1"), "text")
        page.finish()
    sheet = load_workbook(stream)["Trang"]
    cells = [row[0] for row in sheet.iter_rows(min_row=FIRST_ROW + 1)]
    assert notice_of(sheet).startswith("2/4 chỗ cuối trang không có liên kết")
    assert [cell.value for cell in cells] == ["x0", "x1", "x2", "x3"]
    assert [bool(cell.hyperlink) for cell in cells] == [True, True, False, False]


# --- months of every size -----------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_a_month_of_few_units_without_reports_has_every_sheet(campaign, number):
    units = campaign.units_in(MONTH)[:number]
    report = month_report([unit_report(campaign, unit) for unit in units])
    made, rest = written(campaign, report)
    assert rest == {}
    assert made[AWARDS].cell(FIRST_ROW + 4, 1).value == "Chưa có đơn vị nào báo cáo khen thưởng."
    assert made[FILES].cell(FIRST_ROW + 1, 1).value == "Không nhận được tệp nào."
    assert row_of(made[ELECTED], 1, "Tổng cộng")[3].value == 0


def test_a_month_of_the_whole_register_names_every_unit_on_every_sheet(campaign):
    report = varied_month(campaign)
    made, _ = written(campaign, report)
    names = [one.unit.name for one in report.units]
    for name in (DELEGATES, MATRIX):
        rows = made[name].iter_rows(
            min_row=FIRST_ROW + 1, max_row=FIRST_ROW + len(names), values_only=True
        )
        assert [row[1] for row in rows] == names
    shown = [row[1] for row in made[ELECTED].iter_rows(values_only=True) if row[0]]
    assert [name for name in shown if name in set(names)] == names
