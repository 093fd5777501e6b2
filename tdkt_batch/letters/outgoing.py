"""What every letter of a month is made from: its figures, whom to write to, what fills places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.unit_lines import group_of
from tdkt_batch.letters.docx_paper import Paper
from tdkt_batch.letters.phrases import (
    figure,
    in_sentence,
    lowered_line,
    one_line,
    plain,
)
from tdkt_batch.letters.unit_notice import Ask, UnitNotice, notice_to
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.rules.requests_to_units import reply_day
from tdkt_batch.vietnamese.writing import write_day, write_moment
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import CITATION

MOST_NAMED = 60
"""How many units a paper names one by one before it gives their numbers by group."""

Places = Mapping[str, str]
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """Who is written to, and the units of which the letter tells: itself and its subordinates."""

    unit: Unit
    notices: tuple[UnitNotice, ...]
    has_subordinates: bool

    def asked(self, *asks: Ask) -> tuple[UnitNotice, ...]:
        """Return the units of which one of these is asked."""
        return tuple(one for one in self.notices if one.ask in asks)

    @property
    def urged(self) -> tuple[UnitNotice, ...]:
        """The units that are to send a report, or to send it again."""
        return tuple(one for one in self.notices if one.is_urged)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgedGroup:
    """Those who are to send, or to send again, in a ``district``, or of one kind under nobody.

    ``stem`` is how its files are named, ``required`` how many must report.
    """

    name: str
    name_in_sentence: str
    stem: str
    district: Unit | None
    urged: tuple[UnitNotice, ...]
    required: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """The month with its figures, whom to write to, what fills common places.

    ``stems`` say by unit code how a unit's files are named; ``figures`` are those that
    the campaign declares.
    """

    campaign: Campaign
    report: MonthReport
    figures: MonthFigures
    hubs: tuple[Hub, ...]
    common: Places
    stems: Mapping[str, str]

    @property
    def urged_groups(self) -> tuple[UrgedGroup, ...]:
        """Whom to urge: district by district, then who stands alone by group (sở, ngành; …)."""
        alone = (hub for hub in self.hubs if not hub.has_subordinates)
        by_kind = _by(lambda hub: group_of(self.campaign, hub.unit.kind), alone)
        named: list[tuple[Sequence[Hub], str, str, str, Unit | None]] = [
            ([hub], hub.unit.name, in_sentence(self.campaign, hub.unit), stem, hub.unit)
            for hub in self.hubs
            if hub.has_subordinates and (stem := self.stems[hub.unit.code])
        ]
        named += [
            (hubs, kind, lowered_line(kind), f"nhom-{plain(kind)}", None)
            for kind, hubs in by_kind.items()
        ]
        groups = (
            UrgedGroup(
                name=name,
                name_in_sentence=name_in_sentence,
                stem=stem,
                district=district,
                urged=tuple(one for hub in hubs for one in hub.urged),
                required=sum(one.ask is not None for hub in hubs for one in hub.notices),
            )
            for hubs, name, name_in_sentence, stem, district in named
        )
        return tuple(group for group in groups if group.urged)

    @property
    def workbook(self) -> str:
        """The file name of the consolidated workbook."""
        return f"tong-hop-{self.report.month}.xlsx"

    @property
    def provisional(self) -> str:
        """The words that mark figures as provisional; empty once all have reported."""
        return say.PROVISIONAL if self.report.is_provisional else ""

    @property
    def full_text(self) -> str:
        """Where that which the report shortens stands in full."""
        return say.WORKBOOK_ENCLOSED.format(workbook=self.workbook)

    def paper(self, title: str, *, landscape: bool = False, dense: bool = False) -> Paper:
        """Return an empty paper of the office."""
        moment = self.report.received_until
        return Paper(self.campaign, title, moment, landscape=landscape, dense=dense)

    def named(self, units: Sequence[Unit]) -> str:
        """Return units by name below their superior unit; very many by number, by their kind."""
        if len(units) > MOST_NAMED:
            groups = _by(lambda unit: group_of(self.campaign, unit.kind), units)
            counts = ", ".join(
                f"{figure(len(own))} {lowered_line(name)}" for name, own in groups.items()
            )
            return say.SEE_NAMES.format(counts=counts, where=self.full_text)
        parts = []
        for code, own in _by(lambda unit: unit.parent or "", units).items():
            names = ", ".join(in_sentence(self.campaign, unit) for unit in own)
            parent = self.campaign.unit_by_code.get(code)
            parts.append(f"{in_sentence(self.campaign, parent)}: {names}" if parent else names)
        return "; ".join(parts)


def _by(key: Callable[[_One], str], ones: Iterable[_One]) -> dict[str, list[_One]]:
    """Return things by their key, in the order in which they come."""
    groups: dict[str, list[_One]] = {}
    for one in ones:
        groups.setdefault(key(one), []).append(one)
    return groups


def outgoing_of(campaign: Campaign, report: MonthReport, figures: MonthFigures) -> Outgoing:
    """Return what the month's letters are made from."""
    hubs = hubs_of(campaign, report)
    return Outgoing(
        campaign=campaign,
        report=report,
        figures=figures,
        hubs=hubs,
        common=common_places(campaign, report),
        stems=stems_of(hub.unit for hub in hubs),
    )


def hubs_of(campaign: Campaign, report: MonthReport) -> tuple[Hub, ...]:
    """Return whom to write to, in the register's order; every unit stands under exactly one.

    A unit stands under its superior unit where that one exists in the month, else
    for itself.
    """
    files = _by(lambda one: one.unit, report.files)
    notices = [
        notice_to(campaign, report, one, files.get(one.unit.code, ())) for one in report.units
    ]
    units = {one.unit.code: one.unit for one in notices}
    under: dict[str, list[UnitNotice]] = {}
    for one in notices:
        parent = one.unit.parent if one.unit.parent in units else None
        under.setdefault(parent or one.unit.code, []).append(one)
    return tuple(
        Hub(
            unit=units[code],
            notices=tuple(under[code]),
            has_subordinates=any(one.unit.code != code for one in under[code]),
        )
        for code in units
        if code in under
    )


def stems_of(units: Iterable[Unit]) -> dict[str, str]:
    """Return by unit code the name of its files, without suffix: lawful anywhere, each once."""
    stems: dict[str, str] = {}
    for unit in units:
        words = [part for part in (plain(unit.code), plain(unit.name)) if part]
        stem = "-".join(words) or say.NOBODY_OF_NAME
        unique, number = stem, 2
        while unique in stems.values():
            unique, number = f"{stem}-{number}", number + 1
        stems[unit.code] = unique
    return stems


# --- what fills the places of the campaign's texts ------------------------------------------


def common_places(campaign: Campaign, report: MonthReport) -> dict[str, str]:
    """Return the places of ``COMMON_PLACES``; days run from the received-until moment."""
    board, document, letters = campaign.board, campaign.document, campaign.letters
    until = report.received_until
    days = letters.limits.reminder_working_days
    due = campaign.holidays.working_day_after(until.date(), days)
    phone = letters.office.phone or say.TO_FILL_IN
    contact = say.CONTACT_WITH_ADDRESS if letters.office.email else say.CONTACT
    places = {
        "thang": report.month.vietnamese,
        "den": write_moment(until),
        "huong_dan": CITATION.format(
            kind=document.kind, number=document.number, day=write_day(document.issued)
        ),
        "ten_huong_dan": document.title,
        "co_quan_ban_hanh": document.issuer,
        "dot": campaign.name,
        "ban": board.name,
        "cap_tren": board.superior,
        "tinh": board.province,
        "bao_cao_len": board.reports_to,
        "dien_thoai": phone,
        "thu_dien_tu": letters.office.email,
        "lien_he": contact.format(phone=phone, address=letters.office.email),
        "han": write_day(reply_day(campaign, report)),
        "han_don_doc": write_day(due),
    }
    return {name: one_line(text) for name, text in places.items()}


def deadline_places(
    campaign: Campaign, report: MonthReport, units: Sequence[UnitReport]
) -> dict[str, str]:
    """Return the deadline that holds for these units, or their own, and the letter that sets it."""
    extended = {one.unit.code: one.extension.due for one in units if one.extension}
    wanted = {one.unit.level for one in units if one.unit.code not in extended}
    deadlines = [one for one in campaign.deadlines if one.level in wanted]
    days = {write_day(one.falls_on(report.month, campaign.holidays)): one for one in deadlines}
    said = [
        day if len(days) == 1 else f"{day} ({campaign.level(one.level).name})"
        for day, one in days.items()
    ]
    words = say.EXTENDED_DAY if len(units) == 1 else say.EXTENDED_DAY_OF
    said += [
        words.format(day=write_day(due), unit=in_sentence(campaign, one.unit))
        for one in units
        if (due := extended.get(one.unit.code))
    ]
    levels = {one.unit.level for one in units}
    setting = [one for one in campaign.deadlines if one.level in levels]
    letters = dict.fromkeys(one_line(one.set_by(report.month)) for one in setting)
    return {"han_quy_dinh": ", ".join(said), "van_ban_han": "; ".join(letters)}
