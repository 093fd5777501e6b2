"""From a workbook to a submission, whoever saved it and whatever was typed in it."""

import hashlib
import io
import re
import string
import zipfile
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libreoffice import convert, require_libreoffice
from openpyxl.comments import Comment

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.choose.states import is_empty
from tdkt_batch.forms.layout import META_SHEET, layout_of
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Letter, Month, Source
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.values import Found, is_blank_cell
from tdkt_batch.vietnamese.spelling import without_marks
from tdkt_batch.wording.forms import PANEL_SHEET
from tdkt_batch.wording.shared import file_reason, reading_fault
from tdkt_batch.workbooks.read import Unread

CAMPAIGN = load_campaign()
FORM, UPPER_FORM = CAMPAIGN.forms
UNITS = {unit.code: unit for unit in CAMPAIGN.units}
UNIT = next(u for u in CAMPAIGN.units if u.kind == "xã" and u.code not in CAMPAIGN.unit_aliases)
DISTRICT = next(u for u in CAMPAIGN.units if u.kind == "huyện")
MARCH = Month(2015, 3)
PAGE = FORM.sheets[0].title
LIST = FORM.sheets[1].title


# --- in the user's notation -----------------------------------------------------------------


def cells_of(text):
    """Return the raw cells of a small pipe table: ``| field | what is typed |``.

    A whole number is a number, ``dd/mm/yyyy`` in brackets a real day, all else text.
    """
    rows = [line.strip(" |").split("|") for line in text.strip().splitlines()]
    return {field.strip(): cell_of(typed.strip()) for field, typed in rows}


def cell_of(typed):
    if typed.startswith("["):
        return datetime.strptime(typed, "[%d/%m/%Y]")
    if typed in ("TRUE", "FALSE"):
        return typed == "TRUE"
    return int(typed) if typed.isdecimal() else typed


RULE = next(rule for rule in CAMPAIGN.rules if FORM.id in rule.bound)


def write(text="| trang_thai | Đã tổ chức |", unit=UNIT, form=FORM, month=MARCH, **more):
    return write_form(
        CAMPAIGN, form, Filling(unit=unit, month=month, values=cells_of(text), **more)
    )


def read(content, name="bao-cao.xlsx"):
    source = Source(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        modified=datetime(2015, 3, 18, 10),
    )
    return read_form(content, source, CAMPAIGN)


def edited(content, edit):
    """Return the workbook after ``edit`` by a program that calculates nothing."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def place(id_, form=FORM):
    return layout_of(form).cells[id_]


def put(id_, typed):
    """Return the edit that types into a field's cell."""

    def edit(book):
        book[place(id_).sheet][place(id_).address] = typed

    return edit


def faults(submission):
    return [(f.code, f.field, f.sheet, f.cell) for f in submission.all_faults]


def why(content, name="bao-cao.xlsx"):
    """Return the reason for which a file is no submission, and its sentence."""
    found = read(content, name)
    assert isinstance(found, Unread)
    return found.reason, file_reason(found.reason, found.details)


# --- what is read -----------------------------------------------------------------------------


def test_every_value_says_what_was_typed_where_and_what_it_counts_as():
    submission = read(
        write("""
            | trang_thai        | đã tổ chức   |
            | ngay_hoi_nghi_th  | [12/03/2015] |
            | thoi_luong        | [01/02/2015] |
            | tong_dai_bieu_th  | 1.200        |
            | dien_hinh_th      | 85           |
            | khach_moi_lanh_dao_th | mười lăm |
        """)
    )
    told = [
        (v.field, v.value, v.raw, v.repair and v.repair.rule, v.fault and v.fault.code)
        for v in submission.values.values()
        if not v.is_blank and not FORM.field(v.field).prefill
    ]
    assert told == [
        ("trang_thai", "Đã tổ chức", "đã tổ chức", None, None),
        ("ngay_hoi_nghi_th", date(2015, 3, 12), date(2015, 3, 12), None, None),
        ("thoi_luong", "1/2 ngày", date(2015, 2, 1), "SC07", None),
        ("tong_dai_bieu_th", 1200, "1.200", "SC02", None),
        ("dien_hinh_th", 85, 85, None, None),
        ("khach_moi_lanh_dao_th", None, "mười lăm", None, "DL01"),
    ]
    value = submission.values["tong_dai_bieu_th"]
    where = place("tong_dai_bieu_th")
    assert (value.sheet, value.cell, value.typed) == (PAGE, where.address, None)
    assert (submission.unit, submission.month) == (UNIT.code, MARCH)


def test_an_optional_count_is_0_once_its_column_is_begun_and_a_required_one_is_missing():
    values = read(write("| nu_kh | 30 |")).values
    assert (values["dan_toc_thieu_so_kh"].value, values["dan_toc_thieu_so_kh"].implied) == (0, True)
    assert values["tong_dai_bieu_kh"].value is None
    assert values["dan_toc_thieu_so_th"].value is None


def test_a_list_is_read_row_by_row_with_gaps():
    people = [
        {"ho_ten": "Lò Văn A", "nam_sinh": "1970", "gioi_tinh": "nam", "duoc_bau": "X"},
        {},
        {"ho_ten": "Giàng Thị B", "nam_sinh": 85, "gioi_tinh": "nu"},
    ]
    rows = read(write(tables={"danh_sach": people})).tables["danh_sach"]
    told = [
        (r.number, *(r.values[c].value for c in ("ho_ten", "nam_sinh", "gioi_tinh", "duoc_bau")))
        for r in rows
    ]
    assert told == [(1, "Lò Văn A", 1970, "Nam", True), (3, "Giàng Thị B", None, "Nữ", False)]
    assert rows[1].values["nam_sinh"].fault.code == "DL03"
    assert rows[1].values["nam_sinh"].field == "danh_sach.nam_sinh"


def test_what_the_unit_explains_beside_a_rule_is_read():
    content = write(explanations={RULE.id: "Mời thêm nông dân."})
    assert read(content).explanations == {RULE.id: "Mời thêm nông dân."}


@pytest.mark.parametrize(
    ("edit", "text", "said"),
    [
        (lambda sheet, _: sheet.insert_cols(4), "Vì A.", None),
        (lambda sheet, _: sheet.insert_rows(2, 3), "Vì A.", None),
        (lambda sheet, _: setattr(sheet, "title", "Kiem tra"), "Vì A.", None),
        (lambda sheet, row: sheet.cell(row, 12, "và B"), "Vì A.", "L{row} ghi và B"),
        (lambda sheet, _: sheet.cell(190, 4, "và B"), "Vì A.", "D190 ghi và B"),
        (lambda sheet, _: sheet.cell(2, 12, "bản nháp"), "Vì A.", None),
        (
            lambda sheet, _: (sheet.cell(190, 4, "và B"), sheet.cell(190, 10, RULE.id)),
            "Vì A.\nvà B",
            None,
        ),
    ],
)
def test_explanations_are_found_by_their_heads_and_none_is_lost(edit, text, said):
    content = write(explanations={RULE.id: "Vì A."})
    row = next(
        cell.row
        for cell in openpyxl.load_workbook(io.BytesIO(content))[PANEL_SHEET]["D"]
        if cell.value == "Vì A."
    )
    assert [f.code for f in read(content).faults] == []
    found = read(edited(content, lambda book: edit(book[PANEL_SHEET], row)))
    assert found.explanations == {RULE.id: text}
    cells = [f.details["cells"] for f in found.faults if f.code == "DL53"]
    assert cells == ([said.format(row=row)] if said else [])


def test_what_else_was_written_in_the_file_is_said_and_pictures_are_not():
    def add(book):
        book.create_sheet("Sheet1")
        book.create_sheet("_meta (2)")["A1"] = "form"
        book.create_sheet("Ghi thêm")["A1"] = "Tự ghi"
        book[PAGE]["C34"].comment = Comment("Nhớ hỏi lại", "Lò Văn A")

    box = (
        "<xdr:sp><xdr:txBody><a:p><a:r><a:t>Đã nộp bản giấy</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    saved = io.BytesIO(edited(write(), add))
    with zipfile.ZipFile(saved, "a") as package:
        package.writestr("xl/drawings/drawing7.xml", f"<xdr:wsDr>{box}")
        package.writestr("xl/media/image1.png", b"PNG")
    (said,) = read(saved.getvalue()).faults
    assert (said.code, said.details["extras"]) == (
        "DL54",
        "trang “Ghi thêm”; 1 khung chữ; 1 ghi chú ở ô",
    )


def test_the_check_figure_is_the_one_that_the_form_shows():
    content = write("| tong_dai_bieu_kh | 120 |")
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[PAGE]
    assert read(content).check_figure == shown[layout_of(FORM).check_figure.address].value


def test_a_form_as_it_was_sent_out_is_empty():
    for unit in (UNIT, DISTRICT):
        form = CAMPAIGN.form_of(unit)
        untouched = read(write_form(CAMPAIGN, form, Filling(unit=unit, month=MARCH)))
        assert is_empty(CAMPAIGN, untouched)
        assert faults(untouched) == []
    assert not is_empty(CAMPAIGN, read(write("| kien_nghi | Không |")))


# --- write, then read, is nothing lost ----------------------------------------------------------

LETTERS = st.text(
    string.ascii_letters + string.digits + " ăâđêôơưạếộ.,;:/-()“”'\"&<>=+@%", min_size=1
)
WORDS = LETTERS.filter(lambda text: any(c.isalpha() for c in text) and text != "x")
"""Not a lone x: it is how ``meant`` tells a mark from a word."""


NAMES = st.sampled_from(("Lò Văn A", "Vàng A Páo", "Tẩn Tả Mẩy", "Nguyễn Thị Bích Ngọc", "Hà Mí"))
"""A letter that stands alone in its row is the heading of people, not a person."""


def lawful(field):
    match field.kind:
        case FieldKind.TEXT if field.id == "ho_ten":
            return NAMES
        case FieldKind.COUNT:
            return st.integers(field.minimum, field.maximum)
        case FieldKind.DATE:
            return st.dates(CAMPAIGN.earliest, CAMPAIGN.latest)
        case FieldKind.CHOICE:
            return st.sampled_from(field.choices.values)
        case FieldKind.MARK:
            return st.just("x")
        case FieldKind.LACKING:
            return st.sampled_from(("đủ", "thiếu", "4; 6", "1", "đủ, thiếu 3"))
    return WORDS


def own_fields(form):
    return [f for f in form.fields if f.prefill not in ("unit", "month")]


ID = attrgetter("id")


@st.composite
def fillings(draw, cell=lawful):
    form = draw(st.sampled_from(CAMPAIGN.forms))
    fields = draw(st.lists(st.sampled_from(own_fields(form)), max_size=12, unique_by=ID))
    values = {f.id: draw(cell(f)) for f in fields}
    tables = {}
    for table in form.tables:
        if table.prefill:
            continue
        # a row counts by its name: one in which something else stands alone is a fault
        named = [c for c in table.columns if c.id in table.key]
        columns = st.lists(st.sampled_from(table.columns), max_size=4, unique_by=ID)
        rows = [draw(columns) for _ in range(draw(st.integers(0, 3)))]
        tables[table.id] = [
            {c.id: draw(cell(c)) for c in (*row, *(one for one in named if row and one not in row))}
            for row in rows
        ]
    return form, Filling(unit=unit_of(form), month=MARCH, values=values, tables=tables)


def unit_of(form):
    return next(u for u in CAMPAIGN.units if CAMPAIGN.form_of(u) is form)


FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@FEW
@given(fillings())
def test_any_lawful_filling_written_and_read_back_is_itself(case):
    form, filling = case
    submission = read(write_form(CAMPAIGN, form, filling))
    assert faults(submission) == []
    given_back = {
        id_: (v.value, v.typed)
        for id_, v in submission.values.items()
        if not v.is_blank and id_ in filling.values
    }
    assert given_back == {id_: (meant(v), meant(v)) for id_, v in filling.values.items()}
    for table, rows in filling.tables.items():
        back = [
            (row.number, {c: v.value for c, v in row.values.items() if not v.is_blank})
            for row in submission.tables[table]
        ]
        meaning = [{c: meant(v) for c, v in row.items()} for row in rows]
        assert back == [(n, row) for n, row in enumerate(meaning, start=1) if row]


def meant(raw):
    return True if raw == "x" else raw


ODD = st.one_of(
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    LETTERS,
    st.text("0123456789., /-", max_size=12),
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
    st.sampled_from([" ", "\u00a0", normalize("NFD", "Đã tổ chức"), "½", "✓", "#REF!", "=1+1"]),
)


@FEW
@given(fillings(lambda _field: ODD))
def test_any_odd_cell_is_a_value_or_a_fault_and_never_an_exception(case):
    form, filling = case
    submission = read(write_form(CAMPAIGN, form, filling))
    # of an answer's parts the fault stands at the answer
    own = [(id_, v) for id_, v in submission.values.items() if id_ not in form.part_of]
    cells = [(form.field(id_), v) for id_, v in own]
    cells += [
        (form.field(v.field), v)
        for rows in submission.tables.values()
        for row in rows
        for v in row.values.values()
    ]
    for field, value in cells:
        assert value.fault is None or value.value is None
        if field.kind in (FieldKind.TEXT, FieldKind.NOTE):
            continue  # a text of punctuation says nothing and is no fault
        if not is_blank_cell(value.raw):
            assert (value.value is None) == (value.fault is not None)
    for fault in submission.all_faults:
        assert all(reading_fault(fault, form.label(fault.field), CAMPAIGN.words.said))
        assert fault.sheet
        assert fault.cell


# --- other programs -------------------------------------------------------------------------------

FILLED = """
    | trang_thai            | Đã tổ chức                  |
    | so_cong_van           | 25/BC-UBND                  |
    | ngay_cong_van         | ngày 18 tháng 3 năm 2015    |
    | so_cbccvc_nld         | 23                          |
    | loai_hoi_nghi         | dai bieu                    |
    | ngay_hoi_nghi_kh      | [10/03/2015]                |
    | ngay_hoi_nghi_th      | 12.3.2015                   |
    | thoi_luong            | [01/02/2015]                |
    | tong_dai_bieu_th      | 1.200                       |
    | dien_hinh_th          | 85 người                    |
    | khach_moi_lanh_dao_th | 12,5                        |
    | nu_th                 | 40                          |
    | noi_dung_thieu        | Thiếu bế mạc                |
    | kien_nghi             | Đề nghị “cấp” kinh phí; 50% |
    | dien_thoai            | 0912 345 678                |
"""
PEOPLE = {
    "danh_sach": [
        {"ho_ten": "Lò Văn A", "nam_sinh": 1970, "gioi_tinh": "Nam", "dan_toc": "Thái"},
        {"ho_ten": "Giàng Thị B", "nam_sinh": "1985", "gioi_tinh": "nữ", "duoc_bau": "x"},
    ]
}


def saved_again(content, suffix, folder):
    """Return the workbook as LibreOffice saves it; its profile serves all tests of a run."""
    require_libreoffice()
    sent = folder / "bao-cao.xlsx"
    sent.write_bytes(content)
    return convert([sent], folder.parent, suffix)[0].read_bytes()


def told(submission):
    """Return all that a submission says, but for the file it came from."""
    rows = submission.tables.items()
    return {
        "who": (submission.form, submission.unit, submission.month, submission.check_figure),
        "values": submission.values,
        "tables": {id_: [(r.number, r.values) for r in rows_] for id_, rows_ in rows},
        "said": (submission.explanations, submission.faults),
    }


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("unit", [UNIT, None], ids=["made out", "blank"])
def test_a_form_saved_again_by_libreoffice_is_the_same_submission(tmp_path, suffix, unit):
    values = cells_of(FILLED)
    if unit is None:
        values |= {"don_vi_bao_cao": unit_label(UNIT, CAMPAIGN), "thang_bao_cao": MARCH.first_day}
    filling = Filling(unit=unit, month=unit and MARCH, values=values, tables=PEOPLE)
    content = write_form(CAMPAIGN, FORM, filling)
    again = saved_again(content, suffix, tmp_path)
    assert told(read(again, f"a.{suffix}")) == told(read(content))


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_an_error_in_a_cell_is_never_blank(tmp_path, suffix):
    content = edited(write(), put("dien_hinh_th", "=1/0"))
    submission = read(saved_again(content, suffix, tmp_path), f"a.{suffix}")
    value = submission.values["dien_hinh_th"]
    assert (value.value, value.raw, value.is_blank) == (None, "#DIV/0!", False)
    assert faults(submission) == [("DL11", "dien_hinh_th", PAGE, place("dien_hinh_th").address)]


def test_a_formula_that_was_not_calculated_is_never_blank():
    submission = read(edited(write(), put("dien_hinh_th", "=80+5")))
    assert submission.values["dien_hinh_th"].raw == "=80+5"
    assert faults(submission) == [("DL12", "dien_hinh_th", PAGE, place("dien_hinh_th").address)]


def test_an_error_typed_as_a_constant_is_never_blank():
    def edit(book):
        cell = book[PAGE][place("dien_hinh_th").address]
        cell.value, cell.data_type = "#N/A", "e"

    assert [code for code, *_ in faults(read(edited(write(), edit)))] == ["DL11"]


# --- cells that moved -------------------------------------------------------------------------------


def test_lines_that_moved_are_found_by_their_labels():
    row = place("tong_dai_bieu_kh").row

    def insert(book):
        for merged in list(book[PAGE].merged_cells.ranges):
            book[PAGE].unmerge_cells(str(merged))
        book[PAGE].insert_rows(row, 2)

    submission = read(edited(write("| tong_dai_bieu_kh | 120 |"), insert))
    value = submission.values["tong_dai_bieu_kh"]
    assert (value.value, value.cell, value.found) == (120, f"C{row + 3}", Found.LABEL)
    assert [code for code, *_ in faults(submission)] == ["DL31"]


def test_a_label_that_is_gone_is_a_fault_and_never_a_blank_cell_or_zero():
    def spoil(book):
        book[PAGE].cell(place("nu_kh").row + 1, 2).value = "Ghi chú"

    submission = read(edited(write("| tong_dai_bieu_kh | 120 |"), spoil))
    assert submission.values["nu_kh"].value is None
    assert faults(submission) == [
        ("DL45", "", PAGE, "B46"),  # what stands in its row is told beside
        ("DL13", "nu_kh", PAGE, ""),
        ("DL13", "nu_th", PAGE, ""),
    ]


def test_a_label_that_stands_twice_elsewhere_is_not_guessed():
    def spoil(book):
        sheet = book[PAGE]
        label = sheet.cell(place("nu_kh").row + 1, 2)
        sheet.cell(150, 2).value = sheet.cell(151, 2).value = label.value
        label.value = None

    assert [code for code, *_ in faults(read(edited(write(), spoil)))] == ["DL13", "DL13"]


def test_a_list_whose_heads_moved_is_found_and_one_without_is_a_fault():
    table = layout_of(FORM).tables["danh_sach"]

    def insert(book):
        book[LIST].insert_rows(table.title_row + 1, 3)

    def spoil(book):
        book[LIST].cell(table.head_row + 1, 2).value = "Tên"

    content = write(tables=PEOPLE)
    moved = read(edited(content, insert)).tables["danh_sach"]
    assert [r.values["ho_ten"].value for r in moved] == ["Lò Văn A", "Giàng Thị B"]
    spoilt = read(edited(content, spoil))
    assert (spoilt.tables["danh_sach"], faults(spoilt)) == ((), [("DL15", "", LIST, "")])


def test_rows_below_the_forms_capacity_are_read_and_said():
    table = layout_of(FORM).tables["danh_sach"]
    row = table.first_row + table.capacity + 2

    def add(book):
        book[LIST].cell(row + 1, 2).value = "Vàng A C"

    submission = read(edited(write(tables=PEOPLE), add))
    last = submission.tables["danh_sach"][-1]
    assert (last.number, last.values["ho_ten"].value) == (table.capacity + 3, "Vàng A C")
    assert faults(submission) == [("DL16", "danh_sach", LIST, f"B{row + 1}")]


def test_a_lost_sheet_is_one_fault_and_the_first_sheet_is_the_form():
    def lose(title):
        return lambda book: book.remove(book[title])

    assert faults(read(edited(write(), lose(LIST)))) == [("DL14", "", LIST, "")]
    assert why(edited(write(), lose(PAGE)))[0] == "broken_layout"
    assert read(edited(write(), lose(PANEL_SHEET))).explanations == {}


def test_two_tables_of_one_sheet_do_not_run_into_each_other():
    tables = {
        "phong_trao": [{"ten": f"Phong trào {n}"} for n in range(8)],
        "tham_luan": [{"ten": "Tham luận"}],
    }
    submission = read(write(unit=DISTRICT, form=UPPER_FORM, tables=tables))
    assert [len(submission.tables[t]) for t in tables] == [8, 1]
    assert faults(submission) == []


# --- whose form, for which month -----------------------------------------------------------------------


def blank_form(name, form=FORM):
    values = {"don_vi_bao_cao": name, "thang_bao_cao": MARCH.first_day}
    return write_form(CAMPAIGN, form, Filling(values=values))


def unit_named(code):
    return UNITS[code].name


@pytest.mark.parametrize(
    "write_name",
    [
        lambda unit: unit_label(unit, CAMPAIGN),
        lambda unit: unit.name,
        lambda unit: unit.name.upper(),
        lambda unit: f"  {unit.name.replace(' ', '   ')} ",
        lambda unit: normalize("NFD", unit.name),
        lambda unit: unit.name.removeprefix("Xã "),
        lambda unit: f"UBND {unit.name}",
        lambda unit: f"Ủy ban nhân dân xã {unit.name.removeprefix('Xã ')}",
        lambda unit: f"{unit.name}, {UNITS[unit.parent].name}",
    ],
)
def test_a_blank_form_is_the_units_whose_name_was_typed(write_name):
    submission = read(blank_form(write_name(UNIT)))
    assert submission.unit == UNIT.code
    assert faults(submission) == []


def test_other_spellings_of_the_register_count():
    code, names = next(iter(sorted(CAMPAIGN.unit_aliases.items())))
    assert read(blank_form(f"Xã {names[0]}")).unit == code


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (blank_form(None), "no_unit"),
        (blank_form("Xã Không Có"), "unknown_unit"),
        (blank_form(12), "unknown_unit"),
        (blank_form("Tam Đường"), "ambiguous_unit"),
        (blank_form("Huyện Tam Đường"), "wrong_form"),
        (write_form(CAMPAIGN, FORM, Filling(unit=UNIT)), "no_month"),
        (write("| thang_bao_cao | quý I |"), "unreadable_month"),
        (write("| thang_bao_cao | 3 |"), "unreadable_month"),
        (write("| thang_bao_cao | 13/2015 |"), "unreadable_month"),
    ],
)
def test_a_form_of_nobody_or_of_no_month_is_kept_aside(content, reason):
    assert why(content)[0] == reason


@pytest.mark.parametrize(
    ("typed", "month"),
    [("[01/04/2015]", "2015-04"), ("4/2015", "2015-04"), ("tháng 4 năm 2015", "2015-04")],
)
def test_the_month_typed_wins_when_last_months_file_is_used_again(typed, month):
    assert str(read(write(f"| thang_bao_cao | {typed} |")).month) == month


def test_a_month_cell_that_was_emptied_leaves_the_month_the_form_was_made_out_for():
    assert read(edited(write(), put("thang_bao_cao", None))).month == MARCH


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (lambda unit: without_marks(unit.name), ["DL35"]),
        (lambda unit: f"Xã {unit.name.removeprefix('Xã ')}h", ["DL35"]),
        (lambda unit: f"UBND {unit.name.upper()}, tỉnh Lai Châu", []),
    ],
)
def test_a_name_without_marks_or_misspelt_is_understood_and_said(name, found):
    submission = read(blank_form(name(UNITS["03394"])))
    assert submission.unit == "03394"
    assert [code for code, *_ in faults(submission)] == found


def mailed(content, address, units):
    campaign = replace(CAMPAIGN, units=units)
    source = Source(
        name="a.xlsx",
        sha256="0",
        size=1,
        modified=datetime(2015, 3, 18, 10),
        letter=Letter(sender=address),
    )
    return read_form(content, source, campaign)


def test_a_form_without_a_name_is_the_units_that_sent_it():
    units = tuple(replace(u, email="a@b.vn") if u == UNIT else u for u in CAMPAIGN.units)
    found = mailed(blank_form(None), "A@b.vn", units)
    assert found.unit == UNIT.code
    assert [code for code, *_ in faults(found)] == ["DL40"]
    assert mailed(blank_form(None), "c@b.vn", units).reason == "no_unit"
    everyone = tuple(replace(u, email="a@b.vn") for u in CAMPAIGN.units)
    assert mailed(blank_form(None), "a@b.vn", everyone).reason == "no_unit"


def test_a_form_that_another_unit_sent_is_said_unless_it_is_the_one_above():
    other = next(u for u in CAMPAIGN.units if u.kind == "sở")
    senders = {UNIT.parent: "huyen@b.vn", other.code: "so@b.vn"}
    units = tuple(replace(u, email=senders.get(u.code, "")) for u in CAMPAIGN.units)
    assert faults(mailed(write(), "huyen@b.vn", units)) == []
    assert [code for code, *_ in faults(mailed(write(), "so@b.vn", units))] == ["DL41"]


def test_a_form_in_which_another_unit_is_named_counts_for_neither():
    other = next(u for u in CAMPAIGN.units if u.kind == "xã" and u != UNIT)
    address = place("don_vi_bao_cao").address
    reason, sentence = why(write(f"| don_vi_bao_cao | {other.name} |"))
    assert reason == "disputed_unit"
    assert UNIT.name in sentence
    assert other.name in sentence
    odd = read(write("| don_vi_bao_cao | xã nhà |"))
    assert odd.unit == UNIT.code
    assert faults(odd) == [("DL18", "don_vi_bao_cao", PAGE, address)]


def meta(key, value):
    def edit(book):
        for row in book[META_SHEET].iter_rows():
            if row[0].value == key:
                row[1].value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (meta("campaign", "son_la_2014"), "other_campaign"),
        (meta("form", "mau_99"), "unknown_form"),
    ],
)
def test_a_form_that_is_not_this_campaigns_says_why(edit, reason):
    assert why(edited(write(), edit))[0] == reason


def test_a_code_that_is_not_in_the_register_leaves_the_name():
    content = write()
    assert read(edited(content, meta("unit", "99999"))).unit == UNIT.code
    both = edited(edited(content, meta("unit", "99999")), put("don_vi_bao_cao", None))
    reason, sentence = why(both)
    assert reason == "unknown_unit"
    assert "99999" in sentence
    assert "--register" in sentence


# --- two readers --------------------------------------------------------------------------------


def in_the_page(id_, change):
    """Return the change of a package that writes a field's cell in the page otherwise."""
    address = place(id_).address

    def edit(name, part):
        if not name.endswith("sheet1.xml"):
            return part
        match = re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)'.encode(), part)
        return part.replace(match[0], change(match[0].decode()).encode())

    return edit


def written_in_two_ways(cell):
    other = re.sub(r"<v>\d+</v>", "<v>999</v>", cell)
    return (
        f'<m:AlternateContent xmlns:m="urn:m"><m:Choice>{other}</m:Choice>'
        f"<m:Fallback>{cell}</m:Fallback></m:AlternateContent>"
    )


def test_a_cell_that_two_readers_see_otherwise_is_unknown_and_nobodys_fault():
    good = write("| trang_thai | Đã tổ chức |\n| nu_kh | 30 |\n| tong_dai_bieu_kh | 20 |")
    found = read(repacked(good, in_the_page("nu_kh", written_in_two_ways)))
    value = found.values["nu_kh"]
    assert value.value is None
    assert value.typed is None
    assert (value.fault.code, value.fault.cell) == ("DL24", place("nu_kh").address)
    message, _ = reading_fault(value.fault, "Đại biểu nữ", str)
    assert message.endswith("khác nhau: “30” hoặc để trống")
    assert found.values["tong_dai_bieu_kh"].value == 20
    assert [f.code for f in found.all_faults if f.code[:2] == "DL"] == ["DL24"]


def test_a_sheet_that_no_other_reader_can_look_at_is_said_to_be_in_doubt():
    odd = in_the_page("nu_kh", lambda cell: cell.replace("<c ", '<c t="b" ').replace("30", "có"))
    good = write("| trang_thai | Đã tổ chức |\n| nu_kh | 30 |")
    found = read(repacked(good, odd))
    assert [f.sheet for f in found.faults if f.code == "DL51"] == [PAGE]


# --- what is not opened ----------------------------------------------------------------------------------


def any_workbook(fill):
    book = openpyxl.Workbook()
    fill(book.active)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_another_workbook_is_not_a_form():
    assert why(any_workbook(lambda sheet: sheet.append(["Bảng lương", 1])))[0] == "other_workbook"


def test_a_far_cell_does_not_fill_the_memory():
    def far(book):
        book[PAGE]["XFD1048576"] = 1

    submission = read(edited(write("| nu_kh | 30 |"), far))
    assert submission.values["nu_kh"].value == 30


@pytest.mark.parametrize(
    ("sheet", "address", "reason"),
    [
        (PAGE, "XFD1048576", ""),
        (LIST, "XFD1048576", ""),
        (LIST, "B1048576", "far_cell"),
        (LIST, "H6000", "far_cell"),
    ],
)
def test_a_cell_too_far_to_be_kept_is_said_or_the_form_put_aside(sheet, address, reason):
    def far(book):
        book[sheet][address] = "Lò Văn Xa"
        book[sheet]["XFD1048570" if address == "H6000" else "A1"] = "x"

    found = read(edited(write("| nu_kh | 30 |"), far))
    if reason:
        assert (found.reason, found.details["cell"]) == (reason, address)
    else:
        ((cell, details),) = [(f.cell, f.details) for f in found.faults if f.code == "DL45"]
        assert (cell, details["number"]) == (address, "1")
        assert "Lò Văn Xa" in details["cells"]


def test_a_far_cell_of_an_old_workbook_does_not_fill_the_memory(tmp_path):
    def far(book):
        book[PAGE]["IV65536"] = 1

    content = saved_again(edited(write(), far), "xls", tmp_path)
    assert why(content)[0] == "far_cell"


def repacked(content, change):
    """Return the workbook with its members changed by ``change(name, bytes)``."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return saved.getvalue()


def test_a_workbook_that_unpacks_into_too_much_is_not_opened():
    def blow(name, part):
        return part + b" " * 160_000_000 if name.endswith("sheet1.xml") else part

    assert why(repacked(write(), blow))[0] == "too_large"


def test_a_sheet_in_an_encoding_that_the_reader_passes_over_is_read_all_the_same():
    def recode(name, part):
        if name.endswith("sheet1.xml"):
            return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")
        return part

    assert read(repacked(write("| nu_kh | 30 |"), recode)).values["nu_kh"].value == 30


@settings(FEW, max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 255), st.integers(0, 400))
def test_a_damaged_form_is_kept_aside_or_read_and_never_an_exception(position, byte, cut):
    content = bytearray(damageable())
    content[position % len(content)] = byte
    found = read(bytes(content[: len(content) - cut]))
    assert isinstance(found, Unread) or found.unit == UNIT.code


@cache
def damageable():
    return write()
