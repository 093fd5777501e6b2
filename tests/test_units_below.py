"""A blank Mẫu 02 names the units below the one chosen, by formula; a name can be written over."""

from __future__ import annotations

import io

import openpyxl
from libreoffice import convert, require_libreoffice
from test_read import CAMPAIGN, UNITS, UPPER_FORM, edited, read

from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.unit_names.full_names import unit_label

DISTRICT, LARGEST = UNITS["110"], UNITS["108"]
LAYOUT = layout_of(UPPER_FORM)
TABLE = LAYOUT.tables["truc_thuoc"]


def below(unit):
    return [one.name for one in CAMPAIGN.units if one.parent == unit.code]


def named(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[TABLE.sheet]
    rows = range(TABLE.first_row + 1, TABLE.first_row + 25)
    return [str(sheet.cell(row, 2).value or "").strip() for row in rows]


def blank(unit, **more):
    values = {"don_vi_bao_cao": unit_label(unit, CAMPAIGN), "thang_bao_cao": "3/2015"}
    return write_form(CAMPAIGN, UPPER_FORM, Filling(values=values, **more))


def test_every_unit_has_room_for_those_below_it():
    table = next(one for one in UPPER_FORM.tables if one.id == "truc_thuoc")
    assert max(len(below(unit)) for unit in CAMPAIGN.units) <= table.rows


def test_a_blank_form_names_those_below_the_unit_that_is_chosen():
    assert [name for name in named(blank(DISTRICT)) if name] == below(DISTRICT)
    assert not any(named(write_form(CAMPAIGN, UPPER_FORM)))


def test_what_was_named_is_read_as_the_rows_of_those_units():
    rows = [{"ten": name, "phan_bo": 2} for name in below(DISTRICT)]
    chosen = read(blank(DISTRICT, tables={"truc_thuoc": rows}))
    read_rows = [row.values for row in chosen.tables["truc_thuoc"]]
    assert [(row["ten"].value, row["phan_bo"].value) for row in read_rows] == [
        (name, 2) for name in below(DISTRICT)
    ]
    assert chosen.all_faults == ()


def test_another_unit_chosen_brings_its_own_and_a_name_written_over_stays(tmp_path):
    require_libreoffice()

    def choose(book):
        typed_by = {"don_vi_bao_cao": unit_label(LARGEST, CAMPAIGN), "thang_bao_cao": "3/2015"}
        for id_, typed in typed_by.items():
            place = LAYOUT.cells[id_]
            book[place.sheet][place.address].value = typed
        book[TABLE.sheet][TABLE.cell(2, "ten").address].value = "Xã Khác"

    file = tmp_path / "mau-02.xlsx"
    file.write_bytes(edited(write_form(CAMPAIGN, UPPER_FORM), choose))
    (saved,) = convert([file], tmp_path)
    submission = read(saved.read_bytes())
    names = [row.values["ten"].value for row in submission.tables["truc_thuoc"]]
    expected = below(LARGEST)
    expected[2] = "Xã Khác"
    assert names == expected
    assert submission.all_faults == ()
