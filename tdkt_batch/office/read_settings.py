"""The settings workbook → what an office lays over the campaign; all faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import ChoiceList
from tdkt_batch.campaign.holidays import LONGEST, is_day_of_year
from tdkt_batch.campaign.overlay import (
    DEADLINES,
    HOLIDAYS,
    LEFT_OUT,
    REASONS,
    UNITS,
    OfficeLayers,
    Overlay,
    all_deadlines,
    deadline_row,
    holiday_row,
)
from tdkt_batch.errors import InputError
from tdkt_batch.model import Month
from tdkt_batch.office import settings
from tdkt_batch.office.columns import ColumnTable, HeadNames, find_table
from tdkt_batch.office.faults import OfficeFileError
from tdkt_batch.office.register import register_of
from tdkt_batch.office.settings import ALL_UNITS, SETTINGS, SettingList, level_names, value_at
from tdkt_batch.office.typed_cells import (
    AskedCell,
    NotUnderstoodError,
    TypedCells,
    is_taken_away,
)
from tdkt_batch.remembered import remembered
from tdkt_batch.values import Raw, is_blank_cell
from tdkt_batch.vietnamese.folding import fold_choice, squeeze
from tdkt_batch.vietnamese.labels import label_key, nearest_key
from tdkt_batch.vietnamese.writing import first_of, write_number
from tdkt_batch.wording import office as say
from tdkt_batch.wording.campaign import UNIT_COLUMNS
from tdkt_batch.wording.shared import NO
from tdkt_batch.wording.unit_names import HEADS_OF_LISTS
from tdkt_batch.workbooks.cells import SheetCells
from tdkt_batch.workbooks.read import UnreadError, Workbook, open_workbook

_LABEL, _VALUE = "label", "value"
_NAMED = 5
_KEPT = 4
"""For so many campaigns the settings last read are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSettings:
    """What an office has set, and what is to be known of it; of its units the ``news`` once."""

    overlay: Overlay
    notes: tuple[str, ...] = ()
    news: tuple[str, ...] = ()


def read_settings(path: Path, campaign: Campaign) -> OfficeSettings:
    """Return what the workbook at ``path`` lays over the campaign.

    Raises ``InputError`` when it cannot be read, with all that must be mended where
    single cells are wrong.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(say.NOT_OPENED.format(file=path, why=why)) from None
    known, key = _known_for(campaign), (content, path.name)
    if key not in known:
        known.clear()
        try:
            book = open_workbook(content, path.name)
            known[key] = _SettingsReader(campaign, path.name).read(book)
        except UnreadError:
            raise InputError(say.SETTINGS_NOT_READ.format(file=path)) from None
    return known[key]


@remembered(_KEPT)
def _known_for(_: Campaign) -> dict[tuple[bytes, str], OfficeSettings]:
    """Return what was read last for a campaign, by the file's content and name.

    Months of one program's life are run with the same settings.
    """
    return {}


class _SettingsReader:
    """Reads one settings workbook; what it says otherwise than the campaign is laid over it."""

    def __init__(self, campaign: Campaign, file: str) -> None:
        self._campaign = campaign
        self._file = file
        self._typed = TypedCells(campaign)
        self._faults: list[str] = []
        self._notes: list[str] = []
        self._news: tuple[str, ...] = ()

    def read(self, book: Workbook) -> OfficeSettings:
        """Return what is set; raise ``OfficeFileError`` with all that is wrong."""
        sheets = {label_key(title): cells for title in book.titles if (cells := book.sheet(title))}
        known = [say.OFFICE_SHEET, *(one.sheet for one in settings.LISTS), say.UNITS_SHEET]
        found = {title: cells for title in known if (cells := sheets.get(label_key(title)))}
        if not found:
            raise InputError(say.NO_SETTINGS.format(file=self._file, known=", ".join(known)))
        content: dict[str, Any] = {}
        are_all = True
        if cells := found.get(say.OFFICE_SHEET):
            singles = self._singles(cells)
            are_all = singles.pop(ALL_UNITS, "") != NO
            content = _nested(singles)
        moved = self._moved(found.get(say.MOVED_SHEET))
        if rows := self._deadlines(found.get(say.DEADLINES_SHEET), moved):
            content[DEADLINES] = rows
        if rows := self._holidays(found.get(say.HOLIDAYS_SHEET)):
            content[HOLIDAYS] = rows
        if reasons := self._reasons(found.get(say.REASONS_SHEET)):
            content[REASONS] = reasons
        if cells := found.get(say.UNITS_SHEET):
            content |= self._units(cells, are_all=are_all)
        if self._faults:
            raise OfficeFileError(self._file, self._faults)
        layers = OfficeLayers(settings=Overlay.of(content), with_samples=True)
        return OfficeSettings(
            overlay=layers.over(self._campaign), notes=tuple(self._notes), news=self._news
        )

    # --- single values ----------------------------------------------------------------------

    def _singles(self, cells: SheetCells) -> dict[str, object]:
        """Return by place each single value that is another than the campaign's."""
        heads = dict(zip((_LABEL, _VALUE, "hint"), say.SETTINGS_HEADS, strict=True))
        names = HeadNames({id_: (head,) for id_, head in heads.items()})
        table = find_table(cells, names, (_VALUE,))
        if table is None:
            return {}
        setting_by_key = {label_key(one.asked.label): one for one in SETTINGS}
        groups = set(map(label_key, say.SETTING_GROUPS.values()))
        given: dict[str, object] = {}
        at_cell: dict[str, str] = {}
        for row, raws in table.rows:
            label, raw = squeeze(str(raws.get(_LABEL) or "")), raws.get(_VALUE)
            key = label_key(label)
            one = setting_by_key.get(key) or setting_by_key.get(
                nearest_key(key, setting_by_key) or ""
            )
            if one is None:
                if key not in groups and not is_blank_cell(raw):
                    said = {"where": self._where(cells), "cell": table.cell(row, _LABEL)}
                    self._notes.append(say.SETTING_UNKNOWN.format(**said, label=label))
                continue
            if is_blank_cell(raw):
                continue
            if one.place in at_cell:
                problem = say.SETTING_TWICE.format(cell=at_cell[one.place])
                self._wrong(table, row, _VALUE, problem)
                continue
            at_cell[one.place] = table.cell(row, _VALUE)
            value = "" if one.may_lack and is_taken_away(raw) else self._value(
                table, row, _VALUE, one.asked
            )  # fmt: skip
            before = None if one.place == ALL_UNITS else value_at(self._campaign, one.place)
            if value is not None and (value != before or one.place in self._campaign.samples):
                given[one.place] = value
        return given

    # --- lists ------------------------------------------------------------------------------

    def _rows(
        self, cells: SheetCells | None, of: SettingList
    ) -> Iterator[tuple[ColumnTable, int, dict[str, Raw]]]:
        """Yield the rows of a list's sheet."""
        names = HeadNames(of.heads)
        table = find_table(cells, names, tuple(of.heads)) if cells else None
        for row, raws in table.rows if table else ():
            yield table, row, raws  # type: ignore[misc]  # there are rows in a table only

    def _deadlines(
        self, cells: SheetCells | None, moved: Mapping[str, Mapping[str, list[str]]] | None
    ) -> list[dict[str, Any]]:
        """Return all deadlines where one is another than the campaign's, else none."""
        before = {row["level"]: row for row in map(deadline_row, all_deadlines(self._campaign))}
        rows = {level: dict(row) for level, row in before.items()}
        at_cell: dict[str, str] = {}
        for table, row, _ in self._rows(cells, settings.DEADLINES):
            level = self._level(table, row, settings.DEADLINES)
            day = self._value(table, row, "day", settings.DEADLINES.asked("day"))
            if level is None:
                continue
            if level in at_cell:
                name = {id_: name for name, id_ in level_names(self._campaign).items()}[level]
                problem = say.LEVEL_TWICE.format(level=name, cell=at_cell[level])
                self._wrong(table, row, "level", problem)
                continue
            at_cell[level] = table.cell(row, "level")
            if day is None and not self._is_faulty(table, row, "day"):
                self._wrong(table, row, "day", say.NEEDS_DAY)
            texts = {
                id_: self._value(table, row, id_, settings.DEADLINES.asked(id_))
                for id_ in ("recipient", "letter")
            }
            rows[level] |= {id_: text for id_, text in texts.items() if text} | {"day": day}
        if moved is not None:
            for level, one in rows.items():
                own = moved.get(level, {})
                # what is left blank is as it was, else as the usual letter says
                known = before[level]["moved"]
                one["moved"] = {
                    month: [day, letter or (known[month][1] if month in known else one["letter"])]
                    for month, (day, letter) in own.items()
                }
        return list(rows.values()) if rows != before else []

    def _moved(self, cells: SheetCells | None) -> dict[str, dict[str, list[str]]] | None:
        """Return by level and month the day and letter that move it; None without the sheet."""
        if cells is None:
            return None
        moved: dict[str, dict[str, list[str]]] = {}
        for table, row, _ in self._rows(cells, settings.MOVED):
            level = self._level(table, row, settings.MOVED)
            found = {
                id_: self._value(table, row, id_, settings.MOVED.asked(id_))
                for id_ in ("month", "day", "letter")
            }
            for id_, problem in (("month", say.NEEDS_MONTH), ("day", say.NEEDS_NEW_DAY)):
                if found[id_] is None and not self._is_faulty(table, row, id_):
                    self._wrong(table, row, id_, problem)
            month, day = found["month"], found["day"]
            if level and isinstance(month, date) and isinstance(day, date):
                letter = str(found["letter"] or "")
                moved.setdefault(level, {})[str(Month.of(month))] = [str(day), letter]
        return moved

    def _holidays(self, cells: SheetCells | None) -> list[dict[str, Any]]:
        """Return all holidays where they are others than the campaign's, else none."""
        rows: list[dict[str, Any]] = []
        for table, row, raws in self._rows(cells, settings.HOLIDAYS):
            found = {
                id_: self._value(table, row, id_, settings.HOLIDAYS.asked(id_))
                for id_ in ("name", "first", "last", "worked")
            }
            name, first, last = found["name"], found["first"], found["last"] or found["first"]
            yearly = _day_of_year(raws.get("each_year"))
            if not name:
                self._wrong(table, row, "name", say.NEEDS_NAME)
            elif any(self._is_faulty(table, row, id_) for id_ in ("first", "last", "worked")):
                continue
            elif bool(yearly) == (first is not None or last is not None):
                self._wrong(table, row, "each_year", say.NEEDS_ONE_KIND)
            elif yearly:
                if is_day_of_year(yearly):
                    rows.append({"name": name, "each_year": yearly})
                else:
                    self._wrong(table, row, "each_year", say.NOT_EACH_YEAR.format(text=yearly))
            elif not isinstance(first, date) or not isinstance(last, date):
                self._wrong(table, row, "first", say.NEEDS_ONE_KIND)
            elif last < first:
                self._wrong(table, row, "last", say.LAST_IS_BEFORE)
            elif (last - first).days >= LONGEST:
                self._wrong(table, row, "last", say.LONG_HOLIDAY)
            else:
                worked = {"worked": str(found["worked"])} if found["worked"] else {}
                rows.append({"name": name, "first": str(first), "last": str(last)} | worked)
        before = list(map(holiday_row, self._campaign.holidays.of_campaign))
        return rows if rows != before else []

    def _reasons(self, cells: SheetCells | None) -> dict[str, list[str]]:
        """Return by use the reasons that are others than the campaign's."""
        uses = {use: place for place, use in say.REASON_USES.items()}
        choices = ChoiceList("use", tuple(uses), {})
        given: dict[str, list[str]] = {place: [] for place in uses.values()}
        at_cell: dict[tuple[str, str], str] = {}
        for table, row, _ in self._rows(cells, settings.REASONS):
            use = self._value(table, row, "use", settings.REASONS.asked("use", choices))
            reason = self._value(table, row, "reason", settings.REASONS.asked("reason"))
            if use is None and not self._is_faulty(table, row, "use"):
                self._wrong(table, row, "use", say.NEEDS_USE.format(known="; ".join(uses)))
            if reason is None and not self._is_faulty(table, row, "reason"):
                self._wrong(table, row, "reason", say.NEEDS_REASON)
            if use is None or reason is None:
                continue
            key = use, fold_choice(reason)
            if key in at_cell:
                self._wrong(table, row, "reason", say.REASON_TWICE.format(cell=at_cell[key]))
                continue
            at_cell[key] = table.cell(row, "reason")
            given[uses[use]].append(reason)
        return {
            place: reasons
            for place, reasons in given.items()
            if reasons and tuple(reasons) != getattr(self._campaign.reasons, place)
        }

    def _units(self, cells: SheetCells, *, are_all: bool) -> dict[str, Any]:
        """Return the units as they are listed, and those of the campaign that are not."""
        heads = {
            id_: (UNIT_COLUMNS[id_][1] if id_ in UNIT_COLUMNS else id_, id_, *others)
            for id_, others in HEADS_OF_LISTS.items()
        }
        table = find_table(cells, HeadNames(heads), ("ten", "ma"))
        if table is None or not any(True for _ in table.rows):
            return {}
        try:
            register = register_of([table], self._file, self._campaign)
        except OfficeFileError as error:
            self._faults += error.faults or (str(error),)
            return {}
        self._notes += register.notes
        self._news = register.news
        content: dict[str, Any] = {UNITS: list(register.rows)}
        listed = {row["code"] for row in register.rows}
        left_out = [one for one in self._campaign.units if one.code not in listed]
        if left_out and are_all:
            content[LEFT_OUT] = [unit.code for unit in left_out]
            names = first_of([unit.name for unit in left_out], _NAMED)
            number = write_number(len(left_out))
            said = {"file": self._file, "number": number, "units": names}
            self._notes.append(say.SETTINGS_LEFT_OUT.format(**said))
        return content

    # --- cells ------------------------------------------------------------------------------

    def _level(self, table: ColumnTable, row: int, of: SettingList) -> str | None:
        names = level_names(self._campaign)
        ids = {id_: name for name, id_ in names.items()}
        choices = ChoiceList("level", tuple(names), ids)
        name = self._value(table, row, "level", of.asked("level", choices))
        if name is None and not self._is_faulty(table, row, "level"):
            self._wrong(table, row, "level", say.NEEDS_LEVEL.format(known="; ".join(names)))
        return names.get(str(name))

    def _value(self, table: ColumnTable, row: int, column: str, asked: AskedCell) -> Any:
        """Return what a cell counts as; None when it is blank, and when it is a fault."""
        if column not in table.places:
            return None
        at = row, table.places[column]
        if broken := table.cells.broken.get(at):
            self._wrong(table, row, column, say.BROKEN_CELL.format(text=broken.text))
            return None
        try:
            return self._typed.value(asked, table.cells.raw(*at), table.cells.fonts.get(at, ""))
        except NotUnderstoodError as error:
            self._wrong(table, row, column, str(error))
            return None

    def _wrong(self, table: ColumnTable, row: int, column: str, problem: str) -> None:
        place = {"where": self._where(table.cells), "cell": table.cell(row, column)}
        self._faults.append(say.AT_CELL.format(**place, problem=problem))

    def _is_faulty(self, table: ColumnTable, row: int, column: str) -> bool:
        """Tell whether something is wrong at a cell already."""
        place = {"where": self._where(table.cells), "cell": table.cell(row, column)}
        start = say.AT_CELL.format(**place, problem="")
        return any(fault.startswith(start) for fault in self._faults)

    def _where(self, cells: SheetCells) -> str:
        return say.ON_SHEET.format(file=self._file, sheet=cells.title)


def _nested(singles: Mapping[str, object]) -> dict[str, Any]:
    """Return values by place as an overlay holds them.

    >>> _nested({"letters.office.phone": "1", "letters.style": "2"})
    {'letters': {'office': {'phone': '1'}, 'style': '2'}}
    """
    content: dict[str, Any] = {}
    for place, value in singles.items():
        *above, name = place.split(".")
        at = content
        for one in above:
            at = at.setdefault(one, {})
        at[name] = value
    return content


def _day_of_year(raw: Raw) -> str:
    """Return the day of each year that a cell holds; Excel takes 30/4 for a day of this year."""
    if isinstance(raw, date):
        return f"{raw.day}/{raw.month}"
    parts = squeeze(str(raw or "")).replace("-", "/").replace(".", "/").split("/")
    return "/".join(str(int(part)) if part.strip().isdecimal() else part for part in parts)
