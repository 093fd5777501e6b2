"""The hidden sheets: identity, lists, helper cells."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.forms.layout import GROWN, META_ROWS, meta_place
from tdkt_batch.forms_write import helper_cells as work
from tdkt_batch.forms_write.book import Writing, parent_name
from tdkt_batch.forms_write.cells import choice
from tdkt_batch.forms_write.form_sheet import FormSheet
from tdkt_batch.forms_write.helper_cells import Cached, Computed, outside
from tdkt_batch.forms_write.lists import UNITS, list_cells
from tdkt_batch.forms_write.styles import write_formula
from tdkt_batch.model import Month, Unit
from tdkt_batch.sheets.legible import legible
from tdkt_batch.sheets.writing import write_text

_UNIT_KEYS = ("unit", "unit_name", "unit_kind", "allotment", "parent_name")
"""The rows of the identity that a blank form looks up, beside the list's columns."""


def write_meta(writing: Writing, sheet: Worksheet) -> None:
    """Write whose form it is; in a blank form the unit's rows look up the one chosen."""
    filled = writing.filled
    rows: dict[str, Cached | Computed | None] = {
        "campaign": filled.campaign.id,
        "form": filled.form.id,
        "form_version": filled.form.version,
        "month": _month(writing),
    }
    rows |= _constants(filled.unit, parent_name(filled)) if filled.unit else _looked_up(writing)
    for row, key in enumerate(META_ROWS):
        sheet.write_string(row, 0, key)
        value = rows.get(key)
        if isinstance(value, Computed):
            write_formula(sheet, row, 1, value)
        elif isinstance(value, str):
            write_text(sheet, row, 1, legible(value))
        elif value is not None:
            sheet.write_number(row, 1, value)
    _write_grown(writing, sheet)


def _write_grown(writing: Writing, sheet: Worksheet) -> None:
    """Write how many rows those tables have that hold more than the form's own number."""
    filled = writing.filled
    usual = {t.id: t.capacity for t in filled.campaign.form(filled.form.id).tables}
    longer = [t for t in filled.form.tables if t.capacity > usual[t.id]]
    for row, table in enumerate(longer, start=len(META_ROWS)):
        sheet.write_string(row, 0, GROWN + table.id)
        sheet.write_number(row, 1, table.capacity)


def _constants(unit: Unit, parent: str) -> dict[str, Cached | Computed | None]:
    return {
        "unit": unit.code,
        "unit_name": unit.name,
        "unit_kind": unit.kind,
        "allotment": unit.allotment,
        "parent_name": parent,
    }


def _looked_up(writing: Writing) -> dict[str, Cached | Computed | None]:
    filled, lists = writing.filled, writing.formulas.inputs.lists
    place = lists.places[UNITS]
    cell = filled.layout.cells[filled.campaign.roles.unit].reference
    chosen = filled.chosen
    position = lists.units.index(chosen) + 1 if chosen in lists.units and chosen else ""
    rows: dict[str, Cached | Computed | None] = {
        "position": Computed(choice(cell, place.folded, place.numbers), position)
    }
    known = _constants(chosen, parent_name(filled)) if chosen else {}
    at = meta_place("position").reference
    for offset, key in enumerate(_UNIT_KEYS, start=2):
        found = f"INDEX({place.beside(offset)},{at})"
        formula = f'IF({at}="","",IF({found}="","",{found}))'
        value = known.get(key)
        rows[key] = Computed(formula, "" if value is None else value)  # type: ignore[arg-type]
    return rows


def _month(writing: Writing) -> str | Computed:
    """Return the month of a form made out for it, else what the month's cell says."""
    filled = writing.filled
    if filled.month is not None:
        return str(filled.month)
    role = filled.campaign.roles.month
    cell = outside(work.reference(writing.formulas.inputs.rows[role], work.Column.VALUE))
    day = filled.values[role].typed
    value = str(Month.of(day)) if isinstance(day, date) else ""
    return Computed(f'IF({cell}="","",YEAR({cell})&"-"&TEXT(MONTH({cell}),"00"))', value)


def write_lists(writing: Writing, sheet: Worksheet) -> None:
    """Write the lists, each with its folded values beside it, and the units."""
    columns = list_cells(writing.formulas.inputs.lists, writing.filled.campaign)
    for number, (head, values) in enumerate(columns):
        sheet.write_string(0, number, head)
        for row, value in enumerate(values, start=1):
            if isinstance(value, str):
                write_text(sheet, row, number, legible(value))
            elif value is not None:
                sheet.write_number(row, number, value)


def write_work(writing: Writing, sheet: FormSheet) -> None:
    """Write the helper cells, with what each row and column holds."""
    plan = writing.formulas.sheet
    for column in work.Column:
        sheet.write_string(0, column, column.name.lower())
    for row, cells in enumerate(plan.rows, start=work.FIRST_ROW):
        for column, content in sorted(cells.items()):
            if isinstance(content, Computed):
                sheet.write_helper(row, column, content)
            elif isinstance(content, str):
                sheet.write_string(row, column, content)
            else:
                sheet.write_number(row, column, content)
    for helper in plan.columns:
        sheet.write_string(0, helper.column, helper.note)
        for row, value in enumerate(helper.values):
            computed = Computed(helper.formula(row), value)
            sheet.write_helper(work.FIRST_ROW + row, helper.column, computed)
