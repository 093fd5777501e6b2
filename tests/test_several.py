"""A workbook with the forms of several units or months is a container: each is read as one."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from libreoffice import convert, require_libreoffice
from mail_samples import zipped
from nine_months import MAR
from officer import answer, asked_in
from sent_files import put
from small_province import UNITS as PROVINCE
from small_province import UnitsAtTheirForms, request_of, write_campaign

import tdkt_batch
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import META_SHEET, PANEL_EXPLANATION, PANEL_HEAD_ROW, PANEL_RULE
from tdkt_batch.forms_read.left_over import filled_cells
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Source, Submission
from tdkt_batch.months.run import run_month
from tdkt_batch.report import FileState
from tdkt_batch.unpack.gather import gather
from tdkt_batch.unpack.members import File, Reason
from tdkt_batch.unpack.several_forms import FormsAsked, forms_in
from tdkt_batch.wording.forms import PANEL_SHEET
from tdkt_batch.wording.shared import file_reason
from tdkt_batch.workbooks.read import open_workbook

CAMPAIGN = load_campaign()
FORM = CAMPAIGN.form("mau_01")
PAGE, LIST = (sheet.title for sheet in FORM.sheets[:2])
UNITS = [u for u in CAMPAIGN.units if u.kind == "xã" and u.code not in CAMPAIGN.unit_aliases][:3]
FOLDER = Path(tdkt_batch.__file__).parent / "campaign" / "lai_chau_2014"
FORMS = FormsAsked.of(CAMPAIGN, str(FOLDER), None)


@cache
def sheets_of(number, month):
    """Return what stands in the two sheets of a unit's form, typed anew as values."""
    values = {"trang_thai": "Đã tổ chức", "tong_dai_bieu_th": 100 + number}
    row = {"ho_ten": f"Lò Văn {number}", "gioi_tinh": "Nam"}
    filling = Filling(
        unit=UNITS[number], month=Month(2015, month), values=values, tables={"danh_sach": [row]}
    )
    book = openpyxl.load_workbook(io.BytesIO(write_form(CAMPAIGN, FORM, filling)), data_only=True)
    return tuple(
        [[c.value for c in row] for row in book[title].iter_rows()] for title in (PAGE, LIST)
    )


def pasted(*sheets):
    """Return a new workbook with these sheets, each a title and its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(name, content):
    source = Source(
        name=name, sha256=hashlib.sha256(content).hexdigest(), size=1, modified=datetime(2015, 3, 9)
    )
    return read_form(content, source, CAMPAIGN)


def found_in(content):
    """Return what is read of a workbook: unit, month, delegates and people of each form."""
    said = []
    whole = File("gộp.xlsx", content)
    for item in forms_in("gộp.xlsx", content, FORMS) or (whole,):
        if item.reason:
            said.append(item.reason)
            continue
        read_ = read(item.name, item.content)
        if isinstance(read_, Submission):
            people = [row.values["ho_ten"].value for row in read_.tables["danh_sach"]]
            number = read_.values["tong_dai_bieu_th"].value
            said.append((read_.unit, read_.month.number, number, people))
        else:
            said.append(read_.reason)
    return said


def meant(*chosen):
    return [(UNITS[n].code, month, 100 + n, [f"Lò Văn {n}"]) for n, month in chosen]


def pages_and_lists(*chosen):
    return [(page, list_) for n, month in chosen for page, list_ in [sheets_of(n, month)]]


THREE = ((0, 3), (1, 3), (2, 3))
MONTHS = ((0, 2), (0, 3))


def interleaved(chosen, page="Trang {0}.{1}", list_="{0}.{1} DS"):
    pairs = zip(chosen, pages_and_lists(*chosen), strict=True)
    return [
        sheet
        for key, (one, other) in pairs
        for sheet in ((page.format(*key), one), (list_.format(*key), other))
    ]


def pages_first(chosen):
    sheets = interleaved(chosen)
    return [*sheets[::2], *sheets[1::2]]


def with_blanks_between(chosen):
    return [*interleaved(chosen), ("Ghi chú", [["  "]])]


def lists_in_disorder_but_named(chosen):
    sheets = interleaved(chosen, list_="Trang {0}.{1} - danh sách")
    return [*sheets[::2], *reversed(sheets[1::2])]


@pytest.mark.slow
@pytest.mark.parametrize("chosen", [THREE, MONTHS])
@pytest.mark.parametrize(
    "laid", [interleaved, pages_first, with_blanks_between, lists_in_disorder_but_named]
)
def test_each_form_of_a_workbook_is_read_as_one(chosen, laid):
    assert found_in(pasted(*laid(chosen))) == meant(*chosen)


@pytest.mark.slow
def test_the_workbook_is_the_container_of_its_forms(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped(("gộp.xlsx", pasted(*interleaved(THREE)))))
    for workers in (0, 1):
        (spool := tmp_path / f"spool-{workers}").mkdir()
        found = gather([tmp_path / "a.zip"], spool, workers, FORMS)
        assert [(c.name, c.kind, c.members) for c in found.containers] == [
            ("a.zip", "zip", 1),
            ("a.zip/gộp.xlsx", "workbook", 3),
        ]
        assert [a.source.name for a in found.arrivals] == [
            f"a.zip/gộp.xlsx/Trang {n}.3.xlsx" for n in range(3)
        ]
        assert {a.source.container for a in found.arrivals} == {"a.zip/gộp.xlsx"}
        assert [a.source.sha256 for a in found.arrivals] == [
            hashlib.sha256(a.read()).hexdigest() for a in found.arrivals
        ]


def test_a_member_holds_its_own_cells_and_nothing_of_others():
    content = pasted(*interleaved(THREE))
    item = forms_in("gộp.xlsx", content, FORMS)[1]
    one, whole = open_workbook(item.content, "a.xlsx"), open_workbook(content, "a.xlsx")
    assert one.titles == ("Trang 1.3", "1.3 DS")
    assert all(one.sheet(title) == whole.sheet(title) for title in one.titles)
    assert openpyxl.load_workbook(io.BytesIO(item.content)).sheetnames == list(one.titles)
    with zipfile.ZipFile(io.BytesIO(item.content)) as package:
        said = b"".join(map(package.read, package.namelist())).decode()
    assert "Lò Văn 1" in said
    assert "Lò Văn 0" not in said
    assert "Lò Văn 2" not in said


def rests_in(content):
    """Return what is of no form: name and reason, and what stands in it."""
    return [
        (one.name, one.reason, [t for row in cells.rows for t in row if t])
        for one in forms_in("gộp.xlsx", content, FORMS)
        if one.reason
        for book in [open_workbook(one.content, one.name)]
        for cells in map(book.sheet, book.titles)
    ]


def test_a_sheet_of_no_form_is_a_file_of_its_own_and_one_that_holds_nothing_is_none():
    (page, list_) = sheets_of(2, 3)
    sheets = [
        *interleaved(MONTHS),
        ("Trang 0.3 ghi chú", [["của đơn vị"]]),
        ("Tổng hợp", [["Huyện", 7]]),
        ("Sheet9", [[" "]]),
    ]
    assert rests_in(pasted(*sheets)) == [("Tổng hợp.xlsx", Reason.SHEET_OF_NO_FORM, ["Huyện", 7])]
    assert found_in(pasted(*sheets)) == [*meant(*MONTHS), "sheet_of_no_form"]
    blank = [("Mẫu", blanked(page)), ("Mẫu DS", list_[:6])]
    assert [one[:2] for one in rests_in(pasted(*sheets, *blank))] == [
        ("Tổng hợp.xlsx", Reason.SHEET_OF_NO_FORM),
        ("Mẫu.xlsx", Reason.BLANK_SHEET),
        ("Mẫu DS.xlsx", Reason.BLANK_SHEET),
    ]
    assert found_in(pasted(*sheets, *blank))[:2] == meant(*MONTHS)


def test_a_day_that_no_workbook_can_keep_does_not_keep_the_forms_together():
    content = pasted(*interleaved(MONTHS), ("Cũ", [[datetime(1900, 1, 5)]]))
    *forms, rest = forms_in("gộp.xlsx", content, FORMS)
    assert len(forms) == 2
    assert (rest.name, rest.reason) == ("Cũ.xlsx", Reason.SHEET_OF_NO_FORM)
    assert rest.content == content


def test_what_was_copied_with_a_form_goes_with_it():
    """A program numbers the sheets of a second form: its panel is its own, its lists nobody's."""

    def panel(why):
        rows = [[None] * 20 for _ in range(PANEL_HEAD_ROW + 2)]
        rows[-1][PANEL_RULE], rows[-1][PANEL_EXPLANATION] = "P4", why
        return rows

    sheets = [
        (f"{title}{copy}", rows)
        for n, copy in enumerate(("", " (2)"))
        for title, rows in zip(
            (PAGE, LIST, PANEL_SHEET, META_SHEET),
            (*sheets_of(n, 3), panel(f"lý do {n}"), [["form", "mau_01"]]),
            strict=True,
        )
    ]
    content = pasted(*sheets)
    assert rests_in(content) == []
    items = [read(one.name, one.content) for one in forms_in("gộp.xlsx", content, FORMS)]
    assert [(one.unit, one.explanations) for one in items] == [
        (UNITS[n].code, {"P4": f"lý do {n}"}) for n in (0, 1)
    ]
    assert rests_in(pasted(*sheets, (f"{PANEL_SHEET} (3)", panel("của ai"))))[0][:2] == (
        f"{PANEL_SHEET} (3).xlsx",
        Reason.SHEET_OF_NO_FORM,
    )


def texts_of_return(path):
    """Return all that stands in a workbook, whatever its part."""
    with zipfile.ZipFile(path) as package:
        return b"".join(map(package.read, package.namelist())).decode("utf-8", "replace")


@pytest.mark.slow
def test_each_unit_of_the_workbook_gets_its_own_return_and_the_rest_is_named(tmp_path):
    campaign = write_campaign(tmp_path / "dot", PROVINCE)
    forms = UnitsAtTheirForms(campaign)
    names = {code: f"Người của {code}" for code in ("03386", "03387")}
    sheets = []
    for code, name in names.items():
        form = io.BytesIO(forms.form(code, MAR, "A8", chu_tri=name))
        book = openpyxl.load_workbook(form, data_only=True)
        rows = [[[c.value for c in row] for row in book[title]] for title in (PAGE, LIST)]
        rows[1][2][0] = CAMPAIGN.unit(code).name  # nobody reckoned anew what was stamped
        sheets += [(f"{code} {title}", one) for title, one in zip("ab", rows, strict=True)]
    content = pasted(*sheets, ("Ghi chú", [["xã khác nộp sau"]]))
    put(tmp_path / "đến" / "gộp.xlsx", content, datetime(2015, 3, 10, 9))
    order = request_of(MAR, campaign, tmp_path / "ra", (tmp_path / "đến",))
    result = run_month(replace(order, letters=True))

    assert [
        (one.source.name, one.state, one.unit, one.hindrance) for one in result.report.files
    ] == [
        ("gộp.xlsx/03386 a.xlsx", FileState.USED, "03386", None),
        ("gộp.xlsx/03387 a.xlsx", FileState.USED, "03387", None),
        ("gộp.xlsx/Ghi chú.xlsx", FileState.NOT_A_FORM, "", None),
    ]
    (note,) = [note for note in result.notes if "gộp.xlsx/Ghi chú.xlsx" in note]
    assert note.startswith("1 trang trong bảng tính gộp không thuộc biểu nào")
    listed, topic = texts_of_return(result.workbook), "Trang ngoài biểu"
    assert "gộp.xlsx/Ghi chú.xlsx" in listed
    assert file_reason("sheet_of_no_form", {}) in listed

    # it stands where everything is asked, and is told no more once it was looked at
    assert [
        row["Biểu, tệp ghi"] for row in asked_in(result.control) if row["Về việc"] == topic
    ] == ["gộp.xlsx/Ghi chú.xlsx"]
    answer(result.control, topic, "Đã xem, không có biểu")
    result = run_month(replace(order, letters=True))
    assert not [note for note in result.notes if "gộp.xlsx/Ghi chú.xlsx" in note]

    returns = list((tmp_path / "ra" / "2015-03/thong-bao/bieu-gui-lai").iterdir())
    assert len(returns) == 2
    for code, name in names.items():
        (own,) = (path for path in returns if code in path.name)
        said = texts_of_return(own)
        assert name in said
        assert f"gộp.xlsx/{code} a.xlsx" in said
        assert f"“{code} a”" in said  # the sheet's own name
        assert not [other for other in names if other != code and f"Người của {other}" in said]
        assert "xã khác nộp sau" not in said
        again = read(own.name, own.read_bytes())
        assert (again.unit, again.values["chu_tri"].value) == (code, name)


# --- on one sheet ---------------------------------------------------------------------------


def below(*blocks, gap=0):
    return [row for block in blocks for row in (*block, *[[None]] * gap)]


def beside(*blocks, gap=2):
    """Return blocks side by side."""
    height = max(map(len, blocks))
    wide = [
        [(row + [None] * 30)[: max(map(len, block)) + gap] for row in [*block, *[[]] * height][:height]]
        for block in blocks
    ]  # fmt: skip
    return [[cell for row in rows for cell in row] for rows in zip(*wide, strict=True)]


def on_one_sheet(chosen):
    pairs = pages_and_lists(*chosen)
    return [("Tổng hợp", below(*(block for pair in pairs for block in pair)))]


def loosely_on_one_sheet(chosen):
    pairs = pages_and_lists(*chosen)
    return [("Tổng hợp", below(*(block for pair in pairs for block in pair), gap=4))]


def without_heads_of_lists(chosen):
    """Lists are pasted without what stands above their heads, right below the one before."""
    pairs = pages_and_lists(*chosen)
    return [("A", below(*(p for p, _ in pairs))), ("B", below(*(li[5:9] for _, li in pairs)))]


def pages_below_and_lists_below(chosen):
    pairs = pages_and_lists(*chosen)
    return [("A", below(*(p for p, _ in pairs))), ("B", below(*(li for _, li in pairs)))]


def pages_below_in_the_forms_own_sheets(chosen):
    sheets = pages_below_and_lists_below(chosen)
    return [(PAGE, sheets[0][1]), (LIST, sheets[1][1])]


def pages_below_and_lists_apart(chosen):
    pairs = pages_and_lists(*chosen)
    lists = [(f"DS {n}", list_) for n, (_, list_) in enumerate(pairs)]
    return [("A", below(*(p for p, _ in pairs))), *lists]


def pages_beside_and_lists_apart(chosen):
    pairs = pages_and_lists(*chosen)
    return [("A", beside(*(p for p, _ in pairs))), *pages_below_and_lists_apart(chosen)[1:]]


ON_SHEETS = [
    on_one_sheet, loosely_on_one_sheet, pages_below_and_lists_below, without_heads_of_lists,
    pages_below_in_the_forms_own_sheets, pages_below_and_lists_apart, pages_beside_and_lists_apart,
]  # fmt: skip


@pytest.mark.parametrize("chosen", [THREE, pytest.param(MONTHS, marks=pytest.mark.slow)])
@pytest.mark.parametrize("laid", ON_SHEETS)
def test_each_form_on_one_sheet_is_read_as_one(chosen, laid):
    assert found_in(pasted(*laid(chosen))) == meant(*chosen)


def test_a_form_on_one_sheet_of_several_is_read_where_it_stands():
    first, second = forms_in("gộp.xlsx", pasted(*on_one_sheet(MONTHS)), FORMS)
    above = sum(map(len, sheets_of(*MONTHS[0])))
    assert [first.name, second.name] == [
        "Tổng hợp từ ô A1.xlsx",
        f"Tổng hợp từ ô A{above + 1}.xlsx",
    ]
    value = read(second.name, second.content).values["tong_dai_bieu_th"]
    whole = open_workbook(pasted(*on_one_sheet(MONTHS)), "a.xlsx").sheet("Tổng hợp")
    assert (value.sheet, value.value) == ("Tổng hợp", 100)
    assert whole.raw(int(value.cell[1:]) - 1, 3) == 100


def test_no_cell_of_a_sheet_of_several_is_in_no_form_or_in_two():
    content = pasted(*loosely_on_one_sheet(THREE))
    whole = open_workbook(content, "a.xlsx").sheet("Tổng hợp")
    parts = [open_workbook(one.content, "a.xlsx") for one in forms_in("gộp.xlsx", content, FORMS)]
    there = [
        at for book in parts for title in book.titles for at in filled_cells(book.sheet(title))
    ]
    assert sorted(there) == list(filled_cells(whole))


def nameless(page):
    """Return a page whose unit's name was lost."""
    return [[None if n == 2 and row[1] == "Đơn vị báo cáo" else c for n, c in enumerate(row)] for row in page]  # fmt: skip


def test_a_form_that_lost_its_units_name_is_laid_to_no_other_unit():
    (first, own), (second, other) = pages_and_lists((0, 3), (1, 3))
    other = headed(other, None)
    for sheets in (
        [("A", below(first, own, nameless(second), other))],
        [("A", first), ("B", nameless(second)), ("DS A", own), ("DS B", other)],
        [("B", nameless(second)), ("DS B", other), ("A", first), ("DS A", own)],
        [("A", below(first, nameless(second))), ("DS", below(own, other))],
    ):
        assert sorted(found_in(pasted(*sheets)), key=str) == [*meant((0, 3)), "no_unit"], sheets[0][
            0
        ]
    content = pasted(("A", first), ("DS A", own), ("B", nameless(first)))
    assert found_in(content) == meant((0, 3))


# --- by their headings ----------------------------------------------------------------------


HEADING = 3
"""The row of a list, counted from 0, that names its unit and month."""


def headed(list_, heading):
    """Return a list with another heading."""
    return [*list_[:HEADING], [heading], *list_[HEADING + 1 :]]


def lists_in_disorder(chosen):
    sheets = interleaved(chosen, list_="x{0}{1}")
    return [*sheets[::2], *reversed(sheets[1::2])]


def lists_in_disorder_below_one_another(chosen):
    sheets = pages_below_and_lists_below(chosen)
    return [sheets[0], ("B", pages_below_and_lists_below(chosen[::-1])[1][1])]


def lists_below_the_pages_of_others(chosen):
    pairs = pages_and_lists(*chosen)
    lists = reversed([list_ for _, list_ in pairs])
    return [
        ("A", below(*(b for (page, _), other in zip(pairs, lists, strict=True) for b in (page, other))))
    ]  # fmt: skip


def titles_that_gainsay_the_headings(chosen):
    sheets = interleaved(chosen, list_="Trang {0}.{1} DS")
    lists = [rows for _, rows in sheets[1::2]][::-1]
    return [*sheets[::2], *((t, li) for (t, _), li in zip(sheets[1::2], lists, strict=True))]


@pytest.mark.parametrize("chosen", [((0, 3), (1, 3)), pytest.param(MONTHS, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "laid",
    [
        lists_in_disorder,
        lists_in_disorder_below_one_another,
        lists_below_the_pages_of_others,
        titles_that_gainsay_the_headings,
    ],
)
def test_a_list_goes_to_whom_its_heading_names(chosen, laid):
    assert found_in(pasted(*laid(chosen))) == meant(*chosen)


@pytest.mark.parametrize("number", [0, 1])
def test_a_list_of_a_unit_that_has_no_page_there_is_nobodys(number):
    sheets = interleaved(((0, 3), (1, 3)))
    title, list_ = sheets[2 * number + 1]
    sheets[2 * number + 1] = title, headed(list_, f"{UNITS[2].name}, tháng 3 năm 2015")
    expected = meant((0, 3), (1, 3))
    expected[number] = (*expected[number][:3], [])
    assert found_in(pasted(*sheets)) == [*expected, "sheet_of_no_form"]


@pytest.mark.parametrize(
    "heading", [None, "tháng 3 năm 2015", "……", "Thành phố Lai Châu", "Thôn 1"]
)
def test_lists_whose_headings_name_no_unit_belong_to_the_pages_in_their_order(heading):
    sheets = [
        (title, headed(rows, heading) if title.startswith("x") else rows)
        for title, rows in interleaved(((0, 3), (1, 3)), list_="x{0}{1}")
    ]
    assert found_in(pasted(*sheets)) == meant((0, 3), (1, 3))


def test_two_lists_headed_alike_are_given_to_no_unit():
    (one, first, other, (title, second)) = interleaved(((0, 3), (1, 3)))
    content = pasted(one, first, other, (title, headed(second, first[1][HEADING][0])))
    assert forms_in("gộp.xlsx", content, FORMS) == ()


# --- in every format ------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xls", "ods", "fods", "html"])
def test_forms_in_a_workbook_of_any_format_are_told_apart(suffix, tmp_path):
    require_libreoffice()
    path = tmp_path / "gộp.xlsx"
    for laid in (interleaved, on_one_sheet):
        path.write_bytes(pasted(*laid(MONTHS)))
        (saved,) = convert([path], tmp_path, suffix)
        assert found_in(saved.read_bytes()) == meant(*MONTHS)


# --- one report, or open whose -----------------------------------------------------------------


def blanked(rows):
    """Return a page without what was typed in it."""
    return [[c if n < 2 or n > 3 else None for n, c in enumerate(row)] for row in rows]


@pytest.mark.parametrize(
    "sheets",
    [
        [("Một", 0), ("Một DS", 1), ("Hai", 0)],
        [("Một", 0), ("Một DS", 1), ("Hai", 0), ("Hai DS", 1)],
    ],
)
def test_copies_of_one_form_are_one_report(sheets):
    one = sheets_of(0, 3)
    assert found_in(pasted(*((title, one[n]) for title, n in sheets))) == meant((0, 3))


def test_a_page_that_was_left_blank_is_no_form():
    (page, list_) = sheets_of(0, 3)
    content = pasted(("Mẫu", blanked(page)), ("Xã", page), ("DS", list_))
    assert found_in(content) == meant((0, 3))


def test_where_it_is_open_whose_a_list_is_nobody_is_told_to_throw_the_others_away():
    sheets = [
        (title, headed(rows, None) if title.startswith("DS") else rows)
        for title, rows in interleaved(THREE, list_="DS {1}{0}")
    ]
    content = pasted(*(sheet for n, sheet in enumerate(sheets) if n != 1))
    assert forms_in("gộp.xlsx", content, FORMS) == ()
    unread = read("gộp.xlsx", content)
    assert unread.reason == "copied_sheet"
    said = file_reason(unread.reason, unread.details)
    assert "giữ đủ các trang, lưu mỗi biểu thành một tệp" in said
