"""A workbook → a submission: every value with its cell, its raw content and its repair.

Cells are gathered wherever they stand, understood one by one, then looked at
together: fonts, the PC's settings, whose form it is and for which month. What is
not found in exactly one place is a fault, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tdkt_batch.campaign.definition import Campaign, FieldKind, Form
from tdkt_batch.forms.cell_meaning import implied_zeros
from tdkt_batch.forms.check_figure import check_figure
from tdkt_batch.forms.layout import (
    PANEL_EXPLANATION,
    PANEL_HEAD_ROW,
    PANEL_RULE,
    capacities_in,
    with_capacities,
)
from tdkt_batch.forms_read.extras import extras_of
from tdkt_batch.forms_read.fonts import with_fonts
from tdkt_batch.forms_read.form_evidence import revise
from tdkt_batch.forms_read.gather import gather
from tdkt_batch.forms_read.identify import FormMatch, form_of, meta_of, month_of, raw_text, unit_of
from tdkt_batch.forms_read.raw_cells import Gathered, RawCell
from tdkt_batch.forms_read.repair import understand, understand_ordinal
from tdkt_batch.model import Fault, Source, Submission, TableRow, Value
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding
from tdkt_batch.vietnamese.legacy_text import proved_encoding
from tdkt_batch.wording.forms import PANEL_SHEET
from tdkt_batch.workbooks.read import (
    SheetCells,
    Unread,
    UnreadError,
    Workbook,
    open_workbook,
)

_BROKEN = {"error": "DL11", "uncached": "DL12"}
_NAMED = 5
"""How many of an older form's missing lines a notice names."""


def read_form(
    content: bytes, source: Source, campaign: Campaign, *, careful: bool = False
) -> Submission | Unread:
    """Return what the form in ``content`` says, or why it cannot be read as one.

    Faults of single cells stand in their values, those of the whole file in the
    submission's ``faults``.
    """
    try:
        book = open_workbook(content, source.name, careful=careful)
        return _read(book, book.content, source, campaign)
    except UnreadError as error:
        return error.unread


def _read(book: Workbook, content: bytes, source: Source, campaign: Campaign) -> Submission:
    meta = meta_of(book)
    match = form_of(book, meta, campaign)
    form, roles = with_capacities(match.form, capacities_in(meta, match.form)), campaign.roles
    try:
        cells = with_fonts(gather(book, form, content, (roles.unit, roles.month)), content)
        if match.is_other_version and not match.notices:
            cells = _without_lost(cells)
        values, tables = _understood(cells, campaign)
        unit, about_unit = unit_of(values[roles.unit], meta, form, campaign, source)
        month, about_month = month_of(values[roles.month], meta)
    except UnreadError as error:
        raise _with_hint(error, meta, campaign) from None
    revised = revise(form, values, tables, month, campaign)
    values, tables = _with_implied_zeros(form, revised.values, revised.tables)
    return Submission(
        source=source,
        form=form.id,
        form_version=form.version,
        unit=unit.code,
        month=month,
        values=values,
        tables=tables,
        check_figure=check_figure(form, values, tables),
        explanations=_explanations(book.sheet(PANEL_SHEET), campaign),
        faults=(*_about_form(match, meta, cells), *about_unit, *about_month, *revised.faults),
        extras=extras_of(book, form),
    )


def _with_hint(error: UnreadError, meta: Mapping[str, str], campaign: Campaign) -> UnreadError:
    """Return the error with the unit that the hidden identity names."""
    if meta["unit"] in campaign.unit_by_code:
        error.unread = replace(error.unread, unit=meta["unit"])
    return error


def _about_form(match: FormMatch, meta: Mapping[str, str], cells: Gathered) -> tuple[Fault, ...]:
    """Return what has to be said of the whole file.

    What an older form lacks is one notice, not a fault each.
    """
    if not match.is_other_version or match.notices:
        return (*match.notices, *cells.faults)
    labels = [f"“{label}”" for label in dict.fromkeys(f.label for f in cells.lost)]
    more = "; …" if len(labels) > _NAMED else ""
    lacking = f"; không có: {'; '.join(labels[:_NAMED])}{more}" if labels else ""
    details = {"version": meta["form_version"], "lacking": lacking}
    said = (fault for fault in cells.faults if fault.code not in ("DL22", "DL31"))
    return (Fault("DL34", details=details), *said)


def _without_lost(cells: Gathered) -> Gathered:
    """Return the cells without a fault each for what an older form does not have."""
    said = {id_: c if c.address else replace(c, fault=None) for id_, c in cells.cells.items()}
    return replace(cells, cells=said)


# --- cells → values --------------------------------------------------------------------------


def _understood(
    cells: Gathered, campaign: Campaign
) -> tuple[dict[str, Value], dict[str, tuple[TableRow, ...]]]:
    proved = _proved_encoding(cells)
    values = {id_: _value(cell, campaign, proved) for id_, cell in cells.cells.items()}
    role = campaign.roles.figures.get("ordinal", "")
    if role in values:
        values[role] = understand_ordinal(values[role])
    tables = {
        id_: tuple(
            TableRow(row.number, {c: _value(x, campaign, proved) for c, x in row.cells.items()})
            for row in rows
        )
        for id_, rows in cells.tables.items()
    }
    return values, tables


def _proved_encoding(cells: Gathered) -> LegacyEncoding | None:
    """Return the encoding of the texts that were typed, not chosen and not there from the start."""
    texts = [
        (cell.raw, cell.font or None)
        for cell in cells.all_cells
        if isinstance(cell.raw, str) and not cell.raw.isascii() and _is_typed_text(cell)
    ]
    return proved_encoding(texts) if texts else None


def _is_typed_text(cell: RawCell) -> bool:
    return cell.field.kind in (FieldKind.TEXT, FieldKind.NOTE) and not cell.field.prefill


def _value(cell: RawCell, campaign: Campaign, proved: LegacyEncoding | None) -> Value:
    if cell.broken is not None:
        fault = Fault(_BROKEN[cell.broken.problem], cell.id, cell.sheet, cell.address,
                      {"raw": cell.broken.text})  # fmt: skip
        return _missing(cell, fault)
    if not cell.address or cell.fault is not None:
        return _missing(cell, cell.fault)
    found = understand(cell.field, cell.raw, campaign, proved, cell.font)
    return Value(
        field=cell.id,
        value=found.value,
        typed=found.typed,
        raw=cell.raw,
        sheet=cell.sheet,
        cell=cell.address,
        repair=found.repair,
        fault=found.fault
        and replace(found.fault, field=cell.id, sheet=cell.sheet, cell=cell.address),
        found=cell.found,
    )


def _missing(cell: RawCell, fault: Fault | None) -> Value:
    """Return a value that is missing in both readings: not found, broken or contested."""
    return Value(
        field=cell.id,
        value=None,
        typed=None,
        raw=cell.raw,
        sheet=cell.sheet,
        cell=cell.address,
        fault=fault,
        found=cell.found,
    )


def _with_implied_zeros(
    form: Form, values: Mapping[str, Value], tables: Mapping[str, tuple[TableRow, ...]]
) -> tuple[dict[str, Value], dict[str, tuple[TableRow, ...]]]:
    """Return the values with implied zeros; a cell that was not found is never 0."""
    located = {id_: value for id_, value in values.items() if _may_be_implied(value)}
    rows = {id_: tuple(map(_located, rows)) for id_, rows in tables.items()}
    filled, zeroed = implied_zeros(form, located, rows)
    return {id_: filled.get(id_, value) for id_, value in values.items()}, {
        id_: tuple(
            replace(row, values={**row.values, **zero.values}) if row is not zero else row
            for row, zero in zip(tables[id_], zeroed[id_], strict=True)
        )
        for id_ in zeroed
    }


def _may_be_implied(value: Value) -> bool:
    return bool(value.cell) and not (value.is_blank and value.fault)


def _located(row: TableRow) -> TableRow:
    """Return the row without the cells that were not found."""
    if all(value.cell for value in row.values.values()):
        return row
    return replace(row, values={id_: value for id_, value in row.values.items() if value.cell})


# --- what the unit explains --------------------------------------------------------------------


def _explanations(panel: SheetCells | None, campaign: Campaign) -> dict[str, str]:
    """Return what the unit wrote beside each rule of its check panel, by rule id."""
    if panel is None:
        return {}
    rules = {rule.id for rule in campaign.rules}
    rows = range(PANEL_HEAD_ROW + 1, panel.height)
    written = {
        raw_text(panel.raw(r, PANEL_RULE)): raw_text(panel.raw(r, PANEL_EXPLANATION)) for r in rows
    }
    return {rule: text for rule, text in written.items() if rule in rules and text}
