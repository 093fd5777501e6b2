"""The register of units (danh sách đơn vị) of a campaign: read from its CSV, checked.

What an office's own register lays over it is read by ``office``.
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

from tdkt_batch.campaign.definition import Level
from tdkt_batch.errors import CampaignError
from tdkt_batch.model import Unit
from tdkt_batch.wording import campaign as say
from tdkt_batch.wording.campaign import UNIT_COLUMNS


def read_units(path: Path, levels: tuple[Level, ...]) -> tuple[Unit, ...]:
    """Return the units of a campaign's own CSV file, each with its superior's name.

    A unit's level may be left out: its kind tells it. Raises ``CampaignError`` for
    the first row that cannot be used, with file, row and column.
    """
    units: dict[str, Unit] = {}
    rows: dict[str, int] = {}
    for number, row in _rows(path):
        fail = partial(CampaignError, path.name, say.ROW.format(number=number))
        code = row.get("ma", "")
        if not code:
            raise fail(say.NO_CODE)
        if code in rows:
            raise fail(say.CODE_TWICE.format(code=code, number=rows[code]))
        rows[code] = number
        given = {UNIT_COLUMNS[c][0]: _typed(c, text, fail) for c, text in row.items() if text}
        for column in ("ten", "loai"):
            attribute, heading = UNIT_COLUMNS[column]
            if attribute not in given:
                raise fail(say.NEW_UNIT_LACKS.format(code=code, heading=heading))
        given["level"] = level_of(given.get("level", ""), given["kind"], levels)
        units[code] = Unit(**given)
    for code, _, problem in register_problems(units.values(), levels):
        raise CampaignError(path.name, code, problem)
    return with_superiors(units.values())


def level_of(written: str, kind: str, levels: tuple[Level, ...]) -> str:
    """Return the id of the level that is written by id or name, else told by the unit's kind.

    What is none of them is returned as it is written.
    """
    folded = written.casefold()
    for level in levels:
        is_named = folded in (level.id.casefold(), level.name.casefold())
        if is_named or (not written and kind in level.unit_kinds):
            return level.id
    return written


def with_superiors(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return units, each with the name of the one right above it."""
    by_code = {unit.code: unit for unit in units}
    names = {code: unit.name for code, unit in by_code.items()}
    return tuple(replace(one, superior=names.get(one.parent or "", "")) for one in by_code.values())


def register_problems(
    units: Iterable[Unit], levels: tuple[Level, ...]
) -> Iterator[tuple[str, str, str]]:
    """Yield where levels, kinds, parents, dates and names do not fit together.

    Each time the unit's code, the column to be mended and what is wrong.
    """
    by_code = {unit.code: unit for unit in units}
    level_by_id = {level.id: level for level in levels}
    names: dict[tuple[str, str | None], str] = {}
    for unit in by_code.values():
        level = level_by_id.get(unit.level)
        if level is None:
            known = "; ".join(f"{one.name}: {', '.join(one.unit_kinds)}" for one in levels)
            said = {"level": unit.level, "kind": unit.kind, "known": known}
            yield unit.code, "cap" if unit.level else "loai", say.NO_LEVEL_OR_KIND.format(**said)
        elif unit.kind not in level.unit_kinds:
            said = {"level": level.name, "kind": unit.kind, "known": ", ".join(level.unit_kinds)}
            yield unit.code, "loai", say.NO_KIND_IN_LEVEL.format(**said)
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            yield unit.code, "den_ngay", say.UNIT_ENDS_BEFORE_START
            continue
        parent = by_code.get(unit.parent or "")
        if unit.parent and parent is None:
            yield unit.code, "truc_thuoc", say.NO_PARENT.format(parent=unit.parent)
        elif parent and not _overlap(unit, parent):
            yield unit.code, "truc_thuoc", say.OUTSIDE_PARENT.format(parent=parent.name)
        same = names.setdefault((unit.name, unit.parent), unit.code)
        if same != unit.code and _overlap(unit, by_code[same]):
            yield unit.code, "ten", say.NAME_TWICE.format(name=unit.name, other=same)


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
    """Return the cells of a CSV file, trimmed."""
    try:
        rows = csv.reader(io.StringIO(unicodedata.normalize("NFC", content.decode("utf-8-sig"))))
    except UnicodeDecodeError:
        raise CampaignError(path.name, "", say.REGISTER_NOT_UTF8) from None
    return [[" ".join(cell.split()) for cell in row] for row in rows]


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
