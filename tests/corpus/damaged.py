"""Forms whose package or XML is damaged, odd or hostile, though it may still hold everything."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from datetime import date

from corpus.case import Case, kept, lost, read
from corpus.clerk import MONTH, Clerk
from corpus.packages import (
    Cell,
    Edit,
    added,
    edited,
    members,
    packed,
    renamed,
    swap,
    without,
)

PAGE, LIST = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK, STRINGS, TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
STYLES, LINKS, THEME = "xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/theme/theme1.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {new} "{"".join([f"&{old};"] * 10)}">'.encode()
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + b"]>"  # fmt: skip
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def changed(part: str, *edits: Edit):
    """Return how a form is made whose member ``part`` was changed."""

    def make(clerk: Clerk) -> bytes:
        def edit(xml: bytes) -> bytes:
            for one in edits:
                xml = one(xml)
            return xml

        return edited(clerk.form(), {part: edit})

    return make


def lacking(*parts: str):
    return lambda clerk: without(clerk.form(), *parts)


def cut_at(share: float):
    return lambda clerk: (form := clerk.form())[: int(len(form) * share)]


def with_wrong_sum(part: str):
    """Return how a form is made whose member has another check sum than its content."""

    def make(clerk: Clerk) -> bytes:
        form = bytearray(clerk.form())
        with zipfile.ZipFile(io.BytesIO(bytes(form))) as package:
            info, directory = package.getinfo(part), package.start_dir
        entry = form.find(part.encode(), directory) - 46
        for at in (info.header_offset + 14, entry + 16):
            struct.pack_into("<I", form, at, info.CRC ^ 1)
        return bytes(form)

    return make


def in_utf16(part: str):
    return changed(part, lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16"))


def prefixed(xml: bytes) -> bytes:
    """Return a sheet in which every element has a prefix, as some programs write them."""
    tagged = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml)
    return tagged.replace(b" xmlns=", b" xmlns:x=", 1)


def in_other_lines(xml: bytes) -> bytes:
    return re.sub(rb"(<(?:row|c|sheetData)\b)", rb"\r\n   \1", xml)


def duplicated(clerk: Clerk) -> bytes:
    target = io.BytesIO(clerk.form())
    parts = dict(members(target.getvalue()))
    blank = parts[PAGE][: parts[PAGE].find(b"<sheetData>")] + b"<sheetData/></worksheet>"
    return packed([*((n, blank if n == PAGE else raw) for n, raw in parts.items())]), parts[PAGE]


def twice(clerk: Clerk) -> bytes:
    """Return a form with one member twice: an empty one first, as a writer that starts over."""
    content, page = duplicated(clerk)
    target = io.BytesIO(content)
    target.seek(0, io.SEEK_END)
    entry = zipfile.ZipInfo("xl/worksheets/sheet9.xml", (2015, 3, 17, 8, 30, 0))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr(entry, page)
    return target.getvalue().replace(b"xl/worksheets/sheet9.xml", PAGE.encode())


def since_1904(clerk: Clerk) -> bytes:
    """Return an older form of an old Mac: its days are counted from 1904."""
    shift = {id_: Cell(f"<v>{_serial(day) - 1462}</v>") for id_, day in _days(clerk).items()}
    form = clerk.form(older=True, **shift)
    return edited(form, {BOOK: swap("<workbookPr ", '<workbookPr date1904="1" ')})


def _days(clerk: Clerk) -> dict[str, date]:
    days = {id_: raw for id_, raw in clerk.meant().items() if isinstance(raw, date)}
    return {**days, "thang_bao_cao": MONTH.first_day}


def _serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def rows_added(*rows: str) -> Edit:
    return swap("</sheetData>", "".join(rows) + "</sheetData>")


def far_cell(address: str, content: str = "<v>1</v>") -> Edit:
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return rows_added(f'<row r="{row}"><c r="{address}">{content}</c></row>')


def styled_rows(first: int, last: int) -> Edit:
    return rows_added(
        *(f'<row r="{n}"><c r="A{n}" s="1"/><c r="E{n}" s="1"/></row>' for n in range(first, last))
    )


def merges(*areas: str) -> Edit:
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    inside = rf'<mergeCells count="{len(areas)}">{cells}</mergeCells>'.encode()

    def edit(xml: bytes) -> bytes:
        plain = re.sub(rb"<mergeCells.*?</mergeCells>", b"", xml)
        return re.sub(rb"(</sheetData>(?:<sheetProtection[^>]*/>)?)", rb"\1" + inside, plain)

    return edit


def with_macros(clerk: Clerk) -> bytes:
    form = added(clerk.form(), ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(900)))
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    link = '<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>'
    return edited(form, {TYPES: swap(plain, macro), LINKS: swap("</Relationships>", link)})


def with_links_outside(clerk: Clerk) -> bytes:
    """Return a form that refers to another workbook whose link is gone."""
    refer = swap(
        "</sheets>",
        '</sheets><externalReferences><externalReference r:id="rId77"/></externalReferences>',
    )
    return edited(clerk.form(), {BOOK: refer})


def rich(xml: bytes) -> bytes:
    """Return the shared texts cut into pieces, each with its own font."""
    piece = '<t xml:space="preserve">{}</t></r>'.format
    pieces = f"<si><r><rPr><b/></rPr>{piece(chr(92) + '1')}<r>{piece(chr(92) + '2')}</si>"
    return re.sub(r"<si><t>([^<&]{2})([^<&]+)</t></si>", pieces, xml.decode()).encode()


def without_places(xml: bytes) -> bytes:
    """Return a sheet whose cells and rows do not say where they are; gaps are filled."""
    return re.sub(rb'<row r="\d+"', b"<row", re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml))


def with_zip_behind(clerk: Clerk) -> bytes:
    return clerk.form() + b"\r\n------=_NextPart--\r\n"


def strict(clerk: Clerk) -> bytes:
    """Return the form as “Strict Open XML”: the same elements in other namespaces."""
    old = (
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip

    def edit(raw: bytes) -> bytes:
        for before, after in old:
            raw = raw.replace(before.encode(), after.encode())
        return raw

    return packed((name, edit(raw)) for name, raw in members(clerk.form()))


CASES: tuple[Case, ...] = (
    # still whole
    read("part-names-in-lower-case", lambda c: renamed(c.form(), str.lower)),
    read("part-names-with-backslashes", lambda c: renamed(c.form(), lambda n: n.replace("/", "\\"))),
    read("parts-in-other-order", lambda c: packed(reversed(members(c.form())))),
    read("parts-stored", lambda c: packed(members(c.form()), zipfile.ZIP_STORED)),
    read("bytes-behind-the-package", with_zip_behind),
    read("part-twice", twice),
    read("part-unknown", lambda c: added(c.form(), ("xl/la.bin", bytes(999)), ("Thumbs.db", b"x"))),
    read("no-theme", lacking(THEME)),
    read("no-properties", lacking("docProps/core.xml")),
    read("no-styles", lacking(STYLES)),
    read("no-types", lacking(TYPES)),
    read("wrong-sum-of-the-theme", with_wrong_sum(THEME)),
    read("page-in-utf16", in_utf16(PAGE)),
    read("texts-in-utf16", in_utf16(STRINGS)),
    read("page-with-a-mark-of-utf8", changed(PAGE, lambda xml: b"\xef\xbb\xbf" + xml)),
    read("page-with-prefixes", changed(PAGE, prefixed)),
    read("page-in-many-lines", changed(PAGE, in_other_lines)),
    read("page-with-comments", changed(PAGE, swap("<sheetData>", "<!-- <c r='A1'><v>1</v></c> --><sheetData>"))),
    read("page-with-single-quotes", changed(PAGE, lambda xml: re.sub(rb'(<c r)="(\w+)"', rb"\1='\2'", xml))),
    read("page-with-small-dimension", changed(PAGE, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml))),
    read("page-with-huge-dimension", changed(PAGE, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml))),
    read("page-with-wrong-dimension", changed(PAGE, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="#REF!"', xml))),
    read("page-without-dimension", changed(PAGE, lambda xml: re.sub(rb"<dimension[^>]*/>", b"", xml))),
    read("page-with-cells-without-place", changed(PAGE, without_places)),
    read("cell-far-below", changed(PAGE, far_cell("A1048576"))),
    read("cell-far-away", changed(PAGE, far_cell("XFD1048576"))),
    read("cell-far-away-that-is-blank", changed(PAGE, far_cell("XFD1048576", '<is><t xml:space="preserve"> </t></is>'))),
    read("cells-styled-far-below", changed(PAGE, styled_rows(1000, 60_000))),
    read("list-with-a-cell-far-away", changed(LIST, far_cell("XFD1048576"))),
    read("whole-page-merged", changed(PAGE, merges("A200:XFD1048576"))),
    read("many-merges", changed(PAGE, merges(*(f"A{n}:B{n}" for n in range(300, 3300))))),
    read("days-since-1904", since_1904),
    read("links-to-a-lost-workbook", with_links_outside),
    read("macros", lambda c: {"bieu.xlsm": with_macros(c)}),
    read("rich-texts", changed(STRINGS, rich)),
    read("strict-namespaces", strict),
    read("page-hidden-for-good", changed(BOOK, swap('<sheet name="Báo cáo"', '<sheet state="veryHidden" name="Báo cáo"'))),
    read("rows-hidden", changed(PAGE, lambda xml: re.sub(rb'<row r="(\d+)"(?![^>]* hidden=)', rb'<row r="\1" hidden="1"', xml))),
    # not to be read by anybody
    kept("cut-in-half", cut_at(0.5), "quarantined: hỏng"),
    kept("cut-at-the-end", cut_at(0.99), "quarantined: hỏng"),
    kept("cut-at-the-start", lambda c: c.form()[600:], "quarantined: hỏng"),
    kept("first-bytes-only", lambda c: c.form()[:4], "quarantined: hỏng"),
    kept("line-ends-changed-on-the-way", lambda c: c.form().replace(b"\n", b"\r\n"), "quarantined: hỏng"),
    kept("high-bits-lost-on-the-way", lambda c: bytes(b & 0x7F for b in c.form()), "quarantined: hỏng"),
    kept("zeros-in-the-middle", lambda c: (f := c.form())[:9000] + bytes(9000) + f[18000:], "quarantined: hỏng"),
    kept("wrong-sum-of-the-page", with_wrong_sum(PAGE), "quarantined: hỏng"),
    kept("no-workbook-part", lacking(BOOK), "quarantined: trang nào"),
    kept("no-links-part", lacking(LINKS), "quarantined: hỏng"),
    kept("no-page-part", lacking(PAGE), "quarantined: hỏng"),
    kept("no-texts-part", lacking(STRINGS), "quarantined: hỏng"),
    kept("no-sheets", changed(BOOK, lambda xml: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", xml)), "quarantined: trang nào"),
    kept("page-cut-short", changed(PAGE, lambda xml: xml[: xml.find(b'<row r="60"')]), "quarantined: hỏng"),
    kept("page-empty-part", changed(PAGE, lambda _: b""), "quarantined: hỏng"),
    lost("page-without-cells", changed(PAGE, lambda xml: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", xml, flags=re.DOTALL)), **{"*": "DL20 DL22"}),
    kept("page-of-junk", changed(PAGE, lambda xml: bytes(range(256)) * 20), "quarantined: kiểu tệp"),
    kept("text-beyond-the-texts", lambda c: c.form(dia_diem=Cell("<v>99999999</v>", ' t="s"')), "quarantined: hỏng"),
    kept("text-before-the-texts", lambda c: c.form(dia_diem=Cell("<v>-1</v>", ' t="s"')), "quarantined: hỏng"),
    kept("laughs", changed(PAGE, swap(HEAD, HEAD + LAUGHS), swap("</sheetData>", '<row r="300"><c r="A300" t="str"><v>&i;</v></c></row></sheetData>')), "quarantined: kiểu tệp"),
    kept("laughs-in-the-texts", changed(STRINGS, swap(HEAD, HEAD + LAUGHS), swap("<t>Mẫu số 01</t>", "<t>&i;</t>")), "quarantined: kiểu tệp"),
    kept("file-from-outside", changed(STRINGS, swap(HEAD, HEAD + OUTSIDE), swap("<t>Mẫu số 01</t>", "<t>&a;</t>")), "quarantined: kiểu tệp"),
    kept("bomb-in-a-part", lambda c: added(c.form(), ("xl/media/image1.png", bytes(160_000_000))), "quarantined: dung lượng bất thường"),
    kept("part-declaring-gigabytes", lambda c: lie_about_size(c.form()), "quarantined: dung lượng bất thường"),
    kept("too-many-parts", lambda c: added(c.form(), *((f"xl/media/{n}.png", b"") for n in range(2_100))), "quarantined: quá nhiều phần"),
)  # fmt: skip


def lie_about_size(content: bytes) -> bytes:
    """Return the package with its first member said to unpack into four gigabytes."""
    out = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        directory = package.start_dir
    struct.pack_into("<I", out, directory + 24, 0xFFFFFFF0)
    return bytes(out)
