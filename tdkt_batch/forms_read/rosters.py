"""What people make of a form's cells and lists: struck out, dittoed, with rows that are none.

Such a cell is understood by what it means and keeps what stands in it; the repair
says so. A row that is none is not one, and is named. Nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms_read.other_rows import OtherRows, without_title
from tdkt_batch.forms_read.raw_cells import UNSTRUCK, GatheredCells, RawCell, RawRow
from tdkt_batch.values import Fault, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.wording import forms_read as say

DITTO, NAME_ALONE = "SC26", "SC27"
_MOST_QUOTED = 5
"""Of so many rows or cells it is said what stands there; of more only where."""
_DITTO = re.compile(say.DITTO)
_BETWEEN_NAMES = re.compile(say.BETWEEN_NAMES)


def as_people_write(
    cells: GatheredCells, rosters: Sequence[str], campaign: Campaign
) -> GatheredCells:
    """Return the cells with what each means, where that is not just what stands in it.

    ``rosters`` are the tables whose rows are people.
    """
    faults: list[Fault] = []
    named = {t.id for f in campaign.forms for t in f.tables if t.key == (t.columns[0].id,)}
    tables: dict[str, tuple[RawRow, ...]] = {}
    for id_, rows in cells.tables.items():
        others = OtherRows(campaign, are_people=id_ in rosters)
        tables[id_], said = _rows(id_, rows, others)
        faults += said
        faults += _without_name(id_, tables[id_]) if id_ in named else ()
    cells = replace(cells, tables=tables)
    faults += _all_struck(list(cells.all_cells))
    return replace(cells, faults=(*cells.faults, *faults))


def _all_struck(cells: Sequence[RawCell]) -> Iterator[Fault]:
    """Yield a notice of the cells in which nothing is left of what was struck out."""
    struck = [cell for cell in cells if cell.habit == UNSTRUCK and not cell.meant]
    if struck:
        first = struck[0]
        named = _named([(c.address, quoted_raw(c.raw)) for c in struck], say.CELL_SAYS)
        details = {"number": str(len(struck)), "cells": named}
        yield Fault("DL49", first.id, first.sheet, first.address, details)


def _rows(
    table: str, rows: Sequence[RawRow], others: OtherRows
) -> tuple[tuple[RawRow, ...], list[Fault]]:
    """Return the rows of a table, and what is said of those that are none or are two people.

    Rows are numbered as if those that are none were not there.
    """
    counted: list[RawRow] = []
    left_out: list[RawRow] = []
    doubles: list[RawRow] = []
    above: Mapping[str, RawCell] = {}
    for row in rows:
        if others.holds(row):
            left_out.append(row)
            continue
        meant = {id_: _ditto(cell, above.get(id_)) for id_, cell in row.cells.items()}
        if others.are_people:
            first, name = next(iter(row.cells.items()))
            doubles += [row] if len(_names(str(name.means))) > 1 else []
            meant |= {first: _name_alone(name)}
        counted.append(RawRow(row.number - len(left_out), meant, row.line))
        above = meant
    faults = []
    for code, said in (("DL48" if others.are_people else "DL50", left_out), ("DL47", doubles)):
        if said:
            first_cell = _first_filled(said[0])
            named = _named([(str(row.line), _quoted(row)) for row in said], say.ROW_SAYS)
            details = {"number": str(len(said)), "rows": named}
            faults.append(Fault(code, table, first_cell.sheet, first_cell.address, details))
    return tuple(counted), faults


def _without_name(table: str, rows: Sequence[RawRow]) -> Iterator[Fault]:
    """Yield a notice of the rows without what they are known by: they are no rows of the table."""
    nameless = [row for row in rows if is_blank_cell(next(iter(row.cells.values())).means)]
    nameless = [row for row in nameless if not all(c.is_blank for c in row.cells.values())]
    if nameless:
        key, first = next(iter(nameless[0].cells.values())), _first_filled(nameless[0])
        named = _named([(str(row.line), _quoted(row)) for row in nameless], say.ROW_SAYS)
        details = {"number": str(len(nameless)), "rows": named, "key": key.field.label}
        yield Fault("DL55", table, first.sheet, first.address, details)


def _first_filled(row: RawRow) -> RawCell:
    cells = list(row.cells.values())
    return next((cell for cell in cells if not cell.is_blank), cells[0])


def _quoted(row: RawRow) -> str:
    first = next(iter(row.cells.values()))
    is_beside = first.is_blank and row.beside
    return quoted_raw(row.beside if is_beside else _first_filled(row).raw)


def _named(places: Sequence[tuple[str, str]], phrase: str) -> str:
    """Return all cells or rows in words, the first of them with what stands there."""
    words = [phrase.format(*place) for place in places[:_MOST_QUOTED]]
    others = ", ".join(place for place, _ in places[_MOST_QUOTED:])
    return "; ".join([*words, *([say.AND_OTHERS.format(others)] if others else [])])


def is_name(text: str) -> bool:
    """Tell whether a text looks like one person's name: two to six words with capitals.

    >>> is_name("Lò Thị Ánh"), is_name("Cá nhân điển hình"), is_name("Lò Văn A, Lò Văn B")
    (True, False, False)
    """
    words = text.split()
    return 2 <= len(words) <= 6 and all(w.isalpha() and w[0].isupper() for w in words)


def _names(text: str) -> list[str]:
    """Return the names in a cell that are several: each must look like one, or be a title's."""
    parts = [squeeze(part).strip(" )") for part in _BETWEEN_NAMES.split(text)]
    alone = [squeeze(without_title(part)) for part in parts]
    are_names = (
        is_name(name) or (name != part and name.isalpha() and name[:1].isupper())
        for part, name in zip(parts, alone, strict=True)
    )
    return alone if all(are_names) else []


def _name_alone(cell: RawCell) -> RawCell:
    """Return the cell of a name without a number typed before it, Ông or Bà."""
    if not isinstance(cell.means, str):
        return cell
    name = squeeze(without_title(squeeze(cell.means)))
    if name == squeeze(cell.means) or not is_name(name):
        return cell
    return replace(cell, meant=name, habit=cell.habit or NAME_ALONE)


def _ditto(cell: RawCell, above: RawCell | None) -> RawCell:
    """Return a cell with a ditto mark, meaning what the one above it means."""
    is_mark = isinstance(cell.means, str) and _DITTO.fullmatch(squeeze(cell.means).lower())
    if not is_mark or above is None or is_blank_cell(above.means):
        return cell
    return replace(cell, meant=above.means, habit=DITTO)
