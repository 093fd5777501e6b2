"""A campaign with what the office lays over it: the one way in for every command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.overlay import UNITS, OfficeLayers, Overlay, laid_over
from tdkt_batch.office.register import read_register


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
    folder: str, register: Path | None = None, layers: OfficeLayers | None = None
) -> CampaignOfOffice:
    """Return the campaign in ``folder`` with the office's layers, a ``register`` on top.

    Raises ``CampaignError`` for what is wrong in the campaign, ``InputError`` for what is
    wrong in a file of the office.
    """
    base, notes = load_campaign(folder), tuple[str, ...]()
    layers = layers or OfficeLayers()
    if register is not None:
        read = read_register(register, laid_over(base, layers.settings))
        layers = OfficeLayers(
            settings=layers.settings,
            register=Overlay.of({UNITS: list(read.rows)}),
            register_file=read.file,
        )
        notes = read.notes
    overlay = layers.over(base)
    return CampaignOfOffice(
        campaign=laid_over(base, overlay),
        folder=folder,
        layers=layers,
        overlay=overlay,
        notes=notes,
    )
