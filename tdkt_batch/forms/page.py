"""A form's page: official head, lines to fill, check figure and signatures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Field, FieldKind, Line, Sheet
from tdkt_batch.forms import cells, work
from tdkt_batch.forms.cells import literal
from tdkt_batch.forms.check_figure import MODULUS, check_figure
from tdkt_batch.forms.layout import (
    ACTUAL,
    HINT,
    LABEL,
    NUMBER,
    PAGE_HEAD_ROW,
    PLANNED,
    STATUS_ROW_OF_PAGE,
)
from tdkt_batch.forms.styles import merge, write_formula, write_raw
from tdkt_batch.forms.validation import validation
from tdkt_batch.forms.work import Computed, outside
from tdkt_batch.forms.writing import Writing

WIDTHS = (5, 45, 15, 15, 42)
HEADS = ("STT", "Nội dung", "Kế hoạch", "Thực hiện", "Hướng dẫn ghi")
ROW_HEIGHT = 16.5
HINT_LINE = 13.5
HINT_CHARACTERS = 62
"""How many characters of a hint stand on one line."""
LABEL_CHARACTERS = 54
NOTE_LINES = 3
ONE_PAGE_LINES = 66
"""A page of up to so many lines is printed on one sheet of paper."""


class PageWriter:
    """Writes one sheet of lines."""

    def __init__(self, writing: Writing, sheet: Sheet, worksheet: Worksheet) -> None:
        self.writing = writing
        self.sheet = sheet
        self.at = worksheet
        self.style = writing.styles.get
        self.layout = writing.filled.layout

    def write(self) -> None:
        """Write the sheet."""
        self._set_up()
        self._head()
        rows = self.layout.line_rows[self.sheet.title]
        numbers = line_numbers(self.sheet.lines)
        for row, line, number in zip(rows, self.sheet.lines, numbers, strict=True):
            self._line(row, line, number)
        if self.layout.check_figure.sheet == self.sheet.title:
            self._foot()
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

    def _head(self) -> None:
        form, document = self.writing.filled.form, self.writing.filled.campaign.document
        style = self.style
        merge(self.at, (0, 0, 0, 1), self.writing.parent_name(), style("organ"))
        merge(self.at, (1, 0, 1, 1), self.writing.unit_name(), style("organ_bold"))
        merge(self.at, (0, 2, 0, 4), form.number, style("centre_bold"))
        issued = f"(Ban hành kèm theo {document.citation})"
        merge(self.at, (1, 2, 1, 4), issued, style("centre_italic", font_size=11))
        merge(self.at, (2, 0, 2, 1), self._document_number(), style("centre"))
        merge(self.at, (2, 2, 2, 4), self._document_date(), style("centre_italic"))
        merge(self.at, (3, 0, 3, 4), form.title, style("title"))
        merge(self.at, (4, 0, 4, 4), self.writing.month_line(), style("centre_bold"))
        write_status(self.writing, self.at, STATUS_ROW_OF_PAGE, 4)
        merge(self.at, (6, 0, 6, 4), "Đơn vị tính: người (trừ dòng có ghi khác)", style("right"))
        for row, height in ((3, 30), (STATUS_ROW_OF_PAGE, 21)):
            self.at.set_row(row, height)
        for column, head in enumerate(HEADS):
            self.at.write_string(PAGE_HEAD_ROW, column, head, style("head"))
        self.at.set_row(PAGE_HEAD_ROW, 20)

    def _document_number(self) -> Computed:
        """Return ``Số: 25/BC-UBND`` from the covering document's number."""
        figures = self.writing.filled.campaign.roles.figures
        return self._of_text(figures.get("document_number", "so_cong_van"), "Số: ", "……………")

    def _of_text(self, id_: str, before: str, dots: str) -> Computed:
        place = self.layout.cells.get(id_)
        if place is None:
            return Computed(literal(before + dots), before + dots)
        value = self.writing.filled.values[id_]
        row = self.writing.formulas.inputs.rows[id_]
        known = outside(work.reference(row, work.Column.VALUE))
        formula = f'IF({known}="",{literal(dots)},{cells.shown_text(place.reference)})'
        shown = dots if value.typed is None else value.typed
        return Computed(f"{literal(before)}&{formula}", before + str(shown))

    def _document_date(self) -> Computed:
        campaign = self.writing.filled.campaign
        before = f"{campaign.board.place}, "
        id_ = campaign.roles.figures.get("document_date", "ngay_cong_van")
        dots = "ngày …… tháng …… năm ………"
        if id_ not in self.writing.formulas.inputs.rows:
            return Computed(literal(before + dots), before + dots)
        row = self.writing.formulas.inputs.rows[id_]
        cell = outside(work.reference(row, work.Column.VALUE))
        written = f'"ngày "&DAY({cell})&" tháng "&MONTH({cell})&" năm "&YEAR({cell})'
        day = self.writing.filled.values[id_].typed
        shown = (
            f"ngày {day.day} tháng {day.month} năm {day.year}" if isinstance(day, date) else dots
        )
        return Computed(
            f'{literal(before)}&IF({cell}="",{literal(dots)},{written})', before + shown
        )

    # --- lines --------------------------------------------------------------------------

    def _line(self, row: int, line: Line, number: str) -> None:
        style = self.style
        if not line.fields and not line.fact:
            self.at.write_string(row, NUMBER, number, style("heading", align="center"))
            merge(self.at, (row, LABEL, row, HINT), line.label, style("heading"))
        else:
            self.at.write_string(row, NUMBER, number, style("number"))
            self.at.write_string(row, LABEL, line.label, style("label", indent=line.indent))
            self._cells(row, line)
        self.at.set_row(row, self._height(line), None, {"hidden": self._is_hidden(line)})

    def _height(self, line: Line) -> float:
        if line.single is not None and line.single.kind is FieldKind.NOTE:
            long = not line.single.prefill
            return ROW_HEIGHT * (NOTE_LINES if long else 1)
        hint = math.ceil(len(line.hint) / HINT_CHARACTERS) * HINT_LINE + 3
        label = math.ceil((len(line.label) + 2 * line.indent) / LABEL_CHARACTERS) * ROW_HEIGHT
        return max(ROW_HEIGHT, hint, label)

    def _is_hidden(self, line: Line) -> bool:
        unit = self.writing.filled.chosen
        return (
            self.writing.filled.unit is not None
            and unit is not None
            and bool(line.unit_kinds and unit.kind not in line.unit_kinds)
        )

    def _cells(self, row: int, line: Line) -> None:
        if line.fact:
            merge(self.at, (row, PLANNED, row, ACTUAL), self._fact(line.fact), self.style("fact"))
        elif line.single is not None and line.single.kind is FieldKind.NOTE:
            self._input(line.single, row, PLANNED, HINT, line.hint)
            return
        elif line.single is not None:
            self._input(line.single, row, PLANNED, ACTUAL, line.hint)
        else:
            for field, column in ((line.planned, PLANNED), (line.actual, ACTUAL)):
                if field is not None:
                    self._input(field, row, column, column, line.hint)
        self._hint(row, line)

    def _input(self, field: Field, row: int, first: int, last: int, hint: str) -> None:
        raw = self.writing.filled.raws[field.id]
        more: dict[str, object] = {}
        if field.kind in (FieldKind.TEXT, FieldKind.CHOICE):
            more["shrink"] = True
        if first != last:
            more["align"] = "left" if field.kind is FieldKind.NOTE else "center"
        if field.prefill == "unit" and self.writing.filled.unit is not None:
            more |= {"locked": True, "bg_color": "#FFFFFF"}
        style = self.writing.styles.of_input(field, raw, "input", **more)
        merge(self.at, (row, first, row, last), None, style)
        write_raw(self.at, row, first, raw, style)
        options = validation(field, self.writing.filled.campaign, self.writing.choices(field), hint)
        self.at.data_validation(row, first, row, first, options)

    def _fact(self, fact: str) -> Computed:
        row = self.writing.formulas.inputs.rows[fact]
        cell = outside(work.reference(row, work.Column.VALUE))
        value = self.writing.formulas.sheet.value(row, work.Column.VALUE)
        none = "chưa phân bổ"
        return Computed(f'IF({cell}="",{literal(none)},{cell})', none if value == "" else value)

    def _hint(self, row: int, line: Line) -> None:
        dates = [f for f in (line.actual, line.planned, line.single) if f is not None]
        if not any(f.kind is FieldKind.DATE for f in dates):
            self.at.write_string(row, HINT, line.hint, self.style("hint"))
            return
        echo = Computed(literal(line.hint), line.hint)
        for field in reversed(dates):
            echo = self._echo(field, echo)
        write_formula(self.at, row, HINT, echo, self.style("hint"))

    def _echo(self, field: Field, otherwise: Computed) -> Computed:
        """Return the day in words once it is typed, so that 5/1 read as 1 May is seen."""
        row = self.writing.formulas.inputs.rows[field.id]
        cell = outside(work.reference(row, work.Column.VALUE))
        day = self.writing.filled.values[field.id].typed
        formula = f'IF({cell}="",{otherwise.formula},{cells.day_echo(cell)})'
        return Computed(formula, write_echo(day) if isinstance(day, date) else otherwise.value)

    # --- foot ---------------------------------------------------------------------------

    def _foot(self) -> None:
        place = self.layout.check_figure
        style = self.style
        self.at.write_string(place.row, NUMBER, "", style("number"))
        self.at.write_string(place.row, LABEL, "Mã đối chiếu", style("label", bold=True))
        merge(self.at, (place.row, PLANNED, place.row, ACTUAL), self._figure(), style("figure"))
        said = "Máy tự tính: bản giấy ký, đóng dấu và tệp gửi đi phải cùng một mã"
        self.at.write_string(place.row, HINT, said, style("hint"))
        self.at.set_row(place.row, 20)
        row = self.layout.signature_row + 1
        board = self.writing.filled.campaign.board
        merge(self.at, (row, 0, row, 1), board.preparer_title, style("centre_bold"))
        merge(self.at, (row, 2, row, 4), "THỦ TRƯỞNG ĐƠN VỊ", style("centre_bold"))
        merge(self.at, (row + 1, 0, row + 1, 1), "(Ký, ghi rõ họ tên)", style("centre_italic"))
        merge(self.at, (row + 1, 2, row + 1, 4), "(Ký tên, đóng dấu)", style("centre_italic"))
        for offset in (2, 3, 4):
            self.at.set_row(row + offset, 18)
        figures = self.writing.filled.campaign.roles.figures
        preparer = self._of_text(figures.get("preparer", "nguoi_lap"), "", "")
        head = self._of_text(figures.get("head", "thu_truong"), "", "")
        merge(self.at, (row + 5, 0, row + 5, 1), preparer, style("centre_bold"))
        merge(self.at, (row + 5, 2, row + 5, 4), head, style("centre_bold"))
        self.at.print_area(0, 0, row + 5, 4)

    def _figure(self) -> Computed:
        filled = self.writing.filled
        columns = [c for t in filled.form.tables for c in t.columns]
        last = len(filled.form.fields) + len(columns) - 1
        ranges = [
            f"{outside(work.reference(0, column))}:{work.reference(last, column)}"
            for column in (work.Column.FIGURE, work.Column.WEIGHT)
        ]
        formula = rf'TEXT(MOD(SUMPRODUCT({",".join(ranges)}),{MODULUS}),"000\-000")'
        return Computed(formula, check_figure(filled.form, filled.values, filled.tables))


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


def write_status(writing: Writing, sheet: Worksheet, row: int, last_column: int) -> None:
    """Write the status line and colour it by its own first count."""
    merge(sheet, (row, 0, row, last_column), writing.status_line(), writing.styles.get("status"))
    colour_status(writing, sheet, row, last_column)


def colour_status(writing: Writing, sheet: Worksheet, row: int, last_column: int) -> None:
    """Colour a status line: red with violations, green with nothing open, else yellow."""
    cell = f"$A${row + 1}"
    nothing = f'LEN({cell})-LEN(SUBSTITUTE({cell}," 0 ",""))=9'
    for criteria, background, font in (
        (f'=ISERROR(SEARCH(": 0 ",{cell}))', "#F8D7DA", "#7A0010"),
        (f"={nothing}", "#E2F0D9", "#1E4620"),
        (f"=NOT({nothing})", "#FFF2CC", "#5C4400"),
    ):
        style = writing.book.add_format({"bg_color": background, "font_color": font})
        rule = {"type": "formula", "criteria": criteria, "format": style, "stop_if_true": True}
        sheet.conditional_format(row, 0, row, last_column, rule)


def write_echo(day: date) -> str:
    """Return a day in words.

    >>> write_echo(date(2015, 3, 12))
    'thứ Năm, 12 tháng 3 năm 2015'
    """
    weekday = cells.WEEKDAYS[(day.weekday() + 1) % 7]
    return f"{weekday}, {day.day} tháng {day.month} năm {day.year}"
