"""The hidden sheets: identity, lists, helper cells."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from tdkt_batch.forms.layout import (
    DAYS_AS_TEXT,
    GROWN,
    META_ROWS,
    meta_place,
)
from tdkt_batch.forms_write.cell_formulas import FormFormula, constant, where
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.form_book import FormBook, has_no_day
from tdkt_batch.forms_write.form_sheet import (
    FormWorksheet,
    LiveContent,
    LiveFact,
)
from tdkt_batch.forms_write.helper_cells import helper_place
from tdkt_batch.forms_write.helper_inputs import UNITS
from tdkt_batch.forms_write.values import Cached
from tdkt_batch.model import Month, Unit
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.writing import write_cell, write_text

_DOLLAR = re.compile(r'("[^"]*")|\$')
Content = FormFormula | LiveContent | LiveFact | Cached | None


def write_identity(form_book: FormBook, sheet: FormWorksheet) -> None:
    """Write whose form it is; in a blank form the unit's rows look up the one chosen."""
    design, inputs = form_book.design, form_book.formulas.inputs
    role = design.campaign.roles.month
    cell = inputs.value_cell(role)
    typed_month = FormFormula(
        f'YEAR({cell})&"-"&TEXT(MONTH({cell}),"00")', partial(_typed_month, role)
    )
    rows: dict[str, Content] = {
        "campaign": design.campaign.id,
        "form": design.form.id,
        "form_version": design.form.version,
        "days": DAYS_AS_TEXT,
        "carried": LiveFact(_carried),
        "month": LiveContent(_month)
        if design.has_month
        else where(f'{cell}=""', has_no_day(role), constant(""), typed_month),
    }
    keys = ("unit", "unit_name", "unit_kind", "allotment", "parent_name")
    if design.is_made_out:
        rows |= {key: LiveFact(partial(_fact, number)) for number, key in enumerate(keys)}
    else:
        at, role = meta_place("position").reference, design.campaign.roles.unit
        place, typed = inputs.lists[UNITS], design.layout.cells[role].reference
        formula = place.number_of(typed, inputs.text(role, typed))
        number_of_code = {unit.code: n for n, unit in enumerate(inputs.units, start=1)}
        rows["position"] = FormFormula(formula, partial(_position, number_of_code))
        for number, key in enumerate(keys):
            found = f"INDEX({place.beside(number + 1)},{at})"
            formula = f'IF({at}="","",IF({found}="","",{found}))'
            rows[key] = FormFormula(formula, partial(_fact_in_list, number))
    usual = {t.id: t.capacity for t in design.campaign.form(design.form.id).tables}
    grown = {GROWN + t.id: t.capacity for t in design.form.tables if t.capacity > usual[t.id]}
    for row, key in enumerate((*META_ROWS, *grown)):
        sheet.write_string(row, 0, key)
        _write(sheet, row, 1, (rows | grown).get(key))


def _facts(unit: Unit) -> tuple[Cached | None, ...]:
    """Return what the register says of a unit, as the identity and the list of units hold it."""
    return unit.code, unit.name, unit.kind, unit.allotment, unit.superior or None


def _typed_month(role: str, filled: FilledForm) -> Cached:
    typed = filled.values[role].typed
    return str(Month.of(typed)) if isinstance(typed, date) else ""


def _carried(filled: FilledForm) -> Cached | None:
    return "x" if filled.carried else None


def _month(filled: FilledForm) -> str:
    return str(filled.month)


def _fact(number: int, filled: FilledForm) -> Cached | None:
    """Return a fact about the form's unit; nothing for no allotment, a text for no superior."""
    unit = filled.chosen
    if unit is None:
        return None
    return (unit.code, unit.name, unit.kind, unit.allotment, unit.superior)[number]


def _fact_in_list(number: int, filled: FilledForm) -> Cached:
    fact = _fact(number, filled)
    return "" if fact is None else fact


def _position(number_of_code: dict[str, int], filled: FilledForm) -> Cached:
    return number_of_code.get(filled.chosen.code, "") if filled.chosen else ""


def write_lists(form_book: FormBook, sheet: FormWorksheet) -> None:
    """Write the lists, and the units with their facts and those below them."""
    inputs = form_book.formulas.inputs
    longest = max(len(place.values) for place in inputs.lists.values())
    columns: list[tuple[str, list[Content]]] = [("stt", list(range(1, longest + 1)))]
    columns += [(place.id, list(place.values)) for place in inputs.lists.values()]
    if inputs.units:
        facts = zip(*(_facts(unit) for unit in inputs.units), strict=True)
        heads = ("ma", "ten", "loai", "phan_bo", "cap_tren")
        columns += [(head, list(of)) for head, of in zip(heads, facts, strict=True)]
        below = form_book.design.below
        columns.append(("cap_duoi", [unit.name for unit in below]))
        columns.append(("cap_duoi_cua", [unit.parent for unit in below]))
    for number, (head, values) in enumerate(columns):
        for row, value in enumerate((head, *values)):
            _write(sheet, row, number, value)


def write_helper_cells(form_book: FormBook, sheet: FormWorksheet) -> None:
    """Write the helper cells.

    No value stands beside their formulas: nobody sees the sheet, and programs calculate
    a form when they open it. So the sheet is the same however the form is filled.
    """
    plan = form_book.formulas.sheet
    for row, cells in enumerate(plan.rows):
        for cell, content in cells.items():
            # no cell is ever copied from here, so that none of its references needs a $
            shown = (
                Formula(_DOLLAR.sub(r"\1", content.text), "")
                if isinstance(content, FormFormula)
                else content
            )
            write_cell(sheet, *helper_place(row, cell), shown)
    for helper in plan.columns:
        for row in range(helper.place.first_row, helper.place.first_row + helper.place.capacity):
            write_cell(sheet, row, helper.column, Formula(helper.name, ""))


def _write(sheet: FormWorksheet, row: int, column: int, content: Content) -> None:
    """Write a cell of a hidden sheet: an empty text too, but no blank cell."""
    if isinstance(content, str):
        write_text(sheet, row, column, clean_text(content, as_typed=True))
    elif content is not None:
        sheet.put(row, column, content)
