"""The register of units (danh sách đơn vị): read from CSV or .xlsx, checked, overlaid.

The board's own register lies over the campaign's: a code it names is replaced
column by column where it has a value, a new code is added.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import python_calamine

from tdkt_batch.campaign.definition import Level
from tdkt_batch.errors import CampaignError
from tdkt_batch.model import Unit
from tdkt_batch.wording import campaign as say
from tdkt_batch.wording.campaign import UNIT_COLUMNS


def read_register(
    path: Path, levels: tuple[Level, ...], under: tuple[Unit, ...] = ()
) -> tuple[Unit, ...]:
    """Return the units of a register file, laid over ``under``.

    A new unit's level may be left out: its kind tells it. Raises
    ``CampaignError`` naming file, row and column of what cannot be used.
    """
    units = {unit.code: unit for unit in under}
    seen: dict[str, int] = {}
    for number, row in _rows(path):
        fail = partial(CampaignError, path.name, say.ROW.format(number=number))
        code = row.get("ma", "")
        if not code:
            raise fail(say.NO_CODE)
        if code in seen:
            raise fail(say.CODE_TWICE.format(code=code, number=seen[code]))
        seen[code] = number
        given = {UNIT_COLUMNS[c][0]: _typed(c, text, fail) for c, text in row.items() if text}
        if code in units:
            units[code] = replace(units[code], **given)
            continue
        padded = code.zfill(5)
        if padded in units:  # a spreadsheet took the code for a number
            raise fail(say.CODE_WITHOUT_ZEROS.format(code=code, padded=padded))
        for column in ("ten", "loai"):
            attribute, heading = UNIT_COLUMNS[column]
            if attribute not in given:
                raise fail(say.NEW_UNIT_LACKS.format(code=code, heading=heading))
        # the level is written by id or by name, else told by the kind
        written = given.setdefault("level", "").casefold()
        for level in levels:
            named = written in (level.id.casefold(), level.name.casefold())
            if named or (not written and given["kind"] in level.unit_kinds):
                given["level"] = level.id
                break
        units[code] = Unit(**given)
    superiors = {unit.code: unit.name for unit in units.values()}
    return tuple(
        replace(unit, superior=superiors.get(unit.parent or "", "")) for unit in units.values()
    )


def check_register(file: str, units: Iterable[Unit], levels: tuple[Level, ...]) -> None:
    """Raise ``CampaignError`` unless levels, kinds, parents, dates and names fit together."""
    by_code = {unit.code: unit for unit in units}
    level_by_id = {level.id: level for level in levels}
    names: dict[tuple[str, str | None], str] = {}
    for unit in by_code.values():
        fail = partial(CampaignError, file, unit.code)
        level = level_by_id.get(unit.level)
        if level is None:
            known = "; ".join(f"{one.name}: {', '.join(one.unit_kinds)}" for one in levels)
            raise fail(say.NO_LEVEL_OR_KIND.format(level=unit.level, kind=unit.kind, known=known))
        if unit.kind not in level.unit_kinds:
            raise fail(say.NO_KIND_IN_LEVEL.format(level=level.id, kind=unit.kind))
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            raise fail(say.UNIT_ENDS_BEFORE_START)
        if unit.parent is not None and unit.parent not in by_code:
            raise fail(say.NO_PARENT.format(parent=unit.parent))
        if unit.parent is not None and not _overlap(unit, by_code[unit.parent]):
            raise fail(say.OUTSIDE_PARENT.format(parent=unit.parent))
        same = names.setdefault((unit.name, unit.parent), unit.code)
        if same != unit.code and _overlap(unit, by_code[same]):
            raise fail(say.NAME_TWICE.format(name=unit.name, other=same))


def _overlap(one: Unit, other: Unit) -> bool:
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_to or date.max, other.valid_to or date.max)


# --- rows and cells of the file -----------------------------------------------------------


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield row number (as a spreadsheet counts) and cells by column id."""
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = say.REGISTER_NOT_OPENED.format(error=error.strerror)
        raise CampaignError(path.name, "", problem) from None
    table = _table(path, content)
    if not table:
        raise CampaignError(path.name, "", say.REGISTER_EMPTY)
    fail = partial(CampaignError, path.name, say.ROW.format(number=1))
    column_by_head = {
        head.casefold(): id_ for id_, (_, title) in UNIT_COLUMNS.items() for head in (id_, title)
    }
    for head in table[0]:
        if head and head.casefold() not in column_by_head:
            known = ", ".join(heading for _, heading in UNIT_COLUMNS.values())
            raise fail(say.NO_REGISTER_COLUMN.format(head=head, known=known))
    columns = [column_by_head.get(head.casefold(), "") for head in table[0]]
    if "ma" not in columns:
        raise fail(say.NO_CODE_COLUMN)
    for number, cells in enumerate(table[1:], start=2):
        row = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        if any(row.values()):
            yield number, row


def _table(path: Path, content: bytes) -> list[list[str]]:
    """Return the cells of a CSV file, or of a workbook's first sheet, as people would type them."""

    def as_typed(cell: object) -> str:
        if isinstance(cell, datetime | date):
            return f"{cell:%d/%m/%Y}"
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        return " ".join(unicodedata.normalize("NFC", str(cell)).replace("\u00a0", " ").split())

    rows: Iterable[list[Any]]
    if path.suffix.lower() == ".csv":
        try:
            rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        except UnicodeDecodeError:
            raise CampaignError(path.name, "", say.REGISTER_NOT_UTF8) from None
    else:
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        except (python_calamine.CalamineError, python_calamine.WorksheetNotFound):
            raise CampaignError(path.name, "", say.REGISTER_UNREADABLE) from None
    return [[as_typed(cell) for cell in row] for row in rows]


def _typed(column: str, text: str, fail: Callable[[str], CampaignError]) -> Any:
    """Return a cell as the attribute of ``Unit`` takes it."""
    heading = UNIT_COLUMNS[column][1]
    if column in ("tu_ngay", "den_ngay"):
        try:
            return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            raise fail(say.NOT_A_DAY.format(heading=heading, text=text)) from None
    if column == "phan_bo":
        if not text.isdecimal():
            raise fail(say.NOT_A_NUMBER.format(heading=heading, text=text))
        return int(text)
    return text.casefold() in say.YES if column == "mien_bao_cao" else text
