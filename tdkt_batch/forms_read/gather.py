"""A workbook known to be a form → the raw cell of each of its fields, and how it was found.

Nothing is understood here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tdkt_batch.campaign.definition import Form
from tdkt_batch.forms.layout import FormLayout, layout_of
from tdkt_batch.forms_read.copied_sheets import one_of
from tdkt_batch.forms_read.find_sheets import SheetMatch, find_sheets
from tdkt_batch.forms_read.raw_cells import Gathered, absent_cell
from tdkt_batch.forms_read.sheet_reader import SheetReader
from tdkt_batch.model import Fault
from tdkt_batch.workbooks.defined_names import DefinedNames
from tdkt_batch.workbooks.read import UnreadError, Workbook


def gather(book: Workbook, form: Form, content: bytes, roles: Sequence[str]) -> Gathered:
    """Return the form's raw cells; ``UnreadError`` when its first sheet is not there for certain.

    ``roles`` are the fields that say whose form it is: copies of a sheet must not
    differ in them.
    """
    names, layout = DefinedNames(content), layout_of(form)
    parts: list[Gathered] = []
    for match in find_sheets(book, form):
        if not match.candidates and match.sheet is form.sheets[0]:
            raise UnreadError("broken_layout", sheet=match.sheet.title)
        parts.append(_of_match(match, layout, names, roles))
    return _joined(parts)


def _joined(parts: Sequence[Gathered]) -> Gathered:
    return Gathered(
        {id_: cell for part in parts for id_, cell in part.cells.items()},
        {id_: rows for part in parts for id_, rows in part.tables.items()},
        tuple(fault for part in parts for fault in part.faults),
        tuple(field for part in parts for field in part.lost),
    )


def _of_match(
    match: SheetMatch, layout: FormLayout, names: DefinedNames, roles: Sequence[str]
) -> Gathered:
    sheet = match.sheet
    if not match.candidates:
        absent = {f.id: absent_cell(f, sheet.title) for line in sheet.lines for f in line.fields}
        return Gathered(
            absent, {t.id: () for t in sheet.tables}, (Fault("DL14", sheet=sheet.title),)
        )
    readings = [SheetReader(sheet, cells, layout, names).read() for cells in match.candidates]
    title = match.candidates[0].title
    renamed = Fault("DL32", sheet=title, details={"expected": sheet.title})
    gathered = one_of(readings, [cells.title for cells in match.candidates], roles)
    if match.is_renamed:
        return replace(gathered, faults=(renamed, *gathered.faults))
    return gathered
