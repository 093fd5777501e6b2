"""The mails with the review's results (thông báo kết quả rà soát): one a district or unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.letters import ActionTexts
from tdkt_batch.letters.mail_draft import (
    Attached,
    MailDraft,
    addresses_in,
    draft_bytes,
    encoded_size,
)
from tdkt_batch.letters.outgoing import Hub, Outgoing, Places
from tdkt_batch.letters.phrases import addressee, filled, in_sentence, one_line, plain
from tdkt_batch.letters.unit_notice import Ask, UnitNotice
from tdkt_batch.model import Unit
from tdkt_batch.report import UnitState
from tdkt_batch.vietnamese.writing import write_day, write_moment
from tdkt_batch.wording import letters as say

FOLDER = "thu-thong-bao"
NO_ADDRESS = "don-vi-chua-co-dia-chi.txt"
_MEGABYTE = 1_000_000
_LONGEST_NAME = 150
_FONT = "font-family:'Times New Roman',serif;font-size:13pt"

Returns = Mapping[str, tuple[str, bytes | Path]]
"""The annotated return of each unit that has one, by unit code: its file's name, and its content
or where that stands."""


def notices(out: Outgoing, returns: Returns) -> Iterator[tuple[str, bytes]]:
    """Yield the mails by path; one of whom nothing came gets none, but a reminder.

    Where the files of one mail weigh too much, it becomes several.
    """
    limit = out.campaign.letters.limits.attachments_megabytes * _MEGABYTE
    # there is more to say than that nothing came
    told = [
        hub
        for hub in out.hubs
        if hub.asked(
            *(Ask.COMPLETE, Ask.CORRECT, Ask.RESEND, Ask.EXPLAIN),
            *(Ask.AWAITING, Ask.LATE, Ask.CLEAR),
        )
    ]
    for hub in told:
        notice = notice_of(out.campaign, hub, out.common)
        own = (returns[one.unit.code] for one in hub.notices if one.unit.code in returns)
        parts = in_parts([Attached(name_in_mail(name), content) for name, content in own], limit)
        for number, attached in enumerate(parts, start=1):
            said, path = notice, f"{FOLDER}/{out.stems[hub.unit.code]}"
            if len(parts) > 1:
                path = f"{path}-thu-{number}"
                places = {**out.common, "phan": str(number), "so_phan": str(len(parts))}
                part = filled(out.campaign.letters.mail.part, places)
                subject = f"{notice.subject} ({number}/{len(parts)})"
                said = replace(notice, subject=subject, opening=(*notice.opening, part))
            draft = MailDraft(
                to=addresses_in(hub.unit.email) or (),
                subject=said.subject,
                text=said.text,
                html=said.html,
                moment=out.report.received_until,
                attached=attached,
            )
            yield f"{path}.eml", draft_bytes(draft)
    if content := without_address(out.campaign, [hub.unit for hub in told]):
        yield NO_ADDRESS, content


def name_in_mail(name: str) -> str:
    """Return a file's name without marks, which old mail programs would garble.

    >>> name_in_mail("2015-03 Xã Mường Than (03619) đã nhận.xlsx")
    '2015-03-xa-muong-than-03619-da-nhan.xlsx'
    """
    stem, dot, suffix = name.rpartition(".")
    return f"{plain(stem, _LONGEST_NAME)}.{plain(suffix)}" if dot else plain(name, _LONGEST_NAME)


def in_parts(files: Sequence[Attached], limit: int) -> list[list[Attached]]:
    """Return the files in their order, in as many parts as keep each below ``limit`` bytes.

    A file that is larger than the limit by itself stands alone.
    """
    parts: list[list[Attached]] = [[]]
    room = limit
    for file in files:
        size = encoded_size(file.size)
        if parts[-1] and size > room:
            parts.append([])
            room = limit
        parts[-1].append(file)
        room -= size
    return parts


def without_address(campaign: Campaign, units: Iterable[Unit]) -> bytes:
    """Return the list of the units whose mail has no recipient; nothing where all have one."""
    lines: list[str] = []
    for unit in units:
        found = addresses_in(unit.email)
        if not found:
            bad = say.BAD_ADDRESS.format(email=one_line(unit.email))
            line = say.NO_ADDRESS_LINE.format(
                name=in_sentence(campaign, unit),
                code=one_line(unit.code),
                why=say.NO_ADDRESS if found == () else bad,
                phone=one_line(unit.phone) or say.NO_PHONE,
            )
            lines.append(f"{len(lines) + 1}. {line}")
    if not lines:
        return b""
    head = say.NO_ADDRESS_HEAD.format(number=len(lines))
    return "\r\n".join([head, "", *lines, ""]).encode("utf-8-sig")


# --- what a mail says -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoticeSection:
    """The units of one outcome: heading, and of each unit its name and what is told of it."""

    heading: str
    units: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice: the call to action is the subject and the first line."""

    subject: str
    action: str
    opening: tuple[str, ...]
    sections: tuple[NoticeSection, ...]
    ending: tuple[str, ...]

    @property
    def text(self) -> str:
        """The notice as plain text."""
        lines = [self.action]
        for paragraph in self.opening:
            lines += ["", paragraph]
        for number, section in enumerate(self.sections, start=1):
            lines += ["", f"{number}. {section.heading}"] if section.heading else [""]
            for name, told in section.units:
                lines.append(f"   - {name}" + (":" if told else ""))
                lines += [f"       + {line}" for line in told]
        for paragraph in self.ending:
            lines += ["", paragraph]
        return "\n".join(lines).rstrip("\n") + "\n"

    @property
    def html(self) -> str:
        """The notice as a simple page of HTML."""
        lines = [f"<p><b>{escape(self.action)}</b></p>"]
        lines += [f"<p>{escape(paragraph)}</p>" for paragraph in self.opening]
        for number, section in enumerate(self.sections, start=1):
            if section.heading:
                lines.append(f"<p><b>{number}. {escape(section.heading)}</b></p>")
            lines.append("<ul>")
            for name, told in section.units:
                items = "".join(f"<li>{escape(line)}</li>" for line in told)
                lines.append(f"<li>{escape(name)}{f'<ul>{items}</ul>' if items else ''}</li>")
            lines.append("</ul>")
        lines += [f"<p>{escape(paragraph)}</p>" for paragraph in self.ending]
        body = "\n".join(lines)
        return f'<!DOCTYPE html>\n<html lang="vi"><body style="{_FONT}">\n{body}\n</body></html>\n'


def notice_of(campaign: Campaign, hub: Hub, common: Places) -> Notice:
    """Return what is told to a unit that is written to."""
    texts, own = campaign.letters.mail, hub.notices[0]
    received = own.report.received
    places = {
        **common,
        "don_vi": in_sentence(campaign, hub.unit),
        "noi_nhan": addressee(campaign, hub.unit),
        "tong": str(len(hub.notices)),
        "nhan_luc": write_moment(received) if received else "",
        "so": "",
        "phan": "1",
        "so_phan": "1",
    }
    if hub.has_subordinates:
        subjects, actions, intro = texts.hub_subject, texts.hub_action, texts.hub_intro
    else:
        subjects, actions = texts.unit_subject, texts.unit_action
        intro = texts.unit_intro if any(own.lines) else texts.unit_intro_clear
        intro = texts.unit_intro_unusable if own.ask is Ask.RESEND else intro
        intro = texts.unit_intro_late if own.ask is Ask.LATE else intro
    asks = [ask for ask in Ask if hub.asked(ask)]
    said = [_asking(actions, ask, hub, places) for ask in asks if ask is not Ask.CLEAR]
    ending = list(texts.closing)
    if hub.asked(Ask.RESEND):
        ending.insert(0, texts.how_to_resend)
    if hub.asked(Ask.COMPLETE, Ask.CORRECT, Ask.EXPLAIN):
        ending[:0] = [texts.hub_request, texts.how_to] if hub.has_subordinates else [texts.how_to]
    return Notice(
        subject=_asking(subjects, asks[0], hub, places),
        action=" ".join(said) or _asking(actions, Ask.CLEAR, hub, places),
        opening=(filled(texts.salutation, places), filled(intro, places)),
        sections=tuple(_sections(campaign, hub, places)),
        ending=tuple(filled(line, places) for line in ending),
    )


def _asking(texts: ActionTexts, ask: Ask, hub: Hub, places: Places) -> str:
    """Return the text for what is asked, with the number of units of which it is."""
    text: str = getattr(texts, ask)
    return one_line(filled(text, {**places, "so": str(len(hub.asked(ask)))}))


def _sections(campaign: Campaign, hub: Hub, places: Places) -> Iterator[NoticeSection]:
    """Yield the units by outcome; for a unit alone only what is told of it, without its name."""
    texts = campaign.letters.mail
    if not hub.has_subordinates:
        if lines := tuple(line for line in hub.notices[0].lines if line):
            yield NoticeSection("", tuple((line, ()) for line in lines))
        return
    for ask in Ask:
        if units := hub.asked(ask):
            yield NoticeSection(_asking(texts.heading, ask, hub, places), tuple(map(_told, units)))
    nothing_asked = [one for one in hub.notices if one.ask is None]
    for heading, is_awaited in ((texts.not_yet_due, True), (texts.not_required, False)):
        if some := [one for one in nothing_asked if one.is_still_in_time is is_awaited]:
            said = filled(heading, {**places, "so": str(len(some))})
            yield NoticeSection(said, tuple(map(_told, some)))


def _told(one: UnitNotice) -> tuple[str, tuple[str, ...]]:
    """Return a unit's name, with the day on which its report came, and what is told of it."""
    name, received = one_line(one.unit.name), one.report.received
    if received is not None and one.ask is not None:
        late = say.SENT_LATE if one.report.state is UnitState.LATE else ""
        name = say.RECEIVED.format(name=name, day=write_day(received.date()), late=late)
    return name, tuple(line for line in one.lines if line)
