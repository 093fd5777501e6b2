"""What the forms of a month are pre-filled with: each unit's last report, by the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tdkt_batch.across.reports import match_name
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Table
from tdkt_batch.forms_write.filling import Filling, RawRow
from tdkt_batch.model import Month, Unit
from tdkt_batch.months.campaign_in_force import terms_of
from tdkt_batch.months.earlier_months import months_before
from tdkt_batch.months.inputs import read_inputs, received_for, resources_to_look
from tdkt_batch.months.judge import as_corrected
from tdkt_batch.returns.sent_form import carried_over
from tdkt_batch.values import is_blank_cell


def fillings_of_month(
    campaign: Campaign, out: Path, month: Month, workers: int
) -> Mapping[str, Filling]:
    """Return, by unit code, what a form of ``month`` holds from the start.

    It is all that the unit's last report of an earlier month said, as the board
    corrected it; number and date of its letter are not. A list whose names are filled
    in has those of ``month``. None of units of which nothing is known. Raises
    ``InputError`` when ``out`` has no ledger.
    """
    with resources_to_look(out, workers) as resources:
        runs = resources.ledger.runs()
        if not runs:
            return {}
        terms = terms_of(runs[-1], resources.ledger, resources.folder)
        past = tuple(months_before(month, resources).records.values())
        inputs = read_inputs(received_for(month, None, resources.ledger), terms, resources, past)
        reports = as_corrected(campaign, inputs.before.newest, inputs.decisions)
    units = {unit.code: unit for unit in campaign.units_in(month)}
    fillings: dict[str, Filling] = {}
    for code, report in reports.items():
        unit = units.get(code)
        if unit is None or campaign.form_of(unit).id != report.form:
            continue
        form = campaign.form(report.form)
        values, tables = carried_over(campaign, form, report)
        for table in form.tables:
            if names := _names(table, unit, month, campaign, terms.campaign):
                ever = _ever_below(unit, campaign, terms.campaign)
                rows = tables.get(table.id, ())
                tables[table.id] = _laid_over(table, names, ever, rows, campaign)
        fillings[code] = Filling(
            unit=unit, month=month, values=values, tables=tables, whole_tables=True, carried=True
        )
    return fillings


def _names(
    table: Table, unit: Unit, month: Month, campaign: Campaign, earlier: Campaign
) -> Mapping[str, str]:
    """Return what stands in a table's first column from the start, in order, by its name of now.

    Each with the name that it had ``earlier``, of which the last report may speak.
    """
    choices = table.columns[0].choices
    if table.prefill == "list" and choices is not None:
        return {value: value for value in choices.values}
    if not table.names_units_below:
        return {}
    before = {one.code: one.name for one in earlier.units}
    below = campaign.units_below(unit, month)
    return {one.name: before.get(one.code, one.name) for one in below}


def _ever_below(unit: Unit, *registers: Campaign) -> tuple[str, ...]:
    """Return the names of all units that were or are below one."""
    units = (one for register in registers for one in register.units_below(unit))
    return tuple(dict.fromkeys(one.name for one in units))


def _laid_over(
    table: Table,
    names: Mapping[str, str],
    ever: Sequence[str],
    rows: Sequence[RawRow],
    campaign: Campaign,
) -> tuple[RawRow, ...]:
    """Return the rows of ``names``, each with what was said of it; others follow below.

    One that only names what ``ever`` was below the unit, and is no longer, does not.
    """
    first = table.columns[0].id
    kinds = [kind for level in campaign.levels for kind in level.unit_kinds]
    now, before = tuple(names), tuple(names.values())
    said: dict[int, RawRow] = {}
    others: list[RawRow] = []
    for row in rows:
        filled = {id_: raw for id_, raw in row.items() if not is_blank_cell(raw)}
        text = str(filled.pop(first, ""))
        at = match_name(text, now, kinds) if text else None
        if at is None and text:
            at = match_name(text, before, kinds)
        if at is not None and at not in said:
            said[at] = filled
        elif filled or (text and at is None and match_name(text, ever, kinds) is None):
            others.append(row)
    laid: list[RawRow] = [{first: name, **said.get(at, {})} for at, name in enumerate(now)]
    return (*laid, *others)
