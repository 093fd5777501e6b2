"""An office's own list of units, as people keep it → what it lays over the campaign's.

It is as tolerant as the forms are: the list on any sheet of a workbook or in a text file,
below titles, under heads in other words and over two rows; dates, counts and names as they
are typed. What cannot be understood is said of all cells at once, with the remedy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.overlay import units_over
from tdkt_batch.campaign.register import level_of, register_problems
from tdkt_batch.errors import InputError
from tdkt_batch.model import Unit
from tdkt_batch.office.columns import ColumnTable, HeadNames, find_table
from tdkt_batch.office.faults import OfficeFileError
from tdkt_batch.office.register_rows import RegisterRow, RegisterRows
from tdkt_batch.office.register_units import RegisterUnits, RowsUnit, full_key
from tdkt_batch.office.text_tables import text_tables
from tdkt_batch.unit_names.known_names import name_key
from tdkt_batch.values import Scalar
from tdkt_batch.vietnamese.writing import first_of, write_number
from tdkt_batch.wording import office as say
from tdkt_batch.wording.campaign import UNIT_COLUMNS
from tdkt_batch.wording.unit_names import NUMBER_COLUMN
from tdkt_batch.workbooks.cells import SheetCells
from tdkt_batch.workbooks.read import UnreadError, open_workbook

_NAMED = 8
"""How many rows a note names."""
_OF_A_UNIT = ("ten", "ma")

UnitRows = tuple[Mapping[str, Any], ...]
"""What a register gives units, as an overlay holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRegister:
    """What an office's list says of units, as rows of an overlay, and what is to be known of it.

    ``news`` is what its rows say otherwise than the campaign: it is told once.
    """

    file: str
    rows: UnitRows
    notes: tuple[str, ...] = ()
    news: tuple[str, ...] = ()


def read_register(path: Path, campaign: Campaign) -> OfficeRegister:
    """Return the list of units in a file; ``InputError`` when it cannot be used."""
    try:
        content = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(say.NOT_OPENED.format(file=path, why=why)) from None
    return register_in(content, path.name, campaign)


def register_in(content: bytes, name: str, campaign: Campaign) -> OfficeRegister:
    """Return the list of units in a file's content; raise ``InputError`` with all that is wrong."""
    tables = _tables(content, name)
    if not tables:
        known = ", ".join(f"“{heading}”" for _, heading in UNIT_COLUMNS.values())
        raise InputError(say.NO_TABLE.format(file=name, known=known))
    return register_of(tables, name, campaign)


def register_of(tables: Sequence[ColumnTable], name: str, campaign: Campaign) -> OfficeRegister:
    """Return the list of units in tables; raise ``OfficeFileError`` with all that is wrong."""
    return _RegisterReader(campaign, name).read(tables)


def _tables(content: bytes, name: str) -> tuple[ColumnTable, ...]:
    """Return the tables of units, in a workbook or a text; those that know the most columns."""
    sheets: Sequence[SheetCells]
    try:
        book = open_workbook(content, name)
        sheets = [cells for title in book.titles if (cells := book.sheet(title))]
    except UnreadError:
        sheets = text_tables(content)
        if not sheets:
            raise InputError(say.NOT_READ.format(file=name)) from None
    heads = HeadNames(say.REGISTER_HEADS)
    found = [t for cells in sheets if (t := find_table(cells, heads, _OF_A_UNIT))]
    most = max((len(set(table.places) - {NUMBER_COLUMN}) for table in found), default=0)
    best = [t for t in found if len(set(t.places) - {NUMBER_COLUMN}) == most and most > 1]
    # one text was cut up in several ways; a workbook may have a sheet for each district
    return tuple(best[:1] if best and not best[0].cells.title else best)


_NEWS = (say.NEW_UNITS, say.RENAMED, say.OWN_CODES)


class _RegisterReader:
    """Reads one register from top to bottom, then looks at the units together."""

    def __init__(self, campaign: Campaign, name: str) -> None:
        self._campaign = campaign
        self._file = name
        self._units = RegisterUnits(campaign)
        self._rows = RegisterRows(campaign)
        self._known = {unit.code: unit for unit in campaign.units}
        self._given: dict[str, dict[str, Any]] = {}
        self._row_by_code: dict[str, RegisterRow] = {}
        self._read: list[RegisterRow] = []
        self._faults: list[str] = []
        self._notes: list[str] = []
        self._news: list[str] = []
        self._said: dict[str, list[str]] = {}

    def read(self, tables: Sequence[ColumnTable]) -> OfficeRegister:
        """Return the register; raise ``OfficeFileError`` with all that is wrong."""
        for table in tables:
            self._read_table(table)
        if not self._read:
            raise InputError(say.EMPTY.format(file=self._file))
        order = {id(row): number for number, row in enumerate(self._read)}
        codes = sorted(self._given, key=lambda code: order[id(self._row_by_code[code])])
        rows = [row for code in codes if (row := self._row_of(code))]
        if not any(row.faults for row in self._read):
            self._check(units_over(self._campaign.units, rows))
        faults = [*self._faults, *(fault for row in self._read for fault in row.faults)]
        if faults:
            raise OfficeFileError(self._file, faults)
        return OfficeRegister(
            file=self._file, rows=tuple(rows), notes=tuple(self._notes), news=tuple(self._news)
        )

    def _read_table(self, table: ColumnTable) -> None:
        title = table.cells.title
        where = say.ON_SHEET.format(file=self._file, sheet=title) if title else self._file
        for sentence, heads in (
            (say.PASSED_OVER_COLUMNS, table.passed_over),
            (say.TWICE_COLUMNS, table.twice),
        ):
            named = [say.NOTED_HEAD.format(head=head, cell=cell) for cell, head in heads]
            if named:
                self._notes.append(sentence.format(where=where, heads=", ".join(named)))
        self._said = {}
        under: str | None = None
        rows: list[tuple[RegisterRow, str | None]] = []
        all_rows = list(self._rows.of(table, where))
        listed = {full_key(row.name): row for row in all_rows if not row.is_heading}
        headings: dict[str, str] = {}
        for row in all_rows:
            key = full_key(row.name)
            if key in headings and row.is_heading:  # stands anew over other rows
                under = headings[key]
                continue
            if key in headings:  # the row of a unit that a heading names too
                rows.append((row, None))
                continue
            if row.is_heading and (above := self._units.heading_unit(row.name)):
                under = above
            elif row.is_heading and self._units.is_above_others(row.name):
                own = listed.get(key)
                under = headings[key] = self._units.new_above(row.name, own)
                if own is None:
                    rows.append((row, None))
                continue
            elif row.is_heading and not self._units.kind_of(row.name):
                self._rows.pass_over(row.number, {"ten": row.name})
                under = None
                continue
            rows.append((row, under))
        # who names nobody above may be named by another
        for row, above in sorted(rows, key=lambda one: bool(one[0].given.get("truc_thuoc"))):
            self._take(row, above)
        self._read += (row for row, _ in rows)
        self._say_of_table(where)

    def _say_of_table(self, where: str) -> None:
        rows = [say.NOTED_ROW.format(number=n + 1, text=t) for n, t in self._rows.passed_over]
        if rows:
            self._said.setdefault(say.PASSED_OVER_ROWS, []).extend(rows)
        if self._rows.levels_by_kind:
            self._said[say.LEVEL_BY_KIND] = self._rows.levels_by_kind
        for sentence, rows in self._said.items():
            said = {"number": write_number(len(rows)), "rows": first_of(rows, _NAMED)}
            told = self._news if sentence in _NEWS else self._notes
            told.append(sentence.format(where=where, head=UNIT_COLUMNS["cap"][1], **said))

    def _take(self, row: RegisterRow, under: str | None) -> None:
        """Take what a row gives its unit."""
        named = self._units.parent_of(row)
        found = self._units.unit_of(row, named or under)
        if found is None:
            return
        given = dict(row.given)
        if named:
            given["truc_thuoc"] = named
        elif found.known is None and under and not given.get("truc_thuoc"):
            given["truc_thuoc"] = under
        given["ma"] = found.code
        if found.code in self._given:
            self._add_double(row, found.code, given)
            return
        self._say_of_unit(row, found)
        self._given[found.code] = given
        self._row_by_code[found.code] = row

    def _say_of_unit(self, row: RegisterRow, found: RowsUnit) -> None:
        """Note what is new of a unit: itself, its name, the code under which an office has it."""
        known, own = found.known, row.given.get("ma")
        if known is None:
            named = say.NOTED_NAME.format(code=found.code, name=row.name)
            self._said.setdefault(say.NEW_UNITS, []).append(named)
        elif found.is_by_own_code:
            said = say.NOTED_CODE.format(own=own, name=known.name, code=known.code)
            self._said.setdefault(say.OWN_CODES, []).append(said)
        elif row.name and not self._units.is_name_of(row.name, known):
            named = say.NOTED_NAME.format(code=known.code, name=row.name)
            self._said.setdefault(say.RENAMED, []).append(named)

    def _add_double(self, row: RegisterRow, code: str, given: Mapping[str, Scalar | None]) -> None:
        """Join a row with an earlier one of the same unit; what contradicts it is a fault."""
        before, first = self._given[code], self._row_by_code[code]
        clean = True
        for column, value in given.items():
            if column in before and not _is_same(column, value, before[column]):
                two = ((first, before[column]), (row, value))
                (one, other), (at, said) = sorted(two, key=lambda pair: pair[0].number)
                told = {"value": _shown(said), "other": _shown(other), "cell": one.cell(column)}
                at.wrong(column, say.TWO_VALUES.format(**told))
                clean = False
        if clean:
            before |= {c: value for c, value in given.items() if c not in before}
            name = row.name or code
            doubled = say.NOTED_DOUBLE.format(name=name, first=first.line, second=row.line)
            self._said.setdefault(say.DOUBLED, []).append(doubled)

    def _row_of(self, code: str) -> dict[str, Any] | None:
        """Return what a unit's row of an overlay holds; None where a new one lacks something."""
        given, row = self._given[code], self._row_by_code[code]
        known, levels = self._known.get(code), self._campaign.levels
        name, level = str(given.get("ten") or ""), str(given.get("cap") or "")
        if known is None:
            given["loai"] = kind = str(given.get("loai") or self._units.kind_of(name))
            if not name:
                row.wrong("ten", say.NO_NAME)
            elif not kind and not row.faults:
                kinds = ", ".join(kind for one in levels for kind in one.unit_kinds)
                column = "loai" if "loai" in row.table.places else "ten"
                row.wrong(column, say.NO_KIND.format(known=kinds))
            given["cap"] = level_of(level, kind, levels)
            if row.faults:
                return None
        elif level:
            given["cap"] = level_of(level, known.kind, levels)
        if known and name and self._units.is_name_of(name, known):
            del given["ten"]
        return {
            UNIT_COLUMNS[column][0]: str(value) if isinstance(value, date) else value
            for column, value in given.items()
        }

    def _check(self, units: Sequence[Unit]) -> None:
        """Note where levels, kinds, parents, dates and names do not fit together."""
        for code, column, problem in register_problems(units, self._campaign.levels):
            row = self._row_by_code.get(code)
            if row is None:
                self._faults.append(say.FAULT.format(file=self._file, unit=code, problem=problem))
            else:
                row.wrong(column, say.BAD_UNIT.format(problem=problem))


def _is_same(column: str, one: Any, other: Any) -> bool:
    if column in ("ten", "lien_he"):
        return name_key(str(one)) == name_key(str(other))
    return bool(one == other)


def _shown(value: Scalar | None) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
