"""The workbook of a form while it is prepared: its sheets, looks, and what several sheets say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date
from functools import partial
from typing import Any

from xlsxwriter.workbook import Workbook

from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.forms.layout import meta_place
from tdkt_batch.forms_write.cell_formulas import (
    FormFormula,
    constant,
    in_words,
    parts_of_day,
    where,
)
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.form_sheet import Box, FormWorksheet
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_inputs import MONTHS, UNITS, ChoicePlace
from tdkt_batch.forms_write.looks import CellLook
from tdkt_batch.forms_write.styles import GREEN, RED, YELLOW
from tdkt_batch.forms_write.tasks import Tasks
from tdkt_batch.forms_write.values import Cached, Value
from tdkt_batch.forms_write.verdicts import Verdicts
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import TO_MEND

NotePlace = tuple[str, int, int, int]
"""Where a cell's comment stands: sheet, row, column, and the last column that it is joined with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBook:
    """A form being prepared.

    ``tasks`` are what is still to be done in it, ``verdicts`` what stands beside its inputs.
    ``usual`` and ``rare`` are the looks that cells take by what is filled in, by their
    keys, ``input_looks`` those of input cells that are alike; ``note_places`` say of
    each field, or first row of a column, where it stands.
    """

    book: Workbook
    sheet_class: type[FormWorksheet]
    styles: Styles
    design: FormDesign
    formulas: Formulas
    tasks: Tasks
    verdicts: Verdicts
    usual: dict[object, CellLook] = with_default(default_factory=dict)
    rare: dict[object, CellLook] = with_default(default_factory=dict)
    input_looks: dict[object, dict[Any, CellLook]] = with_default(default_factory=dict)
    note_places: dict[str, NotePlace] = with_default(default_factory=dict)

    def add_sheet(self, name: str) -> FormWorksheet:
        """Add a worksheet."""
        sheet: FormWorksheet = self.book.add_worksheet(name, self.sheet_class)
        return sheet

    def look(self, is_usual: bool, *parts: str, **more: object) -> CellLook:
        """Return a look that cells take by what is filled in; rare ones are listed where used."""
        made, key = self.usual if is_usual else self.rare, (*parts, *sorted(more.items()))
        if key not in made:
            made[key] = CellLook(self.styles(*parts, **more))
        return made[key]

    def choices(self, field: Field) -> ChoicePlace | None:
        """Return the list that a field's cell chooses from, None for a free cell."""
        lists = self.formulas.inputs.lists
        if field.prefill == "unit":
            return lists.get(UNITS)
        if field.kind is FieldKind.MONTH:
            return lists[MONTHS]
        return None if field.choices is None else lists[field.choices.id]

    def unit_name(self) -> FormFormula:
        """Return the unit's registered name in capitals, dots while it is not chosen."""
        return self._in_capitals("unit_name", _unit_name, say.UNIT_NAME)

    def parent_name(self) -> FormFormula:
        """Return the name of the body above the unit: its parent, else the province."""
        province = self.design.campaign.board.province
        return self._in_capitals("parent_name", _superior, province.upper())

    def _in_capitals(self, key: str, name: Value, otherwise: str) -> FormFormula:
        cell = meta_place(key).reference
        known = FormFormula(f"UPPER({cell})", partial(_upper, name))
        return where(f'{cell}=""', partial(_lacks, name), constant(otherwise), known)

    def month_line(self, word: str = say.MONTH) -> FormFormula:
        """Return ``Tháng 3 năm 2015``, dots while no month is read."""
        role = self.design.campaign.roles.month
        cell, day = self.formulas.inputs.value_cell(role), partial(typed_day, role)
        none = constant(say.NO_MONTH.format(month_word=word))
        parts = parts_of_day(cell, day)
        known = in_words(say.MONTH_LINE, month_word=word, month=parts["month"], year=parts["year"])
        return where(f'{cell}=""', has_no_day(role), none, known)

    def write_status(self, sheet: FormWorksheet, row: int, last: int) -> None:
        """Write the status line with a link to the next cell.

        It is green with nothing left to do, red where something is to be mended.
        """
        status, target = self.tasks.status, self.tasks.target(0)
        formula = f'IF({target.text}="",{status.text},HYPERLINK({target.text},{status.text}))'
        sheet.join((row, 0, row, last), FormFormula(formula, status.value), self.styles("status"))
        cell, done = f"$A${row + 1}", say.DONE.split(maxsplit=1)[0]
        for criteria, colours in (
            (f'=LEFT({cell},{len(done)})="{done}"', GREEN),
            (f'=ISNUMBER(SEARCH("{TO_MEND}",{cell}))', RED),
            (f'={cell}<>""', YELLOW),
        ):
            self.colour(sheet, (row, 0, row, last), colours, criteria=criteria, stop_if_true=True)

    def colour(
        self, sheet: FormWorksheet, box: Box, look: Mapping[str, object], **rule: object
    ) -> None:
        """Give cells a look while a ``rule`` of XlsxWriter holds, by default a formula."""
        style = self.book.add_format(dict(look))
        sheet.conditional_format(*box, {"type": "formula", **rule, "format": style})


# --- what they yield --------------------------------------------------------------------------


def typed_day(id_: str, filled: FilledForm) -> object:
    """Return what a field's cell is taken for."""
    return filled.values[id_].typed


def has_no_day(id_: str) -> partial[bool]:
    """Tell whether a field's cell is taken for no day."""
    return partial(_has_no_day, id_)


def _has_no_day(id_: str, filled: FilledForm) -> bool:
    return not isinstance(filled.values[id_].typed, date)


def _unit_name(filled: FilledForm) -> Cached:
    return filled.chosen.name if filled.chosen else ""


def _superior(filled: FilledForm) -> Cached:
    return filled.chosen.superior if filled.chosen else ""


def _upper(name: Value, filled: FilledForm) -> Cached:
    return str(name(filled)).upper()


def _lacks(name: Value, filled: FilledForm) -> bool:
    return not name(filled)
