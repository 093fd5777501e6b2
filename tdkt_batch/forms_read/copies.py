"""Several copies of one sheet → what is filled in any, where none says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms_read.find_sheets import SheetMatch
from tdkt_batch.forms_read.raw_cells import GatheredCells, RawCell, RawRow
from tdkt_batch.values import Fault
from tdkt_batch.wording import forms_read as say
from tdkt_batch.workbooks.read import UnreadError


def one_of_copies(
    match: SheetMatch, readings: Sequence[GatheredCells], roles: Sequence[str]
) -> GatheredCells:
    """Return the reading that counts of copies: what is filled in any, where none says otherwise.

    The one with most in it comes first; a cell that is blank in it is taken from another.
    """
    sheet, titles = match.sheet, [cells.title for cells in match.candidates]
    if not readings:
        fields = (field for line in sheet.lines for field in line.fields)
        absent = {f.id: RawCell(field=f, id=f.id, sheet=sheet.title) for f in fields}
        said, unread = Fault("DL14", sheet=sheet.title), tuple(table.id for table in sheet.tables)
        return GatheredCells(absent, dict.fromkeys(unread, ()), (said,), unread=unread)
    first, *others = sorted(range(len(readings)), key=lambda n: -_filled_in(readings[n]))
    chosen = readings[first]
    for other in others:
        chosen = _joined(chosen, readings[other], roles)
    if others and len(chosen.faults) == len(readings[first].faults) and not _contested(chosen):
        copies = "; ".join(say.QUOTED.format(titles[n]) for n in sorted(others))
        said = Fault("DL38", sheet=titles[first], details={"copies": copies})
        chosen = replace(chosen, faults=(*chosen.faults, said))
    if match.is_renamed:
        said = Fault("DL32", sheet=titles[0], details={"expected": sheet.title})
        chosen = replace(chosen, faults=(said, *chosen.faults))
    return chosen


def _filled_in(reading: GatheredCells) -> int:
    """Return how many cells hold something that did not stand in the form from the start."""
    cells = (cell for cell in reading.cells.values() if not cell.field.prefill)
    rows = (row for rows in reading.tables.values() for row in rows)
    return sum(not cell.is_blank for cell in cells) + sum(len(row.typed) for row in rows)


def _contested(reading: GatheredCells) -> bool:
    return any(cell.fault and cell.fault.code == "DL19" for cell in reading.all_cells)


def _joined(one: GatheredCells, other: GatheredCells, roles: Sequence[str]) -> GatheredCells:
    """Return what two copies of a sheet say together; a cell in which they differ has a fault.

    Raises ``UnreadError`` when they differ in whose form it is. Two lists of
    different people are not joined: they are a fault together.
    """
    cells = {id_: _one_cell(cell, other.cells[id_], roles) for id_, cell in one.cells.items()}
    tables, faults = dict(one.tables), list(one.faults)
    unread = [id_ for id_ in one.unread if id_ in other.unread]
    for id_, rows in one.tables.items():
        twins = other.tables[id_]
        if not rows or not twins:
            tables[id_] = rows or twins
            continue
        alike = sum(map(_may_be_one, rows, twins))
        if 2 * alike < max(len(rows), len(twins)):
            tables[id_] = ()
            unread.append(id_)
            own, others = (
                next((cell.sheet for row in part for cell in row.cells.values()), "")
                for part in (rows, twins)
            )
            faults.append(Fault("DL21", id_, own, details={"other": others}))
            continue
        row_by_number = {row.number: row for row in (*twins, *rows)}
        for twin in twins:
            row = row_by_number[twin.number]
            if row is not twin:
                joined = {c: _one_cell(cell, twin.cells[c], ()) for c, cell in row.cells.items()}
                row_by_number[twin.number] = RawRow(row.number, joined, row.line, row.beside)
        tables[id_] = tuple(row_by_number[number] for number in sorted(row_by_number))
    return replace(one, cells=cells, tables=tables, faults=tuple(faults), unread=tuple(unread))


def _may_be_one(row: RawRow, twin: RawRow) -> bool:
    """Tell whether no cell of two rows holds one thing here and another there."""
    return all(twin.typed.get(id_, content) == content for id_, content in row.typed.items())


def _one_cell(cell: RawCell, twin: RawCell, roles: Sequence[str]) -> RawCell:
    """Return the one of two cells that holds something; with a fault when both do and differ."""
    if twin.is_blank or cell.content == twin.content:
        return cell
    if cell.is_blank and not cell.fault:
        return twin
    if cell.id in roles:
        sheets = {"one": cell.sheet, "other": twin.sheet}
        raise UnreadError("copied_sheet", **sheets, label=cell.field.label)
    one, other = (say.ON_SHEET.format(quoted_raw(x.raw), x.sheet) for x in (cell, twin))
    said = {"one": one, "other": other}
    return replace(cell, fault=Fault("DL19", cell.id, cell.sheet, cell.address, said))
