"""The office's own files on the command line: which campaign they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_batch.cli.options import SETTINGS
from tdkt_batch.errors import InputError

if TYPE_CHECKING:
    from tdkt_batch.office.load import CampaignOfOffice


def office_of(campaign: str, register: Path | None, settings: Path | None) -> CampaignOfOffice:
    """Return the campaign with what the office lays over it, from its usual settings if not given.

    Raises ``InputError`` when the settings that are given are not there.
    """
    from tdkt_batch.office.load import load_for_office
    from tdkt_batch.wording.office import NO_SUCH_SETTINGS

    if settings is not None and not settings.exists():
        raise InputError(NO_SUCH_SETTINGS.format(file=settings))
    return load_for_office(campaign, register, settings=settings or Path(SETTINGS))
