"""A campaign with what the office lays over it: the one way in for every command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.overlay import UNITS, OfficeLayers, Overlay, laid_over
from tdkt_batch.office.read_settings import read_settings
from tdkt_batch.office.register import read_register
from tdkt_batch.vietnamese.writing import first_of, write_number
from tdkt_batch.wording import office as say

_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignOfOffice:
    """A campaign with the layers of its office on it, and what is to be known of these.

    ``overlay`` is both layers as one, for another process to load the same campaign
    from ``folder``.
    """

    campaign: Campaign
    folder: str
    layers: OfficeLayers
    overlay: Overlay
    notes: tuple[str, ...] = ()


def load_for_office(
    folder: str,
    register: Path | None = None,
    layers: OfficeLayers | None = None,
    settings: Path | None = None,
) -> CampaignOfOffice:
    """Return the campaign in ``folder`` with the office's layers: its settings, its register.

    The files that are given take the place of what ``layers`` has; ``settings`` that do
    not exist change nothing. A register that is the settings workbook itself is none:
    then its list of units alone holds. What a list of units says that ``layers`` has already
    is not told again.

    Raises ``CampaignError`` for what is wrong in the campaign, ``InputError`` for what is
    wrong in a file of the office.
    """
    base, notes = load_campaign(folder), list[str]()
    layers = layers or OfficeLayers()
    if settings is not None and settings.exists():
        set_up = read_settings(settings, base)
        if set_up.overlay.content.get(UNITS) != layers.settings.content.get(UNITS):
            notes += set_up.news
        layers = replace(layers, settings=set_up.overlay)
        notes += set_up.notes
        if register is not None and register.exists() and register.samefile(settings):
            layers, register = replace(layers, register=Overlay(), register_file=""), None
        elif register is None:
            notes += _overruled(layers, settings)
    if register is not None:
        read = read_register(register, laid_over(base, layers.settings))
        rows = Overlay.of({UNITS: list(read.rows)})
        if rows != layers.register:
            notes += read.news
        layers = replace(layers, register=rows, register_file=read.file)
        notes += read.notes
    overlay = layers.over(base)
    return CampaignOfOffice(
        campaign=load_campaign(folder, overlay),
        folder=folder,
        layers=layers,
        overlay=overlay,
        notes=tuple(notes),
    )


def _overruled(layers: OfficeLayers, settings: Path) -> Iterator[str]:
    """Say so where a register of an earlier run says otherwise than the settings."""
    own = {row["code"]: row for row in layers.settings.content.get(UNITS, ())}
    codes = [
        row["code"]
        for row in layers.register.content.get(UNITS, ())
        if any(row.get(name, value) != value for name, value in own.get(row["code"], {}).items())
    ]
    if codes:
        said = {"register": layers.register_file, "file": settings}
        number, units = write_number(len(codes)), first_of(codes, _NAMED, ", ")
        yield say.REGISTER_OVERRULES.format(**said, number=number, units=units)
