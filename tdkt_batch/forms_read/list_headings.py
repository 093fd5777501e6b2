"""Which unit and month the heading of a list names: the texts above the heads of its table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import FormSheet
from tdkt_batch.model import Month
from tdkt_batch.unit_names.within_text import names_in_text
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.workbooks.cells import SheetCells

_HIGHEST = 5_000
"""How many rows are searched for the heads."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading names: a unit's code and a month as ``str(Month)``, each "" when none."""

    unit: str
    month: str


def heading_of(sheet: FormSheet, cells: SheetCells, campaign: Campaign) -> Heading:
    """Return what stands above the first heads of a sheet of tables; nothing where none are."""
    labels = {label_key(column.label) for table in sheet.tables for column in table.columns}
    above: list[str] = []
    for row in cells.rows[:_HIGHEST]:
        keys = [key for raw in row if isinstance(raw, str) and (key := label_key(raw))]
        if sum(key in labels for key in keys) > 1:
            break
        above += keys
    else:
        above = []
    text = " . ".join(above)
    day = re.search(r"(?<!\d)(0?[1-9]|1[0-2])\D{1,5}(\d{4})(?!\d)", text)
    month = str(Month(int(day[2]), int(day[1]))) if day else ""
    return Heading(names_in_text(campaign).unit_in(text), month)
