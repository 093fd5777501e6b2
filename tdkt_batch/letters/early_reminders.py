"""Friendly mails before the deadline (nhắc trước hạn): to whom nothing has come from yet.

They reproach nobody: who has sent anything at all gets none, nor who is past its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.letters.mail_draft import MailDraft, addresses_in, draft_bytes
from tdkt_batch.letters.notices import NO_ADDRESS, Notice, NoticeSection, without_address
from tdkt_batch.letters.outgoing import common_places, stems_of
from tdkt_batch.letters.phrases import addressee, filled, in_sentence, one_line
from tdkt_batch.letters.reminders import contact_of
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.rules.decisions import due_day, is_due
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import CITATION


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyReminder:
    """A mail to a unit: to remind it of its ``own`` report, and of those of units ``below`` it.

    ``own`` is None where only the others are awaited. ``file`` is its name in the folder.
    """

    file: str
    unit: Unit
    own: UnitReport | None
    below: tuple[UnitReport, ...]

    @property
    def has_addressee(self) -> bool:
        """Whether the register has an address to which it can go."""
        return bool(addresses_in(self.unit.email))


def silent_units(
    campaign: Campaign, report: MonthReport, moment: datetime
) -> tuple[tuple[UnitReport, ...], tuple[UnitReport, ...]]:
    """Return the units of whom nothing came at all: whose day is still to come, whose is over."""
    awaited: list[UnitReport] = []
    past: list[UnitReport] = []
    for one in report.units:
        if one.state in (UnitState.MISSING, UnitState.NOT_YET_DUE):
            is_over = is_due(campaign, one.unit, report.month, one.extension, moment)
            (past if is_over else awaited).append(one)
    return tuple(awaited), tuple(past)


def early_reminders(
    report: MonthReport, awaited: Sequence[UnitReport]
) -> tuple[EarlyReminder, ...]:
    """Return whom to remind, in the register's order: who is awaited, and who stands above it."""
    own = {one.unit.code: one for one in awaited}
    below: dict[str, list[UnitReport]] = {}
    for one in awaited:
        if one.unit.parent:
            below.setdefault(one.unit.parent, []).append(one)
    units = [one.unit for one in report.units if one.unit.code in own or one.unit.code in below]
    stems = stems_of(units)
    return tuple(
        EarlyReminder(
            file=f"{stems[unit.code]}.eml",
            unit=unit,
            own=own.get(unit.code),
            below=tuple(below.get(unit.code, ())),
        )
        for unit in units
    )


def early_mails(
    campaign: Campaign, report: MonthReport, reminders: Sequence[EarlyReminder], day: date
) -> Iterator[tuple[str, bytes]]:
    """Yield the drafts by file name, and a list of those that have no recipient.

    They bear the ``day`` without an hour, so that a second time that day makes the same.
    """
    common = common_places(campaign, report)
    for one in reminders:
        said = _said(campaign, report, one, common)
        draft = MailDraft(
            to=addresses_in(one.unit.email) or (),
            subject=said.subject,
            text=said.text,
            html=said.html,
            moment=datetime.combine(day, time()),
        )
        yield one.file, draft_bytes(draft)
    if content := without_address(campaign, [one.unit for one in reminders]):
        yield NO_ADDRESS, content


def _said(
    campaign: Campaign, report: MonthReport, reminder: EarlyReminder, common: Mapping[str, str]
) -> Notice:
    """Return what a mail says: what to send until when, whom to help to do so, how to reach us."""
    texts, unit, own, below = campaign.letters.mail, reminder.unit, reminder.own, reminder.below
    document = campaign.document
    places = {
        "month": report.month.vietnamese,
        "unit": in_sentence(campaign, unit),
        "addressee": addressee(campaign, unit),
        "number": write_number(len(below)),
        "guidance": CITATION.format(
            kind=document.kind, number=document.number, day=write_day(document.issued)
        ),
        "board": common["ban"],
    }
    actions, sections = [], []
    subject = say.EARLY_SUBJECT_BELOW.format(**places)
    if own is not None:
        due = {"day": write_day(_due(campaign, report, own)), "form": _form(campaign, unit)}
        actions.append(say.EARLY_ASK.format(**places, **due))
        subject = (say.EARLY_SUBJECT_BOTH if below else say.EARLY_SUBJECT).format(**places, **due)
        heading = say.EARLY_OF_UNIT.format(**places) if below else ""
        sections.append(_own_section(campaign, report, own, heading))
    if below:
        actions.append((say.EARLY_ASK_BELOW_TOO if own else say.EARLY_ASK_BELOW).format(**places))
        sections += _sections_below(campaign, report, below)
    of_mail = {
        **common,
        "don_vi": places["unit"],
        "noi_nhan": places["addressee"],
        "so": places["number"],
        "so_viec": "",
        "phut": "",
        "tong": places["number"],
        "nhan_luc": "",
    }
    return Notice(
        subject=one_line(subject),
        action=" ".join(actions),
        opening=(filled(texts.salutation, of_mail), say.EARLY_INTRO.format(**places)),
        sections=tuple(sections),
        ending=(say.EARLY_CROSSED, *(filled(line, of_mail) for line in texts.closing)),
    )


def _own_section(
    campaign: Campaign, report: MonthReport, own: UnitReport, heading: str
) -> NoticeSection:
    """Return what a unit itself has to send, where to, until when."""
    day = write_day(_due(campaign, report, own))
    if own.extension is not None:
        day = say.EXTENDED_DAY.format(day=day)
    recipient = one_line(campaign.recipient_of(own.unit))
    what = say.EARLY_WHAT.format(form=_form(campaign, own.unit), month=report.month.vietnamese)
    lines = (what, say.EARLY_WHERE.format(recipient=recipient), say.EARLY_UNTIL.format(day=day))
    return NoticeSection(heading, tuple((line, ()) for line in lines))


def _sections_below(
    campaign: Campaign, report: MonthReport, below: Sequence[UnitReport]
) -> Iterator[NoticeSection]:
    """Yield the units below with whom to call, together those of one form, place and day."""
    groups: dict[tuple[date, str, str], list[UnitReport]] = {}
    for one in below:
        recipient = one_line(campaign.recipient_of(one.unit))
        key = _due(campaign, report, one), _form(campaign, one.unit), recipient
        groups.setdefault(key, []).append(one)
    for (due, form, recipient), units in sorted(groups.items(), key=lambda group: group[0]):
        said = {"form": form, "recipient": recipient, "number": write_number(len(units))}
        heading = say.EARLY_OF_OTHERS.format(day=write_day(due), **said)
        yield NoticeSection(heading, tuple((_with_phone(campaign, one), ()) for one in units))


def _with_phone(campaign: Campaign, report: UnitReport) -> str:
    """Return a unit's name with whom to call."""
    contact, phone = contact_of(campaign, report)
    calls = say.EARLY_PHONE.format(phone=phone) if phone else say.NO_PHONE_IN_LIST
    return ", ".join(part for part in (one_line(report.unit.name), contact, calls) if part)


def _due(campaign: Campaign, report: MonthReport, one: UnitReport) -> date:
    return due_day(campaign, one.unit, report.month, one.extension)


def _form(campaign: Campaign, unit: Unit) -> str:
    """Return the number of the form that a unit fills in."""
    return one_line(campaign.form_of(unit).number)
