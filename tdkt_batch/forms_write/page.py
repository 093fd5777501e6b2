"""A form's page: the lines to fill, between official head and signatures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Field, FieldKind, FormSheet, Line
from tdkt_batch.forms.layout import ACTUAL, HINT, LABEL, NUMBER, PAGE_HEAD_ROW, PLANNED
from tdkt_batch.forms_write import cells
from tdkt_batch.forms_write import helper_cells as work
from tdkt_batch.forms_write.book import Writing
from tdkt_batch.forms_write.cells import literal
from tdkt_batch.forms_write.comments import lead_of, look_of, write_note
from tdkt_batch.forms_write.helper_cells import Computed, outside
from tdkt_batch.forms_write.official import write_foot, write_head
from tdkt_batch.forms_write.styles import HIGHEST, lines_of, merge, write_formula, write_raw
from tdkt_batch.forms_write.validation import validation
from tdkt_batch.model import is_blank_cell
from tdkt_batch.wording.forms import PAGE_HEADS

WIDTHS = (5, 45, 15, 15, 42)
ROW_HEIGHT = 16.5
HINT_LINE = 13.5
HINT_CHARACTERS = 60
"""How many characters of a hint stand on one line."""
LABEL_CHARACTERS = 52
NOTE_LINES = 3
ALLOTMENT = "don_vi.phan_bo"
AS_ALLOTTED = "Số thực bầu đúng số được phân bổ"
NOT_AS_ALLOTTED = "Số thực bầu KHÁC số được phân bổ: kiểm tra lại"
ONE_PAGE_LINES = 66
"""A page of up to so many lines is printed on one sheet of paper."""


class PageWriter:
    """Writes one sheet of lines."""

    def __init__(self, writing: Writing, sheet: FormSheet, worksheet: Worksheet) -> None:
        self.writing = writing
        self.sheet = sheet
        self.at = worksheet
        self.style = writing.styles.get
        self.layout = writing.filled.layout

    def write(self) -> None:
        """Write the sheet."""
        self._set_up()
        self._heads()
        rows = self.layout.line_rows[self.sheet.title]
        numbers = line_numbers(self.sheet.lines)
        for row, line, number in zip(rows, self.sheet.lines, numbers, strict=True):
            self._line(row, line, number)
        if self.layout.check_figure.sheet == self.sheet.title:
            self.at.print_area(0, 0, write_foot(self.writing, self.at), HINT)
        self.writing.protect(self.at)

    def _set_up(self) -> None:
        for column, width in enumerate(WIDTHS):
            self.at.set_column(column, column, width)
        self.at.set_paper(9)
        self.at.set_margins(left=0.6, right=0.4, top=0.4, bottom=0.5)
        self._fit_to_paper()
        self.at.center_horizontally()
        self.at.repeat_rows(PAGE_HEAD_ROW)
        self.at.freeze_panes(PAGE_HEAD_ROW + 1, 0)
        self.at.hide_gridlines(2)
        self.at.set_footer("&L&8&F&R&8Trang &P/&N")

    def _fit_to_paper(self) -> None:
        """Print on one sheet; a longer page breaks before the heading nearest to its middle."""
        lines = self.sheet.lines
        if len(lines) <= ONE_PAGE_LINES:
            self.at.fit_to_pages(1, 1)
            return
        self.at.fit_to_pages(1, 0)
        headings = [n for n, line in enumerate(lines) if not line.fields and not line.fact]
        middle = len(lines) / 2
        nearest = min(headings, key=lambda n: abs(n - middle), default=0)
        self.at.set_h_pagebreaks([self.layout.line_rows[self.sheet.title][nearest]])

    def _heads(self) -> None:
        write_head(self.writing, self.at)
        for column, head in enumerate(PAGE_HEADS):
            self.at.write_string(PAGE_HEAD_ROW, column, head, self.style("head"))
        self.at.set_row(PAGE_HEAD_ROW, 20)

    # --- lines --------------------------------------------------------------------------

    def _line(self, row: int, line: Line, number: str) -> None:
        style = self.style
        if not line.fields and not line.fact:
            self.at.write_string(row, NUMBER, number, style("heading", align="center"))
            merge(self.at, (row, LABEL, row, HINT), line.label, style("heading"))
        else:
            self.at.write_string(row, NUMBER, number, style("number"))
            self.at.write_string(row, LABEL, line.label, style("label", indent=line.indent + 1))
            self._cells(row, line)
        self.at.set_row(row, self._height(line), None, {"hidden": self._is_hidden(line)})

    def _height(self, line: Line) -> float:
        if line.single is not None and line.single.kind is FieldKind.NOTE:
            return self._note_height(line.single)
        hint = math.ceil(len(self._lead(line) + line.hint) / HINT_CHARACTERS) * HINT_LINE + 3
        label = math.ceil((len(line.label) + 2 * line.indent) / LABEL_CHARACTERS) * ROW_HEIGHT
        return max(ROW_HEIGHT, hint, label)

    def _note_height(self, field: Field) -> float:
        """Return the height of a note: three lines, more where more was written."""
        raw = self.writing.filled.raws[field.id]
        width = sum(WIDTHS[PLANNED:] if self._is_wide(field) else WIDTHS[PLANNED:HINT])
        lines = lines_of(raw, width) if isinstance(raw, str) else 0
        return min(ROW_HEIGHT * max(NOTE_LINES, lines), HIGHEST)

    def _is_hidden(self, line: Line) -> bool:
        """Tell whether the unit's kind is not asked for the line, and nothing was written there."""
        filled = self.writing.filled
        if filled.unit is None or not line.unit_kinds or filled.unit.kind in line.unit_kinds:
            return False
        return all(is_blank_cell(filled.raws[f.id]) or f.prefill for f in line.fields)

    def _lead(self, line: Line) -> str:
        """Return what stands before the hint of a line with marked cells."""
        return lead_of(self.writing.note(field.id) for field in line.fields)

    def _cells(self, row: int, line: Line) -> None:
        if line.fact:
            merge(self.at, (row, PLANNED, row, ACTUAL), self._fact(line.fact), self.style("fact"))
        elif line.single is not None and self._is_wide(line.single):
            self._input(line.single, row, PLANNED, HINT, line.hint)
            return
        elif line.single is not None:
            self._input(line.single, row, PLANNED, ACTUAL, self._hint_of(line))
        else:
            for field, column in ((line.planned, PLANNED), (line.actual, ACTUAL)):
                if field is not None:
                    self._input(field, row, column, column, line.hint)
        self._hint(row, line)

    def _is_wide(self, field: Field) -> bool:
        """Tell whether a field takes the hint's column too: free notes do."""
        return field.kind is FieldKind.NOTE and not field.prefill

    def _hint_of(self, line: Line) -> str:
        """Return the hint; of the conference's name, with the words it must begin with."""
        if line.single is None or line.single.prefill != "conference_name":
            return line.hint
        filled = self.writing.filled
        return f"{line.hint}: “{filled.campaign.values[filled.form.conference_name]} …”"

    def _input(self, field: Field, row: int, first: int, last: int, hint: str) -> None:
        raw = self.writing.filled.raws[field.id]
        more: dict[str, object] = {}
        if field.kind in (FieldKind.TEXT, FieldKind.CHOICE):
            more["shrink"] = True
        if first != last:
            more["align"] = "left" if field.kind is FieldKind.NOTE else "center"
            more["indent"] = 1 if field.kind is FieldKind.NOTE else 0
        note = self.writing.note(field.id)
        more |= look_of(note)
        if field.prefill == "unit" and self.writing.filled.unit is not None:
            more |= {"locked": True, "bg_color": "#FFFFFF"}
        style = self.writing.styles.of_input(field, raw, "input", **more)
        merge(self.at, (row, first, row, last), None, style)
        write_raw(self.at, row, first, raw, style)
        options = validation(field, self.writing.filled.campaign, self.writing.choices(field), hint)
        self.at.data_validation(row, first, row, first, options)
        if note is not None:
            write_note(self.at, row, first, last, note)

    def _fact(self, fact: str) -> Computed:
        row = self.writing.formulas.inputs.rows[fact]
        cell = outside(work.reference(row, work.Column.VALUE))
        value = self.writing.formulas.sheet.value(row, work.Column.VALUE)
        none = "chưa phân bổ"
        return Computed(f'IF({cell}="",{literal(none)},{cell})', none if value == "" else value)

    def _fact_hint(self, line: Line) -> Computed | str:
        """Return the hint; below the delegates elected, whether they are as many as allotted."""
        formulas, figures = self.writing.formulas, self.writing.filled.campaign.roles.figures
        id_ = figures.get("elected", "")
        if line.fact != ALLOTMENT or id_ not in self.writing.filled.layout.cells:
            return line.hint
        rows = (formulas.inputs.rows[id_], formulas.inputs.rows[line.fact])
        one, other = (outside(work.reference(row, work.Column.VALUE)) for row in rows)
        formula = (
            f"IF(COUNT({one},{other})<2,{literal(line.hint)},"
            f"IF({one}={other},{literal(AS_ALLOTTED)},{literal(NOT_AS_ALLOTTED)}))"
        )
        elected, allotted = (formulas.sheet.value(row, work.Column.VALUE) for row in rows)
        if "" in (elected, allotted):
            return Computed(formula, line.hint)
        return Computed(formula, AS_ALLOTTED if elected == allotted else NOT_AS_ALLOTTED)

    def _hint(self, row: int, line: Line) -> None:
        dates = [f for f in (line.actual, line.planned, line.single) if f is not None]
        if not any(f.kind is FieldKind.DATE for f in dates):
            hint = self._fact_hint(line) if line.fact else self._lead(line) + self._hint_of(line)
            merge(self.at, (row, HINT, row, HINT), hint, self.style("hint"))
            return
        echo = Computed(literal(line.hint), line.hint)
        for field in reversed(dates):
            echo = self._echo(field, echo)
        if lead := self._lead(line):
            echo = Computed(f"{literal(lead)}&{echo.formula}", f"{lead}{echo.value}")
        write_formula(self.at, row, HINT, echo, self.style("hint"))

    def _echo(self, field: Field, otherwise: Computed) -> Computed:
        """Return the day in words once it is typed, so that 5/1 read as 1 May is seen."""
        row = self.writing.formulas.inputs.rows[field.id]
        cell = outside(work.reference(row, work.Column.VALUE))
        day = self.writing.filled.values[field.id].typed
        formula = f'IF({cell}="",{otherwise.formula},{cells.day_echo(cell)})'
        return Computed(formula, write_echo(day) if isinstance(day, date) else otherwise.value)


def line_numbers(lines: Sequence[Line]) -> list[str]:
    """Return the numbers as printed: within each heading 1, 2, 3 … without gaps.

    A block that several forms share keeps the order of its lines, not its figures.
    """
    numbers: list[str] = []
    count = 0
    for line in lines:
        if not line.fields and not line.fact:
            count = 0
            numbers.append(line.number)
        elif line.number.isdecimal():
            count += 1
            numbers.append(str(count))
        else:
            numbers.append(line.number)
    return numbers


def write_echo(day: date) -> str:
    """Return a day in words.

    >>> write_echo(date(2015, 3, 12))
    'thứ Năm, 12 tháng 3 năm 2015'
    """
    weekday = cells.WEEKDAYS[(day.weekday() + 1) % 7]
    return f"{weekday}, {day.day} tháng {day.month} năm {day.year}"
