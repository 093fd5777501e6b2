"""What an office words in its letters: texts with places, deadlines, the style of its papers.

Every text of a group may name the common places (unless its table is one
``WITHOUT_COMMON``) and those of its group (``wording.campaign``); ``load_letters``
refuses any other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.wording import campaign as say


class PaperStyle(StrEnum):
    """The regulation that a paper's looks follow (thể thức văn bản)."""

    CIRCULAR_2011 = "01/2011/TT-BNV"
    DECREE_2020 = "30/2020/NĐ-CP"


WITHOUT_COMMON = frozenset({"report.decisions"})
"""The tables whose texts stand in the workbook too, which has no common places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office that sends: its symbols, how to reach it, where papers are filed."""

    letter_symbol: str
    report_symbol: str
    slip_symbol: str
    phone: str
    email: str
    leader_email: str
    signatory_name: str
    filing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLimits:
    """How long units have (in working days), how large a mail and how long a message may be.

    After ``silent_months`` in a row of which nothing arrived leadership is asked to step in.
    """

    reply_working_days: int
    reminder_working_days: int
    silent_months: int
    attachments_megabytes: int
    message_letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTexts:
    """What is asked of somebody, one sentence for each thing that can be asked."""

    work: str
    resend: str
    missing: str
    awaiting: str
    late: str
    clear: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingTexts:
    """What is said of units of which nothing is asked, a sentence with their names for each."""

    awaiting: str
    late: str
    clear: str
    not_yet_due: str
    not_required: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTexts:
    """The notice of what the review found, as a mail.

    ``hub_…`` is for one with subordinate units, ``unit_…`` for a unit alone. ``thanks_…``
    is for who sent in time and had nothing to do, this month and the one before.
    """

    hub_subject: AskTexts
    hub_action: AskTexts
    unit_subject: AskTexts
    unit_action: AskTexts
    nothing: NothingTexts
    salutation: str
    hub_intro: str
    hub_intro_none: str
    unit_intro: str
    unit_intro_unusable: str
    hub_thanks: str
    unit_thanks: str
    hub_request: str
    hub_book: str
    how_to: str
    how_to_explain: str
    waived: str
    fixed: str
    part: str
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTexts:
    """A short text for a message group."""

    text: str
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderTexts:
    """The official letter that urges those without a usable report (công văn đôn đốc).

    ``subject_again`` and ``unit_body_again`` are for those who only have to send again.
    """

    subject: str
    subject_again: str
    hub_body: tuple[str, ...]
    group_body: tuple[str, ...]
    unit_body: tuple[str, ...]
    unit_body_again: tuple[str, ...]
    hub_itself: str
    list_title: str
    list_reference: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTexts:
    """The list of those to be called."""

    title: str
    intro: str
    nobody: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTexts:
    """A sentence for each reason to ask leadership for a decision."""

    cancelled: str
    overdue: str
    at_risk: str
    silent: str
    explained: str
    common: str
    requests: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTexts:
    """The report for signature: two pages, and an appendix whose headings come after theirs.

    ``drafts`` is what leadership might decide, in a sentence that says by itself whom it is
    about; ``decisions`` is what it is asked, ``grounds`` why, both without full stop.
    """

    title: str
    addressee: str
    opening: tuple[str, ...]
    heading_judgement: str
    heading_numbers: str
    heading_decisions: str
    appendix_title: str
    appendix_subtitle: str
    appendix_reference: str
    heading_arrivals: str
    heading_conferences: str
    heading_findings: str
    heading_requests: str
    no_findings: str
    no_requests: str
    no_decisions: str
    decisions_intro: str
    heading_grounds: str
    decisions: DecisionTexts
    grounds: DecisionTexts
    drafts: DecisionTexts
    closing: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipTexts:
    """The two lines with which the report goes up for signature (phiếu trình)."""

    title: str
    addressee: str
    lines: tuple[str, ...]
    leader_signs: str
    presenter_signs: str
    mail_subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """What the campaign says of its letters.

    ``addressees`` says by kind of unit how it is addressed, with the place
    ``{don_vi}``; a kind that is not there is addressed by the unit's name.
    """

    style: PaperStyle
    office: Office
    limits: LetterLimits
    addressees: Mapping[str, str]
    mail: MailTexts
    message: MessageTexts
    reminder: ReminderTexts
    calls: CallTexts
    report: ReportTexts
    slip: SlipTexts


def load_letters(file: Section, unit_kinds: Collection[str]) -> Letters:
    """Return the texts of ``letters.toml``; ``CampaignError`` for the first thing that is wrong."""
    letters = file.read(Letters)
    limits = file.section("limits")
    for key in (one.name for one in fields(LetterLimits)):
        value = getattr(letters.limits, key)
        limits.check(value >= 1, key, say.AT_LEAST_ONE.format(value=value))
    addressees = file.section("addressees")
    for kind, text in letters.addressees.items():
        addressees.check(kind in unit_kinds, kind, say.NO_ADDRESSED_KIND)
        addressees.check_places(kind, text, {"don_vi"})
    for group in ("mail", "message", "reminder", "calls", "report", "slip"):
        _check_texts(file.section(group), getattr(letters, group), {})
    return letters


def _check_texts(section: Section, texts: Any, outer: Collection[str]) -> None:
    """Raise unless each text of a table and of those in it names only what it may.

    ``outer`` are the places of the table around it, which hold where it has none.
    """
    own = say.PLACES.get(section.key, outer)
    common = () if section.key in WITHOUT_COMMON else say.COMMON_PLACES
    for key in (one.name for one in fields(texts)):
        said = getattr(texts, key)
        if is_dataclass(said):
            _check_texts(section.section(key), said, own)
            continue
        allowed = {*common, *say.PLACES.get(section.path(key), own)}
        for text in (said,) if isinstance(said, str) else said:
            section.check_places(key, text, allowed)
