"""Under which campaign and register a month is judged: those given, else those of its last run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.campaign.packed import UnpackedCampaign, pack_campaign, unpack_campaign
from tdkt_batch.errors import InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.model import Month
from tdkt_batch.wording import months as say


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The campaign with the paths it was loaded from, for worker processes to load it too.

    ``package`` is the hash under which the ledger keeps both; ``notes`` say what was
    taken from an earlier run, because it was not given.
    """

    campaign: Campaign
    folder: str
    register: Path | None
    package: str
    notes: tuple[str, ...] = ()


def terms_for(
    month: Month, campaign: str | None, register: Path | None, ledger: Ledger, folder: Path
) -> Terms:
    """Return the terms of a run of ``month``; packages are unpacked in ``folder``.

    What is given is taken. What is not given is as in the month's last run, so that
    an old month is judged as it was then; in a new month the built-in campaign (the
    last run's, where that had another) and the last run's register.
    """
    runs, own = ledger.runs(), ledger.last_run(month)
    if campaign is None and register is None and own:
        return terms_of(own, ledger, folder)
    notes = []
    if runs and (campaign is None or register is None):
        last, its_month = _unpacked(runs[-1], ledger, folder), runs[-1].month.vietnamese
        if campaign is None and not last.is_built_in:
            campaign = last.folder
            notes.append(say.CAMPAIGN_OF_LAST_RUN.format(month=its_month))
        if register is None and last.register:
            register = last.register
            said = {"register": register.name, "month": its_month}
            notes.append(say.REGISTER_OF_LAST_RUN.format(**said))
    campaign = campaign or DEFAULT
    return Terms(
        campaign=load_campaign(campaign, register),
        folder=campaign,
        register=register,
        package=ledger.keep(pack_campaign(campaign, register), ".zip"),
        notes=tuple(notes),
    )


def terms_of(run: Run, ledger: Ledger, folder: Path) -> Terms:
    """Return the terms under which ``run`` was made."""
    kept = _unpacked(run, ledger, folder)
    return Terms(
        campaign=load_campaign(kept.folder, kept.register),
        folder=kept.folder,
        register=kept.register,
        package=run.package,
    )


def _unpacked(run: Run, ledger: Ledger, folder: Path) -> UnpackedCampaign:
    return unpack_campaign(ledger.kept(run.package), folder / f"dot-{run.package[:16]}")


def require_units(terms: Terms, month: Month) -> None:
    """Raise ``InputError`` when the register has no unit in ``month``."""
    if not terms.campaign.units_in(month):
        raise InputError(say.NO_UNITS.format(month=month.vietnamese))
