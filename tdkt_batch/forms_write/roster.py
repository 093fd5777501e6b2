"""A form's lists: one row a person, a unit, an award."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from tdkt_batch.campaign.form import FieldKind, FormSheet, Table
from tdkt_batch.forms.layout import STATUS_ROW, TABLE_SHEET_TOP
from tdkt_batch.forms_write.cell_formulas import FormFormula, in_words
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.form_sheet import RowSize
from tdkt_batch.forms_write.helper_inputs import BELOW, FIRST_BELOW, NUMBER_BELOW
from tdkt_batch.forms_write.input_cells import InputLooks, validation
from tdkt_batch.forms_write.looks import CellLook
from tdkt_batch.forms_write.row_checks import RowChecks
from tdkt_batch.forms_write.styles import (
    BUTTON,
    INPUT_COLOUR,
    LINE_COLOUR,
    RED,
    YELLOW,
    Room,
    lines_in,
    zoom_for,
)
from tdkt_batch.forms_write.values import Cached
from tdkt_batch.sheets.writing import HIGHEST, lock
from tdkt_batch.values import Raw
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import MARKED

_HINT, _TITLE, _WHOSE = range(STATUS_ROW + 1, TABLE_SHEET_TOP)
"""What stands above the tables, below the status line; printed from the title on."""
HEAD_LINE = 13
VERDICT_WIDTH = 44
ROW_LINE = 18
BIG = {"font_size": 14.5}
"""The type of the rows: it stays legible when a list is made to fit its paper."""


_NO_NAME = " "


class RosterWriter:
    """Writes one sheet of tables."""

    def __init__(self, form_book: FormBook, sheet: FormSheet) -> None:
        self.form_book = form_book
        self.design = form_book.design
        self.sheet = sheet
        self.at = form_book.add_sheet(sheet.title)
        self.style = form_book.styles
        self.places = {t.id: self.design.layout.tables[t.id] for t in sheet.tables}
        # the tables share the sheet's columns: each is as wide as its widest field
        self.widths: dict[int, float] = {0: 5}
        for table in sheet.tables:
            for column, at in self.places[table.id].columns.items():
                width = self.design.form.field(f"{table.id}.{column}").width
                self.widths[at] = max(width, self.widths.get(at, 0))
        self.last = max(self.widths)
        self.verdict = self.last + 1
        # a sheet that must fit on one page is as large as its rows let it be
        self.is_whole = any(table.prefill == "list" for table in sheet.tables)
        self.big = {} if self.is_whole else BIG

    def write(self) -> None:
        """Write the sheet."""
        tables, last, style = self.sheet.tables, self.last, self.style
        widths = [*(self.widths.get(column, 10) for column in range(last + 1)), VERDICT_WIDTH]
        landscape, margins = self.sheet.landscape, (0.5, 0.4, 0.5, 0.5)
        self.at.set_up(widths, margins, landscape=landscape, pages_high=int(self.is_whole))
        self.at.center_horizontally()
        self.at.print_columns(last, _TITLE)
        self.at.set_zoom(zoom_for(widths))
        self.at.print_black_and_white()
        first = self.places[tables[0].id]
        is_alone = len(tables) == 1
        self.at.freeze_panes(first.first_row if is_alone else STATUS_ROW + 1, 2 if is_alone else 0)
        if is_alone:
            self.at.repeat_rows(first.head_row)
            self.at.autofilter(first.head_row, 1, first.first_row + first.capacity - 1, last)
        # above the tables
        title = tables[0].title if is_alone else self.sheet.title
        unit, month = self.form_book.unit_name(), self.form_book.month_line(say.MONTH_IN_LINE)
        whose = in_words(say.UNIT_AND_MONTH, unit=unit, month=month)
        self.form_book.write_status(self.at, STATUS_ROW, last)
        hint = style("note", font_size=11)
        self.at.join((_HINT, 0, _HINT, last), self.sheet.hint, hint)
        box = (_TITLE, 0, _TITLE, last)
        self.at.join(box, title.upper(), style("title", shrink=True, text_wrap=False))
        self.at.join((_WHOSE, 0, _WHOSE, last), whose, style("centre_bold", shrink=True))
        lines = lines_in(self.sheet.hint, sum(widths[: last + 1]), hint)
        # of a form that goes back it says until when, and to whom, in two lines
        status = 31 if self.design.is_returned else 22
        for row, height in ((STATUS_ROW, status), (_HINT, 15 * lines), (_TITLE, 17), (_WHOSE, 14)):
            self.at.set_row(row, height)
        for table in tables:
            self._table(table)
        lock(self.at)

    def _table(self, table: Table) -> None:
        """Write a table: title, heads, the usual number of rows, or all that are filled."""
        place, style = self.places[table.id], self.style
        last = max(place.columns.values())
        titles = (table.title if len(self.sheet.tables) > 1 else "", table.hint)
        title = ". ".join(filter(None, titles))
        box = (place.title_row, 0, place.title_row, last)
        self.at.join(box, title, style("plain", bold=True))
        if not title:
            self.at.set_row(place.title_row, 2)
        self.at.write_string(place.head_row, 0, say.NUMBER, style("head", font_size=11))
        for column in table.columns:
            at = place.columns[column.id]
            self.at.write_string(place.head_row, at, column.label, style("head", font_size=11))
            top, end = place.first_row, place.first_row + table.capacity - 1
            cell, choices = xl_rowcol_to_cell(top, at), self.form_book.choices(column)
            options = validation(column, self.design.campaign, cell, choices)
            self.at.data_validation(top, at, end, at, options)
            self.form_book.note_places[f"{table.id}.{column.id}"] = self.sheet.title, top, at, at
        head = self.style("head", font_size=11)
        self.at.write_string(place.head_row, self.verdict, say.ROW_CHECK, head)
        heads = [
            lines_in(c.label, c.width - BUTTON, style("head", font_size=11)) for c in table.columns
        ]
        self.at.set_row(place.head_row, HEAD_LINE * max(heads) + 2)
        rows = Roster(
            table=table,
            top=place.first_row,
            columns=(0, *place.columns.values(), self.verdict),
            number=self.form_book.look(True, "number", locked=False, **self.big),
            marked_number=self.form_book.look(
                not self.design.is_returned, "number", bold=True, locked=False, **self.big
            ),
            spare=self.form_book.look(True, "spare", **self.big),
            verdict=self.form_book.look(True, "hint", locked=False, text_wrap=False),
            checks=self.form_book.tasks.checks[table.id],
            cells=tuple(self._cell(table, column.id) for column in table.columns),
        )
        self.at.put_table(rows)
        checks = self.form_book.tasks.checks[table.id]
        for things, look in ((checks.bad, RED), (checks.missing, YELLOW)):
            for thing in things:
                at = place.columns[thing.column.id]
                box = (place.first_row, at, place.first_row + table.capacity - 1, at)
                criteria = f"=MOD(INT({checks.cell}/{thing.bit}),2)=1"
                self.form_book.colour(self.at, box, look, criteria=criteria, stop_if_true=True)
        if table.rows < table.capacity:
            # rows below the usual ones are drawn as they are filled, and the next one to fill
            filled = f"${xl_col_to_name(1)}{{above}}:${xl_col_to_name(last)}{{here}}"
            colours = {"border": 1, "border_color": LINE_COLOUR, "bg_color": INPUT_COLOUR}
            look = self.form_book.book.add_format(colours)
            self.at.format_below(rows, last, look, f"=COUNTA({filled})>0")

    def _cell(self, table: Table, column: str) -> RosterCell:
        """Return a column's cells, of which none is locked: the rows can be sorted."""
        field = self.design.form.field(f"{table.id}.{column}")
        is_text = field.kind in (FieldKind.TEXT, FieldKind.NOTE, FieldKind.CHOICE)
        wrap: dict[str, object] = {**self.big, "text_wrap": True} if is_text else dict(self.big)
        width = self.widths[self.places[table.id].columns[column]]
        return RosterCell(
            column=column,
            field=f"{table.id}.{column}",
            looks=InputLooks(self.form_book, field, wrap),
            room=Room.of(width, self.style("input", indent=1, **self.big)),
        )


# --- what is filled in ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCell:
    """The cells of a table's column."""

    column: str
    field: str
    looks: InputLooks
    room: Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The rows of a table: the usual number is drawn, or all that are filled in.

    ``columns`` begin with the STT, which has a look where the row is drawn and where one
    of its cells is marked. The cells of a row that is not drawn have the look ``spare``.
    """

    table: Table
    top: int
    columns: Sequence[int]
    number: CellLook
    marked_number: CellLook
    spare: CellLook
    verdict: CellLook
    checks: RowChecks
    cells: tuple[RosterCell, ...]

    def filled(self, filled: FilledForm) -> int:
        """Return how many rows are filled in."""
        return len(filled.rows[self.table.id])

    def drawn(self, filled: FilledForm) -> int:
        """Return how many rows are drawn."""
        return max(self.table.rows, self.filled(filled))

    def row(
        self, number: int, filled: FilledForm
    ) -> tuple[RowSize | None, list[tuple[Raw | FormFormula, CellLook]]]:
        """Return the size of a row that is drawn, where it has its own, and its cells.

        A row that is written with long texts gets its height; others fit as they are typed.
        """
        size, cells = self._row(number, filled)
        words = FormFormula(self.checks.words.name, partial(_words_of_row, self.checks, number))
        cells.append((words, self.verdict))
        if filled.is_reckoned(self.table, number):
            cells[1] = named_below(self.table, number), cells[1][1]
        return size, cells

    def _row(
        self, number: int, filled: FilledForm
    ) -> tuple[RowSize | None, list[tuple[Raw | FormFormula, CellLook]]]:
        notes = [filled.note(cell.field, number) for cell in self.cells]
        shown: tuple[Raw | FormFormula, CellLook] = (number + 1, self.number)
        if any(notes):
            shown = (f"{MARKED}{number + 1}", self.marked_number)
        if number >= self.filled(filled):
            return None, [shown, *((None, cell.looks.look(None)) for cell in self.cells)]
        raws, lines = filled.rows[self.table.id][number], 1
        cells: list[tuple[Raw | FormFormula, CellLook]] = []
        for cell, note in zip(self.cells, notes, strict=True):
            raw = raws.get(cell.column)
            cells.append((raw, cell.looks.look(raw, note)))
            if isinstance(raw, str):
                lines = max(lines, cell.room.lines(raw))
        return (min(ROW_LINE * lines, HIGHEST), False) if lines > 1 else None, [shown, *cells]


def named_below(table: Table, number: int) -> FormFormula:
    """Return the name of the unit so many rows on, counted from 0, below the one chosen.

    Where there is none it is a blank, which most programs keep as what it is; of an
    empty text they write nothing beside the formula.
    """
    place = f"INDEX({BELOW},{FIRST_BELOW}+{number})"
    formula = f'IF({number + 1}>{NUMBER_BELOW},"{_NO_NAME}",{place})'
    return FormFormula(formula, partial(_named_below, table, number))


def _words_of_row(checks: RowChecks, number: int, filled: FilledForm) -> Cached:
    said = checks.words.values(filled)
    return said[number] if number < len(said) else ""


def _named_below(table: Table, number: int, filled: FilledForm) -> Cached:
    return (*filled.names_in(table), *[_NO_NAME] * (number + 1))[number]
