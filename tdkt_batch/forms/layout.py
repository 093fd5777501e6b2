"""Where each cell of a form stands: the one place that knows positions.

Rows and columns count from 0. Each page sheet has the columns STT, Nội dung,
Kế hoạch, Thực hiện, Hướng dẫn ghi; a single cell spans Kế hoạch and Thực hiện
and is anchored in the first. Tables stand below the lines of their sheet; one
that holds more rows than the form has room for grows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tdkt_batch.campaign.form import Form
from tdkt_batch.workbooks.cells import cell_name

META_SHEET = "_meta"
"""Hidden identity: keys in column A, values in column B."""
META_KEYS = ("campaign", "form", "form_version", "unit", "month")
META_FACTS = {
    "don_vi.ma": "unit",
    "don_vi.ten": "unit_name",
    "don_vi.loai": "unit_kind",
    "don_vi.phan_bo": "allotment",
    "don_vi.cap_tren": "parent_name",
}
"""Which key of the hidden identity holds each of the register's facts about the unit."""
META_ROWS = (
    *META_KEYS,
    "unit_name",
    "unit_kind",
    "allotment",
    "parent_name",
    "position",
    "days",
    "carried",
)
"""All rows of the hidden identity: the keys above, facts, the unit's place in the list, days, and
whether the form was pre-filled with the unit's last report."""
DAYS_AS_TEXT = "d/m/y"
"""What the hidden identity says of days where they are texts, which no PC's settings change."""
LISTS_SHEET = "_danh_muc"
"""Hidden lists that choices draw on, one a column, and the units of a blank form."""
HELPER_SHEET = "_tinh"
"""Hidden helper cells of the live check panel."""
TASKS_ROW, MOST_TASKS = 4, 8
"""The first row of what is to be done, on the panel, and how many are listed there."""
PANEL_HEAD_ROW = TASKS_ROW + MOST_TASKS + 1
"""The panel's column heads; one row a rule below."""
PANEL_RESULT, PANEL_EXPLANATION, PANEL_EXPECTED, PANEL_REMEDY, PANEL_SEVERITY = 2, 3, 5, 6, 7
PANEL_RULE = 9
"""Columns of the panel (``PANEL_COLUMNS``)."""

STATUS_ROW = 0
"""The status line stands at the top of every sheet and is not printed."""
PAGE_HEAD_ROW = 7
"""A page's column heads, below the status line, the official head and the title."""
TABLE_SHEET_TOP = 4
"""Where tables begin on a sheet without lines: below status line, title and hint."""
NUMBER, LABEL, PLANNED, ACTUAL, HINT = range(5)
"""The columns of a page."""
GROWN = "capacity."
"""How the hidden identity's rows begin that say how many rows a grown table has."""
SPARE_ROWS = 20
"""How many free rows a grown table has below the filled ones."""
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: sheet title, row, column."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell as a spreadsheet writes it: ``D12``."""
        return cell_name(self.row, self.column)

    @property
    def reference(self) -> str:
        """The absolute reference for formulas and defined names: ``'Báo cáo'!$D$12``."""
        letters = cell_name(0, self.column).rstrip("1")
        return f"'{self.sheet}'!${letters}${self.row + 1}"


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A table: its title's and heads' rows, its first row, and the column of each field.

    The first sheet column of a table is its STT, which is not an input.
    """

    sheet: str
    title_row: int
    head_row: int
    first_row: int
    columns: Mapping[str, int]
    capacity: int

    def cell(self, row: int, column: str) -> Place:
        """Return the place of a column's cell in the table's ``row``, counted from 0."""
        return Place(self.sheet, self.first_row + row, self.columns[column])


@dataclass(frozen=True, slots=True)
class FormLayout:
    """All places of one form.

    ``line_rows`` gives each sheet title the rows of its lines, in order;
    ``check_figure`` is the cell of the Mã đối chiếu, ``signature_row`` the first
    row below the lines.
    """

    form: Form
    cells: Mapping[str, Place]
    line_rows: Mapping[str, tuple[int, ...]]
    tables: Mapping[str, TablePlace]
    check_figure: Place
    signature_row: int


def meta_place(key: str) -> Place:
    """Return where the value of a row of the hidden identity stands."""
    return Place(META_SHEET, META_ROWS.index(key), 1)


def layout_of(form: Form) -> FormLayout:
    """Return where every input of ``form`` stands."""
    cells: dict[str, Place] = {}
    line_rows: dict[str, tuple[int, ...]] = {}
    tables: dict[str, TablePlace] = {}
    for sheet in form.sheets:
        rows = tuple(PAGE_HEAD_ROW + 1 + i for i in range(len(sheet.lines)))
        line_rows[sheet.title] = rows
        for row, line in zip(rows, sheet.lines, strict=True):
            columns = ((line.single, PLANNED), (line.planned, PLANNED), (line.actual, ACTUAL))
            for field, column in columns:
                if field is not None:
                    cells[field.id] = Place(sheet.title, row, column)
        top = rows[-1] + 2 if rows else TABLE_SHEET_TOP
        for table in sheet.tables:
            tables[table.id] = TablePlace(
                sheet=sheet.title,
                title_row=top,
                head_row=top + 1,
                first_row=top + 2,
                columns={column.id: number for number, column in enumerate(table.columns, 1)},
                capacity=table.capacity,
            )
            top = tables[table.id].first_row + table.capacity + 1
    main = form.sheets[0].title
    below = line_rows[main][-1] + 1 if line_rows[main] else PAGE_HEAD_ROW + 1
    return FormLayout(
        form=form,
        cells=cells,
        line_rows=line_rows,
        tables=tables,
        check_figure=Place(main, below, PLANNED),
        signature_row=below + 1,
    )


# --- tables that grew -----------------------------------------------------------------------


def grown(form: Form, rows: Mapping[str, int]) -> Form:
    """Return the form with room for ``rows`` (by table id); most forms have it already."""
    short = {t.id: rows[t.id] + SPARE_ROWS for t in form.tables if rows.get(t.id, 0) > t.capacity}
    return with_capacities(form, short)


def with_capacities(form: Form, capacities: Mapping[str, int]) -> Form:
    """Return the form with at least these capacities of its tables, by table id."""
    if not capacities:
        return form
    sheets = []
    for sheet in form.sheets:
        least = [max(table.capacity, capacities.get(table.id, 0)) for table in sheet.tables]
        tables = (replace(t, capacity=n) for t, n in zip(sheet.tables, least, strict=True))
        sheets.append(replace(sheet, tables=tuple(tables)))
    return replace(form, sheets=tuple(sheets))


def capacities_in(identity: Mapping[str, str], form: Form) -> dict[str, int]:
    """Return the capacities that a form's hidden identity gives, where they can be meant."""
    said = {table.id: identity.get(GROWN + table.id, "") for table in form.tables}
    numbers = {id_: int(text) for id_, text in said.items() if text.isdecimal() and len(text) < 7}
    return {
        t.id: numbers[t.id] for t in form.tables if t.capacity < numbers.get(t.id, 0) <= MOST_ROWS
    }
