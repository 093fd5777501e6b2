"""Forms damaged in every way an office finds: read in full, or refused; never in the wrong field."""

import io
from datetime import date, timedelta
from functools import cache

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libreoffice import convert, require_libreoffice
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from test_read import CAMPAIGN, DISTRICT, FORM, LIST, MARCH, PAGE, UNIT, UPPER_FORM, read

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.forms.layout import ACTUAL, LABEL, META_SHEET, PAGE_HEAD_ROW, PLANNED, layout_of
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import OutcomeKind
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.values import Found
from tdkt_batch.workbooks.read import Unread

AWARDS, UNDER, PAPERS = "Khen thưởng", "Phân bổ & trực thuộc", "Phong trào & tham luận"


# --- a form in which no two cells hold the same -----------------------------------------------


def distinct(form):
    """Return a lawful filling in which a value says which field it belongs to."""
    values = {
        f.id: own(f, n) for n, f in enumerate(form.fields) if f.prefill not in ("unit", "month")
    }
    tables = {
        t.id: [{c.id: own(c, 15 * n + m) for m, c in enumerate(t.columns)} for n in range(1, 6)]
        for t in form.tables
        if not t.prefill
    }
    return values, tables


def own(field, number):
    match field.kind:
        case FieldKind.COUNT:
            return field.minimum + number
        case FieldKind.DATE:
            return date(2015, 1, 13) + timedelta(days=number)
        case FieldKind.CHOICE:
            return field.choices.values[number % len(field.choices.values)]
        case FieldKind.MARK:
            return "x" if number % 2 else None
        case FieldKind.LACKING:
            return "1; 6" if number % 2 else "2; 3"
    return f"{field.label} số {number}"


@cache
def good(form_id="mau_01", *, unit=True):
    form = CAMPAIGN.form(form_id)
    values, tables = distinct(form)
    owner = UNIT if form is FORM else DISTRICT
    if not unit:
        values |= {"don_vi_bao_cao": unit_label(owner, CAMPAIGN), "thang_bao_cao": MARCH.first_day}
    filling = Filling(
        unit=owner if unit else None, month=MARCH if unit else None, values=values, tables=tables
    )
    return write_form(CAMPAIGN, form, filling)


@cache
def truth(form_id="mau_01"):
    return meaning(read(good(form_id)))


def meaning(submission):
    """Return what counts, by field; of a list by column and the order of its rows."""
    said = {id_: v.value for id_, v in submission.values.items()}
    for table, rows in submission.tables.items():
        for n, row in enumerate(r for r in rows if any(not v.is_blank for v in r.values.values())):
            said |= {f"{table}.{n}.{c}": v.value for c, v in row.values.items()}
    return said


def edited(content, *edits):
    book = openpyxl.load_workbook(io.BytesIO(content))
    for edit in edits:
        edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


# --- damages -------------------------------------------------------------------------------------


def unmerged(sheet):
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    return sheet


def rows_inserted(title, at, number=1):
    return lambda book: unmerged(book[title]).insert_rows(at, number)


def columns_inserted(title, at, number=1):
    return lambda book: unmerged(book[title]).insert_cols(at, number)


def rows_deleted(title, at, number=1):
    return lambda book: unmerged(book[title]).delete_rows(at, number)


def columns_deleted(title, at):
    return lambda book: unmerged(book[title]).delete_cols(at)


def renamed(title, to):
    def edit(book):
        book[title].title = to

    return edit


def hidden(title):
    def edit(book):
        book[title].sheet_state = "hidden"

    return edit


def copied(title, to="", *edits):
    def edit(book):
        sheet = book.copy_worksheet(book[title])
        if to:
            sheet.title = to
        for change in edits:
            change(sheet)

    return edit


def reordered(book):
    book.move_sheet(book.worksheets[0], len(book.worksheets) - 4)


def removed(title):
    return lambda book: book.remove(book[title])


def columns_swapped(title, one, two):
    def edit(book):
        sheet = unmerged(book[title])
        for row in range(1, sheet.max_row + 1):
            a, b = sheet.cell(row, one), sheet.cell(row, two)
            a.value, b.value = b.value, a.value

    return edit


def rows_swapped(title, one, two):
    def edit(book):
        sheet = unmerged(book[title])
        for column in range(1, 8):
            a, b = sheet.cell(one, column), sheet.cell(two, column)
            a.value, b.value = b.value, a.value

    return edit


def retyped(title, row, column, text):
    def edit(book):
        book[title].cell(row, column).value = text

    return edit


def into_a_new_workbook(*titles):
    """Return what copying all cells of some sheets into a new workbook leaves: values only."""

    def make(content):
        old = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, title in enumerate(titles, start=1):
            sheet = book.create_sheet(f"Sheet{number}")
            for row in old[title].iter_rows():
                for cell in row:
                    if cell.value is not None:
                        new = sheet.cell(cell.row, cell.column, cell.value)
                        new.number_format = cell.number_format
        saved = io.BytesIO()
        book.save(saved)
        return saved.getvalue()

    return make


def shifted(down, right):
    """Return the edit that pastes the page's cells some rows down and some columns right."""

    def edit(book):
        sheet = unmerged(book[PAGE])
        cells = [(c.row, c.column, c.value, c.number_format) for r in sheet.iter_rows() for c in r]
        for row, column, *_ in cells:
            sheet.cell(row, column).value = None
        for row, column, value, number_format in cells:
            if value is not None:
                new = sheet.cell(row + down, column + right, value)
                new.number_format = number_format

    return edit


def line_of(id_, form=FORM):
    return layout_of(form).cells[id_].row + 1


def identity(key, value):
    def edit(book):
        row = next(row for row in book[META_SHEET].iter_rows() if row[0].value == key)
        row[1].value = value

    return edit


def without_names(book):
    for name in list(book.defined_names):
        del book.defined_names[name]


PLAN, FACT = PLANNED + 1, ACTUAL + 1
HEADS_ROW = PAGE_HEAD_ROW + 1
NU = line_of("nu_kh")
TABLE = layout_of(FORM).tables["danh_sach"]
UPPER_PLACES = layout_of(UPPER_FORM).tables

READ_IN_FULL = {
    # sheets
    "sheet renamed": ("mau_01", [renamed(PAGE, "BC thang 3")], {"DL32"}),
    "both sheets renamed": ("mau_01", [renamed(PAGE, "1"), renamed(LIST, "2")], {"DL32"}),
    "identity renamed": ("mau_01", [renamed(META_SHEET, "Sheet9")], set()),
    "sheets in another order": ("mau_02", [reordered], set()),
    "sheet hidden": ("mau_01", [hidden(LIST)], set()),
    "a sheet of the unit's own": (
        "mau_01",
        [lambda b: b.create_sheet("Ghi chú").append(["x"])],
        {"DL54"},
    ),
    "identical copy": ("mau_01", [copied(PAGE)], {"DL38"}),
    "copy filled, original left blank in half": (
        "mau_01",
        [
            copied(PAGE),
            lambda b: [
                b[PAGE].cell(r, c).__setattr__("value", None)
                for r in range(line_of("trang_thai"), line_of("nu_kh"))
                for c in (3, 4)
                if isinstance(b[PAGE].cell(r, c), Cell)
            ],
        ],
        {"DL38"},
    ),
    "blank copy of a list": (
        "mau_01",
        [
            copied(
                LIST,
                "Danh sách (2)",
                lambda s: [
                    s.cell(r, c).__setattr__("value", None)
                    for r in range(TABLE.first_row + 1, 40)
                    for c in range(2, 10)
                ],
            )
        ],
        {"DL38"},
    ),
    "upper form, sheets renamed": (
        "mau_02",
        [renamed(AWARDS, "KT"), renamed(UNDER, "PB"), renamed(PAPERS, "TL")],
        {"DL32"},
    ),
    # rows
    "row inserted above all": ("mau_01", [rows_inserted(PAGE, 1)], {"DL31"}),
    "rows inserted in the middle": ("mau_01", [rows_inserted(PAGE, NU, 3)], {"DL31"}),
    "rows inserted in three places": (
        "mau_01",
        [rows_inserted(PAGE, 60, 2), rows_inserted(PAGE, 30), rows_inserted(PAGE, 5)],
        {"DL31"},
    ),
    "head lines deleted": ("mau_01", [rows_deleted(PAGE, 1, 3)], {"DL31"}),
    "two lines exchanged": ("mau_01", [rows_swapped(PAGE, NU, NU + 1)], {"DL31"}),
    "row inserted above a list": ("mau_01", [rows_inserted(LIST, 2, 2)], {"DL31"}),
    "heads of a list written once more": (
        "mau_01",
        [
            rows_inserted(LIST, TABLE.first_row + 3),
            lambda b: [
                b[LIST].cell(TABLE.first_row + 3, n + 2).__setattr__("value", c.label)
                for n, c in enumerate(FORM.tables[0].columns)
            ],
        ],
        {"DL48"},
    ),
    "row inserted between two lists": (
        "mau_02",
        [rows_inserted(PAPERS, UPPER_PLACES["tham_luan"].title_row, 2)],
        {"DL31"},
    ),
    "list moved away from the names": (
        "mau_01",
        [without_names, rows_inserted(PAGE, 20)],
        {"DL31"},
    ),
    # columns
    "column inserted before all": ("mau_01", [columns_inserted(PAGE, 1)], {"DL31"}),
    "column inserted between label and figures": (
        "mau_01",
        [columns_inserted(PAGE, PLAN)],
        {"DL31"},
    ),
    "column inserted between plan and fact": ("mau_01", [columns_inserted(PAGE, FACT)], {"DL31"}),
    "first column deleted": ("mau_01", [columns_deleted(PAGE, 1)], {"DL31"}),
    "column of hints deleted": ("mau_01", [columns_deleted(PAGE, 5)], set()),
    "plan and fact exchanged": ("mau_01", [columns_swapped(PAGE, PLAN, FACT)], {"DL31"}),
    "columns of a list exchanged": ("mau_01", [columns_swapped(LIST, 3, 4)], {"DL31"}),
    "column inserted into a list": ("mau_01", [columns_inserted(LIST, 4)], {"DL31"}),
    "STT of a list deleted": ("mau_01", [columns_deleted(LIST, 1)], {"DL31"}),
    "heads of the page lost, hints there": ("mau_01", [rows_deleted(PAGE, HEADS_ROW)], {"DL31"}),
    "page pasted elsewhere in its sheet": ("mau_01", [shifted(7, 2)], {"DL31"}),
    # labels
    "label misspelt": ("mau_01", [retyped(PAGE, NU, LABEL + 1, "Đại biêu nữ")], set()),
    "label without marks": ("mau_01", [retyped(PAGE, NU, LABEL + 1, "Dai bieu nu")], set()),
    "label in capitals with a colon": (
        "mau_01",
        [retyped(PAGE, NU, LABEL + 1, "ĐẠI BIỂU NỮ:")],
        set(),
    ),
    "label in a font of before Unicode": (
        "mau_01",
        [retyped(PAGE, NU, LABEL + 1, "§¹i biÓu n÷")],
        set(),
    ),
    "head of a list misspelt": (
        "mau_01",
        [retyped(LIST, TABLE.head_row + 1, 4, "Giới tinh")],
        set(),
    ),
    # identity
    "another version of the form": ("mau_01", [identity("form_version", "000000000000")], {"DL34"}),
    "no identity": ("mau_01", [removed(META_SHEET)], {"DL33"}),
    "no identity, upper form": ("mau_02", [removed(META_SHEET)], {"DL33"}),
}


def codes(submission):
    return {fault.code for fault in submission.all_faults}


@pytest.mark.parametrize("case", READ_IN_FULL)
def test_a_damaged_form_is_read_in_full_and_says_so(case):
    form_id, damages, notices = READ_IN_FULL[case]
    submission = read(edited(good(form_id), *damages))
    assert not isinstance(submission, Unread), submission
    assert meaning(submission) == truth(form_id)
    assert codes(submission) == notices


# --- never a guess --------------------------------------------------------------------------------


def wrong_fields(submission, form_id="mau_01"):
    """Return the fields that hold something which is not their own."""
    true = truth(form_id)
    return {
        id_: value
        for id_, value in meaning(submission).items()
        if value not in (None, False, true.get(id_))
    }


def typed(id_, value, column=None):
    def edit(sheet_or_book):
        sheet = sheet_or_book[PAGE] if hasattr(sheet_or_book, "worksheets") else sheet_or_book
        place = layout_of(FORM).cells[id_]
        sheet.cell(place.row + 1, column or place.column + 1).value = value

    return edit


READ_IN_PART = {
    "copy that says otherwise in one cell": (
        "mau_01",
        [copied(PAGE, "Báo cáo (2)", typed("nu_th", 9999))],
        {"DL19"},
        {"nu_th"},
    ),
    "copy of a list that says otherwise": (
        "mau_01",
        [copied(LIST, "", lambda s: s.cell(TABLE.first_row + 1, 3).__setattr__("value", 1950))],
        {"DL19"},
        {"danh_sach.nam_sinh"},
    ),
    "copy of a list with other people": (
        "mau_01",
        [
            copied(
                LIST,
                "",
                lambda s: [
                    s.cell(r, 2).__setattr__("value", f"Lò Văn {r}")
                    for r in range(TABLE.first_row + 1, TABLE.first_row + 4)
                ],
            )
        ],
        {"DL21"},
        {"danh_sach"},
    ),
    "a single cell taken apart and filled twice": (
        "mau_01",
        [lambda b: unmerged(b[PAGE]), typed("thoi_luong", "1 ngày", FACT)],
        {"DL19"},
        {"thoi_luong"},
    ),
    "a line deleted": ("mau_01", [rows_deleted(PAGE, NU)], {"DL13", "DL31"}, {"nu_kh", "nu_th"}),
    "many lines deleted": (
        "mau_01",
        [rows_deleted(PAGE, line_of("dh_cong_nhan_kh"), 6)],
        {"DL22", "DL31"},
        {f.id for f in FORM.fields if f.id.startswith("dh_")},
    ),
    "what is lacking deleted": (
        "mau_01",
        [rows_deleted(PAGE, line_of("noi_dung_thieu"), 2)],
        {"DL13", "DL31"},
        {"noi_dung_thieu", *FORM.part_of},
    ),
    "a label typed over": (
        "mau_01",
        [retyped(PAGE, NU, LABEL + 1, "Đại biểu nam")],
        {"DL13", "DL45"},
        {"nu_kh", "nu_th"},
    ),
    "a line written twice, with other figures": (
        "mau_01",
        [
            lambda b: [
                b[PAGE].cell(150, c).__setattr__("value", v)
                for c, v in ((2, "Đại biểu nữ"), (3, 77), (4, 78))
            ]
        ],
        {"DL13", "DL45"},
        {"nu_kh", "nu_th"},
    ),
    "heads and hints of the page lost": (
        "mau_01",
        [columns_deleted(PAGE, 5), rows_deleted(PAGE, HEADS_ROW)],
        {"DL20"},
        None,
    ),
    "column of the plan deleted": ("mau_01", [columns_deleted(PAGE, PLAN)], {"DL20"}, None),
    "a column of a list deleted": (
        "mau_01",
        [columns_deleted(LIST, 4)],
        {"DL15", "DL31"},
        {"danh_sach.gioi_tinh"},
    ),
    "a head of a list typed over": (
        "mau_01",
        [retyped(LIST, TABLE.head_row + 1, 5, "Tôn giáo")],
        {"DL15"},
        {"danh_sach.dan_toc"},
    ),
    "a head of a list written twice": (
        "mau_01",
        [retyped(LIST, TABLE.head_row + 1, 5, "Giới tính")],
        {"DL15"},
        {"danh_sach.dan_toc", "danh_sach.gioi_tinh"},
    ),
    "the names of a list without their head": (
        "mau_01",
        [retyped(LIST, TABLE.head_row + 1, 2, "Ghi chú")],
        {"DL15"},
        {"danh_sach"},
    ),
    "a list lost": ("mau_01", [removed(LIST)], {"DL14"}, {"danh_sach"}),
    "an older version without a line": (
        "mau_01",
        [identity("form_version", "0"), rows_deleted(PAGE, line_of("thoi_luong"))],
        {"DL34"},
        {"thoi_luong"},
    ),
}


@pytest.mark.parametrize("case", READ_IN_PART)
def test_what_is_not_certain_is_missing_and_said_and_the_rest_is_read(case):
    form_id, damages, notices, missing = READ_IN_PART[case]
    submission = read(edited(good(form_id), *damages))
    assert not isinstance(submission, Unread), submission
    assert wrong_fields(submission, form_id) == {}
    assert codes(submission) == notices
    lost = {
        id_
        for id_, value in truth(form_id).items()
        if value not in (None, False) and meaning(submission).get(id_) is None
    }
    if missing is not None:
        assert {id_ for id_ in lost if not said_of(id_, missing)} == set()
        assert lost


LISTED = ("A5c", "P7c")
"""Rules that count the list of a form."""


def test_a_rule_about_a_list_that_could_not_be_read_is_undecided():
    form_id, damages, *_ = READ_IN_PART["a list lost"]
    held = typed("trang_thai", "Đã tổ chức"), typed("bau_dai_bieu", 3)
    submission = read(edited(good(form_id), *held, *damages))
    assert submission.unread_tables == ("danh_sach",)
    outcomes = {one.rule: one for one in form_outcomes(CAMPAIGN, FORM, submission, UNIT)}
    found = {rule: (outcomes[rule].outcome, outcomes[rule].missing) for rule in LISTED}
    assert found == dict.fromkeys(LISTED, (OutcomeKind.UNKNOWN, ("danh_sach",)))


def test_what_was_not_found_is_not_called_blank():
    held = typed("trang_thai", "Đã tổ chức")
    submission = read(edited(good(), held, rows_deleted(PAGE, line_of("dia_diem"))))
    outcomes = {one.rule: one for one in form_outcomes(CAMPAIGN, FORM, submission, UNIT)}
    assert (outcomes["N4"].outcome, outcomes["N4"].missing) == (OutcomeKind.UNKNOWN, ("dia_diem",))


def said_of(id_, missing):
    """Tell whether a field, ``bang.cot`` or table is among those that may be missing."""
    table, *rest = id_.split(".")
    return table in missing or bool(rest and f"{table}.{rest[1]}" in missing)


REFUSED = {
    "page lost": ([removed(PAGE)], "broken_layout"),
    "copy for another month": (
        [copied(PAGE, "", typed("thang_bao_cao", date(2015, 2, 1)))],
        "copied_sheet",
    ),
    "another unit's name": ([typed("don_vi_bao_cao", "Xã Khổng Lào")], "disputed_unit"),
    "of another campaign": ([identity("campaign", "son_la_2014")], "other_campaign"),
    "no identity, most labels gone": (
        [removed(META_SHEET), rows_deleted(PAGE, 2, 45)],
        "no_identity",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_form_that_may_be_anybodys_is_refused_with_the_reason(case):
    damages, reason = REFUSED[case]
    found = read(edited(good(), *damages))
    assert isinstance(found, Unread), found
    assert found.reason == reason


def test_a_form_copied_into_a_new_workbook_is_known_by_what_stands_in_it():
    content = into_a_new_workbook(PAGE, LIST)(good())
    submission = read(content)
    assert (submission.unit, submission.month, submission.form) == (UNIT.code, MARCH, FORM.id)
    assert meaning(submission) == truth()
    assert codes(submission) == {"DL32", "DL33"}


def test_a_copied_form_without_a_name_is_the_senders():
    bare = edited(
        into_a_new_workbook(PAGE, LIST)(good()),
        lambda b: b.worksheets[0].cell(line_of("don_vi_bao_cao"), PLAN).__setattr__("value", None),
    )
    assert read(bare).reason == "no_unit"


def test_a_moved_value_tells_both_cells_and_how_it_was_found():
    submission = read(edited(good(), rows_inserted(PAGE, NU, 3)))
    value = submission.values["nu_kh"]
    assert (value.found, value.cell) == (Found.LABEL, f"{get_column_letter(PLAN)}{NU + 3}")
    assert submission.values["tong_dai_bieu_kh"].found is Found.POSITION
    (fault,) = submission.faults
    assert (fault.details["laid_out"], fault.details["moved_to"]) == (f"C{NU}", f"C{NU + 3}")


def test_a_name_that_moved_with_its_cell_is_an_anchor_beside_the_label():
    names = {"C": "thoi_luong"}

    def follow(book):
        rows_inserted(PAGE, 10, 2)(book)
        for name, defined in book.defined_names.items():
            sheet, _, cell = defined.attr_text.partition("!$")
            if name == names["C"]:
                column, row = cell.split("$")
                defined.attr_text = f"{sheet}!${column}${int(row) + 2}"

    submission = read(edited(good(), follow))
    assert submission.values["thoi_luong"].found is Found.NAME
    assert meaning(submission) == truth()


def test_a_name_that_points_to_another_sheet_says_nothing_of_this_one():
    """Its label stands twice: the name would decide, were it of this sheet."""

    def doubled(title):
        def edit(book):
            sheet, row = book[PAGE], line_of("thoi_luong")
            sheet.insert_rows(row)
            sheet.cell(row, 2, sheet.cell(row + 1, 2).value)
            book.defined_names["thoi_luong"].attr_text = f"'{title}'!$C${row + 1}"

        return edit

    by_name, by_none = (read(edited(good(), doubled(title))) for title in (PAGE, LIST))
    assert by_name.values["thoi_luong"].found is Found.NAME
    assert by_name.values["thoi_luong"].value == read(good()).values["thoi_luong"].value
    assert by_none.values["thoi_luong"].value is None


def test_an_untouched_form_is_found_by_position_and_zeros_are_implied():
    values = read(good()).values
    assert {v.found for v in values.values()} == {Found.POSITION}
    few = read(edited(good(), *(typed(f"{id_}_th", None) for id_ in ("nu", "dan_toc_thieu_so"))))
    assert few.values["nu_th"].found is Found.IMPLIED


# --- other programs --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_damages_are_the_same_when_other_programs_save_the_form(tmp_path, suffix):
    require_libreoffice()
    cases = [
        "rows inserted in the middle",
        "plan and fact exchanged",
        "sheet renamed",
        "no identity",
    ]
    files = []
    for number, case in enumerate(cases):
        form_id, damages, _ = READ_IN_FULL[case]
        files.append(tmp_path / f"bieu-{number}.xlsx")
        files[-1].write_bytes(edited(good(form_id), *damages))
    for case, saved in zip(cases, convert(files, tmp_path.parent, suffix), strict=True):
        submission = read(saved.read_bytes(), saved.name)
        assert not isinstance(submission, Unread), (case, submission)
        assert meaning(submission) == truth(READ_IN_FULL[case][0]), case
        assert codes(submission) == READ_IN_FULL[case][2], case


# --- damages by chance -----------------------------------------------------------------------------

WIDTH, HEIGHT = st.integers(1, 6), st.integers(1, 75)
TITLES = st.sampled_from([PAGE, LIST])
STRUCTURE = st.one_of(
    st.builds(rows_inserted, TITLES, HEIGHT, st.integers(1, 3)),
    st.builds(rows_deleted, TITLES, HEIGHT),
    st.builds(columns_inserted, TITLES, WIDTH),
    st.builds(columns_deleted, TITLES, WIDTH),
    st.builds(rows_swapped, st.just(PAGE), HEIGHT, HEIGHT),
    st.builds(columns_swapped, TITLES, WIDTH, WIDTH),
    st.builds(renamed, st.sampled_from([META_SHEET, "Tự kiểm tra"]), st.just("x")),
)


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(STRUCTURE, min_size=1, max_size=3))
def test_no_damage_by_chance_puts_a_value_in_the_wrong_field(damages):
    try:
        content = edited(good(), *damages)
    except KeyError:  # the same sheet renamed twice
        return
    found = read(content)
    if isinstance(found, Unread):
        assert found.reason in ("no_identity", "other_workbook", "no_unit", "no_month")
        return
    assert wrong_cells(found) == {}
    if by_name(found) != by_name(read(good())):
        assert codes(found)


def by_name(submission):
    """Return what counts, by field; of a list by column and the name in its row."""
    said = {id_: v.value for id_, v in submission.values.items()}
    for table, rows in submission.tables.items():
        for row in rows:
            name = row.values["ho_ten"].value
            said |= {f"{table}.{name}.{c}": v.value for c, v in row.values.items()}
    return said


def wrong_cells(submission):
    true = by_name(read(good()))
    return {
        id_: value
        for id_, value in by_name(submission).items()
        if value not in (None, False, 0, true.get(id_))
    }
