"""The laws of what a month says of its units: whom it calls silent, whom overdue, what it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from said_of_units import named_as_silent, pieces_of_book, pieces_of_letters

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.forms.review import Review
from tdkt_batch.letters.notices import Enclosures, notice_of
from tdkt_batch.letters.outgoing import outgoing_of
from tdkt_batch.letters.unit_notice import Ask, UnitNotice
from tdkt_batch.letters.write import letters_of
from tdkt_batch.report import Hindrance, MonthReport, UnitState
from tdkt_batch.returns.review import headline_of
from tdkt_batch.returns.write import return_filling
from tdkt_batch.rules.requests_to_units import gets_file, requests_to
from tdkt_batch.wording.shared import (
    FILE_REASONS,
    FOR_THE_OFFICER,
    FRESH_FORM,
    HOW_TO_ADD_A_UNIT,
    READING_NOTICES,
    WITH_FRESH_FORM,
)

OVERDUE = "qua_thoi_gian"
"""The figure of the campaign that counts the units whose time is over."""


def letters_about(campaign: Campaign, report: MonthReport) -> Mapping[str, bytes]:
    """Return all letters of a month by their paths, without the returns that go with them."""
    return dict(
        letters_of(campaign, report, month_figures(campaign, report), Enclosures(workbook=b"PK"))
    )


def silent_though_sent(
    campaign: Campaign, report: MonthReport, book: bytes
) -> list[tuple[str, str, str]]:
    """Return where a unit from which anything arrived is named as one that sent nothing."""
    sent = [one.unit.name for one in report.units if one.state is not UnitState.MISSING]
    pieces = [*pieces_of_book(book), *pieces_of_letters(letters_about(campaign, report))]
    return named_as_silent(pieces, sent)


def overdue_though_unknown(campaign: Campaign, report: MonthReport) -> set[str]:
    """Return the units that count as overdue although no report says so, or that do not.

    Overdue is who said, after the time was over, that its conference is still to come.
    """
    roles, overdue = campaign.roles, set()
    for one in report.to_date().units:
        status = one.submission.values.get(roles.status) if one.submission else None
        stage = roles.stage_of(status.value if status else None) if one.is_usable else None
        end = campaign.level(one.unit.level).window.end
        told_after = one.received is not None and one.received.date() > end
        if stage in (Stage.NONE, Stage.PLANNED) and told_after:
            overdue.add(one.unit.code)
    return overdue ^ set(month_figures(campaign, report).units_of(OVERDUE))


def asked_for_twice(report: MonthReport) -> list[str]:
    """Return the units that are shown more findings than they have things to do.

    A thing to do is a remedy at a cell, a column or a block.
    """
    to_do = {
        one.unit.code: {(found.remedy, found.group or found.field) for found in one.findings}
        for one in report.units
    }
    return [u.unit.code for u in report.units if len(to_do[u.unit.code]) < len(u.findings)]


# --- what is asked, against what is told beside it ------------------------------------------------

OFFICERS = (
    HOW_TO_ADD_A_UNIT,
    *(READING_NOTICES[code][1] for code in FOR_THE_OFFICER),
    *(
        remedy
        for sentence in FILE_REASONS.values()
        if (remedy := sentence.partition(": ")[2]) and "{" not in remedy
    ),
)
"""Sentences that say to the officer what to do."""
_TO_MACHINE = re.compile(r"(?<!\w)--[a-z]|tdkt-batch|chạy lại|báo người phụ trách")


def contradictions(campaign: Campaign, report: MonthReport) -> list[tuple[str, str]]:
    """Return by unit what its letter or its form says against itself, or says to the officer.

    Who has something to do is told it thing by thing, gets a file to do it in with the same
    number on it, and is not among those who have nothing to do; of what cannot be used there is
    one remedy.
    """
    return sorted(_contradictions(campaign, report))


def _contradictions(campaign: Campaign, report: MonthReport) -> Iterator[tuple[str, str]]:
    codes = "|".join(sorted(map(re.escape, campaign.rule_by_id), key=len, reverse=True))
    of_rules = re.compile(rf"\[(?:{codes})\b|căn cứ: (?:{codes})\b")
    out = outgoing_of(campaign, report, month_figures(campaign, report))
    for hub in out.hubs:
        if all(one.ask is None for one in hub.notices):
            continue  # nobody is written to
        notice, code = notice_of(campaign, hub, out.common), hub.unit.code
        yield from ((code, words) for words in _to_the_officer(notice.text))
        yield from ((code, found) for found in of_rules.findall(notice.text))
        told = [line for section in notice.sections for line, _ in section.units]
        nothing = [line for line in told if "làm gì" in line or "không phải gửi lại" in line]
        for one in hub.notices:
            yield from ((one.unit.code, said) for said in _of_unit(campaign, report, one))
            names = {name for line in nothing for name in line.partition(": ")[2].split(", ")}
            if one.ask is not None and one.ask.is_to_do and f"{one.unit.name}." in names:
                yield one.unit.code, "to do and nothing to do"


def _of_unit(campaign: Campaign, report: MonthReport, one: UnitNotice) -> Iterator[str]:
    """Yield what is said of one unit against itself."""
    if one.report.state is UnitState.EMPTY and one.report.submission is None:
        return  # only chance makes an empty form that nobody sent
    is_to_do = one.ask is not None and one.ask.is_to_do
    if is_to_do != bool(one.works) or is_to_do != (one.due is not None):
        yield "asked without a thing to do, or the other way round"
    if gets_file(campaign, one.report) != (one.ask in (Ask.WORK, Ask.RESEND)):
        yield "a file without a thing to do, or the other way round"
    if one.ask is Ask.RESEND:
        remedies = {
            remedy.casefold()
            for hindrance, remedy in WITH_FRESH_FORM.items()
            if hindrance is not Hindrance.AFTER_CUT_OFF
            and f". {remedy}.".format(form=FRESH_FORM).casefold() in one.works[0].text.casefold()
        }
        if len(one.works) != 1 or len(remedies) != 1:
            yield f"{len(remedies)} remedies"
    asked = return_filling(campaign, report, one.report)
    review = asked[1].review if asked else None
    if review is None:
        return
    if one.ask is Ask.WORK and review.headline != headline_of(requests_to(campaign, one.report)):
        yield "another number on the form than in the letter"
    numbered = sum(len(points.points) for points in review.asked)
    if numbered != one.number or not review.headline.startswith(f"{numbered} việc"):
        yield f"{numbered} things on the form, {one.number} in the letter"
    yield from _to_the_officer(_said_by(review))


def _said_by(review: Review) -> str:
    points = (point for points in (*review.asked, *review.told) for point in points.points)
    told = (text for point in points for text in (point.written, *point.wanted))
    notes = (note.text for note in review.notes.values())
    return "\n".join((review.headline, review.until, review.guide, review.advice, *told, *notes))


def _to_the_officer(text: str) -> Iterator[str]:
    yield from (words for words in OFFICERS if words in text)
    yield from _TO_MACHINE.findall(text)
