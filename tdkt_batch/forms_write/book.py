"""What the writers of a form's sheets share: the book, its styles, its helper cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Field
from tdkt_batch.forms.layout import meta_place
from tdkt_batch.forms.review import CellNote
from tdkt_batch.forms_write import helper_cells as work
from tdkt_batch.forms_write.cells import filled, literal, squeezed
from tdkt_batch.forms_write.filling import Filled
from tdkt_batch.forms_write.form_sheet import FormSheet
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import Computed, outside
from tdkt_batch.forms_write.lists import UNITS, ListPlace
from tdkt_batch.forms_write.panel import PanelRow
from tdkt_batch.forms_write.styles import Styles
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.wording.forms import PANEL_SHEET

PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What stays free on a protected sheet, besides the input cells."""
STATUS_OF_PANEL = (2, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A form being written."""

    book: Workbook
    styles: Styles
    filled: Filled
    formulas: Formulas
    panel: tuple[PanelRow, ...]
    status: Computed

    def add_sheet(self, name: str) -> FormSheet:
        """Add a worksheet."""
        sheet: FormSheet = self.book.add_worksheet(name, FormSheet)
        return sheet

    def protect(self, sheet: Worksheet) -> None:
        """Lock all but the inputs, without a password."""
        sheet.protect("", PROTECTION)

    def note(self, id_: str, row: int = 0) -> CellNote | None:
        """Return what is said at a cell of a form that goes back: of a table's, in its row."""
        review = self.filled.review
        return None if review is None else review.notes.get((id_, row))

    def choices(self, field: Field) -> ListPlace | None:
        """Return the list that a field's cell chooses from, None for a free cell."""
        places = self.formulas.inputs.lists.places
        if field.prefill == "unit":
            return places.get(UNITS)
        return None if field.choices is None else places[field.choices.id]

    def status_line(self) -> Computed:
        """Return the status as every other sheet shows it."""
        row, _ = STATUS_OF_PANEL
        return Computed(f"'{PANEL_SHEET}'!$A${row + 1}", self.status.value)

    def unit_name(self) -> Computed:
        """Return the unit's registered name in capitals, dots while it is not chosen."""
        unit = self.filled.chosen
        return self._meta("unit_name", "TÊN ĐƠN VỊ BÁO CÁO", unit.name if unit else "")

    def parent_name(self) -> Computed:
        """Return the name of the body above the unit: its parent, else the province."""
        province = self.filled.campaign.board.province
        return self._meta("parent_name", province.upper(), parent_name(self.filled))

    def _meta(self, key: str, otherwise: str, name: str) -> Computed:
        cell = meta_place(key).reference
        formula = f'IF({cell}="",{literal(otherwise)},UPPER({cell}))'
        return Computed(formula, name.upper() if name else otherwise)

    def month_line(self, before: str = "Tháng ") -> Computed:
        """Return ``Tháng 3 năm 2015``, a text as it was typed, dots while there is none."""
        role = self.filled.campaign.roles.month
        cell = outside(work.reference(self.formulas.inputs.rows[role], work.Column.VALUE))
        month = self.filled.values[role].typed
        raw, place = self.filled.raws[role], self.filled.layout.cells[role].reference
        dots, words = f"{before}…… năm ………", f"{literal(before)}&{squeezed(place)}"
        formula = (
            f'IF({cell}="",IF(AND(ISTEXT({place}),{filled(place)}=1),{words},{literal(dots)}),'
            f'{literal(before)}&MONTH({cell})&" năm "&YEAR({cell}))'
        )
        value = before + squeeze(raw) if isinstance(raw, str) and squeeze(raw) else dots
        if isinstance(month, date):
            value = f"{before}{month.month} năm {month.year}"
        return Computed(formula, value)


def parent_name(filled: Filled) -> str:
    """Return the registered name of the unit above the form's unit; empty when there is none."""
    chosen = filled.chosen
    if chosen is None:
        return ""
    superior = filled.campaign.superior_of(chosen)
    return superior.name if superior else ""
