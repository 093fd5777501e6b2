"""The laws of what a month says of its units: whom it calls silent, whom overdue, what it asks."""

from __future__ import annotations

from collections.abc import Mapping

from said_of_units import named_as_silent, pieces_of_book, pieces_of_letters

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.letters.notices import Enclosures
from tdkt_batch.letters.write import letters_of
from tdkt_batch.report import MonthReport, UnitState

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
