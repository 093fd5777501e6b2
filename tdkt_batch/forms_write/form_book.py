"""The workbook of a form while it is written: its sheets, styles, and what several sheets say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from tdkt_batch.campaign.form import Field
from tdkt_batch.forms.layout import STATUS_ROW_OF_PANEL, meta_place
from tdkt_batch.forms.review import CellNote
from tdkt_batch.forms_write.cell_formulas import (
    constant,
    filled,
    in_words,
    parts_of_day,
    where,
)
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_inputs import UNITS, ChoicePlace
from tdkt_batch.forms_write.styles import GREEN, RED, YELLOW
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import merge_cells, set_up_page
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import PANEL_SHEET


class FormWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is not typed
    """A worksheet that takes formulas as they are; no row or column has a format of its own.

    XlsxWriter examines each cell for what other workbooks may hold: newer functions,
    array formulas, attributes to escape. A form has thousands of helper cells and none
    of these, and the examination is most of the time that it takes.
    """

    def set_up(
        self,
        widths: Sequence[float],
        margins: tuple[float, float, float, float],
        *,
        landscape: bool = False,
        pages_high: int = 0,
    ) -> None:
        """Set the columns' widths; print one page wide, as many high as it takes or as given."""
        for column, width in enumerate(widths):
            self.set_column(column, column, width)
        set_up_page(self, landscape=landscape, margins=margins)
        self.fit_to_pages(1, pages_high)
        self.set_footer(say.FOOTER)

    def write_helper(self, row: int, column: int, computed: Formula) -> None:
        """Write a formula with its true value into a cell without a format."""
        self._check_dimensions(row, column)
        self.table[row][column] = CellFormulaTuple(computed.text, None, computed.value)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        style = f' s="{cell.format._get_xf_index()}"' if cell.format else ""  # noqa: SLF001
        begin = f'<c r="{_column_name(col)}{row + 1}"{style}'
        match type(cell).__name__:
            case "Formula":
                formula, value, kind = _escaped(cell.formula), cell.value, ""
                if value and isinstance(value, str):
                    value, kind = self._escape_control_characters(_escaped(value)), ' t="str"'
                self.fh.write(f"{begin}{kind}><f>{formula}</f><v>{value}</v></c>")
            case "Blank":
                self.fh.write(f"{begin}/>")
            case "String":
                self.fh.write(f'{begin} t="s"><v>{cell.string}</v></c>')
            case _:
                super()._write_cell(row, col, cell)

    def _calculate_spans(self) -> None:
        """Note the first and last column of every sixteen rows, as each row says them."""
        spans: dict[int, tuple[int, int]] = {}
        for cells in (self.table, self.comments):
            for row, by_column in cells.items():
                if by_column:
                    first, last = spans.get(row // 16, (self.dim_colmax, 0))
                    spans[row // 16] = min(first, *by_column), max(last, *by_column)
        self.row_spans = {block: f"{a + 1}:{b + 1}" for block, (a, b) in spans.items()}


_column_name = lru_cache(maxsize=256)(xl_col_to_name)


def _escaped(content: str) -> str:
    """Return a text as XML holds it."""
    if "&" in content:
        content = content.replace("&", "&amp;")
    if "<" in content:
        content = content.replace("<", "&lt;")
    return content.replace(">", "&gt;") if ">" in content else content


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBook:
    """A form being written; ``status`` is the line that every sheet shows."""

    book: Workbook
    styles: Styles
    filled: FilledForm
    formulas: Formulas
    status: Formula

    def add_sheet(self, name: str) -> FormWorksheet:
        """Add a worksheet."""
        sheet: FormWorksheet = self.book.add_worksheet(name, FormWorksheet)
        return sheet

    def note(self, id_: str, row: int = 0) -> CellNote | None:
        """Return what is said at a cell of a form that goes back: of a table's, in its row."""
        review = self.filled.review
        return None if review is None else review.notes.get((id_, row))

    def choices(self, field: Field) -> ChoicePlace | None:
        """Return the list that a field's cell chooses from, None for a free cell."""
        lists = self.formulas.inputs.lists
        if field.prefill == "unit":
            return lists.get(UNITS)
        return None if field.choices is None else lists[field.choices.id]

    def unit_name(self) -> Formula:
        """Return the unit's registered name in capitals, dots while it is not chosen."""
        unit = self.filled.chosen
        return self._in_capitals("unit_name", unit.name if unit else "", say.UNIT_NAME)

    def parent_name(self) -> Formula:
        """Return the name of the body above the unit: its parent, else the province."""
        unit, province = self.filled.chosen, self.filled.campaign.board.province
        return self._in_capitals("parent_name", unit.superior if unit else "", province.upper())

    def _in_capitals(self, key: str, name: str, otherwise: str) -> Formula:
        cell = meta_place(key).reference
        known = Formula(f"UPPER({cell})", name.upper())
        return where(f'{cell}=""', not name, constant(otherwise), known)

    def month_line(self, word: str = say.MONTH) -> Formula:
        """Return ``Tháng 3 năm 2015``, a text as it was typed, dots while there is none."""
        filling, role = self.filled, self.filled.campaign.roles.month
        month, raw = filling.values[role].typed, filling.raws[role]
        inputs, place = self.formulas.inputs, filling.layout.cells[role].reference
        cell, text = inputs.value_cell(role), inputs.text(role, place)
        typed = squeeze(raw) if isinstance(raw, str) else ""
        as_typed = where(
            f"AND(ISTEXT({place}),{filled(place, text)}=1)",
            bool(typed),
            in_words(say.TYPED_MONTH, month_word=word, typed=Formula(text, typed)),
            constant(say.NO_MONTH.format(month_word=word)),
        )
        parts = parts_of_day(cell, month)
        known = in_words(say.MONTH_LINE, month_word=word, month=parts["month"], year=parts["year"])
        return where(f'{cell}=""', not isinstance(month, date), as_typed, known)

    def write_status(self, sheet: FormWorksheet, row: int, last: int) -> None:
        """Write the status line: red with violations, green with nothing open, else yellow."""
        status = self.status
        if sheet.name != PANEL_SHEET:
            status = Formula(f"'{PANEL_SHEET}'!$A${STATUS_ROW_OF_PANEL + 1}", status.value)
        merge_cells(sheet, (row, 0, row, last), status, self.styles("status"))
        cell = f"$A${row + 1}"
        nothing = f'LEN({cell})-LEN(SUBSTITUTE({cell}," 0 ",""))=12'
        for criteria, colours in (
            (f'=ISERROR(SEARCH(": 0 ",{cell}))', RED),
            (f"={nothing}", GREEN),
            (f"=NOT({nothing})", YELLOW),
        ):
            self.colour(sheet, (row, 0, row, last), colours, criteria=criteria, stop_if_true=True)

    def colour(
        self,
        sheet: FormWorksheet,
        box: tuple[int, int, int, int],
        look: Mapping[str, object],
        **rule: object,
    ) -> None:
        """Give cells a look while a ``rule`` of XlsxWriter holds, by default a formula."""
        style = self.book.add_format(dict(look))
        sheet.conditional_format(*box, {"type": "formula", **rule, "format": style})
