"""Readers that die, and bytes that are not what they seem: each costs its own file and no other."""

import io
import re
import struct
import time
import zipfile
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mail_samples import (
    HEADERS,
    PNG,
    attached,
    compound,
    forwarded,
    mail,
    mbox,
    outlook,
    text,
    winmail,
    zipped,
)
from msoffcrypto.format.ooxml import OOXMLFile
from sent_files import put

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.choose.choose import choose
from tdkt_batch.demo.clean_forms import base_draft
from tdkt_batch.demo.files import form_bytes
from tdkt_batch.model import Arrival, Month
from tdkt_batch.reading import read_files as guard
from tdkt_batch.reading.read_files import read_all
from tdkt_batch.report import FileState
from tdkt_batch.unpack.gather import gather
from tdkt_batch.wording.unpack import OWN_TEXT
from tdkt_batch.workbooks.cells import Broken
from tdkt_batch.workbooks.read import UnreadError, open_workbook
from tdkt_batch.workbooks.sniff import FileKind, kind_of

CAMPAIGN = load_campaign()
MARCH = Month(2015, 3)


@cache
def forms():
    """The forms of a dozen communes, in the register's order."""
    communes = [u for u in CAMPAIGN.units if u.kind == "xã"][:12]
    drafts = [base_draft(CAMPAIGN, u, held=False, pilot=False, large=False) for u in communes]
    return [form_bytes(CAMPAIGN, draft) for draft in drafts]


# --- readers that die of a file ---------------------------------------------------------------


class Aborting(Arrival):
    def read(self):
        """Do what the reading does when no guard stands before the fast reader."""
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.path.read_bytes()))
        book.get_sheet_by_index(0).to_python()
        return b""


class Hanging(Arrival):
    def read(self):
        time.sleep(60)


class Faulty(Arrival):
    def read(self):
        raise RuntimeError("lỗi lạ")


def gathered(folder, spool, workers=0):
    spool.mkdir(exist_ok=True)
    return gather([folder], spool, workers).arrivals


@pytest.mark.slow
def test_the_good_ones_are_read_as_without_the_deadly_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "CLOCK_A_FILE", 15)
    for number, form in enumerate(forms()):
        put(tmp_path / "sent" / f"{number:02}.xlsx", form)
    good = gathered(tmp_path / "sent", tmp_path / "spool")
    without = read_all(good, CAMPAIGN, workers=2)
    assert [r.unread for r in without] == [None] * 12
    put(tmp_path / "deadly" / "x.xlsx", repacked(small(), {PAGE: nowhere}))
    (one,) = gathered(tmp_path / "deadly", tmp_path / "spool")
    kinds = [Aborting, Hanging, Faulty]
    deadly = [kind(one.source, one.path) for kind in kinds]
    mixed = (*deadly[:1], *good[:5], *deadly[1:2], *good[5:], *deadly[2:])
    done = []
    readings = read_all(mixed, CAMPAIGN, workers=2, on_progress=done.append)
    assert tuple(r for r, a in zip(readings, mixed, strict=True) if a not in deadly) == without
    assert [r.unread.reason for r, a in zip(readings, mixed, strict=True) if a in deadly] == [
        "crashed", "timeout", "reader_error",
    ]  # fmt: skip
    assert len(done) == 15


# --- bytes that are not what they seem --------------------------------------------------------

PAGE, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def repacked(content, edits, rename=lambda name: name):
    """Return the workbook with some parts edited, by name, and the parts renamed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [(n, edits.get(n, lambda part: part)(package.read(n))) for n in package.namelist()]
    return zipped(*((rename(name), part) for name, part in parts))


def cells(content, name="a.xlsx"):
    book = open_workbook(content, name)
    sheet = book.sheet(book.titles[0])
    return [list(row) for row in sheet.rows], dict(sheet.broken)


def small(**typed):
    """Return a small workbook as a program writes it that calculates nothing."""
    book = openpyxl.Workbook()
    for cell, content in {"A1": "Xã Mường Than", "B2": 5, **typed}.items():
        book.active[cell] = content
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def utf_16(part):
    return re.sub(r"^<\?xml[^>]*\?>", "", part.decode()).encode("utf-16")


def prefixed(part):
    named = part.decode().replace('xmlns="', 'xmlns:x="')
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", re.sub(r"^<\?xml[^>]*\?>", "", named)).encode()


def without_places(part):
    return re.sub(rb' r="[A-Z]*1"', b"", part)


def of_no_size(part):
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="#REF!"', part)


def far_away(part):
    return part.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def nowhere(part):
    return part.replace(
        b"</sheetData>", b'<row r="9"><c r="AAAAAAAAAA9"><v>1</v></c></row></sheetData>'
    )


ODD = {
    "parts in UTF-16": {PAGE: utf_16, TEXTS: utf_16},
    "names with a prefix": {PAGE: prefixed},
    "cells that do not say where they stand": {PAGE: without_places},
    "a sheet of no size": {PAGE: of_no_size},
    "a cell at the end of the sheet": {PAGE: far_away},
}


@pytest.mark.parametrize("edits", ODD.values(), ids=ODD)
def test_what_is_lawful_but_odd_is_read(edits):
    assert cells(repacked(small(), edits))[0] == cells(small())[0]


def test_names_with_a_slash_in_front_are_read():
    assert cells(repacked(small(), {}, lambda name: "/" + name)) == cells(small())


def test_a_cell_where_no_sheet_reaches_is_not_understood():
    with pytest.raises(UnreadError) as caught:
        cells(repacked(small(), {PAGE: nowhere}))
    assert caught.value.unread.reason == "not_understood"


UNCALCULATED = {(2, 2): Broken("uncached", "=B2/0")}


@pytest.mark.parametrize("edits", [{}, *(e for e in ODD.values() if far_away not in e.values())])
def test_a_formula_without_result_is_seen_however_the_sheet_is_written(edits):
    assert cells(repacked(small(C3="=B2/0"), edits))[1] == UNCALCULATED


@pytest.mark.parametrize("error", ["#REF!", "#SPILL!", "#N/A"])
@pytest.mark.parametrize("rewritten", [bytes, prefixed, utf_16])
def test_an_error_is_seen_however_the_sheet_is_written(error, rewritten):
    def failed(part):
        cell = re.compile(rb'<c r="C3"[^>]*>.*?</c>')
        return rewritten(cell.sub(f'<c r="C3" t="e"><f>B2</f><v>{error}</v></c>'.encode(), part))

    assert cells(repacked(small(C3="=B2"), {PAGE: failed}))[1] == {(2, 2): Broken("error", error)}


@pytest.mark.parametrize("number", [b"NaN", b"1e999", b"-1e999"])
def test_a_number_that_is_none_is_an_error_at_its_cell(number):
    content = repacked(
        small(), {PAGE: lambda part: part.replace(b"<v>5</v>", b"<v>" + number + b"</v>")}
    )
    assert list(cells(content)[1]) == [(1, 1)]


def test_a_day_before_all_days_is_an_error_at_its_cell():
    book = openpyxl.load_workbook(io.BytesIO(small(B2=-5, B3=-5)))
    book.active["B2"].number_format = "dd/mm/yyyy"
    target = io.BytesIO()
    book.save(target)
    assert cells(target.getvalue())[1] == {(1, 1): Broken("error", "-5")}


@pytest.mark.slow
@pytest.mark.parametrize("number", [b"-1", b"99999", b"x"])
def test_a_cell_that_refers_to_no_text_is_never_blank(number):
    text_cell = re.compile(rb'(t="s"><v>)\d+(</v>)')
    content = repacked(
        forms()[0], {PAGE: lambda part: text_cell.sub(rb"\g<1>" + number + rb"\2", part, count=1)}
    )
    with pytest.raises(UnreadError) as caught:
        cells(content)
    assert caught.value.unread.reason == "damaged"


def test_a_workbook_of_many_parts_or_of_none_is_not_opened():
    many = small()
    with zipfile.ZipFile(target := io.BytesIO(many), "a") as package:
        for number in range(2001):
            package.writestr(f"xl/media/{number}.png", b"")
    assert reason(target.getvalue()) == "too_many_parts"
    assert (
        reason(repacked(small(), {}, lambda n: n.replace("xl/workbook.xml", "xl/no.xml")))
        == "no_sheets"
    )


def reason(content, name="a.xlsx"):
    with pytest.raises(UnreadError) as caught:
        cells(content, name)
    return caught.value.unread.reason


def locked(content, password):
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, target)
    return target.getvalue()


def test_excels_own_password_is_no_secret():
    content = locked(small(), "VelvetSweatshop")
    assert kind_of(content, "a.xlsx") is FileKind.ENCRYPTED
    assert cells(content) == cells(small())


def test_a_units_own_password_is_asked_for():
    assert reason(locked(small(), "matkhau")) == "encrypted"


# --- .xls and .xlsb, byte by byte ---------------------------------------------------------------


def biff(*records):
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def old_book(*records, size=(0, 1, 0, 1)):
    """Return an .xls of one sheet with these records of cells."""
    start = (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    title = b"\x05\x00Sheet"
    globals_ = lambda at: biff(start, (0x0085, struct.pack("<IH", at, 0) + title), (0x000A, b""))  # noqa: E731
    page = (0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 6))
    dimensions = (0x0200, struct.pack("<IIHHH", *size, 0))
    sheet = biff(page, dimensions, *records, (0x000A, b""))
    return compound({"Workbook": globals_(len(globals_(0))) + sheet})


def number(row, column, value):
    return 0x0203, struct.pack("<HHHd", row, column, 0, value)


def test_a_small_old_workbook_is_read_with_its_errors():
    failed = (0x0205, struct.pack("<HHHBB", 0, 1, 0, 0x17, 1))
    assert cells(old_book(number(0, 0, 7.0), failed, size=(0, 1, 0, 2)), "a.xls") == (
        [[7, None]],
        {(0, 1): Broken("error", "#REF!")},
    )


@pytest.mark.parametrize("size", [(0, 2**31, 0, 1), (9, 1, 0, 1), (0, 1, 0, 40_000), (0, 1, 9, 1)])
def test_an_old_sheet_that_lies_about_its_size_never_meets_the_reader(size):
    assert reason(old_book(number(0, 0, 7.0), size=size), "a.xls") == "not_understood"


def test_an_error_in_a_binary_workbook_is_seen():
    def records(*given):
        return b"".join(
            (bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7]))
            + bytes([len(body)]) + body
            for kind, body in given
        )  # fmt: skip

    def words(one):
        return struct.pack("<I", len(one)) + one.encode("utf-16-le")

    links = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.bin"/></Relationships>'
    cell = struct.pack("<II", 2, 0)
    book = zipped(
        (
            "xl/workbook.bin",
            records((156, struct.pack("<II", 0, 1) + words("r1") + words("Báo cáo"))),
        ),
        ("xl/_rels/workbook.bin.rels", links.encode()),
        ("xl/worksheets/sheet1.bin", records((0, struct.pack("<I", 4)), (3, cell + b"\x2a"))),
    )
    found = open_workbook(book, "a.xlsb").sheet("Báo cáo")
    assert found.broken == {(4, 2): Broken("error", "#N/A")}


# --- every file in exactly one state --------------------------------------------------------------

JUNK = (
    b"", bytes(4000), PNG, b"%PDF-1.4 scan", "ghi chú".encode(), b"PK\x03\x04 cut", b"Rar!\x1a\x07\x00",
    bytes(range(256)) * 3, b"<html><table></table></html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
)  # fmt: skip
NAMES = ("Mẫu 01.xlsx", "bao cao.xls", "~$Mẫu 01.xlsx", "ảnh.png", "a.eml", "b.zip", "=1+1.csv", "")


def leaves():
    content = st.one_of(st.sampled_from(JUNK), st.sampled_from(range(4)).map(lambda n: forms()[n]))
    return st.tuples(st.sampled_from(NAMES), content).map(lambda leaf: (*leaf, [leaf[1]]))


def packed(kind, inside):
    """Return a container of this kind as a file that holds ``inside``, and the contents in it."""
    held = [content for _, _, contents in inside for content in contents]
    files = [(f"{n} {name}", content) for n, (name, content, _) in enumerate(inside)]
    match kind:
        case "zip":
            return "gói.zip", zipped(*files), held
        case "mail":
            parts = [attached(content, name) for name, content in files]
            return "thư.eml", mail(text(), *parts), held
        case "forwarded":
            inner = mail(*(attached(content, name) for name, content in files), boundary="b1")
            return "chuyển.eml", mail(text(), forwarded(inner)), held
        case "outlook":
            return "thư.msg", outlook(*files), held
        case "winmail":
            return "winmail.dat", winmail(*files), held
        case _:
            mails = [mail(text(), attached(content, name)) for name, content in files]
            return (
                "hộp thư",
                mbox(*mails, mail(text(), headers={**HEADERS, "Subject": "cuối"})),
                held,
            )


def piles():
    kinds = st.sampled_from(("zip", "mail", "forwarded", "outlook", "winmail", "mbox"))
    inside = lambda one: st.tuples(kinds, st.lists(one, min_size=1, max_size=3)).map(  # noqa: E731
        lambda chosen: packed(*chosen)
    )
    return st.lists(st.recursive(leaves(), inside, max_leaves=6), max_size=4)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(piles())
def test_every_file_of_a_pile_is_in_exactly_one_state(pile):
    with TemporaryDirectory() as room:
        folder, spool = Path(room, "sent"), Path(room, "spool")
        spool.mkdir()
        for n, (name, content, _) in enumerate(pile):
            put(folder / f"{n} {name}", content)
        found = gather([folder] if pile else [], spool)
        readings = read_all(found.arrivals, CAMPAIGN, workers=0)
        contents = {a.source.sha256: a.read() for a in found.arrivals}
    records = choose(readings, CAMPAIGN, MARCH).records
    expected = Counter(sha256(content).hexdigest() for _, _, held in pile for content in held)
    words = {r.source.name for r in records if r.source.name.endswith(OWN_TEXT)}
    assert Counter(r.source.sha256 for r in records if r.source.name not in words) == expected
    assert all(r.state is not FileState.USED for r in records if r.source.name in words)
    inside = [a for a in found.arrivals if a.source.container]
    nested = [c for c in found.containers if "/" in c.name]
    assert sum(c.members for c in found.containers) == len(inside) + len(nested)
    assert all(sha256(content).hexdigest() == digest for digest, content in contents.items())
    assert all(r.reason for r in records if r.state is not FileState.USED)
    used = [r.unit for r in records if r.state is FileState.USED]
    assert len(used) == len(set(used))
    whole = {sha256(form).hexdigest() for form in forms()[:4]}
    assert {r.source.sha256 for r in records if r.state is FileState.USED} <= whole
