"""A workbook → a submission: every value with its cell, its raw content and its repair.

Cells are gathered wherever they stand, understood one by one, then looked at
together: fonts, the PC's settings, whose form it is and for which month. What is
not found in exactly one place is a fault, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.roles import Role, TableRole
from tdkt_batch.forms.as_typed import Understood, implied_zeros, typed_value
from tdkt_batch.forms.check_figure import check_figure
from tdkt_batch.forms.layout import (
    DAYS_AS_TEXT,
    capacities_in,
    with_capacities,
)
from tdkt_batch.forms_read.explanations import explanations_in
from tdkt_batch.forms_read.extras import extras_of, named_extras
from tdkt_batch.forms_read.find_sheets import check_panel, texts_in
from tdkt_batch.forms_read.gather import gather
from tdkt_batch.forms_read.identify import form_of, meta_of, month_of, unit_of
from tdkt_batch.forms_read.lacking import (
    answers_of_parts,
    as_asked_before,
)
from tdkt_batch.forms_read.raw_cells import GatheredCells, RawCell, told_of_cells
from tdkt_batch.forms_read.repair import understand, understand_ordinal
from tdkt_batch.forms_read.repair_by_form import repair_by_form
from tdkt_batch.forms_read.rosters import as_people_write
from tdkt_batch.model import Source, Submission
from tdkt_batch.values import Fault, Repair, TableRow, Value
from tdkt_batch.vietnamese.garbled_text import looks_garbled
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding
from tdkt_batch.vietnamese.legacy_text import proved_encoding
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import forms_read as say
from tdkt_batch.workbooks.read import (
    NO_FORMAT_OF_FORMS,
    Unread,
    UnreadError,
    Workbook,
    open_workbook,
)

_BROKEN = {"error": "DL11", "uncached": "DL12", "contested": "DL24"}
_HALF_A_FORM = ("no_identity", "broken_layout")
"""Why a workbook is not read that looks like a form."""
_NAMED = 5
"""How many of an older form's missing lines a notice names."""

Tables = Mapping[str, tuple[TableRow, ...]]


def read_form(content: bytes, source: Source, campaign: Campaign) -> Submission | Unread:
    """Return what the form in ``content`` says, or why it cannot be read as one.

    Faults of single cells stand in their values, those of the whole file in the
    submission's ``faults``.
    """
    try:
        book = open_workbook(content, source.name)
        try:
            return _read(book, source, campaign)
        except UnreadError as error:
            if error.unread.reason in _HALF_A_FORM and book.kind in NO_FORMAT_OF_FORMS:
                return Unread(book.kind)
            raise
    except UnreadError as error:
        return error.unread


def _read(book: Workbook, source: Source, campaign: Campaign) -> Submission:
    meta = meta_of(book)
    form, about_form = form_of(book, meta, campaign)
    form, roles = with_capacities(form, capacities_in(meta, form)), campaign.roles
    try:
        is_of_version = meta["form_version"] == form.version
        asked = form if is_of_version else as_asked_before(form, texts_in(book))
        cells = gather(book, asked, (roles.unit, roles.month), has_own_hints=is_of_version)
        if not is_of_version and not about_form:
            cells = _of_other_version(cells, meta["form_version"])
        cells = as_people_write(cells, roles.tables.get(TableRole.ROSTER, "").split(), campaign)
        values, tables = _understood(cells, campaign)
        values = answers_of_parts(form, values)
        unit, about_unit = unit_of(values[roles.unit], meta, form, campaign, source)
        # of a form whose days are texts nothing is guessed
        days_may_be_exchanged = meta.get("days") != DAYS_AS_TEXT
        month, about_month = month_of(
            values[roles.month], meta, days_may_be_exchanged=days_may_be_exchanged
        )
    except UnreadError as error:
        if meta["unit"] in campaign.unit_by_code:  # whom to ask for another copy
            error.unread = replace(error.unread, unit=meta["unit"])
        raise
    month_of_days = month if days_may_be_exchanged else None
    repaired, rows, about_pc = repair_by_form(form, values, tables, month_of_days, campaign)
    values, tables = implied_zeros(form, repaired, rows)
    rules = {rule.id for rule in campaign.rules}
    explained = explanations_in(check_panel(book), rules)
    extras = extras_of(book, form)
    about_texts = (*_about_letters(values, tables), *explained.faults)
    unread = "; ".join(what for what, has_text in extras.items() if has_text)
    if unread and not any(fault.code == "DL14" for fault in cells.faults):  # it may be that sheet
        about_texts += (Fault("DL54", details={"extras": unread}),)
    return Submission(
        source=source,
        form=form.id,
        form_version=form.version,
        unit=unit.code,
        month=month,
        values=values,
        tables=tables,
        unread_tables=cells.unread,
        check_figure=check_figure(form, values, tables),
        explanations=explained.by_rule,
        faults=(*about_form, *cells.faults, *about_unit, *about_month, *about_pc, *about_texts),
        extras=named_extras(book, extras),
        is_prefilled=meta.get("carried") == "x" and meta["month"] == str(month),
    )


def _of_other_version(cells: GatheredCells, version: str) -> GatheredCells:
    """Return the cells of an older form: what it lacks is one notice, not a fault each."""
    labels = [say.QUOTED.format(label) for label in dict.fromkeys(f.label for f in cells.lost)]
    lacking = say.LACKING.format(first_of(labels, _NAMED)) if labels else ""
    notice = Fault("DL34", details={"version": version, "lacking": lacking})
    return replace(
        cells,
        cells={id_: c if c.address else replace(c, fault=None) for id_, c in cells.cells.items()},
        faults=(notice, *(f for f in cells.faults if f.code not in ("DL22", "DL31"))),
    )


# --- cells → values --------------------------------------------------------------------------


def _understood(cells: GatheredCells, campaign: Campaign) -> tuple[dict[str, Value], Tables]:
    """Return the values; the texts of a column show together in which encoding they are."""
    values = {id_: _value(cell, campaign) for id_, cell in cells.cells.items()}
    for id_ in campaign.roles.names(Role.ORDINAL):
        if id_ in values:
            values[id_] = understand_ordinal(values[id_])
    tables: dict[str, tuple[TableRow, ...]] = {}
    for id_, rows in cells.tables.items():
        columns = {column for row in rows for column in row.cells}
        proved = {c: proved_encoding(_typed_texts(row.cells[c] for row in rows)) for c in columns}
        tables[id_] = tuple(
            TableRow(row.number, {c: _value(x, campaign, proved[c]) for c, x in row.cells.items()})
            for row in rows
        )
    return values, tables


def _typed_texts(cells: Iterable[RawCell]) -> Iterator[tuple[str, str | None]]:
    """Yield the free texts that somebody typed, each with its font."""
    for cell in cells:
        is_free = cell.field.kind in (FieldKind.TEXT, FieldKind.NOTE) and not cell.field.prefill
        if is_free and isinstance(cell.raw, str) and not cell.raw.isascii():
            yield cell.raw, cell.font or None


def _value(cell: RawCell, campaign: Campaign, proved: LegacyEncoding | None = None) -> Value:
    """Return what a cell counts as; not found, broken or contested it has no value."""
    if cell.broken is not None:
        broken = Fault(_BROKEN[cell.broken.problem], details={"raw": cell.broken.text})
        found = Understood(None, fault=broken)
    elif not cell.address or cell.fault is not None:
        found = Understood(None, fault=cell.fault)
    else:
        found = understand(cell.field, cell.means, campaign, proved, cell.font)
    if cell.habit:
        repair = Repair(cell.habit) if found.value is not None else None
        found = replace(found, typed=typed_value(cell.field, cell.raw, campaign), repair=repair)
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


def _about_letters(values: Mapping[str, Value], tables: Tables) -> tuple[Fault, ...]:
    """Return one notice of the texts whose letters nobody can have meant, and that stay so."""
    cells = [
        *values.values(),
        *(v for rows in tables.values() for r in rows for v in r.values.values()),
    ]
    found = [v for v in cells if isinstance(v.value, str) and looks_garbled(v.value)]
    if not found:
        return ()
    said = told_of_cells([(v.cell, v.raw) for v in found])
    return (Fault("DL52", found[0].field, found[0].sheet, found[0].cell, said),)
