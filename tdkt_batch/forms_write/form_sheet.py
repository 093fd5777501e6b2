"""A worksheet that writes a form's many plain cells without asking what else they could be.

XlsxWriter examines each cell for what other workbooks may hold: newer functions,
array formulas, attributes to escape. A form has thousands of helper cells and none
of these, and the examination is most of the time that it takes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from tdkt_batch.forms_write.helper_cells import Computed


class FormSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is not typed
    """A worksheet that takes formulas as they are; no row or column has a format of its own."""

    def write_helper(self, row: int, column: int, computed: Computed) -> None:
        """Write a formula with its true value into a cell without a format."""
        self._check_dimensions(row, column)
        self.table[row][column] = CellFormulaTuple(computed.formula, None, computed.value)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        style = f' s="{cell.format._get_xf_index()}"' if cell.format else ""  # noqa: SLF001
        begin = f'<c r="{_name(col)}{row + 1}"{style}'
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


_name = lru_cache(maxsize=256)(xl_col_to_name)


def _escaped(content: str) -> str:
    """Return a text as XML holds it."""
    if "&" in content:
        content = content.replace("&", "&amp;")
    if "<" in content:
        content = content.replace("<", "&lt;")
    return content.replace(">", "&gt;") if ">" in content else content
