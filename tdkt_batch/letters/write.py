"""All that goes out after a month beside the returns, by path: mails, reminders, report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.letters.figures import Figures
from tdkt_batch.letters.mail import Attached
from tdkt_batch.letters.mails import Returns, notices
from tdkt_batch.letters.news import hubs_of
from tdkt_batch.letters.places import common_places
from tdkt_batch.letters.report_paper import covering_mail, report_paper, slip
from tdkt_batch.letters.silent import call_list, messages, reminders
from tdkt_batch.letters.words import plain
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport
from tdkt_batch.statistics import Statistics


def letters_of(  # noqa: PLR0913 — what the month hands over, each once
    campaign: Campaign,
    report: MonthReport,
    statistics: Statistics,
    to_date: Statistics,
    returns: Returns,
    workbook: bytes,
) -> Mapping[str, bytes]:
    """Return all letters by their path: the same input gives the same bytes.

    ``returns`` hold the annotated returns by unit code, ``workbook`` the
    consolidated workbook, which goes with the report.
    """
    month = report.month
    figures = Figures(
        campaign=campaign,
        report=report,
        month=statistics,
        to_date=to_date,
        workbook=f"tong-hop-{month}.xlsx",
    )
    common = common_places(campaign, report)
    hubs = hubs_of(campaign, report, statistics)
    stems = stems_of(hub.unit for hub in hubs)
    paper, slip_paper = report_paper(figures, common), slip(figures, common)
    attached = (
        Attached(f"bao-cao-{month}.docx", paper),
        Attached(f"phieu-trinh-{month}.docx", slip_paper),
        Attached(figures.workbook, workbook),
    )
    return {
        f"bao-cao-{month}.docx": paper,
        f"phieu-trinh-{month}.docx": slip_paper,
        f"trinh-ky-{month}.eml": covering_mail(figures, common, attached),
        f"danh-sach-goi-dien-{month}.docx": call_list(campaign, report, hubs, common),
        **notices(campaign, hubs, returns, common, report.received_until, stems),
        **reminders(campaign, report, hubs, common, stems),
        **messages(campaign, hubs, common, stems),
    }


def stems_of(units: Iterable[Unit]) -> dict[str, str]:
    """Return by unit code the name of its files, without suffix: lawful anywhere, each once."""
    stems: dict[str, str] = {}
    for unit in units:
        stem = "-".join(part for part in (plain(unit.code), plain(unit.name)) if part) or "don-vi"
        number = 2
        unique = stem
        while unique in stems.values():
            unique, number = f"{stem}-{number}", number + 1
        stems[unit.code] = unique
    return stems
