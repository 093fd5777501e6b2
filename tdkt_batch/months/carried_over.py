"""What the forms of a month are pre-filled with: each unit's last report, by the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.model import Month
from tdkt_batch.months.campaign_in_force import terms_of
from tdkt_batch.months.earlier_months import months_before
from tdkt_batch.months.inputs import read_inputs, received_for, resources_to_look
from tdkt_batch.months.judge import as_corrected
from tdkt_batch.returns.sent_form import carried_over


def fillings_of_month(
    campaign: Campaign, out: Path, month: Month, workers: int
) -> Mapping[str, Filling]:
    """Return, by unit code, what a form of ``month`` holds from the start.

    It is all that the unit's last report of an earlier month said, as the board
    corrected it; number and date of its letter are not. None of units of which nothing
    is known. Raises ``InputError`` when ``out`` has no ledger.
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
        values, tables = carried_over(campaign, campaign.form(report.form), report)
        fillings[code] = Filling(
            unit=unit, month=month, values=values, tables=tables, whole_tables=True, carried=True
        )
    return fillings
