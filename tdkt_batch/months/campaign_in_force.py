"""Under which campaign and register a month is judged: those given, else those of its last run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile, copytree

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import (
    DEFAULT,
    UNIT_ALIASES,
    UNITS,
    campaign_folder,
    campaign_id,
    load_campaign,
)
from tdkt_batch.campaign.packed import UnpackedCampaign, pack_campaign, unpack_campaign
from tdkt_batch.errors import CampaignError, InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.model import Month
from tdkt_batch.wording import months as say


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The campaign with the paths it was loaded from, for worker processes to load it too.

    ``package`` is the hash under which the ledger keeps both; ``notes`` say what was
    taken from an earlier run, because it was not given. ``outdated`` says what today's
    program lacks in the campaign that the ledger kept, where another stands in its place.
    """

    campaign: Campaign
    folder: str
    register: Path | None
    package: str
    notes: tuple[str, ...] = ()
    outdated: str = ""


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
        terms = terms_of(own, ledger, folder)
        if not terms.outdated:
            return terms
        package = ledger.keep(pack_campaign(terms.folder, terms.register), ".zip")
        return replace(terms, package=package, notes=notes_on_outdated([(month, terms)]))
    notes = []
    if runs and (campaign is None or register is None):
        last, its_month = _unpacked(runs[-1], ledger, folder), runs[-1].month.vietnamese
        if campaign is None and not last.is_built_in:
            of_last = terms_of(runs[-1], ledger, folder)
            campaign = of_last.folder
            notes.append(say.CAMPAIGN_OF_LAST_RUN.format(month=its_month))
            notes += notes_on_outdated([(runs[-1].month, of_last)])
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


def terms_of(run: Run, ledger: Ledger, folder: Path, today: str = "") -> Terms:
    """Return the terms under which ``run`` was made.

    A campaign that an earlier version of the program kept may lack what today's asks
    for. Then today's text of the same campaign stands in its place: that of the folder
    ``today``, of the latest run whose campaign can be loaded, or the built-in one; the
    register stays that of then. ``InputError`` when there is none.
    """
    kept = _unpacked(run, ledger, folder)
    register, package = kept.register, run.package
    try:
        campaign = load_campaign(kept.folder, register)
    except CampaignError as error:
        outdated = error
    else:
        return Terms(campaign=campaign, folder=kept.folder, register=register, package=package)
    own_id = campaign_id(kept.folder)
    for place in _folders_of_today(today, ledger, folder):
        merged = _copy_with_units_of(kept.folder, place, folder)
        try:
            campaign = load_campaign(merged, register)
        except CampaignError:
            continue
        if campaign.id == own_id:
            return Terms(
                campaign=campaign,
                folder=str(merged),
                register=register,
                package=package,
                outdated=f"{outdated.file}: {outdated.key or outdated.problem}",
            )
    problem = {"month": run.month.vietnamese, "problem": str(outdated)}
    raise InputError(say.CAMPAIGN_OUTDATED.format(**problem)) from outdated


def _folders_of_today(today: str, ledger: Ledger, folder: Path) -> Iterator[str]:
    """Yield where a campaign may stand as today's program takes it, the likeliest first."""
    if today:
        yield today
    for package in dict.fromkeys(run.package for run in reversed(ledger.runs())):
        with suppress(InputError):  # one that is lost stands in nobody's way
            yield unpack_campaign(ledger.kept(package), folder / f"dot-{package[:16]}").folder
    yield DEFAULT


def _copy_with_units_of(kept: str, campaign: str, folder: Path) -> Path:
    """Lay out a campaign in ``folder`` with the units of the one that was ``kept``."""
    merged = folder / f"dot-nay-{len(tuple(folder.glob('dot-nay-*')))}"
    copytree(campaign_folder(campaign), merged)
    for name in (UNITS, UNIT_ALIASES):
        (merged / name).unlink(missing_ok=True)
        if (Path(kept) / name).is_file():
            copyfile(Path(kept) / name, merged / name)
    return merged


def notes_on_outdated(terms_by_month: Sequence[tuple[Month, Terms]]) -> tuple[str, ...]:
    """Say in one line which months are judged under today's text of their campaign, and why."""
    outdated = [(month, terms) for month, terms in terms_by_month if terms.outdated]
    if not outdated:
        return ()
    months = ", ".join(month.vietnamese for month, _ in outdated)
    terms = outdated[0][1]
    said = {"months": months, "problem": terms.outdated, "name": terms.campaign.id}
    return (say.JUDGED_UNDER_TODAYS.format(**said),)


def _unpacked(run: Run, ledger: Ledger, folder: Path) -> UnpackedCampaign:
    return unpack_campaign(ledger.kept(run.package), folder / f"dot-{run.package[:16]}")


def require_units(terms: Terms, month: Month) -> None:
    """Raise ``InputError`` when the register has no unit in ``month``."""
    if not terms.campaign.units_in(month):
        raise InputError(say.NO_UNITS.format(month=month.vietnamese))
