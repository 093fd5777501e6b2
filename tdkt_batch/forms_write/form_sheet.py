"""A sheet of a form that is prepared: XlsxWriter writes it, with slots where fillings differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from io import StringIO
from typing import Any, NamedTuple, Protocol

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.form import Table
from tdkt_batch.forms_write.cell_formulas import FormFormula, literal
from tdkt_batch.forms_write.cell_xml import (
    content_xml,
    escaped,
    escaped_text,
    row_size_xml,
    text_xml,
)
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.looks import CellLook
from tdkt_batch.forms_write.values import Cached, Once, Test, Value
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.cells import quoted
from tdkt_batch.sheets.writing import merge_cells, set_up_page, write_cell
from tdkt_batch.values import Raw
from tdkt_batch.wording import forms_write as say

MOST_ROWS = 1_048_576
"""How many rows a sheet has."""
SLOT = "\x00"
"""Stands in a sheet's XML where something is filled in; no XML may hold it."""
Slot = Callable[[FilledForm], str | bytes]
"""What is filled in at one place of a sheet's XML; what is often the same is encoded already."""
Position = tuple[int, int]
"""Row and column."""
Box = tuple[int, int, int, int]
"""First row and column, last row and column."""
RowSize = tuple[float, bool]
"""A row's height in points, and whether it is hidden."""


class LiveContent(NamedTuple):
    """What stands in a cell, as it was filled in."""

    value: Callable[[FilledForm], Raw]


class LiveFact(NamedTuple):
    """What the register says: an empty text is one, nothing leaves no cell at all."""

    value: Callable[[FilledForm], Cached | None]


class InputCell(Protocol):
    """A cell to fill in: what stands there gives it its look."""

    def shown(self, filled: FilledForm) -> tuple[Raw, CellLook]:
        """Return content and look."""


class TableRows(Protocol):
    """The rows of a table, of which the first are filled in and some more are drawn."""

    @property
    def top(self) -> int:
        """The first row, counted from 0."""

    @property
    def table(self) -> Table:
        """The table, with as many rows as it has."""

    @property
    def columns(self) -> Sequence[int]:
        """The columns of a row's cells."""

    def filled(self, filled: FilledForm) -> int:
        """Return how many rows are filled in."""

    def drawn(self, filled: FilledForm) -> int:
        """Return how many rows are drawn."""

    def row(
        self, number: int, filled: FilledForm
    ) -> tuple[RowSize | None, list[tuple[Raw | FormFormula, CellLook]]]:
        """Return the size of a row that is drawn, where it has its own, and its cells."""

    @property
    def spare(self) -> CellLook:
        """The look of the cells of a row that is not drawn."""


class _LiveCell(NamedTuple):
    """An entry of XlsxWriter's table that is a slot: the whole cell, or its value and end."""

    slot: Slot
    format: Format | None = None
    is_whole: bool = True


class _Covered(NamedTuple):
    """An entry of XlsxWriter's table that the slot before it writes."""


class _OwnTexts:
    """What stands for a workbook's table of shared texts: each text stands for itself."""

    @staticmethod
    def _get_shared_string_index(text: str) -> str:
        return text


class FormWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is not typed
    """A worksheet that takes formulas as they are; no row or column has a format of its own.

    XlsxWriter examines each cell for what other workbooks may hold: newer functions,
    array formulas, attributes to escape. A form has thousands of helper cells and none
    of these, and the examination is most of the time that it takes.

    Where a cell stands right of the one before it, it need not name its place: blank cells
    do not, nor does any on a sheet that is made terse.

    ``slots`` are what its XML leaves open, in their order. ``live_rows`` are the sizes
    of rows that depend on what is filled in, ``tables`` the tables that it holds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.slots: list[Slot] = []
        self._is_terse = False
        self._last_named: Position = (-1, -1)
        self.live_rows: dict[int, Once[RowSize]] = {}
        self.tables_of_rows: list[TableRows] = []
        self._table_at: dict[int, TableRows] = {}
        self._moving_formats: dict[str, TableRows] = {}
        self.fh: Any = None

    def make_terse(self) -> None:
        """Let the sheet take as little room as it can: nobody sees it, nor fills it in.

        Its texts are its own, for shared ones take more room where each is there about once.
        """
        self._is_terse, self.str_table = True, _OwnTexts()

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
        self.set_footer(say.FOOTER, {"scale_with_doc": False})

    def print_columns(self, last: int, first_row: int) -> None:
        """Print the columns up to the ``last`` from a row on, as many rows as are filled.

        All rows are in the area, which stops no program at its end and prints no empty page;
        openpyxl does not know whole columns by their letters alone.
        """
        rows = f"$A${first_row + 1}:${column_name(last)}${MOST_ROWS}"
        self.print_area_range = f"{quoted(self.name)}!{rows}"

    # --- what is written ------------------------------------------------------------------

    def put(
        self,
        row: int,
        column: int,
        content: Raw | FormFormula | LiveContent | LiveFact,
        look: Format | None = None,
    ) -> None:
        """Write a content, or leave its place open until it is known."""
        if isinstance(content, FormFormula):
            slot: Slot = partial(_formula, f"><f>{escaped(content.text)}</f><v>", content.value)
            if content.lead is not None:
                slot = partial(_led_formula, content.lead, content)
            self._leave_open(row, column, column, _LiveCell(slot, look, is_whole=False))
        elif isinstance(content, LiveContent):
            slot = partial(_content, content.value)
            self._leave_open(row, column, column, _LiveCell(slot, look, is_whole=False))
        elif isinstance(content, LiveFact):
            slot = partial(_fact, f'<c r="{column_name(column)}{row + 1}"', content.value)
            self._leave_open(row, column, column, _LiveCell(slot))
        else:
            write_cell(self, row, column, content, look)

    def join(self, box: Box, content: Raw | FormFormula | LiveContent, look: Format) -> None:
        """Join the cells of a ``box`` where it has several, and write a content."""
        merge_cells(self, box, None, look)
        self.put(box[0], box[1], content, look)

    def join_input(self, box: Box, cell: InputCell) -> None:
        """Join the cells of a row where there are several, to be filled in."""
        row, first, _, last = box
        merge_cells(self, box, None)
        name = f'<c r="{column_name(first)}{row + 1}"'
        self._leave_open(row, first, last, _LiveCell(partial(_input, name, last - first, cell)))

    def put_table(self, rows: TableRows) -> None:
        """Leave the rows of a table open."""
        self.tables_of_rows.append(rows)
        for row in range(rows.top, rows.top + rows.table.capacity):
            self._table_at[row] = rows
            for column in rows.columns:
                self._leave_open(row, column, column, _Covered())

    def set_live_row(
        self, row: int, height: Callable[[FilledForm], float], hidden: Test | None = None
    ) -> None:
        """Let a row's height, and whether it is hidden, depend on what is filled in."""
        self.live_rows[row] = Once(partial(_row_size, height, hidden))

    def format_below(self, rows: TableRows, last: int, look: Format, criteria: str) -> None:
        """Give the rows below those drawn a look while ``criteria`` holds.

        It stands with ``{above}`` and ``{here}`` for the numbers of the row above the
        first of them and of this one.
        """
        end = f"{column_name(last)}{rows.top + rows.table.capacity}"
        self._moving_formats[end] = rows
        rule = {"type": "formula", "criteria": criteria, "format": look}
        self.conditional_format(0, 0, 0, 0, {**rule, "multi_range": end})

    def row_sizes_in(self, filled: FilledForm) -> dict[int, RowSize]:
        """Return the sizes of the rows that depend on what is filled in."""
        sizes = {row: size(filled) for row, size in self.live_rows.items()}
        for rows in self.tables_of_rows:
            for number in range(rows.filled(filled)):
                size, _ = rows.row(number, filled)
                if size is not None:
                    sizes[rows.top + number] = size
        return sizes

    def _leave_open(self, row: int, first: int, last: int, entry: _LiveCell | _Covered) -> None:
        self._check_dimensions(row, first)
        self._check_dimensions(row, last)
        self.table[row][first] = entry
        for column in range(first + 1, last + 1):
            self.table[row][column] = _Covered()

    # --- as XlsxWriter asks for it --------------------------------------------------------

    def _open(self, slot: Slot) -> None:
        self.slots.append(slot)
        self.fh.write(SLOT)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        return formula.removeprefix("=")

    def _write_rows(self) -> None:
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells = self.table[row]
            if table := self._table_at.get(row):
                if row == table.top:
                    self._open(_TableSlot(table))
            elif row in self.live_rows:
                self.fh.write(f'<row r="{row + 1}"')
                self._open(partial(_size, self.live_rows[row]))
                self.fh.write(">")
                self._write_cells(row, cells)
            elif cells:
                self._write_row(row, None, self.row_info.get(row))
                self._write_cells(row, cells)
            elif row in self.row_info:
                self._write_empty_row(row, None, self.row_info[row])

    def _write_cells(self, row: int, cells: dict[int, Any]) -> None:
        for column in sorted(cells):
            self._write_cell(row, column, cells[column])
        self.fh.write("</row>")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        style = f' s="{cell.format._get_xf_index()}"' if getattr(cell, "format", None) else ""  # noqa: SLF001
        kind = type(cell).__name__
        follows = self._last_named == (row, col - 1)
        needs_none = follows and (self._is_terse or kind == "Blank")
        begin = f"<c{style}" if needs_none else f'<c r="{column_name(col)}{row + 1}"{style}'
        # what is filled in may be no cell at all
        is_there = kind not in ("_LiveCell", "_Covered")
        self._last_named = (row, col) if is_there else (-1, -1)
        match kind:
            case "_LiveCell":
                if not cell.is_whole:
                    self.fh.write(begin)
                self._open(cell.slot)
            case "_Covered":
                pass
            case "Formula":
                body = f"><f>{escaped(cell.formula)}</f>"
                calculated = f"{body}</c>"  # by programs, when they open it
                value = _formula_xml(f"{body}<v>", cell.value)
                self.fh.write(f"{begin}{calculated if self._is_terse else value}")
            case "Blank":
                self.fh.write(f"{begin}/>")
            case "Number":
                self.fh.write(f"{begin}><v>{cell.number:.16G}</v></c>")
            case "String" if isinstance(cell.string, str):
                self.fh.write(f"{begin}{text_xml(cell.string)}")
            case "RichString" if isinstance(cell.string, str):
                self.fh.write(f'{begin} t="inlineStr"><is>{cell.string}</is></c>')
            case "String":
                self.fh.write(f'{begin} t="s"><v>{cell.string}</v></c>')
            case _:
                super()._write_cell(row, col, cell)

    def _write_conditional_formatting(self, cond_range: str, params: Any) -> None:
        rows = self._moving_formats.get(cond_range)
        if rows is None:
            super()._write_conditional_formatting(cond_range, params)
            return
        sheet, self.fh = self.fh, StringIO()
        super()._write_conditional_formatting(cond_range, params)
        text, self.fh = self.fh.getvalue(), sheet
        self._open(partial(_moving_format, text, rows, cond_range))


column_name = lru_cache(maxsize=256)(xl_col_to_name)


# --- what is filled in ------------------------------------------------------------------------


def _formula_xml(body: str, value: Cached) -> str:
    """Return the end of a cell whose formula stands in ``body``."""
    if isinstance(value, str):
        kind = ' t="str"' if value else ""
        return f"{kind}{body}{escaped_text(value)}</v></c>"
    return f"{body}{value}</v></c>"


def _formula(body: str, value: Value, filled: FilledForm) -> str:
    return _formula_xml(body, value(filled))


def _led_formula(
    lead: Callable[[FilledForm], str], formula: FormFormula, filled: FilledForm
) -> str:
    words, said = lead(filled), f"{formula.value(filled)}"
    text = f"{literal(words)}&{formula.text}" if words else formula.text
    return _formula_xml(f"><f>{escaped(text)}</f><v>", f"{words}{said}")


def _content_or_formula(content: Raw | FormFormula, filled: FilledForm) -> str:
    """Return the end of a table's cell; a formula's text has a type, for it is read as typed."""
    if isinstance(content, FormFormula):
        value = escaped_text(str(content.value(filled)))
        return f' t="str"><f>{escaped(content.text)}</f><v>{value}</v></c>'
    return content_xml(content)


def _content(value: Callable[[FilledForm], Raw], filled: FilledForm) -> str:
    return content_xml(value(filled))


def _fact(name: str, value: Callable[[FilledForm], Cached | None], filled: FilledForm) -> str:
    fact = value(filled)
    if fact is None:
        return ""
    return name + (text_xml(clean_text(fact)) if isinstance(fact, str) else content_xml(fact))


def _input(name: str, covered: int, cell: InputCell, filled: FilledForm) -> str:
    """Return an input cell, and those that it is joined with."""
    raw, look = cell.shown(filled)
    style = look.index(filled)
    return f'{name} s="{style}"{content_xml(raw)}' + f'<c s="{style}"/>' * covered


class _TableSlot:
    """The rows of a table, of which those that are not drawn are all alike."""

    def __init__(self, rows: TableRows) -> None:
        self.rows = rows
        self.names = tuple(map(column_name, rows.columns))

    def __call__(self, filled: FilledForm) -> str:
        """Return the rows as they stand in a filled form."""
        drawn, top = self.rows.drawn(filled), self.rows.top
        rows = [
            self._row(number, *self.rows.row(number, filled), filled) for number in range(drawn)
        ]
        # cells, for a look of whole rows makes some programs write all of their columns
        style, width = self.rows.spare.index(filled), 1 + len(self.rows.table.columns)
        others = f'<c s="{style}"/>' * (width - 1)
        rows += [
            f'<row r="{row}"><c r="{self.names[0]}{row}" s="{style}"/>{others}</row>'
            for row in range(top + drawn + 1, top + self.rows.table.capacity + 1)
        ]
        return "".join(rows)

    def _row(
        self,
        number: int,
        size: RowSize | None,
        cells: list[tuple[Raw | FormFormula, CellLook]],
        filled: FilledForm,
    ) -> str:
        """Return a row, counted from 0."""
        row, sized = self.rows.top + number + 1, row_size_xml(*size) if size else ""
        written = []
        before = -1
        for at, (raw, look) in zip(self.rows.columns, cells, strict=True):
            # what is said of a row stands right of it, and needs no name there
            is_next = isinstance(raw, FormFormula) and at == before + 1
            place = "" if is_next else f' r="{column_name(at)}{row}"'
            end = _content_or_formula(raw, filled)
            written.append(f'<c{place} s="{look.index(filled)}"{end}')
            before = at
        return f'<row r="{row}"{sized}>{"".join(written)}</row>'


def _row_size(
    height: Callable[[FilledForm], float], hidden: Test | None, filled: FilledForm
) -> RowSize:
    return height(filled), hidden is not None and hidden(filled)


def _size(size: Once[RowSize], filled: FilledForm) -> str:
    return row_size_xml(*size(filled))


def _moving_format(text: str, rows: TableRows, end: str, filled: FilledForm) -> str:
    """Return a conditional format of the rows below those drawn; nothing where none are."""
    drawn = rows.drawn(filled)
    if drawn == rows.table.capacity:
        return ""
    above = rows.top + drawn
    text = text.replace(f'sqref="{end}"', f'sqref="A{above + 1}:{end}"')
    return text.replace("{above}", str(above)).replace("{here}", str(above + 1))
