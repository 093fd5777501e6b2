"""The board's decisions → the control workbook, with the findings that wait for one.

The same bytes for the same input; whatever units and the board typed stays text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.words import Words
from tdkt_batch.control.columns import NOTE, SHEETS, ColumnUse, ControlColumn, ControlSheet, Refused
from tdkt_batch.control.field_names import all_names
from tdkt_batch.control.listing import Listing
from tdkt_batch.control.questions import ListedRow
from tdkt_batch.control.tasks import OfficersDay, ToDo
from tdkt_batch.forms_write.styles import BASE, BUTTON, INPUT_COLOUR, PARTS, lines_in
from tdkt_batch.report import MonthReport
from tdkt_batch.rules.decisions import Family
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import (
    HIGHEST,
    LINE,
    last_printed,
    lock,
    merge_cells,
    new_book,
    print_to_width,
    tell_whose,
    write_cell,
)
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.vietnamese.writing import write_moment, write_number
from tdkt_batch.wording import control as say
from tdkt_batch.wording import sheets as say_of_sheets
from tdkt_batch.wording.figures import NEWS

UNITS, FIGURES, FILES = "don_vi", "chi_tieu", "tep"
EXCUSES, ACCEPTANCES = "ly_do_mien", "ly_do_chap_nhan"
"""The names of the lists that key cells choose from."""
SIZE = 11
LONGEST = 8_000
"""A text longer than this is cut, and says so."""
PRINTED_SPARE = 12
"""How many of the empty rows are printed."""
NOTES_WIDTH = 130
_MOST_OF_A_TASK = 40
"""So many units or files to a task are looked through; how many more there are is counted."""
_DAY_WIDTHS = (5, 30, 34, 68, 14)
_PROMPTS = {
    "decided": say.WRITE_A_DAY, "due": say.WRITE_A_DAY,
    "month": say.WRITE_A_MONTH, "until": say.WRITE_A_MONTH,
}  # fmt: skip
_SHORT = (*_PROMPTS, "unit", "code", "severity", "decision", "withdrawn", "of_unit", "topic")
"""Columns whose texts stand in the middle."""


def write_control(  # noqa: PLR0913 — all that the book says
    campaign: Campaign,
    report: MonthReport,
    listing: Listing,
    notes: Sequence[str],
    refused: Sequence[Refused] = (),
    *,
    day: OfficersDay | None = None,
) -> bytes:
    """Return the control workbook after a month's run.

    ``listing`` has all that is asked and all decisions that stand, of earlier months too.
    ``notes`` are what could not be taken from the last one, and ``refused`` the rows
    concerned, which are written back as they were typed. ``day`` is what is new and to be
    done.
    """
    content = io.BytesIO()
    with new_book(content) as book:
        styles = Styles(book, BASE, PARTS)
        if day is not None:
            write_day(book.add_worksheet(say.DAY), styles, campaign, report, day)
        for sheet in SHEETS:
            page = ControlPage(book.add_worksheet(sheet.title), styles, sheet, campaign.words)
            page.write(campaign, report, listing.rows(sheet, refused), len(notes))
        if notes:
            write_notes(book.add_worksheet(say.NOTES), styles, notes)
        write_lists(book, styles, campaign, report)
        title = say.BOOK_TITLE.format(month=report.month.vietnamese)
        tell_whose(book, campaign, title, report.received_until)
    return content.getvalue()


class ControlPage:
    """Writes one sheet of decisions."""

    def __init__(self, at: Worksheet, styles: Styles, sheet: ControlSheet, words: Words) -> None:
        self._at = at
        self._styles = styles
        self._sheet = sheet
        self._words = words
        widths = [0 if c.use is ColumnUse.HIDDEN else c.width for c in sheet.columns]
        self._last = len(sheet.columns) - 1
        self._printed = last_printed(widths)
        self._width = sum(widths[: self._printed + 1])

    def write(
        self, campaign: Campaign, report: MonthReport, rows: Sequence[ListedRow], notes: int
    ) -> None:
        """Write the sheet from its title to its last empty row; ``notes`` are told elsewhere."""
        head = self._top(campaign, report, notes)
        last = head + len(rows)
        style = self._styles("head", font_size=SIZE)
        for number, column in enumerate(self._sheet.columns):
            write_cell(self._at, head, number, column.head, style)
            hidden = {"hidden": True} if column.use is ColumnUse.HIDDEN else {}
            self._at.set_column(number, number, column.width, None, hidden)
            if column.use is not ColumnUse.HIDDEN and (rule := self._validation(column)):
                self._at.data_validation(head + 1, number, last, number, rule)
        lines = max(lines_in(c.head, c.width - BUTTON, style) for c in self._sheet.shown)
        self._at.set_row(head, lines * LINE + 4)
        for number, row in enumerate(rows, start=head + 1):
            texts = {
                c.id: clean_text(row.cells.get(c.id, ""), LONGEST) for c in self._sheet.columns
            }
            lines = 1
            for place, column in enumerate(self._sheet.columns):
                style, text = self._style(column, row, is_noted=bool(texts[NOTE])), texts[column.id]
                write_cell(self._at, number, place, text, style)
                if column.use is not ColumnUse.HIDDEN:
                    lines = max(lines, lines_in(text, column.width, style))
            if row.choices:
                place = self._sheet.index("decision")
                rule = self._choice(self._sheet.column("decision"), row.choices)
                self._at.data_validation(number, place, number, place, rule)
            self._at.set_row(number, min(lines * LINE + 3, HIGHEST))
        typed = sum(not row.is_open or len(row.cells) > 1 for row in rows)
        frozen = self._sheet.index("month") + 1
        self._at.ignore_errors({"number_stored_as_text": f"A{head + 2}:Z{last + 1}"})
        self._at.freeze_panes(head + 1, frozen)
        self._at.repeat_rows(head)
        self._at.print_area(0, 0, min(head + typed + PRINTED_SPARE, last), self._printed)
        self._at.autofilter(head, 0, last, self._last)
        _on_paper(self._at, self._sheet.title)

    def _top(self, campaign: Campaign, report: MonthReport, notes: int) -> int:
        """Write what stands above the table, short because it stays in sight; return its end."""
        board, reached, split = campaign.board, 0.0, self._printed - 1
        for number, column in enumerate(self._sheet.columns):
            reached += column.width if column.use is not ColumnUse.HIDDEN else 0
            if reached >= 0.4 * self._width:
                split = number
                break
        month = say_of_sheets.MONTH.format(month=report.month.vietnamese)
        title = say.SHEET_TITLE.format(heading=say.HEADINGS[self._sheet.family])
        until = say.AS_OF.format(until=write_moment(report.received_until))
        for row, first, last, text, style in (
            (0, 0, split, board.superior.upper(), "organ"),
            (1, 0, split, board.name.upper(), "organ_bold"),
            (0, split + 1, self._printed, campaign.document.citation, "organ"),
            (1, split + 1, self._printed, month, "organ_bold"),
            (2, 0, self._printed, title, "title"),
            (3, 0, self._printed, until, "centre_italic"),
        ):
            box = (row, first, row, last)
            merge_cells(self._at, box, clean_text(text, LONGEST), self._styles(style))
        self._at.set_row(2, 21)
        texts = say.HOW_TO[self._sheet.family].split("\n")
        if notes:
            # paper points to no column that it does not hold: the page of notes says it all
            is_printed = self._sheet.index(NOTE) <= self._printed
            sentence = say.SEE_NOTES_AND_REMARKS if is_printed else say.SEE_NOTES
            remarks = self._sheet.column(NOTE).head
            texts.append(sentence.format(number=notes, notes=say.NOTES, remarks=remarks))
        for row, text in enumerate(texts, start=4):
            is_bold = bool(notes) and text is texts[-1]
            style = self._styles("label", font_size=SIZE, border=0, bold=is_bold)
            merge_cells(self._at, (row, 0, row, self._printed), text, style)
            self._at.set_row(row, lines_in(text, self._width, style) * LINE + 1)
        return 4 + len(texts)

    def _style(self, column: ControlColumn, row: ListedRow, *, is_noted: bool) -> Format:
        look: dict[str, object] = {
            "font_size": SIZE, "num_format": "@", "text_wrap": True, "valign": "top", "indent": 0,
            "align": "center" if column.id in _SHORT else "left",
        }  # fmt: skip
        if column.use is ColumnUse.INPUT or (row.is_open and column.use is not ColumnUse.SHOWN):
            look |= {"locked": False, "bg_color": INPUT_COLOUR}
        if column.id == NOTE and is_noted:
            look |= {"bold": True}
        return self._styles("text", **look)

    def _validation(self, column: ControlColumn) -> dict[str, object]:
        """Return what a cell offers or asks; what is typed otherwise is judged by the reader."""
        lists = {"unit": UNITS, "of_unit": UNITS, "file": FILES}
        match self._sheet.family:
            case Family.CORRECTION:
                lists["field"] = FIGURES
            case Family.EXCUSE:
                lists["explanation"] = EXCUSES
            case Family.ANSWER | Family.QUESTION:
                lists["reason"] = ACCEPTANCES
        if column.choices:
            return self._choice(column, [self._words.said(one) for one in column.choices])
        if column.id in lists:
            return {"validate": "list", "source": f"={lists[column.id]}", "show_error": False}
        if column.id in _PROMPTS:
            return {
                "validate": "any",
                "input_title": column.head[:32],
                "input_message": self._words.said(_PROMPTS[column.id]),
            }
        return {}

    @staticmethod
    def _choice(column: ControlColumn, choices: Sequence[str]) -> dict[str, object]:
        """Return the list that a cell is chosen from."""
        return {
            "validate": "list",
            "source": list(choices),
            "error_title": column.head,
            "error_message": say.CHOOSE_ONE.format(choices="; ".join(choices)),
        }


def write_notes(at: Worksheet, styles: Styles, notes: Sequence[str]) -> None:
    """Write the sheet that tells the board what could not be taken."""
    at.set_column(0, 0, 6)
    at.set_column(1, 1, NOTES_WIDTH)
    merge_cells(at, (0, 0, 0, 1), say.NOTES_HEADING, styles("title"))
    at.set_row(0, 24)
    for column, head in enumerate(say.NOTES_HEADS):
        write_cell(at, 1, column, head, styles("head", font_size=SIZE))
    for number, note in enumerate(notes, start=1):
        text = clean_text(note, LONGEST)
        write_cell(at, number + 1, 0, number, styles("number", font_size=SIZE))
        look = styles("text", font_size=SIZE, num_format="@")
        write_cell(at, number + 1, 1, text, look)
        at.set_row(number + 1, min(lines_in(text, NOTES_WIDTH, look) * LINE + 3, HIGHEST))
    at.freeze_panes(2, 0)
    at.repeat_rows(1)
    _on_paper(at, say.NOTES)


def write_day(
    at: Worksheet, styles: Styles, campaign: Campaign, report: MonthReport, day: OfficersDay
) -> None:
    """Write the sheet of an officer's day: what is new since the last run, what is to be done."""
    last = len(_DAY_WIDTHS) - 1
    heading = say.DAY_HEADING.format(month=report.month.vietnamese)
    merge_cells(at, (0, 0, 0, last), heading, styles("title"))
    at.set_row(0, 24)
    for column, width in enumerate(_DAY_WIDTHS):
        at.set_column(column, column, width)
    text = styles("text", font_size=SIZE, num_format="@")
    label = styles("label", font_size=SIZE, border=0, bold=True)
    plain = styles("label", font_size=SIZE, border=0)
    names = {one.code: unit_label(one, campaign) for one in campaign.units}
    news = [(NEWS[n.kind], names.get(n.unit, n.unit), n.text, "") for n in day.news]
    tasks = list(_task_rows(day.tasks))
    for column, head in enumerate(say.DAY_HEADS):
        write_cell(at, 1, column, head, styles("head", font_size=SIZE))
    row = 2
    for part, sentence, rows in (
        (say.SINCE_PART, day.since, news),
        (say.TASKS_PART, day.next_steps, tasks),
    ):
        merge_cells(at, (row, 0, row, last), part, label)
        merge_cells(at, (row + 1, 0, row + 1, last), sentence, plain)
        at.set_row(row + 1, lines_in(sentence, sum(_DAY_WIDTHS), plain) * LINE + 3)
        row += 2
        for number, texts in enumerate(rows, start=1):
            _text_row(at, row, (number, *texts), _DAY_WIDTHS, text)
            row += 1
        row += 1
    at.freeze_panes(2, 0)
    at.repeat_rows(1)
    _on_paper(at, say.DAY)


def _task_rows(tasks: Sequence[ToDo]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is to be done, of each task as many as can be looked through on a page."""
    for task, some in groupby(tasks, key=lambda one: one.task):
        name, of_task = say.TASK_NAMES[task], list(some)
        yield from ((name, one.about, one.text, one.phone) for one in of_task[:_MOST_OF_A_TASK])
        if more := len(of_task[_MOST_OF_A_TASK:]):
            yield name, say.MORE_TASKS.format(number=write_number(more)), "", ""


def _text_row(
    at: Worksheet, row: int, content: Iterable[object], widths: Sequence[float], look: Format
) -> None:
    """Write a row of texts, as high as the longest needs."""
    texts = [clean_text(str(one), LONGEST) for one in content]
    for column, text in enumerate(texts):
        write_cell(at, row, column, text, look)
    lines = max(lines_in(text, width, look) for text, width in zip(texts, widths, strict=True))
    at.set_row(row, min(lines * LINE + 3, HIGHEST))


def write_lists(book: Workbook, styles: Styles, campaign: Campaign, report: MonthReport) -> None:
    """Write what cells choose from on a hidden sheet: units, figures, files, reasons."""
    sheet = book.add_worksheet(say.LISTS)
    units = [f"{unit.code} – {unit_label(unit, campaign)}" for unit in campaign.units]
    files = list(dict.fromkeys(clean_text(one.source.name, LONGEST) for one in report.files))
    lists: dict[str, Sequence[str]] = {
        UNITS: units,
        FIGURES: all_names(campaign),
        FILES: files,
        EXCUSES: campaign.reasons.excused,
        ACCEPTANCES: campaign.reasons.accepted,
    }
    for column, (name, values) in enumerate(lists.items()):
        for row, value in enumerate(values):
            write_cell(sheet, row, column, value, styles("plain", num_format="@"))
        letter = "ABCDE"[column]
        book.define_name(name, f"='{say.LISTS}'!${letter}$1:${letter}${max(len(values), 1)}")
    sheet.set_column(0, len(lists) - 1, 60)
    sheet.protect("")
    sheet.hide()


def _on_paper(at: Worksheet, title: str) -> None:
    print_to_width(at, say.FOOTER.format(title=title))
    lock(at)
