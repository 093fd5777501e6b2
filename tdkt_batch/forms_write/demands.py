"""What may be asked of a form's cells: what to write where, each by its number in form order."""

from __future__ import annotations

from functools import partial

from tdkt_batch.campaign.form import FACTS, FieldKind
from tdkt_batch.forms.layout import Place
from tdkt_batch.forms_write.cell_formulas import FormFormula, constant, where
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.helper_cells import HelperCell, outside, reference
from tdkt_batch.forms_write.helper_inputs import Inputs
from tdkt_batch.forms_write.values import Cached
from tdkt_batch.wording import forms_write as say


class Demands:
    """Numbers the fields, the tables' columns and the register's facts from 1 in the form's order.

    Each has a helper cell that says what is to be written, or written anew where
    something stands that the form does not take, and one with the place to go to.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.design = design = inputs.design
        tables = [f"{table.id}.{c.id}" for table in design.form.tables for c in table.columns]
        ids = (*(field.id for field in design.form.fields), *tables, *FACTS)
        self.number = {id_: number for number, id_ in enumerate(ids, start=1)}
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


def _is_blank(id_: str, filled: FilledForm) -> bool:
    return filled.values[id_].is_blank


def _choose_again(design: FormDesign) -> str:
    unit = design.campaign.roles.unit
    label, cell = design.form.field(unit).label, design.layout.cells[unit].address
    return say.CHOOSE_AGAIN.format(label=label, cell=cell)
