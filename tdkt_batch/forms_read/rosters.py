"""What people make of a form's cells and lists: struck out, joined, dittoed, with headings between.

Such a cell is understood by what it means and keeps what stands in it; the repair
says so. A row that is no person is not one, and is named. Nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms_read.raw_cells import UNSTRUCK, GatheredCells, RawCell, RawRow
from tdkt_batch.model import Fault, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.spelling import spelling_key
from tdkt_batch.wording import forms_read as say

DITTO, NAME_ALONE = "SC26", "SC27"
_MOST_NAMED = 5
_NUMBERED = re.compile(say.NUMBERED, re.DOTALL)
_TITLE = re.compile(rf"(?i:{say.BEFORE_A_NAME})\s*(?=\S)")
_DITTO = re.compile(say.DITTO)
_BETWEEN_NAMES = re.compile(say.BETWEEN_NAMES)


def as_people_write(cells: GatheredCells, rosters: Sequence[str]) -> GatheredCells:
    """Return the cells with what each means, where that is not just what stands in it.

    ``rosters`` are the tables whose rows are people.
    """
    faults: list[Fault] = []
    tables = dict(cells.tables)
    for id_ in rosters:
        if id_ in tables:
            tables[id_], said = _people(id_, tables[id_])
            faults += said
    cells = replace(cells, tables=tables)
    faults += _all_struck(list(cells.all_cells))
    return replace(cells, faults=(*cells.faults, *faults))


def _all_struck(cells: Sequence[RawCell]) -> Iterator[Fault]:
    """Yield a notice of the cells in which nothing is left of what was struck out."""
    struck = [cell for cell in cells if cell.habit == UNSTRUCK and not cell.meant]
    if struck:
        first = struck[0]
        named = _named(say.CELL_SAYS.format(c.address, quoted_raw(c.raw)) for c in struck)
        details = {"number": str(len(struck)), "cells": named}
        yield Fault("DL49", first.id, first.sheet, first.address, details)


# --- people -------------------------------------------------------------------------------


def _people(table: str, rows: Sequence[RawRow]) -> tuple[tuple[RawRow, ...], list[Fault]]:
    """Return the rows that are people, and what is said of those that are none or are two.

    People are numbered as if the other rows were not there. Below a signature
    stands the signer's name.
    """
    people: list[RawRow] = []
    others: list[tuple[int, RawCell]] = []
    doubles: list[tuple[int, RawCell]] = []
    is_signed = False
    for row in rows:
        key = next(iter(row.cells.values()))
        name = squeeze(str(key.means)) if isinstance(key.means, str) else ""
        is_alone = sum(not is_blank_cell(cell.means) for cell in row.cells.values()) == 1
        is_signed = is_signed or _begins(name, say.SIGNATURES)
        is_end = is_alone and is_signed
        is_struck = key.habit == UNSTRUCK and not name
        if is_struck or (name and (is_end or not _is_person(name, is_alone=is_alone))):
            others.append((row.line, key))
            continue
        if len(_names(str(key.means))) > 1:
            doubles.append((row.line, key))
        above: Mapping[str, RawCell] = people[-1].cells if people else {}
        meant = {id_: _ditto(cell, above.get(id_)) for id_, cell in row.cells.items()}
        meant |= {next(iter(row.cells)): _name_alone(key)}
        people.append(RawRow(row.number - len(others), meant, row.line))
    faults = []
    for code, lines in (("DL48", others), ("DL47", doubles)):
        if lines:
            named = _named(say.ROW_SAYS.format(line, quoted_raw(c.raw)) for line, c in lines)
            _, first = lines[0]
            details = {"number": str(len(lines)), "rows": named}
            faults.append(Fault(code, table, first.sheet, first.address, details))
    return tuple(people), faults


def _named(phrases: Iterator[str]) -> str:
    named = list(phrases)
    return "; ".join(named[:_MOST_NAMED]) + ("; …" if len(named) > _MOST_NAMED else "")


def _is_person(text: str, *, is_alone: bool) -> bool:
    """Tell whether a row is a person by the text in the place of the name.

    ``is_alone`` says that nothing else stands in the row.
    """
    text = _TITLE.sub("", text, count=1) if _TITLE.match(text) else text
    numbered = _NUMBERED.fullmatch(text)
    rest = numbered["rest"] if numbered else text
    if _begins(rest, f"{say.TOTALS}|{say.SIGNATURES}"):
        return False
    if not is_alone:
        return True
    is_part = numbered is not None and not numbered["number"].isdigit()
    return not (
        _begins(rest, say.GROUPS) or is_part or (numbered is not None and not is_name(rest))
    )


def _begins(text: str, words: str) -> bool:
    return bool(re.match(rf"(?:{words})(?![^\W\d_])", spelling_key(text).lstrip("(* ")))


def is_name(text: str) -> bool:
    """Tell whether a text looks like one person's name: two to six words with capitals.

    >>> is_name("Lò Thị Ánh"), is_name("Cá nhân điển hình"), is_name("Lò Văn A, Lò Văn B")
    (True, False, False)
    """
    words = text.split()
    return 2 <= len(words) <= 6 and all(w.isalpha() and w[0].isupper() for w in words)


def _names(text: str) -> list[str]:
    """Return the names in a cell that are several: each must look like one."""
    parts = [squeeze(_without_title(part)) for part in _BETWEEN_NAMES.split(text)]
    return parts if all(is_name(part) for part in parts) else []


def _without_title(name: str) -> str:
    numbered = _NUMBERED.fullmatch(squeeze(name))
    if numbered and numbered["number"].isdigit():
        name = numbered["rest"]
    return _TITLE.sub("", name, count=1) if _TITLE.match(name) else name


def _name_alone(cell: RawCell) -> RawCell:
    """Return the cell of a name without a number typed before it, Ông or Bà."""
    if not isinstance(cell.means, str):
        return cell
    name = squeeze(_without_title(squeeze(cell.means)))
    if name == squeeze(cell.means) or not is_name(name):
        return cell
    return replace(cell, meant=name, habit=cell.habit or NAME_ALONE)


def _ditto(cell: RawCell, above: RawCell | None) -> RawCell:
    """Return a cell with a ditto mark, meaning what the one above it means."""
    is_mark = isinstance(cell.means, str) and _DITTO.fullmatch(squeeze(cell.means).lower())
    if not is_mark or above is None or is_blank_cell(above.means):
        return cell
    return replace(cell, meant=above.means, habit=DITTO)
