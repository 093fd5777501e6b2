"""Several copies of one sheet in a workbook: the only one filled, or what they agree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tdkt_batch.forms.cell_meaning import quoted_raw
from tdkt_batch.forms_read.raw_cells import Gathered, RawCell, RawRow, content_of
from tdkt_batch.model import Fault, Raw
from tdkt_batch.workbooks.read import UnreadError


def one_of(readings: Sequence[Gathered], titles: Sequence[str], roles: Sequence[str]) -> Gathered:
    """Return the reading that counts of copies: the only one filled, or where they agree."""
    filled = [n for n, reading in enumerate(readings) if _is_touched(reading)] or [0]
    first, *others = filled
    chosen = readings[first]
    for other in others:
        chosen = _where_agreed(chosen, readings[other], roles)
    if len(readings) == 1 or chosen is not readings[first]:
        return chosen
    copies = "; ".join(f"“{title}”" for n, title in enumerate(titles) if n != first)
    said = Fault("DL38", sheet=titles[first], details={"copies": copies})
    return replace(chosen, faults=(*chosen.faults, said))


def _is_touched(reading: Gathered) -> bool:
    """Tell whether anything was typed beyond what stands in the form from the start."""
    if any(not c.is_blank and not c.field.prefill for c in reading.cells.values()):
        return True
    return any(len(_typed(row)) > 1 for rows in reading.tables.values() for row in rows)


def _typed(row: RawRow) -> Mapping[str, Raw]:
    return {id_: content_of(cell) for id_, cell in row.cells.items() if not cell.is_blank}


def _where_agreed(one: Gathered, other: Gathered, roles: Sequence[str]) -> Gathered:
    """Return what two copies of a sheet agree on; where they differ there is a fault."""
    cells = {id_: _agreed(cell, other.cells[id_]) for id_, cell in one.cells.items()}
    differing = [id_ for id_, cell in cells.items() if cell is not one.cells[id_]]
    if contested := next((id_ for id_ in differing if id_ in roles), None):
        raise UnreadError(
            "copied_sheet",
            one=one.cells[contested].sheet,
            other=other.cells[contested].sheet,
            label=one.cells[contested].field.label,
        )
    tables, faults = dict(one.tables), list(one.faults)
    for id_, rows in one.tables.items():
        if [_typed(row) for row in rows] != [_typed(row) for row in other.tables[id_]]:
            tables[id_] = ()
            sheets = {"other": _sheet_of(other.tables[id_])}
            faults.append(Fault("DL21", id_, _sheet_of(rows), details=sheets))
    if not differing and len(faults) == len(one.faults):
        return one
    return replace(one, cells=cells, tables=tables, faults=tuple(faults))


def _sheet_of(rows: Sequence[RawRow]) -> str:
    return next((cell.sheet for row in rows for cell in row.cells.values()), "")


def _agreed(one: RawCell, other: RawCell) -> RawCell:
    if content_of(one) == content_of(other):
        return one
    details = {
        "one": f"{quoted_raw(one.raw) or 'để trống'} (trang “{one.sheet}”)",
        "other": f"{quoted_raw(other.raw) or 'để trống'} (trang “{other.sheet}”)",
    }
    fault = Fault("DL19", one.id, one.sheet, one.address, details)
    return replace(one, fault=fault)
