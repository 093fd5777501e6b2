"""The settings workbook and the list of units, written to be filled and given back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.overlay import all_deadlines
from tdkt_batch.forms_write.styles import BASE, INPUT_COLOUR, PARTS, lines_in
from tdkt_batch.model import Unit
from tdkt_batch.office import settings
from tdkt_batch.office.settings import (
    ALL_UNITS,
    SETTINGS,
    SettingColumn,
    SettingList,
    level_names,
    value_at,
)
from tdkt_batch.office.typed_cells import CellKind
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.sheets.writing import (
    LINE,
    last_printed,
    merge_cells,
    new_book,
    print_to_width,
    tell_whose,
    write_cell,
)
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording import office as say
from tdkt_batch.wording.campaign import UNIT_COLUMNS
from tdkt_batch.wording.shared import YES

_SINGLE_WIDTHS = (34, 60, 62)
_SIZE = 11
_PRINTED_SPARE = 5
"""How many of the empty rows are printed."""
_PARENTS = "don_vi_cap_tren"
"""The name of the list of units that others may be under."""
_LISTS = "Danh muc"
_HEAD = 2
"""The row of a sheet's heads, below its title and how to fill it."""

Rows = Sequence[Mapping[str, object]]


def write_settings(campaign: Campaign) -> bytes:
    """Return the settings workbook with all that is in force; what is only a sample is blank."""
    content = io.BytesIO()
    with new_book(content) as book:
        writer = _SettingsBook(book, campaign)
        writer.singles()
        for of, rows in (
            (settings.DEADLINES, _deadline_rows(campaign)),
            (settings.MOVED, _moved_rows(campaign)),
            (settings.HOLIDAYS, _holiday_rows(campaign)),
            (settings.REASONS, _reason_rows(campaign)),
            (settings.UNITS, _unit_rows(campaign)),
        ):
            writer.list(of, list(rows))
        writer.finish(say.BOOK_TITLE)
    return content.getvalue()


def write_units(campaign: Campaign) -> bytes:
    """Return the units in force, with their codes, as a workbook to be filled and given back."""
    content = io.BytesIO()
    with new_book(content) as book:
        writer = _SettingsBook(book, campaign)
        writer.list(settings.UNITS, list(_unit_rows(campaign)))
        writer.finish(say.UNITS_TITLE)
    return content.getvalue()


class _SettingsBook:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, campaign: Campaign) -> None:
        self._book = book
        self._campaign = campaign
        self._styles = Styles(book, BASE, PARTS)
        self._input = self._styles(
            "text",
            locked=False,
            bg_color=INPUT_COLOUR,
            font_size=_SIZE,
            num_format="@",
            valign="top",
        )
        self._head = self._styles("head", font_size=_SIZE)

    def singles(self) -> None:
        """Write the sheet of single values, by groups: label, value, hint."""
        at = self._sheet(say.OFFICE_SHEET, _SINGLE_WIDTHS, say.SETTINGS_HEADS)
        label = self._styles("label", font_size=_SIZE, valign="top")
        hint = self._styles("hint", valign="top")
        row, group = _HEAD + 1, ""
        for one in SETTINGS:
            if one.group != group:
                group = one.group
                heading = self._styles("heading", font_size=_SIZE)
                merge_cells(at, (row, 0, row, 2), say.SETTING_GROUPS[group], heading)
                row += 1
            value = self._value(one.place)
            write_cell(at, row, 0, one.asked.label, label)
            write_cell(at, row, 1, value, self._input)
            write_cell(at, row, 2, one.hint, hint)
            if one.asked.choices:
                at.data_validation(row, 1, row, 1, _choice(one.asked.choices.values))
            lines = max(lines_in(str(value), _SINGLE_WIDTHS[1], self._input), 1)
            at.set_row(row, lines * LINE + 3)
            row += 1

    def _value(self, place: str) -> str:
        """Return a single value as it is typed; a sample is blank."""
        if place == ALL_UNITS:
            return YES
        return "" if place in self._campaign.samples else str(value_at(self._campaign, place))

    def list(self, of: SettingList, rows: Rows) -> None:
        """Write the sheet of a list, with some empty rows below."""
        widths = [column.width for column in of.columns]
        at = self._sheet(of.sheet, widths, [column.head for column in of.columns])
        last = _HEAD + len(rows) + of.spare
        for number, row in enumerate(rows, start=_HEAD + 1):
            texts = [clean_text(str(row.get(c.id) or "")) for c in of.columns]
            for column, text in enumerate(texts):
                write_cell(at, number, column, text, self._input)
            lines = max(
                lines_in(text, width, self._input)
                for text, width in zip(texts, widths, strict=True)
            )
            at.set_row(number, lines * LINE + 2)
        for number in range(_HEAD + len(rows) + 1, last + 1):
            for column in range(len(widths)):
                write_cell(at, number, column, None, self._input)
        for number, one in enumerate(of.columns):
            if rule := self._rule(one):
                at.data_validation(_HEAD + 1, number, last, number, rule)
        at.ignore_errors({"number_stored_as_text": f"A{_HEAD + 2}:Z{last + 1}"})
        at.print_area(0, 0, min(_HEAD + len(rows) + _PRINTED_SPARE, last), last_printed(widths))
        if of is settings.UNITS:
            at.autofilter(_HEAD, 0, last, len(widths) - 1)
            at.freeze_panes(_HEAD + 1, 2)

    def _rule(self, column: SettingColumn) -> dict[str, object]:
        """Return what a cell offers, and the hint that is shown when it is chosen."""
        rule: dict[str, object] = {"validate": "any"}
        if column.id == "level":
            rule = _choice(tuple(level_names(self._campaign)))
        elif column.id == "use":
            rule = _choice(tuple(say.REASON_USES.values()))
        elif column.id == "loai":
            kinds = (k for level in self._campaign.levels for k in level.unit_kinds)
            rule = _choice(tuple(dict.fromkeys(kinds)))
        elif column.id == "truc_thuoc":
            rule = {"validate": "list", "source": f"={_PARENTS}", "show_error": False}
        elif column.kind is CellKind.MARK:
            rule = _choice(("x",))
        if column.hint:
            rule |= {"input_title": column.head[:32], "input_message": column.hint}
        return rule

    def _sheet(self, title: str, widths: Sequence[float], heads: Sequence[str]) -> Worksheet:
        """Return a new sheet with its title, how to fill it, and its heads."""
        at = self._book.add_worksheet(title)
        for column, width in enumerate(widths):
            at.set_column(column, column, width)
        last = last_printed(widths)
        merge_cells(at, (0, 0, 0, last), say.SHEET_HEADINGS[title], self._styles("title"))
        at.set_row(0, 24)
        how_to = say.SHEET_HINTS[title]
        note = self._styles("note", font_size=_SIZE, align="left", valign="top")
        merge_cells(at, (1, 0, 1, last), how_to, note)
        at.set_row(1, lines_in(how_to, sum(widths[: last + 1]), note) * LINE + 4)
        for column, head in enumerate(heads):
            write_cell(at, _HEAD, column, head, self._head)
        at.set_row(_HEAD, 2 * LINE + 4)
        at.freeze_panes(_HEAD + 1, 0)
        at.repeat_rows(_HEAD)
        print_to_width(at, title)
        return at

    def finish(self, title: str) -> None:
        """Write the hidden list of units that others may be under, and what the book is."""
        above = {unit.parent for unit in self._campaign.units if unit.parent}
        upper = [u for u in self._campaign.units if u.code in above or not u.parent]
        sheet = self._book.add_worksheet(_LISTS)
        look: Format = self._styles("plain", num_format="@")
        for row, unit in enumerate(upper):
            write_cell(sheet, row, 0, _named(unit.code, unit.name), look)
        self._book.define_name(_PARENTS, f"='{_LISTS}'!$A$1:$A${max(len(upper), 1)}")
        sheet.hide()
        issued = datetime.combine(self._campaign.document.issued, time())
        tell_whose(self._book, self._campaign, title, issued)


def _choice(values: Sequence[str]) -> dict[str, object]:
    """Return a list to choose from; one that is too long for a cell's rule is not offered."""
    if len(",".join(values)) > _LONGEST_LIST or any("," in value for value in values):
        return {"validate": "any"}
    return {"validate": "list", "source": list(values), "show_error": False}


_LONGEST_LIST = 255
"""A list that stands in a cell's rule is no longer; it is divided at commas."""


def _named(code: str, name: str) -> str:
    return f"{code} – {name}"


# --- rows ------------------------------------------------------------------------------------


def _deadline_rows(campaign: Campaign) -> Iterator[dict[str, object]]:
    names = {id_: name for name, id_ in level_names(campaign).items()}
    for one in all_deadlines(campaign):
        is_sample = f"deadlines.{one.level}.letter" in campaign.samples
        yield {
            "level": names[one.level],
            "day": one.day,
            "recipient": one.recipient,
            "letter": "" if is_sample else one.letter,
        }


def _moved_rows(campaign: Campaign) -> Iterator[dict[str, object]]:
    names = {id_: name for name, id_ in level_names(campaign).items()}
    for one in all_deadlines(campaign):
        for month, moved in sorted(one.moved.items()):
            is_sample = f"deadlines.{one.level}.{month}" in campaign.samples
            yield {
                "level": names[one.level],
                "month": month.vietnamese,
                "day": write_day(moved.day),
                "letter": "" if is_sample else moved.letter,
            }


def _holiday_rows(campaign: Campaign) -> Iterator[dict[str, object]]:
    for one in campaign.holidays.of_campaign:
        days = {"first": one.first, "last": one.last, "worked": one.worked}
        told: dict[str, object] = {
            id_: "" if day == date.max else write_day(day) for id_, day in days.items()
        }
        yield {"name": one.name, "each_year": one.each_year} | told


def _reason_rows(campaign: Campaign) -> Iterator[dict[str, object]]:
    for place, use in say.REASON_USES.items():
        for reason in getattr(campaign.reasons, place):
            yield {"use": use, "reason": reason}


def _unit_rows(campaign: Campaign) -> Iterator[dict[str, object]]:
    by_code = {unit.code: unit for unit in campaign.units}
    for unit in campaign.units:
        row: dict[str, object] = {c: _typed(unit, c, by_code) for c in UNIT_COLUMNS}
        for column, (attribute, _) in UNIT_COLUMNS.items():
            if f"units.{unit.code}.{attribute}" in campaign.samples:
                row[column] = ""
        yield row


def _typed(unit: Unit, column: str, by_code: Mapping[str, Unit]) -> str:
    """Return what of a unit stands in a column, as people type it."""
    value = getattr(unit, UNIT_COLUMNS[column][0])
    if column == "truc_thuoc" and value:
        return _named(value, by_code[value].name)
    if isinstance(value, bool):
        return "x" if value else ""
    return write_day(value) if isinstance(value, date) else "" if value is None else str(value)
