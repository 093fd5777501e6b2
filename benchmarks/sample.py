"""A country's month as files: the built-in register once for each province, a form a unit.

Every form is the one that ``templates`` writes, with other contents in its input cells
(``tests/stamped_forms.py``): a form of a conference that was held, its lists filled. It
took a whole day, so that there is something to explain and each form goes back.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from nine_months import MAR, MONTHS, typed_by
from sent_files import put
from stamped_forms import Stamp

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.model import Unit

MONTH = MONTHS[MAR]
_HEADS = ("ma", "ten", "loai", "cap", "truc_thuoc", "phan_bo")


def write_sample(folder: Path, units: int) -> None:
    """Write ``danh-sach.csv`` with all these units, and a form of each in ``thu``.

    That of one unit more lies in ``them``; ``o.json`` tells where each form's fields stand.
    """
    campaign = load_campaign()
    everyone = _units(campaign, units + 1)
    folder.mkdir(parents=True)
    with (folder / "danh-sach.csv").open("w", encoding="utf-8", newline="") as register:
        rows = csv.writer(register)
        rows.writerow(_HEADS)
        own = {unit.code for unit in campaign.units}
        for _, unit in everyone:
            if unit.code not in own:
                allotment = "" if unit.allotment is None else unit.allotment
                place = (unit.code, unit.name, unit.kind, unit.level, unit.parent or "", allotment)
                rows.writerow(place)
    places = {
        form.id: {
            name: (place.sheet, place.row, place.column)
            for name, place in layout_of(form).cells.items()
        }
        for form in campaign.forms
    }
    (folder / "o.json").write_text(json.dumps(places))
    stamps = _stamps(campaign)
    for number, (first, unit) in enumerate(everyone):
        typed = typed_by(first, MAR)
        typed = replace(typed, values={**typed.values, "thoi_luong": "1 ngày"})
        content = stamps[unit.level].form_of(unit, MONTH, typed)
        place = folder / ("thu" if number < units else "them")
        put(place / f"{unit.code} {MONTH}.xlsx", content)


def _units(campaign: Campaign, wanted: int) -> list[tuple[Unit, Unit]]:
    """Return units of the built-in register, each with its copy in one province after the other."""
    there = [unit for unit in campaign.units_in(MONTH) if not unit.exempt]
    copies = [(unit, unit) for unit in there]
    province = 1
    while len(copies) < wanted:
        province += 1
        for unit in there:
            code, parent = f"{unit.code}T{province}", f"{unit.parent}T{province}"
            name = f"{unit.name} {province}"
            copies.append(
                (unit, replace(unit, code=code, name=name, parent=parent if unit.parent else None))
            )
    return copies[:wanted]


def _stamps(campaign: Campaign) -> dict[str, Stamp]:
    above = {unit.parent for unit in campaign.units}
    stamps = {}
    for form in campaign.forms:
        sample = next(
            unit for unit in campaign.units if unit.level == form.level and unit.code not in above
        )
        stamps[form.level] = Stamp(campaign, form, sample)
    return stamps
