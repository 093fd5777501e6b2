"""A campaign and what its office lays over it in one package, to judge a month as it was then."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from tdkt_batch.campaign.load import BUILT_IN, campaign_folder
from tdkt_batch.campaign.overlay import OfficeLayers, Overlay
from tdkt_batch.errors import InputError, OutputError
from tdkt_batch.machine.disk import cause_of
from tdkt_batch.wording import campaign as say

_CAMPAIGN, _ABOUT = "dot", "nguon.json"
_SETTINGS, _UNITS = "thiet-lap.json", "danh-sach.json"
_REGISTER = "danh-sach-don-vi"
"""Where an earlier version kept a register, as the file that was given."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the same campaign gives the same package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpackedCampaign:
    """A package laid out again: what ``load_campaign`` takes.

    ``is_built_in`` tells that it was the campaign that came with the program;
    ``register`` is the list of units that an earlier version kept as a file.
    """

    folder: str
    layers: OfficeLayers
    is_built_in: bool
    register: Path | None = None


def pack_campaign(campaign: str, layers: OfficeLayers) -> bytes:
    """Return the campaign's files and the layers as a zip, the same bytes for the same content."""
    folder = campaign_folder(campaign)
    members = {f"{_CAMPAIGN}/{p.name}": p for p in folder.iterdir() if p.is_file()}
    kept = {_SETTINGS: layers.settings.text} if layers.settings else {}
    if layers.register:
        register = {"file": layers.register_file, "units": layers.register.content}
        kept[_UNITS] = json.dumps(register, ensure_ascii=False, sort_keys=True)
    content = io.BytesIO()
    with ZipFile(content, "w") as package:
        about = {"built_in": folder.parent == BUILT_IN, "with_samples": layers.with_samples}
        package.writestr(ZipInfo(_ABOUT, _EARLIEST), json.dumps(about))
        for name, path in sorted(members.items()):
            package.writestr(ZipInfo(name, _EARLIEST), path.read_bytes())
        for name, text in sorted(kept.items()):
            package.writestr(ZipInfo(name, _EARLIEST), text)
    return content.getvalue()


def unpack_campaign(package: Path, folder: Path) -> UnpackedCampaign:
    """Lay a package out in ``folder``; ``InputError`` when it cannot be read any more."""
    try:
        with ZipFile(package) as kept:
            about = json.loads(kept.read(_ABOUT))
            members = [(member.filename, kept.read(member)) for member in kept.infolist()]
        # an earlier version judged by them
        layers = replace(_layers(dict(members)), with_samples=about.get("with_samples", True))
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        problem = say.PACKAGE_UNREADABLE.format(package=package, error=type(error).__name__)
        raise InputError(problem) from None
    try:
        for name, content in members:
            place, _, file = name.partition("/")
            # only the two folders of a package are known, and what lies directly in them
            if place in (_CAMPAIGN, _REGISTER) and file and file == PurePosixPath(file).name:
                (folder / place).mkdir(parents=True, exist_ok=True)
                (folder / place / file).write_bytes(content)
    except OSError as error:
        reason, remedy = cause_of(error)
        problem = say.FOLDER_NOT_WRITTEN.format(folder=folder, reason=reason, remedy=remedy)
        raise OutputError(problem) from error
    registers = sorted((folder / _REGISTER).glob("*"))
    return UnpackedCampaign(
        folder=str(folder / _CAMPAIGN),
        layers=layers,
        is_built_in=bool(about["built_in"]),
        register=registers[0] if registers else None,
    )


def _layers(members: Mapping[str, bytes]) -> OfficeLayers:
    """Return what the office laid over a campaign; ``KeyError``, ``ValueError`` if damaged."""
    register = json.loads(members.get(_UNITS, b'{"file": "", "units": {}}'))
    return OfficeLayers(
        settings=Overlay.of(json.loads(members.get(_SETTINGS, b"{}"))),
        register=Overlay.of(register["units"]),
        register_file=register["file"],
    )
