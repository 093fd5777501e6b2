"""Forms as workbooks: names, lists, locks, print set-up, formulas that Excel 2007 understands."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from libreoffice import convert, require_libreoffice

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.forms.check_figure import check_figure
from tdkt_batch.forms.layout import (
    HELPER_SHEET,
    HINT,
    LABEL,
    META_KEYS,
    PANEL_HEAD_ROW,
    TASKS_ROW,
    layout_of,
    meta_place,
)
from tdkt_batch.forms_write.demands import LAST
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.lay_out import lay_out
from tdkt_batch.forms_write.panel import TASKS
from tdkt_batch.forms_write.templates import template_name, write_templates, write_unit_forms
from tdkt_batch.forms_write.write import Filling, write_form
from tdkt_batch.model import Month
from tdkt_batch.office.load import load_for_office
from tdkt_batch.sheets.writing import new_book
from tdkt_batch.wording.forms import NONE, PANEL_COLUMNS, PANEL_SHEET
from tdkt_batch.wording.forms_write import NOT_AS_ALLOTTED

TEMPLATES = Path(__file__).parent.parent / "input_templates"
EXCEL_2007 = """
ABS AND CHAR CHOOSE COLUMN COUNT COUNTA COUNTIF DATE DAY EXACT FIND FREQUENCY HYPERLINK IF
IFERROR INDEX INT ISBLANK ISERROR ISLOGICAL ISNUMBER ISTEXT LEFT LEN LOWER MATCH MAX MID MIN MOD
MONTH N NOT OR REPT RIGHT ROW SEARCH SMALL SUBSTITUTE SUM SUMPRODUCT TEXT TRIM UPPER WEEKDAY
YEAR
"""
LONGEST_FORMULA = 1000
FILLED = {
    "trang_thai": "Đã tổ chức",
    "so_cbccvc_nld": 25,
    "ngay_tinh": date(2015, 3, 1),
    "loai_hoi_nghi": "Đại biểu",
    "ngay_hoi_nghi_th": date(2015, 3, 12),
    "tong_dai_bieu_th": 212,
    "dien_hinh_th": 150,
    "khach_moi_lanh_dao_th": 62,
    "kien_nghi": "=1+1",
}


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def commune(campaign):
    return next(u for u in campaign.units if u.name == "Xã Mường Than")


@pytest.fixture(scope="module")
def written(campaign, commune):
    """Return forms of each kind, blank and made out to a unit."""
    district = campaign.unit(commune.parent)
    month = Month(2015, 3)
    forms = {form.id: write_form(campaign, form) for form in campaign.forms}
    for unit in (commune, district):
        filling = Filling(unit=unit, month=month)
        forms[unit.name] = write_form(campaign, campaign.form_of(unit), filling)
    filling = Filling(unit=commune, month=month, values=FILLED, explanations={"A4": "Có lý do"})
    forms["filled"] = write_form(campaign, campaign.form_of(commune), filling)
    return forms


def opened(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def formulas_in(content):
    """Return every formula of a workbook: of cells, names, validation and formats."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/w"):
                member = archive.read(name).decode()
                for formula in re.findall(
                    r"<(?:f|formula1|formula|definedName)(?: [^>]*)?>([^<]*)<", member
                ):
                    yield name, formula.replace("&quot;", '"').replace("&amp;", "&")


def without_texts(formula):
    return re.sub(r'"(?:[^"]|"")*"', '""', formula)


# --- the same for everybody -------------------------------------------------------------


def test_the_same_filling_gives_the_same_bytes(campaign, commune, written):
    filling = Filling(unit=commune, month=Month(2015, 3))
    again = write_form(campaign, campaign.form_of(commune), filling)
    assert again == written[commune.name]


def test_the_committed_templates_are_those_that_the_command_writes(tmp_path):
    """They hold no allotment that is a sample: those are the office's to fill in."""
    made = write_templates(load_for_office(DEFAULT).campaign, tmp_path)
    committed = sorted(path.name for path in TEMPLATES.glob("*.xlsx"))
    assert sorted(path.name for path in made) == committed
    for path in made:
        assert path.read_bytes() == (TEMPLATES / path.name).read_bytes(), path.name


def test_only_functions_of_excel_2007_are_used(written):
    used = {
        function
        for content in written.values()
        for _, formula in formulas_in(content)
        for function in re.findall(r"([A-Z][A-Z0-9.]*)\(", without_texts(formula))
    }
    assert used <= set(EXCEL_2007.split())


def test_no_formula_grows_long(written):
    for content in written.values():
        for name, formula in formulas_in(content):
            assert len(formula) <= LONGEST_FORMULA, f"{name}: {formula[:200]}"


def test_no_text_in_a_formula_is_longer_than_excel_takes(written):
    for content in written.values():
        for _, formula in formulas_in(content):
            texts = re.findall(r'"((?:[^"]|"")*)"', formula)
            assert all(len(text) <= 255 for text in texts), formula[:200]


def test_formats_and_validation_name_no_other_sheet(written):
    for content in written.values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    member = archive.read(name).decode()
                    found = re.findall(r"<(?:formula1|formula)>([^<]*)<", member)
                    assert not any("!" in without_texts(formula) for formula in found)


def test_no_formula_asks_for_the_day_of_today(written):
    for content in written.values():
        assert not any(
            "TODAY" in formula or "NOW(" in formula for _, formula in formulas_in(content)
        )


# --- names, inputs, lists ----------------------------------------------------------------


@pytest.mark.parametrize("form_id", ["mau_01", "mau_02"])
def test_every_input_has_a_defined_name(campaign, written, form_id):
    form = campaign.form(form_id)
    layout, names = layout_of(form), opened(written[form_id]).defined_names
    for field in form.fields:
        assert names[field.id].attr_text == layout.cells[field.id].reference
    for table in form.tables:
        for column in table.columns:
            assert f"{table.id}.{column.id}" in names


@pytest.mark.parametrize("form_id", ["mau_01", "mau_02"])
def test_every_input_is_unlocked_and_validated_with_vietnamese_words(campaign, written, form_id):
    form, book = campaign.form(form_id), opened(written[form_id])
    layout = layout_of(form)
    for field in form.fields:
        place = layout.cells[field.id]
        sheet = book[place.sheet]
        assert not sheet[place.address].protection.locked, field.id
        rule = validation_at(sheet, place.address)
        assert rule is not None, field.id
        assert rule.promptTitle, field.id
        if field.kind is FieldKind.DATE:  # a text, which no PC's settings refuse
            assert sheet[place.address].number_format == "@"
            assert rule.type is None
            assert "ngày/tháng/năm" in rule.prompt.lower() or field.hint in rule.prompt
        elif field.kind not in (FieldKind.TEXT, FieldKind.NOTE, FieldKind.LACKING):
            assert rule.error.startswith(f"Ô “{field.label}” "), field.id
            assert rule.showErrorMessage


def validation_at(sheet, address):
    rules = sheet.data_validations.dataValidation
    return next((rule for rule in rules if address in rule.sqref), None)


def test_a_count_takes_the_words_for_none_and_says_what_blank_means(campaign, written):
    book, layout = opened(written["mau_01"]), layout_of(campaign.form("mau_01"))
    for id_, blank in (("khach_moi_th", "để trống (là 0"), ("tong_dai_bieu_th", "")):
        place = layout.cells[id_]
        rule, at = validation_at(book[place.sheet], place.address), place.address
        words = ",".join(f'TRIM({at})="{word}"' for word in NONE)
        count = f"AND({at}=INT({at}),{at}>=0,{at}<=99999)"
        assert rule.formula1 == f"IF(ISNUMBER({at}),{count},OR({words}))"
        assert len(rule.formula1) < 256
        assert blank in rule.prompt
        assert "ghi 0" in rule.prompt


def test_all_rows_of_a_list_can_be_filled(campaign, written):
    book, form = opened(written["mau_01"]), campaign.form("mau_01")
    place = layout_of(form).tables["danh_sach"]
    sheet = book[place.sheet]
    for row in (0, place.capacity - 1):
        for column in place.columns:
            address = place.cell(row, column).address
            assert not sheet[address].protection.locked
            assert validation_at(sheet, address) is not None
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter  # false is free
    assert not sheet.protection.formatColumns


def test_labels_formulas_and_results_are_locked(campaign, written):
    book, layout = opened(written["mau_01"]), layout_of(campaign.form("mau_01"))
    labels = [replace(cell, column=LABEL) for cell in layout.cells.values()]
    for place in (*labels, layout.check_figure):
        assert book[place.sheet][place.address].protection.locked
    panel = book[PANEL_SHEET]
    row = PANEL_HEAD_ROW + 2
    locked = [panel.cell(row, n + 1).protection.locked for n in range(len(PANEL_COLUMNS))]
    assert locked == [name != "Giải trình" for name in PANEL_COLUMNS]


def test_a_list_with_commas_is_drawn_from_named_cells(campaign, written):
    book, layout = opened(written["mau_01"]), layout_of(campaign.form("mau_01"))
    place = layout.tables["danh_sach"].cell(0, "doi_tuong")
    assert (
        validation_at(book[place.sheet], place.address).formula1 == "danh_muc.doi_tuong_danh_sach"
    )
    named = book.defined_names["danh_muc.doi_tuong_danh_sach"].attr_text
    sheet, cells = named.split("!")
    values = [row[0].value for row in book[sheet][cells.replace("$", "")]]
    assert tuple(values) == campaign.lists["doi_tuong_danh_sach"].values


# --- whose form it is -------------------------------------------------------------------------


def meta_of(content):
    book = opened(content, data_only=True)
    return {key: book["_meta"][meta_place(key).address].value for key in META_KEYS}


def test_a_blank_form_offers_the_units_of_its_level(campaign, written):
    book, layout = opened(written["mau_01"]), layout_of(campaign.form("mau_01"))
    place = layout.cells["don_vi_bao_cao"]
    assert validation_at(book[place.sheet], place.address).formula1 == "danh_muc.don_vi"
    sheet, cells = book.defined_names["danh_muc.don_vi"].attr_text.split("!")
    offered = [row[0].value for row in book[sheet][cells.replace("$", "")]]
    assert "Xã Mường Than – Huyện Than Uyên" in offered
    assert len(offered) == sum(unit.level == "base" for unit in campaign.units)


def test_a_blank_form_knows_the_unit_that_was_chosen(campaign, commune):
    values = {
        "don_vi_bao_cao": "xã mường than –  huyện than uyên",
        "thang_bao_cao": date(2015, 3, 9),
    }
    content = write_form(campaign, campaign.form("mau_01"), Filling(values=values))
    meta = meta_of(content)
    assert (meta["unit"], meta["month"]) == (commune.code, "2015-03")


def test_a_form_made_out_to_a_unit_says_so(campaign, commune, written):
    assert meta_of(written[commune.name]) == {
        "campaign": "lai_chau_2014",
        "form": "mau_01",
        "form_version": campaign.form("mau_01").version,
        "unit": commune.code,
        "month": "2015-03",
    }


def test_a_form_made_out_to_a_unit_is_filled_in_as_far_as_the_register_knows(campaign, commune):
    filled = FilledForm(
        campaign, campaign.form("mau_01"), Filling(unit=commune, month=Month(2015, 3))
    )
    assert {id_: raw for id_, raw in filled.raws.items() if raw is not None} == {
        "don_vi_bao_cao": "Xã Mường Than – Huyện Than Uyên",
        "thang_bao_cao": "3/2015",
        "ten_hoi_nghi": "Hội nghị biểu dương người tốt, việc tốt xã Mường Than",
        "nhiem_ky": "2015-2020",
    }


def test_a_districts_form_lists_its_communes(written):
    book = opened(written["Huyện Than Uyên"])
    sheet = book["Phân bổ & trực thuộc"]
    names = [sheet.cell(row, 2).value for row in range(7, 19)]
    assert names[0] == "Thị trấn Than Uyên"
    assert "Xã Mường Than" in names
    # a sheet with a locked cell among its rows cannot be sorted
    assert not any(cell.protection.locked for row in sheet["A7:B19"] for cell in row)


def test_lines_for_other_kinds_of_unit_are_hidden(campaign, commune, written):
    layout = layout_of(campaign.form("mau_01"))
    row = layout.cells["van_ban_huong_dan"].row + 1
    assert opened(written[commune.name])["Báo cáo"].row_dimensions[row].hidden
    assert not opened(written["mau_01"])["Báo cáo"].row_dimensions[row].hidden


def test_one_form_a_unit_of_the_month(campaign, tmp_path):
    few = [unit for unit in campaign.units if unit.parent is None][:2]
    files = write_unit_forms(replace(campaign, units=tuple(few)), tmp_path, Month(2015, 3))
    assert [meta_of(file.read_bytes())["unit"] for file in files] == [unit.code for unit in few]


# --- what stands in it ------------------------------------------------------------------------


def test_what_looks_like_a_formula_is_text(campaign, written):
    place = layout_of(campaign.form("mau_01")).cells["kien_nghi"]
    cell = opened(written["filled"])[place.sheet][place.address]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_status_line_stands_on_every_sheet(written):
    book = opened(written["filled"], data_only=True)
    visible = [sheet for sheet in book if sheet.sheet_state == "visible"]
    lines = {sheet["A1"].value for sheet in visible}
    assert len(lines) == 1
    assert re.fullmatch(r"Còn \d+ việc\. Việc 1: .+", lines.pop())
    assert [sheet.title for sheet in visible] == ["Báo cáo", "Danh sách", PANEL_SHEET]


def test_the_panel_says_what_the_figures_are_and_what_to_do(written):
    panel = opened(written["filled"], data_only=True)[PANEL_SHEET]
    rows = {row[-1]: row for row in panel.iter_rows(min_row=PANEL_HEAD_ROW + 2, values_only=True)}
    assert rows["A4"][1:8] == (
        "Số đại biểu của Hội nghị đại biểu",
        "Không đạt",
        "Có lý do",
        "212 đại biểu",
        "không quá 200 đại biểu",
        "Giải trình lý do vượt số lượng đại biểu",
        "Chưa đúng Hướng dẫn (đã giải trình)",
    )
    asked = (None, None, "1/2 ngày", "Chọn “Thời lượng” (ô C25)")
    assert rows["A8"][2:7] == ("Chưa đủ số liệu", *asked)
    assert rows["A3"][2:4] == ("Không áp dụng", None)


def test_the_check_figure_changes_with_every_input(campaign, commune):
    form = campaign.form_of(commune)

    def figure(**values):
        filled = FilledForm(campaign, form, Filling(unit=commune, values={**FILLED, **values}))
        return check_figure(form, filled.values, filled.tables)

    figures = {
        figure(),
        figure(tong_dai_bieu_th=211),
        figure(tong_dai_bieu_th=None),
        figure(dien_hinh_th=62, khach_moi_lanh_dao_th=150),
        figure(trang_thai="Đã có kế hoạch"),
        figure(ngay_hoi_nghi_th=date(2015, 3, 13)),
        figure(kien_nghi="=1+10"),
        figure(noi_dung_thieu="9"),
        figure(noi_dung_thieu="8"),
        figure(noi_dung_thieu="8; 9"),
        figure(noi_dung_thieu="đủ"),
    }
    assert len(figures) == 11


def test_the_report_of_the_first_form_is_printed_on_one_page(written):
    sheet = opened(written["mau_01"])["Báo cáo"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert {sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight} <= {None, 1}  # 1 by default
    assert sheet.page_setup.paperSize == 9
    roster = opened(written["mau_01"])["Danh sách"]
    assert roster.page_setup.orientation == "landscape"
    assert roster.print_title_rows == "$6:$6"


def test_every_cached_value_of_a_template_is_the_true_one(tmp_path):
    require_libreoffice()
    files = sorted(TEMPLATES.glob("*.xlsx"))
    for before, after in zip(files, convert(files, tmp_path), strict=True):
        assert cells_of(before) == cells_of(after)


def cells_of(path):
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {
        (name, row, column): cell
        for name in book.sheet_names
        if name != HELPER_SHEET  # no value stands beside its formulas
        for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for column, cell in enumerate(cells)
        if cell != ""
    }


def test_the_templates_names(campaign):
    assert [template_name(form) for form in campaign.forms] == ["mau-so-01.xlsx", "mau-so-02.xlsx"]


# --- what a clerk stumbled over ---------------------------------------------------------------


def status_of(campaign, **values):
    content = write_form(campaign, campaign.form("mau_01"), Filling(values=values))
    return opened(content, data_only=True)["Báo cáo"]["A1"].value


def test_the_status_line_names_the_next_thing_to_do_in_the_order_of_the_form(campaign):
    assert status_of(campaign) == "Còn 3 việc. Việc 1: chọn “Đơn vị báo cáo” (ô C9)"
    known = {"don_vi_bao_cao": "Xã Mường Than – Huyện Than Uyên", "trang_thai": "Đã tổ chức"}
    first = status_of(campaign, **known).partition("Việc 1: ")[2]
    assert first == "ghi “Tháng báo cáo” (ô C10)"
    first = status_of(campaign, **known, thang_bao_cao="quý I").partition("Việc 1: ")[2]
    assert first == "ô C10 chưa đúng: chọn lại trong danh sách"


def test_the_status_line_leads_to_the_cell_and_the_panel_begins_with_the_list(campaign):
    book = opened(write_form(campaign, campaign.form("mau_01")))
    for sheet in ("Báo cáo", "Danh sách", PANEL_SHEET):
        assert "HYPERLINK(" in book[sheet]["A1"].value
    shown = opened(write_form(campaign, campaign.form("mau_01")), data_only=True)[PANEL_SHEET]
    assert [shown.cell(TASKS_ROW + n, 1).value for n in range(1, 5)] == [
        "1. Chọn “Đơn vị báo cáo” (ô C9)",
        "2. Ghi “Tháng báo cáo” (ô C10)",
        "3. Chọn “Tình trạng” (ô C14)",
        None,
    ]


def page_of(campaign, unit=None, **values):
    """Return the first page of the first form, as its formulas have been worked out."""
    carried = values.pop("carried", False)
    month = None if "thang_bao_cao" in values else Month(2015, 3)
    filling = Filling(unit=unit, month=month, values=values, carried=carried)
    content = write_form(campaign, campaign.form("mau_01"), filling)
    return opened(content, data_only=True)["Báo cáo"]


def beside(campaign, page, id_):
    """Return what stands beside a cell."""
    return page.cell(layout_of(campaign.form("mau_01")).cells[id_].row + 1, HINT + 1).value


NONE_YET = {"trang_thai": "Chưa có kế hoạch", "thang_bao_cao": "9/2014"}
SIGNED = {"nguoi_lap": "Trần Thị B", "thu_truong": "Lê Văn A, Chủ tịch"}
LETTER = {"so_cong_van": "25/BC-UBND", "ngay_cong_van": "25/3/2015"}


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ({}, "ghi “Người lập biểu” (ô C63)"),
        ({"nguoi_lap": "Trần Thị B"}, "ghi “Thủ trưởng đơn vị” (ô C65)"),
        (SIGNED, ""),
        ({**SIGNED, "carried": True}, "không có gì mới thì ghi x ở ô “Không thay đổi"),
        ({**SIGNED, "carried": True, "khong_thay_doi": "x"}, ""),
        ({**SIGNED, "carried": True, **LETTER}, ""),
        ({"trang_thai": "Đã tổ chức"}, "ghi “"),
    ],
)
def test_nothing_is_ready_for_print_before_it_is_signed_for(campaign, commune, values, first):
    status = page_of(campaign, commune, **{**NONE_YET, **values})["A1"].value
    assert status.partition("Việc 1: ")[2].startswith(first)
    assert status.startswith("ĐẠT") is (not first)


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, True),
        ({"so_cong_van": "25/BC-UBND"}, True),
        ({"ngay_cong_van": "25/3/2015"}, True),
        (LETTER, False),
        ({"khong_thay_doi": "x"}, False),
        ({"khong_thay_doi": "có"}, True),
        ({"trang_thai": "Đã có kế hoạch"}, False),
    ],
)
def test_a_result_has_a_covering_letter_unless_nothing_changed(campaign, commune, values, asked):
    values = {"trang_thai": "Đã tổ chức", **values}
    filling = Filling(unit=commune, values=values)
    filled = FilledForm(campaign, campaign.form("mau_01"), filling)
    tasks = lay_out(filled.design, new_book(io.BytesIO())).tasks
    last = tasks.demands.number[f"{LAST}so_cong_van"]
    assert (last * TASKS in tasks.numbers(filled)) is asked
    assert tasks.demands.words(last, filled) == "Ghi số, ngày công văn gửi kèm (ô C11, C12)"


@pytest.mark.parametrize(
    ("code", "recipient"),
    [
        ("03619", "Phòng Nội vụ huyện, thành phố"),
        ("03386", "Phòng Nội vụ huyện, thành phố"),
        ("DN01", "Ban Thi đua - Khen thưởng, Sở Nội vụ"),
        ("CS03", "Ban Thi đua - Khen thưởng, Sở Nội vụ"),
    ],
)
def test_a_form_goes_to_the_district_only_from_units_below_one(campaign, code, recipient):
    unit = campaign.unit(code)
    status = page_of(campaign, unit, **NONE_YET, **SIGNED)["A1"].value
    assert f"In các trang trước “{PANEL_SHEET}”, ký, đóng dấu, gửi {recipient} chậm nhất" in status
    assert campaign.recipient_of(unit) == recipient


def test_a_month_that_is_not_read_leaves_dots_in_the_title(campaign):
    page = page_of(campaign, thang_bao_cao="tháng 3/2015 (lần 2)")
    assert page["A6"].value == "Tháng …… năm ………"


@pytest.mark.parametrize(("month", "is_right"), [("6/2016", True), ("7/2016", False)])
def test_a_month_that_the_list_lacks_is_to_be_chosen_again(campaign, month, is_right):
    page = page_of(campaign, thang_bao_cao=month)
    wrong = "▲ Ô C10 chưa đúng: chọn lại trong danh sách"
    assert beside(campaign, page, "thang_bao_cao") == ("✓" if is_right else wrong)


def test_a_cell_of_the_wrong_kind_is_to_be_written_anew(campaign, commune):
    values = {**FILLED, "so_cbccvc_nld": "26 người"}
    filling = Filling(unit=commune, month=Month(2015, 3), values=values)
    panel = opened(write_form(campaign, campaign.form("mau_01"), filling), data_only=True)
    rows = {row[-1]: row for row in panel[PANEL_SHEET].iter_rows(values_only=True)}
    assert rows["A2"][6] == "Ô C17 chưa đúng dạng số: ghi số viết liền, ví dụ 1200"


@pytest.mark.parametrize(
    ("elected", "said"),
    [
        (None, None),
        (3, "Số thực bầu đúng số được phân bổ"),
        (6, NOT_AS_ALLOTTED),
    ],
)
def test_the_form_says_when_more_or_fewer_are_elected_than_allotted(
    campaign, commune, elected, said
):
    assert commune.allotment == 3
    form, values = campaign.form("mau_01"), {"bau_dai_bieu": elected}
    content = write_form(campaign, form, Filling(unit=commune, values=values))
    row = layout_of(form).cells["bau_dai_bieu"].row + 2
    page = opened(content, data_only=True)["Báo cáo"]
    assert (page[f"E{row}"].value or None) == said
    if elected is not None:
        board = "○ Ban Thi đua - Khen thưởng đối chiếu"
        assert page[f"E{row - 1}"].value == (board if elected == 6 else "✓")


def test_what_is_not_allotted_is_for_the_board_to_compare(campaign, commune):
    unit = replace(commune, allotment=None)
    page = page_of(campaign, unit, bau_dai_bieu=3)
    row = layout_of(campaign.form("mau_01")).cells["bau_dai_bieu"].row + 2
    assert page[f"C{row}"].value == "cấp trên chưa phân bổ"
    assert not page[f"E{row}"].value
    board = "○ Ban Thi đua - Khen thưởng đối chiếu"
    assert page[f"E{row - 1}"].value == board
    assert page_of(campaign)[f"E{row}"].value == "Số này tự hiện ra sau khi chọn đơn vị"


@pytest.mark.parametrize(
    ("status", "figures", "said"),
    [
        ("Đã tổ chức", (25, 25), "✓"),
        ("Đã tổ chức", (None, 25), "✓"),
        ("Đã tổ chức", (25, None), "○ Ghi “Tổng số đại biểu (thực hiện)” (ô D34)"),
        ("Đã có kế hoạch", (25, None), "✓"),
        ("Đã có kế hoạch", (None, 25), "hint"),
        (None, (25, None), "✓"),
    ],
)
def test_a_pair_is_right_once_the_cell_that_is_asked_for_is_filled(
    campaign, commune, status, figures, said
):
    values = {"trang_thai": status, "tong_dai_bieu_kh": figures[0]}
    values["tong_dai_bieu_th"] = figures[1]
    shown = beside(campaign, page_of(campaign, commune, **values), "tong_dai_bieu_kh")
    lines = (line for sheet in campaign.form("mau_01").sheets for line in sheet.lines)
    hint = next(line.hint for line in lines if line.planned and line.planned.id in values)
    assert shown == (hint if said == "hint" else said)


@pytest.mark.parametrize("reason", [{}, {"R3": "Số liệu của huyện cũ"}])
@pytest.mark.parametrize("status", ["Đã tổ chức", "Đã có kế hoạch"])
def test_the_row_that_breaks_a_rule_about_rows_says_so(campaign, commune, status, reason):
    form, unit = campaign.form("mau_02"), campaign.unit(commune.parent)
    rows = [{"ca_nhan": 9, "nu": 9}, {"ca_nhan": 5, "nu": 9}, {}, {"ca_nhan": 5, "truc_tiep": 6}]
    filling = Filling(
        unit=unit, values={"trang_thai": status}, tables={"khen_thuong": rows}, explanations=reason
    )
    place = layout_of(form).tables["khen_thuong"]
    sheet = opened(write_form(campaign, form, filling), data_only=True)[place.sheet]
    first, beside_rows = place.first_row + 1, 1 + max(place.columns.values()) + 1
    said = [sheet.cell(first + n, beside_rows).value or "" for n in range(len(rows))]
    wrong = "△ đã giải trình" if reason else "▲ số thành phần lớn hơn số cá nhân"
    wrong = wrong if status == "Đã tổ chức" else "✓"
    assert said == ["✓", wrong, "", wrong]


def test_the_thing_to_do_leads_to_the_first_row_that_breaks_a_rule_about_rows(campaign, commune):
    form, unit = campaign.form("mau_02"), campaign.unit(commune.parent)
    rows = [{"ca_nhan": 9}, {}, {"ca_nhan": 5, "nu": 9}, {"ca_nhan": 5, "nu": 6}]
    values = {"trang_thai": "Đã tổ chức"}
    alone = replace(campaign, rules=tuple(rule for rule in campaign.rules if rule.id == "R3"))
    filling = Filling(unit=unit, values=values, tables={"khen_thuong": rows})
    filled = FilledForm(alone, form, filling)
    tasks = lay_out(filled.design, new_book(io.BytesIO())).tasks
    todo = {
        str(tasks.words(n).value(filled)): tasks.target(n).value(filled)
        for n in range(len(tasks.numbers(filled)))
    }
    place = layout_of(form).tables["khen_thuong"]
    cell = place.cell(2, "ca_nhan").address
    ((said, target),) = (item for item in todo.items() if "các dòng khen thưởng" in item[0])
    assert target == f"#'{place.sheet}'!{cell}"
    assert said.endswith(f"(trang “{place.sheet}”, ô {cell})")


@pytest.mark.parametrize(("marks", "sign"), [(0, "○"), (1, "○"), (2, ""), (3, "▲")])
def test_while_fewer_are_marked_than_elected_the_list_comes_first(campaign, commune, marks, sign):
    form = campaign.form("mau_01")
    rows = [{"ho_ten": f"Lò Văn {n}", "duoc_bau": "x" if n < marks else None} for n in range(4)]
    values = {"trang_thai": "Đã tổ chức", "bau_dai_bieu": 2}
    alone = replace(campaign, rules=tuple(rule for rule in campaign.rules if rule.id == "P7c"))
    filling = Filling(unit=commune, month=Month(2015, 3), values=values, tables={"danh_sach": rows})
    filled = FilledForm(alone, form, filling)
    tasks = lay_out(filled.design, new_book(io.BytesIO())).tasks
    said = [str(tasks.words(n).value(filled)) for n in range(len(tasks.numbers(filled)))]
    of_list = next(n for n, words in enumerate(said) if "dòng 7" in words)
    of_marks = [n for n, words in enumerate(said) if "được bầu" in words]
    assert [said[n][:1] for n in of_marks] == ([sign] if sign else [])
    if sign:
        assert (of_list < of_marks[0]) is (sign == "○")
        layout = layout_of(form)
        first_mark = layout.tables["danh_sach"].cell(0, "duoc_bau")
        cell = first_mark if sign == "○" else layout.cells["bau_dai_bieu"]
        assert tasks.target(of_marks[0]).value(filled) == f"#'{cell.sheet}'!{cell.address}"


TWO_CELLS = {
    "plan": ("so_ke_hoach", "ngay_ke_hoach", "△", "12/KH-UBND", "2/3/2015"),
    "report": ("so_bao_cao", "ngay_bao_cao", "▲", "30/BC-UBND", "18/3/2015"),
    "name": ("lan_thu", "nhiem_ky", "△", "IV", "2015-2020"),
}


@pytest.mark.parametrize("pair", TWO_CELLS)
@pytest.mark.parametrize("given", [(False, False), (True, False), (False, True), (True, True)])
def test_of_two_cells_the_verdict_stands_at_the_one_that_lacks(campaign, commune, pair, given):
    one, other, mark, *written = TWO_CELLS[pair]
    values = {"trang_thai": "Đã tổ chức", "ngay_hoi_nghi_th": "20/3/2015", "nhiem_ky": None}
    for id_, raw, is_given in zip((one, other), written, given, strict=True):
        values[id_] = raw if is_given else None
    page = page_of(campaign, commune, **values)
    marks = [str(beside(campaign, page, id_))[:2] for id_ in (one, other)]
    lacking = next((at for at, is_given in enumerate(given) if not is_given), None)
    assert [at for at, said in enumerate(marks) if said == f"{mark} "] == (
        [] if lacking is None else [lacking]
    )
    assert all(marks[at].startswith("✓") for at, is_given in enumerate(given) if is_given)


def test_of_two_cells_only_the_one_that_a_rule_points_at_says_it_is_explained(campaign, commune):
    values = {"trang_thai": "Đã tổ chức", "nhiem_ky": "2015-2020"}
    filling = Filling(unit=commune, values=values, explanations={"N3": "Không ghi lần thứ"})
    content = write_form(campaign, campaign.form("mau_01"), filling)
    page = opened(content, data_only=True)["Báo cáo"]
    assert beside(campaign, page, "lan_thu") == "△ đã giải trình"
    assert beside(campaign, page, "nhiem_ky") == "✓"


def test_a_unit_that_is_not_of_the_list_is_red_beside_its_cell(campaign):
    def said(typed):
        page = page_of(campaign, **NONE_YET, don_vi_bao_cao=typed)
        return beside(campaign, page, "don_vi_bao_cao")

    assert said("Thèn Sin") == "▲ Chọn lại “Đơn vị báo cáo” (ô C9) trong danh sách"
    assert not said(None).startswith("▲")
    assert said("Xã Thèn Sin – Huyện Tam Đường") == "✓"


def test_the_plans_day_is_not_taken_for_the_day_on_which_it_was_held(campaign, commune):
    values = {"trang_thai": "Đã tổ chức", "ngay_hoi_nghi_kh": "20/3/2015"}
    shown = beside(campaign, page_of(campaign, commune, **values), "ngay_hoi_nghi_kh")
    assert shown.startswith("○ Ghi “Ngày tổ chức Hội nghị")
    assert shown.endswith("(ô D24)")


GRAVER = {
    # a notice that the list has others, and a share below the guidance's
    "mau_02": ("dien_hinh_th", {"tong_dai_bieu_th": 100, "dien_hinh_th": 50}),
    # a plan after the conference is to be explained, one after the letter cannot be
    "mau_01": ("ngay_ke_hoach", {"so_ke_hoach": "1/KH", "ngay_ke_hoach": "26/3/2015", **LETTER}),
}


HELD = {"trang_thai": "Đã tổ chức", "ngay_hoi_nghi_th": "20/3/2015"}


@pytest.mark.parametrize(
    ("values", "cell", "said"),
    [
        (
            {"trang_thai": "Đã tổ chức", "ngay_hoi_nghi_th": "1/4/2015"},
            "ngay_hoi_nghi_th",
            "▲ ngoài thời gian quy định: từ 01/01/2015 đến 31/03/2015",
        ),
        (
            {**HELD, "thoi_luong": "1 ngày"},
            "thoi_luong",
            "△ quy định 1/2 ngày",
        ),
        (
            {**HELD, "ngay_ke_hoach": "26/3/2015", **LETTER},
            "ngay_ke_hoach",
            "▲ sau ngày công văn báo cáo 25/03/2015",
        ),
        (
            {**HELD, "tong_dai_bieu_th": 70, "nu_th": 71},
            "nu_th",
            "▲ nhiều hơn tổng số 70",
        ),
        (
            {**HELD, "so_cbccvc_nld": "1.200 người"},
            "so_cbccvc_nld",
            "▲ Ô C17 chưa đúng dạng số: ghi số viết liền, ví dụ 1200",
        ),
    ],
)
def test_a_verdict_is_told_from_a_hint(campaign, commune, values, cell, said):
    assert beside(campaign, page_of(campaign, commune, **values), cell) == said


def test_the_unified_name_is_said_to_who_wrote_another(campaign, commune):
    page = page_of(campaign, commune, **HELD, ten_hoi_nghi="Hội nghị tổng kết")
    name = f"Hội nghị biểu dương người tốt, việc tốt {commune.name}"
    assert beside(campaign, page, "ten_hoi_nghi") == f"▲ tên thống nhất là “{name}”"


def test_counts_are_shown_as_they_are_typed(written):
    """With a sign between thousands a PC with US settings shows 7,000, which is read as seven."""
    cell = opened(written["mau_01"])["Báo cáo"]["C17"]
    assert cell.number_format == "0"


@pytest.mark.parametrize("form_id", GRAVER)
def test_beside_a_cell_stands_the_gravest_of_what_is_wrong_there(campaign, commune, form_id):
    unit = commune if form_id == "mau_01" else campaign.unit(commune.parent)
    id_, values = GRAVER[form_id]
    values = {"trang_thai": "Đã tổ chức", "ngay_hoi_nghi_th": "20/3/2015", **values}
    form = campaign.form(form_id)
    content = write_form(campaign, form, Filling(unit=unit, month=Month(2015, 3), values=values))
    page = opened(content, data_only=True)["Báo cáo"]
    said = page.cell(layout_of(form).cells[id_].row + 1, HINT + 1).value
    assert said.startswith("▲ ")


def test_a_report_is_signed_in_the_commune(written):
    place = opened(written["Xã Mường Than"], data_only=True)["Báo cáo"]["C4"].value
    assert place.startswith("Mường Than, ngày ")


def test_what_an_answer_makes_needless_says_so_and_what_is_undecided_does_not(campaign, commune):
    form = campaign.form("mau_01")
    layout = layout_of(form)
    said = {}
    for answer in ("Toàn thể", "Đại biểu", None):
        filling = Filling(
            unit=commune, values={"loai_hoi_nghi": answer, "trang_thai": "Đã tổ chức"}
        )
        sheet = opened(write_form(campaign, form, filling), data_only=True)["Báo cáo"]
        for id_ in ("thanh_phan_khac_kh", "ly_do", "bau_dai_bieu"):
            row = layout.cells[id_].row + 1
            said[answer, id_] = sheet.cell(row, HINT + 1).value == "không cần ghi"
    assert said == {
        ("Toàn thể", "thanh_phan_khac_kh"): False,
        ("Đại biểu", "thanh_phan_khac_kh"): True,
        (None, "thanh_phan_khac_kh"): False,
        **{(answer, "ly_do"): True for answer in ("Toàn thể", "Đại biểu", None)},
        **{(answer, "bau_dai_bieu"): False for answer in ("Toàn thể", "Đại biểu", None)},
    }


def test_needless_cells_turn_grey_by_names_only(campaign, written):
    book = opened(written["mau_02"])
    sheet = book["Báo cáo"]
    layout = layout_of(campaign.form("mau_02"))
    rules = {
        str(where.sqref).split(":")[0]: rule.formula
        for where, rules in sheet.conditional_formatting._cf_rules.items()  # noqa: SLF001
        for rule in rules
    }
    for id_ in ("noi_dung_bao_cao_thieu", "tong_dai_bieu_th", "ly_do"):
        (formula,) = rules[layout.cells[id_].address]
        name = formula.removesuffix("=0")
        assert name in book.defined_names
        assert "!" not in formula
    assert layout.cells["tong_dai_bieu_kh"].address not in rules


# --- what is explained ------------------------------------------------------------------------

TOO_MANY = {
    "trang_thai": "Đã tổ chức",
    "loai_hoi_nghi": "Đại biểu",
    "tong_dai_bieu_th": 212,
    "so_cbccvc_nld": 400,
}


def things_to_do(campaign, unit, values, explanations):
    """Return what is to be done in a form, with where each is done."""
    filling = Filling(unit=unit, month=Month(2015, 3), values=values, explanations=explanations)
    filled = FilledForm(campaign, campaign.form("mau_01"), filling)
    tasks = lay_out(filled.design, new_book(io.BytesIO())).tasks
    places = range(len(tasks.numbers(filled)))
    return {tasks.words(n).value(filled): tasks.target(n).value(filled) for n in places[:8]}


def test_what_only_an_explanation_answers_leads_to_where_it_is_written(campaign, commune):
    todo = things_to_do(campaign, commune, TOO_MANY, {})
    (said,) = (words for words in todo if words.startswith("▲") and "giải trình" in words.lower())
    book = opened(write_form(campaign, campaign.form("mau_01"), Filling(unit=commune)))
    rows = book[PANEL_SHEET].iter_rows(min_row=PANEL_HEAD_ROW + 2)
    row = next(r[0].row for r in rows if r[PANEL_COLUMNS.index("Mã")].value == "A4")
    assert todo[said] == f"#'{PANEL_SHEET}'!D{row}"
    # what can still be mended leads to the figure
    planned = {**TOO_MANY, "trang_thai": "Đã có kế hoạch", "tong_dai_bieu_kh": 212}
    del planned["tong_dai_bieu_th"]
    cell = layout_of(campaign.form("mau_01")).cells["tong_dai_bieu_kh"].address
    assert f"#'Báo cáo'!{cell}" in things_to_do(campaign, commune, planned, {}).values()


def test_what_a_rule_asks_for_names_the_cell_to_which_it_leads(campaign, commune):
    todo = things_to_do(campaign, commune, {**TOO_MANY, "nhiem_ky": "2015-2020"}, {})
    cells = layout_of(campaign.form("mau_01")).cells
    for id_, said in (
        ("lan_thu", "△ Ghi Hội nghị lần thứ mấy, hoặc giải trình (ô {})"),
        ("dia_diem", "△ Ghi địa điểm đã tổ chức Hội nghị (ô {})"),
        ("chu_tri", "△ Ghi họ tên, chức vụ người đã chủ trì (ô {})"),
    ):
        address = cells[id_].address
        assert todo[said.format(address)] == f"#'Báo cáo'!{address}"
    (explained,) = (at for said, at in todo.items() if "vượt số lượng đại biểu" in said)
    cell = explained.removeprefix(f"#'{PANEL_SHEET}'!")
    said = f"▲ Giải trình lý do vượt số lượng đại biểu (trang “{PANEL_SHEET}”, ô {cell})"
    assert todo[said] == explained


def test_what_is_explained_is_no_more_to_be_done_and_is_said_beside_the_cell(campaign, commune):
    before, after = (
        things_to_do(campaign, commune, TOO_MANY, reason)
        for reason in ({}, {"A4": "Sáp nhập hai đơn vị"})
    )
    gone = {words for words in before if words not in after}
    assert len(gone) == 1
    assert next(iter(gone)).startswith("▲")
    form = campaign.form("mau_01")
    for reason, said in (({}, "▲ vượt 12 người"), ({"A4": "Sáp nhập"}, "△ đã giải trình")):
        filling = Filling(unit=commune, values=TOO_MANY, explanations=reason)
        page = opened(write_form(campaign, form, filling), data_only=True)["Báo cáo"]
        assert beside(campaign, page, "tong_dai_bieu_th").startswith(said)


def test_what_is_said_of_the_plan_of_a_conference_that_was_held_says_so(campaign, commune):
    page = page_of(
        campaign, commune, **{**TOO_MANY, "tong_dai_bieu_th": 150}, tong_dai_bieu_kh=90000
    )
    assert beside(campaign, page, "tong_dai_bieu_kh")[2:].startswith("Kế hoạch: ")


# --- what is still being written --------------------------------------------------------------

PARTS = ("cong_nhan", "nong_dan", "truc_tiep", "nghien_cuu", "lao_dong_gioi", "nguoi_tot")


@pytest.mark.parametrize(
    ("written", "mark"),
    [((20,), "○"), ((20, 30, 0, 0, 0, 0), "▲"), ((100, 50), "▲"), ((149, 0, 0, 0, 0, 0), "")],
)
def test_a_sum_whose_parts_are_still_being_written_is_not_red(campaign, commune, written, mark):
    parts = {f"dh_{p}_th": n for p, n in zip(PARTS, written, strict=False)}
    values = {**FILLED, "dien_hinh_th": 149, "tong_dai_bieu_th": 200, **parts}
    page = page_of(campaign, commune, **values)
    assert beside(campaign, page, "dh_cong_nhan_th")[0] == "✓"
    said = beside(campaign, page, "dien_hinh_th")
    assert (said[0] == mark) is said[1:].startswith(" các đối tượng cộng lại")
    todo = things_to_do(campaign, commune, values, {})
    assert "".join(words[0] for words in todo if "từng đối tượng" in words) == mark
