"""What is read by a pattern is what the parser reads; all else is left to the parser."""

from __future__ import annotations

import random
import zipfile
from functools import cache
from io import BytesIO

import pytest

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month
from tdkt_batch.workbooks import xlsx
from tdkt_batch.workbooks.plain_xml import plain_sheet, plain_texts
from tdkt_batch.workbooks.read import UnreadError, open_workbook

CAMPAIGN = load_campaign()
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


@cache
def form():
    unit = next(unit for unit in CAMPAIGN.units if unit.level == "base")
    filling = Filling(unit=unit, month=Month(2015, 3))
    return write_form(CAMPAIGN, CAMPAIGN.form("mau_01"), filling)


def with_part(content, name, part):
    """Return the workbook with another part in the place of one of its own."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, part if info.filename == name else old.read(info))
    return buffer.getvalue()


def part_of(content, name):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read(name)


def seen(content):
    """Return the first sheet, or why there is none."""
    try:
        book = open_workbook(content, "a.xlsx")
        return book.sheet(book.titles[0])
    except UnreadError as error:
        return error.unread


def seen_by_the_parser(content, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(xlsx, "plain_sheet", lambda _: None)
        patched.setattr(xlsx, "plain_texts", lambda _: None)
        return seen(content)


def sheet(rows, *, tail="", root=""):
    data = f"<sheetData>{rows}</sheetData>{tail}"
    return f"{DECLARED}<worksheet {MAIN}{root}>{data}</worksheet>".encode()


CELLS = (
    '<c r="A1" s="1" t="s"><v>0</v></c>',
    '<c r="A1"/><c r="B1" s="2"/>',
    '<c r="A1"><v>12</v></c>',
    '<c r="A1"><v>12.50</v></c><c r="B1"><v/></c><c r="C1"><v></v></c>',
    '<c r="A1" t="str"><f>B1&amp;"&lt;x&gt;"</f><v>a &amp; b &quot;c&quot; &apos;</v></c>',
    '<c r="A1"><f>SUM(B1:B2)</f></c><c r="A2"><f t="shared" ref="A2:A3" si="0">B2</f><v>1</v></c>',
    '<c r="A3"><f t="shared" si="0"/><v>1</v></c>',
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
    '<c r="A1" t="inlineStr"><is><t/></is></c><c r="A2"><is><t>b</t></is></c>',
    '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>x</v></c><c r="C1" t="e"><v>#REF!</v></c>',
    '<c r="A1" t="s"><v>999999</v></c>',
    '<c r="A1"><v>chữ</v></c>',
    '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
    '<c r="A1" s="7777"><v>1</v></c>',
    '<c r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c>',
    '<c r="A1" t="str"><v>_x000D_một\ndòng</v></c>',
)
"""Rows of which the pattern knows all."""


@pytest.mark.parametrize("cells", CELLS)
def test_a_cell_that_the_pattern_knows_is_what_the_parser_reads(cells, monkeypatch):
    xml = sheet(f'<row r="1" spans="1:5" ht="20.5" customHeight="1">{cells}</row><row r="9"/>')
    assert plain_sheet(xml) is not None
    content = with_part(form(), SHEET, xml)
    assert seen(content) == seen_by_the_parser(content, monkeypatch)


OTHERS = (
    sheet('<row r="1"><c r="A1" t="str"><v>&#65;</v></c></row>'),
    sheet('<row r="1"><c r="A1" t="str"><v><![CDATA[a]]></v></c></row>'),
    sheet('<row r="1"><!-- --><c r="A1"><v>1</v></c></row>'),
    sheet('<row r="1"><c r="A1" r="B1"><v>1</v></c></row>'),
    sheet('<row r="1"><c r="A1"><v>1</v></row></c>'),
    sheet('<row r="1"><c><v>1</v></c><c r="A0"><v>1</v></c></row>'),
    sheet('<row r="1"><c r="A1"><v>a]]>b</v></c></row>'),
    sheet('<row r="1"><c r="A1" t="str"><v>a\rb</v></c></row>'),
    sheet('<row r="1"><c r="A1" t="str"><v>a\x01b</v></c></row>'),
    sheet('<row r="1"><c r="A1" t="str"><v>a & b</v></c></row>'),
    sheet('<row r="1" x14ac:dyDescent="0.25"><c r="A1"><v>1</v></c></row>'),
    sheet('<row r="1"><x:c r="A1"><v>1</v></x:c></row>', root=' xmlns:x="urn:x"'),
    sheet('<row r="1"><c r="A1"><v>1</v></c></row>', tail='<row><c r="B9"><v>2</v></c></row>'),
    sheet('<row r="1"><c r="A1"><v>1</v></c></row>', tail="<sheetData></sheetData>"),
    sheet('<row r="1"><c r="A1"><v>1</v></c></row>', tail="<cut"),
    sheet("<row r='1'><c r='A1'><v>1</v></c></row>"),
    sheet('<row r="1"><c r="A1"><v>1</v></c></row>').replace(MAIN.encode(), b'a="1"'),
    sheet('<row r="1"><c r="A1"><v>1</v></c></row>').replace(b"<worksheet", b"<!-- --><worksheet"),
)
"""Sheets that are written otherwise than is known, or wrongly."""


@pytest.mark.parametrize("xml", OTHERS)
def test_what_is_written_otherwise_is_left_to_the_parser(xml, monkeypatch):
    assert plain_sheet(xml) is None
    content = with_part(form(), SHEET, xml)
    assert seen(content) == seen_by_the_parser(content, monkeypatch)


def test_joined_areas_and_prefixes_are_known():
    merged = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    prefix = ' xmlns:x14ac="urn:x14ac"'
    rows = '<row r="1" x14ac:dyDescent="0.25"><c r="A1"><v>1</v></c></row>'
    found = plain_sheet(sheet(rows, tail=merged, root=prefix))
    assert found is not None
    assert list(found.merged) == [(0, 0, 1, 1)]


def test_texts_of_several_parts_are_left_to_the_parser():
    head = f'{DECLARED}<sst {MAIN} count="2" uniqueCount="2">'
    assert plain_texts(f"{head}<si><t>a &amp;lt; b</t></si><si><t/></si></sst>".encode()) == [
        "a &lt; b", "",
    ]  # fmt: skip
    assert plain_texts(f"{head}<si><r><t>a</t></r></si></sst>".encode()) is None
    assert plain_texts(f"{head}<si><t>a</t><rPh/></si></sst>".encode()) is None


@pytest.mark.parametrize("name", [SHEET, TEXTS])
def test_a_form_that_was_changed_anywhere_is_what_the_parser_reads(name, monkeypatch):
    content = form()
    part, chance = part_of(content, name), random.Random(13)  # noqa: S311 — the same changes each time
    assert (plain_sheet if name == SHEET else plain_texts)(part) is not None
    for _ in range(60):
        at, many = chance.randrange(len(part)), chance.choice((0, 1, 5))
        put = chance.choice(
            (b"", b"<", b">", b'"', b"&", b"/", b" ", b"0", b"\r", b"\xc3", b"</c>")
        )
        changed = with_part(content, name, part[:at] + put + part[at + many :])
        assert seen(changed) == seen_by_the_parser(changed, monkeypatch), (at, many, put)
