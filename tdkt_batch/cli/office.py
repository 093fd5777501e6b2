"""The office's own files on the command line: which campaign they make."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_batch.cli.options import SETTINGS, USUAL_WORKERS
from tdkt_batch.errors import InputError

LEDGER = "so-tiep-nhan.sqlite"
"""The file by which a folder is known to have a ledger, without a look into it."""

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tdkt_batch.campaign.definition import Campaign
    from tdkt_batch.forms_write.filling import Filling
    from tdkt_batch.model import Month
    from tdkt_batch.office.load import CampaignOfOffice


def office_of(campaign: str, register: Path | None, settings: Path | None) -> CampaignOfOffice:
    """Return the campaign with what the office lays over it, from its usual settings if not given.

    Without a register it is that of the last run into the usual folder, as a run takes it.
    Raises ``InputError`` when the settings that are given are not there.
    """
    from tdkt_batch.office.load import load_for_office
    from tdkt_batch.wording.office import NO_SUCH_SETTINGS

    if settings is not None and not settings.exists():
        raise InputError(NO_SUCH_SETTINGS.format(file=settings))
    usual, layers = Path(SETTINGS), None
    notes: tuple[str, ...] = ()
    if register is None and (usual.parent / LEDGER).exists():
        from tdkt_batch.months.campaign_in_force import register_in_force

        layers, notes = register_in_force(usual.parent, campaign)
    office = load_for_office(campaign, register, layers, settings or usual)
    return replace(office, notes=(*notes, *office.notes))


def carried_over(campaign: Campaign, month: Month, ledger: Path | None) -> Mapping[str, Filling]:
    """Return what the units' forms of a month hold from the start, by the ledger in a folder.

    Without one it is that of the usual folder, and nothing where there is none.
    """
    from tdkt_batch.months.carried_over import fillings_of_month

    folder = ledger or Path(SETTINGS).parent
    if ledger is None and not (folder / LEDGER).exists():
        return {}
    return fillings_of_month(campaign, folder, month, USUAL_WORKERS)
