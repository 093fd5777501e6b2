"""The sheet “Tự kiểm tra”: what is to be done, and below it one row a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from xlsxwriter.utility import xl_rowcol_to_cell

from tdkt_batch.forms.layout import (
    MOST_TASKS,
    PANEL_HEAD_ROW,
    PANEL_RESULT,
    PANEL_SEVERITY,
    STATUS_ROW,
    TASKS_ROW,
)
from tdkt_batch.forms_write.cell_formulas import FormFormula, in_words, where
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.form_sheet import LiveContent
from tdkt_batch.forms_write.missing_values import NOTHING
from tdkt_batch.forms_write.panel import FAIL, PASS, UNKNOWN, PanelRow, basis
from tdkt_batch.forms_write.styles import BLUE, GREEN, RED, YELLOW, Room
from tdkt_batch.forms_write.values import is_empty
from tdkt_batch.sheets.writing import HIGHEST, lock
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import PANEL_COLUMNS, PANEL_SHEET
from tdkt_batch.wording.shared import NOTICE

WIDTHS = (5, 28, 13, 26, 22, 24, 32, 14, 36, 7)
LINE_HEIGHT = 15.5
LAST = len(PANEL_COLUMNS) - 1


def write_panel(form_book: FormBook, rows: Sequence[PanelRow]) -> None:
    """Write the panel, the unit's explanations beside its rows."""
    sheet, style = form_book.add_sheet(PANEL_SHEET), form_book.styles
    sheet.set_up(WIDTHS, (0.4, 0.4, 0.5, 0.5), landscape=True)
    sheet.repeat_rows(PANEL_HEAD_ROW)
    sheet.freeze_panes(STATUS_ROW + 1, 0)
    sheet.print_area(STATUS_ROW + 1, 0, PANEL_HEAD_ROW + len(rows), PANEL_SEVERITY)
    form_book.write_status(sheet, STATUS_ROW, LAST)
    sheet.join((1, 0, 1, PANEL_SEVERITY), say.PANEL_TITLE, style("title"))
    sheet.join((2, 0, 2, PANEL_SEVERITY), form_book.unit_name(), style("centre_bold"))
    sheet.join((3, 0, 3, PANEL_SEVERITY), say.PANEL_NOTE, style("note"))
    for at, height in ((STATUS_ROW, 30), (1, 22), (3, 34), (PANEL_HEAD_ROW, 22)):
        sheet.set_row(at, height)
    tasks = form_book.tasks
    for place in range(MOST_TASKS):
        words, target = tasks.words(place), tasks.target(place)
        said = in_words(say.TASK, number=str(place + 1), what=words)
        linked = FormFormula(f"HYPERLINK({target.text},{said.text})", said.value)
        listed = where(f'{words.text}=""', is_empty(words.value), NOTHING, linked)
        at = TASKS_ROW + place
        sheet.join((at, 0, at, PANEL_SEVERITY), listed, style("plain", "link", indent=1))
    for column, head in enumerate(PANEL_COLUMNS):
        sheet.put(PANEL_HEAD_ROW, column, head, style("head"))
    note = style("input", num_format="@", text_wrap=True, align="left", indent=1)
    names = ("text", "text", "text", "text_centre", "text", "number")
    looks = (*map(style, ("number", "text", "result")), note, *map(style, names))
    rooms = [Room.of(width, look) for width, look in zip(WIDTHS, looks, strict=True)]
    for number, row in enumerate(rows, start=1):
        at, rule = PANEL_HEAD_ROW + number, row.rule
        explanation = LiveContent(partial(_explanation, rule.id))
        result, *cells = row.cells
        contents = (number, rule.title, result, explanation, *cells, basis(rule), rule.id)
        for column, (content, look) in enumerate(zip(contents, looks, strict=True)):
            sheet.put(at, column, content, look)
        # room for what stands there now, for what may come, and for two lines at least
        least, live = 2, list[tuple[Callable[[FilledForm], object], Room]]()
        for content, room in zip(contents, rooms, strict=True):
            if isinstance(content, FormFormula | LiveContent):
                live.append((content.value, room))
            else:
                least = max(least, room.lines(str(content)))
        for text, room in zip(row.room, rooms[4:7], strict=True):
            least = max(least, room.lines(text))
        sheet.set_live_row(at, partial(_height, least, tuple(live)))
    # results are coloured; blue where what failed is only a notice
    box = (PANEL_HEAD_ROW + 1, PANEL_RESULT, PANEL_HEAD_ROW + len(rows), PANEL_RESULT)
    result, severity = (
        xl_rowcol_to_cell(PANEL_HEAD_ROW + 1, column, col_abs=True)
        for column in (PANEL_RESULT, PANEL_SEVERITY)
    )
    notice = NOTICE
    is_notice = f'=AND({result}="{FAIL}",LEFT({severity},{len(notice)})="{notice}")'
    form_book.colour(sheet, box, BLUE, criteria=is_notice, stop_if_true=True)
    for word, look in (
        (FAIL, {**RED, "bold": True}),
        (UNKNOWN, {**YELLOW, "italic": True}),
        (PASS, GREEN),
    ):
        form_book.colour(sheet, box, look, type="cell", criteria="==", value=f'"{word}"')
    lock(sheet)


def _explanation(rule: str, filled: FilledForm) -> str | None:
    return filled.explanations.get(rule)


def _height(
    least: int, live: tuple[tuple[Callable[[FilledForm], object], Room], ...], filled: FilledForm
) -> float:
    """Return a row's height: for so many lines at least, and for what stands there now."""
    lines = (room.lines(str(value(filled) or "")) for value, room in live)
    return min(LINE_HEIGHT * max(least, *lines) + 3, HIGHEST)
