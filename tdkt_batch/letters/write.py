"""All that goes out after a month beside the returns, by path: mails, reminders, report."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.statistics import Statistics
from tdkt_batch.letters.calls import call_list
from tdkt_batch.letters.figures import Figures
from tdkt_batch.letters.mail import Attached
from tdkt_batch.letters.mails import Returns, notices
from tdkt_batch.letters.messages import messages
from tdkt_batch.letters.outgoing import outgoing_of
from tdkt_batch.letters.reminders import reminders
from tdkt_batch.letters.report_paper import covering_mail, report_paper, slip
from tdkt_batch.report import MonthReport


def letters_of(  # noqa: PLR0913, PLR0917 — what the month hands over, each once
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
    month, out = report.month, outgoing_of(campaign, report)
    figures = Figures(
        campaign=campaign,
        report=report,
        month=statistics,
        to_date=to_date,
        common=out.common,
        workbook=f"tong-hop-{month}.xlsx",
    )
    papers = {
        f"bao-cao-{month}.docx": report_paper(out, figures),
        f"phieu-trinh-{month}.docx": slip(out, figures),
    }
    attached = [*papers.items(), (figures.workbook, workbook)]
    return {
        **papers,
        f"trinh-ky-{month}.eml": covering_mail(figures, [Attached(*one) for one in attached]),
        f"danh-sach-goi-dien-{month}.docx": call_list(out),
        **notices(out, returns),
        **reminders(out),
        **messages(out),
    }
