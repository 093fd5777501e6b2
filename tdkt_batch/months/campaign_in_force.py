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
)
from tdkt_batch.campaign.overlay import OfficeLayers, Overlay
from tdkt_batch.campaign.packed import UnpackedCampaign, pack_campaign, unpack_campaign
from tdkt_batch.errors import CampaignError, InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import Ledger, look_into
from tdkt_batch.model import Month
from tdkt_batch.office.load import CampaignOfOffice, load_for_office
from tdkt_batch.outputs.publish import unpacking_folder
from tdkt_batch.wording import months as say


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The campaign with the office's layers on it, and all that it takes to load both again.

    ``package`` is the hash under which the ledger keeps both; ``notes`` say what was
    taken from an earlier run, because it was not given, and what is to be known of a
    register. ``outdated`` says what today's program lacks in the campaign that the
    ledger kept, where another stands in its place.
    """

    campaign: Campaign
    folder: str
    layers: OfficeLayers
    overlay: Overlay
    package: str
    notes: tuple[str, ...] = ()
    outdated: str = ""


def terms_for(  # noqa: PLR0913 — all that may be given
    month: Month,
    campaign: str | None,
    register: Path | None,
    ledger: Ledger,
    folder: Path,
    *,
    settings: Path | None = None,
    with_samples: bool = False,
) -> Terms:
    """Return the terms of a run of ``month``; packages are unpacked in ``folder``.

    What is given is taken. What is not given is as in the month's last run, so that
    an old month is judged as it was then; in a new month the built-in campaign (the
    last run's, where that had another), the last run's settings and register.
    Allotments that are samples hold in a sample province only, which is ``with_samples``.
    """
    runs, own = ledger.runs(), ledger.last_run(month)
    if campaign is None and register is None and own:
        terms = terms_of(own, ledger, folder, settings=settings)
        if not terms.outdated and terms.package == own.package:
            return terms
        package = ledger.keep(pack_campaign(terms.folder, terms.layers), ".zip")
        notes = [*notes_on_outdated([(month, terms)]), *terms.notes]
        return replace(terms, package=package, notes=tuple(notes))
    notes = list[str]()
    layers, since = OfficeLayers(), own or (runs[-1] if runs else None)
    if since is not None:
        layers = _unpacked(since, ledger, folder).layers
        # a register that is given takes the place of the last one, which tells what is new in it
        layers = layers if register is not None else OfficeLayers(settings=layers.settings)
    if runs and (campaign is None or register is None):
        last, its_month = _unpacked(runs[-1], ledger, folder), runs[-1].month.vietnamese
        if campaign is None and not last.is_built_in:
            of_last = terms_of(runs[-1], ledger, folder)
            campaign = of_last.folder
            notes.append(say.CAMPAIGN_OF_LAST_RUN.format(month=its_month))
            notes += notes_on_outdated([(runs[-1].month, of_last)])
        if register is None and (last.layers.register or last.register):
            before = terms_of(runs[-1], ledger, folder).layers
            layers = replace(before, settings=layers.settings)
            said = {"register": layers.register_file, "month": its_month}
            notes.append(say.REGISTER_OF_LAST_RUN.format(**said))
    layers = replace(layers, with_samples=with_samples)
    loaded = load_for_office(campaign or DEFAULT, register, layers, settings)
    return _terms(loaded, ledger.keep(pack_campaign(loaded.folder, loaded.layers), ".zip"), notes)


def register_in_force(out: Path, campaign: str) -> tuple[OfficeLayers, tuple[str, ...]]:
    """Return the register that the last run into ``out`` used, as a layer, and that it is taken.

    Nothing where there was none, or where that run was under another campaign.
    """
    with suppress(InputError), look_into(out) as ledger, unpacking_folder() as folder:
        for run in ledger.runs()[-1:]:
            terms = terms_of(run, ledger, folder)
            layers = replace(terms.layers, settings=Overlay())
            if layers.register_file and campaign_id(campaign) == campaign_id(terms.folder):
                said = {"register": layers.register_file, "month": run.month.vietnamese}
                return layers, (say.REGISTER_OF_LAST_RUN.format(**said),)
    return OfficeLayers(), ()


def _terms(
    loaded: CampaignOfOffice, package: str, notes: Sequence[str] = (), outdated: str = ""
) -> Terms:
    return Terms(
        campaign=loaded.campaign,
        folder=loaded.folder,
        layers=loaded.layers,
        overlay=loaded.overlay,
        package=package,
        notes=(*notes, *loaded.notes),
        outdated=outdated,
    )


def terms_of(
    run: Run, ledger: Ledger, folder: Path, today: str = "", settings: Path | None = None
) -> Terms:
    """Return the terms under which ``run`` was made.

    A campaign that an earlier version of the program kept may lack what today's asks
    for. Then today's text of the same campaign stands in its place: that of the folder
    ``today``, of the latest run whose campaign can be loaded, or the built-in one; the
    office's layers stay those of then, but for the ``settings`` that are given.
    ``InputError`` when there is none.
    """
    kept = _unpacked(run, ledger, folder)
    try:
        loaded = _loaded(kept, kept.folder, settings)
        is_as_then = loaded.layers.settings == kept.layers.settings
        return _terms(loaded, run.package if is_as_then else "")
    except CampaignError as error:
        outdated = error
    own_id = campaign_id(kept.folder)
    for place in _folders_of_today(today, ledger, folder):
        merged = _copy_with_units_of(kept.folder, place, folder)
        try:
            loaded = _loaded(kept, str(merged), settings)
        except CampaignError:
            continue
        if loaded.campaign.id == own_id:
            lacked = f"{outdated.file}: {outdated.key or outdated.problem}"
            return _terms(loaded, run.package, outdated=lacked)
    problem = {"month": run.month.vietnamese, "problem": str(outdated)}
    raise InputError(say.CAMPAIGN_OUTDATED.format(**problem)) from outdated


def _loaded(kept: UnpackedCampaign, folder: str, settings: Path | None) -> CampaignOfOffice:
    """Return a campaign with the layers that were kept; a register as a file is read again."""
    loaded = load_for_office(folder, kept.register, kept.layers, settings)
    return loaded if settings else replace(loaded, notes=())


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
