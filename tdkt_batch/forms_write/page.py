"""A form's page: the lines to fill in, between official head and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tdkt_batch.campaign.form import ALLOTMENT, Field, FieldKind, FormSheet, Line
from tdkt_batch.campaign.roles import Role
from tdkt_batch.forms.check_figure import MODULUS, check_figure
from tdkt_batch.forms.layout import (
    ACTUAL,
    HINT,
    LABEL,
    NUMBER,
    PAGE_HEAD_ROW,
    PLANNED,
    STATUS_ROW_OF_PAGE,
    meta_place,
)
from tdkt_batch.forms_write.cell_formulas import (
    constant,
    day_in_full,
    in_words,
    literal,
    parts_of_day,
    shown_text,
    where,
)
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.helper_cells import HelperCell, outside, reference
from tdkt_batch.forms_write.input_cells import input_style, lead_of, marked, validation, write_note
from tdkt_batch.forms_write.styles import lines_in
from tdkt_batch.model import is_blank_cell
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.writing import HIGHEST, lock, merge_cells
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import PAGE_HEADS

WIDTHS = (5, 45, 15, 15, 50)
ROW_HEIGHT = 16.5
HINT_LINE = 12.5
NOTE_LINES = 3
ONE_PAGE_LINES = 66
"""A page of up to so many lines is printed on one sheet of paper."""


class PageWriter:
    """Writes one sheet of lines."""

    def __init__(self, form_book: FormBook, sheet: FormSheet) -> None:
        self.form_book = form_book
        self.filled = form_book.filled
        self.inputs = form_book.formulas.inputs
        self.sheet = sheet
        self.at = form_book.add_sheet(sheet.title)
        self.style = form_book.styles

    def write(self) -> None:
        """Write the sheet, to be printed on one page.

        A longer one breaks before the heading nearest to its middle.
        """
        layout, lines = self.filled.layout, self.sheet.lines
        rows, is_short = layout.line_rows[self.sheet.title], len(lines) <= ONE_PAGE_LINES
        self.at.set_up(WIDTHS, (0.6, 0.4, 0.4, 0.5), pages_high=int(is_short))
        if not is_short:
            headings = [n for n, line in enumerate(lines) if not line.fields and not line.fact]
            nearest = min(headings, key=lambda n: abs(n - len(lines) / 2), default=0)
            self.at.set_h_pagebreaks([rows[nearest]])
        self.at.center_horizontally()
        self.at.repeat_rows(PAGE_HEAD_ROW)
        self.at.freeze_panes(PAGE_HEAD_ROW + 1, 0)
        self._head()
        for row, line, number in zip(rows, lines, line_numbers(lines), strict=True):
            self._line(row, line, number)
        if layout.check_figure.sheet == self.sheet.title:
            self.at.print_area(0, 0, self._foot(), HINT)
        lock(self.at)

    # --- head and foot ------------------------------------------------------------------

    def _head(self) -> None:
        """Write the rows above the lines."""
        form, campaign = self.filled.form, self.filled.campaign
        issued = say.ISSUED.format(document=campaign.document.citation)
        number = in_words(say.DOCUMENT_NUMBER, number=self._text_of(Role.DOCUMENT_NUMBER, say.DOTS))
        for row, first, last, content, style in (
            (0, 0, 1, self.form_book.parent_name(), "organ"),
            (1, 0, 1, self.form_book.unit_name(), "organ_bold"),
            (0, 2, 4, form.number, "centre_bold"),
            (1, 2, 4, issued, "centre_small"),
            (2, 0, 1, number, "centre"),
            (2, 2, 4, self._place_and_day(), "centre_italic"),
            (3, 0, 4, form.title, "title"),
            (4, 0, 4, self.form_book.month_line(), "centre_bold"),
        ):
            merge_cells(self.at, (row, first, row, last), content, self.style(style))
        self.form_book.write_status(self.at, STATUS_ROW_OF_PAGE, 4)
        merge_cells(self.at, (6, 0, 6, 4), say.MEASURE, self.style("right"))
        for column, head in enumerate(PAGE_HEADS):
            self.at.write_string(PAGE_HEAD_ROW, column, head, self.style("head"))
        for row, height in ((3, 30), (STATUS_ROW_OF_PAGE, 30), (PAGE_HEAD_ROW, 20)):
            self.at.set_row(row, height)

    def _text_of(self, role: Role, dots: str) -> Formula | str:
        """Return the text of the field that plays ``role``; dots while it is missing."""
        id_ = self.filled.campaign.roles.name(role)
        if id_ not in self.filled.layout.cells:
            return dots
        typed = self.filled.values[id_].typed
        known = Formula(shown_text(self.filled.layout.cells[id_].reference), str(typed))
        test = f'{self.inputs.value_cell(id_)}=""'
        return where(test, typed is None, constant(dots), known)

    def _place_and_day(self) -> Formula:
        """Return where and when the report is signed.

        That is the commune's or district's name without its kind, else the board's place.
        """
        filled, unit = self.filled, self.filled.chosen
        name, kind = (meta_place(key).reference for key in ("unit_name", "unit_kind"))
        kinds = ",".join(f'{kind}="{one}"' for one in filled.form.kinds_in_small)
        begins = f"EXACT(LOWER(LEFT({name},LEN({kind}))),{kind})"
        is_local, own = False, Formula(f"MID({name},LEN({kind})+2,99)", "")
        if unit is not None and unit.kind in filled.form.kinds_in_small:
            is_local = unit.name.lower().startswith(unit.kind)
            own = Formula(own.text, unit.name[len(unit.kind) + 1 :])
        board = constant(filled.campaign.board.place)
        signed_at = where(f"AND(OR({kinds}),{begins})", is_local, own, board)
        place = where(f'{name}=""', unit is None, constant(say.DOTS), signed_at)
        day: Formula | str = say.NO_DAY
        id_ = filled.campaign.roles.name(Role.DOCUMENT_DATE)
        if id_ in filled.layout.cells:
            cell, typed = self.inputs.value_cell(id_), filled.values[id_].typed
            known = in_words(say.DAY, **parts_of_day(cell, typed))
            day = where(f'{cell}=""', not isinstance(typed, date), constant(say.NO_DAY), known)
        return in_words(say.PLACE_AND_DAY, place=place, day=day)

    def _foot(self) -> int:
        """Write check figure and signatures; return the last row."""
        filled, place = self.filled, self.filled.layout.check_figure
        self.at.write_string(place.row, NUMBER, "", self.style("number"))
        label = self.style("label", bold=True, indent=1)
        self.at.write_string(place.row, LABEL, say.CHECK_FIGURE, label)
        # fields come first in the helper sheet, then a row for each column of a table
        form = filled.form
        last = len(form.fields) + sum(len(table.columns) for table in form.tables) - 1
        ranges = [
            f"{outside(reference(0, cell))}:{reference(last, cell)}"
            for cell in (HelperCell.FIGURE, HelperCell.WEIGHT)
        ]
        figure = Formula(
            rf'TEXT(MOD(SUMPRODUCT({",".join(ranges)}),{MODULUS}),"000\-000")',
            check_figure(form, filled.values, filled.tables),
        )
        box = (place.row, PLANNED, place.row, ACTUAL)
        merge_cells(self.at, box, figure, self.style("figure"))
        self.at.write_string(place.row, HINT, say.FIGURE_HINT, self.style("hint"))
        self.at.set_row(place.row, 30)
        row = filled.layout.signature_row + 1
        preparer, head = (
            in_words("{n}", n=self._text_of(r, "")) for r in (Role.PREPARER, Role.HEAD)
        )
        signatures: tuple[tuple[int, str | Formula, str | Formula, str], ...] = (
            (0, filled.campaign.board.preparer_title, say.HEAD, "centre_bold"),
            (1, say.SIGN, say.SIGN_AND_SEAL, "centre_italic"),
            (5, preparer, head, "centre_bold"),
        )
        for offset, left, right, style in signatures:
            at = row + offset
            merge_cells(self.at, (at, NUMBER, at, LABEL), left, self.style(style))
            merge_cells(self.at, (at, PLANNED, at, HINT), right, self.style(style))
        return row + 5

    # --- lines --------------------------------------------------------------------------

    def _line(self, row: int, line: Line, number: str) -> None:
        style, filled = self.style, self.filled
        if not line.fields and not line.fact:
            self.at.write_string(row, NUMBER, number, style("heading", align="center"))
            merge_cells(self.at, (row, LABEL, row, HINT), line.label, style("heading"))
        else:
            self.at.write_string(row, NUMBER, number, style("number"))
            self.at.write_string(row, LABEL, line.label, style("label", indent=line.indent + 1))
            self._cells(row, line)
        # a line that the unit's kind is not asked for is hidden, unless something stands there
        unit = filled.unit
        is_asked = unit is None or not line.unit_kinds or unit.kind in line.unit_kinds
        is_empty = all(is_blank_cell(filled.raws[f.id]) or f.prefill for f in line.fields)
        # the height that label and hint need; a note has three lines or more
        hint = lines_in(self._lead(line) + line.hint, WIDTHS[HINT], style("hint")) * HINT_LINE + 3
        indented = style("label", indent=line.indent + 1)
        height = max(ROW_HEIGHT, hint, lines_in(line.label, WIDTHS[LABEL], indented) * ROW_HEIGHT)
        if line.single is not None and line.single.kind is FieldKind.NOTE:
            raw, last = filled.raws[line.single.id], _last_column(line.single)
            width, look = sum(WIDTHS[PLANNED : last + 1]), style("input", indent=1)
            lines = lines_in(raw, width, look) if isinstance(raw, str) else 0
            height = min(ROW_HEIGHT * max(NOTE_LINES, lines), HIGHEST)
        self.at.set_row(row, height, None, {"hidden": not is_asked and is_empty})

    def _cells(self, row: int, line: Line) -> None:
        """Write a line's fact or inputs, and its hint unless a free note takes the room."""
        hint, single = line.hint, line.single
        if single is not None and single.prefill == "conference_name":
            words = self.filled.campaign.values[self.filled.form.conference_name]
            hint = say.BEGINS_WITH.format(hint=hint, words=words)
        if line.fact:
            cell, value = self.inputs.value_cell(line.fact), self._value(line.fact)
            none = constant(say.NO_ALLOTMENT)
            fact = where(f'{cell}=""', value == "", none, Formula(cell, value))
            merge_cells(self.at, (row, PLANNED, row, ACTUAL), fact, self.style("fact"))
        end = _last_column(single) if single else ACTUAL
        columns = ((PLANNED, end), (PLANNED, PLANNED), (ACTUAL, ACTUAL))
        for field, (first, last) in zip((single, line.planned, line.actual), columns, strict=True):
            if field is None:
                continue
            raw, note = self.filled.raws[field.id], self.form_book.note(field.id)
            is_note = field.kind is FieldKind.NOTE
            more: dict[str, object] = {}
            if field.kind in (FieldKind.TEXT, FieldKind.CHOICE):
                more["shrink"] = True
            if first != last:
                more |= {"align": "left" if is_note else "center", "indent": int(is_note)}
            more |= marked(note)
            if field.prefill == "unit" and self.filled.unit is not None:
                more |= {"locked": True, "bg_color": "#FFFFFF"}
            style = input_style(self.style, field, raw, **more)
            merge_cells(self.at, (row, first, row, last), raw, style)
            choices = self.form_book.choices(field)
            cell = self.filled.layout.cells[field.id].address
            options = validation(field, self.filled.campaign, cell, choices, hint)
            self.at.data_validation(row, first, row, first, options)
            write_note(self.at, row, first, last, note)
        if end != HINT:
            merge_cells(self.at, (row, HINT, row, HINT), self._hint(line, hint), self.style("hint"))

    def _value(self, id_: str) -> int | float | str:
        """Return what the helper cell of a field or fact holds."""
        return self.inputs.sheet.value(self.inputs.rows[id_])

    def _lead(self, line: Line) -> str:
        """Return what stands before the hint of a line with marked cells."""
        return lead_of(self.form_book.note(field.id) for field in line.fields)

    def _hint(self, line: Line, hint: str) -> Formula | str:
        """Return the hint: a day in words once it is typed, so that 5/1 read as 1 May is seen.

        Below the delegates elected it says whether they are as many as allotted.
        """
        lead, said = self._lead(line), constant(line.hint)
        fields = [f for f in (line.actual, line.planned, line.single) if f is not None]
        elected = self.filled.campaign.roles.name(Role.ELECTED)
        if any(field.kind is FieldKind.DATE for field in fields):
            for field in reversed(fields):
                cell, day = self.inputs.value_cell(field.id), self.filled.values[field.id].typed
                in_full = day_in_full(cell, day)
                said = where(f'{cell}=""', not isinstance(day, date), said, in_full)
            return Formula(f"{literal(lead)}&{said.text}", f"{lead}{said.value}") if lead else said
        if line.fact == ALLOTMENT and elected in self.filled.layout.cells:
            one, other = (self.inputs.value_cell(id_) for id_ in (elected, line.fact))
            values = [self._value(id_) for id_ in (elected, line.fact)]
            same, differing = constant(say.AS_ALLOTTED), constant(say.NOT_AS_ALLOTTED)
            compared = where(f"{one}={other}", values[0] == values[1], same, differing)
            return where(f"COUNT({one},{other})<2", "" in values, said, compared)
        return line.hint if line.fact else lead + hint


def _last_column(field: Field) -> int:
    """Return where a single cell ends: free notes take the hint's column too."""
    return HINT if field.kind is FieldKind.NOTE and not field.prefill else ACTUAL


def line_numbers(lines: Sequence[Line]) -> list[str]:
    """Return the numbers as printed: within each heading 1, 2, 3 … without gaps.

    A block that several forms share keeps the order of its lines, not its figures.
    """
    numbers: list[str] = []
    count = 0
    for line in lines:
        if not line.fields and not line.fact:
            count = 0
        is_counted = line.number.isdecimal() and bool(line.fields or line.fact)
        count += is_counted
        numbers.append(str(count) if is_counted else line.number)
    return numbers
