"""What may be asked of a form's cells: what to write where, each by its number in form order."""

from __future__ import annotations

from functools import partial

from tdkt_batch.campaign.form import FACTS, FieldKind
from tdkt_batch.campaign.roles import Role
from tdkt_batch.forms.layout import Place, meta_place
from tdkt_batch.forms_write.cell_formulas import FormFormula, constant, where
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.helper_cells import HelperCell, outside, reference
from tdkt_batch.forms_write.helper_inputs import Inputs
from tdkt_batch.forms_write.values import Cached
from tdkt_batch.wording import forms_write as say

BEFORE_PRINTING = (Role.DOCUMENT_NUMBER, Role.PREPARER, Role.HEAD)
"""What a report cannot do without on paper; it is asked for when all else is done."""
LAST = "cuoi:"
"""Begins the names under which these are asked for last."""


class Demands:
    """Numbers the fields, the tables' columns and the register's facts from 1 in the form's order.

    Each has a helper cell that says what is to be written, or written anew where
    something stands that the form does not take, and one with the place to go to.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.design = design = inputs.design
        tables = [f"{table.id}.{c.id}" for table in design.form.tables for c in table.columns]
        roles = design.campaign.roles
        signed = (roles.name(role) for role in BEFORE_PRINTING)
        last = [f"{LAST}{id_}" for id_ in signed if id_ in design.layout.cells]
        ids = (*(field.id for field in design.form.fields), *tables, *FACTS, *last)
        self.number = {id_: number for number, id_ in enumerate(ids, start=1)}
        self.number |= {one: self.number[asked.id] for one, asked in design.form.part_of.items()}
        self._rows = rows = [inputs.sheet.add_row() for _ in ids]
        self._words = [self._words_of(id_) for id_ in ids]
        for id_, row, words in zip(ids, rows, self._words, strict=True):
            inputs.sheet.put(row, words.text, words.value)
            inputs.sheet.rows[row][HelperCell.WORDS] = self.target(self.place(id_))
        ends = rows[0], rows[-1]
        self.words_range, self.targets_range = (
            outside(f"{reference(ends[0], cell)}:{reference(ends[1], cell)}")
            for cell in (HelperCell.VALUE, HelperCell.WORDS)
        )

    def words(self, number: int, filled: FilledForm) -> Cached:
        """Return what is asked of the cell with this number."""
        return self._words[number - 1].value(filled)

    def formula(self, id_: str) -> FormFormula:
        """Return where the words stand that ask for a cell, for formulas of other sheets."""
        row = self._rows[self.number[id_] - 1]
        return FormFormula(outside(reference(row)), self.inputs.sheet.value(row))

    def place(self, id_: str) -> Place:
        """Return the place of a field, or the first of a column; a fact is the unit's."""
        id_ = id_.removeprefix(LAST)
        layout, (table, _, column) = self.design.layout, id_.partition(".")
        if id_ in FACTS:
            return layout.cells[self.design.campaign.roles.unit]
        return layout.cells[id_] if id_ in layout.cells else layout.tables[table].cell(0, column)

    @staticmethod
    def target(place: Place) -> str:
        """Return a place as a link within the workbook names it."""
        return f"#'{place.sheet}'!{place.address}"

    def _words_of(self, id_: str) -> FormFormula:
        design, unit = self.design, self.design.campaign.roles.unit
        if id_ in FACTS:
            return constant(_choose_again(design))
        if id_.startswith(LAST):
            return self._before_printing(id_.removeprefix(LAST))
        if id_ not in design.layout.cells:
            sheet = design.layout.tables[id_.partition(".")[0]].sheet
            return constant(say.FILL_COLUMN.format(label=design.form.label(id_), sheet=sheet))
        field, cell = design.form.field(id_), design.layout.cells[id_].address
        is_chosen = field.kind is FieldKind.CHOICE or id_ == unit
        first = (say.CHOOSE if is_chosen else say.WRITE).format(label=field.label, cell=cell)
        again = design.campaign.words.said(say.WRITE_AGAIN[field.kind]).format(cell=cell)
        again = _choose_again(design) if id_ == unit else again
        test = f"{self.inputs.filled_cell(id_)}=0"
        return where(test, partial(_is_blank, id_), constant(first), constant(again))

    def _before_printing(self, id_: str) -> FormFormula:
        """Return how a cell is asked for that is filled in last.

        Of the covering letter number and day are one thing to do.
        """
        design, roles = self.design, self.design.campaign.roles
        cells = design.layout.cells
        asked = constant(say.WRITE.format(label=design.form.label(id_), cell=cells[id_].address))
        day, tick = (roles.name(role) for role in (Role.DOCUMENT_DATE, Role.UNCHANGED))
        if id_ != roles.name(Role.DOCUMENT_NUMBER) or day not in cells:
            return asked
        asked = constant(say.WRITE_LETTER.format(number=cells[id_].address, day=cells[day].address))
        if tick not in cells or not design.is_made_out:
            return asked
        unchanged = constant(
            say.NEW_OR_NOT.format(
                label=design.form.label(tick), tick=cells[tick].address, number=cells[id_].address
            )
        )
        both = "+".join(self.inputs.filled_cell(one) for one in (id_, day))
        test = f'AND({meta_place("carried").reference}<>"",{both}=0)'
        return where(test, partial(_is_as_before, (id_, day)), unchanged, asked)


def _is_as_before(letter: tuple[str, ...], filled: FilledForm) -> bool:
    return filled.carried and all(_is_blank(id_, filled) for id_ in letter)


def _is_blank(id_: str, filled: FilledForm) -> bool:
    return filled.values[id_].is_blank


def _choose_again(design: FormDesign) -> str:
    unit = design.campaign.roles.unit
    label, cell = design.form.field(unit).label, design.layout.cells[unit].address
    return say.CHOOSE_AGAIN.format(label=label, cell=cell)
