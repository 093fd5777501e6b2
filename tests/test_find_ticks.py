"""A value of a list that is ticked in a column of its own: for each list of each table."""

from dataclasses import replace
from functools import cache

import pytest

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_read.gather import gather
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month
from tdkt_batch.workbooks.read import open_workbook

CAMPAIGN = load_campaign()
UNITS = {form.id: next(u for u in CAMPAIGN.units if CAMPAIGN.form_of(u) is form) for form in CAMPAIGN.forms}  # fmt: skip
COLUMNS = [
    (form.id, table.id, column.id)
    for form in CAMPAIGN.forms
    for table in form.tables
    for column in table.columns
    if column.choices and not table.prefill
]
MOST_VALUES = 4


def parts(form_id, table_id, column_id):
    form = CAMPAIGN.form(form_id)
    table = next(one for one in form.tables if one.id == table_id)
    column = next(one for one in table.columns if one.id == column_id)
    return form, table, column, layout_of(form).tables[table_id]


@cache
def opened(form_id):
    form = CAMPAIGN.form(form_id)
    content = write_form(CAMPAIGN, form, Filling(unit=UNITS[form_id], month=Month(2015, 3)))
    return open_workbook(content, "bieu.xlsx")


class Sheet:
    """The cells of a sheet as a clerk changes them; rows and columns count from 0."""

    def __init__(self, cells):
        self.rows = [list(row) for row in cells.rows]

    def put(self, row, column, *raws):
        self.rows += [[] for _ in range(row + 1 - len(self.rows))]
        line = self.rows[row]
        line += [None] * (column + len(raws) - len(line))
        line[column : column + len(raws)] = raws

    def insert_columns(self, at, number=1):
        for line in self.rows:
            line[at:at] = [None] * number

    def insert_row(self, at):
        self.rows.insert(at, [])


class Changed:
    """An opened form with one sheet changed."""

    content = b""

    def __init__(self, book, sheet):
        self.titles, self.named_cells = book.titles, lambda _: {}
        self._book, self._sheet = book, sheet

    def sheet(self, title):
        return self._sheet if title == self._sheet.title else self._book.sheet(title)


def values_of(case):
    _, _, column, _ = parts(*case)
    return column.choices.values[:MOST_VALUES]


def filled(case):
    """Return the sheet with a row for each of the values, and the table's place."""
    *_, place = parts(*case)
    sheet = Sheet(opened(case[0]).sheet(place.sheet))
    for number, value in enumerate(values_of(case)):
        first = min(place.columns.values())
        sheet.put(place.first_row + number, first, f"Lò Văn {chr(65 + number)}")
        sheet.put(place.first_row + number, place.columns[case[2]], value)
    return sheet, place


def told(case, sheet, column=None):
    """Return what each row's cell of the list says, and the codes of what is said of the form."""
    form, _, _, place = parts(*case)
    book = opened(case[0])
    cells = replace(book.sheet(place.sheet), rows=sheet.rows, merged=())
    found = gather(Changed(book, cells), form, (CAMPAIGN.roles.unit, CAMPAIGN.roles.month))
    seen = []
    for row in found.tables[case[1]]:
        cell = row.cells[column or case[2]]
        said = understand(cell.field, cell.means, CAMPAIGN)
        fault = cell.fault or said.fault
        seen.append((None if fault else said.value, cell.habit, fault and fault.code))
    return seen, {fault.code for fault in found.faults}


def ticked(case, layout, mark="x", head="{}"):
    """Return the sheet with a column for each value, its name among the heads, below or under."""
    sheet, place = filled(case)
    values, row, at = values_of(case), place.head_row, place.columns[case[2]]
    sheet.insert_columns(at + 1, len(values) - 1)
    if layout == "below":
        sheet.insert_row(row + 1)
    if layout == "under":
        sheet.insert_row(row)
        sheet.put(row, at, sheet.rows[row + 1][at])
    heads = row if layout == "among" else row + 1
    sheet.put(heads, at, *(head.format(value) for value in values))
    for number in range(len(values)):
        marks = [mark if number == other else None for other in range(len(values))]
        sheet.put(heads + 1 + number, at, *marks)
    return sheet, place


@pytest.mark.parametrize("layout", ["among", "below", "under"])
@pytest.mark.parametrize("case", COLUMNS, ids=".".join)
def test_what_is_ticked_in_a_column_of_its_own_is_the_value(case, layout):
    sheet, _ = ticked(case, layout)
    seen, codes = told(case, sheet)
    assert seen == [(value, "SC28", None) for value in values_of(case)]
    assert codes <= {"DL31"}


SEX = ("mau_01", "danh_sach", "gioi_tinh")


@pytest.mark.parametrize("mark", ["X", "✓", 1, "có", "(x)", "v"])
@pytest.mark.parametrize("head", ["{}", "{} (x)", "{} (đánh dấu x)", "{}:", "{} giới"])
def test_marks_and_heads_are_written_in_many_ways(mark, head):
    sheet, _ = ticked(SEX, "among", mark, head)
    assert told(SEX, sheet)[0] == [("Nam", "SC28", None), ("Nữ", "SC28", None)]


def test_what_is_ticked_twice_or_otherwise_is_asked_and_what_is_not_ticked_is_blank():
    sheet, place = ticked(SEX, "among")
    typed = [("x", "x"), ("0", "-"), ("?", None), ("Nam", None), ("Nữ", None)]
    for number, marks in enumerate(typed):
        sheet.put(place.first_row + number, 1, f"Lò Văn {chr(65 + number)}")
        sheet.put(place.first_row + number, place.columns["gioi_tinh"], *marks)
    assert told(SEX, sheet)[0] == [
        (None, "SC28", "DL19"),
        (None, "SC28", None),
        (None, "", "DL06"),
        ("Nam", "SC28", None),
        (None, "", "DL19"),
    ]


def test_a_year_below_nam_or_nu_is_the_year_and_the_sex():
    sheet, place = filled(SEX)
    year, row = place.columns["nam_sinh"], place.head_row
    for line in sheet.rows:
        del line[place.columns["gioi_tinh"] : place.columns["gioi_tinh"] + 1]
    sheet.insert_columns(year + 1)
    sheet.insert_row(row + 1)
    sheet.put(row + 1, year, "Nam", "Nữ")
    for number, years in enumerate([(1970, None), (None, "12/5/1985"), (1960, 1961)]):
        sheet.put(row + 2 + number, 1, f"Lò Văn {chr(65 + number)}")
        sheet.put(row + 2 + number, year, *years)
    assert told(SEX, sheet)[0] == [
        ("Nam", "SC28", None),
        ("Nữ", "SC28", None),
        (None, "SC28", "DL19"),
    ]
    seen, codes = told(SEX, sheet, "nam_sinh")
    assert seen == [(1970, "", None), (1985, "", None), (None, "", "DL19")]
    assert codes == set()


def test_one_column_whose_head_names_its_values_is_the_lists():
    sheet, place = filled(SEX)
    sheet.put(place.head_row, place.columns["gioi_tinh"], "Nam / nữ")
    assert told(SEX, sheet) == ([("Nam", "", None), ("Nữ", "", None)], set())


def test_one_value_that_asks_for_a_mark_is_known_only_where_it_is_marked():
    sheet, place = filled(SEX)
    at = place.columns["gioi_tinh"]
    sheet.put(place.head_row, at, "Nữ (x)")
    sheet.put(place.first_row, at, None)
    sheet.put(place.first_row + 1, at, "x")
    assert told(SEX, sheet) == ([(None, "SC28", None), ("Nữ", "SC28", None)], set())


def test_columns_whose_heads_do_not_say_which_is_which_are_asked_about():
    sheet, place = ticked(SEX, "among")
    sheet.put(place.head_row, place.columns["gioi_tinh"], "Giới tính", None)
    seen, codes = told(SEX, sheet)
    assert seen == [(None, "", "DL06"), (None, "", None)]
    assert codes == {"DL45"}
