"""A form as the programs of the world write .xlsx: whatever their habits, it says the same.

What LibreOffice, Gnumeric, openpyxl, exceljs and SheetJS write stands in test_other_programs.py;
here are the habits one by one, made of a filled form's own parts.
"""

import re
import zipfile
from datetime import date, datetime, timedelta
from functools import cache
from html import unescape
from io import BytesIO
from itertools import count
from xml.sax.saxutils import escape

import pytest
from corpus.clerk import CAMPAIGN, Clerk
from corpus.packages import members, packed

from tdkt_batch.forms_read.read import read_form
from tdkt_batch.model import Source, Submission
from tdkt_batch.rules.outcomes import form_outcomes

UNIT, NEIGHBOUR = [unit for unit in CAMPAIGN.units if unit.kind == "xã"][4:6]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
CELL = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?(?: t="(\w+)")?(?:/>|>(.*?)</c>)', re.DOTALL)
INDEX = re.compile(r' t="s"><v>(\d+)</v>')


@cache
def form():
    return Clerk(UNIT, NEIGHBOUR).form()


@cache
def texts():
    xml = dict(members(form()))["xl/sharedStrings.xml"].decode()
    return [unescape("".join(re.findall("<t[^>]*>(.*?)</t>", si, re.DOTALL)))
            for si in re.findall("<si>(.*?)</si>", xml, re.DOTALL)]  # fmt: skip


def told(content):
    source = Source(name="a.xlsx", sha256="0", size=1, modified=datetime(2015, 3, 18))
    found = read_form(content, source, CAMPAIGN)
    assert isinstance(found, Submission), found
    the_form, unit = CAMPAIGN.form(found.form), CAMPAIGN.unit(found.unit)
    outcomes = [(o.rule, o.outcome) for o in form_outcomes(CAMPAIGN, the_form, found, unit)]
    values = [(v.field, v.value, v.cell, v.fault) for v in found.cells]
    return found.unit, found.month, values, outcomes, [f.code for f in found.faults]


# --- the cells of a sheet -----------------------------------------------------------------------


def cell_by_cell(change):
    """Return the change of each cell: from its place, style, kind and content."""

    def edit(xml):
        return CELL.sub(lambda m: change(m[1], m[2] or "", m[3] or "", m[4] or ""), xml)

    return edit


def shared(kind, inner):
    """Return the text of a cell with a shared text; None of another."""
    index = re.fullmatch("<v>(.*)</v>", inner) if kind == "s" else None
    return escape(texts()[int(index[1])]) if index else None


def as_texts_of(write):
    """Write each shared text into its cell."""

    def change(place, style, kind, inner):
        text = shared(kind, inner)
        if text is None:
            kind = f' t="{kind}"' if kind else ""
            return f'<c r="{place}"{style}{kind}>{inner}</c>'
        return write(place, style, text)

    return cell_by_cell(change)


def halves(text, tag):
    """Return a text in two runs, with a reading aid that is not seen."""
    cut = 0 if "&" in text else len(text) // 2
    runs = "".join(
        f'<r><rPr><b/></rPr><t xml:space="preserve">{part}</t></r>'
        for part in (text[:cut], text[cut:])
    )
    aid = '<rPh sb="0" eb="1"><t>đọc là</t></rPh><phoneticPr fontId="1"/>'
    return f"<{tag}>{runs}{aid}</{tag}>"


def with_iso_days(zone):
    """Write numbers in the cells of days as days are written, as SheetJS does with cellDates."""

    def change(place, style, kind, inner):
        number = re.fullmatch(r"<v>(4[12]\d{3})</v>", inner)
        if kind or not number:
            kind = f' t="{kind}"' if kind else ""
            return f'<c r="{place}"{style}{kind}>{inner}</c>'
        day = date(1899, 12, 30) + timedelta(days=int(number[1]))
        return f'<c r="{place}"{style} t="d"><v>{day}T00:00:00{zone}</v></c>'

    return cell_by_cell(change)


def without_places(xml):
    """Leave out where rows and cells stand: each follows the one before, blank ones are written."""

    def cells_of(row):
        cells, column = [], 0
        for cell in CELL.finditer(row):
            letters = re.match("[A-Z]+", cell[1])[0]
            wanted = sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(letters)))
            cells += ["<c/>"] * (wanted - column - 1)
            cells.append(cell[0].replace(f' r="{cell[1]}"', ""))
            column = wanted
        return "".join(cells)

    rows = re.finditer(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', xml, re.DOTALL)
    filled = {int(row[1]): cells_of(row[2]) for row in rows if row[2]}
    body = "".join(f"<row>{filled.get(n, '')}</row>" for n in range(1, max(filled) + 1))
    return re.sub("<sheetData>.*</sheetData>", lambda _: f"<sheetData>{body}</sheetData>", xml,
                  flags=re.DOTALL)  # fmt: skip


def values_alone(xml):
    return re.sub("<f[^>]*>.*?</f>|<f[^>]*/>", "", xml, flags=re.DOTALL)


def with_prefix(xml):
    """Name every element with a prefix, as the SDK of Microsoft does."""
    xml = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", r"<\1x:\2", xml)
    return xml.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


def indented(xml):
    """Put line ends between elements, never into a text."""
    head, body = xml.split("?>", 1)
    return f"{head}?>" + re.sub(r"><(?=/?(?:row|c|v|is|f|sheetData|si|sheet|worksheet)\b)",
                                ">\r\n\t<", body)  # fmt: skip


def with_unknown(xml):
    """Add what other programs of Microsoft add: extensions, alternatives, comments."""
    xml = xml.replace("<sheetData>", "<!-- ô --><?pi x?><sheetData>", 1)
    more = ('<extLst><ext uri="{0}" xmlns:x14="u:x14"><x14:c r="C9"><x14:v>9</x14:v></x14:c></ext>'
            "</extLst>")  # fmt: skip
    return xml.replace("</worksheet>", f"{more}</worksheet>")


def in_cdata(place, style, text):
    return f'<c r="{place}"{style} t="inlineStr"><is><t><![CDATA[{unescape(text)}]]></t></is></c>'


def by_numbers(text):
    return "".join(f"&#x{ord(c):X};" if ord(c) > 0x7F else c for c in text)


OF_CELLS = {
    "texts inline": as_texts_of(lambda p, s, t: f'<c r="{p}"{s} t="inlineStr"><is><t xml:space="preserve">{t}</t></is></c>'),
    "texts inline in runs": as_texts_of(lambda p, s, t: f'<c r="{p}"{s} t="inlineStr">{halves(t, "is")}</c>'),
    "texts as results": as_texts_of(lambda p, s, t: f'<c r="{p}"{s} t="str"><v>{t}</v></c>'),
    "texts in CDATA": as_texts_of(in_cdata),
    "letters by number": by_numbers,
    "blanks around an index": lambda xml: INDEX.sub(r' t="s"><v> \1\n</v>', xml),
    "an index with zeros": lambda xml: INDEX.sub(r' t="s"><v>00\1</v>', xml),
    "attributes in single quotes": lambda xml: re.sub(r"<(c|row|v) ([^<>]*)>", lambda m: m[0].replace('"', "'"), xml),
    "attributes in another order": lambda xml: re.sub(r'<c (r="\w+")( s="\d+")?( t="\w+")', r"<c\3\2 \1", xml),
    "numbers with a point": lambda xml: re.sub(r'(<c r="\w+" s="\d+"><v>\d+)</v>', r"\1.0</v>", xml),
    "numbers with an exponent": lambda xml: re.sub(r'(<c r="\w+" s="\d+"><v>\d+)</v>', r"\1E0</v>", xml),
    "numbers with their kind": lambda xml: re.sub(r'(<c r="\w+" s="\d+")(><v>\d+</v>)', r'\1 t="n"\2', xml),
    "days as they are written": with_iso_days(""),
    "days of the world's time": with_iso_days("Z"),
    "no places": without_places,
    "values alone": values_alone,
    "formulas of many cells": lambda xml: re.sub("<f>", '<f t="array" ref="A1:B2" ca="1">', xml),
    "empty cells of texts": lambda xml: re.sub(r'(<c r="\w+" s="\d+")/>', r'\1 t="s"/>', xml),
    "empty texts": lambda xml: re.sub(r'(<c r="\w+" s="\d+")/>', r'\1 t="inlineStr"><is><t/></is></c>', xml),
    "a prefix": with_prefix,
    "another norm": lambda xml: xml.replace(MAIN, STRICT),
    "indented": indented,
    "unknown parts": with_unknown,
    "no size": lambda xml: re.sub("<dimension[^>]*>", "", xml),
    "a lying size": lambda xml: re.sub("<dimension[^>]*>", '<dimension ref="A1"/>', xml),
    "no spans and heights": lambda xml: re.sub(r'(<row r="\d+")[^>]*?(/?>)', r"\1\2", xml),
}  # fmt: skip


@pytest.mark.parametrize("habit", OF_CELLS)
def test_however_cells_are_written_the_form_says_the_same(habit):
    parts = [
        (name, OF_CELLS[habit](raw.decode()).encode() if SHEET.fullmatch(name) else raw)
        for name, raw in members(form())
    ]
    assert dict(parts) != dict(members(form()))
    assert told(packed(parts)) == told(form())


# --- the shared texts, the package ---------------------------------------------------------------


def of_part(name, change):
    """Return the change of one part of the package."""
    return lambda parts: [
        (n, change(raw.decode()).encode() if n == name else raw) for n, raw in parts
    ]


def of_xml(change):
    """Return the change of every part that is XML, as bytes."""
    return lambda parts: [(n, change(raw)) for n, raw in parts]


def texts_again(parts):
    """Write each cell's text anew, shared by none, the last first, with unused ones between."""
    order, numbers = [], count()

    def change(place, style, kind, inner):
        text = shared(kind, inner)
        if text is None:
            return f'<c r="{place}"{style}' + (f' t="{kind}"' if kind else "") + f">{inner}</c>"
        order.append(text)
        return f'<c r="{place}"{style} t="s"><v>@{next(numbers)}@</v></c>'

    sheets = {n: cell_by_cell(change)(raw.decode()) for n, raw in parts if SHEET.fullmatch(n)}
    last = len(order) - 1
    again = {
        n: re.sub("@(.+?)@", lambda m: str(2 * (last - int(m[1]))), x) for n, x in sheets.items()
    }
    said = "".join(f'<si><t xml:space="preserve">{t}</t></si><si/>' for t in reversed(order))
    again["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{said}</sst>'
    return [(n, again[n].encode() if n in again else raw) for n, raw in parts]


def in_runs(xml):
    return re.sub("<si><t[^>]*>(.*?)</t></si>", lambda m: halves(m[1], "si"), xml, flags=re.DOTALL)


def elsewhere(parts):
    """Put the workbook at another path of the package, and name it from the root."""
    moved = [(re.sub("^xl/", "excel/", n), raw) for n, raw in parts]
    links = ("[Content_Types].xml", "_rels/.rels")
    found = [(n, raw.replace(b"xl/", b"excel/") if n in links else raw) for n, raw in moved]
    name = "excel/_rels/workbook.xml.rels"
    return [
        (n, re.sub(rb'Target="(?!/)', b'Target="/excel/', raw) if n == name else raw)
        for n, raw in found
    ]


def with_other_numbers(parts):
    """Name relations and parts as a program does that numbers anew; the sheets keep their order."""
    links = "xl/_rels/workbook.xml.rels"

    def change(name, raw):
        if name in (links, "xl/workbook.xml"):
            raw = re.sub(rb'"rId(\d+)"', rb'"R\1a"', raw)
        if name in (links, "[Content_Types].xml"):
            raw = re.sub(rb"sheet(\d)\.xml", rb"s-\1.xml", raw)
        return re.sub(r"sheet(\d)\.xml$", r"s-\1.xml", name), raw

    return [change(*part) for part in parts]


def utf_16(raw):
    return raw.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


OF_PACKAGES = {
    "texts that none share": texts_again,
    "texts in runs with reading aids": of_part("xl/sharedStrings.xml", in_runs),
    "texts without their number": of_part("xl/sharedStrings.xml", lambda x: re.sub(r' (?:uniqueC|c)ount="\d+"', "", x)),
    "texts indented": of_part("xl/sharedStrings.xml", indented),
    "a workbook elsewhere": elsewhere,
    "other numbers": with_other_numbers,
    "parts in another order": lambda parts: [*reversed(parts)],
    "a byte order mark": of_xml(lambda raw: b"\xef\xbb\xbf" + raw),
    "UTF-16": of_xml(utf_16),
    "no declaration": of_xml(lambda raw: raw.split(b"?>", 1)[1]),
    "another norm": of_xml(lambda raw: raw.replace(MAIN.encode(), STRICT.encode()).replace(
        OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")),
    "no styles nor theme": lambda parts: [p for p in parts if p[0] != "xl/theme/theme1.xml"],
    "no names": of_part("xl/workbook.xml", lambda x: re.sub("<definedNames>.*</definedNames>", "", x, flags=re.DOTALL)),
    "folders as members": lambda parts: [("xl/", b""), ("xl/worksheets/", b""), *parts],
}  # fmt: skip


@pytest.mark.parametrize("habit", OF_PACKAGES)
def test_however_a_package_is_made_up_the_form_says_the_same(habit):
    parts = OF_PACKAGES[habit](members(form()))
    assert parts != members(form())
    assert told(packed(parts)) == told(form())


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_however_a_package_is_packed_the_form_says_the_same(method):
    """As programs do that write to a stream: sizes behind the members, in 64 bits."""

    class Stream(BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

        def tell(self):
            raise OSError

    target = Stream()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, raw in members(form()):
            with package.open(name, "w", force_zip64=True) as member:
                member.write(raw)
    assert told(target.getvalue()) == told(form())
