"""What fills the places that every text of the campaign's letters may name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.letters.words import office_day, one_line
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport
from tdkt_batch.rules.actions import reply_day, working_day_after
from tdkt_batch.vietnamese.writing import write_moment


def common_places(campaign: Campaign, report: MonthReport) -> dict[str, str]:
    """Return the places of ``COMMON_PLACES``; days run from the received-until moment."""
    board, document, office = campaign.board, campaign.document, campaign.letters.office
    places = {
        "thang": report.month.vietnamese,
        "den": write_moment(report.received_until),
        "huong_dan": f"Hướng dẫn số {document.number} ngày {office_day(document.issued)}",
        "ten_huong_dan": document.title,
        "co_quan_ban_hanh": document.issuer,
        "dot": campaign.name,
        "ban": board.name,
        "cap_tren": board.superior,
        "tinh": board.province,
        "bao_cao_len": board.reports_to,
        "dien_thoai": office.phone,
        "thu_dien_tu": office.email,
        "han": office_day(reply_day(campaign, report)),
        "han_don_doc": office_day(reminder_until(campaign, report)),
    }
    return {name: one_line(text) for name, text in places.items()}


def reminder_until(campaign: Campaign, report: MonthReport) -> date:
    """Return the day before which a silent unit sends its report."""
    days = campaign.letters.limits.reminder_working_days
    return working_day_after(report.received_until.date(), days)


def deadline_places(
    campaign: Campaign, report: MonthReport, units: Iterable[Unit]
) -> dict[str, str]:
    """Return the deadline that holds for these units, and the letter that sets it."""
    wanted = {unit.level for unit in units}
    deadlines = [one for one in campaign.deadlines if one.level in wanted]
    days = {office_day(one.falls_on(report.month)): one for one in deadlines}
    said = [
        day if len(days) == 1 else f"{day} ({campaign.level(one.level).name})"
        for day, one in days.items()
    ]
    letters = dict.fromkeys(one_line(one.set_by(report.month)) for one in deadlines)
    return {"han_quy_dinh": ", ".join(said), "van_ban_han": "; ".join(letters)}
