"""The notice of what the review found, as plain text and as HTML (thông báo kết quả rà soát)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.letters import ActionTexts, MailTexts
from tdkt_batch.letters.news import Ask, Hub, UnitNews
from tdkt_batch.letters.words import addressee, filled, in_sentence, office_day, one_line
from tdkt_batch.report import UnitState
from tdkt_batch.vietnamese.writing import write_moment


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
        "nhan_luc": _received(hub),
        "so": "",
        "phan": "1",
        "so_phan": "1",
    }
    asks = [ask for ask in Ask if hub.asked(ask)]
    subjects = texts.hub_subject if hub.has_subordinates else texts.unit_subject
    actions = texts.hub_action if hub.has_subordinates else texts.unit_action
    said = [_for(actions, ask, hub, places) for ask in asks if ask is not Ask.CLEAR]
    return Notice(
        subject=_for(subjects, asks[0], hub, places),
        action=" ".join(said) or _for(actions, Ask.CLEAR, hub, places),
        opening=(filled(texts.salutation, places), filled(_intro(texts, hub), places)),
        sections=tuple(_sections(campaign, hub, places)),
        ending=tuple(_ending(campaign, hub, places)),
    )


def _intro(texts: MailTexts, hub: Hub) -> str:
    if hub.has_subordinates:
        return texts.hub_intro
    own = hub.news[0]
    if own.ask is Ask.RESEND:
        return texts.unit_intro_unusable
    return texts.unit_intro if any(own.lines) else texts.unit_intro_clear


def _received(hub: Hub) -> str:
    received = hub.news[0].report.received
    return write_moment(received) if received else ""


def _for(texts: ActionTexts, ask: Ask, hub: Hub, places: Mapping[str, str]) -> str:
    text: str = getattr(texts, ask)
    return one_line(filled(text, {**places, "so": str(len(hub.asked(ask)))}))


def _sections(campaign: Campaign, hub: Hub, places: Mapping[str, str]) -> Iterator[Section]:
    """Yield the units by outcome; for a unit alone only what is told of it, without its name."""
    texts = campaign.letters.mail
    if not hub.has_subordinates:
        if lines := tuple(line for line in hub.news[0].lines if line):
            yield Section(heading="", units=tuple((line, ()) for line in lines))
        return
    for ask in Ask:
        if units := hub.asked(ask):
            yield Section(heading=_for(texts.heading, ask, hub, places), units=_units(units))
    if free := tuple(one for one in hub.news if one.ask is None):
        heading = filled(texts.not_required, {**places, "so": str(len(free))})
        yield Section(heading=heading, units=_units(free))


def _units(units: tuple[UnitNews, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((_named(one), tuple(line for line in one.lines if line)) for one in units)


def _named(one: UnitNews) -> str:
    """Return a unit's name, with the day on which its report came."""
    name, received = one_line(one.unit.name), one.report.received
    if received is None or one.ask is None:
        return name
    late = ", gửi muộn" if one.report.state is UnitState.LATE else ""
    return f"{name} (nhận ngày {office_day(received.date())}{late})"


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
        yield from ("", f"{number}. {section.heading}") if section.heading else ("",)
        for name, lines in section.units:
            yield f"   - {name}" + (":" if lines else "")
            yield from (f"       + {line}" for line in lines)
    for paragraph in notice.ending:
        yield from ("", paragraph)


def _html_lines(notice: Notice) -> Iterator[str]:
    yield f"<p><b>{escape(notice.action)}</b></p>"
    yield from (f"<p>{escape(paragraph)}</p>" for paragraph in notice.opening)
    for number, section in enumerate(notice.sections, start=1):
        if section.heading:
            yield f"<p><b>{number}. {escape(section.heading)}</b></p>"
        yield "<ul>"
        for name, lines in section.units:
            items = "".join(f"<li>{escape(line)}</li>" for line in lines)
            yield f"<li>{escape(name)}{f'<ul>{items}</ul>' if items else ''}</li>"
        yield "</ul>"
    yield from (f"<p>{escape(paragraph)}</p>" for paragraph in notice.ending)
