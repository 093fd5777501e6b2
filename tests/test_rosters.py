"""Lists of people as people make them: each habit is read, or said by its row."""

import io
from dataclasses import dataclass, replace
from datetime import datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from tdkt_batch.campaign.form import FormSheet
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_read.gather import gather
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_read.rosters import as_people_write
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Source
from tdkt_batch.workbooks.cells import Broken, SheetCells

CAMPAIGN = load_campaign()
FORM = CAMPAIGN.form("mau_01")
TABLE = layout_of(FORM).tables["danh_sach"]
NAMES = ("Lò Văn An", "Giàng A Páo", "Tẩn Tả Mẩy", "Lý Thị Hoa")


def person(name, **others):
    return {"ho_ten": name, "nam_sinh": 1970, "gioi_tinh": "Nam", "dan_toc": "Thái"} | others


BLANK = write_form(
    CAMPAIGN,
    FORM,
    Filling(
        unit=CAMPAIGN.unit("03619"),
        month=Month(2015, 3),
        tables={"danh_sach": [person(name) for name in NAMES]},
    ),
)


def read(change):
    """Return the submission of a form that somebody changed."""
    book = openpyxl.load_workbook(io.BytesIO(BLANK))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    source = Source(name="a.xlsx", sha256="a", size=1, modified=datetime(2015, 3, 18))
    return read_form(saved.getvalue(), source, CAMPAIGN)


@pytest.mark.parametrize(
    ("typed", "epoch", "year", "repair"),
    [
        (25692, WINDOWS_EPOCH, 1970, "SC23"),  # 4/5/1970, typed into a cell for whole numbers
        (24230, MAC_EPOCH, 1970, "SC23"),
        (24230, WINDOWS_EPOCH, 1966, "SC23"),
        (1970, MAC_EPOCH, 1970, None),
        (19700, WINDOWS_EPOCH, None, None),  # a year with one figure too many
        (42000, WINDOWS_EPOCH, None, None),  # 27/12/2014: nobody's day of birth
        (3000, WINDOWS_EPOCH, None, None),
        (-5, WINDOWS_EPOCH, None, None),
        (-5, MAC_EPOCH, None, None),
    ],
)
def test_the_number_of_a_day_of_birth_is_its_year(typed, epoch, year, repair):
    def change(book):
        book.epoch = epoch
        at(book, 0, "nam_sinh").value = typed

    value = read(change).tables["danh_sach"][0].values["nam_sinh"]
    assert (value.value, value.repair and value.repair.rule) == (year, repair)
    assert value.raw == typed
    assert (value.fault.code if value.fault else None) == (None if year else "DL03")


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH])
def test_true_is_no_year_of_birth(epoch):
    def change(book):
        book.epoch = epoch
        at(book, 0, "nam_sinh").value = True

    assert read(change).tables["danh_sach"][0].values["nam_sinh"].fault.code == "DL01"


def at(book, row, column):
    """Return the cell of a person's row, counted from 0."""
    sheet = book[TABLE.sheet]
    return sheet.cell(TABLE.first_row + 1 + row, TABLE.columns[column] + 1)


FOUR = list(enumerate(NAMES, start=1))


COLUMNS = tuple(c for c in FORM.tables[0].columns if c.id in person(""))
ONE_LIST = replace(FORM, sheets=(FormSheet(id="a", title="Danh sách", tables=(replace(FORM.tables[0], columns=COLUMNS),)),))  # fmt: skip
HEADS = [None, *(c.label for c in COLUMNS)]
FIRST = layout_of(ONE_LIST).tables["danh_sach"].first_row + 1
"""The row of the first person, as the sheet counts."""


@dataclass(frozen=True)
class OneSheet:
    """A workbook of one sheet."""

    cells: SheetCells
    titles = ("Danh sách",)
    content = b""

    def named_cells(self, _title):
        return {}

    def sheet(self, title):
        return self.cells if title in self.titles else None


@dataclass(frozen=True)
class Beside:
    """A row in which only the column of numbers holds something."""

    text: str


def meant(*rows, struck=(), merged=(), broken=()):
    """Return what rows of name, year, sex and ethnic group mean, and what is said of them.

    Cells are given as (row, column) among the people, both from 0.
    """
    above = FIRST - 1
    lines = [[]] * (above - 1) + [HEADS]
    lines += [[row.text] if isinstance(row, Beside) else [None, *row] for row in rows]
    sheet = SheetCells(
        "Danh sách",
        lines,
        {(above + row, 1 + column): Broken("error", text) for (row, column), text in broken},
        tuple((above + t, 1 + le, above + b, 1 + r) for t, le, b, r in merged),
        {(above + row, 1 + column): left for (row, column), left in struck},
    )
    cells = as_people_write(gather(OneSheet(sheet), ONE_LIST, ()), ["danh_sach"], CAMPAIGN)
    said = {f.code: f.details.get("rows", f.details.get("cells")) for f in cells.faults}
    return [
        (row.number, *(c.means for c in row.cells.values())) for row in cells.tables["danh_sach"]
    ], said


def people(rows):
    return [(number, name) for number, name, *_ in rows]


def row(name, *others):
    return (name, *others) if others else (name, 1970, "Nam", "Thái")


def alone(name):
    return (name, None, None, None)


PEOPLE = [row(name) for name in NAMES]


@pytest.mark.parametrize("at", [0, 2, 4])
@pytest.mark.parametrize(
    "text",
    [
        "I. Cá nhân điển hình",
        "A. ĐẠI BIỂU ĐIỂN HÌNH",
        "II/ Nông dân",
        "1. Xã Mường Than",
        "Cá nhân",
        "Xã Mường Than",
        "Tổng cộng",
        "Cộng: 4 người",
        "Tổng số người: 4 (bằng chữ: bốn người)",
        "Nữ: 1; dân tộc thiểu số: 4",
        "(Danh sách này có 4 người)",
        "Hội Nông dân xã",
        "HỘI NÔNG DÂN",
        "Trường THCS",
        "Công nhân, nông dân",
        "Thái",
        "Đảng ủy xã",
        "a) Cá nhân",
        "B. Tập thể",
        "Hết./.",
        "Họ và tên",
        "Họ và",
        "C¸ nh©n",
    ],
)
def test_headings_and_totals_are_no_people_and_are_named(text, at):
    rows, said = meant(*PEOPLE[:at], alone(text), *PEOPLE[at:])
    assert people(rows) == FOUR
    assert said == {"DL48": f"dòng {FIRST + at} “{text}”"}


def test_a_total_with_figures_is_no_person():
    assert people(meant(*PEOPLE, row("Tổng số", 4, 2, 2))[0]) == FOUR
    assert people(meant(*PEOPLE, row("Trong đó nữ", 2, None, None))[0]) == FOUR


@pytest.mark.parametrize(
    "text",
    [
        "Người lập biểu",
        "THỦ TRƯỞNG ĐƠN VỊ",
        "Lai Châu, ngày 20 tháng 3 năm 2015",
        "(Ký, ghi rõ họ tên)",
        "TM. UBND XÃ",
    ],
)
def test_a_signature_and_the_name_below_it_are_no_delegates(text):
    rows, said = meant(*PEOPLE, alone(text), alone("Lò Văn Ký"))
    assert people(rows) == FOUR
    assert said == {"DL48": f"dòng {FIRST + 4} “{text}”; dòng {FIRST + 5} “Lò Văn Ký”"}


@pytest.mark.parametrize(
    "heads",
    [
        HEADS[1:],
        [text.upper() for text in HEADS[1:]],
        ["Họ tên", "Năm sinh", "Nam/nữ", "Dân tộc"],
        ["Họ và tên", None, None, None],
        ["(2)", "(3)", "(4)", "(5)"],
        [2, 3, 4, 5],
        ["B", 1, 2, 3],
        ["A", "B", "C", "D"],
    ],
)
@pytest.mark.parametrize("at", [0, 2])
def test_heads_and_numbers_of_columns_are_no_people_and_are_named(at, heads):
    rows, said = meant(*PEOPLE[:at], tuple(heads), *PEOPLE[at:])
    assert people(rows) == FOUR
    assert said == {"DL48": f"dòng {FIRST + at} “{heads[0]}”"}


def test_a_signature_on_the_right_is_no_delegate_and_nothing_below_it():
    signed = [
        (None, None, None, "Lai Châu, ngày 20 tháng 3 năm 2015"),
        ("NGƯỜI LẬP BIỂU", None, None, "THỦ TRƯỞNG ĐƠN VỊ"),
        (None, None, None, "(Ký tên, đóng dấu)"),
        ("Lò Thị Lập", None, None, "Lò Văn Ký"),
    ]
    rows, said = meant(*PEOPLE, *signed)
    assert people(rows) == FOUR
    named = "; ".join(f"dòng {FIRST + 4 + n} “{r[0] or r[3]}”" for n, r in enumerate(signed))
    assert said == {"DL48": named}


@pytest.mark.parametrize(
    "other", [("Xác nhận Văn An", 1970, "Nam", "Thái"), (None, 1970, "Nam", "Thủ trưởng")]
)
def test_a_row_with_a_year_and_a_sex_stays_a_row_whatever_else_is_in_it(other):
    rows, said = meant(*PEOPLE, (NAMES[0], 1970, "Nam", "Thủ trưởng"), (None, *other[1:]))
    assert (len(rows), said) == (6, {"DL55": f"dòng {FIRST + 5} “1970”"})


@pytest.mark.parametrize("text", ["I. CÁ NHÂN ĐIỂN HÌNH", "Tổng cộng: 4", "Người lập biểu"])
def test_words_in_the_column_of_numbers_over_a_blank_row_are_named(text):
    rows, said = meant(*PEOPLE[:2], Beside(text), *PEOPLE[2:])
    assert people(rows) == FOUR
    assert said == {"DL48": f"dòng {FIRST + 2} “{text}”"}


@pytest.mark.parametrize(
    "text", ["Lò Văn B", "lò văn b", "Bạc Cầm Thị Xuân", "Điêu Chính", "Tòng Thị Ban", "Kỳ A Ký"]
)
def test_a_name_alone_in_its_row_is_a_person(text):
    rows, said = meant(*PEOPLE, alone(text))
    assert people(rows) == [*FOUR, (5, text)]
    assert said == {}


@pytest.mark.parametrize(
    "typed",
    [
        "Ông {}",
        "Bà  {}",
        "ông {}",
        "1. {}",
        "01) {}",
        "Đ/c {}",
        "2. Ông {}",
        "Đồng chí {}",
        "Ông/Bà: {}",
        "Ông (Bà) {}",
        "Ô. {}",
        "(3) {}",
        "3 {}",
        "03- {}",
        "3/ {}",
        "- {}",
        "+ {}",
        "• {}",
        "Đ.c. {}",
        "Cô {}",
        "ÔNG {}",
        "Đ/c: {}",
    ],
)
@pytest.mark.parametrize("of", [row, alone])
def test_the_name_is_read_without_number_and_title(typed, of):
    rows, said = meant(of(typed.format(NAMES[1])))
    assert people(rows) == [(1, NAMES[1])]
    assert said == {}


@pytest.mark.parametrize(
    "typed",
    [
        "{} và {}",
        "{}, {}",
        "{}; {}",
        "{}\n{}",
        "{} - {}",
        "1. {}\n2. {}",
        "Ông {}, bà {}",
        "{} và vợ {}",
        "{} (vợ: {})",
        "1. {} 2. {}",
        "{}    {}",
        "Ông {} & bà Hai, {}",
    ],
)
def test_two_people_in_one_cell_are_asked_about_by_row(typed):
    rows, said = meant(PEOPLE[0], row(typed.format(NAMES[1], "Lò Thị Hai")))
    assert len(rows) == 2
    assert said["DL47"].startswith(f"dòng {FIRST + 1} “")


@pytest.mark.parametrize(
    "mark",
    [
        '"',
        "”",
        "-nt-",
        "nt",
        "〃",
        "''",
        "Như trên",
        "-//-",
        '-"-',
        '—"—',
        "--nt--",
        "n.t",
        "(nt)",
        "nt.",
        "//",
        '" "',
        ",,",
        "như dòng trên",
    ],
)
def test_a_ditto_mark_is_what_stands_above(mark):
    rows, _ = meant(PEOPLE[0], (NAMES[1], mark, mark, mark), (NAMES[2], 1980, mark, mark))
    assert [r[2:] for r in rows] == [(1970, "Nam", "Thái")] * 2 + [(1980, "Nam", "Thái")]
    assert meant((NAMES[0], mark, mark, mark))[0] == [(1, NAMES[0], mark, mark, mark)]


def test_each_row_of_a_merged_cell_means_the_same():
    rows, _ = meant(
        PEOPLE[0], (NAMES[1], 1980, "Nữ", None), (NAMES[2], 1990, None, None), merged=[(0, 3, 2, 3)]
    )
    assert [r[4] for r in rows] == ["Thái"] * 3
    assert rows[2][3] is None


def test_what_is_struck_out_or_failed_in_a_merged_cell_is_so_in_each_row():
    lines = [PEOPLE[0], (NAMES[1], 1980, "Nữ", None)]
    rows, _ = meant(*lines, struck=[((0, 3), "Mông")], merged=[(0, 3, 1, 3)])
    assert [r[4] for r in rows] == ["Mông"] * 2
    (first, second), _ = meant(*lines, broken=[((0, 3), "#REF!")], merged=[(0, 3, 1, 3)])
    assert (first[4], second[4]) == ("#REF!", "#REF!")


def test_what_is_struck_out_in_the_second_column_of_a_name_is_no_part_of_it():
    def change(book):
        book[TABLE.sheet].insert_cols(TABLE.columns["ho_ten"] + 2)
        for row, name in enumerate(NAMES):
            *family, given = name.split()
            cell = at(book, row, "ho_ten")
            cell.value, cell.offset(0, 1).value = " ".join(family), given
        second = at(book, 1, "ho_ten").offset(0, 1)
        second.value = CellRichText(TextBlock(InlineFont(strike=True), "Sình "), "Páo")
        at(book, 2, "ho_ten").font = at(book, 2, "ho_ten").offset(0, 1).font = Font(strike=True)

    submission = read(change)
    names = [row.values["ho_ten"] for row in submission.tables["danh_sach"]]
    assert [name.value for name in names] == [NAMES[0], NAMES[1], NAMES[3]]
    assert (names[1].raw, names[1].repair.rule) == ("Giàng A Sình Páo", "SC24")
    assert "DL48" in {fault.code for fault in submission.faults}


def test_a_person_struck_out_is_no_delegate_any_more():
    rows, said = meant(*PEOPLE, struck=[((1, 0), "")])
    assert [name for _, name in people(rows)] == [NAMES[0], *NAMES[2:]]
    assert said == {"DL48": f"dòng {FIRST + 1} “{NAMES[1]}”"}


def test_all_rows_that_are_none_are_named():
    rows, said = meant(*[alone(f"Nhóm {n}") for n in range(1, 8)], *PEOPLE)
    quoted = "; ".join(f"dòng {FIRST + n} “Nhóm {n + 1}”" for n in range(5))
    assert (people(rows), said) == (FOUR, {"DL48": f"{quoted}; và {FIRST + 5}, {FIRST + 6}"})


# --- other tables --------------------------------------------------------------------------


UPPER = CAMPAIGN.form("mau_02")
DISTRICT = next(unit for unit in CAMPAIGN.units if CAMPAIGN.form_of(unit) is UPPER)
TABLES = {
    "truc_thuoc": ("phan_bo", 12),
    "phong_trao": ("ket_qua", "Tốt"),
    "tham_luan": ("linh_vuc", "Y tế"),
    "khen_thuong": ("tap_the", 12),
}


def of_upper(table, rows):
    """Return a table's values as they are read after the rows that were typed in it."""
    filling = Filling(unit=DISTRICT, month=Month(2015, 3), tables={table: rows})
    source = Source(name="a.xlsx", sha256="a", size=1, modified=datetime(2015, 3, 18))
    submission = read_form(write_form(CAMPAIGN, UPPER, filling), source, CAMPAIGN)
    values = [
        {id_: value.value for id_, value in row.values.items() if not value.is_blank}
        for row in submission.tables[table]
    ]
    return values, submission


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("total", ["Tổng cộng", "Cộng:", "TỔNG SỐ (3 đơn vị)", "Tổng số: 4"])
def test_totals_and_heads_are_no_rows_of_any_table_and_are_named(table, total):
    columns = next(one for one in UPPER.tables if one.id == table).columns
    first, (column, typed) = columns[0], TABLES[table]
    own = [first.choices.values[n] if first.choices else f"Một {n}" for n in range(2)]
    wanted = [{first.id: name, column: typed} for name in own]
    plain = of_upper(table, wanted)[0]
    others = [{c.id: c.label for c in columns}, {first.id: total, column: typed}]
    values, submission = of_upper(table, [wanted[0], others[0], wanted[1], others[1]])
    assert values == plain
    (said,) = (fault for fault in submission.faults if fault.code == "DL50")
    assert (said.field, said.details["number"]) == (table, "2")
    assert total in said.details["rows"]
    assert not [f for f in submission.all_faults if f.code != "DL50"]


def test_a_movement_or_a_unit_that_begins_like_a_total_is_a_row():
    names = ["Tổng dọn vệ sinh", "Cộng đồng chung tay", "Ngày thứ bảy tình nguyện", "Bản Mới"]
    values, submission = of_upper("phong_trao", [{"ten": name} for name in names])
    assert [row["ten"] for row in values] == names
    assert not submission.faults


def test_a_ditto_mark_is_understood_in_any_table():
    rows = [{"ten": "Một", "linh_vuc": "Y tế"}, {"ten": "Hai", "linh_vuc": "nt"}]
    values, _ = of_upper("tham_luan", rows)
    assert [row["linh_vuc"] for row in values] == ["Y tế", "Y tế"]


# --- whole forms --------------------------------------------------------------------------


def test_what_is_struck_out_or_joined_is_read_so_from_a_workbook():
    field = "khach_moi_lanh_dao_th"
    struck, whole, number = (
        layout_of(FORM).cells[id_] for id_ in (field, "dia_diem", "so_tham_luan")
    )

    def change(book):
        page = book[struck.sheet]
        page[struck.address].value = CellRichText(TextBlock(InlineFont(strike=True), "1"), "13")
        page[whole.address].value = "Hội trường"
        page[whole.address].font = Font(strike=True)
        page[number.address].value = 12
        page[number.address].font = Font(strike=True)
        first, last = at(book, 1, "dan_toc"), at(book, 3, "dan_toc")
        book[TABLE.sheet].merge_cells(f"{first.coordinate}:{last.coordinate}")
        at(book, 2, "ho_ten").value = "Ông Tẩn Tả Mẩy"

    submission = read(change)
    value = submission.values[field]
    assert (value.value, value.typed, value.raw, value.repair.rule) == (13, None, "113", "SC24")
    assert submission.values["dia_diem"].value is None
    assert submission.values["so_tham_luan"].value in (None, 0)
    faults = {fault.code: fault.details for fault in submission.faults}
    told = f"{whole.address} ghi “Hội trường”; {number.address} ghi “12”"
    assert faults["DL49"]["cells"] == told
    rows = submission.tables["danh_sach"]
    assert [row.values["dan_toc"].value for row in rows] == ["Thái"] * 4
    assert (rows[3].values["dan_toc"].repair.rule, rows[3].values["dan_toc"].typed) == (
        "SC25",
        None,
    )
    assert [row.values["ho_ten"].value for row in rows] == list(NAMES)
    assert rows[2].values["ho_ten"].repair.rule == "SC27"
