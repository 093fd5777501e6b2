"""The mails with the review's results (thông báo kết quả rà soát): one a district or unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.letters import AskTexts
from tdkt_batch.letters.mail_draft import (
    Attached,
    MailDraft,
    addresses_in,
    draft_bytes,
    encoded_size,
)
from tdkt_batch.letters.outgoing import Hub, Outgoing, Places
from tdkt_batch.letters.phrases import addressee, filled, in_sentence, one_line, plain
from tdkt_batch.letters.unit_notice import Ask, Duty, UnitNotice
from tdkt_batch.model import Unit
from tdkt_batch.report import UnitState
from tdkt_batch.rules.requests_to_units import gets_fresh_form
from tdkt_batch.vietnamese.writing import write_day, write_moment, write_number
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import time_in_words

FOLDER = "thu-thong-bao"
NO_ADDRESS = "don-vi-chua-co-dia-chi.txt"
_MEGABYTE = 1_000_000
_LONGEST_NAME = 150
_CELL = (
    "border:1px solid #7F7F7F;padding:3px 6px;vertical-align:top;text-align:left;"
    "overflow-wrap:break-word"
)
_FONT = "font-family:'Times New Roman',serif;font-size:13pt;overflow-wrap:break-word"
"""A file name longer than a line breaks, other words do not: no phone is too narrow."""
_WIDTHS = (20, 48, 16, 16)
"""What the columns take of a window, whatever its width, in per cent: unit, work, cell, day."""
_HEAD = (
    '<head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
)

Returns = Mapping[str, tuple[str, bytes | Path]]
"""The form that goes back to each unit that has something to do, by unit code: its file's name,
and its content or where that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosures:
    """What was made before and goes with the letters.

    The consolidated ``workbook`` goes with the report, a form of ``returns`` with the
    letter about its unit, one of ``books`` (name and content) to the unit above others.
    """

    workbook: bytes
    returns: Returns = field(default_factory=dict)
    books: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


def notices(out: Outgoing, enclosures: Enclosures) -> Iterator[tuple[str, bytes]]:
    """Yield the mails by path; one of whom nothing came gets none, but a reminder.

    Where the files of one mail weigh too much, it becomes several.
    """
    limit = out.campaign.letters.limits.attachments_megabytes * _MEGABYTE
    told = written_to(out)
    for hub in told:
        parts = in_parts(_attached(hub, enclosures), limit)
        for number, attached in enumerate(parts, start=1):
            said = notice_of(out.campaign, hub, out.common, attached)
            path = f"{FOLDER}/{out.stems[hub.unit.code]}"
            if len(parts) > 1:
                path = f"{path}-thu-{number}"
                places = {**out.common, "phan": str(number), "so_phan": str(len(parts))}
                part = filled(out.campaign.letters.mail.part, places)
                subject = f"{said.subject} ({number}/{len(parts)})"
                said = replace(said, subject=subject, opening=(*said.opening, part))
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


def written_to(out: Outgoing) -> tuple[Hub, ...]:
    """Return who gets a mail: there is more to say than that nothing came."""
    asks = (Ask.WORK, Ask.RESEND, Ask.AWAITING, Ask.LATE, Ask.CLEAR)
    return tuple(hub for hub in out.hubs if hub.asked(*asks))


def _attached(hub: Hub, enclosures: Enclosures) -> list[Attached]:
    """Return what goes with a letter: the book of those below, then each unit's form."""
    files = []
    returns = enclosures.returns
    if hub.unit.code in enclosures.books:
        name, content = enclosures.books[hub.unit.code]
        files.append(Attached(name_in_mail(name), content, say.ATTACHED_BOOK))
    for one in hub.notices:
        if one.unit.code not in returns:
            continue
        name, content_or_path = returns[one.unit.code]
        words = say.ATTACHED_FRESH if gets_fresh_form(one.report) else say.ATTACHED_RETURN
        what = words.format(name=one_line(one.unit.name), number=write_number(one.number))
        files.append(Attached(name_in_mail(name), content_or_path, what))
    return files


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
    """Lines under a heading, each with what is told of it."""

    heading: str
    units: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class DutiesOfUnit:
    """What one unit is to do, and by which day; its name is empty where the mail is its own."""

    name: str
    day: str
    works: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice: the call to action is the subject and the first line; then the things to do."""

    subject: str
    action: str
    opening: tuple[str, ...]
    works: tuple[DutiesOfUnit, ...] = ()
    sections: tuple[NoticeSection, ...]
    ending: tuple[str, ...]

    @property
    def text(self) -> str:
        """The notice as plain text."""
        lines = [self.action]
        for paragraph in self.opening:
            lines += ["", paragraph]
        if self.works:
            lines += ["", f"{say.WORK_HEADING}:"]
        for unit in self.works:
            works = [
                say.WITH_PLACE.format(text=one.text, place=one.place) if one.place else one.text
                for one in unit.works
            ]
            if unit.name:
                lines.append(f"   - {say.WITH_DAY.format(name=unit.name, day=unit.day)}:")
                lines += [f"       + {line}" for line in works]
            else:
                lines += [f"   {number}. {line}" for number, line in enumerate(works, start=1)]
        for section in self.sections:
            lines += ["", f"{section.heading}:"] if section.heading else [""]
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
        lines += _table(self.works)
        for section in self.sections:
            if section.heading:
                lines.append(f"<p><b>{escape(section.heading)}</b></p>")
            lines.append("<ul>")
            for name, told in section.units:
                items = "".join(f"<li>{escape(line)}</li>" for line in told)
                lines.append(f"<li>{escape(name)}{f'<ul>{items}</ul>' if items else ''}</li>")
            lines.append("</ul>")
        lines += [f"<p>{escape(paragraph)}</p>" for paragraph in self.ending]
        body = "\n".join(lines)
        start = f'<!DOCTYPE html>\n<html lang="vi">{_HEAD}<body style="{_FONT}">'
        return f"{start}\n{body}\n</body></html>\n"


def _table(works: Sequence[DutiesOfUnit]) -> Iterator[str]:
    """Yield the table unit × thing to do × cell × day; no names where the mail is one's own."""
    if not works:
        return
    first = 0 if works[0].name else 1
    widths = (_WIDTHS[0] + _WIDTHS[1], *_WIDTHS[2:]) if first else _WIDTHS
    heads = "".join(
        f'<th width="{width}%" style="{_CELL}">{escape(head)}</th>'
        for width, head in zip(widths, say.WORK_HEADS[first:], strict=True)
    )
    yield f"<p><b>{escape(say.WORK_HEADING)}</b></p>"
    yield f'<table width="100%" style="border-collapse:collapse;{_FONT}">\n<tr>{heads}</tr>'
    for unit in works:
        for number, work in enumerate(unit.works):
            texts = (
                unit.name if not number else "",
                work.text,
                work.place or say.NO_PLACE,
                unit.day,
            )[first:]
            cells = "".join(f'<td style="{_CELL}">{escape(text)}</td>' for text in texts)
            yield f"<tr>{cells}</tr>"
    yield "</table>"


def notice_of(
    campaign: Campaign, hub: Hub, common: Places, attached: Sequence[Attached] = ()
) -> Notice:
    """Return what is told to a unit that is written to: what to do, then what goes with it."""
    texts, own = campaign.letters.mail, hub.notices[0]
    received = own.report.received
    places = {
        **common,
        "don_vi": in_sentence(campaign, hub.unit),
        "noi_nhan": addressee(campaign, hub.unit),
        "tong": write_number(len(hub.notices)),
        "nhan_luc": write_moment(received) if received else "",
        "so": "",
        "so_viec": "",
        "phut": "",
    }
    is_hub = hub.has_subordinates
    subjects, actions = (
        (texts.hub_subject, texts.hub_action) if is_hub else (texts.unit_subject, texts.unit_action)
    )
    asks = [ask for ask in Ask if hub.asked(ask)]
    asked = [ask for ask in asks if ask.is_to_do]
    said = [_asking(actions, ask, hub, places) for ask in asked or asks[:1]]
    sections = [
        NoticeSection("", tuple((line, ()) for line in _nothing_asked(campaign, hub, places)))
    ]
    if not is_hub:
        sections = [NoticeSection(say.KNOW_HEADING, tuple((line, ()) for line in own.lines))]
        if own.ask is Ask.RESEND:
            sections = []
    files = [say.ATTACHED_FILE.format(file=one.name, what=one.what) for one in attached]
    sections.append(NoticeSection(say.ATTACHED_HEADING, tuple((line, ()) for line in files)))
    # where some have works and others have to send, the subject counts them all
    is_mixed = len(asked) > 1
    subject = _asking(subjects, Ask.WORK if is_mixed else asks[0], hub, places, asked)
    return Notice(
        subject=subject,
        action=" ".join(said),
        opening=_opening(campaign, hub, places),
        works=_works(hub),
        sections=tuple(one for one in sections if one.units),
        ending=tuple(filled(line, places) for line in _ending(campaign, hub, attached)),
    )


def _opening(campaign: Campaign, hub: Hub, places: Places) -> tuple[str, ...]:
    """Return to whom it goes, and what was examined; who has nothing to do is spared that."""
    texts, own = campaign.letters.mail, hub.notices[0]
    opening = [texts.salutation]
    if hub.has_subordinates:
        examined = len(hub.asked(Ask.WORK, Ask.AWAITING, Ask.CLEAR))
        places = {**places, "so": write_number(examined)}
        opening.append(texts.hub_intro if examined else texts.hub_intro_none)
    elif own.ask is Ask.WORK:
        opening.append(texts.unit_intro)
    elif own.ask is Ask.RESEND:
        opening.append(texts.unit_intro_unusable)
    return tuple(filled(line, places) for line in opening)


def _works(hub: Hub) -> tuple[DutiesOfUnit, ...]:
    """Return what is to be done, unit by unit: works, what is sent again, what is sent at all."""
    return tuple(
        DutiesOfUnit(
            one_line(one.unit.name) if hub.has_subordinates else "",
            write_day(one.due) if one.due else "",
            one.works,
        )
        for ask in Ask
        if ask.is_to_do
        for one in hub.asked(ask)
    )


def _asking(
    texts: AskTexts, ask: Ask, hub: Hub, places: Places, counted: Sequence[Ask] = ()
) -> str:
    """Return the text for what is asked, with the numbers of units and of things to do.

    They are of those of whom this is asked, or what is ``counted`` with it.
    """
    text: str = getattr(texts, ask)
    own = hub.asked(*(counted or (ask,)))
    numbers = {
        "so": write_number(len(own)),
        "so_viec": write_number(sum(one.number for one in own)),
        "phut": time_in_words(sum(one.minutes for one in own)),
    }
    if days := sorted({one.due for one in own if one.due is not None}):
        day = write_day(days[0]) + (say.OWN_DAYS if len(days) > 1 else "")
        numbers |= {"han": day, "han_don_doc": day}
    return one_line(filled(text, {**places, **numbers}))


def _nothing_asked(campaign: Campaign, hub: Hub, places: Places) -> Iterator[str]:
    """Yield a sentence for all of whom the same is not asked; whom an explanation is accepted."""
    texts = campaign.letters.mail
    for text, units in (
        (texts.nothing.clear, hub.asked(Ask.CLEAR)),
        (texts.nothing.awaiting, hub.asked(Ask.AWAITING)),
        (texts.nothing.late, hub.asked(Ask.LATE)),
        (texts.nothing.not_yet_due, _nothing_due(hub, is_awaited=True)),
        (texts.nothing.not_required, _nothing_due(hub, is_awaited=False)),
    ):
        if units:
            names = ", ".join(map(_named, units))
            yield filled(text, {**places, "danh_sach": names})
    if waived := [one for one in hub.notices if one.waived]:
        names = ", ".join(
            say.NAME_AND_NUMBER.format(
                name=one_line(one.unit.name), number=write_number(one.waived)
            )
            for one in waived
        )
        yield say.WAIVED_OF.format(waived=one_line(texts.waived), names=names)
    if thanked := [one_line(one.unit.name) for one in hub.notices if one.is_thanked]:
        yield filled(texts.hub_thanks, {**places, "danh_sach": ", ".join(thanked)})


def _nothing_due(hub: Hub, *, is_awaited: bool) -> tuple[UnitNotice, ...]:
    """Return the units that owe no report: not yet, or not at all."""
    units = (one for one in hub.notices if one.ask is None)
    return tuple(one for one in units if one.is_still_in_time is is_awaited)


def _named(one: UnitNotice) -> str:
    """Return a unit's name, with what is to be known of it."""
    told = list(one.lines) if one.ask is None else []
    if one.report.state is UnitState.LATE:
        told.append(say.SENT_LATE)
    name = one_line(one.unit.name)
    return f"{name} ({'; '.join(told)})" if told else name


def _ending(campaign: Campaign, hub: Hub, attached: Sequence[Attached]) -> Iterator[str]:
    """Yield how to go about it, as far as something of the kind is asked, and who writes."""
    texts = campaign.letters.mail
    if hub.notices[0].is_thanked and not hub.has_subordinates:
        yield texts.unit_thanks
    if hub.has_subordinates:
        if any(one.what == say.ATTACHED_BOOK for one in attached):
            yield texts.hub_book
        if any(one.unit.code != hub.unit.code for one in hub.asked(Ask.WORK, Ask.RESEND)):
            yield texts.hub_request
    if hub.asked(Ask.WORK):
        yield texts.how_to
    if any(one.is_explained for one in hub.notices):
        yield texts.how_to_explain
    yield from texts.closing
