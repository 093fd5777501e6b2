"""The notice of what the review found, as plain text and as HTML (thông báo kết quả rà soát)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.letters import ActionTexts
from tdkt_batch.letters.news import Ask, Hub, UnitNews
from tdkt_batch.letters.words import addressee, filled, in_sentence, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The units of one outcome: heading, and of each unit its name and what is told of it."""

    heading: str
    units: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice: the call to action is the subject and the first line."""

    subject: str
    action: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    ending: tuple[str, ...]

    @property
    def text(self) -> str:
        """The notice as plain text."""
        return "\n".join(_plain_lines(self)).rstrip("\n") + "\n"

    @property
    def html(self) -> str:
        """The notice as a simple page of HTML."""
        body = "\n".join(_html_lines(self))
        return f'<!DOCTYPE html>\n<html lang="vi"><body style="{_FONT}">\n{body}\n</body></html>\n'


_FONT = "font-family:'Times New Roman',serif;font-size:13pt"


def notice_of(campaign: Campaign, hub: Hub, common: Mapping[str, str]) -> Notice:
    """Return what is told to a unit that is written to."""
    texts = campaign.letters.mail
    places = {
        **common,
        "don_vi": in_sentence(campaign, hub.unit),
        "noi_nhan": addressee(campaign, hub.unit),
        "tong": str(len(hub.news)),
        "nhan_luc": "",
        "so": "",
        "phan": "1",
        "so_phan": "1",
    }
    intro = texts.hub_intro if hub.has_subordinates else texts.unit_intro
    asks = [ask for ask in Ask if hub.asked(ask)]
    subjects = texts.hub_subject if hub.has_subordinates else texts.unit_subject
    actions = texts.hub_action if hub.has_subordinates else texts.unit_action
    said = [_for(actions, ask, hub, places) for ask in asks if ask is not Ask.CLEAR]
    return Notice(
        subject=_for(subjects, asks[0], hub, places),
        action=" ".join(said) or _for(actions, Ask.CLEAR, hub, places),
        opening=(filled(texts.salutation, places), filled(intro, places)),
        sections=tuple(_sections(campaign, hub, places)),
        ending=tuple(_ending(campaign, hub, places)),
    )


def _for(texts: ActionTexts, ask: Ask, hub: Hub, places: Mapping[str, str]) -> str:
    text: str = getattr(texts, ask)
    return one_line(filled(text, {**places, "so": str(len(hub.asked(ask)))}))


def _sections(campaign: Campaign, hub: Hub, places: Mapping[str, str]) -> Iterator[Section]:
    texts = campaign.letters.mail
    for ask in Ask:
        if units := hub.asked(ask):
            yield Section(heading=_for(texts.heading, ask, hub, places), units=_units(units))
    if free := tuple(one for one in hub.news if one.ask is None):
        heading = filled(texts.not_required, {**places, "so": str(len(free))})
        yield Section(heading=heading, units=_units(free))


def _units(units: tuple[UnitNews, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((one_line(one.unit.name), tuple(x for x in one.lines if x)) for one in units)


def _ending(campaign: Campaign, hub: Hub, places: Mapping[str, str]) -> Iterator[str]:
    texts = campaign.letters.mail
    if hub.asked(Ask.COMPLETE, Ask.EXPLAIN):
        if hub.has_subordinates:
            yield filled(texts.hub_request, places)
        yield filled(texts.how_to, places)
    if hub.asked(Ask.RESEND):
        yield filled(texts.how_to_resend, places)
    for line in texts.closing:
        yield filled(line, places)


def _plain_lines(notice: Notice) -> Iterator[str]:
    yield notice.action
    for paragraph in notice.opening:
        yield from ("", paragraph)
    for number, section in enumerate(notice.sections, start=1):
        yield from ("", f"{number}. {section.heading}")
        for name, lines in section.units:
            yield f"   - {name}" + (":" if lines else "")
            yield from (f"       + {line}" for line in lines)
    for paragraph in notice.ending:
        yield from ("", paragraph)


def _html_lines(notice: Notice) -> Iterator[str]:
    yield f"<p><b>{escape(notice.action)}</b></p>"
    yield from (f"<p>{escape(paragraph)}</p>" for paragraph in notice.opening)
    for number, section in enumerate(notice.sections, start=1):
        yield f"<p><b>{number}. {escape(section.heading)}</b></p>\n<ul>"
        for name, lines in section.units:
            items = "".join(f"<li>{escape(line)}</li>" for line in lines)
            yield f"<li>{escape(name)}{f'<ul>{items}</ul>' if items else ''}</li>"
        yield "</ul>"
    yield from (f"<p>{escape(paragraph)}</p>" for paragraph in notice.ending)
