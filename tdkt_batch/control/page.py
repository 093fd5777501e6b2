"""One sheet of the control workbook: how to fill it in, its heads, its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.sheets import ANSWER_SHEET, NOTE, Column, Role, Sheet
from tdkt_batch.control.told import Row
from tdkt_batch.forms_write.styles import INPUT_COLOUR, lines_of
from tdkt_batch.report import MonthReport
from tdkt_batch.rules.decisions import Family
from tdkt_batch.sheets.legible import legible
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import merge_cells, write_cell
from tdkt_batch.vietnamese.writing import write_moment

SIZE = 11
LINE = 15.0
HIGHEST = 400.0
LONGEST = 8_000
"""A text longer than this is cut, and says so."""
PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What stays free on the protected sheet, besides the input cells."""
PRINTED_SPARE = 12
"""How many of the empty rows are printed."""
SLENDER = 1.15
"""How many more letters of this size a column holds than of the forms' size."""
NOTES = "Chú ý"
NOTES_HEADING = "CHÚ Ý CỦA CHƯƠNG TRÌNH (số dòng theo sổ trước lần chạy này)"
NOTES_WIDTH = 130
_NOTE_HEAD = ANSWER_SHEET.column(NOTE).head
DAYS = ("decided",)
MONTHS = ("month", "until")
_UNLAWFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


class Page:
    """Writes one sheet."""

    def __init__(self, at: Worksheet, styles: Styles, sheet: Sheet) -> None:
        self._at = at
        self._styles = styles
        self._sheet = sheet
        self._last = len(sheet.columns) - 1
        self._room = sum(c.width for c in sheet.columns if c.role is not Role.HIDDEN)

    def write(
        self, campaign: Campaign, report: MonthReport, rows: Sequence[Row], notes: int
    ) -> None:
        """Write the sheet from its title to its last empty row; ``notes`` are told elsewhere."""
        head = self._top(campaign, report, notes)
        self._heads(head)
        for number, row in enumerate(rows, start=head + 1):
            self._row(number, row)
        self._validate(head + 1, head + len(rows))
        typed = sum(not row.is_open or len(row.cells) > 1 for row in rows)
        printed = min(typed + PRINTED_SPARE, len(rows))
        self._set_up(head, head + len(rows), head + printed)

    # --- above the table ----------------------------------------------------------------

    def _top(self, campaign: Campaign, report: MonthReport, notes: int) -> int:
        """Write what stands above the table, short because it stays in sight; return its end."""
        board = campaign.board
        split = self._column_at(0.4)
        self._line(0, board.superior.upper(), "organ", last=split)
        self._line(1, board.name.upper(), "organ_bold", last=split)
        month = f"Kỳ báo cáo: tháng {report.month.vietnamese}"
        self._line(0, campaign.document.citation, "organ", first=split + 1)
        self._line(1, month, "organ_bold", first=split + 1)
        self._line(2, f"SỔ QUYẾT ĐỊNH: {self._sheet.heading}", "title")
        self._at.set_row(2, 21)
        self._line(3, f"(Số liệu đến {write_moment(report.received_until)})", "centre_italic")
        texts = self._sheet.how_to.split("\n")
        if notes:
            texts.append(
                f"CHÚ Ý: có {notes} nội dung cần xem lại ở trang “{NOTES}” và cột “{_NOTE_HEAD}”."
            )
        for row, text in enumerate(texts, start=4):
            self._prose(row, text, is_bold=text.startswith("CHÚ Ý"))
        return 4 + len(texts)

    def _prose(self, row: int, text: str, *, is_bold: bool) -> None:
        style = self._styles("label", font_size=SIZE, border=0, bold=is_bold)
        merge_cells(self._at, (row, 0, row, self._last), text, style)
        self._at.set_row(row, _lines(text, self._room) * LINE + 1)

    def _line(
        self, row: int, text: str, style: str, *, first: int = 0, last: int | None = None
    ) -> None:
        end = self._last if last is None else last
        merge_cells(self._at, (row, first, row, end), clean(text), self._styles(style))

    def _column_at(self, share: float) -> int:
        """Return the column in which this share of the page's width lies."""
        reached = 0.0
        for number, column in enumerate(self._sheet.columns):
            reached += column.width if column.role is not Role.HIDDEN else 0
            if reached >= share * self._room:
                return number
        return self._last - 1

    # --- the table ----------------------------------------------------------------------

    def _heads(self, row: int) -> None:
        style = self._styles("head", font_size=SIZE)
        for number, column in enumerate(self._sheet.columns):
            write_cell(self._at, row, number, column.head, style)
            hidden = {"hidden": True} if column.role is Role.HIDDEN else {}
            self._at.set_column(number, number, column.width, None, hidden)
        lines = max(lines_of(column.head, column.width - 1) for column in self._shown)
        self._at.set_row(row, lines * LINE + 4)

    @property
    def _shown(self) -> list[Column]:
        return [column for column in self._sheet.columns if column.role is not Role.HIDDEN]

    def _row(self, number: int, row: Row) -> None:
        texts = {column.id: clean(row.cells.get(column.id, "")) for column in self._sheet.columns}
        for place, column in enumerate(self._sheet.columns):
            style = self._style(column, row, is_noted=bool(texts[NOTE]))
            write_cell(self._at, number, place, texts[column.id], style)
        lines = max(_lines(texts[column.id], column.width) for column in self._shown)
        self._at.set_row(number, min(lines * LINE + 3, HIGHEST))

    def _style(self, column: Column, row: Row, *, is_noted: bool) -> Format:
        short = column.id in (*DAYS, *MONTHS, "unit", "code", "severity", "decision", "withdrawn")
        look: dict[str, object] = {
            "font_size": SIZE,
            "num_format": "@",
            "text_wrap": True,
            "valign": "top",
            "indent": 0,
            "align": "center" if short else "left",
        }
        is_input = column.role is Role.INPUT or (row.is_open and column.role is not Role.SHOWN)
        if is_input:
            look |= {"locked": False, "bg_color": INPUT_COLOUR}
        if column.id == NOTE and is_noted:
            look |= {"bold": True}
        return self._styles("text", **look)

    # --- what cells take ----------------------------------------------------------------

    def _validate(self, first: int, last: int) -> None:
        for number, column in enumerate(self._sheet.columns):
            if rule := self._rule(column):
                self._at.data_validation(first, number, last, number, rule)

    def _rule(self, column: Column) -> dict[str, object]:
        """Return what a cell offers or asks; what is typed otherwise is judged by the reader."""
        if column.choices:
            return {
                "validate": "list",
                "source": list(column.choices),
                "error_title": column.head,
                "error_message": f"Chọn một trong: {'; '.join(column.choices)}.",
            }
        prompts = {
            **dict.fromkeys(DAYS, "Ghi ngày/tháng/năm, ví dụ 25/3/2015"),
            **dict.fromkeys(MONTHS, "Ghi tháng/năm, ví dụ 3/2015"),
        }
        lists = {"unit": "don_vi"} | (
            {"field": "chi_tieu"} if self._sheet.family is Family.CORRECTION else {}
        )
        if column.id in lists:
            return {"validate": "list", "source": f"={lists[column.id]}", "show_error": False}
        if column.id in prompts:
            return {
                "validate": "any",
                "input_title": column.head[:32],
                "input_message": prompts[column.id],
            }
        return {}

    # --- on paper and on the screen -----------------------------------------------------

    def _set_up(self, head: int, last: int, printed: int) -> None:
        frozen = next(n for n, c in enumerate(self._sheet.columns) if c.id == "month") + 1
        self._at.ignore_errors({"number_stored_as_text": f"A{head + 2}:Z{last + 1}"})
        self._at.freeze_panes(head + 1, frozen)
        self._at.repeat_rows(head)
        self._at.print_area(0, 0, printed, self._last)
        self._at.autofilter(head, 0, last, self._last)
        _on_paper(self._at, self._sheet.title)


def write_notes(at: Worksheet, styles: Styles, notes: Sequence[str]) -> None:
    """Write the sheet that tells the board what could not be taken."""
    at.set_column(0, 0, 6)
    at.set_column(1, 1, NOTES_WIDTH)
    merge_cells(at, (0, 0, 0, 1), NOTES_HEADING, styles("title"))
    at.set_row(0, 24)
    for column, head in enumerate(("STT", "Nội dung")):
        write_cell(at, 1, column, head, styles("head", font_size=SIZE))
    for number, note in enumerate(notes, start=1):
        text = clean(note)
        write_cell(at, number + 1, 0, number, styles("number", font_size=SIZE))
        write_cell(at, number + 1, 1, text, styles("text", font_size=SIZE, num_format="@"))
        at.set_row(number + 1, min(_lines(text, NOTES_WIDTH) * LINE + 3, HIGHEST))
    at.freeze_panes(2, 0)
    at.repeat_rows(1)
    _on_paper(at, NOTES)


def _on_paper(at: Worksheet, title: str) -> None:
    at.hide_gridlines(2)
    at.set_paper(9)
    at.set_landscape()
    at.fit_to_pages(1, 0)
    at.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.6)
    at.set_footer(f"&L&9Sổ quyết định: {title}&R&9Trang &P/&N")
    at.protect("", PROTECTION)


def clean(text: str) -> str:
    """Return a text as a cell can hold it: no control characters, not too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return legible(_UNLAWFUL.sub("", lines), LONGEST)


def _lines(text: str, width: float) -> int:
    return sum(lines_of(line, width * SLENDER) for line in text.split("\n"))
