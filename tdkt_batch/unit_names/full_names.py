"""How a form names its unit: by its full name and that of the unit above it."""

from __future__ import annotations

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.model import Month, Unit
from tdkt_batch.wording.unit_names import LABEL


def unit_label(unit: Unit, campaign: Campaign) -> str:
    """Return ``Xã Mường Than – Huyện Than Uyên``; the name alone of a unit without parent."""
    superior = campaign.superior_of(unit)
    return LABEL.format(unit.name, superior.name) if superior else unit.name


def units_of_form(campaign: Campaign, form: Form, month: Month | None = None) -> tuple[Unit, ...]:
    """Return the units that fill ``form``, in the register's order: what a blank form offers."""
    return tuple(
        unit
        for unit in campaign.units
        if unit.level == form.level and (month is None or unit.is_valid_in(month))
    )


def conference_name(unit: Unit, form: Form, campaign: Campaign) -> str:
    """Return the full name of the unit's conference as the guidance unifies it (II.2.4).

    A kind of place is written small within the name: “… xã Mường Than”.
    """
    phrase = str(campaign.values[form.conference_name])
    name = unit.name
    if unit.kind in form.kinds_in_small and name.casefold().startswith(unit.kind.casefold()):
        name = name[0].lower() + name[1:]
    return f"{phrase} {name}"
