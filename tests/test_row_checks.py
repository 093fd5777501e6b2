"""What the form says of a row of a list is what the batch finds in it.

Random rows with faults are written into one form of each kind, which LibreOffice
calculates anew; what stands beside each row is compared with the batch's reading.
"""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from datetime import datetime

import pytest
import python_calamine
from chance_forms import small
from libreoffice import convert, require_libreoffice
from test_own_lists import OWN_HEADS, OWN_ROWS

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import HELPER_SHEET, layout_of
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Source
from tdkt_batch.wording.forms import OPEN, RIGHT, TO_LOOK_AT, TO_MEND

ALL = load_campaign()
CAMPAIGN = replace(ALL, forms=tuple(small(form, 80) for form in ALL.forms))
FORM, UPPER_FORM = CAMPAIGN.forms
UNIT, OFFICE = (next(u for u in CAMPAIGN.units if u.kind == kind) for kind in ("xã", "sở"))
MARCH = Month(2015, 3)
YEARS = (1970, 1985, 2051, 1900, 1970.5, "1970", "12/05/1980", "5/80", "12-5-1980", "12.05.06", "31/02/1980", "99/99/1980",
         "2051", "khoảng 1970", "-", datetime(1980, 5, 12), datetime(2014, 5, 12), None)  # fmt: skip
PEOPLES = ("Thái", "\u00a0", "KINH", "Mông", "thai", "Thasi", "Thái*", None)
SEXES = ("Nam", "NỮ", "nu", "Gái", "nưx", "x", None)
CLASSES = ("Nông dân", "nd", "Công nhân viên", None)
MARKS = (None, "x", "X", "có", "không", "z", 1, 2, True, False)
COUNTS = (0, 7, "-", "không", "bảy", -1, None)
DAYS = ("20/3/2015", "31/2/2015", datetime(2015, 3, 20), "tháng tới", None)
DRAWN = {
    "nam_sinh": YEARS, "dan_toc": PEOPLES, "gioi_tinh": SEXES, "doi_tuong": CLASSES,
    "phan_bo": COUNTS, "ngay_du_kien": DAYS, "da_to_chuc": ("Có", "chưa", "hoãn", None),
}  # fmt: skip


def drawn(column, chance):
    if column.kind is FieldKind.MARK:
        return chance.choice(MARKS)
    if column.kind is FieldKind.TEXT:
        return chance.choice(("Lò Văn An", "Bản Nà Ún", None))
    if column.kind is FieldKind.COUNT and column.id not in DRAWN:
        return chance.choice(COUNTS)
    if column.id not in DRAWN:
        return chance.choice((*column.choices.values[:2], "gì đó", None))
    return chance.choice(DRAWN[column.id])


def rows_of(table, chance):
    """Return rows of the table, some without a name, some in which little is written."""
    rows = []
    for number in range(table.capacity - 5):
        row = {c.id: drawn(c, chance) for c in table.columns}
        key = table.columns[0]
        row[key.id] = chance.choice((f"Lò Văn {chr(65 + number % 26)}", "Tẩn Thị Mẩy", None))
        keep = chance.choice((1, 2, len(row)))
        rows.append({id_: raw for id_, raw in row.items() if chance.random() < keep / 3})
    return rows


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """Return of each form its content, and as LibreOffice calculated it."""
    require_libreoffice()
    folder, chance = tmp_path_factory.mktemp("rows"), random.Random(7)  # noqa: S311
    filled = {}
    for form, unit in ((FORM, UNIT), (UPPER_FORM, OFFICE)):
        tables = {t.id: rows_of(t, chance) for t in form.tables if t.prefill != "list"}
        filling = Filling(unit=unit, month=MARCH, tables=tables)
        filled[folder / f"{form.id}.xlsx"] = write_form(CAMPAIGN, form, filling)
    own = Filling(unit=UNIT, month=MARCH, tables={"danh_sach": [{"nam_sinh": 2051}, *own_list()]})
    filled[folder / "own.xlsx"] = write_form(CAMPAIGN, FORM, own)
    for path, content in filled.items():
        path.write_bytes(content)
    saved = convert(list(filled), folder)
    return {p.stem: (p.read_bytes(), s.read_bytes()) for p, s in zip(filled, saved, strict=True)}


def own_list():
    columns = [column.id for column in FORM.tables[0].columns]
    return [dict(zip(columns, row[1:], strict=False)) for row in (OWN_HEADS, *OWN_ROWS)]


def read(content):
    source = Source(name="a.xlsx", sha256="a", size=1, modified=datetime(2015, 3, 18))
    return read_form(content, source, CAMPAIGN)


def cells(content, sheet):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def beside(content, form, table):
    """Return what stands beside each row of a table."""
    place = layout_of(form)
    sheet = next(s for s in form.sheets if table in s.tables)
    column = 1 + max(c for t in sheet.tables for c in place.tables[t.id].columns.values())
    first = place.tables[table.id].first_row
    rows = cells(content, sheet.title)[first : first + table.capacity]
    return [row[column] if column < len(row) else "" for row in rows]


def found(table, row):
    """Return what the batch finds in a row of a table: its faults, then what is missing."""
    if row is None:
        return ""
    cells = [(column, row.values[column.id]) for column in table.columns]
    bad = [c.label for c, value in cells if value.fault]
    asked = [c for c in table.columns if c.required and not table.prefill]
    missing = [c.label for c, v in cells if v.is_blank and (c is table.columns[0] or c in asked)]
    if bad:
        return [TO_MEND, *bad]
    return [OPEN, *missing] if missing else RIGHT


def said(table, words):
    if not words or words == RIGHT:
        return words
    parts = words[1:].removeprefix(" Ghi") if words[0] == OPEN else words[1:]
    parts = parts.split(", " if words[0] == OPEN else "; ")
    small = {c.label[:1].lower() + c.label[1:]: c.label for c in table.columns}
    return [words[0], *(small[part.strip().partition(":")[0]] for part in parts)]


@pytest.mark.parametrize("form", [FORM, UPPER_FORM], ids=["mau_01", "mau_02"])
def test_what_stands_beside_a_row_is_what_the_batch_finds_in_it(forms, form):
    content, saved = forms[form.id]
    submission, kinds = read(content), set()
    for table in (t for t in form.tables if t.prefill != "list"):
        row_by_number = {row.number: row for row in submission.tables[table.id]}
        for number, words in enumerate(beside(saved, form, table), start=1):
            expected = found(table, row_by_number.get(number))
            assert said(table, words) == expected, (table.id, number, words)
            kinds.add(words[:1])
    assert kinds == {TO_MEND, OPEN, RIGHT, ""}


@pytest.mark.parametrize("form", [FORM, UPPER_FORM], ids=["mau_01", "mau_02"])
def test_what_is_to_be_done_leads_to_the_first_bad_cell_and_counts_the_rows(forms, form):
    content, saved = forms[form.id]
    table, submission = form.tables[0], read(content)
    bad = [r for r in submission.tables[table.id] if any(v.fault for v in r.values.values())]
    first = next(v for v in bad[0].values.values() if v.fault)
    said = {str(cell) for row in cells(saved, HELPER_SHEET) for cell in row}
    assert f"#'{first.sheet}'!{first.cell}" in said
    row = re.sub(r"[A-Z]+", "", first.cell)
    begin, end = f"{TO_MEND} Trang “{first.sheet}”, dòng {row}: ", f"(còn {len(bad) - 1} dòng khác)"
    assert [c for c in said if c.startswith(begin) and c.endswith(end)]


def test_a_list_of_the_units_own_is_left_to_the_batch(forms):
    _, saved = forms["own"]
    first, second, *others = beside(saved, FORM, FORM.tables[0])
    assert first[0] == TO_MEND
    assert second[0] == TO_LOOK_AT
    assert not any(others)
