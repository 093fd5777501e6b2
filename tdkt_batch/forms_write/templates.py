"""Forms for the units: the blank ones, and one made out to each unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.errors import OutputError
from tdkt_batch.forms_write.write import Filling, write_form
from tdkt_batch.model import Month, Unit
from tdkt_batch.sheets.package import repacked
from tdkt_batch.wording import forms_write as say

_NONE: Mapping[str, Filling] = {}


def write_templates(campaign: Campaign, folder: Path) -> tuple[Path, ...]:
    """Write the blank form of each kind and return the files.

    In a blank form the unit is chosen from a list. Raises ``OutputError`` when
    the folder cannot be written.
    """
    return tuple(
        _write(folder / template_name(form), write_form(campaign, form)) for form in campaign.forms
    )


def write_unit_forms(
    campaign: Campaign, folder: Path, month: Month, fillings: Mapping[str, Filling] = _NONE
) -> tuple[Path, ...]:
    """Write a form made out to each unit of the month and return the files.

    A unit's form lies in the folder of the unit above it, where it has one; of those in
    ``fillings``, by unit code, it holds what their last report said.
    """
    units = campaign.units_in(month)
    by_code = {unit.code: unit for unit in units}
    return tuple(
        _write(
            folder / unit_file(unit, by_code.get(unit.parent or ""), month),
            write_form(
                campaign,
                campaign.form_of(unit),
                fillings.get(unit.code) or Filling(unit=unit, month=month),
            ),
        )
        for unit in units
    )


def template_name(form: Form) -> str:
    """Return a blank form's file name: ``mau-so-01.xlsx``."""
    return f"{slug(form.number)}.xlsx"


def unit_file(unit: Unit, parent: Unit | None, month: Month) -> Path:
    """Return where a unit's form lies: ``huyen-than-uyen/03640-xa-muong-than-2015-03.xlsx``."""
    name = f"{slug(unit.code)}-{slug(unit.name)}-{month}.xlsx"
    return Path(slug(parent.name)) / name if parent is not None else Path(name)


def slug(text: str) -> str:
    """Return a text as a file name that every computer takes.

    >>> slug("Thị trấn Phong Thổ – Đội 2")
    'thi-tran-phong-tho-doi-2'
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def _write(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(repacked(content))
    except OSError as error:
        raise OutputError(say.CANNOT_WRITE.format(path=path, why=error.strerror)) from error
    return path
