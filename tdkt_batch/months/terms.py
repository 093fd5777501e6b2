"""Under which campaign and register a month is judged: those given, else those of its last run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.campaign.package import UnpackedCampaign, pack_campaign, unpack_campaign
from tdkt_batch.errors import InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.model import Month
from tdkt_batch.wording.shared import RUN_NOTES


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
    month: Month, campaign: str | None, register: Path | None, ledger: Ledger, room: Path
) -> Terms:
    """Return the terms of a run of ``month``.

    What is given is taken. What is not given is as in the month's last run, so that
    an old month is judged as it was then; in a new month the built-in campaign (the
    last run's, where that had another) and the last run's register.
    """
    runs = ledger.runs()
    own = ledger.last_run(month)
    if campaign is None and register is None and own:
        return terms_of(own, ledger, room)
    last = _laid_out(runs[-1], ledger, room) if runs and _is_wanted(campaign, register) else None
    notes = []
    if campaign is None and last and not last.is_built_in:
        campaign = last.folder
        notes.append(RUN_NOTES["campaign_of_last_run"].format(month=runs[-1].month.vietnamese))
    campaign = campaign or DEFAULT
    if register is None and last and last.register:
        register = last.register
        said = {"register": register.name, "month": runs[-1].month.vietnamese}
        notes.append(RUN_NOTES["register_of_last_run"].format(**said))
    loaded = load_campaign(campaign, register)
    package = ledger.keep(pack_campaign(campaign, register), ".zip")
    return Terms(
        campaign=loaded,
        folder=campaign,
        register=register,
        package=package,
        notes=tuple(notes),
    )


def terms_of(run: Run, ledger: Ledger, room: Path) -> Terms:
    """Return the terms under which ``run`` was made."""
    return _loaded(_laid_out(run, ledger, room), run.package, ())


def _is_wanted(campaign: str | None, register: Path | None) -> bool:
    return campaign is None or register is None


def _laid_out(run: Run, ledger: Ledger, room: Path) -> UnpackedCampaign:
    folder = room / f"dot-{run.package[:16]}"
    return unpack_campaign(ledger.kept(run.package), folder)


def _loaded(kept: UnpackedCampaign, package: str, notes: tuple[str, ...]) -> Terms:
    return Terms(
        campaign=load_campaign(kept.folder, kept.register),
        folder=kept.folder,
        register=kept.register,
        package=package,
        notes=notes,
    )


def require_units(terms: Terms, month: Month) -> None:
    """Raise ``InputError`` when the register has no unit in ``month``."""
    if not terms.campaign.units_in(month):
        raise InputError(
            f"danh sách đơn vị: không có đơn vị nào tồn tại trong tháng {month.vietnamese}; "
            "hãy kiểm tra --month, hoặc cột Từ ngày, Đến ngày của danh sách"
        )


def refuse_unknown_month(month: Month) -> InputError:
    """Return the error for a month of which the ledger has nothing and nothing was given."""
    return InputError(
        f"tháng {month.vietnamese}: chưa nhận được tệp nào và không cho thư mục nào; "
        "hãy ghi thư mục chứa báo cáo các đơn vị gửi về"
    )
