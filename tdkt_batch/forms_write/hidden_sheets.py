"""The hidden sheets: identity, lists, helper cells."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.forms.layout import (
    GROWN,
    META_ROWS,
    meta_place,
)
from tdkt_batch.forms_write.cell_formulas import Cached, constant, where
from tdkt_batch.forms_write.form_book import FormBook, FormWorksheet
from tdkt_batch.forms_write.helper_cells import FIRST_ROW, HelperCell
from tdkt_batch.forms_write.helper_inputs import UNITS
from tdkt_batch.model import Month, Unit
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.writing import write_cell, write_text
from tdkt_batch.vietnamese.folding import fold_choice

Content = Formula | Cached | None


def write_identity(form_book: FormBook, sheet: FormWorksheet) -> None:
    """Write whose form it is; in a blank form the unit's rows look up the one chosen."""
    filled, inputs = form_book.filled, form_book.formulas.inputs
    role = filled.campaign.roles.month
    cell, typed = inputs.value_cell(role), filled.values[role].typed
    month = str(Month.of(typed)) if isinstance(typed, date) else ""
    none, as_typed = constant(""), Formula(f'YEAR({cell})&"-"&TEXT(MONTH({cell}),"00")', month)
    rows: dict[str, Content] = {
        "campaign": filled.campaign.id,
        "form": filled.form.id,
        "form_version": filled.form.version,
        "month": str(filled.month)
        if filled.month
        else where(f'{cell}=""', not month, none, as_typed),
    }
    unit, keys = filled.chosen, ("unit", "unit_name", "unit_kind", "allotment", "parent_name")
    facts = dict(zip(keys, _facts(unit), strict=True)) if unit else {}
    if filled.unit is not None:
        rows |= facts | {"parent_name": facts["parent_name"] or ""}
    else:
        at, role = meta_place("position").reference, filled.campaign.roles.unit
        place, known = inputs.lists[UNITS], unit in inputs.units
        typed = filled.layout.cells[role].reference
        formula = place.number_of(typed, inputs.text(role, typed))
        position = 1 + inputs.units.index(unit) if unit and known else ""
        rows["position"] = Formula(formula, position)
        for offset, key in enumerate(keys, start=2):
            found, fact = f"INDEX({place.beside(offset)},{at})", facts.get(key)
            formula = f'IF({at}="","",IF({found}="","",{found}))'
            rows[key] = Formula(formula, "" if fact is None else fact)
    usual = {t.id: t.capacity for t in filled.campaign.form(filled.form.id).tables}
    grown = {GROWN + t.id: t.capacity for t in filled.form.tables if t.capacity > usual[t.id]}
    for row, key in enumerate((*META_ROWS, *grown)):
        sheet.write_string(row, 0, key)
        _write(sheet, row, 1, (rows | grown).get(key))


def _facts(unit: Unit) -> tuple[Cached | None, ...]:
    """Return what the register says of a unit, as the identity and the list of units hold it."""
    return unit.code, unit.name, unit.kind, unit.allotment, unit.superior or None


def write_lists(form_book: FormBook, sheet: FormWorksheet) -> None:
    """Write the lists, each with its folded values beside it, and the units with their facts."""
    inputs = form_book.formulas.inputs
    longest = max(len(place.values) for place in inputs.lists.values())
    columns: list[tuple[str, list[Content]]] = [("stt", list(range(1, longest + 1)))]
    for place in inputs.lists.values():
        columns.append((place.id, list(place.values)))
        columns.append((f"{place.id}*", [fold_choice(value) for value in place.values]))
    if inputs.units:
        facts = zip(*(_facts(unit) for unit in inputs.units), strict=True)
        heads = ("ma", "ten", "loai", "phan_bo", "cap_tren")
        columns += [(head, list(of)) for head, of in zip(heads, facts, strict=True)]
    for number, (head, values) in enumerate(columns):
        for row, value in enumerate((head, *values)):
            _write(sheet, row, number, value)


def write_helper_cells(form_book: FormBook, sheet: FormWorksheet) -> None:
    """Write the helper cells, with what each row and column holds."""
    plan = form_book.formulas.sheet
    for cell in HelperCell:
        sheet.write_string(0, cell, cell.name.lower())
    for row, cells in enumerate(plan.rows, start=FIRST_ROW):
        for column, content in sorted(cells.items()):
            if isinstance(content, Formula):
                sheet.write_helper(row, column, content)
            elif isinstance(content, str):
                sheet.write_string(row, column, content)
            else:
                sheet.write_number(row, column, content)
    for helper in plan.columns:
        sheet.write_string(0, helper.column, helper.note)
        for row, formula in enumerate(helper.cells(), start=FIRST_ROW):
            sheet.write_helper(row, helper.column, formula)


def _write(sheet: Worksheet, row: int, column: int, content: Content) -> None:
    """Write a cell of a hidden sheet: an empty text too, but no blank cell."""
    if isinstance(content, str):
        write_text(sheet, row, column, clean_text(content, as_typed=True))
    elif content is not None:
        write_cell(sheet, row, column, content)
