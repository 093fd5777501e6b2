"""What every letter of a month is made from, and the looks that all papers of the office share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.unit_figures import group_of
from tdkt_batch.letters.news import Hub, UnitNews, hubs_of
from tdkt_batch.letters.paper import Head, Paper
from tdkt_batch.letters.places import common_places
from tdkt_batch.letters.words import filled, plain
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport

Places = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one kind that stand under nobody: those that are silent, of how many."""

    name: str
    silent: tuple[UnitNews, ...]
    required: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """The month, whom to write to, what fills the common places, how files are named."""

    campaign: Campaign
    report: MonthReport
    hubs: tuple[Hub, ...]
    common: Places
    stems: Mapping[str, str]

    @property
    def districts(self) -> tuple[Hub, ...]:
        """Those with subordinate units."""
        return tuple(hub for hub in self.hubs if hub.has_subordinates)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Those who stand alone, by their group (sở, ngành; doanh nghiệp), where any is silent."""
        alone: dict[str, list[UnitNews]] = {}
        for hub in self.hubs:
            if not hub.has_subordinates:
                name = group_of(self.campaign, hub.unit.kind)
                alone.setdefault(name, []).extend(hub.required)
        silent = {name: tuple(one for one in all_ if one.is_silent) for name, all_ in alone.items()}
        return tuple(Group(name, own, len(alone[name])) for name, own in silent.items() if own)

    def paper(self, title: str) -> Paper:
        """Return an empty paper of the office."""
        style, board = self.campaign.letters.style, self.campaign.board
        return Paper(style, title, board.name, self.report.received_until)

    def head(self, symbol: str, subject: str = "") -> Head:
        """Return what stands at the top of a paper."""
        board = self.campaign.board
        return Head(
            superior=board.superior,
            issuer=board.name,
            symbol=symbol,
            place=board.place,
            subject=subject,
        )

    def sign(self, paper: Paper, recipients: Sequence[str], places: Places) -> None:
        """Write where a paper goes and who signs it."""
        office = self.campaign.letters.office
        named = [filled(one, places) for one in recipients]
        title = self.campaign.board.signatory_title
        paper.sign([*named, office.filing], title, office.signatory_name)


def outgoing_of(campaign: Campaign, report: MonthReport) -> Outgoing:
    """Return what the month's letters are made from."""
    hubs = hubs_of(campaign, report)
    return Outgoing(
        campaign=campaign,
        report=report,
        hubs=hubs,
        common=common_places(campaign, report),
        stems=stems_of(hub.unit for hub in hubs),
    )


def stems_of(units: Iterable[Unit]) -> dict[str, str]:
    """Return by unit code the name of its files, without suffix: lawful anywhere, each once."""
    stems: dict[str, str] = {}
    for unit in units:
        stem = "-".join(part for part in (plain(unit.code), plain(unit.name)) if part) or "don-vi"
        unique, number = stem, 2
        while unique in stems.values():
            unique, number = f"{stem}-{number}", number + 1
        stems[unit.code] = unique
    return stems
