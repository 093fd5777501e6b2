"""Every format's reader: what a cell says is read as every spreadsheet program shows it, or refused."""

import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from corpus.clerk import CAMPAIGN, Clerk
from corpus.packages import edited, swap
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_samples import compound, zipped
from xlsxwriter.workbook import Workbook

from tdkt_batch.demo.damage import encrypted
from tdkt_batch.workbooks import calamine
from tdkt_batch.workbooks.cells import Beyond, Broken, FilledCells
from tdkt_batch.workbooks.compound import CompoundFile
from tdkt_batch.workbooks.extract import workbook_of
from tdkt_batch.workbooks.moments import iso_moment, moment
from tdkt_batch.workbooks.read import UnreadError, open_workbook
from tdkt_batch.workbooks.second_opinion import OpenpyxlBook, compared
from tdkt_batch.workbooks.sniff import FileKind, kind_of
from tdkt_batch.workbooks.xlsx import XlsxBook

PAGE, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
UNIT, NEIGHBOUR = [unit for unit in CAMPAIGN.units if unit.kind == "xã"][4:6]


def sheet(content, name="a.xlsx"):
    book = open_workbook(content, name)
    return book.sheet(book.titles[0])


def filled(cells):
    """Return the filled cells of a sheet by position, what is broken as such."""
    raw = {
        (r, c): x for r, row in enumerate(cells.rows) for c, x in enumerate(row) if x is not None
    }
    return raw | dict(cells.broken)


def reason(content, name="a.xlsx"):
    with pytest.raises(UnreadError) as caught:
        filled(sheet(content, name))
    return caught.value.unread.reason


def saved(edit):
    book = openpyxl.Workbook()
    edit(book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def small():
    target = io.BytesIO()
    with Workbook(target) as book:
        page = book.add_worksheet("Trang")
        for place, raw in {"A1": "một", "A2": "hai", "B1": "ba", "B2": 4}.items():
            page.write(place, raw)
    return target.getvalue()


SMALL = small()


# --- .xlsx ----------------------------------------------------------------------------------


BLANKS = st.text(" \t\n\r", min_size=1, max_size=3)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(before=BLANKS, after=BLANKS, number=st.sampled_from((0, 1, 2)))
def test_blanks_around_an_index_or_a_number_count_for_nothing(before, after, number):
    padded = swap(f"<v>{number}</v>", f"<v>{before}{number}{after}</v>")
    page = edited(SMALL, {PAGE: lambda xml: padded(xml).replace(b"<v>4<", b"<v> 4 <")})
    assert filled(sheet(page)) == filled(sheet(SMALL))


def test_a_cell_of_text_without_an_index_is_blank():
    blank = edited(SMALL, {PAGE: swap("<v>0</v>", "<v></v>")})
    assert (0, 0) not in filled(sheet(blank))


@pytest.mark.parametrize("index", ["-1", "99", "x", "1.5"])
def test_an_index_that_refers_to_no_text_says_that_bytes_are_missing(index):
    assert reason(edited(SMALL, {PAGE: swap("<v>0</v>", f"<v>{index}</v>")})) == "damaged"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2015-03-01", date(2015, 3, 1)),
        ("2015-03-01T00:00:00.000Z", date(2015, 3, 1)),
        ("2015-02-28T17:00:00.000Z", date(2015, 3, 1)),
        ("2015-03-01T00:00:00+07:00", date(2015, 3, 1)),
        ("2015-03-01T09:30:00", datetime(2015, 3, 1, 9, 30)),
        ("2015-03-01T02:30:00Z", datetime(2015, 3, 1, 9, 30)),
        ("2015-13-01", "2015-13-01"),
        ("ngày 1", "ngày 1"),
    ],
)
def test_a_day_as_iso_8601_writes_it_is_the_offices_day(said, meant):
    assert iso_moment(said) == meant
    cell = edited(SMALL, {PAGE: swap("><v>4<", f' t="d"><v>{said}<')})
    assert filled(sheet(cell))[1, 1] == meant


@given(st.integers(1, 2_958_465), st.booleans())
def test_a_number_of_days_is_the_day_that_calamine_sees(days, since_1904):
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 31 if days < 60 else 30)
    meant = first + timedelta(days) if days + 1462 * since_1904 <= 2_958_465 else None
    if meant:
        assert moment(days, since_1904=since_1904) == meant


def test_times_and_spans_are_told_from_days():
    assert moment(0.5) == time(12)
    assert moment(1.5, is_span=True) == timedelta(hours=36)
    assert moment(-1) == Broken("error", "-1")
    assert moment(3e6) == 3e6


def struck(page):
    from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: PLC0415
    from openpyxl.cell.text import InlineFont  # noqa: PLC0415

    page["A1"] = CellRichText(TextBlock(InlineFont(strike=True), "1"), "13")
    page["A2"] = CellRichText(TextBlock(InlineFont(b=True), "1"), "13")
    page["A3"] = "bỏ"
    page["A3"].font = openpyxl.styles.Font(strike=True)
    page.merge_cells("C1:D3")


def test_what_is_struck_out_and_what_is_merged_is_told():
    cells = sheet(saved(struck))
    assert [row[0] for row in cells.rows] == ["113", "113", "bỏ"]
    assert cells.struck == {(0, 0): "13", (2, 0): ""}
    assert cells.merged == ((0, 2, 2, 3),)


def test_characters_that_xml_cannot_hold_are_unescaped():
    page = edited(SMALL, {TEXTS: swap(">một<", ">m_x000D__x0041_t_x005F_x<")})
    assert filled(sheet(page))[0, 0] == "m\rAt_x"


def moved(name):
    """Return the small workbook with its main part at another path, as its relations say."""
    with zipfile.ZipFile(io.BytesIO(SMALL)) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    moved = {n.replace("xl/workbook.xml", name).replace("xl/_rels/workbook", f"{Path(name).parent}/_rels/{Path(name).stem}"): raw for n, raw in parts.items()}  # fmt: skip
    for n in ("_rels/.rels", "[Content_Types].xml"):
        moved[n] = moved[n].replace(b"xl/workbook.xml", name.encode())
    links = f"{Path(name).parent}/_rels/{Path(name).name}.rels"
    moved[links] = moved[links].replace(b'Target="', b'Target="/xl/')
    return zipped(*moved.items())


@pytest.mark.parametrize("name", ["excel/book.xml", "xl/book1.xml"])
def test_a_workbook_at_another_path_of_the_package_is_read(name):
    assert filled(sheet(moved(name))) == filled(sheet(SMALL))


@pytest.mark.parametrize(("formula", "meant"), [("", 4), ("<f>B1</f>", Broken("uncached", "=B1"))])
def test_what_our_reader_does_not_understand_is_looked_at_by_another(formula, meant):
    def rows_in_decimals(xml):
        odd = xml.replace(b'<row r="1"', b'<row r="1.0"').replace(b'<row r="2"', b'<row r="2.0"')
        return odd.replace(b"<v>4</v>", formula.encode() or b"<v>4</v>")

    assert filled(sheet(edited(SMALL, {PAGE: rows_in_decimals}))) == {
        **filled(sheet(SMALL)), (1, 1): meant,
    }  # fmt: skip


# --- beside calamine --------------------------------------------------------------------------


def test_two_readers_see_the_same_in_a_form():
    content = Clerk(UNIT, NEIGHBOUR).form()
    book = open_workbook(content, "a.xlsx")
    other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.titles == tuple(other.sheet_names)
    for title in book.titles:
        rows = other.get_sheet_by_name(title).to_python(skip_empty_area=False)
        theirs = {
            (r, c): x for r, row in enumerate(rows) for c, x in enumerate(row) if x != ""
        }  # fmt: skip
        ours = {p: x for p, x in filled(book.sheet(title)).items() if not isinstance(x, Broken)}
        assert ours == theirs


EITHER = (
    '<x:AlternateContent xmlns:x="urn:x"><x:Choice>{0}</x:Choice>'
    "<x:Fallback>{0}</x:Fallback></x:AlternateContent>"
)
CELL = '<c r="B2"><v>4</v></c>'
TWICE = f"{CELL}{CELL}".replace("4", "7", 1)
ODD = {
    "an element that is not known": (EITHER.format(CELL), {(1, 1): None}),
    "two cells in one place": (TWICE, {}),
    "a type that is not known": (CELL.replace("<c", '<c t="x"'), {}),
    "a style that is not there": (CELL.replace("<c", '<c s="99"'), {}),
}


@pytest.mark.parametrize(("cell", "contested"), ODD.values(), ids=ODD)
def test_what_is_not_fully_understood_is_looked_at_twice(cell, contested):
    content = edited(SMALL, {PAGE: swap(CELL, cell)})
    own = XlsxBook(content).sheet("Trang")
    assert own.doubt
    seen = sheet(content)
    assert (seen.raw(1, 1), seen.doubt, seen.contested) == (4, "", contested)


@pytest.mark.parametrize("cell", [CELL.replace(">4", ">bốn"), '<c r="B2" t="b"><v>có</v></c>'])
def test_what_no_other_reader_can_look_at_stays_in_doubt(cell):
    seen = sheet(edited(SMALL, {PAGE: swap(CELL, cell)}))
    assert seen.doubt
    assert seen.contested == {}


def test_a_sheet_in_doubt_because_of_what_follows_its_cells_is_looked_at_twice():
    content = edited(SMALL, {PAGE: swap("</worksheet>", "<x></worksheet>")})
    own = XlsxBook(content).sheet("Trang")
    assert own.doubt
    assert filled(own) == filled(sheet(SMALL))


SAME = [
    ("a b", " a\xa0 b "), (1, 1.0), (0.1 + 0.2, 0.3), ("1", 1), (date(2015, 3, 1), datetime(2015, 2, 28, 17)),
    (Broken("error", "#REF!"), None), (Broken("uncached", "=A1"), None), ("a\rb", "a_x000D_b"), (True, True),
]  # fmt: skip
OTHERWISE = [
    ("a", "b"), (1, 2), ("a", None), (None, 1), (True, 1), (date(2015, 3, 1), date(2015, 1, 3)),
    (Broken("error", "#REF!"), 1), (1, Broken("error", "#REF!")), (date(2015, 3, 1), 42064),
]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "other", "is_same"), [(*x, True) for x in SAME] + [(*x, False) for x in OTHERWISE]
)
def test_readers_agree_where_they_see_the_same(own, other, is_same):
    books = []
    for content in (own, other):
        books.append(FilledCells())
        books[-1].put(3, 2, content)
    found = compared(*(one.sheet("a") for one in books)).contested
    assert list(found) == ([] if is_same else [(3, 2)])


# --- .xlsb ------------------------------------------------------------------------------------


def records(*given):
    return b"".join(
        (bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])) + bytes([len(body)]) + body
        for kind, body in given
    )  # fmt: skip


def words(one):
    return struct.pack("<I", len(one)) + one.encode("utf-16-le")


LINK = '<Relationship Id="r{0}" Type="http://x/{1}" Target="{1}s/sheet{0}.bin"/>'


def binary_book(*cells):
    links = f"<Relationships>{LINK.format(1, 'chartsheet')}{LINK.format(2, 'worksheet')}</Relationships>"
    sheets = [
        (156, struct.pack("<II", 0, n) + words(f"r{n}") + words(f"Trang {n}")) for n in (1, 2)
    ]
    return zipped(
        ("xl/workbook.bin", records(*sheets)),
        ("xl/_rels/workbook.bin.rels", links.encode()),
        ("xl/chartsheets/sheet1.bin", b""),
        ("xl/worksheets/sheet2.bin", records(*cells)),
        ("xl/sharedStrings.bin", records((19, b"\0" + words("một")), (19, b"\0" + words("hai")))),
    )


STYLE = bytes(4)
VALUES = [
    (1, b""),
    (2, struct.pack("<i", 7 << 2 | 2)),
    (3, b"\x17"),
    (4, b"\1"),
    (5, struct.pack("<d", 2.5)),
    (6, words("ba")),
    (7, struct.pack("<I", 1)),
]
MEANT = {(0, 1): 7, (0, 2): Broken("error", "#REF!"), (0, 3): True, (0, 4): 2.5, (0, 5): "ba", (0, 6): "hai"}  # fmt: skip


@pytest.mark.parametrize("is_short", [False, True])
def test_a_binary_workbook_is_read_with_long_and_short_records_beside_a_chart(is_short):
    cells = [
        (kind + 11, STYLE + body) if is_short else (kind, struct.pack("<I", n) + STYLE + body)
        for n, (kind, body) in enumerate(VALUES)
    ]
    book = open_workbook(binary_book((0, bytes(4)), *cells), "a.xlsb")
    assert book.titles == ("Trang 2",)
    assert filled(book.sheet("Trang 2")) == MEANT


# --- OpenDocument -----------------------------------------------------------------------------

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def open_table(rows, indent=""):
    return (
        f"<office:document-content {NAMESPACES}>{indent}<office:body>{indent}<office:spreadsheet>"
        f'{indent}<table:table table:name="Trang">{indent}{rows}{indent}</table:table>{indent}'
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def ods_cell(attributes, text=""):
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def ods_rows(*cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


MIMETYPE = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")


def ods(*cells, indent="", before=(MIMETYPE,), after=()):
    return zipped(*before, ("content.xml", open_table(ods_rows(*cells), indent)), *after)


TYPED = {
    'office:value-type="float" office:value="7"': 7,
    'office:value-type="float"': "bảy",
    'office:value-type=""': "bảy",
    "": "bảy",
    'office:value-type="string"': "bảy",
    'office:value-type="date" office:date-value="2015-03-01"': date(2015, 3, 1),
    'office:value-type="date"': "bảy",
    'office:value-type="boolean" office:boolean-value="true"': True,
    'office:value-type="time" office:time-value="PT07H00M00S"': time(7),
    'office:value-type="percentage" office:value="0.5"': 0.5,
}


@pytest.mark.parametrize(("attributes", "meant"), TYPED.items())
def test_a_cell_whose_type_or_value_is_missing_has_the_text_that_it_shows(attributes, meant):
    assert filled(sheet(ods(ods_cell(attributes, "bảy")), "a.ods")) == {(0, 0): meant}


@pytest.mark.parametrize("indent", ["", "\n  ", "\r\n\t"])
@pytest.mark.parametrize(("before", "after"), [((MIMETYPE,), ()), ((), ()), ((), (MIMETYPE,))])
def test_an_open_document_is_read_however_it_is_packed(indent, before, after):
    content = ods(ods_cell("", "một"), indent=indent, before=before, after=after)
    assert filled(sheet(content, "bieu")) == {(0, 0): "một"}
    assert kind_of(content, "bieu") is FileKind.ODS


def test_a_flat_open_document_is_read():
    flat = open_table(ods_rows(ods_cell("", "một"))).replace(b"document-content", b"document")
    assert filled(sheet(flat, "a.fods")) == {(0, 0): "một"}


def test_the_text_of_a_cell_is_what_is_shown_of_it():
    shown = 'một  hai<text:s text:c="2"/>ba<text:tab/>bốn<text:line-break/>năm</text:p><text:p>sáu'
    comment = "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
    cell = ods_cell("", shown).replace("<text:p>một", f"{comment}<text:p>một")
    assert filled(sheet(ods(cell), "a.ods")) == {(0, 0): "một hai  ba\tbốn\nnăm\nsáu"}


NOTE = "<office:annotation{}><text:p>ghi <text:span>chú</text:span></text:p></office:annotation>"
RUBY = (
    "<text:ruby><text:ruby-base>một</text:ruby-base><text:ruby-text>1</text:ruby-text></text:ruby>"
)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    ("inside", "meant"),
    [
        (f"một{NOTE.format('')} hai", "một hai"),
        (f"{NOTE.format('')}một hai", "một hai"),
        (f"một hai{NOTE.format(' office:display=&quot;true&quot;')}", "một hai"),
        (f"<text:span>một{NOTE.format('')}</text:span> hai", "một hai"),
        (f"{RUBY} hai", "một hai"),
        (f"một{NOTE.format('')}</text:p>{NOTE.format('')}<text:p>hai", "một\nhai"),
    ],
)
def test_what_is_noted_inside_a_text_is_none_of_it(inside, meant, is_first):
    cells = [ods_cell("", inside.replace("&quot;", '"')), ods_cell("", "sau")]
    found = filled(sheet(ods(*(cells if is_first else reversed(cells))), "a.ods"))
    assert sorted(found.values()) == sorted([meant, "sau"])


def test_a_locked_open_document_has_a_password():
    entry = b"<manifest:encryption-data/>"
    locked = ods(ods_cell("", "x"), after=(("META-INF/manifest.xml", entry),))
    assert reason(locked, "a.ods") == "encrypted"
    assert reason(zipped(MIMETYPE, ("encrypted-package", b"x")), "a.ods") == "encrypted"


@pytest.mark.slow
def test_what_is_repeated_to_the_end_of_the_sheet_is_read_as_far_as_a_form_reaches():
    cell = ods_cell('table:number-columns-repeated="16384"', "x")
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    cells = sheet(zipped(MIMETYPE, ("content.xml", open_table(row))), "a.ods")
    assert (len(cells.rows), len(cells.rows[0])) == (5_000, 256)
    assert cells.beyond == Beyond(1_048_576 * 16_384 - 5_000 * 256, 5_000, 0, "x")


# --- text formats -----------------------------------------------------------------------------

ROW_2003 = (
    '<Row ss:Index="2"><Cell><Data ss:Type="String">một</Data><Comment><ss:Data>x</ss:Data></Comment>'
    '</Cell><Cell ss:Index="3" ss:MergeAcross="1"><Data ss:Type="Number">7</Data></Cell>'
    '<Cell><Data ss:Type="DateTime">2015-03-01T00:00:00.000</Data></Cell>'
    '<Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell></Row>'
)
XML_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    f'<Worksheet ss:Name="Trang"><Table>{ROW_2003}</Table></Worksheet></Workbook>'
).encode()


def test_the_xml_of_excel_2003_is_read():
    cells = sheet(XML_2003, "a.xml")
    assert filled(cells) == {
        (1, 0): "một", (1, 2): 7, (1, 4): date(2015, 3, 1), (1, 5): Broken("error", "#DIV/0!"),
    }  # fmt: skip
    assert cells.merged == ((1, 2, 1, 3),)


HTML = (
    "<html><head><meta charset='utf-8'></head><body><h1>Trang</h1><table>"
    "<tr><td rowspan=2>một</td><td sdval='7' sdnum='1066;'>7,0</td><td data-t='n' data-v='8'>8</td></tr>"
    "<tr><td sdval='42064' sdnum='1066;1066;DD/MM/YYYY'>01/03/2015<td>a<br>b &amp; <s>c</s> d</tr>"
    "</table></body></html>"
)
SHOWN = {(0, 0): "một", (0, 1): 7, (0, 2): 8, (1, 1): date(2015, 3, 1), (1, 2): "a\nb & c d"}


def web_archive(page):
    head = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=x"
    part = "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
    return f"{head}\r\n\r\n{part}\r\n\r\n{page}\r\n--x--\r\n".encode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HTML.encode(), "a.xls"),
        (HTML.encode(), "a.html"),
        (HTML.encode("utf-16"), "a.htm"),
        (web_archive(HTML), "a.mht"),
        (web_archive(HTML), "a.xls"),
    ],
)
def test_the_tables_of_a_web_page_are_read(content, name):
    book = open_workbook(content, name)
    assert book.titles == ("Trang",)
    assert filled(book.sheet("Trang")) == SHOWN


def test_a_web_page_without_a_table_is_a_text():
    assert reason(b"<html><body>Xin ch\xc3\xa0o</body></html>", "a.xls") == "text"


PAGES = {"a page": HTML.encode(), "an archive": web_archive(HTML), "a table": HTML[HTML.index("<table"):-14].encode()}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(PAGES)), st.integers(1, 400))
def test_a_page_that_was_cut_is_never_read_as_whole(kind, cut):
    whole = PAGES[kind].rstrip()
    content = whole[: max(len(whole) - cut, whole.index(b"<td") + 3)]
    assert reason(content, "a.html") == "damaged"


def test_a_page_that_closes_no_table_is_read():
    page = "<html><h1>Trang</h1><table><tr><td>một<tr><td>hai</html>"
    assert filled(sheet(page.encode(), "a.html")) == {(0, 0): "một", (1, 0): "hai"}


# --- kinds by structure -------------------------------------------------------------------------

OBJECTS = {
    "a document": {"MBD1": {"WordDocument": b"x" * 900}},
    "a mail": {"MBD1": {"__properties_version1.0": b"x" * 90}},
    "a locked file": {"MBD1": {"EncryptedPackage": b"x" * 900}},
    "another workbook": {"AMBD": {"Workbook": b"y" * 5000}},
    "nothing": {},
}
GNUMERIC = (
    b'<gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd" '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
)
STREAM = b"\x09\x08\x10\x00" + struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6)


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "workbook", "Book"])
@pytest.mark.parametrize("inside", OBJECTS.values(), ids=OBJECTS)
def test_an_old_workbook_is_one_whatever_is_embedded_in_it(name, inside):
    content = compound({name: STREAM + bytes(4200), **inside})
    assert kind_of(content, "a.xls") is FileKind.XLS
    own = CompoundFile(content)
    assert own.stream(name) == STREAM + bytes(4200)
    plain = CompoundFile(own.with_only(name.capitalize()))
    assert [n for n in plain.all_names if n == name.lower()] == [name.lower()]
    assert plain.stream(name) == STREAM + bytes(4200)


@pytest.mark.parametrize(
    ("tree", "kind"),
    [
        ({"WordDocument": b"x" * 900}, FileKind.DOCUMENT),
        ({"WordDocument": b"x", "ObjectPool": {"_1": {"Workbook": b"y"}}}, FileKind.DOCUMENT_WITH_WORKBOOK),
        ({"WordDocument": b"x", "ObjectPool": {"_1": {"Package": b"y"}}}, FileKind.DOCUMENT_WITH_WORKBOOK),
        ({"EncryptedPackage": b"x" * 900}, FileKind.ENCRYPTED),
        ({"__properties_version1.0": b"x"}, FileKind.MAIL),
        ({"Contents": b"x"}, FileKind.NOT_UNDERSTOOD),
        ({}, FileKind.DAMAGED),
    ],
)  # fmt: skip
def test_only_the_root_storage_tells_what_a_compound_file_is(tree, kind):
    assert kind_of(compound(tree), "a.xls") is kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (bytes(range(256)) * 3, FileKind.NOT_UNDERSTOOD),
        (zipped(("word/document.xml", b""), ("word/embeddings/a.xlsx", b"x")), FileKind.DOCUMENT_WITH_WORKBOOK),
        (zipped(("word/document.xml", b"")), FileKind.DOCUMENT),
        (zipped(("Index/Document.iwa", b"x")), FileKind.NOT_UNDERSTOOD),
        (GNUMERIC, FileKind.NOT_UNDERSTOOD),
        (b"\0\0\0\x18ftypheic" + bytes(60), FileKind.PICTURE),
        (b"\0\0\0\x18ftypmp42" + bytes(60), FileKind.MEDIA),
    ],
)  # fmt: skip
def test_what_may_hold_a_form_is_never_said_to_hold_none(content, kind):
    assert kind_of(content, "bieu") is kind


# --- what every reader hands over ---------------------------------------------------------------

TITLES = [["Báo cáo", "báo cáo "], ["báo cáo", "Báo cáo"], [" A", "A", "a"], ["A", "B"]]


@pytest.mark.parametrize("titles", TITLES)
def test_each_of_several_sheets_is_read_whose_titles_differ_by_case_or_blanks(titles):
    named = [f'ss:Name="{title}"' for title in titles]
    pages = (
        f"<Worksheet {name}><Table><Row><Cell><Data>{n}</Data></Cell></Row></Table></Worksheet>"
        for n, name in enumerate(named)
    )
    head = XML_2003.decode().partition("<Worksheet")[0]
    book = open_workbook(f"{head}{''.join(pages)}</Workbook>".encode(), "a.xml")
    assert [book.sheet(title).text(0, 0) for title in titles] == [*map(str, range(len(titles)))]
    assert book.sheet(f" {titles[0].upper()}").text(0, 0) == "0"


FAR = st.tuples(st.integers(0, 1_048_575), st.integers(0, 16_383))
NEAR = st.tuples(st.integers(0, 4_999), st.integers(0, 255))


@given(st.dictionaries(FAR | NEAR, st.sampled_from(("x", 7, Broken("error", "#N/A"))), max_size=9))
def test_every_filled_cell_is_kept_or_counted(given_):
    cells = FilledCells()
    for place, content in given_.items():
        cells.put(*place, content)
    found = cells.sheet("a")
    kept = filled(found)
    assert kept.items() <= given_.items()
    assert len(kept) + (found.beyond.number if found.beyond else 0) == len(given_)
    if found.beyond:
        gone = min(set(given_) - set(kept), key=lambda at: (at[1], at[0]))
        assert (found.beyond.row, found.beyond.column) == gone


def test_a_row_where_no_sheet_reaches_does_not_keep_the_second_reader_for_ever():
    def far(xml):
        return xml.replace(b'<row r="2"', b'<row r="100000000000"')

    book = OpenpyxlBook(edited(SMALL, {PAGE: far}))
    first = {at: held for at, held in filled(sheet(SMALL)).items() if at[0] == 0}
    assert filled(book.sheet(book.titles[0])) == first


def test_the_second_reader_counts_too_what_it_does_not_keep():
    def far(page):
        page["A5000"], page["IV1"], page["C5001"], page["B9000"], page["IW1"] = 1, 2, 3, 4, 5

    found = OpenpyxlBook(saved(far)).sheet("Sheet")
    assert filled(found) == {(4999, 0): 1, (0, 255): 2}
    assert found.beyond == Beyond(3, 8999, 1, "4")


def test_a_panic_of_the_reader_of_old_workbooks_is_a_refusal(monkeypatch):
    def panic(_):
        raise type("PanicException", (BaseException,), {})

    book = type("", (), {"from_filelike": panic})
    monkeypatch.setattr(calamine.python_calamine, "CalamineWorkbook", book)
    old = compound({"Workbook": STREAM + b"\x0a\0\0\0" + bytes(4200)})
    assert reason(old, "a.xls") == "not_understood"


def test_a_cell_where_no_sheet_reaches_is_refused():
    for place in ((-1, 0), (0, -1), (1_048_576, 0), (0, 16_384)):
        with pytest.raises(ValueError, match="no sheet reaches"):
            FilledCells().put(*place, "x")


@pytest.mark.parametrize("broken", ["<![foo[x]]>", "<![ 1"])
def test_a_page_with_a_broken_declaration_is_refused_and_ends_no_reader(broken):
    page = f"<html>{broken}<table><tr><td>a</td></tr></table></html>".encode()
    with suppress(UnreadError):
        open_workbook(page, "a.html")


def test_a_compound_file_whose_table_goes_on_in_a_circle_is_looked_at_once():
    content = bytearray(encrypted(b""))
    content[0x44:0x4C] = struct.pack("<II", 0, 0xFFFFFFFF)
    content[512 + 508 : 512 + 512] = bytes(4)
    assert kind_of(bytes(content), "a.xls") is FileKind.ENCRYPTED


def test_a_compound_file_without_a_root_is_damaged():
    content = bytearray(encrypted(b""))
    content[1024 + 66] = 1
    assert kind_of(bytes(content), "a.xls") is FileKind.DAMAGED


# --- sheets written anew --------------------------------------------------------------------------

ANY_TEXT = st.text(min_size=1, max_size=20) | st.sampled_from(
    ("_x0041_", " a ", "a\r\nb", "\ud800")
)
MOMENTS = (
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30))
    .map(lambda one: one.replace(microsecond=one.microsecond // 1000 * 1000))
    .filter(lambda one: one.time() != time())  # a spreadsheet knows midnight as the day
)
CONTENTS = (
    ANY_TEXT
    | st.integers(-(10**12), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates(date(1900, 3, 1))
    | MOMENTS
    | MOMENTS.map(datetime.time)
    | st.timedeltas(timedelta(), timedelta(days=10**5)).map(lambda d: d - timedelta(microseconds=d.microseconds))
    | st.sampled_from((Broken("error", "#REF!"), Broken("uncached", '=A1&"<"')))
)  # fmt: skip


@st.composite
def any_cells(draw):
    cells = FilledCells()
    places = st.tuples(st.integers(0, 40), st.integers(0, 30))
    for place, content in draw(st.dictionaries(places, CONTENTS, max_size=8)).items():
        font, unstruck = "", draw(st.sampled_from((None, "")))
        if isinstance(content, str):
            font = draw(st.sampled_from(("", ".VnTime", "VNI-Times")))
            kept = draw(st.lists(st.booleans(), min_size=len(content), max_size=len(content)))
            left = "".join(x for x, is_kept in zip(content, kept, strict=True) if is_kept)
            unstruck = left if left != content else unstruck
        cells.put(*place, content, font=font, unstruck=unstruck)
    for box in draw(st.lists(st.sampled_from(((0, 0, 1, 1), (3, 2, 3, 5))), unique=True)):
        cells.merge(box)
    return cells.sheet(draw(st.sampled_from(("Báo cáo", 'a "b" & <c>'))))


@settings(max_examples=150, deadline=None)
@given(any_cells())
def test_sheets_written_anew_are_read_as_they_were(cells):
    assert sheet(workbook_of([cells])) == cells
    assert workbook_of([cells]) == workbook_of([cells])


@given(any_cells(), st.integers(0, 40), st.integers(0, 30))
def test_a_part_of_a_sheet_holds_its_cells_and_no_others(cells, row, column):
    part = cells.within((row, column, 40, 30), cells.title)
    assert filled(part) == {
        at: x for at, x in filled(cells).items() if at[0] >= row and at[1] >= column
    }
    assert cells.within((0, 0, 40, 30), cells.title) == cells


@pytest.mark.parametrize("day", [date(1900, 2, 28), datetime(1899, 12, 30, 7), date(1, 1, 1)])
def test_a_day_that_programs_count_otherwise_is_not_written(day):
    cells = FilledCells()
    cells.put(0, 0, day)
    with pytest.raises(ValueError, match="before March 1900"):
        workbook_of([cells.sheet("a")])
