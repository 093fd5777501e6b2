"""One sheet of the control workbook: how to fill it in, its heads, its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.listed import Row
from tdkt_batch.control.sheets import NOTE, Column, Role, Sheet
from tdkt_batch.forms.legible import legible
from tdkt_batch.forms.styles import INPUT_COLOUR, Styles, lines_of, merge, write_raw
from tdkt_batch.report import MonthReport
from tdkt_batch.rules.decisions import Family
from tdkt_batch.vietnamese import write_moment

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
        self, campaign: Campaign, report: MonthReport, rows: Sequence[Row], notes: Sequence[str]
    ) -> None:
        """Write the sheet from its title to its last empty row."""
        head = self._top(campaign, report, notes)
        self._heads(head)
        for number, row in enumerate(rows, start=head + 1):
            self._row(number, row)
        self._validate(head + 1, head + len(rows))
        self._set_up(head, head + len(rows))

    # --- above the table ----------------------------------------------------------------

    def _top(self, campaign: Campaign, report: MonthReport, notes: Sequence[str]) -> int:
        """Write what stands above the table; return the row of its heads."""
        board = campaign.board
        split = self._column_at(0.4)
        self._line(0, board.superior.upper(), "organ", last=split)
        self._line(1, board.name.upper(), "organ_bold", last=split)
        month = f"Kỳ báo cáo: tháng {report.month.vietnamese}"
        self._line(0, campaign.document.citation, "organ", first=split + 1)
        self._line(1, month, "organ_bold", first=split + 1)
        self._line(3, f"SỔ QUYẾT ĐỊNH: {self._sheet.heading}", "title")
        until = f"(Số liệu đến {write_moment(report.received_until)})"
        self._line(4, until, "centre_italic")
        row = 5
        for text in (*self._sheet.how_to, *self._notes(notes)):
            row = self._prose(row, text)
        return row + 1

    def _notes(self, notes: Sequence[str]) -> list[str]:
        """Return what could not be taken, on the first sheet, where it is seen at once."""
        if not notes or self._sheet.family is not Family.ANSWER:
            return []
        return [f"CHÚ Ý, {len(notes)} nội dung ở lần chạy này:", *notes]

    def _prose(self, row: int, text: str) -> int:
        style = self._styles.get("note", font_size=SIZE, align="left")
        said = clean(text)
        merge(self._at, (row, 0, row, self._last), said, style)
        self._at.set_row(row, min(lines_of(said, self._room) * LINE + 2, HIGHEST))
        return row + 1

    def _line(
        self, row: int, text: str, style: str, *, first: int = 0, last: int | None = None
    ) -> None:
        end = self._last if last is None else last
        merge(self._at, (row, first, row, end), clean(text), self._styles.get(style))

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
        style = self._styles.get("head", font_size=SIZE)
        for number, column in enumerate(self._sheet.columns):
            write_raw(self._at, row, number, column.head, style)
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
            write_raw(self._at, number, place, texts[column.id], style)
        lines = max(_lines(texts[column.id], column.width) for column in self._shown)
        self._at.set_row(number, min(max(lines, 1) * LINE + 3, HIGHEST))

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
        return self._styles.get("text", **look)

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

    def _set_up(self, head: int, last: int) -> None:
        frozen = next(n for n, c in enumerate(self._sheet.columns) if c.id == "month") + 1
        self._at.freeze_panes(head + 1, frozen)
        self._at.repeat_rows(head)
        self._at.autofilter(head, 0, last, self._last)
        self._at.hide_gridlines(2)
        self._at.set_paper(9)
        self._at.set_landscape()
        self._at.fit_to_pages(1, 0)
        self._at.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.6)
        self._at.set_footer(f"&L&9Sổ quyết định: {self._sheet.title}&R&9Trang &P/&N")
        self._at.protect("", PROTECTION)


def clean(text: str) -> str:
    """Return a text as a cell can hold it: no control characters, not too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return legible(_UNLAWFUL.sub("", lines), LONGEST)


def _lines(text: str, width: float) -> int:
    return sum(lines_of(line, width) for line in text.split("\n"))
