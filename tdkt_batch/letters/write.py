"""All that goes out after a month beside the returns, by path: mails, reminders, report."""

from __future__ import annotations

from collections.abc import Iterator

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.letters.notices import Enclosures, notices
from tdkt_batch.letters.outgoing import Outgoing, outgoing_of
from tdkt_batch.letters.reminders import call_list, messages, reminders
from tdkt_batch.letters.report import report_for_signature
from tdkt_batch.report import MonthReport


def letters_of(
    campaign: Campaign, report: MonthReport, figures: MonthFigures, enclosures: Enclosures
) -> Iterator[tuple[str, bytes]]:
    """Yield all letters, one after the other, with their paths: the same input, the same bytes.

    ``figures`` are those that the campaign declares.
    """
    yield from letters_from(outgoing_of(campaign, report, figures), enclosures)


def letters_from(out: Outgoing, enclosures: Enclosures) -> Iterator[tuple[str, bytes]]:
    """Yield all letters of what was made ready for them, with their paths."""
    yield from report_for_signature(out, enclosures.workbook).items()
    yield f"danh-sach-goi-dien-{out.report.month}.docx", call_list(out)
    yield from notices(out, enclosures)
    yield from reminders(out).items()
    yield from messages(out).items()
